//! `pegase-import`: what catalogue of Ametys ODF a maquette of Pégase becomes, and what does not fit.

mod args;
#[path = "../common/arguments.rs"]
mod arguments;
#[path = "../common/conversion.rs"]
mod conversion;
#[path = "../common/json.rs"]
mod json;
#[path = "../common/line.rs"]
mod line;
#[path = "../common/maquette.rs"]
mod maquette;
#[path = "../common/plain.rs"]
mod plain;
#[expect(dead_code, reason = "files that are read as a whole need little of it")]
#[path = "../common/progress.rs"]
mod progress;
#[path = "../common/said.rs"]
mod said;
#[path = "../common/texts.rs"]
mod texts;
mod tree;
mod words;

use std::env;
use std::error::Error;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use edu_diagnostics::Severity;
use edu_syntax::Decoded;
use pegase::{Conversions, Import, Importer, Limits, MaquetteReader, Shape};

use crate::args::Args;
use crate::arguments::arguments;
use crate::plain::plain;
use crate::progress::Progress;
use crate::texts::Texts;
use crate::tree::Tree;
use crate::words::many;

/// Why there is no catalogue.
pub(crate) type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let args = match arguments::<Args>() {
        Ok(args) => args,
        Err(end) => return end,
    };
    match run(&args) {
        Ok(has_errors) => ExitCode::from(u8::from(has_errors)),
        Err(failure) => {
            say(&format!("{failure}; nothing was written"));
            ExitCode::from(2)
        }
    }
}

/// Says something to the person at the terminal; there is no one else to tell when that fails.
pub(crate) fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "pegase-import: {}", plain(sentence));
}

/// Imports, and prints what came of it. Says whether an error was found.
fn run(args: &Args) -> Result<bool, Failure> {
    let least = if args.verbose { Severity::Info } else { Severity::Warning };
    let (tables, types) = maquette::tables(&args.tables, least)?;
    let conversions = match &args.conversion {
        Some(folder) => conversion::read(folder, &tables, least)?,
        None => Conversions::new(),
    };

    let paths = || std::iter::once(&args.maquette).chain(&args.details);
    if paths().filter(|path| path.as_os_str() == "-").count() > 1 {
        return Err("standard input can be read only once: name a file".into());
    }
    let progress = Progress::new(paths().map(|path| maquette::size(path)).sum());
    progress.begin(&plain(&args.maquette.to_string_lossy()));
    let mut sources = Vec::new();
    for path in paths() {
        sources.push(maquette::source(path, &progress)?);
    }
    let texts: Vec<Decoded<'_>> =
        sources.iter().map(|source| Decoded::new(&source.bytes)).collect();
    let texts = Texts::new(&sources, &texts);

    let mut limits = Limits::default();
    limits.depth = args.max_depth;
    let reader = MaquetteReader::new().with_limits(limits);
    let maquette = texts.read(&reader)?;
    let importer = Importer::new(&tables)
        .with_conversions(&conversions)
        .with_object_types(types)
        .with_list_suffix(&args.list_suffix);
    let import = importer.import(&maquette);

    let mut has_errors = import.worst() == Some(Severity::Error);
    let stdout = io::stdout();
    let printed = if args.tree {
        let wants_colour = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let colour = wants_colour && stdout.is_terminal();
        Tree::new(&import, &maquette, least, colour).draw().into_bytes()
    } else {
        let mut json = serde_json::to_vec_pretty(&import)?;
        json.push(b'\n');
        json
    };
    progress.end();
    for said in texts.said(&import, args.tree) {
        has_errors |= said.has_errors();
        said.say(least);
    }
    say(&closing(&texts, maquette.shape(), &import, least));
    let mut out = stdout.lock();
    match out.write_all(&printed).and_then(|()| out.flush()) {
        // Whoever closes the pipe early has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}").into())
        }
        Ok(()) | Err(_) => Ok(has_errors),
    }
}

/// What was made of what, in one sentence.
fn closing(texts: &Texts<'_>, shape: Shape, import: &Import, least: Severity) -> String {
    let paths: Vec<&str> = texts.texts.iter().map(|(path, _)| *path).collect();
    let count = |severity: Severity| {
        let count = import.alerts.iter().filter(|alert| alert.severity == severity).count();
        let hint = if count > 0 && severity < least { " (-v shows them)" } else { "" };
        many(count, severity.as_str()) + hint
    };
    format!(
        "{} ({}): {}; {}, {}, {}; {} required by Ametys left to fill in",
        paths.join(" with "),
        shape.as_str(),
        import.catalogue.counts(),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info),
        many(import.missing_mandatory().len(), "field"),
    )
}
