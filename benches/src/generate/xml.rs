//! Elements on lines of their own, indented; knows no format.

use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

/// Deep enough for any record.
const INDENT: &str = "                                ";

/// The attributes of an element, in order.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// Writes elements and counts the bytes.
#[derive(Debug)]
pub(super) struct Xml<W> {
    out: W,
    written: u64,
    depth: usize,
}

impl<W: Write> Xml<W> {
    /// Starts a document with its declaration.
    pub(super) fn new(out: W) -> io::Result<Self> {
        let mut xml = Self { out, written: 0, depth: 0 };
        writeln!(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        Ok(xml)
    }

    /// An element that holds what `content` writes.
    pub(super) fn element(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.start(name, attributes)?;
        self.write_all(b">\n")?;
        self.depth += 1;
        content(self)?;
        self.depth -= 1;
        self.indent()?;
        writeln!(self, "</{name}>")
    }

    /// An element that holds a text.
    pub(super) fn text(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        text: impl Display,
    ) -> io::Result<()> {
        self.start(name, attributes)?;
        writeln!(self, ">{}</{name}>", Escaped(text))
    }

    /// An element that says all in its attributes.
    pub(super) fn empty(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
    ) -> io::Result<()> {
        self.start(name, attributes)?;
        self.write_all(b"/>\n")
    }

    /// Bytes written so far.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.indent()?;
        write!(self, "<{name}")?;
        for (name, value) in attributes {
            write!(self, " {name}=\"{}\"", Escaped(value))?;
        }
        Ok(())
    }

    fn indent(&mut self) -> io::Result<()> {
        let width = (2 * self.depth).min(INDENT.len());
        self.write_all(&INDENT.as_bytes()[..width])
    }
}

impl<W: Write> Write for Xml<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A value whose markup characters are written as references.
struct Escaped<T>(T);

impl<T: Display> Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaper(f), "{}", self.0)
    }
}

struct Escaper<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Escaper<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"']) {
            self.0.write_str(&rest[..at])?;
            self.0.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => "&quot;",
            })?;
            rest = &rest[at + 1..];
        }
        self.0.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_indented() -> io::Result<()> {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out)?;
        xml.element("a", &[("b", "\"<")], |xml| {
            xml.text("c", &[], "R&D > é")?;
            xml.empty("d", &[])
        })?;
        let written = xml.written();
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;\">\n  \
                        <c>R&amp;D &gt; é</c>\n  <d/>\n</a>\n";
        assert_eq!(String::from_utf8_lossy(&out), expected);
        assert_eq!(written, expected.len() as u64);
        Ok(())
    }
}
