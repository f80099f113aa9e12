//! What becomes of a content that is there and is synchronised.

use odf_model::{Code, Content, Element};

use crate::import::Scope;

/// The content as it will be: what Pégase fills is taken from the import, everything else stays.
///
/// Fields with entries of reference tables keep their value where the import has none: either Pégase says
/// nothing, or nothing matched, and neither is a reason to lose what people entered. What the shape of the maquette
/// cannot say stays, too.
pub(super) fn merged(existing: &Content, imported: Content, scope: Scope) -> Content {
    let has_details = scope != Scope::Structure;
    let mut content = existing.clone();
    if has_details {
        content.title = imported.title;
    }
    content.children = match scope {
        Scope::Tree if are_alike(&existing.children, &imported.children) => content.children,
        _ => imported.children,
    };
    match (&mut content.element, imported.element) {
        (Element::Program(old), Element::Program(new)) => {
            old.credits = new.credits;
            keep(&mut old.ects, new.ects);
            keep(&mut old.degree, new.degree);
            keep(&mut old.mention, new.mention);
            keep_all(&mut old.domain, new.domain);
            keep_all(&mut old.program_field, new.program_field);
            keep_all(&mut old.rncp_level, new.rncp_level);
            if has_details {
                old.diploma_nature = new.diploma_nature;
            }
            if scope == Scope::Whole {
                old.presentation = new.presentation;
            }
        }
        (Element::SubProgram(old), Element::SubProgram(new)) => {
            old.pegase_type = new.pegase_type;
            old.credits = new.credits;
            keep_all(&mut old.domain, new.domain);
            keep_all(&mut old.program_field, new.program_field);
            if has_details {
                old.presentation = new.presentation;
            }
        }
        (Element::Container(old), Element::Container(new)) => {
            old.nature = new.nature;
            old.credits = new.credits;
            old.pegase_type = new.pegase_type;
            if has_details {
                old.description = new.description;
                old.pegase_range = new.pegase_range;
            }
        }
        (Element::CourseList(old), Element::CourseList(new)) => {
            if has_details {
                old.choice = new.choice;
            }
            old.origin = new.origin;
        }
        (Element::Course(old), Element::Course(new)) => {
            keep_nature(&mut old.nature, new.nature);
            old.pegase_type = new.pegase_type;
            old.credits = new.credits;
            if has_details {
                old.description = new.description;
                old.internship = new.internship;
            }
        }
        (old, new) => *old = new,
    }
    content
}

/// Whether these are the same codes, whatever their order.
fn are_alike(old: &[Code], new: &[Code]) -> bool {
    let sorted = |codes: &[Code]| {
        let mut codes = codes.to_vec();
        codes.sort_unstable();
        codes
    };
    sorted(old) == sorted(new)
}

fn keep(old: &mut Option<Code>, new: Option<Code>) {
    if new.is_some() {
        *old = new;
    }
}

fn keep_all(old: &mut Vec<Code>, new: Vec<Code>) {
    if !new.is_empty() {
        *old = new;
    }
}

/// An object without nature, such as ENS, has one in Ametys as soon as somebody gives it one.
fn keep_nature<T>(old: &mut Option<T>, new: Option<T>) {
    if new.is_some() {
        *old = new;
    }
}
