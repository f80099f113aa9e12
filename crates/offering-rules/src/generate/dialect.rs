//! How commands are spelled.

use super::command::{Command, RuleSet};
use super::placeholder::{Placeholder, Template, TemplateError, list};
use super::render::is_bare;
use crate::predicate::Predicate;

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

/// A command that has a spelling of its own.
///
/// Arguments can have `{organisation}` and, apart from those of `Pause` and `Continue`, `{course}` and
/// `{course_below}`: the path below the organisation, or the full path where it is not below it. Those that
/// add or delete can have `{mark}`; those that add have `{expression}`; that of `ReEvaluate` can have `{kind}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum CommandName {
    /// [`Command::Pause`]
    Pause,
    /// [`Command::Continue`]
    Continue,
    /// [`Command::ReEvaluate`]
    ReEvaluate,
    /// [`Command::Delete`] of [`RuleSet::Registration`]
    DeleteRegistration,
    /// [`Command::Delete`] of [`RuleSet::DeRegistration`]
    DeleteDeRegistration,
    /// [`Command::Delete`] of [`RuleSet::Instructor`]
    DeleteInstructor,
    /// [`Command::Delete`] of [`RuleSet::RemoveInstructor`]
    DeleteRemoveInstructor,
    /// [`Command::Add`] to [`RuleSet::Registration`]
    AddRegistration,
    /// [`Command::Add`] to [`RuleSet::DeRegistration`]
    AddDeRegistration,
    /// [`Command::Add`] to [`RuleSet::Instructor`]
    AddInstructor,
    /// [`Command::Add`] to [`RuleSet::RemoveInstructor`]
    AddRemoveInstructor,
}

/// A predicate whose arguments are not documented, so that a dialect can spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum PredicateName {
    /// [`Predicate::CertificateWillExpire`] with a period: `{certificate}`, `{period}`
    CertificateWillExpire,
    /// [`Predicate::CertificateWillExpire`] without one: `{certificate}`
    CertificateWillExpireOnDay,
    /// [`Predicate::CertificateWillExpireInCourse`]: `{course}`, `{certificate}`, `{period}`
    CertificateWillExpireInCourse,
    /// [`Predicate::ProfileChangedSinceLastCompletion`]: `{field}`
    ProfileChangedSinceLastCompletion,
    /// [`Predicate::OrgProfileDateWithin`]: `{field}`, `{days}`
    OrgProfileDateWithin,
    /// [`Predicate::TypeOfMostRecentlyCompletedRegistration`]: `{kinds}`, with `|` between them
    TypeOfMostRecentlyCompletedRegistration,
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

impl CommandName {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Pause,
        Self::Continue,
        Self::ReEvaluate,
        Self::DeleteRegistration,
        Self::DeleteDeRegistration,
        Self::DeleteInstructor,
        Self::DeleteRemoveInstructor,
        Self::AddRegistration,
        Self::AddDeRegistration,
        Self::AddInstructor,
        Self::AddRemoveInstructor,
    ];

    /// Which spelling a command has.
    pub const fn of(command: &Command) -> Self {
        match command {
            Command::Pause => Self::Pause,
            Command::Continue => Self::Continue,
            Command::ReEvaluate { .. } => Self::ReEvaluate,
            Command::Delete { rules, .. } => match rules {
                RuleSet::Registration => Self::DeleteRegistration,
                RuleSet::DeRegistration => Self::DeleteDeRegistration,
                RuleSet::Instructor => Self::DeleteInstructor,
                RuleSet::RemoveInstructor => Self::DeleteRemoveInstructor,
            },
            Command::Add { rules, .. } => match rules {
                RuleSet::Registration => Self::AddRegistration,
                RuleSet::DeRegistration => Self::AddDeRegistration,
                RuleSet::Instructor => Self::AddInstructor,
                RuleSet::RemoveInstructor => Self::AddRemoveInstructor,
            },
        }
    }

    /// Name, arguments, and whether they are documented.
    const fn known(self) -> (&'static str, &'static [Placeholder], bool) {
        use Placeholder as P;
        const DELETE: &[P] = &[P::Organisation, P::Course, P::Mark];
        const ADD: &[P] = &[P::Organisation, P::Course, P::Expression, P::Mark];
        match self {
            Self::Pause => ("PauseAutomaticOfferingRuleProcessing", &[], true),
            Self::Continue => ("ContinueAutomaticOfferingRuleProcessing", &[], true),
            Self::ReEvaluate => (
                "ReEvaluateOfferingRulesByCoursePathMatch",
                &[P::Kind, P::Organisation, P::CourseBelow],
                true,
            ),
            Self::DeleteRegistration => ("deleteRegisterStudentRules", DELETE, false),
            Self::DeleteDeRegistration => ("deleteDeregisterStudentRules", DELETE, false),
            Self::DeleteInstructor => ("deleteInstructorRules", DELETE, false),
            Self::DeleteRemoveInstructor => ("deleteRemoveInstructorRules", DELETE, false),
            Self::AddRegistration => ("addRegisterStudentRule", ADD, true),
            Self::AddDeRegistration => ("addDeregisterStudentRule", ADD, false),
            Self::AddInstructor => ("addInstructorRule", ADD, false),
            Self::AddRemoveInstructor => ("addRemoveInstructorRule", ADD, false),
        }
    }

    fn spelling(self) -> CommandSpelling {
        let (name, arguments, verified) = self.known();
        let arguments = arguments.iter().map(|&argument| Template::just(argument)).collect();
        CommandSpelling { name: name.to_owned(), arguments, verified }
    }

    const fn allowed(self) -> &'static [Placeholder] {
        use Placeholder as P;
        match self {
            Self::Pause | Self::Continue => &[P::Organisation],
            Self::ReEvaluate => &[P::Organisation, P::Course, P::CourseBelow, P::Kind],
            Self::DeleteRegistration
            | Self::DeleteDeRegistration
            | Self::DeleteInstructor
            | Self::DeleteRemoveInstructor => {
                &[P::Organisation, P::Course, P::CourseBelow, P::Mark]
            }
            Self::AddRegistration
            | Self::AddDeRegistration
            | Self::AddInstructor
            | Self::AddRemoveInstructor => {
                &[P::Organisation, P::Course, P::CourseBelow, P::Expression, P::Mark]
            }
        }
    }

    fn check(self, spelling: &CommandSpelling) -> Result<(), DialectError> {
        let name = &spelling.name;
        if !is_bare(name) {
            return Err(DialectError::Name(name.clone()));
        }
        let allowed = self.allowed();
        for argument in &spelling.arguments {
            if argument.to_string().is_empty() {
                return Err(DialectError::Empty(name.clone()));
            }
            only(argument, allowed)?;
        }
        // An argument that may be left out does not count.
        let counts =
            |argument: &&Template| argument.placeholders().all(|found| found != Placeholder::Mark);
        let needs = |needed: &[Placeholder]| {
            let mut found =
                spelling.arguments.iter().filter(counts).flat_map(Template::placeholders);
            let is_needed = allowed.contains(&needed[0]);
            if !is_needed || found.any(|found| needed.contains(&found)) {
                return Ok(());
            }
            Err(DialectError::Missing { needed: list(needed), name: name.clone() })
        };
        needs(&[Placeholder::Course, Placeholder::CourseBelow])?;
        needs(&[Placeholder::Expression])
    }
}

impl PredicateName {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::CertificateWillExpire,
        Self::CertificateWillExpireOnDay,
        Self::CertificateWillExpireInCourse,
        Self::ProfileChangedSinceLastCompletion,
        Self::OrgProfileDateWithin,
        Self::TypeOfMostRecentlyCompletedRegistration,
    ];

    /// The spelling that a predicate has; `None` where it is documented.
    pub const fn of(predicate: &Predicate) -> Option<Self> {
        Some(match predicate {
            Predicate::CertificateWillExpire { before: Some(_), .. } => Self::CertificateWillExpire,
            Predicate::CertificateWillExpire { before: None, .. } => {
                Self::CertificateWillExpireOnDay
            }
            Predicate::CertificateWillExpireInCourse { .. } => Self::CertificateWillExpireInCourse,
            Predicate::ProfileChangedSinceLastCompletion(_) => {
                Self::ProfileChangedSinceLastCompletion
            }
            Predicate::OrgProfileDateWithin { .. } => Self::OrgProfileDateWithin,
            Predicate::TypeOfMostRecentlyCompletedRegistration(_) => {
                Self::TypeOfMostRecentlyCompletedRegistration
            }
            _ => return None,
        })
    }

    const fn known(self) -> (&'static str, &'static [Placeholder]) {
        use Placeholder as P;
        match self {
            Self::CertificateWillExpire => ("CertificateWillExpire", &[P::Certificate, P::Period]),
            Self::CertificateWillExpireOnDay => ("CertificateWillExpire", &[P::Certificate]),
            Self::CertificateWillExpireInCourse => {
                ("CertificateWillExpireInCourse", &[P::Course, P::Certificate, P::Period])
            }
            Self::ProfileChangedSinceLastCompletion => {
                ("ProfileChangedSinceLastCompletion", &[P::Field])
            }
            Self::OrgProfileDateWithin => ("OrgProfileDateWithin", &[P::Field, P::Days]),
            Self::TypeOfMostRecentlyCompletedRegistration => {
                ("TypeOfMostRecentlyCompletedRegistration", &[P::Kinds])
            }
        }
    }

    fn template(self) -> Template {
        let (name, arguments) = self.known();
        Template::predicate(name, arguments)
    }

    fn check(self, template: &Template) -> Result<(), DialectError> {
        let (name, arguments) = self.known();
        only(template, arguments)?;
        let is_there =
            |needed: &&Placeholder| template.placeholders().any(|found| found == **needed);
        match arguments.iter().find(|needed| !is_there(needed)) {
            Some(&needed) => {
                Err(DialectError::Missing { needed: list(&[needed]), name: name.to_owned() })
            }
            None => Ok(()),
        }
    }
}

fn only(template: &Template, allowed: &[Placeholder]) -> Result<(), DialectError> {
    match template.placeholders().find(|found| !allowed.contains(found)) {
        Some(placeholder) => Err(DialectError::Misplaced {
            placeholder: placeholder.to_string(),
            template: template.to_string(),
            allowed: list(allowed),
        }),
        None => Ok(()),
    }
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

#[cfg(feature = "serde")]
mod json {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use super::{CommandName, DialectError, PredicateName, Template};

    #[derive(Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    pub(super) struct Dialect {
        commands: BTreeMap<CommandName, Spelling>,
        predicates: BTreeMap<PredicateName, Template>,
        mark: Option<String>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Spelling {
        name: Option<String>,
        arguments: Option<Vec<Template>>,
        verified: Option<bool>,
    }

    impl Default for Dialect {
        /// Nothing is changed.
        fn default() -> Self {
            let mark = super::Dialect::default().mark;
            Self { commands: BTreeMap::new(), predicates: BTreeMap::new(), mark }
        }
    }

    impl TryFrom<Dialect> for super::Dialect {
        type Error = DialectError;

        fn try_from(json: Dialect) -> Result<Self, DialectError> {
            let mut dialect = Self::default().with_mark(json.mark);
            for (command, changed) in json.commands {
                let mut spelling = dialect.command(command).clone();
                let is_changed = changed.name.is_some() || changed.arguments.is_some();
                spelling.verified = changed.verified.unwrap_or(spelling.verified && !is_changed);
                spelling.name = changed.name.unwrap_or(spelling.name);
                spelling.arguments = changed.arguments.unwrap_or(spelling.arguments);
                dialect = dialect.with_command(command, spelling)?;
            }
            for (predicate, template) in json.predicates {
                dialect = dialect.with_predicate(predicate, template)?;
            }
            Ok(dialect)
        }
    }

    impl From<super::Dialect> for Dialect {
        fn from(dialect: super::Dialect) -> Self {
            let commands = dialect.commands.map(|spelling| Spelling {
                name: Some(spelling.name),
                arguments: Some(spelling.arguments),
                verified: Some(spelling.verified),
            });
            Self {
                commands: CommandName::ALL.into_iter().zip(commands).collect(),
                predicates: PredicateName::ALL.into_iter().zip(dialect.predicates).collect(),
                mark: dialect.mark,
            }
        }
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
