//! The checks that need nothing but one record.

use edu_diagnostics::{Diagnostic, Severity, Span};
use memchr::memchr;

use super::table;
use crate::codes::LoadType;
use crate::imsmd::{is_media_type, looks_like_list};
use crate::links::may_link;
use crate::model::{Field, Quote, Record};
use crate::path::{self, extension};

/// Checks one record.
pub(crate) fn check(record: &Record<'_>, findings: &mut Vec<Diagnostic>) {
    repository(record.repository(), findings);
    number(record, findings);
    if is_readable(record.path()) {
        path(record.path(), findings);
        // The fields of a record with too many may be others.
        if record.extra().next().is_none() {
            kind(record, findings);
        }
    }
    match record.load_type() {
        Some(LoadType::XmlMetadata)
            if is_readable(record.metadata_path()) && record.extra().next().is_none() =>
        {
            let field = record.metadata_path();
            path(field, findings);
            if !extension(field.value()).eq_ignore_ascii_case("xml") {
                findings.push(about(&table::NOT_XML, field));
            }
        }
        Some(LoadType::CsvMetadata) if record.count() > 1 => metadata(record, findings),
        _ => {}
    }
}

/// A finding that quotes the field it is about.
fn about(rule: &'static edu_diagnostics::Rule, field: &Field<'_>) -> Diagnostic {
    Diagnostic::new(rule).at(field.span()).data("found", field.value())
}

/// Whether the value is what its author meant, as far as can be told: what is damaged, or stands in
/// typographic quotes, has been reported.
pub(super) fn is_readable(field: &Field<'_>) -> bool {
    let is_typographic =
        field.quote() == Quote::None && field.value().starts_with(['“', '”', '„', '‘', '«', '»']);
    !field.is_empty() && !field.is_damaged() && !is_typographic
}

fn repository(field: &Field<'_>, findings: &mut Vec<Diagnostic>) {
    if matches!(field.quote(), Quote::Double | Quote::Single) {
        findings.push(Diagnostic::new(&table::QUOTED_ID).at(field.span()));
    }
    let id = field.value().parse::<crate::codes::RepositoryId>();
    if id.is_err() {
        findings.push(about(&table::REPOSITORY_ID, field));
    } else if field.value().starts_with('0') {
        let mut finding = about(&table::REPOSITORY_ID, field);
        finding.severity = Severity::Info;
        findings.push(finding);
    }
}

/// The number of fields, and the two that may not be empty.
fn number(record: &Record<'_>, findings: &mut Vec<Diagnostic>) {
    let missing = |field: &'static str, span: Span| {
        Diagnostic::new(&table::FIELD_MISSING).at(span).word("field", field)
    };
    let end = Span::empty(record.span().end);
    if record.count() < 2 {
        findings.push(missing("path", end));
    } else if record.path().is_empty() {
        findings.push(missing("path", record.path().span()));
    }
    let Some(load_type) = record.load_type() else { return };
    if load_type == LoadType::XmlMetadata && record.metadata_path().is_empty() {
        let place = if record.count() < 3 { end } else { record.metadata_path().span() };
        if record.count() >= 2 {
            findings.push(missing("metadata path", place));
        }
    }
    let (count, expected) = (record.count(), load_type.fields());
    if let Some(first) = record.extra().next() {
        let finding = Diagnostic::new(&table::TOO_MANY_FIELDS)
            .at(Span::new(first.span().start, end.end))
            .count("count", count as u64)
            .word("load_type", load_type.as_str())
            .count("expected", expected as u64);
        findings.push(finding);
    } else if load_type == LoadType::CsvMetadata
        && (2..expected).contains(&count)
        && !record.is_open
    {
        let finding = Diagnostic::new(&table::FIELDS_PADDED).at(end).count("count", count as u64);
        findings.push(finding);
    }
}

fn path(field: &Field<'_>, findings: &mut Vec<Diagnostic>) {
    let value = field.value();
    if path::is_url(value) {
        findings.push(about(&table::URL, field));
        return;
    }
    if memchr(b'/', value.as_bytes()).is_some() {
        findings.push(about(&table::FORWARD_SLASHES, field));
    }
    let problem = match () {
        () if !path::is_absolute(value) => "is not an absolute path",
        () if path::goes_upwards(value) => "goes upwards with `..`",
        () => "",
    };
    if !problem.is_empty() {
        findings.push(about(&table::NOT_ABSOLUTE, field).word("problem", problem));
    }
    if let Some((at, character)) = path::forbidden(value) {
        let start = field.span().start + at as u64;
        let finding = Diagnostic::new(&table::FORBIDDEN_CHARACTER).at(Span::new(start, start + 1));
        findings.push(finding.data("found", character.to_string()));
    }
}

/// What kind of file the path names, by its extension.
fn kind(record: &Record<'_>, findings: &mut Vec<Diagnostic>) {
    let field = record.path();
    let has_extension = |wanted: &str| extension(field.value()).eq_ignore_ascii_case(wanted);
    match record.load_type() {
        Some(LoadType::Package) if !has_extension("zip") => {
            findings.push(about(&table::NOT_A_PACKAGE, field));
        }
        Some(LoadType::XmlMetadata | LoadType::CsvMetadata) if may_link(field.value()) => {
            findings.push(about(&table::LINKED_FILES, field));
        }
        _ => {}
    }
    if has_extension("exe") {
        findings.push(about(&table::EXECUTABLE, field));
    }
}

/// The metadata of a record of type 3.
fn metadata(record: &Record<'_>, findings: &mut Vec<Diagnostic>) {
    let keyword = record.keyword();
    if is_readable(keyword) && looks_like_list(keyword.value()) {
        findings.push(about(&table::KEYWORD_LIST, keyword));
    }
    let format = record.format();
    if is_readable(format) && !is_media_type(format.value()) {
        findings.push(about(&table::FORMAT, format));
    }
    if record.title().is_empty() {
        findings.push(Diagnostic::new(&table::TITLE_MISSING).at(record.repository().span()));
    }
    let fields = [record.role(), record.first_name(), record.last_name()];
    let problem = match fields.map(Field::is_empty) {
        [true, true, true] | [false, false, false] => return,
        [true, false, false] => "names and no role",
        [false, true, true] => "a role and no names",
        [true, _, _] => "half a name and no role",
        [false, _, _] => "half a name",
    };
    let given = fields.into_iter().filter(|field| !field.is_empty());
    let span = given.map(Field::span).reduce(|all, span| Span::new(all.start, span.end));
    let finding = Diagnostic::new(&table::HALF_CONTRIBUTOR).at(span.unwrap_or_default());
    findings.push(finding.word("problem", problem));
}
