//! The values of a content that Pégase fills, by the names of the JSON form.

use std::fmt;

use odf_model::{
    ChoiceType, Code, ContainerNature, Content, CourseNature, Credits, Element, ListOrigin,
};

/// A value, to be shown beside another one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
#[non_exhaustive]
pub enum FieldValue {
    /// Nothing.
    None,
    /// A text or a code.
    Text(String),
    /// Codes, in order.
    Codes(Vec<Code>),
    /// Credits.
    Credits(Credits),
    /// Yes or no.
    Flag(bool),
    /// How many of the courses of a list have to be taken.
    Choice(ChoiceType),
}

impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("nothing"),
            Self::Text(text) => write!(f, "`{}`", text.escape_debug()),
            Self::Codes(codes) if codes.is_empty() => f.write_str("nothing"),
            Self::Codes(codes) => {
                for (number, code) in codes.iter().enumerate() {
                    let comma = if number > 0 { ", " } else { "" };
                    write!(f, "{comma}{}", code.escape_debug())?;
                }
                Ok(())
            }
            Self::Credits(credits) => credits.fmt(f),
            Self::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
            Self::Choice(choice) => {
                f.write_str(choice.as_str())?;
                if let ChoiceType::Choice(range) = choice {
                    write!(f, " {range}")?;
                }
                Ok(())
            }
        }
    }
}

impl FieldValue {
    fn text(text: Option<&str>) -> Self {
        text.map_or(Self::None, |text| Self::Text(text.to_owned()))
    }

    fn credits(credits: Option<Credits>) -> Self {
        credits.map_or(Self::None, Self::Credits)
    }
}

/// The fields that Pégase fills, with their values.
pub(super) fn of(content: &Content) -> Vec<(&'static str, FieldValue)> {
    let text = FieldValue::text;
    let code = |code: &Option<Code>| text(code.as_deref());
    let codes = |codes: &[Code]| FieldValue::Codes(codes.to_vec());
    let mut values = vec![
        ("kind", text(Some(content.kind().as_str()))),
        ("title", text(Some(&content.title))),
        ("sync_code", code(&content.sync_code)),
    ];
    match &content.element {
        Element::Program(program) => values.extend([
            ("diploma_nature", code(&program.diploma_nature)),
            ("ects", FieldValue::credits(program.credits)),
            ("fields.degree", code(&program.degree)),
            ("fields.domain", codes(&program.domain)),
            ("fields.mention", code(&program.mention)),
            ("fields.program_field", codes(&program.program_field)),
            ("fields.rncp_level", codes(&program.rncp_level)),
            ("fields.ects", code(&program.ects)),
            ("fields.description", text(program.presentation.as_deref())),
        ]),
        Element::SubProgram(path) => values.extend([
            ("pegase_type", code(&path.pegase_type)),
            ("ects", FieldValue::credits(path.credits)),
            ("domain", codes(&path.domain)),
            ("program_field", codes(&path.program_field)),
            ("presentation", text(path.presentation.as_deref())),
        ]),
        Element::Container(container) => values.extend([
            ("nature", text(container.nature.as_ref().map(ContainerNature::as_str))),
            ("ects", FieldValue::credits(container.credits)),
            ("description", text(container.description.as_deref())),
            ("pegase_type", code(&container.pegase_type)),
            (
                "pegase_range",
                container.pegase_range.map_or(FieldValue::None, |range| {
                    FieldValue::Choice(ChoiceType::Choice(range))
                }),
            ),
        ]),
        Element::CourseList(list) => {
            values.push(("choice", list.choice.map_or(FieldValue::None, FieldValue::Choice)));
            values.push(("origin", text(list.origin.map(ListOrigin::as_str))));
        }
        Element::Course(course) => values.extend([
            ("nature", text(course.nature.as_ref().map(CourseNature::as_str))),
            ("pegase_type", code(&course.pegase_type)),
            ("ects", FieldValue::credits(course.credits)),
            ("description", text(course.description.as_deref())),
            ("internship", FieldValue::Flag(course.internship)),
        ]),
    }
    values.push(("children", codes(&content.children)));
    values
}
