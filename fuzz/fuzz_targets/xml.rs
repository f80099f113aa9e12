//! The cursor against limits, pieces and two other parsers.

#![no_main]

use edu_diagnostics::Span;
use edu_syntax::xml::{Cursor, Element, Fault, FaultKind, Limits, Node, State, Stop};
use libfuzzer_sys::fuzz_target;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// Small, so that short inputs exceed them.
const SMALL: Limits = Limits { depth: 6, attributes: 3, token: 40, record: 1000, faults: 5 };

/// Elements inside each other that the recursion of the target goes into.
const DEPTH: usize = 20;

/// What a text holds, one line a node; of white space around text nothing, for comments may stand in it.
type Nodes = Vec<String>;

fn read(text: &str, state: &mut State) -> (Nodes, Option<Stop>) {
    let mut nodes = Nodes::new();
    state.begin();
    let mut cursor = Cursor::new(text, state);
    let mut last = 0;
    loop {
        let node = cursor.next();
        assert!(cursor.position() >= last && text.is_char_boundary(cursor.position()));
        last = cursor.position();
        match node {
            Ok(Node::Start(tag)) => {
                assert_eq!(at(text, tag.name_span()), tag.name());
                assert!(at(text, tag.span()).starts_with('<'));
                let mut line = format!("<{}", tag.name());
                for attribute in cursor.attributes() {
                    assert_eq!(at(text, attribute.name_span()), attribute.name());
                    assert_eq!(at(text, attribute.value().span()), attribute.value().raw());
                    let value = attribute.value().value();
                    line.extend([" ", attribute.name(), "=", &format!("{value:?}")]);
                }
                nodes.push(line);
            }
            Ok(Node::Text(found)) => {
                assert_eq!(at(text, found.span()), found.raw());
                if !found.is_blank() {
                    nodes.push(format!("{:?}", found.value().trim()));
                }
            }
            Ok(Node::End) => nodes.push("end".to_owned()),
            Ok(Node::Eof) => break,
            Err(stop) => {
                check_stop(text, &stop);
                cursor.check_characters(0, last);
                return (nodes, Some(stop));
            }
        }
    }
    assert_eq!(last, text.len());
    cursor.check_characters(0, last);
    (nodes, None)
}

/// The text at a span, which is inside and on the boundaries of characters.
fn at(text: &str, span: Span) -> &str {
    let range = span.range().expect("offsets fit");
    text.get(range).unwrap_or_else(|| panic!("{span:?} of a text of {} bytes", text.len()))
}

fn check_stop(text: &str, stop: &Stop) {
    match stop {
        Stop::Limit(exceeded) => {
            at(text, exceeded.span);
        }
        Stop::Truncated => {}
        _ => panic!("{stop:?} of a text that is all there"),
    }
}

fn check_faults(text: &str, faults: &[Fault]) {
    for fault in faults {
        at(text, fault.span);
        if let Some(opened) = fault.opened {
            at(text, opened);
        }
    }
}

/// A piece of a text gives the same nodes as the text, until it asks for more.
fn check_piece(text: &str, cut: usize, limits: Limits) {
    let (mut piece_state, mut whole_state) = (State::new(limits), State::new(limits));
    let mut piece = Cursor::new(&text[..cut], &mut piece_state).last_piece(false);
    let mut whole = Cursor::new(text, &mut whole_state);
    loop {
        let node = piece.next();
        if node == Err(Stop::NeedMore) {
            break;
        }
        assert_eq!(node, whole.next(), "a piece of {cut} bytes");
        let is_end = !matches!(node, Ok(Node::Start(_) | Node::Text(_) | Node::End));
        if is_end {
            break;
        }
        assert_eq!(piece.state().faults(), whole.state().faults(), "a piece of {cut} bytes");
    }
}

/// The elements of a text as they are kept: at their places, and readable by themselves.
fn check_elements(text: &str) {
    let mut state = State::default();
    let mut cursor = Cursor::new(text, &mut state);
    while let Ok(node) = cursor.next() {
        match node {
            Node::Start(tag) => match cursor.element(tag) {
                Ok(element) => check_element(text, element, DEPTH),
                Err(_) => break,
            },
            Node::Eof => break,
            _ => {}
        }
    }
    check_faults(text, state.faults());
    let mut state = State::default();
    let mut cursor = Cursor::new(text, &mut state);
    while let Ok(node) = cursor.next() {
        match node {
            Node::Start(_) => match cursor.text() {
                Ok(found) => assert_eq!(at(text, found.span()), found.raw()),
                Err(_) => break,
            },
            Node::Eof => break,
            _ => {}
        }
    }
    check_faults(text, state.faults());
}

fn check_element(text: &str, element: Element<'_>, depth: usize) {
    assert_eq!(at(text, element.span()), element.source());
    assert_eq!(at(text, element.name_span()), element.name());
    if let Some(found) = element.text() {
        assert_eq!(at(text, found.span()), found.raw());
    }
    if depth > 0 {
        element.elements().for_each(|inner| check_element(text, inner, depth - 1));
    }
}

/// Whether a fault says that the text is not a well-formed document.
fn is_ill_formed(fault: &Fault, text: &str) -> bool {
    match fault.kind {
        FaultKind::Doctype => false,
        // XML reserves `<?XML`, and roxmltree lets it pass.
        FaultKind::LateDeclaration => at(text, fault.span).starts_with("<?xml"),
        _ => true,
    }
}

/// What quick-xml reads, in the notation of [`read`]; `None` where it refuses the text.
fn quick_xml(text: &str) -> Option<Nodes> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut nodes = Nodes::new();
    let mut pending = String::new();
    loop {
        let event = reader.read_event().ok()?;
        if matches!(event, Event::Start(_) | Event::End(_) | Event::Eof) {
            if !pending.trim().is_empty() {
                nodes.push(format!("{:?}", pending.trim()));
            }
            pending.clear();
        }
        match event {
            Event::Start(tag) => nodes.push(start_line(&tag)?),
            Event::End(_) => nodes.push("end".to_owned()),
            Event::Text(text) => pending += &text.xml10_content(),
            Event::CData(text) => pending += &text.xml10_content(),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(character) => pending.push(character),
                None => pending += resolve_predefined_entity(&reference)?,
            },
            Event::Eof => return Some(nodes),
            _ => {}
        }
    }
}

fn start_line(tag: &BytesStart<'_>) -> Option<String> {
    let mut line = format!("<{}", tag.name().as_ref());
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).ok()?;
        line.extend([" ", attribute.key.as_ref(), "=", &format!("{value:?}")]);
    }
    Some(line)
}

fuzz_target!(|data: &[u8]| {
    let [cut, bytes @ ..] = data else { return };
    let text = String::from_utf8_lossy(bytes);
    let text = &*text;

    let mut small = State::new(SMALL);
    read(text, &mut small);
    check_faults(text, small.faults());
    let mut state = State::default();
    let (nodes, stop) = read(text, &mut state);
    check_faults(text, state.faults());
    check_elements(text);

    let cut = (text.len() * usize::from(*cut) / 255).min(text.len());
    let cut = (0..=cut).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    check_piece(text, cut, Limits::default());
    check_piece(text, cut, SMALL);

    // A byte order mark is for the decoder to take off, as it is for the other two.
    if text.starts_with('\u{FEFF}') {
        return;
    }
    let exceeds = matches!(stop, Some(Stop::Limit(_)));
    if !exceeds && roxmltree::Document::parse(text).is_ok() {
        assert_eq!(stop, None, "a well-formed document");
        let found = state.faults().iter().find(|fault| is_ill_formed(fault, text));
        assert_eq!(found, None, "a well-formed document");
    }
    if stop.is_none()
        && state.faults().is_empty()
        && let Some(theirs) = quick_xml(text)
    {
        assert_eq!(nodes, theirs);
    }
});
