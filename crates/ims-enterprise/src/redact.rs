//! Source text that can be shown.
//!
//! Both functions keep every byte in its place, so that spans stay right: what must not be seen becomes
//! asterisks.

use std::borrow::Cow;
use std::ops::Range;

use edu_syntax::xml::Text;
use memchr::memmem;

/// Words with which the names of attributes and elements that hold a password end, in lower case: those of
/// 1.1, of Blackboard (`X_BB_PASSWORD`) and of Vista (`WEBCREDENTIALS`). With each, the place of its `w`:
/// the letter is rare, so that little has to be looked at.
const SECRETS: [(&str, usize); 3] = [("password", 4), ("webcredential", 0), ("webcredentials", 0)];

/// Hides passwords: the value of every attribute and the content of every element that holds one, in
/// text that may be damaged or cut off anywhere.
pub fn passwords(text: &str) -> Cow<'_, str> {
    let mut hidden: Option<Vec<u8>> = None;
    let mut hidden_up_to = 0;
    let bytes = text.as_bytes();
    for w in memchr::memchr2_iter(b'w', b'W', bytes) {
        for (secret, place) in SECRETS {
            let Some(at) = w.checked_sub(place) else { continue };
            let found = bytes
                .get(at..at + secret.len())
                .is_some_and(|word| word.eq_ignore_ascii_case(secret.as_bytes()));
            if found
                && at >= hidden_up_to
                && let Some(range) = secret_range(bytes, at, secret)
            {
                hidden_up_to = range.end;
                hide(&mut hidden.get_or_insert_with(|| bytes.to_vec())[range]);
            }
        }
    }
    finish(text, hidden)
}

/// What a finding may say of a text: its value, or, where there is markup in it, the source without
/// passwords.
pub(crate) fn text<'t>(text: &Text<'t>) -> Cow<'t, str> {
    if text.raw().contains('<') { source(text.raw()) } else { text.value() }
}

/// What a finding may say of a piece of source: its beginning without passwords. A finding keeps no more
/// than that, and a text may have megabytes.
pub(crate) fn source(raw: &str) -> Cow<'_, str> {
    let mut end = raw.len().min(FAR);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    passwords(&raw[..end])
}

/// Names that 1.1 has: of the text nothing else is left by [`everything`].
const NAMES: [&str; 96] = [
    "adminperiod",
    "adr",
    "authenticationtype",
    "bday",
    "begin",
    "comments",
    "country",
    "datasource",
    "datetime",
    "demographics",
    "description",
    "disability",
    "email",
    "end",
    "enrollaccept",
    "enrollallowed",
    "enrollcontrol",
    "enterprise",
    "extadd",
    "extension",
    "extref",
    "family",
    "finalresult",
    "fn",
    "full",
    "gender",
    "given",
    "group",
    "grouptype",
    "id",
    "idtype",
    "imgtype",
    "institutionrole",
    "institutionroletype",
    "interimresult",
    "label",
    "lang",
    "level",
    "list",
    "locality",
    "long",
    "max",
    "member",
    "membership",
    "min",
    "mode",
    "n",
    "name",
    "nickname",
    "org",
    "orgname",
    "orgunit",
    "other",
    "partname",
    "partnametype",
    "password",
    "pcode",
    "person",
    "photo",
    "pobox",
    "prefix",
    "primaryrole",
    "properties",
    "pwencryptiontype",
    "recstatus",
    "region",
    "relation",
    "relationship",
    "restrict",
    "result",
    "resulttype",
    "role",
    "roletype",
    "scheme",
    "short",
    "sort",
    "source",
    "sourcedid",
    "sourcedidtype",
    "status",
    "street",
    "subrole",
    "suffix",
    "systemrole",
    "systemroletype",
    "target",
    "tel",
    "teltype",
    "timeframe",
    "type",
    "typevalue",
    "url",
    "userid",
    "useridtype",
    "values",
    "valuetype",
];

/// Hides all data. What is left is punctuation, and a name that 1.1 has where it stands as one: whatever
/// is damaged or cut off, no other word gets through.
pub fn everything(text: &str) -> Cow<'_, str> {
    let mut hidden = text.as_bytes().to_vec();
    let mut at = 0;
    while at < hidden.len() {
        let is_word = |byte: &u8| is_name_byte(*byte) || !byte.is_ascii();
        let length = hidden[at..].iter().take_while(|byte| is_word(byte)).count();
        let (before, rest) = hidden.split_at_mut(at);
        let (word, after) = rest.split_at_mut(length);
        if !is_markup(before, word, after) {
            hide(word);
        }
        let gap = after.iter_mut().take_while(|byte| !is_word(byte));
        at += length
            + gap
                .map(|byte| {
                    if !b"<>/=\"'".contains(byte) {
                        hide(std::slice::from_mut(byte));
                    }
                })
                .count();
    }
    finish(text, Some(hidden))
}

/// Whether a word is a name of 1.1 in the place of a name.
fn is_markup(before: &[u8], word: &[u8], after: &[u8]) -> bool {
    let in_place = before.ends_with(b"<")
        || before.ends_with(b"</")
        || after.trim_ascii_start().starts_with(b"=");
    in_place && NAMES.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(word))
}

fn finish(text: &str, hidden: Option<Vec<u8>>) -> Cow<'_, str> {
    match hidden.map(String::from_utf8) {
        None => Cow::Borrowed(text),
        Some(Ok(hidden)) => Cow::Owned(hidden),
        // Ranges end at ASCII bytes, so this does not happen; show nothing rather than too much.
        Some(Err(_)) => Cow::Owned("*".repeat(text.len())),
    }
}

fn hide(bytes: &mut [u8]) {
    for byte in bytes {
        if !matches!(*byte, b'\n' | b'\r' | b'\t' | b' ') {
            *byte = b'*';
        }
    }
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// What the name that starts at an offset makes secret: the value of an attribute; of an element the value of
/// every attribute and the content.
fn secret_range(bytes: &[u8], start: usize, secret: &str) -> Option<Range<usize>> {
    let end = start + secret.len();
    if bytes.get(end).is_some_and(|&byte| is_name_byte(byte)) {
        return None;
    }
    // `<password`, `<webct:password`: the name of an element.
    let near = &bytes[start.saturating_sub(PREFIX)..start];
    let before = near.iter().rposition(|&byte| !is_name_byte(byte) && byte != b':');
    if before.is_some_and(|at| near[at] == b'<') {
        let from = end + usize::from(bytes.get(end) == Some(&b'>'));
        Some(from..content_end(bytes, end, secret).max(from))
    } else {
        attribute_value(bytes, end)
    }
}

/// The longest prefix of a name that is looked at.
const PREFIX: usize = 64;

/// How far the end tag of an element with a secret is looked for.
const FAR: usize = 4096;

/// The start of the end tag that belongs to the element, of the first end tag where there is none such, or
/// the end of the text.
fn content_end(bytes: &[u8], from: usize, secret: &str) -> usize {
    let tag_end = memchr::memchr(b'>', &bytes[from..]).map_or(bytes.len(), |at| from + at);
    if bytes[from..tag_end].ends_with(b"/") {
        return tag_end - 1;
    }
    let near = &bytes[from..bytes.len().min(from + FAR)];
    let belongs = |at: &usize| {
        let name: Vec<u8> = near[at + 2..]
            .iter()
            .copied()
            .take_while(|&byte| is_name_byte(byte) || byte == b':')
            .collect();
        name.to_ascii_lowercase().ends_with(secret.as_bytes())
    };
    let own = memmem::find_iter(near, b"</").find(belongs);
    let any = || memmem::find(&bytes[from..], b"</");
    own.or_else(any).map_or(bytes.len(), |at| from + at)
}

/// The value of an attribute whose name ends at `from`. A quote that is not followed by what may follow a
/// value belongs to it.
fn attribute_value(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let is_space = |byte: &u8| byte.is_ascii_whitespace();
    let equals = from + bytes[from..].iter().position(|byte| !is_space(byte))?;
    if bytes[equals] != b'=' {
        return None;
    }
    let value = equals + 1 + bytes[equals + 1..].iter().position(|byte| !is_space(byte))?;
    let (start, close) = match bytes[value] {
        quote @ (b'"' | b'\'') => (value + 1, quote),
        _ => (value, b'>'),
    };
    let ends = |&at: &usize| {
        let follows = bytes.get(at + 1);
        close == b'>'
            || follows.is_none_or(|byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'?'))
    };
    let end = memchr::memchr_iter(close, &bytes[start..]).map(|at| start + at).find(ends);
    Some(start..end.unwrap_or(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_hidden_wherever_they_stand() {
        let cases = [
            (
                r#"<userid password="geheim" x="y">eva</userid>"#,
                r#"<userid password="******" x="y">eva</userid>"#,
            ),
            (r"<userid PASSWORD = 'geheim'>eva", r"<userid PASSWORD = '******'>eva"),
            (r#"<userid password="geh"#, r#"<userid password="***"#),
            (r"<userid password=geheim>eva", r"<userid password=******>eva"),
            ("<X_BB_PASSWORD>geheim</X_BB_PASSWORD>", "<X_BB_PASSWORD>******</X_BB_PASSWORD>"),
            ("<w:webcredentials a='b'>ge\nim</w:w>", "<w:webcredentials ********\n**</w:w>"),
            ("<webcredential/><id>4711</id>", "<webcredential/><id>4711</id>"),
            ("<short>password</short>", "<short>password</short>"),
            (
                "<e a='1' pwencryptiontype='MD5' passwords='x'>",
                "<e a='1' pwencryptiontype='MD5' passwords='x'>",
            ),
        ];
        for (text, shown) in cases {
            assert_eq!(passwords(text), shown);
        }
    }

    #[test]
    fn everything_leaves_the_markup() {
        assert_eq!(
            everything("<id b=\"cé\" lang = 'de'>Eva > id</id>"),
            "<id *=\"***\" lang = '**'>*** > **</id>"
        );
        assert_eq!(everything("<fn>Eva <Maier x@y.z> & <fn"), "<fn>*** <***** *****> * <fn");
    }

    proptest::proptest! {
        #[test]
        fn bytes_stay_in_place(text in "[<>a-z=\"' \npPassword/é]{0,60}") {
            proptest::prop_assert_eq!(passwords(&text).len(), text.len());
            proptest::prop_assert_eq!(everything(&text).len(), text.len());
        }
    }
}
