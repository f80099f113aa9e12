//! The batch files of the administrator panel, which are something else.

use edu_syntax::delimited::{Format, Records};

/// How many lines are looked at.
const LINES: usize = 20;

/// Letters of roles: student, instructor, teaching assistant, course builder, grader, guest, and two of
/// organizations.
const ROLES: [&str; 8] = ["S", "P", "T", "B", "G", "U", "L", "M"];

/// The batch file that a text is, or the beginning of one: a file without a header row, which Users > Create or
/// the enrolment page of the administrator panel takes.
pub(super) fn batch_file(text: &str) -> Option<&'static str> {
    let lines = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty());
    let mut lines: Vec<_> = lines.take(LINES + 1).collect();
    // The beginning of a text may end inside a line.
    if lines.len() > LINES || (lines.len() > 1 && !text.ends_with(['\r', '\n'])) {
        lines.pop();
    }
    if lines.is_empty() {
        return None;
    }
    if lines.iter().all(|line| is_user(line)) {
        Some("this is a batch file of Users > Create, not a snapshot feed")
    } else if lines.iter().all(|line| is_enrolment(line)) {
        Some("this is a batch file of enrolments, not a snapshot feed")
    } else {
        None
    }
}

/// Whether a line has every field in quotes, with a backslash before those inside: user name, last and first
/// name, address, password, and up to 21 more.
fn is_user(line: &str) -> bool {
    let mut fields = 0;
    let mut delimiter = None;
    let mut rest = line;
    loop {
        let Some(field) = rest.strip_prefix('"') else { return false };
        let mut escaped = false;
        let end = field.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let Some(end) = end else { return false };
        let value = &field[..end];
        if fields == 3 && !value.is_empty() && !value.contains('@') {
            return false;
        }
        fields += 1;
        rest = &field[end + 1..];
        let Some(next) = rest.chars().next() else { break };
        if !matches!(next, ',' | ':' | '\t') || *delimiter.get_or_insert(next) != next {
            return false;
        }
        rest = &rest[next.len_utf8()..];
    }
    (5..=26).contains(&fields)
}

/// Whether a line has an id, a user name and the letter of a role, and up to two switches.
fn is_enrolment(line: &str) -> bool {
    [b',', b':', b'\t'].iter().any(|&delimiter| {
        let mut records = Records::new(line, Format { delimiter, multiline: false });
        let Some(record) = records.next() else { return false };
        let cell = |index| record.get(index).map(|field| field.value().into_owned());
        let is_letter = |role: String| ROLES.contains(&&*role);
        let is_switch = |value: Option<String>| {
            value.is_none_or(|value| value.is_empty() || matches!(value.as_str(), "Y" | "N"))
        };
        (3..=5).contains(&record.len())
            && cell(0).is_some_and(|id| !id.is_empty())
            && cell(1).is_some_and(|name| !name.is_empty())
            && cell(2).is_some_and(is_letter)
            && is_switch(cell(3))
            && is_switch(cell(4))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batch_files_are_named() {
        let user = "\"b\",\"N\",\"Bao \\\"Kit\\\"\",\"b@x.example\",\"pw\"\r\n";
        assert!(batch_file(user).is_some_and(|name| name.contains("Users > Create")));
        assert!(
            batch_file("ORG,b,S\r\nORG,a,P,Y,Y\r\n")
                .is_some_and(|name| name.contains("enrolments"))
        );
        // The last line may be cut.
        assert!(batch_file("ORG,b,S\rORG,a").is_some());
        for other in [
            "",
            "a|b\n",
            "\"a\",\"b\"\n",
            "ORG,b,S\nORG,b\n",
            "a,b,C\n",
            "\"a\",\"b\",\"c\",\"d\",\"e\"\n",
        ] {
            assert_eq!(batch_file(other), None, "{other}");
        }
    }
}
