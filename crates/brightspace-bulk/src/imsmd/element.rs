//! How the elements of the model are declared, read and written.
//!
//! `element!` takes an element as the schema has it: its children in their order, each with its
//! multiplicity. It makes the struct, the code that reads it in any order, keeps what it does not know and
//! reports what deviates, and the code that writes it in the order of the schema.
//!
//! | multiplicity | field | schema |
//! | --- | --- | --- |
//! | `required` | `Option` | exactly one |
//! | `optional` | `Option` | none or one |
//! | `some` | `Vec` | one or more |
//! | `many` | `Vec` | any number |
//!
//! `block` elements are written on several lines, `line` elements on one. `text in` names the child that
//! text of the element itself was meant for.

use edu_syntax::xml::{Branch, WriteError, Writer};

use super::model::Other;
use super::unit::Unit;

/// An element that can be read and written.
pub(super) trait Part: Default {
    /// Reads an element, whatever its name is.
    fn read(unit: &mut Unit<'_>, branch: Branch<'_>) -> Self;

    /// Writes it under a name, with attributes besides its own.
    fn write(
        &self,
        writer: &mut Writer,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<(), WriteError>;
}

impl<T: Part> Part for Box<T> {
    fn read(unit: &mut Unit<'_>, branch: Branch<'_>) -> Self {
        Box::new(T::read(unit, branch))
    }

    fn write(
        &self,
        writer: &mut Writer,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<(), WriteError> {
        (**self).write(writer, name, attributes)
    }
}

/// A field that text of the element around it may have been meant for.
pub(super) trait Fill {
    /// Whether nothing is in it.
    fn is_vacant(&self) -> bool;
    /// Puts a text into it.
    fn fill(&mut self, text: String);
}

impl<T: From<String>> Fill for Option<T> {
    fn is_vacant(&self) -> bool {
        self.is_none()
    }

    fn fill(&mut self, text: String) {
        *self = Some(text.into());
    }
}

impl<T: From<String>> Fill for Vec<T> {
    fn is_vacant(&self) -> bool {
        self.is_empty()
    }

    fn fill(&mut self, text: String) {
        self.push(text.into());
    }
}

/// Moves text that stands beside the child `name` into that child.
pub(super) fn take_bare_text<F: Fill>(
    unit: &mut Unit<'_>,
    branch: Branch<'_>,
    name: &'static str,
    field: &mut F,
    other: &mut Vec<Other>,
) {
    let Some(at) = other.iter().position(|other| matches!(other, Other::Text(_))) else {
        return;
    };
    unit.bare_text(branch, name);
    if field.is_vacant()
        && let Other::Text(text) = other.remove(at)
    {
        field.fill(text);
    }
}

macro_rules! field_type {
    (many $Type:ty) => { Vec<$Type> };
    (some $Type:ty) => { Vec<$Type> };
    ($multiplicity:ident $Type:ty) => { Option<$Type> };
}

/// Puts a child into its field.
macro_rules! take_child {
    (many $field:expr, $other:expr, $unit:ident, $child:ident, $name:literal, $($check:path)?) => {{
        let value = $unit.part($name, $child);
        $($check($unit, &value, $child);)?
        $field.push(value);
    }};
    (some $($rest:tt)*) => { take_child!(many $($rest)*) };
    ($multiplicity:ident $field:expr, $other:expr, $unit:ident, $child:ident, $name:literal, $($check:path)?) => {
        if $field.is_some() {
            $unit.repeated($name, $child);
            $other.push($crate::imsmd::model::Other::Element($crate::imsmd::keep::element($child)));
        } else {
            let value = $unit.part($name, $child);
            $($check($unit, &value, $child);)?
            $field = Some(value);
        }
    };
}

/// Reports a child that has to be there and is not.
macro_rules! require_child {
    (required $field:expr, $unit:ident, $branch:ident, $name:literal) => {
        if $field.is_none() {
            $unit.missing($name, $branch);
        }
    };
    (some $field:expr, $unit:ident, $branch:ident, $name:literal) => {
        if $field.is_empty() {
            $unit.missing($name, $branch);
        }
    };
    ($multiplicity:ident $field:expr, $unit:ident, $branch:ident, $name:literal) => {};
}

macro_rules! is_on_one_line {
    (block) => {
        false
    };
    (line) => {
        true
    };
}

macro_rules! element {
    ($($(#[$doc:meta])* $Name:ident $layout:ident $(text in $bare:ident $bare_name:literal)? {
        $($(#[$field_doc:meta])* $field:ident $name:literal $multiplicity:ident $Type:ty $([$check:path])?,)*
    })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $Name {
            $($(#[$field_doc])* pub $field: field_type!($multiplicity $Type),)*
            /// What else stands there.
            pub other: Vec<Other>,
        }

        impl Part for $Name {
            fn read(unit: &mut Unit<'_>, branch: Branch<'_>) -> Self {
                const CHILDREN: &[&str] = &[$($name),*];
                let mut part = Self { other: keep::attributes(branch), ..Self::default() };
                let mut highest = 0;
                for content in keep::content(branch) {
                    match content {
                        Content::Text(text) => keep::text(&mut part.other, &text),
                        Content::Element(child) => match unit.resolve(child, CHILDREN, &mut highest) {
                            $(Some($name) => take_child!($multiplicity part.$field, part.other, unit, child, $name, $($check)?),)*
                            _ => part.other.push(Other::Element(keep::element(child))),
                        },
                    }
                }
                $(take_bare_text(unit, branch, $bare_name, &mut part.$bare, &mut part.other);)?
                $(require_child!($multiplicity part.$field, unit, branch, $name);)*
                part
            }

            fn write(&self, writer: &mut Writer, name: &str, attributes: &[(&str, &str)]) -> Result<(), WriteError> {
                write::start(writer, name, attributes, &self.other, is_on_one_line!($layout))?;
                $(for value in self.$field.iter() {
                    value.write(writer, $name, &[])?;
                })*
                write::others(writer, &self.other)?;
                writer.end()
            }
        }
    )+};
}

pub(super) use {element, field_type, is_on_one_line, require_child, take_child};
