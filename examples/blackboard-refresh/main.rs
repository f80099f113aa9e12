//! `blackboard-refresh`: what an upload to Blackboard Learn would do.

mod args;
#[path = "../common/arguments.rs"]
mod arguments;
mod found;
mod human;
mod json;
#[path = "../common/line.rs"]
mod line;
#[path = "../common/plain.rs"]
mod plain;
#[expect(dead_code, reason = "the report waits until everything has been read")]
#[path = "../common/progress.rs"]
mod progress;
#[path = "../common/said.rs"]
mod said;
#[path = "../common/save.rs"]
mod save;

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use blackboard_sis::{
    Delta, DeltaError, Difference, FeedReader, History, Load, Object, Operation, Outcome, Preview,
    rules,
};
use edu_diagnostics::{Diagnostic, Severity};

use crate::args::{Args, ReportKind};
use crate::arguments::arguments;
use crate::found::{Found, Holds};
use crate::plain::plain;
use crate::progress::Progress;
use crate::said::Said;
use crate::save::Save;

/// Rows that cannot be sent, of which it is said why.
const REFUSED: usize = 20;

/// Why the work could not be done.
pub(crate) type Failure = Box<dyn Error>;

/// What the report is made of.
pub(crate) struct Answer<'a> {
    pub(crate) file: String,
    pub(crate) outcome: &'a Outcome<'a>,
    pub(crate) findings: &'a [Diagnostic],
    pub(crate) delta: Option<&'a Difference>,
    /// Rows of which a rule says that Learn does not take them.
    pub(crate) rows_with_errors: u64,
    pub(crate) is_masked: bool,
}

fn main() -> ExitCode {
    let args = match arguments::<Args>() {
        Ok(args) => args,
        Err(end) => return end,
    };
    match run(&args) {
        Ok(has_errors) => ExitCode::from(u8::from(has_errors)),
        Err(failure) => {
            let sentence = plain(&format!("{failure}; nothing was written"));
            // There is no one else to tell when that fails.
            let _ = writeln!(io::stderr(), "blackboard-refresh: {sentence}");
            ExitCode::from(2)
        }
    }
}

/// Whether something speaks against the upload.
fn run(args: &Args) -> Result<bool, Failure> {
    let (previous, file) = args.files()?;
    if args.delta.is_some() && args.operation == Operation::Delete {
        return Err(format!("--delta: {}", DeltaError::Delete).into());
    }
    let inputs = previous.iter().chain([file]);
    if let Some(folder) = &args.delta {
        replaces_none(folder, inputs.clone())?;
    }
    let size = |path| fs::metadata(path).ok().map(|metadata| metadata.len());
    let progress = Progress::new(inputs.chain([file]).map(size).sum());
    let mut reader = FeedReader::new();
    if let Some(object) = args.object {
        reader = reader.with_object(object);
    }
    if let Some(delimiter) = args.delimiter {
        reader = reader.with_delimiter(delimiter);
    }
    let mut said = Vec::new();
    let mut history = History::new();
    if let Some(key) = &args.data_source_key {
        history = history.with_data_source(key);
    }
    for path in previous {
        let mut found = Found::new(path, args.mask);
        let added = open(path, &progress)
            .and_then(|input| history.add_reader(&reader, input, &mut |it| found.take(it)))
            .map_err(|error| unreadable(path, &error))?;
        said.push(found.said);
        if added.is_none() {
            let holds = found.holds;
            say_all(said);
            return Err(unknown(path, args, holds));
        }
    }
    let mut found = Found::new(file, args.mask);
    found.is_refresh = args.operation.is_refresh();
    // It is read twice: for its rows to be checked, and for what they do.
    let read = Twice::new(file, &progress)
        .and_then(|input| {
            check(&reader, file, input.open(file, &progress)?, &history, &mut found)?;
            let input = input.open(file, &progress)?;
            read(args, &reader, input, &history, &mut found)
        })
        .map_err(|error| unreadable(file, &error));
    progress.end();
    let read = read?;
    let holds = found.holds;
    let (rows_with_errors, unsaid) = (found.rows_with_errors, found.unsaid);
    said.push(found.said);
    let has_errors = said.iter().any(Said::has_errors);
    say_all(said);
    if unsaid > 0 {
        let sentence = format!("{}: and {unsaid} more errors: run check", file.display());
        // There is no one else to tell when that fails.
        let _ = writeln!(io::stderr(), "{}", plain(&sentence));
    }
    let Some((difference, outcome)) = read else { return Err(unknown(file, args, holds)) };
    of_its_kind(&history, outcome.object())?;
    if let Some(difference) = &difference {
        all_written(file, difference)?;
    }
    let mut findings = outcome.findings();
    // It has been said with its place.
    findings.retain(|finding| holds == Holds::Rows || finding.rule != &rules::NO_ROWS);
    if args.mask {
        findings.iter_mut().for_each(Diagnostic::mask);
    }
    let answer = Answer {
        file: plain(&file.to_string_lossy()),
        outcome: &outcome,
        findings: &findings,
        delta: difference.as_ref(),
        rows_with_errors,
        is_masked: args.mask,
    };
    let report = match args.report {
        ReportKind::Human => human::report(&answer),
        ReportKind::Json => json::report(&answer)?,
    };
    match (&args.delta, &difference) {
        (Some(folder), Some(difference)) => write(folder, difference, &report)?,
        _ => print(&report)?,
    }
    let has_errors = has_errors || outcome.total().refused > 0;
    Ok(has_errors || !findings.is_empty() || outcome.is_over_limit())
}

/// What is wrong with the feed, by all rules: errors alone, for Learn refuses such rows.
fn check(
    reader: &FeedReader,
    path: &Path,
    input: impl BufRead,
    history: &History,
    found: &mut Found,
) -> io::Result<()> {
    let mut load = Load::new().with_history(history);
    let mut sink = |finding| found.take_error(finding);
    load.check_reader(reader, &path.to_string_lossy(), input, &mut sink)?;
    Ok(())
}

/// What the feed would do, and the two feeds in its place if they are asked for; `None` where it is not known what it is
/// about.
fn read<'h>(
    args: &Args,
    reader: &FeedReader,
    input: impl BufRead,
    history: &'h History,
    found: &mut Found,
) -> io::Result<Option<(Option<Difference>, Outcome<'h>)>> {
    let begin = |object| {
        let preview = Preview::new(args.operation, object, history).with_limit(args.max_disable);
        let preview = match &args.data_source_key {
            Some(key) => preview.with_data_source(key),
            None => preview,
        };
        if args.delta.is_none() {
            return Ok(Reading::Preview(preview));
        }
        Delta::new(preview).map(Reading::Delta).map_err(io::Error::other)
    };
    let lines = std::mem::take(&mut found.lines);
    let mut rows_with_errors = 0;
    // Errors have been said.
    let mut sink = |finding| found.take_less(finding);
    let mut rows = reader.for_reader(input, &mut sink);
    let mut reading = None;
    while let Some(row) = rows.next()? {
        rows_with_errors += u64::from(lines.contains(&row.line()));
        let reading = match &mut reading {
            Some(reading) => reading,
            None => reading.insert(begin(row.object())?),
        };
        match reading {
            Reading::Preview(preview) => preview.row(&row),
            Reading::Delta(delta) => delta.row(&row),
        }
    }
    // A header row alone takes everything away.
    if reading.is_none()
        && let Some(object) = rows.object()
    {
        reading = Some(begin(object)?);
    }
    found.rows_with_errors = rows_with_errors;
    Ok(reading.map(|reading| match reading {
        Reading::Preview(preview) => (None, preview.finish()),
        Reading::Delta(delta) => {
            let (difference, outcome) = delta.finish();
            (Some(difference), outcome)
        }
    }))
}

/// What the rows are shown to.
enum Reading<'h> {
    Preview(Preview<'h>),
    Delta(Delta<'h>),
}

/// Says which rows cannot be sent as they are. Without them the two feeds would not do what the refresh does.
fn all_written(file: &Path, difference: &Difference) -> Result<(), Failure> {
    let refused = &difference.refused;
    if refused.is_empty() {
        return Ok(());
    }
    let file = file.display();
    for refused in refused.iter().take(REFUSED) {
        // There is no one else to tell when that fails.
        let _ = writeln!(io::stderr(), "{}", plain(&format!("{file}: {refused}")));
    }
    if refused.len() > REFUSED {
        let _ = writeln!(
            io::stderr(),
            "{}: and {} more",
            plain(&file.to_string()),
            refused.len() - REFUSED
        );
    }
    let what = if refused.len() == 1 { "1 row" } else { &format!("{} rows", refused.len()) };
    Err(format!(
        "--delta: {what} of the two feeds cannot be sent as above: correct the feed, and try again"
    )
    .into())
}

fn say_all(said: Vec<Said>) {
    for said in said {
        said.say(Severity::Warning);
    }
}

fn open<'p>(path: &Path, progress: &'p Progress) -> io::Result<Box<dyn BufRead + 'p>> {
    progress.begin(&plain(&path.to_string_lossy()));
    Ok(if path == Path::new("-") {
        Box::new(BufReader::new(progress.counting(io::stdin())))
    } else {
        Box::new(BufReader::new(progress.counting(File::open(path)?)))
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    format!("{}: {error}", path.display()).into()
}

fn unknown(path: &Path, args: &Args, holds: Holds) -> Failure {
    let why = match args.object {
        _ if holds == Holds::Nothing => "the file is empty: it has not even a header row",
        Some(_) => "there is no header row that can be read",
        None => "it is not known what its rows are about; say it with --object",
    };
    format!("{}: {why}", path.display()).into()
}

/// The two feeds must not take the place of a file that is read.
fn replaces_none<'a>(
    folder: &Path,
    inputs: impl Iterator<Item = &'a PathBuf>,
) -> Result<(), Failure> {
    let inputs: Vec<_> = inputs.filter_map(|path| fs::canonicalize(path).ok()).collect();
    for name in ["store.txt", "delete.txt"] {
        let path = folder.join(name);
        if fs::canonicalize(&path).is_ok_and(|path| inputs.contains(&path)) {
            let path = path.display();
            return Err(
                format!("--delta: {path} is a file that is read: name another folder").into()
            );
        }
    }
    Ok(())
}

/// A feed that is read twice.
enum Twice {
    File,
    /// What can be read only once, such as a pipe.
    Held(Vec<u8>),
}

impl Twice {
    fn new(path: &Path, progress: &Progress) -> io::Result<Self> {
        if path != Path::new("-") && fs::metadata(path)?.is_file() {
            return Ok(Self::File);
        }
        let mut held = Vec::new();
        open(path, progress)?.read_to_end(&mut held)?;
        Ok(Self::Held(held))
    }

    fn open<'p>(
        &'p self,
        path: &Path,
        progress: &'p Progress,
    ) -> io::Result<Box<dyn BufRead + 'p>> {
        match self {
            Self::File => open(path, progress),
            Self::Held(held) => Ok(Box::new(&held[..])),
        }
    }
}

/// Without an earlier feed of the kind, everything would seem to be new.
fn of_its_kind(history: &History, object: Object) -> Result<(), Failure> {
    if history.objects().any(|(other, _)| other == object) {
        return Ok(());
    }
    let others: Vec<_> = history.objects().map(|(other, _)| other.plural()).collect();
    let (others, object) = (others.join(" and "), object.plural());
    Err(format!("the earlier feeds are about {others}, and FILE is about {object}").into())
}

/// Writes the two feeds, and says what was done while they can still be withdrawn.
fn write(folder: &Path, difference: &Difference, report: &str) -> Result<(), Failure> {
    let failure = |error: io::Error| format!("{}: {error}", folder.display());
    let is_new = !folder.exists();
    fs::create_dir_all(folder).map_err(failure)?;
    let mut save = Save::new();
    let written = save
        .add(&folder.join("store.txt"), difference.store.as_bytes())
        .and_then(|()| save.add(&folder.join("delete.txt"), difference.delete.as_bytes()))
        .map_err(|error| failure(error).into())
        .and_then(|()| print(report))
        .and_then(|()| save.finish().map_err(|error| failure(error).into()));
    if written.is_err() && is_new {
        let _ = fs::remove_dir(folder);
    }
    written
}

fn print(report: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(report.as_bytes()).and_then(|()| out.flush()) {
        // Whoever closes the pipe early has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}").into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
