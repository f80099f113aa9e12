//! The kinds of contents and which of them may hold which.

use std::fmt;

/// What a content of the catalogue is ("Basic concept / model used for the training offer").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Kind {
    /// A programme of study, « formation ».
    Program,
    /// A path through a programme, « parcours ».
    SubProgram,
    /// A year, a semester or any other part, « conteneur ».
    Container,
    /// A list of courses, compulsory, optional or to choose from, « liste d'ELP ».
    CourseList,
    /// A course unit, « élément pédagogique » (ELP).
    Course,
}

impl Kind {
    /// Every kind, in the order of the hierarchy.
    pub const ALL: [Self; 5] =
        [Self::Program, Self::SubProgram, Self::Container, Self::CourseList, Self::Course];

    /// The name, as in the ids of Ametys' content types.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Program => "Program",
            Self::SubProgram => "SubProgram",
            Self::Container => "Container",
            Self::CourseList => "CourseList",
            Self::Course => "Course",
        }
    }

    /// Whether a content of this kind may be the direct parent of one of the other kind.
    ///
    /// A course stands in a list and nowhere else; a list may stand anywhere but in a list; nothing holds a
    /// programme.
    pub const fn may_hold(self, child: Self) -> bool {
        match self {
            Self::Program | Self::SubProgram | Self::Container => {
                matches!(child, Self::SubProgram | Self::Container | Self::CourseList)
            }
            Self::CourseList => matches!(child, Self::Course),
            Self::Course => matches!(child, Self::CourseList),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
