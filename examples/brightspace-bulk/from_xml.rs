//! From type 2 to type 3.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use brightspace_bulk::imsmd::LomReader;
use brightspace_bulk::path::file_name;
use brightspace_bulk::{Described, Item, LineEnd, LoadType, SetupWriter, Upload, to_csv_metadata};
use edu_diagnostics::Severity;
use edu_syntax::Decoded;
use serde::Serialize;

use crate::args::FromXml;
use crate::said::Said;
use crate::server::{Server, entry};
use crate::{Failure, print, read, reader, ready, say, unwritable};

/// A metadata file is not larger than this.
const LARGEST: u64 = 16 << 20;

/// What was converted, and what has no place in a setup file.
#[derive(Serialize)]
struct Report {
    version: u32,
    records: usize,
    losses: Vec<Lost>,
}

#[derive(Serialize)]
struct Lost {
    line: u64,
    metadata_path: String,
    path: String,
    reason: String,
}

/// Writes the new setup file, and lists the losses.
pub(crate) fn run(args: &FromXml) -> Result<bool, Failure> {
    let bytes = read(&args.config)?;
    let decoded = Decoded::new(&bytes);
    let mut said = Said::new(&args.config.to_string_lossy());
    let mut has_errors = false;
    let converted = convert(args, &decoded, &mut said, &mut has_errors);
    has_errors |= said.has_errors();
    said.say(Severity::Warning);
    let (setup, report) =
        converted.map_err(|failure| format!("{}: {failure}", args.config.display()))?;
    let save = ready(&args.out, &setup)?;
    print(&report)?;
    save.finish().map_err(|error| unwritable(&args.out, &error))?;
    for Lost { line, path, reason, .. } in &report.losses {
        say(&format!("line {line}: `{path}` is lost: {reason}"));
    }
    say(&format!("records written to {}: {}", args.out.display(), report.records));
    Ok(has_errors)
}

fn convert(
    args: &FromXml,
    decoded: &Decoded<'_>,
    said: &mut Said,
    has_errors: &mut bool,
) -> Result<(String, Report), Failure> {
    let server = Server::new(args.map.clone());
    let line_end = LineEnd::of(decoded.text()).unwrap_or_default();
    let mut writer = SetupWriter::new(LoadType::CsvMetadata).with_line_end(line_end);
    let mut report = Report { version: 1, records: 0, losses: Vec::new() };
    // Without a map files are told by their names alone.
    let mut taken: HashMap<PathBuf, String> = HashMap::new();
    let mut items = reader(&args.config, false).for_text(decoded, said);
    for item in items.by_ref() {
        let record = match item {
            Item::Comment(comment) => {
                writer.comment(comment)?;
                continue;
            }
            Item::Record(record) => record,
            _ => continue,
        };
        let line = record.line();
        let at = |reason: &dyn std::fmt::Display| format!("line {line}: {reason}");
        if record.load_type().is_some_and(|load_type| load_type != LoadType::XmlMetadata) {
            return Err("only a file of type 2 (XMLMetadata) names metadata files".into());
        }
        let upload = Upload::try_from(&*record).map_err(|reason| at(&reason))?;
        let Described::ByFile(metadata_path) = &upload.described else { continue };
        let file = find(args, &server, metadata_path).map_err(|reason| at(&reason))?;
        if let Some(other) = taken.insert(file.clone(), metadata_path.clone())
            && !other.eq_ignore_ascii_case(metadata_path)
            && args.map.is_empty()
        {
            let reason = format!(
                "`{metadata_path}` and `{other}` have one name; say with --map where each is"
            );
            return Err(at(&reason).into());
        }
        let bytes = metadata(&file).map_err(|reason| at(&reason))?;
        let mut said = Said::new(&file.to_string_lossy());
        let lom = LomReader::new().for_text(&Decoded::new(&bytes), &mut said);
        *has_errors |= said.has_errors();
        said.say(Severity::Warning);
        let lom = lom.ok_or_else(|| at(&format!("{} holds no metadata", file.display())))?;
        let mut losses = Vec::new();
        let converted = to_csv_metadata(&upload, &lom, args.lang.as_deref(), &mut losses);
        record.comments().iter().try_for_each(|comment| writer.comment(comment))?;
        writer.upload(&converted).map_err(|reason| at(&reason))?;
        report.records += 1;
        report.losses.extend(losses.into_iter().map(|loss| Lost {
            line,
            metadata_path: metadata_path.clone(),
            path: loss.path,
            reason: loss.reason.to_string(),
        }));
    }
    if items.load_type().is_none() {
        return Err("the load type is not known".into());
    }
    Ok((writer.finish(), report))
}

/// The local file that stands for a path of the server.
fn find(args: &FromXml, server: &Server, path: &str) -> Result<PathBuf, String> {
    if let Some(local) = server.local(path) {
        return Ok(local);
    }
    if !args.map.is_empty() {
        return Err(format!("no --map says where `{path}` is"));
    }
    let folder = args.config.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let name = file_name(path);
    if matches!(name, "" | "." | "..") {
        return Err(format!("`{path}` names no file"));
    }
    let beside = entry(folder, name).filter(|beside| beside.is_file());
    beside.ok_or_else(|| {
        format!("`{name}` is not beside the setup file; say with --map where the metadata are")
    })
}

fn metadata(file: &Path) -> Result<Vec<u8>, String> {
    let said = |error: io::Error| format!("{}: {error}", file.display());
    if fs::metadata(file).map_err(said)?.len() > LARGEST {
        return Err(format!("{} is larger than {} MiB", file.display(), LARGEST >> 20));
    }
    fs::read(file).map_err(said)
}
