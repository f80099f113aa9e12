//! The rules over the listing of an archive.

use edu_diagnostics::Diagnostic;

use super::findings::Findings;
use super::url::has_drive;
use super::{MANIFEST, PackageLimits};
use crate::rules;

/// Up to this size an entry may shrink as far as it likes: a megabyte does no harm.
const SMALL: u64 = 1 << 20;

/// An entry of a zip archive, as its central directory lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name as it stands; that of a folder ends in `/`.
    pub name: String,
    /// Its size unpacked, in bytes.
    pub size: u64,
    /// Its size in the archive, in bytes.
    pub compressed: u64,
}

impl Entry {
    /// An entry with its size unpacked and in the archive, in bytes.
    pub fn new(name: impl Into<String>, size: u64, compressed: u64) -> Self {
        Self { name: name.into(), size, compressed }
    }

    /// Whether it stands for a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with(['/', '\\'])
    }

    /// Whether its name leads, or could lead, out of the folder that it is unpacked to.
    pub fn is_unsafe(&self) -> bool {
        let name = &self.name;
        name.starts_with(['/', '\\'])
            || has_drive(name)
            || name.contains('\0')
            || name.split(['/', '\\']).any(|part| part == "..")
    }
}

/// Whether bytes begin as a zip archive does. An archive may still turn out to be damaged.
pub fn is_zip(bytes: &[u8]) -> bool {
    // A file, or the end of an archive without any.
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The number of the entry that is the manifest: the one to read, at most [`PackageLimits::manifest`] bytes
/// of it.
pub fn manifest_entry(entries: &[Entry]) -> Option<usize> {
    entries.iter().position(|entry| entry.name == MANIFEST)
}

/// What can be said before anything is unpacked; `false` where the listing is too long to go on.
pub(super) fn check_sizes(
    entries: &[Entry],
    limits: PackageLimits,
    findings: &mut Findings,
) -> bool {
    let mut exceeded = |found: &str, limit: String| {
        let finding = Diagnostic::new(&rules::PACKAGE_SIZE).data("found", found);
        findings.push(finding.word("limit", limit));
    };
    if entries.len() > limits.entries {
        exceeded(&format!("{} entries", entries.len()), limits.entries.to_string());
        return false;
    }
    let unpacked = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    if unpacked > limits.unpacked {
        exceeded(&format!("{unpacked} bytes unpacked"), limits.unpacked.to_string());
    }
    let ratio = |entry: &Entry| entry.size / entry.compressed.max(1);
    let bomb = entries.iter().find(|entry| entry.size > SMALL && ratio(entry) > limits.ratio);
    if let Some(bomb) = bomb {
        let found =
            format!("an entry `{}` that unpacks to {} times its size", bomb.name, ratio(bomb));
        exceeded(&found, limits.ratio.to_string());
    }
    if let Some(index) = manifest_entry(entries) {
        let size = entries[index].size;
        if size > limits.manifest as u64 {
            exceeded(&format!("a manifest of {size} bytes"), limits.manifest.to_string());
        }
    }
    true
}

pub(super) fn check_names(entries: &[Entry], findings: &mut Findings) {
    for entry in entries {
        let rule = if entry.is_unsafe() {
            &rules::UNSAFE_NAME
        } else if entry.name.contains('\\') {
            &rules::BACKSLASH
        } else {
            continue;
        };
        findings.push(Diagnostic::new(rule).data("found", &entry.name));
    }
}

/// Says that there is no manifest, or what the archive is instead of a package.
pub(super) fn check_missing_manifest(entries: &[Entry], findings: &mut Findings) {
    if let Some(kind) = entries.iter().find_map(course_export) {
        findings.push(Diagnostic::new(&rules::WRONG_KIND).word("kind", kind));
        return;
    }
    let parts = |entry: &Entry| entry.name.split(['/', '\\']).count();
    let has_name = |entry: &&Entry| {
        let name = entry.name.rsplit(['/', '\\']).next();
        name.is_some_and(|name| name.eq_ignore_ascii_case(MANIFEST))
    };
    let nearest = entries.iter().filter(has_name).min_by_key(|entry| parts(entry));
    let finding = Diagnostic::new(&rules::MANIFEST_MISSING);
    findings.push(match nearest {
        Some(entry) => finding.data("hint", format!(" (it is `{}`)", entry.name)),
        None => finding.word("hint", ""),
    });
}

/// What an archive without a manifest is, as the name of one of its entries tells.
fn course_export(entry: &Entry) -> Option<&'static str> {
    match entry.name.as_str() {
        "moodle_backup.xml" | "moodle.xml" => Some("a course export of Moodle"),
        ".bb-package-info" => Some("a course export of Blackboard"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_names() {
        for name in ["../x", "a/../x", r"a\..\x", "..", "/x", r"\x", "C:x", "c:/x", "a\0b"] {
            assert!(Entry::new(name, 0, 0).is_unsafe(), "{name}");
        }
        for name in ["x", "a..b/..c", r"a\b", "a/", "ab:c"] {
            assert!(!Entry::new(name, 0, 0).is_unsafe(), "{name}");
        }
    }

    #[test]
    fn beginnings() {
        assert!(is_zip(b"PK\x03\x04..") && is_zip(b"PK\x05\x06"));
        assert!(!is_zip(b"PK this is no archive") && !is_zip(b""));
    }

    #[test]
    fn sums_do_not_overflow() {
        let entries = [Entry::new("a", u64::MAX, u64::MAX), Entry::new("b", u64::MAX, u64::MAX)];
        let mut findings = Findings::default();
        assert!(check_sizes(&entries, PackageLimits::default(), &mut findings));
        let mut found = Vec::new();
        findings.report(None, &mut |finding: Diagnostic| found.push(finding.to_string()));
        let expected =
            "the package has 18446744073709551615 bytes unpacked, the limit is 4294967296";
        assert_eq!(found, [expected]);
    }
}
