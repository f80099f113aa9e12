//! What the generator of maquettes promises about its files.

use std::collections::{HashMap, HashSet};
use std::io;

use benches::contenders::maquette::CONTENDERS;
use benches::counts::MaquetteCounts;
use benches::generate::Generated;
use benches::generate::maquette::{Shape, generate};
use benches::measure::agreed_counts;
use edu_syntax::Decoded;
use odf_model::Tables;
use pegase::{Alert, AlertKind, Importer, MaquetteReader};
use serde_json::Value;

const OBJECTS: u64 = 20_000;

const SHAPE: Shape = Shape { objects: OBJECTS, is_lean: false, is_pretty: false };

fn file(shape: Shape, seed: u64) -> (String, Generated<MaquetteCounts>) {
    let mut out = Vec::new();
    let generated = generate(&mut out, shape, seed).expect("memory takes everything");
    (String::from_utf8(out).expect("the file is UTF-8"), generated)
}

fn alerts(text: &str) -> Vec<Alert> {
    let decoded = Decoded::from(text);
    let maquette = MaquetteReader::new().read(&decoded).expect("it is a maquette");
    Importer::new(&Tables::new()).import(&maquette).alerts
}

#[test]
fn a_seed_gives_the_same_file_and_another_seed_another() {
    let shape = Shape { objects: 1_000, ..SHAPE };
    assert_eq!(file(shape, 7), file(shape, 7));
    assert_ne!(file(shape, 7).0, file(shape, 8).0);
}

#[test]
fn the_counts_are_those_that_every_reader_finds() {
    for objects in [1, 2, 50, 2_000] {
        for is_lean in [false, true] {
            let (text, generated) = file(Shape { objects, is_lean, ..SHAPE }, 1);
            assert_eq!(text.len() as u64, generated.file_bytes);
            assert_eq!(generated.counts.object, objects);
            assert_eq!(agreed_counts(CONTENDERS, &text).expect("it is read"), generated.counts);
        }
    }
}

#[test]
fn a_pretty_file_says_the_same() {
    let shape = Shape { objects: 300, ..SHAPE };
    let [plain, pretty] = [shape, Shape { is_pretty: true, ..shape }].map(|shape| file(shape, 1).0);
    let [plain, pretty] = [plain, pretty].map(|text| {
        let value: Value = serde_json::from_str(&text).expect("it is JSON");
        (value, text.lines().count())
    });
    assert_eq!(plain.0, pretty.0);
    assert_eq!(plain.1, 1);
    assert!(pretty.1 > 300 * 50);
}

#[test]
fn the_tree_has_ten_levels_and_shared_units_are_the_same_everywhere() {
    fn walk<'v>(object: &'v Value, depth: usize, look: &mut dyn FnMut(&'v Value, usize)) {
        look(object, depth);
        for link in object["enfants"].as_array().expect("it has children") {
            walk(&link["objetMaquette"], depth + 1, look);
        }
    }
    let (text, _) = file(SHAPE, 1);
    let root: Value = serde_json::from_str(&text).expect("it is JSON");
    let (mut deepest, mut repeated, mut ids) = (0, 0, HashMap::new());
    walk(&root, 1, &mut |object, depth| {
        deepest = deepest.max(depth);
        let same = (&object["id"], &object["descripteursObjetMaquette"]);
        if let Some(first) = ids.insert(object["code"].as_str(), same) {
            assert_eq!(first, same);
            assert_eq!(
                object["mutualise"],
                object["code"].as_str().is_some_and(|it| it.len() == 10)
            );
            repeated += 1;
        }
    });
    assert_eq!(deepest, 10);
    assert!(repeated > OBJECTS / 50, "{repeated} repeated");
    assert_eq!(ids.values().map(|(id, _)| id).collect::<HashSet<_>>().len(), ids.len());
}

#[test]
fn an_import_has_lists_to_make_and_a_few_other_things_to_say() {
    let alerts = alerts(&file(SHAPE, 1).0);
    let is_list = |alert: &&Alert| matches!(alert.kind, AlertKind::OpWithoutGrouping { .. });
    let lists = alerts.iter().filter(is_list).count() as u64;
    let others = alerts.len() as u64 - lists;
    assert!((OBJECTS / 6..OBJECTS / 3).contains(&lists), "{lists} lists");
    let mut by_kind: HashMap<_, u64> = HashMap::new();
    for alert in &alerts {
        *by_kind.entry(alert.kind.as_str()).or_default() += 1;
    }
    assert!((OBJECTS / 200..OBJECTS / 50).contains(&others), "{others} others: {by_kind:?}");
    let kinds: HashSet<_> = alerts.iter().map(|alert| alert.kind.as_str()).collect();
    for kind in [
        "auto-list-mixed-obligation",
        "choice-range-invalid",
        "label-too-long",
        "sync-code-invalid",
        "unknown-object-type",
        "unmatched-reference",
        "value-not-readable",
    ] {
        assert!(kinds.contains(kind), "no {kind} among {kinds:?}");
    }
}

#[test]
fn a_full_disk_is_an_error() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let result = generate(Full, Shape { objects: 1, ..SHAPE }, 1);
    assert_eq!(result.map_err(|error| error.kind()), Err(io::ErrorKind::StorageFull));
}
