//! The kinds of object that a feed can carry.

use crate::field::Field;
use crate::fields;

/// What the rows of a feed are about. One feed carries one kind; which one is said by the address that it is sent
/// to, not by the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Object {
    /// A user.
    Person,
    /// A course.
    Course,
    /// An organization: a course without teaching.
    Organization,
    /// The enrolment of a person in a course.
    Membership,
    /// The enrolment of a person in an organization.
    OrganizationMembership,
    /// A term.
    Term,
    /// An institution role of a person besides the primary one.
    SecondaryRole,
    /// A person who may observe another.
    Observer,
    /// A category of the course catalogue.
    CourseCategory,
    /// A category of the organization catalogue.
    OrganizationCategory,
    /// A course in a category.
    CourseCategoryMembership,
    /// An organization in a category.
    OrganizationCategoryMembership,
    /// A node of the institutional hierarchy.
    Node,
    /// A person in a node.
    NodeUser,
    /// A course in a node.
    NodeCourse,
    /// An organization in a node.
    NodeOrganization,
    /// A goal or standard of a course.
    Standard,
    /// A subject of study.
    Subject,
    /// A program of study.
    Program,
    /// A subject in a program.
    ProgramSubject,
    /// A course of a subject.
    SubjectCourse,
    /// An organization of a subject.
    SubjectOrganization,
}

/// What becomes of a record that is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Removal {
    /// It is disabled: locked and hidden, and enabled again by the next feed that lists it.
    Disable,
    /// It is gone.
    Purge,
}

/// What is known of a kind.
struct Traits {
    object: Object,
    slug: &'static str,
    singular: &'static str,
    plural: &'static str,
    fields: &'static [Field],
    removal: Removal,
    /// Place in the order in which kinds have to be loaded.
    step: u8,
}

macro_rules! kinds {
    ($($Object:ident $slug:literal $singular:literal $plural:literal $fields:path, $removal:ident $step:literal;)+) => {
        const KINDS: &[Traits] = &[$(Traits {
            object: Object::$Object,
            slug: $slug,
            singular: $singular,
            plural: $plural,
            fields: $fields,
            removal: Removal::$removal,
            step: $step,
        }),+];

        impl Object {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$Object),+];
        }
    };
}

// In the order of the enum. Steps: what a record refers to is loaded before it.
kinds! {
    Person "person" "user" "users" fields::person::FIELDS, Disable 1;
    Course "course" "course" "courses" fields::course::FIELDS, Disable 4;
    Organization "organization" "organization" "organizations" fields::course::ORGANIZATION_FIELDS, Disable 3;
    Membership "membership" "enrolment" "enrolments" fields::membership::FIELDS, Disable 7;
    OrganizationMembership "organizationmembership" "organization enrolment" "organization enrolments"
        fields::membership::ORGANIZATION_FIELDS, Disable 7;
    Term "term" "term" "terms" fields::term::FIELDS, Disable 0;
    SecondaryRole "secondaryinstrole" "secondary role" "secondary roles" fields::secondary_role::FIELDS, Disable 2;
    Observer "associateobserver" "observer" "observers" fields::observer::FIELDS, Disable 2;
    CourseCategory "coursecategory" "course category" "course categories" fields::category::FIELDS, Disable 0;
    OrganizationCategory "organizationcategory" "organization category" "organization categories"
        fields::category::ORGANIZATION_FIELDS, Disable 0;
    CourseCategoryMembership "coursecategorymembership" "course in a category" "courses in categories"
        fields::category_membership::FIELDS, Disable 7;
    OrganizationCategoryMembership "organizationcategorymembership" "organization in a category"
        "organizations in categories" fields::category_membership::ORGANIZATION_FIELDS, Disable 7;
    Node "node" "node" "nodes" fields::node::FIELDS, Purge 0;
    NodeUser "userassociation" "user in a node" "users in nodes" fields::node_user::FIELDS, Purge 2;
    NodeCourse "courseassociation" "course in a node" "courses in nodes" fields::node_course::FIELDS, Purge 6;
    NodeOrganization "organizationassociation" "organization in a node" "organizations in nodes"
        fields::node_course::ORGANIZATION_FIELDS, Purge 6;
    Standard "standardsassociation" "standard of a course" "standards of courses" fields::standard::FIELDS, Purge 6;
    Subject "subject" "subject" "subjects" fields::subject::FIELDS, Disable 5;
    Program "program" "program" "programs" fields::program::FIELDS, Disable 5;
    ProgramSubject "programtosubjectassociation" "subject in a program" "subjects in programs"
        fields::program_subject::FIELDS, Purge 6;
    SubjectCourse "subjecttocourseassociation" "course of a subject" "courses of subjects"
        fields::subject_course::FIELDS, Purge 6;
    SubjectOrganization "subjecttoorgassociation" "organization of a subject" "organizations of subjects"
        fields::subject_course::ORGANIZATION_FIELDS, Purge 6;
}

impl Object {
    fn traits(self) -> &'static Traits {
        &KINDS[self as usize]
    }

    /// The word for the kind in the address that a feed is sent to: `person`, `membership`.
    pub fn slug(self) -> &'static str {
        self.traits().slug
    }

    /// The kind with this [slug](Self::slug), in any letter case.
    pub fn from_slug(slug: &str) -> Option<Self> {
        KINDS.iter().find(|kind| kind.slug.eq_ignore_ascii_case(slug)).map(|kind| kind.object)
    }

    /// What people call one of its records: `user`, `enrolment`.
    pub fn singular(self) -> &'static str {
        self.traits().singular
    }

    /// What people call several: `users`, `enrolments`.
    pub fn plural(self) -> &'static str {
        self.traits().plural
    }

    /// Its columns by their canonical headers, in the order of the documentation.
    pub fn fields(self) -> &'static [Field] {
        self.traits().fields
    }

    /// The columns that identify a record: one or two.
    pub fn keys(self) -> impl Iterator<Item = &'static Field> {
        self.fields().iter().filter(|field| field.is_key())
    }

    /// The column with this canonical header, in any letter case, and its place in [`fields`](Self::fields).
    pub fn field(self, header: &str) -> Option<(usize, &'static Field)> {
        self.fields().iter().enumerate().find(|(_, field)| field.name.eq_ignore_ascii_case(header))
    }

    /// What becomes of a record that is deleted, or that a complete refresh leaves out.
    pub fn removal(self) -> Removal {
        self.traits().removal
    }

    /// Place in the loading order, from 0: kinds that others refer to come first. Kinds with one number need
    /// nothing of each other.
    ///
    /// The documented order is users, courses, enrolments; the dependencies give that of the other kinds.
    pub fn loading_step(self) -> u8 {
        self.traits().step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_in_the_order_of_the_enum() {
        for (&object, kind) in Object::ALL.iter().zip(KINDS) {
            assert_eq!(object, kind.object);
            assert_eq!(Object::from_slug(&object.slug().to_uppercase()), Some(object));
            assert!((1..=2).contains(&object.keys().count()), "{object:?}");
        }
    }

    #[test]
    fn what_is_referred_to_is_loaded_before() {
        for &object in Object::ALL {
            for target in object.fields().iter().filter_map(|field| field.refers_to) {
                let is_before = target.loading_step() < object.loading_step();
                assert!(is_before || target == object, "{object:?} refers to {target:?}");
            }
        }
        let seed = [Object::Person, Object::Course, Object::Membership];
        assert!(seed.is_sorted_by_key(|object| object.loading_step()));
    }
}
