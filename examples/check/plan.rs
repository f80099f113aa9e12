//! In which order files are read. Feeds of Blackboard are checked against each other, so those that others refer to
//! come first; everything else stays where it is.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use crate::formats::{self, Feed, Format, HEAD, Label, Options};
use crate::input::{Input, Opened};
use crate::order::order;
use crate::walk::Found;

/// Something that was found, and what its beginning tells.
pub(crate) struct Planned {
    pub(crate) found: Found,
    /// What cannot be opened twice, with its beginning put back.
    pub(crate) opened: Option<Opened>,
    /// What it is as a feed.
    pub(crate) feed: Option<Feed>,
}

/// Looks at the beginning of each file, and puts feeds in the order in which they have to be loaded: they take the
/// places that feeds have, and those that need nothing of each other stay as they are.
pub(crate) fn plan(found: Vec<Found>, options: &Options) -> Vec<Planned> {
    let mut is_stdin_open = false;
    let mut planned: Vec<Planned> =
        found.into_iter().map(|found| look(found, options, &mut is_stdin_open)).collect();
    let places: Vec<usize> =
        (0..planned.len()).filter(|&place| planned[place].feed.is_some()).collect();
    if let (&[only], Some(object)) = (&places[..], options.object) {
        planned[only].feed = planned[only].feed.take().map(|feed| feed.forced(object));
    }
    let feeds: Vec<&Feed> = planned.iter().filter_map(|planned| planned.feed.as_ref()).collect();
    let order = order(&feeds);
    let mut slots: Vec<Option<Planned>> = planned.into_iter().map(Some).collect();
    let mut sorted: Vec<_> = order.iter().map(|&feed| slots[places[feed]].take()).collect();
    mark_last(&mut sorted);
    for (&place, feed) in places.iter().zip(sorted) {
        slots[place] = feed;
    }
    slots.into_iter().flatten().collect()
}

/// Marks the last feed of each kind.
fn mark_last(feeds: &mut [Option<Planned>]) {
    let mut seen = Vec::new();
    let feeds = feeds.iter_mut().rev().flatten();
    for feed in feeds.filter_map(|planned| planned.feed.as_mut()) {
        feed.is_last = !seen.contains(&feed.object);
        if feed.is_last {
            seen.push(feed.object);
        }
    }
}

fn look(found: Found, options: &Options, is_stdin_open: &mut bool) -> Planned {
    let unseen = |found| Planned { found, opened: None, feed: None };
    let Found::Input(input) = &found else { return unseen(found) };
    let is_stdin = input.path == Path::new("-");
    // What is named twice can be read once, and its beginning is gone already.
    if options.format.is_some_and(|format| format != Format::Blackboard)
        || (is_stdin && std::mem::replace(is_stdin_open, true))
    {
        return unseen(found);
    }
    match head(input) {
        Ok((head, opened)) => {
            let name = input.path.file_name().filter(|_| !is_stdin);
            let name = name.map(|name| name.to_string_lossy());
            let label = Label { name: name.as_deref(), named: input.named, ..Label::default() };
            let feed = formats::feed(&head, label, options);
            Planned { found, opened, feed }
        }
        Err(error) => unseen(Found::Unreadable(input.path.clone(), error)),
    }
}

/// The beginning of an input, and the input where it cannot be opened again.
fn head(input: &Input) -> io::Result<(Vec<u8>, Option<Opened>)> {
    let mut head = Vec::new();
    let mut read = |input: &mut dyn Read| input.take(HEAD as u64).read_to_end(&mut head);
    if input.size.is_some() {
        read(&mut File::open(&input.path)?)?;
        return Ok((head, None));
    }
    // An input without a size is never held.
    let Opened::Passing(mut rest) = input.open(0)? else { return Ok((head, None)) };
    read(&mut rest)?;
    let whole = Cursor::new(head.clone()).chain(rest);
    Ok((head, Some(Opened::Passing(Box::new(whole)))))
}
