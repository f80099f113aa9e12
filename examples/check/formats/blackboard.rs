//! Blackboard snapshot feeds.

use std::collections::HashSet;
use std::io;

use blackboard_sis::{FeedReader, Field, Header, Load, Object, Spelling, is_feed, rules};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use edu_diagnostics::{Diagnostic, Rule};
use edu_syntax::Decoded;

use super::{Checked, Skipped, Source};

/// What the codes of the rules about conventions begin with.
const CONVENTIONS: &str = "BB-C";

/// Whether a rule is about conventions, which are looked at only where they are asked for.
pub(crate) fn is_convention(rule: &Rule) -> bool {
    rule.code.starts_with(CONVENTIONS)
}

/// The kinds of object by their words on the command line.
pub(crate) fn objects() -> impl TypedValueParser<Value = Object> {
    let names =
        Object::ALL.iter().map(|object| PossibleValue::new(object.slug()).help(object.plural()));
    PossibleValuesParser::new(names)
        .try_map(|slug| Object::from_slug(&slug).ok_or("no kind of object has this name"))
}

/// What is known of a feed before it is read.
#[derive(Debug, Clone)]
pub(crate) struct Feed {
    /// How it is read.
    pub(crate) reader: FeedReader,
    /// What its rows are about, as far as its beginning tells.
    pub(crate) object: Option<Object>,
    /// Keys of its records, and those of other records of the kind that it refers to: where a kind refers to
    /// itself, and as far as its beginning tells.
    pub(crate) keys: HashSet<String>,
    pub(crate) refers_to: HashSet<String>,
    /// No other feed of this kind comes behind it.
    pub(crate) is_last: bool,
}

impl Feed {
    /// A feed that begins so. The kind that the caller names counts where the headers fit it as well as any other.
    pub(crate) fn of(head: &[u8], asked: Option<Object>) -> Self {
        let head = Decoded::new(head);
        let reader = FeedReader::new();
        let own = header(&head, &reader);
        let found = own.as_ref().map(Header::object);
        let feed = Self {
            reader,
            object: found,
            keys: HashSet::new(),
            refers_to: HashSet::new(),
            is_last: true,
        };
        let feed = match asked {
            Some(object) => {
                let forced = feed.clone().forced(object);
                let fits = header(&head, &forced.reader).as_ref().map_or(0, fitting);
                if fits >= own.as_ref().map_or(0, fitting) { forced } else { feed }
            }
            None => feed,
        };
        feed.with_keys(&head)
    }

    fn with_keys(mut self, head: &Decoded<'_>) -> Self {
        let Some(object) = self.object else { return self };
        let refers = |field: &&Field| !field.is_key() && field.refers_to == Some(object);
        let fields: Vec<_> = object.fields().iter().filter(refers).collect();
        if fields.is_empty() {
            return self;
        }
        let mut ignored = |_| ();
        let mut rows = self.reader.for_text(head, &mut ignored);
        while let Some(row) = rows.next() {
            let value = |field: &Field| {
                let value = row.get(field.name)?.trim().to_owned();
                Some(value).filter(|value| !value.is_empty())
            };
            self.keys.extend(object.keys().filter_map(value));
            self.refers_to.extend(fields.iter().filter_map(|field| value(field)));
        }
        self
    }

    /// The same, about what the caller says, whatever the headers tell.
    pub(crate) fn forced(self, object: Object) -> Self {
        Self { reader: self.reader.with_object(object), object: Some(object), ..self }
    }
}

/// Whether a file that begins so is a feed, or something that is taken for one. Where the caller says what feeds are
/// about, one header is enough.
pub(crate) fn is_feed_head(head: &Decoded<'_>, asked: Option<Object>) -> bool {
    let has_header = |object| header(head, &FeedReader::new().with_object(object)).is_some();
    is_feed(head.text()) || asked.is_some_and(has_header)
}

/// The header row of a feed.
fn header(head: &Decoded<'_>, reader: &FeedReader) -> Option<Header> {
    let mut ignored = |_| ();
    let mut rows = reader.for_text(head, &mut ignored);
    let _ = rows.next();
    rows.header().cloned()
}

/// Why a feed that begins so cannot be read, if it cannot.
pub(crate) fn unread(head: &[u8], reader: &FeedReader) -> Option<String> {
    let mut why = None;
    let mut sink = |finding: Diagnostic| {
        if finding.rule == &rules::NO_HEADER {
            why.get_or_insert(finding.to_string());
        }
    };
    let head = Decoded::new(head);
    let _ = reader.for_text(&head, &mut sink).next();
    why
}

/// How many columns have a header of the kind of object. That of a course stands in a feed of organizations for what
/// it is not.
fn fitting(header: &Header) -> usize {
    let columns = header.columns().iter().enumerate();
    let fits = columns.filter(|&(index, column)| {
        header.field(index).is_some_and(|field| {
            column.spelling != Spelling::Canonical || column.name.eq_ignore_ascii_case(field.name)
        })
    });
    fits.count()
}

/// Reads a feed and checks it against those that were read before.
pub(super) fn read(
    source: Source<'_>,
    path: &str,
    feed: &Feed,
    load: &mut Load<'_>,
    mut sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    let checked = match source {
        Source::Held(bytes) => load.check_text(&feed.reader, path, &Decoded::new(bytes), &mut sink),
        Source::Stream(input) => load.check_reader(&feed.reader, path, input, &mut sink)?,
    };
    if let Some(object) = checked.object.filter(|_| feed.is_last) {
        load.check_omissions(object, &mut sink);
    }
    // Other feeds and those of an earlier load only the caller can give.
    let skipped = checked.skipped.iter().map(|&(rule, reason)| Skipped {
        code: rule.code,
        reason,
        is_unasked: true,
    });
    Ok(Checked {
        encoding: Some(checked.encoding),
        records: Some(checked.rows),
        counts: checked.object.map(|object| (object.slug(), checked.rows)).into_iter().collect(),
        skipped: skipped.collect(),
        redaction: Some(checked.redaction),
        ..Checked::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(head: &str, asked: Option<Object>) -> Option<Object> {
        Feed::of(head.as_bytes(), asked).object
    }

    #[test]
    fn the_kind_that_the_caller_names_counts_where_the_headers_leave_it_open() {
        let (person, category) = (Some(Object::Person), Some(Object::OrganizationCategory));
        let members = "external_person_key|external_course_key|role\n";
        assert_eq!(object(members, None), Some(Object::Membership));
        assert_eq!(object(members, person), Some(Object::Membership));
        let categories = "external_category_key|title\n";
        assert_eq!(object(categories, None), Some(Object::CourseCategory));
        assert_eq!(object(categories, category), category);
        let courses = "external_course_key|course_id|course_name\n";
        assert_eq!(object(courses, Some(Object::Organization)), Some(Object::Course));
        assert_eq!(object("locale\n", None), None);
        assert_eq!(object("locale\n", person), person);
        assert_eq!(Feed::of(members.as_bytes(), None).forced(Object::Person).object, person);
    }

    #[test]
    fn what_is_taken_for_a_feed() {
        for (text, asked, is_one) in [
            ("external_person_key|user_id\n", None, true),
            ("ORG,eva,S\n", None, true),
            ("lastname\n", None, false),
            ("lastname\n", Some(Object::Person), true),
            ("Dear all,\n", Some(Object::Person), false),
            ("", Some(Object::Person), false),
        ] {
            let head = Decoded::new(text.as_bytes());
            assert_eq!(is_feed_head(&head, asked), is_one, "{text}");
        }
    }
}
