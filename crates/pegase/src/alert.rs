//! What an import, or a check, has to say.

use std::fmt;

use edu_diagnostics::{Diagnostic, Position, Rule, Severity, Span};
use odf_model::{ChoiceRange, Code, Kind, table};

use crate::maquette::Input;
use crate::policy::Action;
use crate::rules;

/// One alert: what it is about, where that is in the catalogue, and where it comes from in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alert {
    /// What was found.
    pub kind: AlertKind,
    /// How much it weighs.
    pub severity: Severity,
    /// Code of the object that it is about.
    pub object: Code,
    /// Codes of the objects from the root of the maquette to that one.
    pub path: Vec<Code>,
    /// Where in the input.
    pub place: Option<Place>,
}

/// A place in the text that a maquette was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Which of the texts.
    pub input: Input,
    /// The bytes of the original.
    pub span: Span,
    /// Line and column where they start.
    pub position: Position,
    /// The path of the value in the JSON text, such as `$.enfants[0].objetMaquette.code`.
    pub json_path: String,
}

/// What an alert says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AlertKind {
    /// Objects of teaching stood in no grouping: one list was made for all of them.
    OpWithoutGrouping {
        /// The list that was made.
        list: Code,
        /// The objects in it.
        objects: Vec<Code>,
    },
    /// Some of the objects of such a list are obligatory and some are not.
    AutoListMixedObligation {
        /// The list.
        list: Code,
        /// The objects that are not.
        optional: Vec<Code>,
    },
    /// Something else in a grouping of objects of teaching: it was left out.
    NonOpInOpGrouping {
        /// The grouping.
        grouping: Code,
    },
    /// The parent may not hold this in Ametys: it was left out.
    ChildNotAllowed {
        /// The parent.
        parent: Code,
        /// What it would have become.
        target: Kind,
    },
    /// The type belongs to no known category: the object was left out.
    UnknownObjectType {
        /// The parent; none at the top.
        parent: Option<Code>,
        /// The type.
        object_type: String,
    },
    /// A grouping holds nothing.
    EmptyGrouping,
    /// A choice range contradicts itself or asks for more than there is.
    ChoiceRangeInvalid {
        /// The range.
        range: ChoiceRange,
        /// How many children there are to choose from.
        children: usize,
    },
    /// A grouping with a choice range became a container, which has none.
    ChoiceRangeDropped {
        /// The range, which is kept as data.
        range: ChoiceRange,
    },
    /// A value for one path only: a course has one value everywhere.
    ContextualOverrideIgnored {
        /// What is overridden.
        member: &'static str,
        /// The value, as it is written.
        value: String,
    },
    /// No entry of a reference table stands for a code: the field stays empty.
    UnmatchedReference {
        /// The table.
        table: &'static str,
        /// The code of Pégase.
        code: String,
        /// The Ametys code that a conversion file gives, where no entry has it.
        converted: Option<Code>,
    },
    /// The entry that stands for a code is archived.
    ArchivedReference {
        /// The table.
        table: &'static str,
        /// The code of Pégase.
        code: String,
        /// The entry's Ametys code.
        entry: Code,
    },
    /// The caller's policy refused a content: it was left out.
    NotAllowedByPolicy {
        /// What was to be done.
        action: Action,
        /// What it would have become.
        target: Kind,
    },
    /// A link leads back to an object above it: the link was left out.
    Cycle {
        /// The parent.
        parent: Code,
    },
    /// A link names a child that is not there.
    DanglingChild {
        /// The parent.
        parent: Code,
        /// The id of the child.
        id: String,
    },
    /// A parent holds a child twice: it was linked once.
    ChildRepeated {
        /// The parent.
        parent: Code,
    },
    /// Two objects have the same code and are not the same: the first one counts.
    SharedNodeDiffers {
        /// What is different.
        members: Vec<&'static str>,
    },
    /// An object has no code: its id, or its number, stands in for one.
    CodeMissing,
    /// A code has not the form that Pégase asks for.
    SyncCodeInvalid,
    /// A text is longer than Pégase allows.
    LabelTooLong {
        /// The text.
        member: &'static str,
        /// Its length in characters.
        length: usize,
        /// The most that is allowed.
        limit: usize,
    },
    /// A text has a control character in it.
    ControlCharacter {
        /// The text.
        member: &'static str,
        /// The character.
        character: char,
    },
    /// A value is not what its member holds.
    ValueNotReadable {
        /// The value, as it is written.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
    /// There are more levels below an object than the limit allows: they were left out.
    TooDeep {
        /// The limit.
        limit: u32,
    },
    /// No root leads to an object: it was left out.
    UnreachableObject,
    /// Only the structure is there, or it has an object that the details lack: choice ranges, types of
    /// formation, descriptions and the SISE survey are not known.
    DetailsMissing,
    /// A formation has no type.
    TypeMissing,
    /// The code for a new content was taken.
    CodeTaken {
        /// The code that it has now.
        code: Code,
    },
}

impl AlertKind {
    /// The rule that it belongs to.
    pub fn rule(&self) -> &'static Rule {
        match self {
            Self::OpWithoutGrouping { .. } => &rules::OP_WITHOUT_GROUPING,
            Self::AutoListMixedObligation { .. } => &rules::AUTO_LIST_MIXED_OBLIGATION,
            Self::NonOpInOpGrouping { .. } => &rules::NON_OP_IN_OP_GROUPING,
            Self::ChildNotAllowed { .. } => &rules::CHILD_NOT_ALLOWED,
            Self::UnknownObjectType { .. } => &rules::UNKNOWN_OBJECT_TYPE,
            Self::EmptyGrouping => &rules::EMPTY_GROUPING,
            Self::ChoiceRangeInvalid { .. } => &rules::CHOICE_RANGE_INVALID,
            Self::ChoiceRangeDropped { .. } => &rules::CHOICE_RANGE_DROPPED,
            Self::ContextualOverrideIgnored { .. } => &rules::CONTEXTUAL_OVERRIDE_IGNORED,
            Self::UnmatchedReference { .. } => &rules::UNMATCHED_REFERENCE,
            Self::ArchivedReference { .. } => &rules::ARCHIVED_REFERENCE,
            Self::NotAllowedByPolicy { .. } => &rules::NOT_ALLOWED_BY_POLICY,
            Self::Cycle { .. } => &rules::CYCLE,
            Self::DanglingChild { .. } => &rules::DANGLING_CHILD,
            Self::ChildRepeated { .. } => &rules::CHILD_REPEATED,
            Self::SharedNodeDiffers { .. } => &rules::SHARED_NODE_DIFFERS,
            Self::CodeMissing => &rules::CODE_MISSING,
            Self::SyncCodeInvalid => &rules::SYNC_CODE_INVALID,
            Self::LabelTooLong { .. } => &rules::LABEL_TOO_LONG,
            Self::ControlCharacter { .. } => &rules::CONTROL_CHARACTER,
            Self::ValueNotReadable { .. } => &rules::VALUE_NOT_READABLE,
            Self::TooDeep { .. } => &rules::TOO_DEEP,
            Self::UnreachableObject => &rules::UNREACHABLE_OBJECT,
            Self::DetailsMissing => &rules::DETAILS_MISSING,
            Self::TypeMissing => &rules::TYPE_MISSING,
            Self::CodeTaken { .. } => &rules::CODE_TAKEN,
        }
    }

    /// The name of the kind, such as `op-without-grouping`: that of its rule.
    pub fn as_str(&self) -> &'static str {
        self.rule().name
    }

    /// What the alert rests on: the seed's text, or a decision where it leaves a question open.
    pub fn basis(&self) -> &'static str {
        match self {
            // That a number of credits is looked up in a table is not in the seed.
            Self::UnmatchedReference { table, .. } if *table == table::ECTS => "inferred",
            Self::OpWithoutGrouping { .. }
            | Self::NonOpInOpGrouping { .. }
            | Self::UnmatchedReference { .. } => "seed",
            Self::AutoListMixedObligation { .. } => "decision D5",
            Self::ChildNotAllowed { .. } => "decision D6",
            Self::UnknownObjectType { .. } => "decision D7",
            Self::ChoiceRangeInvalid { .. } => "decision D8",
            Self::EmptyGrouping => "decision D9",
            Self::ContextualOverrideIgnored { .. } => "decision D10",
            Self::NotAllowedByPolicy { .. } => "decision D21",
            Self::SyncCodeInvalid => "decision D22",
            Self::SharedNodeDiffers { .. } => "decision D24",
            Self::CodeMissing | Self::ValueNotReadable { .. } => "decision D28",
            Self::ChoiceRangeDropped { .. } => "decision D35",
            Self::Cycle { .. } | Self::DanglingChild { .. } => "decision D39",
            Self::DetailsMissing | Self::TypeMissing => "decision D41",
            _ => "inferred",
        }
    }

    /// The offending value: the code that does not match, the type that is not known, the range.
    fn value(&self) -> Option<String> {
        Some(match self {
            Self::UnknownObjectType { object_type, .. } => object_type.clone(),
            Self::ChoiceRangeInvalid { range, .. } | Self::ChoiceRangeDropped { range } => {
                range.to_string()
            }
            Self::UnmatchedReference { code, .. } | Self::ArchivedReference { code, .. } => {
                code.clone()
            }
            Self::ContextualOverrideIgnored { value, .. }
            | Self::ValueNotReadable { value, .. } => value.clone(),
            Self::DanglingChild { id, .. } => id.clone(),
            Self::LabelTooLong { length, .. } => length.to_string(),
            Self::SharedNodeDiffers { members } => members.join(", "),
            Self::ControlCharacter { character, .. } => format!("U+{:04X}", u32::from(*character)),
            _ => return None,
        })
    }
}

impl Alert {
    /// The offending value; none where it is an object as a whole.
    pub fn value(&self) -> Option<String> {
        match self.kind {
            AlertKind::SyncCodeInvalid => Some(self.object.to_string()),
            _ => self.kind.value(),
        }
    }

    /// The alert as a finding, with its sentence and its place.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut finding = Diagnostic::new(self.kind.rule()).data("object", &self.object);
        finding.severity = self.severity;
        if let Some(place) = &self.place {
            finding.span = Some(place.span);
            finding.position = Some(place.position);
        }
        let list = |codes: &[Code]| codes.join_with(", ");
        let count = |number: usize| number as u64;
        match &self.kind {
            AlertKind::OpWithoutGrouping { list: made, objects } => {
                finding.data("list", made).data("objects", list(objects))
            }
            AlertKind::AutoListMixedObligation { list: made, optional } => {
                finding.data("list", made).data("optional", list(optional))
            }
            AlertKind::NonOpInOpGrouping { grouping } => finding.data("grouping", grouping),
            AlertKind::ChildNotAllowed { parent, target } => {
                finding.data("parent", parent).word("target", target.as_str())
            }
            AlertKind::UnknownObjectType { object_type, .. } if object_type.is_empty() => {
                finding.word("type", "no type")
            }
            AlertKind::UnknownObjectType { object_type, .. } => finding
                .data("type", format!("the type `{object_type}`, whose category is not known")),
            AlertKind::ChoiceRangeInvalid { range, children } => {
                finding.word("range", range.to_string()).count("children", count(*children))
            }
            AlertKind::ChoiceRangeDropped { range } => finding.word("range", range.to_string()),
            AlertKind::ContextualOverrideIgnored { member, value } => {
                finding.word("member", *member).data("value", value)
            }
            AlertKind::UnmatchedReference { table, code, converted } => {
                let reason = match converted {
                    Some(converted) => format!(
                        ": the conversion file gives `{}`, which no entry has",
                        converted.escape_debug()
                    ),
                    None => String::new(),
                };
                finding.word("table", *table).data("code", code).data("reason", reason)
            }
            AlertKind::ArchivedReference { table, code, entry } => {
                finding.word("table", *table).data("code", code).data("entry", entry)
            }
            AlertKind::NotAllowedByPolicy { action, target } => {
                finding.word("action", action.as_str()).word("target", target.as_str())
            }
            AlertKind::Cycle { parent } | AlertKind::ChildRepeated { parent } => {
                finding.data("parent", parent)
            }
            AlertKind::DanglingChild { parent, id } if id.is_empty() => {
                finding.data("parent", parent).word("child", "a child without an id")
            }
            AlertKind::DanglingChild { parent, id } => {
                finding.data("parent", parent).data("child", format!("the child `{id}`"))
            }
            AlertKind::SharedNodeDiffers { members } => finding.word("members", members.join(", ")),
            AlertKind::LabelTooLong { member, length, limit } => finding
                .word("member", *member)
                .count("length", count(*length))
                .count("limit", count(*limit)),
            AlertKind::ControlCharacter { member, character } => finding
                .word("member", *member)
                .word("character", format!("U+{:04X}", u32::from(*character))),
            AlertKind::ValueNotReadable { value, expected } => {
                let path = self.place.as_ref().map_or("", |place| &place.json_path);
                finding.data("path", path).data("value", value).word("expected", *expected)
            }
            AlertKind::TooDeep { limit } => finding.count("limit", u64::from(*limit)),
            AlertKind::CodeTaken { code } => finding.data("code", code),
            AlertKind::EmptyGrouping
            | AlertKind::CodeMissing
            | AlertKind::SyncCodeInvalid
            | AlertKind::UnreachableObject
            | AlertKind::TypeMissing
            | AlertKind::DetailsMissing => finding,
        }
    }
}

/// The sentence, without its place.
impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic().fmt(f)
    }
}

trait JoinWith {
    fn join_with(&self, between: &str) -> String;
}

impl JoinWith for [Code] {
    fn join_with(&self, between: &str) -> String {
        let texts: Vec<&str> = self.iter().map(Code::as_str).collect();
        texts.join(between)
    }
}
