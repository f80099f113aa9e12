//! Small histories, uploads, and what becomes of the records.

use edu_diagnostics::{Collector, Severity};
use edu_syntax::Decoded;

use super::*;
use crate::read::FeedReader;

const COURSES: &str = "external_course_key|course_id|course_name|data_source_key|row_status";

fn rows(feed: &str, mut each: impl FnMut(&Row<'_>)) {
    let (decoded, mut sink) = (Decoded::new(feed.as_bytes()), Collector::new());
    let reader = FeedReader::new();
    let mut rows = reader.for_text(&decoded, &mut sink);
    while let Some(row) = rows.next() {
        each(&row);
    }
}

fn history(feeds: &[String]) -> History {
    let (mut history, mut sink) = (History::new(), Collector::new());
    for feed in feeds {
        history.add_text(&FeedReader::new(), &Decoded::new(feed.as_bytes()), &mut sink);
    }
    history
}

fn courses(rows: &[&str]) -> String {
    format!("{COURSES}\n{}\n", rows.join("\n"))
}

/// What becomes of the records of a data source, in a few words.
fn in_words(counts: &Counts) -> String {
    let Counts { before, after, .. } = *counts;
    let mut words = vec![format!("{before}>{after}")];
    for (count, word) in [
        (counts.inserted, "inserted"),
        (counts.updated, "updated"),
        (counts.unchanged, "unchanged"),
        (counts.enabled_again, "again"),
        (counts.disabled, "disabled"),
        (counts.purged, "purged"),
        (counts.moved_here, "here"),
        (counts.moved_away, "away"),
        (counts.not_found, "missing"),
        (counts.damaged, "damaged"),
        (counts.refused, "refused"),
        (counts.rekeyed, "rekeyed"),
        (counts.at_risk, "at risk"),
        (counts.left_out, "left"),
    ] {
        if count > 0 {
            words.push(format!("{count} {word}"));
        }
    }
    words.join(" ")
}

fn outcome_in_words(outcome: &Outcome<'_>) -> Vec<String> {
    let sources = outcome.sources().iter();
    sources.map(|source| format!("{}: {}", source.key, in_words(&source.counts))).collect()
}

#[test]
fn what_each_operation_does() {
    let history = history(&[courses(&[
        "K1|C1|Chemistry|S1|enabled",
        "K2|C2|History|S1|enabled",
        "K3|C3|Law|S1|disabled",
        "K4|C4|Music|S2|enabled",
        "K5|C5|Art|S2|disabled",
        "K6|C6|Gone|S2|deleted",
    ])]);
    let feed = courses(&[
        "K1|C1|Organic Chemistry|S1|enabled",
        "K3|C3|Law|S1|",
        "K7|C7|Dance|S1|",
        "K8|C8|Never there|S1|deleted",
    ]);
    for (operation, expected) in [
        (
            Operation::Store,
            &["S1: 2>4 1 inserted 1 updated 1 again 1 missing 1 left", "S2: 1>1 1 left"][..],
        ),
        (
            Operation::Refresh,
            &["S1: 2>3 1 inserted 1 updated 1 again 1 disabled 1 missing", "S2: 1>0 1 disabled"],
        ),
        (
            Operation::RefreshByDataSource,
            &["S1: 2>3 1 inserted 1 updated 1 again 1 disabled 1 missing"],
        ),
        (Operation::Delete, &["S1: 2>1 1 unchanged 1 disabled 2 missing 1 left", "S2: 1>1 1 left"]),
    ] {
        let mut preview = Preview::new(operation, Object::Course, &history);
        rows(&feed, |row| preview.row(row));
        assert_eq!(outcome_in_words(&preview.finish()), expected, "{operation:?}");
    }
}

#[test]
fn a_data_source_is_asked_for() {
    let history =
        history(&[courses(&["K1|C1|A|S1|", "K2|C2|B|S1|", "K3|C3|C|S2|", "K4|C4|D|S2|"])]);
    let feed = "external_course_key|course_id|course_name\nK1|C1|A\nK9|C9|New\n";
    for (asked, expected) in [
        // Without a key of its own a row belongs where its record belongs.
        (None, &[": 0>1 1 inserted", "S1: 2>1 1 unchanged 1 disabled"][..]),
        (Some("S1"), &["S1: 2>2 1 inserted 1 unchanged 1 disabled"]),
        (
            Some("S2"),
            &["S1: 2>1 1 away 1 rekeyed 1 left", "S2: 2>2 1 inserted 1 updated 2 disabled 1 here"],
        ),
        (Some("S3"), &["S1: 2>1 1 away 1 rekeyed 1 left", "S3: 0>2 1 inserted 1 updated 1 here"]),
    ] {
        let mut preview = Preview::new(Operation::RefreshByDataSource, Object::Course, &history);
        if let Some(asked) = asked {
            preview = preview.with_data_source(asked);
        }
        rows(feed, |row| preview.row(row));
        assert_eq!(outcome_in_words(&preview.finish()), expected, "{asked:?}");
    }
}

#[test]
fn records_that_change_their_data_source_are_named() {
    let history =
        history(&[courses(&["K1|C1|A|S1|", "K2|C2|B|S1|", "K3|C3|C|S1|", "K4|C4|D|S2|"])]);
    // The second one moves by the column for that, and one was dropped.
    let feed = "external_course_key|course_id|course_name|data_source_key|new_data_source_key\n\
                K1|C1|A|S2|\nK2|C2|B|S2|S2\nK4|C4|D|S2|\n";
    for (operation, is_old_swept, left_behind) in [
        (Operation::Refresh, true, 0),
        (Operation::RefreshByDataSource, false, 1),
        (Operation::Store, false, 1),
    ] {
        let mut preview = Preview::new(operation, Object::Course, &history);
        rows(feed, |row| preview.row(row));
        let (from, to) = ("S1".to_owned(), "S2".to_owned());
        let expected = Move { from, to, records: 2, is_old_swept, rekeyed: 2, left_behind };
        assert_eq!(preview.finish().moves(), [expected], "{operation:?}");
    }
}

#[test]
fn what_cannot_be_disabled_is_purged() {
    let header = "external_node_key|parent_node_key|name|data_source_key\n";
    let history = history(&[format!("{header}N1||One|S\nN2|N1|Two|S\n")]);
    let mut preview = Preview::new(Operation::Refresh, Object::Node, &history);
    rows(&format!("{header}N1||One|S\n"), |row| preview.row(row));
    let outcome = preview.finish();
    assert_eq!(outcome_in_words(&outcome), ["S: 2>1 1 unchanged 1 purged"]);
    let affected: Vec<_> = outcome.affected().collect();
    assert_eq!((affected[0].key(), affected[0].label()), ("N2".to_owned(), "Two".to_owned()));
    assert_eq!(affected[0].removal(), Removal::Purge);
    let finding = outcome.omissions(Severity::Warning).unwrap();
    assert_eq!(
        finding.to_string(),
        "as a complete refresh, this would purge 1 of 2 nodes (50.0 %): N2"
    );
}

#[test]
fn the_later_of_two_rows_counts() {
    let history = history(&[courses(&["K1|C1|A|S1|", "K2|C2|B|S1|"])]);
    let feed = courses(&[
        "K1|C1|Other|S2|",
        "K1|C1|A||",
        "K2|C2|B|S1|disabled",
        "K2|C2|B|S1|",
        "K3|C3|C|S1|",
        "K3|C3|C|S1|deleted",
        "K4|C4|D|S1|",
        "K4|C4|D||",
    ]);
    let mut preview = Preview::new(Operation::Refresh, Object::Course, &history);
    rows(&feed, |row| preview.row(row));
    assert_eq!(
        outcome_in_words(&preview.finish()),
        [
            "S1: 2>2 1 inserted 1 unchanged 1 away 1 missing 1 rekeyed 1 at risk",
            "S2: 0>1 1 updated 1 here"
        ]
    );
}

#[test]
fn rows_that_learn_does_not_take() {
    let history = history(&[courses(&["K1|C1|A|S1|", "K2|C2|B|S1|"])]);
    let mut preview = Preview::new(Operation::Refresh, Object::Course, &history);
    rows(&courses(&["K1|too short", "K9|too short", "|C2|B|S1|"]), |row| preview.row(row));
    let outcome = preview.finish();
    assert_eq!(outcome_in_words(&outcome), ["S1: 2>1 1 disabled 1 damaged 1 at risk"]);
    assert_eq!((outcome.rows(), outcome.damaged_rows(), outcome.rows_without_key()), (3, 2, 1));
}

#[test]
fn a_new_key_is_no_omission() {
    let history = history(&[courses(&["K1|C1|A|S1|", "K2|C2|B|S1|"])]);
    let feed = "external_course_key|course_id|course_name|new_external_course_key\n\
                K1|C1|A|Z1\nOLD|C2|B|K2\n";
    let mut preview = Preview::new(Operation::Refresh, Object::Course, &history);
    rows(feed, |row| preview.row(row));
    assert_eq!(outcome_in_words(&preview.finish()), ["S1: 2>2 1 updated 1 unchanged"]);
}

#[test]
fn the_limit_holds_for_all_and_for_each_data_source() {
    let many: Vec<_> = (0..40).map(|n| format!("K{n:02}|C{n}|A|S{}|", n / 30)).collect();
    let history = history(&[courses(&many.iter().map(String::as_str).collect::<Vec<_>>())]);
    // Nothing of S0, and one of the ten of S1: 2.5 per cent of all.
    let later: Vec<_> = many.iter().map(String::as_str).take(39).collect();
    let outcome = |limit| {
        let mut preview =
            Preview::new(Operation::Refresh, Object::Course, &history).with_limit(limit);
        rows(&courses(&later), |row| preview.row(row));
        preview.finish()
    };
    for (limit, is_over) in [(0.0, true), (5.0, true), (9.9, true), (10.0, false), (100.0, false)] {
        assert_eq!(outcome(limit).is_over_limit(), is_over, "{limit}");
        assert_eq!(outcome(limit).findings().len(), usize::from(is_over), "{limit}");
    }
    let finding = outcome(5.0).omissions(Severity::Warning).unwrap();
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(
        finding.to_string(),
        "as a complete refresh, this would disable 1 of 10 courses of S1 (10.0 %): K39"
    );
}

#[test]
fn a_long_list_is_cut() {
    for (length, expected) in [
        (3, "K00, K01, K02, K03, K04, K05, K06, K07, K08, K09 and 20 more"),
        (
            23,
            "K00xxxxxxxxxxxxxxxxxxxx, K01xxxxxxxxxxxxxxxxxxxx, K02xxxxxxxxxxxxxxxxxxxx and 27 more",
        ),
    ] {
        let key = |n| format!("{:x<length$}", format!("K{n:02}"));
        let many: Vec<_> = (0..30).map(|n| format!("{}|C{n}|A|S|", key(n))).collect();
        let history = history(&[courses(&many.iter().map(String::as_str).collect::<Vec<_>>())]);
        let outcome = Preview::new(Operation::Refresh, Object::Course, &history).finish();
        let sentence = outcome.omissions(Severity::Error).unwrap().to_string();
        let (_, list) = sentence.split_once(": ").unwrap();
        assert_eq!(list, expected);
        let codes: Vec<_> =
            outcome.findings().iter().map(|it| (it.rule.code, it.severity)).collect();
        assert_eq!(codes, [("BB-F16", Severity::Error), ("BB-X14", Severity::Error)]);
    }
}

#[test]
fn only_a_refresh_is_no_refresh() {
    let history = history(&[courses(&["K1|C1|A|S1|"])]);
    for operation in [Operation::Store, Operation::Delete] {
        let mut preview = Preview::new(operation, Object::Course, &history);
        assert_eq!(Preview::new(operation, Object::Course, &history).finish().findings(), []);
        rows(&courses(&["K1|C1|A|S1|disabled"]), |row| preview.row(row));
        let outcome = preview.finish();
        assert!(outcome.is_over_limit(), "{operation:?}");
        assert_eq!(outcome.findings(), [], "{operation:?}");
        assert!(!outcome.affected().next().unwrap().is_omitted());
    }
}

#[test]
fn limits_that_are_none() {
    let history = history(&[courses(&["K1|C1|A|S1|", "K2|C2|B|S1|"])]);
    for (limit, expected) in [
        (f64::NAN, 0.0),
        (f64::NEG_INFINITY, 0.0),
        (-1.0, 0.0),
        (2.5, 2.5),
        (101.0, 100.0),
        (f64::INFINITY, 100.0),
    ] {
        let preview = Preview::new(Operation::Refresh, Object::Course, &history).with_limit(limit);
        let outcome = preview.finish();
        assert!((outcome.limit() - expected).abs() < f64::EPSILON, "{limit}");
        assert_eq!(outcome.is_over_limit(), expected < 100.0, "{limit}");
    }
}

#[test]
fn a_feed_without_rows() {
    let history = history(&[courses(&["K1|C1|A|S1|", "K2|C2|B|S2|", "K3|C3|C||disabled"])]);
    for (operation, asked, has_scope, disabled) in [
        (Operation::Store, None, true, 0),
        (Operation::Delete, None, true, 0),
        (Operation::Refresh, None, true, 2),
        (Operation::Refresh, Some("S1"), true, 2),
        (Operation::RefreshByDataSource, None, false, 0),
        (Operation::RefreshByDataSource, Some("S2"), true, 1),
    ] {
        let mut preview = Preview::new(operation, Object::Course, &history);
        if let Some(asked) = asked {
            preview = preview.with_data_source(asked);
        }
        let outcome = preview.finish();
        let found = (outcome.has_scope(), outcome.total().disabled, outcome.affected().count());
        let expected = (has_scope, disabled, usize::try_from(disabled).unwrap());
        assert_eq!(found, expected, "{operation:?} {asked:?}");
    }
    // Rows that say nothing are none.
    let mut preview = Preview::new(Operation::RefreshByDataSource, Object::Course, &history);
    rows(&courses(&["|C1|A|S1|", "K1|C1"]), |row| preview.row(row));
    assert!(!preview.finish().has_scope());
}

#[test]
fn masked_findings_have_no_asterisks_where_nothing_was() {
    let history = history(&[courses(&["K1|C1|A|S1|", "K2|C2|B|S1|"])]);
    for operation in [Operation::Refresh, Operation::RefreshByDataSource] {
        let mut preview = Preview::new(operation, Object::Course, &history);
        rows(&courses(&["K1|C1|A|S1|"]), |row| preview.row(row));
        let mut finding = preview.finish().omissions(Severity::Error).unwrap();
        finding.mask();
        assert!(finding.to_string().ends_with("1 of 2 courses (50.0 %): ***"), "{finding}");
        let said = finding.get("operation").map(ToString::to_string);
        assert_eq!(said.as_deref(), Some(operation.name()));
    }
}

#[test]
fn keys_change_within_a_feed() {
    const HEADER: &str = "external_course_key|course_id|course_name|data_source_key|row_status|new_external_course_key";
    let history = history(&[courses(&["K1|C1|A|S1|", "Z2|C2|B|S1|"])]);
    for (feed, expected) in [
        // The record is found by its new key, and not by the old one.
        (&["K1|C1|A|S1||Z1", "Z1|C1|A|S1||"][..], "S1: 2>1 1 updated 1 disabled"),
        (&["K1|C1|A|S1||Z1", "Z1|C1|A|S1|disabled|"], "S1: 2>0 2 disabled"),
        (&["K1|C1|A|S1||Z1", "K1|C1|A|S1|deleted|"], "S1: 2>1 1 updated 1 disabled 1 missing"),
        (&["K1|C1|A|S1||Z1", "K1|C1|A|S1||"], "S1: 2>2 1 inserted 1 updated 1 disabled"),
        // What comes of a record whose key another one gets, nobody knows.
        (&["K1|C1|A|S1||Z2"], "S1: 2>2 1 updated 1 unchanged"),
        // New, and with another key at once.
        (&["K5|C5|E|S1||", "K5|C5|E|S1||Z5"], "S1: 2>1 1 inserted 2 disabled"),
    ] {
        let mut preview = Preview::new(Operation::Refresh, Object::Course, &history);
        rows(&format!("{HEADER}\n{}\n", feed.join("\n")), |row| preview.row(row));
        assert_eq!(outcome_in_words(&preview.finish()), [expected], "{feed:?}");
    }
}

#[test]
fn a_refresh_reaches_the_key_that_was_asked_for_and_those_of_the_rows() {
    let history = history(&[courses(&[
        "K1|C1|A|S|",
        "K2|C2|B|S|",
        "K3|C3|C|T|",
        "K4|C4|D|T|",
        "K5|C5|E|U|",
    ])]);
    let mut preview = Preview::new(Operation::RefreshByDataSource, Object::Course, &history)
        .with_data_source("S");
    rows(&courses(&["K3|C3|C|T|"]), |row| preview.row(row));
    assert_eq!(
        outcome_in_words(&preview.finish()),
        ["S: 2>0 2 disabled", "T: 2>1 1 unchanged 1 disabled"]
    );
}

#[test]
fn a_changed_data_source_key_counts_for_the_limit() {
    let header = "external_course_key|external_person_key|data_source_key|new_data_source_key\n";
    let feed = |end: &str| {
        let rows: Vec<_> = (1..=20).map(|n| format!("K|P{n:02}|{end}\n")).collect();
        header.to_owned() + &rows.concat()
    };
    let (old, new) = (feed("S|"), feed("T|"));
    let known = history(&[old]);
    let [refresh, legacy] = [Operation::Refresh, Operation::RefreshByDataSource];
    let names = "20 of 20 enrolments of S (100.0 %): K / P01, K / P02, K / P03, K / P04, K / P05, K / P06, K / P07, K / P08 and 12 more";
    let all = names.replace(" of S", "");
    for (operation, asked, at_risk, expected) in [
        (
            legacy,
            None,
            0,
            format!(
                "as a complete refresh by data source, this would move out of their data source {names}"
            ),
        ),
        (
            legacy,
            Some("S"),
            20,
            format!("as a complete refresh by data source, this would put at risk {all}"),
        ),
        (refresh, None, 20, format!("as a complete refresh, this would put at risk {all}")),
        (Operation::Store, None, 0, String::new()),
    ] {
        let mut preview = Preview::new(operation, Object::Membership, &known);
        if let Some(asked) = asked {
            preview = preview.with_data_source(asked);
        }
        rows(&new, |row| preview.row(row));
        let outcome = preview.finish();
        let said: Vec<_> = outcome.findings().iter().map(ToString::to_string).collect();
        assert_eq!(said.join("; "), expected, "{operation:?} {asked:?}");
        assert_eq!(outcome.total().at_risk, at_risk, "{operation:?} {asked:?}");
        assert_eq!(outcome.is_over_limit(), at_risk > 0);
        assert_eq!((outcome.moves()[0].records, outcome.moves()[0].rekeyed), (20, 20));
        // What is left out is another matter.
        assert_eq!(outcome.omissions(Severity::Warning), None);
    }
    // As it should be done; and where nothing was known of the key.
    let bare = feed("|");
    for (earlier, later) in [(&known, feed("S|T")), (&known, feed("|T")), (&history(&[bare]), new)]
    {
        let mut preview = Preview::new(legacy, Object::Membership, earlier);
        rows(&later, |row| preview.row(row));
        let outcome = preview.finish();
        assert_eq!((outcome.moves()[0].records, outcome.moves()[0].rekeyed), (20, 0));
        assert_eq!(outcome.findings(), []);
    }
}

#[test]
fn damaged_rows_are_a_risk_of_a_refresh() {
    let earlier: Vec<_> = (0..10).map(|n| format!("K{n}|C{n}|A|S|")).collect();
    let earlier = courses(&earlier.iter().map(String::as_str).collect::<Vec<_>>());
    let history = history(std::slice::from_ref(&earlier));
    let later = earlier.replace("K4|C4|A|S|", "K4|C4");
    for (operation, at_risk) in [(Operation::Refresh, 1), (Operation::Store, 0)] {
        let mut preview = Preview::new(operation, Object::Course, &history);
        rows(&later, |row| preview.row(row));
        let outcome = preview.finish();
        let total = outcome.total();
        assert_eq!((total.damaged, total.at_risk, total.unchanged), (1, at_risk, 9));
        assert_eq!(outcome.is_over_limit(), at_risk > 0);
        let said: Vec<_> = outcome.findings().iter().map(ToString::to_string).collect();
        let expected = "as a complete refresh, this would put at risk 1 of 10 courses (10.0 %): K4";
        assert_eq!(said.concat(), if at_risk > 0 { expected } else { "" });
    }
}

#[test]
fn a_disabled_record_that_is_deleted_has_changed() {
    let history = history(&[courses(&["K1|C1|A|S|disabled", "K2|C2|B|S|", "K3|C3|C|S|disabled"])]);
    let mut preview = Preview::new(Operation::Refresh, Object::Course, &history);
    let mut needed = Vec::new();
    rows(&courses(&["K1|C1|A|S|deleted", "K2|C2|B|S|deleted", "K3|C3|C|S|disabled"]), |row| {
        needed.push(preview.take(row));
    });
    assert_eq!(needed, [Taken::Needed, Taken::Needed, Taken::Idle]);
    let outcome = preview.finish();
    assert_eq!(outcome_in_words(&outcome), ["S: 1>0 1 updated 1 unchanged 1 disabled"]);
    assert!(outcome.affected().next().unwrap().is_deleted());
}

#[test]
fn what_cannot_be_updated_is_refused() {
    let header =
        "external_association_key|external_subject_key|external_course_key|data_source_key\n";
    let history = history(&[format!("{header}A1|J1|K1|S\nA2|J1|K2|S\nA3|J1|K3|S\n")]);
    let later = format!("{header}A1|J1|K1|S\nA2|J2|K2|S\nA3|J1|K3|T\nA4|J1|K4|S\n");
    let mut preview = Preview::new(Operation::Refresh, Object::SubjectCourse, &history);
    let mut taken = Vec::new();
    rows(&later, |row| taken.push(preview.take(row)));
    assert_eq!(taken, [Taken::Idle, Taken::Refused, Taken::Refused, Taken::Needed]);
    assert_eq!(outcome_in_words(&preview.finish()), ["S: 3>4 1 inserted 1 unchanged 2 refused",]);
}
