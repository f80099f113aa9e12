//! The report for editors and code hosts: SARIF 2.1.0.
//!
//! | part | section of the standard |
//! | --- | --- |
//! | the log, one run | 3.13, 3.14 |
//! | `tool`, with every rule | 3.18, 3.19, 3.49, 3.50 ([`rules`]) |
//! | `invocations`: what could not be checked | 3.20, 3.58 ([`notices`]) |
//! | `artifacts`: the files | 3.24 |
//! | `results`: the findings | 3.27 ([`results`]) |
//! | places: URI, line and column, bytes | 3.4, 3.28, 3.29, 3.30 ([`location`]) |
//! | sentences | 3.11 ([`message`]) |

mod location;
mod message;
mod notices;
mod results;
mod rules;

use std::collections::BTreeMap;
use std::io::{self, Write};

use edu_diagnostics::{Rule, Severity};
use serde::{Serialize, Serializer};

use self::location::ArtifactLocation;
use self::message::Message;
use self::notices::Invocation;
use self::results::Results;
use self::rules::Tool;
use super::{Outcome, Report};
use crate::text::Text;

const VERSION: &str = "2.1.0";
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Keeps everything and writes it at the end.
pub(super) struct Sarif<W> {
    out: W,
    rules: Vec<&'static Rule>,
    files: Vec<Outcome>,
}

impl<W: Write> Sarif<W> {
    /// A report with the pages of `rules`.
    pub(super) fn new(out: W, rules: Vec<&'static Rule>) -> Self {
        Self { out, rules, files: Vec::new() }
    }
}

impl<W: Write> Report for Sarif<W> {
    fn file(&mut self, file: Outcome, _: &Text<'_>) {
        self.files.push(file);
    }

    fn finish(&mut self) -> io::Result<()> {
        let files = &self.files;
        let indices =
            self.rules.iter().enumerate().map(|(index, rule)| (rule.code, index)).collect();
        let log = Log {
            schema: SCHEMA,
            version: VERSION,
            runs: [Run {
                tool: Tool::new(&self.rules),
                invocations: [Invocation::new(files, &indices)],
                artifacts: Artifacts(files),
                column_kind: "unicodeCodePoints",
                results: Results { files, indices: &indices },
            }],
        };
        serde_json::to_writer(&mut self.out, &log)?;
        writeln!(self.out)?;
        self.out.flush()
    }
}

/// Where each rule stands in the list of the tool.
type Indices = BTreeMap<&'static str, usize>;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    invocations: [Invocation<'a>; 1],
    artifacts: Artifacts<'a>,
    column_kind: &'static str,
    results: Results<'a>,
}

struct Artifacts<'a>(&'a [Outcome]);

#[derive(Serialize)]
struct Artifact<'a> {
    location: ArtifactLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'a str>,
    roles: [&'static str; 1],
}

impl Serialize for Artifacts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().enumerate().map(|(index, file)| Artifact {
            location: ArtifactLocation { uri: &file.uri, index },
            description: (file.path == "-").then(|| Message::new("Standard input.")),
            length: file.size,
            // That of a part says nothing of the archive.
            encoding: file.encoding.as_deref().filter(|_| file.entry.is_none()),
            roles: ["analysisTarget"],
        }))
    }
}

/// The three levels; `none` is for results that are no findings.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Skipped;
    use crate::text::Bytes;
    use edu_diagnostics::{Diagnostic, Position, Span};
    use serde_json::{Value, json};

    const RULE: Rule = Rule {
        code: "XX-A01",
        name: "id-used-twice",
        severity: Severity::Info,
        summary: "An id is used twice.",
        message: "the id {found} is used twice",
        help: "give each record its own",
        explanation: "Receivers keep one of them.",
        bad: b"bad",
        good: b"good",
    };

    fn run(files: impl IntoIterator<Item = Outcome>) -> Value {
        let mut out = Vec::new();
        let mut report = Sarif::new(&mut out, vec![&RULE]);
        for file in files {
            report.file(file, &Text::new(Bytes::Gone, "utf-8"));
        }
        report.finish().expect("memory takes everything");
        let mut log: Value = serde_json::from_slice(&out).expect("JSON");
        log["runs"][0].take()
    }

    fn file(uri: &str) -> Outcome {
        Outcome { path: uri.into(), uri: uri.into(), format: Some("lis"), ..Outcome::default() }
    }

    #[test]
    fn a_finding_with_everything_and_one_with_nothing() {
        let mut finding = Diagnostic::new(&RULE)
            .at(Span::new(9, 12))
            .data("found", "{0}")
            .label(Span::new(3, 5), "first used here");
        finding.position = Some(Position { line: 2, column: 4 });
        finding.labels[0].position = Some(Position { line: 1, column: 4 });
        let findings = vec![finding, Diagnostic::new(&RULE)];
        let run = run([file("a.xml"), Outcome { findings, ..file("b%20.xml") }]);
        let artifact = json!({"uri": "b%20.xml", "index": 1});
        let text = "the id {{0}} is used twice";
        let region = json!({"startLine": 2, "startColumn": 4, "byteOffset": 9, "byteLength": 3});
        let other = json!({"startLine": 1, "startColumn": 4, "byteOffset": 3, "byteLength": 2});
        assert_eq!(
            run["results"],
            json!([{
                "ruleId": "XX-A01", "ruleIndex": 0, "level": "note", "message": {"text": text},
                "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
                "relatedLocations": [{
                    "physicalLocation": {"artifactLocation": artifact, "region": other},
                    "message": {"text": "first used here"},
                }],
            }, {
                "ruleId": "XX-A01", "ruleIndex": 0, "level": "note",
                "message": {"text": "the id {{found}} is used twice"},
                "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
            }])
        );
    }

    #[test]
    fn a_place_in_an_archive_is_said_in_words() {
        let mut inside = Diagnostic::new(&RULE)
            .at(Span::new(9, 12))
            .data("found", "x")
            .label(Span::new(3, 5), "first used here");
        inside.position = Some(Position { line: 2, column: 4 });
        inside.labels[0].position = Some(Position { line: 1, column: 4 });
        let outside = Diagnostic::new(&RULE).data("found", "y");
        let run = run([Outcome {
            findings: vec![inside, outside],
            entry: Some("in.xml".into()),
            encoding: Some("utf-8".into()),
            ..file("a.zip")
        }]);
        let place = json!({"physicalLocation": {"artifactLocation": {"uri": "a.zip", "index": 0}}});
        let results = &run["results"];
        assert_eq!(results[0]["message"]["text"], "the id x is used twice (in.xml:2:4)");
        assert_eq!(results[0]["locations"], json!([place]), "no region of the archive's bytes");
        let related = &results[0]["relatedLocations"][0];
        assert_eq!(related["message"]["text"], "first used here (in.xml:1:4)");
        assert_eq!(related["physicalLocation"], place["physicalLocation"]);
        assert_eq!(results[1]["message"]["text"], "the id y is used twice");
        assert_eq!(results[1]["locations"], json!([place]));
        assert_eq!(run["artifacts"][0].get("encoding"), None);
    }

    #[test]
    fn a_rule_has_its_page() {
        let rule = &run([])["tool"]["driver"]["rules"][0];
        assert_eq!(
            (&rule["id"], &rule["name"], &rule["defaultConfiguration"]),
            (&"XX-A01".into(), &"IdUsedTwice".into(), &json!({"level": "note"}))
        );
        assert_eq!(rule["shortDescription"], json!({"text": "An id is used twice."}));
        assert_eq!(rule["fullDescription"], json!({"text": "Receivers keep one of them."}));
        let help = [&rule["help"]["text"], &rule["help"]["markdown"]].map(Value::to_string);
        assert!(help.iter().all(|help| help.contains("give each record its own.")));
    }

    #[test]
    fn what_was_not_checked_or_not_listed_is_said() {
        let skipped = [("XX-A01", true), ("XX-*", false)];
        let skipped =
            skipped.map(|(code, is_unasked)| Skipped { code, reason: "no history", is_unasked });
        let run = run([
            Outcome { skipped: skipped.into(), dropped: 7, ..file("a.xml") },
            Outcome { format: None, ..file("b.xml") },
        ]);
        let invocation = &run["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], true);
        let notices = invocation["toolExecutionNotifications"].as_array().expect("a list");
        let said: Vec<_> = notices
            .iter()
            .map(|notice| (notice["level"].as_str(), notice["message"]["text"].as_str()))
            .collect();
        assert_eq!(
            said,
            [
                (Some("note"), Some("XX-A01 not checked: no history")),
                (Some("warning"), Some("XX-* not checked: no history")),
                (Some("warning"), Some("counted but not listed: 7 more findings")),
                (Some("note"), Some("no known format")),
            ]
        );
        assert_eq!(notices[0]["associatedRule"], json!({"id": "XX-A01", "index": 0}));
        assert_eq!(notices[1].get("associatedRule"), None, "a family is no rule");
        let place = &notices[3]["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(place, &json!({"uri": "b.xml", "index": 1}));
    }

    #[test]
    fn what_is_known_of_a_file() {
        let known = Outcome { size: Some(9), encoding: Some("utf-8".into()), ..file("a.xml") };
        assert_eq!(
            run([known, file("-")])["artifacts"],
            json!([
                {"location": {"uri": "a.xml", "index": 0}, "length": 9, "encoding": "utf-8",
                 "roles": ["analysisTarget"]},
                {"location": {"uri": "-", "index": 1}, "description": {"text": "Standard input."},
                 "roles": ["analysisTarget"]},
            ])
        );
    }
}
