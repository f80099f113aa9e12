//! The files of an earlier load.

use std::io::{self, BufReader, Cursor, Read as _};
use std::path::PathBuf;

use blackboard_sis::History;
use edu_syntax::Decoded;

use crate::formats::{Feed, HEAD, Options, is_feed_head, unread};
use crate::input::{self, Input, Opened};
use crate::walk::{Found, walk};

/// What the feeds at these paths left in Learn, sent with the store operation: one of the delete operation is not to be
/// among them. What else there is to say goes to `say`.
///
/// # Errors
///
/// A sentence about the first path that cannot be read as a feed. In a folder, files that are no feeds are left out.
pub(crate) fn history(
    paths: &[PathBuf],
    options: &Options,
    say: impl Fn(&str),
) -> Result<History, String> {
    let mut history = History::new();
    for found in walk(paths) {
        match found {
            Found::Input(input) => {
                let path = input.path.display();
                match add(&mut history, &input, options) {
                    Ok(true) => {}
                    Ok(false) => say(&format!("{path}: left out: no Blackboard feed")),
                    Err(error) => return Err(format!("{path}: {error}")),
                }
            }
            Found::LeftOut(path, reason) => {
                say(&format!("{}: left out: {reason}", path.display()));
            }
            Found::Unreadable(path, error) => return Err(format!("{}: {error}", path.display())),
        }
    }
    Ok(history)
}

/// Adds a file; whether it is a feed.
fn add(history: &mut History, input: &Input, options: &Options) -> io::Result<bool> {
    let mut opened = input.open(input::HELD)?;
    let mut start = Vec::new();
    let head = match &mut opened {
        Opened::Held(bytes) => &bytes[..bytes.len().min(HEAD)],
        Opened::Large(file) => {
            file.take(HEAD as u64).read_to_end(&mut start)?;
            &start
        }
        Opened::Passing(input) => {
            input.take(HEAD as u64).read_to_end(&mut start)?;
            &start
        }
    };
    if !input.named && !is_feed_head(&Decoded::new(head), options.object) {
        return Ok(false);
    }
    let reader = Feed::of(head, options.object).reader;
    if let Some(reason) = unread(head, &reader) {
        return Err(io::Error::other(reason));
    }
    // What is wrong with its rows was said when it was loaded.
    let mut ignored = |_| ();
    match opened {
        Opened::Held(bytes) => {
            history.add_text(&reader, &Decoded::new(&bytes), &mut ignored);
        }
        Opened::Large(file) => {
            let whole = BufReader::new(Cursor::new(start).chain(file));
            history.add_reader(&reader, whole, &mut ignored)?;
        }
        Opened::Passing(rest) => {
            let whole = BufReader::new(Cursor::new(start).chain(rest));
            history.add_reader(&reader, whole, &mut ignored)?;
        }
    }
    Ok(true)
}
