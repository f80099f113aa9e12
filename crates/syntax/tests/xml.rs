//! The cursor against tables, against itself in pieces, and against two independent parsers.

#![expect(clippy::unwrap_used, reason = "a test that fails")]

use edu_syntax::xml::{Cursor, FaultKind, Limits, Node, State, Stop};
use proptest::prelude::*;
use quick_xml::events::Event;

/// What a text holds, one line a node: `<a x=y>`, `"text"`, `>`.
fn read(text: &str, state: &mut State) -> (Vec<String>, Option<Stop>) {
    let mut out = Vec::new();
    state.begin();
    let mut cursor = Cursor::new(text, state);
    loop {
        let node = cursor.next();
        match node {
            Ok(Node::Start(tag)) => {
                let mut line = format!("<{}", tag.name());
                for attribute in cursor.attributes() {
                    line.extend([" ", attribute.name(), "=", &attribute.value().value()]);
                }
                out.push(line + ">");
            }
            Ok(Node::Text(text)) if text.is_blank() => {}
            Ok(Node::Text(text)) => out.push(format!("{:?}", text.value())),
            Ok(Node::End) => out.push("end".to_owned()),
            Ok(Node::Eof) => return (out, None),
            Err(stop) => return (out, Some(stop)),
        }
    }
}

fn faults(text: &str) -> Vec<(FaultKind, String)> {
    let mut state = State::default();
    let (_, stop) = read(text, &mut state);
    assert!(matches!(stop, None | Some(Stop::Truncated)), "{text}: {stop:?}");
    Cursor::new(text, &mut state).check_characters(0, text.len());
    state
        .faults()
        .iter()
        .map(|fault| (fault.kind, text[fault.span.range().unwrap()].to_owned()))
        .collect()
}

#[test]
fn each_kind_of_damage_is_repaired_and_reported_where_it_is() {
    use FaultKind::*;
    let cases: &[(&str, &[(FaultKind, &str)])] = &[
        ("<a x='1' y=\"2\">t<b/> u</a>", &[]),
        ("<a><!-- c --><![CDATA[ <&]]]]><?pi ?></a >", &[]),
        ("<a>R & D &amp; &lt;</a>", &[(BareAmpersand, "&")]),
        (
            "<a>&nbsp;&#0;&#xD800;</a>",
            &[
                (UnknownEntity, "&nbsp;"),
                (BadCharacterReference, "&#0;"),
                (BadCharacterReference, "&#xD800;"),
            ],
        ),
        ("<a x='R & D'/>", &[(BareAmpersand, "&")]),
        ("<a>1 < 2 <1a/> <></a>", &[(BareLessThan, "<"), (BareLessThan, "<"), (BareLessThan, "<")]),
        ("<a x='1<2'/>", &[(BareLessThan, "<")]),
        ("<a><b><c>x</b></a>", &[(Unclosed, "</b>")]),
        ("<a></b></a>", &[(StrayEndTag, "</b>")]),
        ("<a></b></c>t</a>", &[(StrayEndTag, "</b>"), (StrayEndTag, "</c>")]),
        ("</b><a/>", &[(StrayEndTag, "</b>")]),
        ("<Person></person>", &[(EndTagCase, "</person>")]),
        ("<a><b>", &[(Truncated, "")]),
        ("<a><b", &[(Truncated, "")]),
        ("<a><!-- ", &[(Truncated, "")]),
        ("<a x='1' x='2'/>", &[(DuplicateAttribute, "x")]),
        ("<a x=1 y>t</a>", &[(BadAttribute, "x=1"), (BadAttribute, "y")]),
        ("<a x=1/>", &[(BadAttribute, "x=1")]),
        ("<a x='1'y='2'/>", &[(BadAttribute, "x='1'")]),
        ("<a x='1>t</a><b/>", &[(BadAttribute, "x='1")]),
        ("<a <b/></a>", &[(BadAttribute, "<a ")]),
        (
            "<a ='1'/>",
            &[
                (BadAttribute, "="),
                (BadAttribute, "'"),
                (BadAttribute, "1"),
                (BadAttribute, "'"),
                (BadName, "1"),
            ],
        ),
        ("<a×/>", &[(BadName, "a×")]),
        (
            "<a>\u{1}\u{2}b\u{0}</a>",
            &[(ControlCharacter, "\u{1}\u{2}"), (ControlCharacter, "\u{0}")],
        ),
        ("<a x=']]>'>a]]>b<!-- ]]> --></a>", &[(CdataEndInText, "]]>")]),
        ("<a><!-- a -- b --></a>", &[(BadComment, "--")]),
        ("\n<?xml version='1.0'?><a/>", &[(LateDeclaration, "<?xml version='1.0'?>")]),
        ("<x:a xmlns:x='u'><y:b/><y:c/></x:a>", &[(UndeclaredPrefix, "y")]),
        ("<a xml:lang='fr'/>", &[]),
        (
            "<!DOCTYPE a [<!ENTITY e '>]'>]><a>&e;</a>",
            &[(Doctype, "<!DOCTYPE a [<!ENTITY e '>]'>]>"), (UnknownEntity, "&e;")],
        ),
        ("", &[]),
        ("text", &[]),
        ("<", &[(Truncated, "")]),
        ("<a>x<", &[(Truncated, "")]),
        ("<a/><!-", &[(Truncated, "")]),
        ("<a><![CD", &[(Truncated, "")]),
        ("<a>x<!DOC", &[(Truncated, "")]),
        ("<a>< </a>", &[(BareLessThan, "<")]),
        ("<a><!x</a>", &[(BareLessThan, "<")]),
        ("<a><", &[(Truncated, "")]),
        ("<a></a", &[(Truncated, "")]),
        ("<a>x</a <b/>", &[(BadAttribute, "</a ")]),
    ];
    for (text, expected) in cases {
        let found = faults(text);
        let found: Vec<_> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn what_is_read_in_spite_of_damage() {
    let cases: &[(&str, &[&str])] = &[
        ("<a><b><c>x</b>y</a>", &["<a>", "<b>", "<c>", "\"x\"", "end", "end", "\"y\"", "end"]),
        ("<a>1 < 2 & 3</a>", &["<a>", "\"1 < 2 & 3\"", "end"]),
        ("<a x='1>t</a>", &["<a x=1>", "\"t\"", "end"]),
        ("<a x=1 y>t</a>", &["<a x=1 y=>", "\"t\"", "end"]),
        ("<a></b>t</a>", &["<a>", "\"t\"", "end"]),
        ("<a>t<!-- c -->u</a>", &["<a>", "\"tu\"", "end"]),
        ("<a/><b/>", &["<a>", "end", "<b>", "end"]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text, &mut State::default()).0, *expected, "{text}");
    }
}

#[test]
fn limits_hold_without_reading_further() {
    let limits = Limits { depth: 10, attributes: 5, token: 100, record: 1000, faults: 100 };
    let long = "x".repeat(200);
    let cases = [
        ("<a>".repeat(1_000_000), "depth"),
        (
            format!("<a {}/>", (0..1000).map(|i| format!("a{i}=''")).collect::<Vec<_>>().join(" ")),
            "attributes",
        ),
        (format!("<a>{long}</a>"), "token"),
        (format!("<a x='{long}'/>"), "token"),
        (format!("<a><!--{long}--></a>"), "token"),
        (format!("<a><!--{long}"), "token"),
        (format!("<a><![CDATA[{long}"), "token"),
        (format!("<{long} {long}"), "token"),
    ];
    for (text, expected) in cases {
        let (_, stop) = read(&text, &mut State::new(limits));
        assert!(
            matches!(&stop, Some(Stop::Limit(exceeded)) if exceeded.what == expected),
            "{expected}: {stop:?}"
        );
    }
}

#[test]
fn elements_are_kept_whole_and_can_be_walked() {
    let text = "<e><x:cohort a='1'> group <b>2</b></x:cohort><d/></e>";
    let mut state = State::default();
    let mut cursor = Cursor::new(text, &mut state);
    let Ok(Node::Start(tag)) = cursor.next() else { panic!("a start tag") };
    let element = cursor.element(tag).unwrap();
    assert_eq!(element.source(), text);
    let cohort = element.child("COHORT").unwrap();
    assert_eq!(cohort.attribute("a").unwrap().value().value(), "1");
    assert_eq!(cohort.text().unwrap().value(), " group 2");
    assert_eq!(&text[cohort.span().range().unwrap()], cohort.source());
    assert_eq!(element.elements().map(|e| e.local_name()).collect::<Vec<_>>(), ["cohort", "d"]);
}

#[test]
fn a_tag_that_is_read_twice_has_its_faults_once() {
    let mut state = State::default();
    let mut cursor = Cursor::new("<a x=1><b/></a>", &mut state);
    for _ in 0..3 {
        let Ok(Node::Start(tag)) = cursor.next() else { panic!("a start tag") };
        cursor.unread(tag);
    }
    assert!(state.faults().is_empty());
    let mut cursor = Cursor::new("<a x=1><b/></a>", &mut state);
    cursor.next().unwrap();
    assert_eq!(state.faults().len(), 1);
}

/// What quick-xml reads, in the same notation; `None` where it refuses the text.
fn quick_xml(text: &str) -> Option<Vec<String>> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut out = Vec::new();
    let mut pending = String::new();
    loop {
        let event = reader.read_event().ok()?;
        if matches!(event, Event::Start(_) | Event::End(_) | Event::Eof) {
            if !pending.trim().is_empty() {
                out.push(format!("{pending:?}"));
            }
            pending.clear();
        }
        match event {
            Event::Start(tag) => {
                let mut line = format!("<{}", tag.name().as_ref());
                for attribute in tag.attributes() {
                    let attribute = attribute.ok()?;
                    let value =
                        attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?;
                    line.extend([" ", attribute.key.as_ref(), "=", &value]);
                }
                out.push(line + ">");
            }
            Event::End(_) => out.push("end".to_owned()),
            Event::Text(text) => pending += &text.xml10_content(),
            Event::CData(text) => pending += &text.xml10_content(),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(character) => pending.push(character),
                None => pending += quick_xml::escape::resolve_predefined_entity(&reference)?,
            },
            Event::Eof => return Some(out),
            _ => {}
        }
    }
}

fn document() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[a-zé \n\r]{0,12}",
        Just("&amp;&#233;".to_owned()),
        Just("<![CDATA[<x> & ]]>".to_owned()),
        Just("<!-- c - c -->".to_owned()),
        Just("<?pi x?>".to_owned()),
        Just(String::new()),
    ];
    let leaf = (text, "[a-z]{1,4}", "[a-z&;\n]{0,3}").prop_map(|(text, name, value)| {
        let value = value.replace('&', "&amp;");
        format!("<{name} q='{value}' r=\"\">{text}</{name}>{text}")
    });
    leaf.prop_recursive(4, 40, 5, |inner| {
        (proptest::collection::vec(inner, 0..5), "[a-z]{1,4}")
            .prop_map(|(inner, name)| format!("<{name}>{}</{name}>", inner.concat()))
    })
}

/// Every XML file below the folder that `CORPUS` names.
#[test]
#[ignore = "needs CORPUS"]
#[expect(clippy::disallowed_methods, reason = "the corpus is files")]
fn the_same_nodes_as_quick_xml_in_the_corpus() {
    let mut folders = vec![std::path::PathBuf::from(std::env::var_os("CORPUS").unwrap())];
    let mut compared = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "xml" && extension != "xsd") {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let decoded = edu_syntax::Decoded::new(&bytes);
            let mut state = State::default();
            let (ours, stop) = read(decoded.text(), &mut state);
            let clean = stop.is_none()
                && state.faults().iter().all(|fault| fault.kind == FaultKind::Doctype);
            if let Some(theirs) = quick_xml(decoded.text()).filter(|_| clean) {
                assert_eq!(ours, theirs, "{}", path.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 40, "{compared} files were compared");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_same_nodes_as_quick_xml(text in document()) {
        let root = format!("<root>{text}</root>");
        let mut state = State::default();
        let (ours, stop) = read(&root, &mut state);
        prop_assert_eq!(stop, None);
        prop_assert!(state.faults().is_empty(), "{:?}", state.faults());
        let theirs = quick_xml(&root);
        prop_assert_eq!(Some(ours), theirs);
    }

    #[test]
    fn no_fault_means_that_roxmltree_accepts(text in "[<>/a&;!\\-'= \\[\\]]{0,24}") {
        let root = format!("<a>{text}</a>");
        let mut state = State::default();
        let (_, stop) = read(&root, &mut state);
        Cursor::new(&root, &mut state).check_characters(0, root.len());
        let well_formed = stop.is_none() && state.faults().is_empty();
        let accepted = roxmltree::Document::parse(&root);
        // Two roots are the reader's to notice.
        if well_formed && !matches!(accepted, Err(roxmltree::Error::UnknownToken(_) | roxmltree::Error::UnexpectedCloseTag(..))) {
            prop_assert!(accepted.is_ok(), "{root}: {accepted:?}");
        }
        if accepted.is_ok() {
            prop_assert!(well_formed, "{root}: {:?}", state.faults());
        }
    }

    #[test]
    fn any_text_ends(text in any::<String>()) {
        read(&text, &mut State::default());
    }

    #[test]
    fn markup_soup_ends_and_faults_lie_inside(text in "[<>/abA&;#x0!\\-?'\"= \\[\\]\r\né]{0,60}") {
        let mut state = State::default();
        read(&text, &mut state);
        for fault in state.faults() {
            prop_assert!(text.get(fault.span.range().unwrap()).is_some(), "{fault:?}");
        }
    }

    #[test]
    fn a_piece_asks_for_more_or_reads_the_same(text in document(), cut in 0usize..200) {
        let cut = (0..=cut.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let mut state = State::default();
        let mut whole_state = State::default();
        let mut cursor = Cursor::new(&text[..cut], &mut state).last_piece(false);
        let mut whole = Cursor::new(&text, &mut whole_state);
        loop {
            let node = cursor.next();
            if node == Err(Stop::NeedMore) {
                break;
            }
            prop_assert_eq!(node, whole.next());
        }
    }
}
