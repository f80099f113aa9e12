//! Files that appear whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;

/// Files that are all ready before any of them gets its name.
///
/// Each is written beside its place under a name of its own. When all are there they are renamed; when
/// something fails before, they are removed.
#[derive(Debug, Default)]
pub(crate) struct Save {
    ready: Vec<Ready>,
}

/// A file under the name that it has until all are there.
#[derive(Debug)]
struct Ready {
    part: PathBuf,
    path: PathBuf,
    is_new: bool,
}

impl Save {
    /// Nothing to save so far.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Writes a file that will be at `path`.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or when what is there may not be replaced.
    pub(crate) fn add(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
        if path == Path::new("-") {
            return Err(io::Error::other("a file has to be named (`./-` is one of this name)"));
        }
        // A link stays one: what it leads to is replaced.
        let path = match fs::canonicalize(path) {
            Ok(path) => path,
            Err(_) if path.is_symlink() => return Err(io::Error::other("it is a link to nothing")),
            Err(_) => path.to_owned(),
        };
        let old = fs::metadata(&path).ok();
        if let Some(old) = &old {
            let hindrance = match () {
                () if old.is_dir() => "it is a folder",
                // Renaming would put a file in the place of a device.
                () if !old.is_file() => "it is no file",
                () if old.permissions().readonly() => "it may only be read",
                () => "",
            };
            if !hindrance.is_empty() {
                return Err(io::Error::other(hindrance));
            }
        }
        if path.file_name().is_none() {
            return Err(io::Error::other("this names no file"));
        }
        let hidden = format!(".{}-{}.part", process::id(), self.ready.len());
        let part = path.with_file_name(hidden);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&part)?;
        self.ready.push(Ready { part, path, is_new: old.is_none() });
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        file.write_all(content)
    }

    /// Gives the files their names.
    ///
    /// # Errors
    ///
    /// When one cannot be renamed; new files that have their names already are removed then.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        for (number, Ready { part, path, .. }) in self.ready.iter().enumerate() {
            if let Err(error) = fs::rename(part, path) {
                for done in self.ready[..number].iter().filter(|done| done.is_new) {
                    let _ = fs::remove_file(&done.path);
                }
                return Err(error);
            }
        }
        self.ready.clear();
        Ok(())
    }
}

impl Drop for Save {
    fn drop(&mut self) {
        for Ready { part, .. } in &self.ready {
            let _ = fs::remove_file(part);
        }
    }
}
