//! A site as lists of rows, the shape in which it is given and handed out.

/// A user as the JSON of a site has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct UserRow {
    /// User name.
    pub username: String,
    /// Id number; empty for none.
    pub idnumber: String,
    /// First name.
    pub firstname: String,
    /// Last name.
    pub lastname: String,
    /// E-mail address.
    pub email: String,
    /// How the user logs in.
    pub auth: String,
    /// Town.
    pub city: String,
    /// Country.
    pub country: String,
    /// Web address.
    pub url: String,
}

/// A course.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct CourseRow {
    /// Its code.
    pub idnumber: String,
    /// Short name.
    pub shortname: String,
    /// Full name.
    pub fullname: String,
    /// Summary.
    pub summary: String,
    /// Name of the category.
    pub category: String,
    /// Whether students see it.
    pub visible: bool,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct CategoryRow {
    /// Name.
    pub name: String,
    /// Id number; empty for none.
    pub idnumber: String,
    /// Whether students see it.
    pub visible: bool,
    /// Courses are put into it that belong to no other.
    pub default: bool,
    /// Name of the category around it.
    pub parent: Option<String>,
}

/// Visible, all else empty.
impl Default for CourseRow {
    fn default() -> Self {
        let empty = String::new;
        Self {
            idnumber: empty(),
            shortname: empty(),
            fullname: empty(),
            summary: empty(),
            category: empty(),
            visible: true,
        }
    }
}

/// Visible, all else empty.
impl Default for CategoryRow {
    fn default() -> Self {
        let name = String::new();
        Self { name, idnumber: String::new(), visible: true, default: false, parent: None }
    }
}

/// An enrolment by the plug-in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct EnrolmentRow {
    /// Code of the course.
    pub course: String,
    /// Name of the user.
    pub username: String,
    /// Short names of the roles.
    pub roles: Vec<String>,
    /// It does not count at present.
    pub suspended: bool,
    /// First moment, in seconds since 1970; 0 for none.
    pub timestart: i64,
    /// Last moment; 0 for none.
    pub timeend: i64,
}

/// A group of a course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct GroupRow {
    /// Code of the course.
    pub course: String,
    /// Name.
    pub name: String,
    /// Names of the users in it.
    pub members: Vec<String>,
}

/// A site as lists of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct SiteRows {
    /// Users that are not deleted.
    pub users: Vec<UserRow>,
    /// Courses.
    pub courses: Vec<CourseRow>,
    /// Categories.
    pub categories: Vec<CategoryRow>,
    /// Enrolments by the plug-in.
    pub enrolments: Vec<EnrolmentRow>,
    /// Groups in courses.
    pub groups: Vec<GroupRow>,
}
