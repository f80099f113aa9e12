//! What can be wrong with a file, and the checks that find it.
//!
//! | area | about |
//! | --- | --- |
//! | `IE-E` | encoding |
//! | `IE-X` | XML that is not well-formed |
//! | `IE-F` | framing: what stands around the records |
//! | `IE-S` | structure: order, unknown and misplaced items |
//! | `IE-R` | required items |
//! | `IE-V` | values and vocabularies |
//! | `IE-L` | lengths |
//! | `IE-D` | dates |
//! | `IE-C` | items that contradict each other |
//! | `IE-P` | what a receiver does with the file, where its profile is asked for |
//! | `IE-M` | what Moodle's import does with a file, where a plan is made |
//! | `IE-K` | keys and references: what can be seen only over the whole file |

mod check;
mod profile;
mod relations;
mod table;
mod whole;

pub(crate) use check::check;
pub(crate) use profile::ProfileCheck;
pub use table::*;
pub(crate) use whole::Whole;

use edu_diagnostics::Rule;

/// Whether a finding of the rule says that the file deviates from the form that 1.1 prescribes.
pub(crate) fn is_deviation(rule: &Rule) -> bool {
    // What 1.1 allows, though it may be worth a word.
    let allowed = [&DOCTYPE, &NO_RECORD, &ROLETYPE_MISSING, &DOUBLE_ESCAPED, &PADDED_KEY];
    !allowed.contains(&rule)
        && (*rule == RECORDS_OUT_OF_ORDER
            || matches!(rule.code.as_bytes().get(3), Some(b'E' | b'X' | b'F' | b'S' | b'R' | b'V')))
}
