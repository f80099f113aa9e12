//! The files that a setup file names, as the caller can find them.

/// Looks at files by the paths that the server knows them by. A path such as `\\server\share\a.zip` cannot
/// be opened elsewhere: the caller says what stands there, as far as it can be told.
pub trait Files {
    /// Whether there is a file at the path; `None` where that cannot be told.
    fn exists(&self, path: &str) -> Option<bool>;

    /// The first bytes of the file, at most so many; `None` where it cannot be read.
    fn start(&self, path: &str, at_most: usize) -> Option<Vec<u8>>;

    /// The `imsmanifest.xml` of the package at the path, up to the reader's own limit; `None` where that
    /// cannot be told, and unless the caller can open archives.
    fn manifest(&self, _path: &str) -> Option<Vec<u8>> {
        None
    }
}
