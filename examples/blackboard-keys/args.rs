//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Makes keys for persons, random passwords, and hashes of passwords in Blackboard's form.
///
/// What is made goes to standard output, a line each. Random ones come from the entropy of the operating system.
/// Passwords that are to be hashed are read from standard input, a line each, and never from the command line,
/// which other users of the machine can see.
///
/// Exit code: 0 when all was written, 2 when the work could not be done (wrong usage, an empty password, a file
/// that cannot be read). With 2 nothing was written.
#[derive(Debug, Parser)]
#[command(name = "blackboard-keys", after_help = EXAMPLE)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) what: What,
}

const EXAMPLE: &str = "\
Examples:
  cargo run --release --example blackboard-keys -- person -n 3 --issued keys.txt

  writes three values for `external_person_key`, none of them in keys.txt.

  cargo run --release --example blackboard-keys -- ssha < passwords.txt

  writes a value for `passwd` for each line of passwords.txt; `pwencryptiontype` is SSHA.";

/// How many may be asked for.
const MOST: u64 = 10_000_000;

/// What is made.
#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Keys for persons: random hexadecimal digits.
    Person {
        /// How many.
        #[arg(short = 'n', value_name = "N", default_value = "1", value_parser = clap::value_parser!(u64).range(1..=MOST))]
        count: u64,

        /// How many digits a key has: 16 to 20.
        #[arg(long, value_name = "DIGITS", default_value = "20")]
        digits: usize,

        /// Keys that were given before, and are not given again: a key a line, or a feed of users.
        #[arg(long, value_name = "FILE")]
        issued: Vec<PathBuf>,
    },
    /// Random passwords, for users whom somebody else authenticates.
    Password {
        /// How many.
        #[arg(short = 'n', value_name = "N", default_value = "1", value_parser = clap::value_parser!(u64).range(1..=MOST))]
        count: u64,

        /// How many characters a password has: 12 to 32.
        #[arg(long, value_name = "LENGTH", default_value = "20")]
        length: usize,

        /// Logins, one a line: each is written with a password, and a tab between them.
        #[arg(long, value_name = "FILE", conflicts_with = "count")]
        logins: Option<PathBuf>,
    },
    /// The SSHA hashes of passwords from standard input.
    Ssha {
        /// How many of each password: each has another salt.
        #[arg(short = 'n', value_name = "N", default_value = "1", value_parser = clap::value_parser!(u64).range(1..=MOST))]
        count: u64,
    },
    /// The MD5 hashes of passwords from standard input; SSHA is better.
    Md5 {
        /// How many of each password: all the same.
        #[arg(short = 'n', value_name = "N", default_value = "1", value_parser = clap::value_parser!(u64).range(1..=MOST))]
        count: u64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }
}
