//! The programs as child processes.

use std::env;
use std::path::Path;
use std::process::{Command, Output};

/// A program; a test run builds it beside the folder of the tests.
pub(crate) fn program(name: &str) -> Command {
    let tests = env::current_exe().expect("a test knows where it is");
    let profile =
        tests.parent().and_then(Path::parent).expect("tests are in a folder of their own");
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let mut program = Command::new(profile.join("examples").join(name));
    program.env_remove("NO_COLOR");
    program
}

/// Exit code, standard output, standard error.
pub(crate) fn texts(output: Output) -> (i32, String, String) {
    (
        output.status.code().expect("it ends by itself"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}
