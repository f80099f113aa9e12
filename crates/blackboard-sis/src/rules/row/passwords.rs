//! Rules about passwords. No finding holds one.

use edu_diagnostics::{Diagnostic, Severity, Span};

use crate::fields::person::At;
use crate::password::{LONGEST, PasswordType, Prefix, Ssha, is_md5, is_md5_of_nothing};
use crate::row::Row;
use crate::rules::table as rules;

/// Words that stand for a type where it is not known: they cannot be a password in the wrong column.
const KNOWN_WORDS: &[&str] = &[
    "sha",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "smd5",
    "md4",
    "ntlm",
    "crypt",
    "bcrypt",
    "scrypt",
    "argon2",
    "pbkdf2",
    "plain",
    "plaintext",
    "clear",
    "cleartext",
    "none",
    "null",
    "base64",
    "aes",
    "ssha256",
    "ssha512",
];

/// Checks the password of a row about a person (`BB-P01` to `BB-P09`).
pub(crate) fn check(row: &Row<'_>, out: &mut Vec<Diagnostic>) {
    let cell = |at: At| Some((row.at(at)?.span(), row.filled(at)?));
    let kind = cell(At::pwencryptiontype);
    let Some((span, password)) = cell(At::passwd) else {
        if let Some((span, kind)) = kind {
            let mut finding =
                about_type(span, &kind, ", and there is no password: Learn makes a random one");
            if PasswordType::parse(&kind).is_some() {
                finding.severity = Severity::Info;
            }
            out.push(finding);
        }
        return;
    };
    match kind {
        None => without_type(span, &password, out),
        Some((type_span, kind)) => match PasswordType::parse(&kind) {
            Some(PasswordType::Md5) => md5(span, &password, out),
            Some(PasswordType::Ssha) => ssha(span, &password, out),
            None => out.push(about_type(type_span, &kind, "")),
        },
    }
}

/// A finding about a type. What is not surely one is not shown: columns may have changed places.
fn about_type(span: Span, kind: &str, rest: &'static str) -> Diagnostic {
    let word = kind.to_ascii_lowercase().replace(['-', '_'], "");
    let what = if PasswordType::parse(kind).is_some() {
        format!("says {kind}{rest}")
    } else if KNOWN_WORDS.contains(&word.as_str()) {
        format!("says {kind}, which is not a type that Learn knows{rest}")
    } else {
        format!("does not say a type{rest}")
    };
    Diagnostic::new(&rules::PASSWORD_TYPE).at(span).word("what", what)
}

/// Plain text, or a hash that is taken for it.
fn without_type(span: Span, password: &str, out: &mut Vec<Diagnostic>) {
    if Prefix::of(password).0 != Prefix::Missing {
        out.push(Diagnostic::new(&rules::HASH_WITHOUT_TYPE).at(span));
        return ssha(span, password, out);
    }
    let other_prefix = password.starts_with('{') && password.contains('}');
    if other_prefix || Ssha::read(password).bytes.is_ok() {
        out.push(Diagnostic::new(&rules::HASH_WITHOUT_TYPE).at(span));
    } else if is_md5(password) {
        // It could be a random password as well.
        let mut finding = Diagnostic::new(&rules::HASH_WITHOUT_TYPE).at(span);
        finding.severity = Severity::Warning;
        out.push(finding);
    }
    out.push(Diagnostic::new(&rules::PLAIN_PASSWORD).at(span));
    let length = password.chars().count();
    if length > LONGEST {
        out.push(
            Diagnostic::new(&rules::PASSWORD_TOO_LONG)
                .at(span)
                .count("found", length as u64)
                .count("limit", LONGEST as u64),
        );
    }
}

fn md5(span: Span, password: &str, out: &mut Vec<Diagnostic>) {
    let is_md5 = is_md5(password);
    if !is_md5 || password.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let mut finding = Diagnostic::new(&rules::MD5_FORM).at(span);
        if is_md5 {
            finding.severity = Severity::Warning;
        }
        out.push(finding);
    }
    if is_md5_of_nothing(password) {
        out.push(Diagnostic::new(&rules::EMPTY_PASSWORD_HASH).at(span));
    }
}

fn ssha(span: Span, password: &str, out: &mut Vec<Diagnostic>) {
    let found = Ssha::read(password);
    let what = match found.prefix {
        Prefix::Right => None,
        Prefix::OtherCase => Some("not in capital letters"),
        Prefix::Missing => Some("missing"),
    };
    if let Some(what) = what {
        let finding = Diagnostic::new(&rules::SSHA_PREFIX).at(span);
        out.push(finding.word("prefix", "`{SSHA}`").word("what", what));
    }
    if let Err(fault) = &found.bytes {
        out.push(Diagnostic::new(&rules::SSHA_FORM).at(span).word("what", fault.to_string()));
    }
    if !found.is_canonical {
        out.push(Diagnostic::new(&rules::SSHA_BITS).at(span));
    }
    if found.is_of_nothing {
        out.push(Diagnostic::new(&rules::EMPTY_PASSWORD_HASH).at(span));
    }
}

#[cfg(test)]
mod tests {
    use edu_diagnostics::Collector;
    use edu_syntax::Decoded;

    use super::*;
    use crate::read::FeedReader;

    const SSHA: &str = "foV2dGZ/2FLNdmJUNEpXZ8ijfiGAriwuB9AYrQ==";

    /// The findings about a password of this type, a code and the first letter of its severity each.
    fn codes(password: &str, kind: &str) -> String {
        let file = format!("passwd|external_person_key|pwencryptiontype\n{password}|k|{kind}\n");
        let text = Decoded::from(file.as_str());
        let mut sink = Collector::new();
        let mut rows = FeedReader::new().for_text(&text, &mut sink);
        let row = rows.next().unwrap();
        let mut out = Vec::new();
        check(&row, &mut out);
        let shown = |finding: &Diagnostic| {
            let sentence = format!("{finding} {finding:?}");
            assert!(password.is_empty() || !sentence.contains(password), "{sentence}");
            assert!(
                !finding.to_string().contains(['{', '}']) || finding.to_string().contains("{SSHA}")
            );
            let severity = match finding.severity {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Info => 'I',
            };
            format!("{}{severity}", finding.rule.code.trim_start_matches("BB-"))
        };
        out.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn passwords_and_types() {
        let long = "x".repeat(33);
        let upper = "6411532BA4971F378391776A9DB629D3";
        let nothing = "d41d8cd98f00b204e9800998ecf8427e";
        for (password, kind, expected) in [
            ("", "", ""),
            (" ", "", ""),
            ("S3same-open", "", "P01W"),
            ("6411532ba4971f378391776a9db629d3", "MD5", ""),
            ("6411532ba4971f378391776a9db629d3", "md5", ""),
            ("6411532ba4971f378391776a9db629d3", "", "P08W P01W"),
            ("{MD5}6411532ba4971f", "", "P08E P01W"),
            (&format!("{{SSHA}}{SSHA}"), "SSHA", ""),
            (&format!("{{SSHA}}{SSHA}"), "", "P08E"),
            (&format!("{{sshA}}{SSHA}"), "", "P08E P04W"),
            (&format!("{{SSHA}}{SSHA}"), "MD5", "P03E"),
            (SSHA, "SSHA", "P04W"),
            (SSHA, "", "P08E P01W P09E"),
            ("6411532ba4971f", "MD5", "P03E"),
            (upper, "MD5", "P03W"),
            (nothing, "MD5", "P07E"),
            (&nothing.to_uppercase(), "MD5", "P03W P07E"),
            ("secret", "SHA256", "P02E"),
            ("secret", "secret", "P02E"),
            ("secret", "SSHA", "P04W P05E"),
            (&long, "", "P01W P09E"),
            (&"é".repeat(32), "", "P01W"),
            ("", "SSHA", "P02I"),
            ("", "SHA256", "P02E"),
        ] {
            assert_eq!(codes(password, kind), expected, "{password} {kind}");
        }
    }

    #[test]
    fn values_of_ssha() {
        for (value, expected) in [
            ("{SSHA}kPxtosnqBBCDIMSsFXOnSb2IemMh8CUJFdJoHw==", ""),
            ("{SSHA}OMMjWPR+6fM/iQ+ZvpWHEVGxoAEFT0JUQUE4Qz==", "P06I"),
            ("{SSHA}OMMjWPR+6fM/iQ+ZvpWHEVGxoAEFT0JUQUE4Qw==", ""),
            ("OMMjWPR+6fM/iQ+ZvpWHEVGxoAEFT0JUQUE4Qw==", "P04W"),
            ("{ssha}OMMjWPR+6fM/iQ+ZvpWHEVGxoAEFT0JUQUE4Qw==", "P04W"),
            ("{SSHA}R5tZqyTt4IUa6+Ta1nS9WuvbkhhhYmNk", "P05E"),
            ("{SSHA}NDNhMWZjNDI3MGMzOTQyMjUzNGNmMTkxODIyN2QxMjk1NzE0OWRkYWFiY2RlZmdo", "P05E"),
            ("{SSHA}QlrxKgdDUCsyLpOgFbz4aOMk1WphYmNkZWZnaA==", "P07E"),
            ("{SSHA}s_yIJjsyXWvQkcm5kMsKOrBhYD_7777777777w==", "P05E"),
            ("{SSHA}", "P05E"),
        ] {
            assert_eq!(codes(value, "SSHA"), expected, "{value}");
        }
    }

    /// The findings about a file: the code and the sentence.
    fn check_all(file: &str) -> Vec<(&'static str, String)> {
        let text = Decoded::from(file);
        let mut sink = Collector::new();
        let mut rows = FeedReader::new().for_text(&text, &mut sink);
        let mut out = Vec::new();
        while let Some(row) = rows.next() {
            check(&row, &mut out);
        }
        out.iter().map(|finding| (finding.rule.code, finding.to_string())).collect()
    }

    #[test]
    fn what_is_not_surely_a_type_is_not_shown() {
        let sentence = |password: &str, kind: &str| {
            let file =
                format!("passwd|external_person_key|pwencryptiontype\n{password}|k|{kind}\n");
            check_all(&file).into_iter().map(|(_, sentence)| sentence).collect::<String>()
        };
        for (password, kind, expected) in [
            ("secret", "SHA-256", "says SHA-256, which is not a type that Learn knows"),
            ("secret", "hidden", "does not say a type"),
            ("", "MD5", "says MD5, and there is no password: Learn makes a random one"),
            (
                "",
                "hidden",
                "does not say a type, and there is no password: Learn makes a random one",
            ),
        ] {
            assert_eq!(sentence(password, kind), format!("`pwencryptiontype` {expected}"));
        }
    }

    #[test]
    fn a_feed_without_types() {
        let file = format!("external_person_key|user_id|passwd\nk|u|{{SSHA}}{SSHA}\nl|v|w\n");
        let codes: Vec<_> = check_all(&file).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["BB-P08", "BB-P01"]);
    }
}
