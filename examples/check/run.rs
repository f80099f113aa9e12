//! From arguments to exit code.

use std::env;
use std::io::{self, BufReader, BufWriter, IsTerminal as _, Read, Seek as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use blackboard_sis::Conventions;
use blackboard_sis::Load;
use edu_diagnostics::{Collector, Diagnostic, Rule, Severity, Sink as _, page};

use crate::args::Args;
use crate::arguments::arguments;
use crate::codes::Named;
use crate::earlier;
use crate::formats::{self, Checked, Feed, Label, Options, Source};
use crate::input::{self, Input, Opened};
use crate::plain::plain;
use crate::plan::plan;
use crate::policy::Policy;
use crate::progress::Progress;
use crate::report::{self, Outcome, Report, Tally};
use crate::server::Server;
use crate::text::{Bytes, Text};
use crate::uri;
use crate::walk::{Found, walk};

/// Bytes that a stream is asked for at a time.
const PIECE: usize = 256 * 1024;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// Done, no finding of severity error.
    Clean,
    /// Done, at least one.
    Errors,
    /// Something could not be done.
    Failed,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        Self::from(match end {
            End::Clean => 0,
            End::Errors => 1,
            End::Failed => 2,
        })
    }
}

/// The program.
pub(crate) fn main() -> ExitCode {
    let args = match arguments::<Args>() {
        Ok(args) => args,
        Err(end) => return end,
    };
    match &args.explain {
        Some(named) => explain(&named.0),
        None => check(&args),
    }
    .into()
}

fn explain(rules: &[&Rule]) -> End {
    let pages = rules.iter().map(|rule| format!("# {}\n\n{}", rule.code, page(rule)));
    let pages = pages.collect::<Vec<_>>().join("\n");
    end_of(write!(io::stdout().lock(), "{pages}"), End::Clean)
}

fn check(args: &Args) -> End {
    if let Some(format) = args.format.filter(|format| !format.is_read()) {
        complain(&format!("the format {} is not read yet", format.name()));
        return End::Failed;
    }
    let rules =
        |named: &[Named]| named.iter().flat_map(|named| named.0.clone()).collect::<Vec<_>>();
    let (allow, deny) = (rules(&args.allow), rules(&args.deny));
    let policy = match Policy::new(&allow, &deny, args.mask) {
        Ok(policy) => policy,
        Err(contradiction) => {
            complain(&contradiction);
            return End::Failed;
        }
    };
    let options = Options {
        format: args.format,
        profile: args.profile,
        target: args.target.clone(),
        opfs: args.opfs.clone(),
        server: (!args.map.is_empty()).then(|| Server::new(args.map.clone())),
        object: args.object,
    };
    let Some((previous, paths)) = args.inputs() else {
        complain("nothing is to be checked: a PATH is missing");
        return End::Failed;
    };
    let history = match earlier::history(previous, &options, complain) {
        Ok(history) => history,
        Err(error) => {
            complain(&error);
            return End::Failed;
        }
    };
    let mut load = Load::new();
    if !previous.is_empty() {
        load = load.with_history(&history);
    }
    if args.conventions || deny.iter().any(|rule| formats::is_convention(rule)) {
        load = load.with_conventions(Conventions::default());
    }
    let stdout = io::stdout();
    let wants_colour = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let colour = wants_colour && stdout.is_terminal();
    let found = walk(paths);
    let mut run = Run {
        policy,
        options,
        load,
        held: input::HELD,
        progress: Progress::new(found.iter().map(size).sum()),
        report: report::report(args.report, BufWriter::new(stdout.lock()), colour, args.mask),
        end: End::Clean,
    };
    let written = run.all(found);
    end_of(written, run.end)
}

/// Bytes to read, `None` where that is not known.
fn size(found: &Found) -> Option<u64> {
    match found {
        Found::Input(input) => input.size,
        Found::LeftOut(..) | Found::Unreadable(..) => Some(0),
    }
}

/// The end, unless the report could not be written. Whoever closes the pipe early has seen enough.
fn end_of(written: io::Result<()>, end: End) -> End {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("the report could not be written: {error}"));
            End::Failed
        }
        Ok(()) | Err(_) => end,
    }
}

/// Says something to the person at the terminal; there is no one else to tell when that fails.
fn complain(sentence: &str) {
    let _ = writeln!(io::stderr(), "check: {}", plain(sentence));
}

/// One run over all files.
struct Run<'a> {
    policy: Policy,
    options: Options,
    /// The feeds of Blackboard so far.
    load: Load<'a>,
    /// Larger files are not held in memory.
    held: u64,
    progress: Progress,
    report: Box<dyn Report + 'a>,
    end: End,
}

impl Run<'_> {
    fn all(&mut self, found: Vec<Found>) -> io::Result<()> {
        let planned = plan(found, &self.options);
        let objects = || planned.iter().filter_map(|planned| planned.feed.as_ref()?.object);
        for object in objects() {
            self.load.expect(object, objects().filter(|&other| other == object).count());
        }
        for planned in planned {
            match &planned.found {
                Found::Input(input) => self.one(input, planned.opened, planned.feed.as_ref()),
                Found::LeftOut(path, reason) => {
                    self.say(&format!("{}: left out: {reason}", path.display()));
                }
                Found::Unreadable(path, error) => {
                    self.fail(&format!("{}: {error}", path.display()));
                }
            }
        }
        // A report with a gap in it would be taken for the whole.
        if self.end == End::Failed {
            return Ok(());
        }
        self.progress.end();
        self.report.finish()
    }

    fn one(&mut self, input: &Input, opened: Option<Opened>, feed: Option<&Feed>) {
        let path = input.path.to_string_lossy().into_owned();
        self.progress.begin(&plain(&path));
        let mut opened = match opened.map_or_else(|| input.open(self.held), Ok) {
            Ok(opened) => opened,
            Err(error) => return self.fail(&format!("{path}: {error}")),
        };
        let mut kept = Collector::new().with_limit(self.report.keeps());
        let mut tally = Tally::default();
        let name = input.path.file_name().filter(|_| input.path != Path::new("-"));
        let name = name.map(|name| name.to_string_lossy());
        let label = Label { path: &path, name: name.as_deref(), named: input.named, feed };
        let checked = self.read(&mut opened, label, &mut |finding| {
            tally.add(&finding);
            kept.report(finding);
        });
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => return self.fail(&format!("{path}: {error}")),
        };

        if checked.format.is_none() && input.named {
            let is_document = matches!(&opened, Opened::Held(bytes) if formats::is_document(bytes));
            let hint =
                if is_document { "; of a workbook, save the sheet as `CSV UTF-8`" } else { "" };
            return self.fail(&format!("{path}: no known format{hint}"));
        }
        if kept.worst() == Some(Severity::Error) {
            self.end = self.end.max(End::Errors);
        }
        let encoding = checked.encoding.clone().unwrap_or_default();
        let bytes = match &checked.entry {
            Some(entry) => Bytes::Held(&entry.bytes),
            None => opened.bytes(),
        };
        let is_in_lines = checked.format.is_some_and(formats::Format::is_in_lines);
        let text = Text::new(bytes, &encoding)
            .in_lines(is_in_lines)
            .with_redaction(checked.redaction.as_ref());
        let outcome = Outcome {
            path,
            uri: uri::of(&input.path),
            size: input.size,
            format: checked.format.map(formats::Format::name),
            encoding: checked.encoding,
            records: checked.records,
            counts: checked.counts,
            skipped: checked.skipped,
            entry: checked.entry.as_ref().map(|entry| entry.name.clone()),
            dropped: kept.dropped(),
            findings: kept.into_sorted(),
            tally,
        };
        self.report.file(outcome, &text);
    }

    /// Reads an input; what the policy leaves of the findings goes to `sink`.
    fn read(
        &mut self,
        opened: &mut Opened,
        label: Label<'_>,
        sink: &mut dyn FnMut(Diagnostic),
    ) -> io::Result<Checked> {
        let Self { policy, options, load, progress, .. } = self;
        let mut sink = |finding| policy.settle(finding).into_iter().for_each(&mut *sink);
        let mut stream = |input: &mut dyn Read| {
            let mut input = BufReader::with_capacity(PIECE, progress.counting(input));
            formats::check(Source::Stream(&mut input), label, options, load, &mut sink)
        };
        match opened {
            Opened::Large(file) => {
                let mut head = [0; 4];
                let len = file.read(&mut head)?;
                file.rewind()?;
                if formats::is_archive(&head[..len], options) {
                    return formats::check_archive(file, &mut sink);
                }
                stream(file)
            }
            Opened::Passing(input) => stream(input),
            Opened::Held(bytes) => {
                let source = Source::Held(bytes);
                let checked = formats::check(source, label, options, load, &mut sink);
                progress.add(bytes.len() as u64);
                checked
            }
        }
    }

    fn say(&self, sentence: &str) {
        self.progress.aside(|| complain(sentence));
    }

    fn fail(&mut self, sentence: &str) {
        self.end = End::Failed;
        self.say(sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::ReportKind;
    use crate::formats::Profile;
    use crate::server::Mount;

    const MAP: &str =
        concat!(r"\\filer\lor=", env!("CARGO_MANIFEST_DIR"), "/data/brightspace-bulk");

    /// The report on the sample files, of which those above `held` bytes are not held in memory.
    fn said(kind: ReportKind, mask: bool, asked: bool, held: u64) -> String {
        let mut out = Vec::new();
        let options = Options {
            profile: Profile::named("moodle").filter(|_| asked),
            target: asked.then(|| "Somewhere else".to_owned()),
            server: asked.then(|| Server::new(vec![Mount::parse(MAP).expect("a folder")])),
            ..Options::default()
        };
        let mut run = Run {
            policy: Policy::new(&[], &[], mask).expect("no contradiction"),
            options,
            load: Load::new(),
            held,
            progress: Progress::new(None),
            report: report::report(kind, &mut out, false, mask),
            end: End::Clean,
        };
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folders = ["data", "../crates/ims-enterprise/rules"].map(|folder| here.join(folder));
        run.all(walk(&folders)).expect("memory takes everything");
        assert_eq!(run.end, End::Errors);
        drop(run);
        String::from_utf8(out).expect("a report is UTF-8")
    }

    #[test]
    fn a_large_file_is_reported_as_a_small_one() {
        for (mask, asked) in [(false, false), (true, false), (false, true)] {
            for kind in [ReportKind::Human, ReportKind::Json, ReportKind::Sarif] {
                let held = said(kind, mask, asked, u64::MAX);
                assert!(held == said(kind, mask, asked, 0), "{kind:?}, mask {mask}, {asked}");
                assert!(held.len() > 1000);
            }
        }
    }
}
