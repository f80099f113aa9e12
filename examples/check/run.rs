//! From arguments to exit code.

use std::env;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use edu_diagnostics::{Collector, Rule, Severity, Sink as _, page};

use crate::args::Args;
use crate::formats::{self, Options};
use crate::policy::Policy;
use crate::progress::Progress;
use crate::report::{self, Outcome, Report, Tally, plain};
use crate::walk::{Found, Input, walk};

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
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(answer) => {
            // Help goes to standard output, a complaint to standard error.
            let _ = answer.print();
            let end = if answer.use_stderr() { End::Failed } else { End::Clean };
            return end.into();
        }
    };
    match args.explain {
        Some(rule) => explain(rule),
        None => check(&args),
    }
    .into()
}

fn explain(rule: &Rule) -> End {
    let mut out = io::stdout().lock();
    end_of(write!(out, "# {}\n\n{}", rule.code, page(rule)), End::Clean)
}

fn check(args: &Args) -> End {
    if let Some(format) = args.format.filter(|format| !format.is_read()) {
        complain(&format!("the format {} is not read yet", format.name()));
        return End::Failed;
    }
    let policy = match Policy::new(&args.allow, &args.deny, args.mask) {
        Ok(policy) => policy,
        Err(contradiction) => {
            complain(&contradiction);
            return End::Failed;
        }
    };
    let stdout = io::stdout();
    let wants_colour = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let colour = wants_colour && stdout.is_terminal();
    let found = walk(&args.paths);
    let mut run = Run {
        policy,
        options: Options { format: args.format },
        progress: Progress::new(found.iter().map(size).sum()),
        report: report::report(args.report, BufWriter::new(stdout.lock()), colour, args.mask),
        end: End::Clean,
    };
    let written = run.all(&found);
    end_of(written, run.end)
}

fn size(found: &Found) -> u64 {
    match found {
        Found::Input(input) => input.size,
        Found::LeftOut(..) | Found::Unreadable(..) => 0,
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
    progress: Progress,
    report: Box<dyn Report + 'a>,
    end: End,
}

impl Run<'_> {
    fn all(&mut self, found: &[Found]) -> io::Result<()> {
        for found in found {
            match found {
                Found::Input(input) => self.one(input),
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
        let report = &mut self.report;
        self.progress.aside(|| report.finish())
    }

    fn one(&mut self, input: &Input) {
        let path = input.path.to_string_lossy().into_owned();
        self.progress.begin(&plain(&path));
        let bytes = match input.read() {
            Ok(bytes) => bytes,
            Err(error) => {
                self.fail(&format!("{path}: {error}"));
                return;
            }
        };
        let size = bytes.len() as u64;
        self.progress.grow(size.saturating_sub(input.size));

        let mut kept = Collector::new();
        let mut tally = Tally::default();
        let checked = formats::check(
            &bytes,
            &self.options,
            &mut |read| self.progress.at(read),
            &mut |finding| {
                if let Some(finding) = self.policy.settle(finding) {
                    tally.add(&finding);
                    kept.report(finding);
                }
            },
        );
        self.progress.done(size);

        if checked.format.is_none() && input.named {
            self.fail(&format!("{path}: no known format"));
            return;
        }
        if kept.worst() == Some(Severity::Error) {
            self.end = self.end.max(End::Errors);
        }
        let outcome = Outcome {
            path,
            format: checked.format.map(formats::Format::name),
            encoding: checked.encoding,
            records: checked.records,
            counts: checked.counts,
            skipped: checked.skipped,
            dropped: kept.dropped(),
            findings: kept.into_sorted(),
            tally,
        };
        self.report.file(outcome, &checked.text);
    }

    fn say(&self, sentence: &str) {
        self.progress.aside(|| complain(sentence));
    }

    fn fail(&mut self, sentence: &str) {
        self.end = End::Failed;
        self.say(sentence);
    }
}
