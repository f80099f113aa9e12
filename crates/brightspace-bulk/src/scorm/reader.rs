//! The way through a package.

use edu_diagnostics::{Diagnostic, Sink};
use edu_syntax::Decoded;
use edu_syntax::xml::{Limits, Tree};

use super::findings::Findings;
use super::{Entry, Manifest, NAMESPACE};
use super::{check, entries, files, kind, manifest_entry, read, structure};
use crate::imsmd::LomReader;
use crate::{rules, wellformed};

/// Bounds on what a package may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageLimits {
    /// Entries of the archive, folders included.
    pub entries: usize,
    /// Bytes that all entries have together when they are unpacked.
    pub unpacked: u64,
    /// How many times its size in the archive an entry may have unpacked. Entries up to 1 MiB may have any.
    pub ratio: u64,
    /// Bytes of the manifest, unpacked.
    pub manifest: usize,
}

impl Default for PackageLimits {
    /// 100,000 entries, 4 GiB unpacked, 200 times the size, 16 MiB of manifest.
    fn default() -> Self {
        Self { entries: 100_000, unpacked: 4 << 30, ratio: 200, manifest: 16 << 20 }
    }
}

/// What a caller knows of a package.
#[derive(Debug, Clone, Copy)]
pub struct Package<'a> {
    /// The entries, in the order of the archive.
    pub entries: &'a [Entry],
    /// The content of the entry that [`manifest_entry`] names. Where there is such an entry but no content,
    /// only the entries are checked.
    pub manifest: Option<&'a Decoded<'a>>,
}

/// Reads packages and says what is wrong with them. The value is its own configuration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PackageReader {
    limits: PackageLimits,
}

impl PackageReader {
    /// A reader with the default limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the limits.
    #[must_use]
    pub fn with_limits(mut self, limits: PackageLimits) -> Self {
        self.limits = limits;
        self
    }

    /// The limits.
    pub fn limits(&self) -> PackageLimits {
        self.limits
    }

    /// Says of bytes that they are no archive: those that [`is_zip`](super::is_zip) refuses, and those that
    /// the caller's reader of archives does.
    pub fn not_a_zip(&self, sink: &mut dyn Sink) {
        sink.report(Diagnostic::new(&rules::NOT_A_ZIP));
    }

    /// Reads an `imsmanifest.xml` by itself. Whether its files exist is not looked at.
    ///
    /// Findings come in their order when the whole manifest has been read. `None` where it is not the
    /// manifest of a package, or exceeds a limit.
    pub fn for_manifest(&self, manifest: &Decoded<'_>, sink: &mut dyn Sink) -> Option<Manifest> {
        let mut findings = Findings::default();
        let read = self.read(manifest, None, &mut findings);
        findings.report(Some(manifest), sink);
        read
    }

    /// Reads a package.
    ///
    /// Findings come in their order when everything has been looked at: those in the manifest with their
    /// places, then those about entries, which have none. `None` where there is no manifest, it is not that
    /// of a package, or a limit on it or on the number of entries is exceeded.
    pub fn for_package(&self, package: &Package<'_>, sink: &mut dyn Sink) -> Option<Manifest> {
        let mut findings = Findings::default();
        let read = self.package(package, &mut findings);
        findings.report(package.manifest, sink);
        read
    }

    fn package(&self, package: &Package<'_>, findings: &mut Findings) -> Option<Manifest> {
        if !entries::check_sizes(package.entries, self.limits, findings) {
            return None;
        }
        entries::check_names(package.entries, findings);
        if manifest_entry(package.entries).is_none() {
            entries::check_missing_manifest(package.entries, findings);
            return None;
        }
        self.read(package.manifest?, Some(package.entries), findings)
    }

    fn read(
        &self,
        decoded: &Decoded<'_>,
        entries: Option<&[Entry]>,
        findings: &mut Findings,
    ) -> Option<Manifest> {
        let limits = Limits { record: self.limits.manifest, ..Limits::default() };
        let tree = Tree::read(decoded.text(), limits);
        let is_whole =
            wellformed::check(&tree, decoded, &rules::MANIFEST_MALFORMED, &mut findings.0);
        if tree.exceeded().is_some() {
            return None;
        }
        let root = tree.root()?;
        if root.local_name() != "manifest" {
            structure::check_namespace(root, findings);
            return None;
        }
        let mut manifest = read::manifest(root);
        manifest.schema_files = read::schema_files(root);
        if let Some(kind) = kind::recognise(&manifest, root) {
            let finding = Diagnostic::new(&rules::WRONG_KIND).at(manifest.span);
            findings.push(finding.word("kind", kind));
            // Nothing in it is meant to be SCORM 1.2.
            return Some(manifest);
        }
        if root.namespace() == Some(NAMESPACE) {
            structure::check_extension(root, findings);
        } else {
            structure::check_namespace(root, findings);
        }
        let metadata = root.descendants().filter(|branch| branch.local_name() == "metadata");
        for lom in metadata.filter_map(|metadata| metadata.child("lom")) {
            LomReader::new().for_branch(lom, &mut |finding| findings.push(finding));
        }
        // Of a manifest that ends in the middle everything would be missing.
        if is_whole {
            let has_parts = structure::check(root, findings);
            check::check(&manifest, has_parts, findings);
            if let Some(entries) = entries {
                files::check(&manifest, entries, findings);
            }
        }
        Some(manifest)
    }
}
