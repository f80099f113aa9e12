//! The ways to read feeds of Blackboard Learn: users, courses and enrolments in one text, with [`SEPARATOR`]
//! between them.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::hint::black_box;

use blackboard_sis::{FeedReader, Load};
use csv::{ByteRecord, ReaderBuilder};
use edu_diagnostics::{Collector, Severity};
use edu_syntax::Decoded;

use crate::counts::FeedCounts;
use crate::generate::feeds::Feed;
use crate::measure::{Contender, stop_clock};

type Tally = crate::measure::Tally<FeedCounts>;

/// Stands between two feeds.
pub const SEPARATOR: char = '\u{1C}';

/// The yardstick: the contender that every ratio refers to. For each enrolment it looks up the course and the
/// person and puts the pair into a set.
pub const PLAIN_LOOP: &str = "csv plain loop, two look-ups and a set";

/// All contenders, in the order in which each round runs them. A further reader is a further line.
pub const CONTENDERS: &[Contender<FeedCounts>] = &[
    Contender { name: "csv plain loop, nothing looked up", run: bare_loop },
    Contender { name: PLAIN_LOOP, run: plain_loop },
    Contender { name: "blackboard-sis", run: read },
    Contender { name: "blackboard-sis from a stream", run: stream },
    Contender { name: "blackboard-sis with all rules", run: check },
    Contender { name: "blackboard-sis with all rules from a stream", run: check_stream },
];

/// Each feed of a text, with its part of it.
fn feeds(text: &str) -> impl Iterator<Item = (Feed, &str)> {
    Feed::ALL.into_iter().zip(text.split(SEPARATOR))
}

fn count(counts: &mut FeedCounts, feed: Feed) -> &mut u64 {
    match feed {
        Feed::Users => &mut counts.user,
        Feed::Courses => &mut counts.course,
        Feed::Memberships => &mut counts.membership,
    }
}

fn records(text: &str, mut each: impl FnMut(&ByteRecord)) -> Result<(), Box<dyn Error>> {
    let mut reader =
        ReaderBuilder::new().delimiter(b'|').flexible(true).from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        each(&record);
    }
    Ok(())
}

/// The least that can be done with a parser of delimited text.
fn bare_loop(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut counts = FeedCounts::default();
    for (feed, text) in feeds(text) {
        records(text, |record| {
            black_box(record);
            *count(&mut counts, feed) += 1;
        })?;
    }
    Ok(Tally::Records(counts))
}

/// The same, and the least that has to be known of an enrolment.
fn plain_loop(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut counts = FeedCounts::default();
    let mut numbers: HashMap<Vec<u8>, u32> = HashMap::new();
    let mut pairs: HashSet<(u32, u32)> = HashSet::new();
    let mut unknown = 0;
    for (feed, text) in feeds(text) {
        records(text, |record| {
            *count(&mut counts, feed) += 1;
            if feed == Feed::Memberships {
                match (numbers.get(&record[0]), numbers.get(&record[1])) {
                    (Some(&course), Some(&person)) if pairs.insert((course, person)) => {}
                    _ => unknown += 1,
                }
            } else {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                numbers.insert(record[0].to_vec(), next);
            }
        })?;
    }
    if unknown > 0 {
        return Err(format!("{unknown} enrolments are wrong").into());
    }
    stop_clock();
    Ok(Tally::Records(counts))
}

/// Every row, with the place of every cell.
#[expect(clippy::unnecessary_wraps, reason = "all contenders have one signature")]
fn read(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut counts = FeedCounts::default();
    for (feed, text) in feeds(text) {
        let mut found = Collector::new();
        let text = Decoded::from(text);
        let mut rows = FeedReader::new().for_text(&text, &mut found);
        while let Some(row) = rows.next() {
            black_box(row);
            *count(&mut counts, feed) += 1;
        }
    }
    Ok(Tally::Records(counts))
}

/// The same of a stream.
fn stream(text: &str) -> Result<Tally, Box<dyn Error>> {
    let mut counts = FeedCounts::default();
    for (feed, text) in feeds(text) {
        let mut found = Collector::new();
        let mut rows = FeedReader::new().for_reader(text.as_bytes(), &mut found);
        while let Some(row) = rows.next()? {
            black_box(row);
            *count(&mut counts, feed) += 1;
        }
    }
    Ok(Tally::Records(counts))
}

/// All that can be said of the three feeds.
fn check(text: &str) -> Result<Tally, Box<dyn Error>> {
    checked(text, |load, feed, text, found| {
        Ok(load.check_text(&FeedReader::new(), feed.file_name(), &Decoded::from(text), found).rows)
    })
}

/// The same of streams.
fn check_stream(text: &str) -> Result<Tally, Box<dyn Error>> {
    checked(text, |load, feed, text, found| {
        Ok(load.check_reader(&FeedReader::new(), feed.file_name(), text.as_bytes(), found)?.rows)
    })
}

fn checked(
    text: &str,
    check: impl Fn(&mut Load<'_>, Feed, &str, &mut Collector) -> Result<u64, Box<dyn Error>>,
) -> Result<Tally, Box<dyn Error>> {
    let mut counts = FeedCounts::default();
    let mut load = Load::new();
    let mut found = Collector::new();
    for (feed, text) in feeds(text) {
        *count(&mut counts, feed) = check(&mut load, feed, text, &mut found)?;
    }
    if found.worst() == Some(Severity::Error) {
        return Err("the feeds have errors".into());
    }
    stop_clock();
    Ok(Tally::Records(counts))
}
