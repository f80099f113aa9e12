//! The rules that `offering-rule-generator` makes of matrices, row by row of what is asked of it.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/commands.rs"]
mod generated;
#[path = "support/matrix.rs"]
mod matrices;
mod support;

use std::path::Path;
use std::{env, fs};

use folder::folder;
use generated::{commands, expressions, generate, refused};
use matrices::{INSTRUCTOR, REGISTRATION, instructor, matrix, registration, run};

const ADD: &str = "addRegisterStudentRule";
const REMOVE: &str = "addDeregisterStudentRule";
const ADD_INSTRUCTOR: &str = "addInstructorRule";
const REMOVE_INSTRUCTOR: &str = "addRemoveInstructorRule";

/// A course with one rule.
const FIRE: &str = "Fire,/Root/Fleet/Fire,OneTime,,,,x,,x";

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    path.to_str().expect("UTF-8").to_owned()
}

/// The warnings in what was said, a line each.
fn warnings(said: &str) -> Vec<&str> {
    said.lines().filter(|line| line.contains(" warning[")).collect()
}

#[test]
fn each_column_is_a_rule_and_names_are_for_people() {
    let courses: Vec<_> = (0..5).map(|n| FIRE.replace("Fire", &format!("Fire{n}"))).collect();
    let courses: Vec<_> = courses.iter().map(String::as_str).collect();
    let (lines, _) = commands("columns", "Student", &registration(&courses));
    assert_eq!(expressions(&lines, ADD).len(), 5);

    let renamed: Vec<_> =
        courses.iter().map(|course| course.replacen("Fire", "Another name", 1)).collect();
    let renamed: Vec<_> = renamed.iter().map(String::as_str).collect();
    assert_eq!(commands("renamed", "Student", &registration(&renamed)).0, lines);

    // A course that is being prepared changes nothing.
    let prepared = ["Soon,/Root/Fleet/Soon,,,,,x,!x,x"; 10];
    let more = registration(&[&courses[..], &prepared].concat());
    assert_eq!(commands("prepared", "Student", &more).0, lines);
}

#[test]
fn values_of_a_field_are_alternatives_and_fields_add_up() {
    for (number, (marks, rule)) in [
        ("x,x,x", "ProfileValueIn(Vessel,Aurora|Borealis);ProfileValueIn(Rank,Master)"),
        ("X,x,X", "ProfileValueIn(Vessel,Aurora|Borealis);ProfileValueIn(Rank,Master)"),
        ("!x,,,x", "ProfileValueIn(Rank,Cook);!ProfileValueIn(Vessel,Aurora)"),
        ("!x", "!ProfileValueIn(Vessel,Aurora)"),
        ("!X,!x", "!ProfileValueIn(Vessel,Aurora|Borealis)"),
    ]
    .into_iter()
    .enumerate()
    {
        let column = format!("Fire,/Root/Fleet/Fire,OneTime,,,,{marks}");
        let (lines, _) = commands(&format!("marks-{number}"), "Student", &registration(&[&column]));
        assert_eq!(expressions(&lines, ADD), [format!("{rule};HasNoRegistrations()")], "{marks}");
    }
    let (_, _, said) =
        generate("both", "Student", &registration(&[&FIRE.replace("x,,x", "x,!x")]), &["-v"]);
    assert!(said.contains("m.csv:10:17: info[OR-R09 redundant-exclusion]"), "{said}");
    for (number, mark) in ["1", "yes", "x!", "xx", "ja"].into_iter().enumerate() {
        let column = format!("Fire,/Root/Fleet/Fire,OneTime,,,,{mark}");
        let said = refused(&format!("mark-{number}"), "Student", &registration(&[&column]));
        let expected = format!("m.csv:9:15: error[OR-C01 mark]: `{mark}` (cell C9) is no mark");
        assert!(said.contains(&expected), "{said}");
    }
}

#[test]
fn the_type_decides_which_predicates_a_rule_has() {
    let marked = "ProfileValueIn(Vessel,Aurora)";
    for (number, (cells, rule)) in [
        ("OneTime,,", ";HasNoRegistrations()"),
        ("ReRegistration,30d,C1", ";!HasActiveRegistrations();CertificateWillExpire(C1,30d)"),
        ("ReRegistration,2m,C1", ";!HasActiveRegistrations();CertificateWillExpire(C1,2m)"),
        ("ReRegistration,3y,C1", ";!HasActiveRegistrations();CertificateWillExpire(C1,3y)"),
        // On the day of expiry.
        ("ReRegistration,,C1", ";!HasActiveRegistrations();CertificateWillExpire(C1)"),
        (
            "OnlyWithCompletedRegistration,30d,C1",
            ";HasCompletedRegistrations();!HasActiveRegistrations();CertificateWillExpire(C1,30d)",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let column = format!("Fire,/Root/Fleet/Fire,{cells},,x");
        let matrix = registration(&[&column]);
        let (lines, said) = commands(&format!("type-{number}"), "Student", &matrix);
        assert_eq!(expressions(&lines, ADD), [format!("{marked}{rule}")], "{cells}");
        assert_eq!(warnings(&said), [""; 0]);
    }
    for (number, (cells, said)) in [
        ("ReRegistration,,", "error[OR-R12 certificate-missing]"),
        ("OnlyWithCompletedRegistration,30d,", "error[OR-R12 certificate-missing]"),
        ("ReRegistration,30,C1", "`30` (cell C4) is no period"),
        ("ReRegistration,d,C1", "`d` (cell C4) is no period"),
        ("ReRegistration,1d2m,C1", "`1d2m` (cell C4) is no period"),
        ("Sometimes,,", "`Sometimes` (cell C3) is no Registration Type"),
    ]
    .into_iter()
    .enumerate()
    {
        let column = format!("Fire,/Root/Fleet/Fire,{cells},,x");
        let err = refused(&format!("no-type-{number}"), "Student", &registration(&[&column]));
        assert!(err.contains(said), "{cells}: {err}");
    }
}

#[test]
fn what_a_type_does_not_use_is_left_out_of_the_rule() {
    let matrix = registration(&["Fire,/Root/Fleet/Fire,OneTime,30d,C1,,x"]);
    let (lines, said) = commands("unused", "Student", &matrix);
    assert_eq!(expressions(&lines, ADD), ["ProfileValueIn(Vessel,Aurora);HasNoRegistrations()"]);
    let found = warnings(&said);
    assert_eq!(found.len(), 2, "{said}");
    assert!(found[0].contains("m.csv:4:44: warning[OR-R14 ") && found[1].contains("[OR-R13 "));
}

#[test]
fn deletes_come_first_and_once_a_course() {
    let matrix = registration(&[
        FIRE,
        &FIRE.replace("x,,x", ",x,x"),
        "Old,/Root/Fleet/Old,Deactivated,,,,x",
        "Soon,/Root/Fleet/Soon,,,,x,x",
        "Empty,/Root/Fleet/Empty,OneTime",
    ]);
    let (lines, said) = commands("deletes", "Student", &matrix);
    let names = |course: &str| {
        ["deleteRegisterStudentRules", "deleteDeregisterStudentRules"]
            .map(|name| format!("{name} /Root/Fleet /Root/Fleet/{course} AUTO"))
    };
    assert_eq!(lines[..6], [names("Fire"), names("Old"), names("Empty")].concat());
    assert_eq!(expressions(&lines, ADD).len(), 2);
    assert_eq!(lines.len(), 8, "a deactivated course has no rules, an empty one nothing at all");
    // The column was left empty by accident.
    let found = warnings(&said);
    assert_eq!(found.len(), 1, "{said}");
    assert!(found[0].contains("[OR-R04 no-requirement]: `/Root/Fleet/Empty` (G3) is OneTime"));
}

#[test]
fn a_mark_for_removal_removes_whom_no_column_keeps() {
    let (lines, _) = commands("kept", "Student", &registration(&[FIRE]));
    assert_eq!(expressions(&lines, REMOVE), [""; 0]);
    let removal = "Fire,/Root/Fleet/Fire,OneTime,,,x,x,,x";
    let (lines, _) = commands("removed", "Student", &registration(&[removal]));
    let rules = ["!ProfileValueIn(Vessel,Aurora)", "!ProfileValueIn(Rank,Master)"]
        .map(|rule| format!("{rule};HasActiveRegistrations()"));
    assert_eq!(expressions(&lines, REMOVE), rules);

    // Who meets the other column is named in no rule.
    let other = "Fire,/Root/Fleet/Fire,OneTime,,,,,x";
    let (lines, _) = commands("both-columns", "Student", &registration(&[removal, other]));
    let removals = expressions(&lines, REMOVE);
    assert_eq!(removals.len(), 2);
    assert!(removals.iter().all(|rule| rule.contains("!ProfileValueIn(Vessel,Borealis)")));
}

#[test]
fn students_and_instructors_are_told_apart() {
    let (students, _) = commands("students", "Student", &registration(&[FIRE]));
    let active = "Fire,/Root/Fleet/Fire,Active,x,x,,x";
    let (lines, _) = commands("instructors", "Instructor", &instructor(&[active]));
    let needed = "ProfileValueIn(Vessel,Aurora);ProfileValueIn(Rank,Master)";
    assert_eq!(expressions(&students, ADD), [format!("{needed};HasNoRegistrations()")]);
    assert_eq!(expressions(&lines, ADD_INSTRUCTOR), [needed]);
    assert_eq!(
        expressions(&lines, REMOVE_INSTRUCTOR),
        ["!ProfileValueIn(Vessel,Aurora)", "!ProfileValueIn(Rank,Master)"]
    );
    assert!(!lines.concat().contains("Student") && !students.concat().contains("Instructor"));

    for (rules, matrix, said) in [
        ("Instructor", registration(&[FIRE]), "a matrix of Registration rules, not of Instructor"),
        ("Student", instructor(&[active]), "a matrix of Instructor rules, not of Registration"),
    ] {
        let err = refused(&format!("wrong-{rules}"), rules, &matrix);
        assert!(err.contains(said), "{err}");
    }
}

#[test]
fn the_status_of_an_instructor_rule() {
    let matrix = instructor(&[
        "Fire,/Root/Fleet/Fire,Active,,x",
        "Old,/Root/Fleet/Old,Deactivated,x,x",
        "Soon,/Root/Fleet/Soon,,x,x",
        "Empty,/Root/Fleet/Empty,Active",
    ]);
    let (lines, said) = commands("status", "Instructor", &matrix);
    let names = |course: &str| {
        ["deleteInstructorRules", "deleteRemoveInstructorRules"]
            .map(|name| format!("{name} /Root/Fleet /Root/Fleet/{course} AUTO"))
    };
    assert_eq!(lines[..6], [names("Fire"), names("Old"), names("Empty")].concat());
    let rule =
        "addInstructorRule /Root/Fleet /Root/Fleet/Fire \"ProfileValueIn(Vessel,Aurora)\" AUTO";
    assert_eq!(lines[6..], [rule]);
    let found = warnings(&said);
    assert_eq!(found.len(), 1, "{said}");
    assert!(found[0].contains("`/Root/Fleet/Empty` (F3) is Active and no requirement is marked"));
}

#[test]
fn rows_are_known_by_their_labels() {
    let matrix = registration(&[FIRE]);
    let (lines, _) = commands("labels", "Student", &matrix);
    // Labels in the first column, a further blank row, empty rows and columns at the end, row numbers.
    let in_front = REGISTRATION.iter().fold(matrix.clone(), |text, label| {
        text.replacen(&format!(",{label},"), &format!("{label},,"), 1)
    });
    let further = matrix.replace(",,\r\n", ",,\r\n,,\r\n");
    let trailing = matrix.replace("\r\n", ",,\r\n") + ",,,,\r\n\r\n";
    let numbered = (1..)
        .zip(matrix.lines())
        .fold(String::new(), |text, (number, row)| text + &format!("{number},{row}\r\n"));
    for (name, matrix) in
        [("front", in_front), ("further", further), ("trailing", trailing), ("numbers", numbered)]
    {
        assert_eq!(commands(name, "Student", &matrix).0, lines, "{name}: {matrix}");
    }
}

#[test]
fn a_path_is_written_as_it_is_or_not_at_all() {
    let odd = "Fire,/Root/Fleet/A b/C-1_2.3/Brann'øving,OneTime,,,,x";
    let (lines, _) = commands("odd-path", "Student", &registration(&[odd]));
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line.contains(" \"/Root/Fleet/A b/C-1_2.3/Brann'øving\" ")));
    for (number, path) in ["Root/Fleet/Fire", "/Root//Fire", "-rf"].into_iter().enumerate() {
        let matrix = registration(&[&format!("Fire,{path},OneTime,,,,x")]);
        let said = refused(&format!("path-{number}"), "Student", &matrix);
        let expected = format!(": error[OR-C06 path]: `{path}` (cell C2) is no full path");
        assert!(said.contains(&expected), "{said}");
    }
    let said = refused("no-path", "Student", &registration(&["Fire,,OneTime,,,,x"]));
    assert!(said.contains("m.csv:2:14: error[OR-C12 path-missing]"), "{said}");
    let (_, said) = commands(
        "outside",
        "Student",
        &registration(&[FIRE, "Fire,/Root/fleet/Fire,OneTime,,,,x"]),
    );
    let expected = "m.csv:2:31: warning[OR-R02 outside-organisation]: `/Root/fleet/Fire` (cell D2)";
    assert!(said.contains(expected), "{said}");
}

/// Nothing from a cell becomes another argument, predicate or command.
#[test]
fn no_cell_can_change_the_commands() {
    let good = matrix(&REGISTRATION, &["Fire,/Root/Fleet/Fire,ReRegistration,,Cert,,x"]);
    for (number, evil) in [
        "A\ndeleteEverything",
        "A\rdeleteEverything",
        "A\u{2028}deleteEverything",
        "A\" AUTO",
        "\"; deleteEverything",
        "A); !HasNoRegistrations(",
        "A,B",
        "A|B",
        "$(reboot)",
        "$HOME",
        "A\0",
    ]
    .into_iter()
    .enumerate()
    {
        let quoted = format!("\"{}\"", evil.replace('"', "\"\""));
        for (name, word, cell, with) in [
            ("value", ",Aurora,", "B9", format!(",{quoted},")),
            ("field", "Vessel,A", "A9", format!("{quoted},A")),
            ("certificate", ",Cert\r", "C5", format!(",{quoted}\r")),
            ("path", ",/Root/Fleet/Fire", "C2", quoted.replacen('"', ",\"/Root/Fleet/", 1)),
        ] {
            let matrix = good.replacen(word, &with, 1);
            assert_ne!(matrix, good);
            let err = refused(&format!("evil-{number}-{name}"), "Student", &matrix);
            assert!(err.contains(&format!("(cell {cell})")), "{name} {evil:?}: {err}");
            assert!(err.contains("error[OR-R01 reserved-character]"), "{name} {evil:?}: {err}");
        }
        // A name is for people: it is in no command.
        let named = good.replacen("Fire", &quoted, 1);
        let (lines, _) = commands(&format!("evil-{number}-name"), "Student", &named);
        assert_eq!(lines.len(), 3, "{evil:?}");
        assert!(!lines.concat().contains("Everything"));
    }
    // The argument begins with the name of a predicate: a minus in front of a value is no option.
    let (lines, _) = commands("minus", "Student", &good.replacen(",Aurora,", ",-Aurora,", 1));
    assert!(lines[2].contains(" \"ProfileValueIn(Vessel,-Aurora);"), "{lines:?}");
}

#[test]
fn the_documented_registration_matrix() {
    let folder = folder("documented-registration", &[]);
    let matrix = data("registration.csv");
    let out = folder.join("Cmg Test RegistrationRule_Commands.txt");
    let out = out.to_str().expect("UTF-8");
    let args = ["Student", "-f", &matrix, "-o", out, "-p", "/Root/Carnival/CMG", "-v"];
    let (code, _, err) = run("offering-rule-generator", &folder, &args);
    assert_eq!((code, warnings(&err)), (0, vec![]), "{err}");
    let written = fs::read_to_string(out).expect("the commands");
    let courses = [
        "/Root/Carnival/CMG/HESS/WorkingHeightWorker",
        "/Root/Carnival/CMG/PDRs/EO/CostaAtlantica/PDR3",
        "/Root/Carnival/CMG/EOT/ConfinedSpaces",
    ];
    let deletes: String = courses
        .iter()
        .flat_map(|course| {
            ["deleteRegisterStudentRules", "deleteDeregisterStudentRules"]
                .map(|name| format!("{name} /Root/Carnival/CMG {course} AUTO\n"))
        })
        .collect();
    let [height, pdr, _] = courses;
    let adds = format!(
        "{ADD} /Root/Carnival/CMG {height} \"ProfileValueIn(Vessel,AIDAblue|Costa Atlantica);\
         ProfileValueIn(Rank,Engineer);HasNoRegistrations()\" AUTO\n\
         {ADD} /Root/Carnival/CMG {pdr} \"ProfileValueIn(Vessel,Costa Atlantica);\
         ProfileValueIn(Rank,Environmental Officer);!HasActiveRegistrations();\
         CertificateWillExpire(CourseCompleted1Y,30d)\" AUTO\n"
    );
    assert_eq!(written, deletes + &adds);
}

#[test]
fn the_documented_instructor_matrix() {
    let folder = folder("documented-instructor", &[]);
    let matrix = data("instructor.csv");
    let args = ["Instructor", "-f", &matrix, "-o", "c.txt", "-p", "/Root/Carnival/CMG", "-v"];
    let (code, _, err) = run("offering-rule-generator", &folder, &args);
    assert_eq!((code, warnings(&err)), (0, vec![]), "{err}");
    let written = fs::read_to_string(folder.join("c.txt")).expect("the commands");
    let of_course = "/Root/Carnival/CMG /Root/Carnival/CMG/HESS/PubHealth1";
    let expected = [
        format!("deleteInstructorRules {of_course} AUTO\n"),
        format!("deleteRemoveInstructorRules {of_course} AUTO\n"),
        format!(
            "{ADD_INSTRUCTOR} {of_course} \"ProfileValueIn(Vessel,AIDAblue|Costa Atlantica)\" AUTO\n"
        ),
        format!("{ADD_INSTRUCTOR} {of_course} \"ProfileValueIn(Rank,Captain|Engineer)\" AUTO\n"),
        // A captain on another vessel stays.
        format!(
            "{REMOVE_INSTRUCTOR} {of_course} \"!ProfileValueIn(Vessel,AIDAblue|Costa Atlantica);\
             !ProfileValueIn(Rank,Captain|Engineer)\" AUTO\n"
        ),
    ];
    assert_eq!(written, expected.concat());
}

#[test]
fn blanks_in_empty_cells_are_no_marks() {
    let blank = instructor(&["Fire,/Root/Fleet/Fire,Active,\u{a0},x,\u{a0}, ,\u{a0}\u{a0}"]);
    let plain = matrix(&INSTRUCTOR, &["Fire,/Root/Fleet/Fire,Active,,x"]);
    let lines = |name, matrix: &str| commands(name, "Instructor", matrix).0;
    assert_eq!(lines("blanks", &blank), lines("no-blanks", &plain));
}

/// Deletes, rules and removal rules by course and by column, as the list of the corpus has them.
#[test]
#[ignore = "needs CORPUS"]
fn the_corpus() {
    let corpus = env::var("CORPUS").expect("CORPUS is set");
    let folder = folder("corpus", &[]);
    for (name, warned, deletes, adds, by_course, by_column) in [
        ("registration-4.3", 0, 8, 3, 4, 4),
        ("registration-4.7", 0, 8, 6, 6, 5),
        ("instructor-4.3", 1, 6, 2, 4, 4),
        ("instructor-4.7", 0, 6, 4, 5, 5),
        ("registration-old", 0, 6, 4, 3, 3),
        ("instructor-old", 0, 4, 3, 4, 4),
    ] {
        let is_registration = name.starts_with("registration");
        let rules = if is_registration { "Student" } else { "Instructor" };
        let (add, remove) =
            if is_registration { (ADD, REMOVE) } else { (ADD_INSTRUCTOR, REMOVE_INSTRUCTOR) };
        let matrix = format!("{corpus}/offering-rules/{name}.csv");
        for (mode, removals) in [("course", by_course), ("column", by_column)] {
            let args = ["-f", &matrix, "-o", "c.txt", "-p", "/Root/Northfjord/Fleet"];
            let args = [&[rules, "--removal", mode], &args[..]].concat();
            let (code, _, err) = run("offering-rule-generator", &folder, &args);
            assert_eq!(code, 0, "{name}: {err}");
            let unmarked = warnings(&err).iter().filter(|line| line.contains("[OR-R04 ")).count();
            assert_eq!(unmarked, warned, "{name}: {err}");
            let written = fs::read_to_string(folder.join("c.txt")).expect("the commands");
            let lines: Vec<_> = written.lines().map(str::to_owned).collect();
            let found = [
                lines.iter().filter(|line| line.starts_with("delete")).count(),
                expressions(&lines, add).len(),
                expressions(&lines, remove).len(),
            ];
            assert_eq!(found, [deletes, adds, removals], "{name} by {mode}:\n{written}");
            assert!(lines.is_sorted_by_key(|line| !line.starts_with("delete")));
            assert!(!written.contains("PolarWaters"), "{name}");
        }
    }
}
