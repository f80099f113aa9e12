//! What the commands do to users is what the matrix says, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use edu_diagnostics::Collector;
use offering_rules::{
    Column, Command, CoursePath, Dialect, Expression, Generator, Kind, Layout, Mark, Matrix,
    OpfValue, Placed, Predicate, RegistrationKind, Removal, RuleSet, Status, Term, edu_diagnostics,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const ORGANISATION: &str = "/Root/Org";
/// Courses of the matrices.
const COURSES: [&str; 3] = ["/Root/Org/A", "/Root/Org/B c", "/Root/Org/D"];
/// Courses that must have been completed.
const OTHERS: [&str; 2] = ["/Root/Org/X", "/Root/Org/Y"];
/// Names of fields, and values that they can have.
const FIELDS: [&str; 3] = ["Vessel", "Rank", "Vessel Class"];
const VALUES: [&str; 3] = ["one", "two", "three [3]"];
const USERS: [&str; 3] = ["anna", "bo", "cleo"];
const SETS: [&str; 2] = ["Captains", "Deck crew"];
const DATES: [&str; 2] = ["Sign On", "Sign Off"];
const CERTIFICATES: [&str; 2] = ["C1Y", "C2Y"];

/// A user, and all that rules ask about one.
#[derive(Debug, Clone)]
struct User {
    name: &'static str,
    /// Number of the value of each field.
    profile: Vec<Option<usize>>,
    sets: Vec<&'static str>,
    /// Days until the date of each field.
    dates: Vec<Option<i32>>,
    /// Changed since completion.
    changed: Vec<&'static str>,
    /// Certificates that expire.
    expiring: Vec<&'static str>,
    is_registered: bool,
    is_active: bool,
    has_completed: bool,
    latest: Option<RegistrationKind>,
    /// Of the other courses: completed, and completed since the current course was.
    others: Vec<&'static str>,
    since: Vec<&'static str>,
}

impl User {
    fn has(&self, field: &str, value: &str) -> bool {
        let mut fields = FIELDS.iter().zip(&self.profile);
        fields.any(|(known, number)| {
            *known == field && number.is_some_and(|number| value == VALUES[number])
        })
    }

    /// Whether a predicate holds, by its name in the rule language.
    fn meets(&self, predicate: &Predicate) -> bool {
        match predicate {
            Predicate::HasNoRegistrations => !self.is_registered,
            Predicate::HasActiveRegistrations => self.is_active,
            Predicate::HasCompletedRegistrations => self.has_completed,
            Predicate::CertificateWillExpire { certificate, .. }
            | Predicate::CertificateWillExpireInCourse { certificate, .. } => {
                self.expiring.contains(&certificate.as_str())
            }
            Predicate::ProfileValueIn { field, values } => {
                values.iter().any(|value| self.has(field, value))
            }
            Predicate::MostRecentRegistrationCompletedFor(course) => {
                self.others.contains(&course.as_str())
            }
            Predicate::CompletedForSinceCurrentCompletion(course) => {
                self.since.contains(&course.as_str())
            }
            Predicate::ProfileChangedSinceLastCompletion(field) => {
                self.changed.contains(&field.as_str())
            }
            Predicate::IsUser(name) => self.name == name,
            Predicate::IsInUserSet(set) => self.sets.contains(&set.as_str()),
            Predicate::OrgProfileDateWithin { field, days } => {
                let mut dates = DATES.iter().zip(&self.dates);
                dates.any(|(known, left)| known == field && left.is_some_and(|left| left <= *days))
            }
            Predicate::TypeOfMostRecentlyCompletedRegistration(kinds) => {
                self.latest.as_ref().is_some_and(|latest| kinds.contains(latest))
            }
            other => unreachable!("{other:?} is in no matrix"),
        }
    }

    fn meets_term(&self, term: &Term) -> bool {
        self.meets(&term.predicate) != term.is_negated
    }

    fn meets_all(&self, expression: &Expression) -> bool {
        expression.terms.iter().all(|term| self.meets_term(term))
    }
}

// What a matrix says, without any of the library's code.

fn is_rule(column: &Column) -> bool {
    let is_in_force = !matches!(column.status(), None | Some(Status::Deactivated));
    let asks =
        !(column.marks.is_empty() && column.users.is_empty() && column.conditions.is_empty());
    is_in_force && asks
}

/// Whether the marks and the users of a column mean a user.
fn means(matrix: &Matrix, column: &Column, user: &User) -> bool {
    let meets = |mark: &Mark| {
        let value = &matrix.values[mark.value as usize];
        user.has(&value.name.value, &value.value.value)
    };
    let marks_of = |field: &str, is_excluded| {
        let of = move |mark: &&Placed<Mark>| {
            let value = &matrix.values[mark.value.value as usize];
            value.name.value == field && mark.value.is_excluded == is_excluded
        };
        column.marks.iter().filter(of).map(|mark| meets(&mark.value)).collect::<Vec<_>>()
    };
    let fields = FIELDS.iter().all(|field| {
        let needed = marks_of(field, false);
        (needed.is_empty() || needed.contains(&true)) && !marks_of(field, true).contains(&true)
    });
    let is_named =
        column.users.is_empty() || column.users.iter().any(|name| name.value == user.name);
    fields && is_named
}

fn registers(matrix: &Matrix, column: &Column, user: &User) -> bool {
    let certificate = column
        .certificate
        .as_ref()
        .is_none_or(|certificate| user.expiring.contains(&certificate.value.as_str()));
    let may = match column.status() {
        Some(Status::OneTime) => !user.is_registered,
        Some(Status::ReRegistration) => !user.is_active && certificate,
        Some(Status::OnlyWithCompletedRegistration) => {
            user.has_completed && !user.is_active && certificate
        }
        Some(Status::WithoutReRegistration) => !user.is_active,
        Some(Status::Active) => true,
        _ => false,
    };
    is_rule(column)
        && means(matrix, column, user)
        && column.conditions.iter().all(|condition| user.meets_term(&condition.value))
        && may
}

fn is_removable(condition: &Term) -> bool {
    use Predicate as P;
    matches!(condition.predicate, P::IsInUserSet(_) | P::TypeOfMostRecentlyCompletedRegistration(_))
}

/// Whether the part of a column holds that removal looks at.
fn keeps(matrix: &Matrix, column: &Column, user: &User) -> bool {
    let mut conditions = column.conditions.iter().map(|condition| &condition.value);
    means(matrix, column, user)
        && conditions.all(|condition| !is_removable(condition) || user.meets_term(condition))
}

/// Whether removal looks at anything in a column.
fn can_be_missed(column: &Column) -> bool {
    let mut conditions = column.conditions.iter();
    !column.marks.is_empty()
        || !column.users.is_empty()
        || conditions.any(|condition| is_removable(&condition.value))
}

/// Whether a matrix asks to remove a user from a course.
fn removes(matrix: &Matrix, course: &str, removal: Removal, user: &User) -> bool {
    let columns: Vec<_> = matrix
        .columns
        .iter()
        .filter(|column| column.path.value.as_str() == course && is_rule(column))
        .collect();
    let is_missed = |column: &Column| can_be_missed(column) && !keeps(matrix, column, user);
    let is_there = matrix.kind == Kind::Instructor || user.is_active;
    let by_matrix = match removal {
        Removal::Course => {
            columns.iter().any(|column| column.removal.value)
                && columns.iter().all(|column| is_missed(column))
        }
        Removal::Column => columns.iter().any(|column| column.removal.value && is_missed(column)),
    };
    is_there && by_matrix
}

// Matrices and users.

fn condition() -> impl Strategy<Value = Term> {
    use Predicate as P;
    let other = || select(&OTHERS[..]).prop_map(CoursePath::from);
    let kinds = subsequence(RegistrationKind::KNOWN.to_vec(), 1..3);
    let predicate = prop_oneof![
        1 => other().prop_map(P::MostRecentRegistrationCompletedFor),
        1 => other().prop_map(P::CompletedForSinceCurrentCompletion),
        1 => (other(), select(&CERTIFICATES[..])).prop_map(|(course, certificate)| {
            let (certificate, before) = (certificate.to_owned(), "30d".parse().expect("a period"));
            P::CertificateWillExpireInCourse { course, certificate, before }
        }),
        1 => select(&FIELDS[..]).prop_map(|field| P::ProfileChangedSinceLastCompletion(field.to_owned())),
        3 => select(&SETS[..]).prop_map(|set| P::IsInUserSet(set.to_owned())),
        1 => (select(&DATES[..]), -5..30)
            .prop_map(|(field, days)| P::OrgProfileDateWithin { field: field.to_owned(), days }),
        1 => kinds.prop_map(P::TypeOfMostRecentlyCompletedRegistration),
    ];
    (any::<bool>(), predicate).prop_map(|(is_negated, predicate)| Term { is_negated, predicate })
}

fn status(kind: Kind) -> impl Strategy<Value = Option<Status>> {
    let in_force = match kind {
        Kind::Registration => vec![
            Status::OneTime,
            Status::ReRegistration,
            Status::OnlyWithCompletedRegistration,
            Status::WithoutReRegistration,
        ],
        Kind::Instructor => vec![Status::Active],
    };
    prop_oneof![
        8 => select(in_force).prop_map(Some),
        1 => Just(Some(Status::Deactivated)),
        1 => Just(None),
    ]
}

fn column(kind: Kind) -> impl Strategy<Value = Column> {
    let mark = prop_oneof![6 => Just(None), 3 => Just(Some(false)), 1 => Just(Some(true))];
    (
        prop_oneof![3 => Just(COURSES[0]), 1 => select(&COURSES[..])],
        status(kind),
        any::<bool>(),
        option::of(select(&CERTIFICATES[..])),
        prop_oneof![3 => Just(Vec::new()), 1 => subsequence(&USERS[..], 1..3)],
        prop_oneof![2 => Just(Vec::new()), 1 => vec(condition(), 1..3)],
        vec(mark, FIELDS.len() * VALUES.len()),
    )
        .prop_map(|(path, status, removal, certificate, users, conditions, marks)| Column {
            path: CoursePath::new(path).into(),
            status: status.map(Placed::from),
            removal: removal.into(),
            certificate: certificate.map(|id| id.to_owned().into()),
            users: users.into_iter().map(|user| user.to_owned().into()).collect(),
            conditions: conditions.into_iter().map(Placed::from).collect(),
            marks: marks
                .into_iter()
                .zip(0..)
                .filter_map(|(is_excluded, value)| Some(Mark { value, is_excluded: is_excluded? }))
                .map(Placed::from)
                .collect(),
            ..Column::default()
        })
}

/// Values of fields do not stand together.
fn values() -> Vec<OpfValue> {
    let of_value = |value: &&'static str| FIELDS.map(|field| OpfValue::new(field, *value));
    VALUES.iter().flat_map(of_value).collect()
}

fn matrix() -> impl Strategy<Value = Matrix> {
    let kind = prop_oneof![Just(Kind::Registration), Just(Kind::Instructor)];
    let columns = |kind| (Just(kind), vec(column(kind), 0..5));
    kind.prop_flat_map(columns).prop_map(|(kind, columns)| Matrix {
        columns,
        values: values(),
        ..Matrix::new(kind, Layout::V4_7)
    })
}

fn user() -> impl Strategy<Value = User> {
    let who = (
        select([&USERS[..], &["dora"]].concat()),
        vec(option::weighted(0.9, 0..VALUES.len()), FIELDS.len()),
        subsequence(&SETS[..], 0..=SETS.len()),
        vec(option::of(-10..40), DATES.len()),
        subsequence(&FIELDS[..], 0..=FIELDS.len()),
    );
    let what = (
        subsequence(&CERTIFICATES[..], 0..=CERTIFICATES.len()),
        any::<[bool; 3]>(),
        option::of(select(RegistrationKind::KNOWN.to_vec())),
        subsequence(&OTHERS[..], 0..=OTHERS.len()),
        subsequence(&OTHERS[..], 0..=OTHERS.len()),
    );
    (who, what).prop_map(
        |(
            (name, profile, sets, dates, changed),
            (expiring, [is_registered, is_active, has_completed], latest, others, since),
        )| User {
            name,
            profile,
            sets,
            dates,
            changed,
            expiring,
            is_registered,
            is_active,
            has_completed,
            latest,
            others,
            since,
        },
    )
}

/// The commands for a matrix; `None` where removal would take too many rules.
fn generate(generator: &Generator<'_>, matrix: &Matrix) -> Option<Vec<Command>> {
    let mut findings = Collector::new();
    let commands = generator.generate(matrix, &mut findings);
    let refused = findings.count("OR-G02") > 0;
    assert_eq!(commands.is_none(), refused, "{:?}", findings.findings());
    commands
}

fn generator(removal: Removal) -> Generator<'static> {
    Generator::new()
        .with_organisation(ORGANISATION.into())
        .with_removal(removal)
        .with_removal_limit(2_000)
}

/// Whether a rule that was added to a set applies to a user in a course.
fn applies(commands: &[Command], set: RuleSet, at: &str, user: &User) -> bool {
    commands.iter().any(|command| match command {
        Command::Add { rules, course, expression } => {
            *rules == set && course.as_str() == at && user.meets_all(expression)
        }
        _ => false,
    })
}

// The LMS, and its client.

type Rules = BTreeMap<(CoursePath, RuleSet), BTreeSet<String>>;

fn execute(commands: &[Command], stored: &mut Rules) {
    for command in commands {
        match command {
            Command::Delete { rules, course } => {
                stored.remove(&(course.clone(), *rules));
            }
            Command::Add { rules, course, expression } => {
                let of_course = stored.entry((course.clone(), *rules)).or_default();
                of_course.insert(expression.to_string());
            }
            _ => {}
        }
    }
}

/// The parts of a command line: spaces separate them, except between double quotes.
fn parts(line: &str) -> Vec<String> {
    let (mut parts, mut part, mut is_quoted) = (Vec::new(), None::<String>, false);
    for c in line.chars() {
        match c {
            '"' => {
                is_quoted = !is_quoted;
                part.get_or_insert_default();
            }
            ' ' if !is_quoted => parts.extend(part.take()),
            _ => part.get_or_insert_default().push(c),
        }
    }
    assert!(!is_quoted, "{line}");
    parts.extend(part);
    parts
}

/// What stands in the line of a command.
fn expected(command: &Command) -> Vec<String> {
    let name = |name: &str| name.to_owned();
    match command {
        Command::Pause => vec![name("PauseAutomaticOfferingRuleProcessing")],
        Command::Continue => vec![name("ContinueAutomaticOfferingRuleProcessing")],
        Command::ReEvaluate { kind, course } => {
            let below = course.as_str().trim_start_matches("/Root/Org/");
            let command = name("ReEvaluateOfferingRulesByCoursePathMatch");
            vec![command, kind.to_string(), name(ORGANISATION), name(below)]
        }
        Command::Delete { rules, course } => {
            let command = match rules {
                RuleSet::Registration => "deleteRegisterStudentRules",
                RuleSet::DeRegistration => "deleteDeregisterStudentRules",
                RuleSet::Instructor => "deleteInstructorRules",
                RuleSet::RemoveInstructor => "deleteRemoveInstructorRules",
            };
            vec![name(command), name(ORGANISATION), course.to_string(), name("AUTO")]
        }
        Command::Add { rules, course, expression } => {
            let command = match rules {
                RuleSet::Registration => "addRegisterStudentRule",
                RuleSet::DeRegistration => "addDeregisterStudentRule",
                RuleSet::Instructor => "addInstructorRule",
                RuleSet::RemoveInstructor => "addRemoveInstructorRule",
            };
            let (course, expression) = (course.to_string(), expression.to_string());
            vec![name(command), name(ORGANISATION), course, expression, name("AUTO")]
        }
    }
}

/// Texts that want to be more than a value.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        2 => select(vec!["a", "Rank", " ", "é", "-x", "/Root", "{mark}", "\\", "'", "[", "!"]),
        1 => select(vec![
            "\"", "\n", "\r\n", ";", ")", "(", ",", "|", ":", "$", "\t", "\0", "\u{85}", "\u{2028}", "\u{2029}",
            ");IsUser(a", "\" AUTO\naddRegisterStudentRule /Root /Root \"IsUser(a)",
        ]),
    ];
    vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// Whether a text is nothing but a text in a rule.
fn is_plain(text: &str) -> bool {
    let separators = "(),:;|$\"\u{2028}\u{2029}";
    text.chars().all(|c| !c.is_control() && !separators.contains(c))
        && text.trim() == text
        && !text.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn rules_register_whom_the_matrix_registers(matrix in matrix(), users in vec(user(), 1..8)) {
        let Some(commands) = generate(&generator(Removal::Course), &matrix) else { return Ok(()) };
        let [add, _] = RuleSet::of(matrix.kind);
        for user in &users {
            for course in COURSES {
                let mut columns = matrix.columns.iter();
                let says = columns.any(|column| {
                    column.path.value.as_str() == course && registers(&matrix, column, user)
                });
                prop_assert_eq!(applies(&commands, add, course, user), says, "{} {:?}", course, user);
            }
        }
    }

    #[test]
    fn rules_remove_whom_no_column_keeps(matrix in matrix(), users in vec(user(), 1..8)) {
        for removal in [Removal::Course, Removal::Column] {
            let Some(commands) = generate(&generator(removal), &matrix) else { continue };
            let [_, remove] = RuleSet::of(matrix.kind);
            for user in &users {
                for course in COURSES {
                    let is_removed = applies(&commands, remove, course, user);
                    prop_assert_eq!(is_removed, removes(&matrix, course, removal, user));
                    let mut columns = matrix.columns.iter();
                    let is_kept = columns.any(|column| {
                        column.path.value.as_str() == course
                            && is_rule(column)
                            && keeps(&matrix, column, user)
                    });
                    prop_assert!(removal == Removal::Column || !(is_removed && is_kept));
                }
            }
        }
    }

    #[test]
    fn executing_again_changes_nothing(matrix in matrix(), old in matrix(), has_processing: bool) {
        let generator = generator(Removal::Course).with_processing(has_processing);
        let Some(commands) = generate(&generator, &matrix) else { return Ok(()) };
        let mut stored = Rules::new();
        execute(&generate(&generator, &old).unwrap_or_default(), &mut stored);
        execute(&commands, &mut stored);
        let once = stored.clone();
        execute(&commands, &mut stored);
        prop_assert_eq!(&stored, &once);

        // No command is there twice, and no rule comes before the deletes of its course.
        let first_add = commands.iter().position(|command| matches!(command, Command::Add { .. }));
        let last_delete = commands.iter().rposition(|command| matches!(command, Command::Delete { .. }));
        prop_assert!(first_add.is_none_or(|add| last_delete.is_some_and(|delete| delete < add)));
        let distinct: std::collections::HashSet<_> = commands.iter().collect();
        prop_assert_eq!(distinct.len(), commands.len());
    }

    /// Nobody else's rules are touched.
    #[test]
    fn courses_without_status_stay_as_they_are(matrix in matrix()) {
        let Some(commands) = generate(&generator(Removal::Course), &matrix) else { return Ok(()) };
        for command in &commands {
            let course = command.course().unwrap();
            let mut columns = matrix.columns.iter();
            prop_assert!(columns.any(|column| column.path.value == *course && column.status.is_some()));
        }
    }

    #[test]
    fn a_command_is_a_line_with_its_arguments(matrix in matrix()) {
        let generator = generator(Removal::Course).with_processing(true);
        let Some(commands) = generate(&generator, &matrix) else { return Ok(()) };
        let lines = Dialect::default().render(&ORGANISATION.into(), &commands).unwrap();
        prop_assert!(lines.is_empty() || lines.ends_with('\n'));
        let read: Vec<_> = lines.split_terminator('\n').map(parts).collect();
        let expected: Vec<_> = commands.iter().map(expected).collect();
        prop_assert_eq!(read, expected);
        for command in &commands {
            if let Command::Add { expression, .. } = command {
                prop_assert_eq!(expression.to_string().parse(), Ok(expression.clone()));
            }
        }
    }

    /// Not even a matrix that nobody checked brings in a command, an argument or a predicate.
    #[test]
    fn nasty_texts_are_refused(
        text in nasty(), place in 0..6, matrix in matrix(), at in any::<prop::sample::Index>(),
    ) {
        let mut matrix = matrix;
        let is_plain = is_plain(&text);
        let term = |predicate| Placed::from(Term::of(predicate));
        let mut columns = matrix.columns.len();
        if columns == 0 {
            matrix.columns.push(Column::default());
            columns = 1;
        }
        let column = &mut matrix.columns[at.index(columns)];
        match place {
            0 => column.path = CoursePath::new(format!("/Root/Org/{text}")).into(),
            1 => column.users.push(text.clone().into()),
            2 => column.conditions.push(term(Predicate::IsInUserSet(text.clone()))),
            3 => column.certificate = Some(text.clone().into()),
            4 => matrix.values[at.index(FIELDS.len())].name = text.clone().into(),
            _ => matrix.values[at.index(FIELDS.len())].value = text.clone().into(),
        }
        let mut findings = Collector::new();
        let commands = generator(Removal::Course).generate(&matrix, &mut findings);
        let Some(commands) = commands else { return Ok(()) };
        match Dialect::default().render(&ORGANISATION.into(), &commands) {
            Err(error) => prop_assert!(!is_plain || place == 0, "{}", error),
            Ok(lines) => {
                // Either it is harmless, or it is in no rule.
                let read: Vec<_> = lines.split_terminator('\n').map(parts).collect();
                prop_assert_eq!(read, commands.iter().map(expected).collect::<Vec<_>>());
                for command in &commands {
                    if let Command::Add { expression, .. } = command {
                        prop_assert_eq!(expression.to_string().parse(), Ok(expression.clone()));
                    }
                }
            }
        }
    }
}
