//! A campus as three snapshot feeds of Blackboard Learn, users, courses and enrolments: valid in every respect, of
//! any size, and the same for the same seed.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use super::Generated;
use super::rng::{Rng, Stream};
use super::words::{FAMILIES, FEMALE};
use crate::counts::FeedCounts;

/// What a campus is to be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Number of users.
    pub users: u64,
    /// Number of courses.
    pub courses: u64,
    /// Number of enrolments. Each course has as many, give or take one, and no user twice.
    pub memberships: u64,
}

/// One of the three feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// Users, with a key in hexadecimal digits.
    Users,
    /// Courses of one term.
    Courses,
    /// Enrolments.
    Memberships,
}

impl Feed {
    /// All of them, in loading order.
    pub const ALL: [Self; 3] = [Self::Users, Self::Courses, Self::Memberships];

    /// What its file is called.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Users => "01_users.txt",
            Self::Courses => "02_courses.txt",
            Self::Memberships => "03_enrollments.txt",
        }
    }
}

/// Writes a feed of the given campus. It buffers: `out` need not.
///
/// # Errors
///
/// `out` does not take what is written.
pub fn generate(
    out: impl Write,
    feed: Feed,
    shape: Shape,
    seed: u64,
) -> io::Result<Generated<FeedCounts>> {
    let mut out = BufWriter::new(out);
    let (head, rows) = match feed {
        Feed::Users => (
            "EXTERNAL_PERSON_KEY|USER_ID|FIRSTNAME|LASTNAME|EMAIL|INST_EMAIL|INSTITUTION_ROLE|SYSTEM_ROLE|AVAILABLE_IND|ROW_STATUS|DATA_SOURCE_KEY",
            shape.users,
        ),
        Feed::Courses => (
            "EXTERNAL_COURSE_KEY|COURSE_ID|COURSE_NAME|AVAILABLE_IND|DURATION|START_DATE|END_DATE|ROW_STATUS|DATA_SOURCE_KEY",
            shape.courses,
        ),
        Feed::Memberships => (
            "EXTERNAL_COURSE_KEY|EXTERNAL_PERSON_KEY|ROLE|AVAILABLE_IND|ROW_STATUS|DATA_SOURCE_KEY",
            shape.memberships,
        ),
    };
    writeln!(out, "{head}")?;
    let mut file_bytes = head.len() as u64 + 1;
    let mut line = String::new();
    for row in 0..rows {
        line.clear();
        // Writing to a `String` cannot fail.
        let _ = match feed {
            Feed::Users => user(&mut line, row, seed),
            Feed::Courses => course(&mut line, row, seed),
            Feed::Memberships => membership(&mut line, shape, row, seed),
        };
        line.push('\n');
        out.write_all(line.as_bytes())?;
        file_bytes += line.len() as u64;
    }
    out.flush()?;
    let mut counts = FeedCounts::default();
    *match feed {
        Feed::Users => &mut counts.user,
        Feed::Courses => &mut counts.course,
        Feed::Memberships => &mut counts.membership,
    } = rows;
    Ok(Generated { file_bytes, counts })
}

/// A person's key: random, and another for each.
fn person_key(row: u64, seed: u64) -> String {
    let digits = Rng::new(seed, Stream::Person, row).uuid();
    let digits: String = digits.chars().filter(char::is_ascii_hexdigit).take(12).collect();
    format!("{digits}{row:08x}")
}

fn course_key(row: u64) -> String {
    format!(
        "2026_09_{row:05}_{}_{:03}",
        ["CHEM", "HIST", "MATH", "BIOL"][(row % 4) as usize],
        100 + row % 400
    )
}

fn user(line: &mut String, row: u64, seed: u64) -> std::fmt::Result {
    let mut rng = Rng::new(seed, Stream::Person, row);
    let key = person_key(row, seed);
    let (first, family) = (rng.pick(FEMALE), rng.pick(FAMILIES));
    let login = format!("{}{row}", family.login);
    write!(
        line,
        "{key}|{login}|{first}|{}|{login}@mail.example.net|{login}@univ.example|Student|none|Y|enabled|SIS_users",
        family.name
    )
}

fn course(line: &mut String, row: u64, seed: u64) -> std::fmt::Result {
    let key = course_key(row);
    let topic =
        Rng::new(seed, Stream::Section, row).pick(&["Chemistry", "History", "Algebra", "Écologie"]);
    write!(line, "{key}|{key}|{topic} {row}|Y|R|20260901|20261218|enabled|2026_09_SIS_courses")
}

fn membership(line: &mut String, shape: Shape, row: u64, seed: u64) -> std::fmt::Result {
    let (courses, users) = (shape.courses.max(1), shape.users.max(1));
    let seats = shape.memberships.div_ceil(courses);
    let (course, seat) = (row / seats, row % seats);
    // A step that has no factor in common with the number of users meets each once before any again.
    let start = Rng::new(seed, Stream::Membership, course).below(users);
    let user = (start + seat * 7919) % users;
    let role = if seat == 0 { "Instructor" } else { "Student" };
    write!(
        line,
        "{}|{}|{role}|Y|enabled|2026_09_SIS_enrollments",
        course_key(course),
        person_key(user, seed)
    )
}
