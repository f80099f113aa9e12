//! How commands are written.

use offering_rules::{
    Command, CommandName, CommandSpelling, CoursePath, Dialect, DialectError, Duration, Expression,
    Kind, Predicate, PredicateName, RegistrationKind, RuleSet, Template, TemplateError, Term, Unit,
    Unrenderable,
};

fn path(path: &str) -> CoursePath {
    CoursePath::new(path)
}

fn add(course: &str, expression: &str) -> Command {
    let expression = expression.parse().expect("an expression");
    Command::Add { rules: RuleSet::Registration, course: path(course), expression }
}

fn add_of(predicate: Predicate) -> Command {
    let expression = Expression { terms: vec![Term::of(predicate)] };
    Command::Add { rules: RuleSet::Registration, course: path("/Root/Org/A"), expression }
}

fn render(dialect: &Dialect, commands: &[Command]) -> String {
    dialect.render(&path("/Root/Org"), commands).expect("nothing is reserved")
}

fn refused(command: Command) -> (&'static str, Unrenderable) {
    let rendered = Dialect::default().render(&path("/Root/Org"), &[command]);
    let error = rendered.expect_err("something is reserved");
    (error.what, error.reason)
}

fn template(text: &str) -> Template {
    text.parse().expect("a template")
}

#[test]
fn every_command_has_a_line() {
    let course = path("/Root/Org/Deck/A b");
    let sets = [
        RuleSet::Registration,
        RuleSet::DeRegistration,
        RuleSet::Instructor,
        RuleSet::RemoveInstructor,
    ];
    let expression: Expression = "IsUser(a)".parse().unwrap();
    let mut commands = vec![Command::Pause];
    commands.extend(sets.map(|rules| Command::Delete { rules, course: course.clone() }));
    commands.extend(sets.map(|rules| Command::Add {
        rules,
        course: course.clone(),
        expression: expression.clone(),
    }));
    commands.push(Command::ReEvaluate { kind: Kind::Registration, course });
    commands.push(Command::ReEvaluate { kind: Kind::Instructor, course: path("/Root/Other/A") });
    commands.push(Command::Continue);
    assert_eq!(
        render(&Dialect::default(), &commands),
        r#"PauseAutomaticOfferingRuleProcessing
deleteRegisterStudentRules /Root/Org "/Root/Org/Deck/A b" AUTO
deleteDeregisterStudentRules /Root/Org "/Root/Org/Deck/A b" AUTO
deleteInstructorRules /Root/Org "/Root/Org/Deck/A b" AUTO
deleteRemoveInstructorRules /Root/Org "/Root/Org/Deck/A b" AUTO
addRegisterStudentRule /Root/Org "/Root/Org/Deck/A b" "IsUser(a)" AUTO
addDeregisterStudentRule /Root/Org "/Root/Org/Deck/A b" "IsUser(a)" AUTO
addInstructorRule /Root/Org "/Root/Org/Deck/A b" "IsUser(a)" AUTO
addRemoveInstructorRule /Root/Org "/Root/Org/Deck/A b" "IsUser(a)" AUTO
ReEvaluateOfferingRulesByCoursePathMatch Registration /Root/Org "Deck/A b"
ReEvaluateOfferingRulesByCoursePathMatch Instructor /Root/Org /Root/Other/A
ContinueAutomaticOfferingRuleProcessing
"#
    );
}

#[test]
fn only_documented_spellings_are_verified() {
    let dialect = Dialect::default();
    let verified = CommandName::ALL.into_iter().filter(|&name| dialect.command(name).verified);
    let expected = [
        CommandName::Pause,
        CommandName::Continue,
        CommandName::ReEvaluate,
        CommandName::AddRegistration,
    ];
    assert_eq!(verified.collect::<Vec<_>>(), expected);
}

#[test]
fn the_default_spells_predicates_as_rules_do() {
    let text = "CertificateWillExpire(C,30d);!CertificateWillExpire(C);CertificateWillExpireInCourse(/R/A,C,2m);ProfileChangedSinceLastCompletion(F);!OrgProfileDateWithin(F,-3);TypeOfMostRecentlyCompletedRegistration(Auto|Self);ProfileValueIn(F,a|b);IsInGroup(a, b)";
    let lines = render(&Dialect::default(), &[add("/Root/Org/A", text)]);
    assert_eq!(lines, format!("addRegisterStudentRule /Root/Org /Root/Org/A \"{text}\" AUTO\n"));
}

#[test]
fn a_dialect_can_spell_otherwise() {
    let spelling = CommandSpelling {
        name: "addRule".to_owned(),
        arguments: ["-for:{course_below}", "{expression}", "mark={mark}"].map(template).to_vec(),
        verified: true,
    };
    let dialect = Dialect::default()
        .with_command(CommandName::AddRegistration, spelling)
        .unwrap()
        .with_predicate(PredicateName::OrgProfileDateWithin, template("Within({days};{field})"))
        .unwrap();
    let command = [add("/Root/Org/A", "!OrgProfileDateWithin(Sign On,14)")];
    let line = |mark: &str| format!("addRule -for:A \"!Within(14;Sign On)\"{mark}\n");
    assert_eq!(render(&dialect, &command), line(" mark=AUTO"));
    assert_eq!(render(&dialect.with_mark(None), &command), line(""));
}

#[test]
fn spellings_that_lose_something_are_refused() {
    let spell = |name: &str, arguments: &[&str]| CommandSpelling {
        name: name.to_owned(),
        arguments: arguments.iter().map(|text| template(text)).collect(),
        verified: false,
    };
    let error = |name, spelling| Dialect::default().with_command(name, spelling).unwrap_err();
    for (name, arguments, sentence) in [
        ("", &[][..], "`` cannot be the name of a command"),
        ("a b", &[], "`a b` cannot be the name of a command"),
        ("a\nb", &[], "`a\nb` cannot be the name of a command"),
        ("a", &["{course}"], "`{expression}` is needed in the spelling of `a`"),
        ("a", &["{expression}"], "`{course}`, `{course_below}` is needed"),
        ("a", &["{course}", "{expression}{mark}"], "`{expression}` is needed"),
        ("a", &["{course}", "{expression}", ""], "an argument of `a` is empty"),
        (
            "a",
            &["{course}{kind}"],
            "`{kind}` has no meaning in `{course}{kind}`; there are `{organ",
        ),
    ] {
        let sentence_found =
            error(CommandName::AddRegistration, spell(name, arguments)).to_string();
        assert!(sentence_found.starts_with(sentence), "{sentence_found}");
    }
    assert!(matches!(
        error(CommandName::DeleteInstructor, spell("a", &["{organisation}"])),
        DialectError::Missing { .. }
    ));
    assert!(matches!(
        error(CommandName::Pause, spell("a", &["{course}"])),
        DialectError::Misplaced { .. }
    ));
    for text in ["CertificateWillExpire({certificate})", "{certificate}{period}{days}"] {
        let name = PredicateName::CertificateWillExpire;
        assert!(Dialect::default().with_predicate(name, template(text)).is_err(), "{text}");
    }
}

#[test]
fn what_would_be_another_command_is_refused() {
    use Unrenderable as U;
    let value = |value: &str| refused(add_of(Predicate::profile_value_in("Rank", ["a", value])));
    for c in "(),:;|$\"\n\r\u{85}\u{2028}\u{2029}\u{0}".chars() {
        assert_eq!(value(&format!("b{c}")), ("profile value", U::Character(c)));
    }
    assert_eq!(value(""), ("profile value", U::Empty));
    assert_eq!(value(" b"), ("profile value", U::Blank));
    assert_eq!(value("b\u{a0}"), ("profile value", U::Blank));
}

#[test]
fn every_text_of_an_expression_is_checked() {
    use Predicate as P;
    let (bad, good) = (|| "a;b".to_owned(), || "a".to_owned());
    let before = Duration::new(1, Unit::Days).unwrap();
    for predicate in [
        P::CertificateWillExpire { certificate: bad(), before: None },
        P::profile_value_in(bad(), [good()]),
        P::MostRecentRegistrationCompletedFor(path("/a;b")),
        P::CompletedForSinceCurrentCompletion(path("/a;b")),
        P::CertificateWillExpireInCourse { course: path("/a;b"), certificate: good(), before },
        P::CertificateWillExpireInCourse { course: path("/a"), certificate: bad(), before },
        P::ProfileChangedSinceLastCompletion(bad()),
        P::IsUser(bad()),
        P::IsInUserSet(bad()),
        P::OrgProfileDateWithin { field: bad(), days: 1 },
        P::TypeOfMostRecentlyCompletedRegistration(vec![RegistrationKind::Other(bad())]),
        P::Other { name: bad(), arguments: good() },
        P::Other { name: good(), arguments: "x|a;b".to_owned() },
    ] {
        let (_, reason) = refused(add_of(predicate.clone()));
        assert_eq!(reason, Unrenderable::Character(';'), "{predicate}");
    }
    for predicate in [
        P::profile_value_in(good(), [""; 0]),
        P::TypeOfMostRecentlyCompletedRegistration(Vec::new()),
        P::Other { name: String::new(), arguments: good() },
    ] {
        assert_eq!(refused(add_of(predicate)).1, Unrenderable::Empty);
    }
    let path = P::MostRecentRegistrationCompletedFor(path("a"));
    assert_eq!(refused(add_of(path)), ("course", Unrenderable::Path));
}

#[test]
fn paths_and_marks_are_checked() {
    let delete =
        |course: &str| Command::Delete { rules: RuleSet::Instructor, course: path(course) };
    assert_eq!(refused(delete("-x")), ("course", Unrenderable::Path));
    assert_eq!(refused(delete("")), ("course", Unrenderable::Empty));
    assert_eq!(refused(delete("/Root\"/A")), ("course", Unrenderable::Character('"')));
    assert_eq!(refused(delete("/Root/A,B")), ("course", Unrenderable::Character(',')));
    // What is left of it would be a switch.
    let again = Command::ReEvaluate { kind: Kind::Instructor, course: path("/Root/Org/-b") };
    assert_eq!(
        render(&Dialect::default(), &[again]),
        "ReEvaluateOfferingRulesByCoursePathMatch Instructor /Root/Org /Root/Org/-b\n"
    );
    let empty = Command::Add {
        rules: RuleSet::DeRegistration,
        course: path("/Root/Org/A"),
        expression: Expression::default(),
    };
    assert_eq!(refused(empty), ("expression", Unrenderable::Empty));

    let error = Dialect::default().render(&path("/Root/\nOrg"), &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"the organisation "/Root/\nOrg" cannot be written into a command: it holds '\n'"#
    );
    for mark in ["", "A\"", "A\n", "-a"] {
        let dialect = Dialect::default().with_mark(Some(mark.to_owned()));
        assert!(dialect.render(&path("/Root/Org"), &[delete("/Root/Org/A")]).is_err(), "{mark:?}");
    }
}

#[test]
fn arguments_are_in_quotes_where_they_need_them() {
    for (course, is_quoted) in [
        ("/Root/Org/A.1_b-2", false),
        ("/Root/Org/Økonomi+R&D", false),
        ("/Root/Org/A b", true),
        ("/Root/Org/A\u{a0}b", true),
        ("/Root/Org/A'b", true),
    ] {
        let delete = Command::Delete { rules: RuleSet::Instructor, course: path(course) };
        let quote = if is_quoted { "\"" } else { "" };
        assert_eq!(
            render(&Dialect::default(), &[delete]),
            format!("deleteInstructorRules /Root/Org {quote}{course}{quote} AUTO\n")
        );
    }
}

#[test]
fn templates_say_what_is_wrong() {
    assert_eq!("{curse}".parse::<Template>(), Err(TemplateError::Unknown("{curse}".to_owned())));
    assert_eq!("{course".parse::<Template>(), Err(TemplateError::Brace("{course".to_owned())));
}

#[cfg(feature = "serde")]
mod json {
    use super::*;

    #[test]
    fn a_dialect_names_only_what_it_changes() {
        let dialect: Dialect = serde_json::from_str("{}").unwrap();
        assert_eq!(dialect, Dialect::default());
        let dialect: Dialect = serde_json::from_str(
            r#"{"commands": {"add_registration": {"name": "x"},
                             "add_instructor": {"verified": true},
                             "delete_instructor": {"arguments": ["{course_below}"], "verified": true}},
                "predicates": {"org_profile_date_within": "D({days},{field})"}, "mark": null}"#,
        )
        .unwrap();
        let renamed = dialect.command(CommandName::AddRegistration);
        assert_eq!((renamed.name.as_str(), renamed.arguments.len()), ("x", 4));
        assert!(!renamed.verified);
        assert!(dialect.command(CommandName::AddInstructor).verified);
        assert!(dialect.command(CommandName::DeleteInstructor).verified);
        assert!(!dialect.command(CommandName::DeleteRegistration).verified);
        let within = dialect.predicate(PredicateName::OrgProfileDateWithin);
        assert_eq!(within.to_string(), "D({days},{field})");
        assert_eq!(dialect.mark(), None);
        let json = serde_json::to_string(&dialect).unwrap();
        assert_eq!(serde_json::from_str::<Dialect>(&json).unwrap(), dialect);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for (json, sentence) in [
            (r#"{"command": {}}"#, "unknown field `command`"),
            (r#"{"commands": {"add": {}}}"#, "unknown variant `add`"),
            (r#"{"commands": {"pause": {"nam": "x"}}}"#, "unknown field `nam`"),
            (r#"{"predicates": {"IsUser": "x"}}"#, "unknown variant `IsUser`"),
            (
                r#"{"commands": {"pause": {"arguments": ["{org}"]}}}"#,
                "`{org}` is no placeholder; there are `{organisation}`",
            ),
            (
                r#"{"commands": {"pause": {"arguments": ["{mark}"]}}}"#,
                "`{mark}` has no meaning in `{mark}`; there are `{organisation}`",
            ),
            (r#"{"commands": {"pause": {"name": "a;b"}}}"#, "`a;b` cannot be the name"),
        ] {
            let error = serde_json::from_str::<Dialect>(json).unwrap_err().to_string();
            assert!(error.starts_with(sentence), "{error}");
        }
    }

    #[test]
    fn commands_as_json() {
        let commands = [
            Command::Pause,
            Command::Delete { rules: RuleSet::RemoveInstructor, course: path("/Root/A") },
            add("/Root/A", "IsUser(a);!HasActiveRegistrations()"),
            Command::ReEvaluate { kind: Kind::Registration, course: path("/Root/A") },
            Command::Continue,
        ];
        let json = r#"[{"command":"pause"},{"command":"delete","rules":"remove_instructor","course":"/Root/A"},{"command":"add","rules":"registration","course":"/Root/A","expression":"IsUser(a);!HasActiveRegistrations()"},{"command":"re_evaluate","kind":"registration","course":"/Root/A"},{"command":"continue"}]"#;
        assert_eq!(serde_json::to_string(&commands).unwrap(), json);
        assert_eq!(serde_json::from_str::<[Command; 5]>(json).unwrap(), commands);
    }
}
