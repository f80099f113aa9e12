//! vCards, as far as a name is wanted of them.

use std::fmt;

const BEGIN: &str = "BEGIN:VCARD";
const END: &str = "END:VCARD";

/// The properties of vCard 3.0: what is looked for where they do not stand on lines of their own.
const PROPERTIES: [&str; 32] = [
    "BEGIN",
    "END",
    "VERSION",
    "N",
    "FN",
    "NICKNAME",
    "PHOTO",
    "BDAY",
    "ADR",
    "LABEL",
    "TEL",
    "EMAIL",
    "MAILER",
    "TZ",
    "GEO",
    "TITLE",
    "ROLE",
    "LOGO",
    "AGENT",
    "ORG",
    "CATEGORIES",
    "NOTE",
    "PRODID",
    "REV",
    "SORT-STRING",
    "SOUND",
    "UID",
    "URL",
    "CLASS",
    "KEY",
    "NAME",
    "SOURCE",
];

/// The name in a vCard.
///
/// Read leniently: in any letter case, with everything on one line, with `\n` in place of line breaks, and
/// from a text that is no vCard at all, which is taken for the name. Written as vCard 3.0.
///
/// ```
/// use brightspace_bulk::imsmd::VCard;
///
/// let card = VCard::parse("BEGIN:vCard FN:Noor Haddad END:vCard");
/// assert_eq!((card.first(), card.last()), ("Noor", "Haddad"));
/// let proper = "BEGIN:VCARD\nVERSION:3.0\nN:Haddad;Noor;;;\nFN:Noor Haddad\nEND:VCARD";
/// assert_eq!(VCard::named("Noor", "Haddad").to_string(), proper);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VCard {
    first: String,
    last: String,
    full: String,
    others: Vec<String>,
}

impl VCard {
    /// The card of somebody with these names, of which one may be empty.
    pub fn named(first: &str, last: &str) -> Self {
        let full = match (first.is_empty(), last.is_empty()) {
            (false, false) => format!("{first} {last}"),
            _ => format!("{first}{last}"),
        };
        Self { first: first.to_owned(), last: last.to_owned(), full, others: Vec::new() }
    }

    /// Reads a card.
    ///
    /// First and last name are those of `N`. Without them they are made of `FN`, or of a text that is no
    /// card: the last word is the last name, what stands before it the first.
    pub fn parse(text: &str) -> Self {
        let is_proper = Self::problem(text).is_none();
        let mut card = Self::default();
        let mut is_card = false;
        let mut name: Option<Vec<String>> = None;
        for line in if is_proper { unfolded(text) } else { separated(text) } {
            let Some((property, value)) = property(&line) else { continue };
            is_card |= begins_property(&line);
            match property.as_str() {
                "N" if name.is_none() => name = Some(components(value)),
                "FN" if card.full.is_empty() => card.full = unescaped(value),
                "BEGIN" | "END" | "VERSION" => {}
                _ => card.others.push(property),
            }
        }
        if !is_card {
            card.others.clear();
            card.full = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        card.take_names(name.unwrap_or_default());
        card
    }

    fn take_names(&mut self, mut name: Vec<String>) {
        if name.iter().skip(2).any(|more| !more.is_empty()) {
            self.others.push("N".to_owned());
        }
        let is_bare = name.len() < 2;
        name.resize(2, String::new());
        if let [last, first, ..] = &mut name[..] {
            (self.last, self.first) = (std::mem::take(last), std::mem::take(first));
        }
        let full = self.full.trim();
        if self.last.is_empty() && self.first.is_empty() {
            let (first, last) = full.rsplit_once(char::is_whitespace).unwrap_or(("", full));
            (self.first, self.last) = (first.trim_end().to_owned(), last.to_owned());
        } else if is_bare && let Some(first) = full.strip_suffix(self.last.as_str()) {
            // An `N` without first name, next to an `FN` that has one.
            self.first = first.trim().to_owned();
        }
        if self.full.is_empty() {
            self.full = Self::named(&self.first, &self.last).full;
        }
    }

    /// First name; empty where there is none.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// Last name; empty where there is none.
    pub fn last(&self) -> &str {
        &self.last
    }

    /// The whole name as it is to be shown.
    pub fn full(&self) -> &str {
        &self.full
    }

    /// The properties that say more than the name; `N` where it has more parts than two.
    pub fn others(&self) -> &[String] {
        &self.others
    }

    /// What keeps a text from being a proper vCard: lines from BEGIN to END, in any letter case. `None`
    /// when nothing does.
    pub fn problem(text: &str) -> Option<&'static str> {
        let mut lines = lines(text).map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next();
        let last = lines.next_back();
        let is = |line: Option<&str>, word: &str| {
            line.is_some_and(|line| line.eq_ignore_ascii_case(word))
        };
        let has_begin = || text.to_ascii_uppercase().contains(BEGIN);
        match (first, last) {
            (None, _) => Some("it is empty"),
            (first, last) if is(first, BEGIN) && is(last, END) => {
                let is_name = |line: &str| {
                    let name = line.trim_start().split([':', ';']).next().unwrap_or_default();
                    ["N", "FN"].iter().any(|property| property.eq_ignore_ascii_case(name))
                };
                if !text.contains('\n') {
                    Some("a CR by itself ends its lines")
                } else if !self::lines(text).any(is_name) {
                    Some("it has neither N nor FN")
                } else {
                    None
                }
            }
            _ if !has_begin() => Some("it does not begin with BEGIN:VCARD"),
            (_, None) if text.contains("\\n") => Some("`\\n` stands in place of line breaks"),
            (_, None) => Some("everything stands on one line"),
            (first, _) if !is(first, BEGIN) => Some("BEGIN:VCARD is not its first line"),
            _ => Some("END:VCARD is not its last line"),
        }
    }
}

/// The card as vCard 3.0, without a line break at its end. Properties other than the name are not written.
impl fmt::Display for VCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [last, first, full] = [&self.last, &self.first, &self.full].map(|text| escaped(text));
        write!(f, "{BEGIN}\nVERSION:3.0\nN:{last};{first};;;\nFN:{full}\n{END}")
    }
}

fn lines(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(['\r', '\n'])
}

/// The lines of a card, those that go on on the next one in one piece, without indentation.
fn unfolded(text: &str) -> Vec<String> {
    let mut unfolded: Vec<String> = Vec::new();
    for line in lines(text).filter(|line| !line.trim().is_empty()) {
        let content = line.trim_start_matches([' ', '\t']);
        match unfolded.last_mut() {
            Some(before) if content.len() < line.len() && !begins_property(content) => {
                before.push_str(&line[1..]);
            }
            _ => unfolded.push(content.to_owned()),
        }
    }
    unfolded
}

/// The properties of a card whose lines were lost.
fn separated(text: &str) -> Vec<String> {
    let text = text.replace("\\n", "\n").replace("\\N", "\n");
    unfolded(&text).iter().flat_map(|line| split_at_properties(line)).collect()
}

fn split_at_properties(line: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in line.split_inclusive(char::is_whitespace) {
        match parts.last_mut() {
            Some(before) if !begins_property(word) => before.push_str(word),
            _ => parts.push(word.to_owned()),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

fn begins_property(text: &str) -> bool {
    let end = text.find([':', ';']).unwrap_or_default();
    PROPERTIES.iter().any(|name| name.eq_ignore_ascii_case(&text[..end]))
}

/// The name of a property in capital letters and its value.
fn property(line: &str) -> Option<(String, &str)> {
    let (head, value) = line.split_once(':')?;
    let name = head.split(';').next().unwrap_or_default();
    // A group may stand before the name: `item1.FN`.
    let name = name.rsplit('.').next().unwrap_or_default().trim().to_ascii_uppercase();
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_name && !name.is_empty()).then_some((name, value))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n");
    for character in text.chars() {
        match character {
            ',' | ';' | '\\' => out.extend(['\\', character]),
            '\n' | '\r' => out.push_str("\\n"),
            character => out.push(character),
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    components_at(text, None).concat()
}

/// The parts of a value that semicolons separate.
fn components(value: &str) -> Vec<String> {
    components_at(value, Some(';'))
}

fn components_at(value: &str, separator: Option<char>) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => part.push('\n'),
                Some(escaped @ (',' | ';' | '\\' | ':')) => part.push(escaped),
                Some(other) => part.extend(['\\', other]),
                None => part.push('\\'),
            },
            character if Some(character) == separator => parts.push(std::mem::take(&mut part)),
            character => part.push(character),
        }
    }
    parts.push(part);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cards_of_the_field() {
        let cases = [
            (
                "BEGIN:VCARD\nVERSION:3.0\nN:Haddad;Noor;;;\nFN:Noor Haddad\nEND:VCARD",
                "Noor",
                "Haddad",
            ),
            ("begin:vcard\r\nfn:Noor El Haddad\r\nend:vcard\r\n", "Noor El", "Haddad"),
            ("BEGIN:vCard FN:Noor Haddad N:Haddad END:vCard", "Noor", "Haddad"),
            ("BEGIN:VCARD\\nFN:Noor Haddad\\nEND:VCARD", "Noor", "Haddad"),
            ("BEGIN:VCARD\rN:Haddad;Noor\rEND:VCARD", "Noor", "Haddad"),
            ("Noor Haddad", "Noor", "Haddad"),
            ("Haddad", "", "Haddad"),
            ("Uni: Physics", "Uni:", "Physics"),
            ("", "", ""),
            ("\n  BEGIN:VCARD\n  N:Haddad;Noor\n  END:VCARD\n", "Noor", "Haddad"),
            (
                "BEGIN:VCARD\nN;CHARSET=UTF-8:Had\n dad;No\n\tor\nitem1.ORG:D2L\nEND:VCARD",
                "Noor",
                "Haddad",
            ),
            ("BEGIN:VCARD\nN:;;;;\nFN:Noor Haddad\nEND:VCARD", "Noor", "Haddad"),
            ("BEGIN:VCARD\nN:a\\;b\\,c\\\\;d\\ne;;;\nEND:VCARD", "d\ne", "a;b,c\\"),
        ];
        for (text, first, last) in cases {
            let card = VCard::parse(text);
            assert_eq!((card.first(), card.last()), (first, last), "{text}");
        }
    }

    #[test]
    fn what_else_is_in_a_card() {
        let card =
            VCard::parse("BEGIN:VCARD\nN:Haddad;Noor;;Dr.;\nORG:D2L\nEMAIL;TYPE=a:b\nEND:VCARD");
        assert_eq!(card.others(), ["ORG", "EMAIL", "N"]);
        assert_eq!(card.full(), "Noor Haddad");
    }

    #[test]
    fn problems() {
        assert_eq!(VCard::problem("\n begin:VCARD \n\nfn;x=y:A\nend:vcard\r\n"), None);
        for text in [
            "",
            " ",
            "Noor",
            "BEGIN:VCARD END:VCARD",
            "BEGIN:VCARD\\nEND:VCARD",
            "x\nBEGIN:VCARD\nEND:VCARD",
            "BEGIN:VCARD\nFN:a",
            "BEGIN:VCARD",
        ] {
            assert!(VCard::problem(text).is_some(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_name_comes_out_as_it_went_in(first in "([ ,;:.\\\\nN\t]|\\PC){0,6}", last in "([ ,;:.\\\\nN\t]|\\PC){0,6}") {
            prop_assume!(!(first.is_empty() && last.is_empty()));
            let text = VCard::named(&first, &last).to_string();
            prop_assert_eq!(VCard::problem(&text), None);
            let card = VCard::parse(&text);
            prop_assert_eq!((card.first(), card.last()), (&*first, &*last));
            prop_assert!(card.others().is_empty());
        }

        #[test]
        fn any_text_is_read(text in "(BEGIN:VCARD|END:VCARD|[NF]{1,2}[:;]|\\\\n|[ \n\r,;a]|\\PC){0,12}") {
            let card = VCard::parse(&text);
            let _ = (VCard::problem(&text), card.to_string());
        }
    }
}
