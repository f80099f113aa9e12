//! Feeds against each other: uniqueness, references, families of courses, data sources.

use std::io::{self, Read};

use blackboard_sis::{FeedReader, History, Load, Object};
use edu_diagnostics::{Collector, Diagnostic};
use edu_syntax::Decoded;

/// What is found in feeds that are loaded one after the other: `feed:line code`.
fn found(feeds: &[&str]) -> Vec<String> {
    findings(feeds)
        .into_iter()
        .map(|(feed, finding)| {
            let line = finding.position.map_or(0, |position| position.line);
            format!("{feed}:{line} {}", &finding.rule.code[3..])
        })
        .collect()
}

/// All findings but those that a short feed cannot do without, each with the number of its feed.
fn findings(feeds: &[&str]) -> Vec<(usize, Diagnostic)> {
    let mut load = Load::new();
    let mut all = Vec::new();
    for (number, feed) in feeds.iter().enumerate() {
        let mut found = Collector::new();
        let name = format!("{}.txt", number + 1);
        load.check_text(&FeedReader::new(), &name, &Decoded::from(*feed), &mut found);
        let found = found.into_sorted().into_iter();
        all.extend(
            found
                .filter(|finding| finding.rule.code != "BB-F05")
                .map(|finding| (number + 1, finding)),
        );
    }
    all
}

const USERS: &str = "external_person_key|user_id|firstname|lastname|row_status\n\
                     p1|u1|Ann|Able|enabled\np2|u2|Bob|Baker|disabled\n";
const COURSES: &str = "external_course_key|course_id|course_name|row_status\n\
                       c1|i1|One|\nc2|i2|Two|Deleted\n";

#[test]
fn keys_names_addresses_and_ids_are_there_once() {
    let users = |rows: &str| {
        format!("external_person_key|user_id|firstname|lastname|email|inst_email\n{rows}")
    };
    let cases: &[(&str, &[&str])] = &[
        ("a|u1|A|A||\nb|u2|B|B||\n", &[]),
        ("a|u1|A|A||\nb|u2|B|B||\na|u3|C|C||\n", &["1:2 U01", "1:4 U01"]),
        ("a|u1|A|A||\na|u1|A|A||\na|u1|A|A||\n", &["1:2 U01", "1:3 U01", "1:4 U01"]),
        ("a|u1|A|A||\nb|U1|B|B||\n", &["1:2 U02", "1:3 U02"]),
        ("ab|u1|A|A||\nAB|u2|B|B||\n", &["1:3 U09"]),
        ("a|u1|A|A||x@y.z\nb|u2|B|B||X@Y.z\n", &["1:2 U03", "1:3 U03"]),
        ("a|u1|A|A|x@y.z|\nb|u2|B|B||X@Y.z\n", &["1:2 U04", "1:3 U04"]),
        ("a|u1|A|A|x@y.z|a@y.z\nb|u2|B|B|x@y.z|b@y.z\n", &[]),
        ("a|u1|A|A| |\nb|u2|B|B||\n", &[]),
        // A damaged row counts as there, and nothing is said of it but that.
        ("a|u1\na|u1|A|A||\n", &["1:2 F06"]),
    ];
    for (rows, expected) in cases {
        assert_eq!(found(&[&users(rows)]), *expected, "{rows}");
    }
}

#[test]
fn courses_share_their_keys_with_others() {
    let cases: &[(&[&str], &[&str])] = &[
        (
            &["external_course_key|course_id|course_name\na|i|A\na|j|B\nb|I|C\n"],
            &["1:2 U05", "1:2 U06", "1:3 U05", "1:4 U06"],
        ),
        (
            &[
                "external_organization_key|organization_id|organization_name\no|o|O\n",
                "external_course_key|course_id|course_name\no|o2|O\n",
            ],
            &["2:2 X11"],
        ),
        (
            &[COURSES, "external_subject_key|subject_id|subject_name|subject_type\nc1|C__1|C|U\n"],
            &["2:2 U08"],
        ),
        (&["external_term_key|name\nt|T\nt|U\n"], &["1:2 U08", "1:3 U08"]),
        (&["external_person_key|role_id\np|Staff\np|Alumni\np|Staff\n"], &["1:2 U08", "1:4 U08"]),
        (
            &[
                "external_subject_key|subject_id|subject_name|subject_type\nc1|C__1|C|U\n",
                "external_organization_key|organization_id|organization_name\nc1|o|O\n",
                "external_course_key|course_id|course_name\nc1|c|C\n",
            ],
            &["2:2 U05", "3:2 U05", "3:2 X11"],
        ),
        // A second file with the same key.
        (&[COURSES, "external_course_key|course_id|course_name\nc1|i1|One\n"], &["2:2 U05"]),
    ];
    for (feeds, expected) in cases {
        assert_eq!(found(feeds), *expected, "{feeds:?}");
    }
}

#[test]
fn what_a_row_refers_to_is_there_before() {
    let enrolments =
        |rows: &str| format!("external_course_key|external_person_key|row_status\n{rows}");
    let cases: &[(&str, &[&str])] = &[
        ("c1|p1|\n", &[]),
        ("c9|p1|\nc1|p9|\n", &["3:2 X01", "3:3 X02"]),
        ("c2|p1|\nc1|p2|\n", &["3:2 X08", "3:3 X08"]),
        ("c2|p1|disabled\nc1|p2|deleted\n", &[]),
        ("c1|p1|\nc1|p1|\n", &["3:2 U07", "3:3 U07"]),
        (" c1|p1|\n", &["3:2 F15"]),
    ];
    for (rows, expected) in cases {
        assert_eq!(found(&[USERS, COURSES, &enrolments(rows)]), *expected, "{rows}");
        // Alone, only what can be known is said.
        let alone: Vec<_> = expected
            .iter()
            .filter(|code| !code.contains('X'))
            .map(|code| code.replace("3:", "1:"))
            .collect();
        assert_eq!(found(&[&enrolments(rows)]), alone, "{rows}");
    }
    let twice = found(&[&enrolments("c1|p1|\n"), &enrolments("c2|p1|\nc1|p1|\n")]);
    assert_eq!(twice, ["2:3 U07"]);
}

#[test]
fn records_of_one_kind_refer_to_each_other() {
    let cases: &[(&[&str], &[&str])] = &[
        (
            &["external_term_key|name|external_parent_term_key\na|A|b\nb|B|NONE\nc|C|b\nd|D|d\n"],
            &["1:2 X13", "1:5 X13"],
        ),
        (&["external_node_key|parent_node_key|name\na|ROOT|A\n"], &[]),
        (
            &[
                "external_node_key|parent_node_key|name\na|ROOT|A\n",
                "external_node_key|parent_node_key|name\nb|a|B\nc|x|C\n",
            ],
            &["2:3 X13"],
        ),
        (
            &[
                "external_course_key|course_id|course_name|template_course_key\na|a|A|t\nt|t|T|\nb|b|B|t\nc|c|C|x\n",
            ],
            &["1:2 X03"],
        ),
        (
            &[
                "external_term_key|name\nt1|T\n",
                "external_course_key|course_id|course_name|term_key\na|a|A|t1\nb|b|B|t2\n",
            ],
            &["2:3 X04"],
        ),
    ];
    for (feeds, expected) in cases {
        assert_eq!(found(feeds), *expected, "{feeds:?}");
    }
}

#[test]
fn cross_listed_courses_have_one_parent_before_them() {
    let courses =
        |rows: &str| format!("external_course_key|course_id|course_name|parent_course_key\n{rows}");
    let cases: &[(&str, &[&str])] = &[
        ("p|p|P|\na|a|A|p\nb|b|B|p\n", &[]),
        ("a|a|A|p\np|p|P|\n", &["1:2 X05"]),
        ("a|a|A|a\n", &["1:2 X05"]),
        ("a|a|A|b\nb|b|B|a\n", &["1:2 X05", "1:3 X05"]),
        ("p|p|P|\na|a|A|p\nb|b|B|a\n", &["1:4 X05"]),
        ("a|a|A|x\n", &[]),
    ];
    for (rows, expected) in cases {
        assert_eq!(found(&[&courses(rows)]), *expected, "{rows}");
    }
    assert_eq!(found(&[COURSES, &courses("a|a|A|x\nb|b|B|c1\n")]), ["2:2 X05"]);
    // The first of two feeds, where it is known that there is another.
    let mut load = Load::new();
    load.expect(Object::Course, 2);
    let mut sink = Collector::new();
    load.check_text(&FeedReader::new(), "1.txt", &Decoded::from(&*courses("a|a|A|x\n")), &mut sink);
    assert_eq!(sink.count("BB-X05"), 1);
}

#[test]
fn a_person_is_in_one_course_of_a_family() {
    let courses = "external_course_key|course_id|course_name|parent_course_key\n\
                   p|p|P|\na|a|A|p\nb|b|B|p\nc|c|C|\n";
    let enrolments =
        |rows: &str| format!("external_course_key|external_person_key|row_status\n{rows}");
    let cases: &[(&str, &[&str])] = &[
        ("a|p1|\nc|p1|\nb|p2|\n", &[]),
        ("a|p1|\nb|p1|\n", &["2:2 X06", "2:3 X06"]),
        ("p|p1|\nb|p1|\n", &["2:2 X06", "2:3 X06"]),
        ("a|p1|disabled\nb|p1|\n", &[]),
        // The last row decides.
        ("a|p1|\na|p1|disabled\nb|p1|\n", &["2:2 U07", "2:3 U07"]),
        ("a|p1|disabled\na|p1|\nb|p1|\n", &["2:2 U07", "2:3 U07", "2:3 X06", "2:4 X06"]),
        ("a|p1|\na|p1|\n", &["2:2 U07", "2:3 U07"]),
    ];
    for (rows, expected) in cases {
        assert_eq!(found(&[courses, &enrolments(rows)]), *expected, "{rows}");
    }
    let feeds = findings(&[courses, &enrolments("a|p1|\n"), &enrolments("b|p1|\n")]);
    assert_eq!(
        feeds.iter().map(|(_, finding)| finding.to_string()).collect::<Vec<_>>(),
        [
            "the same person is active in a too (line 2 of 2.txt), which is cross-listed with this course"
        ]
    );
}

#[test]
fn new_keys_are_free() {
    let courses = |rows: &str| {
        format!("external_course_key|course_id|course_name|new_external_course_key\n{rows}")
    };
    let cases: &[(&str, &[&str])] = &[
        ("a|a|A|n\nb|b|B|\n", &[]),
        ("a|a|A|\nb|b|B|a\n", &["1:3 V12"]),
        ("a|a|A|b\nb|b|B|\n", &["1:2 V12"]),
        ("a|a|A|a\n", &[]),
        ("a|a|A|n\nb|b|B|n\n", &["1:3 V12"]),
    ];
    for (rows, expected) in cases {
        assert_eq!(found(&[&courses(rows)]), *expected, "{rows}");
    }
}

#[test]
fn new_keys_take_the_place_of_others_in_later_feeds() {
    let users = "external_person_key|user_id|firstname|lastname|new_external_person_key\n\
                 p1|u1|Ann|Able|q1\np2|u2|Bob|Bell|\n";
    let enrolments = "external_course_key|external_person_key\nc1|p1\nc1|q1\n";
    assert_eq!(found(&[users, COURSES, enrolments]), ["3:2 X02"]);
    assert_eq!(
        found(&[
            users,
            "external_person_key|user_id|firstname|lastname|new_external_person_key\np3|u3|Cy|Cox|q1\n"
        ]),
        ["2:2 V12"]
    );
}

#[test]
fn the_first_row_of_a_new_data_source_is_right() {
    let enrolments =
        |rows: &str| format!("external_course_key|external_person_key|data_source_key\n{rows}");
    let cases: &[(&str, &[&str])] = &[
        ("c1|p9|new\nc1|p1|new\n", &["3:2 X02", "3:2 X10"]),
        ("c1|p1|new\nc1|p9|new\n", &["3:3 X02"]),
        ("c1|p9|new\n", &["3:2 X02"]),
        // A damaged second row is not the first one.
        ("c1|p1|new\nc1|\nc1|p1|new\n", &["3:2 U07", "3:3 F06", "3:4 U07"]),
        // A damaged first row is.
        ("c1|p1|new|\nc1|p1|new\n", &["3:2 F06", "3:2 X10"]),
    ];
    for (rows, expected) in cases {
        assert_eq!(found(&[USERS, COURSES, &enrolments(rows)]), *expected, "{rows}");
    }
    let known = enrolments("c1|p1|new\n");
    assert_eq!(
        found(&[USERS, COURSES, &known, &enrolments("c1|p9|new\nc2|p2|new|\n")])[0],
        "4:2 X02"
    );
}

#[test]
fn observers_have_their_roles() {
    let users = "external_person_key|user_id|firstname|lastname|institution_role|system_role\n\
                 s|us|S|S|Student|none\no|uo|O|O|Guest|observer\n";
    let observers = |rows: &str| format!("external_observer_key|external_user_key\n{rows}");
    assert_eq!(found(&[users, &observers("o|s\n")]), [""; 0]);
    assert_eq!(found(&[users, &observers("s|o\n")]), ["2:2 X09", "2:2 X09"]);
    assert_eq!(found(&[users, &observers("o|x\n")]), ["2:2 X02"]);
    assert_eq!(
        findings(&[
            "external_organization_key|organization_id|organization_name\no|o|O\n",
            COURSES,
            "external_course_key|external_person_key\no|p1\n"
        ])[0]
            .1
            .to_string(),
        "the course o is an organization, not a course"
    );
    let without_roles = "external_person_key|user_id|firstname|lastname\ns|us|S|S\no|uo|O|O\n";
    assert_eq!(found(&[without_roles, &observers("o|s\n")]), [""; 0]);
}

#[test]
fn a_family_that_shows_late_is_no_family_before() {
    let courses = "external_course_key|course_id|course_name|parent_course_key\np|p|P|\na|a|A|p\n";
    let enrolments = "external_course_key|external_person_key\np|p1\n";
    let later = "external_course_key|external_person_key\na|p1\n";
    assert_eq!(found(&[enrolments, courses, later]), [""; 0]);
    assert_eq!(found(&[courses, enrolments, later]), ["3:2 X06"]);
}

#[test]
fn enrolments_of_many_feeds() {
    let feeds: Vec<_> = (0..40)
        .map(|feed| {
            let rows = (0..=feed % 5).map(|row| format!("c{feed}-{row}|p\n"));
            format!(
                "external_course_key|external_person_key\n{}",
                rows.collect::<Vec<_>>().concat()
            )
        })
        .collect();
    let mut feeds: Vec<_> = feeds.iter().map(String::as_str).collect();
    assert_eq!(found(&feeds), [""; 0]);
    feeds.push("external_course_key|external_person_key\nc0-0|p\nc39-4|p\nc17-2|p\nc17-3|p\n");
    assert_eq!(found(&feeds), ["41:2 U07", "41:3 U07", "41:4 U07"]);
    let (_, finding) = &findings(&feeds)[2];
    assert_eq!(
        finding.to_string(),
        "the same person is in the same course in line 4 of 18.txt too"
    );
}

/// The rules that could not run.
fn skipped(load: &mut Load<'_>, feed: &str) -> Vec<&'static str> {
    let mut ignored = |_| ();
    let checked = load.check_text(&FeedReader::new(), "feed", &Decoded::from(feed), &mut ignored);
    checked.skipped.iter().map(|(rule, _)| &rule.code[3..]).collect()
}

#[test]
fn rules_that_could_not_run_are_listed() {
    let enrolments = "external_course_key|external_person_key\nc1|p1\n";
    let mut load = Load::new();
    assert_eq!(skipped(&mut load, enrolments), ["X01", "X02", "X10", "X14", "X06", "X08"]);
    assert_eq!(skipped(&mut load, USERS), ["K06", "X14"]);
    assert_eq!(skipped(&mut load, COURSES), ["X07", "X14", "X11"]);
    assert_eq!(skipped(&mut load, enrolments), ["X14"]);
    let mut history = History::new();
    history.add_text(&FeedReader::new(), &Decoded::from(USERS), &mut |_| ());
    let mut load = Load::new().with_history(&history);
    assert_eq!(skipped(&mut load, USERS), [""; 0]);
    assert_eq!(skipped(&mut load, COURSES), ["X07", "X14", "X11"]);
}

#[test]
fn a_feed_without_rows_would_drop_all() {
    let mut history = History::new();
    history.add_text(&FeedReader::new(), &Decoded::from(COURSES), &mut |_| ());
    let mut load = Load::new().with_history(&history);
    let empty = "external_course_key|course_id|course_name|data_source_key\n";
    let mut found = Collector::new();
    load.check_text(&FeedReader::new(), "feed", &Decoded::from(empty), &mut found);
    load.check_omissions(Object::Course, &mut found);
    let codes: Vec<_> = found.findings().iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["BB-F16", "BB-X14"]);
}

/// Gives so many bytes and then an error.
struct Broken<'a>(&'a [u8]);

impl Read for Broken<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the line is dead")),
            read => Ok(read),
        }
    }
}

#[test]
fn a_feed_that_breaks_off_leaves_its_keys_and_nothing_else() {
    let enrolments = "external_course_key|external_person_key|data_source_key\nc1|p1|D\nc1|p1|D\n";
    let mut load = Load::new();
    let mut found = Collector::new();
    let broken = io::BufReader::new(Broken(enrolments.as_bytes()));
    assert!(load.check_reader(&FeedReader::new(), "1.txt", broken, &mut found).is_err());
    assert_eq!(found.findings(), []);
    let whole = "external_course_key|external_person_key|data_source_key\nc1|p1|D\n";
    load.check_text(&FeedReader::new(), "2.txt", &Decoded::from(whole), &mut found);
    assert_eq!(found.findings(), []);
}

/// What is found in feeds that come after others, without what a short feed cannot do without.
fn found_after(earlier: &[&str], feeds: &[&str]) -> Vec<String> {
    let mut history = History::new();
    for feed in earlier {
        history.add_text(&FeedReader::new(), &Decoded::from(*feed), &mut |_| ());
    }
    let mut load = Load::new().with_history(&history);
    let mut all = Vec::new();
    for (number, feed) in feeds.iter().enumerate() {
        let mut found = Collector::new();
        load.check_text(&FeedReader::new(), "feed", &Decoded::from(*feed), &mut found);
        let found = found.into_sorted().into_iter().filter(|finding| finding.rule.code != "BB-F05");
        all.extend(found.map(|finding| {
            let line = finding.position.map_or(0, |position| position.line);
            format!("{}:{line} {}", number + 1, &finding.rule.code[3..])
        }));
    }
    all
}

#[test]
fn families_of_an_earlier_load() {
    let courses = "external_course_key|course_id|course_name|parent_course_key\n\
                   p|p|P|\na|a|A|p\nb|b|B|p\n";
    let course =
        |row: &str| format!("external_course_key|course_id|course_name|parent_course_key\n{row}\n");
    let enrolments = "external_course_key|external_person_key\na|p1\nb|p1\n";
    assert_eq!(found_after(&[courses], &[enrolments]), ["1:2 X06", "1:3 X06"]);
    assert_eq!(found_after(&[courses], &[&course("z|z|Z|a")]), ["1:2 X05"]);
    assert_eq!(found_after(&[courses], &[&course("p|p|P|a")]), ["1:2 X05"]);
    assert_eq!(found_after(&[courses], &[&course("z|z|Z|p")]), [""; 0]);
    // Out of the family.
    assert_eq!(found_after(&[courses], &[&course("b|b|B|"), enrolments]), [""; 0]);
    let organization = "external_organization_key|organization_id|organization_name\no|o|O\n";
    assert_eq!(found_after(&[organization], &[&course("o|o|O|")]), ["1:2 X11"]);
}

#[test]
fn keys_are_given_once() {
    let head = "external_person_key|user_id|firstname|lastname|email|birthdate|row_status|new_external_person_key\n";
    let anna = format!("{head}k1|anna|Anna|Able|a@x.example|19900412||\n");
    let cases: &[(&str, &[&str])] = &[
        ("k1|anna|Anna|Able|a@x.example|19900412||", &[]),
        ("k1|anna2|Anna|Bell|b@x.example|||", &[]),
        ("k1|boris|Boris|Bell|b@x.example|||", &["1:2 K06"]),
        ("k1|boris|Boris|Able|b@x.example|19850101||", &["1:2 K06"]),
        ("k1|anne|Anne|Able|a@x.example|||", &[]),
        ("k1|anne|Anne|Able||04/12/1990||", &[]),
    ];
    for (row, expected) in cases {
        assert_eq!(found_after(&[&anna], &[&format!("{head}{row}\n")]), *expected, "{row}");
    }
    // Nor is the key of somebody who has left, or has another one now.
    let boris = format!("{head}k1|boris|Boris|Bell||||\n");
    for anna in ["k1|anna|Anna|Able|||deleted|", "k1|anna|Anna|Able||||k2"] {
        assert_eq!(found_after(&[&format!("{head}{anna}\n")], &[&boris]), ["1:2 K06"], "{anna}");
    }
}
