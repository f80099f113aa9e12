//! What is found in the cells of a column.

use edu_diagnostics::Severity;

use crate::rules::row::tests::{findings, found, sentences};

const COURSE: &str = "external_course_key|course_id|course_name|";

/// Checks what is found in the cell of a course.
fn assert_course(
    header: &str,
    value: &str,
    expected: Option<(&'static str, Severity, &'static str)>,
) {
    let text = format!("{COURSE}{header}\na|a|A|{value}\n");
    let found = sentences(&text);
    let found: Vec<_> = found.iter().map(|(c, s, text)| (*c, *s, text.as_str())).collect();
    assert_eq!(found, Vec::from_iter(expected), "{header} {value}");
}

#[test]
fn numbers_that_a_spreadsheet_has_shortened() {
    let found = |key: &str| {
        sentences(&format!("external_person_key|user_id|firstname|lastname\n{key}|u|F|L\n"))
    };
    let expected = "`external_person_key` holds a number that a spreadsheet has shortened";
    assert_eq!(found("2.02609E+14"), [("BB-V07", Severity::Warning, expected.to_owned())]);
    assert_eq!(found("2e5f1a77d04be82651"), []);
}

#[test]
fn words_and_days_of_courses() {
    use Severity::{Error, Info, Warning};
    for (header, value, expected) in [
        ("data_source_key", "", Some(("BB-V01", Info, "`data_source_key` is empty"))),
        ("pace", "self", None),
        (
            "pace",
            "Fast",
            Some(("BB-V03", Error, "`pace` says Fast; it takes `Self` or `Instructor`")),
        ),
        (
            "duration",
            "X",
            Some(("BB-V03", Error, "`duration` says X; it takes `C`, `R`, `D` or `T`")),
        ),
        (
            "row_status",
            "active",
            Some((
                "BB-V03",
                Error,
                "`row_status` says active; it takes `enabled`, `disabled` or `deleted`",
            )),
        ),
        ("locale", "fr_FR", None),
        (
            "locale",
            "français",
            Some((
                "BB-V03",
                Warning,
                "`locale` says français; it takes a language and a country, such as `fr_FR`",
            )),
        ),
        ("enroll_start", "20260901", None),
        (
            "enroll_start",
            "2026-09-01",
            Some((
                "BB-V04",
                Error,
                "`enroll_start` says 2026-09-01, which is no date of the form `yyyymmdd`",
            )),
        ),
    ] {
        assert_course(header, value, expected);
    }
}

#[test]
fn numbers_and_texts_of_courses() {
    use Severity::{Error, Info, Warning};
    for (header, value, expected) in [
        ("catalog_ind", " yes ", None),
        ("catalog_ind", "X", Some(("BB-V05", Error, "`catalog_ind` says X; it takes `Y` or `N`"))),
        ("upload_limit", "10485760", None),
        (
            "upload_limit",
            "10MB",
            Some(("BB-V06", Error, "`upload_limit` says 10MB, which is no whole number")),
        ),
        (
            "upload_limit",
            "1.05E+07",
            Some((
                "BB-V06",
                Error,
                "`upload_limit` says 1.05E+07, which is a number that a spreadsheet has shortened",
            )),
        ),
        (
            "fee",
            "1.234",
            Some((
                "BB-V06",
                Error,
                "`fee` says 1.234, which is no amount with at most two decimals",
            )),
        ),
        (
            "fee",
            "1234567890.00",
            Some(("BB-V02", Error, "`fee` has 13 characters, at most 11 are allowed")),
        ),
        (
            "parent_course_key",
            "a b",
            Some(("BB-V07", Warning, "`parent_course_key` holds a space")),
        ),
        ("term_key", "2026_09", Some(("BB-V07", Warning, "`term_key` holds `_`"))),
        (
            "description",
            "a;b",
            Some((
                "BB-V14",
                Info,
                "`description` holds `;`, which is not in the safe set (1 in this column)",
            )),
        ),
        ("description", "\"say \"\"a\"\"\"", None),
        // A column without effect is said to be one, and no more.
        ("desc_page", "*;", None),
        ("nothing", "*;", None),
    ] {
        assert_course(header, value, expected);
    }
}

#[test]
fn values_that_are_missing() {
    use Severity::{Error, Info};
    for (text, expected) in [
        ("external_person_key|user_id|firstname|lastname\n|u1| |Fox\n", vec![Error, Error]),
        ("external_person_key|data_source_key\n9f3c|\n", vec![]),
        ("external_person_key|row_status\n|deleted\n", vec![Error]),
        ("external_course_key|external_person_key|data_source_key|role\na|9f3c||\n", vec![Info]),
        ("external_course_key|external_person_key|data_source_key\n|9f3c|\n", vec![Error]),
    ] {
        let found = sentences(text);
        assert!(found.iter().all(|(code, _, _)| *code == "BB-V01"), "{found:?}");
        assert_eq!(found.iter().map(|(_, s, _)| *s).collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn lengths_are_those_of_characters() {
    use Severity::{Error, Warning};
    let head = "external_person_key|user_id|firstname|lastname|";
    for (header, unit, count, expected) in [
        ("new_external_person_key", "é", 64, None),
        ("new_external_person_key", "é", 65, Some((Error, "64"))),
        ("company", "x", 50, None),
        ("company", "é", 51, Some((Warning, "50"))),
        ("student_id", "x", 100, Some((Warning, "50"))),
        ("student_id", "x", 101, Some((Error, "100"))),
        ("city", "x", 51, Some((Error, "50"))),
        ("passwd", "x", 500, None),
        // Quotes that are doubled count once.
        ("city", "\"\"", 48, None),
    ] {
        let value = unit.repeat(count);
        let text = format!("{head}{header}\n9f3c|u1|Flo|Fox|\"{value}\"\n");
        let found = sentences(&text);
        let found = found.iter().find(|(code, _, _)| *code == "BB-V02");
        let severity = found.map(|(_, severity, _)| *severity);
        assert_eq!(severity, expected.map(|(severity, _)| severity), "{header} {count}");
        if let (Some((_, _, sentence)), Some((_, limit))) = (found, expected) {
            assert!(sentence.contains(&format!("at most {limit} are")), "{sentence}");
        }
    }
}

#[test]
fn ids_of_courses() {
    use Severity::{Error, Warning};
    for (id, expected) in [
        ("MATH_101-a.b", None),
        (" MATH ", None),
        ("MATH 101", Some(Error)),
        ("MATH+(101)", Some(Error)),
        ("MATH(101)", Some(Warning)),
    ] {
        for object in ["course", "organization"] {
            let text = format!("external_{object}_key|{object}_id|{object}_name\na|{id}|A\n");
            let found = sentences(&text);
            assert!(found.iter().all(|(code, _, _)| *code == "BB-V07"), "{found:?}");
            assert_eq!(found.first().map(|(_, severity, _)| *severity), expected, "{id}");
        }
    }
}

#[test]
fn addresses_and_subjects() {
    for (email, expected) in [
        ("a@uni.example", vec![]),
        (" ", vec![]),
        ("ann.example.org", vec!["BB-V08"]),
        ("a@b.example; c@d.example", vec!["BB-V08"]),
    ] {
        for header in ["email", "inst_email"] {
            let text = format!(
                "external_person_key|user_id|firstname|lastname|{header}\n\
                 9f3c|u1|Flo|Fox|{email}\n"
            );
            assert_eq!(found(&text), expected, "{email}");
        }
    }
    for (id, expected) in [("CHEM__a1", vec![]), ("CHEM lab__a1", vec!["BB-V09"])] {
        let text =
            format!("external_subject_key|subject_id|subject_name|subject_type\nc|{id}|C|u\n");
        assert_eq!(found(&text), expected, "{id}");
    }
}

#[test]
fn dates_of_unknown_form_are_a_warning() {
    let text = "external_course_key|external_person_key|bypass_date\na|9f3c|tomorrow\n";
    assert_eq!(sentences(text).first().map(|found| found.1), Some(Severity::Warning));
}

#[test]
fn terms() {
    let text = "external_term_key|name|duration|term_type\na_b|A|T|x\n";
    let found = sentences(text);
    assert_eq!(
        found.iter().map(|(_, _, sentence)| sentence.as_str()).collect::<Vec<_>>(),
        [
            "`external_term_key` holds `_`",
            "`duration` says T; it takes `Continuous`, `Range` or `Fixed`",
            "`term_type` says x; it takes `a`, `s`, `t`, `q`, `i`, `m` or `u`",
        ]
    );
}

#[test]
fn unportable_characters_are_said_once_a_column_where_they_begin() {
    let text = "\u{FEFF}external_course_key|course_id|course_name|description\r\n\
                a|a|A|x\r\nb|b|\"É \"\"\ta\"|a;b\r\nc|c|R&D|é\r\n";
    let found = findings(text);
    let places: Vec<_> = found.iter().map(|f| (f.rule.code, f.span, f.position)).collect();
    let place = |needle: &str, line, column| {
        let at = text.find(needle).unwrap() as u64;
        let span = edu_diagnostics::Span::new(at, at + 1);
        ("BB-V14", Some(span), Some(edu_diagnostics::Position { line, column }))
    };
    assert_eq!(places, [place("\t", 3, 10), place(";", 3, 15)]);
    assert!(found.first().is_some_and(|finding| finding.to_string().contains("(2 in this")));
}
