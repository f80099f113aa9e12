//! Runs `blackboard-refresh` as its callers do.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use folder::folder;
use serde_json::{Value, json};
use support::{program, texts};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("blackboard-refresh/data")
}

/// Runs the program in a folder: exit code, standard output, standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = program("blackboard-refresh").current_dir(folder).args(args).output();
    texts(output.expect("`cargo test -p examples` builds the program first"))
}

/// The report for programs, and the exit code.
fn json(folder: &Path, args: &[&str]) -> (i32, Value) {
    let (code, out, err) = run(folder, &[&["--report", "json"], args].concat());
    assert!(out.starts_with('{'), "{args:?}: {err}");
    (code, serde_json::from_str(&out).expect("JSON"))
}

/// What is said where the work cannot be done.
fn refused(folder: &Path, args: &[&str]) -> String {
    let (code, out, err) = run(folder, args);
    assert_eq!((code, out.as_str()), (2, ""), "{args:?}\n{err}");
    err
}

const GOLDEN: &str = "\
Complete refresh with 2 rows: next.txt

In Learn now: 3 courses enabled. Afterwards: 2.

| data source key     | now | new | changed | the same | disabled | afterwards |
|---------------------|-----|-----|---------|----------|----------|------------|
| 2026_09_SIS_courses |   3 |   0 |       1 |        1 |        1 |          2 |

1 row has errors, which standard error names: Learn does not take such a row.

1 course would be disabled:
  Organic Chemistry: Laboratory (2026_09_12346_CHEM_302): students and teachers lose access until a feed lists it again

Stop: 1 of 3 courses of 2026_09_SIS_courses (33.3 %) would be taken away, and the limit is 5 %.
If the feed is not complete, send the whole one, or send this one with the store operation, which takes nothing away.
If these records are really to go, --delta writes a feed for the store operation and one for the delete operation; \
or raise --max-disable.
";

#[test]
fn one_of_three_courses_would_be_disabled() {
    let args = ["--operation", "refresh", "--previous", "previous.txt", "next.txt"];
    let (code, out, err) = run(&data(), &args);
    assert_eq!((code, out.as_str()), (1, GOLDEN));
    assert!(err.starts_with("next.txt:3:24: error[BB-X07 ") && err.lines().count() == 1, "{err}");
    // FILE may stand anywhere.
    let other = ["next.txt", "--previous", "previous.txt", "--operation", "Refresh"];
    assert_eq!(run(&data(), &other).1, GOLDEN);

    let (code, report) = json(&data(), &args);
    assert_eq!(code, 1);
    let members = ["version", "operation", "object", "rows", "over_limit", "limit_percent"];
    assert_eq!(
        members.map(|name| &report[name]),
        [&json!(1), &json!("refresh"), &json!("course"), &json!(2), &json!(true), &json!(5.0)]
    );
    let expected = json!([{
        "keys": {"external_course_key": "2026_09_12346_CHEM_302"},
        "label": "Organic Chemistry: Laboratory",
        "data_source_key": "2026_09_SIS_courses",
        "omitted": true,
        "deleted": false,
    }]);
    assert_eq!(report["disabled"], expected);
    assert_eq!(report["findings"][0]["code"], "BB-X14");
    let source = &report["data_sources"][0];
    let counts = ["before", "after", "inserted", "updated", "unchanged", "disabled", "percent"];
    assert_eq!(
        counts.map(|name| source[name].as_f64()),
        [3.0, 2.0, 0.0, 1.0, 1.0, 1.0, 33.33].map(Some)
    );
}

#[test]
fn the_limit_and_the_operation_decide() {
    let text = |name| fs::read_to_string(data().join(name)).expect("a feed");
    let later = text("next.txt").replace("HIST_111", "HIST_110");
    let files = [("previous.txt", &*text("previous.txt")), ("next.txt", &*later)];
    let folder = folder("refresh-limit", &files);
    for (args, expected) in [
        (&["--operation", "refresh", "--max-disable", "33"][..], 1),
        (&["--operation", "refresh", "--max-disable", "34%"], 0),
        (&["--operation", "refreshlegacy"], 1),
        (&["--operation", "refreshlegacy", "--data-source-key", "another"], 1),
        (&["--operation", "store"], 0),
        (&["--operation", "delete"], 1),
    ] {
        let args = [args, &["--previous", "previous.txt", "next.txt"]].concat();
        let (code, out, err) = run(&folder, &args);
        assert_eq!((code, err.as_str()), (expected, ""), "{args:?}");
        assert_eq!(out.contains("Stop: "), expected == 1, "{args:?}\n{out}");
    }
}

#[test]
fn two_feeds_in_place_of_a_refresh() {
    let folder = folder("refresh-delta", &[]);
    for name in ["previous.txt", "next.txt"] {
        fs::copy(data().join(name), folder.join(name)).expect("a copy");
    }
    let args = ["--operation", "refresh", "--delta", "out", "--previous", "previous.txt"];
    let (code, out, _) = run(&folder, &[&args[..], &["next.txt"]].concat());
    assert_eq!(code, 1);
    assert!(out.contains("store.txt with 1 row, delete.txt with 1 row."), "{out}");
    let written = |name| fs::read_to_string(folder.join("out").join(name)).expect("a feed");
    let lines: Vec<_> = written("store.txt").lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("external_course_key|course_id|course_name|template_course_key|"));
    assert!(lines[1].starts_with("2026_09_20417_HIST_110|2026_09_20417_HIST_111|History"));
    assert_eq!(
        written("delete.txt"),
        "external_course_key|data_source_key\n2026_09_12346_CHEM_302|2026_09_SIS_courses\n"
    );
    let names = fs::read_dir(folder.join("out")).expect("a folder").count();
    assert_eq!(names, 2, "nothing else is left behind");

    // What is the same needs nothing to be sent.
    let (code, report) = json(&folder, &[&args[..], &["previous.txt"]].concat());
    assert_eq!((code, &report["delta"]), (0, &json!({"store_rows": 0, "delete_rows": 0})));
    let (_, out, _) = run(&folder, &[&args[..], &["previous.txt"]].concat());
    assert!(out.contains("neither has to be sent"), "{out}");
    assert_eq!(written("store.txt").lines().count(), 1);
}

const PEOPLE: &str = "external_person_key|user_id|firstname|lastname|data_source_key\n\
                      P1|ada|Ada|Lovelace|users\nP2|grace|Grace|Hopper|users\n";
const COURSES: &str =
    "external_course_key|course_id|course_name|data_source_key\nK1|2026_CHEM|Chemistry|courses\n";
const ENROLMENTS: &str = "external_course_key|external_person_key|role|data_source_key\n\
                          K1|P1|Student|fall\nK1|P2|Student|fall\n";

#[test]
fn enrolments_have_names_and_names_can_be_masked() {
    let later =
        "external_course_key|external_person_key|role|data_source_key\nK1|P1|Student|fall\n";
    let files =
        [("p.txt", PEOPLE), ("c.txt", COURSES), ("e.txt", ENROLMENTS), ("later.txt", later)];
    let folder = folder("refresh-names", &files);
    let args = ["--operation", "refresh", "--previous", "p.txt", "c.txt", "e.txt", "later.txt"];
    let (code, out, err) = run(&folder, &args);
    assert_eq!((code, err.as_str()), (1, ""));
    let line = "  Grace Hopper in Chemistry (K1 / P2): the person loses access to the course until a feed lists it \
                again\n";
    assert!(out.contains(line), "{out}");
    for report in ["human", "json"] {
        let (_, out, err) = run(&folder, &[&args[..], &["--mask", "--report", report]].concat());
        assert!(out.contains("***"), "{out}");
        for personal in ["Grace", "Hopper", "P2"] {
            assert!(!out.contains(personal) && !err.contains(personal), "{personal}: {out}{err}");
        }
    }
}

#[test]
fn a_change_of_the_data_source_key_is_a_trap() {
    let rows: Vec<_> = (1..=30).map(|n| format!("K1|P{n}|Student")).collect();
    let feed = |rows: &[String], source: &str| {
        let lines: Vec<_> = rows.iter().map(|row| format!("{row}|{source}\n")).collect();
        let header = "external_course_key|external_person_key|role|data_source_key\n";
        header.to_owned() + &lines.concat()
    };
    let (earlier, later) = (feed(&rows, "fall"), feed(&rows[1..], "2026_fall"));
    let folder = folder("refresh-trap", &[("e.txt", &earlier), ("later.txt", &later)]);
    let args = ["--operation", "refreshlegacy", "--previous", "e.txt", "later.txt"];
    let (code, out, _) = run(&folder, &args);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("  29 enrolments from fall to 2026_fall\n"), "{out}");
    assert!(
        out.contains("does not reach fall. Left there, and not in the feed: 1 enrolment."),
        "{out}"
    );
    let (_, report) = json(&folder, &args);
    let expected = json!([{
        "from": "fall", "to": "2026_fall", "records": 29, "rekeyed": 29, "old_swept": false, "left_behind": 1,
    }]);
    assert_eq!(report["moved"], expected);
    assert_eq!(report["findings"][0]["code"], "BB-X14");
    assert!(
        out.contains("Stop: 29 of 30 enrolments move out of fall, and the limit is 5 %."),
        "{out}"
    );
    assert!(out.contains("a later refresh may reach fall: "), "{out}");
    let asked = [&args[..], &["--data-source-key", "fall"]].concat();
    let (code, out, _) = run(&folder, &asked);
    assert!(code == 1 && out.contains("and this refresh reaches fall: "), "{out}");
    assert!(out.contains("Load the feed with the old key once, or "), "{out}");
    assert!(out.contains("Stop: 30 of 30 enrolments of fall (100.0 %) would or may be "), "{out}");
    let (_, report) = json(&folder, &asked);
    assert_eq!(
        [&report["total"]["at_risk"], &report["total"]["disabled"], &report["over_limit"]],
        [&json!(29), &json!(1), &json!(true)]
    );
}

#[test]
fn the_configured_key_counts_for_earlier_rows_too() {
    let header = "external_term_key|name\n";
    let (earlier, later) = (format!("{header}a|A\nb|B\n"), format!("{header}a|A\n"));
    let folder = folder("refresh-configured", &[("p.txt", &earlier), ("n.txt", &later)]);
    let args =
        ["--operation", "refreshlegacy", "--data-source-key", "V", "--previous", "p.txt", "n.txt"];
    let (code, report) = json(&folder, &args);
    assert_eq!((code, &report["disabled"][0]["keys"]["external_term_key"]), (1, &json!("b")));
    assert_eq!(report["moved"], json!([]));
}

#[test]
fn no_input_is_replaced() {
    let files = [("store.txt", PEOPLE), ("delete.txt", PEOPLE), ("p.txt", PEOPLE)];
    let folder = folder("refresh-replace", &files);
    for previous in ["store.txt", "./delete.txt"] {
        for file in ["store.txt", "p.txt"] {
            let args = ["--operation", "refresh", "--delta", ".", "--previous", previous, file];
            assert!(refused(&folder, &args).contains("is a file that is read"), "{args:?}");
        }
    }
    let held = ["store.txt", "delete.txt"].map(|name| fs::read_to_string(folder.join(name)));
    assert!(held.iter().all(|text| text.as_deref().is_ok_and(|text| text == PEOPLE)));
}

#[test]
fn rows_that_learn_refuses_are_said() {
    let many: Vec<_> = (1..=25).map(|n| format!("K{n}|X{n}|One|S\n")).collect();
    let many = many.concat();
    let header = "external_course_key|course_id|course_name|data_source_key\n";
    let (earlier, later) =
        (format!("{header}{many}"), format!("{header}{}", many.replace('X', "Y")));
    let enrolments = "external_course_key|external_person_key|role\nK1|P9|Student\n";
    let files =
        [("c.txt", &*earlier), ("n.txt", &*later), ("p.txt", PEOPLE), ("e.txt", ENROLMENTS)];
    let folder = folder("refresh-errors", &[&files[..], &[("m.txt", enrolments)]].concat());
    let args = ["--operation", "store", "--previous", "c.txt", "n.txt"];
    let (code, out, err) = run(&folder, &args);
    assert_eq!((code, err.matches("error[BB-X07 ").count()), (1, 20), "{err}");
    assert!(err.ends_with("n.txt: and 5 more errors: run check\n"), "{err}");
    assert!(out.contains("25 rows have errors, "), "{out}");
    assert_eq!(json(&folder, &args).1["rows_with_errors"], 25);
    // Feeds of other kinds are what references are checked against.
    let args = ["--operation", "store", "--previous", "c.txt", "p.txt", "e.txt", "m.txt", "--mask"];
    let (code, _, err) = run(&folder, &args);
    assert!(code == 1 && err.contains("m.txt:2:4: error[BB-X") && !err.contains("P9"), "{err}");
}

#[test]
fn long_lists_are_cut_and_short_tables_are_narrow() {
    let header = "external_node_key|parent_node_key|name|data_source_key\n";
    let rows: Vec<_> = (1..=25).map(|n| format!("N{n}||Node|S\n")).collect();
    let rows = rows.concat();
    let (earlier, later) = (format!("{header}{rows}"), format!("{header}N1||Node|S\n"));
    let folder = folder("refresh-list", &[("p.txt", &earlier), ("n.txt", &later)]);
    let args = ["--operation", "refresh", "--previous", "p.txt", "n.txt"];
    let (_, out, _) = run(&folder, &args);
    assert_eq!(out.matches("it is removed for good").count(), 20);
    assert!(out.contains("  and 4 more (--report json has all)\n"), "{out}");
    assert!(out.contains("| purged |") && !out.contains("disabled |"), "{out}");
    assert!(out.contains("--delta writes"), "{out}");
    let (_, out, _) = run(&folder, &[&args[..], &["--delta", "out"]].concat());
    assert!(!out.contains("--delta") && out.contains("send the two feeds; or raise"), "{out}");
}

#[test]
fn deleted_is_not_disabled() {
    let header = "external_person_key|user_id|firstname|lastname|data_source_key|row_status\n";
    let earlier = format!("{header}P1|ada|Ada|Lovelace|S|\nP2|grace|Grace|Hopper|S|disabled\n");
    let later = format!("{header}P1|ada|Ada|Lovelace|S|deleted\nP2|grace|Grace|Hopper|S|deleted\n");
    let folder = folder("refresh-deleted", &[("p.txt", &earlier), ("n.txt", &later)]);
    let args = ["--operation", "store", "--delta", "out", "--previous", "p.txt", "n.txt"];
    let (_, out, err) = run(&folder, &args);
    assert!(
        out.contains("  Ada Lovelace (P1): it is deleted: the account is locked\n"),
        "{out}{err}"
    );
    let store = fs::read_to_string(folder.join("out/store.txt")).expect("a feed");
    assert_eq!(store, later);
}

#[test]
fn an_empty_file_is_called_empty() {
    let folder = folder("refresh-no-header", &[("p.txt", PEOPLE), ("empty.txt", "")]);
    for files in [["p.txt", "empty.txt"], ["empty.txt", "p.txt"]] {
        for object in [&[][..], &["--object", "person"]] {
            let args = [object, &["--operation", "refresh", "--previous"], &files].concat();
            let err = refused(&folder, &args);
            assert!(err.contains("the file is empty") && !err.contains("--object"), "{err}");
        }
    }
}

#[test]
fn what_is_wrong_with_the_files_is_said() {
    let header = "external_person_key|user_id|firstname|lastname|data_source_key\n";
    let damaged = format!("{header}P1|ada|Ada|Lovelace|users\nP2|grace\n");
    let files = [("p.txt", PEOPLE), ("empty.txt", header), ("damaged.txt", &damaged)];
    let folder = folder("refresh-faults", &files);
    let previous = ["--previous", "p.txt"];
    let (code, out, err) =
        run(&folder, &[&["--operation", "refresh", "empty.txt"], &previous[..]].concat());
    assert_eq!(code, 1);
    assert!(err.contains("error[BB-F16 no-rows]") && out.contains("the feed has no rows"), "{err}");
    let (code, _, err) =
        run(&folder, &[&["--operation", "store", "empty.txt"], &previous[..]].concat());
    assert!(code == 0 && err.contains("warning[BB-F16 no-rows]"), "{err}");
    let (code, out, err) =
        run(&folder, &[&["--operation", "refresh", "damaged.txt"], &previous[..]].concat());
    assert!(code == 1 && err.contains("damaged.txt:3:1: error[BB-F06 "), "{err}");
    assert!(
        out.contains("1 row is damaged: Learn does not take it.") && !out.contains("disabled:"),
        "{out}"
    );
    assert!(out.contains("1 user stands in damaged rows alone: "), "{out}");
    assert!(out.contains("Stop: 1 of 2 users of users (50.0 %) may be taken away"), "{out}");
    let args = ["--operation", "refresh", "--delta", "out", "damaged.txt"];
    let err = refused(&folder, &[&args[..], &previous].concat());
    assert!(err.contains("damaged.txt: line 3: the row is damaged: "), "{err}");
}

#[test]
fn what_cannot_be_done() {
    let files =
        [("p.txt", PEOPLE), ("c.txt", COURSES), ("x.txt", "nothing\nknown\n"), ("out", "a file")];
    let folder = folder("refresh-refused", &files);
    let refresh = ["--operation", "refresh"];
    for (args, expected) in [
        (&["--previous", "p.txt", "c.txt"][..], "the earlier feeds are about users"),
        (&["--previous", "p.txt", "x.txt"], "x.txt: it is not known what its rows are about"),
        (&["--previous", "x.txt", "p.txt"], "x.txt: it is not known what its rows are about"),
        (&["--previous", "gone.txt", "p.txt"], "gone.txt: "),
        (&["--previous", "p.txt"], "FILE is missing"),
        (&["p.txt"], "--previous"),
        (&["--previous", "p.txt", "p.txt", "--object", "thing"], "expected one of person, course"),
        (&["--previous", "p.txt", "p.txt", "--max-disable", "101"], "from 0 to 100"),
        (&["--previous", "p.txt", "p.txt", "--max-disable", "NaN"], "from 0 to 100"),
        (&["--previous", "p.txt", "p.txt", "--delimiter", "ab"], "expected one ASCII character"),
        (&["--previous", "p.txt", "p.txt", "--delta", "out"], "out: "),
    ] {
        let err = refused(&folder, &[&refresh[..], args].concat());
        assert!(err.contains(expected), "{args:?}: {err}");
    }
    let err = refused(&folder, &["--operation", "purge", "--previous", "p.txt", "p.txt"]);
    assert!(err.contains("expected store, refresh, refreshlegacy or delete"), "{err}");
    let delta = ["--operation", "delete", "--delta", "d", "--previous", "p.txt", "p.txt"];
    assert!(refused(&folder, &delta).contains("not of one for the delete operation"));
    assert!(!folder.join("d").exists());
}

#[test]
fn the_caller_says_what_is_in_the_files() {
    let earlier = "external_course_key;course_id;course_name\nK1;C1;One\n";
    let later = "external_course_key;course_id;course_name\nK1;C1;One\n";
    let folder = folder("refresh-object", &[("a.txt", earlier), ("b.txt", later)]);
    let args = ["--operation", "refresh", "--object", "organization", "--delimiter", ";"];
    let (_, report) = json(&folder, &[&args[..], &["--previous", "a.txt", "b.txt"]].concat());
    assert_eq!(
        (&report["object"], &report["total"]["unchanged"]),
        (&json!("organization"), &json!(1))
    );
    assert_eq!(report["data_sources"][0]["data_source_key"], Value::Null);
}

#[test]
fn a_feed_without_rows_takes_everything_away() {
    let header = "external_person_key|user_id|firstname|lastname|data_source_key\n";
    let folder = folder("refresh-empty", &[("p.txt", PEOPLE), ("empty.txt", header)]);
    let files = ["--previous", "p.txt", "empty.txt"];
    let scope = "say it with --data-source-key.";
    for (args, disabled, is_asked_for) in [
        (&["--operation", "refresh"][..], 2, false),
        (&["--operation", "refreshlegacy"], 0, true),
        (&["--operation", "refreshlegacy", "--data-source-key", "users"], 2, false),
    ] {
        let (code, out, err) = run(&folder, &[args, &files[..]].concat());
        assert_eq!(code, 1, "{args:?}");
        // It is said once, with its place; and the report says it in its own words.
        assert_eq!(err.matches("BB-F16").count(), 1, "{err}");
        assert!(out.contains("the feed has no rows"), "{out}");
        assert_eq!(out.contains(scope), is_asked_for, "{out}");
        let (code, report) = json(&folder, &[args, &files[..]].concat());
        assert_eq!((code, report["total"]["disabled"].as_u64()), (1, Some(disabled)), "{args:?}");
        let codes = report["findings"].as_array().expect("an array").iter();
        let codes: Vec<_> = codes.map(|finding| finding["code"].clone()).collect();
        let expected = if disabled > 0 { vec![json!("BB-X14")] } else { Vec::new() };
        assert_eq!(codes, expected, "{args:?}");
    }
}

#[test]
fn rows_that_cannot_be_sent_are_named_and_nothing_is_written() {
    let later = PEOPLE.replace("Hopper", "Hop*per") + "P3|alan|Alan|Turing*|users\n";
    let folder = folder("refresh-refused-rows", &[("p.txt", PEOPLE), ("later.txt", &later)]);
    let args = ["--operation", "refresh", "--previous", "p.txt", "later.txt"];
    for mask in [&[][..], &["--mask"]] {
        let err = refused(&folder, &[&args[..], mask, &["--delta", "out"]].concat());
        for line in [
            "later.txt: line 3: the value in column \"lastname\" holds `*`",
            "later.txt: line 4: the value in column \"lastname\" holds `*`",
            "blackboard-refresh: --delta: 2 rows of the two feeds cannot be sent as above: ",
        ] {
            assert!(err.lines().any(|said| said.starts_with(line)), "{line}: {err}");
        }
        assert!(!folder.join("out").exists());
    }
    // Without the two feeds nothing has to be written.
    assert_eq!(run(&folder, &args).0, 1);
}

#[test]
fn masking_leaves_no_asterisks_where_nothing_was() {
    let args = ["--operation", "refresh", "--mask", "--previous", "previous.txt", "next.txt"];
    let (_, report) = json(&data(), &args);
    let message = report["findings"][0]["message"].as_str().expect("a sentence");
    assert!(message.ends_with("1 of 3 courses (33.3 %): ***"), "{message}");
}

#[test]
fn a_row_that_cannot_be_an_update_is_refused() {
    let header =
        "external_association_key|external_subject_key|external_course_key|data_source_key\n";
    let (earlier, later) = (format!("{header}A1|J1|K1|S\n"), format!("{header}A1|J2|K1|S\n"));
    let folder = folder("refresh-fixed", &[("p.txt", &earlier), ("n.txt", &later)]);
    let args = ["--operation", "store", "--previous", "p.txt", "n.txt"];
    let (code, out, _) = run(&folder, &args);
    assert!(code == 1 && out.contains("Delete and insert it under another key."), "{out}");
    assert_eq!(json(&folder, &args).1["total"]["refused"], 1);
    let err = refused(&folder, &[&args[..], &["--delta", "out"]].concat());
    assert!(err.contains("n.txt: line 2: the key is there with another content"), "{err}");
}
