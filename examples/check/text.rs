//! A file that has been read, as a report may show it.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use blackboard_sis::{Part, Redaction};
use edu_syntax::Decoded;
use ims_enterprise::redact;

/// Bytes in front of a place that are looked at to know what must not be shown there. Even, for a
/// character of UTF-16 has two.
const BEFORE: u64 = 64 * 1024;

/// Bytes behind a place that are looked at: more than any excerpt shows.
const BEHIND: u64 = 4 * 1024;

/// The bytes of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bytes<'a> {
    /// All of them.
    Held(&'a [u8]),
    /// To be read again.
    File(&'a File),
    /// They came from a pipe.
    Gone,
}

impl<'a> Bytes<'a> {
    /// Those from `start` to `end`, or to the end of the file.
    fn read(self, start: u64, end: u64) -> Option<Cow<'a, [u8]>> {
        match self {
            Self::Held(bytes) => {
                let place = |offset| {
                    usize::try_from(offset)
                        .map_or(bytes.len(), |offset: usize| offset.min(bytes.len()))
                };
                Some(Cow::Borrowed(&bytes[place(start)..place(end)]))
            }
            Self::File(mut file) => {
                let mut bytes = Vec::new();
                file.seek(SeekFrom::Start(start)).ok()?;
                file.take(end - start).read_to_end(&mut bytes).ok()?;
                Some(Cow::Owned(bytes))
            }
            Self::Gone => None,
        }
    }
}

/// The text of a file, by the places of its bytes.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    bytes: Bytes<'a>,
    encoding: &'a str,
    is_in_lines: bool,
    redaction: Option<&'a Redaction>,
}

impl<'a> Text<'a> {
    /// The text that `bytes` are in an encoding, given by its WHATWG name.
    pub(crate) fn new(bytes: Bytes<'a>, encoding: &'a str) -> Self {
        Self { bytes, encoding, is_in_lines: false, redaction: None }
    }

    /// The same, of a format without markup, in which each line stands for itself.
    pub(crate) fn in_lines(self, is_in_lines: bool) -> Self {
        Self { is_in_lines, ..self }
    }

    /// The same, of a feed, whose header row says what must not be shown.
    pub(crate) fn with_redaction(self, redaction: Option<&'a Redaction>) -> Self {
        Self { redaction, ..self }
    }

    /// Lends the piece of text around a byte of the file; `None` where there is nothing that may be shown.
    ///
    /// A piece never shows a password, and with `mask` nothing about a person.
    pub(crate) fn around<T>(
        &self,
        at: u64,
        mask: bool,
        show: impl FnOnce(&Piece<'_>) -> T,
    ) -> Option<T> {
        let start = at.saturating_sub(BEFORE) & !1;
        let end = at.saturating_add(BEHIND);
        let bytes = self.bytes.read(start, end)?;
        let decoded = Decoded::with_encoding(&bytes, self.encoding).ok()?;
        // What was cut may have been a password or the name of one: it is over with the first end tag.
        let from = match () {
            () if start == 0 => 0,
            () if self.is_in_lines => decoded.text().find(['\r', '\n'])?,
            () => decoded.text().find("</")?,
        };
        let is_last = (bytes.len() as u64) < end - start;
        let part = Part { is_first: start == 0, is_last };
        let shown = match self.redaction {
            Some(redaction) => of_feed(redaction, decoded.text(), from, part, mask),
            None if mask => redact::everything(decoded.text()),
            None => redact::passwords(decoded.text()),
        };
        if decoded.text_offset(at - start) < from {
            return None;
        }
        Some(show(&Piece { shown: &shown, from, decoded: &decoded, start }))
    }
}

/// A piece of a feed, of which the rows from an offset on are looked at.
fn of_feed<'t>(
    redaction: &Redaction,
    text: &'t str,
    from: usize,
    part: Part,
    mask: bool,
) -> Cow<'t, str> {
    let (before, rows) = text.split_at(from);
    let rows =
        if mask { redaction.everything(rows, part) } else { redaction.passwords(rows, part) };
    if before.is_empty() {
        return rows;
    }
    Cow::Owned("*".repeat(before.len()) + &rows)
}

/// A piece of a text that may be shown.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    /// The text of `decoded` with asterisks in place of what must not be seen, byte by byte.
    shown: &'a str,
    /// Where the piece begins in it.
    from: usize,
    decoded: &'a Decoded<'a>,
    /// The byte of the file with which `decoded` begins.
    start: u64,
}

impl Piece<'_> {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.shown[self.from..]
    }

    /// Whether the file begins with this piece.
    pub(crate) fn is_start(&self) -> bool {
        self.start == 0
    }

    /// Where a byte of the file stands in the text.
    pub(crate) fn offset(&self, original: u64) -> usize {
        let offset = self.decoded.text_offset(original.saturating_sub(self.start));
        offset.saturating_sub(self.from)
    }

    /// The byte of the file from which a byte of the text comes; of an asterisk, the first byte of the
    /// character it hides.
    pub(crate) fn original(&self, offset: usize) -> u64 {
        let mut offset = (self.from + offset).min(self.shown.len());
        while !self.decoded.text().is_char_boundary(offset) {
            offset -= 1;
        }
        self.start + self.decoded.original_offset(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bytes: &[u8], encoding: &str, at: usize, mask: bool) -> Option<String> {
        let text = Text::new(Bytes::Held(bytes), encoding);
        text.around(at as u64, mask, |piece| piece.text().to_owned())
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn a_piece_shows_no_part_of_a_password_wherever_it_begins() {
        let before = "<userid password=\"Änigma\">eva</userid><password>Änigma</password>";
        for cut in 0..before.len() {
            let filling = "x".repeat(usize::try_from(BEFORE).expect("small") - before.len() + cut);
            let text = format!("  {before}{filling}<id>7</id>");
            let at = text.find("<id>").expect("it is there");
            let piece = shown(text.as_bytes(), "utf-8", at, false);
            let piece = piece.unwrap_or_default();
            assert!(!piece.contains("nigma") && !piece.contains("gma"), "{cut}: {piece:.80}");
        }
    }

    #[test]
    fn where_no_tag_ends_in_front_of_a_place_nothing_is_shown() {
        let text = format!("<fn>{}</fn>", "x".repeat(100_000));
        assert_eq!(shown(text.as_bytes(), "utf-8", 80_000, false), None);
        assert!(shown(text.as_bytes(), "utf-8", 60_000, false).is_some());
        let behind = format!("</id>{text}");
        assert_eq!(shown(behind.as_bytes(), "utf-8", 80_000, false), None);
    }

    #[test]
    fn of_a_feed_the_header_row_says_what_is_hidden_however_far_it_is() {
        let header = "external_person_key|user_id|passwd\n";
        let text = format!("{header}{}é|u|geheim", "k|u|geheim\n".repeat(20_000));
        let mut ignored = |_| ();
        let decoded = Decoded::new(text.as_bytes());
        let reader = blackboard_sis::FeedReader::new();
        let checked = blackboard_sis::Load::new().check_text(&reader, "a", &decoded, &mut ignored);
        let shown = |text: &str, at, mask| {
            let text = Text::new(Bytes::Held(text.as_bytes()), "utf-8").in_lines(true);
            let text = text.with_redaction(Some(&checked.redaction));
            text.around(at, mask, |piece| piece.text().to_owned()).expect("it may be shown")
        };
        for cut in 0..8 {
            let text = &text[..text.len() - cut];
            let end = shown(text, text.len() as u64, false);
            assert!(!end.contains('g') && !end.contains("he"), "{cut}");
            assert!(end.contains("\nk|u|******\n"), "{cut}");
            let masked = shown(text, text.len() as u64, true);
            assert!(!masked.contains(['k', 'u', 'g', 'é']), "{cut}");
        }
        assert!(shown(&text, 40, false).starts_with(&format!("{header}k|u|******\n")));
        assert!(shown(&text, 40, true).starts_with(&format!("{header}*|*|******\n")));
    }

    #[test]
    fn a_format_in_lines_needs_no_tags() {
        let bytes = "27,\"a.gif\"\r\n".repeat(20_000);
        let at = bytes.len() as u64 - 5;
        let text = Text::new(Bytes::Held(bytes.as_bytes()), "utf-8");
        assert!(text.around(at, false, |_| ()).is_none());
        let shown = text.in_lines(true).around(at, false, |piece| {
            (piece.original(piece.offset(at)), piece.text().ends_with("27,\"a.gif\"\r\n"))
        });
        assert_eq!(shown, Some((at, true)));
    }

    #[test]
    fn places_are_those_of_the_file_in_every_encoding() {
        let line = "<id>é€😀</id>\n";
        let utf8 = line.repeat(9_000).into_bytes();
        let latin = b"<id>\xE9</id>\n".repeat(9_000);
        let japanese = b"<id>\x8F\xBC\x83\x5C</id>\n".repeat(9_000);
        for (bytes, encoding, needle) in [
            (utf8.clone(), "utf-8", "<".as_bytes().to_vec()),
            ([b"\xEF\xBB\xBF", &utf8[..]].concat(), "utf-8", b"<".to_vec()),
            (utf16(&line.repeat(9_000)), "utf-16le", utf16("<")),
            (latin, "windows-1252", b"<".to_vec()),
            (japanese, "shift_jis", b"<id".to_vec()),
        ] {
            let text = Text::new(Bytes::Held(&bytes), encoding);
            for at in bytes.len() - 100..bytes.len() - needle.len() {
                if !bytes[at..].starts_with(&needle) || (encoding == "utf-16le" && at % 2 == 1) {
                    continue;
                }
                for mask in [false, true] {
                    let ok = text.around(at as u64, mask, |piece| {
                        let offset = piece.offset(at as u64);
                        assert!(piece.text()[offset..].starts_with('<'), "{encoding} {at}");
                        assert_eq!(piece.original(offset), at as u64, "{encoding}");
                    });
                    assert!(ok.is_some(), "{encoding} {at}");
                }
            }
        }
    }

    #[test]
    fn a_file_is_read_from_the_place_on() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        let (held, file) = (std::fs::read(path), File::open(path));
        let (held, file) = (held.expect("it is there"), file.expect("it is there"));
        for (start, end) in [(0, 9), (7, 30), (5, u64::MAX), (1 << 40, 1 << 41)] {
            let read = Bytes::File(&file).read(start, end);
            assert!(read.is_some() && read == Bytes::Held(&held).read(start, end));
        }
        assert_eq!(Bytes::Gone.read(0, 1), None);
    }
}
