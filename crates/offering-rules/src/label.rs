//! How head rows are labelled, and what labels are in the spellings that are found.

use crate::codes::Kind;
use crate::layout::{HeadRow, Layout};
use crate::nearest::{Nearest, Words};

/// What a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub(crate) row: HeadRow,
    /// The oldest layout with this label, in a matrix of its kind.
    since: [Layout; 2],
}

impl Labelled {
    /// The oldest layout with this label in a matrix of a kind.
    pub(crate) fn since(self, kind: Kind) -> Layout {
        self.since[usize::from(kind == Kind::Instructor)]
    }
}

impl HeadRow {
    /// The row that a label names: by all of it, by the part for people, or by the name of the predicate. Letter
    /// case, white space, dashes and parentheses do not count; all else does.
    pub(crate) fn of(label: &str) -> Option<Labelled> {
        use Layout::{Extended, V4_3, V4_6};
        // Most cells that are looked at are no labels, and some are long.
        if label.len() > LONGEST_LABEL {
            return None;
        }
        let label = core(label);
        let (row, since) = match label.as_str() {
            "coursename" => (Self::Name, [V4_3; 2]),
            "coursepath" => (Self::Path, [V4_3; 2]),
            "registrationtype" => (Self::Type, [V4_3; 2]),
            "reregistration" => (Self::ReRegistration, [V4_3; 2]),
            "instructorrulestatus" => (Self::InstructorStatus, [V4_3; 2]),
            "deregistration" => (Self::DeRegistration, [V4_3; 2]),
            "removeinstructor" => (Self::RemoveInstructor, [V4_3; 2]),
            "reregistrationbeforecertificateexpiry" => (Self::BeforeExpiry, [V4_3; 2]),
            "certificateshortid" => (Self::Certificate, [V4_3; 2]),
            "reregistrationcertificateshortid" => (Self::Certificate, [Extended, V4_6]),
            label => {
                let found = LATER_LABELS.iter().find(|later| later.is_spelled(label))?;
                (found.row, found.since)
            }
        };
        Some(Labelled { row, since })
    }
}

/// A label of the later layouts, as [`core`] has it.
struct LaterLabel {
    row: HeadRow,
    since: [Layout; 2],
    /// The words for people.
    words: &'static str,
    /// The name of the predicate.
    predicate: &'static str,
    /// What may stand behind either of them.
    explanations: &'static [&'static str],
}

impl LaterLabel {
    /// Whether a label is the words, the predicate, or both. With anything else it may say something else.
    fn is_spelled(&self, label: &str) -> bool {
        fn behind<'l>(label: &'l str, part: &str, explanations: &[&str]) -> &'l str {
            let Some(rest) = label.strip_prefix(part) else { return label };
            explanations.iter().find_map(|known| rest.strip_prefix(known)).unwrap_or(rest)
        }
        let rest = behind(label, self.words, self.explanations);
        behind(rest, self.predicate, self.explanations).is_empty() && !label.is_empty()
    }
}

const LATER_LABELS: [LaterLabel; 8] = [
    LaterLabel {
        row: HeadRow::LatestCompleted,
        since: [Layout::Extended, Layout::V4_7],
        words: "courseprerequisitelatestregistrationiscompleted",
        predicate: "mostrecentregistrationcompletedfor",
        explanations: &["coursepath"],
    },
    LaterLabel {
        row: HeadRow::CompletedSince,
        since: [Layout::Extended, Layout::V4_7],
        words: "courseprerequisitecompletedaftercurrentcompletion",
        predicate: "completedforsincecurrentcompletion",
        explanations: &["coursepath"],
    },
    LaterLabel {
        row: HeadRow::ExpiresInCourse,
        since: [Layout::Extended, Layout::V4_6],
        words: "certificatewillexpireincourse",
        predicate: "certificatewillexpireincourse",
        explanations: &[
            "coursepath;certificateshortid;beforeexpiryduration",
            "course,certid,daysbeforeexpiry",
        ],
    },
    LaterLabel {
        row: HeadRow::FieldChanged,
        since: [Layout::Extended, Layout::V4_6],
        words: "orgprofilefieldchanged",
        predicate: "profilechangedsincelastcompletion",
        explanations: &["sincelatestcompletion", "opf"],
    },
    LaterLabel {
        row: HeadRow::Users,
        since: [Layout::Extended, Layout::V4_6],
        words: "users",
        predicate: "users",
        explanations: &["usernames"],
    },
    LaterLabel {
        row: HeadRow::UserSet,
        since: [Layout::V4_6; 2],
        words: "isinuserset",
        predicate: "isinuserset",
        explanations: &["userset"],
    },
    LaterLabel {
        row: HeadRow::DateWithin,
        since: [Layout::V4_6; 2],
        words: "orgprofiledatewithin",
        predicate: "orgprofiledatewithin",
        explanations: &["opf;days"],
    },
    LaterLabel {
        row: HeadRow::LatestKind,
        since: [Layout::V4_7; 2],
        words: "typeoflatestcompletedregistration",
        predicate: "typeofmostrecentlycompletedregistration",
        explanations: &["unknown|historical|auto|imported|self|manual"],
    },
];

/// Looks for what misspelt labels were meant to be.
pub(crate) struct Misspelt {
    nearest: Nearest,
    labels: Words<'static>,
}

impl Default for Misspelt {
    fn default() -> Self {
        Self { nearest: Nearest::default(), labels: Words::of(SHORT_LABELS.into_iter()) }
    }
}

impl Misspelt {
    /// The row that a misspelt label was probably meant to name, and its label.
    pub(crate) fn meant(&mut self, label: &str) -> Option<(HeadRow, &'static str)> {
        let label = self.nearest.to(label, &self.labels)?;
        Some((HeadRow::of(label)?.row, label))
    }
}

/// The labels as people write them, by words and by the name of the predicate, to compare misspelt ones with.
const SHORT_LABELS: [&str; 23] = [
    "Course Name",
    "Course Path",
    "Registration Type",
    "Re-Registration",
    "Instructor Rule Status",
    "De-Registration",
    "Remove Instructor",
    "Re-Registration Before Certificate Expiry",
    "Certificate Short Id",
    "Re-Registration Certificate Short Id",
    "Course-Prerequisite (latest registration is completed)",
    "MostRecentRegistrationCompletedFor",
    "Course-Prerequisite (completed after current completion)",
    "CompletedForSinceCurrentCompletion",
    "CertificateWillExpireInCourse",
    "OrgProfileFieldChanged",
    "ProfileChangedSinceLastCompletion",
    "Users",
    "Users (UserNames)",
    "IsInUserSet(userSet)",
    "OrgProfileDateWithin(OPF;days)",
    "Type of latest completed Registration",
    "TypeOfMostRecentlyCompletedRegistration",
];

/// More than the longest label has in any spelling, in bytes.
const LONGEST_LABEL: usize = 512;

/// A label without what differs from one spelling to the next: letter case, white space, dashes, and what
/// people put around or behind labels.
fn core(label: &str) -> String {
    let is_loose = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '\u{2010}'..='\u{2015}' | '_' | ':' | '.' | '(' | ')' | '[' | ']' | '*'
            )
            || matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}')
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
    };
    label.chars().filter(|&c| !is_loose(c)).flat_map(char::to_lowercase).collect()
}

/// The labels of the first row of the block of profile fields.
pub(crate) const OPF_HEADER: [&str; 2] = ["OPF Name", "OPF Value"];

/// Whether a cell holds one of these labels.
pub(crate) fn is_label(cell: &str, label: &str) -> bool {
    cell.len() <= LONGEST_LABEL && core(cell) == core(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_found_again() {
        for kind in [Kind::Registration, Kind::Instructor] {
            for layout in Layout::ALL {
                for row in layout.rows(kind) {
                    let found = HeadRow::of(row.label(layout)).unwrap();
                    assert_eq!(found.row, *row);
                    assert!(found.since(kind) <= layout.of(kind), "{row:?} in {layout}");
                }
                let newest = layout
                    .rows(kind)
                    .iter()
                    .map(|row| HeadRow::of(row.label(layout)).unwrap().since(kind));
                assert_eq!(newest.max(), Some(layout.of(kind)), "{kind} {layout}");
            }
        }
    }

    #[test]
    fn misspelt_labels() {
        let mut misspelt = Misspelt::default();
        for (label, row) in [
            ("Cource Path", Some(HeadRow::Path)),
            ("De-Registraton", Some(HeadRow::DeRegistration)),
            ("De-Registration (x)", Some(HeadRow::DeRegistration)),
            ("Registration Typ", Some(HeadRow::Type)),
            ("Remove Instructors", Some(HeadRow::RemoveInstructor)),
            ("IsInUsersSet (UserSet)", Some(HeadRow::UserSet)),
            ("User", Some(HeadRow::Users)),
            ("Course-Prerequisite (latest registration completed)", Some(HeadRow::LatestCompleted)),
            ("Type of last completed Registration", Some(HeadRow::LatestKind)),
            ("Responsible", None),
            ("Path", None),
            ("", None),
        ] {
            assert_eq!(misspelt.meant(label).map(|(row, _)| row), row, "{label}");
        }
        for label in SHORT_LABELS {
            let (row, nearest) = misspelt.meant(label).unwrap();
            assert_eq!((Some(row), nearest), (HeadRow::of(label).map(|found| found.row), label));
        }
    }

    #[test]
    fn labels_in_other_spellings() {
        for (label, row) in [
            ("course\u{a0} PATH", Some(HeadRow::Path)),
            (
                "Course-Prerequisite\n(latest registration is completed)",
                Some(HeadRow::LatestCompleted),
            ),
            ("CompletedForSinceCurrentCompletion", Some(HeadRow::CompletedSince)),
            ("CertificateWillExpireInCourse", Some(HeadRow::ExpiresInCourse)),
            ("ProfileChangedSinceLastCompletion", Some(HeadRow::FieldChanged)),
            ("Users", Some(HeadRow::Users)),
            ("IsInUserSet (userSet)", Some(HeadRow::UserSet)),
            ("OrgProfileDateWithin (OPF; days)", Some(HeadRow::DateWithin)),
            ("Type of latest completed Registration", Some(HeadRow::LatestKind)),
            ("De\u{2011}Registration", Some(HeadRow::DeRegistration)),
            ("Course Path:", Some(HeadRow::Path)),
            ("RegistrationType", Some(HeadRow::Type)),
            ("\u{201c}Course\u{200b}Path\u{201d}", Some(HeadRow::Path)),
            ("ProfileChangedSinceLastCompletion (OPF)", Some(HeadRow::FieldChanged)),
            ("OrgProfileFieldChanged", Some(HeadRow::FieldChanged)),
            ("IsInUserSet: (userSet)", Some(HeadRow::UserSet)),
            ("Re-Registration Type", None),
            // Not what they begin or end with.
            ("Not CompletedForSinceCurrentCompletion", None),
            ("IsInUserSet (excluded)", None),
            ("OrgProfileDateWithin(OPF;weeks)", None),
            ("IsInUserSet(userSet)OrgProfileDateWithin(OPF;days)", None),
            ("UserNames", None),
            ("UserSet", None),
            ("Course", None),
            ("", None),
        ] {
            assert_eq!(HeadRow::of(label).map(|found| found.row), row, "{label}");
        }
    }
}
