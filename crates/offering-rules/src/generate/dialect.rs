//! How commands are spelled.

#[cfg(feature = "serde")]
mod json;
mod names;

use super::placeholder::{Template, TemplateError};

pub use names::{CommandName, PredicateName};

/// The spelling of commands and predicates.
///
/// The default is what is known of the LMS's client commands. Most names are not documented: those have
/// [`verified`](CommandSpelling::verified) unset, and have to be compared with a live system before anything
/// is executed.
///
/// As JSON it has the members `commands`, `predicates` and `mark`, and what is not named in it is as in the
/// default; of a command that is changed without a word on `verified`, the spelling is not verified. Unknown
/// members and placeholders are refused.
///
/// ```
/// # #[cfg(feature = "serde")] {
/// let json = r#"{"commands": {"add_instructor": {"name": "addTutorRule"}}, "mark": null}"#;
/// let dialect: offering_rules::Dialect = serde_json::from_str(json).unwrap();
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "json::Dialect", into = "json::Dialect"))]
#[must_use]
pub struct Dialect {
    /// In the order of [`CommandName::ALL`].
    commands: [CommandSpelling; CommandName::ALL.len()],
    /// In the order of [`PredicateName::ALL`].
    predicates: [Template; PredicateName::ALL.len()],
    mark: Option<String>,
}

/// The spelling of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandSpelling {
    /// Name: letters, digits and `/ . _ - :`.
    pub name: String,
    /// What stands behind the name. An argument with `{mark}` is left out where there is no mark.
    pub arguments: Vec<Template>,
    /// Whether the spelling is known from the documentation or a live system.
    pub verified: bool,
}

/// A spelling cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DialectError {
    /// The name of a command is empty, or would have to be quoted.
    #[error("`{0}` cannot be the name of a command: it needs letters, digits and `/ . _ - :` only")]
    Name(String),
    /// An argument of a command has nothing in it.
    #[error("an argument of `{0}` is empty")]
    Empty(String),
    /// A placeholder has no meaning here.
    #[error("`{placeholder}` has no meaning in `{template}`; there are {allowed}")]
    Misplaced {
        /// The placeholder.
        placeholder: String,
        /// Where it stands.
        template: String,
        /// Those with a meaning.
        allowed: String,
    },
    /// A placeholder is needed: without it rules would be for more users, or courses, than meant.
    #[error("{needed} is needed in the spelling of `{name}`")]
    Missing {
        /// The placeholder, or those of which one is needed.
        needed: String,
        /// The command or predicate.
        name: String,
    },
    /// A text is no template.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            commands: CommandName::ALL.map(CommandName::spelling),
            predicates: PredicateName::ALL.map(PredicateName::template),
            mark: Some("AUTO".to_owned()),
        }
    }
}

impl Dialect {
    /// The spelling of a command.
    pub fn command(&self, name: CommandName) -> &CommandSpelling {
        &self.commands[name as usize]
    }

    /// The spelling of a predicate.
    pub fn predicate(&self, name: PredicateName) -> &Template {
        &self.predicates[name as usize]
    }

    /// The mark of rules that were made by a program, in commands that have `{mark}`. Its default `AUTO` is
    /// not verified.
    pub fn mark(&self) -> Option<&str> {
        self.mark.as_deref()
    }

    /// Spells a command otherwise.
    ///
    /// # Errors
    ///
    /// When the spelling cannot be used for the command.
    pub fn with_command(
        mut self,
        name: CommandName,
        spelling: CommandSpelling,
    ) -> Result<Self, DialectError> {
        name.check(&spelling)?;
        self.commands[name as usize] = spelling;
        Ok(self)
    }

    /// Spells a predicate otherwise.
    ///
    /// # Errors
    ///
    /// When the template has placeholders that the predicate does not have, or lacks one.
    pub fn with_predicate(
        mut self,
        name: PredicateName,
        template: Template,
    ) -> Result<Self, DialectError> {
        name.check(&template)?;
        self.predicates[name as usize] = template;
        Ok(self)
    }

    /// Marks rules otherwise, or not at all.
    pub fn with_mark(self, mark: Option<String>) -> Self {
        Self { mark, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_stand_where_they_are_looked_for() {
        for (number, name) in CommandName::ALL.into_iter().enumerate() {
            assert_eq!(name as usize, number);
            assert_eq!(Dialect::default().command(name), &name.spelling());
            assert_eq!(name.check(&name.spelling()), Ok(()));
        }
        for (number, name) in PredicateName::ALL.into_iter().enumerate() {
            assert_eq!(name as usize, number);
            assert_eq!(Dialect::default().predicate(name), &name.template());
            assert_eq!(name.check(&name.template()), Ok(()));
        }
    }
}
