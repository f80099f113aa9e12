//! The checks over the paths of a whole file, and those that have to look at the files.

use edu_diagnostics::keys::number;
use edu_diagnostics::{Collector, Diagnostic, Label, Place, Position, Severity, Span};
use edu_syntax::Decoded;

use super::check::is_readable;
use super::table;
use crate::codes::LoadType;
use crate::effective::effective;
use crate::files::Files;
use crate::imsmd::LomReader;
use crate::links;
use crate::model::{Field, Record};
use crate::path::{extension, file_name as name_of, folded};
use crate::scorm::{PackageReader, is_zip};
use crate::upload::Upload;

/// How much of an asset is looked through for links.
const ASSET: usize = 1 << 20;

/// How much of a metadata file is read: one that is longer exceeds the limits of its reader.
const METADATA: usize = (16 << 20) + 1;

/// Gives a span of the text its bytes of the original and its line and column.
pub(crate) type Locate<'l> = &'l mut dyn FnMut(Span) -> (Span, Position);

/// What is known of the paths so far: a number and a place for each, 24 bytes. They are compared at the end:
/// looking each up in a map as it comes takes longer than all else together.
pub(crate) struct Paths<'f> {
    known: Vec<(u64, Place)>,
    /// Paths that the caller could say nothing about.
    unseen: bool,
    files: Option<&'f dyn Files>,
    /// The last key, kept so that its memory is used again.
    key: String,
}

impl<'f> Paths<'f> {
    pub(crate) fn new(files: Option<&'f dyn Files>) -> Self {
        Self { known: Vec::new(), unseen: false, files, key: String::new() }
    }

    /// Whether the rules can run that have to look at files.
    pub(crate) fn can_look(&self) -> bool {
        self.files.is_some()
    }

    pub(crate) fn check(
        &mut self,
        record: &Record<'_>,
        locate: Locate<'_>,
        findings: &mut Vec<Diagnostic>,
    ) {
        if !is_readable(record.path()) {
            return;
        }
        self.note(record, locate);
        if let Some(files) = self.files {
            self.unseen |= !look(record, files, findings);
        }
    }

    /// Whether some paths lead to where no file could be looked at.
    pub(crate) fn has_unseen(&self) -> bool {
        self.unseen
    }

    /// The paths that are named twice; known when the file is over.
    pub(crate) fn twice(&mut self) -> Vec<Diagnostic> {
        // By key alone: the order within a key counts only where there are several.
        self.known.sort_unstable_by_key(|(key, _)| *key);
        let same = self.known.chunk_by_mut(|(key, _), (next, _)| key == next);
        let repeated = same.filter(|same| same.len() > 1).flat_map(|same| {
            same.sort_unstable_by_key(|(_, place)| place.span().start);
            let (first, others) = (same[0].1, &same[1..]);
            others.iter().map(move |(_, place)| (first, place))
        });
        repeated
            .map(|(first, place)| {
                let mut finding = Diagnostic::new(&table::PATH_TWICE).at(place.span());
                finding.position = Some(place.position());
                finding.labels.push(Label {
                    span: first.span(),
                    position: Some(first.position()),
                    text: "first named here",
                });
                finding
            })
            .collect()
    }

    fn note(&mut self, record: &Record<'_>, locate: Locate<'_>) {
        let Some(repository) = record.repository_id() else { return };
        let field = record.path();
        folded(field.value(), &mut self.key);
        let repository = number(&repository.get().to_le_bytes()).rotate_left(1);
        let key = number(self.key.as_bytes()) ^ repository;
        self.known.push((key, Place::new(locate(field.span()))));
    }
}

/// Looks at the files of a record; says whether all could be looked at.
fn look(record: &Record<'_>, files: &dyn Files, findings: &mut Vec<Diagnostic>) -> bool {
    let field = record.path();
    let found = files.exists(field.value());
    match found {
        Some(true) => match record.load_type() {
            Some(LoadType::Package) => package(field, files, findings),
            Some(_) if links::may_link(field.value()) => asset(field, files, findings),
            Some(_) if extension(field.value()).eq_ignore_ascii_case("zip") => {
                discarded(record, files, findings);
            }
            _ => {}
        },
        Some(false) => findings.push(not_found(field)),
        None => {}
    }
    let metadata = record.metadata_path();
    if !is_readable(metadata) {
        return found.is_some();
    }
    let found_metadata = files.exists(metadata.value());
    match found_metadata {
        Some(true) => xml(metadata, files, findings),
        Some(false) => findings.push(not_found(metadata)),
        None => {}
    }
    found.is_some() && found_metadata.is_some()
}

fn not_found(field: &Field<'_>) -> Diagnostic {
    Diagnostic::new(&table::NOT_FOUND).at(field.span()).data("found", field.value())
}

/// A file that is called a package, and may be none.
fn package(field: &Field<'_>, files: &dyn Files, findings: &mut Vec<Diagnostic>) {
    let is_called_one = extension(field.value()).eq_ignore_ascii_case("zip");
    let start = files.start(field.value(), 4);
    if is_called_one && start.is_some_and(|start| !is_zip(&start)) {
        let finding = Diagnostic::new(&table::NOT_A_PACKAGE).at(field.span());
        findings.push(finding.data("found", field.value()));
    }
}

/// The metadata of a package that is uploaded with others.
fn discarded(record: &Record<'_>, files: &dyn Files, findings: &mut Vec<Diagnostic>) {
    let field = record.path();
    let (Some(bytes), Ok(upload)) = (files.manifest(field.value()), Upload::try_from(record))
    else {
        return;
    };
    let manifest = PackageReader::new().for_manifest(&Decoded::new(&bytes), &mut |_| ());
    let finding = effective(&upload, manifest.as_ref(), None).diagnostic();
    findings.extend(finding.map(|finding| finding.at(field.span())));
}

/// A file that is called XML, and may be no metadata.
fn xml(field: &Field<'_>, files: &dyn Files, findings: &mut Vec<Diagnostic>) {
    let is_called_one = extension(field.value()).eq_ignore_ascii_case("xml");
    let Some(bytes) = files.start(field.value(), METADATA) else { return };
    let mut found = Collector::new().with_limit(0);
    LomReader::new().for_text(&Decoded::new(&bytes), &mut found);
    let is_broken = found.counts().any(|(rule, _)| *rule == table::METADATA_MALFORMED);
    let is_other = found.worst() == Some(Severity::Error);
    if is_called_one && (is_broken || is_other) {
        let finding = Diagnostic::new(&table::NOT_XML).at(field.span());
        findings.push(finding.data("found", field.value()));
    }
}

/// A page or a script, of which only the file itself is uploaded.
fn asset(field: &Field<'_>, files: &dyn Files, findings: &mut Vec<Diagnostic>) {
    let Some(start) = files.start(field.value(), ASSET) else { return };
    let decoded = Decoded::new(&start);
    let is_script = extension(field.value()).eq_ignore_ascii_case("js");
    let links =
        if is_script { links::of_script(decoded.text()) } else { links::of_page(decoded.text()) };
    for link in links {
        let finding = Diagnostic::new(&table::LINK).at(field.span()).data("found", link);
        findings.push(finding.data("asset", name_of(field.value())));
    }
}

/// Checks what the setup file is called.
pub(crate) fn file_name(name: &str) -> Option<Diagnostic> {
    let is_text = extension(name).eq_ignore_ascii_case("txt");
    (!is_text).then(|| Diagnostic::new(&table::FILE_NAME).data("found", name))
}
