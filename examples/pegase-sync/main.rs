//! `pegase-sync`: what a synchronisation with Pégase would do.

mod args;
#[path = "../common/arguments.rs"]
mod arguments;
#[path = "../common/conversion.rs"]
mod conversion;
mod inputs;
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

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use edu_diagnostics::Severity;
use edu_syntax::Decoded;
use odf_model::{Catalogue, Content};
use pegase::{
    Alert, Change, ContentChange, Conversions, Import, Importer, MaquetteReader, Selected,
    Synchroniser, select,
};
use serde::Serialize;

use crate::args::Args;
use crate::arguments::arguments;
use crate::plain::plain;
use crate::progress::Progress;
use crate::texts::Texts;

/// Why there is no answer.
pub(crate) type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let args = match arguments::<Args>() {
        Ok(args) => args,
        Err(end) => return end,
    };
    let answer = match (&args.against, &args.tables) {
        (Some(catalogue), Some(tables)) => against(&args, catalogue, tables),
        _ => listed(&args),
    };
    match answer {
        Ok(has_errors) => ExitCode::from(u8::from(has_errors)),
        Err(failure) => {
            say(&format!("{failure}; nothing was written"));
            ExitCode::from(2)
        }
    }
}

/// Says something to the person at the terminal; there is no one else to tell when that fails.
pub(crate) fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "pegase-sync: {}", plain(sentence));
}

fn print(answer: &impl Serialize) -> Result<(), Failure> {
    let mut json = serde_json::to_vec_pretty(answer)?;
    json.push(b'\n');
    let mut out = io::stdout().lock();
    match out.write_all(&json).and_then(|()| out.flush()) {
        // Whoever closes the pipe early has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}").into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The version of the answers.
const VERSION: u32 = 1;

/// The answer about formations.
#[derive(Serialize)]
struct Listed<'a> {
    version: u32,
    formations: &'a [Selected],
    counts: &'a BTreeMap<&'a str, usize>,
    /// Pages that there are and that were not given, up to a thousand.
    missing_pages: &'a [u32],
    without_code: usize,
    /// Entries of which it is not said what they are.
    without_kind: usize,
}

/// The answer about contents.
#[derive(Serialize)]
struct Changes<'a> {
    version: u32,
    contents: &'a [ContentChange],
    counts: &'a BTreeMap<&'a str, usize>,
    alerts: &'a [Alert],
}

/// Of the formations that Pégase lists: which are imported, synchronised, left.
fn listed(args: &Args) -> Result<bool, Failure> {
    let known = match &args.known {
        Some(path) => inputs::codes(path)?,
        None => HashSet::new(),
    };
    let listing = inputs::listing(&args.inputs)?;
    let without_code = listing.without_code().count();
    let unsaid = listing.items().iter().filter(|item| item.kind.is_none()).count();
    if unsaid > 0 {
        say(&format!(
            "of {unsaid} entries it is not said that they are formations: they are not listed"
        ));
    }
    if without_code > 0 {
        say(&format!("{without_code} entries have no code: nothing can be done with them"));
    }
    let missing: Vec<u32> = listing.missing_pages().take(1_000).collect();
    if let Some(first) = missing.first() {
        say(&format!(
            "of {} pages these were not given, and what is on them is not listed: {first}{}",
            listing.total_pages().unwrap_or_default(),
            if missing.len() > 1 { " and others" } else { "" },
        ));
    }
    let selected = select(&listing, |code| known.contains(code), args.existing_only);
    let counts = count(selected.iter().map(|formation| formation.action.as_str()));
    say(&format!("{} formations: {}", selected.len(), in_words(&counts)));
    let answer = Listed {
        version: VERSION,
        formations: &selected,
        counts: &counts,
        missing_pages: &missing,
        without_code,
        without_kind: unsaid,
    };
    print(&answer).map(|()| false)
}

/// What becomes of each content of a catalogue.
fn against(args: &Args, catalogue: &Path, tables: &Path) -> Result<bool, Failure> {
    let least = if args.verbose { Severity::Info } else { Severity::Warning };
    let (tables, types) = maquette::tables(tables, least)?;
    let existing: Catalogue = inputs::catalogue(catalogue)?;
    let conversions = match &args.conversion {
        Some(folder) => conversion::read(folder, &tables, least)?,
        None => Conversions::new(),
    };
    if args.inputs.len() > 2 {
        return Err("a maquette and its details are read, not more".into());
    }
    let progress = Progress::new(args.inputs.iter().map(|path| maquette::size(path)).sum());
    progress.begin(&plain(&args.inputs[0].to_string_lossy()));
    let mut sources = Vec::new();
    for path in &args.inputs {
        sources.push(maquette::source(path, &progress)?);
    }
    let decoded: Vec<Decoded<'_>> =
        sources.iter().map(|source| Decoded::new(&source.bytes)).collect();
    let texts = Texts::new(&sources, &decoded);
    let maquette = texts.read(&MaquetteReader::new())?;
    let import = Importer::new(&tables)
        .with_conversions(&conversions)
        .with_object_types(types)
        .with_list_suffix(&args.list_suffix)
        .import(&maquette);
    let mut synchroniser = Synchroniser::new(&existing);
    if let Some(code) = &args.program {
        is_for(&existing, code, &import)
            .map_err(|why| format!("{}: {why}", catalogue.display()))?;
        synchroniser = synchroniser.with_program(code.as_str());
    }
    let result = synchroniser.synchronise(&import);
    progress.end();
    let mut has_errors = false;
    for said in texts.said(&import, false) {
        has_errors |= said.has_errors();
        said.say(least);
    }
    result.contents.iter().for_each(say_change);
    let counts = count(result.contents.iter().map(|content| content.change.as_str()));
    say(&format!("{} contents: {}", result.contents.len(), in_words(&counts)));
    let answer = Changes {
        version: VERSION,
        contents: &result.contents,
        counts: &counts,
        alerts: &import.alerts,
    };
    print(&answer).map(|()| has_errors)
}

/// Whether the content that the user named can be what the maquette is for.
fn is_for(existing: &Catalogue, code: &str, import: &Import) -> Result<(), String> {
    let root = import.roots.first().and_then(|root| import.catalogue.get(root));
    let (Some(content), Some(root)) = (existing.get(code), root) else {
        return Err(format!("no content has the code `{code}`, or the maquette has none"));
    };
    if content.kind() != root.kind() {
        return Err(format!(
            "`{code}` is a {}, and the maquette is for a {}",
            content.kind(),
            root.kind()
        ));
    }
    let has_its_code =
        |other: &&Content| other.code != *code && other.sync_code.as_deref() == Some(&*root.code);
    match existing.iter().find(has_its_code) {
        Some(other) => Err(format!(
            "`{}` has the synchronization code `{}` already: take it away there, or synchronise that one",
            other.code, root.code
        )),
        None => Ok(()),
    }
}

/// Says what changes in a content.
fn say_change(content: &ContentChange) {
    let ContentChange { code, kind, title, change, .. } = content;
    match change {
        Change::Unchanged => {}
        Change::Created | Change::Vanished => {
            say(&format!("{} {kind} {code}: {title}", change.as_str()));
        }
        Change::Updated(fields) => {
            for field in fields {
                let (name, old, new) = (field.field, &field.old, &field.new);
                say(&format!("updated {kind} {code}: {name} from {old} to {new}"));
            }
        }
    }
}

fn count<'w>(words: impl Iterator<Item = &'w str>) -> BTreeMap<&'w str, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

fn in_words(counts: &BTreeMap<&str, usize>) -> String {
    if counts.is_empty() {
        return "nothing to do".to_owned();
    }
    let counts: Vec<_> = counts.iter().map(|(word, count)| format!("{count} {word}")).collect();
    counts.join(", ")
}
