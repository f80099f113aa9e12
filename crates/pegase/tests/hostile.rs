//! Maquettes made to do harm: they are read, soon, and it is said what was left out.

#![cfg(feature = "serde")]
#![expect(clippy::disallowed_types, reason = "how the time grows is what is tested")]

#[path = "support/tables.rs"]
mod tables;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use edu_syntax::Decoded;
use pegase::{Importer, Limits, MaquetteReader, edu_syntax, rules::check};
use tables::tables;

/// How many contents an import gives, and the codes of its alerts.
type Size = (usize, BTreeMap<&'static str, usize>);

fn import_within(limits: Limits, text: &str) -> Size {
    let decoded = Decoded::from(text);
    let maquette = MaquetteReader::new().with_limits(limits).read(&decoded).expect("a maquette");
    let mut findings = 0_u32;
    check(&maquette, &mut |_| findings += 1);
    let import = Importer::new(tables()).import(&maquette);
    let mut codes = BTreeMap::new();
    for alert in &import.alerts {
        *codes.entry(alert.kind.rule().code).or_default() += 1;
    }
    (import.catalogue.len(), codes)
}

fn import(text: &str) -> Size {
    import_within(Limits::default(), text)
}

fn deep(depth: u32) -> Limits {
    let mut limits = Limits::default();
    limits.depth = depth;
    limits
}

fn size<const N: usize>(contents: usize, alerts: [(&'static str, usize); N]) -> Size {
    (contents, alerts.into())
}

const FORMATION: &str =
    r#""code":"LIC","type":"FormationEntity","descripteursObjetMaquette":{"typeFormation":"0"}"#;

/// A formation in the form of the import function, with what stands in its list of children.
fn formation(children: &str) -> String {
    format!(r#"{{{FORMATION},"enfants":[{children}]}}"#)
}

/// A link to an object of a type.
fn link(code: impl std::fmt::Display, object_type: &str, children: &str) -> String {
    format!(
        r#"{{"objetMaquette":{{"code":"{code}","type":"ObjetFormationEntity","descripteursObjetMaquette":{{"typeObjetFormation":"{object_type}"}},"enfants":[{children}]}}}}"#
    )
}

fn grouping(code: impl std::fmt::Display, children: &str) -> String {
    format!(
        r#"{{"objetMaquette":{{"code":"{code}","type":"GroupementEntity","enfants":[{children}]}}}}"#
    )
}

fn links(n: usize, link: impl Fn(usize) -> String) -> String {
    (0..n).map(link).collect::<Vec<_>>().join(",")
}

/// Groupings in each other.
fn nested(levels: usize) -> String {
    let mut text = format!(r#"{{{FORMATION},"enfants":["#);
    for level in 0..levels {
        let _ = write!(
            text,
            r#"{{"objetMaquette":{{"code":"G{level}","type":"GroupementEntity","enfants":["#
        );
    }
    text + &"]}}".repeat(levels) + "]}"
}

/// The same as a structure.
fn structure(levels: usize) -> String {
    let mut text = r#"{"racine":{"code":"LIC","classe":"F","enfants":["#.to_owned();
    for level in 0..levels {
        let _ = write!(
            text,
            r#"{{"obligatoire":true,"objetMaquette":{{"code":"G{level}","classe":"G","enfants":["#
        );
    }
    text + &"]}}".repeat(levels) + "]}}"
}

/// The same as a tree of the older generation.
fn tree(levels: usize) -> String {
    let mut text =
        r#"{"arbreFormation":{"code":"LIC","type":{"code":"0"},"listeGroupement":["#.to_owned();
    for level in 0..levels {
        let _ = write!(text, r#"{{"code":"G{level}","listeGroupement":["#);
    }
    text + &"]}".repeat(levels) + "]}}"
}

/// The same as details, which name their children.
fn details(levels: usize) -> String {
    let mut text = r#"[{"id":"F","typeObjetMaquette":"FORMATION","code":"LIC","descripteursObjetMaquette":{"type":"0"},"enfants":[{"id":"0"}]}"#.to_owned();
    for level in 0..levels {
        let _ = write!(
            text,
            r#",{{"id":"{level}","typeObjetMaquette":"GROUPEMENT","code":"G{level}","descripteursObjetMaquette":{{}},"enfants":[{{"id":"{}"}}]}}"#,
            level + 1
        );
    }
    text + "]"
}

#[test]
fn levels_of_objects() {
    for (text, infos) in [(nested(10_000), 0), (structure(10_000), 1), (tree(10_000), 0)] {
        let (contents, alerts) = import(&text);
        assert_eq!((contents, alerts.get("PG-F05")), (200, Some(&1)));
        assert_eq!(alerts.values().sum::<usize>(), 1 + infos, "{alerts:?}");
        // The last grouping is empty.
        let (contents, alerts) = import_within(deep(20_000), &text);
        assert_eq!((contents, alerts.get("PG-I05")), (10_001, Some(&1)));
        assert_eq!(alerts.values().sum::<usize>(), 1 + infos, "{alerts:?}");
    }
}

#[test]
fn links_from_one_object_to_the_next() {
    let chain = details(10_000);
    let circle = chain.replace(r#"[{"id":"10000"}]"#, r#"[{"id":"0"}]"#);
    for (text, last) in [(chain, "PG-S02"), (circle, "PG-S01")] {
        assert_eq!(import(&text), size(200, [("PG-F05", 1)]));
        assert_eq!(import_within(deep(20_000), &text), size(10_001, [(last, 1)]));
    }
}

#[test]
fn levels_of_what_is_not_known() {
    let n = 100_000;
    for value in [
        "[".repeat(n) + &"]".repeat(n),
        r#"{"a":"#.repeat(n) + "1" + &"}".repeat(n),
        r#"[{"a":"#.repeat(n) + "1" + &"}]".repeat(n),
    ] {
        for name in ["x", "descripteursSyllabus", "formatsEnseignement", "mutualise", "code"] {
            let text = formation("").replacen(
                r#""enfants""#,
                &format!(r#""{name}":{value},"enfants""#),
                1,
            );
            let (contents, alerts) = import(&text);
            let is_wrong =
                !["x", "formatsEnseignement"].contains(&name) && alerts.contains_key("PG-V05");
            let is_passed_over = ["x", "formatsEnseignement"].contains(&name) && alerts.is_empty()
                || name == "descripteursSyllabus" && alerts.is_empty();
            assert!(contents == 1 && (is_wrong || is_passed_over), "{name} {alerts:?}");
        }
        // The value alone, and cut off.
        let decoded = Decoded::from(value.as_str());
        assert!(MaquetteReader::new().read(&decoded).is_err());
        let decoded = Decoded::from(&value[..value.len() / 2]);
        assert!(MaquetteReader::new().read(&decoded).is_err());
    }
}

#[test]
fn a_hundred_thousand_children() {
    let courses = links(100_000, |number| link(number, "UE", ""));
    assert_eq!(import(&formation(&courses)), size(100_002, [("PG-I01", 1)]));
    let text = formation(&grouping("G", &courses));
    assert_eq!(import(&text), size(100_002, []));
    let same = links(100_000, |_| link("U", "UE", ""));
    assert_eq!(import(&formation(&grouping("G", &same))), size(3, [("PG-S03", 99_999)]));
}

/// A child that is there is not lost because a link names another one.
#[test]
fn a_link_that_names_one_child_and_holds_another() {
    let child = link("S", "SEMESTRE", r#"{"id":"none"}"#).replacen(
        r#""objetMaquette""#,
        r#""id":"other","objetMaquette""#,
        1,
    );
    assert_eq!(import(&formation(&child)), size(2, [("PG-S02", 1)]));
}

#[test]
fn fifty_thousand_alerts() {
    let text = formation(&links(50_000, |number| link(number, "TRIMESTRE", "")));
    assert_eq!(import(&text), size(1, [("PG-I04", 50_000)]));
    let text = formation(&links(50_000, |number| link(number, "SEMESTRE", &link("u", "UE", ""))));
    let (contents, alerts) = import(&text);
    assert_eq!((contents, alerts["PG-I01"]), (100_002, 50_000));
}

/// Objects that hold all objects of the next level: more ways than can be counted, and few objects.
#[test]
fn many_ways() {
    let mut text = r#"[{"id":"F","typeObjetMaquette":"FORMATION","code":"LIC","descripteursObjetMaquette":{"type":"0"},"enfants":[{"id":"0-0"}]}"#.to_owned();
    for level in 0..100 {
        for number in 0..10 {
            let next: Vec<_> =
                (0..10).map(|next| format!(r#"{{"id":"{}-{next}"}}"#, level + 1)).collect();
            let next = if level == 99 { String::new() } else { next.join(",") };
            let _ = write!(
                text,
                r#",{{"id":"{level}-{number}","typeObjetMaquette":"OBJET-FORMATION","code":"S-{level}-{number}","descripteursObjetMaquette":{{"type":"SEMESTRE"}},"enfants":[{next}]}}"#
            );
        }
    }
    let (contents, alerts) = import(&(text + "]"));
    // Of the first level only one is reached.
    assert_eq!((contents, alerts), size(992, [("PG-F07", 9)]));
}

#[test]
fn nothing_but_one_piece() {
    for piece in
        ["[", "{", "]", "}", ",", ":", "\"", "{\"a\":", "\u{0}", "1", "-", "null", "\\", "é"]
    {
        for n in [1, 2, 20_000] {
            let text = piece.repeat(n);
            let decoded = Decoded::from(text.as_str());
            assert!(MaquetteReader::new().read(&decoded).is_err(), "{piece}");
            let text = formation(&text);
            let decoded = Decoded::from(text.as_str());
            _ = MaquetteReader::new().read(&decoded).map(|it| Importer::new(tables()).import(&it));
        }
    }
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Whether a run with four times the length takes more than twice the time of four runs.
fn is_slow(short: impl Fn(), long: impl Fn()) -> bool {
    // Another program may take the processor from the longer run; five times is no accident.
    (0..5).all(|_| time(&long) > time(|| (0..4).for_each(|_| short())) * 2)
}

/// What an input is, a length, and what makes an input of that length.
type Growing = (&'static str, usize, fn(usize) -> String);

/// An object with a list in a member.
fn with(n: usize, name: &str, item: &str) -> String {
    let items = vec![item; n].join(",");
    formation("").replacen(r#""enfants""#, &format!(r#""{name}":[{items}],"enfants""#), 1)
}

const CASES: [Growing; 20] = [
    ("courses", 2000, |n| formation(&links(n, |number| link(number, "UE", "")))),
    ("courses of a grouping", 2000, |n| {
        formation(&grouping("G", &links(n, |number| link(number, "UE", ""))))
    }),
    ("lists that are made", 1000, |n| {
        formation(&links(n, |it| link(format!("S{it}"), "SEMESTRE", &link(it, "UE", ""))))
    }),
    ("codes of lists that are taken", 1000, |n| {
        formation(&links(n, |it| {
            link(format!("S{it}"), "SEMESTRE", &link(format!("S{it}-list"), "UE", ""))
        }))
    }),
    ("types that are not known", 2000, |n| formation(&links(n, |it| link(it, "X", "")))),
    ("the same object", 2000, |n| formation(&links(n, |_| link("S", "SEMESTRE", "")))),
    ("the same grouping with courses", 300, |n| {
        let courses = links(10, |it| link(it, "UE", ""));
        formation(&links(n, |it| link(format!("S{it}"), "SEMESTRE", &grouping("G", &courses))))
    }),
    ("objects that differ", 1000, |n| {
        formation(&links(n, |it| link("S", if it % 2 == 0 { "SEMESTRE" } else { "ANNEE" }, "")))
    }),
    ("no codes", 2000, |n| formation(&links(n, |_| link("", "SEMESTRE", "")))),
    ("no codes in the details", 2000, |n| {
        let object =
            r#"{"typeObjetMaquette":"GROUPEMENT","descripteursObjetMaquette":{},"enfants":[]}"#;
        format!("[{}]", vec![object; n].join(","))
    }),
    ("no codes and one id", 1000, |n| {
        formation(&links(n, |_| {
            link("", "SEMESTRE", "").replace(r#""code""#, r#""id":"X","code""#)
        }))
    }),
    ("bad links behind alerts", 500, |n| {
        formation(&links(n, |it| {
            let link = link(format!("a{it}"), "SEMESTRE", "").replace(r#","enfants":[]"#, "");
            link.replace("}}}", r#"}},"obligatoire":7}"#)
        }))
    }),
    ("bad codes", 2000, |n| formation(&links(n, |it| link(format!("a{it}"), "SEMESTRE", "")))),
    ("a circle", 1000, |n| details(n).replace(&format!(r#"[{{"id":"{n}"}}]"#), r#"[{"id":"0"}]"#)),
    ("children that are not there", 3000, |n| {
        let link = r#"{"id":"none"}"#;
        details(1).replace(r#"{"id":"0"}]"#, &format!("{}]", vec![link; n].join(",")))
    }),
    ("details that nothing leads to", 2000, |n| {
        details(n).replace(r#""enfants":[{"id":"0"}]"#, r#""enfants":[]"#)
    }),
    ("values of a survey", 3000, |n| {
        let values = vec![r#""DOF999""#; n].join(",");
        formation("").replacen(
            r#""enfants""#,
            &format!(
                r#""descripteursEnquete":{{"enqueteSise":{{"domaineFormation":[{values}]}}}},"enfants""#
            ),
            1,
        )
    }),
    ("contexts", 2000, |n| {
        with(n, "contextes", r#"{"chemin":["a"],"descripteursContexte":{"ects":6}}"#)
    }),
    ("contexts that are none", 3000, |n| with(n, "contextes", "1")),
    ("children that are none", 3000, |n| formation(&vec!["1"; n].join(","))),
];

#[test]
fn it_takes_time_by_the_length() {
    let is_slow = |(_, n, make): &&Growing| {
        let (short, long) = (make(*n), make(4 * n));
        is_slow(|| _ = import(&short), || _ = import(&long))
    };
    let slow: Vec<_> = CASES.iter().filter(is_slow).map(|(what, ..)| *what).collect();
    assert_eq!(slow, [""; 0]);
}

/// Alerts at the end of a long way each know the way; that costs no more than a level is allowed to cost.
#[test]
fn alerts_below_each_other() {
    let chain = |levels: usize| {
        let mut inner = String::new();
        for level in (0..levels).rev() {
            inner = link(level, "UE", &inner);
        }
        formation(&inner)
    };
    let (contents, alerts) = import(&chain(199));
    assert_eq!((contents, alerts["PG-I01"]), (399, 199));
}
