//! A whole file at once.

use edu_diagnostics::{Rule, Sink};
use edu_syntax::Decoded;

use crate::error::ReadError;
use crate::model::{Comments, Group, Member, Membership, Other, Person, Properties, Record};
use crate::read::{ImsReader, Summary};

/// All records of a file, for files that fit into memory; see [`ImsReader::document`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document<'t> {
    /// What the file says of itself.
    pub properties: Option<Properties<'t>>,
    /// Comments on the file.
    pub comments: Vec<Comments<'t>>,
    /// Persons, in the order of the file.
    pub persons: Vec<Person<'t>>,
    /// Groups, in the order of the file.
    pub groups: Vec<Group<'t>>,
    /// Memberships with their members, in the order of the file.
    pub memberships: Vec<FullMembership<'t>>,
    /// What else the file holds: members outside of any membership, elements that 1.1 does not have.
    pub other: Vec<Record<'t>>,
    /// Number of records, version, document type.
    pub summary: Summary,
    /// The rules that could not run, each with the reason.
    pub skipped: Vec<(&'static Rule, &'static str)>,
}

/// A membership with its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullMembership<'t> {
    /// The membership's own data.
    pub membership: Membership<'t>,
    /// Its members.
    pub members: Vec<Member<'t>>,
}

impl ImsReader {
    /// Reads a whole text into memory.
    ///
    /// # Errors
    ///
    /// When a strict reader meets a deviation, or the text asks for more than the limits allow.
    pub fn document<'a>(
        self,
        text: &'a Decoded<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Document<'a>, ReadError> {
        let mut records = self.for_text(text, sink);
        let mut document = Document::default();
        let mut open: Option<FullMembership<'a>> = None;
        for record in records.by_ref() {
            match record? {
                Record::Person(person) => document.persons.push(*person),
                Record::Group(group) => document.groups.push(*group),
                Record::Membership(membership) => {
                    document.memberships.extend(
                        open.replace(FullMembership {
                            membership: *membership,
                            members: Vec::new(),
                        }),
                    );
                }
                Record::Member(member) => match &mut open {
                    Some(open) => open.members.push(*member),
                    None => document.other.push(Record::Member(member)),
                },
                Record::MembershipMore(more) => {
                    if let Some(open) = &mut open {
                        complete(&mut open.membership, *more);
                    }
                }
                Record::MembershipEnd => document.memberships.extend(open.take()),
                Record::Comments(comments) => document.comments.push(comments),
                Record::Properties(properties) if document.properties.is_none() => {
                    document.properties = Some(*properties);
                }
                other => document.other.push(other),
            }
        }
        document.memberships.extend(open);
        document.summary = records.summary().clone();
        document.skipped = records.skipped().to_vec();
        Ok(document)
    }
}

/// Adds what stood behind the members; what was there before counts, and what comes too late is kept.
fn complete<'t>(membership: &mut Membership<'t>, more: Membership<'t>) {
    match &membership.comments {
        None => membership.comments = more.comments,
        Some(_) => membership.other.extend(more.comments.map(|late| Other::Element(late.element))),
    }
    match &membership.sourcedid {
        None => membership.sourcedid = more.sourcedid,
        Some(_) => membership.other.extend(more.sourcedid.map(|late| Other::Element(late.element))),
    }
    membership.other.extend(more.other);
}
