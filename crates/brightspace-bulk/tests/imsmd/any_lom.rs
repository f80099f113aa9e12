//! Any metadata that can be written.

use brightspace_bulk::edu_syntax::xml::is_character;
use brightspace_bulk::imsmd::*;
use proptest::prelude::*;

/// A text that XML can hold.
pub(crate) fn text() -> impl Strategy<Value = String> {
    "([ \t<>&'\"\\\\,;:-]|\\PC){0,8}"
        .prop_filter("held by XML", |text| text.chars().all(is_character))
}

fn other() -> impl Strategy<Value = Vec<Other>> {
    let element = prop_oneof![
        text().prop_map(|text| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            Other::Element(format!("<x:y xmlns:x=\"urn:x\" a=\"1\">{text}<x:z/></x:y>"))
        }),
        Just(Other::Element("<unknown xmlns=\"\"><title/></unknown>".to_owned())),
    ];
    let attribute = text().prop_map(|value| Other::Attribute {
        name: "f:at".to_owned(),
        namespace: Some("urn:f".to_owned()),
        value,
    });
    (proptest::option::of(attribute), proptest::collection::vec(element, 0..2))
        .prop_map(|(attribute, elements)| attribute.into_iter().chain(elements).collect())
}

/// What else stands in an element of elements: text too.
fn mixed() -> impl Strategy<Value = Vec<Other>> {
    (other(), proptest::option::of("[a-z&<]{1,3}( [a-z]{1,3})?")).prop_map(|(mut other, text)| {
        other.extend(text.map(Other::Text));
        other
    })
}

fn leaf() -> impl Strategy<Value = Leaf> {
    (text(), other()).prop_map(|(text, other)| {
        // White space next to elements is layout.
        let text = if text.trim().is_empty() && !other.is_empty() { String::new() } else { text };
        Leaf { text, other }
    })
}

fn strings() -> impl Strategy<Value = LangStrings> {
    let lang = proptest::option::of(prop_oneof![Just("en"), Just("x-none"), Just("")]);
    let string = (lang, leaf()).prop_map(|(lang, leaf)| LangString {
        lang: lang.map(str::to_owned),
        text: leaf.text,
        other: leaf.other,
    });
    (proptest::collection::vec(string, 1..3), other())
        .prop_map(|(strings, other)| LangStrings { strings, other })
}

fn vocabulary() -> impl Strategy<Value = Vocabulary> {
    use proptest::option::of;
    (of(strings()), strings(), mixed()).prop_map(|(source, value, other)| Vocabulary {
        source,
        value: Some(value),
        other,
    })
}

fn date() -> impl Strategy<Value = Date> {
    use proptest::option::of;
    (of(leaf()), of(strings()), other()).prop_map(|(datetime, description, other)| Date {
        datetime,
        description,
        other,
    })
}

fn contribute() -> impl Strategy<Value = Contribute> {
    use proptest::option::of;
    let centity = (of(leaf()), other()).prop_map(|(vcard, other)| Centity { vcard, other });
    (of(vocabulary()), proptest::collection::vec(centity, 0..2), of(date()), mixed())
        .prop_map(|(role, centities, date, other)| Contribute { role, centities, date, other })
}

fn entry() -> impl Strategy<Value = CatalogEntry> {
    use proptest::option::of;
    (of(leaf()), of(strings()), mixed()).prop_map(|(catalog, entry, other)| CatalogEntry {
        catalog,
        entry,
        other,
    })
}

fn general() -> impl Strategy<Value = General> {
    use proptest::collection::vec;
    use proptest::option::of;
    (
        (of(leaf()), of(strings()), vec(entry(), 0..2), vec(leaf(), 0..2)),
        (vec(strings(), 0..2), vec(strings(), 0..2), vec(strings(), 0..2)),
        (of(vocabulary()), of(vocabulary()), mixed()),
    )
        .prop_map(|(a, b, c)| General {
            identifier: a.0,
            title: a.1,
            catalog_entries: a.2,
            languages: a.3,
            descriptions: b.0,
            keywords: b.1,
            coverages: b.2,
            structure: c.0,
            aggregation_level: c.1,
            other: c.2,
        })
}

fn technical() -> impl Strategy<Value = Technical> {
    use proptest::collection::vec;
    use proptest::option::of;
    let location = (of(text()), leaf()).prop_map(|(kind, leaf)| Location {
        kind,
        text: leaf.text,
        other: leaf.other,
    });
    let requirement = (of(vocabulary()), of(vocabulary()), of(leaf()), of(leaf()), mixed())
        .prop_map(|(kind, name, minimum_version, maximum_version, other)| Requirement {
            kind,
            name,
            minimum_version,
            maximum_version,
            other,
        });
    (
        (vec(leaf(), 0..2), of(leaf()), vec(location, 0..2), vec(requirement, 0..2)),
        (of(strings()), of(strings()), of(date()), mixed()),
    )
        .prop_map(|(a, b)| Technical {
            formats: a.0,
            size: a.1,
            locations: a.2,
            requirements: a.3,
            installation_remarks: b.0,
            other_platform_requirements: b.1,
            duration: b.2,
            other: b.3,
        })
}

pub(crate) fn lom() -> impl Strategy<Value = Lom> {
    use proptest::collection::vec;
    use proptest::option::of;
    let lifecycle = (of(strings()), of(vocabulary()), vec(contribute(), 0..2), mixed()).prop_map(
        |(version, status, contributes, other)| Lifecycle { version, status, contributes, other },
    );
    let taxon = (of(leaf()), of(strings()), mixed())
        .prop_map(|(id, entry, other)| Taxon { id, entry, taxon: None, other })
        .prop_recursive(4, 4, 1, |inner| {
            (inner, of(leaf())).prop_map(|(inner, id)| Taxon {
                id,
                taxon: Some(Box::new(inner)),
                ..Taxon::default()
            })
        });
    let path = (of(strings()), of(taxon), mixed()).prop_map(|(source, taxon, other)| TaxonPath {
        source,
        taxon,
        other,
    });
    let classification = (of(vocabulary()), vec(path, 0..2), of(strings()), vec(strings(), 0..2))
        .prop_map(|(purpose, taxon_paths, description, keywords)| Classification {
            purpose,
            taxon_paths,
            description,
            keywords,
            other: Vec::new(),
        });
    let resource = (of(leaf()), of(strings()), vec(entry(), 0..2), mixed()).prop_map(
        |(identifier, description, catalog_entries, other)| Resource {
            identifier,
            description,
            catalog_entries,
            other,
        },
    );
    let relation = (of(vocabulary()), of(resource), mixed())
        .prop_map(|(kind, resource, other)| Relation { kind, resource, other });
    let person = (of(leaf()), other()).prop_map(|(vcard, other)| Person { vcard, other });
    let annotation = (of(person), of(date()), of(strings()), mixed()).prop_map(
        |(person, date, description, other)| Annotation { person, date, description, other },
    );
    let educational = (of(vocabulary()), vec(vocabulary(), 0..2), vec(strings(), 0..2), of(date()))
        .prop_map(|(difficulty, contexts, typical_age_ranges, typical_learning_time)| {
            Educational {
                contexts,
                typical_age_ranges,
                difficulty,
                typical_learning_time,
                ..Educational::default()
            }
        });
    (
        (of(general()), of(lifecycle), of(technical()), of(educational)),
        (vec(relation, 0..2), vec(annotation, 0..2), vec(classification, 0..2), mixed()),
    )
        .prop_map(|(a, b)| Lom {
            general: a.0,
            lifecycle: a.1,
            technical: a.2,
            educational: a.3,
            relations: b.0,
            annotations: b.1,
            classifications: b.2,
            other: b.3,
            ..Lom::default()
        })
}
