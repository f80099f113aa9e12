//! What would happen.

use std::borrow::Cow;

use edu_diagnostics::Span;

/// A text of an action: out of the file, or made.
pub type Word<'a> = Cow<'a, str>;

/// One step of the import.
///
/// Users are named by id number, where a record was found by it, or by user name; courses by their code;
/// categories by the names from the outermost down. No number of Moodle's database is ever part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Action<'a> {
    /// What is done.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub step: Step<'a>,
    /// Why: what in the file, and which setting, decided it.
    pub reason: Word<'a>,
    /// Line of the record, from 1.
    pub line: u64,
    /// The record in the original bytes.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// The kinds of step.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(tag = "action", rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Step<'a> {
    /// A user is created.
    CreateUser {
        /// Id number: the `id` of the person.
        idnumber: Word<'a>,
        /// What is known of the user; what is not is empty.
        #[cfg_attr(feature = "serde", serde(flatten))]
        fields: UserFields<'a>,
    },
    /// Fields of a user are written over, those that are given.
    UpdateUser {
        /// Id number by which the user was found.
        idnumber: Word<'a>,
        /// The new values.
        #[cfg_attr(feature = "serde", serde(flatten))]
        fields: UserFields<'a>,
    },
    /// A user is deleted, with all enrolments and group memberships.
    DeleteUser {
        /// User name by which the user was found.
        username: Word<'a>,
    },
    /// A user known by name gets an id number, in place of the one there may be.
    AttachIdnumber {
        /// User name by which the user was found.
        username: Word<'a>,
        /// The id number from now on.
        idnumber: Word<'a>,
    },
    /// A category is created, hidden.
    CreateCategory {
        /// Its name, behind those of the categories around it.
        path: Vec<String>,
        /// Its id number; empty where it has none.
        idnumber: Word<'a>,
    },
    /// A course is created.
    CreateCourse {
        /// Its code.
        course: Word<'a>,
        /// Short name.
        shortname: Word<'a>,
        /// Full name.
        fullname: Word<'a>,
        /// Summary.
        summary: Word<'a>,
        /// The category that it is in.
        category: Vec<String>,
    },
    /// Names of a course are changed, those that are given.
    UpdateCourse {
        /// Its code.
        course: Word<'a>,
        /// New short name.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        shortname: Option<Word<'a>>,
        /// New full name.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
        fullname: Option<Word<'a>>,
    },
    /// A course is hidden.
    HideCourse {
        /// Its code.
        course: Word<'a>,
    },
    /// The course gets the enrolment method of the plug-in.
    AddInstance {
        /// Its code.
        course: Word<'a>,
    },
    /// A user is enrolled.
    Enrol {
        /// Code of the course.
        course: Word<'a>,
        /// Id number of the user.
        idnumber: Word<'a>,
        /// Short name of the role.
        role: Word<'a>,
        /// First moment, in seconds since 1970; 0 for none.
        timestart: i64,
        /// Last moment; 0 for none.
        timeend: i64,
    },
    /// An enrolled user gets a role too.
    AddRole {
        /// Code of the course.
        course: Word<'a>,
        /// Id number of the user.
        idnumber: Word<'a>,
        /// Short name of the role.
        role: Word<'a>,
    },
    /// An enrolled user loses all other roles.
    ReplaceRoles {
        /// Code of the course.
        course: Word<'a>,
        /// Id number of the user.
        idnumber: Word<'a>,
        /// The role that stays.
        role: Word<'a>,
    },
    /// The dates of an enrolment are changed.
    RefreshDates {
        /// Code of the course.
        course: Word<'a>,
        /// Id number of the user.
        idnumber: Word<'a>,
        /// First moment; 0 for none.
        timestart: i64,
        /// Last moment; 0 for none.
        timeend: i64,
    },
    /// A suspended enrolment counts again.
    Reactivate {
        /// Code of the course.
        course: Word<'a>,
        /// Id number of the user.
        idnumber: Word<'a>,
    },
    /// An enrolment is suspended.
    Suspend {
        /// Code of the course.
        course: Word<'a>,
        /// Id number of the user.
        idnumber: Word<'a>,
    },
    /// An enrolled user loses all roles.
    RemoveRoles {
        /// Code of the course.
        course: Word<'a>,
        /// Id number of the user.
        idnumber: Word<'a>,
    },
    /// An enrolment is removed with its roles.
    Unenrol {
        /// Code of the course.
        course: Word<'a>,
        /// Id number of the user.
        idnumber: Word<'a>,
    },
    /// A group is created in a course.
    CreateGroup {
        /// Code of the course.
        course: Word<'a>,
        /// Name of the group.
        group: Word<'a>,
    },
    /// A user becomes a member of a group.
    AddToGroup {
        /// Code of the course.
        course: Word<'a>,
        /// Name of the group.
        group: Word<'a>,
        /// Id number of the user.
        idnumber: Word<'a>,
    },
    /// Something that the file asks for is not done.
    Skip {
        /// Kind of record: `person`, `group`, `category` (of a group), `membership`, `member`, `properties`,
        /// `file`.
        record: &'static str,
        /// Id of the record; empty where it has none.
        id: Word<'a>,
        /// Code of the course, of a member.
        #[cfg_attr(feature = "serde", serde(skip_serializing_if = "str::is_empty"))]
        course: Word<'a>,
    },
}

impl Step<'_> {
    /// The kind in a word, as the JSON has it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CreateUser { .. } => "create_user",
            Self::UpdateUser { .. } => "update_user",
            Self::DeleteUser { .. } => "delete_user",
            Self::AttachIdnumber { .. } => "attach_idnumber",
            Self::CreateCategory { .. } => "create_category",
            Self::CreateCourse { .. } => "create_course",
            Self::UpdateCourse { .. } => "update_course",
            Self::HideCourse { .. } => "hide_course",
            Self::AddInstance { .. } => "add_instance",
            Self::Enrol { .. } => "enrol",
            Self::AddRole { .. } => "add_role",
            Self::ReplaceRoles { .. } => "replace_roles",
            Self::RefreshDates { .. } => "refresh_dates",
            Self::Reactivate { .. } => "reactivate",
            Self::Suspend { .. } => "suspend",
            Self::RemoveRoles { .. } => "remove_roles",
            Self::Unenrol { .. } => "unenrol",
            Self::CreateGroup { .. } => "create_group",
            Self::AddToGroup { .. } => "add_to_group",
            Self::Skip { .. } => "skip",
        }
    }

    /// Whether nothing is done.
    pub const fn is_skip(&self) -> bool {
        matches!(self, Self::Skip { .. })
    }
}

/// Fields of a user that the file gives. There is no password: the plug-in takes none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UserFields<'a> {
    /// User name (`userid`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub username: Option<Word<'a>>,
    /// First name (`given`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub firstname: Option<Word<'a>>,
    /// Last name (`family`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub lastname: Option<Word<'a>>,
    /// E-mail address.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub email: Option<Word<'a>>,
    /// How the user logs in (`authenticationtype`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub auth: Option<Word<'a>>,
    /// Town (`locality`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub city: Option<Word<'a>>,
    /// Country.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub country: Option<Word<'a>>,
    /// Web address.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub url: Option<Word<'a>>,
}

impl<'a> UserFields<'a> {
    /// Takes out what is given as empty.
    pub(super) fn drop_empty(&mut self) {
        for field in [
            &mut self.username,
            &mut self.firstname,
            &mut self.lastname,
            &mut self.email,
            &mut self.auth,
            &mut self.city,
            &mut self.country,
            &mut self.url,
        ] {
            field.take_if(|value| value.is_empty());
        }
    }

    /// The fields that are given, with their names.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, &Word<'a>)> {
        [
            ("username", &self.username),
            ("firstname", &self.firstname),
            ("lastname", &self.lastname),
            ("email", &self.email),
            ("auth", &self.auth),
            ("city", &self.city),
            ("country", &self.country),
            ("url", &self.url),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.as_ref().map(|value| (name, value)))
    }
}
