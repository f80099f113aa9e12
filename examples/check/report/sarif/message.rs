//! Sentences (3.11).

use serde::Serialize;

/// A plain text message.
#[derive(Serialize)]
pub(super) struct Message {
    text: String,
}

impl Message {
    /// A text taken literally: what it quotes of the data could pass for an embedded link (3.11.6).
    pub(super) fn new(text: &str) -> Self {
        Self { text: braces(text).replace("](", "\\](") }
    }
}

/// The text with its braces doubled: single ones stand around placeholders (3.11.5).
pub(super) fn braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_are_no_placeholders_and_no_links() {
        let message = Message::new("[a](b) {0} [c]");
        assert_eq!(message.text, "[a\\](b) {{0}} [c]");
    }
}
