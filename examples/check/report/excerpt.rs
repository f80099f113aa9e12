//! The piece of a line that is shown with a finding.

use std::ops::Range;

use super::visible;

/// Columns of the widest excerpt, marks of a cut not counted. A file may be one line of 200 MB.
const WIDTH: usize = 120;

/// Columns kept in front of a finding that stands far into its line.
const BEFORE: usize = 40;

/// Stands where a line was cut.
const CUT: char = '…';

/// A piece of one line that is safe to print, and the way from the text to it.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// What is printed; no line end in it.
    pub(super) source: String,
    /// Offset in the text and in `source` of each character, and of the end.
    places: Vec<(usize, usize)>,
}

impl Excerpt {
    /// The line around byte `at` of a text, or a piece of it. Never looks further than it shows.
    pub(super) fn around(text: &str, at: usize) -> Self {
        let at = floor_char_boundary(text, at);
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
        let mut places = Vec::new();
        if text[..start].chars().next_back().is_some_and(|character| !ends_line(character)) {
            source.push(CUT);
        }
        for (offset, character) in text[start..end].char_indices() {
            places.push((start + offset, source.len()));
            match character {
                '\t' => source.push(character),
                // A byte order mark at the start is not part of the line.
                '\u{feff}' if start + offset == 0 => {}
                _ => source.push(visible(character).unwrap_or(character)),
            }
        }
        places.push((end, source.len()));
        if text[end..].chars().next().is_some_and(|character| !ends_line(character)) {
            source.push(CUT);
        }
        Self { source, places }
    }

    /// Where a range of the text stands in the excerpt, cut to what is shown; `None` when it begins
    /// elsewhere.
    pub(super) fn range(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let (first, last) = (self.places.first()?, self.places.last()?);
        if range.start < first.0 || range.start > last.0 {
            return None;
        }
        let start = self.place(range.start);
        let end = self.place(range.end.clamp(range.start, last.0));
        Some(start..end)
    }

    /// The place of the character that holds byte `offset` of the text.
    fn place(&self, offset: usize) -> usize {
        let behind = self.places.partition_point(|place| place.0 <= offset);
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

    /// The excerpt around `needle` and the piece of it that the needle's range gives.
    fn show(text: &str, needle: &str) -> (String, String) {
        let start = text.find(needle).expect("the needle is in the text");
        let excerpt = Excerpt::around(text, start);
        let range = excerpt.range(&(start..start + needle.len())).expect("it is shown");
        let piece = excerpt.source[range].to_owned();
        (excerpt.source, piece)
    }

    #[test]
    fn a_short_line_is_shown_whole_whatever_ends_it() {
        for text in ["a\nb<id>c\nd", "a\r\nb<id>c\r\nd", "a\rb<id>c\rd", "b<id>c"] {
            assert_eq!(show(text, "<id>"), ("b<id>c".into(), "<id>".into()), "{text:?}");
        }
    }

    #[test]
    fn a_long_line_is_cut_to_a_window() {
        let text = format!("{}<id>{}", "ä".repeat(100_000), "b".repeat(100_000));
        let (source, piece) = show(&text, "<id>");
        assert_eq!(piece, "<id>");
        assert_eq!(source.chars().count(), WIDTH + 2);
        assert!(source.starts_with("…ä") && source.ends_with("b…"), "{source}");

        let text = format!("{}<id>", "a".repeat(1000));
        let (source, piece) = show(&text, "<id>");
        assert_eq!((piece.as_str(), source.chars().count()), ("<id>", WIDTH + 1));
    }

    #[test]
    fn a_range_over_several_lines_or_out_of_the_window_ends_with_what_is_shown() {
        let excerpt = Excerpt::around("one\ntwo\nthree", 5);
        assert_eq!(excerpt.range(&(5..10)), Some(1..3));
        assert_eq!(excerpt.range(&(9..10)), None);
        assert_eq!(excerpt.range(&(7..7)), Some(3..3));
    }

    #[test]
    fn nothing_in_a_line_can_steer_the_terminal() {
        let (source, piece) = show("\u{feff}a\tb\x1b[2J\u{202e}<id>", "\x1b");
        assert_eq!((source.as_str(), piece.as_str()), ("a\tb␛[2J\u{fffd}<id>", "␛"));
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        let excerpt = Excerpt::around("ab", 99);
        assert_eq!(excerpt.source, "ab");
        assert_eq!(excerpt.range(&(2..99)), Some(2..2));
        assert_eq!(Excerpt::around("", 0).range(&(0..0)), Some(0..0));
        assert_eq!(Excerpt::around("é", 1).range(&(1..2)), Some(0..2));
    }
}
