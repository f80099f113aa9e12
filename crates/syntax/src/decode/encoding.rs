//! Which encoding an input is in.

use std::fmt;

use edu_diagnostics::{Diagnostic, Rule, Span};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Where an XML declaration is looked for.
pub(crate) const HEAD: usize = 1024;

/// How many bytes from the first one outside ASCII on decide whether a text that declares a single-byte
/// encoding is UTF-8 all the same. A bounded stretch, so that a stream decides as a whole text does.
const SNIFFED: usize = 64 * 1024;

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

impl EncodingIssue {
    /// Where it shows, in the original bytes.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::NotUtf8 { first, .. } | Self::Malformed { first, .. } => Some(*first),
            Self::Utf8UnderDeclaration { span, .. }
            | Self::WrongDeclaration { span, .. }
            | Self::UnknownDeclaration { span, .. } => Some(*span),
        }
    }

    /// A finding without a place, for formats with two rules: one about the encoding (its message has
    /// `{encoding}`), one about damaged characters (`{count}`, `{encoding}`). `encoding` is the name of the
    /// encoding that the input was read in.
    pub fn finding(
        &self,
        encoding: &str,
        about_encoding: &'static Rule,
        about_damage: &'static Rule,
    ) -> Diagnostic {
        match self {
            Self::NotUtf8 { .. } if encoding == "utf-8" => {
                Diagnostic::new(about_encoding).word("encoding", "utf-8 and windows-1252, mixed")
            }
            Self::Malformed { characters, .. } => Diagnostic::new(about_damage)
                .count("count", *characters)
                .word("encoding", encoding.to_owned()),
            _ => Diagnostic::new(about_encoding).word("encoding", encoding.to_owned()),
        }
    }
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
pub(super) struct Decision {
    pub(super) encoding: &'static Encoding,
    /// Length of the byte order mark.
    pub(super) mark_len: usize,
    pub(super) issue: Option<EncodingIssue>,
    /// The declared single-byte encoding may turn out to be UTF-8: its name and place.
    pub(super) doubtful: Option<(String, Span)>,
}

pub(super) fn for_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes())
}

pub(super) fn decide(bytes: &[u8]) -> Decision {
    let declared = declared_encoding(bytes);
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        return Decision {
            encoding,
            mark_len,
            issue: contradiction(declared, encoding),
            doubtful: None,
        };
    }
    let mut decision = Decision { encoding: UTF_8, mark_len: 0, issue: None, doubtful: None };
    let zero_bytes = match *bytes {
        [first, 0, second, 0, ..] if first != 0 && second != 0 => Some(UTF_16LE),
        [0, first, 0, second, ..] if first != 0 && second != 0 => Some(UTF_16BE),
        _ => None,
    };
    match zero_bytes {
        Some(encoding) => {
            decision.encoding = encoding;
            decision.issue = contradiction(declared, encoding);
        }
        None => {
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

/// What there is to say where the bytes show an encoding that is not the declared one.
fn contradiction(
    declared: Option<(String, Span)>,
    encoding: &'static Encoding,
) -> Option<EncodingIssue> {
    let (declared, span) = declared?;
    // The label `utf-16` leaves the byte order to the mark.
    let is_utf16 =
        declared.eq_ignore_ascii_case("utf-16") && (encoding == UTF_16LE || encoding == UTF_16BE);
    let agrees = is_utf16 || for_label(&declared) == Some(encoding);
    (!agrees).then_some(EncodingIssue::WrongDeclaration { declared, span })
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

/// Whether the bytes outside ASCII are UTF-8, as far as a bounded stretch from the first one shows; `None`
/// where there are none yet, or too few to tell.
pub(super) fn is_utf8_so_far(bytes: &[u8], last: bool) -> Option<bool> {
    let first = bytes.iter().position(|byte| !byte.is_ascii())?;
    let end = bytes.len().min(first + SNIFFED);
    if end < first + SNIFFED && !last {
        return None;
    }
    Some(match str::from_utf8(&bytes[first..end]) {
        Ok(_) => true,
        // The stretch may end inside a character, the input may not.
        Err(error) => error.error_len().is_none() && end == first + SNIFFED,
    })
}
