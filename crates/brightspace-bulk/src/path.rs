//! Paths as the server sees them: Windows paths, told apart without a file system.

use memchr::{memchr, memrchr, memrchr2};

/// Both separators that Windows takes.
const SEPARATORS: [char; 2] = ['\\', '/'];

/// The part behind the last separator.
pub fn file_name(path: &str) -> &str {
    let separator = memrchr2(b'\\', b'/', path.as_bytes());
    &path[separator.map_or(0, |at| at + 1)..]
}

/// The folder of a path, with its separator.
pub fn folder(path: &str) -> &str {
    &path[..path.len() - file_name(path).len()]
}

/// What stands behind the last dot of the file name, as it is written; empty where there is none.
pub fn extension(path: &str) -> &str {
    let name = file_name(path);
    memrchr(b'.', name.as_bytes()).map_or("", |dot| &name[dot + 1..])
}

/// The file name without its extension.
pub fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A path such that two paths of the same file are equal: Windows knows no letter case, and takes both
/// separators.
pub fn folded(path: &str, out: &mut String) {
    out.clear();
    if path.is_ascii() {
        out.push_str(path);
        out.make_ascii_lowercase();
        if memchr(b'/', path.as_bytes()).is_some() {
            *out = out.replace('/', "\\");
        }
        return;
    }
    for character in path.chars() {
        match character {
            '/' => out.push('\\'),
            ascii if ascii.is_ascii() => out.push(ascii.to_ascii_lowercase()),
            other => out.extend(other.to_lowercase()),
        }
    }
}

/// Whether it is a URL: a scheme of at least two letters, a colon and a slash.
pub(crate) fn is_url(path: &str) -> bool {
    let scheme =
        path.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
    let len = scheme.count();
    len > 1 && path.as_bytes()[0].is_ascii_alphabetic() && path[len..].starts_with(":/")
}

/// Whether it is written `\\server\…` or `D:\…`, with either separator.
pub(crate) fn is_absolute(path: &str) -> bool {
    let is_separator = |byte: &u8| matches!(byte, b'\\' | b'/');
    match path.as_bytes() {
        [first, second, third, ..] if is_separator(first) && is_separator(second) => {
            !is_separator(third)
        }
        [drive, b':', third, ..] => drive.is_ascii_alphabetic() && is_separator(third),
        _ => false,
    }
}

/// Whether one of its parts is `..`.
pub(crate) fn goes_upwards(path: &str) -> bool {
    // Without an early end, so that many bytes are looked at at a time; most paths have none.
    let is_pair = |pair: &[u8]| pair == b"..";
    path.as_bytes().windows(2).fold(false, |found, pair| found | is_pair(pair))
        && path.split(SEPARATORS).any(|part| part == "..")
}

/// The first character that no Windows name may hold, with its offset. The colon behind a drive letter and
/// the prefix `\\?\` are no part of a name.
pub(crate) fn forbidden(path: &str) -> Option<(usize, char)> {
    let prefix = if path.starts_with(r"\\?\") { 4 } else { 0 };
    let rest = &path[prefix..];
    let drive = match rest.as_bytes() {
        [drive, b':', ..] if drive.is_ascii_alphabetic() => 2,
        _ => 0,
    };
    let start = prefix + drive;
    let is_forbidden =
        |byte: u8| (byte < 0x20) | matches!(byte, b'<' | b'>' | b':' | b'"' | b'|' | b'?' | b'*');
    let bytes = &path.as_bytes()[start..];
    // As above.
    if !bytes.iter().fold(false, |found, &byte| found | is_forbidden(byte)) {
        return None;
    }
    let at = start + bytes.iter().position(|&byte| is_forbidden(byte))?;
    Some((at, char::from(path.as_bytes()[at])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let path = r"\\srv\in put\Asset.v2.GIF";
        assert_eq!((folder(path), file_name(path)), (r"\\srv\in put\", "Asset.v2.GIF"));
        assert_eq!((stem(path), extension(path)), ("Asset.v2", "GIF"));
        assert_eq!((stem("a"), extension("a"), folder("a")), ("a", "", ""));
        let mut out = String::new();
        folded("//FS/Ä\\b", &mut out);
        assert_eq!(out, r"\\fs\ä\b");
    }

    #[test]
    fn kinds() {
        for (path, url, absolute) in [
            ("https://a/b.zip", true, false),
            ("file:/a", true, false),
            (r"\\s\a", false, true),
            ("//s/a", false, true),
            (r"D:\a", false, true),
            ("d:/a", false, true),
            ("D:a", false, false),
            (r"\a", false, false),
            ("/a", false, false),
            (r"\\\a", false, false),
            (r"input\a", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_url(path), is_absolute(path)), (url, absolute), "{path}");
        }
        assert!(goes_upwards(r"\\s\..\a") && goes_upwards("a/..") && !goes_upwards("a..b"));
    }

    #[test]
    fn forbidden_characters() {
        for (path, found) in [
            (r"\\s\a?.zip", Some((5, '?'))),
            (r"D:\a:b", Some((4, ':'))),
            (r"\\?\D:\a", None),
            (r"D:\é’.zip", None),
            ("a\u{0}", Some((1, '\0'))),
        ] {
            assert_eq!(forbidden(path), found, "{path}");
        }
    }
}
