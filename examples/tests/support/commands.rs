//! The commands that `offering-rule-generator` makes of small matrices.

use std::fs;

use crate::folder::folder;
use crate::matrices::run;

/// The organisation of these matrices.
pub(crate) const FLEET: &str = "/Root/Fleet";

/// Runs the generator on a matrix: exit code, the lines written (none where there is no file), standard error.
pub(crate) fn generate(
    test: &str,
    rules: &str,
    matrix: &str,
    more: &[&str],
) -> (i32, Option<Vec<String>>, String) {
    let folder = folder(&format!("generate-{test}"), &[("m.csv", matrix)]);
    let args = [&[rules, "-f", "m.csv", "-o", "c.txt", "-p", FLEET], more].concat();
    let (code, out, err) = run("offering-rule-generator", &folder, &args);
    assert_eq!(out, "", "commands go to the file");
    let written = fs::read_to_string(folder.join("c.txt")).ok();
    let names = fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(names, 1 + usize::from(written.is_some()), "{test}: nothing else is left behind");
    (code, written.map(|text| text.lines().map(str::to_owned).collect()), err)
}

/// The commands for a matrix that has no error, and what is said about it.
pub(crate) fn commands(test: &str, rules: &str, matrix: &str) -> (Vec<String>, String) {
    let (code, lines, err) = generate(test, rules, matrix, &[]);
    assert_eq!(code, 0, "{test}: {err}\n{matrix}");
    (lines.expect("the commands"), err)
}

/// What is said of a matrix of which no commands are made.
pub(crate) fn refused(test: &str, rules: &str, matrix: &str) -> String {
    let (code, lines, err) = generate(test, rules, matrix, &[]);
    assert_eq!((code, lines), (1, None), "{test}: {err}\n{matrix}");
    assert!(err.ends_with("the matrix has errors; nothing was written\n"), "{err}");
    err
}

/// The expressions of all commands of one name.
pub(crate) fn expressions<'c>(commands: &'c [String], name: &str) -> Vec<&'c str> {
    let of_name = commands.iter().filter(|command| command.split(' ').next() == Some(name));
    of_name.map(|command| command.split('"').nth(1).expect("an expression")).collect()
}
