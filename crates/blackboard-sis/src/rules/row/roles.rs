//! Rules about roles.

use edu_diagnostics::Diagnostic;

use crate::fields::{membership, person};
use crate::row::{Cell, Row};
use crate::rules::table as rules;
use crate::value::{self, CourseRole, SystemRole};

/// Checks the role of an enrolment.
pub(super) fn check_enrolment(row: &Row<'_>, out: &mut Vec<Diagnostic>) {
    let Some(cell) = row.at(membership::At::role) else { return };
    let text = cell.raw();
    if text.is_empty() {
        return;
    }
    let Some(role) = CourseRole::standard(text) else {
        let why = match text.chars().count() {
            1 => "one letter is a code of batch files, not the id of a role",
            _ => "it is not a role of every system",
        };
        return out.push(unusual(membership::At::role as usize, row, &cell, why));
    };
    if role == CourseRole::Instructor {
        return;
    }
    let Some(primary) = row.at(membership::At::primary_instructor) else { return };
    if value::flag(primary.raw()) == Some(true) {
        let finding = Diagnostic::new(&rules::PRIMARY_INSTRUCTOR).at(primary.span());
        out.push(finding.data("found", text));
    }
}

/// Checks the system role of a person.
pub(super) fn check_person(row: &Row<'_>, out: &mut Vec<Diagnostic>) {
    let Some(cell) = row.at(person::At::system_role) else { return };
    let text = cell.raw();
    if text.is_empty() {
        return;
    }
    let role = SystemRole::standard(text);
    if role == Some(SystemRole::None) {
        return;
    }
    let is_student = row
        .at(person::At::institution_role)
        .is_some_and(|institution| value::is_student(institution.raw()));
    let why = match role {
        _ if text.eq_ignore_ascii_case("N") => {
            "one letter is a code of the database, not the id of a role"
        }
        None if is_student => "it is not a role of every system, and the person is a student",
        Some(_) if is_student => "the person is a student, and has other rights than a student's",
        None => "it is not a role of every system",
        Some(_) => return,
    };
    out.push(unusual(person::At::system_role as usize, row, &cell, why));
}

fn unusual(place: usize, row: &Row<'_>, cell: &Cell<'_>, why: &'static str) -> Diagnostic {
    let header = row.object().fields().get(place).map_or("", |field| field.name);
    Diagnostic::new(&rules::UNUSUAL_ROLE)
        .at(cell.span())
        .word("header", header)
        .data("found", cell.trimmed())
        .word("why", why)
}

#[cfg(test)]
mod tests {
    use crate::rules::row::tests::found;

    #[test]
    fn roles_in_courses() {
        for (values, expected) in [
            ("Student|", vec![]),
            ("TEACHING_ASSISTANT|N", vec![]),
            ("Instructor|Y", vec![]),
            ("|Y", vec![]),
            ("LIBRARIAN|Y", vec!["BB-V13"]),
            ("S|", vec!["BB-V13"]),
            ("Student|Y", vec!["BB-X12"]),
            ("course_builder|true", vec!["BB-X12"]),
        ] {
            for object in ["course", "organization"] {
                let text = format!(
                    "external_{object}_key|external_person_key|role|primary_instructor\n\
                     c|p1|{values}\n"
                );
                assert_eq!(found(&text), expected, "{values}");
            }
        }
    }

    #[test]
    fn roles_in_the_system() {
        for (values, expected) in [
            ("Student|none", vec![]),
            ("Student|", vec![]),
            ("Staff|course_creator", vec![]),
            ("Staff|SysAdmin", vec![]),
            ("Staff|BATCH", vec!["BB-V13"]),
            ("Staff|N", vec!["BB-V13"]),
            ("student|course_creator", vec!["BB-V13"]),
            ("Student|BATCH", vec!["BB-V13"]),
            ("Student_PT|observer", vec!["BB-V13"]),
            ("|guest", vec![]),
        ] {
            let text = format!(
                "external_person_key|user_id|firstname|lastname|institution_role|system_role\n\
                 9f3c|u1|Flo|Fox|{values}\n"
            );
            assert_eq!(found(&text), expected, "{values}");
        }
    }
}
