//! The report for programs.

use std::io::{self, Write};

use edu_diagnostics::Diagnostic;
use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};

use super::{Outcome, Report};
use crate::text::Text;

/// Version of the shape below. Members may be added to it; none is renamed or removed.
const VERSION: u32 = 1;

/// Keeps everything and writes it at the end: the files stand before the findings.
pub(super) struct Json<W> {
    out: W,
    files: Vec<Outcome>,
}

impl<W: Write> Json<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, files: Vec::new() }
    }
}

impl<W: Write> Report for Json<W> {
    fn file(&mut self, file: Outcome, _: &Text<'_>) {
        self.files.push(file);
    }

    fn finish(&mut self) -> io::Result<()> {
        let files = &self.files;
        let document = Document {
            version: VERSION,
            files: Files(files),
            diagnostics: Findings(files),
            skipped_rules: SkippedRules(files),
        };
        serde_json::to_writer(&mut self.out, &document)?;
        writeln!(self.out)?;
        self.out.flush()
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    files: Files<'a>,
    diagnostics: Findings<'a>,
    skipped_rules: SkippedRules<'a>,
}

struct Files<'a>(&'a [Outcome]);

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    format: Option<&'a str>,
    encoding: Option<&'a str>,
    records: Option<u64>,
    #[serde(serialize_with = "as_map")]
    counts: &'a [(&'static str, u64)],
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped: Option<u64>,
    /// The part of an archive that lines, columns and bytes refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
}

fn as_map<S: Serializer>(counts: &[(&str, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(counts.len()))?;
    for (kind, count) in counts {
        map.serialize_entry(kind, count)?;
    }
    map.end()
}

impl Serialize for Files<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|file| File {
            path: &file.path,
            format: file.format,
            encoding: file.encoding.as_deref(),
            records: file.records,
            counts: &file.counts,
            dropped: Some(file.dropped).filter(|&dropped| dropped > 0),
            entry: file.entry.as_deref(),
        }))
    }
}

struct Findings<'a>(&'a [Outcome]);

#[derive(Serialize)]
struct Finding<'a> {
    path: &'a str,
    #[serde(flatten)]
    finding: &'a Diagnostic,
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for file in self.0 {
            for finding in &file.findings {
                list.serialize_element(&Finding { path: &file.path, finding })?;
            }
        }
        list.end()
    }
}

struct SkippedRules<'a>(&'a [Outcome]);

#[derive(Serialize)]
struct SkippedRule<'a> {
    path: &'a str,
    code: &'a str,
    reason: &'a str,
}

impl Serialize for SkippedRules<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for file in self.0 {
            for skipped in &file.skipped {
                let (code, reason) = (skipped.code, skipped.reason);
                list.serialize_element(&SkippedRule { path: &file.path, code, reason })?;
            }
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Bytes;
    use edu_diagnostics::{Position, Rule, Severity, Span};

    const RULE: Rule = Rule {
        code: "XX-A01",
        name: "some-name",
        severity: Severity::Warning,
        summary: "",
        message: "it is so",
        help: "",
        explanation: "",
        bad: b"",
        good: b"",
    };

    #[test]
    fn the_shape_that_callers_rely_on() {
        let mut finding = Diagnostic::new(&RULE).at(Span::new(3, 5));
        finding.position = Some(Position { line: 1, column: 4 });
        let files = [
            Outcome { path: "a.xml".into(), ..Outcome::default() },
            Outcome {
                path: "b.xml".into(),
                format: Some("lis"),
                encoding: Some("utf-8".into()),
                records: Some(2),
                counts: vec![("z", 1), ("a", 1)],
                findings: vec![finding, Diagnostic::new(&RULE)],
                dropped: 7,
                ..Outcome::default()
            },
        ];
        let mut out = Vec::new();
        let mut report = Json::new(&mut out);
        for file in files {
            report.file(file, &Text::new(Bytes::Gone, "utf-8"));
        }
        report.finish().expect("memory takes everything");
        assert_eq!(
            String::from_utf8(out).expect("JSON is UTF-8"),
            concat!(
                r#"{"version":1,"files":[{"path":"a.xml","format":null,"encoding":null,"#,
                r#""records":null,"counts":{}},{"path":"b.xml","format":"lis","encoding":"utf-8","#,
                r#""records":2,"counts":{"z":1,"a":1},"dropped":7}],"diagnostics":["#,
                r#"{"path":"b.xml","code":"XX-A01","name":"some-name","severity":"warning","#,
                r#""message":"it is so","line":1,"column":4,"start":3,"end":5,"args":{},"labels":[]},"#,
                r#"{"path":"b.xml","code":"XX-A01","name":"some-name","severity":"warning","#,
                r#""message":"it is so","line":null,"column":null,"start":null,"end":null,"#,
                r#""args":{},"labels":[]}],"skipped_rules":[]}"#,
                "\n"
            )
        );
    }
}
