//! Every finding is where it says: bytes, line and column, whatever the encoding and the line ends.

#![expect(clippy::unwrap_used, reason = "a test that fails")]
#![expect(clippy::disallowed_methods, reason = "the corpus is a folder that the environment names")]

mod common;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use common::{check_places, defects, findings, is_defect};
use edu_diagnostics::{Diagnostic, Rule, Value};
use edu_syntax::Decoded;
use ims_enterprise::moodle::Defects;
use ims_enterprise::profiles::moodle;
use ims_enterprise::{ImsReader, redact, rules};

fn data<'f>(finding: &'f Diagnostic, name: &str) -> Option<&'f str> {
    match finding.get(name) {
        Some(Value::Data(text)) => Some(text),
        _ => None,
    }
}

/// The reader that finds what a rule finds.
fn reader(rule: &Rule) -> ImsReader {
    let reader = ImsReader::new().with_target("LMS");
    if rule.code.starts_with("IE-P") { reader.with_profile(&moodle::PROFILE) } else { reader }
}

/// Whether a rule is about what a plan does: it needs a site and settings.
fn needs_plan(rule: &Rule) -> bool {
    rule.code.starts_with("IE-M") && !is_defect(rule)
}

/// The findings of a rule's example.
fn findings_of(rule: &Rule, decoded: &Decoded<'_>) -> Vec<Diagnostic> {
    let mut found = findings(reader(rule), decoded);
    if is_defect(rule) {
        defects(rule).for_text(decoded, &mut |finding| found.push(finding));
    }
    found
}

/// How many characters of a text a finding keeps.
const KEPT: usize = 400;

/// Checks the places of all findings of an input, and that the text reported is the text there.
///
/// | the text reported | the text there | where |
/// | --- | --- | --- |
/// | the first 400 characters and `…` | all of it | every rule |
/// | asterisks | a password | every rule |
/// | `name` is a part of the text | a tag or a reference | `IE-X` |
/// | `name` is an element that is open | what stands where its end should | `IE-X05`, `IE-F06` |
fn check(bytes: &[u8]) -> usize {
    let decoded = Decoded::new(bytes);
    let mut found = findings(ImsReader::new(), &decoded);
    Defects::new().for_text(&decoded, &mut |finding| found.push(finding));
    check_found(&found, bytes, &decoded);
    found.len()
}

fn check_found(found: &[Diagnostic], bytes: &[u8], decoded: &Decoded<'_>) {
    for finding in found {
        let code = finding.rule.code;
        let text = check_places(finding, bytes, &decoded.encoding());
        assert_eq!(text.is_none(), ["IE-F08", "IE-F09"].contains(&code), "{code}");
        if let (Some(reported), Some(text)) = (data(finding, "found"), &text) {
            let text = redact::passwords(text);
            match reported.strip_suffix('…').filter(|kept| kept.chars().count() == KEPT) {
                Some(kept) => assert!(text.len() > kept.len() && text.starts_with(kept), "{code}"),
                None => assert_eq!(text, reported, "{code}"),
            }
        }
        if let (Some(name), Some(text)) = (data(finding, "name"), &text)
            && !["IE-X05", "IE-F06"].contains(&code)
        {
            assert!(text.contains(name), "{code}: `{text}` without `{name}`");
        }
    }
}

#[test]
fn the_examples_of_the_rules() {
    for rule in rules::ALL.iter().filter(|rule| !needs_plan(rule)) {
        let decoded = Decoded::new(rule.bad);
        let found = findings_of(rule, &decoded);
        check_found(&found, rule.bad, &decoded);
        let codes: Vec<_> = found.iter().map(|finding| finding.rule.code).collect();
        // A profile says of every item whether it is read; what is damaged for Moodle is seldom in the
        // form of 1.1.
        let has_more = rule.code.starts_with("IE-P") || is_defect(rule);
        let is_found = has_more && codes.contains(&rule.code);
        assert!(is_found || codes == [rule.code], "{}: {codes:?}", rule.code);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, mut all): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    all.extend(folders.iter().flat_map(|folder| files(folder)));
    all
}

#[test]
#[ignore = "needs CORPUS"]
fn the_corpus() {
    let corpus = std::env::var_os("CORPUS").expect("CORPUS names the folder of the samples");
    let mut found = 0;
    for path in files(&Path::new(&corpus).join("ims-enterprise")) {
        if path.extension().is_some_and(|extension| extension == "xml") {
            found += check(&std::fs::read(&path).unwrap());
        }
    }
    assert!(found > 500, "{found}");
}

/// For rules that report no text of the source: what stands at the place in the rule's example.
const PLACES: [(&str, &str); 56] = [
    ("IE-E01", "é"),
    ("IE-E05", "\u{FFFD}"),
    ("IE-X01", "&"),
    ("IE-X02", "&nbsp;"),
    ("IE-X03", "&#0;"),
    ("IE-X04", "<"),
    ("IE-X05", "</name>"),
    ("IE-X06", "</sort>"),
    ("IE-X07", "</FN>"),
    ("IE-X08", "recstatus"),
    ("IE-X09", "recstatus=1"),
    ("IE-X10", "height×"),
    ("IE-X11", "\u{8}"),
    ("IE-X12", "]]>"),
    ("IE-X13", "--"),
    ("IE-X14", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
    ("IE-X15", "sis"),
    ("IE-F01", "<!DOCTYPE enterprise SYSTEM \"ims_epv1p1.dtd\">"),
    ("IE-F06", ""),
    ("IE-F07", "<d>"),
    ("IE-S01", "userid"),
    ("IE-S10", "member"),
    ("IE-R01", "person"),
    ("IE-R02", "sourcedid"),
    ("IE-R03", "sourcedid"),
    ("IE-R04", "person"),
    ("IE-R05", "description"),
    ("IE-R06", "membership"),
    ("IE-R07", "member"),
    ("IE-R08", "member"),
    ("IE-R09", "role"),
    ("IE-R10", "enterprise"),
    ("IE-R11", "properties"),
    ("IE-R12", "institutionrole"),
    ("IE-V03", "role"),
    ("IE-D05", "2026-02-15"),
    ("IE-D06", "end"),
    ("IE-K10", "4711"),
    ("IE-K15", "group"),
    ("IE-P01", "Student system"),
    ("IE-P02", "1"),
    ("IE-P03", "person"),
    ("IE-M21", "member"),
    ("IE-M22", "person"),
    ("IE-M23", "<person"),
    ("IE-M26", "</person >"),
    ("IE-M27", "<short>"),
    ("IE-M28", "<id>"),
    ("IE-M29", "<userid/>"),
    ("IE-M30", "ldap"),
    ("IE-M31", "sourcedid"),
    ("IE-M32", "<email>"),
    ("IE-M35", "01"),
    ("IE-M36", "properties"),
    ("IE-M37", "person"),
    ("IE-M38", "eva@example.org"),
];

#[test]
fn what_the_examples_point_at() {
    let mut missing = String::new();
    for rule in rules::ALL.iter().filter(|rule| !needs_plan(rule)) {
        let decoded = Decoded::new(rule.bad);
        let found = findings_of(rule, &decoded);
        let finding = found.iter().find(|finding| finding.rule == *rule).unwrap();
        let place = check_places(finding, rule.bad, &decoded.encoding());
        if let Some((code, expected)) = PLACES.iter().find(|(code, _)| *code == rule.code) {
            assert_eq!(place.as_deref(), Some(*expected), "{code}");
        } else if data(finding, "found").is_none() {
            missing.extend(place.map(|place| format!("    ({:?}, {place:?}),\n", rule.code)));
        }
    }
    assert!(missing.is_empty(), "not in the table:\n{missing}");
}

/// Persons with characters of every width and with the faults of the field, over several of the
/// checkpoints that line index and offset map keep.
fn document(name: &str, persons: usize) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<enterprise>\n<!-- a comment\n -- over lines -->\n",
    );
    for number in 0..persons {
        let fault = [
            format!("<email>{name} & co</email>"),
            "<demographics><bday>31/02/2026</bday></demographics>".to_owned(),
            format!("{name}\n  {name}"),
            format!("<sourcedid><source>SIS</source><id> {number}\n</id></sourcedid>"),
            format!("<shoe>{name}</shoe><tel teltype=\"{name}\">{name}</tel>"),
            format!("<name><fn>{name} &amp;amp; <b>{name}</b>\n</fn></name>"),
            format!("<email>{}</email> password='{name}' ", name.repeat(60)),
            String::new(),
        ];
        write!(
            text,
            "<person recstatus=\"{}\">\n\t<sourcedid><source>{name}</source><id>{number}</id></sourcedid>\n\
             \t<name><fn>{name}</fn></name>{}\n</person>\n",
            number % 5,
            fault[number % fault.len()],
        )
        .unwrap();
    }
    text.push_str("</enterprise>\n");
    text
}

#[test]
fn text_behind_the_root_is_where_it_starts() {
    let text = format!("{}\n\n  bye, Zoë \n", document("Zoë", 1));
    check(text.as_bytes());
}

#[test]
fn larger_documents() {
    for name in ["Rémi Ångström", "Zoë 🦀 €uro"] {
        let text = document(name, 200);
        assert!(check(text.as_bytes()) > 200);
    }
}

#[test]
fn bytes_that_are_no_text_of_ours() {
    let text = document("NAME", 60);
    let pieces: Vec<_> = text.split("NAME").map(str::as_bytes).collect();
    let shift_jis = text.replace("UTF-8", "Shift_JIS");
    let shift_jis: Vec<_> = shift_jis.split("NAME").map(str::as_bytes).collect();
    for (bytes, encoding) in [
        (pieces.join(&b"Zo\xEB"[..]), "windows-1252"),
        (pieces.join(&b"Zo\xC3\xAB \x93Zo\xEB\x94"[..]), "utf-8"),
        (pieces.join(&b"\xF0\x9F\xA6 \xC3\xA9"[..]), "utf-8"),
        (shift_jis.join(&b"\x93\x8C\x8B\x9E \xB1"[..]), "shift_jis"),
    ] {
        assert_eq!(Decoded::new(&bytes).encoding(), encoding);
        assert!(check(&bytes) > 60);
    }
}

#[test]
fn a_byte_order_mark_is_believed_in_a_damaged_file() {
    let decoded = Decoded::new(b"\xEF\xBB\xBF<person>\xE9</person>");
    assert_eq!((decoded.text(), decoded.encoding().as_str()), ("<person>é</person>", "utf-8"));
}

/// Gives the declaration the name of another encoding, and every name the same width.
fn declare(text: &str, encoding: &str) -> String {
    let quoted = format!("\"{encoding}\"");
    text.replacen("encoding=\"UTF-8\"", &format!("encoding={quoted:<12}"), 1)
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// The same text in other bytes. A `\u{FEFF}` that comes first is the byte order mark.
fn variants(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf8 = declare(text, "UTF-8");
    let sixteen = declare(text, "UTF-16");
    let with_mark = format!("\u{FEFF}{sixteen}");
    let mut variants = vec![
        ("CRLF", utf8.replace('\n', "\r\n").into_bytes()),
        ("CR", utf8.replace('\n', "\r").into_bytes()),
        ("BOM", format!("\u{FEFF}{utf8}").into_bytes()),
        ("BOM and CRLF", format!("\u{FEFF}{}", utf8.replace('\n', "\r\n")).into_bytes()),
        ("UTF-16LE with BOM", utf16(&with_mark, u16::to_le_bytes)),
        ("UTF-16BE with BOM", utf16(&with_mark, u16::to_be_bytes)),
        ("UTF-16BE with BOM and CR", utf16(&with_mark.replace('\n', "\r"), u16::to_be_bytes)),
        ("UTF-16LE", utf16(&sixteen, u16::to_le_bytes)),
        ("UTF-16BE", utf16(&sixteen, u16::to_be_bytes)),
    ];
    let latin1 = declare(text, "ISO-8859-1");
    if latin1 != text {
        let bytes: Option<Vec<u8>> =
            latin1.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        variants.extend(bytes.map(|bytes| ("Latin-1", bytes)));
    }
    variants
}

/// Code, arguments, place and text of every finding that is not about the encoding. Arguments and texts
/// are as the source has them, so their line ends are those of the variant.
fn comparable(bytes: &[u8]) -> Vec<String> {
    let decoded = Decoded::new(bytes);
    let mut found = findings(ImsReader::new(), &decoded);
    Defects::new().for_text(&decoded, &mut |finding| found.push(finding));
    found
        .iter()
        // Moodle's lines end with LF alone, so that a file with CR is one line.
        .filter(|finding| !["IE-M36", "IE-M37"].contains(&finding.rule.code))
        .filter(|finding| !finding.rule.code.starts_with("IE-E"))
        .map(|finding| {
            let text = check_places(finding, bytes, &decoded.encoding());
            let labels: Vec<_> = finding.labels.iter().map(|label| label.position).collect();
            let (code, args) = (finding.rule.code, &finding.args);
            // The text of a late declaration is the declaration, which names the encoding.
            let text = text.filter(|_| code != "IE-X14");
            format!("{code} {args:?} {:?} {text:?} {labels:?}", finding.position)
                .replace("\\r\\n", "\\n")
                .replace("\\r", "\\n")
        })
        .collect()
}

fn check_variants(text: &str) {
    let expected = comparable(declare(text, "UTF-8").as_bytes());
    for (variant, bytes) in variants(text) {
        assert_eq!(comparable(&bytes), expected, "{variant} of {text}");
    }
}

#[test]
fn a_declaration_that_utf16_contradicts_is_reported_where_it_is() {
    let text = document("Zoë", 0).replace("UTF-8", "ISO-8859-1");
    let with_mark = format!("\u{FEFF}{text}");
    for bytes in [
        utf16(&with_mark, u16::to_le_bytes),
        utf16(&with_mark, u16::to_be_bytes),
        utf16(&text, u16::to_le_bytes),
        utf16(&text, u16::to_be_bytes),
    ] {
        let found = findings(ImsReader::new(), &Decoded::new(&bytes));
        let found: Vec<_> = found.iter().filter(|finding| finding.rule.code == "IE-E03").collect();
        assert_eq!(found.len(), 1, "{:?}", &bytes[..4]);
        check(&bytes);
    }
}

#[test]
fn other_line_ends_and_encodings_of_the_examples() {
    const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let mut texts = 0;
    for text in rules::ALL.iter().filter_map(|rule| str::from_utf8(rule.bad).ok()) {
        check_variants(text);
        if !text.contains("<?xml") {
            check_variants(&format!("{DECLARATION}{text}"));
        }
        texts += 1;
    }
    assert_eq!(texts, rules::ALL.len() - 2, "all but those of IE-E01 and IE-E05 are UTF-8");
}

#[test]
fn other_line_ends_and_encodings_of_larger_documents() {
    for (name, latin1) in [("Rémi Ångström", true), ("Zoë 🦀 €uro", false)] {
        let text = document(name, 40);
        assert_eq!(variants(&text).iter().any(|(variant, _)| *variant == "Latin-1"), latin1);
        check_variants(&text);
    }
}
