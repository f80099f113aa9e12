//! The settings of the plug-in.

use crate::codes::RoleType;

/// Where a field of a new course comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CourseField {
    /// `description/short`.
    Short,
    /// `description/long`.
    Long,
    /// `description/full`.
    Full,
    /// The course code.
    CourseCode,
    /// The field stays empty.
    Ignore,
}

impl CourseField {
    const ALL: [Self; 5] = [Self::Short, Self::Long, Self::Full, Self::CourseCode, Self::Ignore];

    /// The word of the setting.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Full => "full",
            Self::CourseCode => "coursecode",
            Self::Ignore => "ignore",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == word)
    }
}

/// What becomes of an enrolment that the file ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnenrolAction {
    /// 0: the enrolment and its roles are removed.
    Unenrol,
    /// 1: nothing.
    Keep,
    /// 2: it is suspended.
    Suspend,
    /// 3: it is suspended, and its roles are removed.
    SuspendNoRoles,
}

impl UnenrolAction {
    const ALL: [Self; 4] = [Self::Unenrol, Self::Keep, Self::Suspend, Self::SuspendNoRoles];
}

/// How often a setting occurs in the roles: codes 01 to 08.
const ROLES: usize = 8;

macro_rules! settings {
    ($($(#[$doc:meta])* $field:ident: $kind:ident = $default:expr;)+) => {
        /// The settings of `enrol_imsenterprise`, with the defaults of a new installation. The names are
        /// Moodle's own.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Settings {
            $($(#[$doc])* pub $field: settings!(@type $kind),)+
            /// `imsrolemap01` to `imsrolemap08`: short name of the Moodle role for each role of IMS; empty
            /// means that the role is ignored.
            pub imsrolemap: [String; ROLES],
        }

        impl Default for Settings {
            fn default() -> Self {
                Self {
                    $($field: $default,)+
                    imsrolemap: [
                        "student", "editingteacher", "editingteacher", "student", "", "teacher", "",
                        "teacher",
                    ]
                    .map(str::to_owned),
                }
            }
        }

        impl Settings {
            /// Sets one setting by Moodle's own name.
            ///
            /// # Errors
            ///
            /// When there is no such setting, or the value is of another kind.
            pub fn set(&mut self, name: &str, value: &Value<'_>) -> Result<(), SettingError> {
                let wrong = |expected| SettingError::Value { name: name.to_owned(), expected };
                match name {
                    $(stringify!($field) => {
                        self.$field = settings!(@read $kind, value).ok_or_else(|| wrong(settings!(@expected $kind)))?;
                    })+
                    _ if IGNORED.contains(&name) => {}
                    _ => {
                        let digit = name.strip_prefix("imsrolemap0").filter(|digit| digit.len() == 1);
                        let number = digit.and_then(|digit| digit.parse::<usize>().ok());
                        let role = number.and_then(|number| self.imsrolemap.get_mut(number.wrapping_sub(1)));
                        let role = role.ok_or_else(|| SettingError::Unknown { name: name.to_owned() })?;
                        *role = value.role().ok_or_else(|| wrong("the short name of a role"))?;
                    }
                }
                Ok(())
            }
        }
    };
    (@type flag) => { bool };
    (@type number) => { u64 };
    (@type text) => { String };
    (@type field) => { CourseField };
    (@type summary) => { CourseField };
    (@type unenrol) => { UnenrolAction };
    (@read flag, $value:ident) => { $value.flag() };
    (@read number, $value:ident) => { $value.number() };
    (@read text, $value:ident) => { $value.text() };
    (@read field, $value:ident) => { $value.course_field().filter(|field| *field != CourseField::Ignore) };
    (@read summary, $value:ident) => { $value.course_field() };
    (@read unenrol, $value:ident) => {
        $value.number().and_then(|number| UnenrolAction::ALL.get(usize::try_from(number).ok()?).copied())
    };
    (@expected flag) => { "true or false" };
    (@expected number) => { "a number" };
    (@expected text) => { "a text" };
    (@expected field) => { "short, long, full or coursecode" };
    (@expected summary) => { "short, long, full, coursecode or ignore" };
    (@expected unenrol) => { "0, 1, 2 or 3" };
}

settings! {
    /// Users may be created; also decides whether an id number may be given to a user who is known by name.
    createnewusers: flag = false;
    /// A `recstatus` of 2 changes a user.
    imsupdateusers: flag = false;
    /// A `recstatus` of 3 deletes a user.
    imsdeleteusers: flag = false;
    /// User names become lower case.
    fixcaseusernames: flag = false;
    /// Names of persons get a capital and small letters.
    fixcasepersonalnames: flag = false;
    /// Where the user name is missing, the id takes its place.
    imssourcedidfallback: flag = false;
    /// Course codes are cut to this number of bytes; 0 leaves them.
    truncatecoursecodes: number = 0;
    /// Courses may be created.
    createnewcourses: flag = false;
    /// A `recstatus` of 2 changes a course.
    updatecourses: flag = false;
    /// Categories may be created.
    createnewcategories: flag = false;
    /// Each `orgunit` is looked for inside the one before.
    nestedcategories: flag = false;
    /// An `orgunit` holds a name and an id number.
    categoryidnumber: flag = false;
    /// What stands between the two.
    categoryseparator: text = String::new();
    /// Source of the short name of a new course.
    imscoursemapshortname: field = CourseField::CourseCode;
    /// Source of its full name.
    imscoursemapfullname: field = CourseField::Short;
    /// Source of its summary.
    imscoursemapsummary: summary = CourseField::Ignore;
    /// The file may end enrolments.
    imsunenrol: flag = false;
    /// How it ends them.
    unenrolaction: unenrol = UnenrolAction::Unenrol;
    /// The file is for this target only; empty for any.
    imsrestricttarget: text = String::new();
    /// The role may be given as an element `roletype`.
    imscapitafix: flag = false;
}

/// Settings of the plug-in that decide nothing here.
const IGNORED: [&str; 7] = [
    "imsfilelocation",
    "logtolocation",
    "mailadmins",
    "prev_time",
    "prev_md5",
    "prev_path",
    "version",
];

/// The role names of IMS beside the numbers, as Moodle spells them.
const WORDS: [&str; ROLES] = [
    "Learner",
    "Instructor",
    "Content Developer",
    "Member",
    "Manager",
    "Mentor",
    "Administrator",
    "TeachingAssistant",
];

impl Settings {
    /// The Moodle role for a `roletype` in exactly the spelling that Moodle knows; `None` where there is
    /// none.
    pub fn role(&self, roletype: &str) -> Option<&str> {
        let number = match roletype.as_bytes() {
            [b'0', digit @ b'1'..=b'8'] => usize::from(digit - b'1'),
            _ => WORDS.iter().position(|word| *word == roletype)?,
        };
        Some(&*self.imsrolemap[number]).filter(|role| is_set(role))
    }

    /// The same, in every spelling that stands for the role.
    pub fn role_of(&self, roletype: &RoleType) -> Option<&str> {
        self.role(roletype.as_str())
    }
}

/// Whether a text counts as given in PHP: `0` does not.
pub(super) fn is_set(text: &str) -> bool {
    !text.is_empty() && text != "0"
}

/// The value of a setting, as JSON or Moodle's own table has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(u64),
    /// A text; Moodle stores flags and numbers as texts too.
    Text(&'a str),
}

impl Value<'_> {
    fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            Self::Number(0) | Self::Text("0" | "") => Some(false),
            Self::Number(1) | Self::Text("1") => Some(true),
            Self::Number(_) | Self::Text(_) => None,
        }
    }

    fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text("") => Some(0),
            Self::Text(text) => text.parse().ok(),
            Self::Flag(_) => None,
        }
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some((*text).to_owned()),
            Self::Flag(_) | Self::Number(_) => None,
        }
    }

    fn course_field(&self) -> Option<CourseField> {
        self.text().and_then(|word| CourseField::named(&word))
    }

    fn role(&self) -> Option<String> {
        match self {
            Self::Number(0) => Some(String::new()),
            other => other.text(),
        }
    }
}

/// A setting that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingError {
    /// The plug-in has no such setting.
    #[error("`{name}` is no setting of enrol_imsenterprise")]
    Unknown {
        /// Its name.
        name: String,
    },
    /// The value is of another kind.
    #[error("the setting `{name}` must be {expected}")]
    Value {
        /// Its name.
        name: String,
        /// What it must be.
        expected: &'static str,
    },
}

#[cfg(feature = "serde")]
mod deserialize {
    use std::fmt;

    use super::{Settings, Value};
    use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

    impl<'de> Deserialize<'de> for Settings {
        /// An object of settings under Moodle's own names; those that are missing have their default.
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_map(Names)
        }
    }

    struct Names;

    impl<'de> Visitor<'de> for Names {
        type Value = Settings;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object of settings")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Settings, A::Error> {
            let mut settings = Settings::default();
            while let Some((name, value)) = map.next_entry::<String, Any>()? {
                let value = match &value {
                    Any::Flag(flag) => Value::Flag(*flag),
                    Any::Number(number) => Value::Number(*number),
                    Any::Text(text) => Value::Text(text),
                    // No kind of setting takes it.
                    Any::Other(_) => {
                        let sentence =
                            format!("the setting `{name}` must be a text, a number or a flag");
                        return Err(A::Error::custom(sentence));
                    }
                };
                settings.set(&name, &value).map_err(A::Error::custom)?;
            }
            Ok(settings)
        }
    }

    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Any {
        Flag(bool),
        Number(u64),
        Text(String),
        Other(serde::de::IgnoredAny),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_known_by_number_and_word() {
        let settings = Settings::default();
        for (roletype, role) in [
            ("01", Some("student")),
            ("Learner", Some("student")),
            ("03", Some("editingteacher")),
            ("Content Developer", Some("editingteacher")),
            ("05", None),
            ("1", None),
            ("09", None),
            ("00", None),
            ("learner", None),
            ("ContentDeveloper", None),
        ] {
            assert_eq!(settings.role(roletype), role, "{roletype}");
        }
        assert_eq!(settings.role_of(&"1".parse().unwrap()), Some("student"));
    }

    #[test]
    fn a_setting_that_cannot_be_taken_is_named() {
        let mut settings = Settings::default();
        assert_eq!(settings.set("createnewusers", &Value::Text("1")), Ok(()));
        assert_eq!(settings.set("imsrolemap07", &Value::Text("manager")), Ok(()));
        assert_eq!((settings.createnewusers, &*settings.imsrolemap[6]), (true, "manager"));
        for (name, value, sentence) in [
            (
                "createusers",
                Value::Flag(true),
                "`createusers` is no setting of enrol_imsenterprise",
            ),
            (
                "imsrolemap09",
                Value::Text(""),
                "`imsrolemap09` is no setting of enrol_imsenterprise",
            ),
            (
                "imsrolemap00",
                Value::Text(""),
                "`imsrolemap00` is no setting of enrol_imsenterprise",
            ),
            (
                "createnewusers",
                Value::Text("yes"),
                "the setting `createnewusers` must be true or false",
            ),
            ("unenrolaction", Value::Number(4), "the setting `unenrolaction` must be 0, 1, 2 or 3"),
            (
                "imscoursemapsummary",
                Value::Text("code"),
                "the setting `imscoursemapsummary` must be short, long, full, coursecode or ignore",
            ),
        ] {
            assert_eq!(settings.set(name, &value).unwrap_err().to_string(), sentence);
        }
    }
}
