//! The records of IMS Enterprise 1.1, as its information model and binding have them.
//!
//! Records borrow from the text that was read. Fields hold the text as it stands; codes, dates and
//! passwords have a type that reads it. What 1.1 does not know is kept in `other`, and every record knows
//! the `element` it came from, so nothing is lost.

use edu_syntax::xml::{Attribute, Element, Stop, Tag, Text};

use crate::codes::{
    Coded, Flag, Gender, IdType, InstitutionRoleType, PrimaryRole, RecStatus, Relation, RoleType,
    SourcedIdType, Status, SystemRoleType, TelType, ValueType,
};
use crate::dates::Date;
use crate::password::Password;
use crate::read::element::{
    Child, Item, Read, Visit, Visitor, element, field_type, item, leaf, read_attributes,
    read_child, take_leftovers, visit_field,
};
use crate::read::unit::Unit;

/// What an element holds that 1.1 does not have there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Other<'t> {
    /// An element.
    Element(Element<'t>),
    /// An attribute of the element itself, namespace declarations included.
    Attribute(Attribute<'t>),
    /// An attribute of a child that holds nothing but text; `child` is where that child's name stands.
    ChildAttribute {
        /// Offset of the child's name.
        child: u64,
        /// The attribute.
        attribute: Attribute<'t>,
    },
    /// Text between the items.
    Text(Text<'t>),
}

/// One record of a file, as the reader delivers it.
///
/// A membership comes in pieces, so that one with a million members needs no more memory than one with a
/// single member: its own data first, then its members, then its end.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Record<'t> {
    /// What the file says of itself.
    Properties(Box<Properties<'t>>),
    /// A person.
    Person(Box<Person<'t>>),
    /// A group: a course, a section, a term, a department.
    Group(Box<Group<'t>>),
    /// A membership begins: what stands before its first member.
    Membership(Box<Membership<'t>>),
    /// A member of the membership that has begun.
    Member(Box<Member<'t>>),
    /// What stands behind the first member of a membership and is no member.
    MembershipMore(Box<Membership<'t>>),
    /// The membership is over.
    MembershipEnd,
    /// Comments on the file.
    Comments(Comments<'t>),
    /// An element beside the records that 1.1 does not have.
    Unknown(Element<'t>),
    /// Text beside the records, which 1.1 does not have either.
    Text(Text<'t>),
}

impl<'t> Record<'t> {
    /// The element that the record came from; `None` for text and for the end of a membership.
    pub fn element(&self) -> Option<Element<'t>> {
        match self {
            Self::Properties(record) => Some(record.element),
            Self::Person(record) => Some(record.element),
            Self::Group(record) => Some(record.element),
            Self::Membership(record) | Self::MembershipMore(record) => Some(record.element),
            Self::Member(record) => Some(record.element),
            Self::Comments(record) => Some(record.element),
            Self::Unknown(element) => Some(*element),
            Self::MembershipEnd | Self::Text(_) => None,
        }
    }

    /// The id by which people know the record: of a membership that of its group, of a member that of the
    /// person or group in it.
    pub fn id(&self) -> Option<Text<'t>> {
        let sourcedid = match self {
            Self::Person(person) => person.sourcedids.first(),
            Self::Group(group) => group.sourcedids.first(),
            Self::Membership(membership) => membership.sourcedid.as_ref(),
            Self::Member(member) => member.sourcedid.as_ref(),
            _ => None,
        };
        sourcedid.and_then(|sourcedid| sourcedid.id)
    }
}

leaf! {
    /// Comments in free text.
    Comments "comments" Text<'t> {
        /// Language.
        lang "lang" optional Text<'t>,
    }
}

element! {
    /// What the file says of itself.
    Properties "properties" {
        attributes {
            /// Language of the data.
            lang "lang" optional Text<'t>,
        }
        children {
            /// Comments.
            comments "comments" optional Box<Comments<'t>>,
            /// System that the data come from.
            datasource "datasource" required Text<'t>,
            /// Systems that the data are for.
            targets "target" many Text<'t>,
            /// Kind of file in free text: `REFRESH`, `full`, `delta`.
            kind "type" optional Text<'t>,
            /// When the file was made.
            datetime "datetime" required Date<'t>,
            /// Extensions.
            extensions "extension" pile Extension<'t>,
        }
    }
}

element! {
    /// Who or what a record is: the key by which systems know it.
    SourcedId "sourcedid" {
        attributes {
            /// Whether this is the new or the old id of a change, or that of a duplicate.
            sourcedidtype "sourcedidtype" optional Coded<'t, SourcedIdType>,
        }
        children {
            /// System that gave the id.
            source "source" required Text<'t>,
            /// The id; stray blanks around it do not count, see [`SourcedId::key`].
            id "id" required Text<'t>,
        }
    }
}

impl<'t> SourcedId<'t> {
    /// Source and id without blanks around them; the source is `None` where it is missing.
    pub fn key(&self) -> (Option<std::borrow::Cow<'t, str>>, Option<std::borrow::Cow<'t, str>>) {
        (self.source.map(|source| source.trimmed()), self.id.map(|id| id.trimmed()))
    }
}

element! {
    /// A person.
    Person "person" {
        attributes {
            /// What to do with the record.
            recstatus "recstatus" optional Coded<'t, RecStatus>,
        }
        children {
            /// Comments.
            comments "comments" optional Box<Comments<'t>>,
            /// Keys.
            sourcedids "sourcedid" some SourcedId<'t>,
            /// Login names and other ids of the person.
            userids "userid" many UserId<'t>,
            /// Name.
            name "name" required Name<'t>,
            /// Gender, birthday, disabilities.
            demographics "demographics" optional Demographics<'t>,
            /// E-mail address.
            email "email" optional Text<'t>,
            /// Web address.
            url "url" optional Text<'t>,
            /// Telephones.
            tels "tel" many Tel<'t>,
            /// Postal address.
            adr "adr" optional Adr<'t>,
            /// Photograph.
            photo "photo" optional Box<Photo<'t>>,
            /// Role in the target system.
            systemrole "systemrole" optional Box<SystemRole<'t>>,
            /// Roles in the institution.
            institutionroles "institutionrole" many InstitutionRole<'t>,
            /// System that the record comes from.
            datasource "datasource" optional Text<'t>,
            /// Extensions.
            extensions "extension" pile Extension<'t>,
        }
    }
}

leaf! {
    /// A login name or another id of a person.
    UserId "userid" Text<'t> {
        /// Kind of id in free text.
        useridtype "useridtype" optional Text<'t>,
        /// Password.
        password "password" optional Password<'t>,
        /// How the password is encrypted, in free text: `SSHA`, `MD5`, `none`.
        pwencryptiontype "pwencryptiontype" optional Text<'t>,
        /// How the person is authenticated, in free text.
        authenticationtype "authenticationtype" optional Text<'t>,
    }
}

element! {
    /// Name of a person.
    Name "name" {
        children {
            /// Whole name, as it is shown.
            full "fn" required Text<'t>,
            /// Name as it is sorted.
            sort "sort" optional Text<'t>,
            /// Nickname.
            nickname "nickname" optional Text<'t>,
            /// The parts of the name.
            parts "n" optional NameParts<'t>,
        }
    }
}

element! {
    /// The parts of a name (`n`).
    NameParts "n" {
        children {
            /// Family name.
            family "family" optional Text<'t>,
            /// Given name.
            given "given" optional Text<'t>,
            /// Other names.
            others "other" many Text<'t>,
            /// Titles before the name.
            prefix "prefix" optional Text<'t>,
            /// Titles after the name.
            suffix "suffix" optional Text<'t>,
            /// Further parts.
            partnames "partname" many PartName<'t>,
        }
    }
}

leaf! {
    /// A part of a name of a named kind.
    PartName "partname" Text<'t> {
        /// Language.
        lang "lang" optional Text<'t>,
        /// Kind of part in free text: `MiddleName`, `Initials`.
        partnametype "partnametype" required Text<'t>,
    }
}

element! {
    /// Gender, birthday, disabilities.
    Demographics "demographics" {
        children {
            /// Gender.
            gender "gender" optional Coded<'t, Gender>,
            /// Birthday.
            bday "bday" optional Date<'t>,
            /// Disabilities.
            disabilities "disability" many Text<'t>,
        }
    }
}

leaf! {
    /// A telephone number.
    Tel "tel" Text<'t> {
        /// Kind of telephone; `1` where it is absent.
        teltype "teltype" optional Coded<'t, TelType>,
    }
}

element! {
    /// A postal address.
    Adr "adr" {
        children {
            /// Post office box.
            pobox "pobox" optional Text<'t>,
            /// Extended address.
            extadd "extadd" optional Text<'t>,
            /// Lines with street and number.
            streets "street" many Text<'t>,
            /// Town.
            locality "locality" optional Text<'t>,
            /// Region.
            region "region" optional Text<'t>,
            /// Postal code.
            pcode "pcode" optional Text<'t>,
            /// Country.
            country "country" optional Text<'t>,
        }
    }
}

element! {
    /// A photograph.
    Photo "photo" {
        attributes {
            /// Kind of picture in free text or as a MIME type.
            imgtype "imgtype" optional Text<'t>,
        }
        children {
            /// Where the picture is.
            extref "extref" required Text<'t>,
        }
    }
}

element! {
    /// Role of a person in the target system.
    SystemRole "systemrole" {
        attributes {
            /// The role.
            systemroletype "systemroletype" required Coded<'t, SystemRoleType>,
        }
    }
}

element! {
    /// Role of a person in the institution.
    InstitutionRole "institutionrole" {
        attributes {
            /// Whether it is the main one.
            primaryrole "primaryrole" required Coded<'t, PrimaryRole>,
            /// The role.
            institutionroletype "institutionroletype" required Coded<'t, InstitutionRoleType>,
        }
    }
}

element! {
    /// A group: a course, a section, a term, a department.
    Group "group" {
        attributes {
            /// What to do with the record.
            recstatus "recstatus" optional Coded<'t, RecStatus>,
        }
        children {
            /// Comments.
            comments "comments" optional Box<Comments<'t>>,
            /// Keys.
            sourcedids "sourcedid" some SourcedId<'t>,
            /// What kind of group it is, in one or more schemes.
            grouptypes "grouptype" many GroupType<'t>,
            /// What it is called.
            description "description" required Description<'t>,
            /// Organisation that it belongs to.
            org "org" optional Org<'t>,
            /// When it takes place.
            timeframe "timeframe" optional TimeFrame<'t>,
            /// Whether enrolments are accepted.
            enrollcontrol "enrollcontrol" optional EnrollControl<'t>,
            /// E-mail address.
            email "email" optional Text<'t>,
            /// Web address.
            url "url" optional Text<'t>,
            /// How it stands to other groups.
            relationships "relationship" many Relationship<'t>,
            /// System that the record comes from.
            datasource "datasource" optional Text<'t>,
            /// Extensions.
            extensions "extension" pile Extension<'t>,
        }
    }
}

element! {
    /// What kind of group it is.
    GroupType "grouptype" {
        children {
            /// The scheme that the values belong to.
            scheme "scheme" optional Text<'t>,
            /// Values, from the general to the special.
            typevalues "typevalue" some TypeValue<'t>,
        }
    }
}

leaf! {
    /// A value of a group type; it may be empty and carry its meaning in the level.
    TypeValue "typevalue" Text<'t> {
        /// Level of the value.
        level "level" required Text<'t>,
    }
}

element! {
    /// What a group is called.
    Description "description" {
        children {
            /// Short title.
            short "short" required Text<'t>,
            /// Long title.
            long "long" optional Text<'t>,
            /// Description.
            full "full" optional Text<'t>,
        }
    }
}

element! {
    /// Organisation that a group belongs to.
    Org "org" {
        children {
            /// Name.
            orgname "orgname" optional Text<'t>,
            /// Units, from the large to the small.
            orgunits "orgunit" many Text<'t>,
            /// Kind of organisation in free text.
            kind "type" optional Text<'t>,
            /// Id of the organisation.
            id "id" optional Text<'t>,
        }
    }
}

element! {
    /// When something takes place.
    TimeFrame "timeframe" {
        children {
            /// First day.
            begin "begin" optional Bound<'t>,
            /// Last day.
            end "end" optional Bound<'t>,
            /// Administrative period in free text, such as a term.
            adminperiod "adminperiod" optional Text<'t>,
        }
    }
}

leaf! {
    /// First or last day (`begin`, `end`).
    Bound "begin" Date<'t> {
        /// Whether taking part is not allowed outside the date; no where it is absent.
        restrict "restrict" optional Coded<'t, Flag>,
    }
}

element! {
    /// Whether enrolments are accepted.
    EnrollControl "enrollcontrol" {
        children {
            /// Whether further enrolments are accepted.
            enrollaccept "enrollaccept" optional Coded<'t, Flag>,
            /// Whether the target system may enrol by itself.
            enrollallowed "enrollallowed" optional Coded<'t, Flag>,
        }
    }
}

element! {
    /// How a group stands to another one.
    Relationship "relationship" {
        attributes {
            /// What the other group is to this one; its parent where it is absent.
            relation "relation" optional Coded<'t, Relation>,
        }
        children {
            /// The other group.
            sourcedid "sourcedid" required SourcedId<'t>,
            /// What the relationship is called; required, but may be empty.
            label "label" blank Text<'t>,
        }
    }
}

/// The members of a group: what stands in the `membership` element beside its members.
///
/// Members are records of their own, see [`Record`]; [`Document`](crate::Document) puts them together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Membership<'t> {
    /// The element as it stands, up to the first member.
    pub element: Element<'t>,
    /// Comments.
    pub comments: Option<Box<Comments<'t>>>,
    /// Key of the group.
    pub sourcedid: Option<SourcedId<'t>>,
    /// What 1.1 does not have here, in the order found.
    pub other: Vec<Other<'t>>,
}

impl<'t> Membership<'t> {
    pub(crate) const NAME: &'static str = "membership";

    /// The children in their order; members are records of their own.
    pub(crate) const CHILDREN: [Child; 3] = [
        Child { name: "comments", deviant: false },
        Child { name: "sourcedid", deviant: false },
        Child { name: "member", deviant: false },
    ];

    /// Place of the members among the children.
    pub(crate) const MEMBER: usize = 2;

    /// Reads one child whose start tag has been read.
    pub(crate) fn read_child(
        &mut self,
        unit: &mut Unit<'t, '_>,
        tag: Tag<'t>,
        last: &mut usize,
    ) -> Result<(), Stop> {
        match unit.find(&Self::CHILDREN, last, tag) {
            Some(0) => read_child!(unit, tag, self, comments, optional),
            Some(1) => read_child!(unit, tag, self, sourcedid, required),
            _ => self.other.push(Other::Element(unit.unknown(tag, Self::NAME)?)),
        }
        take_leftovers(unit, &mut self.other);
        Ok(())
    }
}

impl Visit for Membership<'_> {
    /// The key is not asked for: it may follow the members.
    fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V) {
        visitor.enter(item, false);
        visit_field!(self, visitor, item!("comments", false, optional), comments, optional);
        visit_field!(self, visitor, item!("sourcedid", false, optional), sourcedid, optional);
        visitor.leave();
    }
}

element! {
    /// A member of a group.
    Member "member" {
        children {
            /// Comments.
            comments "comments" optional Box<Comments<'t>>,
            /// Key of the person or group.
            sourcedid "sourcedid" required SourcedId<'t>,
            /// Whether the member is a person or a group.
            idtype "idtype" required IdTypeItem<'t>,
            /// Roles of the member in the group.
            roles "role" some Role<'t>,
        }
    }
}

impl Member<'_> {
    /// Whether the member is a person or a group; `None` where the file does not say.
    pub fn idtype(&self) -> Option<IdType> {
        self.idtype.as_ref().and_then(IdTypeItem::code)
    }
}

leaf! {
    /// Whether a member is a person or a group.
    IdTypeItem "idtype" Coded<'t, IdType> {
        /// The code as an attribute, where it does not belong.
        attribute "idtype" deviant Coded<'t, IdType>,
    }
}

impl IdTypeItem<'_> {
    /// The code, from the text or, where that is empty, from the attribute.
    pub fn code(&self) -> Option<IdType> {
        if self.text.is_blank() {
            self.attribute.map(|code| code.code())
        } else {
            Some(self.text.code())
        }
    }
}

element! {
    /// Role of a member.
    Role "role" {
        attributes {
            /// What to do with the role.
            recstatus "recstatus" optional Coded<'t, RecStatus>,
            /// The role; learner where it is absent.
            roletype_attribute "roletype" optional Coded<'t, RoleType>,
        }
        children {
            /// Kind of role within the role type, in free text.
            subrole "subrole" optional Text<'t>,
            /// Whether the role counts.
            status "status" required Coded<'t, Status>,
            /// Login name of the member in the group.
            userid "userid" optional Box<UserId<'t>>,
            /// Comments.
            comments "comments" optional Box<Comments<'t>>,
            /// When the role was last changed.
            datetime "datetime" optional Date<'t>,
            /// When the role counts.
            timeframe "timeframe" optional TimeFrame<'t>,
            /// Results on the way.
            interimresults "interimresult" many ExamResult<'t>,
            /// Final results.
            finalresults "finalresult" many ExamResult<'t>,
            /// E-mail address of the member in the group.
            email "email" optional Text<'t>,
            /// System that the record comes from.
            datasource "datasource" optional Text<'t>,
            /// Extensions.
            extensions "extension" pile Extension<'t>,
            /// The role as an element, where it does not belong.
            roletype_element "roletype" deviant Coded<'t, RoleType>,
        }
    }
}

impl<'t> Role<'t> {
    /// The role, from the attribute or from the element that some systems send instead. `None` where the file
    /// does not say: then a person is a learner.
    pub fn roletype(&self) -> Option<Coded<'t, RoleType>> {
        self.roletype_attribute.or(self.roletype_element)
    }
}

element! {
    /// A result, interim or final.
    ExamResult "interimresult" {
        attributes {
            /// Kind of result in free text: `MidTerm`. Not for final results by 1.1.
            resulttype "resulttype" optional Text<'t>,
        }
        children {
            /// How results are given, in free text: `Letter grade`.
            mode "mode" optional Text<'t>,
            /// The possible results.
            values "values" optional Values<'t>,
            /// The result.
            result "result" optional Text<'t>,
            /// Comments.
            comments "comments" optional Box<Comments<'t>>,
        }
    }
}

element! {
    /// The possible results.
    Values "values" {
        attributes {
            /// Whether they are a list or a range.
            valuetype "valuetype" required Coded<'t, ValueType>,
        }
        children {
            /// The values of a list.
            list "list" many Text<'t>,
            /// The minimum of a range.
            min "min" optional Text<'t>,
            /// The maximum of a range.
            max "max" optional Text<'t>,
        }
    }
}

/// Data of a profile or of one institution, kept as they stand. 1.1 allows anything in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extension<'t> {
    /// The element as it stands.
    pub element: Element<'t>,
}

impl<'t> Extension<'t> {
    /// The first element directly inside with this local name, in any letter case.
    pub fn get(&self, local_name: &str) -> Option<Element<'t>> {
        self.element.child(local_name)
    }
}

impl<'t> Read<'t> for Extension<'t> {
    fn read_into(&mut self, unit: &mut Unit<'t, '_>, tag: Tag<'t>) -> Result<(), Stop> {
        self.element = unit.cursor.element(tag)?;
        Ok(())
    }
}

impl Visit for Extension<'_> {
    fn visit<V: Visitor>(&self, item: &Item, visitor: &mut V) {
        visitor.extension(item, self);
    }
}
