//! The ways to read an offering rule matrix, and what is done with it.

use std::cell::RefCell;
use std::error::Error;
use std::hint::black_box;

use csv::{ByteRecord, ReaderBuilder};
use edu_diagnostics::{Collector, Severity};
use edu_syntax::Decoded;
use offering_rules::{Command, Dialect, Generator, Matrix, MatrixReader, rules};

use crate::counts::MatrixCounts;
use crate::generate::matrix::{HEAD_ROWS, ORGANISATION};
use crate::measure::Contender;

type Tally = crate::measure::Tally<MatrixCounts>;

/// The yardstick: the contender that every ratio refers to.
pub const PLAIN_LOOP: &str = "csv plain loop";

/// All contenders, in the order in which each round runs them. A further reader is a further line.
pub const CONTENDERS: &[Contender<MatrixCounts>] = &[
    Contender { name: "memchr", run: delimiters },
    Contender { name: PLAIN_LOOP, run: plain_loop },
    Contender { name: "offering-rules", run: read },
    Contender { name: "offering-rules with lints", run: read_with_lints },
    Contender { name: "commands alone, of the matrix read", run: generate },
    Contender { name: "commands and their text", run: generate_text },
];

thread_local! {
    /// The matrix that was read last, for those who measure what comes after reading.
    static MATRIX: RefCell<Option<Matrix>> = const { RefCell::new(None) };
}

/// The floor: every byte is seen once, nothing is understood.
#[expect(clippy::unnecessary_wraps, reason = "all contenders have one signature")]
fn delimiters(text: &str) -> Result<Tally, Box<dyn Error>> {
    Ok(Tally::Other(memchr::memchr_iter(b',', text.as_bytes()).count() as u64))
}

/// The least that can be done with a parser of delimited text: one record, used again, of bytes.
fn plain_loop(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut reader =
        ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let mut row = 0;
    while reader.read_byte_record(&mut record)? {
        black_box(&record);
        row += 1;
    }
    Ok(Tally::Records(MatrixCounts { row }))
}

/// The whole matrix, typed, with the place of every cell.
fn read(text: &str) -> Result<Tally, Box<dyn Error>> {
    let matrix = matrix(text)?;
    let tally = tally(&matrix);
    MATRIX.set(Some(matrix));
    Ok(tally)
}

/// The same, and all that can be said about it.
fn read_with_lints(text: &str) -> Result<Tally, Box<dyn Error>> {
    let matrix = matrix(text)?;
    let mut findings = Collector::new();
    rules::check(&matrix, Some(&ORGANISATION.into()), None, &mut findings);
    black_box(findings);
    Ok(tally(&matrix))
}

fn matrix(text: &str) -> Result<Matrix, Box<dyn Error>> {
    let mut findings = Collector::new();
    let matrix = MatrixReader::new().for_text(&Decoded::from(text), &mut findings);
    if findings.worst() == Some(Severity::Error) {
        return Err("the matrix has errors".into());
    }
    matrix.ok_or_else(|| "this is no matrix".into())
}

/// Lints and commands; the matrix is there already.
fn generate(_: &str) -> Result<Tally, Box<dyn Error>> {
    with_commands(|commands| Ok(commands.len() as u64))
}

/// The same, and the lines that are executed.
fn generate_text(_: &str) -> Result<Tally, Box<dyn Error>> {
    with_commands(|commands| {
        let text = Dialect::default().render(&ORGANISATION.into(), commands)?;
        Ok(text.len() as u64)
    })
}

fn with_commands(
    count: impl Fn(&[Command]) -> Result<u64, Box<dyn Error>>,
) -> Result<Tally, Box<dyn Error>> {
    let generator = Generator::new().with_organisation(ORGANISATION.into());
    MATRIX.with_borrow(|matrix| {
        let matrix = matrix.as_ref().ok_or("no matrix has been read")?;
        let commands = generator.generate(matrix, &mut Collector::new());
        Ok(Tally::Other(count(&commands.ok_or("the matrix has errors")?)?))
    })
}

/// The rows of a matrix that was generated.
fn tally(matrix: &Matrix) -> Tally {
    Tally::Records(MatrixCounts { row: HEAD_ROWS + matrix.values.len() as u64 })
}
