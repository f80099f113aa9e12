//! The ways to read a maquette of Pégase in its nested form, and what is done with it.
//!
//! All of them begin with the same bytes. The time ends when the reading, the import or the check is done: what was
//! built is released after it, for a tree of values takes long to release and nobody needs to wait for it.

use std::error::Error;
use std::hint::black_box;
use std::sync::LazyLock;

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use odf_model::{Entry, Tables, table};
use pegase::{Importer, MaquetteReader};
use serde_json::Value;

use crate::counts::MaquetteCounts;
use crate::measure::{Contender, stop_clock};
use crate::serde_json_rival::Node;

type Tally = crate::measure::Tally<MaquetteCounts>;

/// The first yardstick: what a program does that knows nothing of the format.
pub const ANY_VALUE: &str = "serde_json, any value";

/// The second yardstick: what most programs do.
pub const TYPED: &str = "serde_json, typed";

/// All contenders, in the order in which each round runs them. A further reader is a further line.
pub const CONTENDERS: &[Contender<MaquetteCounts>] = &[
    Contender { name: ANY_VALUE, run: any_value },
    Contender { name: TYPED, run: typed },
    Contender { name: "pegase", run: read },
    Contender { name: "pegase with import", run: import },
    Contender { name: "pegase with check", run: check },
];

/// Small tables, with a code for all but a few of the values in a generated maquette.
static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let entry = |code: &str, pegase: &str| Entry {
        pegase_code: Some(pegase.into()),
        ..Entry::new(code, code)
    };
    Tables::new()
        .with(table::DEGREE, [entry("XA", "TYD020"), entry("XB", "TYD030"), Entry::new("YA", "DU")])
        .with(
            table::DOMAIN,
            [entry("ALL", "DOF001"), entry("DEG", "DOF002"), entry("STS", "DOF004")],
        )
        .with(table::MENTION, [entry("informatique", "MED042"), Entry::new("MED001", "AP")])
        .with(table::PROGRAM_FIELD, [entry("champ-1", "CHF001")])
        .with(table::RNCP_LEVEL, [entry("2", "NID002"), entry("6", "NID006")])
        .with(table::ECTS, [Entry::new("180", "180"), Entry::new("120", "120")])
        .with(table::COURSE_NATURE, [Entry::new("UE", "UE"), entry("ec", "EC")])
        .with(table::CONTAINER_NATURE, [entry("annee", "ANNEE"), entry("semestre", "SEMESTRE")])
});

/// The whole text as a tree of values that mean nothing yet.
fn any_value(text: &str) -> Result<Tally, Box<dyn Error>> {
    let value: Value = serde_json::from_slice(text.as_bytes())?;
    stop_clock();
    Ok(tally(count(&value)))
}

/// Objects within objects.
fn count(object: &Value) -> u64 {
    let children = object["enfants"].as_array().into_iter().flatten();
    1 + children.map(|link| count(&link["objetMaquette"])).sum::<u64>()
}

/// Objects, typed, with the members that an import needs.
fn typed(text: &str) -> Result<Tally, Box<dyn Error>> {
    let node: Node = serde_json::from_slice(text.as_bytes())?;
    stop_clock();
    Ok(tally(node.count()))
}

/// Objects, typed, with their places, and what could not be read.
fn read(text: &str) -> Result<Tally, Box<dyn Error>> {
    let decoded = Decoded::new(text.as_bytes());
    let maquette = MaquetteReader::new().read(&decoded)?;
    stop_clock();
    Ok(tally(maquette.objects().len() as u64))
}

/// The same, and the catalogue of Ametys with all alerts and their places.
fn import(text: &str) -> Result<Tally, Box<dyn Error>> {
    let importer = Importer::new(&TABLES);
    let decoded = Decoded::new(text.as_bytes());
    let maquette = MaquetteReader::new().read(&decoded)?;
    let import = importer.import(&maquette);
    stop_clock();
    black_box(&import);
    Ok(tally(maquette.objects().len() as u64))
}

/// The maquette, and what is wrong with it by itself.
fn check(text: &str) -> Result<Tally, Box<dyn Error>> {
    let decoded = Decoded::new(text.as_bytes());
    let maquette = MaquetteReader::new().read(&decoded)?;
    let mut findings = Collector::new();
    pegase::rules::check(&maquette, &mut findings);
    stop_clock();
    black_box(&findings);
    Ok(tally(maquette.objects().len() as u64))
}

fn tally(object: u64) -> Tally {
    Tally::Records(MaquetteCounts { object })
}
