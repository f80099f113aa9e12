//! From type 3 to type 2.

use std::fs;
use std::path::{Path, PathBuf};

use brightspace_bulk::path::{file_name, folder};
use brightspace_bulk::{Item, LineEnd, LoadType, Names, SetupWriter, Upload, to_xml_metadata};
use edu_diagnostics::{Diagnostic, Severity};
use edu_syntax::Decoded;
use serde::Serialize;

use crate::args::ToXml;
use crate::said::Said;
use crate::save::Save;
use crate::{Failure, print, read, reader, say, unwritable};

/// What was written.
#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    setup: String,
    metadata: &'a [Written],
}

#[derive(Serialize)]
struct Written {
    line: u64,
    file: String,
    metadata_path: String,
}

/// What is to be written, and what there is to say of it.
struct Converted {
    files: Vec<(PathBuf, String)>,
    written: Vec<Written>,
}

/// Writes the metadata files and the new setup file; all of them, or none.
pub(crate) fn run(args: &ToXml) -> Result<bool, Failure> {
    let bytes = read(&args.config)?;
    let decoded = Decoded::new(&bytes);
    let shown = args.config.display();
    let setup = setup_path(args)?;
    let mut said = Said::new(&args.config.to_string_lossy());
    let done = convert(args, &decoded, &setup, &mut said);
    let has_errors = said.has_errors();
    said.say(Severity::Warning);
    let Converted { files, written } = done.map_err(|failure| format!("{shown}: {failure}"))?;
    let report = Report { version: 1, setup: setup.display().to_string(), metadata: &written };
    let new = new_folders(&args.out);
    if let Err(failure) = put(args, &files, &report) {
        for folder in new {
            let _ = fs::remove_dir(folder);
        }
        return Err(failure);
    }
    say(&format!("written: {}, and metadata files: {}", setup.display(), written.len()));
    Ok(has_errors)
}

/// The folders that have to be made, the innermost first.
fn new_folders(out: &Path) -> Vec<&Path> {
    out.ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .collect()
}

/// Writes the files into the folder, none of them over another.
fn put(args: &ToXml, files: &[(PathBuf, String)], report: &Report<'_>) -> Result<(), Failure> {
    let out = &args.out;
    if out.exists() && !out.is_dir() {
        return Err(format!("{} is no folder", out.display()).into());
    }
    fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let mut save = Save::new();
    for (path, content) in files {
        // A link that leads nowhere is something too.
        if fs::symlink_metadata(path).is_ok() {
            return Err(format!("{} is there already", path.display()).into());
        }
        save.add(path, content.as_bytes()).map_err(|error| unwritable(path, &error))?;
    }
    print(report)?;
    save.finish().map_err(|error| unwritable(out, &error))
}

/// The new setup file has the name of the old one, and ends in `.txt`.
fn setup_path(args: &ToXml) -> Result<PathBuf, Failure> {
    let stem = args.config.file_stem().ok_or("CONFIG has no name")?;
    let mut name = stem.to_owned();
    name.push(".txt");
    Ok(args.out.join(name))
}

fn convert(
    args: &ToXml,
    decoded: &Decoded<'_>,
    setup: &Path,
    said: &mut Said,
) -> Result<Converted, Failure> {
    let line_end = LineEnd::of(decoded.text()).unwrap_or_default();
    let mut writer = SetupWriter::new(LoadType::XmlMetadata).with_line_end(line_end);
    let (mut names, mut files, mut written) = (Names::new(), Vec::new(), Vec::new());
    // An asset may be an XML file, and the metadata may stand beside it.
    let unheard = &mut |_: Diagnostic| {};
    for item in reader(&args.config, false).without_rules().for_text(decoded, unheard) {
        if let Item::Record(record) = item {
            names.reserve(file_name(record.path().value()));
        }
    }
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
        if record.load_type().is_some_and(|load_type| load_type != LoadType::CsvMetadata) {
            return Err("only a file of type 3 (CSVMetadata) has metadata to convert".into());
        }
        let upload = Upload::try_from(&*record).map_err(|reason| at(&reason))?;
        let name = names.propose(&upload.path);
        let prefix = args.metadata_prefix.as_deref().unwrap_or_else(|| folder(&upload.path));
        let metadata_path = joined(prefix, &name);
        let converted = to_xml_metadata(&upload, &metadata_path, args.lang.as_deref());
        let Some((upload, xml)) = converted.map_err(|reason| at(&reason))? else { continue };
        record.comments().iter().try_for_each(|comment| writer.comment(comment))?;
        writer.upload(&upload).map_err(|reason| at(&reason))?;
        files.push((args.out.join(&name), xml));
        written.push(Written { line, file: name, metadata_path });
    }
    if items.load_type().is_none() {
        return Err("the load type is not known".into());
    }
    files.push((setup.to_owned(), writer.finish()));
    Ok(Converted { files, written })
}

/// The path of a file in a folder of the server.
fn joined(prefix: &str, name: &str) -> String {
    let separator = match prefix {
        "" => "",
        ended if ended.ends_with(['\\', '/']) => "",
        slashes if slashes.contains('/') && !slashes.contains('\\') => "/",
        _ => "\\",
    };
    format!("{prefix}{separator}{name}")
}
