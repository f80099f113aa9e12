//! Loads, one after the other, and what is left of them.

use edu_diagnostics::Collector;

use super::*;

fn history(feeds: &[&str]) -> History {
    let mut history = History::new();
    for feed in feeds {
        let object = history.add_text(
            &FeedReader::new(),
            &Decoded::new(feed.as_bytes()),
            &mut Collector::new(),
        );
        assert!(object.is_some(), "{feed}");
    }
    history
}

/// The records that are there: keys, data source, status.
fn records(history: &History, object: Object) -> Vec<String> {
    let kind = history.kind(object).unwrap();
    kind.records()
        .map(|(place, stored)| {
            format!(
                "{} {} {} {}",
                history.keys(stored).join("/").trim_end_matches('/'),
                history.sources().get(stored.source),
                stored.status.as_str(),
                history.label(object, place),
            )
        })
        .collect()
}

#[test]
fn a_later_row_replaces_an_earlier_one() {
    let first = "EXTERNAL_COURSE_KEY|COURSE_ID|COURSE_NAME|DATA_SOURCE_KEY|ROW_STATUS\n\
                 K1|C1|Chemistry|S1|enabled\nK2|C2|History|S1|Disabled\nK3|C3|Law|S1|deleted\n\
                 K4|C4|Too short\n|C5|No key|S1|enabled\n";
    // Of a damaged row no cell but the key counts.
    let all = ["K1 S1 enabled Chemistry", "K2 S1 disabled History", "K4  enabled "];
    assert_eq!(records(&history(&[first]), Object::Course), all);
    let second = "external_course_key|row_status|data_source_key|new_data_source_key\n\
                  K1|deleted|S1|\nK2|||\nK3|enabled|S2|\nK4|||S3\n";
    let history = history(&[first, second]);
    // What a later load does not say stays as it was.
    assert_eq!(
        records(&history, Object::Course),
        ["K2 S1 enabled History", "K3 S2 enabled ", "K4 S3 enabled "]
    );
    assert!(history.get(Object::Course, "K1").is_none());
    assert_eq!(history.get(Object::Course, "K2").unwrap().course_id, "C2");
    assert_eq!(history.get(Object::Course, "K2").unwrap().status, RowStatus::Enabled);
    assert!(history.has(Object::Course) && !history.has(Object::Person));
    assert!(history.has_source("S3") && !history.has_source("S4") && !history.has_source(""));
    assert_eq!(history.objects().collect::<Vec<_>>(), [(Object::Course, 3)]);
}

#[test]
fn records_get_new_keys() {
    let people = "external_person_key|user_id|firstname|lastname|email|birthdate\n\
                  P1|ada|Ada|Lovelace|a@x.example|18151210\n";
    let rekeyed = "external_person_key|new_external_person_key|user_id|firstname|lastname\n\
                   P1|Q1|ada|Ada|King\n";
    let history = history(&[people, rekeyed]);
    assert_eq!(records(&history, Object::Person), ["Q1  enabled Ada King"]);
    let identity = history.person("Q1").unwrap();
    let Identity { user_id, firstname, lastname, email, inst_email, student_id, birthdate } =
        identity;
    assert_eq!(
        [user_id, firstname, lastname, email, inst_email, student_id, birthdate],
        ["ada", "Ada", "King", "a@x.example", "", "", "18151210"]
    );
}

#[test]
fn enrolments_are_called_by_person_and_course() {
    let feeds = [
        "external_person_key|user_id|firstname|lastname\nP1|ada|Ada|Lovelace\n",
        "external_course_key|course_id|course_name\nK1|C1|Chemistry\n",
        "external_course_key|external_person_key|role\nK1|P1|S\nK1|P2|S\nK2|P1|S\nK2|P2|S\nK2||S\n",
    ];
    assert_eq!(
        records(&history(&feeds), Object::Membership),
        [
            "K1/P1  enabled Ada Lovelace in Chemistry",
            "K1/P2  enabled P2 in Chemistry",
            "K2/P1  enabled Ada Lovelace in K2",
            "K2/P2  enabled ",
        ]
    );
}

/// The number of the content of the first row.
fn content(feed: &str) -> u64 {
    let history = history(&[feed]);
    let (_, kind) = history.kinds.iter().next().unwrap();
    kind.stored(0).unwrap().content
}

#[test]
fn what_is_content() {
    let row = "external_person_key|user_id|firstname|lastname|local\nP1|ada|Ada|Lovelace|x\n";
    for same in [
        "LOCAL|LASTNAME|FIRSTNAME|USER_ID|EXTERNAL_PERSON_KEY\nx|Lovelace|Ada|ada|P1\n",
        "external_person_key|username|First_Name|last_name|local\nP1|ada|Ada|Lovelace|x\n",
        "external_person_key|user_id|firstname|lastname|local\n P1| ada |\"Ada\"|Lovelace |x\n",
        "external_person_key,user_id,firstname,lastname,local,email\nP1,ada,Ada,Lovelace,x,\n",
        "external_person_key|user_id|firstname|lastname|local|row_status|data_source_key\n\
         P1|ada|Ada|Lovelace|x|disabled|S\n",
    ] {
        assert_eq!(content(same), content(row), "{same}");
    }
    for other in [
        "external_person_key|user_id|firstname|lastname|local\nP1|ada|Ada|Lovelace|y\n",
        "external_person_key|user_id|firstname|lastname|other\nP1|ada|Ada|Lovelace|x\n",
        "external_person_key|user_id|lastname|firstname|local\nP1|ada|Ada|Lovelace|x\n",
        "external_person_key|user_id|firstname|lastname|local|email\nP1|ada|Ada|Lovelace|x|a@b.c\n",
        "external_person_key|user_id|firstname|lastname|local\nP1|ada||Lovelace|x\n",
    ] {
        assert_ne!(content(other), content(row), "{other}");
    }
}

#[test]
fn a_feed_without_rows_says_what_it_is_about() {
    let history = history(&["external_person_key|user_id|firstname|lastname\n"]);
    assert!(history.has(Object::Person) && history.get(Object::Person, "P1").is_none());
}

#[test]
fn a_damaged_row_changes_nothing_that_is_known() {
    let people = "external_person_key|user_id|firstname|lastname|data_source_key|row_status\n\
                  P1|ada|Ada|Lovelace|S1|\nP2|grace|Grace|Hopper|S1|deleted\n";
    // Short: cells of other columns would be taken for the data source and the name.
    let short = "external_person_key|data_source_key|firstname|lastname|user_id\n\
                 P1|Ann|disabled\nP2|Ann|disabled\nP3|Ann|disabled\nP4|a|b|c|d|too long\n";
    let history = history(&[people, short]);
    assert_eq!(
        records(&history, Object::Person),
        ["P1 S1 enabled Ada Lovelace", "P2  enabled ", "P3  enabled ", "P4  enabled "]
    );
    let before = history.person("P1").unwrap();
    assert_eq!((before.user_id, before.lastname), ("ada", "Lovelace"));
    assert!(history.has_source("S1") && !history.has_source("Ann") && !history.has_source("a"));
}

#[test]
fn a_key_that_was_changed_before_finds_its_record() {
    let first = "external_course_key|course_id|course_name|data_source_key\nZ1|C1|Chemistry|S1\n";
    let again = "external_course_key|new_external_course_key|course_id\nK1|Z1|C1\n";
    assert_eq!(records(&history(&[first, again]), Object::Course), ["Z1 S1 enabled Chemistry"]);
}

#[test]
fn what_an_upload_was_for_decides() {
    let courses = "external_course_key|course_id|course_name|data_source_key\n\
                   K1|C1|A|S1\nK2|C2|B|S1\nK3|C3|C|S2\nK4|C4|D|S2\n";
    let later =
        "external_course_key|course_id|course_name|data_source_key\nK1|C1|A|S1\nK9|C9|I|S1\n";
    let damaged = "external_course_key|course_id|course_name|data_source_key\nK1|C1|A|S1\nK2|C2\n";
    let bare = "external_course_key|course_id|course_name\nK3|C3|C\n";
    let keys = "external_course_key|data_source_key\nK1|S1\nK7|S1\nK2|S1|damaged\n";
    let empty = "external_course_key|course_id|course_name\n";
    let (store, delete) = (Operation::Store, Operation::Delete);
    let (refresh, legacy) = (Operation::Refresh, Operation::RefreshByDataSource);
    for (operation, configured, feed, disabled) in [
        (store, None, later, ""),
        (refresh, None, later, "K2 K3 K4"),
        (refresh, Some("S1"), later, "K2 K3 K4"),
        (refresh, None, damaged, "K3 K4"),
        (refresh, None, empty, "K1 K2 K3 K4"),
        (legacy, None, later, "K2"),
        (legacy, None, bare, "K4"),
        (legacy, None, empty, ""),
        (legacy, Some(" S2 "), later, "K2 K3 K4"),
        (legacy, Some("S2"), empty, "K3 K4"),
        (delete, None, keys, "K1"),
    ] {
        let mut history = history(&[courses]);
        if let Some(key) = configured {
            history = history.with_data_source(key);
        }
        let (reader, mut sink) = (FeedReader::new(), Collector::new());
        let mut other = history.clone();
        let found =
            history.add_text_of(operation, &reader, &Decoded::new(feed.as_bytes()), &mut sink);
        assert_eq!(found, Some(Object::Course));
        let kind = history.kind(Object::Course).unwrap();
        let gone = kind.records().filter(|(_, stored)| stored.status == RowStatus::Disabled);
        let gone: Vec<_> = gone.map(|(_, stored)| history.keys(stored)[0]).collect();
        assert_eq!(gone.join(" "), disabled, "{operation:?} {configured:?} {feed}");
        other.add_reader_of(operation, &reader, feed.as_bytes(), &mut sink).unwrap();
        assert_eq!(records(&other, Object::Course), records(&history, Object::Course));
    }
}

#[test]
fn what_cannot_be_disabled_is_gone() {
    let nodes = "external_node_key|parent_node_key|name\nN1||One\nN2||Two\n";
    for (operation, feed) in [
        (Operation::Delete, "external_node_key\nN2\n"),
        (Operation::Refresh, "external_node_key|parent_node_key|name\nN1||One\n"),
    ] {
        let mut history = history(&[nodes]);
        let text = Decoded::new(feed.as_bytes());
        history.add_text_of(operation, &FeedReader::new(), &text, &mut Collector::new());
        assert_eq!(records(&history, Object::Node), ["N1  enabled One"]);
    }
}

#[test]
fn rows_without_a_data_source_take_the_one_that_is_configured() {
    let feed = "external_course_key|course_id|course_name|data_source_key\nK1|C1|A|\nK2|C2|B|S1\n";
    let mut history = History::new().with_data_source("S9");
    history.add_text(&FeedReader::new(), &Decoded::new(feed.as_bytes()), &mut Collector::new());
    assert_eq!(records(&history, Object::Course), ["K1 S9 enabled A", "K2 S1 enabled B"]);
}
