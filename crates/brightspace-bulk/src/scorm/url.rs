//! What a reference in a manifest names.
//!
//! References are URLs (RFC 3986) below the root of the package, so `%20` stands for a blank, `xml:base`
//! counts, and what has a scheme stands elsewhere.

/// What a reference names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Nothing: it is empty, or only a fragment.
    Nothing,
    /// Something outside of the package, by a scheme or a host.
    Elsewhere,
    /// Something above the root of the package, which no entry can be.
    Outside,
    /// A name as entries have it.
    Entry(String),
}

/// What `reference` names under the base that `xml:base` gives, which may be empty.
pub(super) fn resolve(base: &str, reference: &str) -> Target {
    let end = reference.find(['?', '#']).unwrap_or(reference.len());
    let path = reference[..end].trim();
    if path.is_empty() {
        return Target::Nothing;
    }
    let joined = join(base, path);
    if is_absolute(&joined) {
        return Target::Elsewhere;
    }
    // The dots are looked at last, so that `%2e%2e` leads nowhere either.
    normalised(&decoded(&joined)).map_or(Target::Outside, Target::Entry)
}

/// A base inside a base. What has a scheme, or begins at the root, takes nothing from the outer one.
pub(super) fn join(base: &str, reference: &str) -> String {
    let reference = reference.trim().replace('\\', "/");
    if is_absolute(&reference) || reference.starts_with('/') {
        return reference;
    }
    let folder = base.rfind('/').map_or("", |end| &base[..=end]);
    format!("{folder}{reference}")
}

/// The name of an entry with `/` between its parts, without `.` and `..`; `None` where it leads out of the
/// package.
pub(super) fn normalised(name: &str) -> Option<String> {
    if name.starts_with(['/', '\\']) || has_drive(name) {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a name begins with a drive letter, as `C:`.
pub(super) fn has_drive(name: &str) -> bool {
    matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// Whether a reference has a scheme or a host. One letter is no scheme but a drive.
fn is_absolute(reference: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    reference.starts_with("//")
        || reference.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// The text with `%20` and the like resolved. A `%` without two digits stays, bytes that are not UTF-8
/// become U+FFFD.
fn decoded(text: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let number = match (byte, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        out.push(number.unwrap_or(byte));
        at += if number.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let entry = |name: &str| Target::Entry(name.to_owned());
        let cases = [
            ("", "index.html", entry("index.html")),
            ("", " ./a/../img/animal%20cell.png?x=1#top ", entry("img/animal cell.png")),
            ("", "caf%C3%A9 100%.html", entry("café 100%.html")),
            ("", r"img\cell.png", entry("img/cell.png")),
            ("course/unit1/", "a.html", entry("course/unit1/a.html")),
            ("course/unit1", "a.html", entry("course/a.html")),
            ("course/", "../a.html", entry("a.html")),
            ("http://example.org/", "a.html", Target::Elsewhere),
            ("course/", "https://example.org/a.html", Target::Elsewhere),
            ("", "//example.org/a.html", Target::Elsewhere),
            ("", "mailto:x", Target::Elsewhere),
            ("", "#top", Target::Nothing),
            ("", "  ", Target::Nothing),
            ("", "../a.html", Target::Outside),
            ("", "%2e%2e/a.html", Target::Outside),
            ("course/", "/a.html", Target::Outside),
            ("", "C:/a.html", Target::Outside),
        ];
        for (base, reference, expected) in cases {
            assert_eq!(resolve(base, reference), expected, "{base} {reference}");
        }
    }
}
