//! The first row: what stands between cells, and what the feed is about.

use edu_diagnostics::Span;
use edu_syntax::delimited::{self, Buffer, Format, Lexer, Record};

use super::Limits;
use super::batch::batch_file;
use crate::alias;
use crate::header::{Column, Header, HeaderMap};
use crate::object::Object;

/// What can stand between cells, from the most to the least usual.
const DELIMITERS: [u8; 4] = *b"|,;\t";

/// Columns that many kinds of object have: they do not tell one from another.
const COMMON: [&str; 10] = [
    "data_source_key",
    "new_data_source_key",
    "data_src_key",
    "row_status",
    "available_ind",
    "description",
    "locale",
    "duration",
    "start_date",
    "end_date",
];

/// What only Blackboard calls so, besides keys and switches.
const TELLING: [&str; 6] =
    ["inst_email", "pwencryptiontype", "row_status", "institution_role", "system_role", "passwd"];

/// Divides a header row, which goes over no line end, in cells.
pub(crate) fn divide(line: &str, at: u64, delimiter: u8, limits: delimited::Limits) -> Buffer {
    let mut buffer = Buffer::default();
    let mut lexer = Lexer::new(Format { delimiter, multiline: false }).with_limits(limits);
    lexer.read(line, at, 0, true, &mut buffer);
    buffer
}

/// The limits of a reader, as the lexer takes them.
pub(crate) fn limits(limits: Limits) -> delimited::Limits {
    delimited::Limits { record: limits.row, fields: limits.columns }
}

/// The cells of a header row, without white space around them.
pub(super) fn cells(row: Record<'_, '_>) -> Vec<(String, Span)> {
    let cell = |index| {
        let field = row.get(index)?;
        let value = field.value();
        Some((bare(&value).to_owned(), field.span()))
    };
    (0..row.len()).map_while(cell).collect()
}

/// A header without white space around it, and without the byte order mark of a file that was put behind another.
pub(crate) fn bare(header: &str) -> &str {
    header.trim_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}')
}

/// The delimiter with which the most cells of a first line are headers, with these cells.
pub(super) struct Sniffed {
    pub(super) delimiter: u8,
    pub(super) cells: Vec<(String, Span)>,
    /// How many of the cells are headers of some kind of object.
    pub(super) known: usize,
}

/// Finds the delimiter of a first line.
pub(super) fn sniff(line: &str, map: &HeaderMap, limits: delimited::Limits) -> Sniffed {
    let mut best = divided(line, b'|', map, limits);
    for delimiter in DELIMITERS {
        // Of several with as many, the first one.
        if line.as_bytes().contains(&delimiter) {
            let next = divided(line, delimiter, map, limits);
            if next.known > best.known {
                best = next;
            }
        }
    }
    best
}

/// The cells of a first line with one delimiter.
pub(super) fn divided(
    line: &str,
    delimiter: u8,
    map: &HeaderMap,
    limits: delimited::Limits,
) -> Sniffed {
    let cells = cells(divide(line, 0, delimiter, limits).record(line, 0));
    let known = cells.iter().filter(|(name, _)| is_known(name, map)).count();
    Sniffed { delimiter, cells, known }
}

impl Sniffed {
    /// Whether the line is a header row, and not a row of which a cell happens to be a word such as `name`.
    pub(super) fn is_header(&self, map: &HeaderMap) -> bool {
        let is_sure = |name: &str| map.get(name).is_some() || name.contains('_');
        self.known >= 2
            || (self.known == 1 && self.cells.len() <= 2)
            || self.cells.iter().any(|(name, _)| is_known(name, map) && is_sure(name))
    }
}

/// Whether a cell is a header of some kind of object.
pub(super) fn is_known(name: &str, map: &HeaderMap) -> bool {
    !name.is_empty() && (map.get(name).is_some() || alias::is_known(name))
}

/// A header row behind the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// It says the same.
    Same,
    /// It says something else, so that the rows behind it are rows of another feed.
    Other,
}

/// Whether a row is a header row, of this feed or of one that was put behind it.
pub(crate) fn header_again(header: &Header, map: &HeaderMap, row: Record<'_, '_>) -> Option<Again> {
    let columns = header.columns();
    let first = row.get(0)?;
    let first = said(first.raw());
    // Most rows end here.
    let is_own = || columns.iter().any(|column| column.name.eq_ignore_ascii_case(first));
    let is_word = first.starts_with(|character: char| character.is_ascii_alphabetic());
    if !is_word || !(is_own() || (first.contains('_') && is_known(first, map))) {
        return None;
    }
    let value = |index| row.get(index).map(|field| field.value()).unwrap_or_default();
    let is = |index, column: &Column| said(&value(index)).eq_ignore_ascii_case(&column.name);
    let mut numbered = columns.iter().enumerate();
    if row.len() == columns.len() && numbered.all(|(index, column)| is(index, column)) {
        return Some(Again::Same);
    }
    let is_other = row.len() > 1 && (0..row.len()).all(|index| is_known(said(&value(index)), map));
    is_other.then_some(Again::Other)
}

/// What a cell says as a header; behind a byte order mark, quotes are part of its value.
fn said(value: &str) -> &str {
    bare(value).trim_matches('"')
}

/// What a feed with these headers is about; `None` where they do not tell.
///
/// Keys decide. Where they are the same, or missing, it is the kind with the most of the headers.
pub(super) fn object(cells: &[(String, Span)], map: &HeaderMap) -> Option<Object> {
    let names: Vec<&str> = cells.iter().map(|(name, _)| map.get(name).unwrap_or(name)).collect();
    by_keys(&names).or_else(|| by_number(&names))
}

fn by_keys(names: &[&str]) -> Option<Object> {
    let has = |header: &str| names.iter().any(|name| name.eq_ignore_ascii_case(header));
    let (person, course) = (has("external_person_key"), has("external_course_key"));
    let organization = has("external_organization_key") || has("external_org_key");
    let of_either = |of_course, of_organization| if course { of_course } else { of_organization };
    let in_course = course || organization;
    Some(if has("std_sub_doc_key") {
        Object::Standard
    } else if has("external_observer_key") {
        Object::Observer
    } else if has("external_program_key") {
        if has("external_subject_key") { Object::ProgramSubject } else { Object::Program }
    } else if has("external_subject_key") && in_course {
        of_either(Object::SubjectCourse, Object::SubjectOrganization)
    } else if has("external_subject_key") {
        Object::Subject
    } else if has("external_category_key") && in_course {
        of_either(Object::CourseCategoryMembership, Object::OrganizationCategoryMembership)
    } else if has("external_category_key") {
        Object::CourseCategory
    } else if has("external_node_key") && in_course {
        of_either(Object::NodeCourse, Object::NodeOrganization)
    } else if has("external_node_key") {
        let is_of_user = has("external_user_key") || person;
        if is_of_user { Object::NodeUser } else { Object::Node }
    } else if person && in_course {
        of_either(Object::Membership, Object::OrganizationMembership)
    } else if in_course {
        of_either(Object::Course, Object::Organization)
    } else if person && has("role_id") && !has("user_id") && !has("lastname") {
        Object::SecondaryRole
    } else if person {
        Object::Person
    } else if has("external_term_key") && !has("course_id") && !has("organization_id") {
        Object::Term
    } else {
        return None;
    })
}

/// The kind with the most of these headers, without those that many have; `None` where several have as many, but
/// for a kind that there is of courses and of organizations.
fn by_number(names: &[&str]) -> Option<Object> {
    let is_common = |name: &str| COMMON.iter().any(|common| common.eq_ignore_ascii_case(name));
    let names: Vec<_> = names.iter().copied().filter(|name| !is_common(name)).collect();
    let count = |object| names.iter().filter(|name| alias::resolve(object, name).is_some()).count();
    let counted: Vec<_> = Object::ALL.iter().map(|&object| (object, count(object))).collect();
    let most = counted.iter().map(|&(_, count)| count).max().filter(|&most| most > 0)?;
    let mut best = counted.iter().filter(|&&(_, count)| count == most).map(|&(object, _)| object);
    let first = best.next()?;
    best.all(|other| alias::is_twin(first, other)).then_some(first)
}

/// What a feed that begins so is about, as its headers tell; `None` where they do not, or where the text is
/// something else.
pub fn recognise(text: &str) -> Option<Object> {
    let line = text.split(['\r', '\n']).find(|line| !bare(line).is_empty())?;
    let line = line.trim_start_matches('\u{FEFF}');
    let map = HeaderMap::new();
    let Sniffed { delimiter, cells, known } = sniff(line, &map, limits(Limits::default()));
    let names = || cells.iter().map(|(name, _)| name.to_ascii_lowercase());
    // Words such as `name` and `role`, and even `user_id`, stand in the tables of other systems.
    let is_key = |name: &String| {
        name.starts_with("external_") && name.ends_with("_key") || name == "std_sub_doc_key"
    };
    let is_telling = |name: &String| {
        name.ends_with("_ind") || name.ends_with("_key") || TELLING.contains(&&**name)
    };
    let known_names = || names().filter(|name| alias::is_known(name));
    let is_ours = known_names().any(|name| is_key(&name))
        || known_names().filter(is_telling).count() >= 2
        || (known * 2 >= cells.len()
            && known >= 2
            && (delimiter == b'|' || known_names().any(|name| is_telling(&name))));
    is_ours.then(|| object(&cells, &map))?
}

/// Whether a text, or the beginning of one, looks like a snapshot flat file, or like one of the batch files that
/// are taken for one (`BB-F01` says so then).
pub fn is_feed(text: &str) -> bool {
    recognise(text).is_some() || batch_file(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_what_a_feed_is_about() {
        let cases = [
            ("EXTERNAL_PERSON_KEY|USER_ID", Object::Person),
            ("external_person_key|user_id|role_id|lastname", Object::Person),
            ("external_person_key|role_id", Object::SecondaryRole),
            ("external_course_key|external_person_key|role_id", Object::Membership),
            ("external_organization_key|external_person_key", Object::OrganizationMembership),
            ("external_course_key|external_term_key", Object::Course),
            ("course_id|course_name|external_term_key", Object::Course),
            ("external_organization_key|organization_id", Object::Organization),
            ("external_term_key|name", Object::Term),
            ("external_user_key|external_observer_key", Object::Observer),
            ("external_category_key|title", Object::CourseCategory),
            ("external_category_key|external_course_key", Object::CourseCategoryMembership),
            (
                "external_category_key|external_organization_key",
                Object::OrganizationCategoryMembership,
            ),
            ("external_node_key|name", Object::Node),
            ("external_association_key|external_node_key|external_user_key", Object::NodeUser),
            ("external_association_key|external_node_key|external_course_key", Object::NodeCourse),
            (
                "external_association_key|external_node_key|external_organization_key",
                Object::NodeOrganization,
            ),
            (
                "external_course_key|external_association_key|primary_external_node_key",
                Object::Course,
            ),
            ("std_sub_doc_key|course_key", Object::Standard),
            ("external_subject_key|subject_id", Object::Subject),
            ("external_program_key|program_id", Object::Program),
            (
                "external_association_key|external_program_key|external_subject_key",
                Object::ProgramSubject,
            ),
            (
                "external_association_key|external_subject_key|external_course_key",
                Object::SubjectCourse,
            ),
            (
                "external_association_key|external_subject_key|external_org_key",
                Object::SubjectOrganization,
            ),
            // Without keys.
            ("USER_ID|FIRSTNAME|LASTNAME", Object::Person),
            ("course_id|course_name|data_source_key", Object::Course),
            ("role|row_status|primary_instructor", Object::Membership),
            ("subject_id|subject_name", Object::Subject),
            // Other delimiters, blank lines, a mark, quotes, and lone CR.
            ("\r\n \r\n\u{FEFF}\"external_person_key\",user_id\r\n", Object::Person),
            ("\rexternal_course_key\tcourse_id\rx\ty\r", Object::Course),
            ("external_course_key;course_id", Object::Course),
        ];
        for (text, expected) in cases {
            assert_eq!(recognise(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_tables_are_not_taken() {
        for text in [
            "",
            "\n\n",
            "hello",
            "username,firstname,lastname,email,course1\n",
            "username;password;email;city;country\n",
            "user_id,integration_id,login_id,password,first_name,last_name,email,status\n",
            "course_id,user_id,role,section_id,status\n",
            "course_id,short_name,long_name,account_id,term_id,status,start_date,end_date\n",
            "term_id,name,status,start_date,end_date\n",
            "name,description,start_date,end_date\n",
            "title|author|year\n",
            "data_source_key|row_status\n",
            "a,b,C\n",
        ] {
            assert!(!is_feed(text), "{text}");
        }
    }
}
