//! One piece of a file on its way to a record.

use edu_diagnostics::{Diagnostic, Rule, Span};
use edu_syntax::xml::{Attribute, Cursor, Element, Exceeded, Node, Stop, Tag, Text};

use super::element::Child;
use crate::model::Other;
use crate::{redact, rules};

/// What reads one record: the cursor, and what there is to say about what it meets.
pub(crate) struct Unit<'t, 's> {
    pub(crate) cursor: Cursor<'t, 's>,
    /// Where it began in the text.
    pub(crate) start: usize,
    pub(crate) findings: &'s mut Vec<Diagnostic>,
    /// Attributes of texts that have no place for them, for the element around.
    pub(crate) leftovers: Vec<Other<'t>>,
    /// Prefix of the format's own elements with its colon; empty where they have none.
    pub(crate) home: &'s str,
}

/// The elements that are records, and so end a record that was never closed.
pub(crate) fn is_record(name: &str) -> bool {
    ["person", "group", "membership", "member", "enterprise"]
        .iter()
        .any(|record| name.eq_ignore_ascii_case(record))
}

/// The same for a start tag, where the format's own elements have the prefix `home`.
pub(crate) fn is_record_of(home: &str) -> impl Fn(Tag<'_>) -> bool {
    move |tag| is_record(tag.name().strip_prefix(home).unwrap_or(tag.name()))
}

impl<'t> Unit<'t, '_> {
    /// The next element inside the one being read, `None` at its end. Text between is kept and reported.
    pub(crate) fn child(&mut self, other: &mut Vec<Other<'t>>) -> Result<Option<Tag<'t>>, Stop> {
        self.check_limits()?;
        loop {
            match self.cursor.next()? {
                Node::Start(tag) => return Ok(Some(tag)),
                Node::End | Node::Eof => return Ok(None),
                Node::Text(text) => {
                    if !text.is_blank() {
                        self.stray_text(text);
                        other.push(Other::Text(text));
                    }
                }
            }
        }
    }

    /// A record is refused where it becomes too large, not at its end.
    fn check_limits(&mut self) -> Result<(), Stop> {
        let limits = self.cursor.state().limits();
        let (what, limit) = if self.cursor.position() - self.start > limits.record {
            ("record", limits.record)
        } else if self.findings.len() > limits.faults {
            ("faults", limits.faults)
        } else {
            return Ok(());
        };
        Err(Stop::Limit(Box::new(Exceeded { what, limit, span: self.cursor.span_at(self.start) })))
    }

    /// The text of the element whose start tag was read.
    pub(crate) fn text(&mut self) -> Result<Text<'t>, Stop> {
        let (text, only) = self.cursor.text_until(is_record_of(self.home))?;
        if !only {
            self.findings.push(
                Diagnostic::new(&rules::ELEMENT_IN_TEXT)
                    .at(text.span())
                    .data("found", redact::source(text.raw())),
            );
        }
        Ok(text)
    }

    /// The element that has just been read, from its start tag on.
    pub(crate) fn whole(&self, tag: Tag<'t>) -> Element<'t> {
        self.cursor.since(tag)
    }

    /// Name of an element without the prefix of the format's own elements.
    pub(crate) fn local_name(&self, tag: Tag<'t>) -> &'t str {
        if self.home.is_empty() {
            return tag.name();
        }
        tag.name().strip_prefix(self.home).unwrap_or(tag.name())
    }

    /// The place of an element among the children of the one being read. Children mostly come in order,
    /// so the search starts at the `last` one found.
    pub(crate) fn find(
        &mut self,
        children: &[Child],
        last: &mut usize,
        tag: Tag<'t>,
    ) -> Option<usize> {
        let name = self.local_name(tag);
        let (before, rest) = children.split_at(*last);
        let found = rest.iter().position(|child| child.is(name)).map(|index| index + before.len());
        let found = found
            .or_else(|| before.iter().position(|child| child.is(name)))
            .or_else(|| self.find_in_any_case(children, name, tag));
        let index = found?;
        if children[index].deviant {
            return found;
        }
        if index < *last {
            let finding = Diagnostic::new(&rules::OUT_OF_ORDER)
                .at(tag.name_span())
                .word("item", children[index].name)
                .word("after", children[*last].name);
            self.findings.push(finding);
        } else {
            *last = index;
        }
        found
    }

    fn find_in_any_case(
        &mut self,
        children: &[Child],
        name: &'t str,
        tag: Tag<'t>,
    ) -> Option<usize> {
        let index = children.iter().position(|child| child.name.eq_ignore_ascii_case(name))?;
        self.letter_case(tag.name_span(), name);
        Some(index)
    }

    /// Keeps an element that 1.1 does not have here. Says no where it is a record: then the element being
    /// read was never closed, and ends here.
    pub(crate) fn unknown_element(
        &mut self,
        tag: Tag<'t>,
        parent: &str,
        other: &mut Vec<Other<'t>>,
    ) -> Result<bool, Stop> {
        if is_record(self.local_name(tag)) {
            self.cursor.unread(tag);
            self.cursor.close_unclosed();
            return Ok(false);
        }
        other.push(Other::Element(self.unknown(tag, parent)?));
        Ok(true)
    }

    /// Reads and reports an element that 1.1 does not have here. Where a record begins in it, it was never
    /// closed, and ends there.
    pub(crate) fn unknown(&mut self, tag: Tag<'t>, parent: &str) -> Result<Element<'t>, Stop> {
        self.report_unknown(tag, parent);
        Ok(self.cursor.element_until(tag, is_record_of(self.home))?.0)
    }

    pub(crate) fn report_unknown(&mut self, tag: Tag<'t>, parent: &str) {
        let finding = Diagnostic::new(&rules::UNKNOWN_ELEMENT)
            .at(tag.name_span())
            .data("found", tag.name())
            .word("parent", parent.to_owned());
        self.findings.push(finding);
    }

    /// Reports a name that the format has in another letter case.
    pub(crate) fn check_case(&mut self, tag: Tag<'t>) {
        let local = self.local_name(tag);
        if local.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.letter_case(tag.name_span(), tag.name());
        }
    }

    /// Keeps the attributes of an element that holds nothing but text.
    pub(crate) fn leaf_attributes(&mut self, tag: Tag<'t>) {
        let mut index = 0;
        while let Some(attribute) = self.cursor.attribute(index) {
            index += 1;
            self.unknown_attribute(attribute, tag.name());
            self.leftovers.push(Other::ChildAttribute { child: tag.name_span().start, attribute });
        }
    }

    /// Reports an attribute that 1.1 does not have here; those of other namespaces may stand anywhere.
    pub(crate) fn unknown_attribute(&mut self, attribute: Attribute<'t>, parent: &str) {
        let name = attribute.name();
        if name == "xmlns" || name.contains(':') {
            return;
        }
        let finding = Diagnostic::new(&rules::UNKNOWN_ATTRIBUTE)
            .at(attribute.name_span())
            .data("found", name)
            .word("parent", parent.to_owned());
        self.findings.push(finding);
    }

    pub(crate) fn repeated(&mut self, tag: Tag<'t>) {
        let finding =
            Diagnostic::new(&rules::REPEATED).at(tag.name_span()).data("found", tag.name());
        self.findings.push(finding);
    }

    pub(crate) fn letter_case(&mut self, span: Span, name: &str) {
        self.findings.push(Diagnostic::new(&rules::LETTER_CASE).at(span).data("found", name));
    }

    pub(crate) fn stray_text(&mut self, text: Text<'t>) {
        self.text_finding(&rules::STRAY_TEXT, text);
    }

    /// Reports a text where its first word stands.
    pub(crate) fn text_finding(&mut self, rule: &'static Rule, text: Text<'t>) {
        let raw = text.raw();
        let start = text.span().start + (raw.len() - raw.trim_start().len()) as u64;
        let raw = raw.trim();
        let span = Span::new(start, start + raw.len() as u64);
        self.findings.push(Diagnostic::new(rule).at(span).data("found", redact::source(raw)));
    }
}
