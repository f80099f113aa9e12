//! `brightspace-bulk`: setup files of the Brightspace bulk upload as JSON, in canonical form, and from one
//! load type to another.

mod args;
#[path = "../common/arguments.rs"]
mod arguments;
mod from_xml;
mod json;
#[path = "../common/line.rs"]
mod line;
#[path = "../common/plain.rs"]
mod plain;
#[path = "../common/said.rs"]
mod said;
#[path = "../common/save.rs"]
mod save;
#[path = "../common/server.rs"]
mod server;
mod to_xml;

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use brightspace_bulk::SetupReader;
use edu_diagnostics::Severity;
use edu_syntax::Decoded;
use serde::Serialize;

use crate::args::{Args, Command};
use crate::arguments::arguments;
use crate::plain::plain;
use crate::said::Said;
use crate::save::Save;

/// Why the work could not be done.
pub(crate) type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let args = match arguments::<Args>() {
        Ok(args) => args,
        Err(end) => return end,
    };
    let done = match &args.command {
        Command::ToJson(args) => json::run(args),
        Command::ToXml(args) => to_xml::run(args),
        Command::FromXml(args) => from_xml::run(args),
        Command::Rewrite(args) => rewrite(args),
    };
    match done {
        Ok(has_errors) => ExitCode::from(u8::from(has_errors)),
        Err(failure) => {
            say(&format!("{failure}; nothing was written"));
            ExitCode::from(2)
        }
    }
}

/// Says something to the person at the terminal; there is no one else to tell when that fails.
pub(crate) fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "brightspace-bulk: {}", plain(sentence));
}

/// The bytes of a file that is named on the command line.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// One file, ready to get its name.
pub(crate) fn ready(path: &Path, content: &str) -> Result<Save, Failure> {
    let mut save = Save::new();
    save.add(path, content.as_bytes()).map_err(|error| unwritable(path, &error))?;
    Ok(save)
}

/// Why a file cannot be written.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("{path}: its folder does not exist").into(),
        _ => format!("{path}: {error}").into(),
    }
}

/// Prints what was done. It is said while the files can still be withdrawn.
pub(crate) fn print(report: &impl Serialize) -> Result<(), Failure> {
    let mut text = serde_json::to_string_pretty(report)?;
    text.push('\n');
    let mut out = io::stdout().lock();
    printed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Whoever closes the pipe early has seen enough.
pub(crate) fn printed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}").into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The reader for a setup file.
pub(crate) fn reader(path: &Path, straighten: bool) -> SetupReader<'_> {
    let name = path.file_name().and_then(|name| name.to_str());
    let reader = SetupReader::new();
    let reader = if straighten { reader.straighten_quotes() } else { reader };
    name.map_or(reader, |name| reader.with_file_name(name))
}

fn rewrite(args: &args::Rewrite) -> Result<bool, Failure> {
    let bytes = read(&args.config)?;
    let decoded = Decoded::new(&bytes);
    let mut said = Said::new(&args.config.to_string_lossy());
    let reader = reader(&args.config, args.straighten_quotes);
    let written = brightspace_bulk::rewrite(reader, &decoded, &mut said);
    let has_errors = said.has_errors();
    said.say(Severity::Warning);
    let written = written.map_err(|error| format!("{}: {error}", args.config.display()))?;
    ready(&args.out, &written)?.finish().map_err(|error| unwritable(&args.out, &error))?;
    Ok(has_errors)
}
