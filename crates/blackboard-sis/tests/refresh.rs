//! What an upload would do, against a small Learn that does it; and two feeds in place of a refresh.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufReader;

use blackboard_sis::edu_diagnostics::{Collector, Severity};
use blackboard_sis::edu_syntax::Decoded;
use blackboard_sis::{
    Delta, DeltaError, Difference, FeedReader, History, Object, Operation, Outcome, Preview,
    Refusal, Removal, rules,
};
use proptest::prelude::*;

fn history(object: Object, feeds: &[String]) -> History {
    let (mut history, mut sink) = (History::new(), Collector::new());
    for feed in feeds {
        let reader = FeedReader::new().with_object(object);
        history.add_text(&reader, &Decoded::new(feed.as_bytes()), &mut sink);
    }
    history
}

/// What an upload would do, and the feeds in its place.
fn delta<'h>(preview: Preview<'h>, object: Object, feed: &str) -> (Difference, Outcome<'h>) {
    let (decoded, mut sink) = (Decoded::new(feed.as_bytes()), Collector::new());
    let reader = FeedReader::new().with_object(object);
    let mut rows = reader.for_text(&decoded, &mut sink);
    let mut delta = Delta::new(preview).expect("no feed of the delete operation");
    while let Some(row) = rows.next() {
        delta.row(&row);
    }
    delta.finish()
}

/// What an upload would do.
fn outcome<'h>(mut preview: Preview<'h>, object: Object, feed: &str) -> Outcome<'h> {
    let (decoded, mut sink) = (Decoded::new(feed.as_bytes()), Collector::new());
    let reader = FeedReader::new().with_object(object);
    let mut rows = reader.for_text(&decoded, &mut sink);
    while let Some(row) = rows.next() {
        preview.row(&row);
    }
    preview.finish()
}

/// A Learn for one kind of object.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Learn {
    removal: Removal,
    records: BTreeMap<String, Record>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Record {
    source: String,
    is_disabled: bool,
    values: BTreeMap<String, String>,
}

impl Learn {
    fn new(object: Object) -> Self {
        Self { removal: object.removal(), records: BTreeMap::new() }
    }

    /// An earlier load: what it deleted is gone.
    fn load(&mut self, feed: &str) {
        for Parsed { key, mut row, is_damaged, .. } in parse(feed) {
            if is_damaged {
                continue;
            }
            let status = row.remove("row_status");
            let key = self.rename(key, &mut row);
            self.store(&key, row, status.as_deref(), None);
            if status.as_deref() == Some("deleted") {
                self.records.remove(&key);
            }
        }
    }

    /// Gives a record the key that a row says; returns the one that it has from now on.
    fn rename(&mut self, key: String, row: &mut BTreeMap<String, String>) -> String {
        let name = row.keys().find(|name| name.starts_with("new_external_")).cloned();
        let Some(new) = name.and_then(|name| row.remove(&name)) else { return key };
        if let Some(record) = self.records.remove(&key) {
            self.records.insert(new.clone(), record);
        }
        new
    }

    /// Inserts or updates a record; returns the data source that the row was sent for.
    fn store(
        &mut self,
        key: &str,
        mut row: BTreeMap<String, String>,
        status: Option<&str>,
        configured: Option<&str>,
    ) -> String {
        let before = self.records.get(key).map(|record| record.source.clone());
        let named = row.remove("data_source_key").or(configured.map(str::to_owned));
        let source = named.or(before).unwrap_or_default();
        if status == Some("deleted") && !self.records.contains_key(key) {
            return source;
        }
        let record = self.records.entry(key.to_owned()).or_default();
        record.values = row;
        record.is_disabled = status.is_some_and(|status| status != "enabled");
        record.source.clone_from(&source);
        source
    }

    fn remove(&mut self, key: &str) {
        if self.removal == Removal::Purge {
            self.records.remove(key);
        } else if let Some(record) = self.records.get_mut(key) {
            record.is_disabled = true;
        }
    }

    fn upload(&mut self, operation: Operation, feed: &str, configured: Option<&str>) {
        let (mut listed, mut sent) = (BTreeSet::new(), BTreeSet::new());
        let before = self.clone();
        for Parsed { key, mut row, is_damaged, .. } in parse(feed) {
            listed.insert(key.clone());
            if is_damaged {
                continue;
            }
            if operation == Operation::Delete {
                self.remove(&key);
                continue;
            }
            let status = row.remove("row_status");
            let key = self.rename(key, &mut row);
            listed.insert(key.clone());
            sent.insert(self.store(&key, row, status.as_deref(), configured));
            if status.as_deref() == Some("deleted") && self.records.contains_key(&key) {
                self.remove(&key);
            }
        }
        for (key, record) in before.records {
            let is_in_scope = match operation {
                Operation::Store | Operation::Delete => false,
                Operation::Refresh => true,
                Operation::RefreshByDataSource => {
                    configured == Some(&*record.source) || sent.contains(&record.source)
                }
            };
            if is_in_scope && !listed.contains(&key) {
                self.remove(&key);
            }
        }
    }

    fn enabled(&self) -> u64 {
        self.records.values().filter(|record| !record.is_disabled).count() as u64
    }
}

/// A row of a feed.
struct Parsed {
    key: String,
    /// What is not empty of the other columns.
    row: BTreeMap<String, String>,
    is_damaged: bool,
}

/// The rows of a feed without quotes.
fn parse(feed: &str) -> Vec<Parsed> {
    let mut lines = feed.lines().map(|line| line.split('|'));
    let Some(header) = lines.next() else { return Vec::new() };
    let header: Vec<_> = header.map(str::to_ascii_lowercase).collect();
    let row = |cells: Vec<String>| {
        let is_damaged = cells.len() != header.len();
        let cells = header.iter().cloned().zip(cells);
        let mut row: BTreeMap<_, _> =
            cells.filter(|(_, cell): &(_, String)| !cell.is_empty()).collect();
        let key = row.keys().find(|name| name.starts_with("external_")).cloned();
        let key = key.and_then(|key| row.remove(&key)).unwrap_or_default();
        Parsed { key, row, is_damaged }
    };
    lines.map(|cells| row(cells.map(str::to_owned).collect())).collect()
}

/// A row: key, name, data source, status, by their numbers; and what else there is to it.
type Numbers = (usize, usize, usize, usize, Extra);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extra {
    Nothing,
    NewKey,
    Damaged,
}

fn feeds(extra: impl Strategy<Value = Extra>) -> impl Strategy<Value = Vec<Numbers>> {
    proptest::collection::vec((0..7_usize, 0..3_usize, 0..3_usize, 0..6_usize, extra), 0..10)
}

fn plain_feeds() -> impl Strategy<Value = Vec<Numbers>> {
    feeds(Just(Extra::Nothing))
}

fn feeds_with_more() -> impl Strategy<Value = Vec<Numbers>> {
    feeds(
        prop_oneof![4 => Just(Extra::Nothing), 2 => Just(Extra::NewKey), 1 => Just(Extra::Damaged)],
    )
}

/// Of what else there is to rows, only one sort.
fn only(rows: Vec<Numbers>, kept: Extra) -> Vec<Numbers> {
    let mut rows = rows;
    for row in rows.iter_mut().filter(|row| row.4 != kept) {
        row.4 = Extra::Nothing;
    }
    rows
}

/// The columns of a kind: key, name, data source, status, new key, and one that is needed.
fn columns(object: Object) -> [&'static str; 6] {
    match object {
        Object::Node => [
            "external_node_key",
            "name",
            "data_source_key",
            "local",
            "new_external_node_key",
            "parent_node_key",
        ],
        _ => [
            "external_course_key",
            "course_name",
            "data_source_key",
            "row_status",
            "new_external_course_key",
            "course_id",
        ],
    }
}

fn text(object: Object, rows: &[Numbers], is_turned: bool) -> String {
    let line = |cells: [&str; 6]| {
        let mut cells = cells;
        if is_turned {
            cells.reverse();
        }
        cells.join("|") + "\n"
    };
    let header = line(columns(object));
    let header = if is_turned { header.to_ascii_uppercase() } else { header };
    let rows = rows.iter().map(|&(key, name, source, status, extra)| {
        // Some of the keys are those that others get.
        let [key, new] = if key < 5 {
            [format!("K{key}"), format!("K{}", key + 4)]
        } else {
            [format!("K{key}"), format!("N{key}")]
        };
        let new = if extra == Extra::NewKey { new.as_str() } else { "" };
        let status = ["", "enabled", "disabled", "deleted", "", "enabled"][status];
        let name = ["A", "B", ""][name];
        let row = line([&key, name, ["S1", "S2", ""][source], status, new, "X"]);
        if extra == Extra::Damaged { row.replace('\n', "|more\n") } else { row }
    });
    header + &rows.collect::<String>()
}

const OPERATIONS: [Operation; 4] =
    [Operation::Store, Operation::Refresh, Operation::RefreshByDataSource, Operation::Delete];

proptest! {
    #[test]
    fn two_feeds_do_what_a_refresh_does(
        first in feeds_with_more(),
        second in feeds_with_more(),
        later in feeds_with_more(),
        is_node in any::<bool>(),
        is_turned in any::<bool>(),
        operation in 0..3_usize,
        configured in 0..4_usize,
        is_damaged in any::<bool>(),
    ) {
        let object = if is_node { Object::Node } else { Object::Course };
        // Of a record that only a damaged row names it is not known whether it is there, so that a new key for it may go
        // to another record.
        let kept = if is_damaged { Extra::Damaged } else { Extra::NewKey };
        let (first, second) = (only(first, kept), only(second, kept));
        let earlier = [text(object, &first, false), text(object, &second, is_turned)];
        let history = history(object, &earlier);
        let mut before = Learn::new(object);
        for feed in &earlier {
            before.load(feed);
        }
        let is_sure = history.objects().all(|(_, count)| count == before.records.len() as u64);
        let later = if is_sure { later } else { only(later, Extra::Damaged) };
        let later = text(object, &later, is_turned);
        let operation = OPERATIONS[operation];
        let configured = [None, None, Some("S1"), Some("S9")][configured];
        let mut preview = Preview::new(operation, object, &history);
        if let Some(key) = configured {
            preview = preview.with_data_source(key);
        }
        let (difference, _) = delta(preview, object, &later);
        let damaged = parse(&later).into_iter().filter(|row| row.is_damaged).count();
        prop_assert_eq!(difference.refused.len(), damaged);
        prop_assert!(difference.refused.iter().all(|refused| refused.why == Refusal::Damaged));

        let (mut one, mut two) = (before.clone(), before);
        one.upload(operation, &later, configured);
        two.upload(Operation::Store, &difference.store, configured);
        two.upload(Operation::Delete, &difference.delete, configured);
        prop_assert_eq!(&one, &two, "{}\n{}\n{}\n{}", earlier.concat(), later, difference.store, difference.delete);
        prop_assert_eq!(difference.stored, parse(&difference.store).len() as u64);
        prop_assert_eq!(difference.deleted, parse(&difference.delete).len() as u64);
    }

    #[test]
    fn a_preview_counts_what_happens(
        earlier in plain_feeds(),
        later in plain_feeds(),
        is_node in any::<bool>(),
        operation in 0..4_usize,
    ) {
        let object = if is_node { Object::Node } else { Object::Course };
        let (earlier, later) = (text(object, &earlier, false), text(object, &later, true));
        let history = history(object, std::slice::from_ref(&earlier));
        let operation = OPERATIONS[operation];
        let outcome = outcome(Preview::new(operation, object, &history), object, &later);

        let mut before = Learn::new(object);
        before.load(&earlier);
        let mut after = before.clone();
        after.upload(operation, &later, None);
        let was = |key: &String| before.records.get(key);
        let mut expected = [0_u64; 4];
        for (key, record) in &after.records {
            expected[0] += u64::from(was(key).is_none());
            expected[1] += u64::from(was(key).is_some_and(|it| it.is_disabled && !record.is_disabled));
            expected[2] += u64::from(was(key).is_some_and(|it| !it.is_disabled && record.is_disabled));
        }
        expected[3] = before.records.keys().filter(|key| !after.records.contains_key(*key)).count() as u64;
        let total = outcome.total();
        // A row that inserts and one that deletes: to Learn, that is a disabled record.
        prop_assume!(object == Object::Node || !inserts_and_deletes(&before, &later));
        prop_assert_eq!(
            [total.inserted, total.enabled_again, total.disabled, total.purged],
            expected
        );
        if operation != Operation::RefreshByDataSource {
            prop_assert_eq!([total.before, total.after], [before.enabled(), after.enabled()]);
        }
        let taken = total.disabled + total.purged;
        prop_assert_eq!(outcome.affected().count() as u64, taken);
    }

    #[test]
    fn equal_feeds_differ_in_nothing(rows in plain_feeds(), is_turned in any::<bool>()) {
        let mut rows = rows;
        rows.sort_unstable();
        rows.dedup_by_key(|row| row.0);
        let object = Object::Course;
        let history = history(object, &[text(object, &rows, false)]);
        let later = text(object, &rows, is_turned);
        let (difference, outcome) = delta(Preview::new(Operation::Refresh, object, &history), object, &later);
        prop_assert!(difference.is_empty(), "{}{}", difference.store, difference.delete);
        prop_assert!(outcome.affected().next().is_none() && !outcome.is_over_limit());
    }
}

fn inserts_and_deletes(before: &Learn, later: &str) -> bool {
    let mut seen = BTreeSet::new();
    parse(later).into_iter().any(|Parsed { key, row, .. }| {
        let is_new = !before.records.contains_key(&key);
        let is_deleted = row.get("row_status").is_some_and(|status| status == "deleted");
        let is_again = is_deleted && seen.contains(&key);
        seen.insert(key);
        is_new && is_again
    })
}

#[test]
fn what_the_two_feeds_hold() {
    let earlier = "EXTERNAL_PERSON_KEY|USER_ID|FIRSTNAME|LASTNAME|DATA_SOURCE_KEY\n\
                   P1|ada|Ada|Lovelace|S\nP2|grace|Grace|Hopper|S\nP|pipe|\"A\"\"B\"|C|S\n";
    let later = "E_MAIL|external_person_key|FirstName|LASTNAME|Firstname|Local|local||USER_ID|DATA_SRC_KEY\n\
                 |P1|Ada|Lovelace||||x|ada|S\n\
                 a@b.c|P3|\"Alan \"\"T\"\"\"|\"Tur|ing\"|other|1|2|x|alan|S\n\
                 |P2|too short\n";
    let history = history(Object::Person, &[earlier.to_owned()]);
    let preview = Preview::new(Operation::Refresh, Object::Person, &history);
    let (difference, _) = delta(preview, Object::Person, later);
    assert_eq!(
        difference.store,
        "email|external_person_key|firstname|lastname|Local|user_id|data_source_key\n\
         a@b.c|P3|\"Alan \"\"T\"\"\"|\"Tur|ing\"|1|alan|S\n"
    );
    assert_eq!(difference.delete, "external_person_key|data_source_key\nP|S\n");
    assert_eq!((difference.stored, difference.deleted), (1, 1));
    assert!(!format!("{difference:?}").contains("Alan"));
}

#[test]
fn columns_without_effect_are_not_sent() {
    let header = "external_course_key|external_person_key|photo_link|role";
    let history = history(Object::Membership, &[format!("{header}\nK|P|x.png|S\n")]);
    let later = format!("{header}\nK|Q|y.png|S\n");
    let preview = Preview::new(Operation::Refresh, Object::Membership, &history);
    let (difference, outcome) = delta(preview, Object::Membership, &later);
    assert_eq!(difference.store, "external_course_key|external_person_key|role\nK|Q|S\n");
    assert_eq!(
        difference.delete,
        "external_course_key|external_person_key|data_source_key\nK|P|\n"
    );
    assert_eq!(outcome.affected().next().map(|it| it.key()), Some("K / P".to_owned()));
}

#[test]
fn the_examples_of_the_rule() {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let earlier = text(include_bytes!("../rules/BB-X14.previous.txt"));
    let history = history(Object::Course, &[earlier]);
    for (feed, expected) in [(rules::REFRESH_DROPS.bad, 1), (rules::REFRESH_DROPS.good, 0)] {
        let preview = Preview::new(Operation::Refresh, Object::Course, &history);
        let (_, outcome) = delta(preview, Object::Course, &text(feed));
        let finding = outcome.omissions(Severity::Warning);
        assert_eq!(finding.iter().filter(|it| it.rule == &rules::REFRESH_DROPS).count(), expected);
    }
}

#[test]
fn a_text_and_a_stream_are_the_same() {
    let earlier = include_bytes!("../rules/BB-X14.previous.txt");
    let (mut history, mut sink) = (History::new(), Collector::new());
    let reader = FeedReader::new();
    let input = BufReader::with_capacity(3, &earlier[..]);
    assert_eq!(
        history.add_reader(&reader, input, &mut sink).expect("no failure"),
        Some(Object::Course)
    );
    assert_eq!(history.objects().collect::<Vec<_>>(), [(Object::Course, 3)]);
    let later = String::from_utf8_lossy(earlier);
    let preview = Preview::new(Operation::Refresh, Object::Course, &history);
    assert!(delta(preview, Object::Course, &later).0.is_empty());
}

#[test]
fn a_feed_of_the_delete_operation_has_no_delta() {
    let history = History::new();
    for operation in OPERATIONS {
        let delta = Delta::new(Preview::new(operation, Object::Course, &history));
        let expected = (operation == Operation::Delete).then_some(DeltaError::Delete);
        assert_eq!(delta.err(), expected, "{operation:?}");
    }
}

#[test]
fn what_cannot_be_sent_is_refused() {
    let header = "external_person_key|user_id|firstname|lastname|data_source_key|local";
    let earlier =
        format!("{header}\nP1|ada|Ada|Lovelace|S|\nP*2|grace|Grace|Hopper|S|\nP3|x|X|X*|S|\n");
    let history = history(Object::Person, &[earlier]);
    let of = |feed: &str| {
        let preview = Preview::new(Operation::Refresh, Object::Person, &history);
        delta(preview, Object::Person, feed).0
    };
    // What is the same is not sent, whatever it holds.
    let rows = "P3|x|X|X*|S|\nP4|y|Secret*|Y|S|\nP5|z|Z|Z|S|\nP6|u|U|U|S|\u{1}\n";
    let difference = of(&format!("{header}\n\n{rows}"));
    let said: Vec<_> = difference.refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 4: the value in column \"firstname\" holds `*`, which Learn does not take in any field: write it \
             without",
            "line 6: the value in column \"local\" holds the control character U+0001: write it without",
            "a record that is left out: the value in column \"external_person_key\" holds `*`, which Learn does not \
             take in any field: write it without",
        ]
    );
    let lines: Vec<_> = difference.refused.iter().map(|refused| refused.line).collect();
    assert_eq!(lines, [Some(4), Some(6), None]);
    assert_eq!(difference.store, format!("{header}\nP5|z|Z|Z|S|\n"));
    assert_eq!((difference.stored, difference.deleted), (1, 1));
    assert!(!difference.is_empty());

    // A feed without a column that every record needs would insert nothing.
    let difference = of("external_person_key|user_id|firstname\nP4|y|Y\n");
    let said: Vec<_> = difference.refused.iter().map(ToString::to_string).collect();
    assert!(said[0].starts_with("header row: there is no column `lastname`"), "{said:?}");
    assert_eq!((difference.store.as_str(), difference.stored), ("", 0));
    let difference = of(&format!("{header}|Mark*er\nP4|y|Y|Y|S||\n"));
    assert_eq!(
        difference.refused[0].to_string(),
        "header row: column 7 holds '*', which cannot be in a feed: write it without"
    );
}

#[test]
fn rows_of_another_kind_are_in_no_delta() {
    let history =
        history(Object::Course, &["external_course_key|course_id|course_name\n".to_owned()]);
    let mut delta =
        Delta::new(Preview::new(Operation::Refresh, Object::Course, &history)).expect("a delta");
    for feed in [
        "external_person_key|user_id|firstname|lastname\nP1|ada|Ada|Lovelace\n",
        "external_course_key|course_id|course_name\nK1|C1|Law\n",
    ] {
        let (decoded, mut sink) = (Decoded::new(feed.as_bytes()), Collector::new());
        let reader = FeedReader::new();
        let mut rows = reader.for_text(&decoded, &mut sink);
        while let Some(row) = rows.next() {
            delta.row(&row);
        }
    }
    let (difference, _) = delta.finish();
    assert_eq!(difference.store, "external_course_key|course_id|course_name\nK1|C1|Law\n");
}

#[test]
fn rows_that_learn_does_not_take_are_in_no_delta() {
    let header = "external_association_key|external_subject_key|external_course_key";
    let object = Object::SubjectCourse;
    let history = history(object, &[format!("{header}\nA1|J1|K1\nA2|J1|K2\n")]);
    let preview = Preview::new(Operation::Refresh, object, &history);
    let later = format!("{header}\nA1|J9|K1\nA2|J1\nA3|J1|K3\n");
    let (difference, _) = delta(preview, object, &later);
    let said: Vec<_> = difference.refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 2: the key is there with another content, and such a record cannot be updated: delete it and insert it \
             under another key",
            "line 3: the row is damaged: Learn does not take it",
        ]
    );
    assert_eq!((difference.store, difference.deleted), (format!("{header}\nA3|J1|K3\n"), 0));
}
