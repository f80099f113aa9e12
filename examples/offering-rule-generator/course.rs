//! What is done for each course, in words.

use std::collections::HashMap;

use offering_rules::{Command, CoursePath, Matrix, RuleSet};

/// The commands for a course.
#[derive(Debug, Default)]
struct Count {
    deletes: usize,
    adds: usize,
    removals: usize,
}

/// A line for each course of the matrix, in its order.
pub(crate) fn lines(matrix: &Matrix, commands: &[Command]) -> Vec<String> {
    let mut counts: HashMap<&CoursePath, Count> = HashMap::new();
    for command in commands {
        let Some(course) = command.course() else { continue };
        let count = counts.entry(course).or_default();
        match command {
            Command::Delete { .. } => count.deletes += 1,
            Command::Add { rules: RuleSet::Registration | RuleSet::Instructor, .. } => {
                count.adds += 1;
            }
            Command::Add { .. } => count.removals += 1,
            _ => {}
        }
    }
    let mut lines = Vec::new();
    for column in &matrix.columns {
        let path = &column.path.value;
        match counts.remove(path) {
            Some(Count { deletes, adds, removals }) => lines.push(format!(
                "{path}: {}, {}, {}",
                many(deletes, "delete"),
                many(adds, "rule"),
                many(removals, "removal rule")
            )),
            None if column.status.is_none() => {
                lines.push(format!("{path}: nothing, the column has no status"));
            }
            // Its commands have been said with an earlier column.
            None => {}
        }
    }
    lines
}

/// A number of things.
pub(crate) fn many(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
