//! Who may do what.

use pegase::odf_model::{Code, Kind};
use pegase::{Action, AlertKind, Request};

use crate::check::socle;
use crate::support::{Node, alerts, grp, import_by, lic, of, path, sem, shown, ue};

/// What is refused, and what is left.
fn refuse(node: &Node, refuses: impl Fn(&Request<'_>) -> bool) -> (Vec<String>, Vec<String>) {
    let policy = |request: &Request<'_>| !refuses(request);
    let import = import_by(node.text().as_bytes(), |importer| importer.with_policy(&policy));
    let contents = import.catalogue.iter().map(|content| content.code.to_string()).collect();
    (contents, alerts(&import))
}

#[test]
fn d21_each_kind_can_be_refused() {
    let node = lic([path("P", [sem("S", [grp("G", [ue("U", [of("EC", "E", ())])])])])]);
    for (kind, contents, refused) in [
        (Kind::Program, &[][..], "LIC"),
        (Kind::SubProgram, &["LIC"], "P"),
        (Kind::Container, &["LIC", "P"], "S"),
        (Kind::CourseList, &["LIC", "P", "S"], "G"),
        (Kind::Course, &["LIC", "P", "S", "G"], "U"),
    ] {
        let (found, said) = refuse(&node, |request| request.kind == kind);
        assert_eq!(found, contents, "{kind:?}");
        assert_eq!(said, [format!("not-allowed-by-policy {refused}")], "{kind:?}");
    }
}

#[test]
fn d21_a_refused_list_stops_its_courses() {
    let node = lic([sem("S", [ue("A", ()), ue("B", ())]), socle()]);
    let (found, said) = refuse(&node, |request| request.code.as_str() == "S-list");
    assert_eq!(found, ["LIC", "S", "SOCLE", "ALGO"]);
    assert_eq!(said, ["not-allowed-by-policy S"]);
    // Where no course is left, no list is made.
    let (found, said) = refuse(&node, |request| ["A", "B"].contains(&request.code.as_str()));
    assert_eq!(found, ["LIC", "S", "SOCLE", "ALGO"]);
    assert_eq!(said, ["not-allowed-by-policy A", "not-allowed-by-policy B"]);
}

#[test]
fn d21_a_list_is_of_the_courses_that_are_left() {
    let node = lic([(ue("A", ()), true), (ue("B", ()), false)]);
    let policy = |request: &Request<'_>| request.code.as_str() != "A";
    let import = import_by(node.text().as_bytes(), |importer| importer.with_policy(&policy));
    let contents = ["LIC Program Diplome [LIC-list]", "LIC-list OPTIONAL [B]", "B UE"];
    assert_eq!(shown(&import), contents);
    assert_eq!(alerts(&import), ["op-without-grouping LIC", "not-allowed-by-policy A"]);
}

#[test]
fn d21_what_is_refused_on_one_path_may_be_there_on_another() {
    let shared = || grp("G", [ue("U", ())]);
    let node = lic([sem("S1", [shared()]), sem("S2", [shared()])]);
    let is_below = |request: &Request<'_>| {
        request.kind == Kind::CourseList && request.ancestors.iter().any(|it| it.as_str() == "S1")
    };
    let (found, said) = refuse(&node, is_below);
    assert_eq!(found, ["LIC", "S1", "S2", "G", "U"]);
    assert_eq!(said, ["not-allowed-by-policy G"]);
}

#[test]
fn d21_components_are_inherited() {
    let node = lic([
        path("P", [sem("S", [ue("A", ())])]).with("structurePrincipale", "IUT"),
        path("Q", [sem("T", [ue("B", ()).with("structurePrincipale", "IAE")])]),
    ])
    .with("structurePrincipale", "UFR");
    let seen = std::cell::RefCell::new(Vec::new());
    let policy = |request: &Request<'_>| {
        let ancestors: Vec<_> = request.ancestors.iter().map(Code::as_str).collect();
        let component = request.component.unwrap_or("-");
        seen.borrow_mut().push(format!("{} {component} {}", request.code, ancestors.join(">")));
        assert_eq!(request.action, Action::Import);
        true
    };
    _ = import_by(node.text().as_bytes(), |importer| importer.with_policy(&policy));
    let mut seen = seen.into_inner();
    seen.sort();
    seen.dedup();
    let expected = [
        "A IUT LIC>P>S>S-list",
        "B IAE LIC>Q>T>T-list",
        "LIC UFR ",
        "P IUT LIC",
        "Q UFR LIC",
        "S IUT LIC>P",
        "S-list IUT LIC>P>S",
        "T UFR LIC>Q",
        "T-list UFR LIC>Q>T",
    ];
    assert_eq!(seen, expected);
}

#[test]
fn what_is_known_is_synchronised() {
    let node = lic([sem("S", ()), path("P", ())]);
    let is_known = |code: &str| code == "P";
    let policy = |request: &Request<'_>| request.action == Action::Import;
    let import = import_by(node.text().as_bytes(), |importer| {
        importer.with_policy(&policy).with_known(&is_known)
    });
    let (action, target) = (Action::Synchronise, Kind::SubProgram);
    assert_eq!(alerts(&import), ["not-allowed-by-policy P"]);
    assert_eq!(import.alerts[0].kind, AlertKind::NotAllowedByPolicy { action, target });
}
