//! Paths as URI references (RFC 3986).

use std::fmt::Write as _;
use std::path::{Component, Path};

/// The path as a relative reference; an absolute path as a `file` URI. A path need not be text.
pub(crate) fn of(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter(|part| !matches!(part, Component::CurDir | Component::RootDir))
        .map(|part| encoded(part.as_os_str().as_encoded_bytes()))
        .collect();
    let relative = parts.join("/");
    if path.is_absolute() { format!("file:///{relative}") } else { relative }
}

/// A segment in which only unreserved characters stand for themselves: a colon would make a scheme of
/// what is in front of it.
fn encoded(segment: &[u8]) -> String {
    let mut out = String::new();
    for &byte in segment {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_all_kinds() {
        for (path, uri) in [
            ("a/b-1_x~.xml", "a/b-1_x~.xml"),
            ("./a//./b.xml", "a/b.xml"),
            ("../a.xml", "../a.xml"),
            ("year 1/100%/ü#?.xml", "year%201/100%25/%C3%BC%23%3F.xml"),
            ("http://x", "http%3A/x"),
            ("-", "-"),
        ] {
            assert_eq!(of(Path::new(path)), uri);
        }
    }

    #[cfg(unix)]
    #[test]
    fn absolute_paths_and_names_that_are_not_text() {
        use std::os::unix::ffi::OsStrExt as _;
        assert_eq!(of(Path::new("//data/a b")), "file:///data/a%20b");
        let name = std::ffi::OsStr::from_bytes(b"a\\b\xE9");
        assert_eq!(of(Path::new(name)), "a%5Cb%E9");
    }
}
