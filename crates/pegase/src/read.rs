//! From bytes to a maquette.

mod details;
mod error;
mod fields;
mod nested;
mod reading;
mod recognise;
mod structure;
mod tree;

use edu_syntax::Decoded;

pub use error::ReadError;
pub(crate) use nested::KIND;
pub use recognise::Recognised;

use crate::maquette::{Input, Maquette, Shape};
use reading::Reading;

/// What a reader takes before it says that it is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Levels of objects below each other. Real maquettes have about ten. What lies deeper is left out with
    /// an error; the rest is read.
    pub depth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 200 }
    }
}

/// Reads maquettes in any of their shapes.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct MaquetteReader {
    limits: Limits,
}

impl MaquetteReader {
    /// A reader with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads within other limits.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads a maquette; its shape is recognised.
    ///
    /// What is wrong with single values and links is kept, and reported by [`check`](crate::rules::check) and
    /// by the import.
    ///
    /// # Errors
    /// The text is not JSON, or no maquette.
    pub fn read<'t>(&self, decoded: &'t Decoded<'t>) -> Result<Maquette<'t>, ReadError> {
        self.read_shape(shape(decoded)?, decoded, Input::Maquette)
    }

    /// Reads a structure together with the details of its objects, which the structure lacks: choice ranges,
    /// types of formation, long labels, descriptions and the SISE survey. The two are told apart by
    /// their content. A maquette of another shape is completed, too, where it comes first.
    ///
    /// # Errors
    /// One of the texts is not JSON or no maquette, none of them is the details, or they are those of other objects.
    pub fn read_with_details<'t>(
        &self,
        maquette: &'t Decoded<'t>,
        details: &'t Decoded<'t>,
    ) -> Result<Maquette<'t>, ReadError> {
        let (shape, tree, details) = match (shape(maquette)?, shape(details)?) {
            (Shape::Details, Shape::Structure) => (Shape::Structure, details, maquette),
            (shape, Shape::Details) if shape != Shape::Details => (shape, maquette, details),
            (_, other) => {
                let expected = "a tree and the details of its objects (`objets-maquette`)";
                return Err(ReadError::not(&Recognised::Maquette(other), expected, details));
            }
        };
        let tree = self.read_shape(shape, tree, Input::Maquette)?;
        let read = self.read_shape(Shape::Details, details, Input::Details)?;
        details::complete(tree, read).ok_or_else(|| {
            let other = Recognised::Other("the details of other objects".to_owned());
            ReadError::not(&other, "the details of the objects of the tree", details)
        })
    }

    fn read_shape<'t>(
        &self,
        shape: Shape,
        decoded: &'t Decoded<'t>,
        input: Input,
    ) -> Result<Maquette<'t>, ReadError> {
        let mut reading = Reading::new(decoded.text(), shape, self.limits, input);
        let read = match shape {
            Shape::Nested => nested::read(&mut reading),
            Shape::Structure => structure::read(&mut reading),
            Shape::Tree => tree::read(&mut reading),
            Shape::Details => details::read(&mut reading),
        };
        read.and_then(|()| reading.finish()).map_err(|fault| ReadError::json(fault, decoded))?;
        let mut maquette = reading.into_maquette(decoded);
        if maquette.roots.is_empty() {
            let empty = Recognised::Other("one without any object".to_owned());
            return Err(ReadError::foreign(&empty, decoded));
        }
        if shape == Shape::Details {
            details::find_roots(&mut maquette);
        }
        Ok(maquette)
    }
}

/// What a JSON text of Pégase is, by as many of its members as it takes.
///
/// # Errors
/// The text is not JSON, as far as it was read.
pub fn recognise(decoded: &Decoded<'_>) -> Result<Recognised, ReadError> {
    recognise::recognise(decoded.text()).map_err(|fault| ReadError::json(fault, decoded))
}

/// The shape of a text that is a maquette.
fn shape(decoded: &Decoded<'_>) -> Result<Shape, ReadError> {
    match recognise(decoded)? {
        Recognised::Maquette(shape) => Ok(shape),
        other => Err(ReadError::foreign(&other, decoded)),
    }
}
