//! Bytes to text, and the way back.

mod decoder;
mod encoding;
mod offsets;

pub(crate) use decoder::Decoder;
pub use encoding::{EncodingIssue, UnknownEncoding};

use std::borrow::Cow;
use std::fmt;

use edu_diagnostics::Span;
use encoding_rs::UTF_8;

pub(crate) use encoding::HEAD;
use encoding::for_label;
use offsets::Offsets;

/// An input as text, with the way back to the bytes it came from.
///
/// The encoding is taken from, in this order: a byte order mark; the zero bytes of UTF-16 without one;
/// the encoding that an XML declaration names; UTF-8. Text that is UTF-8 is borrowed, other text is
/// owned. Decoding never fails:
///
/// * Bytes that are not UTF-8 are read as windows-1252, one by one, and reported. A file without a
///   declaration that was written in Latin-1, in whole or in part, comes out right that way.
/// * A text that declares a single-byte encoding such as ISO-8859-1 but holds UTF-8 is read as UTF-8.
///
/// ```
/// use edu_syntax::Decoded;
///
/// let decoded = Decoded::new(b"<fn>Andr\xE9</fn>");
/// assert_eq!(decoded.text(), "<fn>André</fn>");
/// assert_eq!(decoded.encoding(), "windows-1252");
/// assert_eq!(decoded.original_offset(decoded.text().len()), 14);
/// ```
#[derive(Clone)]
pub struct Decoded<'a> {
    text: Cow<'a, str>,
    encoding: String,
    offsets: Offsets,
    issues: Vec<EncodingIssue>,
}

impl fmt::Debug for Decoded<'_> {
    /// Without the text, which may be about people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoded")
            .field("encoding", &self.encoding)
            .field("bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Decoded<'a> {
    /// Decodes an input in the encoding that it shows.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::decode(bytes, Decoder::new(bytes))
    }

    /// Decodes an input in the encoding that `label` names, whatever the input says of itself.
    ///
    /// # Errors
    ///
    /// When `label` is none of the WHATWG Encoding Standard.
    pub fn with_encoding(bytes: &'a [u8], label: &str) -> Result<Self, UnknownEncoding> {
        let encoding = for_label(label).ok_or_else(|| UnknownEncoding(label.to_owned()))?;
        Ok(Self::decode(bytes, Decoder::with_encoding(bytes, encoding)))
    }

    fn decode(bytes: &'a [u8], mut decoder: Decoder) -> Self {
        // Most inputs are UTF-8 and need no copy.
        let borrowed = if decoder.is_utf8(bytes, true) {
            str::from_utf8(&bytes[decoder.mark_len()..]).ok()
        } else {
            None
        };
        let text = borrowed.map_or_else(
            || {
                let mut text = String::new();
                decoder.push(bytes, true, &mut text, 0);
                Cow::Owned(text)
            },
            Cow::Borrowed,
        );
        Self {
            text,
            encoding: decoder.encoding(),
            issues: decoder.issues(),
            offsets: decoder.into_offsets(),
        }
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The encoding that was read, by its WHATWG name in lower case: `utf-8`, `utf-16le`,
    /// `windows-1252` (which stands for ISO-8859-1 too).
    pub fn encoding(&self) -> String {
        self.encoding.clone()
    }

    /// What is odd about the encoding.
    pub fn issues(&self) -> &[EncodingIssue] {
        &self.issues
    }

    /// The place in the original bytes of an offset of the text.
    pub fn original_offset(&self, offset: usize) -> u64 {
        self.offsets.original(&self.text, 0, offset as u64)
    }

    /// The span of original bytes of a span of the text.
    pub fn original(&self, span: Span) -> Span {
        self.offsets.original_span(&self.text, 0, span)
    }

    /// The offset in the text of a place in the original bytes.
    pub fn text_offset(&self, original: u64) -> usize {
        usize::try_from(self.offsets.text(&self.text, 0, original)).unwrap_or(self.text.len())
    }
}

impl<'a> From<&'a str> for Decoded<'a> {
    /// Takes text as it is; its own bytes are the original.
    fn from(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            encoding: "utf-8".to_owned(),
            offsets: Offsets::new(UTF_8, 0),
            issues: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xFEFF);
        mark.into_iter()
            .chain(text.encode_utf16())
            .flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn encodings_are_recognised() {
        let declared = |label: &str| format!("<?xml version='1.0' encoding='{label}'?><é/>");
        let latin1 = |text: &str| {
            text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>()
        };
        let cases: Vec<(Vec<u8>, &str, usize)> = vec![
            ("<é/>".into(), "utf-8", 0),
            ("\u{FEFF}<é/>".into(), "utf-8", 0),
            (utf16("<é/>", true, true), "utf-16le", 0),
            (utf16("<é/>", false, true), "utf-16be", 0),
            (utf16("<é/>", true, false), "utf-16le", 0),
            (utf16("<é/>", false, false), "utf-16be", 0),
            (utf16(&declared("UTF-16"), false, true), "utf-16be", 0),
            (latin1(&declared("ISO-8859-1")), "windows-1252", 0),
            (declared("ISO-8859-1").into(), "utf-8", 1),
            (declared("UTF-16").into(), "utf-8", 1),
            (declared("klingon").into(), "utf-8", 1),
            (latin1("<é/>"), "windows-1252", 1),
            (latin1(&declared("utf-8")), "windows-1252", 1),
        ];
        for (bytes, encoding, issues) in cases {
            let decoded = Decoded::new(&bytes);
            assert_eq!(decoded.encoding(), encoding, "{bytes:?}");
            assert_eq!(decoded.issues().len(), issues, "{bytes:?}");
            assert!(decoded.text().ends_with("<é/>"), "{}", decoded.text());
        }
    }

    #[test]
    fn a_few_bytes_that_are_not_utf8_do_not_change_the_rest() {
        let decoded = Decoded::new(b"\xC3\xA9 \xE9 \x93x\x94");
        assert_eq!(decoded.text(), "é é “x”");
        assert_eq!(decoded.encoding(), "utf-8");
        assert_eq!(decoded.issues(), [EncodingIssue::NotUtf8 { first: Span::new(3, 4), bytes: 3 }]);
        assert_eq!(decoded.original_offset(decoded.text().find('x').unwrap()), 6);
    }

    #[test]
    fn the_declaration_is_found_where_it_stands() {
        let bytes = b"<?xml version=\"1.0\" encoding = \"klingon\"?>";
        let decoded = Decoded::new(bytes);
        let [EncodingIssue::UnknownDeclaration { declared, span }] = decoded.issues() else {
            panic!("{:?}", decoded.issues());
        };
        assert_eq!(
            (declared.as_str(), &bytes[span.range().unwrap()]),
            ("klingon", &b"klingon"[..])
        );
    }

    #[test]
    fn an_override_wins() {
        let decoded = Decoded::with_encoding(b"\xB9", "iso-8859-2").unwrap();
        assert_eq!(decoded.text(), "š");
        assert!(Decoded::with_encoding(b"", "klingon").is_err());
    }

    #[test]
    fn places_in_encodings_of_east_asia() {
        let cases: [(&str, &[u8], &[u64]); 5] = [
            ("shift_jis", b"\x8A\xBFa", &[0, 2, 3]),
            ("shift_jis", b"\xF8\xF8", &[0, 2]),
            ("euc-jp", b"\x8F\xA2\xAF", &[0, 3]),
            ("big5", b"\x88\x62", &[0, 2, 2]),
            ("iso-2022-jp", b"\x1B$B0!0!0!\x1B(Ba", &[0, 5, 7, 12, 13]),
        ];
        for (label, bytes, expected) in cases {
            let decoded = Decoded::with_encoding(bytes, label).unwrap();
            let text = decoded.text();
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            let places: Vec<_> = ends.map(|at| decoded.original_offset(at)).collect();
            assert_eq!(places.first(), Some(&0));
            assert_eq!(places.last(), expected.last(), "{label} {text:?}: {places:?}");
            assert_eq!(places.len(), expected.len(), "{label} {text:?}: {places:?}");
            assert!(places.is_sorted(), "{label} {text:?}: {places:?}");
        }
    }

    #[test]
    fn halves_of_characters_are_reported() {
        let decoded = Decoded::new(&[0xFF, 0xFE, b'a', 0, 0, 0xD8]);
        let first = Span::new(4, 6);
        assert_eq!(decoded.issues(), [EncodingIssue::Malformed { first, characters: 1 }]);
    }

    proptest! {
        #[test]
        fn any_bytes_decode_and_offsets_stay_inside(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let decoded = Decoded::new(&bytes);
            let mut last = 0;
            for (offset, _) in decoded.text().char_indices() {
                let original = decoded.original_offset(offset);
                prop_assert!(original >= last && original <= bytes.len() as u64);
                last = original;
            }
        }

        #[test]
        fn the_way_there_and_back(text in "[a-zé€😀]{1,40}", times in 1usize..300, which in 0usize..4) {
            let text = text.repeat(times);
            let bytes = match which {
                0 => text.clone().into_bytes(),
                1 => utf16(&text, true, true),
                2 => utf16(&text, false, true),
                _ => format!("\u{FEFF}{text}").into_bytes(),
            };
            let decoded = Decoded::new(&bytes);
            prop_assert_eq!(decoded.text(), &text);
            for (offset, character) in text.char_indices().step_by(53) {
                let span = decoded.original(Span::new(offset as u64, (offset + character.len_utf8()) as u64));
                let range = span.range().unwrap();
                let label = decoded.encoding();
                let back = Decoded::with_encoding(&bytes[range], &label).unwrap();
                prop_assert_eq!(back.text(), character.to_string());
                prop_assert_eq!(decoded.text_offset(span.start), offset);
            }
        }
    }
}
