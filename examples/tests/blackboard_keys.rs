//! Runs `blackboard-keys` as its callers do.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::collections::HashSet;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use blackboard_sis::{Password, PasswordHash, PasswordType};
use folder::folder;
use support::{program, texts};

/// Runs the program in a folder with bytes on standard input: exit code, standard output, standard error.
fn run(folder: &Path, args: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut program = program("blackboard-keys");
    program.current_dir(folder).args(args);
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().expect("`cargo test -p examples` builds the program first");
    // A program that reads nothing closes the pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    texts(child.wait_with_output().expect("it ends"))
}

fn lines(folder: &Path, args: &[&str], input: &[u8]) -> Vec<String> {
    let (code, out, err) = run(folder, args, input);
    assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    assert!(out.ends_with('\n'));
    out.lines().map(str::to_owned).collect()
}

/// What is said where the work cannot be done.
fn refused(folder: &Path, args: &[&str], input: &[u8]) -> String {
    let (code, out, err) = run(folder, args, input);
    assert_eq!((code, out.as_str()), (2, ""), "{args:?}\n{err}");
    err
}

#[test]
fn keys_for_persons() {
    let folder = folder("keys-person", &[]);
    for (args, count, digits) in [
        (&["person"][..], 1, 20),
        (&["person", "-n", "10000"], 10_000, 20),
        (&["person", "-n", "3", "--digits", "16"], 3, 16),
    ] {
        let keys = lines(&folder, args, b"");
        let distinct: HashSet<_> = keys.iter().collect();
        assert_eq!((keys.len(), distinct.len()), (count, count));
        let is_digit = |digit: char| digit.is_ascii_digit() || ('a'..='f').contains(&digit);
        assert!(keys.iter().all(|key| key.len() == digits && key.chars().all(is_digit)));
    }
    assert_ne!(lines(&folder, &["person"], b""), lines(&folder, &["person"], b""));
    for digits in ["15", "21"] {
        let err = refused(&folder, &["person", "--digits", digits], b"");
        assert!(err.contains("it has 16 to 20"), "{err}");
    }
    for count in ["0", "-1", "x"] {
        refused(&folder, &["person", "-n", count], b"");
    }
}

#[test]
fn keys_that_were_given() {
    let damaged = "external_person_key|user_id|firstname|lastname\nk|u|\"f|l\n";
    let files = [
        ("keys.txt", "9f3c1a77d04be82651ab\n\n"),
        (
            "users.txt",
            "EXTERNAL_PERSON_KEY|USER_ID|FIRSTNAME|LASTNAME\n9f3c1a77d04be82651ac|u|f|l\n",
        ),
        ("two.txt", "external_person_key|user_id\n9f3c1a77d04be82651ad|u\n"),
        ("courses.txt", "external_course_key|course_id|course_name\na|b|c\n"),
        ("damaged.txt", damaged),
    ];
    let folder = folder("keys-issued", &files);
    let args = ["person", "--issued", "keys.txt", "--issued", "users.txt", "--issued", "two.txt"];
    assert_eq!(lines(&folder, &args, b"").len(), 1);
    for (file, expected) in [
        ("courses.txt", "not one of users"),
        ("damaged.txt", "the feed is damaged"),
        ("absent.txt", "absent.txt: "),
    ] {
        let err = refused(&folder, &["person", "--issued", file], b"");
        assert!(err.contains(expected), "{err}");
    }
}

#[test]
fn random_passwords() {
    let folder = folder(
        "keys-password",
        &[
            ("logins.txt", "\u{feff}adelcourt\r\n\r\nbferrand\r\n"),
            ("twice.txt", "a\nA\n"),
            ("tab.txt", "a\tb\n"),
            ("empty.txt", "\n"),
        ],
    );
    let passwords = lines(&folder, &["password", "-n", "1000"], b"");
    let distinct: HashSet<_> = passwords.iter().collect();
    assert_eq!((passwords.len(), distinct.len()), (1000, 1000));
    assert!(
        passwords.iter().all(|it| it.len() == 20 && it.chars().all(|c| c.is_ascii_alphanumeric()))
    );
    assert!(
        lines(&folder, &["password", "-n", "1000"], b"").iter().all(|it| !distinct.contains(it))
    );
    assert_eq!(lines(&folder, &["password", "--length", "32"], b"")[0].len(), 32);
    let of_logins = lines(&folder, &["password", "--logins", "logins.txt"], b"");
    let pairs: Vec<_> = of_logins.iter().filter_map(|line| line.split_once('\t')).collect();
    assert_eq!([pairs[0].0, pairs[1].0, &pairs.len().to_string()], ["adelcourt", "bferrand", "2"]);
    assert!(pairs[0].1 != pairs[1].1 && pairs.iter().all(|(_, password)| password.len() == 20));
    for (args, expected) in [
        (&["password", "--length", "33"][..], "it has 12 to 32"),
        (&["password", "--logins", "twice.txt"], "line 2: this login is there already"),
        (&["password", "--logins", "tab.txt"], "line 1 holds a tab"),
        (&["password", "--logins", "empty.txt"], "there is no login"),
        (&["password", "--logins", "logins.txt", "-n", "2"], "cannot be used with"),
    ] {
        let err = refused(&folder, args, b"");
        assert!(err.contains(expected), "{err}");
    }
}

#[test]
fn hashes() {
    let folder = folder("keys-hash", &[]);
    let md5 = lines(&folder, &["md5"], "cyan\r\nÉté 2026!".as_bytes());
    assert_eq!(md5, ["6411532ba4971f378391776a9db629d3", "24eb2333bb6910f91ac25c3a05ead05b"]);
    let ssha = lines(&folder, &["ssha"], b"cyan\n cyan\ncyan\n");
    for (hash, password) in ssha.iter().zip(["cyan", " cyan", "cyan"]) {
        let hash = PasswordHash::parse(PasswordType::Ssha, hash).expect("a hash");
        assert!(hash.verify(&Password::new(password)));
    }
    assert_ne!(ssha[0], ssha[2], "each has a salt of its own");
    for kind in ["ssha", "md5"] {
        let err = refused(&folder, &[kind], b"topsecret\n\nb\n");
        assert!(
            err.contains("line 2: the password is empty") && !err.contains("topsecret"),
            "{err}"
        );
        assert!(refused(&folder, &[kind], b"").contains("no password"));
        assert!(refused(&folder, &[kind], b"\xE9t\xE9\n").contains("not UTF-8"));
        // Not on the command line.
        refused(&folder, &[kind, "topsecret"], b"");
    }
}

#[test]
fn help_has_an_example() {
    let folder = folder("keys-help", &[]);
    let (code, out, _) = run(&folder, &["--help"], b"");
    assert_eq!(code, 0);
    assert!(out.contains("--example blackboard-keys -- person -n 3"), "{out}");
    assert_eq!(run(&folder, &["person", "--help"], b"").0, 0);
    refused(&folder, &[], b"");
}

#[test]
fn a_password_on_the_command_line_is_not_said_again() {
    let folder = folder("keys-argument", &[]);
    let err = refused(&folder, &["ssha", "geheim"], b"cyan\n");
    assert!(!err.contains("geheim") && err.contains("standard input"), "{err}");
    let hashes = lines(&folder, &["ssha", "-n", "3"], b"cyan\n");
    assert_eq!(hashes.iter().collect::<HashSet<_>>().len(), 3);
    assert_eq!(lines(&folder, &["md5", "-n", "2"], b"cyan\n").len(), 2);
}
