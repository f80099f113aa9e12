//! Records as JSON.

use std::io::{self, BufWriter, Write};

use brightspace_bulk::{Field, Item, LoadType, Record, SetupReader};
use edu_diagnostics::Severity;
use edu_syntax::Decoded;
use serde::Serialize;

use crate::args::ToJson;
use crate::said::Said;
use crate::{Failure, printed, read, reader};

/// A record as it stands; which members there are depends on the load type.
#[derive(Serialize)]
struct Row<'t> {
    line: u64,
    repository_id: Id<'t>,
    path: &'t str,
    #[serde(flatten)]
    described: Described<'t>,
    /// Fields beyond those of the type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extra: Vec<&'t str>,
}

/// The repository id; as text where it is none.
#[derive(Serialize)]
#[serde(untagged)]
enum Id<'t> {
    Number(u64),
    Text(&'t str),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Described<'t> {
    Package {},
    File {
        metadata_path: &'t str,
    },
    Fields {
        title: &'t str,
        description: &'t str,
        keyword: &'t str,
        role: &'t str,
        first_name: &'t str,
        last_name: &'t str,
        format: &'t str,
    },
}

impl<'t> Row<'t> {
    fn new(record: &Record<'t>) -> Self {
        let described = match record.load_type() {
            None | Some(LoadType::Package) => Described::Package {},
            Some(LoadType::XmlMetadata) => {
                Described::File { metadata_path: record.metadata_path().value() }
            }
            Some(LoadType::CsvMetadata) => Described::Fields {
                title: record.title().value(),
                description: record.description().value(),
                keyword: record.keyword().value(),
                role: record.role().value(),
                first_name: record.first_name().value(),
                last_name: record.last_name().value(),
                format: record.format().value(),
            },
        };
        Self {
            line: record.line(),
            repository_id: match record.repository_id() {
                Some(id) => Id::Number(id.get()),
                None => Id::Text(record.repository().value()),
            },
            path: record.path().value(),
            described,
            extra: record.extra().map(Field::value).collect(),
        }
    }
}

/// Prints `{"version","load_type","records":[…]}`.
pub(crate) fn run(args: &ToJson) -> Result<bool, Failure> {
    let bytes = read(&args.config)?;
    let decoded = Decoded::new(&bytes);
    let reader = reader(&args.config, args.straighten_quotes);
    // The type stands before the records, and is known for sure behind them.
    let mut said = Said::new(&args.config.to_string_lossy());
    let mut items = reader.for_text(&decoded, &mut said);
    items.by_ref().for_each(drop);
    let load_type = items.load_type().map(LoadType::as_str);

    let records = reader.without_rules();
    let out = BufWriter::new(io::stdout().lock());
    printed(print(out, load_type, records, &decoded))?;
    let has_errors = said.has_errors();
    said.say(Severity::Warning);
    Ok(has_errors)
}

/// Prints the records as they are read: there may be many.
fn print(
    mut out: impl Write,
    load_type: Option<&str>,
    reader: SetupReader<'_>,
    decoded: &Decoded<'_>,
) -> io::Result<()> {
    write!(
        out,
        "{{\"version\":1,\"load_type\":{},\"records\":[",
        serde_json::to_string(&load_type)?
    )?;
    let mut separator = "\n";
    let mut unheard = |_: edu_diagnostics::Diagnostic| {};
    for item in reader.for_text(decoded, &mut unheard) {
        if let Item::Record(record) = item {
            write!(out, "{}", std::mem::replace(&mut separator, ",\n"))?;
            serde_json::to_writer(&mut out, &Row::new(&record))?;
        }
    }
    writeln!(out, "\n]}}")?;
    out.flush()
}
