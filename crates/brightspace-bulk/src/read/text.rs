//! The front end over a text that is all there.

use edu_diagnostics::{Rule, Sink};
use edu_syntax::Decoded;

use super::SetupReader;
use super::engine::Step;
use super::session::{Session, issue_finding};
use crate::codes::LoadType;
use crate::model::Item;

/// What a text is made of; see [`SetupReader::for_text`].
#[derive(Debug)]
pub struct Items<'a, 's> {
    decoded: &'a Decoded<'a>,
    session: Session<'s>,
    pos: usize,
    is_done: bool,
}

impl<'a, 's> Items<'a, 's> {
    pub(super) fn new(
        reader: &SetupReader<'s>,
        decoded: &'a Decoded<'_>,
        sink: &'s mut dyn Sink,
    ) -> Self {
        Self { decoded, session: Session::new(reader, sink), pos: 0, is_done: false }
    }

    /// The type that the file states, as far as it has been read.
    pub fn load_type(&self) -> Option<LoadType> {
        self.session.load_type()
    }

    /// How many records have been read.
    pub fn records(&self) -> u64 {
        self.session.records()
    }

    /// The rules that could not run, each with the reason; known when all has been read.
    pub fn skipped(&self) -> &[(&'static Rule, &'static str)] {
        self.session.skipped()
    }
}

impl<'a> Iterator for Items<'a, '_> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        if self.is_done {
            return None;
        }
        let (step, end) = self.session.step(self.decoded, self.pos);
        self.pos = end;
        if let Step::Item(item) = step {
            return Some(item);
        }
        self.is_done = true;
        let encoding = self.decoded.encoding();
        let finding = |issue: &_| issue_finding(issue, &encoding);
        self.session.locator.note_encoding(self.decoded, self.decoded.issues(), finding);
        self.session.report_encoding(&encoding, self.decoded.original_offset(0) > 0);
        None
    }
}
