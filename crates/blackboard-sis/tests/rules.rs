//! Every rule has a bad example that yields it, and nothing else, and a good one that yields nothing.

use blackboard_sis::Conventions;
use blackboard_sis::{FeedReader, History, Limits, Load, rules};
use edu_diagnostics::{Collector, Diagnostic, Rule};
use edu_syntax::Decoded;

/// What else the examples of a rule yield, because it cannot be otherwise.
const LISTED: &[(&str, &[&str])] = &[
    // The first row with a key has to be faulty.
    ("BB-X10", &["BB-V05"]),
    ("BB-P09", &["BB-P01"]),
];

/// A feed that examples are read with.
macro_rules! feed {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../rules/context/", $name, ".txt")).as_slice())
    };
}

type Feed = (&'static str, &'static [u8]);

/// What an example is about besides itself.
#[derive(Default)]
struct Context {
    /// Feeds of an earlier load.
    earlier: Vec<Feed>,
    /// Feeds that are loaded before it.
    before: Vec<Feed>,
    /// Whether it is a complete refresh.
    is_refresh: bool,
}

/// A rule that needs other feeds has them here: what it is about stands in the folder `rules/context`.
fn context(code: &str) -> Context {
    let world = || vec![feed!("users"), feed!("courses")];
    let before = |feed| Context { before: vec![feed], ..Context::default() };
    match code {
        "BB-K06" => Context { earlier: vec![feed!("users")], ..Context::default() },
        "BB-X07" => Context { earlier: vec![feed!("courses")], ..Context::default() },
        "BB-X14" => {
            let previous = include_bytes!("../rules/BB-X14.previous.txt");
            Context {
                earlier: vec![("previous", previous)],
                is_refresh: true,
                ..Context::default()
            }
        }
        "BB-X03" => before(feed!("templates")),
        "BB-X04" => before(feed!("terms")),
        "BB-X11" => before(feed!("organizations")),
        "BB-X09" => before(feed!("users")),
        "BB-X01" | "BB-X02" | "BB-X06" | "BB-X08" | "BB-X10" => {
            Context { before: world(), ..Context::default() }
        }
        _ => Context::default(),
    }
}

/// What is found in an example.
fn findings(rule: &Rule, bytes: &[u8]) -> Vec<Diagnostic> {
    let context = context(rule.code);
    let mut reader = FeedReader::new();
    if rule == &rules::LIMIT {
        reader = reader.with_limits(Limits { row: 200, ..Limits::default() });
    }
    let mut history = History::new();
    let mut found = Collector::new();
    for (_, feed) in &context.earlier {
        history.add_text(&FeedReader::new(), &Decoded::new(feed), &mut found);
    }
    let mut load = Load::new();
    if !context.earlier.is_empty() {
        load = load.with_history(&history);
    }
    if rule.code.starts_with("BB-C") {
        load = load.with_conventions(Conventions::default());
    }
    for (name, feed) in &context.before {
        load.check_text(&FeedReader::new(), name, &Decoded::new(feed), &mut found);
    }
    assert_eq!(found.findings(), [], "{}: the feeds around it are in order", rule.code);
    let checked = load.check_text(&reader, "example", &Decoded::new(bytes), &mut found);
    if context.is_refresh
        && let Some(object) = checked.object
    {
        load.check_omissions(object, &mut found);
    }
    found.into_sorted()
}

/// The codes of the findings, without those that are listed.
fn codes(rule: &Rule, bytes: &[u8]) -> Vec<&'static str> {
    let listed =
        LISTED.iter().find(|(code, _)| *code == rule.code).map_or(&[][..], |(_, listed)| listed);
    let mut codes: Vec<_> = findings(rule, bytes).iter().map(|finding| finding.rule.code).collect();
    codes.retain(|code| !listed.contains(code));
    codes
}

/// All that fail are said at once.
fn failing(fails: impl Fn(&Rule) -> Option<String>) {
    let failing: Vec<_> = rules::ALL
        .iter()
        .filter_map(|rule| fails(rule).map(|why| format!("{}: {why}", rule.code)))
        .collect();
    assert!(failing.is_empty(), "{}", failing.join("\n"));
}

#[test]
fn each_bad_example_yields_its_rule_once_and_nothing_else() {
    failing(|rule| {
        let codes = codes(rule, rule.bad);
        // What is there twice is said of both rows; letter case of the second alone: the first is as it should be.
        let is_of_both = rule.code.starts_with("BB-U") && rule != &rules::KEY_CASE;
        let times = if is_of_both || rule == &rules::ENROLLED_IN_FAMILY { 2 } else { 1 };
        (codes != vec![rule.code; times]).then(|| format!("{codes:?}"))
    });
}

#[test]
fn each_good_example_yields_nothing() {
    failing(|rule| {
        let codes = codes(rule, rule.good);
        (!codes.is_empty()).then(|| format!("{codes:?}"))
    });
}

/// An example without rows would yield nothing of itself.
#[test]
fn good_examples_have_rows() {
    failing(|rule| {
        let mut found = Collector::new();
        let decoded = Decoded::new(rule.good);
        let checked = Load::new().check_text(&FeedReader::new(), "example", &decoded, &mut found);
        (checked.rows == 0).then(|| "there is no row".to_owned())
    });
}

#[test]
fn findings_have_places() {
    // These are about the whole file, or about rows that are not there.
    const WITHOUT: &[&str] = &["BB-F11", "BB-X14"];
    failing(|rule| {
        let own = findings(rule, rule.bad).into_iter().find(|finding| finding.rule == rule)?;
        let has_place = own.position.is_some() && own.span.is_some();
        (has_place == WITHOUT.contains(&rule.code)).then(|| format!("{own:?}"))
    });
}

#[test]
fn every_sentence_finds_its_arguments() {
    failing(|rule| {
        let sentences = findings(rule, rule.bad).into_iter().map(|finding| finding.to_string());
        // The prefix of a hash has braces of its own.
        let has_braces = |sentence: &String| sentence.replace("{SSHA}", "").contains(['{', '}']);
        sentences.into_iter().find(has_braces)
    });
}
