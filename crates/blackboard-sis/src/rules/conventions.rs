//! Conventions of the planning guide, for those who ask.

mod data_sources;
mod parts;

use std::collections::HashSet;

use edu_diagnostics::{Diagnostic, Span};

use super::row::one_of;
use super::table as rules;
use crate::fields::{course, person};
use crate::header::Header;
use crate::object::Object;
use crate::row::Row;
use data_sources::Sources;
use parts::{Parts, after_year_and_term};

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conventions {
    /// What keys of templates begin with.
    pub template_prefixes: Vec<String>,
}

impl Default for Conventions {
    /// Templates begin with `template_` or `modèle_`.
    fn default() -> Self {
        Self { template_prefixes: vec!["template_".to_owned(), "modèle_".to_owned()] }
    }
}

impl Conventions {
    /// Templates begin with other words, in any letter case; with none, nothing is expected of them.
    #[must_use]
    pub fn with_template_prefixes<P: Into<String>>(
        self,
        prefixes: impl IntoIterator<Item = P>,
    ) -> Self {
        Self { template_prefixes: prefixes.into_iter().map(Into::into).collect() }
    }

    /// Whether a key is that of a template, as was agreed.
    fn is_template(&self, key: &str) -> bool {
        self.template_prefixes.iter().any(|prefix| {
            let mut letters = key.chars().flat_map(char::to_lowercase);
            prefix.chars().flat_map(char::to_lowercase).all(|letter| letters.next() == Some(letter))
        })
    }
}

/// The rules about conventions, over all feeds of a load.
#[derive(Debug)]
pub(crate) struct ConventionRules {
    conventions: Conventions,
    /// The first key of a course: the others have to be like it.
    first_key: Option<String>,
    sources: Sources,
    /// What was said about this feed already.
    said: HashSet<(&'static str, String)>,
    is_new_feed: bool,
    /// The column of the data source key in this feed.
    source: Option<usize>,
}

impl ConventionRules {
    pub(crate) fn new(conventions: Conventions) -> Self {
        Self {
            conventions,
            first_key: None,
            sources: Sources::default(),
            said: HashSet::new(),
            is_new_feed: true,
            source: None,
        }
    }

    /// Says that another feed begins.
    pub(crate) fn begin(&mut self) {
        self.said.clear();
        self.sources.begin();
        self.is_new_feed = true;
    }

    /// Checks a row that is not damaged.
    pub(crate) fn check(&mut self, row: &Row<'_>, out: &mut Vec<Diagnostic>) {
        let object = row.object();
        if std::mem::take(&mut self.is_new_feed) {
            self.source = source_column(row.header());
            if object == Object::Person {
                check_columns(row, out);
            }
        }
        let is_template = match object {
            Object::Course | Object::Organization => self.check_course(row, out),
            Object::Person => {
                check_empty(row, out);
                false
            }
            _ => false,
        };
        self.check_source(row, is_template, out);
    }

    /// Checks the keys and the id of a course or organization; whether it is a template.
    fn check_course(&mut self, row: &Row<'_>, out: &mut Vec<Diagnostic>) -> bool {
        let key = row.filled(course::At::external_course_key).unwrap_or_default();
        let id = row.filled(course::At::course_id).unwrap_or_default();
        let is_template = self.conventions.is_template(&key) || self.conventions.is_template(&id);
        // Only courses have keys and ids of this form.
        if row.object() == Object::Course && !is_template {
            if !key.is_empty() {
                self.check_parts(row, &key, out);
            }
            if !id.is_empty() && after_year_and_term(&id).is_none() {
                let finding = Diagnostic::new(&rules::COURSE_ID_ORDER).data("found", &id);
                self.say(row, course::At::course_id, &id, finding, out);
            }
        }
        let template = row.filled(course::At::template_course_key).unwrap_or_default();
        let prefixes = &self.conventions.template_prefixes;
        if !template.is_empty() && !prefixes.is_empty() && !self.conventions.is_template(&template)
        {
            let finding = Diagnostic::new(&rules::TEMPLATE_PREFIX)
                .data("found", &template)
                .word("expected", one_of(prefixes));
            self.say(row, course::At::template_course_key, &template, finding, out);
        }
        is_template
    }

    fn check_parts(&mut self, row: &Row<'_>, key: &str, out: &mut Vec<Diagnostic>) {
        let Some(first) = &self.first_key else {
            self.first_key = Some(key.to_owned());
            return;
        };
        if let Some(why) = Parts::of(key).difference(Parts::of(first)) {
            let finding = Diagnostic::new(&rules::KEY_PARTS)
                .data("found", key)
                .data("first", first)
                .word("why", why);
            self.say(row, course::At::external_course_key, key, finding, out);
        }
    }

    /// Reports a fault of a value, once a feed.
    fn say(
        &mut self,
        row: &Row<'_>,
        place: course::At,
        value: &str,
        finding: Diagnostic,
        out: &mut Vec<Diagnostic>,
    ) {
        let is_new = self.said.insert((finding.rule.code, value.to_owned()));
        if let Some(cell) = row.at(place).filter(|_| is_new) {
            out.push(finding.at(cell.span()));
        }
    }

    fn check_source(&mut self, row: &Row<'_>, is_template: bool, out: &mut Vec<Diagnostic>) {
        let Some(cell) = self.source.and_then(|column| row.cell(column)) else { return };
        let key = cell.raw();
        if key.is_empty() {
            return;
        }
        for why in self.sources.check(row.object(), key, is_template) {
            let finding = Diagnostic::new(&rules::DATA_SOURCE_PATTERN).at(cell.span());
            out.push(finding.data("found", key).word("why", why));
        }
    }
}

/// The column of the data source key. Older files have the new key only, which stands for it.
fn source_column(header: &Header) -> Option<usize> {
    header.column("data_source_key").or_else(|| header.column("new_data_source_key"))
}

/// The columns that every feed of users should have, said at its first row.
fn check_columns(row: &Row<'_>, out: &mut Vec<Diagnostic>) {
    if row.header().is_for_deletion() {
        return;
    }
    for (place, what) in [
        (person::At::user_id, "there is no column `user_id`, the login name"),
        (person::At::passwd, "there is no column `passwd`, the password"),
        (person::At::email, "there is no column `email`, the address that mail is sent to"),
        (person::At::inst_email, "there is no column `inst_email`, the institution's address"),
        (person::At::institution_role, "there is no column `institution_role`"),
    ] {
        if row.header().index_of(place.into()).is_none() {
            let at = Span::empty(row.span().start);
            out.push(Diagnostic::new(&rules::PLANNED_FIELD).at(at).word("what", what));
        }
    }
}

/// Cells that somebody left empty. An institution address that is empty is the other one, and a password that is
/// empty a random one.
fn check_empty(row: &Row<'_>, out: &mut Vec<Diagnostic>) {
    for (at, what) in [
        (person::At::email, "`email` is empty"),
        (
            person::At::institution_role,
            "`institution_role` is empty; `None` says that there is none",
        ),
    ] {
        if let Some(cell) = row.at(at).filter(|cell| cell.raw().is_empty()) {
            out.push(Diagnostic::new(&rules::PLANNED_FIELD).at(cell.span()).word("what", what));
        }
    }
}

#[cfg(test)]
mod tests {
    use edu_diagnostics::{Collector, Diagnostic};
    use edu_syntax::Decoded;

    use super::*;
    use crate::{FeedReader, Load};

    /// The findings about conventions in feeds that are loaded together: the rule, the line, and the sentence.
    fn found(conventions: Conventions, feeds: &[&str]) -> Vec<(&'static str, u64, String)> {
        let mut load = Load::new().with_conventions(conventions);
        let mut found = Vec::new();
        for feed in feeds {
            let mut sink = Collector::new();
            load.check_text(&FeedReader::new(), "a.txt", &Decoded::new(feed.as_bytes()), &mut sink);
            let all: Vec<Diagnostic> = sink.into_sorted();
            found.extend(all.iter().filter(|finding| finding.rule.code.starts_with("BB-C")).map(
                |finding| {
                    let line = finding.position.map_or(0, |position| position.line);
                    (finding.rule.code, line, finding.to_string())
                },
            ));
        }
        found
    }

    fn codes(feeds: &[&str]) -> Vec<(&'static str, u64)> {
        let found = found(Conventions::default(), feeds);
        found.into_iter().map(|(code, line, _)| (code, line)).collect()
    }

    const COURSE: &str =
        "external_course_key|course_id|course_name|template_course_key|data_source_key\n";

    #[test]
    fn courses() {
        for (rows, expected) in [
            ("2026_09_1_A_1|2026_9_1_A_1|A||2026_09_SIS_courses\n", vec![]),
            (
                "2026_09_1_A_1|2026_09_1|A|template_A|2026_09_SIS_courses\n\
                 2026_10_2_B_2|2026_10_2|B|MODÈLE_B|2026_09_SIS_courses\n",
                vec![],
            ),
            // Templates are known by their prefix.
            (
                "template_A|template_A|A||SIS_templates\n2026_1|2026_1_A|A||2026_1_SIS_courses\n\
                 2026_2|2026_2_A|A||2026_1_SIS_courses\n",
                vec![],
            ),
            (
                "2026_1|2026_1_A|A||2026_1_SIS_courses\n\
                 2026-1|2026_1_B|A||2026_1_SIS_courses\n\
                 2026_12|2026_1_C|A||2026_1_SIS_courses\n",
                vec![("BB-C01", 3), ("BB-C01", 4)],
            ),
            (
                "a|CHEM_301_2026|A|chem|2026_1_SIS_courses\n\
                 b|CHEM_301_2026|A|chem|2026_1_SIS_courses\n",
                vec![("BB-C02", 2), ("BB-C03", 2)],
            ),
            ("a|2026_1_a|A||stuff\nb|2026_1_b|A||stuff\n", vec![("BB-C04", 2)]),
        ] {
            assert_eq!(codes(&[&format!("{COURSE}{rows}")]), expected, "{rows}");
        }
    }

    #[test]
    fn keys_are_compared_over_feeds_and_faults_are_said_in_each() {
        let first = format!("{COURSE}2026_1|2026_1_A|A|x|stuff\n");
        let second = format!("{COURSE}2026_10|2026_1_B|B|x|stuff\n");
        assert_eq!(
            codes(&[&first, &second]),
            [("BB-C03", 2), ("BB-C04", 2), ("BB-C01", 2), ("BB-C03", 2), ("BB-C04", 2)]
        );
    }

    #[test]
    fn other_prefixes_can_be_agreed() {
        let feed = format!("{COURSE}2026_1|2026_1_A|A|TPL-x|2026_1_SIS_courses\n");
        for (prefixes, expected) in [
            (vec!["tpl-"], None),
            (vec![], None),
            (vec!["t_", "m_"], Some("the template TPL-x does not begin with `t_` or `m_`")),
        ] {
            let conventions = Conventions::default().with_template_prefixes(prefixes);
            let found = found(conventions, &[&feed]);
            assert_eq!(found.first().map(|(_, _, text)| text.as_str()), expected);
        }
    }

    #[test]
    fn sources_of_users_are_their_own() {
        let users = "external_person_key|user_id|firstname|lastname|email|inst_email|passwd|\
                     institution_role|data_source_key\n\
                     9f3c|u1|Flo|Fox|f@x.example|f@x.example||Student|2026_09_SIS_all\n\
                     8f3c|u2|Cy|Clark|c@x.example|c@x.example||Student|2026_09_SIS_all\n";
        let enrolments = "external_course_key|external_person_key|data_source_key\n\
                          a|9f3c|2026_09_SIS_all\na|8f3c|2026_09_SIS_all\n";
        let courses = format!("{COURSE}a|2026_1_A|A||2026_09_SIS_all\n");
        assert_eq!(codes(&[users]), []);
        assert_eq!(codes(&[&courses, enrolments]), []);
        assert_eq!(codes(&[users, enrolments]), [("BB-C04", 2)]);
        assert_eq!(codes(&[&courses, users]), [("BB-C04", 2)]);
        let older = "external_person_key|user_id|firstname|lastname|email|inst_email|passwd|\
                     institution_role|new_data_source_key\n\
                     9f3c|u1|Flo|Fox|f@x.example|f@x.example||Student|stuff\n";
        assert_eq!(codes(&[older]), [("BB-C04", 2)]);
    }

    #[test]
    fn fields_of_the_planning_guide() {
        let head = "external_person_key|user_id|firstname|lastname|email";
        for (feed, expected) in [
            (
                format!("{head}\n\n9f3c|u1|Flo|Fox|f@x.example\n8f3c|u2|Cy|Clark|\n"),
                vec![("BB-C05", 3), ("BB-C05", 3), ("BB-C05", 3), ("BB-C05", 4)],
            ),
            (
                format!("{head}|inst_email|passwd|institution_role\n9f3c|u1|Flo|Fox| |||\n"),
                vec![("BB-C05", 2), ("BB-C05", 2)],
            ),
            ("external_person_key|row_status\n9f3c|enabled\n".to_owned(), vec![]),
        ] {
            assert_eq!(codes(&[&feed]), expected, "{feed}");
        }
    }
}
