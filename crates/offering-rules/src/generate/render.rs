//! From commands to the lines that are pasted into the LMS.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::command::Command;
use super::dialect::{CommandName, Dialect, PredicateName};
use super::placeholder::{Placeholder, Template};
use crate::codes::RegistrationKind;
use crate::expression::{Expression, is_in_name};
use crate::path::CoursePath;
use crate::predicate::{Part, Predicate, Term};
use crate::reserved::{reserved, unquotable};

/// A command cannot be written: it would be another command, or several.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {what} {text:?} cannot be written into a command: it {reason}")]
pub struct RenderError {
    /// What the text is.
    pub what: &'static str,
    /// The text.
    pub text: String,
    /// What stands in the way.
    pub reason: Unrenderable,
}

/// Why a text cannot be written into a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unrenderable {
    /// It holds a character that has a meaning there.
    #[error("holds {0:?}")]
    Character(char),
    /// There is nothing in it. An expression without terms would hold for everybody.
    #[error("is empty")]
    Empty,
    /// Programs remove white space at the ends, or keep it.
    #[error("begins or ends with white space")]
    Blank,
    /// Paths are full paths.
    #[error("is no full path")]
    Path,
    /// It would be a switch.
    #[error("begins with `-`")]
    Switch,
}

impl Dialect {
    /// The commands as the client takes them: one a line, each line ending with LF.
    ///
    /// Arguments of letters, digits and `/ . _ - : + & @ # % = ~` are bare, all others are in double quotes.
    ///
    /// # Errors
    ///
    /// When a text holds a character that has a meaning in a rule or a command, has white space at an end,
    /// or is missing; when a path is no full path. Nothing of the kind is in the commands that a
    /// [`Generator`](crate::Generator) makes of a matrix as it was read. When an argument begins with `-` that
    /// does not in the template.
    pub fn render(
        &self,
        organisation: &CoursePath,
        commands: &[Command],
    ) -> Result<String, RenderError> {
        check_path("organisation", organisation)?;
        let (mut lines, mut expression) = (String::new(), String::new());
        for command in commands {
            expression.clear();
            if let Command::Add { expression: added, .. } = command {
                self.push_expression(added, &mut expression)?;
            }
            self.push_line(organisation, command, &expression, &mut lines)?;
        }
        Ok(lines)
    }

    fn push_line(
        &self,
        organisation: &CoursePath,
        command: &Command,
        expression: &str,
        out: &mut String,
    ) -> Result<(), RenderError> {
        let course = command.course();
        if let Some(course) = course {
            check_path("course", course)?;
        }
        let spelling = self.command(CommandName::of(command));
        out.push_str(&spelling.name);
        for argument in &spelling.arguments {
            let filled = argument.fill(|placeholder| match placeholder {
                Placeholder::Organisation => Some(organisation.as_str().into()),
                Placeholder::Course => course.map(|course| course.as_str().into()),
                Placeholder::CourseBelow => course.map(|course| below(course, organisation).into()),
                Placeholder::Expression => Some(expression.into()),
                Placeholder::Mark => self.mark().map(Cow::Borrowed),
                Placeholder::Kind => match command {
                    Command::ReEvaluate { kind, .. } => Some(kind.as_str().into()),
                    _ => None,
                },
                _ => None,
            });
            // Only a mark may be missing.
            if let Some(text) = filled {
                push_argument(argument, &text, out)?;
            }
        }
        out.push('\n');
        Ok(())
    }

    fn push_expression(
        &self,
        expression: &Expression,
        out: &mut String,
    ) -> Result<(), RenderError> {
        if expression.terms.is_empty() {
            return Err(refused("expression", "", Unrenderable::Empty));
        }
        for (number, term) in expression.terms.iter().enumerate() {
            check_predicate(&term.predicate)?;
            out.push_str(if number == 0 { "" } else { ";" });
            self.push_term(term, out);
        }
        Ok(())
    }

    fn push_term(&self, term: &Term, out: &mut String) {
        let template = PredicateName::of(&term.predicate).map(|name| self.predicate(name));
        let spelled = template.and_then(|template| {
            template.fill(|placeholder| argument_of(&term.predicate, placeholder))
        });
        // Writing to a `String` cannot fail.
        let _ = match spelled {
            Some(spelled) => write!(out, "{}{spelled}", if term.is_negated { "!" } else { "" }),
            None => write!(out, "{term}"),
        };
    }
}

/// What a predicate has for a placeholder.
fn argument_of(predicate: &Predicate, placeholder: Placeholder) -> Option<Cow<'_, str>> {
    match (predicate, placeholder) {
        (
            Predicate::CertificateWillExpire { certificate, .. }
            | Predicate::CertificateWillExpireInCourse { certificate, .. },
            Placeholder::Certificate,
        ) => Some(certificate.as_str().into()),
        (Predicate::CertificateWillExpire { before, .. }, Placeholder::Period) => {
            before.map(|before| before.to_string().into())
        }
        (Predicate::CertificateWillExpireInCourse { before, .. }, Placeholder::Period) => {
            Some(before.to_string().into())
        }
        (Predicate::CertificateWillExpireInCourse { course, .. }, Placeholder::Course) => {
            Some(course.as_str().into())
        }
        (
            Predicate::ProfileChangedSinceLastCompletion(field)
            | Predicate::OrgProfileDateWithin { field, .. },
            Placeholder::Field,
        ) => Some(field.as_str().into()),
        (Predicate::OrgProfileDateWithin { days, .. }, Placeholder::Days) => {
            Some(days.to_string().into())
        }
        (Predicate::TypeOfMostRecentlyCompletedRegistration(kinds), Placeholder::Kinds) => {
            let kinds: Vec<_> = kinds.iter().map(RegistrationKind::as_str).collect();
            Some(kinds.join("|").into())
        }
        _ => None,
    }
}

fn refused(what: &'static str, text: &str, reason: Unrenderable) -> RenderError {
    RenderError { what, text: text.to_owned(), reason }
}

/// Refuses a text that would be more than a text in a rule.
fn check_text(what: &'static str, text: &str) -> Result<(), RenderError> {
    let reason = if let Some(character) = reserved(text) {
        Unrenderable::Character(character)
    } else if text.is_empty() {
        Unrenderable::Empty
    } else if text.trim() != text {
        Unrenderable::Blank
    } else {
        return Ok(());
    };
    Err(refused(what, text, reason))
}

fn check_path(what: &'static str, path: &CoursePath) -> Result<(), RenderError> {
    check_text(what, path.as_str())?;
    if path.is_well_formed() {
        Ok(())
    } else {
        Err(refused(what, path.as_str(), Unrenderable::Path))
    }
}

fn check_predicate(predicate: &Predicate) -> Result<(), RenderError> {
    let empty = |what| Err(refused(what, "", Unrenderable::Empty));
    match predicate {
        Predicate::Other { name, arguments } => return check_other(name, arguments),
        Predicate::ProfileValueIn { values, .. } if values.is_empty() => {
            return empty("profile value");
        }
        Predicate::TypeOfMostRecentlyCompletedRegistration(kinds) if kinds.is_empty() => {
            return empty("kind of registration");
        }
        _ => {}
    }
    predicate.try_parts(|part| match part {
        Part::Course(course) => check_path("course", course),
        Part::Text(what, text) => check_text(what, text),
    })
}

/// The meaning of the arguments is not known: they may be missing, and have white space around them.
fn check_other(name: &str, arguments: &str) -> Result<(), RenderError> {
    let reason = match name.chars().find(|&c| !is_in_name(c)) {
        Some(character) => Some(Unrenderable::Character(character)),
        None => name.is_empty().then_some(Unrenderable::Empty),
    };
    if let Some(reason) = reason {
        return Err(refused("predicate", name, reason));
    }
    let mut texts = arguments.split([',', '|']).map(str::trim).filter(|text| !text.is_empty());
    texts.try_for_each(|text| check_text("argument", text))
}

/// A course below an organisation, or its full path: also where the rest would be taken for a switch.
fn below<'c>(course: &'c CoursePath, organisation: &CoursePath) -> &'c str {
    let below = course.below(organisation).filter(|below| !below.starts_with('-'));
    below.unwrap_or(course.as_str())
}

/// Whether a text can be an argument without quotes.
fn is_bare(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-:+&@#%=~".contains(c);
    text.chars().all(is_plain)
}

fn push_argument(template: &Template, text: &str, out: &mut String) -> Result<(), RenderError> {
    let reason = if let Some(character) = unquotable(text) {
        Unrenderable::Character(character)
    } else if text.is_empty() {
        Unrenderable::Empty
    } else if text.starts_with('-') && !template.starts_with('-') {
        // The dialect may have switches, data may not.
        Unrenderable::Switch
    } else {
        let quote = if is_bare(text) { "" } else { "\"" };
        out.extend([" ", quote, text, quote]);
        return Ok(());
    };
    Err(refused("argument", text, reason))
}
