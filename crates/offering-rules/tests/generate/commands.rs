//! What is made of a matrix as a whole, and what is not.

use edu_diagnostics::Severity;
use offering_rules::{Command, Kind, Layout, Predicate, RegistrationKind, Status, Term};

use crate::build::{
    active, column, date, expressions, generate, generator, marked, matrix, of_columns, own,
    prerequisite, set, with, with_users,
};

#[test]
fn the_order_of_conditions_makes_no_other_rule() {
    let [one, other] = [["/Root/Org/A", "/Root/Org/B"], ["/Root/Org/B", "/Root/Org/A"]]
        .map(|courses| with(marked(active(&["0"])), courses.map(prerequisite)));
    let (commands, findings) = generate(&generator(), &of_columns(vec![one, other]));
    let codes: Vec<_> = findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["OR-R07"]);
    let [adds, removals] = expressions(&commands.unwrap());
    assert_eq!((adds.len(), removals.len()), (1, 1), "{adds:?} {removals:?}");
    let [auto, own] = [RegistrationKind::Auto, RegistrationKind::BySelf];
    let columns = [[auto.clone(), own.clone()], [own, auto]].map(|kinds| {
        let kinds = Predicate::TypeOfMostRecentlyCompletedRegistration(kinds.to_vec());
        with(marked(active(&["0"])), [Term::of(kinds)])
    });
    let (commands, _) = generate(&generator(), &of_columns(columns.to_vec()));
    let [adds, removals] = expressions(&commands.unwrap());
    assert_eq!((adds.len(), removals.len()), (1, 2), "{adds:?} {removals:?}");
}

#[test]
fn conditions_are_counted_in_the_rules_that_have_them() {
    let users = || marked(with_users(active(&["0"]), &["a", "b", "c"]));
    // Three rules of two conditions, said twice, and one of one. A user counts as a condition, and so does a rule
    // for all users.
    let adds = 3 * 2 + 2;
    // One rule denies `0` and `1`, one the three users and `1`.
    let removals = (2 + 1) + (4 + 1);
    let made = |limit| {
        let generator = generator().with_condition_limit(limit);
        generate(&generator, &of_columns(vec![users(), users(), active(&["1"])])).0.is_some()
    };
    assert_eq!([made(adds + removals), made(adds + removals - 1)], [true, false]);
}

#[test]
fn nothing_is_made_of_an_incomplete_matrix() {
    let mut matrix = of_columns(vec![active(&["0"])]);
    matrix.is_incomplete = true;
    let (commands, findings) = generate(&generator(), &matrix);
    assert_eq!(commands, None);
    let sentence = "the matrix could not be read as a whole: no commands are made".to_owned();
    assert_eq!(own(&findings), [("OR-G01", Severity::Error, sentence)]);
}

#[test]
fn the_same_rule_is_added_once() {
    let matrix = of_columns(vec![
        with_users(active(&[]), &["a", "b"]),
        with_users(active(&[]), &["b", "c"]),
        with_users(column("/Root/Org/D", Some(Status::Active), &[]), &["b"]),
    ]);
    let (commands, _) = generate(&generator(), &matrix);
    let [adds, _] = expressions(&commands.unwrap());
    assert_eq!(adds, ["C: IsUser(a)", "C: IsUser(b)", "C: IsUser(c)", "D: IsUser(b)"]);
}

#[test]
fn processing_is_paused_around_changes() {
    let matrix = of_columns(vec![
        active(&["0"]),
        column("/Root/Org/D", Some(Status::Deactivated), &[]),
        column("/Root/Org/E", None, &["0"]),
        active(&["1"]),
    ]);
    let generator = generator().with_processing(true);
    let commands = generate(&generator, &matrix).0.unwrap();
    let again =
        |course: &str| Command::ReEvaluate { kind: Kind::Instructor, course: course.into() };
    assert_eq!(commands.len(), 1 + 4 + 2 + 2 + 1);
    assert_eq!(commands[0], Command::Pause);
    assert_eq!(commands[7..], [again("/Root/Org/C"), again("/Root/Org/D"), Command::Continue]);

    let prepared = of_columns(vec![column("/Root/Org/E", None, &["0"])]);
    assert_eq!(generate(&generator, &prepared).0, Some(Vec::new()));
}

#[test]
fn a_status_that_the_kind_does_not_have_is_an_error() {
    // The rule of an active instructor says nothing of registrations: students would be registered for ever.
    let cases = [
        (Kind::Instructor, Status::Other("Aktiv".to_owned())),
        (Kind::Instructor, Status::OneTime),
        (Kind::Instructor, Status::WithoutReRegistration),
        (Kind::Registration, Status::Active),
    ];
    for (kind, status) in cases {
        let mut matrix = matrix(kind, Layout::V4_7, &[("Rank", "Master")]);
        matrix.columns.push(column("/Root/Org/C", Some(status.clone()), &["0"]));
        let (commands, findings) = generate(&generator(), &matrix);
        let codes: Vec<_> = findings.iter().map(|finding| finding.rule.code).collect();
        assert_eq!((commands, codes), (None, vec!["OR-C03"]), "{status:?}");
    }
}

#[test]
fn a_mark_for_no_value_is_a_condition_that_is_missing() {
    let mut matrix = of_columns(vec![active(&["0"])]);
    matrix.columns[0].marks[0].value.value = 99;
    let (commands, findings) = generate(&generator(), &matrix);
    assert_eq!(commands, None);
    assert_eq!(own(&findings)[0].0, "OR-G01");
}

#[test]
fn what_is_there_twice_is_written_once() {
    let twice = with(active(&["0"]), [set("A"), date("Start", 3), set("A"), date("Start", 3)]);
    let other = with_users(active(&["0"]), &["eva", "ola", "eva"]);
    let wider = with_users(active(&["0", "1"]), &["eva"]);
    let (commands, _) =
        generate(&generator(), &of_columns(vec![twice, other, wider.clone(), wider]));
    let [added, _] = expressions(&commands.unwrap());
    assert_eq!(
        added,
        [
            "C: ProfileValueIn(F0,v);IsInUserSet(A);OrgProfileDateWithin(Start,3)",
            "C: ProfileValueIn(F0,v);IsUser(eva)",
            "C: ProfileValueIn(F0,v);IsUser(ola)",
            "C: ProfileValueIn(F0,v);ProfileValueIn(F1,v);IsUser(eva)",
        ]
    );
}
