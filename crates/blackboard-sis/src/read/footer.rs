//! The last line that some systems write.

use edu_syntax::delimited::Record;

use crate::value::number;

/// What the line begins with, behind its asterisks.
const WORD: &str = "FileFooter";

/// A footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Footer {
    /// The number of rows that it states, if it states one.
    pub(super) stated: Option<u64>,
}

/// The footer that a record is; `None` where it is none.
///
/// Feeds that went through a spreadsheet have it with quotes, or with another delimiter than it was written with.
pub(super) fn footer(record: Record<'_, '_>) -> Option<Footer> {
    let mut fields = record.fields().filter(|field| !field.raw().trim().is_empty());
    let first = fields.next()?.value();
    let behind = behind_word(&first)?;
    let is_between = |character: char| matches!(character, '|' | ',' | ';' | ':' | '\t' | ' ');
    let rest = behind.trim_start_matches(is_between);
    if rest.is_empty() {
        return Some(Footer { stated: fields.next().and_then(|count| stated(&count.value())) });
    }
    Some(Footer { stated: stated(rest.split(is_between).next().unwrap_or_default()) })
}

/// What a footer begins with, as it is written.
pub(crate) const MARK: &str = "***FileFooter";

/// Whether a row with this first cell is a footer.
pub(crate) fn is_footer(first_cell: &str) -> bool {
    behind_word(first_cell).is_some()
}

/// What stands in a cell behind the word that makes it a footer.
fn behind_word(first: &str) -> Option<&str> {
    let start =
        first.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '"');
    let word = start.strip_prefix("***")?.trim_start_matches(['*', ' ']);
    let (word, rest) = word.split_at_checked(WORD.len())?;
    word.eq_ignore_ascii_case(WORD).then_some(rest)
}

/// A number of rows.
fn stated(count: &str) -> Option<u64> {
    let count = count.trim_matches(|character: char| character == '"' || character.is_whitespace());
    number(count).filter(|_| !count.is_empty())
}

#[cfg(test)]
mod tests {
    use edu_syntax::delimited::{Format, Records};

    use super::*;

    #[test]
    fn footers() {
        let read = |line| {
            let mut records = Records::new(line, Format { delimiter: b'|', multiline: false });
            footer(records.next().expect("a record"))
        };
        for line in [
            "***FileFooter|12|17:35:38 04/01/2014",
            "***FileFooter|12|17:35:38 04/01/2014||||||",
            "***filefooter|0012",
            "  *** FILEFOOTER | 12 |",
            "\"***FileFooter\"|\"12\"|\"17:35:38 04/01/2014\"",
            "\"***FileFooter|12|17:35:38 04/01/2014\"",
            "***FileFooter,12,17:35:38 04/01/2014",
            "***FileFooter\t12",
            "\u{FEFF}***FileFooter|12",
            "|***FileFooter|12",
        ] {
            assert_eq!(read(line), Some(Footer { stated: Some(12) }), "{line}");
        }
        for line in ["***FileFooter", "***FileFooter|", "***FileFooter|x", "***FileFooter||||"] {
            assert_eq!(read(line), Some(Footer { stated: None }), "{line}");
        }
        for line in [
            "**FileFooter|1",
            "FileFooter|1",
            "*",
            "a|***FileFooter|1",
            "***Footer|1",
            "***FileFoote\u{e9}",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
