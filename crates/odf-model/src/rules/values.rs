//! Values that come from reference tables.

use edu_diagnostics::{Diagnostic, Sink};

use super::table as rules;
use crate::{
    Catalogue, Code, ContainerNature, Content, CourseNature, Element, Program, SubProgram, Tables,
    table,
};

/// Name of the field, id of its table, codes of entries.
type Field<'c> = (&'static str, &'static str, &'c [Code]);

pub(super) fn check(catalogue: &Catalogue, tables: &Tables, sink: &mut dyn Sink) {
    for content in catalogue.iter() {
        for (field, id, codes) in fields(content) {
            let Some(table) = tables.get(id) else { continue };
            // An empty value is one that is missing.
            for value in codes.iter().filter(|code| !code.is_empty()) {
                let rule = match table.by_code(value) {
                    None => &rules::VALUE_NOT_IN_TABLE,
                    Some(entry) if entry.archived => &rules::VALUE_ARCHIVED,
                    Some(_) => continue,
                };
                sink.report(
                    Diagnostic::new(rule)
                        .word("field", field)
                        .word("kind", content.kind().as_str())
                        .data("content", &content.code)
                        .data("value", value)
                        .word("table", id),
                );
            }
        }
    }
}

fn fields(content: &Content) -> Vec<Field<'_>> {
    match &content.element {
        Element::Program(program) => of_program(program),
        Element::SubProgram(path) => of_sub_program(path),
        Element::Container(container) => match &container.nature {
            Some(ContainerNature::Other(code)) => {
                vec![("nature", table::CONTAINER_NATURE, std::slice::from_ref(code))]
            }
            _ => vec![],
        },
        Element::Course(course) => match &course.nature {
            Some(CourseNature::Other(code)) => {
                vec![("nature", table::COURSE_NATURE, std::slice::from_ref(code))]
            }
            _ => vec![],
        },
        Element::CourseList(_) => vec![],
    }
}

fn of_program(program: &Program) -> Vec<Field<'_>> {
    vec![
        ("degree", table::DEGREE, program.degree.as_slice()),
        ("domain", table::DOMAIN, &program.domain),
        ("mention", table::MENTION, program.mention.as_slice()),
        ("program_field", table::PROGRAM_FIELD, &program.program_field),
        ("rncp_level", table::RNCP_LEVEL, &program.rncp_level),
        ("education_level", table::LEVEL, &program.education_level),
        ("education_entry_level", table::LEVEL, &program.education_entry_level),
        ("diploma_nature", table::DIPLOMA_NATURE, program.diploma_nature.as_slice()),
        ("ects", table::ECTS, program.ects.as_slice()),
    ]
}

fn of_sub_program(path: &SubProgram) -> Vec<Field<'_>> {
    vec![
        ("domain", table::DOMAIN, &path.domain),
        ("program_field", table::PROGRAM_FIELD, &path.program_field),
        ("education_entry_level", table::LEVEL, &path.education_entry_level),
        ("ects", table::ECTS, path.ects.as_slice()),
    ]
}
