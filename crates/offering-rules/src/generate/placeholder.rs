//! Texts with places for what differs from command to command.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// What is put in place of `{name}` in a [`Template`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Placeholder {
    Organisation,
    Course,
    CourseBelow,
    Expression,
    Mark,
    Kind,
    Certificate,
    Period,
    Field,
    Days,
    Kinds,
}

impl Placeholder {
    const ALL: [Self; 11] = [
        Self::Organisation,
        Self::Course,
        Self::CourseBelow,
        Self::Expression,
        Self::Mark,
        Self::Kind,
        Self::Certificate,
        Self::Period,
        Self::Field,
        Self::Days,
        Self::Kinds,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Organisation => "{organisation}",
            Self::Course => "{course}",
            Self::CourseBelow => "{course_below}",
            Self::Expression => "{expression}",
            Self::Mark => "{mark}",
            Self::Kind => "{kind}",
            Self::Certificate => "{certificate}",
            Self::Period => "{period}",
            Self::Field => "{field}",
            Self::Days => "{days}",
            Self::Kinds => "{kinds}",
        }
    }
}

impl fmt::Display for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Several placeholders, as they are listed in a sentence.
pub(crate) fn list(placeholders: &[Placeholder]) -> String {
    let quoted: Vec<_> = placeholders.iter().map(|known| format!("`{known}`")).collect();
    quoted.join(", ")
}

/// A text with placeholders: `{course}`, `CertificateWillExpire({certificate},{period})`.
///
/// Which placeholders can be used depends on what it is the template of: see [`CommandName`] and
/// [`PredicateName`]. Braces stand for nothing else.
///
/// [`CommandName`]: crate::CommandName
/// [`PredicateName`]: crate::PredicateName
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Part {
    Text(String),
    Placeholder(Placeholder),
}

/// A text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// There is no such placeholder.
    #[error("`{0}` is no placeholder; there are {known}", known = list(&Placeholder::ALL))]
    Unknown(String),
    /// A brace has no partner.
    #[error("a brace in `{0}` has no partner")]
    Brace(String),
}

impl Template {
    /// A placeholder and nothing else.
    pub(crate) fn just(placeholder: Placeholder) -> Self {
        Self { parts: vec![Part::Placeholder(placeholder)] }
    }

    /// A predicate with these arguments.
    pub(crate) fn predicate(name: &str, arguments: &[Placeholder]) -> Self {
        let mut parts = Vec::new();
        for (number, argument) in arguments.iter().enumerate() {
            let before = if number == 0 { format!("{name}(") } else { ",".to_owned() };
            parts.extend([Part::Text(before), Part::Placeholder(*argument)]);
        }
        parts.push(Part::Text(")".to_owned()));
        Self { parts }
    }

    pub(crate) fn placeholders(&self) -> impl Iterator<Item = Placeholder> + '_ {
        self.parts.iter().filter_map(|part| match part {
            Part::Placeholder(placeholder) => Some(*placeholder),
            Part::Text(_) => None,
        })
    }

    /// Whether the text before the first placeholder begins so.
    pub(crate) fn starts_with(&self, start: char) -> bool {
        matches!(self.parts.first(), Some(Part::Text(text)) if text.starts_with(start))
    }

    /// The text with everything put in; `None` where a placeholder has no value.
    pub(crate) fn fill<'v>(
        &'v self,
        mut value: impl FnMut(Placeholder) -> Option<Cow<'v, str>>,
    ) -> Option<Cow<'v, str>> {
        let mut part = |part: &'v Part| match part {
            Part::Text(text) => Some(Cow::Borrowed(text.as_str())),
            Part::Placeholder(placeholder) => value(*placeholder),
        };
        match &self.parts[..] {
            // Expressions are long: they need not be copied.
            [only] => part(only),
            parts => parts.iter().map(part).collect::<Option<String>>().map(Cow::Owned),
        }
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Placeholder(placeholder) => write!(f, "{placeholder}"),
        })
    }
}

impl FromStr for Template {
    type Err = TemplateError;

    fn from_str(text: &str) -> Result<Self, TemplateError> {
        let no_partner = || TemplateError::Brace(text.to_owned());
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(brace) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(brace);
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let end = from.find('}').filter(|&end| end > 0).ok_or_else(no_partner)?;
            let (name, after) = from.split_at(end + 1);
            let found = Placeholder::ALL.into_iter().find(|known| known.as_str() == name);
            let unknown = || TemplateError::Unknown(name.to_owned());
            parts.push(Part::Placeholder(found.ok_or_else(unknown)?));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { parts })
    }
}

impl TryFrom<String> for Template {
    type Error = TemplateError;

    fn try_from(text: String) -> Result<Self, TemplateError> {
        text.parse()
    }
}

impl From<Template> for String {
    fn from(template: Template) -> Self {
        template.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_read_and_written() {
        for text in ["", "-batchSize", "{course}", "a{mark}b{kind}", "X({field},{days})"] {
            let read: Template = text.parse().unwrap();
            assert_eq!(read.to_string(), text);
        }
        let made = Template::predicate("X", &[Placeholder::Field, Placeholder::Days]);
        assert_eq!(Ok(made), "X({field},{days})".parse());
    }

    #[test]
    fn what_is_no_template() {
        for text in ["{", "}", "a{course", "course}", "{course}}"] {
            let error = TemplateError::Brace(text.to_owned());
            assert_eq!(text.parse::<Template>(), Err(error));
        }
        let sentence = "x{Course}".parse::<Template>().unwrap_err().to_string();
        assert!(sentence.starts_with("`{Course}` is no placeholder; there are `{organisation}`, "));
    }
}
