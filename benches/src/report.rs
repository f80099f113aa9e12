//! What the programs say about files and readers.

mod growth;

pub use growth::Growth;

use std::error::Error;
use std::fmt::{self, Debug};
use std::time::Duration;

use serde::Serialize;

use crate::generate::Generated;
use crate::measure::{Contender, Measured, agreed_counts, interleaved};

/// A file that was written, as JSON.
#[derive(Debug, Serialize)]
pub struct Written<C> {
    version: u32,
    #[serde(flatten)]
    generated: Generated<C>,
}

impl<C> From<Generated<C>> for Written<C> {
    fn from(generated: Generated<C>) -> Self {
        Self { version: 1, generated }
    }
}

/// How fast a file was read: a table by its `Display`, and JSON.
#[derive(Debug, Serialize)]
pub struct Throughput<C> {
    version: u32,
    file_bytes: usize,
    rounds: u16,
    counts: C,
    results: Vec<Row>,
    /// The second contender that ratios are given to, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    median_seconds: f64,
    /// Millions of bytes a second.
    mb_per_s: f64,
    /// How many times as fast as the plain loop.
    ratio_to_plain_loop: f64,
    /// How many times as fast as the second yardstick, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio_to_second: Option<f64>,
}

impl<C: Copy + PartialEq + Debug> Throughput<C> {
    /// Times the contenders on a text; ratios are to the one that is called `plain_loop`.
    ///
    /// # Errors
    ///
    /// A contender cannot read the text, two of them count differently, or none is the plain loop.
    pub fn measure(
        contenders: &[Contender<C>],
        plain_loop: &str,
        text: &str,
        rounds: u16,
    ) -> Result<Self, Box<dyn Error>> {
        let counts = agreed_counts(contenders, text)?;
        let measured = interleaved(contenders, text, usize::from(rounds))?;
        let results =
            rows(&measured, plain_loop, text.len()).ok_or("the plain loop was not measured")?;
        let file_bytes = text.len();
        Ok(Self { version: 1, file_bytes, rounds, counts, results, second: None })
    }

    /// Gives the ratios to a second contender, too.
    #[must_use]
    pub fn with_ratios_to(mut self, second: &str) -> Self {
        if let Some(yardstick) = self.results.iter().find(|row| row.name == second) {
            let (name, seconds) = (yardstick.name, yardstick.median_seconds);
            self.second = Some(name);
            for row in &mut self.results {
                row.ratio_to_second = Some(rounded(seconds / row.median_seconds, 1e3));
            }
        }
        self
    }
}

#[expect(clippy::cast_precision_loss, reason = "a speed of four digits")]
fn rows(measured: &[Measured], plain_loop: &str, bytes: usize) -> Option<Vec<Row>> {
    let plain = measured.iter().find(|one| one.name == plain_loop)?.median;
    let row = |one: &Measured| {
        // A tiny file may be read below the clock's resolution.
        let seconds = one.median.max(Duration::from_nanos(1)).as_secs_f64();
        Row {
            name: one.name,
            median_seconds: rounded(seconds, 1e6),
            mb_per_s: rounded(bytes as f64 / 1e6 / seconds, 1e1),
            ratio_to_plain_loop: rounded(plain.as_secs_f64() / seconds, 1e3),
            ratio_to_second: None,
        }
    };
    Some(measured.iter().map(row).collect())
}

/// To the digits that mean something.
fn rounded(value: f64, scale: f64) -> f64 {
    (value * scale).round() / scale
}

impl<C> fmt::Display for Throughput<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.results.iter().map(|row| row.name.len()).max().unwrap_or(0);
        write!(f, "{:width$}  {:>9}  {:>8}  {:>6}", "reader", "median s", "MB/s", "ratio")?;
        if let Some(second) = self.second {
            write!(f, "  to {second}")?;
        }
        for row in &self.results {
            let Row { name, median_seconds, mb_per_s, ratio_to_plain_loop, ratio_to_second } = row;
            write!(f, "\n{name:width$}  {median_seconds:9.4}  {mb_per_s:8.1}")?;
            write!(f, "  {ratio_to_plain_loop:6.2}")?;
            if let Some(ratio) = ratio_to_second {
                write!(f, "  {ratio:6.2}")?;
            }
        }
        Ok(())
    }
}
