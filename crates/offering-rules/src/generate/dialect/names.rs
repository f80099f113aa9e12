//! What a dialect can spell, and which placeholders it has.

use super::{CommandSpelling, DialectError};
use crate::generate::command::{Command, RuleSet};
use crate::generate::placeholder::{Placeholder, Template, list};
use crate::predicate::Predicate;

/// A command that has a spelling of its own.
///
/// Arguments can have `{organisation}` and, apart from those of `Pause` and `Continue`, `{course}` and
/// `{course_below}`: the path below the organisation, or the full path where it is not below it or the rest
/// begins with `-`. Those that add or delete can have `{mark}`; those that add have `{expression}`; that of `ReEvaluate` can have `{kind}`.
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

    pub(super) fn spelling(self) -> CommandSpelling {
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

    pub(super) fn check(self, spelling: &CommandSpelling) -> Result<(), DialectError> {
        let name = &spelling.name;
        if !is_name(name) {
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

    pub(super) fn template(self) -> Template {
        let (name, arguments) = self.known();
        Template::predicate(name, arguments)
    }

    pub(super) fn check(self, template: &Template) -> Result<(), DialectError> {
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

/// Whether a text can be the name of a command.
fn is_name(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-:".contains(c);
    !text.is_empty() && text.chars().all(is_plain)
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
