//! A whole document at once.

use std::collections::HashMap;
use std::fmt;

use edu_diagnostics::Span;

use super::{Attribute, Cursor, Element, Exceeded, Fault, Limits, Node, State, Stop, Tag, Text};

/// How many elements a document may have: they are all held in memory.
const ELEMENTS: usize = 1_000_000;

/// The namespace of the prefix `xml` (Namespaces in XML 1.0, section 3).
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A document read as a whole: its elements with their places, namespaces resolved, repaired where it is
/// damaged as a [`Cursor`] repairs it. For documents that are small; records come from a cursor.
///
/// ```
/// use edu_syntax::xml::{Limits, Tree};
///
/// let tree = Tree::read("<m:lom xmlns:m='md'><m:title>Cells &amp; tissues</m:title></m:lom>", Limits::default());
/// let lom = tree.root().unwrap();
/// assert_eq!((lom.local_name(), lom.namespace()), ("lom", Some("md")));
/// assert_eq!(lom.child("title").unwrap().text().value(), "Cells & tissues");
/// ```
pub struct Tree<'t> {
    text: &'t str,
    elements: Vec<Data<'t>>,
    namespaces: Vec<String>,
    faults: Vec<Fault>,
    doctype: Option<String>,
    exceeded: Option<Exceeded>,
}

struct Data<'t> {
    name: &'t str,
    namespace: Option<u32>,
    parent: Option<u32>,
    start: usize,
    content: usize,
    content_end: usize,
    end: usize,
    attributes: Vec<Attribute<'t>>,
    children: Vec<Child<'t>>,
}

#[derive(Clone, Copy)]
enum Child<'t> {
    Element(u32),
    Text(Text<'t>),
}

impl<'t> Tree<'t> {
    /// Reads a text. What is damaged is repaired and is among the [`faults`](Self::faults); where a limit
    /// is [`exceeded`](Self::exceeded) the tree ends.
    ///
    /// A document is bounded as a record is: [`Limits::record`] bytes, and a million elements.
    pub fn read(text: &'t str, limits: Limits) -> Self {
        let mut builder = Builder::default();
        let mut state = State::new(limits);
        let exceeded = builder.read(text, &mut state).err();
        Self {
            text,
            elements: builder.elements,
            namespaces: builder.namespaces,
            faults: state.faults().to_vec(),
            doctype: state.doctype().map(str::to_owned),
            exceeded,
        }
    }

    /// The outermost element.
    pub fn root(&self) -> Option<Branch<'_>> {
        (!self.elements.is_empty()).then_some(Branch { tree: self, index: 0 })
    }

    /// What is not well-formed, in the order in which it was met.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Text of the document type declaration; nothing in it was expanded or fetched.
    pub fn doctype(&self) -> Option<&str> {
        self.doctype.as_deref()
    }

    /// The limit that ended the reading.
    pub fn exceeded(&self) -> Option<&Exceeded> {
        self.exceeded.as_ref()
    }
}

/// The content is left out: it may be about people.
impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree").field("elements", &self.elements.len()).finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Builder<'t> {
    elements: Vec<Data<'t>>,
    namespaces: Vec<String>,
    numbers: HashMap<String, u32>,
    /// What each prefix stands for, the innermost declaration last.
    scopes: HashMap<&'t str, Vec<Option<u32>>>,
}

impl<'t> Builder<'t> {
    fn read(&mut self, text: &'t str, state: &mut State) -> Result<(), Exceeded> {
        let limit = state.limits().record;
        if text.len() > limit {
            return Err(Exceeded { what: "record", limit, span: Span::empty(0) });
        }
        state.begin();
        let mut cursor = Cursor::new(text, state);
        let mut open: Vec<usize> = Vec::new();
        loop {
            let node = cursor.next();
            let at = cursor.position();
            match node {
                Ok(Node::Start(tag)) => {
                    if self.elements.len() == ELEMENTS {
                        let limit = ELEMENTS;
                        return Err(Exceeded { what: "elements", limit, span: tag.span() });
                    }
                    let parent = open.last().copied();
                    open.push(self.open(&cursor, tag, parent));
                }
                Ok(Node::Text(text)) => {
                    if let Some(&parent) = open.last() {
                        self.elements[parent].children.push(Child::Text(text));
                    }
                }
                Ok(Node::End) => {
                    if let Some(index) = open.pop() {
                        self.close(index, self.end_tag(index, text, at), at);
                    }
                }
                Ok(Node::Eof) | Err(Stop::Truncated | Stop::NeedMore) => {
                    while let Some(index) = open.pop() {
                        self.close(index, text.len(), text.len());
                    }
                    cursor.check_characters(0, text.len());
                    return cursor.check_faults(0).map_err(exceeded);
                }
                Err(stop) => {
                    while let Some(index) = open.pop() {
                        self.close(index, at, at);
                    }
                    return Err(exceeded(stop));
                }
            }
        }
    }

    fn open(&mut self, cursor: &Cursor<'t, '_>, tag: Tag<'t>, parent: Option<usize>) -> usize {
        let attributes: Vec<_> = cursor.attributes().collect();
        for (prefix, uri) in attributes.iter().filter_map(declaration) {
            let number = (!uri.is_empty()).then(|| self.number(&uri));
            self.scopes.entry(prefix).or_default().push(number);
        }
        let prefix = tag.name().split_once(':').map_or("", |(prefix, _)| prefix);
        let namespace = match self.scopes.get(prefix).and_then(|stack| stack.last()) {
            Some(namespace) => *namespace,
            None if prefix == "xml" => Some(self.number(XML)),
            None => None,
        };
        let [start, content] = [tag.span().start, tag.span().end]
            .map(|offset| usize::try_from(offset).unwrap_or(usize::MAX));
        let index = self.elements.len();
        let small = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        if let Some(parent) = parent {
            self.elements[parent].children.push(Child::Element(small(index)));
        }
        self.elements.push(Data {
            name: tag.name(),
            namespace,
            parent: parent.map(small),
            start,
            content,
            content_end: content,
            end: content,
            attributes,
            children: Vec::new(),
        });
        index
    }

    /// Where the end tag of an element that ends at `end` begins; where it ends if it has none.
    fn end_tag(&self, index: usize, text: &str, end: usize) -> usize {
        let element = &self.elements[index];
        let last = element.children.iter().rev().find_map(|child| match child {
            Child::Element(index) => usize::try_from(*index).ok(),
            Child::Text(_) => None,
        });
        let inside = last.map_or(element.content, |last| self.elements[last].end).min(end);
        let own = |tag: &str| {
            tag.get(..element.name.len())
                .is_some_and(|name| name.eq_ignore_ascii_case(element.name))
        };
        match text[inside..end].rfind("</") {
            Some(tag) if own(&text[inside + tag + 2..end]) => inside + tag,
            _ => end,
        }
    }

    fn close(&mut self, index: usize, content_end: usize, end: usize) {
        let element = &mut self.elements[index];
        // An element that closes itself ends with its start tag.
        element.content_end = content_end.max(element.content);
        element.end = end.max(element.content);
        for (prefix, _) in element.attributes.iter().filter_map(declaration) {
            if let Some(stack) = self.scopes.get_mut(prefix) {
                stack.pop();
                if stack.is_empty() {
                    self.scopes.remove(prefix);
                }
            }
        }
    }

    fn number(&mut self, uri: &str) -> u32 {
        if let Some(&number) = self.numbers.get(uri) {
            return number;
        }
        let number = u32::try_from(self.namespaces.len()).unwrap_or(u32::MAX);
        self.namespaces.push(uri.to_owned());
        self.numbers.insert(uri.to_owned(), number);
        number
    }
}

fn exceeded(stop: Stop) -> Exceeded {
    match stop {
        Stop::Limit(exceeded) => *exceeded,
        _ => Exceeded { what: "record", limit: 0, span: Span::empty(0) },
    }
}

/// The prefix that an attribute declares, empty for the default namespace, and the namespace.
fn declaration<'t>(attribute: &Attribute<'t>) -> Option<(&'t str, String)> {
    let prefix = match attribute.name().strip_prefix("xmlns")? {
        "" => "",
        prefixed => prefixed.strip_prefix(':')?,
    };
    Some((prefix, attribute.value().trimmed().into_owned()))
}

/// An element of a [`Tree`].
#[derive(Clone, Copy)]
pub struct Branch<'a> {
    tree: &'a Tree<'a>,
    index: usize,
}

impl<'a> Branch<'a> {
    fn data(self) -> &'a Data<'a> {
        &self.tree.elements[self.index]
    }

    fn at(self, index: u32) -> Self {
        Self { index: usize::try_from(index).unwrap_or(usize::MAX), ..self }
    }

    /// Name, with its prefix.
    pub fn name(self) -> &'a str {
        self.data().name
    }

    /// Name without its prefix.
    pub fn local_name(self) -> &'a str {
        local(self.data().name)
    }

    /// The namespace that the element is in.
    pub fn namespace(self) -> Option<&'a str> {
        let number = self.data().namespace?;
        self.tree.namespaces.get(usize::try_from(number).ok()?).map(String::as_str)
    }

    /// Where the name stands in the start tag.
    pub fn name_span(self) -> Span {
        let start = self.data().start as u64 + 1;
        Span::new(start, start + self.name().len() as u64)
    }

    /// The whole element, from the start of its first tag to the end of its last.
    pub fn span(self) -> Span {
        Span::new(self.data().start as u64, self.data().end as u64)
    }

    /// The element as it stands.
    pub fn source(self) -> &'a str {
        &self.tree.text[self.data().start..self.data().end]
    }

    /// The element as one kept by itself.
    pub fn element(self) -> Element<'a> {
        Element { source: self.source(), at: self.data().start as u64 }
    }

    /// What stands between its tags, elements in it included.
    pub fn text(self) -> Text<'a> {
        let data = self.data();
        Text::new(&self.tree.text[data.content..data.content_end], data.content as u64, false)
    }

    /// The texts that stand directly in it, without those that are nothing but white space.
    pub fn texts(self) -> impl Iterator<Item = Text<'a>> {
        self.data().children.iter().filter_map(|child| match child {
            Child::Text(text) if !text.is_blank() => Some(*text),
            Child::Text(_) | Child::Element(_) => None,
        })
    }

    /// The elements directly inside, in order.
    pub fn children(self) -> impl Iterator<Item = Branch<'a>> {
        self.data().children.iter().filter_map(move |child| match child {
            Child::Element(index) => Some(self.at(*index)),
            Child::Text(_) => None,
        })
    }

    /// The first element directly inside with this local name.
    pub fn child(self, local_name: &str) -> Option<Branch<'a>> {
        self.children().find(|child| child.local_name() == local_name)
    }

    /// The element and all that stand in it, each before those inside it.
    pub fn descendants(self) -> impl Iterator<Item = Branch<'a>> {
        let end = self.data().end;
        let inside = move |branch: &Branch<'a>| {
            branch.index == self.index
                || (branch.data().start < end && branch.index < self.tree.elements.len())
        };
        (self.index..self.tree.elements.len())
            .map(move |index| Branch { index, ..self })
            .take_while(inside)
    }

    /// The element around it.
    pub fn parent(self) -> Option<Branch<'a>> {
        self.data().parent.map(|parent| self.at(parent))
    }

    /// Its attributes, in their order, those that declare namespaces included.
    pub fn attributes(self) -> &'a [Attribute<'a>] {
        &self.data().attributes
    }

    /// The first attribute with this local name, whatever its prefix; not one that declares a namespace.
    pub fn attribute(self, local_name: &str) -> Option<Attribute<'a>> {
        let is = |attribute: &&Attribute<'a>| {
            local(attribute.name()) == local_name && declaration(attribute).is_none()
        };
        self.data().attributes.iter().find(is).copied()
    }

    /// The prefixes declared on it and around it with what they stand for, the innermost declaration of
    /// each; the default namespace has the empty prefix.
    pub fn prefixes(self) -> Vec<(&'a str, String)> {
        let mut prefixes: Vec<(&str, String)> = Vec::new();
        let mut around = Some(self);
        while let Some(branch) = around {
            for (prefix, uri) in branch.data().attributes.iter().filter_map(declaration) {
                if !prefixes.iter().any(|(known, _)| *known == prefix) {
                    prefixes.push((prefix, uri));
                }
            }
            around = branch.parent();
        }
        prefixes
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The content is left out: it may be about people.
impl fmt::Debug for Branch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>@{}", self.name(), self.span().start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tree(text: &str) -> Tree<'_> {
        Tree::read(text, Limits::default())
    }

    #[test]
    fn elements_and_texts_with_their_places() {
        let text = "<a x='1'>t<b/> u <c>v<!-- w -->&lt;</c></a>";
        let tree = tree(text);
        let root = tree.root().unwrap();
        assert!(tree.faults().is_empty());
        assert_eq!(root.source(), text);
        assert_eq!(root.attribute("x").unwrap().value().value(), "1");
        let names: Vec<_> = root.children().map(Branch::name).collect();
        assert_eq!(names, ["b", "c"]);
        let texts: Vec<_> = root.texts().map(|text| text.value().into_owned()).collect();
        assert_eq!(texts, ["t", " u "]);
        let c = root.child("c").unwrap();
        assert_eq!((c.text().value().as_ref(), c.source()), ("v<", "<c>v<!-- w -->&lt;</c>"));
        assert_eq!(c.name_span(), Span::new(18, 19));
        assert_eq!(root.child("b").unwrap().source(), "<b/>");
        assert_eq!(root.descendants().map(Branch::name).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(root.child("b").unwrap().descendants().count(), 1);
    }

    #[test]
    fn namespaces_are_those_in_force() {
        let tree = tree(
            "<a xmlns='d' xmlns:p='P'><p:b xmlns:p='Q'/><p:c/><e xmlns=''><f/></e><q:g/><h/></a>",
        );
        let found: Vec<_> =
            tree.root().unwrap().descendants().map(|b| (b.local_name(), b.namespace())).collect();
        let expected = [
            ("a", Some("d")),
            ("b", Some("Q")),
            ("c", Some("P")),
            ("e", None),
            ("f", None),
            ("g", None),
            ("h", Some("d")),
        ];
        assert_eq!(found, expected);
        let f = tree.root().unwrap().child("e").unwrap().child("f").unwrap();
        assert_eq!(f.prefixes(), [("", String::new()), ("p", "P".to_owned())]);
    }

    #[test]
    fn damaged_documents_have_all_their_elements() {
        let tree = tree("<a><b>x<c>y</b><d>z & ");
        let root = tree.root().unwrap();
        assert_eq!(root.descendants().map(Branch::name).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        let b = root.child("b").unwrap();
        assert_eq!((b.source(), b.child("c").unwrap().source()), ("<b>x<c>y</b>", "<c>y"));
        assert_eq!(root.child("d").unwrap().text().value(), "z & ");
        assert_eq!(tree.faults().len(), 3, "{:?}", tree.faults());
    }

    #[test]
    fn an_end_tag_further_in_is_not_its_own() {
        let tree = tree("<r><a><a>1</a>2</r>");
        let a = tree.root().unwrap().child("a").unwrap();
        assert_eq!((a.source(), a.text().raw()), ("<a><a>1</a>2", "<a>1</a>2"));
    }

    #[test]
    fn limits_end_the_tree() {
        let deep = "<a>".repeat(200);
        assert_eq!(tree(&deep).exceeded().unwrap().what, "depth");
        assert_eq!(tree(&deep).root().unwrap().descendants().count(), 128);
        let small = Limits { record: 10, ..Limits::default() };
        assert_eq!(Tree::read("<a>12345678</a>", small).exceeded().unwrap().what, "record");
    }

    /// Name, namespace, values of the attributes, and sources of the elements inside.
    type Described = (String, Option<String>, Vec<String>, Vec<String>);

    /// Every element as roxmltree sees it.
    fn described(text: &str) -> Option<Vec<Described>> {
        let document = roxmltree::Document::parse(text).ok()?;
        let elements = document.descendants().filter(roxmltree::Node::is_element);
        let describe = |node: roxmltree::Node<'_, '_>| {
            (
                node.tag_name().name().to_owned(),
                node.tag_name().namespace().filter(|uri| !uri.is_empty()).map(str::to_owned),
                node.attributes().map(|attribute| attribute.value().to_owned()).collect(),
                node.children()
                    .filter(roxmltree::Node::is_element)
                    .map(|child| text[child.range()].to_owned())
                    .collect(),
            )
        };
        Some(elements.map(describe).collect())
    }

    proptest! {
        #[test]
        fn the_tree_is_that_of_roxmltree(text in "(<(a|p:b|c)( x='[ay]')?( xmlns(:p)?='[mn]?')?/?>|</(a|p:b|c)>|t|&lt;|<!--u-->){0,14}") {
            let text = format!("<r xmlns:p='o'>{text}</r>");
            if let Some(expected) = described(&text) {
                let tree = tree(&text);
                prop_assert!(tree.faults().is_empty());
                let found: Vec<_> = tree.root().unwrap().descendants().map(|branch| (
                    branch.local_name().to_owned(),
                    branch.namespace().map(str::to_owned),
                    branch.attributes().iter().filter(|a| declaration(a).is_none()).map(|a| a.value().value().into_owned()).collect::<Vec<_>>(),
                    branch.children().map(|child| child.source().to_owned()).collect::<Vec<_>>(),
                )).collect();
                prop_assert_eq!(found, expected);
            }
        }

        #[test]
        fn any_text_gives_a_tree(text in "([<>/&;'= !-]|a|b|c:|xmlns|<a|</a>|]]>){0,60}") {
            let tree = tree(&text);
            if let Some(root) = tree.root() {
                for branch in root.descendants() {
                    let _ = (branch.source(), branch.text().value(), branch.prefixes());
                }
            }
        }
    }
}
