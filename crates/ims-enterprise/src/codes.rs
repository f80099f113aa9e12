//! The vocabularies of IMS Enterprise, all of them open.
//!
//! A code that is not in the vocabulary is kept as `Other`. The words that 1.1 allows beside the numbers
//! are read as the same code.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use edu_syntax::xml::Text;

/// How a code was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As the vocabulary has it.
    Exact,
    /// Understood, but not as the vocabulary has it: other letter case, blanks, `1` for `01`.
    Loose,
    /// Not in the vocabulary.
    Unknown,
}

/// A list of codes.
pub trait Vocabulary: Sized {
    /// What the vocabulary has, for a sentence: `1`, `2` or `3`.
    const EXPECTED: &'static str;

    /// The code that a text stands for, and how it was written.
    fn read(text: &str) -> (Self, Spelling);
}

/// A text that stands for a code of the vocabulary `C`.
pub struct Coded<'t, C> {
    text: Text<'t>,
    vocabulary: PhantomData<fn() -> C>,
}

impl<C: Vocabulary> Coded<'_, C> {
    /// The code; `Other` where the vocabulary does not have the text.
    pub fn code(&self) -> C {
        C::read(&self.text.value()).0
    }

    /// How the code is written.
    pub fn spelling(&self) -> Spelling {
        C::read(&self.text.value()).1
    }
}

/// Empty text.
impl<C> Default for Coded<'_, C> {
    fn default() -> Self {
        Text::default().into()
    }
}

impl<'t, C> From<Text<'t>> for Coded<'t, C> {
    fn from(text: Text<'t>) -> Self {
        Self { text, vocabulary: PhantomData }
    }
}

impl<'t, C> Deref for Coded<'t, C> {
    type Target = Text<'t>;

    fn deref(&self) -> &Text<'t> {
        &self.text
    }
}

impl<C> Clone for Coded<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Coded<'_, C> {}

impl<C> PartialEq for Coded<'_, C> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<C> Eq for Coded<'_, C> {}

impl<C> fmt::Debug for Coded<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        $Name:ident, $expected:literal {
            $($(#[$variant_meta:meta])* $Variant:ident = $code:literal $(| $word:literal)* $(~ $loose:literal)*,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$variant_meta])* $Variant,)+
            /// Not in the vocabulary; the text as it was.
            Other(Box<str>),
        }

        impl $Name {
            /// The code as the vocabulary has it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$Variant => $code,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl Vocabulary for $Name {
            const EXPECTED: &'static str = $expected;

            fn read(text: &str) -> (Self, Spelling) {
                match text {
                    $($code $(| $word)* => return (Self::$Variant, Spelling::Exact),)+
                    _ => {}
                }
                let loose = text.trim();
                $(
                    if [$code $(, $word)* $(, $loose)*].iter().any(|word| loose.eq_ignore_ascii_case(word)) {
                        return (Self::$Variant, Spelling::Loose);
                    }
                )+
                (Self::Other(text.into()), Spelling::Unknown)
            }
        }

        /// Never fails: what the vocabulary does not have is `Other`.
        impl FromStr for $Name {
            type Err = Infallible;

            fn from_str(text: &str) -> Result<Self, Infallible> {
                Ok(Self::read(text).0)
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

vocabulary! {
    /// What to do with a record (`recstatus`). Absent means that the receiver decides.
    RecStatus, "1 (add), 2 (update) or 3 (delete)" {
        /// Add.
        Add = "1",
        /// Update.
        Update = "2",
        /// Delete.
        Delete = "3",
    }
}

vocabulary! {
    /// Which of several `sourcedid`s one is (`sourcedidtype`): a change of id names the old and the new.
    SourcedIdType, "New, Old or Duplicate" {
        /// The id from now on.
        New = "New",
        /// The id so far.
        Old = "Old",
        /// A second record of the same person or group.
        Duplicate = "Duplicate",
    }
}

vocabulary! {
    /// Kind of telephone (`teltype`).
    TelType, "1 (Voice), 2 (Fax), 3 (Mobile) or 4 (Pager)" {
        /// Voice.
        Voice = "1" | "Voice" ~ "01",
        /// Fax.
        Fax = "2" | "Fax" ~ "02",
        /// Mobile.
        Mobile = "3" | "Mobile" ~ "03",
        /// Pager.
        Pager = "4" | "Pager" ~ "04",
    }
}

vocabulary! {
    /// Gender. Not the numbers of ISO 5218.
    Gender, "0 (unknown), 1 (female) or 2 (male)" {
        /// Unknown.
        Unknown = "0" | "Unknown",
        /// Female.
        Female = "1" | "Female" ~ "f",
        /// Male.
        Male = "2" | "Male" ~ "m",
    }
}

vocabulary! {
    /// Role in the target system (`systemroletype`).
    SystemRoleType, "SysAdmin, SysSupport, Creator, AccountAdmin, User or None" {
        /// System administrator.
        SysAdmin = "SysAdmin",
        /// System support.
        SysSupport = "SysSupport",
        /// Creator of content.
        Creator = "Creator",
        /// Administrator of accounts.
        AccountAdmin = "AccountAdmin",
        /// Ordinary user.
        User = "User",
        /// No role.
        None = "None",
    }
}

vocabulary! {
    /// Role in the institution (`institutionroletype`).
    InstitutionRoleType, "Student, Faculty, Staff, Alumni, ProspectiveStudent, Guest, Other, Administrator or Observer" {
        /// Student.
        Student = "Student",
        /// Teaching staff.
        Faculty = "Faculty",
        /// Other staff.
        Staff = "Staff",
        /// Former student.
        Alumni = "Alumni",
        /// Student to be.
        ProspectiveStudent = "ProspectiveStudent",
        /// Guest.
        Guest = "Guest",
        /// The word `Other` of the vocabulary itself.
        OtherRole = "Other",
        /// Administrator.
        Administrator = "Administrator",
        /// Observer.
        Observer = "Observer",
    }
}

vocabulary! {
    /// Whether an institution role is the main one (`primaryrole`).
    PrimaryRole, "Yes or No" {
        /// It is.
        Yes = "Yes",
        /// It is not.
        No = "No",
    }
}

vocabulary! {
    /// Role of a member in a group (`roletype`).
    RoleType, "01 (Learner), 02 (Instructor), 03 (ContentDeveloper), 04 (Member), 05 (Manager), 06 (Mentor), 07 (Administrator) or 08 (TeachingAssistant)" {
        /// Learner.
        Learner = "01" | "Learner" ~ "1",
        /// Instructor.
        Instructor = "02" | "Instructor" ~ "2",
        /// Developer of content.
        ContentDeveloper = "03" | "ContentDeveloper" ~ "3" ~ "Content Developer",
        /// Member.
        Member = "04" | "Member" ~ "4",
        /// Manager.
        Manager = "05" | "Manager" ~ "5",
        /// Mentor.
        Mentor = "06" | "Mentor" ~ "6",
        /// Administrator.
        Administrator = "07" | "Administrator" ~ "7",
        /// Teaching assistant.
        TeachingAssistant = "08" | "TeachingAssistant" ~ "8" ~ "Teaching Assistant",
    }
}

vocabulary! {
    /// Whether a role counts (`status`).
    Status, "0 (inactive) or 1 (active)" {
        /// It does not.
        Inactive = "0" ~ "Inactive",
        /// It does.
        Active = "1" ~ "Active",
    }
}

vocabulary! {
    /// What a member is (`idtype`).
    IdType, "1 (person) or 2 (group)" {
        /// A person.
        Person = "1" ~ "Person",
        /// A group.
        Group = "2" ~ "Group",
    }
}

vocabulary! {
    /// How the group named in a `relationship` stands to this one (`relation`).
    Relation, "1 (parent), 2 (child) or 3 (also known as)" {
        /// It is the parent of this group.
        Parent = "1" ~ "Parent",
        /// It is a child of this group.
        Child = "2" ~ "Child",
        /// It is the same group under another id.
        Alias = "3" ~ "Known As",
    }
}

vocabulary! {
    /// A yes or no written as a number (`restrict`, `enrollaccept`, `enrollallowed`).
    Flag, "0 or 1" {
        /// No.
        No = "0" ~ "false" ~ "no",
        /// Yes.
        Yes = "1" ~ "true" ~ "yes",
    }
}

vocabulary! {
    /// How the possible results are given (`valuetype`).
    ValueType, "0 (a list) or 1 (a range)" {
        /// As a list.
        List = "0",
        /// As a minimum and a maximum.
        Range = "1",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_exactly_loosely_or_kept() {
        let cases = [
            ("01", RoleType::Learner, Spelling::Exact),
            ("Learner", RoleType::Learner, Spelling::Exact),
            ("learner", RoleType::Learner, Spelling::Loose),
            (" 2 ", RoleType::Instructor, Spelling::Loose),
            ("Content Developer", RoleType::ContentDeveloper, Spelling::Loose),
            ("09", RoleType::Other("09".into()), Spelling::Unknown),
            ("", RoleType::Other("".into()), Spelling::Unknown),
        ];
        for (text, code, spelling) in cases {
            assert_eq!(RoleType::read(text), (code, spelling), "{text}");
        }
    }

    #[test]
    fn what_is_kept_is_written_as_it_was() {
        for text in ["01", "09", "", "Dean "] {
            let code: RoleType = text.parse().unwrap();
            assert_eq!(code.to_string(), text);
        }
    }
}
