//! Conversion files: Pégase codes and the Ametys codes they stand for.

use std::collections::HashMap;

use edu_diagnostics::{Diagnostic, Position, Rule, Span};
use edu_syntax::xml::{Branch, Cursor, FaultKind, Limits, Node, State, Tree};
use edu_syntax::{Decoded, Locator};
use odf_model::{Code, Tables, table};
use thiserror::Error;

use crate::rules::conversion as rules;

/// What a table id begins with and the name of its file does not.
const PREFIX: &str = "odf-enumeration.";
/// What the name of a conversion file ends with.
const SUFFIX: &str = "_conversion.xml";

/// What the conversion files say, by table. They serve import only.
///
/// ```
/// use pegase::Conversions;
/// use pegase::odf_model::{Tables, table};
///
/// let file = br#"<rncpLevels><rncpLevel code="NID001">1</rncpLevel></rncpLevels>"#;
/// let mut conversions = Conversions::new();
/// let notes = conversions.read("rncplevel_conversion.xml", file, &Tables::new())?;
/// assert!(notes.is_empty());
/// assert_eq!(conversions.get(table::RNCP_LEVEL, "NID001"), Some(&"1".into()));
/// # Ok::<(), pegase::ConversionError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversions {
    tables: HashMap<String, HashMap<Code, Code>>,
    notes: Vec<ConversionNote>,
}

/// Something in a conversion file that had no effect, or undid another line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConversionNote {
    /// What it is.
    pub kind: ConversionNoteKind,
    /// The name of the file.
    pub file: String,
    /// The Pégase code concerned, where there is one.
    pub code: Option<Code>,
    /// Ametys codes: of a code given twice the one before and the one that counts, else the one that was
    /// passed over.
    pub values: Vec<Code>,
    /// Bytes of the file; none where the whole file is meant.
    pub span: Option<Span>,
    /// Line and column of them.
    pub position: Option<Position>,
}

/// The kinds of notes on conversion files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum ConversionNoteKind {
    /// `conversion-unused`: the name of the file is that of no table, so that it has no effect.
    #[cfg_attr(feature = "serde", serde(rename = "conversion-unused"))]
    Unused,
    /// `conversion-duplicate-code`: a Pégase code is given twice; the last one counts.
    #[cfg_attr(feature = "serde", serde(rename = "conversion-duplicate-code"))]
    DuplicateCode,
    /// `conversion-missing-code`: an element without Pégase code or without Ametys code, or one that stands in
    /// another element than the root. It is passed over.
    #[cfg_attr(feature = "serde", serde(rename = "conversion-missing-code"))]
    MissingCode,
}

impl ConversionNoteKind {
    /// The rule that it belongs to.
    pub fn rule(self) -> &'static Rule {
        match self {
            Self::Unused => &rules::UNUSED,
            Self::DuplicateCode => &rules::DUPLICATE_CODE,
            Self::MissingCode => &rules::MISSING_CODE,
        }
    }

    /// Its name, such as `conversion-unused`: that of its rule.
    pub fn as_str(self) -> &'static str {
        self.rule().name
    }
}

impl ConversionNote {
    /// The note as a finding, with its sentence and its place.
    pub fn diagnostic(&self) -> Diagnostic {
        let values: Vec<_> = self.values.iter().map(Code::as_str).collect();
        let mut finding = Diagnostic::new(self.kind.rule())
            .data("file", &self.file)
            .data("code", self.code.as_deref().unwrap_or_default())
            .data("values", values.join(", "));
        finding.span = self.span;
        finding.position = self.position;
        finding
    }
}

/// Why a conversion file could not be read. Nothing of it has an effect then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConversionError {
    /// It has a document type declaration, which could make other text of what stands in it.
    #[error("{file}, line {}, column {}: a document type declaration is refused", .position.line, .position.column)]
    Doctype {
        /// The name of the file.
        file: String,
        /// Bytes of the file.
        span: Span,
        /// Line and column of them.
        position: Position,
    },
    /// It is not well-formed XML, or is cut off.
    #[error("{file}, line {}, column {}: not well-formed XML: {what}", .position.line, .position.column)]
    Malformed {
        /// The name of the file.
        file: String,
        /// What is wrong.
        what: String,
        /// Bytes of the file.
        span: Span,
        /// Line and column of them.
        position: Position,
    },
    /// It is larger or deeper than any conversion file.
    #[error("{file}, line {}, column {}: too much: {what}", .position.line, .position.column)]
    TooMuch {
        /// The name of the file.
        file: String,
        /// Which bound it goes over.
        what: String,
        /// Bytes of the file.
        span: Span,
        /// Line and column of them.
        position: Position,
    },
}

impl ConversionError {
    /// Line and column where the reading stopped.
    pub fn position(&self) -> Position {
        match self {
            Self::Doctype { position, .. }
            | Self::Malformed { position, .. }
            | Self::TooMuch { position, .. } => *position,
        }
    }
}

/// The name of the conversion file of a table: `rncplevel_conversion.xml` for `odf-enumeration.RncpLevel`.
pub fn conversion_file_name(table: &str) -> String {
    let name = table.strip_prefix(PREFIX).unwrap_or(table);
    format!("{}{SUFFIX}", name.to_lowercase())
}

/// The table that a conversion file is for, by its name: one that Ametys always has, or one of those given.
pub fn conversion_table<'a>(file_name: &str, tables: &'a Tables) -> Option<&'a str> {
    let known = table::ALL.into_iter().chain(tables.iter().map(|(id, _)| id));
    known.into_iter().find(|table| conversion_file_name(table) == file_name)
}

impl Conversions {
    /// No conversion.
    pub fn new() -> Self {
        Self::default()
    }

    /// The Ametys code that a Pégase code stands for in a table.
    pub fn get(&self, table: &str, pegase: &str) -> Option<&Code> {
        self.tables.get(table)?.get(pegase)
    }

    /// Adds a conversion; the Ametys code that the Pégase code stood for before is returned.
    pub fn insert(
        &mut self,
        table: impl Into<String>,
        pegase: impl Into<Code>,
        ametys: impl Into<Code>,
    ) -> Option<Code> {
        self.tables.entry(table.into()).or_default().insert(pegase.into(), ametys.into())
    }

    /// Reads a conversion file and adds what it says. Its name, without folder, says which table it is for.
    ///
    /// The names of the elements are of no interest: each one in the root has the Pégase code in its
    /// attribute `code` and the Ametys code as its text, white space around both left out. What there is to note
    /// on the file is returned.
    ///
    /// # Errors
    /// The file is not well-formed XML, has a document type declaration, or is larger than any conversion file.
    pub fn read(
        &mut self,
        file_name: &str,
        xml: &[u8],
        tables: &Tables,
    ) -> Result<&[ConversionNote], ConversionError> {
        let before = self.notes.len();
        let mut notes = Notes { file: file_name, notes: Vec::new() };
        let Some(table) = conversion_table(file_name, tables) else {
            notes.add(ConversionNoteKind::Unused, None, Vec::new(), None);
            self.notes.append(&mut notes.notes);
            return Ok(&self.notes[before..]);
        };
        let decoded = Decoded::new(xml);
        let tree = Tree::read(decoded.text(), Limits::default());
        let root = well_formed(&tree, file_name, &decoded)?;
        let mut locator = Locator::new();
        for child in root.children() {
            let place = locator.place(child.span(), &decoded);
            let code = child.attributes().iter().find(|attribute| attribute.name() == "code");
            let code = code
                .map(|code| code.value().trimmed().into_owned())
                .filter(|code| !code.is_empty());
            let value: String = child.texts().map(|text| text.value().into_owned()).collect();
            let value = value.trim();
            let code = code.map(Code::from);
            match code {
                Some(code) if !value.is_empty() => {
                    if let Some(before) = self.insert(table, code.clone(), value) {
                        let values = vec![before, value.into()];
                        notes.add(
                            ConversionNoteKind::DuplicateCode,
                            Some(code),
                            values,
                            Some(place),
                        );
                    }
                }
                code => {
                    let values = if value.is_empty() { Vec::new() } else { vec![value.into()] };
                    notes.add(ConversionNoteKind::MissingCode, code, values, Some(place));
                }
            }
            for inner in child.children() {
                let place = locator.place(inner.span(), &decoded);
                notes.add(ConversionNoteKind::MissingCode, None, Vec::new(), Some(place));
            }
        }
        self.notes.append(&mut notes.notes);
        Ok(&self.notes[before..])
    }

    /// What there is to note on all files that were read.
    pub fn notes(&self) -> &[ConversionNote] {
        &self.notes
    }
}

/// The notes on a file.
struct Notes<'a> {
    file: &'a str,
    notes: Vec<ConversionNote>,
}

impl Notes<'_> {
    fn add(
        &mut self,
        kind: ConversionNoteKind,
        code: Option<Code>,
        values: Vec<Code>,
        place: Option<(Span, Position)>,
    ) {
        let (span, position) = place.unzip();
        self.notes.push(ConversionNote {
            kind,
            file: self.file.to_owned(),
            code,
            values,
            span,
            position,
        });
    }
}

/// The root of a document that has nothing wrong with it.
fn well_formed<'a>(
    tree: &'a Tree<'a>,
    file: &str,
    decoded: &Decoded<'_>,
) -> Result<Branch<'a>, ConversionError> {
    let file = file.to_owned();
    let malformed = |what: &str, span: Span| {
        let (span, position) = Locator::new().place(span, decoded);
        ConversionError::Malformed { file: file.clone(), what: what.to_owned(), span, position }
    };
    if let Some(fault) = tree.faults().iter().find(|fault| fault.kind == FaultKind::Doctype) {
        let (span, position) = Locator::new().place(fault.span, decoded);
        return Err(ConversionError::Doctype { file, span, position });
    }
    if let Some(exceeded) = tree.exceeded() {
        let (span, position) = Locator::new().place(exceeded.span, decoded);
        let what = format!("more than {} ({})", exceeded.limit, exceeded.what);
        return Err(ConversionError::TooMuch { file, what, span, position });
    }
    // Names are of no interest, and so are their prefixes.
    let faults = tree.faults().iter().filter(|fault| fault.kind != FaultKind::UndeclaredPrefix);
    if let Some(fault) = faults.min_by_key(|fault| fault.span.start) {
        return Err(malformed(&fault.to_string(), fault.span));
    }
    let text = decoded.text();
    let Some(root) = tree.root() else {
        let at = content(text, 0).unwrap_or(Span::empty(text.len() as u64));
        return Err(malformed("there is no element", at));
    };
    let [start, end] = [root.span().start, root.span().end]
        .map(|offset| usize::try_from(offset).unwrap_or(text.len()));
    for (outside, at) in [(0..start, 0), (end..text.len(), end)] {
        if let Some(span) = content(&text[outside], at as u64) {
            return Err(malformed("something stands outside the root element", span));
        }
    }
    Ok(root)
}

/// Where a text has more than white space, comments and processing instructions.
fn content(text: &str, at: u64) -> Option<Span> {
    let mut state = State::default();
    let mut cursor = Cursor::new(text, &mut state).based_at(at);
    match cursor.next() {
        Ok(Node::Eof) | Err(_) => None,
        Ok(Node::Start(tag)) => Some(tag.span()),
        Ok(Node::Text(text)) => {
            let Span { start, end } = text.span();
            let space = text.raw().len() - text.raw().trim_start().len();
            Some(Span::new(start + space as u64, end))
        }
        Ok(Node::End) => Some(cursor.span_at(cursor.position())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use odf_model::Entry;

    const FILE: &str = "rncplevel_conversion.xml";

    fn read(xml: &[u8]) -> (Conversions, Vec<ConversionNote>) {
        let mut conversions = Conversions::new();
        let notes =
            conversions.read(FILE, xml, &Tables::new()).expect("a conversion file").to_vec();
        (conversions, notes)
    }

    fn error(xml: &str) -> ConversionError {
        let mut conversions = Conversions::new();
        let error = conversions.read(FILE, xml.as_bytes(), &Tables::new()).expect_err(xml);
        assert_eq!(conversions, Conversions::new(), "{xml}");
        error
    }

    fn pairs(conversions: &Conversions) -> Vec<(&str, &str)> {
        let mut pairs: Vec<_> = conversions.tables[table::RNCP_LEVEL]
            .iter()
            .map(|(code, to)| (code.as_str(), to.as_str()))
            .collect();
        pairs.sort_unstable();
        pairs
    }

    #[test]
    fn names_of_files() {
        assert_eq!(conversion_file_name(table::RNCP_LEVEL), FILE);
        assert_eq!(
            conversion_file_name("content-types.Étape"),
            "content-types.étape_conversion.xml"
        );
        let tables = Tables::new().with("odf-enumeration.Own", [Entry::new("1", "One")]);
        for table in table::ALL.into_iter().chain(["odf-enumeration.Own"]) {
            assert_eq!(conversion_table(&conversion_file_name(table), &tables), Some(table));
        }
        for file in [
            "RncpLevel_conversion.xml",
            "rncplevel.xml",
            "",
            "_conversion.xml",
            "x/rncplevel_conversion.xml",
        ] {
            assert_eq!(conversion_table(file, &tables), None, "{file}");
        }
    }

    #[test]
    fn a_file_of_no_table_has_no_effect() {
        let mut conversions = Conversions::new();
        let notes =
            conversions.read("rncp_conversion.xml", b"<a><b code='A'>1</b></a>", &Tables::new());
        let [note] = notes.expect("a note") else { panic!("one note") };
        assert_eq!(
            (note.kind.as_str(), note.file.as_str()),
            ("conversion-unused", "rncp_conversion.xml")
        );
        assert!(conversions.tables.is_empty());
    }

    #[test]
    fn names_of_elements_and_white_space_mean_nothing() {
        let plain = read(b"<a><b code='NID001'>1</b><b code='NID010'>1</b></a>");
        let other = read(
            b"\xEF\xBB\xBF<?xml version='1.0'?><!-- c --><?p i?>\n<x:y><q code=' NID001 ' other='z'>\n 1\n</q><!-- c -->\n\
              <r code='NID010'><!-- c -->1<?p?></r></x:y>\n<!-- end -->\n",
        );
        let wide: Vec<u8> =
            "<é><z code='NID001'><![CDATA[1]]></z><w code='&#78;ID010'>&#49;</w></é>"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect();
        assert_eq!(plain.0, other.0);
        assert_eq!(plain.0, read(&wide).0);
        assert_eq!(pairs(&plain.0), [("NID001", "1"), ("NID010", "1")]);
        assert!(plain.1.is_empty() && other.1.is_empty(), "{other:?}");
        let latin =
            read(b"<?xml version='1.0' encoding='ISO-8859-1'?><a><b code='\xC9'>\xE9</b></a>");
        assert_eq!(pairs(&latin.0), [("É", "é")]);
    }

    #[test]
    fn of_a_code_given_twice_the_last_counts() {
        let (mut conversions, notes) =
            read("<a>\n<é code='A'>1</é>\n <b code='A'>2</b></a>".as_bytes());
        let [note] = &notes[..] else { panic!("{notes:?}") };
        assert_eq!(note.kind, ConversionNoteKind::DuplicateCode);
        assert_eq!(
            (note.code.as_deref(), &note.values[..]),
            (Some("A"), &["1".into(), "2".into()][..])
        );
        assert_eq!(note.position.map(|at| (at.line, at.column)), Some((3, 2)));
        assert_eq!(note.span.map(|span| span.start), Some(25));
        assert_eq!(pairs(&conversions), [("A", "2")]);
        // A table read again: what was there stays unless it is given anew.
        let notes =
            conversions.read(FILE, b"<a><b code='A'>3</b><b code='B'>4</b></a>", &Tables::new());
        assert_eq!(notes.map(<[_]>::len), Ok(1));
        assert_eq!(pairs(&conversions), [("A", "3"), ("B", "4")]);
    }

    #[test]
    fn elements_that_give_no_conversion() {
        let (conversions, notes) = read(
            b"<a>stray<b>1</b><b code=' '>2</b><b code='C'/><b code='D'> </b><b Code='E'>3</b>\
              <g><b code='F'>4</b></g><b code='G'>5<i code='H'>6</i></b></a>",
        );
        assert_eq!(pairs(&conversions), [("G", "5")]);
        let found: Vec<_> = notes
            .iter()
            .map(|note| {
                (note.kind.as_str(), note.code.as_deref(), note.values.first().map(Code::as_str))
            })
            .collect();
        let missing = "conversion-missing-code";
        assert_eq!(
            found,
            [
                (missing, None, Some("1")),
                (missing, None, Some("2")),
                (missing, Some("C"), None),
                (missing, Some("D"), None),
                (missing, None, Some("3")),
                (missing, None, None),
                (missing, None, None),
                (missing, None, None),
            ]
        );
    }

    #[test]
    fn what_is_refused() {
        let doctype = error(
            "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///x'>]><a><b code='A'>&e;</b></a>",
        );
        assert!(matches!(doctype, ConversionError::Doctype { .. }), "{doctype}");
        assert_eq!((doctype.position().line, doctype.position().column), (2, 1));
        for (xml, line, column) in [
            ("", 1, 1),
            ("<!-- c -->", 1, 11),
            ("<a>\n<b code='A'>1</c></a>", 2, 14),
            ("<a>\n <b code='A'>1</b>", 2, 19),
            ("<a><b code='A'>&e;</b></a>", 1, 16),
            ("<a><b code='A' code='B'>1</b></a>", 1, 16),
            ("<a><b code=A>1</b></a>", 1, 7),
            ("<a/>\n<a><b code='A'>1</b></a>", 2, 1),
            ("<a/>\nrest", 2, 1),
            ("first <a/>", 1, 1),
            ("plain", 1, 1),
            ("<a></a", 1, 7),
        ] {
            let error = error(xml);
            assert!(matches!(error, ConversionError::Malformed { .. }), "{xml}: {error}");
            let at = error.position();
            assert_eq!((at.line, at.column), (line, column), "{xml}: {error}");
            assert!(
                error.to_string().starts_with(&format!("{FILE}, line {line}, column {column}: ")),
                "{error}"
            );
        }
        let deep = format!("<a>{}{}</a>", "<b>".repeat(10_000), "</b>".repeat(10_000));
        assert!(matches!(error(&deep), ConversionError::TooMuch { .. }));
    }

    #[test]
    fn every_cut_is_an_error() {
        let whole = "<?xml version='1.0'?><a x='1'><b code='A'>1</b><!-- c --></a>";
        for end in 0..whole.len() {
            error(&whole[..end]);
        }
    }
}
