//! Rules and expressions as text.

use offering_rules::{
    Action, CoursePath, Duration, Expression, OfferingRule, ParseRuleError, Predicate,
    RegistrationKind, Term, Unit,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn expression(text: &str) -> Expression {
    text.parse().expect(text)
}

fn only(text: &str) -> Predicate {
    let mut terms = expression(text).terms;
    assert_eq!(terms.len(), 1, "{text}");
    terms.remove(0).predicate
}

fn other(name: &str, arguments: &str) -> Predicate {
    Predicate::Other { name: name.to_owned(), arguments: arguments.to_owned() }
}

#[test]
fn the_example_of_the_documentation() {
    let text = "RegisterStudent(/Root/Org/course1):ProfileValueIn(Role,OED Line-boat operator|OED Line-handler);HasNoRegistration()";
    let rule: OfferingRule = text.parse().unwrap();
    let roles = ["OED Line-boat operator", "OED Line-handler"];
    let terms = vec![
        Term::of(Predicate::profile_value_in("Role", roles)),
        Term::of(Predicate::HasNoRegistrations),
    ];
    assert_eq!(rule.action, Action::RegisterStudent);
    assert_eq!(rule.course, CoursePath::new("/Root/Org/course1"));
    assert_eq!(rule.expression, Expression { terms });
    assert_eq!(rule.to_string(), text.replace("HasNoRegistration()", "HasNoRegistrations()"));
}

#[test]
fn every_predicate_has_a_spelling() {
    let texts = [
        "HasNoRegistrations()",
        "!HasActiveRegistrations()",
        "HasCompletedRegistrations()",
        "CertificateWillExpire(Crane5Y,180d)",
        "CertificateWillExpire(Crane5Y)",
        "ProfileValueIn(Rank,Cook [Galley]|Master)",
        "!ProfileValueIn(Vessel,Shore)",
        "!MostRecentRegistrationCompletedFor(/Root/Org/A b)",
        "CompletedForSinceCurrentCompletion(/Root/Org/A)",
        "CertificateWillExpireInCourse(/Root/Org/A,Tank3Y,2m)",
        "ProfileChangedSinceLastCompletion(Vessel)",
        "IsUser(jberg)",
        "!IsInUserSet(All Captains)",
        "OrgProfileDateWithin(Sign On Date,-30)",
        "TypeOfMostRecentlyCompletedRegistration(Historical|Self|Sideways)",
    ];
    for text in texts {
        let term = expression(text).terms.remove(0);
        assert!(!matches!(term.predicate, Predicate::Other { .. }), "{text}");
        assert_eq!(term.to_string(), text);
    }
    assert_eq!(expression(&texts.join(";")).to_string(), texts.join(";"));
}

#[test]
fn what_is_not_known_stays_as_it_was() {
    for (name, arguments) in [
        ("IsInGroup", "All users"),
        ("isuser", "jberg"),
        ("HasNoRegistrations", "x"),
        ("IsUser", ""),
        ("IsUser", "a|b"),
        ("IsUser", "a,b"),
        ("ProfileValueIn", "Rank"),
        ("ProfileValueIn", "Rank, a | "),
        ("ProfileValueIn", "Rank,a,b"),
        ("ProfileValueIn", "Ra:nk,a"),
        ("OrgProfileDateWithin", "Date;30"),
        ("OrgProfileDateWithin", "Date,soon"),
        ("CertificateWillExpire", "Crane5Y,1d2m"),
        ("CertificateWillExpireInCourse", "/Root,Crane5Y"),
        ("MostRecentRegistrationCompletedFor", " "),
        ("TypeOfMostRecentlyCompletedRegistration", "Auto|"),
    ] {
        let text = format!("{name}({arguments})");
        assert_eq!(only(&text), other(name, arguments));
        assert_eq!(expression(&text).to_string(), text);
    }
}

#[test]
fn white_space_around_separators_is_no_part_of_anything() {
    let spaced = " \tRegisterStudent ( /Root/A b ) : ! ProfileValueIn ( Rank , Able Seaman |\r\n Bosun\u{a0}) ; HasNoRegistrations ( ) ";
    let rule: OfferingRule = spaced.parse().unwrap();
    assert_eq!(
        rule.to_string(),
        "RegisterStudent(/Root/A b):!ProfileValueIn(Rank,Able Seaman|Bosun);HasNoRegistrations()"
    );
}

#[test]
fn errors_say_where_and_what() {
    use ParseRuleError as E;
    for (text, error) in [
        ("", E::Predicate { at: 0 }),
        ("  ", E::Predicate { at: 2 }),
        ("IsUser(a);", E::Predicate { at: 10 }),
        ("IsUser(a);;IsUser(b)", E::Predicate { at: 10 }),
        ("!!IsUser(a)", E::Predicate { at: 1 }),
        ("é-", E::Open { at: 2 }),
        ("Is User(a)", E::Open { at: 3 }),
        ("IsUser(a", E::Close { at: 8 }),
        ("IsUser(a(b))", E::Close { at: 8 }),
        ("IsUser(a))", E::Separator { at: 9 }),
        ("IsUser(a) && IsUser(b)", E::Separator { at: 10 }),
    ] {
        assert_eq!(text.parse::<Expression>(), Err(error.clone()), "{text}");
        assert!(error.to_string().ends_with(&format!("at byte {}", error.at())));
    }
    for (text, error) in [
        ("(/Root):IsUser(a)", E::Action { at: 0 }),
        ("A:IsUser(a)", E::Open { at: 1 }),
        ("A(/Root:IsUser(a)", E::Close { at: 14 }),
        ("A( ):IsUser(a)", E::Course { at: 3 }),
        ("A( /R:t):IsUser(a)", E::Course { at: 5 }),
        ("A(/Root) IsUser(a)", E::Colon { at: 9 }),
        ("A(/Root):", E::Predicate { at: 9 }),
    ] {
        assert_eq!(text.parse::<OfferingRule>(), Err(error), "{text}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn an_expression_is_its_text_in_json() {
    let read: Expression = serde_json::from_str(r#""!IsUser( a )""#).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), r#""!IsUser(a)""#);
    let error = serde_json::from_str::<Expression>(r#""""#).unwrap_err().to_string();
    assert!(error.starts_with("a predicate was expected at byte 0"), "{error}");
}

/// A text without reserved characters, and without white space at its ends.
fn text() -> impl Strategy<Value = String> {
    "[A-Za-z0-9é!\\[\\]/._-]([A-Za-z0-9é /._!-]{0,8}[A-Za-z0-9é\\]!])?"
}

fn path() -> impl Strategy<Value = CoursePath> {
    text().prop_map(|text| CoursePath::new(format!("/{text}")))
}

fn period() -> impl Strategy<Value = Duration> {
    let unit = prop_oneof![Just(Unit::Days), Just(Unit::Months), Just(Unit::Years)];
    (0..=Duration::MAX, unit)
        .prop_map(|(number, unit)| Duration::new(number, unit).expect("four digits"))
}

fn kind() -> impl Strategy<Value = RegistrationKind> {
    prop_oneof![
        proptest::sample::select(RegistrationKind::KNOWN.to_vec()),
        Just(RegistrationKind::Other("Sideways".to_owned())),
    ]
}

fn predicate() -> impl Strategy<Value = Predicate> {
    use Predicate as P;
    prop_oneof![
        Just(P::HasNoRegistrations),
        Just(P::HasActiveRegistrations),
        Just(P::HasCompletedRegistrations),
        (text(), proptest::option::of(period()))
            .prop_map(|(certificate, before)| P::CertificateWillExpire { certificate, before }),
        (text(), vec(text(), 1..4)).prop_map(|(field, values)| P::profile_value_in(field, values)),
        path().prop_map(P::MostRecentRegistrationCompletedFor),
        path().prop_map(P::CompletedForSinceCurrentCompletion),
        (path(), text(), period()).prop_map(|(course, certificate, before)| {
            P::CertificateWillExpireInCourse { course, certificate, before }
        }),
        text().prop_map(P::ProfileChangedSinceLastCompletion),
        text().prop_map(P::IsUser),
        text().prop_map(P::IsInUserSet),
        (text(), any::<i32>()).prop_map(|(field, days)| P::OrgProfileDateWithin { field, days }),
        vec(kind(), 1..4).prop_map(P::TypeOfMostRecentlyCompletedRegistration),
        ("Is[a-z]{2,8}", "[^()]{0,12}").prop_map(|(name, arguments)| P::Other { name, arguments }),
    ]
}

fn expressions() -> impl Strategy<Value = Expression> {
    let term = (any::<bool>(), predicate());
    let term = term.prop_map(|(is_negated, predicate)| Term { is_negated, predicate });
    vec(term, 1..6).prop_map(|terms| Expression { terms })
}

/// Pieces of which rules, whole and damaged, are made.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(vec![
            "RegisterStudent", "HasNoRegistrations", "HasNoRegistration()", "ProfileValueIn", "IsUser", "A(b)",
            "TypeOfMostRecentlyCompletedRegistration(auto)", "OrgProfileDateWithin(D,007)", "(", ")", ":", ";",
            ",", "|", "!", " ", "\n", "\u{a0}", "/Root/A", "é", "$", "\"", "CertificateWillExpire(c,030D)",
        ]).prop_map(str::to_owned),
        1 => ".{0,4}",
    ];
    vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        expression in expressions(), action in "[A-Z][a-z_]{0,8}", course in path(),
    ) {
        prop_assert_eq!(expression.to_string().parse(), Ok(expression.clone()));
        let rule = OfferingRule { action: action.parse().unwrap(), course, expression };
        prop_assert_eq!(rule.to_string().parse(), Ok(rule));
    }

    #[test]
    fn what_is_read_is_written_stably(text in pieces()) {
        match text.parse::<Expression>() {
            Ok(read) => prop_assert_eq!(read.to_string().parse(), Ok(read)),
            Err(error) => prop_assert!(text.is_char_boundary(error.at())),
        }
        match text.parse::<OfferingRule>() {
            Ok(read) => prop_assert_eq!(read.to_string().parse(), Ok(read)),
            Err(error) => prop_assert!(text.is_char_boundary(error.at())),
        }
    }
}
