//! Walks, parents and paths, against what is written down most plainly.

use std::collections::{BTreeSet, HashSet};

use edu_diagnostics::Collector;
use odf_model::{Catalogue, Code, Container, Content, Element, rules};
use proptest::collection::vec;
use proptest::prelude::*;

fn code(number: usize) -> String {
    format!("N{number}")
}

/// Contents with children by number; some numbers are those of no content.
fn catalogue(children: &[Vec<usize>]) -> Catalogue {
    let content = |(number, children): (usize, &Vec<usize>)| {
        Content::new(code(number), "", Element::Container(Container::default()))
            .with_children(children.iter().map(|child| code(*child)))
    };
    children.iter().enumerate().map(content).collect()
}

fn any_graph() -> impl Strategy<Value = Catalogue> {
    vec(vec(0..10_usize, 0..4), 1..8).prop_map(|children| catalogue(&children))
}

/// Links lead to higher numbers only.
fn acyclic_graph() -> impl Strategy<Value = Catalogue> {
    vec(vec(1..4_usize, 0..4), 1..8).prop_map(|steps| {
        let children = |(number, steps): (usize, &Vec<usize>)| {
            steps.iter().map(|step| number + step).collect::<Vec<_>>()
        };
        catalogue(&steps.iter().enumerate().map(children).collect::<Vec<_>>())
    })
}

fn naive_walk(catalogue: &Catalogue, code: &str, depth: usize, out: &mut Vec<(String, usize)>) {
    let Some(content) = catalogue.get(code) else { return };
    if out.iter().any(|(seen, _)| seen == code) {
        return;
    }
    out.push((code.to_owned(), depth));
    for child in &content.children {
        naive_walk(catalogue, child, depth + 1, out);
    }
}

fn naive_paths(
    catalogue: &Catalogue,
    way: &mut Vec<String>,
    to: &str,
    out: &mut BTreeSet<Vec<String>>,
) {
    let last = way.last().cloned().unwrap_or_default();
    if last == to {
        out.insert(way.clone());
    }
    for (child, _) in catalogue.children(&last).filter(|(_, content)| content.is_some()) {
        way.push(child.to_string());
        naive_paths(catalogue, way, to, out);
        way.pop();
    }
}

fn words(path: &[&Code]) -> Vec<String> {
    path.iter().map(ToString::to_string).collect()
}

proptest! {
    #[test]
    fn a_walk_is_preorder(catalogue in any_graph(), root in 0..10_usize) {
        let mut expected = Vec::new();
        naive_walk(&catalogue, &code(root), 0, &mut expected);
        let steps: Vec<_> = catalogue
            .walk(&code(root))
            .map(|step| (step.content.code.to_string(), step.depth))
            .collect();
        prop_assert_eq!(steps, expected);
    }

    #[test]
    fn parents_are_those_that_hold(catalogue in any_graph()) {
        let parents = catalogue.parents();
        for child in (0..10).map(code) {
            let holds = |content: &&Content| content.children.iter().any(|code| *code == *child);
            let expected: Vec<_> = catalogue.iter().filter(holds).map(|it| &it.code).collect();
            prop_assert_eq!(parents.of(&child), expected);
        }
        let roots: Vec<_> = catalogue.roots().map(|root| &root.code).collect();
        let held_by_none = catalogue.iter().map(|it| &it.code).filter(|it| parents.of(it).is_empty());
        prop_assert_eq!(roots, held_by_none.collect::<Vec<_>>());
    }

    #[test]
    fn paths_are_all_ways_down(catalogue in acyclic_graph()) {
        for content in catalogue.iter() {
            let mut expected = BTreeSet::new();
            for root in catalogue.roots() {
                naive_paths(&catalogue, &mut vec![root.code.to_string()], &content.code, &mut expected);
            }
            let paths: Vec<_> = catalogue.paths(&content.code).map(|path| words(&path)).collect();
            let set: BTreeSet<_> = paths.iter().cloned().collect();
            prop_assert_eq!(set.len(), paths.len());
            prop_assert_eq!(set, expected);
        }
    }

    #[test]
    fn paths_follow_links_and_do_not_go_round(catalogue in any_graph()) {
        let parents = catalogue.parents();
        for content in catalogue.iter() {
            let paths: Vec<_> = parents.paths(&content.code).collect();
            prop_assert!(!paths.is_empty());
            prop_assert_eq!(paths.iter().collect::<HashSet<_>>().len(), paths.len());
            for path in paths {
                prop_assert_eq!(path.last(), Some(&&content.code));
                prop_assert_eq!(path.iter().collect::<HashSet<_>>().len(), path.len());
                for link in path.windows(2) {
                    prop_assert!(parents.of(link[1]).contains(&link[0]));
                }
            }
        }
    }

    /// Without the links of `OD-S02` there is no cycle, and without cycles there is no `OD-S02`.
    #[test]
    fn closing_links_are_enough_and_none_is_said_in_vain(catalogue in any_graph()) {
        let links = closing(&catalogue);
        let mut open = catalogue.clone();
        let codes: Vec<_> = catalogue.iter().map(|content| content.code.clone()).collect();
        for code in &codes {
            let content = open.get_mut(code).expect("it is there");
            content.children.retain(|child| !links.contains(&(code.to_string(), child.to_string())));
        }
        prop_assert!(!has_cycle(&open));
        prop_assert_eq!(links.is_empty(), !has_cycle(&catalogue));
        prop_assert!(closing(&open).is_empty());
    }
}

fn closing(catalogue: &Catalogue) -> BTreeSet<(String, String)> {
    let mut found = Collector::new();
    rules::check(catalogue, None, &mut found);
    let value = |finding: &edu_diagnostics::Diagnostic, name| {
        finding.get(name).map(ToString::to_string).unwrap_or_default()
    };
    let links = found.findings().iter().filter(|finding| finding.rule == &rules::CYCLE);
    links.map(|finding| (value(finding, "parent"), value(finding, "child"))).collect()
}

/// Whether a content is left when those without children are taken away one by one.
fn has_cycle(catalogue: &Catalogue) -> bool {
    let mut left: HashSet<&str> = catalogue.iter().map(|content| content.code.as_str()).collect();
    loop {
        let leaf = left
            .iter()
            .copied()
            .find(|code| !catalogue.children(code).any(|(child, _)| left.contains(child.as_str())));
        match leaf {
            Some(leaf) => left.remove(leaf),
            None => return !left.is_empty(),
        };
    }
}
