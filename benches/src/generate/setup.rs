//! What the campus uploads, as a Brightspace setup file: valid in every respect, of any size, and the same
//! for the same seed.

use std::fmt::{self, Write as _};
use std::io::{self, BufWriter, Write};

use brightspace_bulk::{LineEnd, LoadType};

use super::Generated;
use super::campus::{DEPARTMENTS, Department, TERMS};
use super::rng::{Rng, Stream};
use super::words::{FAMILIES, FEMALE, Family, MALE, SENTENCES};
use crate::counts::SetupCounts;

/// What a file is to be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The number of records.
    pub records: u64,
    /// Their type.
    pub load_type: LoadType,
    /// What ends a line.
    pub line_end: LineEnd,
}

/// Writes a file of the given shape. It buffers: `out` need not.
///
/// # Errors
///
/// `out` does not take what is written.
pub fn generate(out: impl Write, shape: Shape, seed: u64) -> io::Result<Generated<SetupCounts>> {
    let mut out = BufWriter::new(out);
    let mut line = shape.load_type.line().to_owned();
    let mut file_bytes = 0;
    for index in 0..=shape.records {
        line.push_str(shape.line_end.as_str());
        out.write_all(line.as_bytes())?;
        file_bytes += line.len() as u64;
        line.clear();
        if index < shape.records {
            // Writing to a `String` cannot fail.
            let _ = Asset::new(seed, index).write(&mut line, shape.load_type);
        }
    }
    out.flush()?;
    Ok(Generated { file_bytes, counts: SetupCounts { record: shape.records } })
}

/// Repositories of the campus.
const REPOSITORIES: &[&str] = &["2", "6", "1006"];

/// What assets are: an extension and its media type.
const KINDS: &[&[&str; 2]] = &[
    &["pdf", "application/pdf"],
    &["gif", "image/gif"],
    &["jpg", "image/jpeg"],
    &["mp3", "audio/mpeg"],
    &["wmv", "video/x-ms-wmv"],
    &["txt", "text/plain"],
];

/// What a contributor did.
const ROLES: &[&str] = &["Author", "Publisher", "Editor", "Content Provider", "Validator"];

/// A file to upload, made from its number alone.
struct Asset {
    index: u64,
    repository: &'static str,
    department: &'static Department,
    term: &'static str,
    subject: &'static str,
    rng: Rng,
}

impl Asset {
    fn new(seed: u64, index: u64) -> Self {
        let mut rng = Rng::new(seed, Stream::Asset, index);
        let department = rng.pick(DEPARTMENTS);
        Self {
            index,
            repository: rng.pick(REPOSITORIES),
            department,
            term: rng.pick(TERMS).id,
            subject: rng.pick(department.subjects),
            rng,
        }
    }

    fn write(mut self, line: &mut String, load_type: LoadType) -> fmt::Result {
        write!(line, "{},", self.repository)?;
        match load_type {
            LoadType::Package => self.path(line, "packages", "zip"),
            LoadType::XmlMetadata => {
                let [extension, _] = self.rng.pick(KINDS);
                self.path(line, "input", extension)?;
                line.push(',');
                self.path(line, "metadata", "xml")
            }
            LoadType::CsvMetadata => self.described(line),
        }
    }

    /// A path that no other asset has.
    fn path(&self, line: &mut String, folder: &str, extension: &str) -> fmt::Result {
        let Self { index, term, department, .. } = self;
        let code = department.code;
        write!(line, r#""\\nw-files\bulk\{folder}\{term}\{code}\{code}{index:07}.{extension}""#)
    }

    fn described(&mut self, line: &mut String) -> fmt::Result {
        let [extension, media_type] = self.rng.pick(KINDS);
        self.path(line, "input", extension)?;
        let subject = self.subject;
        // Names come with an apostrophe now and then, and subjects with an ampersand.
        let family = self.rng.pick::<Family>(FAMILIES).name;
        match self.rng.below(100) {
            0 => write!(line, ",'\"{subject}\" revisited'")?,
            1..30 => write!(line, ",\"{subject}, part {}\"", 1 + self.rng.below(14))?,
            30..40 => write!(line, ",\"{family}'s notes\"")?,
            _ => write!(line, ",\"{subject}\"")?,
        }
        let description = if self.rng.chance(50) { self.rng.pick(SENTENCES) } else { "" };
        value(line, description)?;
        value(line, if self.rng.chance(70) { self.department.code } else { "" })?;
        // A role and both names, or none of them.
        if self.rng.chance(60) {
            value(line, self.rng.pick(ROLES))?;
            let given = self.rng.pick(&[FEMALE, MALE]);
            value(line, self.rng.pick(given))?;
            value(line, family)?;
        } else {
            line.push_str(",,,");
        }
        value(line, if self.rng.chance(80) { media_type } else { "" })
    }
}

/// A comma and a value: in quotes unless it is empty.
fn value(line: &mut String, value: &str) -> fmt::Result {
    if value.is_empty() { line.write_str(",") } else { write!(line, ",\"{value}\"") }
}
