//! How the time for an object grows with the number of objects.

use std::error::Error;
use std::fmt;

use serde::Serialize;

use super::rounded;
use crate::contenders::maquette::CONTENDERS;
use crate::generate::maquette::{Shape, generate};
use crate::measure::interleaved;

/// The time for an object in maquettes of several sizes: a table by its `Display`, and JSON.
#[derive(Debug, Serialize)]
pub struct Growth {
    sizes: Vec<Size>,
}

#[derive(Debug, Serialize)]
struct Size {
    objects: u64,
    file_bytes: u64,
    results: Vec<PerObject>,
}

#[derive(Debug, Serialize)]
struct PerObject {
    name: &'static str,
    microseconds_an_object: f64,
}

impl Growth {
    /// Times all readers on maquettes that are made for it.
    ///
    /// # Errors
    ///
    /// A maquette cannot be read.
    #[expect(clippy::cast_precision_loss, reason = "a time of four digits")]
    pub fn measure(sizes: &[u64], seed: u64, rounds: u16) -> Result<Self, Box<dyn Error>> {
        let size = |&objects: &u64| {
            let mut bytes = Vec::new();
            let shape = Shape { objects, is_lean: false, is_pretty: false };
            let file_bytes = generate(&mut bytes, shape, seed)?.file_bytes;
            let text = String::from_utf8(bytes)?;
            let measured = interleaved(CONTENDERS, &text, usize::from(rounds))?;
            let results = measured.iter().map(|one| PerObject {
                name: one.name,
                microseconds_an_object: rounded(
                    one.median.as_secs_f64() * 1e6 / objects as f64,
                    1e3,
                ),
            });
            Ok(Size { objects, file_bytes, results: results.collect() })
        };
        let sizes: Result<_, Box<dyn Error>> = sizes.iter().map(size).collect();
        Ok(Self { sizes: sizes? })
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.sizes.first() else { return Ok(()) };
        let width = first.results.iter().map(|row| row.name.len()).max().unwrap_or(0);
        write!(f, "{:width$}", "µs an object, of")?;
        for size in &self.sizes {
            write!(f, "  {:>9}", size.objects)?;
        }
        for (at, row) in first.results.iter().enumerate() {
            write!(f, "\n{:width$}", row.name)?;
            for size in &self.sizes {
                write!(f, "  {:9.3}", size.results[at].microseconds_an_object)?;
            }
        }
        Ok(())
    }
}
