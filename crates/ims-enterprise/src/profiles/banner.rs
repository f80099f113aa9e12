//! Ellucian Banner through the Luminis Message Broker or Intelligent Learning Platform.

use edu_syntax::xml::{Element, Text};

use super::{Profile, source_and_id};
use crate::model::{Extension, Group, Membership, Other, Person, Role};

/// What Banner sends: `luminisperson`, `luminisgroup` and `luminisrole` in extensions, cross-lists as
/// groups in groups.
pub const PROFILE: Profile = Profile {
    name: "banner",
    title: "Ellucian Banner (Luminis Message Broker)",
    key: source_and_id,
    roles: &[("01", "student"), ("02", "instructor")],
    reads: None,
    requires: &["person/userid@useridtype", "group/grouptype", "group/description/long"],
};

/// What Banner says of a person beyond 1.1 (`luminisperson`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LuminisPerson<'t> {
    /// The element as it stands.
    pub element: Element<'t>,
    /// Academic major.
    pub academicmajor: Option<Text<'t>>,
    /// Academic title.
    pub academictitle: Option<Text<'t>>,
    /// Academic degree.
    pub academicdegree: Option<Text<'t>>,
    /// Roles of the institution's own.
    pub customroles: Vec<Text<'t>>,
}

impl<'t> LuminisPerson<'t> {
    /// Reads it from a person's extensions.
    pub fn of(person: &Person<'t>) -> Option<Self> {
        let element = find(&person.extensions, "luminisperson")?;
        Some(Self {
            element,
            academicmajor: text(element, "academicmajor"),
            academictitle: text(element, "academictitle"),
            academicdegree: text(element, "academicdegree"),
            customroles: named(element, "customrole").filter_map(|role| role.text()).collect(),
        })
    }
}

/// What Banner says of a group beyond 1.1 (`luminisgroup`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LuminisGroup<'t> {
    /// The element as it stands.
    pub element: Element<'t>,
    /// Order of a term among the terms.
    pub sort: Option<Text<'t>>,
    /// How a section is taught.
    pub deliverysystem: Option<Text<'t>>,
    /// Meetings of a section.
    pub events: Vec<RecurringEvent<'t>>,
}

/// Meetings of a section that recur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurringEvent<'t> {
    /// What they are.
    pub eventdescription: Option<Text<'t>>,
    /// Day of the first one.
    pub begindate: Option<Text<'t>>,
    /// Day of the last one.
    pub enddate: Option<Text<'t>>,
    /// Days of the week, a letter each.
    pub daysofweek: Option<Text<'t>>,
    /// When they begin.
    pub begintime: Option<Text<'t>>,
    /// When they end.
    pub endtime: Option<Text<'t>>,
    /// Where they are.
    pub location: Option<Text<'t>>,
}

impl<'t> LuminisGroup<'t> {
    /// Reads it from a group's extensions.
    pub fn of(group: &Group<'t>) -> Option<Self> {
        let element = find(&group.extensions, "luminisgroup")?;
        let events = element.child("events").map(|events| {
            let event = |event| RecurringEvent {
                eventdescription: text(event, "eventdescription"),
                begindate: text(event, "begindate"),
                enddate: text(event, "enddate"),
                daysofweek: text(event, "daysofweek"),
                begintime: text(event, "begintime"),
                endtime: text(event, "endtime"),
                location: text(event, "location"),
            };
            named(events, "recurringevent").map(event).collect()
        });
        Some(Self {
            element,
            sort: text(element, "sort"),
            deliverysystem: text(element, "deliverysystem"),
            events: events.unwrap_or_default(),
        })
    }
}

/// What Banner says of a role beyond 1.1 (`luminisrole`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LuminisRole<'t> {
    /// The element as it stands.
    pub element: Element<'t>,
    /// Whether the member is graded.
    pub gradable: Option<Text<'t>>,
}

impl<'t> LuminisRole<'t> {
    /// Reads it from a role's extensions.
    pub fn of(role: &Role<'t>) -> Option<Self> {
        let element = find(&role.extensions, "luminisrole")?;
        Some(Self { element, gradable: text(element, "gradable") })
    }
}

/// What the sections of a cross-list become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrossList {
    /// A course above them (`meta`).
    Meta,
    /// One course (`merge`).
    Merge,
}

impl CrossList {
    /// Reads the `type` that Banner puts into the membership of a cross-list.
    pub fn of(membership: &Membership<'_>) -> Option<Self> {
        let kind = membership.other.iter().find_map(|other| match other {
            Other::Element(element) if element.local_name().eq_ignore_ascii_case("type") => {
                element.text()
            }
            _ => None,
        })?;
        match kind.trimmed().to_ascii_lowercase().as_str() {
            "meta" => Some(Self::Meta),
            "merge" => Some(Self::Merge),
            _ => None,
        }
    }
}

fn find<'t>(extensions: &[Extension<'t>], name: &str) -> Option<Element<'t>> {
    extensions.iter().find_map(|extension| extension.get(name))
}

fn named<'t>(element: Element<'t>, name: &'static str) -> impl Iterator<Item = Element<'t>> {
    element.elements().filter(move |child| child.local_name().eq_ignore_ascii_case(name))
}

fn text<'t>(element: Element<'t>, name: &str) -> Option<Text<'t>> {
    element.child(name).and_then(|child| child.text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, ImsReader};
    use edu_diagnostics::Diagnostic;
    use edu_syntax::Decoded;

    #[test]
    fn extensions_are_read() {
        let text = Decoded::from(
            "<enterprise><person><extension><luminisperson><academicmajor>Chemistry</academicmajor>\
             <customrole>Warden</customrole><customrole>Tutor</customrole></luminisperson></extension></person>\
             <group><extension><luminisgroup><sort>201740</sort><events><recurringevent><daysofweek>MW</daysofweek>\
             <location>Main 12</location></recurringevent></events></luminisgroup></extension></group>\
             <membership><type>meta</type><member><role><extension><luminisrole><gradable>1</gradable></luminisrole>\
             </extension></role></member></membership></enterprise>",
        );
        let mut ignored = |_: Diagnostic| {};
        let Document { persons, groups, memberships, .. } =
            ImsReader::new().document(&text, &mut ignored).unwrap();
        let person = LuminisPerson::of(&persons[0]).unwrap();
        assert_eq!(person.academicmajor.unwrap().value(), "Chemistry");
        assert_eq!(
            person.customroles.iter().map(Text::value).collect::<Vec<_>>(),
            ["Warden", "Tutor"]
        );
        let group = LuminisGroup::of(&groups[0]).unwrap();
        assert_eq!(group.sort.unwrap().value(), "201740");
        assert_eq!(group.events[0].location.unwrap().value(), "Main 12");
        assert_eq!(CrossList::of(&memberships[0].membership), Some(CrossList::Meta));
        let role = LuminisRole::of(&memberships[0].members[0].roles[0]).unwrap();
        assert_eq!(role.gradable.unwrap().value(), "1");
    }
}
