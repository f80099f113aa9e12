//! A text that arrives piece by piece.

use std::fmt;
use std::io::{self, BufRead};

use edu_diagnostics::Span;

use crate::decode::{Decoder, EncodingIssue, HEAD};

/// How much is read at a time, at least.
const PIECE: usize = 128 * 1024;

/// A window that moves over a text: the part that is being read, decoded as [`Decoded`](crate::Decoded)
/// decodes a whole input.
///
/// The window grows while its owner asks for more and lets go of what the owner has done with. Offsets are
/// those of the whole text.
pub struct Window<R> {
    reader: R,
    decoder: Option<Decoder>,
    text: String,
    /// Offset of `text` in the whole text.
    base: u64,
    /// What has been done with, in `text`.
    done: usize,
    last: bool,
    piece: usize,
}

impl<R> fmt::Debug for Window<R> {
    /// Without the text, which may be about people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Window")
            .field("base", &self.base)
            .field("bytes", &self.text.len())
            .field("is_last", &self.last)
            .finish_non_exhaustive()
    }
}

impl<R: BufRead> Window<R> {
    /// An empty window at the start of an input.
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            decoder: None,
            text: String::new(),
            base: 0,
            done: 0,
            last: false,
            piece: PIECE,
        }
    }

    /// Reads at least so many bytes of text at a time; 128 KiB where nothing is said.
    #[must_use]
    pub fn with_piece(self, piece: usize) -> Self {
        Self { piece: piece.max(1), ..self }
    }

    /// Lets go of what has been done with and reads on, at least as much again as is left over: what does
    /// not fit is asked for a logarithmic number of times.
    ///
    /// # Errors
    ///
    /// When the input cannot be read.
    pub fn fill(&mut self) -> io::Result<()> {
        if let Some(decoder) = &mut self.decoder {
            decoder.offsets_mut().forget(&self.text, self.base, self.base + self.done as u64);
        }
        self.text.drain(..self.done);
        self.base += self.done as u64;
        self.done = 0;
        let wanted = self.text.len() + self.piece.max(self.text.len());
        while self.text.len() < wanted && !self.last {
            if self.decoder.is_none() {
                self.read_head()?;
            } else {
                self.read_piece()?;
            }
        }
        Ok(())
    }

    /// Reads as much as it takes to know the encoding.
    fn read_head(&mut self) -> io::Result<()> {
        let mut head = Vec::with_capacity(HEAD);
        while head.len() < HEAD && !self.last {
            let piece = fill_buf(&mut self.reader)?;
            self.last = piece.is_empty();
            let used = piece.len().min(HEAD - head.len());
            head.extend_from_slice(&piece[..used]);
            self.reader.consume(used);
        }
        let decoder = self.decoder.insert(Decoder::new(&head));
        decoder.push(&head, self.last, &mut self.text, self.base);
        Ok(())
    }

    fn read_piece(&mut self) -> io::Result<()> {
        let piece = fill_buf(&mut self.reader)?;
        self.last = piece.is_empty();
        // A reader may have the whole input at hand; the window takes no more than it needs.
        let used = piece.len().min(self.piece.max(HEAD));
        let piece = &piece[..used];
        if let Some(decoder) = &mut self.decoder {
            decoder.push(piece, self.last, &mut self.text, self.base);
        }
        self.reader.consume(used);
        Ok(())
    }
}

/// The next bytes, none at the end; an interruption is not an error.
fn fill_buf<R: BufRead>(reader: &mut R) -> io::Result<&[u8]> {
    loop {
        match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
            // Asked for again, because the borrow of an answer that is handed out would last over the loop.
            Ok(_) => return reader.fill_buf(),
        }
    }
}

impl<R> Window<R> {
    /// The text in the window, with what has been done with at its start.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Offset of [`text`](Self::text) in the whole text.
    pub fn base(&self) -> u64 {
        self.base
    }

    /// How far [`text`](Self::text) has been done with.
    pub fn position(&self) -> usize {
        self.done
    }

    /// Says how far the text in the window has been done with.
    pub fn done_with(&mut self, position: usize) {
        self.done = position;
    }

    /// Whether the text ends with the window.
    pub fn is_last(&self) -> bool {
        self.last
    }

    /// The span of original bytes of a span of the text in the window.
    pub fn original(&self, span: Span) -> Span {
        match &self.decoder {
            Some(decoder) => decoder.offsets().original_span(&self.text, self.base, span),
            None => span,
        }
    }

    /// The offset of an original byte in the whole text; the byte is one of the window.
    pub fn text_offset(&self, original: u64) -> u64 {
        self.decoder
            .as_ref()
            .map_or(original, |decoder| decoder.offsets().text(&self.text, self.base, original))
    }

    /// The encoding, as far as the text so far tells; see [`Decoded::encoding`](crate::Decoded::encoding).
    pub fn encoding(&self) -> String {
        self.decoder.as_ref().map_or_else(|| "utf-8".to_owned(), Decoder::encoding)
    }

    /// What is odd about the encoding if the text turns out to be UTF-8: an issue that shows long after its
    /// place has been read.
    pub fn doubt(&self) -> Option<EncodingIssue> {
        self.decoder.as_ref().and_then(Decoder::doubt)
    }

    /// What is odd about the encoding of the text so far.
    pub fn issues(&self) -> Vec<EncodingIssue> {
        self.decoder.as_ref().map(Decoder::issues).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Decoded;
    use proptest::prelude::*;
    use std::io::BufReader;

    /// The characters whose places are compared: some of each width.
    const PLACED: [char; 5] = ['a', 'é', '€', '😀', char::REPLACEMENT_CHARACTER];

    /// Reads a whole input through a window that lets go of all but a few bytes each time; hands out the
    /// text and the original places of its characters.
    fn through_window(
        bytes: &[u8],
        buffer: usize,
        keep: usize,
    ) -> (String, Vec<u64>, String, Vec<EncodingIssue>) {
        let mut window = Window::new(BufReader::with_capacity(buffer, bytes)).with_piece(buffer);
        let (mut text, mut places) = (String::new(), Vec::new());
        while !window.is_last() {
            window.fill().unwrap();
            let from = text.len() - usize::try_from(window.base()).unwrap();
            for (at, _) in window.text()[from..].match_indices(PLACED) {
                let offset = window.base() + (from + at) as u64;
                places.push(window.original(Span::empty(offset)).start);
            }
            text.push_str(&window.text()[from..]);
            let mut done = window.text().len().saturating_sub(keep);
            while !window.text().is_char_boundary(done) {
                done -= 1;
            }
            window.done_with(done);
        }
        (text, places, window.encoding(), window.issues())
    }

    fn check(bytes: &[u8], buffer: usize, keep: usize) {
        let whole = Decoded::new(bytes);
        let places: Vec<_> =
            whole.text().match_indices(PLACED).map(|(at, _)| whole.original_offset(at)).collect();
        let expected = (whole.text().to_owned(), places, whole.encoding(), whole.issues().to_vec());
        assert_eq!(through_window(bytes, buffer, keep), expected);
    }

    #[test]
    fn long_inputs_of_all_encodings() {
        let text = "<a>é€😀 plain text</a>\r\n".repeat(5000);
        let utf16: Vec<u8> =
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        let latin1: Vec<u8> =
            text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        let declared = |encoding: &str, body: &[u8]| {
            [format!("<?xml version='1.0' encoding='{encoding}'?>").as_bytes(), body].concat()
        };
        let ascii_first = [b"x".repeat(200_000), latin1.clone()].concat();
        for bytes in [
            text.clone().into_bytes(),
            utf16,
            latin1.clone(),
            declared("ISO-8859-1", &latin1),
            declared("ISO-8859-1", text.as_bytes()),
            declared("ISO-8859-1", &ascii_first),
            declared("Shift_JIS", &ascii_first),
            [text.as_bytes(), &latin1, text.as_bytes()].concat(),
        ] {
            check(&bytes, 8192, 100);
        }
    }

    proptest! {
        #[test]
        fn the_same_text_and_places_however_it_comes(
            bytes in prop_oneof![
                proptest::collection::vec(any::<u8>(), 0..400),
                "[a-zé€😀]{0,60}".prop_map(|text| [&[0xFF, 0xFE][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()),
                proptest::collection::vec(any::<u8>(), 0..60).prop_map(|bytes| [b"<?xml encoding='iso-8859-1'?>".as_slice(), &bytes].concat()),
                "[a-zé€😀]{0,60}".prop_map(|text| format!("<?xml encoding='iso-8859-1'?>{text}").into_bytes()),
            ],
            buffer in 1usize..9,
            keep in 0usize..9,
        ) {
            check(&bytes, buffer, keep);
        }
    }
}
