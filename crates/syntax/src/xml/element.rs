//! Elements kept as they stand.

use std::fmt;

use edu_diagnostics::Span;

use super::chars::scan_name;
use super::{Attribute, Cursor, Node, State, Text};

/// A whole element, kept as it stands: what a reader does not know, and the content of extensions.
///
/// Two elements are equal when their sources are, wherever they stand.
#[derive(Clone, Copy, Default)]
pub struct Element<'t> {
    pub(super) source: &'t str,
    pub(super) at: u64,
}

impl<'t> Element<'t> {
    /// Name, with its prefix.
    pub fn name(&self) -> &'t str {
        let rest = self.source.get(1..).unwrap_or_default();
        &rest[..scan_name(rest.as_bytes()).0]
    }

    /// Where the name stands in the start tag.
    pub fn name_span(&self) -> Span {
        Span::new(self.at + 1, self.at + 1 + self.name().len() as u64)
    }

    /// Name without its prefix.
    pub fn local_name(&self) -> &'t str {
        let name = self.name();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The whole element, from the start of its first tag to the end of its last.
    pub fn source(&self) -> &'t str {
        self.source
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        Span::new(self.at, self.at + self.source.len() as u64)
    }

    /// An attribute by its name with prefix.
    pub fn attribute(&self, name: &str) -> Option<Attribute<'t>> {
        let mut state = State::default();
        let mut cursor = self.open(&mut state);
        cursor.next().ok()?;
        cursor.attributes().find(|attribute| attribute.name() == name)
    }

    /// The text of the element and of what stands in it.
    pub fn text(&self) -> Option<Text<'t>> {
        let mut state = State::default();
        let mut cursor = self.open(&mut state);
        cursor.next().ok()?;
        cursor.text().ok()
    }

    /// The elements directly inside, in order.
    pub fn elements(&self) -> Elements<'t> {
        let mut state = State::default();
        let mut cursor = self.open(&mut state);
        let _ = cursor.next();
        let pos = cursor.position();
        Elements { element: *self, state, pos }
    }

    /// The first element directly inside with this local name, in any letter case.
    pub fn child(&self, local_name: &str) -> Option<Element<'t>> {
        self.elements().find(|child| child.local_name().eq_ignore_ascii_case(local_name))
    }

    fn open<'s>(&self, state: &'s mut State) -> Cursor<'t, 's> {
        Cursor::new(self.source, state).based_at(self.at)
    }
}

/// The source is left out: it may hold a password.
impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>@{}", self.name(), self.at)
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Element<'_> {}

/// The elements directly inside an [`Element`].
#[derive(Debug)]
pub struct Elements<'t> {
    element: Element<'t>,
    state: State,
    pos: usize,
}

impl<'t> Iterator for Elements<'t> {
    type Item = Element<'t>;

    fn next(&mut self) -> Option<Element<'t>> {
        let mut cursor = self.element.open(&mut self.state).resumed_at(self.pos);
        loop {
            match cursor.next() {
                Ok(Node::Start(tag)) => {
                    let element = cursor.element(tag);
                    self.pos = cursor.position();
                    return element.ok();
                }
                Ok(Node::Text(_)) => {}
                Ok(Node::End | Node::Eof) | Err(_) => {
                    self.pos = self.element.source.len();
                    return None;
                }
            }
        }
    }
}
