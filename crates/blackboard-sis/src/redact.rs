//! Text of a feed that can be shown.
//!
//! Every byte keeps its place, so that spans stay right: what must not be seen becomes asterisks.

use std::borrow::Cow;

use edu_syntax::delimited::{FaultKind, Format, Record, Records};
use memchr::memchr2;

use crate::alias;
use crate::field::Field;
use crate::header::Header;
use crate::object::Object;
use crate::read::is_footer;

/// What of a feed's text must not be shown.
///
/// The default is that of a text without a header row: all of it.
///
/// ```
/// use blackboard_sis::{FeedReader, Load, Part};
/// use edu_diagnostics::Collector;
/// use edu_syntax::Decoded;
///
/// let feed = "external_person_key|user_id|passwd\n9f3c|ann|secret\n";
/// let mut findings = Collector::new();
/// let checked =
///     Load::new().check_text(&FeedReader::new(), "users", &Decoded::from(feed), &mut findings);
/// let whole = Part { is_first: true, is_last: true };
/// assert_eq!(
///     checked.redaction.passwords(feed, whole),
///     "external_person_key|user_id|passwd\n9f3c|ann|******\n"
/// );
/// assert_eq!(
///     checked.redaction.everything(feed, whole),
///     "external_person_key|user_id|passwd\n****|***|******\n"
/// );
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redaction {
    /// `None` where it is not known what the columns hold.
    table: Option<Table>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    delimiter: u8,
    columns: Vec<Column>,
    /// A row with more cells than headers may hold a password all the same.
    is_about_persons: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    /// It holds passwords or access codes, or nobody knows what.
    is_secret: bool,
    /// Its header is a word of the documentation.
    is_known: bool,
}

/// Which part of a feed a text is. It begins with a line, or with the line end before one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The feed begins with it.
    pub is_first: bool,
    /// The feed ends with it; otherwise a last line without line end may be cut off.
    pub is_last: bool,
}

/// How many cells of a footer say something: its mark, the number of rows, the time.
const FOOTER: usize = 3;

impl Redaction {
    pub(crate) fn new(header: Option<&Header>, delimiter: u8) -> Self {
        let table = |header: &Header| Table {
            delimiter,
            columns: header
                .columns()
                .iter()
                .enumerate()
                .map(|(index, column)| {
                    let field = header.field(index);
                    Column {
                        is_secret: field.is_none_or(Field::is_secret),
                        is_known: field.is_some() || alias::is_known(&column.name),
                    }
                })
                .collect(),
            is_about_persons: header.object() == Object::Person,
        };
        Self { table: header.map(table) }
    }

    /// Hides passwords, the access codes of courses, and the cells of columns that stand for nothing known. Of a row
    /// with a quote too many, all is hidden from the first cell on that may hold one of them; all of a row with
    /// another number of cells than there are headers.
    pub fn passwords<'t>(&self, text: &'t str, part: Part) -> Cow<'t, str> {
        let Some(table) = &self.table else { return hidden(text) };
        let is_harmless = !table.columns.iter().any(|column| column.is_secret);
        if is_harmless && !table.is_about_persons {
            return Cow::Borrowed(text);
        }
        table.hide(text, part, false)
    }

    /// Hides all data: what is left is delimiters, and headers that are words of the documentation.
    pub fn everything<'t>(&self, text: &'t str, part: Part) -> Cow<'t, str> {
        match &self.table {
            Some(table) => table.hide(text, part, true),
            None => hidden(text),
        }
    }
}

impl Table {
    fn hide<'t>(&self, text: &'t str, part: Part, all: bool) -> Cow<'t, str> {
        let mut bytes = text.as_bytes().to_vec();
        let mut has_header = !part.is_first;
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let end = memchr2(b'\n', b'\r', rest.as_bytes());
            let line = &rest[..end.unwrap_or(rest.len())];
            if let Some(hide) = bytes.get_mut(at..at + line.len()) {
                if line.trim().is_empty() {
                    // Neither a header row nor a row.
                } else if !std::mem::replace(&mut has_header, true) {
                    self.hide_header(line, hide, all);
                } else {
                    self.hide_row(line, hide, all, end.is_none() && !part.is_last);
                }
            }
            at += line.len() + 1;
        }
        finish(text, bytes)
    }

    /// Hides what is no word of the documentation, where nothing else may be shown.
    fn hide_header(&self, line: &str, bytes: &mut [u8], all: bool) {
        if !all {
            return;
        }
        let mut records = self.records(line);
        let record = records.next();
        for (index, column) in self.columns.iter().enumerate() {
            if !column.is_known {
                hide_cell(record, index, bytes);
            }
        }
        let is_whole = record.is_some_and(|record| record.len() == self.columns.len());
        if !is_whole {
            bytes.fill(b'*');
        }
    }

    fn hide_row(&self, line: &str, bytes: &mut [u8], all: bool, is_cut: bool) {
        let mut records = self.records(line);
        let Some(record) = records.next().filter(|_| !is_cut) else { return bytes.fill(b'*') };
        if record.get(0).is_some_and(|first| is_footer(&first.value())) {
            let from = cell_start(record, FOOTER, bytes, self.delimiter).unwrap_or(bytes.len());
            return bytes.iter_mut().skip(from).for_each(|byte| *byte = b'*');
        }
        if let Some(from) = self.doubtful(record, all) {
            let from = cell_start(record, from, bytes, self.delimiter).unwrap_or(0);
            return bytes.iter_mut().skip(from).for_each(|byte| *byte = b'*');
        }
        for (index, column) in self.columns.iter().enumerate() {
            if all || column.is_secret {
                hide_cell(Some(record), index, bytes);
            }
        }
    }

    /// The first cell that may hold what must not be shown, in a row in which it is not sure which one does.
    fn doubtful(&self, record: Record<'_, '_>, all: bool) -> Option<usize> {
        let (found, expected) = (record.len(), self.columns.len());
        let quote = record.faults().iter().find_map(|fault| match fault.kind {
            FaultKind::ControlCharacter => None,
            _ => Some(fault.span.start),
        });
        // A quote of one cell may be closed by one of a password.
        let spanning = record
            .fields()
            .find(|field| field.is_quoted() && field.raw().as_bytes().contains(&self.delimiter))
            .map(|field| field.index());
        let secret = self.columns.iter().position(|column| all || column.is_secret);
        if found != expected {
            // Cells may be missing, or too many, before it; or a value goes on here from the line before.
            let is_harmless = secret.is_none() && !(self.is_about_persons && found > expected);
            return if is_harmless { None } else { Some(0) };
        }
        let secret = secret?;
        let quoted = quote.map(|quote| {
            let mut fields = record.fields();
            fields.find(|field| field.span().end > quote).map_or(0, |field| field.index())
        });
        quoted.into_iter().chain(spanning).min().map(|doubtful| doubtful.min(secret))
    }

    fn records<'t>(&self, line: &'t str) -> Records<'t> {
        Records::new(line, Format { delimiter: self.delimiter, multiline: false })
    }
}

/// Hides the value of a cell; the whole line where there is no such cell.
fn hide_cell(record: Option<Record<'_, '_>>, index: usize, bytes: &mut [u8]) {
    let cell = record.and_then(|record| record.get(index)?.span().range());
    match cell.and_then(|range| bytes.get_mut(range)) {
        Some(cell) => cell.fill(b'*'),
        None => bytes.fill(b'*'),
    }
}

/// Where a cell starts, with its quote.
fn cell_start(record: Record<'_, '_>, index: usize, bytes: &[u8], delimiter: u8) -> Option<usize> {
    let start = record.get(index)?.span().range()?.start;
    let before = bytes.get(..start)?.iter().rposition(|&byte| byte == delimiter);
    Some(before.map_or(0, |before| before + 1))
}

/// All of a text but its line ends.
fn hidden(text: &str) -> Cow<'_, str> {
    let hide = |byte| if matches!(byte, b'\n' | b'\r') { byte } else { b'*' };
    finish(text, text.bytes().map(hide).collect())
}

fn finish(text: &str, bytes: Vec<u8>) -> Cow<'_, str> {
    match String::from_utf8(bytes) {
        Ok(shown) => Cow::Owned(shown),
        // Cells end at characters, so this does not happen; show nothing rather than too much.
        Err(_) => Cow::Owned("*".repeat(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use edu_syntax::Decoded;
    use proptest::prelude::*;

    use super::*;
    use crate::load::Load;
    use crate::read::FeedReader;

    const WHOLE: Part = Part { is_first: true, is_last: true };

    fn redaction(text: &str) -> Redaction {
        let decoded = Decoded::new(text.as_bytes());
        let mut ignored = |_| ();
        let reader = FeedReader::new();
        Load::new().check_text(&reader, "a.txt", &decoded, &mut ignored).redaction
    }

    fn passwords(text: &str) -> String {
        redaction(text).passwords(text, WHOLE).into_owned()
    }

    #[test]
    fn the_cell_of_the_password_is_hidden_whatever_stands_between_cells() {
        for delimiter in ["|", ",", ";", "\t"] {
            for header in ["passwd", "PASSWORD", "Passwd"] {
                let text = format!(
                    "\r\nexternal_person_key|{header}|user_id\r\na|gehéim x|u\n\nb||v\r\n|\"ge\"\"im\"|\"w\""
                );
                let shown = format!(
                    "\r\nexternal_person_key|{header}|user_id\r\na|*********|u\n\nb||v\r\n|\"******\"|\"w\""
                );
                let [text, shown] = [text, shown].map(|text| text.replace('|', delimiter));
                assert_eq!(passwords(&text), shown);
            }
        }
    }

    #[test]
    fn the_access_code_of_a_course_is_hidden() {
        for object in ["course", "organization"] {
            let head =
                format!("external_{object}_key|{object}_id|{object}_name|ENROLL_ACCESS_CODE");
            let shown = format!("{head}\na|b|c|****\n*******\n");
            assert_eq!(passwords(&format!("{head}\na|b|c|sala\na|b|cde\n")), shown);
        }
    }

    #[test]
    fn where_cells_cannot_be_told_apart_more_is_hidden() {
        let head = "external_person_key|user_id|lastname|passwd|email\n";
        for (row, shown) in [
            ("k|u|l|secret|m", "k|u|l|******|m"),
            // Too many cells: those before it may be the ones.
            ("k|u|l|sec|ret|m", "***************"),
            ("k|u|l|secret|m|", "***************"),
            // Too few: they may be missing before it.
            ("k|l|secret|m", "************"),
            ("secret|m", "********"),
            // Quotes.
            ("k|u|l|\"secret|m", "k|u|l|*********"),
            ("k|u|l|se\"cret|m", "k|u|l|*********"),
            ("k|\"u|l|secret|m", "k|*************"),
            ("k|u\"|l|secret|m", "k|*************"),
            ("k|u|l|\"sec|ret\"|m", "k|u|l|***********"),
            ("k|\"u|l\"|l|secret|m", "k|****************"),
            ("k|u|l|\"sec", "**********"),
            ("***FileFooter|1|17:35:38 04/01/2014", "***FileFooter|1|17:35:38 04/01/2014"),
            ("***FileFooter|1|now|secret|", "***FileFooter|1|now|*******"),
        ] {
            assert_eq!(passwords(&format!("{head}{row}\n")), format!("{head}{shown}\n"));
        }
        // A value over two lines.
        assert_eq!(
            passwords(&format!("{head}k|u|l|\"sec\nret\"|m\n")),
            format!("{head}{}\n******\n", "*".repeat(10))
        );
    }

    #[test]
    fn columns_of_which_nothing_is_known_are_hidden() {
        assert_eq!(
            passwords("external_person_key|user_id|pwd|passwd|PASSWORD\na|b|c|d|e\n"),
            "external_person_key|user_id|pwd|passwd|PASSWORD\na|b|*|*|*\n"
        );
        let courses = "external_course_key|course_id|course_name\na|b|c|d\na|b|c\n";
        assert_eq!(passwords(courses), courses, "there is none in it");
        let persons = "external_person_key|user_id|lastname\na|b\na|b|c|secret\n";
        let shown = "external_person_key|user_id|lastname\na|b\n************\n";
        assert_eq!(passwords(persons), shown, "its header may be missing");
    }

    #[test]
    fn without_a_header_row_nothing_is_shown() {
        let text = "\"eva\",\"M\",\"E\",\"\",\"secret\"\r\n\r\n";
        assert_eq!(passwords(text), format!("{}\r\n\r\n", "*".repeat(text.len() - 4)));
        assert_eq!(redaction(text).everything(text, WHOLE), passwords(text));
        assert_eq!(Redaction::default().passwords("é\n", WHOLE), "**\n");
    }

    #[test]
    fn everything_leaves_known_headers_and_delimiters() {
        let text = "external_person_key|eva|passwd\na|b c|\"d\"\na|b\n";
        let shown = "external_person_key|***|passwd\n*|***|\"*\"\n***\n";
        assert_eq!(redaction(text).everything(text, WHOLE), shown);
    }

    #[test]
    fn a_part_has_no_header_row_and_may_be_cut_off() {
        let redaction = redaction("external_person_key|user_id|passwd\na|b|c\n");
        let text = "\nexternal_person_key|user_id|passwd\nk|u|secret\nk|u";
        let part = |is_last| redaction.passwords(text, Part { is_first: false, is_last });
        assert_eq!(part(false), "\nexternal_person_key|user_id|******\nk|u|******\n***");
        assert_eq!(part(true), "\nexternal_person_key|user_id|******\nk|u|******\n***");
    }

    proptest! {
        #[test]
        fn bytes_stay_in_place(text in "[a-c|\"\n\ré\t]{0,60}", is_first: bool, is_last: bool) {
            let redaction = redaction("external_person_key|user_id|passwd\n");
            let part = Part { is_first, is_last };
            for shown in [redaction.passwords(&text, part), redaction.everything(&text, part)] {
                prop_assert_eq!(shown.len(), text.len());
                let ends = |text: &str| {
                    text.match_indices(['\n', '\r']).map(|(at, _)| at).collect::<Vec<_>>()
                };
                prop_assert_eq!(ends(&shown), ends(&text));
            }
        }

        /// No character of a password is left, whatever is in it, and whatever quotes stand around it. Only a row in
        /// which a cell too many stands beside one too few looks like any other.
        #[test]
        fn no_character_of_a_password_is_left(
            password in "[#%\"]{0,3}[#%]{1,5}[#%\"]{0,3}",
            other in prop::collection::vec("[a-c\"]{0,3}", 4),
            more in prop::option::of("[|\n\r][#%\"]{0,4}"),
            missing in 0..4_usize,
        ) {
            let is_longer = more.as_ref().is_some_and(|more| more.starts_with('|'));
            let missing = if is_longer { 0 } else { missing };
            let password = password + &more.unwrap_or_default();
            let row: Vec<&str> = other.iter().map(String::as_str).collect();
            let row = [&row[missing.min(3)..3], &[password.as_str(), row[3]]].concat().join("|");
            let text = format!("external_person_key|user_id|lastname|passwd|email\n{row}\nk|u|l||m");
            let shown = passwords(&text);
            prop_assert!(!shown.contains(['#', '%']), "{}\n{}", text, shown);
        }
    }
}
