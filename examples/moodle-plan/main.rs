//! `moodle-plan`: what Moodle's import of IMS Enterprise files would do with a file, and why.

mod args;
#[path = "../common/arguments.rs"]
mod arguments;
mod human;
mod json;
#[path = "../common/line.rs"]
mod line;
mod load;
#[path = "../common/plain.rs"]
mod plain;
mod plan;
#[path = "../common/progress.rs"]
mod progress;

use std::env;
use std::error::Error;
use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use edu_diagnostics::{Collector, Severity};
use ims_enterprise::moodle::{Action, Planner, Site};

use crate::args::{Args, Mode, ReportKind};
use crate::arguments::arguments;
use crate::human::Human;
use crate::json::Json;
use crate::plain::plain;
use crate::plan::Input;
use crate::progress::Progress;

/// Why there is no plan.
pub(crate) type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let args = match arguments::<Args>() {
        Ok(args) => args,
        Err(end) => return end,
    };
    match run(&args) {
        Ok(has_errors) => ExitCode::from(u8::from(has_errors)),
        Err(failure) => {
            // There is no one else to tell when this fails.
            let _ = writeln!(io::stderr(), "moodle-plan: {}", plain(&failure.to_string()));
            ExitCode::from(2)
        }
    }
}

/// Plans, and prints the plan when it is complete. Says whether an error was found.
fn run(args: &Args) -> Result<bool, Failure> {
    let planner = Planner::new(load::settings(&args.settings)?).with_mode(args.mode.into());
    let mut site = Site::from(load::site(&args.site)?);
    let path = args.file.to_string_lossy().into_owned();
    let in_file = |error: &dyn Display| format!("{path}: {error}");
    let input = Input::open(&args.file).map_err(|error| in_file(&error))?;
    let progress = Progress::new(input.size(args.mode == Mode::Fixed));
    progress.begin(&plain(&path));

    let stdout = io::stdout();
    let kind = args.report.unwrap_or(if stdout.is_terminal() {
        ReportKind::Human
    } else {
        ReportKind::Json
    });
    let mut found = Collector::new();
    let mut plan = |found: &mut Collector, take: &mut dyn FnMut(&Action<'_>)| {
        plan::plan(&planner, &input, &mut site, found, &progress, take)
            .map_err(|error| in_file(&error))
    };
    let (printed, has_errors) = match kind {
        ReportKind::Json => {
            let mut json = Json::new();
            plan(&mut found, &mut |action| json.action(action))?;
            let has_errors = found.worst() == Some(Severity::Error);
            (json.finish(&site.rows(), found)?, has_errors)
        }
        ReportKind::Human => {
            let mut human = Human::new();
            plan(&mut found, &mut |action| human.action(action))?;
            let has_errors = found.worst() == Some(Severity::Error);
            let wants_colour = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            let colour = wants_colour && stdout.is_terminal();
            let said = human.finish(&path, args.mode.name(), found, colour);
            (said.into_bytes(), has_errors)
        }
    };
    let mut out = stdout.lock();
    match progress.aside(|| out.write_all(&printed).and_then(|()| out.flush())) {
        // Whoever closes the pipe early has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}").into())
        }
        Ok(()) | Err(_) => Ok(has_errors),
    }
}
