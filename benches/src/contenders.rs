//! The ways to read a file that are measured against each other.

use std::error::Error;
use std::hint::black_box;

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use ims_enterprise::ImsReader;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::counts::Counts;

/// One way to read a file.
#[derive(Debug, Clone, Copy)]
pub struct Contender {
    /// How the report names it.
    pub name: &'static str,
    /// Reads the whole text; what it builds is dropped inside, so that its release is part of the time.
    pub run: fn(&str) -> Result<Tally, Box<dyn Error>>,
}

/// What a contender found: something to hold against the others, and what keeps its work from being
/// optimised away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tally {
    /// It knows elements: all contenders that do must agree.
    Records(Counts),
    /// It only looks at bytes.
    Bytes(usize),
}

/// The yardstick: the contender that every ratio refers to.
pub const PLAIN_LOOP: &str = "quick-xml plain loop";

/// All contenders, in the order in which each round runs them. A further reader is a further line.
pub const CONTENDERS: &[Contender] = &[
    Contender { name: "memchr", run: angle_brackets },
    Contender { name: PLAIN_LOOP, run: plain_loop },
    Contender { name: "ims-enterprise", run: typed },
    Contender { name: "ims-enterprise with rules", run: typed_with_rules },
    Contender { name: "roxmltree", run: tree },
];

/// The floor: every byte is seen once, nothing is understood.
#[expect(clippy::unnecessary_wraps, reason = "all contenders have one signature")]
fn angle_brackets(text: &str) -> Result<Tally, Box<dyn Error>> {
    Ok(Tally::Bytes(memchr::memchr_iter(b'<', text.as_bytes()).count()))
}

/// The least that can be done with a pull parser: its default configuration, borrowed events, no
/// attribute and no text looked at.
fn plain_loop(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut counts = Counts::default();
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event()? {
            Event::Start(tag) | Event::Empty(tag) => counts.note(tag.name().as_ref()),
            Event::Eof => return Ok(Tally::Records(counts)),
            _ => {}
        }
    }
}

/// Every record, typed.
fn typed(text: &str) -> Result<Tally, Box<dyn Error>> {
    records(text, ImsReader::new().without_rules())
}

/// Every record, typed and checked.
fn typed_with_rules(text: &str) -> Result<Tally, Box<dyn Error>> {
    records(text, ImsReader::new())
}

fn records(text: &str, reader: ImsReader) -> Result<Tally, Box<dyn Error>> {
    let decoded = Decoded::from(text);
    let mut findings = Collector::new();
    let mut records = reader.for_text(&decoded, &mut findings);
    for record in records.by_ref() {
        black_box(record?);
    }
    let ims_enterprise::Counts { person, group, membership, member } = records.summary().counts;
    Ok(Tally::Records(Counts { person, group, membership, member }))
}

/// The whole document as a tree. By default a document with a DTD is refused.
fn tree(text: &str) -> Result<Tally, Box<dyn Error>> {
    let document = roxmltree::Document::parse(text)?;
    let mut counts = Counts::default();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        counts.note(node.tag_name().name());
    }
    Ok(Tally::Records(counts))
}
