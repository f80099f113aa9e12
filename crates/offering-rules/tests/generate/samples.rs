//! The examples of the documentation, and matrices as they are in the field.

use edu_diagnostics::Severity;
use offering_rules::{
    Command, Generator, Kind, Layout, Matrix, Predicate, RegistrationKind, Removal, Status, Term,
};

use crate::build::{
    column, date, expressions, generate, lines, marked, matrix, own, prerequisite, set, with,
    with_certificate, with_users,
};

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
