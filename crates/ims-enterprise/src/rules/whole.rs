//! The checks that need more than one record, in one pass over the file.
//!
//! What is kept is the keys as numbers, with a place of 16 bytes for each: of every person and group that
//! the file has; and of every reference to one that it does not have so far the key itself.

use std::borrow::Cow;
use std::fmt;

use edu_diagnostics::keys::{KeySet, Keyed, number};
use edu_diagnostics::{Diagnostic, Label, Place, Position, Rule, Severity, Span};
use edu_syntax::xml::Text;

use super::relations::Relations;
use super::table;
use crate::codes::{IdType, RecStatus, SourcedIdType, Status};
use crate::model::{Group, Member, Person, Properties, Record, SourcedId, UserId};
use crate::profiles::{Key, Profile, id_alone};
use crate::redact;

/// Gives a span of the text its bytes of the original and its line and column.
pub(crate) type Locate<'l> = &'l mut dyn FnMut(Span) -> (Span, Position);

/// How a receiver tells records apart.
type KeyOf = fn(&SourcedId<'_>) -> Option<Key>;

/// Whether a file says all there is, or only what has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Extent {
    #[default]
    Unknown,
    Full,
    Delta,
}

impl Extent {
    /// Reads `properties/type`, which is free text.
    fn of(kind: &str) -> Self {
        let kind = kind.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| kind.contains(word));
        if says(&["delta", "update", "event", "increment", "change"]) {
            Self::Delta
        } else if says(&["full", "refresh", "snapshot", "complete"]) {
            Self::Full
        } else {
            Self::Unknown
        }
    }
}

/// A person or group that the file has.
#[derive(Debug, Clone, Copy)]
struct Known {
    place: Place,
    /// Number of the id as it stands, of the source, and of the whole record: half of it will do to tell
    /// whether they are the same.
    id: u32,
    source: u32,
    content: u32,
    deleted: bool,
    /// The id is the old one of a change.
    old: bool,
    /// The id is the old one of a change or that of a duplicate: the record itself has another one.
    alias: bool,
}

/// A reference, as it is compared.
#[derive(Debug, Clone, Copy)]
struct Reference {
    place: Place,
    id: u32,
    source: u32,
    /// It is to count: what it refers to must not be deleted.
    active: bool,
    /// It may be to a group as well as to a person.
    any_kind: bool,
}

/// References to what has not come so far: the first one, with the id for people.
#[derive(Debug)]
struct Open {
    id: Box<str>,
    /// Id of the membership in which the first one stands.
    membership: Box<str>,
    first: Reference,
}

/// What a reference is for.
#[derive(Clone, Copy)]
struct Use<'u> {
    active: bool,
    any_kind: bool,
    membership: &'u str,
}

/// The persons or the groups of a file.
#[derive(Debug)]
struct Directory {
    /// How the receiver tells records apart.
    key: KeyOf,
    known: Keyed<Known>,
    /// References to what has not come so far.
    open: Keyed<Open>,
    /// Old id and new id, by the old one, with its place.
    renamed: Keyed<(Box<str>, Box<str>, Place)>,
    any: bool,
}

/// Pairs that have been reported: a file that mixes two ways of writing does so everywhere.
#[derive(Debug, Default)]
struct Said {
    /// Two ways of writing one id.
    ids: KeySet,
    /// Two sources of one id.
    sources: KeySet,
}

/// The number of a pair.
fn pair(one: u32, other: u32) -> u64 {
    (u64::from(one) << 32) | u64::from(other)
}

/// The checks over a whole file.
pub(crate) struct Whole {
    target: Option<Box<str>>,
    extent: Extent,
    persons: Directory,
    groups: Directory,
    relations: Relations,
    /// Id of the membership that is being read.
    membership: Box<str>,
    /// Login names by kind and name, with the hash of the person's id.
    userids: Keyed<(u32, Place)>,
    said: Said,
    /// The `enterprise` element that is being read, by its number, and how far it has come.
    root: u64,
    rank: u8,
    disorder_said: bool,
    target_seen: bool,
}

impl fmt::Debug for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Whole").field("extent", &self.extent).finish_non_exhaustive()
    }
}

/// An id as it is compared: without blanks around it and without letter case.
pub(super) fn folded<'t>(id: &Text<'t>) -> Cow<'t, str> {
    match id.trimmed() {
        Cow::Borrowed(id)
            if !id.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) =>
        {
            Cow::Borrowed(id)
        }
        id => Cow::Owned(id.to_lowercase()),
    }
}

/// The number by which a record is known.
fn key_number(key: KeyOf, sourcedid: &SourcedId<'_>, id: &Text<'_>) -> u64 {
    let number = hash(&folded(id));
    let source = key(sourcedid).and_then(|key| key.source);
    source.map_or(number, |source| number ^ hash(&source).rotate_left(1))
}

fn hash(text: &str) -> u64 {
    number(text.as_bytes())
}

#[expect(clippy::cast_possible_truncation, reason = "half of the number is asked for")]
fn half_hash(text: &str) -> u32 {
    hash(text) as u32
}

fn finding(rule: &'static Rule, place: Place) -> Diagnostic {
    let mut finding = Diagnostic::new(rule).at(place.span());
    finding.position = Some(place.position());
    finding
}

fn with_label(mut finding: Diagnostic, place: Place, text: &'static str) -> Diagnostic {
    finding.labels.push(Label { span: place.span(), position: Some(place.position()), text });
    finding
}

impl Directory {
    fn new(key: KeyOf) -> Self {
        let (known, open, renamed) = (Keyed::default(), Keyed::default(), Keyed::default());
        Self { key, known, open, renamed, any: false }
    }

    /// Notes a record with its ids; reports what it says about records before it.
    fn define(
        &mut self,
        sourcedids: &[SourcedId<'_>],
        deleted: bool,
        content: &str,
        said: &mut Said,
        locate: Locate<'_>,
        out: &mut Vec<Diagnostic>,
    ) {
        self.any = true;
        let content = half_hash(content);
        let is = |sourcedid: &SourcedId<'_>, kind: &SourcedIdType| {
            sourcedid.sourcedidtype.is_some_and(|code| code.code() == *kind)
        };
        for sourcedid in sourcedids {
            let Some(id) = sourcedid.id.filter(|id| !id.is_blank()) else { continue };
            let key = key_number(self.key, sourcedid, &id);
            let known = Known {
                place: Place::new(locate(id.span())),
                id: half_hash(&id.value()),
                source: sourcedid.source.map_or(0, |source| half_hash(&source.trimmed())),
                content,
                deleted,
                old: is(sourcedid, &SourcedIdType::Old),
                alias: is(sourcedid, &SourcedIdType::Old)
                    || is(sourcedid, &SourcedIdType::Duplicate),
            };
            if let Some(open) = self.open.remove(key) {
                report_reference(&known, &open.first, &open.id, said, out);
            }
            match self.known.get(key) {
                Some(first) if first.alias || known.alias => {}
                Some(first) => report_again(first, &known, &id, out),
                None => {
                    self.known.insert(key, known);
                }
            }
        }
        let by_kind = |kind: SourcedIdType| {
            sourcedids.iter().find(|sourcedid| is(sourcedid, &kind)).and_then(|found| found.id)
        };
        if let (Some(old), Some(new)) = (by_kind(SourcedIdType::Old), by_kind(SourcedIdType::New)) {
            let place = Place::new(locate(old.span()));
            let as_it_stands = |id: &Text<'_>| redact::text(id).trim().into();
            let renamed = || (as_it_stands(&old), as_it_stands(&new), place);
            let key = hash(&folded(&old));
            self.renamed.entry(key).or_insert_with(renamed);
        }
    }

    /// Reports ids that were renamed more than once.
    fn chains(&self, out: &mut Vec<Diagnostic>) {
        for (old, new, place) in self.renamed.values() {
            if old != new
                && let Some((_, last, next)) = self.renamed.get(hash(&new.to_lowercase()))
            {
                let found = finding(&table::RENAME_CHAIN, *place).data("old", old).data("new", new);
                out.push(with_label(
                    found.data("last", last),
                    *next,
                    "and this one is renamed too",
                ));
            }
        }
    }
}

/// Reports a record whose id another one had before.
fn report_again(first: &Known, again: &Known, id: &Text<'_>, out: &mut Vec<Diagnostic>) {
    let same_source = first.source == again.source || first.source == 0 || again.source == 0;
    let rule = if !same_source {
        &table::SEVERAL_SOURCES
    } else if first.id != again.id {
        &table::SIMILAR_IDS
    } else if first.content == again.content {
        &table::DUPLICATE
    } else {
        &table::CONTRADICTING_DUPLICATE
    };
    let found = finding(rule, again.place).data("found", redact::source(id.raw()));
    out.push(with_label(found, first.place, "given before here"));
}

impl Whole {
    /// Without a profile records are told apart by their ids alone, as most receivers do.
    pub(crate) fn new(target: Option<&str>, profile: Option<&Profile>) -> Self {
        let key = profile.map_or(id_alone as KeyOf, |profile| profile.key);
        Self {
            target: target.map(Into::into),
            extent: Extent::default(),
            persons: Directory::new(key),
            groups: Directory::new(key),
            relations: Relations::default(),
            membership: Box::default(),
            userids: Keyed::default(),
            said: Said::default(),
            root: 0,
            rank: 0,
            disorder_said: false,
            target_seen: false,
        }
    }

    /// Takes the next record; findings come with their places.
    pub(crate) fn check(
        &mut self,
        record: &Record<'_>,
        root: u64,
        locate: Locate<'_>,
        out: &mut Vec<Diagnostic>,
    ) {
        if std::mem::replace(&mut self.root, root) != root {
            self.rank = 0;
        }
        self.order(record, locate, out);
        match record {
            Record::Properties(properties) => self.properties(properties, locate, out),
            Record::Person(person) => self.person(person, locate, out),
            Record::Group(group) => self.group(group, locate, out),
            Record::Membership(membership) | Record::MembershipMore(membership) => {
                let id = membership.sourcedid.as_ref().and_then(|sourcedid| sourcedid.id);
                self.membership = id.map(|id| redact::text(&id).trim().into()).unwrap_or_default();
                if let Some(sourcedid) = &membership.sourcedid {
                    let how = Use { active: false, any_kind: false, membership: &self.membership };
                    refer(&mut self.groups, &mut self.said, sourcedid, how, locate, out);
                }
            }
            Record::Member(member) => self.member(member, locate, out),
            Record::MembershipEnd | Record::Comments(_) | Record::Unknown(_) | Record::Text(_) => {}
        }
    }

    /// 1.1 has properties, persons, groups and memberships in this order; said once.
    fn order(&mut self, record: &Record<'_>, locate: Locate<'_>, out: &mut Vec<Diagnostic>) {
        let (rank, name) = match record {
            Record::Comments(_) => (0, "comments"),
            Record::Properties(_) => (1, "properties"),
            Record::Person(_) => (2, "person"),
            Record::Group(_) => (3, "group"),
            Record::Membership(_) => (4, "membership"),
            _ => return,
        };
        if rank >= self.rank {
            self.rank = rank;
        } else if !self.disorder_said
            && let Some(element) = record.element()
        {
            self.disorder_said = true;
            let place = Place::new(locate(element.name_span()));
            out.push(finding(&table::RECORDS_OUT_OF_ORDER, place).word("found", name));
        }
    }

    fn properties(
        &mut self,
        properties: &Properties<'_>,
        locate: Locate<'_>,
        out: &mut Vec<Diagnostic>,
    ) {
        if let Some(kind) = &properties.kind {
            self.extent = Extent::of(&kind.value());
        }
        self.target_seen |= !properties.targets.is_empty();
        if let (Some(target), Some(first)) = (&self.target, properties.targets.first())
            && !properties.targets.iter().any(|found| found.trimmed().eq_ignore_ascii_case(target))
        {
            let place = Place::new(locate(first.span()));
            out.push(
                finding(&table::OTHER_TARGET, place)
                    .data("found", redact::source(first.raw()))
                    .data("target", target),
            );
        }
    }

    fn person(&mut self, person: &Person<'_>, locate: Locate<'_>, out: &mut Vec<Diagnostic>) {
        let deleted = person.recstatus.is_some_and(|code| code.code() == RecStatus::Delete);
        self.persons.define(
            &person.sourcedids,
            deleted,
            person.element.source(),
            &mut self.said,
            &mut *locate,
            out,
        );
        let owner = person
            .sourcedids
            .first()
            .and_then(|sourcedid| sourcedid.id)
            .map_or(0, |id| half_hash(&folded(&id)));
        // Who is to be deleted gives the login name free.
        for userid in person.userids.iter().filter(|_| !deleted) {
            self.userid(userid, owner, locate, out);
        }
    }

    /// Login names are unique among the ids of one kind.
    fn userid(
        &mut self,
        userid: &UserId<'_>,
        owner: u32,
        locate: Locate<'_>,
        out: &mut Vec<Diagnostic>,
    ) {
        if userid.text.is_blank() {
            return;
        }
        let name = hash(&folded(&userid.text));
        let key = userid.useridtype.map_or(name, |kind| name ^ hash(&folded(&kind)).rotate_left(1));
        match self.userids.get(key) {
            Some((other, first)) if *other != owner => {
                let place = Place::new(locate(userid.text.span()));
                let found = finding(&table::USERID_COLLISION, place)
                    .data("found", redact::source(userid.text.raw()));
                out.push(with_label(found, *first, "another person has it here"));
            }
            Some(_) => {}
            None => {
                let place = Place::new(locate(userid.text.span()));
                self.userids.insert(key, (owner, place));
            }
        }
    }

    fn group(&mut self, group: &Group<'_>, locate: Locate<'_>, out: &mut Vec<Diagnostic>) {
        let deleted = group.recstatus.is_some_and(|code| code.code() == RecStatus::Delete);
        self.groups.define(
            &group.sourcedids,
            deleted,
            group.element.source(),
            &mut self.said,
            &mut *locate,
            out,
        );
        let Some(id) = group.sourcedids.first().and_then(|sourcedid| sourcedid.id) else { return };
        for relationship in &group.relationships {
            let Some(other) = relationship.sourcedid.as_ref().and_then(|sourcedid| sourcedid.id)
            else {
                continue;
            };
            let relation = relationship.relation.map(|code| code.code());
            let place = Place::new(locate(other.span()));
            self.relations.add(&id, &other, relation.as_ref(), place, out);
        }
    }

    fn member(&mut self, member: &Member<'_>, locate: Locate<'_>, out: &mut Vec<Diagnostic>) {
        let Some(sourcedid) = &member.sourcedid else { return };
        let Some(id) = sourcedid.id else { return };
        // A role that is to go may name somebody who is to go.
        let active = member.roles.iter().any(|role| {
            role.recstatus.is_none_or(|code| code.code() != RecStatus::Delete)
                && role.status.is_none_or(|code| code.code() != Status::Inactive)
        });
        let directory = match member.idtype() {
            Some(IdType::Group) => {
                let place = Place::new(locate(id.span()));
                out.push(
                    finding(&table::GROUP_IN_GROUP, place).data("found", redact::source(id.raw())),
                );
                &mut self.groups
            }
            // Without `idtype` a member that the file knows as a group is one.
            None if self
                .groups
                .known
                .get(key_number(self.groups.key, sourcedid, &id))
                .is_some() =>
            {
                &mut self.groups
            }
            _ => &mut self.persons,
        };
        let any_kind = member.idtype().is_none();
        let how = Use { active, any_kind, membership: &self.membership };
        refer(directory, &mut self.said, sourcedid, how, locate, out);
    }

    /// What can be said only at the end. Without the whole file nothing is known to be missing.
    pub(crate) fn finish(&mut self, complete: bool) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        if complete {
            let extent = self.extent;
            // A member without `idtype` may be a group that came later.
            let groups = &self.groups.known;
            let is_person =
                |open: &Open, key: u64| !open.first.any_kind || groups.get(key).is_none();
            let persons = self.persons.open.drain().filter(|(key, open)| is_person(open, *key));
            let persons: Vec<_> = persons.map(|(_, open)| open).collect();
            let groups: Vec<_> = self.groups.open.drain().map(|(_, open)| open).collect();
            for (open, any, rule) in [
                (persons, self.persons.any, &table::MEMBER_WITHOUT_PERSON),
                (groups, self.groups.any, &table::MEMBERSHIP_WITHOUT_GROUP),
            ] {
                // A file that has none of them never meant to say who they are.
                let severity = match extent {
                    Extent::Full => Severity::Error,
                    Extent::Unknown if any => Severity::Warning,
                    Extent::Delta | Extent::Unknown => Severity::Info,
                };
                for Open { id, membership, first } in open {
                    let mut found = finding(rule, first.place).data("found", id);
                    found.severity = severity;
                    out.push(found.word("record", "membership").data("id", membership));
                }
            }
        }
        self.persons.chains(&mut out);
        self.groups.chains(&mut out);
        self.relations.cycles(&mut out);
        out.sort();
        out
    }

    /// The rules that could not run, with the reason.
    pub(crate) fn skipped(&self, complete: bool) -> Vec<(&'static Rule, &'static str)> {
        let mut skipped = Vec::new();
        if !complete {
            let reason = "the file could not be read to its end";
            skipped.push((&table::MEMBER_WITHOUT_PERSON, reason));
            skipped.push((&table::MEMBERSHIP_WITHOUT_GROUP, reason));
        }
        if self.target.is_none() {
            skipped.push((&table::OTHER_TARGET, "no target was given to compare with"));
        } else if !self.target_seen {
            skipped.push((&table::OTHER_TARGET, "the file names no target"));
        }
        skipped
    }
}

/// Notes a reference to a person or group.
fn refer(
    directory: &mut Directory,
    said: &mut Said,
    sourcedid: &SourcedId<'_>,
    how: Use<'_>,
    locate: Locate<'_>,
    out: &mut Vec<Diagnostic>,
) {
    let Use { active, any_kind, membership } = how;
    let Some(id) = sourcedid.id.filter(|id| !id.is_blank()) else { return };
    let key = key_number(directory.key, sourcedid, &id);
    let mut reference = || Reference {
        place: Place::new(locate(id.span())),
        id: half_hash(&id.value()),
        source: sourcedid.source.map_or(0, |source| half_hash(&source.trimmed())),
        active,
        any_kind,
    };
    let Some(known) = directory.known.get(key) else {
        let id = || redact::text(&id).trim().into();
        let open = || Open { id: id(), membership: membership.into(), first: reference() };
        directory.open.entry(key).or_insert_with(open).first.active |= active;
        return;
    };
    // Looking up the place takes longest, and most references are in order.
    let same_id = half_hash(&id.value()) == known.id;
    let same_source =
        sourcedid.source.is_none_or(|source| half_hash(&source.trimmed()) == known.source);
    if !same_id || !same_source || known.old || (known.deleted && active) {
        report_reference(known, &reference(), &redact::source(id.raw()), said, out);
    }
}

/// Reports what is wrong with a reference to a record that the file has.
fn report_reference(
    known: &Known,
    reference: &Reference,
    id: &str,
    said: &mut Said,
    out: &mut Vec<Diagnostic>,
) {
    let source_differs =
        reference.source != 0 && known.source != 0 && reference.source != known.source;
    let rule = if known.deleted && reference.active {
        &table::DELETED_BUT_REFERENCED
    } else if known.old {
        &table::OLD_ID_REFERENCED
    } else if known.id != reference.id && said.ids.insert(pair(known.id, reference.id)) {
        &table::SIMILAR_IDS
    } else if source_differs && said.sources.insert(pair(known.source, reference.source)) {
        &table::SEVERAL_SOURCES
    } else {
        return;
    };
    let found = finding(rule, reference.place).data("found", id);
    out.push(with_label(found, known.place, "the record is here"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents() {
        for (kind, extent) in [
            ("full", Extent::Full),
            ("REFRESH", Extent::Full),
            ("delta", Extent::Delta),
            ("DATABASE UPDATE", Extent::Delta),
            ("SYNC-1.0", Extent::Unknown),
        ] {
            assert_eq!(Extent::of(kind), extent, "{kind}");
        }
    }
}
