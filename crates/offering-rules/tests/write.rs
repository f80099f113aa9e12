//! What cannot be written, and how it is said.

use offering_rules::{
    Column, CoursePath, Duration, Kind, Layout, Mark, Matrix, OpfValue, Orientation, Placed,
    Predicate, RegistrationKind, Status, Term, Unit, WriteError, write,
};

fn course(layout: Layout, fill: impl FnOnce(&mut Column)) -> Matrix {
    let mut column = Column { path: CoursePath::new("/Root/Fleet/A").into(), ..Column::default() };
    fill(&mut column);
    let mut matrix = Matrix::new(Kind::Registration, layout);
    matrix.columns.push(column);
    matrix.values.push(OpfValue::new("Vessel", "Aurora"));
    matrix
}

fn condition(predicate: Predicate) -> Matrix {
    course(Layout::V4_7, |column| column.conditions.push(Term::of(predicate).into()))
}

fn refused(matrix: &Matrix) -> String {
    write(matrix, &mut |_| ()).expect_err("it is refused").to_string()
}

#[test]
fn what_has_no_place_is_refused() {
    let users = |layout| course(layout, |column| column.users.push("jberg".to_owned().into()));
    assert!(write(&users(Layout::Extended), &mut |_| ()).is_ok());
    assert_eq!(
        refused(&users(Layout::V4_3)),
        "the layout 4.3 has no row `Users (UserNames)`, which `/Root/Fleet/A` needs"
    );
    let instructor =
        |fill: fn(&mut Column)| Matrix { kind: Kind::Instructor, ..course(Layout::V4_7, fill) };
    let before =
        instructor(|column| column.before_expiry = Duration::new(3, Unit::Days).map(Into::into));
    assert!(matches!(write(&before, &mut |_| ()), Err(WriteError::NoRow { .. })));
    for status in [Status::OneTime, Status::Other("Active".to_owned())] {
        let mut matrix = instructor(|_| ());
        matrix.columns[0].status = Some(status.into());
        assert!(matches!(write(&matrix, &mut |_| ()), Err(WriteError::Status { .. })));
    }
    let user = condition(Predicate::IsUser("jberg".to_owned()));
    assert!(matches!(write(&user, &mut |_| ()), Err(WriteError::Condition { .. })));
}

#[test]
fn the_older_rule_has_a_word_in_the_older_format_only() {
    let mut matrix =
        course(Layout::V4_3, |column| column.status = Some(Status::WithoutReRegistration.into()));
    assert!(matches!(write(&matrix, &mut |_| ()), Err(WriteError::Status { .. })));
    matrix.orientation = Orientation::Old;
    assert!(write(&matrix, &mut |_| ()).is_ok());
    // A type beside it needs the row in which the older rule has no word.
    matrix
        .columns
        .push(Column { status: Some(Status::OneTime.into()), ..matrix.columns[0].clone() });
    assert!(matches!(write(&matrix, &mut |_| ()), Err(WriteError::Status { .. })));
}

#[test]
fn two_in_one_place_are_refused() {
    let mark = |value| Placed::from(Mark { value, is_excluded: false });
    for marks in [vec![mark(0), mark(0)], vec![mark(1)]] {
        let matrix = course(Layout::V4_3, |column| column.marks = marks);
        assert!(matches!(write(&matrix, &mut |_| ()), Err(WriteError::Place { .. })));
    }
    let sets =
        ["Crew", "Guests"].map(|set| Term::of(Predicate::IsInUserSet(set.to_owned())).into());
    let matrix = course(Layout::V4_7, |column| column.conditions = sets.to_vec());
    assert!(matches!(write(&matrix, &mut |_| ()), Err(WriteError::Place { .. })));
}

#[test]
fn words_that_are_not_known_are_refused() {
    let kinds = Predicate::TypeOfMostRecentlyCompletedRegistration;
    for predicate in [
        kinds(Vec::new()),
        kinds(vec![RegistrationKind::Other("Robot".to_owned())]),
        // It would be read as the word that is known.
        kinds(vec![RegistrationKind::Other("Auto".to_owned())]),
        Predicate::OrgProfileDateWithin { field: "Sign On".to_owned(), days: 100_000 },
    ] {
        assert!(matches!(write(&condition(predicate), &mut |_| ()), Err(WriteError::Text { .. })));
    }
    let mut matrix = condition(kinds(vec![RegistrationKind::Auto]));
    assert!(write(&matrix, &mut |_| ()).is_ok());
    matrix.columns[0].conditions[0].value.is_negated = true;
    assert!(matches!(write(&matrix, &mut |_| ()), Err(WriteError::Text { .. })));
}

#[test]
fn columns_that_are_empty_are_left_out() {
    let mut matrix = course(Layout::V4_3, |_| ());
    let text = write(&matrix, &mut |_| ()).unwrap();
    matrix.columns.insert(0, Column::default());
    assert_eq!(write(&matrix, &mut |_| ()).unwrap(), text);
}

#[test]
fn what_could_not_be_read_is_not_lost_by_writing() {
    let matrix = Matrix { is_incomplete: true, ..course(Layout::V4_3, |_| ()) };
    assert_eq!(write(&matrix, &mut |_| ()), Err(WriteError::Incomplete));
}
