//! Writes JSON piece by piece.

use std::fmt;
use std::io::{self, Write};

/// A writer of JSON that counts what it writes.
pub(super) struct Json<W> {
    out: W,
    written: u64,
    is_pretty: bool,
    depth: usize,
    /// Whether nothing was written yet in the container at hand.
    is_first: bool,
    /// Whether a name was written, and its value was not.
    is_named: bool,
}

impl<W: Write> Json<W> {
    /// Writes all in one line, or with two blanks for each level.
    pub(super) fn new(out: W, is_pretty: bool) -> Self {
        Self { out, written: 0, is_pretty, depth: 0, is_first: true, is_named: false }
    }

    /// Bytes so far.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Ends the text.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.raw("\n")?;
        self.out.flush()
    }

    /// An object with what `content` writes.
    pub(super) fn object(
        &mut self,
        content: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.open("{")?;
        content(self)?;
        self.close("}")
    }

    /// An array with what `content` writes.
    pub(super) fn array(
        &mut self,
        content: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.open("[")?;
        content(self)?;
        self.close("]")
    }

    /// The name of a member; its value comes next.
    pub(super) fn name(&mut self, name: &str) -> io::Result<&mut Self> {
        self.before_value()?;
        self.quoted(name)?;
        self.raw(if self.is_pretty { ": " } else { ":" })?;
        self.is_named = true;
        Ok(self)
    }

    /// A text.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.before_value()?;
        self.quoted(text)
    }

    /// A number, `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: impl fmt::Display) -> io::Result<()> {
        self.before_value()?;
        self.raw(&word.to_string())
    }

    /// A text, or `null`.
    pub(super) fn text_or_null(&mut self, text: Option<&str>) -> io::Result<()> {
        match text {
            Some(text) => self.text(text),
            None => self.word("null"),
        }
    }

    /// Members that say nothing.
    pub(super) fn nulls(&mut self, names: &[&str]) -> io::Result<()> {
        names.iter().try_for_each(|name| self.name(name)?.word("null"))
    }

    /// The start of an object or array, up to [`close`](Self::close).
    pub(super) fn open(&mut self, sign: &str) -> io::Result<()> {
        self.before_value()?;
        self.raw(sign)?;
        self.depth += 1;
        self.is_first = true;
        Ok(())
    }

    /// Its end.
    pub(super) fn close(&mut self, sign: &str) -> io::Result<()> {
        self.depth -= 1;
        if !std::mem::replace(&mut self.is_first, false) {
            self.break_line()?;
        }
        self.raw(sign)
    }

    fn before_value(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.is_named, false) || self.depth == 0 {
            return Ok(());
        }
        if !std::mem::replace(&mut self.is_first, false) {
            self.raw(",")?;
        }
        self.break_line()
    }

    fn break_line(&mut self) -> io::Result<()> {
        if self.is_pretty {
            self.raw("\n")?;
            for _ in 0..self.depth {
                self.raw("  ")?;
            }
        }
        Ok(())
    }

    fn quoted(&mut self, text: &str) -> io::Result<()> {
        self.raw("\"")?;
        let mut rest = text;
        while let Some(at) = rest.find(['"', '\\', '\n']) {
            let (plain, special) = rest.split_at(at);
            self.raw(plain)?;
            self.raw(match special.as_bytes()[0] {
                b'\n' => "\\n",
                b'"' => "\\\"",
                _ => "\\\\",
            })?;
            rest = &special[1..];
        }
        self.raw(rest)?;
        self.raw("\"")
    }

    fn raw(&mut self, text: &str) -> io::Result<()> {
        self.written += text.len() as u64;
        self.out.write_all(text.as_bytes())
    }
}
