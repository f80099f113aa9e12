//! An invented campus as IMS Enterprise 1.1: valid in every respect, of any size, and the same for the
//! same seed. What it uploads is in [`setup`], who has to take which course in [`matrix`], what it teaches, as a
//! maquette of Pégase, in [`maquette`], what Blackboard Learn is fed with in [`feeds`].
//!
//! Records come in the order of the model, persons before groups before memberships, and are written
//! as they are made: a file of any size takes the same memory.

mod campus;
pub mod feeds;
mod group;
mod json;
pub mod maquette;
pub mod matrix;
mod membership;
mod person;
mod rng;
pub mod setup;
mod words;
mod xml;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process;

use serde::Serialize;

use self::campus::{DATASOURCE, DATETIME, TARGET};
use self::group::Section;
use self::membership::MEMBER_BYTES;
use self::person::{Detail, Person};
use self::rng::{Rng, Stream};
use self::xml::Xml;
use crate::counts::Counts;

/// What a file is to be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A whole campus of about `bytes` bytes: 60 % persons and groups, 40 % memberships. The smallest
    /// one has 35 kB: enough persons for a membership, and the groups that a section refers to.
    Campus {
        /// The size of the file.
        bytes: u64,
    },
    /// One group with one membership of exactly `members` members, after as many persons, with little
    /// more than their names.
    OneMembership {
        /// The number of members; a membership has at least one.
        members: u64,
    },
}

/// What was written, with its records counted as a `C`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Generated<C> {
    /// The size of the file.
    pub file_bytes: u64,
    /// The records in it.
    pub counts: C,
}

/// Lets `write` fill a file beside `path` and gives it its name when all is written.
///
/// # Errors
///
/// The file cannot be made, or `write` fails.
pub fn write_whole<T>(path: &Path, write: impl FnOnce(File) -> io::Result<T>) -> io::Result<T> {
    let mut part = OsString::from(path);
    part.push(format!(".part-{}", process::id()));
    let file = File::create_new(&part)?;
    let result = write(file).and_then(|value| fs::rename(&part, path).map(|()| value));
    if result.is_err() {
        // The first error is the one that says something.
        let _ = fs::remove_file(&part);
    }
    result
}

/// Writes a file of the given shape. It buffers: `out` need not.
///
/// # Errors
///
/// `out` does not take what is written.
pub fn generate(out: impl Write, shape: Shape, seed: u64) -> io::Result<Generated<Counts>> {
    let mut counts = Counts::default();
    let mut xml = Xml::new(BufWriter::new(out))?;
    xml.element("enterprise", &[], |xml| {
        xml.element("properties", &[], |xml| {
            xml.text("datasource", &[], DATASOURCE)?;
            xml.text("target", &[], TARGET)?;
            xml.text("type", &[], "DATABASE UPDATE")?;
            xml.text("datetime", &[], DATETIME)
        })?;
        counts = match shape {
            Shape::Campus { bytes } => write_campus(xml, bytes, seed)?,
            Shape::OneMembership { members } => write_one_membership(xml, members, seed)?,
        };
        Ok(())
    })?;
    xml.flush()?;
    Ok(Generated { file_bytes: xml.written(), counts })
}

/// The size of a membership lies between these, if there is room for it.
const FEWEST: u64 = 20;
const MOST: u64 = 200;

/// How much of a file there is for each section: it gives memberships of about 60 members.
const BYTES_A_SECTION: u64 = 70_000;

fn write_campus<W: Write>(xml: &mut Xml<W>, bytes: u64, seed: u64) -> io::Result<Counts> {
    let mut counts = Counts::default();
    let sections = (bytes / BYTES_A_SECTION).max(1);

    // The groups need about 2 % of the file.
    while xml.written() < bytes / 100 * 58 || counts.person < FEWEST {
        Person::new(seed, counts.person).write(xml, Detail::Full)?;
        counts.person += 1;
    }

    counts.group = group::write_parents(xml)?;
    for index in 0..sections {
        Section::new(seed, index).write(xml, true)?;
        counts.group += 1;
    }

    for index in 0..sections {
        // What is left is shared among the sections that are left, so that the size comes out right.
        let left = bytes.saturating_sub(xml.written()) / MEMBER_BYTES;
        if left < FEWEST / 2 && index > 0 {
            break;
        }
        let others = sections - index - 1;
        let most = MOST.min(counts.person);
        // Not so few that the others cannot take the rest; the last one takes what there is.
        let fewest = left.saturating_sub(others * most).max(FEWEST);
        let members = uneven(seed, index, left / (others + 1)).max(fewest).min(most);
        membership::write(xml, seed, index, members, counts.person)?;
        counts.membership += 1;
        counts.member += members;
    }
    Ok(counts)
}

/// A number around `mean`: often less, sometimes three times as much.
fn uneven(seed: u64, index: u64, mean: u64) -> u64 {
    let share = Rng::new(seed, Stream::Seats, index).below(1000);
    mean * 3 * share * share / 1_000_000
}

fn write_one_membership<W: Write>(xml: &mut Xml<W>, members: u64, seed: u64) -> io::Result<Counts> {
    for index in 0..members {
        Person::new(seed, index).write(xml, Detail::Brief)?;
    }
    Section::new(seed, 0).write(xml, false)?;
    membership::write(xml, seed, 0, members, members)?;
    Ok(Counts { person: members, group: 1, membership: 1, member: members })
}
