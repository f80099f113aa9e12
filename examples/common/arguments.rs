//! The arguments of a program, or how it ends without them.

use std::process::ExitCode;

use clap::Parser;

/// Reads the arguments. Help goes to standard output and is an end like any other; a complaint goes to standard
/// error.
pub(crate) fn arguments<A: Parser>() -> Result<A, ExitCode> {
    A::try_parse().map_err(|answer| {
        let _ = answer.print();
        ExitCode::from(if answer.use_stderr() { 2 } else { 0 })
    })
}
