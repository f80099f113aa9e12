//! `offering-rule-generator`: the commands that replace the rules of the courses of an offering rule matrix.

mod args;
#[path = "../common/arguments.rs"]
mod arguments;
mod course;
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
use std::path::Path;
use std::process::ExitCode;

use edu_diagnostics::Severity;
use edu_syntax::Decoded;
use offering_rules::{
    Command, CoursePath, Dialect, Generator, Matrix, MatrixReader, Orientation, rules,
};
use serde::Serialize;

use crate::args::{Args, OutputFormat};
use crate::arguments::arguments;
use crate::course::many;
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
    match run(&args) {
        Ok(is_written) => {
            if !is_written {
                say("the matrix has errors; nothing was written");
            }
            ExitCode::from(u8::from(!is_written))
        }
        Err(failure) => {
            say(&format!("{failure}; nothing was written"));
            ExitCode::from(2)
        }
    }
}

/// Says something to the person at the terminal; there is no one else to tell when that fails.
fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "offering-rule-generator: {}", plain(sentence));
}

/// Writes the commands, unless the matrix has an error. Says whether they were written.
fn run(args: &Args) -> Result<bool, Failure> {
    let organisation = CoursePath::new(args.organisation.trim_end_matches('/'));
    if !organisation.is_well_formed() {
        return Err(format!("`{}` is no path: write it from `/Root` on", args.organisation).into());
    }
    let dialect = dialect(args)?;
    let path = args.matrix.to_string_lossy();
    let bytes = fs::read(&args.matrix).map_err(|error| format!("{path}: {error}"))?;
    if is_same_file(&args.matrix, &args.out) {
        return Err("the commands would take the place of the matrix: give another `-o`".into());
    }
    if args.dialect.as_ref().is_some_and(|dialect| is_same_file(dialect, &args.out)) {
        return Err("the commands would take the place of the dialect: give another `-o`".into());
    }
    let mut said = Said::new(&path);
    let mut reader = MatrixReader::new().with_kind(args.rules.into());
    if args.keep_unknown {
        reader = reader.with_unknown_rows();
    }
    let matrix = reader.for_text(&Decoded::new(&bytes), &mut said);
    let mut commands = None;
    if let Some(matrix) = &matrix {
        if args.verbose {
            say(&summary(matrix));
        }
        if said.has_errors() {
            // What is wrong has been said; the rules of what was read are checked all the same.
            rules::check(matrix, Some(&organisation), None, &mut said);
        } else {
            let generator = Generator::new()
                .with_organisation(organisation.clone())
                .with_removal(args.removal.into())
                .with_removal_limit(args.removal_limit as usize)
                .with_processing(args.processing);
            commands = generator.generate(matrix, &mut said);
        }
    }
    said.say(if args.verbose { Severity::Info } else { Severity::Warning });
    let (Some(matrix), Some(commands)) = (matrix, commands) else { return Ok(false) };
    if args.verbose {
        for line in course::lines(&matrix, &commands) {
            say(&line);
        }
    }
    let text = match args.format {
        OutputFormat::Text => dialect.render(&organisation, &commands)?,
        OutputFormat::Json => {
            let json = Json { version: 1, commands: &commands };
            serde_json::to_string_pretty(&json)? + "\n"
        }
    };
    let unwritable = |error: &io::Error| format!("{}: {error}", args.out.display());
    let mut save = Save::new();
    save.add(&args.out, text.as_bytes()).map_err(|error| unwritable(&error))?;
    save.finish().map_err(|error| unwritable(&error))?;
    let count = many(commands.len(), "command");
    say(&format!("wrote {count} to {}", args.out.display()));
    Ok(true)
}

/// The commands as JSON.
#[derive(Serialize)]
struct Json<'c> {
    version: u32,
    commands: &'c [Command],
}

fn dialect(args: &Args) -> Result<Dialect, Failure> {
    let Some(path) = &args.dialect else { return Ok(Dialect::default()) };
    let in_file = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| in_file(&error))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    serde_json::from_str(text).map_err(|error| in_file(&error).into())
}

/// A matrix in one sentence.
fn summary(matrix: &Matrix) -> String {
    format!(
        "read a matrix of {} rules, layout {}, {}: {}, {}, {}",
        matrix.kind,
        matrix.layout,
        match matrix.orientation {
            Orientation::Transposed => "transposed",
            Orientation::Old => "not transposed",
        },
        many(matrix.columns.len(), "column"),
        many(matrix.values.len(), "profile value"),
        many(matrix.marks(), "mark")
    )
}

/// Whether two names lead to one file.
fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}
