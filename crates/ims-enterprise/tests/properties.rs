//! What holds for any input, on generated ones.

mod common;

use common::{check_places, findings};
use edu_diagnostics::{Collector, Diagnostic, Span};
use edu_syntax::Decoded;
use ims_enterprise::{ImsReader, ReadError, Record, recognise};
use proptest::collection::vec;
use proptest::prelude::*;

/// A strategy for pieces of markup.
type Markup = BoxedStrategy<String>;

/// Text that means itself: no reference in it could be taken for one that is escaped twice.
fn text() -> Markup {
    "[A-Za-zéß€🦀][A-Za-z0-9é&<>'\"/ =-]{0,10}[A-Za-zé)]"
        .prop_map(|text| {
            text.replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&#34;")
        })
        .boxed()
}

fn one_of(codes: &'static [&'static str]) -> Markup {
    proptest::sample::select(codes).prop_map(str::to_owned).boxed()
}

fn element(tag: &'static str, content: Markup) -> Markup {
    let name = tag.split(' ').next().unwrap_or(tag);
    (content, one_of(&["", "\n", "<!-- & -->", "<?p?>"]))
        .prop_map(move |(content, gap)| format!("<{tag}>{content}</{name}>{gap}"))
        .boxed()
}

/// With an attribute; `tag` ends where its value stands.
fn element_with(tag: &'static str, value: Markup, content: Markup) -> Markup {
    let name = tag.split(' ').next().unwrap_or(tag);
    (value, content)
        .prop_map(move |(value, content)| format!("<{tag}=\"{value}\">{content}</{name}>"))
        .boxed()
}

fn optional(markup: Markup) -> Markup {
    prop_oneof![Just(String::new()), markup].boxed()
}

fn many(markup: Markup, least: usize, most: usize) -> Markup {
    vec(markup, least..=most).prop_map(|pieces| pieces.concat()).boxed()
}

fn row(pieces: Vec<Markup>) -> Markup {
    pieces.prop_map(|pieces| pieces.concat()).boxed()
}

fn sourcedid() -> Markup {
    element("sourcedid", row(vec![element("source", text()), element("id", text())]))
}

fn comments() -> Markup {
    optional(
        prop_oneof![element("comments", text()), element_with("comments lang", text(), text())]
            .boxed(),
    )
}

fn date() -> Markup {
    one_of(&["2026-09-01", "2024-02-29", "2026-09-01T08:30:00", "2026-09-01T08:30:00+02:00"])
}

fn extension() -> Markup {
    let content = prop_oneof![
        text(),
        Just("<cohort kind='a'>x<b/></cohort>".to_owned()),
        Just("<x:y xmlns:x='urn:x'><![CDATA[<person>]]></x:y>".to_owned()),
    ];
    optional(element("extension", content.boxed()))
}

fn properties() -> Markup {
    let items = vec![
        comments(),
        element("datasource", text()),
        many(element("target", text()), 0, 2),
        optional(element("type", text())),
        element("datetime", date()),
        extension(),
    ];
    element("properties", row(items))
}

fn recstatus(name: &'static str, tag: &'static str, content: Markup) -> Markup {
    prop_oneof![
        element(name, content.clone()),
        element_with(tag, one_of(&["1", "2", "3"]), content)
    ]
    .boxed()
}

fn person() -> Markup {
    let parts = row(vec![
        optional(element("family", text())),
        optional(element("given", text())),
        many(element("other", text()), 0, 2),
        many(element_with("partname partnametype", text(), text()), 0, 2),
    ]);
    let name = row(vec![
        element("fn", text()),
        optional(element("nickname", text())),
        optional(element("n", parts)),
    ]);
    let demographics = row(vec![
        optional(element("gender", one_of(&["0", "1", "2"]))),
        optional(element("bday", date())),
    ]);
    let items = vec![
        comments(),
        many(sourcedid(), 1, 2),
        many(element_with("userid password", text(), text()), 0, 2),
        element("name", name),
        optional(element("demographics", demographics)),
        optional(element("email", text())),
        many(element_with("tel teltype", one_of(&["1", "Mobile"]), text()), 0, 2),
        optional(element("adr", many(element("street", text()), 0, 3))),
        optional(one_of(&["<systemrole systemroletype='User'/>"])),
        many(one_of(&["<institutionrole primaryrole='No' institutionroletype='Student'/>"]), 0, 2),
        extension(),
    ];
    recstatus("person", "person recstatus", row(items))
}

fn group() -> Markup {
    let grouptype = row(vec![
        optional(element("scheme", text())),
        many(element_with("typevalue level", one_of(&["1", "25"]), text()), 1, 2),
    ]);
    let description = row(vec![element("short", text()), optional(element("long", text()))]);
    let relationship = row(vec![sourcedid(), element("label", optional(text()))]);
    let timeframe = row(vec![
        optional(element_with("begin restrict", one_of(&["0", "1"]), one_of(&["2026-09-01"]))),
        optional(element_with("end restrict", one_of(&["0", "1"]), one_of(&["2027-09-01"]))),
        optional(element("adminperiod", text())),
    ]);
    let items = vec![
        comments(),
        many(sourcedid(), 1, 2),
        many(element("grouptype", grouptype), 0, 2),
        element("description", description),
        optional(element("org", many(element("orgunit", text()), 0, 2))),
        optional(element("timeframe", timeframe)),
        optional(element("url", text())),
        many(element_with("relationship relation", one_of(&["1", "2", "3"]), relationship), 0, 2),
        extension(),
    ];
    recstatus("group", "group recstatus", row(items))
}

fn membership() -> Markup {
    let values =
        element_with("values valuetype", one_of(&["0"]), many(element("list", text()), 1, 3));
    let result = row(vec![
        optional(element("mode", text())),
        optional(values),
        optional(element("result", text())),
    ]);
    let role = row(vec![
        optional(element("subrole", text())),
        element("status", one_of(&["0", "1"])),
        optional(element("userid", text())),
        comments(),
        optional(element("datetime", date())),
        many(element_with("interimresult resulttype", text(), result.clone()), 0, 2),
        many(element("finalresult", result), 0, 2),
        extension(),
    ]);
    let role = element_with("role roletype", one_of(&["01", "02", "08", "Learner"]), role);
    let member = row(vec![
        comments(),
        sourcedid(),
        element("idtype", one_of(&["1", "2"])),
        many(role, 1, 2),
    ]);
    element("membership", row(vec![comments(), sourcedid(), many(element("member", member), 1, 3)]))
}

/// A document of 1.1 with nothing to say about it.
fn valid() -> Markup {
    let content = row(vec![
        comments(),
        properties(),
        many(person(), 0, 3),
        many(group(), 0, 2),
        many(membership(), 1, 2),
    ]);
    let declaration = one_of(&["", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"]);
    row(vec![declaration, element("enterprise", content)])
}

/// Pieces of the format, whole, broken and out of place.
fn soup() -> Markup {
    let piece = prop_oneof![
        4 => one_of(&[
            "<enterprise>", "</enterprise>", "<properties>", "</properties>", "<person>", "</person>",
            "<person recstatus=\"1\">", "<group>", "</group>", "<membership>", "</membership>", "<member>",
            "</member>", "<role roletype='01'>", "</role>", "<sourcedid>", "</sourcedid>", "<name>",
            "</name>", "<extension>", "</extension>", "<comments>", "</comments>",
            "<timeframe>", "</timeframe>",
        ]),
        4 => one_of(&[
            "<id>1</id>", "<source>S</source>", "<idtype>1</idtype>", "<idtype idtype='2'/>",
            "<status>1</status>", "<roletype>02</roletype>", "<fn>Eva</fn>", "<FN>Eva</FN>", "<email/>",
            "<begin restrict='1'/>", "<end>2026-02-30</end>", "<datetime>28/Oct/2005</datetime>",
            "<userid password='x' password='y'>eva</userid>", "<ims:id>1</ims:id>", "<shoe size=4>x</shoe>",
            "<short>a<b>c</b></short>", "<typevalue level='1'/>", "<systemrole systemroletype='?'/>",
        ]),
        2 => one_of(&[
            "&", "&amp;", "&nbsp;", "&#0;", "&#x1F980;", "<", "<!", "]]>", "<!-- -- -->", "<!--",
            "<![CDATA[", "<![CDATA[<a>]]>", "<?xml version='1.0'?>", "<?", "<!DOCTYPE",
            "<!DOCTYPE enterprise [<!ENTITY a 'b'>]>", "</", "</x>", "<a", "<a b=\"", "'", "\"", ">",
            "\u{1}", "\0", "\u{FFFE}", "\u{FEFF}", "é", "🦀", "\r", "\n", "\r\n", "\t", " x ",
        ]),
    ];
    many(piece.boxed(), 0, 40)
}

/// A text in some encoding, with what is damaged on the way.
fn bytes(markup: Markup) -> BoxedStrategy<Vec<u8>> {
    (markup, 0..6, vec((any::<prop::sample::Index>(), any::<u8>()), 0..3))
        .prop_map(|(text, encoding, damage)| {
            let mut bytes: Vec<u8> = match encoding {
                0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                1 => format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
                2 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
                3 => format!("\u{FEFF}{text}").into_bytes(),
                _ => text.into_bytes(),
            };
            for (index, byte) in damage {
                if !bytes.is_empty() {
                    let at = index.index(bytes.len());
                    bytes[at] = byte;
                }
            }
            bytes
        })
        .boxed()
}

fn read<'t>(
    reader: ImsReader,
    decoded: &'t Decoded<'_>,
    found: &'t mut Collector,
) -> Result<Vec<Record<'t>>, ReadError> {
    reader.for_text(decoded, found).collect()
}

/// Whether 1.1 prescribes another form: all but remarks on lengths, dates and contradictions, on keys and
/// references, on a document type, a file without records, the role that 1.1 itself supplies, and texts that
/// look odd but are allowed.
fn is_deviation(finding: &Diagnostic) -> bool {
    let code = finding.rule.code;
    code == "IE-K15"
        || !["IE-L", "IE-D", "IE-C", "IE-K"].iter().any(|area| code.starts_with(area))
            && !["IE-F01", "IE-F08", "IE-V03", "IE-V04", "IE-V05"].contains(&code)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_bytes_end(bytes in vec(any::<u8>(), 0..400)) {
        let decoded = Decoded::new(&bytes);
        recognise(decoded.text());
        for finding in findings(ImsReader::new(), &decoded) {
            check_places(&finding, &bytes, &decoded.encoding());
        }
    }

    #[test]
    fn any_markup_ends_with_findings_in_their_places(bytes in bytes(soup())) {
        let decoded = Decoded::new(&bytes);
        recognise(decoded.text());
        for finding in findings(ImsReader::new(), &decoded) {
            let range = finding.span.and_then(Span::range).unwrap_or_default();
            prop_assert!(range.end <= bytes.len());
            check_places(&finding, &bytes, &decoded.encoding());
        }
    }

    #[test]
    fn a_valid_document_has_no_finding(text in valid()) {
        let decoded = Decoded::from(text.as_str());
        let mut found = Collector::new();
        // References may lead nowhere: only the rules over the whole file know.
        let reader = ImsReader::new().without_whole_file_rules().strict();
        let records = read(reader, &decoded, &mut found);
        prop_assert!(records.is_ok(), "{:?}", records.err().map(|error| error.to_string()));
        drop(records);
        let found: Vec<_> = found.into_sorted().iter().map(ToString::to_string).collect();
        prop_assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn what_strict_takes_lenient_reads_alike(
        text in valid(),
        from in any::<prop::sample::Index>(),
        length in 0..12usize,
        piece in one_of(&["", "x", " ", "<email/>", "&", "&amp;", "2026-02-30", "</id>", "<!-- -->"]),
    ) {
        let boundaries: Vec<_> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let at = from.index(boundaries.len());
        let end = (at + length).min(boundaries.len() - 1);
        let text = format!("{}{piece}{}", &text[..boundaries[at]], &text[boundaries[end]..]);
        let decoded = Decoded::from(text.as_str());
        let (mut strict, mut lenient) = (Collector::new(), Collector::new());
        let lenient_records = read(ImsReader::new(), &decoded, &mut lenient);
        if let Ok(records) = read(ImsReader::new().strict(), &decoded, &mut strict) {
            prop_assert_eq!(Ok(records), lenient_records);
            let (strict, lenient) = (strict.into_sorted(), lenient.into_sorted());
            prop_assert!(!lenient.iter().any(is_deviation));
            prop_assert_eq!(strict, lenient);
        } else {
            drop(lenient_records);
            prop_assert!(lenient.into_sorted().iter().any(is_deviation));
        }
    }

    #[test]
    fn records_stand_one_behind_the_other_where_they_say(text in prop_oneof![soup(), valid()]) {
        let decoded = Decoded::from(text.as_str());
        let mut found = Collector::new();
        let mut end = 0;
        for record in ImsReader::new().for_text(&decoded, &mut found) {
            let Some(element) = record.ok().and_then(|record| record.element()) else { continue };
            let range = element.span().range().unwrap_or_default();
            prop_assert!(range.start >= end);
            prop_assert_eq!(&text[range.clone()], element.source());
            prop_assert_eq!(&text[element.name_span().range().unwrap_or_default()], element.name());
            end = range.end;
        }
    }
}
