//! The piece of a line that is shown with a finding.

use std::ops::Range;

use edu_diagnostics::Span;

use crate::plain::visible;
use crate::text::Piece;

/// Columns of the widest excerpt, marks of a cut not counted. A file may be one line of 200 MB.
const WIDTH: usize = 120;

/// Columns kept in front of a finding that stands far into its line.
const BEFORE: usize = 40;

/// Stands where a line was cut.
const CUT: char = '…';

/// A piece of one line that is safe to print, and the way from the file to it.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// What is printed; no line end in it.
    pub(super) source: String,
    /// Place in the file and offset in `source` of each character, and of the end.
    places: Vec<(u64, usize)>,
}

impl Excerpt {
    /// The line around byte `at` of the file, or a part of it. Never looks further than it shows.
    pub(super) fn around(piece: &Piece<'_>, at: u64) -> Self {
        let text = piece.text();
        let at = floor_char_boundary(text, piece.offset(at));
        let before = columns(text[..at].chars().rev());
        let after = columns(text[at..].chars());
        let (before, after) = if before + after <= WIDTH {
            (before, after)
        } else {
            // What one side does not need goes to the other.
            let before = before.min(BEFORE.max(WIDTH.saturating_sub(after)));
            (before, WIDTH - before)
        };
        let start = at - bytes(text[..at].chars().rev(), before);
        let end = at + bytes(text[at..].chars(), after);

        let mut source = String::new();
        let mut places: Vec<(u64, usize)> = Vec::new();
        let is_cut = match text[..start].chars().next_back() {
            Some(character) => !ends_line(character),
            None => !piece.is_start(),
        };
        if is_cut {
            source.push(CUT);
        }
        for (offset, character) in text[start..end].char_indices() {
            let place = piece.original(start + offset);
            // A hidden character has an asterisk a byte, the first of which is its place.
            if places.last().is_none_or(|last| last.0 < place) {
                places.push((place, source.len()));
            }
            source.push(if character == '\t' {
                character
            } else {
                visible(character).unwrap_or(character)
            });
        }
        places.push((piece.original(end), source.len()));
        if text[end..].chars().next().is_some_and(|character| !ends_line(character)) {
            source.push(CUT);
        }
        Self { source, places }
    }

    /// Where a span of the file stands in the excerpt, cut to what is shown; `None` when it begins
    /// elsewhere.
    pub(super) fn range(&self, span: Span) -> Option<Range<usize>> {
        let (first, last) = (self.places.first()?, self.places.last()?);
        if span.start < first.0 || span.start > last.0 {
            return None;
        }
        Some(self.place(span.start)..self.place(span.end.min(last.0)))
    }

    /// The place of the character that holds a byte of the file.
    fn place(&self, at: u64) -> usize {
        let behind = self.places.partition_point(|place| place.0 <= at);
        self.places[behind.saturating_sub(1)].1
    }
}

fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r')
}

/// Columns that a character takes, roughly: enough to keep an excerpt on the screen.
fn width(character: char) -> usize {
    match character {
        '\t' => 4,
        '\u{1100}'.. => 2,
        _ => 1,
    }
}

/// Columns up to the end of the line, counted no further than needed.
fn columns(characters: impl Iterator<Item = char>) -> usize {
    let mut sum = 0;
    for character in characters.take_while(|&character| !ends_line(character)) {
        sum += width(character);
        if sum > WIDTH {
            break;
        }
    }
    sum
}

/// Bytes of the characters that fit into so many columns of this line.
fn bytes(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut left = columns;
    let mut bytes = 0;
    for character in characters.take_while(|&character| !ends_line(character)) {
        let Some(rest) = left.checked_sub(width(character)) else {
            break;
        };
        left = rest;
        bytes += character.len_utf8();
    }
    bytes
}

/// The nearest character boundary at or before `offset`.
fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::text::{Bytes, Text};

    fn around(text: &str, at: u64) -> Excerpt {
        let text = Text::new(Bytes::Held(text.as_bytes()), "utf-8");
        text.around(at, false, |piece| Excerpt::around(piece, at)).expect("it may be shown")
    }

    /// The excerpt around `needle` and the part of it that the needle's span gives.
    fn show(text: &str, needle: &str) -> (String, String) {
        let start = text.find(needle).expect("the needle is in the text") as u64;
        let excerpt = around(text, start);
        let span = Span::new(start, start + needle.len() as u64);
        let range = excerpt.range(span).expect("it is shown");
        let part = excerpt.source[range].to_owned();
        (excerpt.source, part)
    }

    #[test]
    fn a_short_line_is_shown_whole_whatever_ends_it() {
        for text in ["a\nb<id>c\nd", "a\r\nb<id>c\r\nd", "a\rb<id>c\rd", "b<id>c"] {
            assert_eq!(show(text, "<id>"), ("b<id>c".into(), "<id>".into()), "{text:?}");
        }
    }

    #[test]
    fn a_long_line_is_cut_to_a_window() {
        let text = format!("</a>{}<id>{}", "ä".repeat(30_000), "b".repeat(100_000));
        let (source, part) = show(&text, "<id>");
        assert_eq!(part, "<id>");
        assert_eq!(source.chars().count(), WIDTH + 2);
        assert!(source.starts_with("…ä") && source.ends_with("b…"), "{source}");

        let text = format!("{}<id>", "a".repeat(1000));
        let (source, part) = show(&text, "<id>");
        assert_eq!((part.as_str(), source.chars().count()), ("<id>", WIDTH + 1));
    }

    #[test]
    fn a_range_over_several_lines_or_out_of_the_window_ends_with_what_is_shown() {
        let excerpt = around("one\ntwo\nthree", 5);
        assert_eq!(excerpt.range(Span::new(5, 10)), Some(1..3));
        assert_eq!(excerpt.range(Span::new(9, 10)), None);
        assert_eq!(excerpt.range(Span::new(7, 7)), Some(3..3));
    }

    #[test]
    fn nothing_in_a_line_can_steer_the_terminal() {
        let (source, part) = show("\u{feff}a\tb\x1b[2J\u{202e}<id>", "\x1b");
        assert_eq!((source.as_str(), part.as_str()), ("a\tb␛[2J\u{fffd}<id>", "␛"));
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        let excerpt = around("ab", 99);
        assert_eq!(excerpt.source, "ab");
        assert_eq!(excerpt.range(Span::new(2, 99)), Some(2..2));
        assert_eq!(around("", 0).range(Span::new(0, 0)), Some(0..0));
        assert_eq!(around("é", 1).range(Span::new(1, 2)), Some(0..2));
    }
}
