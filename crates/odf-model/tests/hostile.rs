//! Catalogues made to do harm: soon done, and without a deep stack.

use edu_diagnostics::Collector;
use odf_model::{
    Catalogue, Container, ContainerNature, Content, Element, missing_mandatory, rules,
};

/// A semester with these children.
fn part(code: String, children: impl IntoIterator<Item = String>) -> Content {
    let nature = Some(ContainerNature::Semester);
    let container = Container { nature, period: Some("S".into()), ..Container::default() };
    Content::new(code, "part", Element::Container(container)).with_children(children)
}

fn code(number: usize) -> String {
    format!("N{number}")
}

fn counts(catalogue: &Catalogue) -> Vec<(&'static str, u64)> {
    let mut found = Collector::new().with_limit(10);
    rules::check(catalogue, None, &mut found);
    found.counts().map(|(rule, count)| (rule.code, count)).collect()
}

#[test]
fn a_chain_of_a_hundred_thousand_contents() {
    const LENGTH: usize = 100_000;
    let chain: Catalogue = (0..LENGTH).map(|n| part(code(n), [code(n + 1)])).collect();
    assert_eq!(counts(&chain), [("OD-S03", 1)]);
    assert_eq!(chain.walk("N0").last().map(|step| step.depth), Some(LENGTH - 1));
    let mut paths = chain.paths(&code(LENGTH - 1));
    assert_eq!(paths.next().map(|path| path.len()), Some(LENGTH));
    assert_eq!(paths.next(), None);
    assert_eq!(chain.roots().count(), 1);
    drop(chain.clone());
}

#[test]
fn a_ring_of_a_hundred_thousand_contents() {
    const LENGTH: usize = 100_000;
    let ring: Catalogue = (0..LENGTH).map(|n| part(code(n), [code((n + 1) % LENGTH)])).collect();
    assert_eq!(counts(&ring), [("OD-S02", 1)]);
    assert_eq!(ring.walk("N7").count(), LENGTH);
    assert_eq!(ring.roots().count(), 0);
    assert_eq!(ring.paths("N1").map(|path| path.len()).collect::<Vec<_>>(), [2]);
}

/// Two contents a level, each holding both of the next: 2 to the power of 10,000 paths.
#[test]
fn more_paths_than_can_be_counted() {
    const LEVELS: usize = 10_000;
    let both = |level: usize| [code(2 * level), code(2 * level + 1)];
    let catalogue: Catalogue = (0..LEVELS)
        .flat_map(|level| {
            let children = if level + 1 < LEVELS { both(level + 1).to_vec() } else { vec![] };
            both(level).map(|code| part(code, children.clone()))
        })
        .collect();
    assert_eq!(counts(&catalogue), []);
    assert_eq!(catalogue.walk("N0").count(), 2 * LEVELS - 1);
    let paths = catalogue.paths(&code(2 * LEVELS - 1)).take(100);
    assert!(paths.map(|path| path.len()).eq([LEVELS; 100]));
    assert_eq!(missing_mandatory(catalogue.iter()), []);
}

/// Every content leads to every other one: nothing but cycles.
#[test]
fn all_hold_all() {
    const COUNT: usize = 300;
    let catalogue: Catalogue = (0..COUNT).map(|n| part(code(n), (0..COUNT).map(code))).collect();
    assert_eq!(counts(&catalogue), [("OD-S02", (COUNT * (COUNT + 1) / 2) as u64)]);
    assert_eq!(catalogue.walk("N5").count(), COUNT);
    assert_eq!(catalogue.paths("N299").take(1_000).count(), 1_000);
}

#[test]
fn one_content_with_many_children() {
    const COUNT: usize = 300_000;
    let wide: Catalogue = [part("root".to_owned(), (0..COUNT).map(|n| code(n % 1_000)))]
        .into_iter()
        .chain((0..1_000).map(|n| part(code(n), [])))
        .collect();
    assert_eq!(counts(&wide), [("OD-S04", 1_000)]);
    assert_eq!(wide.walk("root").count(), 1_001);
    assert_eq!(wide.parents().of("N0"), ["root"]);
}
