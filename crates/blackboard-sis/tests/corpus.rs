//! The files of the corpus, each with what its list says of it. Run with `CORPUS` set to the folder.

#![expect(clippy::disallowed_methods, reason = "the corpus is a folder that the environment names")]

use std::path::{Path, PathBuf};

use blackboard_sis::Conventions;
use blackboard_sis::{Checked, FeedReader, History, Load, Object, is_feed, recognise};
use edu_diagnostics::{Collector, Diagnostic, Severity};
use edu_syntax::Decoded;

mod support;

use support::{brief, of_stream, of_text};

/// A line of the list that is about a flat file.
struct Entry {
    path: String,
    object: Object,
    encoding: String,
    expected: String,
}

fn root() -> PathBuf {
    PathBuf::from(std::env::var("CORPUS").expect("CORPUS is set"))
}

fn folder() -> PathBuf {
    root().join("blackboard-sis")
}

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(folder().join(path)).expect("the file is there")
}

fn entries() -> Vec<Entry> {
    let list = String::from_utf8(bytes("MANIFEST.tsv")).expect("the list is UTF-8");
    let entry = |line: &str| {
        let [path, object, encoding, expected] =
            line.split('\t').collect::<Vec<_>>().try_into().ok()?;
        Some(Entry {
            path: path.to_owned(),
            object: Object::from_slug(object)?,
            encoding: encoding.to_owned(),
            expected: expected.to_owned(),
        })
    };
    list.lines().skip(1).filter_map(entry).collect()
}

const BUNDLE: [&str; 5] = ["01_terms", "02_users", "03_templates", "04_courses", "05_enrollments"];

fn bundle() -> Vec<String> {
    BUNDLE.iter().map(|name| format!("valid/bundle-2026-09/{name}.txt")).collect()
}

/// The feeds that one is checked against: those of an earlier load, and those before it in its own.
fn context(path: &str) -> (Vec<String>, Vec<String>) {
    let before_in_bundle = || bundle().into_iter().take_while(|other| other != path).collect();
    match path {
        "invalid/enrollments-dangling.txt" => (Vec::new(), bundle()),
        "invalid/first-row-of-new-dsk-bad.txt" => (bundle(), Vec::new()),
        "invalid/enrollment-of-disabled.txt" => (
            Vec::new(),
            vec![
                "invalid/enrollment-of-disabled.users.txt".to_owned(),
                "invalid/enrollment-of-disabled.courses.txt".to_owned(),
            ],
        ),
        "invalid/organization-in-course-feed.txt" => {
            (Vec::new(), vec!["valid/organizations.txt".to_owned()])
        }
        "refresh-pair/next.txt" => (vec!["refresh-pair/previous.txt".to_owned()], Vec::new()),
        _ if path.starts_with("valid/bundle") => (Vec::new(), before_in_bundle()),
        _ => (Vec::new(), Vec::new()),
    }
}

/// What is found in a file, among those around it.
fn check(path: &str, (earlier, before): (Vec<String>, Vec<String>)) -> (Checked, Vec<Diagnostic>) {
    let mut history = History::new();
    let mut nothing = Collector::new();
    for other in &earlier {
        history.add_text(&FeedReader::new(), &Decoded::new(&bytes(other)), &mut nothing);
    }
    let mut load = Load::new();
    if !earlier.is_empty() {
        load = load.with_history(&history);
    }
    if path.contains("convention") {
        load = load.with_conventions(Conventions::default());
    }
    for other in &before {
        load.check_text(&FeedReader::new(), other, &Decoded::new(&bytes(other)), &mut nothing);
    }
    let object = entries().into_iter().find(|entry| entry.path == path).map(|entry| entry.object);
    let reader = object.map_or_else(FeedReader::new, |it| FeedReader::new().with_object(it));
    let mut found = Collector::new();
    let checked = load.check_text(&reader, path, &Decoded::new(&bytes(path)), &mut found);
    if path == "refresh-pair/next.txt" {
        load.check_omissions(Object::Course, &mut found);
    }
    (checked, found.into_sorted())
}

/// The codes that a sentence of the list names, each with the lines that are named with it.
///
/// `BB-U01 lines 2 and 4`, `BB-V02 on line 3 only`, `the tab on line 3 is BB-V14`: a code goes up to the next one or to
/// the next semicolon, and its lines stand behind it or, where there are none, before.
fn named(expected: &str) -> Vec<(String, Vec<u64>)> {
    let mut named: Vec<(String, Vec<u64>)> = Vec::new();
    for clause in without_asides(expected).split(';') {
        let mut parts = clause.split("BB-");
        let before = lines(parts.next().unwrap_or_default());
        for part in parts {
            let own = lines(part.get(3..).unwrap_or_default());
            let code = format!("BB-{}", part.get(..3).unwrap_or_default());
            named.push((code, if own.is_empty() { before.clone() } else { own }));
        }
    }
    // `BB-A and BB-B line 6`: the lines of the second are those of both.
    for index in (1..named.len()).rev() {
        if expected.contains(&format!("{} and {}", named[index - 1].0, named[index].0)) {
            let lines = named[index].1.clone();
            named[index - 1].1 = lines;
        }
    }
    named
}

/// A sentence without what stands in brackets, unless it names codes or is nothing but numbers.
fn without_asides(sentence: &str) -> String {
    let mut out = String::new();
    for part in sentence.split_inclusive(['(', ')']) {
        let is_aside = part.ends_with(')')
            && !part.contains("BB-")
            && part.contains(|character: char| character.is_alphabetic());
        if !is_aside {
            out.extend([part.trim_end_matches(['(', ')']), " "]);
        }
    }
    out
}

/// The numbers of lines in a piece of a sentence.
fn lines(text: &str) -> Vec<u64> {
    let mut found = Vec::new();
    let (mut is_line, mut range) = (false, None);
    let words = text.replace([',', '('], " ").replace(':', " : ").replace('-', " - ");
    for word in words.split_whitespace() {
        match word {
            // What follows is about other lines.
            "while" | "would" => break,
            "line" | "lines" => is_line = true,
            "and" => {}
            "-" => range = found.last().copied(),
            _ => match word.parse::<u64>() {
                Ok(number) if is_line => {
                    found.extend(range.take().map_or(number, |from| from + 1)..=number);
                }
                _ => is_line = false,
            },
        }
    }
    found
}

/// The number of rows that a sentence of the list names.
fn rows(expected: &str) -> Option<u64> {
    let words: Vec<_> = expected.split([' ', ';', ',']).filter(|word| !word.is_empty()).collect();
    let of_rows = words.windows(2).find(|pair| matches!(pair[1], "row" | "rows"))?;
    of_rows[0].parse().ok()
}

#[test]
fn sentences_of_the_list_are_read() {
    let named = |expected| {
        named(expected)
            .into_iter()
            .map(|(code, lines)| format!("{code} {lines:?}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        named("BB-U01 lines 2 and 4; BB-U02 lines 3 and 5 (differ only in case)"),
        ["BB-U01 [2, 4]", "BB-U02 [3, 5]"]
    );
    assert_eq!(
        named("BB-V07 lines 2-6 (error) and 7 (warning: only)"),
        ["BB-V07 [2, 3, 4, 5, 6, 7]"]
    );
    assert_eq!(
        named("BB-P09 and BB-P01 line 6; line 7: type without password (BB-P02 info)"),
        ["BB-P09 [6]", "BB-P01 [6]", "BB-P02 [7]"]
    );
    for (expected, lines) in [
        ("BB-F06 on lines 2 (4 of 6), 3 (7 of 6) and 4 (a 7th)", "BB-F06 [2, 3, 4]"),
        ("BB-F06 on line 2: 4 cells for 3 headers", "BB-F06 [2]"),
        ("BB-F12 for the three blank lines (3, 4, 6)", "BB-F12 [3, 4, 6]"),
        ("BB-F10: line 2 is ISO-8859-1 while line 3 is UTF-8", "BB-F10 [2]"),
        ("the tab on line 3 is BB-V14", "BB-V14 [3]"),
        ("BB-X05: cycle lines 2-3, self line 4", "BB-X05 [2, 3, 4]"),
    ] {
        assert_eq!(named(expected), [lines]);
    }
    assert_eq!(rows("ok; 2 rows; x"), Some(2));
}

#[test]
#[ignore = "needs CORPUS"]
fn what_the_list_names_is_found_where_it_says() {
    let mut wrong = Vec::new();
    for entry in entries() {
        let (checked, found) = check(&entry.path, context(&entry.path));
        let expected = &entry.expected;
        for (code, lines) in named(expected) {
            // The other way of reading is another test.
            if entry.path == "invalid/wrong-delimiter.txt" && code != "BB-F08" {
                continue;
            }

            let own: Vec<_> = found.iter().filter(|finding| finding.rule.code == code).collect();
            let at: Vec<_> = own.iter().filter_map(|it| Some(it.position?.line)).collect();
            if own.is_empty() {
                wrong.push(format!("{}: {code} is missing", entry.path));
            } else if let Some(line) = lines.iter().find(|line| !at.contains(line)) {
                wrong.push(format!("{}: {code} is at {at:?}, not at {line}", entry.path));
            }
        }
        if expected.starts_with("ok") {
            let errors: Vec<_> =
                found.iter().filter(|it| it.severity == Severity::Error).map(brief).collect();
            if !errors.is_empty() {
                wrong.push(format!("{} is in order: {errors:?}", entry.path));
            }
        }
        if let Some(rows) = rows(expected)
            && rows != checked.rows
        {
            wrong.push(format!("{}: {} rows, not {rows}", entry.path, checked.rows));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files of which the list says all that is wrong have nothing else.
#[test]
#[ignore = "needs CORPUS"]
fn errors_are_those_that_the_list_names() {
    let mut wrong = Vec::new();
    for entry in entries() {
        let (_, found) = check(&entry.path, context(&entry.path));
        let named = named(&entry.expected);
        for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
            if !named.iter().any(|(code, _)| code == finding.rule.code) {
                wrong.push(format!("{}: {} {finding}", entry.path, brief(finding)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "needs CORPUS"]
fn the_delimiter_can_be_fixed() {
    let bytes = bytes("invalid/wrong-delimiter.txt");
    let found = of_text(&FeedReader::new().with_delimiter(b'|'), &bytes).findings;
    let mut codes: Vec<_> = found.iter().map(|finding| finding.rule.code).collect();
    codes.dedup();
    assert_eq!(codes, ["BB-F05", "BB-F02"]);
}

#[test]
#[ignore = "needs CORPUS"]
fn a_first_row_of_a_new_data_source_is_faulty_in_one_load_too() {
    let path = "invalid/first-row-of-new-dsk-bad.txt";
    let (_, found) = check(path, (Vec::new(), bundle()));
    let mut found = support::briefs(&found);
    found.sort();
    // The second row is in the other feed as well.
    assert_eq!(found, ["BB-U07 E 3", "BB-X02 E 2", "BB-X10 W 2"]);
}

#[test]
#[ignore = "needs CORPUS"]
fn headers_tell_what_the_list_says() {
    for Entry { path, object, encoding, .. } in entries() {
        let bytes = bytes(&path);
        let decoded = Decoded::new(&bytes);
        assert_eq!(is_feed(decoded.text()), path != "invalid/empty.txt", "{path}");
        if path != "invalid/empty.txt" {
            assert_eq!(recognise(decoded.text()), Some(object), "{path}");
        }
        let is_16 = path.contains("utf16");
        assert_eq!(decoded.encoding().starts_with("utf-16"), is_16, "{path}: {encoding}");
    }
    for path in ["gui-batch/users.csv", "gui-batch/organization-enrollments.txt"] {
        let bytes = bytes(path);
        let text = Decoded::new(&bytes);
        assert!(is_feed(text.text()) && recognise(text.text()).is_none(), "{path}");
        assert_eq!(support::briefs(&of_text(&FeedReader::new(), &bytes).findings), ["BB-F01 E 1"]);
    }
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, out);
        } else {
            out.push(path);
        }
    }
}

#[test]
#[ignore = "needs CORPUS"]
fn files_of_other_formats_are_not_taken() {
    let mut all = Vec::new();
    for other in std::fs::read_dir(root()).expect("a folder") {
        let other = other.expect("an entry").path();
        if other.is_dir() && !other.ends_with("blackboard-sis") {
            files(&other, &mut all);
        }
    }
    for other in [
        "../../examples/data/brightspace-bulk",
        "../../examples/data/ims-enterprise",
        "../../examples/data/moodle-plan",
        "../../examples/data/offering-rules",
        "src",
        "../brightspace-bulk/rules",
        "../offering-rules/rules",
        "../pegase/rules",
        "../ims-enterprise/tests/fixtures",
        "../odf-model",
    ] {
        files(Path::new(other), &mut all);
    }
    for folder in ["xml", "http", "vectors", "public"] {
        files(&folder_of(folder), &mut all);
    }
    assert!(all.len() > 20, "{all:?}");
    let is_own =
        |path: &&PathBuf| path.components().any(|part| part.as_os_str() == "blackboard-sis");
    let taken = |path: &PathBuf| {
        let bytes = std::fs::read(path).expect("the file is there");
        is_feed(Decoded::new(&bytes).text())
    };
    let is_data = |path: &&PathBuf| {
        let in_corpus = ["xml", "http", "vectors", "public"];
        !is_own(path)
            || in_corpus.iter().any(|name| path.components().any(|it| it.as_os_str() == *name))
    };
    let taken: Vec<_> = all.iter().filter(is_data).filter(|path| taken(path)).collect();
    assert!(taken.is_empty(), "{taken:?}");
}

fn folder_of(name: &str) -> PathBuf {
    folder().join(name)
}

#[test]
#[ignore = "needs CORPUS"]
fn a_stream_in_pieces_gives_what_the_text_gives() {
    let mut all = Vec::new();
    files(&folder(), &mut all);
    for path in all {
        let bytes = std::fs::read(&path).expect("the file is there");
        for reader in [FeedReader::new(), FeedReader::new().with_lines_in_values()] {
            let whole = of_text(&reader, &bytes);
            for piece in 1..=64 {
                assert_eq!(
                    of_stream(&reader, &bytes, piece),
                    whole,
                    "{} by {piece}",
                    path.display()
                );
            }
        }
    }
}
