//! Text as it stands and as it reads.

use std::borrow::Cow;
use std::fmt;

use edu_diagnostics::Span;
use memchr::memmem;

use super::chars::{is_character, is_name_start_byte};

/// The value holds nothing but itself: no reference, no markup, no line end to normalise.
const PLAIN: u64 = 1 << 63;
/// The value of an attribute: white space counts as blanks.
const ATTRIBUTE: u64 = 1 << 62;

/// The text of an element or the value of an attribute, as it stands in the source.
///
/// References, CDATA sections, comments and line ends are resolved when the [`value`](Self::value) is
/// asked for; most texts have none and are borrowed. Two texts are equal when their values are,
/// wherever they stand.
#[derive(Clone, Copy)]
pub struct Text<'t> {
    raw: &'t str,
    /// Offset of `raw` in the whole text, with the two flags in the topmost bits.
    place: u64,
}

impl<'t> Text<'t> {
    pub(super) fn new(raw: &'t str, at: u64, plain: bool) -> Self {
        Self { raw, place: at | if plain { PLAIN } else { 0 } }
    }

    pub(super) fn attribute(raw: &'t str, at: u64, plain: bool) -> Self {
        let text = Self::new(raw, at, plain);
        Self { place: text.place | ATTRIBUTE, ..text }
    }

    /// Text that was not read from a source: the value as it is, at offset 0.
    pub fn from_value(value: &'t str) -> Self {
        Self::new(value, 0, true)
    }

    /// The text as it stands in the source.
    pub fn raw(&self) -> &'t str {
        self.raw
    }

    /// Where it stands in the text that was read.
    pub fn span(&self) -> Span {
        let start = self.place & !(PLAIN | ATTRIBUTE);
        Span::new(start, start + self.raw.len() as u64)
    }

    /// The text as it reads: references resolved, CDATA sections opened, comments left out, line ends
    /// normalised (XML 1.0, sections 2.11 and 3.3.3). What is no reference stays as it stands.
    pub fn value(&self) -> Cow<'t, str> {
        if self.place & PLAIN != 0 {
            Cow::Borrowed(self.raw)
        } else {
            Cow::Owned(resolve(self.raw, self.place & ATTRIBUTE != 0))
        }
    }

    /// The value without white space around it.
    pub fn trimmed(&self) -> Cow<'t, str> {
        match self.value() {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
            Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
        }
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.trimmed().is_empty()
    }

    /// Whether the source is the value: no reference, comment or CDATA section in it.
    pub fn is_plain(&self) -> bool {
        self.place & PLAIN != 0
    }
}

/// Empty text at offset 0.
impl Default for Text<'_> {
    fn default() -> Self {
        Self::new("", 0, true)
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl Eq for Text<'_> {}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}@{}", self.value(), self.span().start)
    }
}

/// An attribute of a start tag.
#[derive(Clone, Copy)]
pub struct Attribute<'t> {
    pub(super) name: &'t str,
    pub(super) at: u64,
    pub(super) value: Text<'t>,
}

impl<'t> Attribute<'t> {
    /// Name, with its prefix.
    pub fn name(&self) -> &'t str {
        self.name
    }

    /// Where the name stands.
    pub fn name_span(&self) -> Span {
        Span::new(self.at, self.at + self.name.len() as u64)
    }

    /// Value, between the quotes.
    pub fn value(&self) -> Text<'t> {
        self.value
    }
}

/// The value is left out: it may be a password.
impl fmt::Debug for Attribute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.at)
    }
}

/// Names and values count, not places.
impl PartialEq for Attribute<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl Eq for Attribute<'_> {}

fn resolve(raw: &str, attribute: bool) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['<', '&', '\r', '\n', '\t']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let used = match rest.as_bytes()[0] {
            b'&' => resolve_reference(rest, &mut out),
            b'<' if !attribute => resolve_markup(rest, &mut out),
            b'\r' => {
                out.push(if attribute { ' ' } else { '\n' });
                if rest[1..].starts_with('\n') { 2 } else { 1 }
            }
            b'\n' | b'\t' if attribute => {
                out.push(' ');
                1
            }
            byte => {
                out.push(char::from(byte));
                1
            }
        };
        rest = &rest[used..];
    }
    out.push_str(rest);
    out
}

/// Appends what a reference stands for, or `&` where none starts; returns the length used.
fn resolve_reference(rest: &str, out: &mut String) -> usize {
    match reference(rest) {
        Reference::Character(character, len) => {
            out.push(character);
            len
        }
        Reference::None | Reference::Unknown(_) | Reference::BadCharacter(_) => {
            out.push('&');
            1
        }
    }
}

/// Appends what a `<` in the text of an element stands for; returns the length used.
fn resolve_markup(rest: &str, out: &mut String) -> usize {
    let section = |open: &str, close: &str| {
        let from = open.len();
        rest.starts_with(open).then(|| {
            let end = memmem::find(&rest.as_bytes()[from..], close.as_bytes());
            end.map_or((rest.len(), rest.len()), |end| (from + end, from + end + close.len()))
        })
    };
    if let Some((_, used)) = section("<!--", "-->").or_else(|| section("<?", "?>")) {
        return used;
    }
    if let Some((end, used)) = section("<![CDATA[", "]]>") {
        let content = &rest["<![CDATA[".len().min(end)..end];
        out.push_str(&content.replace("\r\n", "\n").replace('\r', "\n"));
        return used;
    }
    let is_tag =
        matches!(rest.as_bytes().get(1), Some(&byte) if byte == b'/' || is_name_start_byte(byte));
    if !is_tag {
        out.push('<');
        return 1;
    }
    // A `<` ends a damaged tag.
    let end = rest[1..].find(['<', '>']).map_or(rest.len(), |end| end + 1);
    end + usize::from(rest[end..].starts_with('>'))
}

/// What a `&` starts, with the length of the whole reference.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reference {
    Character(char, usize),
    /// A well-formed reference to an entity that is not predefined.
    Unknown(usize),
    /// A numeric reference to no character that XML allows.
    BadCharacter(usize),
    None,
}

/// The longest reference that is looked at.
pub(super) const LONGEST_REFERENCE: usize = 64;

/// Looks at the reference at the start of `rest`, which starts with `&`.
pub(super) fn reference(rest: &str) -> Reference {
    let window = &rest.as_bytes()[..rest.len().min(LONGEST_REFERENCE)];
    let Some(end) = memchr::memchr(b';', window) else {
        return Reference::None;
    };
    let len = end + 1;
    let name = &rest[1..end];
    let digits = match name.as_bytes() {
        b"amp" => return Reference::Character('&', len),
        b"lt" => return Reference::Character('<', len),
        b"gt" => return Reference::Character('>', len),
        b"quot" => return Reference::Character('"', len),
        b"apos" => return Reference::Character('\'', len),
        [b'#', b'x', hexadecimal @ ..] => (hexadecimal, 16),
        [b'#', decimal @ ..] => (decimal, 10),
        [first, others @ ..]
            if is_name_start_byte(*first)
                && others.iter().all(|&b| super::chars::is_name_byte(b)) =>
        {
            return Reference::Unknown(len);
        }
        _ => return Reference::None,
    };
    let (digits, radix) = digits;
    if digits.is_empty() || !digits.iter().all(|&byte| char::from(byte).is_digit(radix)) {
        return Reference::None;
    }
    let number =
        str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, radix).ok());
    match number.and_then(char::from_u32).filter(|&character| is_character(character)) {
        Some(character) => Reference::Character(character, len),
        None => Reference::BadCharacter(len),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_texts() {
        let cases = [
            ("a &amp;&lt;&gt;&quot;&apos; b", "a &<>\"' b"),
            ("R&#233;&#xE9;&#x1F600;", "Réé😀"),
            ("a & b &c; &#0; &#xFFFFFFFFF; &;", "a & b &c; &#0; &#xFFFFFFFFF; &;"),
            ("x<!-- no & -->y<?pi?>z", "xyz"),
            ("<![CDATA[<a> & ]]>!", "<a> & !"),
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("1 < 2 <b>bold</b>", "1 < 2 bold"),
            ("é<", "é<"),
            ("<!-- open", ""),
        ];
        for (raw, value) in cases {
            assert_eq!(Text::new(raw, 0, false).value(), value, "{raw}");
        }
    }

    #[test]
    fn values_of_attributes() {
        let value = Text::attribute("a\r\n\tb &lt; <c", 7, false);
        assert_eq!(value.value(), "a  b < <c");
        assert_eq!(value.span(), Span::new(7, 20));
    }
}
