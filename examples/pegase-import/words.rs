//! A content in a few words.

use odf_model::{
    ChoiceRange, ChoiceType, Container, ContainerNature, Content, Course, CourseNature, Credits,
    Element,
};

use crate::plain::plain;

/// Characters of a code that are shown; those of Pégase have 30 at most.
const CODE: usize = 40;

/// A code, as it is shown.
pub(crate) fn code(code: &str) -> String {
    cut(code, CODE)
}

/// The beginning of a text, on one line.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.chars().nth(width).is_none() {
        return plain(text);
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    plain(kept.trim_end()) + "…"
}

/// A number of things.
pub(crate) fn many(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// The kind of a content and what tells it apart: `Course: UE, 6 ECTS`.
pub(crate) fn what(content: &Content) -> String {
    let mut said = vec![nature(content)];
    match &content.element {
        Element::Program(program) => said.extend(ects(program.credits)),
        Element::SubProgram(path) => said.extend(ects(path.credits)),
        Element::Container(container) => said.extend(ects(container.credits)),
        Element::CourseList(_) => {
            said.extend(content.is_automatic_list().then(|| "made automatically".to_owned()));
        }
        Element::Course(course) => {
            said.extend(ects(course.credits));
            said.extend(course.internship.then(|| "internship".to_owned()));
        }
    }
    format!("{}: {}", content.kind(), said.join(", "))
}

fn ects(credits: Option<Credits>) -> Option<String> {
    credits.map(|credits| format!("{credits} ECTS"))
}

fn nature(content: &Content) -> String {
    let nature = match &content.element {
        Element::Program(program) => program.diploma_nature.as_deref(),
        Element::SubProgram(path) => path.pegase_type.as_deref(),
        Element::Container(Container { nature, pegase_type, .. }) => {
            nature.as_ref().map(ContainerNature::as_str).or(pegase_type.as_deref())
        }
        Element::Course(Course { nature, pegase_type, .. }) => {
            nature.as_ref().map(CourseNature::as_str).or(pegase_type.as_deref())
        }
        Element::CourseList(list) => {
            return match list.choice {
                Some(ChoiceType::Mandatory) => "mandatory".to_owned(),
                Some(ChoiceType::Optional) => "optional".to_owned(),
                Some(ChoiceType::Choice(range)) => choice(range, content.children.len()),
                None => "no type".to_owned(),
            };
        }
    };
    nature.map_or_else(|| "no nature".to_owned(), code)
}

fn choice(ChoiceRange { min, max }: ChoiceRange, children: usize) -> String {
    let number = match (min, max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number".to_owned(),
    };
    format!("choose {number} of {children}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_characters() {
        assert_eq!(cut("été", 3), "été");
        assert_eq!(cut("un été", 4), "un…");
        assert_eq!(cut("a\x1b", 2), "a␛");
    }

    #[test]
    fn how_many_are_chosen() {
        let said = |min, max| choice(ChoiceRange { min, max }, 5);
        assert_eq!(said(Some(1), Some(2)), "choose 1 to 2 of 5");
        assert_eq!(said(Some(2), Some(2)), "choose 2 of 5");
        assert_eq!(said(None, Some(2)), "choose at most 2 of 5");
        assert_eq!(said(Some(0), None), "choose at least 0 of 5");
        assert_eq!(said(None, None), "choose any number of 5");
    }
}
