//! Many texts in one: each is kept once, and has a number.

use edu_diagnostics::keys::{Keyed, number};

/// Texts by their numbers; the empty one is 0.
#[derive(Clone)]
pub(super) struct Texts {
    text: String,
    /// Where each text ends; it begins where the one before ends.
    ends: Vec<usize>,
    ids: Keyed<u32>,
}

impl Default for Texts {
    fn default() -> Self {
        Self { text: String::new(), ends: vec![0], ids: Keyed::default() }
    }
}

impl Texts {
    /// The number of a text, which is kept from now on.
    pub(super) fn keep(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let hash = number(text.as_bytes());
        if let Some(&id) = self.ids.get(hash)
            && self.get(id) == text
        {
            return id;
        }
        // A program that holds so many texts has run out of memory before.
        let id = u32::try_from(self.ends.len()).unwrap_or(0);
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.ids.insert(hash, id);
        id
    }

    /// The text with a number.
    pub(super) fn get(&self, id: u32) -> &str {
        let Ok(id) = usize::try_from(id) else { return "" };
        let start = id.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let range = start.unwrap_or(0)..self.ends.get(id).copied().unwrap_or(0);
        self.text.get(range).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_kept_once() {
        let mut texts = Texts::default();
        let ids = ["Ada", "", "Grace", "Ada", "é"].map(|text| texts.keep(text));
        assert_eq!(ids, [1, 0, 2, 1, 3]);
        assert_eq!([3, 2, 1, 0, 9].map(|id| texts.get(id)), ["é", "Grace", "Ada", "", ""]);
        assert_eq!(texts.text, "AdaGraceé");
    }
}
