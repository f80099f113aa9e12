//! What Moodle's importer misreads in a file that a parser reads well.
//!
//! It has no parser: it looks for records and their items with regular expressions, line by line. So it
//! sees what is commented out, and does not see what is spelled in another way than it expects.

mod items;
mod pattern;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use edu_diagnostics::{Diagnostic, Sink, Span};
use edu_syntax::xml::{Element, Text};
use edu_syntax::{Decoded, Locator};

use self::items::Items;
use self::pattern::Hidden;
use crate::codes::{Coded, IdType, RecStatus};
use crate::model::{Member, Membership, Record};
use crate::read::ImsReader;
use crate::rules;

/// Says what Moodle's importer will misread in a file, with the limits of a usual installation; see
/// [`Defects`].
///
/// ```
/// use edu_diagnostics::Collector;
/// use edu_syntax::Decoded;
///
/// let text = Decoded::from("<enterprise><person><sourcedid><id>4711</id></sourcedid>\
///     <name><n><family>M&#252;ller</family></n></name></person></enterprise>");
/// let mut found = Collector::new();
/// ims_enterprise::moodle::defects(&text, &mut found);
/// assert_eq!(found.count("IE-M24"), 1, "Moodle stores `M&#252;ller`");
/// ```
pub fn defects(text: &Decoded<'_>, sink: &mut dyn Sink) {
    Defects::new().for_text(text, sink);
}

/// Finds what Moodle's importer will misread. The value is its own configuration.
///
/// There is one finding for each place, in the order of the file; the rules are those from `IE-M20` on.
/// A record that Moodle does not see at all is reported as such and not looked into.
#[derive(Debug, Clone)]
#[must_use]
pub struct Defects {
    largest: u64,
}

impl Default for Defects {
    fn default() -> Self {
        Self::new()
    }
}

impl Defects {
    /// Bytes of one record above which Moodle drops it, as PHP has it by default
    /// (`pcre.backtrack_limit`).
    pub const LARGEST: u64 = 1_000_000;

    /// With the limits of a usual installation.
    pub fn new() -> Self {
        Self { largest: Self::LARGEST }
    }

    /// Sets the bytes of one record above which Moodle drops it: what `pcre.backtrack_limit` is where
    /// Moodle runs.
    pub fn with_largest(self, bytes: u64) -> Self {
        Self { largest: bytes }
    }

    /// Reports what Moodle will misread in a text. Where the text asks for more than the limits of a
    /// reader allow, what follows is not looked at.
    pub fn for_text(self, text: &Decoded<'_>, sink: &mut dyn Sink) {
        let mut silent = |_: Diagnostic| {};
        let mut walk = Walk {
            decoded: text,
            text: text.text(),
            largest: self.largest,
            locator: Locator::new(),
            sink,
            findings: Vec::new(),
            done: 0,
            membership: None,
            membership_ends: Next::default(),
            records: false,
            properties: None,
            persons: Late::default(),
            groups: Late::default(),
            line_ends: Next::default(),
        };
        for record in ImsReader::new().without_rules().for_text(text, &mut silent) {
            match record {
                Ok(record) => walk.record(&record),
                Err(_) => return,
            }
        }
        walk.finish();
    }
}

/// The way through a file.
struct Walk<'t, 's> {
    decoded: &'t Decoded<'t>,
    text: &'t str,
    largest: u64,
    locator: Locator,
    sink: &'s mut dyn Sink,
    /// What is to be said of the record at hand.
    findings: Vec<Diagnostic>,
    /// How far the text has been looked at.
    done: usize,
    membership: Option<Open>,
    membership_ends: Next,
    /// There was a record already.
    records: bool,
    /// Properties behind which no record has come yet.
    properties: Option<Element<'t>>,
    persons: Late<'t>,
    groups: Late<'t>,
    line_ends: Next,
}

/// A membership that is not over.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// Moodle does not see it.
    is_ignored: bool,
    /// The end of the line on which Moodle reads it; where there is none, it never does so.
    line_end: Option<usize>,
    /// It has its key already.
    has_key: bool,
}

impl<'t> Walk<'t, '_> {
    fn record(&mut self, record: &Record<'t>) {
        match record {
            Record::Properties(properties) => {
                let element = properties.element;
                self.enter(element, &["properties"]);
                Items::new(element, &mut self.findings).properties(properties);
                if self.records {
                    self.properties_late(element);
                } else {
                    self.properties = Some(element);
                }
            }
            Record::Person(person) => {
                let element = person.element;
                if self.enter_record(element, "person", Some(end_of(element))) {
                    self.size(element.name_span(), "person", element.span());
                    Items::new(element, &mut self.findings).person(person);
                    if let Some(id) = key(record.id()) {
                        let late = self.persons.comes(id, end_of(element));
                        self.late(element, "person", late.filter(|_| is_new(person.recstatus)));
                    }
                }
            }
            Record::Group(group) => {
                let element = group.element;
                if self.enter_record(element, "group", Some(end_of(element))) {
                    self.size(element.name_span(), "group", element.span());
                    Items::new(element, &mut self.findings).group(group);
                    if let Some(id) = key(record.id()) {
                        let late = self.groups.comes(id, end_of(element));
                        self.late(element, "group", late.filter(|_| is_new(group.recstatus)));
                    }
                }
            }
            Record::Membership(membership) => self.membership(membership, record.id()),
            Record::Member(member) => self.member(member, record.id()),
            Record::MembershipMore(more) => {
                self.enter(more.element, &["membership"]);
                self.more(more);
            }
            Record::MembershipEnd => self.membership_end(),
            // In a file without prefixes, a record that has one is unknown.
            Record::Unknown(element) => {
                let is_record = ["person", "group", "membership"]
                    .iter()
                    .any(|name| element.local_name().eq_ignore_ascii_case(name));
                if !is_record || !element.name().contains(':') {
                    return;
                }
                self.enter(*element, &[]);
                self.has_prefix(*element);
            }
            // Looked at together with what stands between the records.
            Record::Comments(_) | Record::Text(_) => return,
        }
        self.flush();
    }

    /// Looks at what stands before an element, and at the comments in it.
    fn enter(&mut self, element: Element<'t>, names: &[&'static str]) {
        let start = start_of(element);
        self.between(start);
        if start >= self.done {
            self.comments(start..end_of(element), names);
            self.done = end_of(element);
        }
    }

    /// The same for a record; says no where Moodle does not see it.
    fn enter_record(
        &mut self,
        element: Element<'t>,
        name: &'static str,
        end: Option<usize>,
    ) -> bool {
        let properties = self.properties.take();
        self.enter(element, &[name]);
        if self.has_prefix(element) {
            return false;
        }
        self.records = true;
        if let Some(properties) = properties
            && let Some(line) = end.and_then(|end| self.text.get(end_of(properties)..end))
            && !line.contains('\n')
        {
            // Of what ends on one line Moodle takes the properties last.
            self.properties_late(properties);
        }
        self.end_tag(element.source(), element.span().start, name);
        true
    }

    fn has_prefix(&mut self, element: Element<'t>) -> bool {
        let name = element.name();
        if name.contains(':') {
            let finding = Diagnostic::new(&rules::MOODLE_PREFIX).at(element.name_span());
            self.findings.push(finding.data("found", name));
        }
        name.contains(':')
    }

    fn membership(&mut self, membership: &Membership<'t>, id: Option<Text<'t>>) {
        let element = membership.element;
        let bytes = self.text.as_bytes();
        let moodle_end = self.membership_ends.at_or_after(start_of(element), |from| {
            pattern::close(bytes, from, "membership").map(|tag| tag.start)
        });
        let moodle_end = moodle_end.map(|start| start + "</membership>".len());
        let line_end = moodle_end.map(|moodle_end| {
            let line_end = self.line_ends.at_or_after(moodle_end, |from| {
                memchr::memchr(b'\n', &bytes[from..]).map(|at| from + at)
            });
            line_end.unwrap_or(bytes.len())
        });
        let is_seen = self.enter_record(element, "membership", moodle_end);
        self.membership =
            Some(Open { is_ignored: !is_seen, line_end, has_key: membership.sourcedid.is_some() });
        if !is_seen {
            return;
        }
        if let Some(moodle_end) = moodle_end {
            let whole = Span::new(element.span().start, moodle_end as u64);
            self.size(element.name_span(), "membership", whole);
        }
        Items::new(element, &mut self.findings).membership(membership);
        if let (Some(id), Some(line_end)) = (id, line_end) {
            self.groups.is_named(id, line_end);
        }
    }

    fn member(&mut self, member: &Member<'t>, id: Option<Text<'t>>) {
        let element = member.element;
        self.enter(element, &["member", "membership"]);
        let Some(membership) = self.membership.filter(|membership| !membership.is_ignored) else {
            return;
        };
        if self.has_prefix(element) {
            return;
        }
        let source = element.source();
        let behind = source.as_bytes().get(1 + element.name().len());
        if behind.is_some_and(u8::is_ascii_whitespace) {
            let finding = Diagnostic::new(&rules::MOODLE_MEMBER_ATTRIBUTE);
            self.findings.push(finding.at(element.name_span()));
            return;
        }
        self.end_tag(source, element.span().start, "member");
        Items::new(element, &mut self.findings).member(member);
        // A group in a group is none of Moodle's persons, wherever it stands.
        if let (Some(id), Some(line_end)) = (id, membership.line_end)
            && member.idtype() != Some(IdType::Group)
        {
            self.persons.is_named(id, line_end);
        }
    }

    /// A key behind the members: Moodle has taken that of the first member for it.
    fn more(&mut self, more: &Membership<'t>) {
        let Some(sourcedid) = &more.sourcedid else { return };
        if let Some(membership) = &mut self.membership
            && !std::mem::replace(&mut membership.has_key, true)
            && !membership.is_ignored
        {
            let finding = Diagnostic::new(&rules::MOODLE_MISSES_ITEM);
            let finding = finding.at(sourcedid.element.name_span());
            self.findings.push(finding.word("path", "membership/sourcedid/id"));
        }
    }

    fn membership_end(&mut self) {
        let Some(membership) = self.membership else { return };
        if !membership.is_ignored
            && let Some(tag) = self.next_tag()
        {
            self.between(tag.start);
            self.end_tag(&self.text[tag.clone()], tag.start as u64, "membership");
        }
        self.membership = None;
    }

    /// The next tag that is not commented out.
    fn next_tag(&self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let mut at = self.done;
        loop {
            at += memchr::memchr(b'<', &bytes[at..])?;
            if !bytes[at..].starts_with(b"<!--") {
                return Some(at..at + memchr::memchr(b'>', &bytes[at..])? + 1);
            }
            at += memchr::memmem::find(&bytes[at..], b"-->")?;
        }
    }

    /// Says where a record is larger than Moodle's patterns can take.
    fn size(&mut self, place: Span, name: &'static str, whole: Span) {
        let bytes = self.decoded.original(whole).len();
        if bytes > self.largest {
            let finding = Diagnostic::new(&rules::MOODLE_TOO_LARGE).at(place).word("record", name);
            self.findings.push(finding.count("bytes", bytes).count("limit", self.largest));
        }
    }

    /// Says where the end tag of a record is not spelled as Moodle wants it.
    fn end_tag(&mut self, source: &str, base: u64, name: &'static str) {
        let Some(at) = memchr::memrchr(b'<', source.as_bytes()) else { return };
        let tag = &source.as_bytes()[at..];
        let has_blank = tag.get(2 + name.len()).is_some_and(u8::is_ascii_whitespace);
        if has_blank && tag[1] == b'/' && pattern::starts(&tag[2..], name) {
            let span = Span::new(base + at as u64, base + source.len() as u64);
            let finding = Diagnostic::new(&rules::MOODLE_END_TAG).at(span).word("record", name);
            self.findings.push(finding);
        }
    }

    fn properties_late(&mut self, element: Element<'t>) {
        let finding = Diagnostic::new(&rules::MOODLE_PROPERTIES_LATE);
        self.findings.push(finding.at(element.name_span()));
    }

    fn late(&mut self, element: Element<'t>, name: &'static str, named: Option<Span>) {
        if let Some(named) = named {
            let finding = Diagnostic::new(&rules::MOODLE_TOO_LATE).at(element.name_span());
            let finding = finding.word("record", name);
            self.findings.push(finding.label(named, "a membership names it here"));
        }
    }

    /// Looks at what stands between the records, up to an offset.
    fn between(&mut self, to: usize) {
        if self.done < to {
            let names: &[&'static str] =
                if self.membership.is_some() { &["membership"] } else { &[] };
            self.comments(self.done..to, names);
            self.done = to;
        }
    }

    /// Says which records stand in comments, and which comments end a record: one of those of these
    /// names is open.
    fn comments(&mut self, range: Range<usize>, names: &[&'static str]) {
        let source = &self.text[range.clone()];
        for (kind, content) in pattern::hidden(source) {
            if kind == Hidden::Comment {
                self.comment(range.start + content.start..range.start + content.end, names);
            }
        }
    }

    fn comment(&mut self, range: Range<usize>, names: &[&'static str]) {
        let is_member_seen = self.membership.is_some_and(|membership| !membership.is_ignored);
        let mut records = vec!["person", "group", "membership"];
        if is_member_seen || names.contains(&"membership") {
            records.push("member");
        }
        let bytes = &self.text.as_bytes()[range.clone()];
        let mut behind = 0;
        for at in pattern::tags(bytes, 0) {
            if at < behind {
                continue;
            }
            let place = |end| Span::new((range.start + at) as u64, (range.start + end) as u64);
            if let Some(name) = names.iter().find(|name| pattern::is_close(&bytes[at..], name)) {
                let finding = Diagnostic::new(&rules::MOODLE_READS_COMMENT);
                let finding = finding.at(place(at + name.len() + 3));
                self.findings.push(finding.word("path", *name));
                return;
            }
            let starts = |name: &&str| pattern::is_word(&bytes[at..], name);
            let Some(index) = records.iter().position(starts) else { continue };
            match pattern::close(bytes, at, records[index]) {
                Some(tag) => {
                    behind = tag.end;
                    let finding = Diagnostic::new(&rules::MOODLE_READS_COMMENTED);
                    let finding = finding.at(place(at + 1 + records[index].len()));
                    self.findings.push(finding.word("record", records[index]));
                }
                // There is no other end for the next one either.
                None => {
                    records.swap_remove(index);
                }
            }
        }
    }

    fn finish(&mut self) {
        self.between(self.text.len());
        self.flush();
    }

    /// Gives the findings their places and passes them on.
    fn flush(&mut self) {
        self.findings.sort();
        for mut finding in self.findings.drain(..) {
            self.locator.locate(&mut finding, self.decoded);
            self.sink.report(finding);
        }
    }
}

/// The first occurrence of something at or behind offsets that grow: the text is searched once.
#[derive(Debug, Default)]
enum Next {
    #[default]
    NotSought,
    At(usize),
    Nowhere,
}

impl Next {
    fn at_or_after(
        &mut self,
        from: usize,
        search: impl FnOnce(usize) -> Option<usize>,
    ) -> Option<usize> {
        match *self {
            Self::Nowhere => return None,
            Self::At(at) if at >= from => return Some(at),
            _ => {}
        }
        let found = search(from);
        *self = found.map_or(Self::Nowhere, Self::At);
        found
    }
}

/// Persons or groups that come only after a membership has named them.
#[derive(Debug, Default)]
struct Late<'t> {
    seen: HashSet<&'t str>,
    /// Where each was named first, and where the line ends on which Moodle looks for it.
    named: HashMap<&'t str, (Span, usize)>,
}

impl<'t> Late<'t> {
    fn is_named(&mut self, id: Text<'t>, line_end: usize) {
        if let Some(key) = key(Some(id))
            && !self.seen.contains(key)
        {
            self.named.entry(key).or_insert((id.span(), line_end));
        }
    }

    /// A record has come; says where it was named, if that was too early for Moodle.
    fn comes(&mut self, key: &'t str, end: usize) -> Option<Span> {
        self.seen.insert(key);
        let (span, line_end) = self.named.remove(key)?;
        (line_end < end).then_some(span)
    }
}

/// An id as Moodle compares it.
fn key(id: Option<Text<'_>>) -> Option<&str> {
    id.map(|id| id.raw().trim()).filter(|id| !id.is_empty())
}

/// Whether a record may be the first one of its kind: what is updated or deleted is known already.
fn is_new(recstatus: Option<Coded<'_, RecStatus>>) -> bool {
    let code = recstatus.map(|recstatus| recstatus.code());
    !matches!(code, Some(RecStatus::Update | RecStatus::Delete))
}

fn start_of(element: Element<'_>) -> usize {
    usize::try_from(element.span().start).unwrap_or(usize::MAX)
}

fn end_of(element: Element<'_>) -> usize {
    usize::try_from(element.span().end).unwrap_or(usize::MAX)
}
