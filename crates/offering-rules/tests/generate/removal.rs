//! Whom removal rules remove.

use edu_diagnostics::Severity;
use offering_rules::{Removal, Status};

use crate::build::{
    active, column, date, expressions, generate, generator, marked, of_columns, own, prerequisite,
    removals, with, with_users,
};

#[test]
fn every_column_of_a_course_protects_its_users() {
    let (rules, codes) = removals(&generator(), vec![marked(active(&["0"])), active(&["1", "!2"])]);
    assert_eq!(rules, ["!(F0,v);!(F1,v)", "!(F0,v);(F2,v)"]);
    assert_eq!(codes, ["OR-G03"]);
    // Without a mark there is nothing to remove, and nothing to say.
    assert_eq!(removals(&generator(), vec![active(&["0"]), active(&["1"])]), (vec![], vec![]));
}

#[test]
fn columns_that_are_no_rules_protect_nobody() {
    let columns = vec![
        column("/Root/Org/C", Some(Status::Deactivated), &["1"]),
        marked(active(&["0"])),
        column("/Root/Org/C", None, &["2"]),
        marked(active(&[])),
    ];
    assert_eq!(removals(&generator(), columns), (vec!["!(F0,v)".to_owned()], vec![]));
}

#[test]
fn columns_that_say_the_same_count_once() {
    let unmarked = || active(&["0", "1"]);
    for removal in [Removal::Course, Removal::Column] {
        let generator = generator().with_removal(removal);
        let columns = vec![unmarked(), marked(unmarked()), unmarked()];
        let (commands, findings) = generate(&generator, &of_columns(columns));
        assert_eq!(own(&findings), []);
        let commands = expressions(&commands.unwrap());
        assert_eq!(commands[0].len(), 1);
        assert_eq!(commands[1], ["C: !ProfileValueIn(F0,v)", "C: !ProfileValueIn(F1,v)"]);
    }
}

#[test]
fn users_are_denied_together() {
    let column = marked(with_users(active(&["0"]), &["a", "b", "a"]));
    let (rules, _) = removals(&generator(), vec![column]);
    assert_eq!(rules, ["!(F0,v)", "!IsUser(a);!IsUser(b)"]);
}

#[test]
fn terms_and_rules_are_written_once() {
    // Of the six ways one, F1 and F0, gives the rule of another one, F0 and F1.
    let columns = vec![marked(active(&["0", "1"])), active(&["0", "1", "2"])];
    let (rules, _) = removals(&generator(), columns);
    assert_eq!(
        rules,
        ["!(F0,v)", "!(F0,v);!(F1,v)", "!(F0,v);!(F2,v)", "!(F1,v)", "!(F1,v);!(F2,v)"]
    );
    let columns = vec![marked(active(&["0", "1"])), marked(active(&["1", "2"]))];
    let (rules, _) = removals(&generator().with_removal(Removal::Column), columns);
    assert_eq!(rules, ["!(F0,v)", "!(F1,v)", "!(F2,v)"]);
}

#[test]
fn a_column_without_anything_to_deny_keeps_everybody() {
    let by_date = || with(active(&[]), [date("Start", 3), prerequisite("/Root/Org/D")]);
    assert_eq!(removals(&generator(), vec![marked(by_date())]), (vec![], vec!["OR-G04"]));
    let columns = || vec![marked(active(&["0"])), marked(by_date())];
    assert_eq!(removals(&generator(), columns()), (vec![], vec!["OR-G03", "OR-G04"]));
    let by_column = generator().with_removal(Removal::Column);
    let expected = (vec!["!(F0,v)".to_owned()], vec!["OR-G03", "OR-G04"]);
    assert_eq!(removals(&by_column, columns()), expected);
    // Both ways nobody is removed.
    let columns = || vec![active(&["0"]), marked(by_date())];
    assert_eq!(removals(&generator(), columns()), (vec![], vec!["OR-G04"]));
    assert_eq!(removals(&by_column, columns()), (vec![], vec!["OR-G04"]));
}

#[test]
fn too_many_removal_rules_are_an_error() {
    let columns = || vec![marked(active(&["0", "1"])), active(&["1", "2", "3"])];
    let (commands, findings) = generate(&generator().with_removal_limit(5), &of_columns(columns()));
    assert_eq!(commands, None);
    let sentence = "`/Root/Org/C` (?) would need 6 removal rules, 5 are allowed".to_owned();
    assert_eq!(own(&findings)[1], ("OR-G02", Severity::Error, sentence));
    assert!(generate(&generator().with_removal_limit(6), &of_columns(columns())).0.is_some());
    // By column their number is no product.
    let by_column = generator().with_removal(Removal::Column).with_removal_limit(1);
    assert!(generate(&by_column, &of_columns(columns())).0.is_some());
}

#[test]
fn the_number_of_removal_rules_cannot_overflow() {
    let user = |number: usize| with_users(active(&["0", "1"]), &[&format!("u{number}")]);
    let columns = (0..200).map(user).map(marked).collect();
    let generator = generator().with_removal_limit(usize::MAX);
    let (commands, findings) = generate(&generator, &of_columns(columns));
    assert_eq!(commands, None);
    assert!(own(&findings)[1].2.contains("would need more than 18446744073709551615 removal"));
}
