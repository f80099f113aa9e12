//! One file, or standard input, and how much of it is held in memory.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::text::Bytes;

/// A file up to this size is held. A larger one is read piece by piece, and so is what has no size.
pub(crate) const HELD: u64 = 64 << 20;

/// One file, or standard input.
#[derive(Debug)]
pub(crate) struct Input {
    /// The path as the report shows it; `-` is standard input.
    pub(crate) path: PathBuf,
    /// Named on the command line, not come across in a folder.
    pub(crate) named: bool,
    /// Bytes of a file; standard input, a pipe or a device has no size.
    pub(crate) size: Option<u64>,
}

impl Input {
    /// Opens it; a file of at most `held` bytes is read.
    pub(crate) fn open(&self, held: u64) -> io::Result<Opened> {
        if self.path == Path::new("-") {
            return Ok(Opened::Passing(Box::new(io::stdin())));
        }
        Ok(match self.size {
            Some(size) if size <= held => Opened::Held(fs::read(&self.path)?),
            Some(_) => Opened::Large(File::open(&self.path)?),
            None => Opened::Passing(Box::new(File::open(&self.path)?)),
        })
    }
}

/// An input that has been opened.
pub(crate) enum Opened {
    /// All of it.
    Held(Vec<u8>),
    /// A file of which pieces can be read again.
    Large(File),
    /// What is gone once it has been read.
    Passing(Box<dyn Read>),
}

impl Opened {
    /// What can be looked at once more, when all has been read.
    pub(crate) fn bytes(&self) -> Bytes<'_> {
        match self {
            Self::Held(bytes) => Bytes::Held(bytes),
            Self::Large(file) => Bytes::File(file),
            Self::Passing(_) => Bytes::Gone,
        }
    }
}
