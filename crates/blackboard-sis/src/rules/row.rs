//! Rules that need one row and nothing else.

mod characters;
mod digits;
mod passwords;
mod periods;
mod personal;
mod roles;
mod values;

use edu_diagnostics::{Diagnostic, Place, Span};

use crate::header::Header;
use crate::object::Object;
use crate::row::Row;
use personal::KeyRules;
use values::ColumnRules;

pub(super) use characters::named;
pub(super) use values::one_of;

/// The rules about values, passwords and personal data in keys, for the rows of one feed.
#[derive(Debug)]
pub(crate) struct RowRules {
    columns: Vec<ColumnRules>,
    keys: KeyRules,
}

impl RowRules {
    pub(crate) fn new(header: &Header) -> Self {
        Self { columns: ColumnRules::of(header), keys: KeyRules::default() }
    }

    /// Checks a row that is not damaged. Findings have places in the text; `place` is for what is said later.
    pub(crate) fn check(
        &mut self,
        row: &Row<'_>,
        place: &dyn Fn(Span) -> Place,
        out: &mut Vec<Diagnostic>,
    ) {
        for column in &mut self.columns {
            column.check(row, place, out);
        }
        match row.object() {
            Object::Person => {
                roles::check_person(row, out);
                passwords::check(row, out);
                self.keys.check(row, out);
            }
            Object::Membership | Object::OrganizationMembership => {
                roles::check_enrolment(row, out);
            }
            Object::Course | Object::Organization | Object::Term => periods::check(row, out),
            _ => {}
        }
    }

    /// What is said once a column.
    pub(crate) fn finish(&mut self, out: &mut Vec<Diagnostic>) {
        for column in &mut self.columns {
            column.finish(out);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use edu_diagnostics::{Collector, Diagnostic, Severity};
    use edu_syntax::Decoded;

    use crate::{FeedReader, Load};

    /// The rules of one row, without those about passwords.
    fn is_of_one_row(code: &str) -> bool {
        let area = code.starts_with("BB-V") || code.starts_with("BB-K") || code == "BB-X12";
        area && !matches!(code, "BB-V12" | "BB-K06")
    }

    pub(super) fn findings(text: &str) -> Vec<Diagnostic> {
        let mut sink = Collector::new();
        Load::new().check_text(&FeedReader::new(), "a.txt", &Decoded::from(text), &mut sink);
        let mut found = sink.into_sorted();
        found.retain(|finding| is_of_one_row(finding.rule.code));
        found
    }

    /// The codes of what the rules of one row find in a feed.
    pub(in crate::rules) fn found(text: &str) -> Vec<&'static str> {
        findings(text).iter().map(|finding| finding.rule.code).collect()
    }

    pub(super) fn sentences(text: &str) -> Vec<(&'static str, Severity, String)> {
        let findings = findings(text);
        let parts = findings.iter().map(|f| (f.rule.code, f.severity, f.to_string()));
        parts.collect()
    }
}
