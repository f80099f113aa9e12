//! `blackboard-keys`: keys for persons, random passwords, and hashes of passwords in Blackboard's form.

mod args;
#[path = "../common/plain.rs"]
mod plain;

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use blackboard_sis::fields::person::Person;
use blackboard_sis::{
    FeedReader, Object, Password, PasswordHash, PersonKeys, RandomPasswords, is_feed, rules,
};
use clap::Parser as _;
use clap::error::ErrorKind;
use edu_diagnostics::{Collector, Diagnostic, Severity};
use edu_syntax::Decoded;

use crate::args::{Args, What};
use crate::plain::plain;

const NOT_AN_ARGUMENT: &str = "an argument is not known (--help says which are); passwords are read from \
                               standard input, a line each";

/// Why the work could not be done.
type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(answer) => {
            // Help goes to standard output, a complaint to standard error.
            if answer.kind() == ErrorKind::UnknownArgument {
                // What stands there may be a password: it is not said again.
                let _ = writeln!(io::stderr(), "blackboard-keys: {NOT_AN_ARGUMENT}");
            } else {
                let _ = answer.print();
            }
            return ExitCode::from(if answer.use_stderr() { 2 } else { 0 });
        }
    };
    let result = match &args.what {
        What::Person { count, digits, issued } => keys(*count, *digits, issued),
        What::Password { count, length, logins } => passwords(*count, *length, logins.as_deref()),
        What::Ssha { count } => {
            hashes(*count, |password| Ok(PasswordHash::ssha(password, entropy()?)?))
        }
        What::Md5 { count } => hashes(*count, |password| Ok(PasswordHash::md5(password)?)),
    };
    // All or nothing: nothing is written before all is there.
    let written = result.and_then(|lines| {
        let mut out = io::stdout().lock();
        let written = out.write_all(lines.as_bytes()).and_then(|()| out.flush());
        // Whoever closes the pipe early has seen enough.
        Ok(written.or_else(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Ok(()),
            _ => Err(error),
        })?)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let sentence = plain(&failure.to_string());
            let _ = writeln!(io::stderr(), "blackboard-keys: {sentence}; nothing was written");
            ExitCode::from(2)
        }
    }
}

/// Random bytes of the operating system.
fn entropy<const BYTES: usize>() -> Result<[u8; BYTES], Failure> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| format!("there is no entropy: {error}"))?;
    Ok(bytes)
}

fn keys(count: u64, digits: usize, issued: &[impl AsRef<Path>]) -> Result<String, Failure> {
    let mut keys = PersonKeys::new().with_digits(digits)?;
    for path in issued {
        keys = keys.with_issued(issued_keys(path.as_ref())?);
    }
    let mut lines = String::new();
    for _ in 0..count {
        let mut failure = None;
        let key = keys.next(|bytes: &mut [u8]| failure = getrandom::fill(bytes).err());
        if let Some(error) = failure {
            return Err(format!("there is no entropy: {error}").into());
        }
        lines += &key?;
        lines.push('\n');
    }
    Ok(lines)
}

/// The keys of a file: one a line, or those of a feed of users.
fn issued_keys(path: &Path) -> Result<Vec<String>, Failure> {
    let bytes = fs::read(path).map_err(|error| in_file(path, &error))?;
    let text = Decoded::new(&bytes);
    if !is_feed(text.text()) {
        let keys = text.text().lines().map(str::trim).filter(|key| !key.is_empty());
        return Ok(keys.map(str::to_owned).collect());
    }
    let mut findings = Collector::new();
    let mut rows = FeedReader::new().for_text(&text, &mut findings);
    let mut keys = Vec::new();
    while let Some(row) = rows.next() {
        let key = Person::of(&row).and_then(|person| person.external_person_key());
        keys.extend(key.map(std::borrow::Cow::into_owned));
    }
    if rows.object() != Some(Object::Person) {
        return Err(in_file(path, &"this is a feed, and not one of users"));
    }
    // A column that is missing hides no key.
    let hides_keys = |finding: &Diagnostic| {
        finding.severity == Severity::Error && finding.rule.code != rules::HEADER_MISSING.code
    };
    if findings.findings().iter().any(hides_keys) {
        return Err(in_file(path, &"the feed is damaged, and a key could be missed: see `check`"));
    }
    Ok(keys)
}

fn passwords(count: u64, length: usize, logins: Option<&Path>) -> Result<String, Failure> {
    let passwords = RandomPasswords::new(&entropy::<32>()?)?.with_length(length)?;
    let mut lines = String::new();
    let Some(path) = logins else {
        for number in 0..count {
            lines += passwords.for_login(&number.to_string()).expose();
            lines.push('\n');
        }
        return Ok(lines);
    };
    let bytes = fs::read(path).map_err(|error| in_file(path, &error))?;
    let text = Decoded::new(&bytes);
    let mut seen = HashSet::new();
    for (index, login) in text.text().lines().enumerate() {
        let login = login.trim();
        if login.is_empty() {
            continue;
        }
        let line = index + 1;
        if login.contains('\t') {
            return Err(in_file(path, &format!("line {line} holds a tab: give logins alone")));
        }
        if !seen.insert(login.to_lowercase()) {
            return Err(in_file(path, &format!("line {line}: this login is there already")));
        }
        for part in [login, "\t", passwords.for_login(login).expose(), "\n"] {
            lines += part;
        }
    }
    if lines.is_empty() {
        return Err(in_file(path, &"there is no login"));
    }
    Ok(lines)
}

/// The hash of each line of standard input, so many times.
fn hashes(
    count: u64,
    hash: impl Fn(&Password<'_>) -> Result<PasswordHash, Failure>,
) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|error| format!("standard input: {error}"))?;
    let text =
        str::from_utf8(&bytes).map_err(|_| "standard input is not UTF-8, as passwords are")?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.is_empty() {
        return Err("there is no password on standard input".into());
    }
    let mut lines = String::new();
    for (index, line) in text.lines().enumerate() {
        for _ in 0..count {
            let hash = hash(&Password::new(line));
            let hash =
                hash.map_err(|failure| format!("standard input, line {}: {failure}", index + 1))?;
            lines += hash.expose();
            lines.push('\n');
        }
    }
    Ok(lines)
}

fn in_file(path: &Path, what: &dyn std::fmt::Display) -> Failure {
    format!("{}: {what}", path.display()).into()
}
