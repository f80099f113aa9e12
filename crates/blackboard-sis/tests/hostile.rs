//! Feeds made to do harm: they are read, soon, in bounded memory, and it is said where.

#![expect(clippy::disallowed_types, reason = "how the time grows is what is tested")]

use std::io::{BufReader, Read};
use std::time::{Duration, Instant};

use blackboard_sis::{FeedReader, Limits, Load, is_feed};
use edu_diagnostics::Collector;
use edu_syntax::Decoded;

const HEAD: &str = "external_person_key|data_source_key|user_id|firstname|lastname\n";
const ROW: &str = "9f3c1a77d04be82651|SIS_users|adelcourt|Lili|Delcourt\n";

/// Number of rows, and the findings of each rule, of a stream.
fn stream(input: impl Read) -> (u64, Vec<(&'static str, u64)>) {
    let mut found = Collector::new().with_limit(10);
    let mut rows = FeedReader::new().for_reader(BufReader::new(input), &mut found);
    while rows.next().expect("it can be read").is_some() {}
    let count = rows.rows();
    (count, found.counts().map(|(rule, count)| (rule.code, count)).collect())
}

/// The same of a text.
fn text(text: &str) -> (u64, Vec<(&'static str, u64)>) {
    let mut found = Collector::new().with_limit(10);
    // Zero bytes may look like UTF-16, as they do in the stream.
    let decoded = Decoded::new(text.as_bytes());
    let mut rows = FeedReader::new().for_text(&decoded, &mut found);
    while rows.next().is_some() {}
    let count = rows.rows();
    (count, found.counts().map(|(rule, count)| (rule.code, count)).collect())
}

/// As a stream and as a text.
fn both(whole: &str) -> (u64, Vec<(&'static str, u64)>) {
    let found = stream(whole.as_bytes());
    assert_eq!(text(whole), found);
    found
}

#[test]
fn a_line_of_100_mb_is_passed_over() {
    let long = |bytes| std::io::repeat(b'x').take(bytes);
    let (head, rest) = (format!("{HEAD}{ROW}"), format!("\n{ROW}***FileFooter|3\n"));
    let found = stream(head.as_bytes().chain(long(100_000_000)).chain(rest.as_bytes()));
    assert_eq!(found, (2, vec![("BB-F09", 1), ("BB-F21", 1)]));
    // In quotes, and as the first line.
    let head = format!("{HEAD}{ROW}\"");
    let found = stream(head.as_bytes().chain(long(5_000_000)).chain(rest.as_bytes()));
    assert_eq!(found, (2, vec![("BB-F09", 1), ("BB-F21", 1)]));
    assert_eq!(stream(long(5_000_000)), (0, vec![("BB-F01", 1), ("BB-F21", 1)]));
}

#[test]
fn a_million_blank_lines() {
    let blank = std::io::repeat(b'\n').take(1_000_000);
    let found = stream(HEAD.as_bytes().chain(blank).chain(ROW.as_bytes()));
    assert_eq!(found, (1, vec![("BB-F12", 1_000_000)]));
}

#[test]
fn a_million_columns() {
    let pipes = "|".repeat(1_000_000);
    let found = both(&format!("{HEAD}{ROW}{pipes}\n{ROW}"));
    assert_eq!(found, (3, vec![("BB-F06", 1), ("BB-F21", 1)]));
    // In the header row, without names, and with a name that is there again and again.
    let wide = format!("{}{pipes}\n{ROW}", HEAD.trim_end());
    assert_eq!(both(&wide), (1, vec![("BB-F04", 1019), ("BB-F06", 1), ("BB-F21", 1)]));
    for name in ["user_id", "shoe", "username"] {
        let names = format!("|{name}").repeat(100_000);
        let (rows, found) = both(&format!("{}{names}\n{ROW}", HEAD.trim_end()));
        let unknown = u64::from(name == "shoe");
        let twice = found.iter().find(|(code, _)| *code == "BB-F03");
        assert_eq!((rows, twice), (1, Some(&("BB-F03", 1019 - unknown))), "{name}");
    }
}

#[test]
fn a_header_row_on_each_line() {
    assert_eq!(both(&HEAD.repeat(50_000)), (0, vec![("BB-F03", 49_999), ("BB-F16", 1)]));
    let other = "user_id|external_person_key\n".repeat(50_000);
    assert_eq!(both(&format!("{HEAD}{other}")), (0, vec![("BB-F03", 1)]));
    let footers = "***FileFooter|0\n".repeat(50_000);
    assert_eq!(both(&format!("{HEAD}{footers}")), (0, vec![("BB-F09", 50_000), ("BB-F16", 1)]));
}

#[test]
fn a_million_quotes() {
    for piece in ["\"", "\"\"", "\"|", "|\"", "x\"|", "\"x"] {
        let quotes = piece.repeat(300_000);
        let (rows, found) = both(&format!("{HEAD}{quotes}\n{ROW}"));
        assert_eq!(rows, 2, "{piece}");
        assert!(!found.is_empty());
    }
    let (rows, _) = both(&format!("{HEAD}{}", "\"\n".repeat(100_000)));
    assert_eq!(rows, 100_000);
}

#[test]
fn nothing_but_one_character() {
    for piece in [
        "\0",
        "\0\n",
        "*",
        "*\n",
        "*|",
        "\"\n",
        "\n",
        "\r",
        "|",
        ",",
        "\t",
        "#",
        "user_id",
        "user_id|",
        "user_id\n",
        "***FileFooter",
        "***FileFooter\n",
        "\u{85}|",
        "\u{FEFF}",
        "\u{FEFF}\n",
        "\"b\",",
        "a,b,S\n",
    ] {
        let all = piece.repeat(5_000);
        both(&all);
        both(&format!("{HEAD}{all}"));
        both(&format!("{HEAD}{all}\n{ROW}"));
        is_feed(&all);
    }
}

#[test]
fn zero_bytes_are_said_once_a_cell() {
    let zeros = "\0".repeat(1000);
    assert_eq!(both(&format!("{HEAD}{zeros}|||{zeros}|\n")), (1, vec![("BB-F14", 2)]));
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Whether a run with four times the length takes more than twice the time of four runs.
fn is_slow(short: impl Fn(), long: impl Fn()) -> bool {
    // Another program may take the processor from the longer run; five times is no accident.
    (0..5).all(|_| time(&long) > time(|| (0..4).for_each(|_| short())) * 2)
}

/// What an input is, a length, and what makes an input of that length.
type Growing = (&'static str, usize, fn(usize) -> String);

const CASES: [Growing; 15] = [
    ("rows", 3000, |n| format!("{HEAD}{}", ROW.repeat(n))),
    ("blank lines", 10_000, |n| format!("{HEAD}{}", "\n".repeat(n))),
    ("blank lines before the header row", 10_000, |n| "\n".repeat(n) + HEAD),
    ("columns", 500, |n| format!("{}{}\n{ROW}", HEAD.trim_end(), "|shoe".repeat(n))),
    ("columns with one name", 500, |n| {
        format!("{}{}\n{ROW}", HEAD.trim_end(), "|user_id".repeat(n))
    }),
    ("cells", 10_000, |n| format!("{HEAD}{}\n", "x|".repeat(n))),
    ("asterisks", 5000, |n| format!("{HEAD}{}\n", "*|".repeat(n))),
    ("quotes", 5000, |n| format!("{HEAD}{}\n", "x\"|".repeat(n))),
    ("quotes that are not closed", 3000, |n| format!("{HEAD}{}", "a|\"b|c|d|e\n".repeat(n))),
    ("header rows", 2000, |n| HEAD.repeat(n)),
    ("footers", 3000, |n| format!("{HEAD}{}", "***FileFooter|0\n".repeat(n))),
    ("control characters", 3000, |n| format!("{HEAD}{}", "\u{85}|\0|c|d|e\n".repeat(n))),
    ("lines without a header row", 5000, |n| "a|b\n".repeat(n)),
    ("parts of a name", 1000, |n| {
        format!("{HEAD}{}|d|u|{}|l\n", "abz-".repeat(n), "abd-".repeat(n))
    }),
    ("wide characters", 3000, |n| format!("{HEAD}{}", "é|😀|c|d|\u{85}\n".repeat(n))),
];

fn slow(run: impl Fn(&str)) -> Vec<&'static str> {
    let is_slow = |(_, n, make): &&Growing| {
        let (short, long) = (make(*n), make(4 * n));
        is_slow(|| run(&short), || run(&long))
    };
    CASES.iter().filter(is_slow).map(|(what, ..)| *what).collect()
}

/// A reader to which nothing is too long or too wide.
fn patient() -> FeedReader {
    FeedReader::new().with_limits(Limits { row: 1 << 24, columns: 1 << 20 })
}

#[test]
fn reading_takes_time_by_the_length() {
    // Where values may go over lines, too.
    for reader in [patient(), patient().with_lines_in_values()] {
        let of_text = |whole: &str| {
            let decoded = Decoded::from(whole);
            let mut found = Collector::new().with_limit(10);
            let mut rows = reader.for_text(&decoded, &mut found);
            while rows.next().is_some() {}
        };
        assert_eq!(slow(of_text), [""; 0]);
        let of_stream = |whole: &str| {
            let mut found = Collector::new().with_limit(10);
            let mut rows = reader.for_reader(whole.as_bytes(), &mut found).with_piece(100);
            while rows.next().expect("it can be read").is_some() {}
        };
        assert_eq!(slow(of_stream), [""; 0]);
    }
    let of_beginning = |whole: &str| {
        is_feed(whole);
    };
    assert_eq!(slow(of_beginning), [""; 0]);
}

#[test]
fn checking_takes_time_by_the_length() {
    let run = |whole: &str| {
        let mut found = Collector::new().with_limit(10);
        Load::new().check_text(&patient(), "users", &Decoded::from(whole), &mut found);
    };
    assert_eq!(slow(run), [""; 0]);
}
