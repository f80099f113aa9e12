//! Data source keys that a feed is the first to use.

use edu_diagnostics::keys::{KeySet, Keyed, number};
use edu_diagnostics::{Diagnostic, Place};

use super::registry::located;
use super::{Here, rules};
use crate::header::Header;
use crate::history::History;

/// The data source keys so far.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Those of earlier feeds.
    known: KeySet,
    /// Those of the feed at hand.
    current: Vec<Source>,
    numbers: Keyed<usize>,
    /// The one of the last row, which is mostly that of the next.
    last: Option<usize>,
    /// The last row was the first one with its key.
    is_first: bool,
    column: Option<usize>,
}

#[derive(Debug)]
struct Source {
    text: String,
    is_new: bool,
    /// Where it stands first.
    place: Place,
    is_first_faulty: bool,
    /// Rows behind the first one.
    rows: u64,
}

impl Sources {
    /// Begins a feed.
    pub(super) fn begin(&mut self) {
        self.current.clear();
        self.numbers = Keyed::default();
        (self.last, self.is_first, self.column) = (None, false, None);
    }

    /// Begins the rows of a feed. Older feeds have nothing but the column for another key.
    pub(super) fn begin_rows(&mut self, header: &Header) {
        let column = |name| header.column(name);
        self.column = column("data_source_key").or_else(|| column("new_data_source_key"));
    }

    pub(super) fn row(&mut self, here: Here<'_, '_>, history: Option<&History>) {
        self.is_first = false;
        let Some(cell) = self.column.and_then(|column| here.row.cell(column)) else { return };
        let text = cell.trimmed();
        if text.is_empty() {
            return;
        }
        if let Some(source) = self.last.and_then(|last| self.current.get_mut(last))
            && source.text == text
        {
            source.rows += 1;
            return;
        }
        let key = number(text.as_bytes());
        if let Some(&index) = self.numbers.get(key) {
            self.last = Some(index);
            if let Some(source) = self.current.get_mut(index) {
                source.rows += 1;
            }
            return;
        }
        let is_known =
            self.known.contains(&key) || history.is_some_and(|history| history.has_source(&text));
        self.numbers.insert(key, self.current.len());
        self.last = Some(self.current.len());
        self.is_first = true;
        self.current.push(Source {
            text: text.into_owned(),
            is_new: !is_known,
            place: (here.place)(cell.span()),
            is_first_faulty: false,
            rows: 0,
        });
    }

    /// Says whether an error was found in the row that was given last.
    pub(super) fn row_was(&mut self, faulty: bool) {
        if self.is_first
            && faulty
            && let Some(source) = self.last.and_then(|last| self.current.get_mut(last))
        {
            source.is_first_faulty = true;
        }
    }

    /// Reports the new keys whose first row is faulty, where that is asked for.
    pub(super) fn finish(&mut self, is_asked: bool, out: &mut Vec<Diagnostic>) {
        for source in self.current.drain(..) {
            if is_asked && source.is_new && source.is_first_faulty && source.rows > 0 {
                let finding = Diagnostic::new(&rules::FIRST_ROW_OF_KEY).data("key", &source.text);
                out.push(located(finding.count("count", source.rows), source.place));
            }
        }
        self.known.extend(self.numbers.drain().map(|(key, _)| key));
    }
}
