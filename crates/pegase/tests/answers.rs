//! What Pégase answers besides maquettes, and conversion files: real shapes, read from files.

#![expect(clippy::disallowed_methods, reason = "the answers are files")]

use std::path::PathBuf;

use pegase::edu_syntax::Decoded;
use pegase::odf_model::{Code, Entry, Tables, table};
use pegase::{
    Answer, Conversions, Listing, Match, Matcher, Nomenclatures, ObjectKind, ReadError, Space,
    SpaceKind,
};
use serde_json::Value;

fn file(path: &str) -> Vec<u8> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).join(path);
    std::fs::read(path).expect("a file of the tests")
}

fn listing(path: &str) -> Listing {
    Listing::read(&Decoded::new(&file(path))).expect(path)
}

fn answer(path: &str) -> Answer {
    Answer::read(&Decoded::new(&file(path)))
}

fn value(path: &str) -> Value {
    serde_json::from_slice(&file(path)).expect(path)
}

fn tables() -> Tables {
    let text = |entry: &Value, member: &str| entry[member].as_str().map(str::to_owned);
    let entry = |entry: &Value| Entry {
        pegase_code: text(entry, "pegase_code").map(Code::from),
        ..Entry::new(text(entry, "code").expect("a code"), text(entry, "label").expect("a label"))
    };
    let tables = value("reftables/tables.json");
    tables.as_object().expect("tables").iter().fold(Tables::new(), |tables, (id, entries)| {
        tables.with(id.as_str(), entries.as_array().expect("entries").iter().map(entry))
    })
}

fn conversions(tables: &Tables) -> Conversions {
    let mut conversions = Conversions::new();
    for name in ["degree_conversion.xml", "domain_conversion.xml", "rncplevel_conversion.xml"] {
        let notes =
            conversions.read(name, &file(&format!("conversion/{name}")), tables).expect(name);
        assert!(notes.is_empty(), "{notes:?}");
    }
    conversions
}

#[test]
fn formations_of_both_generations_of_cof() {
    for path in ["cof/formations.v1.json", "cof/objets-maquette.page.json"] {
        let listing = listing(path);
        let formations: Vec<_> = listing
            .formations()
            .into_iter()
            .map(|formation| {
                let last = formation.last().and_then(|item| item.version);
                (
                    formation.code.to_string(),
                    formation.versions(),
                    last,
                    formation.title().expect("a title"),
                )
            })
            .collect();
        let titles = [
            "Licence Sciences, technologies, santé mention Informatique",
            "Diplôme d’université Données et décision",
        ];
        let expected = [
            ("LIC-INFO".to_owned(), vec![1, 2, 3], Some(3), titles[0]),
            ("DU-DATA".to_owned(), vec![1], Some(1), titles[1]),
        ];
        assert_eq!(formations, expected, "{path}");
        assert_eq!(listing.without_code().count(), 0);
        assert_eq!(listing.missing_pages().count(), 0);
    }
    let page = listing("cof/objets-maquette.page.json");
    let last = page.items().last().expect("five items");
    assert_eq!(
        (page.items().len(), last.code.as_deref(), last.kind),
        (5, Some("PT-INFO-IA"), None)
    );
    assert_eq!(
        (page.total(), page.total_pages(), page.pages()[0].size),
        (Some(5), Some(1), Some(50))
    );
}

#[test]
fn two_pages_of_odf() {
    let pages = ["odf/objets-maquette.page0.json", "odf/objets-maquette.page1.json"];
    let first = listing(pages[0]);
    assert_eq!(first.missing_pages().collect::<Vec<_>>(), [1]);
    let all: Listing = pages.into_iter().map(listing).collect();
    assert_eq!(all.missing_pages().count(), 0);
    assert_eq!(Some(all.items().len() as u64), all.total());
    let expected: Vec<Value> = pages
        .into_iter()
        .flat_map(|path| value(path)["items"].as_array().expect("items").clone())
        .collect();
    for (item, expected) in all.items().iter().zip(&expected) {
        let kind = match expected["typeObjetMaquette"].as_str() {
            Some("FORMATION") => ObjectKind::Formation,
            Some("OBJET-FORMATION") => ObjectKind::Object,
            _ => ObjectKind::Grouping,
        };
        assert_eq!(item.kind, Some(kind));
        assert_eq!(item.code.as_deref(), expected["code"].as_str());
        assert_eq!(item.id.as_deref(), expected["id"].as_str());
        assert_eq!(item.title.as_deref(), expected["libelleLong"].as_str());
        assert_eq!(item.object_type.as_deref(), expected["typeObjetFormation"].as_str());
        assert_eq!(item.space.as_deref(), expected["espaceLibelle"].as_str());
        assert_eq!(item.is_valid, expected["valideInAnyContexte"].as_bool());
    }
    let formations = all.formations();
    assert_eq!((formations.len(), formations[0].code.as_str()), (1, "LIC-INFO"));
    assert!(formations[0].versions().is_empty());
    // A page that was read twice changes nothing.
    let again: Listing = [pages[0], pages[1], pages[0]].into_iter().map(listing).collect();
    assert_eq!(again.items(), all.items());
}

#[test]
fn spaces() {
    let (spaces, page) =
        Space::read_all(&Decoded::new(&file("odf/espaces.page.json"))).expect("spaces");
    assert_eq!(page.and_then(|page| page.total), Some(2));
    let kinds: Vec<_> = spaces.iter().filter_map(|space| space.kind.clone()).collect();
    assert_eq!(kinds, [SpaceKind::Period, SpaceKind::Sandbox]);
    let period = &spaces[0];
    assert_eq!(period.id.as_deref(), Some("361e68da-409b-582b-90ed-93b8cf3f16a4"));
    assert_eq!(
        (period.start.as_deref(), period.end.as_deref()),
        (Some("2024-09-01"), Some("2025-08-31"))
    );
    assert_eq!((period.year.as_deref(), period.is_active), (Some("2024"), Some(true)));
    assert_eq!(spaces[1].label.as_deref(), Some("Espace de travail"));
}

#[test]
fn each_answer_is_read_as_itself_only() {
    type Read = fn(&Decoded<'_>) -> Result<(), ReadError>;
    let readers: [(&str, Read); 3] = [
        ("cof/formations.v1.json", |decoded| Listing::read(decoded).map(drop)),
        ("odf/espaces.page.json", |decoded| Space::read_all(decoded).map(drop)),
        ("erreurs/metier-400.json", |decoded| Nomenclatures::read(decoded).map(drop)),
    ];
    for (path, _) in readers {
        let bytes = file(path);
        let decoded = Decoded::new(&bytes);
        for (own, read) in readers {
            let is_own = own == path && path != "erreurs/metier-400.json";
            match read(&decoded) {
                Ok(()) => assert!(is_own, "{path} as {own}"),
                Err(error) => {
                    assert!(
                        !is_own && matches!(error, ReadError::Foreign { .. }),
                        "{path} as {own}: {error}"
                    );
                }
            }
        }
    }
    let error =
        Listing::read(&Decoded::new(&file("erreurs/metier-400.json"))).expect_err("no listing");
    let expected =
        "line 1, column 1: not a list of search results at $: found an error answer of Pégase";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn the_answers_that_refuse() {
    let cases = [
        (
            "metier-400",
            Some(400),
            "pattern: Le code contient des caractères interdits (field code)\n\
             size: Libellé trop long (field descripteursObjetMaquette.libelle, max = 50)",
        ),
        (
            "metier-400-cof",
            Some(400),
            "FormatDeCodeValide: Code refusé : majuscules, chiffres et tirets seulement (field formation.code)",
        ),
        (
            "conflit-409",
            Some(409),
            "existant: Un objet de ce code existe déjà dans cet espace (object LIC-INFO)",
        ),
        ("technique-500", Some(500), "500: Internal Server Error, Erreur inattendue"),
        (
            "nomenclatures-erreur",
            None,
            "Pégase does not know the code TYD999 (object TESTALERTES, field TypeDiplome, date = 2024-09-01)\n\
             Pégase does not know the code DOF999 (object TESTALERTES, field DomaineFormation, date = 2024-09-01)",
        ),
    ];
    for (name, status, lines) in cases {
        let answer = answer(&format!("erreurs/{name}.json"));
        assert_eq!((answer.to_string().as_str(), answer.status()), (lines, status), "{name}");
        assert_eq!(answer.problems().len(), lines.lines().count(), "{name}");
    }
    let Answer::Business(error) = answer("erreurs/metier-400.json") else {
        panic!("a business error")
    };
    assert_eq!(error.correlation_id.as_deref(), Some("5d0a3a0e-2c1f-4b55-9c0b-1f3f3c8f7a10"));
    assert_eq!(error.path.as_deref(), Some("/api/odf/ext/v1/etablissement/ETAB00/objets-maquette"));
    let Answer::Technical(error) = answer("erreurs/technique-500.json") else {
        panic!("a technical error")
    };
    assert_eq!(error.timestamp.as_deref(), Some("2024-10-03T09:12:46.000+0000"));
    // Anything else is kept to the letter.
    let listing = file("cof/formations.v1.json");
    let text = String::from_utf8(listing.clone()).expect("UTF-8");
    assert_eq!(Answer::read(&Decoded::new(&listing)), Answer::Other(text));
}

#[test]
fn every_code_is_matched_as_the_vectors_say() {
    let tables = tables();
    let conversions = conversions(&tables);
    let matcher = Matcher::new(&tables).with_conversions(&conversions);
    let vectors = value("vectors/matching-import.json");
    let cases = vectors["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 9);
    for case in cases {
        let table = case["table"].as_str().expect("a table");
        if let Some(codes) = case["pegase"].as_array() {
            let (found, unmatched) =
                matcher.find_all(table, codes.iter().filter_map(Value::as_str));
            let found: Vec<_> = found.into_iter().map(|entry| entry.code.as_str()).collect();
            assert_eq!(Value::from(found), case["result"], "{case}");
            assert_eq!(unmatched, ["DOF999"], "{case}");
            continue;
        }
        let found = matcher.find(table, case["pegase"].as_str().expect("a code"));
        let step = match found {
            Match::Found(_, step) => step.number(),
            Match::Unmatched(_) => 4,
        };
        assert_eq!(
            found.entry().map(|entry| entry.code.as_str()),
            case["result"].as_str(),
            "{case}"
        );
        assert_eq!(Some(u64::from(step)), case["step"].as_u64(), "{case}");
        assert_eq!(step == 4, case["alert"] == "unmatched-reference", "{case}");
    }
    // What the conversion file gives is part of the answer where no entry has it.
    let reason = matcher.find(table::DOMAIN, "DOF901");
    assert_eq!(reason, Match::Unmatched(Some(&"INCONNU".into())));
}

#[test]
fn conversion_files_count_by_their_names() {
    let tables = tables();
    let xml = file("conversion/rncplevel_conversion.xml");
    let mut conversions = Conversions::new();
    assert_eq!(conversions.read("rncplevel_conversion.xml", &xml, &tables).map(<[_]>::len), Ok(0));
    assert_eq!(conversions.get(table::RNCP_LEVEL, "NID001"), Some(&"1".into()));
    let mut other = Conversions::new();
    let notes = other.read("niveau_conversion.xml", &xml, &tables).expect("a note");
    assert_eq!(
        notes.iter().map(|note| note.kind.as_str()).collect::<Vec<_>>(),
        ["conversion-unused"]
    );
    assert_eq!(other.get(table::RNCP_LEVEL, "NID001"), None);
    // With other names in it, it says the same.
    let mut other = Conversions::new();
    let renamed = String::from_utf8(xml).expect("UTF-8").replace("rncpLevel", "niveau");
    assert_eq!(
        other.read("rncplevel_conversion.xml", renamed.as_bytes(), &tables).map(<[_]>::len),
        Ok(0)
    );
    assert_eq!(other, conversions);
}

/// The originals of the nomenclatures are not ours to hand on: read where `CORPUS` names their folder.
#[test]
#[ignore = "needs the corpus"]
fn nomenclatures_of_the_corpus() {
    let folder =
        PathBuf::from(std::env::var("CORPUS").expect("CORPUS is set")).join("pegase/source");
    let read = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).expect(name);
        Nomenclatures::read(&Decoded::new(&bytes)).expect(name)
    };
    let types = read("rdd_ref_type_objet_formation.json");
    assert_eq!(types.entries().len(), 8);
    assert_eq!(types.object_types(), pegase::ObjectTypes::new());
    assert!(types.entries().iter().all(|entry| entry.category().is_some()));
    let degrees = read("rdd_ref_type_diplome.json");
    let degree = &degrees.entries()[0];
    let codes = [&degree.code, &degree.cursus, &degree.level, &degree.nature, &degree.bcn_code];
    let codes: Vec<_> = codes.into_iter().map(|code| code.as_deref().expect("a code")).collect();
    assert_eq!(codes, ["TYD001", "GRC001", "NIF004", "NAD001", "ND"]);
    let kind = read("rdd_ref_type_formation.json");
    assert_eq!(
        (kind.entries()[0].code.as_deref(), kind.entries()[0].label()),
        (Some("2"), Some("Qualifiante"))
    );
}
