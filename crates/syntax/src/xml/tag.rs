//! Start tags, end tags and attributes.

use memchr::memchr;

use super::chars::{end_of_space, is_name, is_name_byte, is_name_start_byte, is_space, scan_name};
use super::state::{Open, RawAttribute};
use super::words::end_of_value;
use super::{Cursor, Exceeded, Fault, FaultKind, Stop, Tag};

/// How many prefixes are told apart. With more than that none is called undeclared any more.
const PREFIXES: usize = 256;

impl<'t> Cursor<'t, '_> {
    #[inline]
    pub(super) fn start_tag(&mut self) -> Result<Tag<'t>, Stop> {
        let start = self.pos;
        self.state.faults_before_tag = self.state.faults.len();
        let name_start = start + 1;
        let (name_len, is_special) = scan_name(&self.bytes[name_start..]);
        let name_end = name_start + name_len;
        let mut at = name_end;
        self.state.attributes.clear();
        let closed = if self.bytes.get(at) == Some(&b'>') {
            at += 1;
            false
        } else {
            let (end, closed) = self.attribute_list(start, name_end)?;
            at = end;
            closed
        };
        self.check_token(start, at)?;
        let name = &self.text[name_start..name_end];
        if is_special {
            self.check_name(name, name_start);
        }
        if self.depth() >= self.state.limits.depth {
            let limit = self.state.limits.depth;
            return Err(Stop::Limit(Box::new(Exceeded {
                what: "depth",
                limit,
                span: self.span(start, at),
            })));
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
                && self.state.prefixes.len() < PREFIXES
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
            at = end_of_space(self.bytes, at);
            let Some(&byte) = self.bytes.get(at) else {
                return Err(self.out_of_text(start, "tag"));
            };
            self.check_token(start, at)?;
            self.check_faults(at)?;
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
            return Err(Stop::Limit(Box::new(Exceeded {
                what: "attributes",
                limit,
                span: self.span(tag_start, name_start),
            })));
        }
        let (name_len, is_special) = scan_name(&self.bytes[name_start..]);
        let name_end = name_start + name_len;
        let equals = end_of_space(self.bytes, name_end);
        let value = end_of_space(self.bytes, (equals + 1).min(self.bytes.len()));
        if equals >= self.bytes.len() || (self.bytes[equals] == b'=' && value >= self.bytes.len()) {
            return Err(self.out_of_text(tag_start, "tag"));
        }
        let mut found = RawAttribute {
            name_start,
            name_end,
            value_start: name_end,
            value_end: name_end,
            plain: true,
            is_special,
        };
        let end = if self.bytes[equals] != b'=' {
            self.bad_attribute(&found, name_end);
            AttributeEnd::At(name_end)
        } else if matches!(self.bytes[value], b'"' | b'\'') {
            self.quoted_value(tag_start, value, &mut found)?
        } else {
            self.bare_value(tag_start, value, &mut found)?
        };
        self.state.attributes.push(found);
        Ok(end)
    }

    /// Reads a value whose quote stands at `open`.
    fn quoted_value(
        &mut self,
        tag_start: usize,
        open: usize,
        found: &mut RawAttribute,
    ) -> Result<AttributeEnd, Stop> {
        let quote = self.bytes[open];
        found.value_start = open + 1;
        let mut at = open + 1;
        let mut looked_at = open;
        loop {
            at = end_of_value(self.bytes, at, quote);
            let Some(&byte) = self.bytes.get(at) else {
                return Err(self.out_of_text(tag_start, "tag"));
            };
            match byte {
                _ if byte == quote => break,
                b'&' => {
                    found.plain = false;
                    self.check_token(tag_start, at)?;
                    self.check_faults(at)?;
                    at = self.reference(at)?;
                }
                b'<' => {
                    // A `>` before a `<`: the quote was never closed and the tag ended there.
                    if let Some(end) = memchr(b'>', &self.bytes[looked_at..at]) {
                        let end = looked_at + end;
                        self.bad_attribute(found, end);
                        (found.value_end, found.plain) = (end, false);
                        return Ok(AttributeEnd::Tag(end + 1));
                    }
                    looked_at = at;
                    found.plain = false;
                    self.check_token(tag_start, at)?;
                    self.check_faults(at)?;
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
        // Attributes have white space between them.
        if self.bytes.get(at + 1).is_some_and(|&next| is_name_byte(next)) {
            self.bad_attribute(found, at + 1);
        }
        Ok(AttributeEnd::At(at + 1))
    }

    /// Reads a value without quotes.
    fn bare_value(
        &mut self,
        tag_start: usize,
        start: usize,
        found: &mut RawAttribute,
    ) -> Result<AttributeEnd, Stop> {
        let rest = &self.bytes[start..];
        let len = rest
            .iter()
            .take_while(|&&byte| !is_space(byte) && !matches!(byte, b'>' | b'<'))
            .count();
        if len == rest.len() {
            return Err(self.out_of_text(tag_start, "tag"));
        }
        // `<a b=c/>`: the slash closes the tag.
        let slash = rest[..len].ends_with(b"/") && rest[len] == b'>';
        (found.value_start, found.value_end) = (start, start + len - usize::from(slash));
        found.plain = false;
        self.bad_attribute(found, found.value_end);
        Ok(AttributeEnd::At(found.value_end))
    }

    fn bad_attribute(&mut self, found: &RawAttribute, end: usize) {
        let name = &self.text[found.name_start..found.name_end];
        self.fault(FaultKind::BadAttribute, found.name_start, end, name);
    }

    fn check_attributes(&mut self) {
        let mut is_special = false;
        for index in 0..self.state.attributes.len() {
            let (name, name_start) = self.attribute_name(index);
            is_special |= self.state.attributes[index].is_special;
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
        if is_special {
            self.check_special_attributes();
        }
    }

    /// Names with a prefix or with characters outside ASCII.
    fn check_special_attributes(&mut self) {
        // Declarations first: an attribute may use the prefix that a later one declares.
        for index in 0..self.state.attributes.len() {
            if let Some(prefix) = self.attribute_name(index).0.strip_prefix("xmlns:")
                && self.state.prefixes.len() < PREFIXES
                && !self.state.prefixes.iter().any(|known| known == prefix)
            {
                self.state.prefixes.push(prefix.to_owned());
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
    pub(super) fn end_tag(&mut self) -> Result<bool, Stop> {
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
        let name_end = name_start + scan_name(&self.bytes[name_start..]).0;
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
        self.check_token(start, end)?;
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

    pub(super) fn innermost(&self) -> Option<&str> {
        match self.state.open.last() {
            Some(open) => Some(&self.text[open.name_start..open.name_end]),
            None => self.state.outer.last().map(String::as_str),
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

    #[inline]
    pub(super) fn close(&mut self) {
        if self.state.open.pop().is_none() {
            self.state.outer.pop();
        }
    }

    /// Reports the innermost element as never closed, noticed between two offsets. Where an element of an
    /// earlier piece was opened is not said: that place may have gone out of reach.
    pub(super) fn unclosed(&mut self, start: usize, end: usize) {
        let opened = self.state.open.last().map(|open| self.span(open.name_start, open.name_end));
        let name = self.innermost().unwrap_or_default().to_owned();
        let span = self.span(start, end);
        self.state.faults.push(Fault { kind: FaultKind::Unclosed, span, name, opened });
    }
}

/// How an attribute ended.
enum AttributeEnd {
    /// At this offset, more may follow.
    At(usize),
    /// With its tag, at this offset.
    Tag(usize),
}
