//! Bytes to text, and the way back.

use std::borrow::Cow;
use std::fmt;

use edu_diagnostics::Span;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Where an XML declaration is looked for.
const HEAD: usize = 1024;

/// How many bytes from the first one outside ASCII on decide whether a text that declares a single-byte
/// encoding is UTF-8 all the same. A bounded stretch, so that a stream decides as a whole text does.
const SNIFFED: usize = 64 * 1024;

/// Distance of two entries of the offset map in bytes of text.
const STRIDE: usize = 4096;

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
#[derive(Debug, Clone)]
pub struct Decoded<'a> {
    text: Cow<'a, str>,
    encoding: &'static Encoding,
    /// Width of original characters: UTF-8 for a repaired text too, whose repairs `marks` hold.
    width: Width,
    /// Sparse, ascending, never empty: the first is the start of the text behind any byte order mark.
    marks: Vec<Mark>,
    original_len: usize,
    issues: Vec<EncodingIssue>,
}

/// A place of the text and the place of the original that it came from.
#[derive(Debug, Clone, Copy)]
struct Mark {
    text: usize,
    original: usize,
}

/// How many bytes a character has in the original.
#[derive(Debug, Clone, Copy)]
enum Width {
    Utf8,
    Utf16,
    Single,
    /// A multi-byte encoding of East Asia. Exact for text that is well-formed in it.
    Other(&'static Encoding),
}

impl Width {
    fn of(encoding: &'static Encoding) -> Self {
        if encoding == UTF_8 {
            Self::Utf8
        } else if encoding == UTF_16LE || encoding == UTF_16BE {
            Self::Utf16
        } else if encoding.is_single_byte() {
            Self::Single
        } else {
            Self::Other(encoding)
        }
    }

    fn measure(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(|character| 2 * character.len_utf16()).sum(),
            Self::Single => text.chars().count(),
            Self::Other(encoding) => encoding.encode(text).0.len(),
        }
    }
}

/// Something about the encoding of an input that its author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodingIssue {
    /// Bytes are not UTF-8; they were read as windows-1252.
    NotUtf8 {
        /// The first run of such bytes, in the original.
        first: Span,
        /// Number of such bytes.
        bytes: u64,
    },
    /// A single-byte encoding is declared, the bytes are UTF-8; they were read as UTF-8.
    Utf8UnderDeclaration {
        /// The declared name.
        declared: String,
        /// Where it is declared, in the original.
        span: Span,
    },
    /// The declared encoding contradicts the byte order mark or the zero bytes of the input.
    WrongDeclaration {
        /// The declared name.
        declared: String,
        /// Where it is declared, in the original.
        span: Span,
    },
    /// The declared encoding is not known; the bytes were read as UTF-8.
    UnknownDeclaration {
        /// The declared name.
        declared: String,
        /// Where it is declared, in the original.
        span: Span,
    },
    /// Bytes that the encoding has no character for; they were read as U+FFFD.
    Malformed {
        /// The first of them, in the original.
        first: Span,
        /// Number of replacement characters.
        characters: u64,
    },
}

/// The label names no encoding of the WHATWG Encoding Standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownEncoding(pub String);

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` names no encoding; `utf-8` and `iso-8859-1` are examples that do", self.0)
    }
}

impl std::error::Error for UnknownEncoding {}

/// What the first bytes of an input say about its encoding.
struct Decision {
    encoding: &'static Encoding,
    mark_len: usize,
    issue: Option<EncodingIssue>,
    /// The declared single-byte encoding may turn out to be UTF-8.
    doubtful: Option<(String, Span)>,
}

impl<'a> Decoded<'a> {
    /// Decodes an input in the encoding that it shows.
    pub fn new(bytes: &'a [u8]) -> Self {
        let decision = decide(bytes);
        let mut issues: Vec<_> = decision.issue.into_iter().collect();
        let mut encoding = decision.encoding;
        if let Some((declared, span)) = decision.doubtful
            && looks_like_utf8(bytes)
        {
            encoding = UTF_8;
            issues.push(EncodingIssue::Utf8UnderDeclaration { declared, span });
        }
        Self::decode(bytes, encoding, decision.mark_len, issues)
    }

    /// Decodes an input in the encoding that `label` names, whatever the input says of itself.
    ///
    /// # Errors
    ///
    /// When `label` is none of the WHATWG Encoding Standard.
    pub fn with_encoding(bytes: &'a [u8], label: &str) -> Result<Self, UnknownEncoding> {
        let encoding = for_label(label).ok_or_else(|| UnknownEncoding(label.to_owned()))?;
        let mark_len = match Encoding::for_bom(bytes) {
            Some((of_mark, len)) if of_mark == encoding => len,
            _ => 0,
        };
        Ok(Self::decode(bytes, encoding, mark_len, Vec::new()))
    }

    fn decode(
        bytes: &'a [u8],
        encoding: &'static Encoding,
        mark_len: usize,
        issues: Vec<EncodingIssue>,
    ) -> Self {
        let mut decoded = Self {
            text: Cow::Borrowed(""),
            encoding,
            width: Width::of(encoding),
            marks: vec![Mark { text: 0, original: mark_len }],
            original_len: bytes.len(),
            issues,
        };
        let body = &bytes[mark_len..];
        if encoding != UTF_8 {
            decoded.decode_whole(body);
        } else if let Ok(text) = str::from_utf8(body) {
            decoded.text = Cow::Borrowed(text);
        } else {
            decoded.repair_utf8(body);
        }
        decoded
    }

    fn decode_whole(&mut self, body: &[u8]) {
        let (text, malformed) = self.encoding.decode_without_bom_handling(body);
        self.text = Cow::Owned(text.into_owned());
        let mut mark = self.marks[0];
        while self.text.len() - mark.text > STRIDE {
            let next = floor_char_boundary(&self.text, mark.text + STRIDE);
            let width = self.width.measure(&self.text[mark.text..next]);
            mark = Mark { text: next, original: mark.original + width };
            self.marks.push(mark);
        }
        if malformed && let Some(at) = self.text.find(char::REPLACEMENT_CHARACTER) {
            let first = self.original(Span::new(at as u64, (at + 3) as u64));
            let characters = self.text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
            self.issues.push(EncodingIssue::Malformed { first, characters });
        }
    }

    /// Reads what is not UTF-8 byte by byte as windows-1252.
    fn repair_utf8(&mut self, body: &[u8]) {
        let mut text = String::with_capacity(body.len() + body.len() / 16);
        let mut original = self.marks[0].original;
        let mut first = None;
        let mut repaired = 0;
        let mut multi_byte = false;
        for chunk in body.utf8_chunks() {
            multi_byte |= !chunk.valid().is_ascii();
            text.push_str(chunk.valid());
            original += chunk.valid().len();
            if chunk.invalid().is_empty() {
                continue;
            }
            let start = original as u64;
            first.get_or_insert(Span::new(start, start + chunk.invalid().len() as u64));
            repaired += chunk.invalid().len() as u64;
            for byte in chunk.invalid() {
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0);
                original += 1;
                self.marks.push(Mark { text: text.len(), original });
            }
        }
        if let Some(first) = first {
            self.issues.push(EncodingIssue::NotUtf8 { first, bytes: repaired });
        }
        if !multi_byte {
            self.encoding = WINDOWS_1252;
        }
        self.text = Cow::Owned(text);
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The encoding that was read, by its WHATWG name in lower case: `utf-8`, `utf-16le`,
    /// `windows-1252` (which stands for ISO-8859-1 too).
    pub fn encoding(&self) -> String {
        self.encoding.name().to_ascii_lowercase()
    }

    /// What is odd about the encoding.
    pub fn issues(&self) -> &[EncodingIssue] {
        &self.issues
    }

    /// The place in the original bytes of an offset of the text.
    pub fn original_offset(&self, offset: usize) -> u64 {
        let found = self.marks.partition_point(|mark| mark.text <= offset);
        let mark = self.marks[found.saturating_sub(1)];
        let piece = self.text.get(mark.text..offset).unwrap_or_default();
        let original = mark.original + self.width.measure(piece);
        original.min(self.original_len) as u64
    }

    /// The span of original bytes of a span of the text.
    pub fn original(&self, span: Span) -> Span {
        let Some(range) = span.range() else { return span };
        Span::new(self.original_offset(range.start), self.original_offset(range.end))
    }

    /// The offset in the text of a place in the original bytes.
    pub fn text_offset(&self, original: u64) -> usize {
        let original = usize::try_from(original).unwrap_or(usize::MAX);
        let found = self.marks.partition_point(|mark| mark.original <= original);
        let mark = self.marks[found.saturating_sub(1)];
        let missing = original.saturating_sub(mark.original);
        let rest = &self.text[mark.text..];
        let mut width = 0;
        for (at, character) in rest.char_indices() {
            if width >= missing {
                return mark.text + at;
            }
            width += self.width.measure(character.encode_utf8(&mut [0; 4]));
        }
        self.text.len()
    }
}

impl<'a> From<&'a str> for Decoded<'a> {
    /// Takes text as it is; its own bytes are the original.
    fn from(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            encoding: UTF_8,
            width: Width::Utf8,
            marks: vec![Mark { text: 0, original: 0 }],
            original_len: text.len(),
            issues: Vec::new(),
        }
    }
}

/// The nearest character boundary at or before `offset`, which is inside the text.
fn floor_char_boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn for_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes())
}

fn decide(bytes: &[u8]) -> Decision {
    let declared = declared_encoding(bytes);
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        let issue = declared.filter(|(label, _)| {
            for_label(label) != Some(encoding) && !is_utf16_label(label, encoding)
        });
        return Decision {
            encoding,
            mark_len,
            issue: issue.map(|(declared, span)| EncodingIssue::WrongDeclaration { declared, span }),
            doubtful: None,
        };
    }
    let mut decision = Decision { encoding: UTF_8, mark_len: 0, issue: None, doubtful: None };
    match *bytes {
        [first, 0, second, 0, ..] if first != 0 && second != 0 => decision.encoding = UTF_16LE,
        [0, first, 0, second, ..] if first != 0 && second != 0 => decision.encoding = UTF_16BE,
        _ => {
            if let Some((label, span)) = declared {
                match for_label(&label) {
                    None => {
                        decision.issue =
                            Some(EncodingIssue::UnknownDeclaration { declared: label, span });
                    }
                    // A declaration that can be read byte by byte is not UTF-16.
                    Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => {
                        decision.issue =
                            Some(EncodingIssue::WrongDeclaration { declared: label, span });
                    }
                    Some(encoding) => {
                        decision.encoding = encoding;
                        decision.doubtful = encoding.is_single_byte().then_some((label, span));
                    }
                }
            }
        }
    }
    decision
}

/// The label `utf-16` leaves the byte order to the mark.
fn is_utf16_label(label: &str, encoding: &'static Encoding) -> bool {
    label.eq_ignore_ascii_case("utf-16") && (encoding == UTF_16LE || encoding == UTF_16BE)
}

/// The encoding that an XML declaration near the start names, with its place.
fn declared_encoding(bytes: &[u8]) -> Option<(String, Span)> {
    let head = &bytes[..bytes.len().min(HEAD)];
    // UTF-16 text is looked at without its zero bytes; places are exact for the byte-wise encodings only.
    let step = if memchr::memmem::find(head, b"<?xml").is_none() { 2 } else { 1 };
    let ascii: Vec<u8> = match head {
        [0xFE, 0xFF, ..] | [0, _, ..] => head.iter().skip(1).step_by(step).copied().collect(),
        _ => head.iter().step_by(step).copied().collect(),
    };
    let start = memchr::memmem::find(&ascii, b"<?xml")?;
    let end = start + memchr::memchr(b'>', &ascii[start..])?;
    let declaration = &ascii[start..end];
    let mut at = memchr::memmem::find(declaration, b"encoding")? + "encoding".len();
    while declaration.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'=') {
        at += 1;
    }
    let quote = *declaration.get(at).filter(|byte| matches!(byte, b'"' | b'\''))?;
    let len = memchr::memchr(quote, &declaration[at + 1..])?;
    let label = &declaration[at + 1..at + 1 + len];
    let place = ((start + at + 1) * step) as u64;
    Some((
        String::from_utf8_lossy(label).into_owned(),
        Span::new(place, place + (len * step) as u64),
    ))
}

/// Whether the bytes outside ASCII are UTF-8, as far as [`SNIFFED`] bytes from the first one show.
fn looks_like_utf8(bytes: &[u8]) -> bool {
    let Some(first) = bytes.iter().position(|byte| !byte.is_ascii()) else {
        return false;
    };
    let end = bytes.len().min(first + SNIFFED);
    match str::from_utf8(&bytes[first..end]) {
        Ok(_) => true,
        // The stretch may end inside a character, the input may not.
        Err(error) => error.error_len().is_none() && end < bytes.len(),
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
