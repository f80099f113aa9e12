//! `offering-rule-matrix`: offering rule matrices in other layouts.

mod args;
#[path = "../common/arguments.rs"]
mod arguments;
#[path = "../common/line.rs"]
mod line;
#[path = "../common/plain.rs"]
mod plain;
#[path = "../common/said.rs"]
mod said;
#[path = "../common/save.rs"]
mod save;

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::process::ExitCode;

use edu_diagnostics::Severity;
use edu_syntax::Decoded;
use offering_rules::{MatrixReader, convert, layout_for, write};

use crate::args::{Args, Command, Convert};
use crate::arguments::arguments;
use crate::plain::plain;
use crate::said::Said;
use crate::save::Save;

/// Why the work could not be done.
type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let args = match arguments::<Args>() {
        Ok(args) => args,
        Err(end) => return end,
    };
    let Command::Convert(args) = &args.command;
    match run(args) {
        Ok(is_written) => ExitCode::from(u8::from(!is_written)),
        Err(failure) => {
            say(&format!("{failure}; nothing was written"));
            ExitCode::from(2)
        }
    }
}

/// Says something to the person at the terminal; there is no one else to tell when that fails.
fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "offering-rule-matrix: {}", plain(sentence));
}

/// Converts, unless something in the matrix cannot be read and would be lost. Says whether it was written.
fn run(args: &Convert) -> Result<bool, Failure> {
    let bytes =
        fs::read(&args.matrix).map_err(|error| format!("{}: {error}", args.matrix.display()))?;
    let mut said = Said::new(&args.matrix.to_string_lossy());
    let mut reader = MatrixReader::new();
    if args.keep_unknown {
        reader = reader.with_unknown_rows();
    }
    let matrix = reader.for_text(&Decoded::new(&bytes), &mut said).filter(|_| !said.has_errors());
    let Some(mut matrix) = matrix else {
        said.say(Severity::Warning);
        say("the matrix has errors; nothing was written");
        return Ok(false);
    };
    if args.sort {
        matrix.sort();
    }
    let orientation = args.orientation.map_or(matrix.orientation, Into::into);
    let layout = args.layout.unwrap_or_else(|| layout_for(&matrix, orientation));
    let converted = convert(&matrix, layout, orientation, &mut said);
    let written = write(&converted, &mut said);
    said.say(Severity::Warning);
    let unwritable = |error: &io::Error| format!("{}: {error}", args.out.display());
    let mut save = Save::new();
    save.add(&args.out, written?.as_bytes()).map_err(|error| unwritable(&error))?;
    save.finish().map_err(|error| unwritable(&error))?;
    Ok(true)
}
