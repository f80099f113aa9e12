//! The state of a reading between two records, apart from where the text comes from.

use edu_diagnostics::{Diagnostic, Span};
use edu_syntax::xml::{Cursor, Element, Exceeded, Node, State, Stop, Tag, Text};

use super::element::Read;
use super::envelope::{Summary, Version};
use super::fault;
use super::unit::{Unit, is_record, is_record_of};
use super::{ImsReader, Rules};
use crate::model::{Membership, Other, Record};
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

/// An element that stands around the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Wrapper,
    Enterprise,
    Membership,
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// An `enterprise` element, or a record without one.
    start: bool,
    properties: bool,
    comments: bool,
    root: Root,
}

/// How far the outermost element has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Root {
    #[default]
    NotOver,
    Over,
    /// It is over, and something has followed.
    Followed,
}

impl Root {
    fn end(&mut self) {
        if *self == Self::NotOver {
            *self = Self::Over;
        }
    }

    fn follow(&mut self) {
        if *self == Self::Over {
            *self = Self::Followed;
        }
    }
}

/// What a step came to.
#[derive(Debug)]
pub(super) enum Step<'t> {
    Record(Record<'t>),
    Nothing,
    Done,
}

/// What was read, before the state knows of it.
enum Outcome<'t> {
    Done,
    Text,
    /// An element that stands around the records began.
    Open(Level, Tag<'t>, Option<String>),
    /// One ended.
    Close,
    Record(Record<'t>),
    /// An element that 1.1 does not have holds records: it has to be opened, not read.
    HoldsRecords,
    /// The data of a membership, and what follows them.
    Membership(Box<Membership<'t>>, Follow),
}

/// What to do with an element beside the records that 1.1 does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// Keep it as it stands.
    Keep,
    /// Open it: there are records in it.
    Open,
}

/// What follows the data of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follow {
    Member,
    /// Another record, so the membership was never closed.
    Record,
    /// Its end, which has been read.
    End,
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
            let span = Span::new(base + from as u64, base + from as u64 + 1);
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

/// The prefix of a name with its colon.
fn prefix(name: &str) -> &str {
    name.find(':').map_or("", |colon| &name[..=colon])
}

/// The elements that the format has around and among its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Enterprise,
    Comments,
    Properties,
    Person,
    Group,
    Membership,
    Member,
    Unknown,
}

impl Kind {
    fn of(local: &str) -> Self {
        const KINDS: [(&str, Kind); 7] = [
            ("member", Kind::Member),
            ("person", Kind::Person),
            ("group", Kind::Group),
            ("membership", Kind::Membership),
            ("enterprise", Kind::Enterprise),
            ("properties", Kind::Properties),
            ("comments", Kind::Comments),
        ];
        let exact = KINDS.iter().find(|(name, _)| *name == local);
        let found =
            exact.or_else(|| KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(local)));
        found.map_or(Self::Unknown, |(_, kind)| *kind)
    }

    /// Whether the element may stand by itself, outside of an `enterprise` element.
    fn stands_alone(self) -> bool {
        !matches!(self, Self::Comments | Self::Unknown)
    }
}

fn next_outcome<'t: 's, 's>(
    unit: &mut Unit<'t, 's>,
    levels: &[Level],
    seen: Seen,
    unknown: Unknown,
) -> Result<Outcome<'t>, Stop> {
    let level = levels.last().copied();
    let tag = match unit.cursor.next()? {
        Node::Start(tag) => tag,
        Node::Eof => return Ok(Outcome::Done),
        Node::End if level == Some(Level::Membership) => {
            return Ok(Outcome::Record(Record::MembershipEnd));
        }
        Node::End => return Ok(Outcome::Close),
        Node::Text(text) => {
            around_text(unit, level, seen, text);
            return Ok(match level {
                Some(Level::Enterprise | Level::Membership) => Outcome::Record(Record::Text(text)),
                _ => Outcome::Text,
            });
        }
    };
    // Before anything of the format was seen, its prefix is that of the first name that fits.
    let home = prefix(tag.name());
    let kind = Kind::of(if seen.start { unit.local_name(tag) } else { &tag.name()[home.len()..] });
    if !seen.start && kind.stands_alone() {
        unit.home = home;
    }
    match (level, kind) {
        (Some(Level::Membership), Kind::Member) => record(unit, tag, kind),
        (Some(Level::Membership), Kind::Comments | Kind::Properties | Kind::Unknown) => {
            membership_more(unit, tag)
        }
        (Some(Level::Membership), _) => {
            never_closed(unit, tag);
            Ok(Outcome::Record(Record::MembershipEnd))
        }
        (Some(Level::Enterprise), Kind::Enterprise) => {
            never_closed(unit, tag);
            Ok(Outcome::Close)
        }
        (Some(Level::Enterprise), Kind::Unknown) if unknown == Unknown::Open => {
            unit.report_unknown(tag, "enterprise");
            unit.cursor.keep_open();
            Ok(Outcome::Open(Level::Wrapper, tag, None))
        }
        (Some(Level::Enterprise), _) => record(unit, tag, kind),
        (None | Some(Level::Wrapper), _) => {
            place_of_root(unit, level, seen, tag, kind);
            if kind == Kind::Enterprise {
                return Ok(open_enterprise(unit, tag));
            }
            if kind.stands_alone() {
                return record(unit, tag, kind);
            }
            unit.cursor.keep_open();
            Ok(Outcome::Open(Level::Wrapper, tag, None))
        }
    }
}

/// Reports text that stands around the records.
fn around_text<'t>(unit: &mut Unit<'t, '_>, level: Option<Level>, seen: Seen, text: Text<'t>) {
    match level {
        // Text in an element that is not of the format is none of our business.
        Some(Level::Wrapper) => {}
        None if seen.root == Root::Followed => {}
        None if seen.root == Root::Over => {
            unit.text_finding(&rules::AFTER_ROOT, text);
        }
        _ => unit.stray_text(text),
    }
}

/// Reports an outermost element that is not the one `enterprise` element of the file.
fn place_of_root(
    unit: &mut Unit<'_, '_>,
    level: Option<Level>,
    seen: Seen,
    tag: Tag<'_>,
    kind: Kind,
) {
    let rule = match kind {
        Kind::Enterprise if seen.root != Root::NotOver => &rules::SEVERAL_ROOTS,
        _ if level.is_none() && seen.root == Root::Over => &rules::AFTER_ROOT,
        _ if seen.start || !kind.stands_alone() => return,
        _ if level.is_some() => &rules::WRAPPED,
        Kind::Enterprise => return,
        _ => &rules::FRAGMENT,
    };
    unit.findings.push(Diagnostic::new(rule).at(tag.name_span()).data("found", tag.name()));
}

/// A record begins where the element around it should have ended: ends that element first.
fn never_closed<'t>(unit: &mut Unit<'t, '_>, tag: Tag<'t>) {
    unit.cursor.unread(tag);
    unit.cursor.close_unclosed();
}

fn open_enterprise<'t>(unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Outcome<'t> {
    unit.check_case(tag);
    let home = unit.home.trim_end_matches(':');
    let namespace = unit.cursor.attributes().find(|attribute| {
        attribute
            .name()
            .strip_prefix("xmlns")
            .is_some_and(|rest| rest.trim_start_matches(':') == home)
    });
    let namespace = namespace.map(|attribute| attribute.value().value().into_owned());
    let mut index = 0;
    while let Some(attribute) = unit.cursor.attribute(index) {
        index += 1;
        unit.unknown_attribute(attribute, "enterprise");
    }
    unit.cursor.keep_open();
    Outcome::Open(Level::Enterprise, tag, namespace)
}

fn record<'t>(unit: &mut Unit<'t, '_>, tag: Tag<'t>, kind: Kind) -> Result<Outcome<'t>, Stop> {
    unit.check_case(tag);
    let record = match kind {
        Kind::Member => Record::Member(boxed(unit, tag)?),
        Kind::Person => Record::Person(boxed(unit, tag)?),
        Kind::Group => Record::Group(boxed(unit, tag)?),
        Kind::Properties => Record::Properties(boxed(unit, tag)?),
        Kind::Membership => return membership(unit, tag),
        Kind::Comments => Record::Comments(*boxed(unit, tag)?),
        Kind::Unknown | Kind::Enterprise => return unknown(unit, tag),
    };
    Ok(Outcome::Record(record))
}

fn boxed<'t, T: Read<'t>>(unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<Box<T>, Stop> {
    let mut record = Box::<T>::default();
    record.read_into(unit, tag)?;
    Ok(record)
}

/// Reads an element beside the records that 1.1 does not have.
fn unknown<'t>(unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<Outcome<'t>, Stop> {
    unit.report_unknown(tag, "enterprise");
    let (element, holds_records) = unit.cursor.element_until(tag, is_record_of(unit.home))?;
    Ok(if holds_records {
        Outcome::HoldsRecords
    } else {
        Outcome::Record(Record::Unknown(element))
    })
}

/// Reads a membership up to its first member or its end.
fn membership<'t>(unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<Outcome<'t>, Stop> {
    let mut record = Box::<Membership<'t>>::default();
    let mut index = 0;
    while let Some(attribute) = unit.cursor.attribute(index) {
        index += 1;
        unit.unknown_attribute(attribute, Membership::NAME);
        record.other.push(Other::Attribute(attribute));
    }
    let mut last = 0;
    let mut follow = Follow::End;
    while let Some(child) = unit.child(&mut record.other)? {
        if is_record(unit.local_name(child)) {
            follow = if Kind::of(unit.local_name(child)) == Kind::Member {
                Follow::Member
            } else {
                Follow::Record
            };
            unit.cursor.unread(child);
            break;
        }
        record.read_child(unit, child, &mut last)?;
    }
    record.element = unit.whole(tag);
    unit.cursor.keep_open();
    Ok(Outcome::Membership(record, follow))
}

/// Reads what stands behind the first member of a membership.
fn membership_more<'t>(unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<Outcome<'t>, Stop> {
    let mut record = Box::<Membership<'t>>::default();
    let mut last = Membership::MEMBER;
    record.read_child(unit, tag, &mut last)?;
    record.element = unit.whole(tag);
    Ok(Outcome::Record(Record::MembershipMore(record)))
}
