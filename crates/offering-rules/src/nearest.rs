//! What a misspelt word was meant to be.

use edu_diagnostics::Diagnostic;

/// How many pairs of characters are compared in all: a catalogue may have many values, and a matrix many unknown
/// ones.
const LOOKS: usize = 500_000_000;

/// The longest text that is compared, in characters.
const LONGEST: usize = 64;

/// Words to choose from.
pub(crate) struct Words<'c> {
    words: Vec<(Vec<char>, &'c str)>,
    /// Number of characters of all of them.
    characters: usize,
}

impl<'c> Words<'c> {
    pub(crate) fn of(words: impl Iterator<Item = &'c str>) -> Self {
        let words: Vec<_> = words.filter_map(|word| Some((folded(word)?, word))).collect();
        let characters = words.iter().map(|(word, _)| word.len()).sum();
        Self { words, characters }
    }
}

/// Looks for the words nearest to others, and not for ever.
pub(crate) struct Nearest {
    looks_left: usize,
    row: Vec<usize>,
}

impl Default for Nearest {
    fn default() -> Self {
        Self { looks_left: LOOKS, row: Vec::new() }
    }
}

impl Nearest {
    /// The word nearest to a text, letter case aside: at most a third of its characters may differ.
    pub(crate) fn to<'c>(&mut self, text: &str, words: &Words<'c>) -> Option<&'c str> {
        let text = folded(text)?;
        let looks = words.characters.saturating_mul(text.len());
        self.looks_left = self.looks_left.checked_sub(looks)?;
        let mut limit = text.len() / 3;
        let mut nearest = None;
        for (word, spelling) in &words.words {
            if let Some(distance) = distance(&text, word, limit, &mut self.row) {
                nearest = Some(*spelling);
                // Only a nearer one is better.
                match distance.checked_sub(1) {
                    Some(nearer) => limit = nearer,
                    None => break,
                }
            }
        }
        nearest
    }
}

/// Adds to a finding what was probably meant, as its argument `suggestion`.
pub(crate) fn suggest(finding: Diagnostic, nearest: Option<&str>) -> Diagnostic {
    match nearest {
        Some(nearest) => finding.data("suggestion", format!("; did you mean `{nearest}`?")),
        None => finding.word("suggestion", ""),
    }
}

/// A text without letter case; `None` where it is too long.
fn folded(text: &str) -> Option<Vec<char>> {
    let folded: Vec<_> = text.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    (folded.len() <= LONGEST).then_some(folded)
}

/// How many characters have to be put in, taken out or replaced, where they are not more than the limit.
fn distance(one: &[char], other: &[char], limit: usize, row: &mut Vec<usize>) -> Option<usize> {
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    row.clear();
    row.extend(0..=other.len());
    for (line, character) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        let mut least = line + 1;
        for (column, second) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(character != second);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
            least = least.min(row[column + 1]);
        }
        if least > limit {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest<'c>(text: &str, words: &[&'c str]) -> Option<&'c str> {
        Nearest::default().to(text, &Words::of(words.iter().copied()))
    }

    #[test]
    fn the_nearest_word() {
        let ranks = ["Master", "Able Seaman", "Chief Officer", "able seamen"];
        assert_eq!(nearest("Able Seaman ", &ranks), Some("Able Seaman"));
        assert_eq!(nearest("ABLE SEAMEN", &ranks), Some("able seamen"));
        assert_eq!(nearest("Cheif Oficer", &ranks), Some("Chief Officer"));
        assert_eq!(nearest("Mister", &ranks), Some("Master"));
        assert_eq!(nearest("Cook", &ranks), None);
        assert_eq!(nearest("", &ranks), None);
        assert_eq!(nearest("Ær", &["ÆR", "År"]), Some("ÆR"));
        assert_eq!(nearest("Ab", &["Abc"]), None);
        assert_eq!(nearest("x", &[]), None);
    }

    #[test]
    fn the_work_is_bounded() {
        let long = "x".repeat(100_000);
        assert_eq!(nearest(&long, &[&long]), None);
        assert_eq!(nearest("Mister", &[&long, "Master"]), Some("Master"));
        let words = Words::of(["Master"].into_iter());
        let mut looks = Nearest { looks_left: 6 * 6, ..Nearest::default() };
        assert_eq!(looks.to("Mister", &words), Some("Master"));
        assert_eq!(looks.to("Mister", &words), None);
    }

    #[test]
    fn distances() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        for (one, other, expected) in
            [("kitten", "sitting", 3), ("", "ab", 2), ("abc", "abc", 0), ("flaw", "lawn", 2)]
        {
            let between = |limit| {
                let there = distance(&chars(one), &chars(other), limit, &mut Vec::new());
                assert_eq!(there, distance(&chars(other), &chars(one), limit, &mut Vec::new()));
                there
            };
            assert_eq!(between(9), Some(expected));
            assert_eq!(between(expected), Some(expected));
            assert_eq!(expected.checked_sub(1).and_then(between), None);
        }
    }
}
