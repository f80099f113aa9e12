//! Runs `offering-rule-generator` and `offering-rule-matrix` as their callers do.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/commands.rs"]
mod generated;
#[path = "support/matrix.rs"]
mod matrices;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use folder::folder;
use generated::{FLEET, commands, expressions, generate, refused};
use matrices::{instructor, registration, run};
use serde_json::{Value, json};

const GENERATOR: &str = "offering-rule-generator";
const MATRIX: &str = "offering-rule-matrix";

/// A course with one rule, whose users are removed.
const FIRE: &str = "Fire,/Root/Fleet/Fire,OneTime,,,x,x,,x";

fn sample() -> String {
    let path = root().join("examples/data/offering-rules/registration.csv");
    fs::read_to_string(path).expect("the sample is there")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

/// All that is in a folder.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut contents: Vec<_> =
        paths.map(|path| (path.clone(), fs::read(path).unwrap_or_default())).collect();
    contents.sort();
    contents
}

/// What is said in a run that ends with `code` and changes no file.
fn fails(code: i32, name: &str, folder: &Path, args: &[&str]) -> String {
    let before = contents(folder);
    let (ended, out, err) = run(name, folder, args);
    assert_eq!((ended, out.as_str()), (code, ""), "{args:?}\n{err}");
    assert_eq!(contents(folder), before, "{args:?}");
    err
}

/// The command line in a help text, as arguments, with `out` for the file it writes.
fn example(help: &str, out: &str) -> Vec<String> {
    let (_, line) = help.split_once(" -- ").expect("an example");
    let (line, _) = line.split_once("\n\n").expect("a command and what it does");
    let words = line.replace('\\', " ");
    let words = words.split_whitespace().map(|word| match word {
        "commands.txt" | "old.csv" => out.to_owned(),
        word => word.to_owned(),
    });
    words.collect()
}

#[test]
fn the_examples_of_the_help_texts_work() {
    let folder = folder("offering-help", &[]);
    for (name, first) in [(GENERATOR, "deleteRegisterStudentRules "), (MATRIX, "Course Name,")] {
        let (code, help, err) = run(name, root(), &["--help"]);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(help.contains("With 1 and 2 nothing was written."), "{help}");
        let out = folder.join(name);
        let args = example(&help, out.to_str().expect("UTF-8"));
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        let (code, out_text, err) = run(name, root(), &args);
        assert_eq!((code, out_text.as_str()), (0, ""), "{args:?}: {err}");
        let written = fs::read_to_string(&out).expect("the example writes it");
        assert!(written.starts_with(first), "{written}");
    }
}

#[test]
fn what_is_mandatory() {
    let folder = folder("offering-mandatory", &[("m.csv", &registration(&[FIRE]))]);
    let parts = [&["Student"][..], &["-f", "m.csv"], &["-o", "c.txt"], &["-p", FLEET]];
    for (missing, said) in ["<Student|Instructor>", "-f <", "-o <", "-p <"].iter().enumerate() {
        let mut parts = parts.to_vec();
        parts.remove(missing);
        let err = fails(2, GENERATOR, &folder, &parts.concat());
        assert!(err.contains(&format!("not provided:\n  {said}")), "{err}");
        assert!(err.contains("Usage: offering-rule-generator "), "{err}");
    }
    for args in [&[][..], &["convert"], &["convert", "m.csv"], &["turn", "m.csv", "o.csv"]] {
        let err = fails(2, MATRIX, &folder, args);
        assert!(err.contains("Usage: offering-rule-matrix"), "{args:?}: {err}");
    }
    for layout in ["5", "V4_3", ""] {
        let args = ["convert", "m.csv", "o.csv", "--layout", layout];
        let err = fails(2, MATRIX, &folder, &args);
        assert!(err.contains("is no layout: there are `4.3`, `extended`"), "{err}");
    }
    let args = ["convert", "m.csv", "o.csv", "--orientation", "new"];
    assert!(fails(2, MATRIX, &folder, &args).contains("[possible values: transposed, old]"));
    let err = fails(2, GENERATOR, &folder, &[&["Teacher"], &parts[1..].concat()[..]].concat());
    assert!(err.contains("invalid value 'Teacher'"), "{err}");
}

#[test]
fn options_stand_in_any_order_and_v_only_talks() {
    let matrix = registration(&[FIRE, "Old,/Root/Fleet/Old,Deactivated", "Soon,/Root/Fleet/Soon"]);
    let folder = folder("offering-order", &[("my matrix.csv", &matrix)]);
    let parts = [
        &["Student"][..],
        &["-f", "my matrix.csv"],
        &["-o", "the commands.txt"],
        &["-p", FLEET],
        &["-v"],
    ];
    let mut outcomes = Vec::new();
    for first in 0..parts.len() {
        let args = [&parts[first..], &parts[..first]].concat().concat();
        let (code, out, err) = run(GENERATOR, &folder, &args);
        assert_eq!((code, out.as_str()), (0, ""), "{args:?}: {err}");
        let written = fs::read_to_string(folder.join("the commands.txt")).expect("the commands");
        outcomes.push((written, err));
    }
    assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]), "{outcomes:?}");

    let (written, talk) = &outcomes[0];
    let expected = [
        "read a matrix of Registration rules, layout 4.3, transposed: 3 columns, 4 profile values, 2 marks",
        "/Root/Fleet/Fire: 2 deletes, 1 rule, 2 removal rules",
        "/Root/Fleet/Old: 2 deletes, 0 rules, 0 removal rules",
        "/Root/Fleet/Soon: nothing, the column has no status",
        "wrote 7 commands to the commands.txt",
    ];
    let talk: Vec<_> = talk.lines().collect();
    assert_eq!(talk, expected.map(|line| format!("{GENERATOR}: {line}")));
    let (code, _, quiet) = run(GENERATOR, &folder, &parts[..4].concat());
    assert_eq!((code, quiet.lines().collect::<Vec<_>>()), (0, vec![talk[4]]));
    let again = fs::read_to_string(folder.join("the commands.txt")).expect("the commands");
    assert_eq!(again, *written);
}

#[test]
fn with_an_error_a_file_stays_as_it_was() {
    let files = [
        ("good.csv", registration(&[FIRE])),
        ("bad.csv", registration(&[&FIRE.replace("x,,x", "x,,1")])),
        ("instructor.csv", instructor(&["Fire,/Root/Fleet/Fire,Active,,x"])),
        ("none.csv", "name,phone\r\nEva,12\r\n".to_owned()),
        ("empty.csv", String::new()),
        ("out.txt", "as it was".to_owned()),
    ];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let folder = folder("offering-stays", &files);
    for matrix in ["bad.csv", "instructor.csv", "none.csv", "empty.csv"] {
        for out in ["out.txt", "new.txt"] {
            let args = ["Student", "-f", matrix, "-o", out, "-p", FLEET];
            let err = fails(1, GENERATOR, &folder, &args);
            assert!(err.contains(": error[OR-") && err.ends_with("; nothing was written\n"));
            if matrix != "instructor.csv" {
                let err = fails(1, MATRIX, &folder, &["convert", matrix, out]);
                assert!(err.ends_with("the matrix has errors; nothing was written\n"), "{err}");
            }
        }
    }
    // Where all is well the file is replaced as a whole.
    let args = ["Student", "-f", "good.csv", "-o", "out.txt", "-p", FLEET];
    assert_eq!(run(GENERATOR, &folder, &args).0, 0);
    let written = fs::read_to_string(folder.join("out.txt")).expect("the commands");
    assert!(written.starts_with("delete") && written.ends_with(" AUTO\n"), "{written}");
}

#[test]
fn what_cannot_be_done() {
    let files = [("m.csv", &*registration(&[FIRE])), ("d.json", "{}"), ("sub/x", "")];
    let folder = folder("offering-cannot", &files);
    for (matrix, out, organisation, said) in [
        ("gone.csv", "c.txt", FLEET, "gone.csv: No such file"),
        ("sub", "c.txt", FLEET, "sub: "),
        ("m.csv", "sub", FLEET, "sub: it is a folder"),
        ("m.csv", "no/c.txt", FLEET, "no/c.txt: "),
        ("m.csv", "m.csv", FLEET, "would take the place of the matrix"),
        ("m.csv", "sub/../m.csv", FLEET, "would take the place of the matrix"),
        ("m.csv", "d.json", FLEET, "would take the place of the dialect"),
        ("m.csv", "c.txt", "Root/Fleet", "`Root/Fleet` is no path: write it from `/Root` on"),
        ("m.csv", "c.txt", "/", "`/` is no path"),
        ("m.csv", "c.txt", "/Root//Fleet", "is no path"),
        ("m.csv", "c.txt", "/Root/\"Fleet", "cannot be written into a command"),
        ("m.csv", "c.txt", "/Root/a\nb", "cannot be written into a command"),
    ] {
        let args = ["Student", "-f", matrix, "-o", out, "-p", organisation, "--dialect", "d.json"];
        let err = fails(2, GENERATOR, &folder, &args);
        assert!(err.contains(said) && err.ends_with("; nothing was written\n"), "{err}");
    }
    for (matrix, out, said) in [
        ("gone.csv", "o.csv", "gone.csv: No such file"),
        ("m.csv", "sub", "sub: it is a folder"),
        ("m.csv", "no/o.csv", "no/o.csv: "),
    ] {
        let err = fails(2, MATRIX, &folder, &["convert", matrix, out]);
        assert!(err.contains(said) && err.ends_with("; nothing was written\n"), "{err}");
    }
    // A slash at the end of the organisation is no fault.
    let args = ["student", "-f", "m.csv", "-o", "c.txt", "-p", "/Root/Fleet/"];
    assert_eq!(run(GENERATOR, &folder, &args).0, 0);
    let written = fs::read_to_string(folder.join("c.txt")).expect("the commands");
    assert!(written.starts_with("deleteRegisterStudentRules /Root/Fleet /Root/Fleet/Fire AUTO\n"));
}

#[test]
fn a_dialect_spells_the_commands() {
    let matrix = registration(&["Fire,/Root/Fleet/Fire,ReRegistration,30d,C1,,x"]);
    let dialect = r#"{"commands": {"add_registration": {"name": "addRule"}},
        "predicates": {"certificate_will_expire": "Expires({period};{certificate})"}, "mark": null}"#;
    let folder = folder("offering-dialect", &[("m.csv", &matrix)]);
    let args = ["Student", "-f", "m.csv", "-o", "c.txt", "-p", FLEET, "--dialect", "dialect.json"];
    for mark in ["", "\u{feff}"] {
        fs::write(folder.join("dialect.json"), format!("{mark}{dialect}")).expect("a file");
        let (code, _, err) = run(GENERATOR, &folder, &args);
        assert_eq!(code, 0, "{err}");
        let written = fs::read_to_string(folder.join("c.txt")).expect("the commands");
        let expected = "deleteRegisterStudentRules /Root/Fleet /Root/Fleet/Fire\n\
            deleteDeregisterStudentRules /Root/Fleet /Root/Fleet/Fire\n\
            addRule /Root/Fleet /Root/Fleet/Fire \"ProfileValueIn(Vessel,Aurora);\
            !HasActiveRegistrations();Expires(30d;C1)\"\n";
        assert_eq!(written, expected);
    }
    for (dialect, said) in [
        ("{", "EOF while parsing"),
        (r#"{"comands": {}}"#, "unknown field `comands`"),
        (r#"{"commands": {"add_nothing": {"name": "a"}}}"#, "unknown variant `add_nothing`"),
        (r#"{"commands": {"pause": {"name": "a b"}}}"#, "`a b` cannot be the name of a command"),
        (
            r#"{"commands": {"pause": {"name": "a", "arguments": ["{curse}"]}}}"#,
            "`{curse}` is no placeholder",
        ),
        (
            r#"{"commands": {"add_registration": {"name": "a", "arguments": ["{course}"]}}}"#,
            "`{expression}` is needed",
        ),
    ] {
        fs::write(folder.join("dialect.json"), dialect).expect("a file");
        let err = fails(2, GENERATOR, &folder, &args);
        assert!(err.contains(&format!("dialect.json: {said}")), "{err}");
    }
    fs::remove_file(folder.join("dialect.json")).expect("our own file");
    assert!(fails(2, GENERATOR, &folder, &args).contains("dialect.json: No such file"));
}

#[test]
fn removal_by_course_and_by_column() {
    let matrix = registration(&[FIRE, "Fire,/Root/Fleet/Fire,OneTime,,,x,,x,,x"]);
    let removals = |more: &[&str]| {
        let (code, lines, err) = generate(&format!("by{}", more.len()), "Student", &matrix, more);
        let lines = lines.unwrap_or_default();
        let rules = expressions(&lines, "addDeregisterStudentRule");
        let rules = rules.iter().map(|rule| rule.replace(";HasActiveRegistrations()", ""));
        (code, rules.collect::<Vec<_>>(), err)
    };
    let [aurora, borealis] =
        ["Aurora", "Borealis"].map(|it| format!("!ProfileValueIn(Vessel,{it})"));
    let [master, cook] = ["Master", "Cook"].map(|it| format!("!ProfileValueIn(Rank,{it})"));
    let both = |one: &str, other: &str| format!("{one};{other}");
    let by_course = [
        both(&aurora, &borealis),
        both(&aurora, &cook),
        both(&master, &borealis),
        both(&master, &cook),
    ];
    assert_eq!(removals(&[]).1, by_course);
    let (code, rules, err) = removals(&["--removal", "column"]);
    assert_eq!((code, rules), (0, vec![aurora, master, borealis, cook]));
    assert!(err.contains(": warning[OR-G03 removal-differs]"), "{err}");

    let (code, _, err) = removals(&["--removal", "course", "--removal-limit", "4"]);
    assert_eq!(code, 0, "{err}");
    let (code, lines, err) = generate("limit", "Student", &matrix, &["--removal-limit", "3"]);
    assert_eq!((code, lines), (1, None), "{err}");
    let said = "`/Root/Fleet/Fire` (C2) would need 4 removal rules, 3 are allowed";
    assert!(err.contains(said), "{err}");
}

#[test]
fn commands_as_json_and_the_frame_around_them() {
    let matrix = registration(&[FIRE, "Old,/Root/Fleet/Old,Deactivated"]);
    let more = ["--format", "json", "--processing"];
    let (code, lines, err) = generate("json", "Student", &matrix, &more);
    assert_eq!(code, 0, "{err}");
    let report: Value = serde_json::from_str(&lines.expect("JSON").join("\n")).expect("JSON");
    let [fire, old] = ["/Root/Fleet/Fire", "/Root/Fleet/Old"];
    let delete =
        |rules: &str, course: &str| json!({"command": "delete", "rules": rules, "course": course});
    let add = |rules: &str, expression: &str| json!({"command": "add", "rules": rules, "course": fire, "expression": expression});
    let again =
        |course: &str| json!({"command": "re_evaluate", "kind": "registration", "course": course});
    let needed = "ProfileValueIn(Vessel,Aurora);ProfileValueIn(Rank,Master);HasNoRegistrations()";
    let expected = json!([
        {"command": "pause"},
        delete("registration", fire),
        delete("de_registration", fire),
        delete("registration", old),
        delete("de_registration", old),
        add("registration", needed),
        add("de_registration", "!ProfileValueIn(Vessel,Aurora);HasActiveRegistrations()"),
        add("de_registration", "!ProfileValueIn(Rank,Master);HasActiveRegistrations()"),
        again(fire),
        again(old),
        {"command": "continue"},
    ]);
    assert_eq!(report, json!({"version": 1, "commands": expected}));

    let (_, lines, _) = generate("frame", "Student", &matrix, &["--processing"]);
    let lines = lines.expect("the commands");
    assert_eq!(lines[0], "PauseAutomaticOfferingRuleProcessing");
    let again = "ReEvaluateOfferingRulesByCoursePathMatch Registration /Root/Fleet";
    assert_eq!(lines[8..10], ["Fire", "Old"].map(|course| format!("{again} {course}")));
    assert_eq!(lines[10..], ["ContinueAutomaticOfferingRuleProcessing"]);
}

/// Whoever executes the commands twice has the rules once.
#[test]
fn executing_the_commands_again_changes_nothing() {
    let (lines, _) = commands("again", "Student", &sample());
    let mut rules: Vec<(String, String)> =
        vec![("Student".to_owned(), "/Root/Fleet/Other".to_owned())];
    let mut states = Vec::new();
    for _ in 0..2 {
        for line in &lines {
            let words: Vec<_> = line.splitn(4, ' ').collect();
            let set = if words[0].contains("Deregister") { "Removal" } else { "Student" };
            if words[0].starts_with("delete") {
                rules.retain(|(of, rule)| of != set || rule.split(' ').next() != Some(words[2]));
            } else {
                rules.push((set.to_owned(), format!("{} {}", words[2], words[3])));
            }
        }
        states.push(rules.clone());
    }
    assert_eq!(states[0], states[1]);
    assert_eq!(states[0].len(), 13, "four rules, eight that remove, and the one of another course");
}

#[test]
fn head_rows_that_are_not_known() {
    let matrix = registration(&[FIRE]).replacen(",De-Reg", ",Remark,mind\r\n,De-Reg", 1);
    let err = refused("unknown", "Student", &matrix);
    assert!(err.contains("error[OR-L02 unknown-label]: `Remark` (cell B6)"), "{err}");
    let (code, lines, err) = generate("kept", "Student", &matrix, &["--keep-unknown"]);
    assert!(err.contains("warning[OR-L02 unknown-label]"), "{err}");
    let (plain, _) = commands("unknown-plain", "Student", &registration(&[FIRE]));
    assert_eq!((code, lines), (0, Some(plain)));

    let folder = folder("offering-unknown", &[("m.csv", &matrix)]);
    fails(1, MATRIX, &folder, &["convert", "m.csv", "o.csv"]);
    let args = ["convert", "m.csv", "o.csv", "--keep-unknown"];
    assert_eq!(run(MATRIX, &folder, &args).0, 0);
    let written = fs::read_to_string(folder.join("o.csv")).expect("the matrix");
    assert!(written.contains(",Remark,mind\r\n"), "{written}");
}

#[test]
fn every_layout_and_orientation() {
    let sample = sample();
    let folder = folder("offering-convert", &[("m.csv", &sample)]);
    let convert = |args: &[&str]| {
        let (code, out, err) = run(MATRIX, &folder, &[&["convert"], args].concat());
        assert_eq!((code, out.as_str()), (0, ""), "{args:?}: {err}");
        (fs::read_to_string(folder.join(args[1])).expect("the matrix"), err)
    };
    let lossy = [
        ("4.3", &["7:94", "12:26", "13:36"][..]),
        ("extended", &["12:26", "13:36"]),
        ("4.6", &[]),
        ("4.7", &[]),
    ];
    for (layout, lost) in lossy {
        for orientation in ["transposed", "old"] {
            let turned = ["--layout", layout, "--orientation", orientation];
            let (written, err) = convert(&[&["m.csv", "o.csv"], &turned[..]].concat());
            let losses: Vec<_> = err.lines().collect();
            assert_eq!(losses.len(), lost.len(), "{err}");
            for (said, place) in losses.iter().zip(lost) {
                let expected = format!("m.csv:{place}: warning[OR-W02 conversion-loss]: ");
                assert!(said.starts_with(&expected), "{said}");
            }
            let first = if orientation == "old" { "Course Name," } else { ",Course Name," };
            assert!(written.starts_with(first) && written.ends_with("\r\n"), "{written}");
            assert!(written.contains("\"Fire Team, Leading\""), "names are kept");
            assert_eq!(written.contains("TypeOfMostRecently"), layout == "4.7");

            // It reads as itself, and nothing that had a row is gone.
            let (again, err) = convert(&["o.csv", "again.csv"]);
            assert_eq!((again, err.as_str()), (written, ""));
            let (back, _) =
                convert(&["o.csv", "back.csv", "--layout", "4.6", "--orientation", "transposed"]);
            assert_eq!(back == sample, lost.is_empty(), "{layout} {orientation}:\n{back}");
        }
    }
    let (written, err) = convert(&["m.csv", "o.csv"]);
    assert_eq!((written, err.as_str()), (sample.clone(), ""));

    let (sorted, _) = convert(&["m.csv", "o.csv", "--sort"]);
    let names =
        ",Course Name,Ice Navigation,Radar Familiarisation,Galley Hygiene,Evacuation Drill,";
    assert!(sorted.starts_with(names), "{sorted}");
    let ranks = sorted.lines().filter_map(|line| line.strip_prefix("Rank,"));
    let ranks: Vec<_> = ranks.filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ranks, ["Chief Mate", "Cook", "Deckhand", "Master", "Ticket Inspector"]);
    assert_eq!(convert(&["o.csv", "again.csv", "--sort"]).0, sorted);
    // In place.
    assert_eq!(convert(&["o.csv", "o.csv"]).0, sorted);
}

#[test]
fn the_older_format_gives_the_same_rules() {
    let old = "Course Name,Course Path,Re-Registration,Re-Registration Before Certificate Expiry,\
        Certificate Short Id,De-Registration,Vessel,,Rank\r\n,,,,,,Aurora,Borealis,Master\r\n\
        Fire,/Root/Fleet/Fire,x,30d,C1,x,x,x,x\r\nGalley,/Root/Fleet/Galley,,,,,x,,!x\r\n";
    let folder = folder("offering-older", &[("old.csv", old), ("m.csv", &sample())]);
    for (from, organisation, orientation, said) in [
        (
            "old.csv",
            FLEET,
            "transposed",
            "warning[OR-W04 old-type]: `/Root/Fleet/Galley` registers",
        ),
        ("m.csv", "/Root/Sundfjord/Ferries", "old", ""),
    ] {
        let args = ["convert", from, "turned.csv", "--orientation", orientation];
        let (code, _, err) = run(MATRIX, &folder, &args);
        assert!(code == 0 && err.contains(said), "{err}");
        let commands = ["turned.csv", from].map(|matrix| {
            let args = ["Student", "-f", matrix, "-o", "c.txt", "-p", organisation];
            let (code, _, err) = run(GENERATOR, &folder, &args);
            assert_eq!(code, 0, "{err}");
            fs::read_to_string(folder.join("c.txt")).expect("the commands")
        });
        assert_eq!(commands[0], commands[1]);
        assert!(commands[0].contains("addRegisterStudentRule "), "{}", commands[0]);
    }
}
