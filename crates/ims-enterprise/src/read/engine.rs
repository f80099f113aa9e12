//! The state of a reading between two records, apart from where the text comes from.

use edu_diagnostics::Diagnostic;
use edu_syntax::xml::{Cursor, Element, Exceeded, State, Stop, Tag};

use super::envelope::{Summary, Version};
use super::fault;
use super::outcome::{Follow, Level, Outcome, Root, Seen, Unknown, next_outcome, prefix};
use super::unit::Unit;
use super::{ImsReader, Rules};
use crate::model::{Membership, Record};
use crate::redact;
use crate::rules::{self, ProfileCheck};

/// Reads one record after the other out of pieces of text.
#[derive(Debug)]
pub(super) struct Engine {
    rules: Rules,
    profile: Option<ProfileCheck>,
    xml: State,
    levels: Vec<Level>,
    /// Prefix of the format's own elements with its colon.
    home: String,
    /// Findings of the last step.
    pub(super) findings: Vec<Diagnostic>,
    /// Findings that hold unless something follows that makes them void.
    pub(super) held: Vec<Diagnostic>,
    seen: Seen,
    letter_case_said: bool,
    version_is_guess: bool,
    /// A membership without members has been read with its end.
    end_pending: bool,
    pub(super) summary: Summary,
}

/// What a step came to.
#[derive(Debug)]
pub(super) enum Step<'t> {
    Record(Record<'t>),
    Nothing,
    Done,
}

impl Engine {
    pub(super) fn new(reader: &ImsReader) -> Self {
        Self {
            rules: reader.rules,
            profile: reader.profile.map(ProfileCheck::new),
            xml: State::new(reader.limits),
            levels: Vec::new(),
            home: String::new(),
            findings: Vec::new(),
            held: Vec::new(),
            seen: Seen::default(),
            letter_case_said: false,
            version_is_guess: false,
            end_pending: false,
            summary: Summary::default(),
        }
    }

    /// Reads on from offset `from` of a text that starts at `base`; returns the offset reached.
    ///
    /// When the text has to be longer first, nothing has changed.
    pub(super) fn step<'t>(
        &mut self,
        text: &'t str,
        base: u64,
        from: usize,
        last: bool,
    ) -> Result<(Step<'t>, usize), Stop> {
        if std::mem::take(&mut self.end_pending) {
            self.findings.clear();
            return Ok((self.apply(Outcome::Record(Record::MembershipEnd)), from));
        }
        match self.read(text, base, from, last, Unknown::Keep) {
            Ok((Outcome::HoldsRecords, _)) => {
                let (outcome, end) = self.read(text, base, from, last, Unknown::Open)?;
                Ok((self.finish(outcome), end))
            }
            Ok((outcome, end)) => Ok((self.finish(outcome), end)),
            Err(stop) => Err(stop),
        }
    }

    /// Reads what comes next, before the state knows of it.
    fn read<'t>(
        &mut self,
        text: &'t str,
        base: u64,
        from: usize,
        last: bool,
        unknown: Unknown,
    ) -> Result<(Outcome<'t>, usize), Stop> {
        let limit = self.xml.limits().record;
        self.xml.begin();
        self.findings.clear();
        let cursor =
            Cursor::new(text, &mut self.xml).based_at(base).resumed_at(from).last_piece(last);
        let mut unit = Unit {
            cursor,
            start: from,
            findings: &mut self.findings,
            leftovers: Vec::new(),
            home: &self.home,
        };
        let outcome = next_outcome(&mut unit, &self.levels, self.seen, unknown);
        let end = unit.cursor.position();
        // A record that is not all there yet is at least as long as what has been looked at.
        let len = match outcome {
            Err(Stop::NeedMore) => (text.len() - from).saturating_sub(Cursor::LOOK_AHEAD),
            _ => end - from,
        };
        let outcome = if len > limit && !matches!(outcome, Err(Stop::Limit(_))) {
            let span = unit.cursor.span_at(from);
            Err(Stop::Limit(Box::new(Exceeded { what: "record", limit, span })))
        } else {
            outcome
        };
        match outcome {
            Ok(outcome) => {
                unit.cursor.check_characters(from, end);
                unit.cursor.check_faults(from)?;
                Ok((outcome, end))
            }
            Err(Stop::Truncated) => {
                unit.cursor.check_characters(from, end);
                unit.cursor.check_faults(from)?;
                self.take_faults();
                self.findings.sort();
                self.report_letter_case_once();
                Err(Stop::Truncated)
            }
            // What was found so far depends on how much of the text there is.
            Err(stop) => {
                self.findings.clear();
                Err(stop)
            }
        }
    }

    /// Makes the outcome known to the state, and completes the findings.
    fn finish<'t>(&mut self, outcome: Outcome<'t>) -> Step<'t> {
        let step = self.apply(outcome);
        self.take_faults();
        if let Step::Record(record) = &step {
            if self.rules != Rules::None {
                rules::check(record, &mut self.findings);
            }
            if let Some(profile) = &mut self.profile {
                profile.check(record, &mut self.findings);
            }
            name_record(record, &mut self.findings);
        }
        self.findings.sort();
        self.report_letter_case_once();
        self.xml.commit();
        step
    }

    fn take_faults(&mut self) {
        self.findings.extend(self.xml.faults().iter().map(fault::finding));
    }

    fn report_letter_case_once(&mut self) {
        let seen = &mut self.letter_case_said;
        self.findings.retain(|finding| {
            *finding.rule != rules::LETTER_CASE || !std::mem::replace(seen, true)
        });
    }

    fn apply<'t>(&mut self, outcome: Outcome<'t>) -> Step<'t> {
        match outcome {
            Outcome::Done => {
                if self.seen.root == Root::NotOver {
                    self.findings.push(Diagnostic::new(&rules::NO_ELEMENT));
                } else if self.summary.counts.records() + self.summary.counts.member == 0 {
                    self.findings.push(Diagnostic::new(&rules::NO_RECORD));
                }
                return Step::Done;
            }
            Outcome::Text | Outcome::HoldsRecords => self.seen.root.follow(),
            Outcome::Open(level, tag, namespace) => self.open(level, tag, namespace),
            Outcome::Close => self.close(),
            Outcome::Membership(membership, follow) => {
                self.levels.push(Level::Membership);
                let place = membership.element.name_span();
                if membership.sourcedid.is_none() {
                    let finding = Diagnostic::new(&rules::SOURCEDID_MISSING)
                        .at(place)
                        .word("path", Membership::NAME);
                    self.held.push(finding);
                }
                self.end_pending = follow == Follow::End;
                if follow != Follow::Member {
                    self.findings.push(Diagnostic::new(&rules::MEMBER_MISSING).at(place));
                }
                return Step::Record(self.count(Record::Membership(membership)));
            }
            Outcome::Record(record) => {
                match &record {
                    Record::Properties(properties) => {
                        let repeated = std::mem::replace(&mut self.seen.properties, true);
                        self.report_repeated(repeated, properties.element);
                    }
                    Record::Comments(comments) => {
                        let repeated = std::mem::replace(&mut self.seen.comments, true);
                        self.report_repeated(repeated, comments.element);
                    }
                    Record::Member(member) if self.levels.last() != Some(&Level::Membership) => {
                        let place = member.element.name_span();
                        self.findings.push(Diagnostic::new(&rules::STRAY_MEMBER).at(place));
                    }
                    Record::MembershipMore(more) if more.sourcedid.is_some() => {
                        self.drop_held(&rules::SOURCEDID_MISSING);
                    }
                    Record::MembershipEnd => {
                        self.levels.pop();
                        self.release_held(&rules::SOURCEDID_MISSING);
                    }
                    _ => {}
                }
                let record = self.count(record);
                // A record by itself is the outermost element.
                if self.levels.is_empty() {
                    self.seen.root.end();
                }
                return Step::Record(record);
            }
        }
        Step::Nothing
    }

    fn report_repeated(&mut self, repeated: bool, element: Element<'_>) {
        if repeated {
            let finding = Diagnostic::new(&rules::REPEATED).at(element.name_span());
            self.findings.push(finding.data("found", element.name()));
        }
    }

    fn count<'t>(&mut self, record: Record<'t>) -> Record<'t> {
        if let Some(element) = record.element() {
            self.begin_content(element.name());
        }
        self.summary.counts.add(&record);
        if (self.summary.version == Version::Undetermined || self.version_is_guess)
            && let Some(version) = Version::shown_by(&record)
        {
            self.summary.version = version;
            self.version_is_guess = false;
        }
        record
    }

    /// Notes that something of the format begins, and what its names look like.
    fn begin_content(&mut self, name: &str) {
        self.seen.root.follow();
        if !self.seen.start {
            self.seen.start = true;
            prefix(name).clone_into(&mut self.home);
            if name[self.home.len()..].starts_with(|first: char| first.is_ascii_uppercase())
                && self.summary.version == Version::Undetermined
            {
                // Upper case suggests 1.0; what only 1.1 has says more.
                self.summary.version = Version::V1_0;
                self.version_is_guess = true;
            }
        }
        if self.summary.doctype.is_none()
            && let Some(doctype) = self.xml.doctype()
        {
            self.summary.version = Version::named_in(doctype).unwrap_or(self.summary.version);
            self.summary.doctype = Some(doctype.to_owned());
        }
    }

    fn open(&mut self, level: Level, tag: Tag<'_>, namespace: Option<String>) {
        self.levels.push(level);
        if level != Level::Enterprise {
            self.seen.root.follow();
            return;
        }
        self.begin_content(tag.name());
        self.summary.roots += 1;
        (self.seen.properties, self.seen.comments) = (false, false);
        if let Some(version) = namespace.as_deref().and_then(Version::named_in) {
            self.summary.version = version;
        }
        self.summary.namespace = namespace.or(self.summary.namespace.take());
        if !self.seen.properties {
            self.drop_held(&rules::PROPERTIES_MISSING);
            self.held.push(Diagnostic::new(&rules::PROPERTIES_MISSING).at(tag.name_span()));
        }
    }

    fn close(&mut self) {
        let level = self.levels.pop();
        if level == Some(Level::Enterprise) {
            if self.seen.properties {
                self.drop_held(&rules::PROPERTIES_MISSING);
            }
            self.release_held(&rules::PROPERTIES_MISSING);
        }
        if self.levels.is_empty() {
            self.seen.root.end();
        }
    }

    fn drop_held(&mut self, rule: &edu_diagnostics::Rule) {
        self.held.retain(|finding| finding.rule != rule);
    }

    fn release_held(&mut self, rule: &edu_diagnostics::Rule) {
        self.findings.extend(self.held.extract_if(.., |finding| finding.rule == rule));
    }
}

/// Says which record the findings belong to.
pub(super) fn name_record(record: &Record<'_>, findings: &mut [Diagnostic]) {
    if findings.is_empty() {
        return;
    }
    let kind = match record {
        Record::Properties(_) => "properties",
        Record::Person(_) => "person",
        Record::Group(_) => "group",
        Record::Membership(_) | Record::MembershipMore(_) => "membership",
        Record::Member(_) => "member",
        Record::MembershipEnd | Record::Comments(_) | Record::Unknown(_) | Record::Text(_) => {
            return;
        }
    };
    let id = record.id().map(|id| redact::text(&id).trim().to_owned()).unwrap_or_default();
    for finding in findings {
        *finding = finding.clone().word("record", kind).data("id", &id);
    }
}
