//! From the paths on the command line to the files to read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::input::Input;

/// What the walk came across, in the order of the report.
#[derive(Debug)]
pub(crate) enum Found {
    /// Something to check.
    Input(Input),
    /// Something in a folder that is left out, and why.
    LeftOut(PathBuf, &'static str),
    /// Something that cannot be looked at.
    Unreadable(PathBuf, io::Error),
}

/// Lists the named files, and the files of the named folders in the order of their names.
pub(crate) fn walk(paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            found.push(Found::Input(Input { path: path.clone(), named: true, size: None }));
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => folder(path, &mut found),
            Ok(metadata) => {
                found.push(Found::Input(Input {
                    path: path.clone(),
                    named: true,
                    size: metadata.is_file().then_some(metadata.len()),
                }));
            }
            Err(error) => found.push(Found::Unreadable(path.clone(), error)),
        }
    }
    found
}

fn folder(folder: &Path, found: &mut Vec<Found>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            found.push(Found::Unreadable(folder.to_owned(), error));
            return;
        }
    };
    entries.retain(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        match one(&entry.path()) {
            Ok(Kind::Folder) => self::folder(&entry.path(), found),
            Ok(Kind::File(size)) => {
                found.push(Found::Input(Input {
                    path: entry.path(),
                    named: false,
                    size: Some(size),
                }));
            }
            Ok(Kind::Other(reason)) => found.push(Found::LeftOut(entry.path(), reason)),
            Err(error) => found.push(Found::Unreadable(entry.path(), error)),
        }
    }
}

enum Kind {
    Folder,
    File(u64),
    Other(&'static str),
}

/// What stands at a path inside a folder. A link to a folder is not followed: it may lead in a circle
/// or out of the folder that was named.
fn one(path: &Path) -> io::Result<Kind> {
    let is_link = fs::symlink_metadata(path)?.is_symlink();
    let metadata = fs::metadata(path)?;
    Ok(match () {
        () if metadata.is_dir() && is_link => Kind::Other("a link to a folder is not followed"),
        () if metadata.is_dir() => Kind::Folder,
        () if metadata.is_file() => Kind::File(metadata.len()),
        // Reading a pipe or a device that nobody meant could wait for ever.
        () => Kind::Other("neither a file nor a folder"),
    })
}
