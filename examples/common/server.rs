//! The files of a server, found in local folders.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use brightspace_bulk::path::folded;

/// Folders that stand for folders of the server.
#[derive(Debug, Clone, Default)]
pub(crate) struct Server {
    mounts: Vec<Mount>,
}

/// A folder of the server, and the local one that stands for it.
#[derive(Debug, Clone)]
pub(crate) struct Mount {
    /// Without letter case, with backslashes, without one at the end.
    prefix: String,
    folder: PathBuf,
}

impl Mount {
    /// Reads `PREFIX=DIR`, as it is given on a command line.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (prefix, folder) =
            text.split_once('=').ok_or("write PREFIX=DIR, such as \\\\server\\share=local/dir")?;
        if prefix.is_empty() || folder.is_empty() {
            return Err("neither PREFIX nor DIR may be empty".to_owned());
        }
        let folder = PathBuf::from(folder);
        // Otherwise every file would be reported as missing.
        if !folder.is_dir() {
            return Err(format!("`{}` is no folder", folder.display()));
        }
        Ok(Self { prefix: fold(prefix), folder })
    }
}

fn fold(path: &str) -> String {
    let mut out = String::new();
    folded(path, &mut out);
    out.trim_end_matches('\\').to_owned()
}

impl Server {
    /// A server with these folders; the longest prefix wins.
    pub(crate) fn new(mut mounts: Vec<Mount>) -> Self {
        mounts.sort_by_key(|mount| std::cmp::Reverse(mount.prefix.len()));
        Self { mounts }
    }

    /// The local path of one of the server; `None` where no folder stands for it, or where the path leads
    /// out of the folder.
    pub(crate) fn local(&self, path: &str) -> Option<PathBuf> {
        let whole = fold(path);
        let is_inside = |mount: &&Mount| {
            let rest = whole.strip_prefix(&mount.prefix);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('\\'))
        };
        let mount = self.mounts.iter().find(is_inside)?;
        // Letter case may change the length of a path: parts are counted, not bytes.
        let parts = |path: &str| path.split(['\\', '/']).filter(|part| !part.is_empty()).count();
        let mut local = mount.folder.clone();
        let inside = path.split(['\\', '/']).filter(|part| !part.is_empty());
        for part in inside.skip(parts(&mount.prefix)) {
            if part == ".." || part.contains('\0') {
                return None;
            }
            local = entry(&local, part).unwrap_or_else(|| local.join(part));
        }
        Some(local)
    }
}

/// What stands in a folder under a name; in another letter case if not in this one.
pub(crate) fn entry(folder: &Path, name: &str) -> Option<PathBuf> {
    let exact = folder.join(name);
    if exact.exists() {
        return Some(exact);
    }
    let name = name.to_lowercase();
    let is_named =
        |found: &OsString| found.to_str().is_some_and(|found| found.to_lowercase() == name);
    let mut names =
        fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.file_name());
    names.find(is_named).map(|found| folder.join(found))
}
