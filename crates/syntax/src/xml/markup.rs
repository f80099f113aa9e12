//! Text and what is not an element: references, comments, sections, declarations.

use memchr::{memchr, memchr3, memmem};

use super::chars::{
    has_forbidden_byte, is_forbidden_byte, is_name_byte, is_name_start_byte, is_space,
};
use super::text::{LONGEST_REFERENCE, Reference, reference};
use super::{Cursor, FaultKind, Stop, Text};

impl<'t> Cursor<'t, '_> {
    /// Reports control characters and `]]>` in text between two offsets of the text. A reader calls it
    /// once for each piece that is done: looking at a piece as a whole is far cheaper than at each text.
    pub fn check_characters(&mut self, from: usize, to: usize) {
        let piece = &self.bytes[from..to];
        if has_forbidden_byte(piece) {
            self.report_control_characters(from, to);
        }
        let Some(first) = self.state.cdata_end.find(piece) else { return };
        let found: Vec<_> =
            memmem::find_iter(&piece[first..], b"]]>").map(|at| first + at).collect();
        for at in found {
            let at = from + at;
            // The last one that begins before this place is the only one that can hold it.
            let before = self.state.opaque.partition_point(|&(start, _)| start <= at);
            let opaque = before > 0 && at + 3 <= self.state.opaque[before - 1].1;
            if !opaque && !self.inside_tag(from, at) {
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

    /// Whether a place that is in no comment or section is inside a tag that began at `from` or later.
    fn inside_tag(&self, from: usize, at: usize) -> bool {
        let before = &self.bytes[from..at];
        let behind_last_tag = memchr::memrchr(b'>', before).map_or(0, |close| close + 1);
        memchr(b'<', &before[behind_last_tag..]).is_some()
    }

    /// Text up to the next tag; the cursor stands before it or before white space in front of it.
    pub(super) fn character_data(&mut self) -> Result<Text<'t>, Stop> {
        let start = self.pos;
        let (end, plain) = self.scan_text(start)?;
        self.pos = end;
        Ok(Text::new(&self.text[start..end], self.base + start as u64, plain))
    }

    /// Finds the next start or end tag from `start` on; says too whether the text before it is plain.
    pub(super) fn scan_text(&mut self, start: usize) -> Result<(usize, bool), Stop> {
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
            self.check_token(start, at)?;
            self.check_faults(at)?;
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
                    None => return Err(self.out_of_text(at, "tag")),
                    Some(b'?') => {
                        plain = false;
                        at = self.processing_instruction(at)?;
                    }
                    Some(b'!') => {
                        plain = false;
                        at = self.declaration(at)?;
                    }
                    _ => {
                        plain = false;
                        self.fault(FaultKind::BareLessThan, at, at + 1, "");
                        at += 1;
                    }
                },
            }
        }
        Ok((at, plain))
    }

    /// Checks the reference at `at`; returns the offset behind it, or behind the `&` of none.
    pub(super) fn reference(&mut self, at: usize) -> Result<usize, Stop> {
        let rest = &self.text[at..];
        if rest.len() < LONGEST_REFERENCE && !self.last && memchr(b';', rest.as_bytes()).is_none() {
            return Err(Stop::NeedMore);
        }
        // What is cut off is no reference, but no stray `&` either.
        let is_part = |byte: &u8| is_name_byte(*byte) || *byte == b'#';
        if rest.len() < LONGEST_REFERENCE && self.last && rest.as_bytes()[1..].iter().all(is_part) {
            return Ok(self.bytes.len());
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
    pub(super) fn processing_instruction(&mut self, at: usize) -> Result<usize, Stop> {
        let end = self.section(at, 2, b"?>", "processing instruction")?;
        let is_declaration = self.bytes[at + 2..end].get(..4).is_some_and(|target| {
            target[..3].eq_ignore_ascii_case(b"xml") && (is_space(target[3]) || target[3] == b'?')
        });
        if is_declaration && self.base + at as u64 != 0 {
            self.fault(FaultKind::LateDeclaration, at, end, "");
        }
        Ok(end)
    }

    /// Passes over a comment or a document type declaration that starts at `at` with `<!`; nothing where
    /// something else does.
    pub(super) fn passed_over(&mut self, at: usize) -> Result<Option<usize>, Stop> {
        const OPENINGS: [&[u8]; 3] = [b"<!--", b"<![CDATA[", b"<!DOCTYPE"];
        let rest = &self.bytes[at..];
        if OPENINGS.iter().any(|opening| {
            opening
                .get(..rest.len())
                .is_some_and(|start| rest.len() < opening.len() && start.eq_ignore_ascii_case(rest))
        }) {
            return Err(self.out_of_text(at, "tag"));
        }
        if rest.starts_with(b"<!--") {
            let end = self.section(at, 4, b"-->", "comment")?;
            let content = &self.bytes[at + 4..end - 3];
            if let Some(dashes) = memmem::find(content, b"--") {
                self.fault(FaultKind::BadComment, at + 4 + dashes, at + 6 + dashes, "");
            }
            return Ok(Some(end));
        }
        if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"<!DOCTYPE")) {
            let end = self.doctype(at)?;
            self.fault(FaultKind::Doctype, at, end, "");
            self.state.doctype.get_or_insert_with(|| self.text[at..end].to_owned());
            return Ok(Some(end));
        }
        Ok(None)
    }

    /// The offset behind what starts with `<!` in a text.
    fn declaration(&mut self, at: usize) -> Result<usize, Stop> {
        if let Some(end) = self.passed_over(at)? {
            return Ok(end);
        }
        if self.bytes[at..].starts_with(b"<![CDATA[") {
            return self.section(at, 9, b"]]>", "CDATA section");
        }
        self.fault(FaultKind::BareLessThan, at, at + 1, "");
        Ok(at + 1)
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
                    self.check_token(start, at)?;
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
}
