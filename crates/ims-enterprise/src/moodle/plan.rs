//! From a file to actions.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead};

use edu_diagnostics::{Diagnostic, Severity, Sink, Span};
use edu_syntax::Decoded;
use edu_syntax::xml::Text;

use super::context::{Context, Place, recstatus, trim, trimmed};
use super::membership::Current;
use super::settings::is_set;
use super::{Action, Settings, State, Step, group, membership, person};
use crate::error::{ReadError, StreamError};
use crate::model::{Properties, Record};
use crate::read::ImsReader;
use crate::rules;

/// Whose decisions are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// Moodle's own, odd ones included, in the order of the file.
    #[default]
    Compat,
    /// Those that are expected: no enrolment ends because a status is missing, roles are replaced and not
    /// added, no id number is taken over, a record with an error is left alone, and the order of the records
    /// does not count.
    Fixed,
}

/// Plans what an import does. The value is its own configuration.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Planner {
    settings: Settings,
    mode: Mode,
    reader: ImsReader,
}

/// Which records a pass over the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    All,
    Properties,
    Groups,
    /// Persons to be deleted: their names are free then.
    Deletions,
    /// All others.
    Persons,
    Memberships,
}

impl Pass {
    fn takes(self, record: &Record<'_>) -> bool {
        match record {
            Record::Properties(_) => matches!(self, Self::All | Self::Properties),
            Record::Group(_) => matches!(self, Self::All | Self::Groups),
            Record::Person(person) => match self {
                Self::All => true,
                Self::Deletions => recstatus(person.recstatus, true) == 3,
                Self::Persons => recstatus(person.recstatus, true) != 3,
                Self::Properties | Self::Groups | Self::Memberships => false,
            },
            Record::Membership(_)
            | Record::MembershipMore(_)
            | Record::Member(_)
            | Record::MembershipEnd => matches!(self, Self::All | Self::Memberships),
            Record::Comments(_) | Record::Unknown(_) | Record::Text(_) => false,
        }
    }
}

impl Planner {
    /// A planner in [`Mode::Compat`].
    pub fn new(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Takes the decisions of this mode.
    pub fn with_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// Reads with this reader, of which rules and limits count. By default the rules over each record run,
    /// and those over the whole file.
    pub fn with_reader(self, reader: ImsReader) -> Self {
        Self { reader, ..self }
    }

    /// The passes over the file: where the order of the records does not count there is one for each kind.
    fn passes(&self) -> &'static [Pass] {
        match self.mode {
            Mode::Compat => &[Pass::All],
            Mode::Fixed if is_set(&self.settings.imsrestricttarget) => {
                &[Pass::Properties, Pass::Groups, Pass::Deletions, Pass::Persons, Pass::Memberships]
            }
            Mode::Fixed => &[Pass::Groups, Pass::Deletions, Pass::Persons, Pass::Memberships],
        }
    }

    /// Plans the import of a text. Each action is applied to `state` and handed to `take`; findings, those of
    /// the reading and those about the decisions, go to the sink.
    ///
    /// # Errors
    ///
    /// When the reading ends early; the actions so far have been handed out.
    pub fn plan<S: State>(
        &self,
        text: &Decoded<'_>,
        state: &mut S,
        sink: &mut dyn Sink,
        mut take: impl FnMut(&Action<'_>),
    ) -> Result<(), ReadError> {
        let ears = Ears::new(sink);
        let mut run = Run::new(self, state, &mut take);
        if run.is_refused(&ears) {
            return Ok(());
        }
        for (number, pass) in self.passes().iter().enumerate() {
            ears.is_first_pass.set(number == 0);
            run.pass = *pass;
            let mut hear = |finding: Diagnostic| ears.hear(finding);
            let mut records = self.reader.clone().for_text(text, &mut hear);
            while let Some(record) = records.next().transpose()? {
                run.record(&record, &mut |span| records.place(span), &ears);
                if run.is_over {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// As [`plan`](Self::plan), of a stream: memory does not grow with the file, but for what the rules over
    /// the whole file keep. `open` opens it, anew for each pass; [`Mode::Compat`] has one.
    ///
    /// # Errors
    ///
    /// When the input cannot be opened or read, or the reading ends early.
    pub fn plan_reader<S: State, R: BufRead>(
        &self,
        mut open: impl FnMut() -> io::Result<R>,
        state: &mut S,
        sink: &mut dyn Sink,
        mut take: impl FnMut(&Action<'_>),
    ) -> Result<(), StreamError> {
        let ears = Ears::new(sink);
        let mut run = Run::new(self, state, &mut take);
        if run.is_refused(&ears) {
            return Ok(());
        }
        for (number, pass) in self.passes().iter().enumerate() {
            ears.is_first_pass.set(number == 0);
            run.pass = *pass;
            let mut hear = |finding: Diagnostic| ears.hear(finding);
            let mut stream = self.reader.clone().for_reader(open()?, &mut hear);
            while !run.is_over
                && stream.next_placed(|record, place| run.record(&record, place, &ears))?.is_some()
            {
            }
        }
        Ok(())
    }
}

/// Hears what the reader finds, and passes it on.
struct Ears<'s> {
    sink: RefCell<&'s mut dyn Sink>,
    /// What is found in a later pass has been said.
    is_first_pass: Cell<bool>,
    /// Where errors have been found since the last record.
    errors: RefCell<Vec<Span>>,
}

impl<'s> Ears<'s> {
    fn new(sink: &'s mut dyn Sink) -> Self {
        Self {
            sink: RefCell::new(sink),
            is_first_pass: Cell::new(true),
            errors: RefCell::default(),
        }
    }

    fn hear(&self, finding: Diagnostic) {
        // What is between records depends on their order; the state tells what is taken.
        let is_between = finding.rule.code.starts_with("IE-K");
        if finding.severity == Severity::Error && !is_between {
            self.errors.borrow_mut().extend(finding.span);
        }
        if self.is_first_pass.get() {
            self.sink.borrow_mut().report(finding);
        }
    }
}

/// A plan on its way.
struct Run<'p, S: State> {
    planner: &'p Planner,
    state: &'p mut S,
    take: &'p mut dyn FnMut(&Action<'_>),
    pass: Pass,
    current: Option<Current<S::Course>>,
    /// The file is for another target: nothing more is done.
    is_over: bool,
}

impl<'p, S: State> Run<'p, S> {
    fn new(planner: &'p Planner, state: &'p mut S, take: &'p mut dyn FnMut(&Action<'_>)) -> Self {
        Self { planner, state, take, pass: Pass::All, current: None, is_over: false }
    }

    /// Whether the settings contradict each other, so that Moodle does nothing at all.
    fn is_refused(&mut self, ears: &Ears<'_>) -> bool {
        let settings = &self.planner.settings;
        let is_refused = settings.categoryidnumber && !is_set(trim(&settings.categoryseparator));
        if is_refused {
            ears.sink.borrow_mut().report(Diagnostic::new(&rules::NO_SEPARATOR));
            let step = Step::Skip { record: "file", id: "".into(), course: "".into() };
            let reason =
                "categoryidnumber is on, and categoryseparator is empty: nothing is processed";
            (self.take)(&Action { step, reason: reason.into(), line: 1, span: Span::empty(0) });
        }
        is_refused
    }

    fn record(&mut self, record: &Record<'_>, place: Place<'_>, ears: &Ears<'_>) {
        let errors = ears.errors.take();
        if self.is_over || !self.pass.takes(record) {
            return;
        }
        let has_error = !errors.is_empty() && {
            let (inside, _) =
                place(record.element().map(|element| element.span()).unwrap_or_default());
            errors.iter().any(|error| inside.start <= error.start && error.start <= inside.end)
        };
        let mut sink = ears.sink.borrow_mut();
        let mut context = Context {
            settings: &self.planner.settings,
            mode: self.planner.mode,
            state: &mut *self.state,
            place,
            take: &mut *self.take,
            sink: &mut **sink,
        };
        if has_error && context.is_fixed() && !matches!(record, Record::Properties(_)) {
            let course = self.current.as_ref().map_or("", |current| current.code.as_str());
            refuse(&mut context, record, course);
            if matches!(record, Record::Membership(_)) {
                self.current = None;
            }
            return;
        }
        match record {
            Record::Properties(properties) => {
                self.is_over = !is_for_us(&mut context, properties);
            }
            Record::Person(person) => person::person(&mut context, person),
            Record::Group(group) => group::group(&mut context, group),
            Record::Membership(membership) => {
                self.current = Some(membership::begin(&mut context, membership));
            }
            Record::Member(member) => {
                if let Some(current) = &self.current {
                    membership::member(&mut context, current, member);
                }
            }
            Record::MembershipEnd => self.current = None,
            _ => {}
        }
    }
}

/// Leaves a record alone in which an error was found.
fn refuse<S: State>(context: &mut Context<'_, S>, record: &Record<'_>, course: &str) {
    let (kind, course) = match record {
        Record::Person(_) => ("person", ""),
        Record::Group(_) => ("group", ""),
        Record::Membership(_) => ("membership", ""),
        Record::Member(_) => ("member", course),
        _ => return,
    };
    let Some(element) = record.element() else { return };
    let id = record.id().map(|id| trimmed(&id)).unwrap_or_default();
    context.skip(element.name_span(), kind, &id, course, "the record has an error");
}

/// Whether the file names the target that the settings ask for.
fn is_for_us<S: State>(context: &mut Context<'_, S>, properties: &Properties<'_>) -> bool {
    let wanted = context.settings.imsrestricttarget.as_str();
    let is_wanted = |target: &Text<'_>| {
        let target = target.value();
        let target = if context.is_fixed() { target.trim() } else { &target };
        target.eq_ignore_ascii_case(wanted)
    };
    if !is_set(wanted) || properties.targets.iter().any(is_wanted) {
        return true;
    }
    let at = properties.element.name_span();
    context.note(at, Diagnostic::new(&rules::WRONG_TARGET).data("target", wanted));
    let reason =
        format!("the file is not for `{wanted}` (imsrestricttarget): nothing more is processed");
    context.skip(at, "properties", "", "", reason);
    false
}
