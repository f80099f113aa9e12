//! The ways to read a setup file.
//!
//! A setup file is no CSV, for it knows two kinds of quotes: csv counts its records apart.

use std::error::Error;
use std::hint::black_box;

use brightspace_bulk::SetupReader;
use csv::{ByteRecord, ReaderBuilder};
use edu_diagnostics::Collector;
use edu_syntax::Decoded;

use crate::counts::SetupCounts;
use crate::measure::Contender;

type Tally = crate::measure::Tally<SetupCounts>;

/// The yardstick: the contender that every ratio refers to.
pub const PLAIN_LOOP: &str = "csv plain loop";

/// All contenders, in the order in which each round runs them. A further reader is a further line.
pub const CONTENDERS: &[Contender<SetupCounts>] = &[
    Contender { name: "memchr", run: lines },
    Contender { name: PLAIN_LOOP, run: plain_loop },
    Contender { name: "brightspace-bulk", run: typed },
    Contender { name: "brightspace-bulk with all rules", run: typed_with_all_rules },
    Contender { name: "brightspace-bulk with all rules, from a stream", run: streamed },
];

/// The floor: every byte is seen once, nothing is understood.
#[expect(clippy::unnecessary_wraps, reason = "all contenders have one signature")]
fn lines(text: &str) -> Result<Tally, Box<dyn Error>> {
    Ok(Tally::Other(memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64))
}

/// The least that can be done with a parser of delimited text: one record, used again, of bytes.
fn plain_loop(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut reader =
        ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let mut count = 0;
    while reader.read_byte_record(&mut record)? {
        black_box(&record);
        count += 1;
    }
    Ok(Tally::Other(count))
}

/// Every record, typed.
#[expect(clippy::unnecessary_wraps, reason = "all contenders have one signature")]
fn typed(text: &str) -> Result<Tally, Box<dyn Error>> {
    Ok(items(text, SetupReader::new().without_rules()))
}

/// Every record, typed, and checked by itself and against all others.
#[expect(clippy::unnecessary_wraps, reason = "all contenders have one signature")]
fn typed_with_all_rules(text: &str) -> Result<Tally, Box<dyn Error>> {
    Ok(items(text, SetupReader::new()))
}

/// The same from bytes that come piece by piece.
fn streamed(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut findings = Collector::new();
    let mut stream = SetupReader::new().for_reader(text.as_bytes(), &mut findings);
    stream.for_each(|item| {
        black_box(item);
    })?;
    Ok(Tally::Records(SetupCounts { record: stream.records() }))
}

fn items(text: &str, reader: SetupReader<'_>) -> Tally {
    let decoded = Decoded::from(text);
    let mut findings = Collector::new();
    let mut items = reader.for_text(&decoded, &mut findings);
    for item in items.by_ref() {
        black_box(item);
    }
    Tally::Records(SetupCounts { record: items.records() })
}
