//! What comes next in a file, before the state knows of it.

use edu_diagnostics::Diagnostic;
use edu_syntax::xml::{Node, Stop, Tag, Text};

use super::element::Read;
use super::unit::{Unit, is_record, is_record_of};
use crate::model::{Membership, Other, Record};
use crate::rules;

/// An element that stands around the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Wrapper,
    Enterprise,
    Membership,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    /// An `enterprise` element, or a record without one.
    pub(super) start: bool,
    pub(super) properties: bool,
    pub(super) comments: bool,
    pub(super) root: Root,
}

/// How far the outermost element has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Root {
    #[default]
    NotOver,
    Over,
    /// It is over, and something has followed.
    Followed,
}

impl Root {
    pub(super) fn end(&mut self) {
        if *self == Self::NotOver {
            *self = Self::Over;
        }
    }

    pub(super) fn follow(&mut self) {
        if *self == Self::Over {
            *self = Self::Followed;
        }
    }
}

/// What was read, before the state knows of it.
pub(super) enum Outcome<'t> {
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
pub(super) enum Unknown {
    /// Keep it as it stands.
    Keep,
    /// Open it: there are records in it.
    Open,
}

/// What follows the data of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follow {
    Member,
    /// Another record, so the membership was never closed.
    Record,
    /// Its end, which has been read.
    End,
}

/// The prefix of a name with its colon.
pub(super) fn prefix(name: &str) -> &str {
    name.find(':').map_or("", |colon| &name[..=colon])
}

/// The elements that the format has around and among its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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

pub(super) fn next_outcome<'t: 's, 's>(
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
