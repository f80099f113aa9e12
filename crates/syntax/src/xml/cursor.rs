//! The one pass over the text.

use edu_diagnostics::Span;
use memchr::{memchr, memchr3, memmem};

use super::chars::{is_forbidden_byte, is_name, is_name_byte, is_name_start_byte, is_space};
use super::state::{Open, Outer, RawAttribute};
use super::text::{LONGEST_REFERENCE, Reference, reference};
use super::{Attribute, Element, Fault, FaultKind, State, Text};

/// Walks over a text, or over a piece of one.
///
/// A text that arrives piece by piece is walked with a new cursor for each piece over the same
/// [`State`]. Where a piece that is not the last one ends in the middle of something, the cursor says
/// [`Stop::NeedMore`], and the piece is begun anew when more of it is there.
#[derive(Debug)]
pub struct Cursor<'t, 's> {
    text: &'t str,
    bytes: &'t [u8],
    pos: usize,
    /// Offset of `text` in the whole text.
    base: u64,
    /// The text ends where the input ends.
    last: bool,
    state: &'s mut State,
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
    name: &'t str,
    at: u64,
    len: u64,
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
    Limit {
        /// What there is too much of: `depth`, `attributes` or `token`.
        what: &'static str,
        /// The limit.
        limit: usize,
        /// Where it was exceeded.
        span: Span,
    },
}

impl<'t, 's> Cursor<'t, 's> {
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

    /// What the cursor works on.
    pub fn state(&mut self) -> &mut State {
        self.state
    }

    /// Number of open elements.
    pub fn depth(&self) -> usize {
        self.state.outer.len() + self.state.open.len()
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
    pub fn next(&mut self) -> Result<Node<'t>, Stop> {
        if std::mem::take(&mut self.state.end_pending) {
            self.close();
            return Ok(Node::End);
        }
        loop {
            let mut at = self.pos;
            while at < self.bytes.len() && is_space(self.bytes[at]) {
                at += 1;
            }
            let Some(&byte) = self.bytes.get(at) else {
                return self.end_of_input();
            };
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
                Some(b'!') => match self.declaration(at)? {
                    Declaration::Passed(end) => self.pos = end,
                    Declaration::Text(_) => return self.character_data().map(Node::Text),
                },
                Some(&byte) if is_name_start_byte(byte) => {
                    self.pos = at;
                    return self.start_tag().map(Node::Start);
                }
                None if !self.last => return Err(Stop::NeedMore),
                _ => return self.character_data().map(Node::Text),
            }
        }
    }

    /// The text of the element whose start tag was just read, up to and with its end tag. Elements in
    /// it are part of the text; [`text_only`](Self::text_only) tells whether there were any.
    ///
    /// # Errors
    ///
    /// When the text ends too early or asks for more than the limits allow.
    pub fn text(&mut self) -> Result<Text<'t>, Stop> {
        self.text_only().map(|(text, _)| text)
    }

    /// As [`text`](Self::text), with whether there was nothing but text.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text).
    pub fn text_only(&mut self) -> Result<(Text<'t>, bool), Stop> {
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
                    let raw = &self.text[start..end];
                    return Ok((Text::new(raw, self.base + start as u64, plain), only));
                }
                plain = false;
            } else {
                (plain, only) = (false, false);
                self.start_tag()?;
                if std::mem::take(&mut self.state.end_pending) {
                    self.close();
                }
            }
        }
    }

    /// The whole element whose start tag was just read, up to and with its end tag.
    ///
    /// # Errors
    ///
    /// When the text ends too early or asks for more than the limits allow.
    pub fn element(&mut self, tag: Tag<'t>) -> Result<Element<'t>, Stop> {
        let depth = self.depth();
        while self.depth() >= depth {
            self.next()?;
        }
        Ok(self.since(tag))
    }

    /// What has been read since a start tag, that tag included.
    pub fn since(&self, tag: Tag<'t>) -> Element<'t> {
        let at = usize::try_from(tag.at - self.base).unwrap_or(self.pos);
        Element { name: tag.name, source: &self.text[at..self.pos], at: tag.at }
    }

    /// Goes back to the start tag that was just read, and leaves it open no longer.
    pub fn unread(&mut self, tag: Tag<'t>) {
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
        for open in std::mem::take(&mut self.state.open) {
            self.state.outer.push(Outer {
                name: self.text[open.name_start..open.name_end].to_owned(),
                span: self.span(open.name_start, open.name_end),
            });
        }
    }

    /// Reports control characters and `]]>` in text between two offsets of the text. A reader calls it
    /// once for each piece that is done: looking at a piece as a whole is far cheaper than at each text.
    pub fn check_characters(&mut self, from: usize, to: usize) {
        let piece = &self.bytes[from..to];
        if piece.iter().any(|&byte| is_forbidden_byte(byte)) {
            self.report_control_characters(from, to);
        }
        let finder = memmem::find_iter(piece, b"]]>");
        for at in finder {
            let at = from + at;
            let opaque = self.state.opaque.iter().any(|&(start, end)| start <= at && at + 3 <= end);
            if !opaque && !self.inside_tag(at) {
                self.fault(FaultKind::CdataEndInText, at, at + 3, "");
            }
        }
    }

    fn report_control_characters(&mut self, from: usize, to: usize) {
        let mut at = from;
        while let Some(found) = self.bytes[at..to].iter().position(|&byte| is_forbidden_byte(byte))
        {
            let start = at + found;
            let run =
                self.bytes[start..to].iter().take_while(|&&byte| is_forbidden_byte(byte)).count();
            self.fault(FaultKind::ControlCharacter, start, start + run, "");
            at = start + run;
        }
    }

    /// Whether a place that is in no comment or section is inside a tag.
    fn inside_tag(&self, at: usize) -> bool {
        let before = &self.bytes[..at];
        match (memchr::memrchr(b'<', before), memchr::memrchr(b'>', before)) {
            (Some(open), Some(close)) => close < open,
            (open, _) => open.is_some(),
        }
    }

    fn start_tag(&mut self) -> Result<Tag<'t>, Stop> {
        let start = self.pos;
        let name_start = start + 1;
        let mut at = name_start;
        while at < self.bytes.len() && is_name_byte(self.bytes[at]) {
            at += 1;
        }
        let name_end = at;
        self.state.attributes.clear();
        let closed = if self.bytes.get(at) == Some(&b'>') {
            at += 1;
            false
        } else {
            let (end, closed) = self.attribute_list(start, name_end)?;
            at = end;
            closed
        };
        let name = &self.text[name_start..name_end];
        self.check_name(name, name_start);
        if self.depth() >= self.state.limits.depth {
            let limit = self.state.limits.depth;
            return Err(Stop::Limit { what: "depth", limit, span: self.span(start, at) });
        }
        self.state.open.push(Open { name_start, name_end });
        self.state.end_pending = closed;
        self.pos = at;
        Ok(Tag { name, at: self.base + start as u64, len: (at - start) as u64 })
    }

    fn check_name(&mut self, name: &str, at: usize) {
        let bytes = name.as_bytes();
        if !bytes.is_ascii() && !is_name(name) {
            self.fault(FaultKind::BadName, at, at + name.len(), name);
        }
        if let Some(colon) = bytes.iter().position(|&byte| byte == b':') {
            let prefix = &name[..colon];
            if !matches!(prefix, "xml" | "xmlns")
                && !self.state.prefixes.iter().any(|known| known == prefix)
            {
                self.state.prefixes.push(prefix.to_owned());
                self.fault(FaultKind::UndeclaredPrefix, at, at + colon, prefix);
            }
        }
    }

    /// Reads what follows a tag's name; returns the offset behind the tag and whether it closes itself.
    fn attribute_list(&mut self, start: usize, name_end: usize) -> Result<(usize, bool), Stop> {
        let mut at = name_end;
        let end = loop {
            while at < self.bytes.len() && is_space(self.bytes[at]) {
                at += 1;
            }
            let Some(&byte) = self.bytes.get(at) else {
                return Err(self.out_of_text(start, "tag"));
            };
            match byte {
                b'>' => break (at + 1, false),
                b'/' if self.bytes.get(at + 1) == Some(&b'>') => break (at + 2, true),
                b'/' if at + 1 == self.bytes.len() => return Err(self.out_of_text(start, "tag")),
                b'<' => {
                    self.fault(FaultKind::BadAttribute, start, at, "");
                    break (at, false);
                }
                byte if is_name_byte(byte) => {
                    at = match self.one_attribute(start, at)? {
                        AttributeEnd::At(end) => end,
                        AttributeEnd::Tag(end) => break (end, false),
                    };
                }
                _ => {
                    let width = self.text[at..].chars().next().map_or(1, char::len_utf8);
                    self.fault(FaultKind::BadAttribute, at, at + width, "");
                    at += width;
                }
            }
        };
        self.check_attributes();
        Ok(end)
    }

    /// Reads one attribute that starts at `name_start`.
    fn one_attribute(&mut self, tag_start: usize, name_start: usize) -> Result<AttributeEnd, Stop> {
        if self.state.attributes.len() >= self.state.limits.attributes {
            let limit = self.state.limits.attributes;
            return Err(Stop::Limit {
                what: "attributes",
                limit,
                span: self.span(tag_start, name_start),
            });
        }
        let skip_space = |mut at: usize| {
            while at < self.bytes.len() && is_space(self.bytes[at]) {
                at += 1;
            }
            at
        };
        let mut name_end = name_start;
        while name_end < self.bytes.len() && is_name_byte(self.bytes[name_end]) {
            name_end += 1;
        }
        let equals = skip_space(name_end);
        let value = skip_space(equals + 1);
        if equals >= self.bytes.len() || (self.bytes[equals] == b'=' && value >= self.bytes.len()) {
            return Err(self.out_of_text(tag_start, "tag"));
        }
        let mut found = RawAttribute {
            name_start,
            name_end,
            value_start: name_end,
            value_end: name_end,
            plain: true,
        };
        if self.bytes[equals] != b'=' {
            self.fault(
                FaultKind::BadAttribute,
                name_start,
                name_end,
                &self.text[name_start..name_end],
            );
            self.state.attributes.push(found);
            return Ok(AttributeEnd::At(name_end));
        }
        let quote = self.bytes[value];
        if !matches!(quote, b'"' | b'\'') {
            let len = self.bytes[value..]
                .iter()
                .take_while(|&&b| !is_space(b) && !matches!(b, b'>' | b'<'))
                .count();
            if value + len == self.bytes.len() {
                return Err(self.out_of_text(tag_start, "tag"));
            }
            // `<a b=c/>`: the slash closes the tag.
            let slash =
                self.bytes[value..value + len].ends_with(b"/") && self.bytes[value + len] == b'>';
            (found.value_start, found.value_end) = (value, value + len - usize::from(slash));
            found.plain = false;
            self.fault(
                FaultKind::BadAttribute,
                name_start,
                found.value_end,
                &self.text[name_start..name_end],
            );
            self.state.attributes.push(found);
            return Ok(AttributeEnd::At(found.value_end));
        }
        found.value_start = value + 1;
        let mut at = value + 1;
        loop {
            let Some(&byte) = self.bytes.get(at) else {
                return Err(self.out_of_text(tag_start, "tag"));
            };
            match byte {
                _ if byte == quote => break,
                b'&' => {
                    found.plain = false;
                    at = self.reference(at)?;
                }
                b'<' => {
                    // A `>` before a `<`: the quote was never closed and the tag ended there.
                    if let Some(end) = memchr(b'>', &self.bytes[value..at]) {
                        let end = value + end;
                        self.fault(
                            FaultKind::BadAttribute,
                            name_start,
                            end,
                            &self.text[name_start..name_end],
                        );
                        (found.value_end, found.plain) = (end, false);
                        self.state.attributes.push(found);
                        return Ok(AttributeEnd::Tag(end + 1));
                    }
                    found.plain = false;
                    self.fault(FaultKind::BareLessThan, at, at + 1, "");
                    at += 1;
                }
                b'\n' | b'\r' | b'\t' => {
                    found.plain = false;
                    at += 1;
                }
                _ => at += 1,
            }
        }
        found.value_end = at;
        if at - found.value_start > self.state.limits.token {
            return Err(self.too_long(found.value_start));
        }
        self.state.attributes.push(found);
        let behind = at + 1;
        // Attributes have white space between them.
        if let Some(&next) = self.bytes.get(behind)
            && is_name_byte(next)
        {
            self.fault(
                FaultKind::BadAttribute,
                name_start,
                behind,
                &self.text[name_start..name_end],
            );
        }
        Ok(AttributeEnd::At(behind))
    }

    fn check_attributes(&mut self) {
        // Declarations first: an attribute may use the prefix that a later one declares.
        for index in 0..self.state.attributes.len() {
            let (name, name_start) = self.attribute_name(index);
            if let Some(prefix) = name.strip_prefix("xmlns:")
                && !self.state.prefixes.iter().any(|known| known == prefix)
            {
                self.state.prefixes.push(prefix.to_owned());
            }
            if (0..index).any(|before| self.attribute_name(before).0 == name) {
                self.fault(
                    FaultKind::DuplicateAttribute,
                    name_start,
                    name_start + name.len(),
                    name,
                );
            }
            if !is_name_start_byte(self.bytes[name_start]) {
                self.fault(FaultKind::BadName, name_start, name_start + name.len(), name);
            }
        }
        for index in 0..self.state.attributes.len() {
            let (name, name_start) = self.attribute_name(index);
            self.check_name(name, name_start);
        }
    }

    fn attribute_name(&self, index: usize) -> (&'t str, usize) {
        let RawAttribute { name_start, name_end, .. } = self.state.attributes[index];
        (&self.text[name_start..name_end], name_start)
    }

    /// Reads an end tag; says whether it ended the innermost element (a stray one is passed over).
    fn end_tag(&mut self) -> Result<bool, Stop> {
        let start = self.pos;
        let name_start = start + 2;
        if let Some(open) = self.state.open.last() {
            let expected = &self.bytes[open.name_start..open.name_end];
            let name_end = name_start + expected.len();
            if self.bytes.get(name_end) == Some(&b'>')
                && &self.bytes[name_start..name_end] == expected
            {
                self.pos = name_end + 1;
                self.close();
                return Ok(true);
            }
        }
        let mut name_end = name_start;
        while name_end < self.bytes.len() && is_name_byte(self.bytes[name_end]) {
            name_end += 1;
        }
        let name = &self.text[name_start..name_end];
        let rest = &self.bytes[name_end..];
        let junk = rest.iter().take_while(|&&byte| !matches!(byte, b'>' | b'<')).count();
        if junk == rest.len() {
            return Err(self.out_of_text(start, "tag"));
        }
        let mut end = name_end + junk;
        let well_formed = rest[junk] == b'>' && rest[..junk].iter().all(|&byte| is_space(byte));
        if rest[junk] == b'>' {
            end += 1;
        }
        let Some(levels) = self.levels_to(name) else {
            self.fault(FaultKind::StrayEndTag, start, end, name);
            self.pos = end;
            return Ok(false);
        };
        if levels > 0 {
            self.unclosed(start, end);
            self.close();
            return Ok(true);
        }
        if !well_formed {
            self.fault(FaultKind::BadAttribute, start, end, name);
        } else if self.innermost() != Some(name) {
            self.fault(FaultKind::EndTagCase, start, end, name);
        }
        self.pos = end;
        self.close();
        Ok(true)
    }

    fn innermost(&self) -> Option<&str> {
        match self.state.open.last() {
            Some(open) => Some(&self.text[open.name_start..open.name_end]),
            None => self.state.outer.last().map(|outer| outer.name.as_str()),
        }
    }

    /// How many open elements are inside the one that an end tag of this name closes. The same
    /// spelling is looked for first, another letter case after it.
    fn levels_to(&self, name: &str) -> Option<usize> {
        let open =
            self.state.open.iter().rev().map(|open| &self.text[open.name_start..open.name_end]);
        let mut names = open.clone().chain(self.state.outer().rev());
        let mut folded = open.chain(self.state.outer().rev());
        names
            .position(|open| open == name)
            .or_else(|| folded.position(|open| open.eq_ignore_ascii_case(name)))
    }

    fn close(&mut self) {
        if self.state.open.pop().is_none() {
            self.state.outer.pop();
        }
    }

    /// Reports the innermost element as never closed, noticed between two offsets.
    fn unclosed(&mut self, start: usize, end: usize) {
        let opened = match self.state.open.last() {
            Some(open) => Some(self.span(open.name_start, open.name_end)),
            None => self.state.outer.last().map(|outer| outer.span),
        };
        let name = self.innermost().unwrap_or_default().to_owned();
        let span = self.span(start, end);
        self.state.faults.push(Fault { kind: FaultKind::Unclosed, span, name, opened });
    }

    /// Text up to the next tag; the cursor stands before it or before white space in front of it.
    fn character_data(&mut self) -> Result<Text<'t>, Stop> {
        let start = self.pos;
        let (end, plain) = self.scan_text(start)?;
        self.pos = end;
        Ok(Text::new(&self.text[start..end], self.base + start as u64, plain))
    }

    /// Finds the next start or end tag from `start` on; says too whether the text before it is plain.
    fn scan_text(&mut self, start: usize) -> Result<(usize, bool), Stop> {
        let mut at = start;
        let mut plain = true;
        loop {
            let Some(found) = memchr3(b'<', b'&', b'\r', &self.bytes[at..]) else {
                self.check_token(start, self.bytes.len())?;
                if !self.last {
                    return Err(Stop::NeedMore);
                }
                return Ok((self.bytes.len(), plain));
            };
            at += found;
            match self.bytes[at] {
                b'&' => {
                    plain = false;
                    at = self.reference(at)?;
                }
                b'\r' => {
                    plain = false;
                    at += 1;
                }
                _ => match self.bytes.get(at + 1) {
                    Some(&byte) if byte == b'/' || is_name_start_byte(byte) => break,
                    None if !self.last => return Err(Stop::NeedMore),
                    Some(b'?') => {
                        plain = false;
                        at = self.processing_instruction(at)?;
                    }
                    Some(b'!') => {
                        plain = false;
                        at = match self.declaration(at)? {
                            Declaration::Passed(end) | Declaration::Text(end) => end,
                        };
                    }
                    _ => {
                        plain = false;
                        self.fault(FaultKind::BareLessThan, at, at + 1, "");
                        at += 1;
                    }
                },
            }
        }
        self.check_token(start, at)?;
        Ok((at, plain))
    }

    /// Checks the reference at `at`; returns the offset behind it, or behind the `&` of none.
    fn reference(&mut self, at: usize) -> Result<usize, Stop> {
        let rest = &self.text[at..];
        if rest.len() < LONGEST_REFERENCE && !self.last && memchr(b';', rest.as_bytes()).is_none() {
            return Err(Stop::NeedMore);
        }
        let (kind, len) = match reference(rest) {
            Reference::Character(_, len) => return Ok(at + len),
            Reference::Unknown(len) => (FaultKind::UnknownEntity, len),
            Reference::BadCharacter(len) => (FaultKind::BadCharacterReference, len),
            Reference::None => (FaultKind::BareAmpersand, 1),
        };
        let name = if kind == FaultKind::UnknownEntity { &rest[1..len - 1] } else { "" };
        self.fault(kind, at, at + len, name);
        Ok(at + len)
    }

    /// Passes over a processing instruction; returns the offset behind it.
    fn processing_instruction(&mut self, at: usize) -> Result<usize, Stop> {
        let end = self.section(at, 2, b"?>", "processing instruction")?;
        let is_declaration = self.bytes[at + 2..end].get(..4).is_some_and(|target| {
            target[..3].eq_ignore_ascii_case(b"xml") && (is_space(target[3]) || target[3] == b'?')
        });
        if is_declaration && self.base + at as u64 != 0 {
            self.fault(FaultKind::LateDeclaration, at, end, "");
        }
        Ok(end)
    }

    /// Passes over what starts with `<!`.
    fn declaration(&mut self, at: usize) -> Result<Declaration, Stop> {
        let rest = &self.bytes[at..];
        // `<![CDATA[` is the longest opening there is.
        if rest.len() < 9 && !self.last {
            return Err(Stop::NeedMore);
        }
        if rest.starts_with(b"<!--") {
            let end = self.section(at, 4, b"-->", "comment")?;
            let content = &self.bytes[at + 4..end - 3];
            if let Some(dashes) = memmem::find(content, b"--") {
                self.fault(FaultKind::BadComment, at + 4 + dashes, at + 6 + dashes, "");
            }
            return Ok(Declaration::Passed(end));
        }
        if rest.starts_with(b"<![CDATA[") {
            return self.section(at, 9, b"]]>", "CDATA section").map(Declaration::Text);
        }
        if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"<!DOCTYPE")) {
            let end = self.doctype(at)?;
            self.fault(FaultKind::Doctype, at, end, "");
            self.state.doctype.get_or_insert_with(|| self.text[at..end].to_owned());
            return Ok(Declaration::Passed(end));
        }
        self.fault(FaultKind::BareLessThan, at, at + 1, "");
        Ok(Declaration::Text(at + 1))
    }

    /// The offset behind a section that `close` ends; `open` is the length of its opening.
    fn section(
        &mut self,
        at: usize,
        open: usize,
        close: &[u8],
        what: &'static str,
    ) -> Result<usize, Stop> {
        let from = (at + open).min(self.bytes.len());
        match memmem::find(&self.bytes[from..], close) {
            Some(found) => {
                let end = from + found + close.len();
                self.check_token(at, end)?;
                self.state.opaque.push((at, end));
                Ok(end)
            }
            None => Err(self.out_of_text(at, what)),
        }
    }

    /// The offset behind a document type declaration: the `>` outside of quotes, comments and brackets.
    fn doctype(&mut self, start: usize) -> Result<usize, Stop> {
        let mut at = start + 9;
        let mut inside = false;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'"' | b'\'' => match memchr(byte, &self.bytes[at + 1..]) {
                    Some(len) => at += len + 1,
                    None => break,
                },
                b'<' if self.bytes[at..].starts_with(b"<!--") => {
                    at = self.section(at, 4, b"-->", "comment")? - 1;
                }
                b'[' => inside = true,
                b']' => inside = false,
                b'>' if !inside => {
                    self.check_token(start, at)?;
                    return Ok(at + 1);
                }
                _ => {}
            }
            at += 1;
        }
        Err(self.out_of_text(start, "document type declaration"))
    }

    fn check_token(&self, start: usize, end: usize) -> Result<(), Stop> {
        if end - start > self.state.limits.token { Err(self.too_long(start)) } else { Ok(()) }
    }

    fn too_long(&self, start: usize) -> Stop {
        let limit = self.state.limits.token;
        Stop::Limit { what: "token", limit, span: self.span(start, start + 1) }
    }

    /// The text ends in the middle of what started at `start`.
    fn out_of_text(&mut self, start: usize, what: &str) -> Stop {
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

    fn end_of_input(&mut self) -> Result<Node<'t>, Stop> {
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

    fn fault(&mut self, kind: FaultKind, start: usize, end: usize, name: &str) {
        let span = self.span(start, end);
        self.state.faults.push(Fault { kind, span, name: name.to_owned(), opened: None });
    }

    /// The span of two offsets of the text in the whole text.
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start as u64, self.base + end as u64)
    }
}

/// How an attribute ended.
enum AttributeEnd {
    /// At this offset, more may follow.
    At(usize),
    /// With its tag, at this offset.
    Tag(usize),
}

/// What a `<!` was.
enum Declaration {
    /// Nothing to read, up to this offset.
    Passed(usize),
    /// Text, up to this offset.
    Text(usize),
}
