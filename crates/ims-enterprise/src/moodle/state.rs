//! What exists, as the planner asks for it.

use super::Action;

/// What exists in Moodle, and what becomes of it: an in-memory [`Site`](super::Site), or the caller's own view
/// of a running system. The planner asks, and hands over each action as soon as it is decided, so that the
/// next record is decided on what the ones before it did.
///
/// Users, courses and categories have handles that mean nothing outside.
pub trait State {
    /// A user.
    type User: Copy + Eq;
    /// A course.
    type Course: Copy + Eq;
    /// A category.
    type Category: Copy;

    /// The first user with this id number. An empty one is none.
    fn user_by_idnumber(&self, idnumber: &str) -> Option<Self::User>;
    /// The first user with this name.
    fn user_by_username(&self, username: &str) -> Option<Self::User>;
    /// A field of a user by Moodle's name of it: `idnumber`, `username`, `firstname`, `lastname`, `email`,
    /// `auth`, `city`, `country`, `url`.
    fn user_field(&self, user: Self::User, field: &str) -> &str;

    /// The course with this code.
    fn course(&self, code: &str) -> Option<Self::Course>;
    /// Short name, full name, and whether the course is visible.
    fn course_names(&self, course: Self::Course) -> (&str, &str, bool);
    /// Whether the course has the enrolment method of the plug-in.
    fn has_instance(&self, course: Self::Course) -> bool;

    /// The first category that is looked for so.
    fn category(&self, search: CategorySearch<'_, Self::Category>) -> Option<Self::Category>;
    /// The names from the outermost category down to this one.
    fn category_path(&self, category: Self::Category) -> Vec<String>;
    /// The category of courses that are put into none.
    fn default_category(&self) -> Option<Self::Category>;

    /// The plug-in's enrolment of a user in a course.
    fn enrolment(&self, course: Self::Course, user: Self::User) -> Option<Enrolment>;
    /// Whether that enrolment has a role, by its short name.
    fn has_role(&self, course: Self::Course, user: Self::User, role: &str) -> bool;

    /// Whether the course has a group of this name.
    fn has_group(&self, course: Self::Course, name: &str) -> bool;
    /// Whether the user is in that group.
    fn is_in_group(&self, course: Self::Course, name: &str, user: Self::User) -> bool;
    /// A group of the course that the user is in.
    fn group_of(&self, course: Self::Course, user: Self::User) -> Option<&str>;

    /// Does what the action says; what it names exists as the planner has just asked for it.
    fn apply(&mut self, action: &Action<'_>);
}

/// How a category is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CategorySearch<'a, C> {
    /// Name, unless an id number is given.
    pub name: &'a str,
    /// Id number.
    pub idnumber: Option<&'a str>,
    /// Directly inside this one, or on the top level; anywhere where nothing is said.
    pub parent: Option<Option<C>>,
}

/// An enrolment by the plug-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolment {
    /// It does not count at present.
    pub suspended: bool,
    /// First moment, in seconds since 1970; 0 for none.
    pub timestart: i64,
    /// Last moment; 0 for none.
    pub timeend: i64,
    /// Number of roles.
    pub roles: usize,
}
