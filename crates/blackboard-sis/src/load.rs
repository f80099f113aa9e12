//! A set of feeds that are loaded together, and what is wrong with them.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead};

use edu_diagnostics::{Diagnostic, Rule, Severity, Sink};
use edu_syntax::{Decoded, Source};

use crate::header::Header;
use crate::history::History;
use crate::object::Object;
use crate::operation::Operation;
use crate::read::{FeedReader, Front};
use crate::redact::Redaction;
use crate::refresh::Preview;
use crate::rules::{Across, ConventionRules, Conventions, RowRules};

/// Checks feeds that are loaded together, one after the other: each for itself, and against those before it and
/// an earlier load.
///
/// Feeds are given in the order in which they will be sent. What a row refers to has to stand in an earlier feed, or
/// earlier in its own. [`Object::loading_step`] gives the order of kinds; of several feeds of one kind, templates and
/// parents come before what refers to them, which only the caller can arrange.
///
/// ```
/// use blackboard_sis::{FeedReader, History, Load, Object};
/// use edu_diagnostics::Collector;
/// use edu_syntax::Decoded;
///
/// let head = "external_course_key|course_id|course_name|data_source_key\n";
/// let last_term = format!("{head}c1|2026_03_c1|One|SIS\nc2|2026_03_c2|Two|SIS\n");
/// let tonight = format!("{head}c1|2026_09_c1|One|SIS\n");
///
/// let mut findings = Collector::new();
/// let mut history = History::new();
/// history.add_text(&FeedReader::new(), &Decoded::from(&*last_term), &mut findings);
/// let mut load = Load::new().with_history(&history);
/// load.check_text(&FeedReader::new(), "courses.txt", &Decoded::from(&*tonight), &mut findings);
/// // That was the last feed of courses.
/// load.check_omissions(Object::Course, &mut findings);
/// let codes: Vec<_> = findings.findings().iter().map(|finding| finding.rule.code).collect();
/// assert_eq!(codes, ["BB-X07", "BB-X14"]);
/// ```
#[derive(Default)]
pub struct Load<'h> {
    across: Across<'h>,
    history: Option<&'h History>,
    /// What a complete refresh with the feeds of a kind would do.
    previews: BTreeMap<Object, Preview<'h>>,
    conventions: Option<ConventionRules>,
}

impl fmt::Debug for Load<'_> {
    /// Without what it knows of people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Load").finish_non_exhaustive()
    }
}

/// What a feed turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checked {
    /// What its rows are about; `None` where that is not known.
    pub object: Option<Object>,
    /// How many rows it has.
    pub rows: u64,
    /// WHATWG name of the encoding in lower case.
    pub encoding: String,
    /// The rules that could not run, each with the reason.
    pub skipped: Vec<(&'static Rule, &'static str)>,
    /// What of its text must not be shown.
    pub redaction: Redaction,
}

impl<'h> Load<'h> {
    /// An empty load, without a history.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says what earlier loads have left in Learn.
    #[must_use]
    pub fn with_history(self, history: &'h History) -> Self {
        Self { across: self.across.with_history(history), history: Some(history), ..self }
    }

    /// Says that there will be so many feeds of a kind. What the first of several refers to and does not hold is then
    /// an error, and not a question of what else there is.
    pub fn expect(&mut self, object: Object, feeds: usize) {
        self.across.expect(object, feeds);
    }

    /// Asks for the rules about conventions (`BB-C01` to `BB-C05`).
    #[must_use]
    pub fn with_conventions(self, conventions: Conventions) -> Self {
        Self { conventions: Some(ConventionRules::new(conventions)), ..self }
    }

    /// Checks the next feed; `name` is what findings about other feeds call it.
    pub fn check_text(
        &mut self,
        reader: &FeedReader,
        name: &str,
        text: &Decoded<'_>,
        sink: &mut dyn Sink,
    ) -> Checked {
        // A text that is there is read without fail.
        self.check(reader.for_text(text, sink), name).unwrap_or_else(|_| Checked::unread())
    }

    /// The same of a stream.
    ///
    /// # Errors
    ///
    /// When the input cannot be read. The rows that were read count as loaded.
    pub fn check_reader<R: BufRead>(
        &mut self,
        reader: &FeedReader,
        name: &str,
        input: R,
        sink: &mut dyn Sink,
    ) -> io::Result<Checked> {
        self.check(reader.for_reader(input, sink), name)
    }

    /// Says what a complete refresh with the feeds of a kind that have been checked would leave out of what the
    /// history has (`BB-X14`). Asked for when the last of them has been checked.
    pub fn check_omissions(&mut self, object: Object, sink: &mut dyn Sink) {
        let preview = self.previews.remove(&object);
        let finding = preview.and_then(|preview| preview.finish().omissions(Severity::Warning));
        if let Some(finding) = finding {
            sink.report(finding);
        }
    }

    fn check<'s, F: Front<'s>>(&mut self, mut rows: F, name: &str) -> io::Result<Checked> {
        self.across.begin(name);
        if let Some(conventions) = &mut self.conventions {
            conventions.begin();
        }
        let mut findings: Vec<Diagnostic> = Vec::new();
        let mut row_rules: Option<RowRules> = None;
        while rows.advance()? {
            let (session, source) = rows.parts();
            if let Some(row) = session.row(source) {
                let rules = row_rules.get_or_insert_with(|| self.begin_rows(row.header()));
                let place = |span| session.place(&row, source, span);
                if !row.is_damaged() {
                    rules.check(&row, &place, &mut findings);
                    if let Some(conventions) = &mut self.conventions {
                        conventions.check(&row, &mut findings);
                    }
                }
                self.across.row(&row, &place, &mut findings);
                if let Some(preview) = self.previews.get_mut(&row.object()) {
                    preview.row(&row);
                }
            }
            session.report(&mut findings, source);
            self.across.row_was(session.has_row_error());
        }
        let (session, source) = rows.parts();
        let mut skipped = Vec::new();
        if let Some(header) = session.header() {
            let mut rules = row_rules.unwrap_or_else(|| self.begin_rows(header));
            rules.finish(&mut findings);
            skipped = self.across.finish(header.object(), &mut findings);
        }
        let object = session.object();
        session.report(&mut findings, source);
        Ok(Checked {
            object,
            rows: session.rows(),
            encoding: source.encoding(),
            skipped,
            redaction: Redaction::new(session.header(), session.delimiter()),
        })
    }

    /// Begins the rows of a feed, of which there may be none.
    fn begin_rows(&mut self, header: &Header) -> RowRules {
        self.across.begin_rows(header);
        let object = header.object();
        if let Some(history) = self.history.filter(|history| history.has(object)) {
            let preview = || Preview::new(Operation::Refresh, object, history);
            self.previews.entry(object).or_insert_with(preview);
        }
        RowRules::new(header)
    }
}

impl Checked {
    fn unread() -> Self {
        Self {
            object: None,
            rows: 0,
            encoding: "utf-8".to_owned(),
            skipped: Vec::new(),
            redaction: Redaction::default(),
        }
    }
}
