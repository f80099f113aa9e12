//! A whole file at once.

use edu_diagnostics::Sink;
use edu_syntax::Decoded;

use crate::error::ReadError;
use crate::model::{Comments, Group, Member, Membership, Person, Properties, Record};
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
        Ok(document)
    }
}

/// Adds what stood behind the members; what was there before counts.
fn complete<'t>(membership: &mut Membership<'t>, more: Membership<'t>) {
    membership.comments = membership.comments.take().or(more.comments);
    membership.sourcedid = membership.sourcedid.take().or(more.sourcedid);
    membership.other.extend(more.other);
}
