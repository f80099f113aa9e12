//! XML written so that what is read from it is what was put in.

use std::fmt;

use quick_xml::events::attributes::Attr;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::chars::{is_character, is_name};
use super::{Cursor, Limits, Node, State};

/// Blanks for each level.
const INDENT: usize = 2;

/// Writes a document, indented by two blanks a level.
///
/// White space is only ever added between elements that have nothing but elements beside them: text comes
/// out as it went in, blanks and carriage returns included. What would not be well-formed is refused.
///
/// ```
/// use edu_syntax::xml::Writer;
///
/// let mut writer = Writer::new();
/// writer.start("general", &[])?;
/// writer.leaf("language", &[], "en")?;
/// writer.end()?;
/// let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<general>\n  <language>en</language>\n</general>\n";
/// assert_eq!(writer.finish()?, expected);
/// # Ok::<(), edu_syntax::xml::WriteError>(())
/// ```
pub struct Writer {
    out: quick_xml::Writer<Vec<u8>>,
    open: Vec<Open>,
    /// A start tag whose element may still turn out to be empty.
    pending: Option<BytesStart<'static>>,
    /// Prefixes declared by the open elements, the innermost last.
    prefixes: Vec<String>,
    has_root: bool,
    is_fragment: bool,
}

struct Open {
    name: String,
    /// Nothing is added between its tags.
    is_inline: bool,
    /// The indentations written directly inside, with their lengths.
    breaks: Vec<(usize, usize)>,
    /// How many prefixes were declared around it.
    prefixes: usize,
}

/// What cannot be written, or not there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// XML 1.0 has no way to write this character.
    Character(char),
    /// This is no name of an element or attribute.
    Name(String),
    /// The prefix of this name is not declared.
    UndeclaredPrefix(String),
    /// The attribute is given twice on one element.
    DuplicateAttribute(String),
    /// What was to be written as it stands is not one well-formed element.
    NotWellFormed,
    /// An end without a start, a start without an end, or something outside the one root.
    Unbalanced,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(character) => {
                write!(f, "XML cannot hold the character U+{:04X}", u32::from(*character))
            }
            Self::Name(name) => write!(f, "`{}` is no name in XML", name.escape_debug()),
            Self::UndeclaredPrefix(name) => write!(f, "the prefix of `{name}` is not declared"),
            Self::DuplicateAttribute(name) => write!(f, "the attribute `{name}` is given twice"),
            Self::NotWellFormed => f.write_str("a piece of XML is not one well-formed element"),
            Self::Unbalanced => f.write_str("the elements do not make one document"),
        }
    }
}

impl std::error::Error for WriteError {}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// A writer of a document, which begins with an XML declaration and ends with a line end.
    pub fn new() -> Self {
        let mut writer = Self::fragment();
        writer.is_fragment = false;
        writer.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        writer
    }

    /// A writer of a single element that is to stand in a document.
    pub fn fragment() -> Self {
        Self {
            out: quick_xml::Writer::new(Vec::new()),
            open: Vec::new(),
            pending: None,
            prefixes: Vec::new(),
            has_root: false,
            is_fragment: true,
        }
    }

    /// Begins an element; namespaces are declared as attributes.
    ///
    /// # Errors
    ///
    /// When a name, a prefix or a value is not allowed, or when the root has ended.
    pub fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), WriteError> {
        self.open_tag(name, attributes, false)
    }

    /// Begins an element that stands on one line with all that is in it.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn start_inline(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<(), WriteError> {
        self.open_tag(name, attributes, true)
    }

    fn open_tag(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        is_inline: bool,
    ) -> Result<(), WriteError> {
        if self.open.is_empty() && self.has_root {
            return Err(WriteError::Unbalanced);
        }
        let outer = self.prefixes.len();
        let declared = attributes.iter().filter_map(|(name, _)| name.strip_prefix("xmlns:"));
        self.prefixes.extend(declared.map(str::to_owned));
        let tag = self.tag(name, attributes).inspect_err(|_| self.prefixes.truncate(outer))?;
        self.flush();
        self.break_line();
        let is_inline = is_inline || self.open.last().is_some_and(|around| around.is_inline);
        self.pending = Some(tag);
        self.has_root = true;
        let name = name.to_owned();
        self.open.push(Open { name, is_inline, breaks: Vec::new(), prefixes: outer });
        Ok(())
    }

    fn tag(
        &self,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<BytesStart<'static>, WriteError> {
        self.check_name(name)?;
        let mut tag = BytesStart::new(name.to_owned());
        for (index, (name, value)) in attributes.iter().enumerate() {
            self.check_name(name)?;
            if attributes[..index].iter().any(|(earlier, _)| earlier == name) {
                return Err(WriteError::DuplicateAttribute((*name).to_owned()));
            }
            tag.push_attribute(Attr::DoubleQ(*name, escape(value, true)?.as_str()));
        }
        Ok(tag)
    }

    /// Writes text. An element that holds text gets no white space besides.
    ///
    /// # Errors
    ///
    /// When the text holds a character that XML does not allow, or stands outside the root.
    pub fn text(&mut self, text: &str) -> Result<(), WriteError> {
        let escaped = escape(text, false)?;
        let Some(around) = self.open.last_mut() else {
            return Err(WriteError::Unbalanced);
        };
        if text.is_empty() {
            return Ok(());
        }
        around.is_inline = true;
        let breaks = std::mem::take(&mut around.breaks);
        remove(self.out.get_mut(), &breaks);
        self.flush();
        self.event(Event::Text(BytesText::from_escaped(escaped)));
        Ok(())
    }

    /// Writes a whole element as it stands.
    ///
    /// # Errors
    ///
    /// When it is not one well-formed element whose prefixes are declared, or the root has ended.
    pub fn raw(&mut self, source: &str) -> Result<(), WriteError> {
        if self.open.is_empty() && self.has_root {
            return Err(WriteError::Unbalanced);
        }
        if !is_one_element(source, &self.prefixes) {
            return Err(WriteError::NotWellFormed);
        }
        self.flush();
        self.break_line();
        self.has_root = true;
        self.out.get_mut().extend_from_slice(source.as_bytes());
        Ok(())
    }

    /// Ends the innermost open element.
    ///
    /// # Errors
    ///
    /// When none is open.
    pub fn end(&mut self) -> Result<(), WriteError> {
        let Some(open) = self.open.pop() else {
            return Err(WriteError::Unbalanced);
        };
        self.prefixes.truncate(open.prefixes);
        if let Some(tag) = self.pending.take() {
            self.event(Event::Empty(tag));
            return Ok(());
        }
        if !open.is_inline && !open.breaks.is_empty() {
            self.indent();
        }
        self.event(Event::End(BytesEnd::new(open.name)));
        Ok(())
    }

    /// Writes an element that holds nothing but text.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start) and [`text`](Self::text). The element is left out then.
    pub fn leaf(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        text: &str,
    ) -> Result<(), WriteError> {
        escape(text, false)?;
        self.start(name, attributes)?;
        self.text(text)?;
        self.end()
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// When there is no root, or an element is still open.
    pub fn finish(mut self) -> Result<String, WriteError> {
        if !self.open.is_empty() || !self.has_root {
            return Err(WriteError::Unbalanced);
        }
        if !self.is_fragment {
            self.out.get_mut().push(b'\n');
        }
        // Only text has been written, so this loses nothing.
        String::from_utf8(self.out.into_inner()).map_err(|_| WriteError::NotWellFormed)
    }

    fn flush(&mut self) {
        if let Some(tag) = self.pending.take() {
            self.event(Event::Start(tag));
        }
    }

    /// Begins a line for the next element, where nothing speaks against it.
    fn break_line(&mut self) {
        if self.open.last().is_some_and(|around| around.is_inline)
            || (self.is_fragment && self.open.is_empty())
        {
            return;
        }
        let start = self.out.get_mut().len();
        self.indent();
        let end = self.out.get_mut().len();
        if let Some(around) = self.open.last_mut() {
            around.breaks.push((start, end - start));
        }
    }

    fn indent(&mut self) {
        let blanks = self.open.len() * INDENT;
        let out = self.out.get_mut();
        out.push(b'\n');
        out.resize(out.len() + blanks, b' ');
    }

    fn event(&mut self, event: Event<'_>) {
        // Memory takes everything: there is no error to pass on.
        let _ = self.out.write_event(event);
    }

    fn check_name(&self, name: &str) -> Result<(), WriteError> {
        if !is_name(name) {
            return Err(WriteError::Name(name.to_owned()));
        }
        let Some((prefix, local)) = name.split_once(':') else {
            return Ok(());
        };
        if local.contains(':') || !is_name(prefix) || !is_name(local) {
            return Err(WriteError::Name(name.to_owned()));
        }
        let is_declared = matches!(prefix, "xml" | "xmlns")
            || self.prefixes.iter().any(|declared| declared == prefix);
        if is_declared { Ok(()) } else { Err(WriteError::UndeclaredPrefix(name.to_owned())) }
    }
}

/// The content is left out: it may be about people.
impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("depth", &self.open.len()).finish_non_exhaustive()
    }
}

/// Takes pieces out of what was written.
fn remove(out: &mut Vec<u8>, pieces: &[(usize, usize)]) {
    let Some(&(first, _)) = pieces.first() else {
        return;
    };
    let tail = out.split_off(first);
    let mut at = first;
    for &(start, len) in pieces {
        out.extend_from_slice(&tail[at - first..start - first]);
        at = start + len;
    }
    out.extend_from_slice(&tail[at - first..]);
}

/// A carriage return, and white space in attributes, would be normalised on reading.
fn escape(text: &str, in_attribute: bool) -> Result<String, WriteError> {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\n' if in_attribute => out.push_str("&#10;"),
            '\t' if in_attribute => out.push_str("&#9;"),
            character if is_character(character) => out.push(character),
            character => return Err(WriteError::Character(character)),
        }
    }
    Ok(out)
}

/// Whether a text is one whole, well-formed element, and nothing else. Prefixes that are declared nowhere
/// in it count as a fault.
pub fn is_element(source: &str) -> bool {
    is_one_element(source, &[])
}

fn is_one_element(source: &str, prefixes: &[String]) -> bool {
    // The sizes were bounded when the piece was read, if it was.
    let limits = Limits {
        depth: usize::MAX,
        attributes: usize::MAX,
        token: usize::MAX,
        record: usize::MAX,
        faults: 0,
    };
    let mut state = State::new(limits);
    state.prefixes.extend_from_slice(prefixes);
    let mut cursor = Cursor::new(source, &mut state);
    let Ok(Node::Start(tag)) = cursor.next() else {
        return false;
    };
    let is_whole =
        tag.span().start == 0 && cursor.element(tag).is_ok() && cursor.position() == source.len();
    cursor.check_characters(0, source.len());
    is_whole && state.faults().is_empty() && source.chars().all(is_character)
}

#[cfg(test)]
mod tests {
    use super::super::Tree;
    use super::*;
    use proptest::prelude::*;

    fn fragment(build: impl FnOnce(&mut Writer) -> Result<(), WriteError>) -> String {
        let mut writer = Writer::fragment();
        build(&mut writer).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn layout() {
        let mut writer = Writer::new();
        writer.start("lom", &[("xmlns", "u")]).unwrap();
        writer.start("general", &[]).unwrap();
        writer.start_inline("title", &[]).unwrap();
        writer.leaf("langstring", &[("xml:lang", "en")], "Cells & co").unwrap();
        writer.leaf("langstring", &[], "  ").unwrap();
        writer.end().unwrap();
        writer.leaf("structure", &[], "").unwrap();
        writer.raw("<x:a xmlns:x='n'>\n<x:b/></x:a>").unwrap();
        writer.end().unwrap();
        writer.end().unwrap();
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lom xmlns=\"u\">\n  <general>\n    <title><langstring xml:lang=\"en\">Cells &amp; co</langstring><langstring>  </langstring></title>\n    <structure/>\n    <x:a xmlns:x='n'>\n<x:b/></x:a>\n  </general>\n</lom>\n";
        assert_eq!(writer.finish().unwrap(), expected);
    }

    #[test]
    fn text_takes_indentation_back() {
        let written = fragment(|writer| {
            writer.start("a", &[])?;
            writer.start("b", &[])?;
            writer.start("c", &[])?;
            writer.end()?;
            writer.end()?;
            writer.start("d", &[])?;
            writer.end()?;
            writer.text("t")?;
            writer.start("e", &[])?;
            writer.end()?;
            writer.end()
        });
        assert_eq!(written, "<a><b>\n    <c/>\n  </b><d/>t<e/></a>");
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        let mut writer = Writer::new();
        assert_eq!(writer.text("t"), Err(WriteError::Unbalanced));
        assert_eq!(writer.end(), Err(WriteError::Unbalanced));
        for name in ["", "1a", "a b", "a:b:c", ":a", "a:", "a:1", "é<", "-a"] {
            assert_eq!(writer.start(name, &[]), Err(WriteError::Name(name.to_owned())), "{name}");
        }
        assert_eq!(writer.start("p:a", &[]), Err(WriteError::UndeclaredPrefix("p:a".to_owned())));
        assert_eq!(
            writer.start("a", &[("x", ""), ("x", "")]),
            Err(WriteError::DuplicateAttribute("x".to_owned()))
        );
        writer.start("p:a", &[("xmlns:p", "u"), ("p:x", "\u{1F600}")]).unwrap();
        for character in ['\0', '\u{8}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
            let text = character.to_string();
            assert_eq!(writer.text(&text), Err(WriteError::Character(character)));
            assert_eq!(writer.leaf("a", &[], &text), Err(WriteError::Character(character)));
            assert_eq!(writer.start("a", &[("x", &text)]), Err(WriteError::Character(character)));
        }
        for source in
            ["", "t", " <a/>", "<a/> ", "<a/><b/>", "<a>", "<a>&b;</a>", "<q:a/>", "<a>\u{1}</a>"]
        {
            assert_eq!(writer.raw(source), Err(WriteError::NotWellFormed), "{source}");
        }
        writer.raw("<p:b/>").unwrap();
        writer.end().unwrap();
        assert_eq!(writer.start("b", &[]), Err(WriteError::Unbalanced));
        assert_eq!(writer.raw("<b/>"), Err(WriteError::Unbalanced));
        assert!(roxmltree::Document::parse(&writer.finish().unwrap()).is_ok());
        assert_eq!(Writer::new().finish(), Err(WriteError::Unbalanced));
        let mut open = Writer::new();
        open.start("a", &[]).unwrap();
        assert_eq!(open.finish(), Err(WriteError::Unbalanced));
    }

    proptest! {
        #[test]
        fn text_comes_out_as_it_went_in(text in "([ \t\r\n<>&'\"]|]]>|&#13;|\\PC|.){0,12}", value in "([ \t\r\n<>&'\"]|\\PC){0,8}", indented in any::<bool>()) {
            let mut writer = Writer::new();
            writer.start("r", &[]).unwrap();
            if indented {
                writer.start("s", &[]).unwrap();
            }
            let written = writer.leaf("t", &[("v", &value)], &text);
            prop_assert_eq!(written.is_ok(), text.chars().chain(value.chars()).all(is_character));
            if written.is_ok() {
                if indented {
                    writer.end().unwrap();
                }
                writer.end().unwrap();
                let document = writer.finish().unwrap();
                let theirs = roxmltree::Document::parse(&document).unwrap();
                let node = theirs.descendants().find(|node| node.has_tag_name("t")).unwrap();
                prop_assert_eq!(node.text().unwrap_or_default(), &text);
                prop_assert_eq!(node.attribute("v").unwrap(), &value);
                let tree = Tree::read(&document, Limits::default());
                prop_assert!(tree.faults().is_empty());
                let branch = tree.root().unwrap().descendants().find(|branch| branch.name() == "t").unwrap();
                prop_assert_eq!(branch.text().value(), text);
                prop_assert_eq!(branch.attribute("v").unwrap().value().value(), value);
            }
        }

        /// The steps of a writer, in any order: what it accepts is well-formed, and the texts are all there.
        #[test]
        fn whatever_is_finished_is_well_formed(steps in proptest::collection::vec((0u8..5, "[ a&\r\n]{0,3}"), 0..20)) {
            let mut writer = Writer::new();
            let mut expected = String::new();
            for (step, text) in steps {
                match step {
                    0 => drop(writer.start("a", &[])),
                    1 => drop(writer.start_inline("b", &[("c", &text)])),
                    2 => drop(writer.end()),
                    3 => drop(writer.raw("<d/>")),
                    _ if writer.text(&text).is_ok() => expected.push_str(&text),
                    _ => {}
                }
            }
            while writer.end().is_ok() {}
            if let Ok(document) = writer.finish() {
                let theirs = roxmltree::Document::parse(&document).unwrap();
                let texts: String = theirs.root_element().descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
                let visible = |text: &str| text.replace([' ', '\n'], "");
                prop_assert_eq!(visible(&texts), visible(&expected));
            }
        }
    }
}
