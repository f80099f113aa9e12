//! The ways to read an IMS Enterprise file that are measured against each other; those to read a setup file
//! are in [`setup`], those to read an offering rule matrix in [`matrix`], those to read a maquette of Pégase in
//! [`maquette`], those to read feeds of Blackboard Learn in [`feeds`].

pub mod feeds;
pub mod maquette;
pub mod matrix;
pub mod setup;

use std::error::Error;
use std::hint::black_box;

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use ims_enterprise::ImsReader;
use ims_enterprise::moodle::{Planner, Settings, Site};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::counts::Counts;
use crate::measure::Contender;

type Tally = crate::measure::Tally<Counts>;

/// The yardstick: the contender that every ratio refers to.
pub const PLAIN_LOOP: &str = "quick-xml plain loop";

/// All contenders, in the order in which each round runs them. A further reader is a further line.
pub const CONTENDERS: &[Contender<Counts>] = &[
    Contender { name: "memchr", run: angle_brackets },
    Contender { name: PLAIN_LOOP, run: plain_loop },
    Contender { name: "quick-xml 0.41 plain loop", run: plain_loop_0_41 },
    Contender { name: "ims-enterprise", run: typed },
    Contender { name: "ims-enterprise from a stream", run: streamed },
    Contender { name: "ims-enterprise with record rules", run: typed_with_record_rules },
    Contender { name: "ims-enterprise with all rules", run: typed_with_all_rules },
    Contender { name: "ims-enterprise, plan of Moodle's import", run: moodle_plan },
    Contender { name: "quick-xml serde", run: crate::serde_rival::deserialized },
    Contender { name: "roxmltree", run: tree },
];

/// The floor: every byte is seen once, nothing is understood.
#[expect(clippy::unnecessary_wraps, reason = "all contenders have one signature")]
fn angle_brackets(text: &str) -> Result<Tally, Box<dyn Error>> {
    Ok(Tally::Other(memchr::memchr_iter(b'<', text.as_bytes()).count() as u64))
}

/// The least that can be done with a pull parser: its default configuration, borrowed events, no
/// attribute and no text looked at.
fn plain_loop(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut counts = Counts::default();
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event()? {
            Event::Start(tag) | Event::Empty(tag) => counts.note(tag.name().as_ref().as_bytes()),
            Event::Eof => return Ok(Tally::Records(counts)),
            _ => {}
        }
    }
}

/// The same with the release before.
fn plain_loop_0_41(text: &str) -> Result<Tally, Box<dyn Error>> {
    use quick_xml_0_41::Reader;
    use quick_xml_0_41::events::Event;

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

/// Every record, typed, from bytes that come piece by piece.
fn streamed(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut findings = Collector::new();
    let mut stream = ImsReader::new().without_rules().for_reader(text.as_bytes(), &mut findings);
    stream.for_each(|record| {
        black_box(record);
    })?;
    Ok(tally(stream.summary().counts))
}

/// Every record, typed, and checked by itself.
fn typed_with_record_rules(text: &str) -> Result<Tally, Box<dyn Error>> {
    records(text, ImsReader::new().without_whole_file_rules())
}

/// Every record, typed, and checked by itself and against all others.
fn typed_with_all_rules(text: &str) -> Result<Tally, Box<dyn Error>> {
    records(text, ImsReader::new())
}

fn records(text: &str, reader: ImsReader) -> Result<Tally, Box<dyn Error>> {
    let decoded = Decoded::from(text);
    let mut findings = Collector::new();
    let mut records = reader.for_text(&decoded, &mut findings);
    for record in records.by_ref() {
        black_box(record?);
    }
    Ok(tally(records.summary().counts))
}

fn tally(counts: ims_enterprise::Counts) -> Tally {
    let ims_enterprise::Counts { person, group, membership, member } = counts;
    Tally::Records(Counts { person, group, membership, member })
}

/// What Moodle does with every record, on a site that is empty at first: all persons and groups are created,
/// and most members enrolled. It counts what is done.
fn moodle_plan(text: &str) -> Result<Tally, Box<dyn Error>> {
    let settings = Settings {
        createnewusers: true,
        createnewcourses: true,
        createnewcategories: true,
        imsunenrol: true,
        ..Settings::default()
    };
    let planner = Planner::new(settings).with_reader(ImsReader::new().without_rules());
    let (mut site, mut findings) = (Site::new(), Collector::new());
    let mut actions = 0;
    planner.plan(&Decoded::from(text), &mut site, &mut findings, |action| {
        black_box(action);
        actions += 1;
    })?;
    Ok(Tally::Other(actions))
}

/// The whole document as a tree. By default a document with a DTD is refused.
fn tree(text: &str) -> Result<Tally, Box<dyn Error>> {
    let document = roxmltree::Document::parse(text)?;
    let mut counts = Counts::default();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        counts.note(node.tag_name().name().as_bytes());
    }
    Ok(Tally::Records(counts))
}
