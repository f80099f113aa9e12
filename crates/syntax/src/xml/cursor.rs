//! The one pass over the text.

use super::chars::{end_of_space, is_name_start_byte};
use super::text::LONGEST_REFERENCE;
use super::{Attribute, Element, Fault, FaultKind, State, Text};
use edu_diagnostics::Span;

/// Walks over a text, or over a piece of one.
///
/// A text that arrives piece by piece is walked with a new cursor for each piece over the same
/// [`State`]. Where a piece that is not the last one ends in the middle of something, the cursor says
/// [`Stop::NeedMore`], and the piece is begun anew when more of it is there.
#[derive(Debug)]
pub struct Cursor<'t, 's> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) pos: usize,
    /// Offset of `text` in the whole text.
    pub(super) base: u64,
    /// The text ends where the input ends.
    pub(super) last: bool,
    pub(super) state: &'s mut State,
}

/// What comes next in a text. Comments and processing instructions are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node<'t> {
    /// A start tag. Its attributes are those of the cursor until the next one comes.
    Start(Tag<'t>),
    /// Text that is not all white space, up to the next tag.
    Text(Text<'t>),
    /// The end of the innermost open element.
    End,
    /// The end of the input, outside of all elements.
    Eof,
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'t> {
    pub(super) name: &'t str,
    pub(super) at: u64,
    pub(super) len: u64,
}

impl<'t> Tag<'t> {
    /// Name, with its prefix.
    pub fn name(&self) -> &'t str {
        self.name
    }

    /// Where the name stands.
    pub fn name_span(&self) -> Span {
        Span::new(self.at + 1, self.at + 1 + self.name.len() as u64)
    }

    /// The whole tag, `<` and `>` included.
    pub fn span(&self) -> Span {
        Span::new(self.at, self.at + self.len)
    }
}

/// Why a cursor cannot go on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// The piece ends in the middle of something; the same piece with more behind it will do.
    NeedMore,
    /// The input ends inside an element, a tag or a comment. The fault says which.
    Truncated,
    /// A limit was exceeded.
    Limit(Box<Exceeded>),
}

/// A limit that was exceeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exceeded {
    /// What there is too much of: `depth`, `attributes`, `token`, `record` or `faults`.
    pub what: &'static str,
    /// The limit.
    pub limit: usize,
    /// Where it was exceeded.
    pub span: Span,
}

impl<'t, 's> Cursor<'t, 's> {
    /// How far a cursor looks ahead at most: a piece that is longer than this, and still too short, ends
    /// inside what begins before.
    pub const LOOK_AHEAD: usize = LONGEST_REFERENCE;

    /// A cursor at the start of a text that is all there.
    pub fn new(text: &'t str, state: &'s mut State) -> Self {
        Self { text, bytes: text.as_bytes(), pos: 0, base: 0, last: true, state }
    }

    /// Says that the text starts at this offset of a whole one.
    #[must_use]
    pub fn based_at(self, base: u64) -> Self {
        Self { base, ..self }
    }

    /// Starts at this offset of the text, which is a character boundary.
    #[must_use]
    pub fn resumed_at(self, pos: usize) -> Self {
        Self { pos, ..self }
    }

    /// Says whether the input ends where the text ends.
    #[must_use]
    pub fn last_piece(self, last: bool) -> Self {
        Self { last, ..self }
    }

    /// Where the cursor stands in its text.
    pub fn position(&self) -> usize {
        self.pos
    }

    /// The span of the character at an offset of the text, in the whole text; empty at its end.
    pub fn span_at(&self, position: usize) -> Span {
        let character = self.text.get(position..).and_then(|rest| rest.chars().next());
        self.span(position, position + character.map_or(0, char::len_utf8))
    }

    /// What the cursor works on.
    pub fn state(&mut self) -> &mut State {
        self.state
    }

    /// Number of open elements.
    pub fn depth(&self) -> usize {
        self.state.outer.len() + self.state.open.len()
    }

    /// Whether the last start tag has attributes.
    pub fn has_attributes(&self) -> bool {
        !self.state.attributes.is_empty()
    }

    /// The attributes of the last start tag, in their order.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'t>> + use<'t, '_, 's> {
        (0..self.state.attributes.len()).filter_map(|index| self.attribute(index))
    }

    /// An attribute of the last start tag by its number, from 0.
    pub fn attribute(&self, index: usize) -> Option<Attribute<'t>> {
        let raw = self.state.attributes.get(index)?;
        Some(Attribute {
            name: &self.text[raw.name_start..raw.name_end],
            at: self.base + raw.name_start as u64,
            value: Text::attribute(
                &self.text[raw.value_start..raw.value_end],
                self.base + raw.value_start as u64,
                raw.plain,
            ),
        })
    }

    /// The next node.
    ///
    /// # Errors
    ///
    /// When the text ends too early or asks for more than the limits allow.
    #[expect(
        clippy::should_implement_trait,
        reason = "not an iterator: what comes next can be asked for in several ways"
    )]
    #[inline]
    pub fn next(&mut self) -> Result<Node<'t>, Stop> {
        if std::mem::take(&mut self.state.end_pending) {
            self.close();
            return Ok(Node::End);
        }
        if self.state.open.is_empty() && std::mem::take(&mut self.state.outer_end_pending) {
            self.close();
            return Ok(Node::End);
        }
        loop {
            let at = end_of_space(self.bytes, self.pos);
            let Some(&byte) = self.bytes.get(at) else {
                return self.end_of_input();
            };
            self.check_faults(at)?;
            if byte != b'<' {
                return self.character_data().map(Node::Text);
            }
            match self.bytes.get(at + 1) {
                Some(b'/') => {
                    self.pos = at;
                    if self.end_tag()? {
                        return Ok(Node::End);
                    }
                }
                Some(b'?') => self.pos = self.processing_instruction(at)?,
                Some(b'!') => match self.passed_over(at)? {
                    Some(end) => self.pos = end,
                    None => return self.character_data().map(Node::Text),
                },
                Some(&byte) if is_name_start_byte(byte) => {
                    self.pos = at;
                    return self.start_tag().map(Node::Start);
                }
                None => return Err(self.out_of_text(at, "tag")),
                _ => return self.character_data().map(Node::Text),
            }
        }
    }

    /// The text of the element whose start tag was just read, up to and with its end tag. Elements in
    /// it are part of the text; [`text_until`](Self::text_until) tells whether there were any.
    ///
    /// # Errors
    ///
    /// When the text ends too early or asks for more than the limits allow.
    pub fn text(&mut self) -> Result<Text<'t>, Stop> {
        self.text_until(|_| false).map(|(text, _)| text)
    }

    /// As [`text`](Self::text), with whether there was nothing but text. An element that holds a start tag
    /// which `ends` accepts was never closed: it ends before that tag.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text).
    pub fn text_until(&mut self, ends: impl Fn(Tag<'t>) -> bool) -> Result<(Text<'t>, bool), Stop> {
        let start = self.pos;
        if std::mem::take(&mut self.state.end_pending) {
            self.close();
            return Ok((Text::new("", self.base + start as u64, true), true));
        }
        let depth = self.depth();
        let (mut plain, mut only) = (true, true);
        loop {
            let (end, plain_so_far) = self.scan_text(self.pos)?;
            plain &= plain_so_far;
            self.pos = end;
            if end == self.bytes.len() {
                self.end_of_input()?;
            } else if self.bytes[end + 1] == b'/' {
                if self.end_tag()? && self.depth() < depth {
                    return Ok((self.text_between(start, end, plain), only));
                }
                plain = false;
            } else {
                let inner = self.start_tag()?;
                if ends(inner) {
                    self.unread(inner);
                    while self.depth() >= depth {
                        self.close_unclosed();
                    }
                    return Ok((self.text_between(start, end, plain), only));
                }
                (plain, only) = (false, false);
                if std::mem::take(&mut self.state.end_pending) {
                    self.close();
                }
            }
        }
    }

    fn text_between(&self, start: usize, end: usize, plain: bool) -> Text<'t> {
        Text::new(&self.text[start..end], self.base + start as u64, plain)
    }

    /// The whole element whose start tag was just read, up to and with its end tag.
    ///
    /// # Errors
    ///
    /// When the text ends too early or asks for more than the limits allow.
    pub fn element(&mut self, tag: Tag<'t>) -> Result<Element<'t>, Stop> {
        Ok(self.element_until(tag, |_| false)?.0)
    }

    /// As [`element`](Self::element), but an element that holds a start tag which `ends` accepts was never
    /// closed: it ends before that tag. Says whether it did.
    ///
    /// # Errors
    ///
    /// As [`element`](Self::element).
    pub fn element_until(
        &mut self,
        tag: Tag<'t>,
        ends: impl Fn(Tag<'t>) -> bool,
    ) -> Result<(Element<'t>, bool), Stop> {
        let depth = self.depth();
        while self.depth() >= depth {
            if let Node::Start(inner) = self.next()?
                && ends(inner)
            {
                self.unread(inner);
                while self.depth() >= depth {
                    self.close_unclosed();
                }
                return Ok((self.since(tag), true));
            }
        }
        Ok((self.since(tag), false))
    }

    /// What has been read since a start tag, that tag included.
    pub fn since(&self, tag: Tag<'t>) -> Element<'t> {
        let at = usize::try_from(tag.at - self.base).unwrap_or(self.pos);
        Element { source: &self.text[at..self.pos], at: tag.at }
    }

    /// Goes back to the start tag that was just read, as if it had not been.
    pub fn unread(&mut self, tag: Tag<'t>) {
        self.state.faults.truncate(self.state.faults_before_tag);
        self.state.end_pending = false;
        self.state.open.pop();
        self.pos = usize::try_from(tag.at - self.base).unwrap_or(self.pos);
    }

    /// Reports that the innermost open element has no end tag, and closes it here.
    pub fn close_unclosed(&mut self) {
        self.unclosed(self.pos, self.pos);
        self.close();
    }

    /// Keeps the elements that this piece opened for the pieces that follow.
    pub fn keep_open(&mut self) {
        self.state.outer_end_pending = std::mem::take(&mut self.state.end_pending);
        for open in std::mem::take(&mut self.state.open) {
            self.state.outer.push(self.text[open.name_start..open.name_end].to_owned());
        }
    }

    pub(super) fn check_token(&self, start: usize, end: usize) -> Result<(), Stop> {
        if end - start > self.state.limits.token { Err(self.too_long(start)) } else { Ok(()) }
    }

    pub(super) fn too_long(&self, start: usize) -> Stop {
        let limit = self.state.limits.token;
        Stop::Limit(Box::new(Exceeded { what: "token", limit, span: self.span_at(start) }))
    }

    /// The text ends in the middle of what started at `start`.
    pub(super) fn out_of_text(&mut self, start: usize, what: &str) -> Stop {
        if self.bytes.len() - start > self.state.limits.token {
            return self.too_long(start);
        }
        if !self.last {
            return Stop::NeedMore;
        }
        self.pos = self.bytes.len();
        let opened = Some(self.span(start, start + 1));
        let span = self.span(self.pos, self.pos);
        self.state.faults.push(Fault {
            kind: FaultKind::Truncated,
            span,
            name: what.to_owned(),
            opened,
        });
        Stop::Truncated
    }

    pub(super) fn end_of_input(&mut self) -> Result<Node<'t>, Stop> {
        if !self.last {
            return Err(Stop::NeedMore);
        }
        if self.depth() == 0 {
            self.pos = self.bytes.len();
            return Ok(Node::Eof);
        }
        self.pos = self.bytes.len();
        self.unclosed(self.pos, self.pos);
        if let Some(fault) = self.state.faults.last_mut() {
            fault.kind = FaultKind::Truncated;
        }
        Err(Stop::Truncated)
    }

    /// Stops where a piece is damaged beyond all measure: what is said about it has to be kept.
    ///
    /// # Errors
    ///
    /// When there are more faults than the limits allow.
    pub fn check_faults(&self, at: usize) -> Result<(), Stop> {
        let limit = self.state.limits.faults;
        if self.state.faults.len() <= limit {
            return Ok(());
        }
        Err(Stop::Limit(Box::new(Exceeded { what: "faults", limit, span: self.span_at(at) })))
    }

    pub(super) fn fault(&mut self, kind: FaultKind, start: usize, end: usize, name: &str) {
        // One more than the limit shows that it is exceeded; more than that would only cost memory.
        if self.state.faults.len() <= self.state.limits.faults {
            let span = self.span(start, end);
            self.state.faults.push(Fault { kind, span, name: name.to_owned(), opened: None });
        }
    }

    /// The span of two offsets of the text in the whole text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start as u64, self.base + end as u64)
    }
}
