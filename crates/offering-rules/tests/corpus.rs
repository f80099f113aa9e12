//! The files of the corpus, each with what its list says of it. Run with `CORPUS` set to the folder.

#![expect(clippy::disallowed_methods, reason = "the corpus is a folder that the environment names")]

use std::path::PathBuf;

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use offering_rules::{
    Column, Expression, Kind, Layout, Matrix, MatrixReader, Orientation, Status, convert, write,
};

const FILES: [&str; 6] = [
    "registration-4.3",
    "registration-4.7",
    "instructor-4.3",
    "instructor-4.7",
    "registration-old",
    "instructor-old",
];

/// They come back byte for byte. The others have blanks in empty cells, a capital mark, or a line break in a list.
const CANONICAL: [&str; 4] =
    ["registration-4.3", "instructor-4.7", "registration-old", "instructor-old"];

/// What a text that was written is read as; there is nothing to say about it.
fn read_back(text: &str) -> Matrix {
    let mut found = Collector::new();
    let matrix = MatrixReader::new().for_text(&Decoded::from(text), &mut found);
    assert_eq!(found.findings(), [], "{text}");
    matrix.expect("a matrix")
}

fn bytes(name: &str) -> Vec<u8> {
    let folder =
        PathBuf::from(std::env::var("CORPUS").expect("CORPUS is set")).join("offering-rules");
    std::fs::read(folder.join(format!("{name}.csv"))).expect("the file is there")
}

/// The matrix of a file; there is nothing to say about it.
fn matrix(name: &str) -> Matrix {
    let bytes = bytes(name);
    let mut found = Collector::new();
    let matrix = MatrixReader::new().for_text(&Decoded::new(&bytes), &mut found);
    assert_eq!(found.findings(), [], "{name}");
    matrix.expect("a matrix")
}

/// The last part of the path, status, removal, certificate with period, users and expressions of a column.
fn shown((column, expressions): (&Column, Vec<Expression>)) -> String {
    let path = column.path.value.as_str().rsplit('/').next().unwrap_or_default();
    let status = column.status().map_or("-".to_owned(), |status| format!("{status:?}"));
    let removal = if column.removal.value { " removal" } else { "" };
    let certificate =
        column.certificate.as_ref().map(|certificate| format!(" {}", certificate.value));
    let before = column.before_expiry.as_ref().map(|before| format!(" {}", before.value));
    let expressions = expressions.iter().map(|it| format!("\n  {it}"));
    format!(
        "{path} {status}{removal}{}{}{}",
        certificate.unwrap_or_default(),
        before.unwrap_or_default(),
        expressions.collect::<String>()
    )
}

fn check(
    name: &str,
    kind: Kind,
    layout: Layout,
    orientation: Orientation,
    marks: usize,
    expected: &[&str],
) {
    let matrix = matrix(name);
    assert_eq!(
        (matrix.kind, matrix.layout, matrix.orientation),
        (kind, layout, orientation),
        "{name}"
    );
    assert_eq!(matrix.marks(), marks, "{name}");
    let shown: Vec<_> = matrix.expressions().map(shown).collect();
    assert_eq!(shown, expected, "{name}");
}

#[test]
#[ignore = "needs CORPUS"]
fn registration_4_3() {
    check(
        "registration-4.3",
        Kind::Registration,
        Layout::V4_3,
        Orientation::Transposed,
        12,
        &[
            "EnclosedSpaceBasic OneTime removal\n  ProfileValueIn(Vessel,MV Aurora|MV Borealis);ProfileValueIn(Rank,Chief Engineer|Able Seaman);HasNoRegistrations()",
            "FireTeamLeader ReRegistration FireTeam2Y 60d\n  ProfileValueIn(Vessel,MV Aurora);ProfileValueIn(Rank,Master|Chief Engineer);!HasActiveRegistrations();CertificateWillExpire(FireTeam2Y,60d)",
            "GalleyHygiene OnlyWithCompletedRegistration removal GalleyHyg1Y 2m\n  ProfileValueIn(Rank,Cook [Galley]);!ProfileValueIn(Vessel,Shore Office);HasCompletedRegistrations();!HasActiveRegistrations();CertificateWillExpire(GalleyHyg1Y,2m)",
            "EcdisLegacy Deactivated",
            "PolarWaters -",
        ],
    );
    assert_eq!(matrix("registration-4.3").columns[0].name.value, "Enclosed Space Entry, Basic");
}

#[test]
#[ignore = "needs CORPUS"]
fn registration_4_7() {
    check(
        "registration-4.7",
        Kind::Registration,
        Layout::V4_7,
        Orientation::Transposed,
        10,
        &[
            "CraneAssess ReRegistration removal Crane5Y 180d\n  ProfileValueIn(Vessel Class,Bulk);ProfileValueIn(Rank,Able Seaman|Bosun);MostRecentRegistrationCompletedFor(/Root/Northfjord/Fleet/Deck/LiftingBasics);!HasActiveRegistrations();CertificateWillExpire(Crane5Y,180d)",
            "CraneAssess ReRegistration removal Crane5Y 180d\n  ProfileValueIn(Vessel Class,Reefer);ProfileValueIn(Rank,Bosun);!ProfileValueIn(Vessel,MV Borealis);MostRecentRegistrationCompletedFor(/Root/Northfjord/Fleet/Deck/LiftingBasics);!HasActiveRegistrations();CertificateWillExpire(Crane5Y,180d)",
            "CraneVerify ReRegistration\n  ProfileValueIn(Rank,Bosun);IsInUserSet(CraneVerifiers);CompletedForSinceCurrentCompletion(/Root/Northfjord/Fleet/Deck/CraneAssess);!HasActiveRegistrations()",
            "TankCleaning ReRegistration\n  ProfileValueIn(Vessel Class,Bulk);ProfileValueIn(Rank,Able Seaman);OrgProfileDateWithin(Sign On Date,30);OrgProfileDateWithin(Contract Start,5);TypeOfMostRecentlyCompletedRegistration(Historical|Auto|Manual);MostRecentRegistrationCompletedFor(/Root/Northfjord/Fleet/Deck/TankBasics);!MostRecentRegistrationCompletedFor(/Root/Northfjord/Fleet/Deck/TankExemption);CertificateWillExpireInCourse(/Root/Northfjord/Fleet/Deck/TankBasics,TankBasics3Y,30d);ProfileChangedSinceLastCompletion(Vessel);!HasActiveRegistrations()",
            "TeamInduction OneTime\n  ProfileValueIn(Rank,Second Officer);IsUser(jberg);HasNoRegistrations()\n  ProfileValueIn(Rank,Second Officer);IsUser(mnaess);HasNoRegistrations()",
        ],
    );
}

#[test]
#[ignore = "needs CORPUS"]
fn instructors() {
    check(
        "instructor-4.3",
        Kind::Instructor,
        Layout::V4_3,
        Orientation::Transposed,
        6,
        &[
            "FireTeamLeader Active removal\n  ProfileValueIn(Vessel,MV Aurora);ProfileValueIn(Rank,Master)",
            "FireTeamLeader Active removal\n  ProfileValueIn(Vessel,MV Borealis);ProfileValueIn(Rank,Chief Officer)",
            "GalleyHygiene Active",
            "EcdisLegacy Deactivated",
            "PolarWaters -",
        ],
    );
    check(
        "instructor-4.7",
        Kind::Instructor,
        Layout::V4_7,
        Orientation::Transposed,
        5,
        &[
            "CraneAssess Active removal\n  ProfileValueIn(Vessel Class,Bulk|Reefer);ProfileValueIn(Rank,Bosun);IsInUserSet(CraneVerifiers);MostRecentRegistrationCompletedFor(/Root/Northfjord/Fleet/Deck/CraneVerify)",
            "TankCleaning Active\n  IsUser(ohaugen)\n  IsUser(tlie)",
            "TeamInduction Active removal\n  ProfileValueIn(Rank,Master);!ProfileValueIn(Vessel,Shore Office);OrgProfileDateWithin(Sign On Date,14)",
        ],
    );
}

#[test]
#[ignore = "needs CORPUS"]
fn the_older_format() {
    check(
        "registration-old",
        Kind::Registration,
        Layout::V4_3,
        Orientation::Old,
        10,
        &[
            "EnclosedSpaceBasic WithoutReRegistration removal\n  ProfileValueIn(Vessel,MV Aurora|MV Borealis);ProfileValueIn(Rank,Chief Engineer|Able Seaman);!HasActiveRegistrations()",
            "FireTeamLeader ReRegistration FireTeam2Y 60d\n  ProfileValueIn(Vessel,MV Aurora);ProfileValueIn(Rank,Master|Chief Engineer);!HasActiveRegistrations();CertificateWillExpire(FireTeam2Y,60d)",
            "FireTeamLeader ReRegistration FireTeam2Y 60d\n  ProfileValueIn(Vessel,MV Borealis);ProfileValueIn(Rank,Master);!HasActiveRegistrations();CertificateWillExpire(FireTeam2Y,60d)",
            "GalleyHygiene ReRegistration removal GalleyHyg1Y\n  ProfileValueIn(Rank,Cook [Galley]);!HasActiveRegistrations();CertificateWillExpire(GalleyHyg1Y)",
        ],
    );
    let old = matrix("instructor-old");
    assert_eq!((old.kind, old.orientation), (Kind::Instructor, Orientation::Old));
    // The rules are those of the transposed file.
    let new = matrix("instructor-4.3");
    for number in 0..2 {
        assert_eq!(old.columns[number], new.columns[number]);
    }
    assert_eq!(old.columns[2].status(), Some(&Status::Active));
}

#[test]
#[ignore = "needs CORPUS"]
fn files_come_back() {
    for name in FILES {
        let (matrix, bytes) = (matrix(name), bytes(name));
        let written = write(&matrix, &mut |_| ()).unwrap();
        assert_eq!(read_back(&written), matrix, "{name}");
        assert_eq!(written.as_bytes() == bytes, CANONICAL.contains(&name), "{name}\n{written}");
    }
}

#[test]
#[ignore = "needs CORPUS"]
fn in_every_layout_and_back() {
    for name in FILES {
        let matrix = matrix(name);
        for layout in Layout::ALL {
            for orientation in [Orientation::Transposed, Orientation::Old] {
                let mut losses = Collector::new();
                let there = convert(&matrix, layout, orientation, &mut losses);
                let written = write(&there, &mut |_| ()).unwrap();
                let again = read_back(&written);
                assert_eq!(again, there, "{name} {layout} {orientation:?}");
                let back = convert(&there, matrix.layout, matrix.orientation, &mut losses);
                let is_lost = losses.worst().is_some();
                assert!(is_lost || back == matrix, "{name} {layout} {orientation:?}");
                // Only the older rule has no word in the newer format.
                if layout.of(matrix.kind) >= matrix.layout {
                    let is_old_type =
                        name == "registration-old" && orientation == Orientation::Transposed;
                    assert_eq!(losses.count("OR-W02"), 0, "{name} {layout} {orientation:?}");
                    assert_eq!(losses.count("OR-W04"), u64::from(is_old_type), "{name} {layout}");
                }
            }
        }
    }
}
