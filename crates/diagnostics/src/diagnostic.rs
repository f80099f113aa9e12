//! Findings.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Write as _};

use crate::{Position, Rule, Severity, Span};

/// How many characters of a piece of data a sentence quotes.
const QUOTED: usize = 80;

/// How many characters of a piece of data a finding keeps: enough to recognise it, and bounded, for a text
/// of megabytes may have a million findings.
const KEPT: usize = 400;

/// One finding: a rule, the place, and what the sentence needs to be said.
///
/// `Display` gives the English sentence without place and code. Findings have a total order: by place,
/// then the worst first, then by code and arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Severity of this finding; the rule's own unless the caller changed it.
    pub severity: Severity,
    /// Bytes of the original input, `None` where the finding is about the whole input.
    pub span: Option<Span>,
    /// Line and column of the span's start. The readers of this family fill it in.
    pub position: Option<Position>,
    /// Arguments of the sentence, by name.
    pub args: Vec<Arg>,
    /// Other places that belong to the finding.
    pub labels: Vec<Label>,
}

/// A named argument of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arg {
    /// Name, as it stands in the rule's message.
    pub name: &'static str,
    /// Value.
    pub value: Value,
}

/// Value of an argument.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Value {
    /// A word of the format, such as an element's name. Never about a person.
    Word(Cow<'static, str>),
    /// Text out of the data; it may be about a person.
    Data(String),
    /// Text out of the data that has been taken out by [`Diagnostic::mask`].
    Masked,
    /// A number.
    Count(u64),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Data(text) => quote(f, text),
            Self::Masked => f.write_str("***"),
            Self::Count(number) => write!(f, "{number}"),
        }
    }
}

/// Writes the beginning of a text on one line. Control and format characters are escaped, so that data
/// cannot steer the terminal that shows them.
fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let mut characters = text.chars();
    for character in characters.by_ref().take(QUOTED) {
        let steers = matches!(character, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || steers {
            write!(f, "{}", character.escape_default())?;
        } else {
            f.write_char(character)?;
        }
    }
    if characters.next().is_some() {
        f.write_char('…')?;
    }
    Ok(())
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Bytes of the original input.
    pub span: Span,
    /// Line and column of the span's start. The readers of this family fill it in.
    pub position: Option<Position>,
    /// What is there, in a few words.
    pub text: &'static str,
}

impl Diagnostic {
    /// A finding of `rule` with the rule's severity and no place yet.
    #[must_use]
    pub fn new(rule: &'static Rule) -> Self {
        Self {
            rule,
            severity: rule.severity,
            span: None,
            position: None,
            args: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Adds a word of the format.
    #[must_use]
    pub fn word(self, name: &'static str, word: impl Into<Cow<'static, str>>) -> Self {
        self.arg(name, Value::Word(word.into()))
    }

    /// Adds a text out of the data; of a long one the beginning, with `…` behind it.
    #[must_use]
    pub fn data(self, name: &'static str, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let kept = match text.char_indices().nth(KEPT) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        self.arg(name, Value::Data(kept))
    }

    /// Adds a number.
    #[must_use]
    pub fn count(self, name: &'static str, number: u64) -> Self {
        self.arg(name, Value::Count(number))
    }

    fn arg(mut self, name: &'static str, value: Value) -> Self {
        self.args.push(Arg { name, value });
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: &'static str) -> Self {
        self.labels.push(Label { span, position: None, text });
        self
    }

    /// The value of an argument.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.args.iter().find(|arg| arg.name == name).map(|arg| &arg.value)
    }

    /// Takes every text out of the data out of the arguments.
    pub fn mask(&mut self) {
        for arg in &mut self.args {
            if matches!(arg.value, Value::Data(_)) {
                arg.value = Value::Masked;
            }
        }
    }

    fn key(&self) -> impl Ord + '_ {
        (
            self.span.is_none(),
            self.span,
            std::cmp::Reverse(self.severity),
            self.rule.code,
            &self.args,
            &self.labels,
            self.position,
        )
    }
}

impl PartialOrd for Diagnostic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Diagnostic {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.rule.message;
        while let Some((before, after)) = rest.split_once('{') {
            f.write_str(before)?;
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            match self.get(name) {
                Some(value) => value.fmt(f)?,
                None => write!(f, "{{{name}}}")?,
            }
            rest = after;
        }
        f.write_str(rest)
    }
}

#[cfg(feature = "serde")]
mod serialize {
    use super::{Arg, Diagnostic, Label, Value};
    use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

    /// `{code, name, severity, message, line, column, start, end, args, labels}`; a place that is not
    /// known is null.
    impl Serialize for Diagnostic {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut out = serializer.serialize_struct("Diagnostic", 10)?;
            out.serialize_field("code", self.rule.code)?;
            out.serialize_field("name", self.rule.name)?;
            out.serialize_field("severity", &self.severity)?;
            out.serialize_field("message", &self.to_string())?;
            out.serialize_field("line", &self.position.map(|position| position.line))?;
            out.serialize_field("column", &self.position.map(|position| position.column))?;
            out.serialize_field("start", &self.span.map(|span| span.start))?;
            out.serialize_field("end", &self.span.map(|span| span.end))?;
            out.serialize_field("args", &Args(&self.args))?;
            out.serialize_field("labels", &self.labels)?;
            out.end()
        }
    }

    struct Args<'a>(&'a [Arg]);

    impl Serialize for Args<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut out = serializer.serialize_map(Some(self.0.len()))?;
            for arg in self.0 {
                match &arg.value {
                    Value::Word(word) => out.serialize_entry(arg.name, word)?,
                    Value::Data(text) => out.serialize_entry(arg.name, text)?,
                    Value::Masked => out.serialize_entry(arg.name, "***")?,
                    Value::Count(number) => out.serialize_entry(arg.name, number)?,
                }
            }
            out.end()
        }
    }

    impl Serialize for Label {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut out = serializer.serialize_struct("Label", 5)?;
            out.serialize_field("text", self.text)?;
            out.serialize_field("line", &self.position.map(|position| position.line))?;
            out.serialize_field("column", &self.position.map(|position| position.column))?;
            out.serialize_field("start", &self.span.start)?;
            out.serialize_field("end", &self.span.end)?;
            out.end()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule {
        code: "XX-V01",
        name: "unknown-word",
        severity: Severity::Warning,
        summary: "A word is not in the list.",
        message: "`{item}` says {found}, {count} words are known",
        help: "",
        explanation: "",
        bad: b"",
        good: b"",
    };

    fn finding() -> Diagnostic {
        Diagnostic::new(&RULE).word("item", "status").data("found", "Eva").count("count", 2)
    }

    #[test]
    fn the_sentence_comes_from_the_rule_and_the_arguments() {
        assert_eq!(finding().to_string(), "`status` says Eva, 2 words are known");
        let unnamed = Diagnostic::new(&RULE).word("item", "x");
        assert_eq!(unnamed.to_string(), "`x` says {found}, {count} words are known");
    }

    #[test]
    fn masking_takes_data_out_and_leaves_words() {
        let mut finding = finding();
        finding.mask();
        assert_eq!(finding.to_string(), "`status` says ***, 2 words are known");
        assert!(!format!("{finding:?}").contains("Eva"));
    }

    #[test]
    fn data_cannot_steer_a_terminal_or_fill_it() {
        let nasty = format!("\u{1b}[2J\u{202e}{}", "x".repeat(1000));
        let finding = Diagnostic::new(&RULE).data("found", nasty);
        assert!(
            matches!(finding.get("found"), Some(Value::Data(kept)) if kept.chars().count() == KEPT + 1)
        );
        let text = finding.to_string();
        assert!(text.contains("\\u{1b}[2J\\u{202e}x"), "{text}");
        assert!(text.chars().count() < 150, "{text}");
    }

    #[test]
    fn order_is_place_then_severity_then_code() {
        let at = |start, severity| {
            let mut finding = finding().at(Span::new(start, start + 1));
            finding.severity = severity;
            finding
        };
        let mut findings =
            [finding(), at(7, Severity::Warning), at(7, Severity::Error), at(2, Severity::Info)];
        findings.sort();
        let order: Vec<_> =
            findings.iter().map(|f| (f.span.map(|s| s.start), f.severity)).collect();
        assert_eq!(
            order,
            [
                (Some(2), Severity::Info),
                (Some(7), Severity::Error),
                (Some(7), Severity::Warning),
                (None, Severity::Warning),
            ]
        );
    }

    #[cfg(feature = "serde")]
    #[test]
    fn json_has_the_members_that_callers_rely_on() {
        let json = serde_json::to_string(&finding().at(Span::new(3, 5))).unwrap();
        assert_eq!(
            json,
            r#"{"code":"XX-V01","name":"unknown-word","severity":"warning","message":"`status` says Eva, 2 words are known","line":null,"column":null,"start":3,"end":5,"args":{"item":"status","found":"Eva","count":2},"labels":[]}"#
        );
    }
}
