//! What a cursor remembers between two pieces of a text.

use memchr::memmem::Finder;

use super::Fault;

/// Bounds on what an input may ask for. Exceeding one ends the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Elements inside each other.
    pub depth: usize,
    /// Attributes of one tag.
    pub attributes: usize,
    /// Bytes of one text, tag, comment or other token.
    pub token: usize,
    /// Bytes of one record.
    pub record: usize,
    /// Damaged places in one record.
    pub faults: usize,
}

impl Default for Limits {
    /// Depth 128, 256 attributes, 8 MiB a token, 16 MiB and 10,000 damaged places a record.
    fn default() -> Self {
        Self { depth: 128, attributes: 256, token: 8 << 20, record: 16 << 20, faults: 10_000 }
    }
}

/// What a [`Cursor`](super::Cursor) remembers: open elements, declared prefixes, faults.
///
/// It outlives the cursor, so that a text can be read piece by piece: [`begin`](Self::begin) a piece,
/// walk a cursor over it, and either take the faults or begin the same piece anew once more of it has
/// arrived.
#[derive(Debug)]
pub struct State {
    pub(super) limits: Limits,
    /// Elements opened in earlier pieces, outermost first.
    pub(super) outer: Vec<String>,
    /// Elements opened in this piece.
    pub(super) open: Vec<Open>,
    pub(super) attributes: Vec<RawAttribute>,
    pub(super) prefixes: Vec<String>,
    pub(super) doctype: Option<String>,
    pub(super) faults: Vec<Fault>,
    /// The last start tag closed itself: the next node is its end.
    pub(super) end_pending: bool,
    /// The same for an element that was kept open.
    pub(super) outer_end_pending: bool,
    /// Number of faults before the last start tag.
    pub(super) faults_before_tag: usize,
    /// Comments, processing instructions and CDATA sections of this piece.
    pub(super) opaque: Vec<(usize, usize)>,
    /// Searches for `]]>`; made once, for it is searched for in every piece.
    pub(super) cdata_end: Finder<'static>,
    /// How many prefixes were known when this piece began.
    known_prefixes: usize,
}

impl Default for State {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub(super) name_start: usize,
    pub(super) name_end: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct RawAttribute {
    pub(super) name_start: usize,
    pub(super) name_end: usize,
    pub(super) value_start: usize,
    pub(super) value_end: usize,
    pub(super) plain: bool,
    /// The name has to be looked at.
    pub(super) is_special: bool,
}

impl State {
    /// A state with other limits than the default ones.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            outer: Vec::new(),
            open: Vec::new(),
            attributes: Vec::new(),
            prefixes: Vec::new(),
            doctype: None,
            faults: Vec::new(),
            end_pending: false,
            outer_end_pending: false,
            faults_before_tag: 0,
            opaque: Vec::new(),
            cdata_end: Finder::new(b"]]>"),
            known_prefixes: 0,
        }
    }

    /// The limits.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Begins a piece: forgets what was opened and found since the last [`commit`](Self::commit).
    pub fn begin(&mut self) {
        self.open.clear();
        self.faults.clear();
        self.opaque.clear();
        self.end_pending = false;
        self.prefixes.truncate(self.known_prefixes);
    }

    /// Keeps what the piece declared.
    pub fn commit(&mut self) {
        self.known_prefixes = self.prefixes.len();
    }

    /// The faults found since the piece began, in the order in which they were met.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Text of the document type declaration, once one was passed over.
    pub fn doctype(&self) -> Option<&str> {
        self.doctype.as_deref()
    }

    /// Names of the elements opened in earlier pieces, outermost first.
    pub fn outer(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.outer.iter().map(String::as_str)
    }
}
