//! Every rule has a bad example that yields it, and nothing else, and a good one that yields nothing.

mod common;

use common::{defects, is_defect};
use edu_diagnostics::{Collector, Diagnostic, Rule, Sink};
use edu_syntax::Decoded;
use ims_enterprise::moodle::{
    CourseRow, EnrolmentRow, GroupRow, Planner, Settings, Site, UserRow, Value,
};
use ims_enterprise::profiles::moodle;
use ims_enterprise::{ImsReader, rules};

/// What else the examples of a rule yield, because it cannot be otherwise: a profile says of every item
/// whether it is read, and a role that 1.1 does not have is unknown to everybody.
const LISTED: &[(&str, &[&str])] = &[
    ("IE-M02", &["IE-R13"]),
    ("IE-M07", &["IE-K15"]),
    ("IE-M08", &["IE-K15"]),
    ("IE-M09", &["IE-K03"]),
    ("IE-M10", &["IE-R13"]),
    // What is damaged for Moodle alone is seldom in the form of 1.1.
    ("IE-M28", &["IE-R02"]),
    ("IE-M34", &["IE-V01"]),
    ("IE-M35", &["IE-S08"]),
    ("IE-M37", &["IE-K15"]),
    ("IE-P01", &["IE-P02"]),
    ("IE-P02", &["IE-P01", "IE-F08"]),
    ("IE-P03", &["IE-P01", "IE-P02"]),
    ("IE-P04", &["IE-P01", "IE-P02", "IE-V01"]),
];

/// The codes of the findings, each once, without those that are listed.
fn codes(rule: &Rule, bytes: &[u8]) -> Vec<&'static str> {
    let listed =
        LISTED.iter().find(|(code, _)| *code == rule.code).map_or(&[][..], |(_, listed)| listed);
    let mut codes: Vec<_> = findings(rule, bytes).iter().map(|finding| finding.rule.code).collect();
    codes.retain(|code| !listed.contains(code));
    codes.dedup();
    codes
}

fn findings(rule: &Rule, bytes: &[u8]) -> Vec<Diagnostic> {
    let decoded = Decoded::new(bytes);
    let mut found = Collector::new();
    if rule.code.starts_with("IE-M") && !is_defect(rule) {
        plan(decoded.text(), &mut found);
        return found.into_sorted();
    }
    // The target is for the one rule that needs it, the profile for those of its area.
    let reader = ImsReader::new().with_target("LMS");
    let reader =
        if rule.code.starts_with("IE-P") { reader.with_profile(&moodle::PROFILE) } else { reader };
    let last = reader.for_text(&decoded, &mut found).last();
    if let Some(Err(error)) = last {
        found.report(error.diagnostic().clone());
    }
    if is_defect(rule) {
        defects(rule).for_text(&decoded, &mut found);
    }
    found.into_sorted()
}

/// Plans the import of an example. Comments in it say what the site has and which settings differ from those
/// that allow everything.
fn plan(text: &str, found: &mut Collector) {
    let said = |what: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix("<!-- ")?.strip_prefix(what));
        let items = line.unwrap_or_default().trim_end_matches("-->").split(';');
        items.map(|item| item.split_whitespace().collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let mut settings = Settings {
        createnewusers: true,
        imsupdateusers: true,
        imsdeleteusers: true,
        createnewcourses: true,
        updatecourses: true,
        createnewcategories: true,
        imsunenrol: true,
        ..Settings::default()
    };
    for setting in said("settings: ").into_iter().filter(|setting| !setting.is_empty()) {
        let (name, value) = setting[0].split_once('=').expect("NAME=VALUE");
        settings.set(name, &Value::Text(value)).expect("a setting");
    }
    let mut rows = Site::new().rows();
    for item in said("site: ") {
        match item[..] {
            ["user", username, ref idnumber @ ..] => rows.users.push(UserRow {
                username: username.into(),
                idnumber: idnumber.concat(),
                ..UserRow::default()
            }),
            ["course", code] => rows.courses.push(CourseRow {
                idnumber: code.into(),
                category: "Default".into(),
                visible: true,
                ..CourseRow::default()
            }),
            ["enrolment", course, username, role, ref suspended @ ..] => {
                rows.enrolments.push(EnrolmentRow {
                    course: course.into(),
                    username: username.into(),
                    roles: vec![role.into()],
                    suspended: !suspended.is_empty(),
                    ..EnrolmentRow::default()
                });
            }
            ["group", course, name, member] => rows.groups.push(GroupRow {
                course: course.into(),
                name: name.into(),
                members: vec![member.into()],
            }),
            _ => assert!(item.is_empty(), "{item:?}"),
        }
    }
    let mut site = Site::from(rows);
    site.problems().iter().for_each(|problem| found.report(problem.clone()));
    let planner = Planner::new(settings);
    planner.plan(&Decoded::from(text), &mut site, found, |_| ()).expect("the example can be read");
}

#[test]
fn each_bad_example_yields_its_rule_and_nothing_else() {
    for rule in rules::ALL {
        assert_eq!(codes(rule, rule.bad), [rule.code], "{}", String::from_utf8_lossy(rule.bad));
    }
}

#[test]
fn each_bad_example_yields_its_rule_once() {
    for rule in rules::ALL {
        let found = findings(rule, rule.bad);
        let own = found.iter().filter(|finding| finding.rule == *rule).count();
        // A profile speaks of each item, and its example holds several.
        assert!(own == 1 || rule.code.starts_with("IE-P"), "{}: {found:?}", rule.code);
    }
}

#[test]
fn each_good_example_yields_nothing() {
    for rule in rules::ALL.iter().filter(|rule| ***rule != rules::PROFILE_IGNORES) {
        assert_eq!(codes(rule, rule.good), [""; 0], "{}", rule.code);
    }
}

/// Every file that 1.1 allows has items that Moodle ignores; the good example has one less.
#[test]
fn the_good_example_of_an_ignored_item_has_one_less() {
    let rule = &rules::PROFILE_IGNORES;
    let ignored =
        |bytes| findings(rule, bytes).iter().filter(|finding| finding.rule == rule).count();
    assert_eq!(ignored(rule.good) + 2, ignored(rule.bad), "`tel` and its `teltype`");
}

#[test]
fn every_sentence_finds_its_arguments() {
    for rule in rules::ALL {
        for finding in findings(rule, rule.bad) {
            let sentence = finding.to_string();
            assert!(!sentence.contains('{'), "{}: {sentence}", rule.code);
        }
    }
}
