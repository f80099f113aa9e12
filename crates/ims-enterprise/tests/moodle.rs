//! Plans of Moodle's import: what holds for every site and file, and the cases of the reference one by one.

use std::io::BufReader;

use edu_diagnostics::{Collector, Diagnostic};
use edu_syntax::Decoded;
use ims_enterprise::ImsReader;
use ims_enterprise::moodle::{
    CategoryRow, CourseRow, EnrolmentRow, GroupRow, Mode, Planner, Settings, Site, SiteRows,
    State as _, UnenrolAction, UserRow,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Everything is allowed.
fn open() -> Settings {
    Settings {
        createnewusers: true,
        imsupdateusers: true,
        imsdeleteusers: true,
        createnewcourses: true,
        updatecourses: true,
        createnewcategories: true,
        imsunenrol: true,
        ..Settings::default()
    }
}

/// Names of the steps with their lines, the site after, and the codes of the planner's own findings.
struct Planned {
    steps: Vec<String>,
    reasons: Vec<String>,
    rows: SiteRows,
    codes: Vec<&'static str>,
}

fn plan(settings: &Settings, mode: Mode, rows: &SiteRows, text: &str) -> Planned {
    let mut site = Site::from(rows.clone());
    let mut again = site.clone();
    let (mut steps, mut reasons) = (Vec::new(), Vec::new());
    let mut codes = Vec::new();
    let mut sink = |finding: Diagnostic| {
        if finding.rule.code.starts_with("IE-M") {
            codes.push(finding.rule.code);
        }
    };
    let planner = Planner::new(settings.clone()).with_mode(mode);
    let done = planner.plan(&Decoded::from(text), &mut site, &mut sink, |action| {
        again.apply(action);
        steps.push(format!("{} {}", action.line, action.step.name()));
        reasons.push(action.reason.to_string());
    });
    done.expect("the file can be read");
    assert_eq!(site.rows(), again.rows(), "the actions do what the planner did");
    Planned { steps, reasons, rows: site.rows(), codes }
}

fn acts(planned: &Planned) -> Vec<&str> {
    planned.steps.iter().map(String::as_str).filter(|step| !step.ends_with(" skip")).collect()
}

fn sourcedid(id: &str) -> String {
    format!("<sourcedid><source>S</source><id>{id}</id></sourcedid>")
}

fn person(recstatus: &str, id: &str, user: Option<&str>) -> String {
    let userid = user.map(|user| format!("<userid>{user}</userid>")).unwrap_or_default();
    format!(
        "<person{recstatus}>{}{userid}<name><fn>x</fn><n><family>MAIER</family><given>EVA</given></n></name></person>\n",
        sourcedid(id)
    )
}

fn group(recstatus: &str, id: &str, units: &[&str]) -> String {
    let units: Vec<_> = units.iter().map(|unit| format!("<orgunit>{unit}</orgunit>")).collect();
    let units = units.concat();
    format!(
        "<group{recstatus}>{}<description><short>s {id}</short></description><org>{units}</org></group>\n",
        sourcedid(id)
    )
}

fn member(id: &str, role: &str) -> String {
    format!("<member>{}<idtype>1</idtype>{role}</member>\n", sourcedid(id))
}

fn membership(course: &str, members: &str) -> String {
    format!("<membership>{}\n{members}</membership>\n", sourcedid(course))
}

fn file(records: &[String]) -> String {
    format!("<enterprise>\n{}</enterprise>\n", records.concat())
}

const ACTIVE: &str = "<role roletype='01'><status>1</status></role>";

fn user(username: &str, idnumber: &str) -> UserRow {
    UserRow { username: username.into(), idnumber: idnumber.into(), ..UserRow::default() }
}

fn site(users: &[(&str, &str)], courses: &[&str]) -> SiteRows {
    let course = |code: &&str| CourseRow {
        idnumber: (*code).into(),
        shortname: (*code).into(),
        category: "Default".into(),
        visible: true,
        ..CourseRow::default()
    };
    SiteRows {
        users: users.iter().map(|(username, idnumber)| user(username, idnumber)).collect(),
        courses: courses.iter().map(course).collect(),
        ..Site::new().rows()
    }
}

fn enrolled(
    mut rows: SiteRows,
    course: &str,
    username: &str,
    role: &str,
    suspended: bool,
) -> SiteRows {
    rows.enrolments.push(EnrolmentRow {
        course: course.into(),
        username: username.into(),
        roles: vec![role.into()],
        suspended,
        ..EnrolmentRow::default()
    });
    rows
}

/// The table of persons, section 6.4 of the reference, row by row.
#[test]
fn persons() {
    let off = Settings::default();
    let known = site(&[("eva", "1")], &[]);
    let by_name = site(&[("eva", ""), ("adam", "9")], &[]);
    let (add, update, delete) = (" recstatus='1'", " recstatus='2'", " recstatus='3'");
    let cases: [(&Settings, &SiteRows, String, &[&str]); 14] = [
        (&off, &known, person(delete, "1", Some("eva")), &["2 skip"]),
        (&open(), &known, person(delete, "7", Some("eva")), &["2 delete_user"]),
        (&open(), &known, person(delete, "1", Some("adam")), &["2 skip"]),
        (&off, &known, person(update, "1", Some("eva")), &["2 skip"]),
        (&open(), &known, person(update, "1", Some("eve")), &["2 update_user"]),
        (&open(), &known, person(update, "2", Some("eva")), &["2 skip"]),
        (&open(), &known, person(add, "1", Some("other")), &[]),
        (&off, &site(&[], &[]), person(add, "1", Some("eva")), &["2 skip"]),
        (&open(), &by_name, person("", "1", None), &["2 skip"]),
        (&open(), &by_name, person("", "1", Some("eva")), &["2 attach_idnumber"]),
        (&open(), &by_name, person("", "1", Some("adam")), &["2 attach_idnumber"]),
        (&open(), &by_name, person("", "1", Some("new")), &["2 create_user"]),
        (&open(), &by_name, person(" recstatus='02'", "1", Some("new")), &["2 create_user"]),
        (&open(), &by_name, person(" recstatus='4'", "1", Some("new")), &["2 create_user"]),
    ];
    for (settings, rows, record, steps) in cases {
        let text = file(std::slice::from_ref(&record));
        assert_eq!(plan(settings, Mode::Compat, rows, &text).steps, steps, "{record}");
    }
}

#[test]
fn settings_decide_and_are_named() {
    let rows = enrolled(site(&[("eva", "1")], &["C"]), "C", "eva", "student", false);
    let end = "<role roletype='01'><status>0</status></role>";
    let unmapped = "<role roletype='05'><status>1</status></role>";
    for (record, setting) in [
        (person("", "2", Some("adam")), "createnewusers"),
        (person(" recstatus='2'", "1", Some("eva")), "imsupdateusers"),
        (person(" recstatus='3'", "1", Some("eva")), "imsdeleteusers"),
        (group("", "D", &[]), "createnewcourses"),
        (group(" recstatus='2'", "C", &[]), "updatecourses"),
        (membership("C", &member("1", end)), "imsunenrol"),
        (membership("C", &member("1", unmapped)), "imsrolemap"),
    ] {
        for mode in [Mode::Compat, Mode::Fixed] {
            let planned =
                plan(&Settings::default(), mode, &rows, &file(std::slice::from_ref(&record)));
            let [reason] = &planned.reasons[..] else { panic!("{record}: {:?}", planned.steps) };
            assert!(reason.contains(setting) && planned.steps[0].ends_with(" skip"), "{reason}");
        }
    }
}

#[test]
fn the_ways_to_end_an_enrolment() {
    let rows = enrolled(site(&[("eva", "1")], &["C"]), "C", "eva", "student", false);
    let ends = [
        "<role roletype='01'><status>0</status></role>",
        "<role roletype='02' recstatus='3'><status>1</status></role>",
    ];
    for role in ends {
        for (action, steps) in [
            (UnenrolAction::Unenrol, &["3 unenrol"][..]),
            (UnenrolAction::Keep, &[]),
            (UnenrolAction::Suspend, &["3 suspend"]),
            (UnenrolAction::SuspendNoRoles, &["3 suspend", "3 remove_roles"]),
        ] {
            let settings = Settings { unenrolaction: action, ..open() };
            let text = file(&[membership("C", &member("1", role))]);
            for mode in [Mode::Compat, Mode::Fixed] {
                let planned = plan(&settings, mode, &rows, &text);
                assert_eq!(acts(&planned), steps, "{role} {action:?}");
                // A second time there is nothing left to be done.
                assert!(acts(&plan(&settings, mode, &planned.rows, &text)).is_empty());
            }
        }
    }
}

/// The site, the record, what Moodle does, what is done in fixed mode, what is said.
type Case<'a> = (&'a SiteRows, String, &'a [&'a str], &'a [&'a str], &'a str);

/// Where Moodle's decisions are odd, the two modes differ, and it is said.
#[test]
fn the_two_modes() {
    let rows = site(&[("eva", "1"), ("adam", "")], &["C"]);
    let missing = "<role roletype='01'/>";
    let word = "<role roletype='1'><status>Active</status></role>";
    let suspended = enrolled(rows.clone(), "C", "eva", "student", true);
    let teacher = enrolled(rows.clone(), "C", "eva", "teacher", false);
    let active = enrolled(rows.clone(), "C", "eva", "student", false);
    let mut grouped = active.clone();
    grouped.groups.push(GroupRow {
        course: "C".into(),
        name: "A".into(),
        members: vec!["eva".into()],
    });
    let cohort =
        "<role roletype='01'><status>1</status><extension><cohort>B</cohort></extension></role>";
    let in_c = |role: &str| membership("C", &member("1", role));
    let as_group = in_c(ACTIVE).replace("<idtype>1", "<idtype>2");
    let cases: [Case<'_>; 10] = [
        (&active, in_c(missing), &["unenrol"], &[], "IE-M02"),
        (&rows, in_c(word), &[], &["add_instance", "enrol"], "IE-M11"),
        (&rows, group(" recstatus='3'", "D", &[]), &["create_course"], &[], "IE-M03"),
        (&suspended, in_c(ACTIVE), &[], &["reactivate"], "IE-M04"),
        (&teacher, in_c(ACTIVE), &["add_role"], &["add_role", "replace_roles"], "IE-M05"),
        (&rows, person("", "2", Some("eva")), &["attach_idnumber"], &[], "IE-M06"),
        (&rows, as_group, &["add_instance", "enrol"], &[], "IE-M09"),
        (
            &rows,
            person(" recstatus='2'", "1", Some("")),
            &["update_user"],
            &["update_user"],
            "IE-M10",
        ),
        (&grouped, in_c(cohort), &["create_group", "add_to_group"], &[], "IE-M12"),
        (
            &rows,
            person(" recstatus='3'", "1", Some("adam")),
            &["delete_user"],
            &["delete_user"],
            "IE-M13",
        ),
    ];
    for (rows, record, compat, fixed, code) in cases {
        let text = file(std::slice::from_ref(&record));
        let steps = |mode| {
            let planned = plan(&open(), mode, rows, &text);
            let steps = acts(&planned).into_iter().map(|step| step[2..].to_owned());
            (steps.collect::<Vec<_>>(), planned.codes)
        };
        assert_eq!(steps(Mode::Fixed).0, fixed, "{record}");
        let (steps, codes) = steps(Mode::Compat);
        assert_eq!(
            (&steps[..], &codes[..]),
            (&compat.iter().map(ToString::to_string).collect::<Vec<_>>()[..], &[code][..]),
            "{record}"
        );
    }
}

#[test]
fn the_seeds_example_on_an_empty_site() {
    let role = "<role roletype='01'><status>1</status><extension><cohort>skupina 2</cohort></extension></role>";
    let records = [
        group("", "MOODLE101", &[]),
        person("", "jmoodle", Some("jmoodle")),
        membership("MOODLE101", &member("jmoodle", role)),
    ];
    let expected =
        ["create_course", "create_user", "add_instance", "enrol", "create_group", "add_to_group"];
    let planned = plan(&open(), Mode::Compat, &Site::new().rows(), &file(&records));
    let steps: Vec<_> = planned.steps.iter().map(|step| &step[2..]).collect();
    assert_eq!(steps, expected);
    assert!(
        plan(&open(), Mode::Compat, &planned.rows, &file(&records)).steps.is_empty(),
        "all is there"
    );
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let text = file(&order.map(|record| records[record].clone()));
        let planned = plan(&open(), Mode::Fixed, &Site::new().rows(), &text);
        let steps: Vec<_> =
            planned.steps.iter().map(|step| step.split_once(' ').unwrap().1).collect();
        assert_eq!(steps, expected, "{order:?}");
        assert!(plan(&open(), Mode::Fixed, &planned.rows, &text).steps.is_empty());
    }
}

#[test]
fn categories() {
    let nested = Settings { nestedcategories: true, ..open() };
    let closed = Settings { createnewcategories: false, ..open() };
    let numbered = Settings { categoryidnumber: true, categoryseparator: "|".into(), ..open() };
    let mut rows = Site::new().rows();
    for (name, idnumber, parent) in [("Arts", "AR", None), ("Music", "MU", Some("Arts"))] {
        rows.categories.push(CategoryRow {
            name: name.into(),
            idnumber: idnumber.into(),
            parent: parent.map(str::to_owned),
            ..CategoryRow::default()
        });
    }
    let cases: [(&Settings, &[&str], &str, Option<&str>); 9] = [
        (&open(), &[], "Default", None),
        (&open(), &["Music"], "Music", Some("Arts")),
        (&nested, &["Arts", "Music"], "Music", Some("Arts")),
        (&nested, &["Music"], "Music", None),
        (&open(), &["Arts", "Jazz"], "Jazz", Some("Arts")),
        (&closed, &["Arts", "Jazz"], "Default", None),
        (&open(), &["Arts", ""], "Default", None),
        (&numbered, &["Anything|MU"], "Music", Some("Arts")),
        (&numbered, &["Music"], "Default", None),
    ];
    for (settings, units, name, parent) in cases {
        let planned = plan(settings, Mode::Compat, &rows, &file(&[group("", "C", units)]));
        assert_eq!(planned.rows.courses[0].category, name, "{units:?}");
        let mut categories = planned.rows.categories.iter();
        let last = categories.rfind(|category| category.name == name).unwrap();
        assert_eq!(last.parent.as_deref(), parent, "{units:?}");
    }
}

#[test]
fn dates_limit_where_they_say_so() {
    let rows = site(&[("eva", "1")], &["C"]);
    for (begin, timestart) in [
        ("<begin restrict='1'>2026-09-15</begin>", 1_789_430_400),
        ("<begin  restrict = '1' >\n2026-09-15T08:00:00</begin>", 1_789_430_400),
        ("<begin restrict='0'>2026-09-15</begin>", 0),
        ("<begin>2026-09-15</begin>", 0),
        ("<begin restrict='1'>2005-02-31</begin>", 0),
    ] {
        let role =
            format!("<role roletype='01'><status>1</status><timeframe>{begin}</timeframe></role>");
        let planned =
            plan(&open(), Mode::Compat, &rows, &file(&[membership("C", &member("1", &role))]));
        assert_eq!(planned.rows.enrolments[0].timestart, timestart, "{begin}");
    }
}

#[test]
fn a_target_that_does_not_match_ends_the_work() {
    let settings = Settings { imsrestricttarget: "Moodle".into(), ..open() };
    let properties = |target: &str| format!("<properties><target>{target}</target></properties>\n");
    let records = |target| [group("", "A", &[]), properties(target), group("", "B", &[])];
    for (mode, target, created) in [
        (Mode::Compat, "moodle", 2),
        (Mode::Compat, "other", 1),
        (Mode::Fixed, "other", 0),
        (Mode::Fixed, " moodle ", 2),
    ] {
        let planned = plan(&settings, mode, &Site::new().rows(), &file(&records(target)));
        assert_eq!(planned.rows.courses.len(), created, "{mode:?} {target}");
    }
}

#[test]
fn what_contradicts_itself_is_said_and_the_first_counts() {
    let mut rows = site(&[("eva", "1"), ("eva", "2"), ("adam", "1")], &["C", "C"]);
    rows = enrolled(rows, "D", "eva", "student", false);
    rows = enrolled(rows, "C", "nobody", "student", false);
    let site = Site::from(rows);
    let said: Vec<_> = site.problems().iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 5, "{said:#?}");
    assert_eq!(site.user_field(site.user_by_username("eva").unwrap(), "idnumber"), "1");
}

#[test]
fn a_stream_gives_the_plan_of_the_text() {
    let members: String = (0..500).map(|number| member(&number.to_string(), ACTIVE)).collect();
    let persons =
        (0..500).map(|number| person("", &number.to_string(), Some(&format!("u{number}"))));
    let records: Vec<_> = persons.chain([group("", "C", &[]), membership("C", &members)]).collect();
    let text = file(&records);
    for mode in [Mode::Compat, Mode::Fixed] {
        let expected = plan(&open(), mode, &Site::new().rows(), &text);
        let (mut site, mut steps) = (Site::new(), Vec::new());
        let planner = Planner::new(open()).with_mode(mode).with_reader(ImsReader::new());
        let open = || Ok(BufReader::with_capacity(100, text.as_bytes()));
        let done = planner.plan_reader(open, &mut site, &mut Collector::new(), |action| {
            steps.push(format!("{} {}", action.line, action.step.name()));
        });
        done.unwrap();
        assert_eq!((steps, site.rows()), (expected.steps, expected.rows));
    }
}

fn rows() -> impl Strategy<Value = SiteRows> {
    let key = || select(vec!["", "a", "b", "c"]);
    let user = (key(), key()).prop_map(|(username, idnumber)| user(username, idnumber));
    let enrolment =
        (select(vec!["C", "D"]), key(), select(vec!["student", "teacher"]), any::<bool>());
    let group = (select(vec!["C", "D"]), select(vec!["A", "B"]), vec(key(), 0..3));
    (vec(user, 0..4), vec(enrolment, 0..4), vec(group, 0..3)).prop_map(
        |(users, enrolments, groups)| {
            let mut rows = site(&[], &["C"]);
            rows.users = users;
            for (course, username, role, suspended) in enrolments {
                rows = enrolled(rows, course, username, role, suspended);
            }
            rows.groups = groups
                .into_iter()
                .map(|(course, name, members)| GroupRow {
                    course: course.into(),
                    name: name.into(),
                    members: members.into_iter().map(str::to_owned).collect(),
                })
                .collect();
            Site::from(rows).rows()
        },
    )
}

fn record() -> impl Strategy<Value = String> {
    let key = || select(vec!["a", "b", "c", ""]);
    let recstatus = || select(vec!["", " recstatus='1'", " recstatus='2'", " recstatus='3'"]);
    let course = || select(vec!["C", "D", "E"]);
    let role = (select(vec!["01", "02", "06", "1", "Learner", ""]), recstatus(), select(vec!["1", "0", "", "Active"]), select(vec!["A", "B", ""]))
        .prop_map(|(roletype, recstatus, status, cohort)| {
            format!("<role roletype='{roletype}'{recstatus}><status>{status}</status><extension><cohort>{cohort}</cohort></extension></role>")
        });
    let members = vec((key(), role), 0..4)
        .prop_map(|members| members.iter().map(|(id, role)| member(id, role)).collect::<String>());
    prop_oneof![
        (recstatus(), key(), proptest::option::of(key()))
            .prop_map(|(recstatus, id, user)| person(recstatus, id, user)),
        (recstatus(), course(), vec(select(vec!["X", "Y", ""]), 0..3))
            .prop_map(|(recstatus, id, units)| group(recstatus, id, &units)),
        (course(), members).prop_map(|(course, members)| membership(course, &members)),
    ]
}

proptest! {
    #[test]
    fn the_actions_lead_to_the_site_that_the_planner_sees(
        rows in rows(),
        records in vec(record(), 0..8),
        fixed in any::<bool>(),
        action in select(vec![UnenrolAction::Unenrol, UnenrolAction::Keep, UnenrolAction::Suspend, UnenrolAction::SuspendNoRoles]),
        nested in any::<bool>(),
    ) {
        let settings = Settings { unenrolaction: action, nestedcategories: nested, ..open() };
        let mode = if fixed { Mode::Fixed } else { Mode::Compat };
        let planned = plan(&settings, mode, &rows, &file(&records));
        // `plan` compares the site after the actions with that of the planner.
        prop_assert!(planned.reasons.iter().all(|reason| !reason.is_empty()));
        // With everything off nothing but what needs no setting is done.
        let off = plan(&Settings::default(), mode, &rows, &file(&records));
        for step in acts(&off) {
            let step = step.split_once(' ').unwrap().1;
            let needs_none = ["hide_course", "add_instance", "enrol", "add_role", "replace_roles", "refresh_dates", "reactivate", "create_group", "add_to_group"];
            prop_assert!(needs_none.contains(&step), "{}", step);
        }
    }

    /// A file that says each thing once changes nothing the second time.
    #[test]
    fn in_fixed_mode_a_second_run_does_nothing(
        rows in rows(),
        ids in proptest::sample::subsequence(vec!["p", "q", "r"], 0..=3),
        statuses in vec(select(vec!["1", "0"]), 3),
        recstatuses in vec(select(vec!["", " recstatus='1'", " recstatus='2'"]), 4),
    ) {
        let persons = ids.iter().zip(&recstatuses).map(|(id, recstatus)| person(recstatus, id, Some(id)));
        let members: String = ids.iter().zip(&statuses).map(|(id, status)| {
            member(id, &format!("<role roletype='02'><status>{status}</status><extension><cohort>A</cohort></extension></role>"))
        }).collect();
        let records: Vec<_> = persons.chain([group(recstatuses[3], "C", &["X", "Y"]), membership("C", &members)]).collect();
        let text = file(&records);
        let first = plan(&open(), Mode::Fixed, &rows, &text);
        let second = plan(&open(), Mode::Fixed, &first.rows, &text);
        prop_assert!(acts(&second).is_empty(), "{:?}", second.steps);
        prop_assert_eq!(first.rows, second.rows);
    }
}
