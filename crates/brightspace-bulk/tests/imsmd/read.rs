//! Metadata, read; and written and read again.

use brightspace_bulk::edu_diagnostics::Diagnostic;
use brightspace_bulk::edu_syntax::Decoded;
use brightspace_bulk::imsmd::{Lom, LomReader, NAMESPACE};

pub(crate) fn read(bytes: &[u8]) -> (Option<Lom>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let lom = LomReader::new().for_text(&Decoded::new(bytes), &mut |finding| found.push(finding));
    assert!(found.is_sorted(), "{found:?}");
    (lom, found)
}

pub(crate) fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.rule.code).collect()
}

/// The metadata in a `lom`, with their findings as `line:column code sentence`.
pub(crate) fn found_in(body: &str) -> (Lom, Vec<String>) {
    let text = format!("<lom xmlns=\"{NAMESPACE}\">{body}</lom>");
    let (lom, found) = read(text.as_bytes());
    let describe = |finding: &Diagnostic| {
        let position = finding.position.unwrap();
        format!("{}:{} {} {finding}", position.line, position.column, finding.rule.code)
    };
    let found =
        found.iter().filter(|finding| finding.rule.code != "BR-M11").map(describe).collect();
    (lom.unwrap(), found)
}

pub(crate) fn again(lom: &Lom) -> (Lom, Vec<Diagnostic>) {
    let xml = lom.to_xml().unwrap();
    assert!(roxmltree::Document::parse(&xml).is_ok(), "{xml}");
    let (lom, found) = read(xml.as_bytes());
    (lom.unwrap(), found)
}
