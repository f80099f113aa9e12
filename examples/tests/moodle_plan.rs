//! Runs the program `moodle-plan` as its callers do.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use folder::folder;
use serde_json::{Value, json};
use support::{program, texts};

/// The course, the person and the membership of the format's usual example.
const GROUP: &str = "<group><sourcedid><source>S</source><id>MOODLE101</id></sourcedid>\
    <description><short>Moodle 101</short></description></group>\n";
const PERSON: &str = "<person><sourcedid><source>S</source><id>4711</id></sourcedid>\
    <userid>jmoodle</userid><name><fn>Jiří Moodle</fn><n><family>MOODLE</family>\
    <given>JIŘÍ</given></n></name></person>\n";
const MEMBERSHIP: &str = "<membership><sourcedid><source>S</source><id>MOODLE101</id></sourcedid>\n\
    <member><sourcedid><source>S</source><id>4711</id></sourcedid><role roletype=\"01\">\
    <status>1</status><extension><cohort>skupina 2</cohort></extension></role></member>\n\
    </membership>\n";

fn enterprise(records: &[&str]) -> String {
    format!("<enterprise>\n{}</enterprise>\n", records.concat())
}

fn example() -> String {
    enterprise(&[GROUP, PERSON, MEMBERSHIP])
}

fn creating() -> Value {
    json!({"createnewusers": true, "createnewcourses": true})
}

/// The same settings with some more.
fn with(settings: &Value, more: &Value) -> Value {
    let mut settings = settings.clone();
    for (name, value) in more.as_object().expect("an object") {
        settings[name] = value.clone();
    }
    settings
}

fn empty() -> Value {
    json!({"users": [], "courses": [], "enrolments": [], "groups": [],
           "categories": [{"name": "Default", "visible": true, "default": true}]})
}

/// The course and the user exist; he is enrolled, and in the groups that are given.
fn enrolled(suspended: bool, groups: &Value) -> Value {
    let mut site = empty();
    site["users"] = json!([{"username": "jmoodle", "idnumber": "4711", "firstname": "JIŘÍ",
                            "lastname": "MOODLE", "auth": "manual"}]);
    site["courses"] = json!([{"idnumber": "MOODLE101", "shortname": "M", "fullname": "Moodle",
                              "category": "Default", "visible": true}]);
    site["enrolments"] = json!([{"course": "MOODLE101", "username": "jmoodle",
                                 "roles": ["student"], "suspended": suspended}]);
    site["groups"] = groups.clone();
    site
}

/// Exit code, standard output, standard error, in a folder of the test with the three files.
fn run(
    test: &str,
    mode: &str,
    settings: &Value,
    site: &Value,
    file: &[u8],
    args: &[&str],
) -> (i32, String, String) {
    let folder = folder(
        &format!("moodle-{test}"),
        &[("s.json", &settings.to_string()), ("site.json", &site.to_string())],
    );
    fs::write(folder.join("f.xml"), file).expect("a file");
    let common = ["--mode", mode, "--settings", "s.json", "--site", "site.json", "f.xml"];
    let output = program("moodle-plan").current_dir(folder).args(common).args(args).output();
    texts(output.expect("`cargo test -p examples` builds the program"))
}

/// The plan, of a run that ends with `code`.
fn plan_of(test: &str, mode: &str, settings: &Value, site: &Value, file: &str, code: i32) -> Value {
    let (ended, out, err) = run(test, mode, settings, site, file.as_bytes(), &[]);
    assert_eq!((ended, err.as_str()), (code, ""), "{test}: {out}");
    serde_json::from_str(&out).expect("a JSON document")
}

fn plan(test: &str, mode: &str, settings: &Value, site: &Value, file: &str) -> Value {
    plan_of(test, mode, settings, site, file, 0)
}

/// What the program complains of when there is no plan.
fn refused(test: &str, settings: &Value, site: &Value, file: &[u8]) -> String {
    let (code, out, err) = run(test, "compat", settings, site, file, &[]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    err
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().expect("a list")
}

/// Kind and line of each step.
fn steps(plan: &Value) -> Vec<(&str, u64)> {
    let step = |action: &'_ Value| action["line"].as_u64().expect("a line");
    let actions = list(plan, "actions").iter();
    actions.map(|action| (action["action"].as_str().expect("a word"), step(action))).collect()
}

fn kinds(plan: &Value) -> Vec<&str> {
    steps(plan).into_iter().map(|(kind, _)| kind).collect()
}

fn codes(plan: &Value) -> Vec<&str> {
    let findings = list(plan, "diagnostics").iter();
    findings.filter_map(|finding| finding["code"].as_str()).collect()
}

/// The rows of a site, whatever their order.
fn rows(site: &Value) -> Vec<(String, Vec<String>)> {
    let lists = site.as_object().expect("an object").iter();
    lists
        .map(|(name, rows)| {
            let mut rows: Vec<_> =
                rows.as_array().expect("a list").iter().map(Value::to_string).collect();
            rows.sort();
            (name.clone(), rows)
        })
        .collect()
}

#[test]
fn the_example_on_an_empty_site() {
    for mode in ["compat", "fixed"] {
        let plan = plan("empty", mode, &creating(), &empty(), &example());
        assert_eq!(plan["version"], 1);
        assert_eq!(
            steps(&plan),
            [
                ("create_course", 2),
                ("create_user", 3),
                ("add_instance", 5),
                ("enrol", 5),
                ("create_group", 5),
                ("add_to_group", 5)
            ]
        );
        let actions = list(&plan, "actions");
        let names = ["course", "shortname", "fullname"].map(|name| actions[0][name].as_str());
        assert_eq!(names, [Some("MOODLE101"), Some("MOODLE101"), Some("Moodle 101")]);
        assert_eq!(
            (&actions[1]["idnumber"], &actions[1]["firstname"]),
            (&json!("4711"), &json!("JIŘÍ"))
        );
        assert_eq!((&actions[3]["role"], &actions[3]["timeend"]), (&json!("student"), &json!(0)));
        assert!(
            actions.iter().all(|action| action["reason"].as_str().is_some_and(|r| !r.is_empty()))
        );
        let groups = json!([{"course": "MOODLE101", "name": "skupina 2", "members": ["jmoodle"]}]);
        assert_eq!(plan["site"]["groups"], groups);
        assert!(list(&plan, "diagnostics").iter().all(|finding| finding["severity"] != "error"));
    }
}

#[test]
fn a_second_run_changes_nothing() {
    let first = plan("again", "fixed", &creating(), &empty(), &example());
    // Both the site and the whole plan with the site in it will do.
    for site in [&first["site"], &first] {
        let (code, out, _) = run("again", "fixed", &creating(), site, example().as_bytes(), &[]);
        assert_eq!(code, 0);
        assert!(out.starts_with("{\"version\":1,\"actions\":[],\"site\":{\"users\":[{"), "{out}");
        let second: Value = serde_json::from_str(&out).expect("a JSON document");
        assert_eq!(second["site"], first["site"]);
    }
}

#[test]
fn one_action_a_line() {
    let (_, out, _) = run("lines", "compat", &creating(), &empty(), example().as_bytes(), &[]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "{\"version\":1,\"actions\":[");
    assert_eq!(lines.len(), 8, "{out}");
    for line in &lines[1..7] {
        let action: Value = serde_json::from_str(line.trim_end_matches(',')).expect("an object");
        assert!(action["action"].is_string());
    }
}

#[test]
fn the_order_of_the_records_does_not_count() {
    let records = [GROUP, PERSON, MEMBERSHIP];
    let mut sites = Vec::new();
    for [a, b, c] in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let file = enterprise(&[records[a], records[b], records[c]]);
        let plan = plan("orders", "fixed", &creating(), &empty(), &file);
        assert_eq!(list(&plan, "actions").len(), 6);
        sites.push(rows(&plan["site"]));
    }
    assert!(sites.iter().all(|site| *site == sites[0]), "{sites:#?}");
    // Moodle itself looks for the course before there is one.
    let file = enterprise(&[MEMBERSHIP, GROUP, PERSON]);
    let plan = plan("order-compat", "compat", &creating(), &empty(), &file);
    assert_eq!(kinds(&plan), ["skip", "create_course", "create_user"]);
    assert!(codes(&plan).contains(&"IE-M07"));
}

#[test]
fn what_a_setting_forbids_names_it_and_the_line() {
    for mode in ["compat", "fixed"] {
        let plan = plan("off", mode, &json!({}), &empty(), &example());
        assert_eq!(steps(&plan), [("skip", 2), ("skip", 3), ("skip", 4)]);
        let actions = list(&plan, "actions");
        for (action, setting) in actions.iter().zip(["createnewcourses", "createnewusers"]) {
            assert!(action["reason"].as_str().expect("a text").contains(setting), "{action}");
        }
        assert_eq!(rows(&plan["site"])[4].1, [] as [String; 0]);
    }
    let changes = enterprise(&[GROUP, PERSON]).replace("<group>", "<group recstatus=\"2\">");
    let changes = changes.replace("<person>", "<person recstatus=\"2\">");
    let deletes = changes.replace("<person recstatus=\"2\">", "<person recstatus=\"3\">");
    for (file, settings) in [
        (changes, ["updatecourses", "imsupdateusers"]),
        (deletes, ["updatecourses", "imsdeleteusers"]),
    ] {
        let plan = plan("off-2", "compat", &creating(), &enrolled(false, &json!([])), &file);
        for (action, setting) in list(&plan, "actions").iter().zip(settings) {
            assert_eq!(action["action"], "skip");
            assert!(action["reason"].as_str().expect("a text").contains(setting), "{action}");
        }
    }
}

#[test]
fn settings_and_sites_that_cannot_be_taken() {
    let file = example();
    let file = file.as_bytes();
    for (settings, site, sentence) in [
        (json!({"createusers": true}), empty(), "s.json:1:20: `createusers` is no setting of"),
        (
            json!({"createnewusers": "yes"}),
            empty(),
            "the setting `createnewusers` must be true or false",
        ),
        (json!({"unenrolaction": 4}), empty(), "the setting `unenrolaction` must be 0, 1, 2 or 3"),
        (json!([]), empty(), "s.json:1:0: invalid type: sequence, expected an object of settings"),
        (json!({}), json!({"users": 3}), "site.json:1:10: invalid type: integer `3`"),
        (json!({}), json!({"site": {"users": 3}}), "site.json:1:18: invalid type: integer `3`"),
        (json!({}), json!([]), "site.json: an object is expected"),
        (json!({}), json!("x"), "site.json:1:3: invalid type: string"),
    ] {
        let err = refused("refused", &settings, &site, file);
        assert!(err.starts_with("moodle-plan: ") && err.contains(sentence), "{err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
    let folder = folder("moodle-broken", &[("s.json", "{\n \"a\": }"), ("f.xml", "<enterprise/>")]);
    for (args, sentence) in [
        (["--settings", "s.json", "--site", "s.json", "f.xml"], "s.json:2:7: expected value\n"),
        (["--settings", "none.json", "--site", "s.json", "f.xml"], "none.json: No such file"),
        (["--settings", "s.json", "--mode", "other", "f.xml"], "invalid value 'other'"),
    ] {
        let output = program("moodle-plan").current_dir(&folder).args(args).output();
        let (code, out, err) = texts(output.expect("it runs"));
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(sentence), "{err}");
    }
}

#[test]
fn files_that_cannot_be_planned() {
    for (file, sentence) in [
        ("{\"users\": []}", "f.xml: this is not IMS Enterprise\n"),
        ("<html/>", "f.xml: this is not IMS Enterprise\n"),
        ("<r xmlns='http://www.imsglobal.org/services/lis/mms2p0/x'/>", "f.xml: this is LIS"),
    ] {
        let err = refused("other", &creating(), &empty(), file.as_bytes());
        assert!(err.contains(sentence), "{err}");
    }
    let folder = folder("moodle-no-file", &[("s.json", "{}")]);
    let args = ["--settings", "s.json", "--site", "s.json", "none.xml"];
    let output = program("moodle-plan").current_dir(&folder).args(args).output();
    let (code, out, err) = texts(output.expect("it runs"));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.starts_with("moodle-plan: none.xml: No such file"), "{err}");
    // Records without anything around them are a plan.
    let plan = plan_of("bare", "compat", &creating(), &empty(), GROUP, 0);
    assert_eq!(kinds(&plan), ["create_course"]);
}

#[test]
fn a_site_that_contradicts_itself() {
    let mut site = enrolled(false, &json!([]));
    site["users"] = json!([
        {"username": "jmoodle", "idnumber": "1", "firstname": "First"},
        {"username": "jmoodle", "idnumber": "2", "firstname": "Second"},
    ]);
    let settings = with(&creating(), &json!({"imsdeleteusers": true}));
    let file = enterprise(&[PERSON]).replace("<person>", "<person recstatus=\"3\">");
    let plan = plan("contradiction", "compat", &settings, &site, &file);
    let finding = &list(&plan, "diagnostics").iter().find(|finding| finding["code"] == "IE-M01");
    let finding = finding.expect("a finding");
    assert_eq!((&finding["severity"], &finding["line"]), (&json!("warning"), &Value::Null));
    assert!(finding["message"].as_str().is_some_and(|said| said.contains("`jmoodle`")));
    assert_eq!(kinds(&plan), ["delete_user"]);
    let left = list(&plan["site"], "users");
    assert_eq!((left.len(), &left[0]["firstname"]), (1, &json!("Second")), "the first one counts");
}

#[test]
fn without_a_separator_nothing_is_processed() {
    let settings = with(&creating(), &json!({"categoryidnumber": true}));
    for mode in ["compat", "fixed"] {
        let plan = plan_of("separator", mode, &settings, &empty(), &example(), 1);
        assert_eq!(kinds(&plan), ["skip"]);
        assert!(
            plan["actions"][0]["reason"].as_str().is_some_and(|r| r.contains("categoryseparator"))
        );
        assert_eq!(codes(&plan), ["IE-M15"]);
        assert!(list(&plan["site"], "courses").is_empty());
    }
}

#[test]
fn an_enrolment_ends_as_the_settings_say() {
    let ended = example().replace("<status>1<", "<status>0<");
    let by_recstatus = example().replace("<role ", "<role recstatus=\"3\" ");
    let groups = json!([{"course": "MOODLE101", "name": "skupina 2", "members": ["jmoodle"]}]);
    let site = enrolled(false, &groups);
    for file in [ended, by_recstatus] {
        for mode in ["compat", "fixed"] {
            let of = |settings: &Value| plan("unenrol", mode, settings, &site, &file);
            let reason =
                |plan: &Value| plan["actions"][0]["reason"].as_str().unwrap_or_default().to_owned();
            let off = of(&creating());
            assert_eq!(kinds(&off), ["skip"]);
            assert!(reason(&off).contains("imsunenrol"));

            let on = |action: u64| of(&json!({"imsunenrol": true, "unenrolaction": action}));
            let enrolment = |plan: &Value| plan["site"]["enrolments"][0].clone();
            let removed = on(0);
            assert_eq!(kinds(&removed), ["unenrol"]);
            assert_eq!(enrolment(&removed), Value::Null);
            let kept = on(1);
            assert!(reason(&kept).contains("unenrolaction"));
            assert_eq!(enrolment(&kept)["suspended"], false);
            let suspended = on(2);
            assert_eq!(enrolment(&suspended)["suspended"], true);
            assert_eq!(enrolment(&suspended)["roles"], json!(["student"]));
            let bare = on(3);
            assert_eq!(enrolment(&bare)["suspended"], true);
            assert_eq!(enrolment(&bare)["roles"], json!([]));
        }
    }
}

#[test]
fn a_suspended_enrolment() {
    let site = enrolled(true, &json!([]));
    let compat = plan("suspended", "compat", &creating(), &site, &example());
    assert!(codes(&compat).contains(&"IE-M04"));
    assert_eq!(compat["site"]["enrolments"][0]["suspended"], true);
    let fixed = plan("suspended", "fixed", &creating(), &site, &example());
    assert!(kinds(&fixed).contains(&"reactivate"));
    assert_eq!(fixed["site"]["enrolments"][0]["suspended"], false);
}

#[test]
fn groups_of_a_course() {
    let group = |name: &str, members: &[&str]| json!({"course": "MOODLE101", "name": name, "members": members});
    for mode in ["compat", "fixed"] {
        let of = |groups: &Value| {
            plan("groups", mode, &creating(), &enrolled(false, groups), &example())
        };
        assert_eq!(kinds(&of(&json!([]))), ["create_group", "add_to_group"]);
        let there = of(&json!([group("skupina 2", &[])]));
        assert_eq!(kinds(&there), ["add_to_group"]);
        assert_eq!(there["actions"][0]["group"], "skupina 2");
        assert_eq!(kinds(&of(&json!([group("skupina 2", &["jmoodle"])]))), [] as [&str; 0]);
        let other = of(&json!([group("skupina 1", &["jmoodle"])]));
        if mode == "compat" {
            assert_eq!(kinds(&other), ["create_group", "add_to_group"]);
            assert!(codes(&other).contains(&"IE-M12"));
        } else {
            assert_eq!(kinds(&other), ["skip"]);
            assert!(
                other["actions"][0]["reason"].as_str().is_some_and(|r| r.contains("skupina 1"))
            );
            assert_eq!(other["site"]["groups"], json!([group("skupina 1", &["jmoodle"])]));
        }
    }
}

#[test]
fn a_role_that_is_mapped_to_nothing() {
    let settings = with(&creating(), &json!({"imsrolemap01": ""}));
    for mode in ["compat", "fixed"] {
        let plan = plan("role", mode, &settings, &empty(), &example());
        assert_eq!(steps(&plan)[2..], [("skip", 5)]);
        let reason = plan["actions"][2]["reason"].as_str().expect("a text");
        assert!(reason.contains("`01`") && reason.contains("imsrolemap"), "{reason}");
    }
}

#[test]
fn dates_of_an_enrolment() {
    let timeframe = "<timeframe><begin restrict=\"1\">2026-09-01</begin>\
                     <end restrict=\"1\">2027-06-30</end></timeframe><extension>";
    let file = example().replace("<extension>", timeframe);
    let of = plan("dates", "fixed", &creating(), &empty(), &file);
    let enrol = &of["actions"][3];
    assert_eq!(
        (&enrol["timestart"], &enrol["timeend"]),
        (&json!(1_788_220_800), &json!(1_814_313_600))
    );
}

#[test]
fn a_password_is_never_printed() {
    let file =
        example().replace("<userid>", "<userid password=\"Aenigma 1\" pwencryptiontype=\"SSHA\">");
    let file = file.replace(
        "</person>",
        "<extension><webcredential>{SSHA}Aenigma</webcredential></extension></person>",
    );
    for mode in ["compat", "fixed"] {
        for report in ["json", "human"] {
            let args = ["--report", report];
            let (code, out, err) =
                run("password", mode, &creating(), &empty(), file.as_bytes(), &args);
            assert_ne!(code, 2, "{err}");
            assert!(out.contains("jmoodle") && !out.contains("nigma"), "{out}");
            assert_eq!(err, "");
        }
    }
}

#[test]
fn accents_and_capitals_survive_every_encoding() {
    let text = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>\n{}", example());
    let latin_2 = text.chars().map(|character| match character {
        'ř' => 0xF8,
        'í' => 0xED,
        'Ř' => 0xD8,
        'Í' => 0xCD,
        other => u8::try_from(u32::from(other)).expect("ASCII"),
    });
    let text = text.replace("ISO-8859-2", "UTF-16");
    let utf_16 = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes);
    for file in [latin_2.collect::<Vec<u8>>(), utf_16.collect()] {
        for mode in ["compat", "fixed"] {
            let (code, out, err) = run("encodings", mode, &creating(), &empty(), &file, &[]);
            assert_eq!((code, err.as_str()), (0, ""), "{out}");
            let plan: Value = serde_json::from_str(&out).expect("a JSON document");
            assert_eq!(plan["site"]["users"][0]["firstname"], "JIŘÍ");
            assert_eq!(steps(&plan)[1], ("create_user", 4));
        }
    }
}

#[test]
fn standard_input_is_a_file_too() {
    let folder = folder(
        "moodle-stdin",
        &[
            ("s.json", &creating().to_string()),
            ("site.json", &empty().to_string()),
            ("f.xml", &example()),
        ],
    );
    let of = |file: &str, input: Stdio| {
        let args = ["--mode", "fixed", "--settings", "s.json", "--site", "site.json", file];
        let output = program("moodle-plan").current_dir(&folder).args(args).stdin(input).output();
        texts(output.expect("it runs"))
    };
    let input = fs::File::open(folder.join("f.xml")).expect("a file");
    assert_eq!(of("-", input.into()), of("f.xml", Stdio::null()));
}

/// The report on the samples, made where the README says so.
fn sample(mode: &str, site: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let site = format!("examples/data/moodle-plan/{site}");
    let settings = "examples/data/moodle-plan/settings.json";
    let file = "examples/data/moodle-plan/enrolments.xml";
    let args = ["--report", "human", "--mode", mode, "--settings", settings, "--site", &site, file];
    let output = program("moodle-plan").current_dir(root).args(args).output();
    let (code, out, err) = texts(output.expect("it runs"));
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

#[test]
fn human_compat() {
    insta::assert_snapshot!(sample("compat", "site.json"));
}

#[test]
fn human_fixed() {
    insta::assert_snapshot!(sample("fixed", "site.json"));
}

#[test]
fn human_empty_site() {
    insta::assert_snapshot!(sample("compat", "site-empty.json"));
}
