//! How Moodle's patterns find their way through a record.
//!
//! `<a>.*?<b>(.+?)</b>.*?</a>` with both lazy is the first `<a>`, the first `<b>` behind it, and so on:
//! a later choice would not match where the first one does not. So one walk forward is enough.

use std::ops::Range;

/// Where Moodle looks for an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern {
    /// The role around the item, which is allowed attributes.
    pub(super) in_role: bool,
    /// The other elements around it, from the outermost one; none of them is allowed attributes.
    pub(super) around: &'static [&'static str],
    pub(super) name: &'static str,
    /// Nothing between the tags is a match too.
    pub(super) may_be_empty: bool,
}

/// What a pattern takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where the start tag begins.
    pub(super) tag: usize,
    /// What stands between the tags.
    pub(super) content: Range<usize>,
}

impl Pattern {
    /// What Moodle takes for the item.
    pub(super) fn find(&self, source: &str) -> Option<Found> {
        let bytes = source.as_bytes();
        let mut at = if self.in_role { word(bytes, 0, "role")? } else { 0 };
        for name in self.around {
            at = open(bytes, at, name)?.end;
        }
        let tag = open(bytes, at, self.name)?;
        let end = close(bytes, tag.end + usize::from(!self.may_be_empty), self.name)?;
        let mut at = end.end;
        for name in self.around.iter().rev() {
            at = close(bytes, at, name)?.end;
        }
        if self.in_role {
            close(bytes, at, "role")?;
        }
        Some(Found { tag: tag.start, content: tag.end..end.start })
    }
}

/// The user name: the first tag that starts so, up to the first end tag.
pub(super) fn userid(source: &str) -> Option<Found> {
    let bytes = source.as_bytes();
    let tag = tags(bytes, 0).find(|&at| starts(&bytes[at + 1..], "userid"))?;
    let start = tag + memchr::memchr(b'>', &bytes[tag..])? + 1;
    let end = close(bytes, start, "userid")?;
    Some(Found { tag, content: start..end.start })
}

/// The first `<name>`.
pub(super) fn open(bytes: &[u8], from: usize, name: &str) -> Option<Range<usize>> {
    let is_it = |&at: &usize| {
        starts(&bytes[at + 1..], name) && bytes.get(at + 1 + name.len()) == Some(&b'>')
    };
    tags(bytes, from).find(is_it).map(|at| at..at + name.len() + 2)
}

/// The first `</name>`.
pub(super) fn close(bytes: &[u8], from: usize, name: &str) -> Option<Range<usize>> {
    tags(bytes, from).find(|&at| is_close(&bytes[at..], name)).map(|at| at..at + name.len() + 3)
}

/// Whether the bytes start with `</name>`.
pub(super) fn is_close(bytes: &[u8], name: &str) -> bool {
    bytes.get(1) == Some(&b'/')
        && starts(&bytes[2..], name)
        && bytes.get(2 + name.len()) == Some(&b'>')
}

/// Behind the first `<name` that is a whole word.
fn word(bytes: &[u8], from: usize, name: &str) -> Option<usize> {
    tags(bytes, from).find(|&at| is_word(&bytes[at..], name)).map(|at| at + 1 + name.len())
}

/// Whether the bytes start with `<name`, as a whole word.
pub(super) fn is_word(bytes: &[u8], name: &str) -> bool {
    let behind = bytes.get(1 + name.len());
    starts(&bytes[1..], name)
        && !behind.is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Where each `<` stands.
pub(super) fn tags(bytes: &[u8], from: usize) -> impl Iterator<Item = usize> {
    let from = from.min(bytes.len());
    memchr::memchr_iter(b'<', &bytes[from..]).map(move |at| from + at)
}

/// Whether the bytes start with a word, in any letter case.
pub(super) fn starts(bytes: &[u8], word: &str) -> bool {
    bytes.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

/// What XML hides from a parser and not from a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    Comment,
    Cdata,
}

/// The content of comments and CDATA sections, in order.
pub(super) fn hidden(source: &str) -> impl Iterator<Item = (Hidden, Range<usize>)> {
    let bytes = source.as_bytes();
    let finder = memchr::memmem::Finder::new(b"<!");
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += finder.find(bytes.get(at..)?)?;
            let rest = &bytes[at..];
            let (kind, open, end): (_, _, &[u8]) = if rest.starts_with(b"<!--") {
                (Hidden::Comment, 4, b"-->")
            } else if rest.starts_with(b"<![CDATA[") {
                (Hidden::Cdata, 9, b"]]>")
            } else {
                at += 2;
                continue;
            };
            let start = at + open;
            let length = memchr::memmem::find(&bytes[start..], end);
            let content = start..length.map_or(bytes.len(), |length| start + length);
            at = content.end + end.len();
            return Some((kind, content));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: Pattern =
        Pattern { in_role: false, around: &["sourcedid"], name: "id", may_be_empty: false };

    fn id(source: &str) -> Option<&str> {
        ID.find(source).map(|found| &source[found.content])
    }

    #[test]
    fn patterns_take_what_moodle_takes() {
        assert_eq!(id("<sourcedid><source/><ID>é</id></SourcedId>"), Some("é"));
        assert_eq!(id("<sourcedid a='b'><id>1</id></sourcedid>"), None);
        assert_eq!(
            id("<sourcedid><id></id></sourcedid><id>2</id></sourcedid>"),
            Some("</id></sourcedid><id>2")
        );
        assert_eq!(id("<sourcedid><id>1</id>"), None);
        assert_eq!(id("<sourcedid><id>"), None);
        assert_eq!(id("<"), None);
        let name = |source: &'static str| userid(source).map(|found| &source[found.content]);
        assert_eq!(name("<userid/><userid>b</userid>"), Some("<userid>b"));
        assert_eq!(name("<userid password='x'>b</userid>"), Some("b"));
        let status = Pattern { in_role: true, around: &[], name: "status", may_be_empty: false };
        let source = "<roletype>1</roletype><role a='b'><status>1</status></role>";
        assert_eq!(status.find(source).map(|found| &source[found.content]), Some("1"));
    }

    #[test]
    fn comments_and_cdata_are_found() {
        let source = "a<!-- b --><!DOCTYPE c><![CDATA[<!-- d -->]]><!-- e";
        let found: Vec<_> = hidden(source).map(|(kind, range)| (kind, &source[range])).collect();
        assert_eq!(
            found,
            [(Hidden::Comment, " b "), (Hidden::Cdata, "<!-- d -->"), (Hidden::Comment, " e")]
        );
    }
}
