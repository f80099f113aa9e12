//! From matrices to commands.

use edu_diagnostics::{Collector, Diagnostic, Severity};
use offering_rules::{
    Column, Command, CoursePath, Dialect, Duration, Generator, Kind, Layout, Mark, Matrix,
    OpfValue, Placed, Predicate, RegistrationKind, Removal, RuleSet, Status, Term, edu_diagnostics,
};

fn matrix(kind: Kind, layout: Layout, values: &[(&str, &str)]) -> Matrix {
    let mut matrix = Matrix::new(kind, layout);
    matrix.values.extend(values.iter().map(|&(name, value)| OpfValue::new(name, value)));
    matrix
}

/// A column with `x` at these values, or `!x` where a `!` stands before the number of the value.
fn column(path: &str, status: Option<Status>, marks: &[&str]) -> Column {
    let mark = |text: &&str| {
        let number = text.trim_start_matches('!').parse().expect("a number");
        Placed::from(Mark { value: number, is_excluded: text.starts_with('!') })
    };
    Column {
        path: CoursePath::new(path).into(),
        status: status.map(Placed::from),
        marks: marks.iter().map(mark).collect(),
        ..Column::default()
    }
}

fn marked(column: Column) -> Column {
    Column { removal: true.into(), ..column }
}

fn with_certificate(column: Column, certificate: &str, before: Option<&str>) -> Column {
    Column {
        certificate: Some(certificate.to_owned().into()),
        before_expiry: before.map(|before| before.parse::<Duration>().expect("a period").into()),
        ..column
    }
}

fn with(column: Column, conditions: impl IntoIterator<Item = Term>) -> Column {
    Column { conditions: conditions.into_iter().map(Placed::from).collect(), ..column }
}

fn with_users(column: Column, users: &[&str]) -> Column {
    Column { users: users.iter().map(|&user| user.to_owned().into()).collect(), ..column }
}

fn set(name: &str) -> Term {
    Term::of(Predicate::IsInUserSet(name.to_owned()))
}

fn date(field: &str, days: i32) -> Term {
    Term::of(Predicate::OrgProfileDateWithin { field: field.to_owned(), days })
}

fn prerequisite(path: &str) -> Term {
    Term::of(Predicate::MostRecentRegistrationCompletedFor(CoursePath::new(path)))
}

fn generate(generator: &Generator<'_>, matrix: &Matrix) -> (Option<Vec<Command>>, Vec<Diagnostic>) {
    let mut findings = Collector::new();
    let commands = generator.generate(matrix, &mut findings);
    (commands, findings.findings().to_vec())
}

/// The findings of the generator itself.
fn own(findings: &[Diagnostic]) -> Vec<(&'static str, Severity, String)> {
    let own = findings.iter().filter(|finding| finding.rule.code.starts_with("OR-G"));
    own.map(|finding| (finding.rule.code, finding.severity, finding.to_string())).collect()
}

fn lines(organisation: &str, matrix: &Matrix) -> Vec<String> {
    let organisation = CoursePath::new(organisation);
    let (commands, _) = generate(&Generator::new().with_organisation(organisation.clone()), matrix);
    let commands = commands.expect("no finding is an error");
    let lines = Dialect::default().render(&organisation, &commands).expect("nothing is reserved");
    lines.lines().map(str::to_owned).collect()
}

/// The expressions of the added rules, behind the last part of the course's path: those that add users, and
/// those that remove them.
fn expressions(commands: &[Command]) -> [Vec<String>; 2] {
    let mut found = [Vec::new(), Vec::new()];
    for command in commands {
        if let Command::Add { rules, course, expression } = command {
            let name = course.as_str().rsplit('/').next().unwrap_or_default();
            let is_removal = matches!(rules, RuleSet::DeRegistration | RuleSet::RemoveInstructor);
            found[usize::from(is_removal)].push(format!("{name}: {expression}"));
        }
    }
    found
}

#[test]
fn the_registration_example_of_the_documentation() {
    let values = [
        ("Vessel", "Shore"),
        ("Vessel", "AIDAblue"),
        ("Vessel", "Costa Atlantica"),
        ("Rank", "Captain"),
        ("Rank", "Engineer"),
        ("Rank", "Environmental Officer"),
    ];
    let mut matrix = matrix(Kind::Registration, Layout::V4_3, &values);
    let pdr = "/Root/Carnival/CMG/PDRs/EO/CostaAtlantica/PDR3";
    matrix.columns = vec![
        column(
            "/Root/Carnival/CMG/HESS/WorkingHeightWorker",
            Some(Status::OneTime),
            &["1", "2", "4"],
        ),
        with_certificate(
            column(pdr, Some(Status::ReRegistration), &["2", "5"]),
            "CourseCompleted1Y",
            Some("30d"),
        ),
        column("/Root/Carnival/CMG/EOT/ConfinedSpaces", Some(Status::Deactivated), &["!0", "4"]),
    ];
    assert_eq!(
        lines("/Root/Carnival/CMG", &matrix),
        [
            "deleteRegisterStudentRules /Root/Carnival/CMG /Root/Carnival/CMG/HESS/WorkingHeightWorker AUTO",
            "deleteDeregisterStudentRules /Root/Carnival/CMG /Root/Carnival/CMG/HESS/WorkingHeightWorker AUTO",
            "deleteRegisterStudentRules /Root/Carnival/CMG /Root/Carnival/CMG/PDRs/EO/CostaAtlantica/PDR3 AUTO",
            "deleteDeregisterStudentRules /Root/Carnival/CMG /Root/Carnival/CMG/PDRs/EO/CostaAtlantica/PDR3 AUTO",
            "deleteRegisterStudentRules /Root/Carnival/CMG /Root/Carnival/CMG/EOT/ConfinedSpaces AUTO",
            "deleteDeregisterStudentRules /Root/Carnival/CMG /Root/Carnival/CMG/EOT/ConfinedSpaces AUTO",
            "addRegisterStudentRule /Root/Carnival/CMG /Root/Carnival/CMG/HESS/WorkingHeightWorker \"ProfileValueIn(Vessel,AIDAblue|Costa Atlantica);ProfileValueIn(Rank,Engineer);HasNoRegistrations()\" AUTO",
            "addRegisterStudentRule /Root/Carnival/CMG /Root/Carnival/CMG/PDRs/EO/CostaAtlantica/PDR3 \"ProfileValueIn(Vessel,Costa Atlantica);ProfileValueIn(Rank,Environmental Officer);!HasActiveRegistrations();CertificateWillExpire(CourseCompleted1Y,30d)\" AUTO",
        ]
    );
}

#[test]
fn the_instructor_example_of_the_documentation() {
    let values = [
        ("Vessel", "Shore"),
        ("Vessel", "AIDAblue"),
        ("Vessel", "Costa Atlantica"),
        ("Rank", "Captain"),
        ("Rank", "Engineer"),
        ("Rank", "Environmental Officer"),
    ];
    let mut matrix = matrix(Kind::Instructor, Layout::V4_3, &values);
    let path = "/Root/Carnival/CMG/HESS/PubHealth1";
    matrix.columns = vec![
        marked(column(path, Some(Status::Active), &["1", "2"])),
        marked(column(path, Some(Status::Active), &["3", "4"])),
    ];
    assert_eq!(
        lines("/Root/Carnival/CMG", &matrix),
        [
            "deleteInstructorRules /Root/Carnival/CMG /Root/Carnival/CMG/HESS/PubHealth1 AUTO",
            "deleteRemoveInstructorRules /Root/Carnival/CMG /Root/Carnival/CMG/HESS/PubHealth1 AUTO",
            "addInstructorRule /Root/Carnival/CMG /Root/Carnival/CMG/HESS/PubHealth1 \"ProfileValueIn(Vessel,AIDAblue|Costa Atlantica)\" AUTO",
            "addInstructorRule /Root/Carnival/CMG /Root/Carnival/CMG/HESS/PubHealth1 \"ProfileValueIn(Rank,Captain|Engineer)\" AUTO",
            "addRemoveInstructorRule /Root/Carnival/CMG /Root/Carnival/CMG/HESS/PubHealth1 \"!ProfileValueIn(Vessel,AIDAblue|Costa Atlantica);!ProfileValueIn(Rank,Captain|Engineer)\" AUTO",
        ]
    );
}

/// `registration-4.3.csv` of the samples.
fn northfjord_4_3() -> Matrix {
    let values = [
        ("Vessel", "MV Aurora"),
        ("Vessel", "MV Borealis"),
        ("Vessel", "Shore Office"),
        ("Rank", "Master"),
        ("Rank", "Chief Engineer"),
        ("Rank", "Able Seaman"),
        ("Rank", "Cook [Galley]"),
    ];
    let mut matrix = matrix(Kind::Registration, Layout::V4_3, &values);
    let of = |path: &str, status, marks: &[&str]| {
        column(&format!("/Root/Northfjord/Fleet/{path}"), status, marks)
    };
    let fire = of("Safety/FireTeamLeader", Some(Status::ReRegistration), &["0", "3", "4"]);
    let galley =
        of("Hotel/GalleyHygiene", Some(Status::OnlyWithCompletedRegistration), &["!2", "6"]);
    matrix.columns = vec![
        marked(of("Safety/EnclosedSpaceBasic", Some(Status::OneTime), &["0", "1", "4", "5"])),
        with_certificate(fire, "FireTeam2Y", Some("60d")),
        marked(with_certificate(galley, "GalleyHyg1Y", Some("2m"))),
        of("Bridge/EcdisLegacy", Some(Status::Deactivated), &["2"]),
        of("Bridge/PolarWaters", None, &["1", "3"]),
    ];
    matrix
}

#[test]
fn the_sample_of_layout_4_3() {
    let generator = Generator::new().with_organisation("/Root/Northfjord/Fleet".into());
    let (commands, findings) = generate(&generator, &northfjord_4_3());
    assert_eq!(own(&findings), []);
    let commands = commands.unwrap();
    let deleted = commands.iter().filter(|command| matches!(command, Command::Delete { .. }));
    let deleted: Vec<_> = deleted.map(|command| command.course().unwrap().as_str()).collect();
    let pairs: Vec<_> = deleted.chunks(2).collect();
    assert_eq!(
        pairs,
        [
            ["/Root/Northfjord/Fleet/Safety/EnclosedSpaceBasic"; 2],
            ["/Root/Northfjord/Fleet/Safety/FireTeamLeader"; 2],
            ["/Root/Northfjord/Fleet/Hotel/GalleyHygiene"; 2],
            ["/Root/Northfjord/Fleet/Bridge/EcdisLegacy"; 2],
        ]
    );
    assert_eq!(
        expressions(&commands),
        [
            vec![
                "EnclosedSpaceBasic: ProfileValueIn(Vessel,MV Aurora|MV Borealis);ProfileValueIn(Rank,Chief Engineer|Able Seaman);HasNoRegistrations()",
                "FireTeamLeader: ProfileValueIn(Vessel,MV Aurora);ProfileValueIn(Rank,Master|Chief Engineer);!HasActiveRegistrations();CertificateWillExpire(FireTeam2Y,60d)",
                "GalleyHygiene: ProfileValueIn(Rank,Cook [Galley]);!ProfileValueIn(Vessel,Shore Office);HasCompletedRegistrations();!HasActiveRegistrations();CertificateWillExpire(GalleyHyg1Y,2m)",
            ],
            vec![
                "EnclosedSpaceBasic: !ProfileValueIn(Vessel,MV Aurora|MV Borealis);HasActiveRegistrations()",
                "EnclosedSpaceBasic: !ProfileValueIn(Rank,Chief Engineer|Able Seaman);HasActiveRegistrations()",
                "GalleyHygiene: !ProfileValueIn(Rank,Cook [Galley]);HasActiveRegistrations()",
                "GalleyHygiene: ProfileValueIn(Vessel,Shore Office);HasActiveRegistrations()",
            ],
        ]
    );
}

/// `CraneAssess`, `CraneVerify` and `TeamInduction` of `registration-4.7.csv` of the samples.
fn northfjord_4_7() -> Matrix {
    let values = [
        ("Vessel Class", "Bulk"),
        ("Vessel Class", "Reefer"),
        ("Vessel", "MV Borealis"),
        ("Rank", "Able Seaman"),
        ("Rank", "Bosun"),
        ("Rank", "Second Officer"),
    ];
    let mut matrix = matrix(Kind::Registration, Layout::V4_7, &values);
    let again = Some(Status::ReRegistration);
    let assess = |marks: &[&str]| {
        let column = column("/Root/Northfjord/Fleet/Deck/CraneAssess", again.clone(), marks);
        let column = with(column, [prerequisite("/Root/Northfjord/Fleet/Deck/LiftingBasics")]);
        marked(with_certificate(column, "Crane5Y", Some("180d")))
    };
    let verify = column("/Root/Northfjord/Fleet/Deck/CraneVerify", again.clone(), &["4"]);
    let since = Predicate::CompletedForSinceCurrentCompletion(
        "/Root/Northfjord/Fleet/Deck/CraneAssess".into(),
    );
    let induction =
        column("/Root/Northfjord/Fleet/Bridge/TeamInduction", Some(Status::OneTime), &["5"]);
    matrix.columns = vec![
        assess(&["0", "3", "4"]),
        assess(&["1", "!2", "4"]),
        with(verify, [Term::of(since), set("CraneVerifiers")]),
        with_users(induction, &["jberg", "mnaess"]),
    ];
    matrix
}

#[test]
fn the_sample_of_layout_4_7() {
    let matrix = northfjord_4_7();
    let generator = Generator::new().with_organisation("/Root/Northfjord/Fleet".into());
    let (commands, findings) = generate(&generator, &matrix);
    let course = "`/Root/Northfjord/Fleet/Deck/CraneAssess` (?)";
    let looked_at =
        |how: &str| format!("the columns of {course} are looked at {how} when users are removed");
    assert_eq!(own(&findings), [("OR-G03", Severity::Info, looked_at("together"))]);
    assert_eq!(
        expressions(&commands.unwrap()),
        [
            vec![
                "CraneAssess: ProfileValueIn(Vessel Class,Bulk);ProfileValueIn(Rank,Able Seaman|Bosun);MostRecentRegistrationCompletedFor(/Root/Northfjord/Fleet/Deck/LiftingBasics);!HasActiveRegistrations();CertificateWillExpire(Crane5Y,180d)",
                "CraneAssess: ProfileValueIn(Vessel Class,Reefer);ProfileValueIn(Rank,Bosun);!ProfileValueIn(Vessel,MV Borealis);MostRecentRegistrationCompletedFor(/Root/Northfjord/Fleet/Deck/LiftingBasics);!HasActiveRegistrations();CertificateWillExpire(Crane5Y,180d)",
                "CraneVerify: ProfileValueIn(Rank,Bosun);IsInUserSet(CraneVerifiers);CompletedForSinceCurrentCompletion(/Root/Northfjord/Fleet/Deck/CraneAssess);!HasActiveRegistrations()",
                "TeamInduction: ProfileValueIn(Rank,Second Officer);IsUser(jberg);HasNoRegistrations()",
                "TeamInduction: ProfileValueIn(Rank,Second Officer);IsUser(mnaess);HasNoRegistrations()",
            ],
            vec![
                "CraneAssess: !ProfileValueIn(Vessel Class,Bulk);!ProfileValueIn(Vessel Class,Reefer);HasActiveRegistrations()",
                "CraneAssess: !ProfileValueIn(Vessel Class,Bulk);!ProfileValueIn(Rank,Bosun);HasActiveRegistrations()",
                "CraneAssess: !ProfileValueIn(Vessel Class,Bulk);ProfileValueIn(Vessel,MV Borealis);HasActiveRegistrations()",
                "CraneAssess: !ProfileValueIn(Rank,Able Seaman|Bosun);!ProfileValueIn(Vessel Class,Reefer);HasActiveRegistrations()",
                "CraneAssess: !ProfileValueIn(Rank,Able Seaman|Bosun);!ProfileValueIn(Rank,Bosun);HasActiveRegistrations()",
                "CraneAssess: !ProfileValueIn(Rank,Able Seaman|Bosun);ProfileValueIn(Vessel,MV Borealis);HasActiveRegistrations()",
            ],
        ]
    );

    let (commands, findings) = generate(&generator.with_removal(Removal::Column), &matrix);
    assert_eq!(own(&findings), [("OR-G03", Severity::Warning, looked_at("one by one"))]);
    let [_, removals] = expressions(&commands.unwrap());
    assert_eq!(
        removals,
        [
            "CraneAssess: !ProfileValueIn(Vessel Class,Bulk);HasActiveRegistrations()",
            "CraneAssess: !ProfileValueIn(Rank,Able Seaman|Bosun);HasActiveRegistrations()",
            "CraneAssess: !ProfileValueIn(Vessel Class,Reefer);HasActiveRegistrations()",
            "CraneAssess: !ProfileValueIn(Rank,Bosun);HasActiveRegistrations()",
            "CraneAssess: ProfileValueIn(Vessel,MV Borealis);HasActiveRegistrations()",
        ]
    );
}

/// `TankCleaning` of `registration-4.7.csv` of the samples.
#[test]
fn every_head_row_of_layout_4_7() {
    let mut matrix = matrix(
        Kind::Registration,
        Layout::V4_7,
        &[("Vessel Class", "Bulk"), ("Rank", "Able Seaman")],
    );
    let column = column("/Root/Org/TankCleaning", Some(Status::ReRegistration), &["0", "1"]);
    let exempt = Predicate::MostRecentRegistrationCompletedFor("/Root/Org/TankExemption".into());
    let kinds = [RegistrationKind::Historical, RegistrationKind::Auto, RegistrationKind::Manual];
    matrix.columns = vec![with(
        column,
        [
            prerequisite("/Root/Org/TankBasics"),
            Term::not(exempt),
            Term::of(Predicate::CertificateWillExpireInCourse {
                course: "/Root/Org/TankBasics".into(),
                certificate: "TankBasics3Y".to_owned(),
                before: "30d".parse().unwrap(),
            }),
            Term::of(Predicate::ProfileChangedSinceLastCompletion("Vessel".to_owned())),
            date("Sign On Date", 30),
            date("Contract Start", 5),
            Term::of(Predicate::TypeOfMostRecentlyCompletedRegistration(kinds.to_vec())),
        ],
    )];
    let (commands, _) = generate(&Generator::new().with_organisation("/Root/Org".into()), &matrix);
    let [adds, _] = expressions(&commands.unwrap());
    assert_eq!(
        adds,
        [
            "TankCleaning: ProfileValueIn(Vessel Class,Bulk);ProfileValueIn(Rank,Able Seaman);OrgProfileDateWithin(Sign On Date,30);OrgProfileDateWithin(Contract Start,5);TypeOfMostRecentlyCompletedRegistration(Historical|Auto|Manual);MostRecentRegistrationCompletedFor(/Root/Org/TankBasics);!MostRecentRegistrationCompletedFor(/Root/Org/TankExemption);CertificateWillExpireInCourse(/Root/Org/TankBasics,TankBasics3Y,30d);ProfileChangedSinceLastCompletion(Vessel);!HasActiveRegistrations()"
        ]
    );
}

/// `instructor-4.3.csv` of the samples.
#[test]
fn the_instructor_sample_of_layout_4_3() {
    let values = [
        ("Vessel", "MV Aurora"),
        ("Vessel", "MV Borealis"),
        ("Rank", "Master"),
        ("Rank", "Chief Officer"),
    ];
    let mut matrix = matrix(Kind::Instructor, Layout::V4_3, &values);
    let of = |path: &str, status, marks: &[&str]| {
        column(&format!("/Root/Northfjord/Fleet/{path}"), status, marks)
    };
    let active = Some(Status::Active);
    matrix.columns = vec![
        marked(of("Safety/FireTeamLeader", active.clone(), &["0", "2"])),
        marked(of("Safety/FireTeamLeader", active.clone(), &["1", "3"])),
        of("Hotel/GalleyHygiene", active, &[]),
        of("Bridge/EcdisLegacy", Some(Status::Deactivated), &["2"]),
        of("Bridge/PolarWaters", None, &["3"]),
    ];
    let org = "/Root/Northfjord/Fleet";
    let fire = format!("{org} {org}/Safety/FireTeamLeader");
    let remove = |expression: &str| format!("addRemoveInstructorRule {fire} \"{expression}\" AUTO");
    assert_eq!(
        lines(org, &matrix),
        [
            format!("deleteInstructorRules {fire} AUTO"),
            format!("deleteRemoveInstructorRules {fire} AUTO"),
            format!("deleteInstructorRules {org} {org}/Hotel/GalleyHygiene AUTO"),
            format!("deleteRemoveInstructorRules {org} {org}/Hotel/GalleyHygiene AUTO"),
            format!("deleteInstructorRules {org} {org}/Bridge/EcdisLegacy AUTO"),
            format!("deleteRemoveInstructorRules {org} {org}/Bridge/EcdisLegacy AUTO"),
            format!(
                "addInstructorRule {fire} \"ProfileValueIn(Vessel,MV Aurora);ProfileValueIn(Rank,Master)\" AUTO"
            ),
            format!(
                "addInstructorRule {fire} \"ProfileValueIn(Vessel,MV Borealis);ProfileValueIn(Rank,Chief Officer)\" AUTO"
            ),
            remove("!ProfileValueIn(Vessel,MV Aurora);!ProfileValueIn(Vessel,MV Borealis)"),
            remove("!ProfileValueIn(Vessel,MV Aurora);!ProfileValueIn(Rank,Chief Officer)"),
            remove("!ProfileValueIn(Rank,Master);!ProfileValueIn(Vessel,MV Borealis)"),
            remove("!ProfileValueIn(Rank,Master);!ProfileValueIn(Rank,Chief Officer)"),
        ]
    );
}

/// `instructor-4.7.csv` of the samples.
#[test]
fn the_instructor_sample_of_layout_4_7() {
    let values = [
        ("Vessel Class", "Bulk"),
        ("Vessel Class", "Reefer"),
        ("Rank", "Bosun"),
        ("Rank", "Master"),
        ("Vessel", "Shore Office"),
    ];
    let mut matrix = matrix(Kind::Instructor, Layout::V4_7, &values);
    let of = |path: &str, marks: &[&str]| {
        column(&format!("/Root/Northfjord/Fleet/{path}"), Some(Status::Active), marks)
    };
    let crane = of("Deck/CraneAssess", &["0", "1", "2"]);
    let induction = of("Bridge/TeamInduction", &["3", "!4"]);
    matrix.columns = vec![
        marked(with(
            crane,
            [set("CraneVerifiers"), prerequisite("/Root/Northfjord/Fleet/Deck/CraneVerify")],
        )),
        with_users(of("Deck/TankCleaning", &[]), &["ohaugen", "tlie"]),
        marked(with(induction, [date("Sign On Date", 14)])),
    ];
    let generator = Generator::new().with_organisation("/Root/Northfjord/Fleet".into());
    let (commands, findings) = generate(&generator, &matrix);
    assert_eq!(own(&findings), []);
    assert_eq!(
        expressions(&commands.unwrap()),
        [
            vec![
                "CraneAssess: ProfileValueIn(Vessel Class,Bulk|Reefer);ProfileValueIn(Rank,Bosun);IsInUserSet(CraneVerifiers);MostRecentRegistrationCompletedFor(/Root/Northfjord/Fleet/Deck/CraneVerify)",
                "TankCleaning: IsUser(ohaugen)",
                "TankCleaning: IsUser(tlie)",
                "TeamInduction: ProfileValueIn(Rank,Master);!ProfileValueIn(Vessel,Shore Office);OrgProfileDateWithin(Sign On Date,14)",
            ],
            vec![
                "CraneAssess: !ProfileValueIn(Vessel Class,Bulk|Reefer)",
                "CraneAssess: !ProfileValueIn(Rank,Bosun)",
                "CraneAssess: !IsInUserSet(CraneVerifiers)",
                "TeamInduction: !ProfileValueIn(Rank,Master)",
                "TeamInduction: ProfileValueIn(Vessel,Shore Office)",
            ],
        ]
    );
}

/// A matrix of instructors with the values `F0` to `F3` of a field each, and of columns of one course.
fn of_columns(columns: Vec<Column>) -> Matrix {
    let values = [("F0", "v"), ("F1", "v"), ("F2", "v"), ("F3", "v")];
    let mut matrix = matrix(Kind::Instructor, Layout::V4_7, &values);
    matrix.columns = columns;
    matrix
}

fn active(marks: &[&str]) -> Column {
    column("/Root/Org/C", Some(Status::Active), marks)
}

fn generator() -> Generator<'static> {
    Generator::new().with_organisation("/Root/Org".into())
}

fn removals(generator: &Generator<'_>, columns: Vec<Column>) -> (Vec<String>, Vec<&'static str>) {
    let (commands, findings) = generate(generator, &of_columns(columns));
    let codes = own(&findings).iter().map(|&(code, ..)| code).collect();
    let [_, removals] = expressions(&commands.unwrap_or_default());
    let short = |line: &String| line.replace("C: ", "").replace("ProfileValueIn", "");
    (removals.iter().map(short).collect(), codes)
}

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
fn the_word_of_a_status_that_is_not_known_does_nothing() {
    let column = column("/Root/Org/C", Some(Status::Other("Aktiv".to_owned())), &["0"]);
    let commands = generate(&generator(), &of_columns(vec![column])).0;
    // The check has an error for it, or there is nothing to do.
    assert!(commands.is_none_or(|commands| commands.is_empty()));
}

#[test]
fn a_mark_for_no_value_is_a_condition_that_is_missing() {
    let mut matrix = of_columns(vec![active(&["0"])]);
    matrix.columns[0].marks[0].value.value = 99;
    let (commands, findings) = generate(&generator(), &matrix);
    assert_eq!(commands, None);
    assert_eq!(own(&findings)[0].0, "OR-G01");
}
