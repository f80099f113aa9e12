//! Maquettes of Pégase: read, checked, imported.

#![no_main]

use std::collections::HashSet;

use edu_diagnostics::{Collector, Diagnostic, LineIndex, Severity};
use edu_syntax::Decoded;
use libfuzzer_sys::fuzz_target;
use odf_model::{Entry, Tables, table};
use pegase::{Child, Import, Importer, Input, Limits, Maquette, MaquetteReader, Place, recognise};

/// What stands between a maquette and its details.
const SEPARATOR: u8 = 0x1E;

fn reader(config: u8) -> MaquetteReader {
    let mut limits = Limits::default();
    if config & 1 != 0 {
        // Small, so that short inputs exceed it.
        limits.depth = 3;
    }
    MaquetteReader::new().with_limits(limits)
}

fn tables() -> Tables {
    let entry = |code: &str, pegase: &str| Entry {
        pegase_code: Some(pegase.into()),
        ..Entry::new(code, code)
    };
    let archived = Entry { archived: true, ..entry("YA", "TYD030") };
    Tables::new()
        .with(table::DEGREE, [entry("XA", "TYD020"), archived])
        .with(table::DOMAIN, [entry("STS", "DOF004")])
        .with(table::ECTS, [Entry::new("180", "180")])
        .with(table::COURSE_NATURE, [entry("ec", "EC")])
}

/// A place is inside its input, and its line and column are those of the span where every byte of the text is
/// one of the input.
fn check_place(place: &Place, inputs: &[(&Decoded<'_>, &[u8])]) {
    let (decoded, bytes) = inputs[usize::from(place.input == Input::Details)];
    assert!(place.span.start <= place.span.end, "{place:?}");
    assert!(place.span.end <= bytes.len() as u64, "{place:?} of {}", bytes.len());
    assert!(place.json_path.starts_with('$'), "{place:?}");
    if decoded.encoding() == "utf-8" && str::from_utf8(bytes).is_ok() {
        let offset = decoded.text_offset(place.span.start);
        let expected = LineIndex::new().position(decoded.text(), offset);
        assert_eq!(place.position, expected, "{place:?}");
    }
}

fn check_findings(findings: &[Diagnostic], longest: usize) {
    for finding in findings {
        for span in finding.span.into_iter().chain(finding.labels.iter().map(|label| label.span)) {
            assert!(span.start <= span.end, "{}: {span:?}", finding.rule.code);
            assert!(span.end <= longest as u64, "{}: {span:?} of {longest}", finding.rule.code);
        }
        assert_eq!(finding.span.is_some(), finding.position.is_some(), "{finding:?}");
        // The sentence can be written.
        let _ = finding.to_string();
    }
}

/// Links lead to objects, or to what is known to be missing; roots are objects, each once.
fn check_maquette(maquette: &Maquette<'_>) {
    let len = maquette.objects().len();
    let mut roots = HashSet::new();
    for root in maquette.roots() {
        assert!(root.index() < len && roots.insert(root), "{:?}", maquette.roots());
    }
    for link in maquette.objects().iter().flat_map(|object| &object.children) {
        match link.child {
            Child::Object(child) => assert!(child.index() < len, "{child:?} of {len}"),
            Child::Missing(number) => assert!(maquette.missing(number).is_some(), "{number}"),
            _ => {}
        }
    }
}

/// The catalogue holds each code once, nothing in itself, and nothing that is not there.
fn check_import(import: &Import, maquette: &Maquette<'_>, inputs: &[(&Decoded<'_>, &[u8])]) {
    for place in import.alerts.iter().filter_map(|alert| alert.place.as_ref()) {
        check_place(place, inputs);
    }
    for alert in &import.alerts {
        assert_eq!(alert.path.last(), Some(&alert.object), "{alert:?}");
        let _ = alert.to_string();
    }
    assert_eq!(import.worst(), import.alerts.iter().map(|alert| alert.severity).max());

    let catalogue = &import.catalogue;
    let mut codes = HashSet::new();
    for content in catalogue.iter() {
        assert!(codes.insert(&content.code), "{} is there twice", content.code);
        assert_eq!(catalogue.get(&content.code), Some(content));
    }
    for code in &import.roots {
        assert!(codes.contains(code), "the root {code} is not there");
    }
    // What is not met from a root is no content.
    let mut reached = HashSet::new();
    let mut next: Vec<_> = import.roots.iter().collect();
    while let Some(code) = next.pop() {
        if reached.insert(code) {
            next.extend(catalogue.children(code).map(|(child, _)| child));
        }
    }
    assert_eq!(reached, codes, "roots {:?}", import.roots);
    // What was left out is said.
    let left_out = maquette.objects().iter().find(|object| {
        !object.code.is_empty() && !codes.contains(&odf_model::Code::from(&*object.code))
    });
    assert!(left_out.is_none() || !import.alerts.is_empty(), "{left_out:?} left out in silence");

    let mut found = Collector::new();
    odf_model::rules::check(catalogue, None, &mut found);
    for finding in found.into_sorted() {
        let code = finding.rule.code;
        assert!(!matches!(code, "OD-S01" | "OD-S02" | "OD-S03" | "OD-S04"), "{finding}");
    }
    let _ = import.missing_mandatory();
}

fuzz_target!(|data: &[u8]| {
    let [config, bytes @ ..] = data else { return };
    let mut parts = bytes.splitn(2, |byte| *byte == SEPARATOR);
    let (maquette, details) = (parts.next().unwrap_or_default(), parts.next());
    let inputs = [Decoded::new(maquette), Decoded::new(details.unwrap_or_default())];
    let lens = [maquette.len(), details.map_or(0, <[u8]>::len)];
    let _ = recognise(&inputs[0]);

    let reader = reader(*config);
    let read = match details {
        None => reader.read(&inputs[0]),
        Some(_) => reader.read_with_details(&inputs[0], &inputs[1]),
    };
    let longest = lens.into_iter().max().unwrap_or_default();
    let read = match read {
        Ok(read) => read,
        Err(error) => return check_findings(&[error.finding()], longest),
    };
    check_maquette(&read);

    let mut found = Collector::new();
    pegase::rules::check(&read, &mut found);
    let found = found.into_sorted();
    check_findings(&found, longest);
    assert!(found.iter().all(|finding| finding.severity <= Severity::Error));

    // The details may have been given first.
    let given = [(&inputs[0], maquette), (&inputs[1], details.unwrap_or_default())];
    let is_swapped = details.is_some()
        && matches!(recognise(&inputs[0]), Ok(content) if content.to_string().contains("details"))
        && matches!(recognise(&inputs[1]), Ok(content) if content.to_string().contains("structure"));
    let given = if is_swapped { [given[1], given[0]] } else { given };

    let tables = tables();
    let importer = Importer::new(&tables);
    let refuses = |request: &pegase::Request<'_>| request.code.len() % 5 != 4;
    let importer = if config & 2 == 0 { importer } else { importer.with_policy(&refuses) };
    let import = importer.import(&read);
    check_import(&import, &read, &given);
    assert_eq!(importer.import(&read), import);
});
