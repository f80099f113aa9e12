//! Matrices to make commands of, and what is made.

use edu_diagnostics::{Collector, Diagnostic, Severity};
use offering_rules::{
    Column, Command, CoursePath, Dialect, Duration, Generator, Kind, Layout, Mark, Matrix,
    OpfValue, Placed, Predicate, RuleSet, Status, Term,
};

pub(crate) fn matrix(kind: Kind, layout: Layout, values: &[(&str, &str)]) -> Matrix {
    let mut matrix = Matrix::new(kind, layout);
    matrix.values.extend(values.iter().map(|&(name, value)| OpfValue::new(name, value)));
    matrix
}

/// A column with `x` at these values, or `!x` where a `!` stands before the number of the value.
pub(crate) fn column(path: &str, status: Option<Status>, marks: &[&str]) -> Column {
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

pub(crate) fn marked(column: Column) -> Column {
    Column { removal: true.into(), ..column }
}

pub(crate) fn with_certificate(column: Column, certificate: &str, before: Option<&str>) -> Column {
    Column {
        certificate: Some(certificate.to_owned().into()),
        before_expiry: before.map(|before| before.parse::<Duration>().expect("a period").into()),
        ..column
    }
}

pub(crate) fn with(column: Column, conditions: impl IntoIterator<Item = Term>) -> Column {
    Column { conditions: conditions.into_iter().map(Placed::from).collect(), ..column }
}

pub(crate) fn with_users(column: Column, users: &[&str]) -> Column {
    Column { users: users.iter().map(|&user| user.to_owned().into()).collect(), ..column }
}

pub(crate) fn set(name: &str) -> Term {
    Term::of(Predicate::IsInUserSet(name.to_owned()))
}

pub(crate) fn date(field: &str, days: i32) -> Term {
    Term::of(Predicate::OrgProfileDateWithin { field: field.to_owned(), days })
}

pub(crate) fn prerequisite(path: &str) -> Term {
    Term::of(Predicate::MostRecentRegistrationCompletedFor(CoursePath::new(path)))
}

pub(crate) fn generate(
    generator: &Generator<'_>,
    matrix: &Matrix,
) -> (Option<Vec<Command>>, Vec<Diagnostic>) {
    let mut findings = Collector::new();
    let commands = generator.generate(matrix, &mut findings);
    (commands, findings.findings().to_vec())
}

/// The findings of the generator itself.
pub(crate) fn own(findings: &[Diagnostic]) -> Vec<(&'static str, Severity, String)> {
    let own = findings.iter().filter(|finding| finding.rule.code.starts_with("OR-G"));
    own.map(|finding| (finding.rule.code, finding.severity, finding.to_string())).collect()
}

pub(crate) fn lines(organisation: &str, matrix: &Matrix) -> Vec<String> {
    let organisation = CoursePath::new(organisation);
    let (commands, _) = generate(&Generator::new().with_organisation(organisation.clone()), matrix);
    let commands = commands.expect("no finding is an error");
    let lines = Dialect::default().render(&organisation, &commands).expect("nothing is reserved");
    lines.lines().map(str::to_owned).collect()
}

/// The expressions of the added rules, behind the last part of the course's path: those that add users, and
/// those that remove them.
pub(crate) fn expressions(commands: &[Command]) -> [Vec<String>; 2] {
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

/// A matrix of instructors with the values `F0` to `F3` of a field each, and of columns of one course.
pub(crate) fn of_columns(columns: Vec<Column>) -> Matrix {
    let values = [("F0", "v"), ("F1", "v"), ("F2", "v"), ("F3", "v")];
    let mut matrix = matrix(Kind::Instructor, Layout::V4_7, &values);
    matrix.columns = columns;
    matrix
}

pub(crate) fn active(marks: &[&str]) -> Column {
    column("/Root/Org/C", Some(Status::Active), marks)
}

pub(crate) fn generator() -> Generator<'static> {
    Generator::new().with_organisation("/Root/Org".into())
}

pub(crate) fn removals(
    generator: &Generator<'_>,
    columns: Vec<Column>,
) -> (Vec<String>, Vec<&'static str>) {
    let (commands, findings) = generate(generator, &of_columns(columns));
    let codes = own(&findings).iter().map(|&(code, ..)| code).collect();
    let [_, removals] = expressions(&commands.unwrap_or_default());
    let short = |line: &String| line.replace("C: ", "").replace("ProfileValueIn", "");
    (removals.iter().map(short).collect(), codes)
}
