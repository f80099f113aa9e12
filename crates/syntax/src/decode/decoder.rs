//! Decoding piece by piece.

use std::borrow::Cow;

use edu_diagnostics::Span;
use encoding_rs::{DecoderResult, Encoding, UTF_8, WINDOWS_1252};

use super::encoding::{Decision, EncodingIssue, decide, is_utf8_so_far};
use super::offsets::Offsets;

/// Turns the bytes of an input into text as they come. Pieces may end anywhere; the text and what is said
/// about it are the same.
#[derive(Debug)]
pub(crate) struct Decoder {
    encoding: &'static Encoding,
    /// Length of the byte order mark.
    mark_len: usize,
    /// Name and place of a declared single-byte encoding, as long as the text may turn out to be UTF-8.
    doubtful: Option<(String, Span)>,
    /// For every encoding but UTF-8.
    legacy: Option<encoding_rs::Decoder>,
    /// Bytes that wait for more: part of a character, or what decides about the encoding.
    pending: Vec<u8>,
    offsets: Offsets,
    /// Length of the original that has become text or is in the decoder's hands.
    original_len: u64,
    multi_byte: bool,
    not_utf8: Option<Damage>,
    malformed: Option<Damage>,
    issues: Vec<EncodingIssue>,
}

/// The first damaged place and the number of all.
#[derive(Debug, Clone, Copy)]
struct Damage {
    first: Span,
    count: u64,
}

impl Damage {
    fn note(damage: &mut Option<Self>, place: Span, count: u64) {
        damage.get_or_insert(Self { first: place, count: 0 }).count += count;
    }
}

impl Decoder {
    /// A decoder for the input that starts with `head`: the first [`HEAD`](super::HEAD) bytes or more, or
    /// the whole of it.
    pub(crate) fn new(head: &[u8]) -> Self {
        let Decision { encoding, mark_len, issue, doubtful } = decide(head);
        let mut decoder = Self::in_encoding(encoding, mark_len);
        decoder.issues.extend(issue);
        decoder.doubtful = doubtful;
        decoder
    }

    /// A decoder for an input that is known to be in an encoding.
    pub(crate) fn with_encoding(head: &[u8], encoding: &'static Encoding) -> Self {
        let mark = Encoding::for_bom(head).filter(|(of_mark, _)| *of_mark == encoding);
        Self::in_encoding(encoding, mark.map_or(0, |(_, len)| len))
    }

    fn in_encoding(encoding: &'static Encoding, mark_len: usize) -> Self {
        Self {
            encoding,
            mark_len,
            doubtful: None,
            legacy: (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling()),
            pending: Vec::new(),
            offsets: Offsets::new(encoding, mark_len),
            original_len: 0,
            multi_byte: false,
            not_utf8: None,
            malformed: None,
            issues: Vec::new(),
        }
    }

    pub(crate) fn mark_len(&self) -> usize {
        self.mark_len
    }

    pub(crate) fn into_offsets(self) -> Offsets {
        self.offsets
    }

    pub(crate) fn offsets(&self) -> &Offsets {
        &self.offsets
    }

    pub(crate) fn offsets_mut(&mut self) -> &mut Offsets {
        &mut self.offsets
    }

    /// Settles a doubt about the encoding as far as `bytes` can, and says whether it is UTF-8.
    pub(crate) fn is_utf8(&mut self, bytes: &[u8], last: bool) -> bool {
        if let Some(is_utf8) = is_utf8_so_far(bytes, last) {
            self.settle(is_utf8);
        }
        self.encoding == UTF_8
    }

    fn settle(&mut self, is_utf8: bool) {
        let Some((declared, span)) = self.doubtful.take() else { return };
        if is_utf8 {
            self.encoding = UTF_8;
            self.legacy = None;
            self.offsets.switch(UTF_8);
            self.issues.push(EncodingIssue::Utf8UnderDeclaration { declared, span });
        }
    }

    /// Decodes the next piece of the input and puts it behind `out`, which is the text from offset `base`
    /// on.
    pub(crate) fn push(&mut self, piece: &[u8], last: bool, out: &mut String, base: u64) {
        let start =
            if self.original_len == 0 && self.pending.is_empty() { self.mark_len } else { 0 };
        self.original_len += start as u64;
        let piece = &piece[start..];
        let bytes = if self.pending.is_empty() {
            Cow::Borrowed(piece)
        } else {
            let mut joined = std::mem::take(&mut self.pending);
            joined.extend_from_slice(piece);
            Cow::Owned(joined)
        };
        let mut bytes = &*bytes;
        if self.doubtful.is_some() {
            if let Some(is_utf8) = is_utf8_so_far(bytes, last) {
                self.settle(is_utf8);
            } else {
                // ASCII is the same either way.
                let ascii = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
                self.pending.extend_from_slice(&bytes[ascii..]);
                bytes = &bytes[..ascii];
            }
        }
        if self.legacy.is_some() {
            self.push_legacy(bytes, last, out, base);
        } else {
            self.push_utf8(bytes, last, out, base);
        }
    }

    fn push_utf8(&mut self, bytes: &[u8], last: bool, out: &mut String, base: u64) {
        // What is all in order, but perhaps for a character that is cut at the end, is by far the quickest.
        let valid = match str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        };
        self.push_valid(valid, out);
        let mut rest = &bytes[valid.len()..];
        for chunk in rest.utf8_chunks() {
            self.push_valid(chunk.valid(), out);
            rest = &rest[chunk.valid().len() + chunk.invalid().len()..];
            let invalid = chunk.invalid();
            let is_cut = rest.is_empty()
                && str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
            if is_cut && !last {
                self.pending.extend_from_slice(invalid);
            } else if !invalid.is_empty() {
                self.repair(invalid, out, base);
            }
        }
    }

    fn push_valid(&mut self, text: &str, out: &mut String) {
        self.multi_byte = self.multi_byte || !text.is_ascii();
        out.push_str(text);
        self.original_len += text.len() as u64;
    }

    /// Reads what is not UTF-8 byte by byte as windows-1252.
    fn repair(&mut self, invalid: &[u8], out: &mut String, base: u64) {
        let place = Span::new(self.original_len, self.original_len + invalid.len() as u64);
        Damage::note(&mut self.not_utf8, place, invalid.len() as u64);
        for byte in invalid {
            out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0);
            self.original_len += 1;
            self.offsets.set(base + out.len() as u64, self.original_len);
        }
    }

    fn push_legacy(&mut self, bytes: &[u8], last: bool, out: &mut String, base: u64) {
        if self.offsets.is_looked_up() {
            for byte in bytes.chunks(1) {
                self.push_legacy_piece(byte, false, out, base);
            }
            if last {
                self.push_legacy_piece(&[], true, out, base);
            }
        } else {
            self.push_legacy_piece(bytes, last, out, base);
        }
    }

    fn push_legacy_piece(&mut self, mut bytes: &[u8], last: bool, out: &mut String, base: u64) {
        let Some(mut decoder) = self.legacy.take() else { return };
        loop {
            let before = out.len();
            out.reserve(
                decoder
                    .max_utf8_buffer_length_without_replacement(bytes.len())
                    .unwrap_or(bytes.len()),
            );
            let (result, read) = decoder.decode_to_string_without_replacement(bytes, out, last);
            bytes = &bytes[read..];
            self.original_len += read as u64;
            self.offsets.add(out, base, out.len() - before, self.original_len);
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(len, behind) => {
                    let end = self.original_len - u64::from(behind);
                    Damage::note(
                        &mut self.malformed,
                        Span::new(end.saturating_sub(len.into()), end),
                        1,
                    );
                    out.push(char::REPLACEMENT_CHARACTER);
                    self.offsets.set(base + out.len() as u64, end);
                }
            }
        }
        self.legacy = Some(decoder);
    }

    /// WHATWG name of the encoding in lower case, as far as the text so far tells.
    pub(crate) fn encoding(&self) -> String {
        let is_legacy = self.not_utf8.is_some() && !self.multi_byte && self.mark_len == 0;
        let encoding = if is_legacy { WINDOWS_1252 } else { self.encoding };
        encoding.name().to_ascii_lowercase()
    }

    /// What is odd about the encoding if the text turns out to be UTF-8.
    pub(crate) fn doubt(&self) -> Option<EncodingIssue> {
        let (declared, span) = self.doubtful.clone()?;
        Some(EncodingIssue::Utf8UnderDeclaration { declared, span })
    }

    /// What is odd about the encoding so far.
    pub(crate) fn issues(&self) -> Vec<EncodingIssue> {
        let mut issues = self.issues.clone();
        issues.extend(
            self.not_utf8
                .map(|Damage { first, count }| EncodingIssue::NotUtf8 { first, bytes: count }),
        );
        issues.extend(
            self.malformed.map(|Damage { first, count }| EncodingIssue::Malformed {
                first,
                characters: count,
            }),
        );
        issues
    }
}
