//! What all decisions need: settings, what exists, and where actions and findings go.

use std::borrow::Cow;

use edu_diagnostics::{Diagnostic, Position, Sink, Span};
use edu_syntax::xml::Text;

use super::{Action, Mode, Settings, State, Step, Word};
use crate::codes::{Coded, RecStatus, SourcedIdType};
use crate::model::SourcedId;

/// Gives a span of the text its bytes of the original and its line and column.
pub(super) type Place<'p> = &'p mut dyn FnMut(Span) -> (Span, Position);

/// What one record is decided with.
pub(super) struct Context<'c, S> {
    pub(super) settings: &'c Settings,
    pub(super) mode: Mode,
    pub(super) state: &'c mut S,
    pub(super) place: Place<'c>,
    pub(super) take: &'c mut dyn FnMut(&Action<'_>),
    pub(super) sink: &'c mut dyn Sink,
}

impl<S: State> Context<'_, S> {
    pub(super) fn is_fixed(&self) -> bool {
        self.mode == Mode::Fixed
    }

    /// Decides a step: it is applied, and handed out.
    pub(super) fn act<'a>(&mut self, at: Span, step: Step<'a>, reason: impl Into<Word<'a>>) {
        let (span, position) = (self.place)(at);
        let action = Action { step, reason: reason.into(), line: position.line, span };
        self.state.apply(&action);
        (self.take)(&action);
    }

    /// Decides that nothing is done.
    pub(super) fn skip<'a>(
        &mut self,
        at: Span,
        record: &'static str,
        id: &'a str,
        course: &'a str,
        reason: impl Into<Word<'a>>,
    ) {
        let step = Step::Skip { record, id: id.into(), course: course.into() };
        self.act(at, step, reason);
    }

    /// Says how Moodle's decision differs from what is expected; its text has no place yet.
    pub(super) fn note(&mut self, at: Span, finding: Diagnostic) {
        let (span, position) = (self.place)(at);
        let mut finding = finding.at(span);
        finding.position = Some(position);
        self.sink.report(finding);
    }
}

/// A text without what PHP's `trim` takes away.
pub(super) fn trimmed<'t>(text: &Text<'t>) -> Cow<'t, str> {
    match text.value() {
        Cow::Borrowed(value) => Cow::Borrowed(trim(value)),
        Cow::Owned(value) if trim(&value).len() == value.len() => Cow::Owned(value),
        Cow::Owned(value) => Cow::Owned(trim(&value).to_owned()),
    }
}

pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r', '\0', '\x0B'])
}

/// An item that counts only where something stands in it.
pub(super) fn filled<'t>(text: Option<&Text<'t>>) -> Option<Cow<'t, str>> {
    text.filter(|text| !text.value().is_empty()).map(trimmed)
}

/// The id by which a record is known: a plain one, else one that is not the old one of a change. A blank one
/// is none.
pub(super) fn id<'t>(sourcedids: &[SourcedId<'t>]) -> Option<Cow<'t, str>> {
    let is_old = |sourcedid: &&SourcedId<'t>| {
        sourcedid.sourcedidtype.is_some_and(|kind| kind.code() == SourcedIdType::Old)
    };
    let plain = sourcedids.iter().find(|sourcedid| sourcedid.sourcedidtype.is_none());
    let newer = || sourcedids.iter().find(|sourcedid| !is_old(sourcedid));
    let found = plain.or_else(newer).or_else(|| sourcedids.first())?;
    found.id.as_ref().map(trimmed).filter(|id| !id.is_empty())
}

/// The one digit of a `recstatus`; 0 where there is another text or none. In fixed mode every spelling counts
/// that stands for a code.
pub(super) fn recstatus(status: Option<Coded<'_, RecStatus>>, is_fixed: bool) -> u8 {
    let Some(status) = status else { return 0 };
    match (status.value().as_bytes(), status.code()) {
        ([digit @ b'0'..=b'9'], _) => digit - b'0',
        (_, RecStatus::Update) if is_fixed => 2,
        (_, RecStatus::Delete) if is_fixed => 3,
        _ => 0,
    }
}
