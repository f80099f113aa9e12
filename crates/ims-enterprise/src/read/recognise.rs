//! Whether a text is IMS Enterprise at all.

use edu_syntax::xml::{Cursor, Node, State};

/// How many start tags are looked at.
const TAGS: usize = 64;

/// What a text was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// IMS Enterprise 1.0, 1.01 or 1.1, or single records of it.
    ImsEnterprise,
    /// A message of IMS Enterprise Services or Learning Information Services, the successors.
    Lis,
}

/// Recognises the format of a text by its first elements.
///
/// An `enterprise` element may stand inside others, such as a SOAP envelope; a record without it has to be
/// the first element.
pub fn recognise(text: &str) -> Option<Kind> {
    // JSON may quote markup.
    if text.trim_start().starts_with(['{', '[', '"']) {
        return None;
    }
    let mut state = State::default();
    let mut cursor = Cursor::new(text, &mut state);
    let mut tags = 0;
    while tags < TAGS {
        let tag = match cursor.next() {
            Ok(Node::Start(tag)) => tag,
            // Tables may quote markup; what a transfer left before a declaration does no harm.
            Ok(Node::Text(text)) if tags == 0 && !text.raw().contains("<?xml") => return None,
            Ok(Node::Eof) | Err(_) => return None,
            Ok(_) => continue,
        };
        let is_lis = cursor.attributes().any(|attribute| {
            let value = attribute.value().raw();
            attribute.name().starts_with("xmlns")
                && (value.contains("/services/lis/") || value.contains("/services/es/"))
        });
        if is_lis {
            return Some(Kind::Lis);
        }
        let local = tag.name().rsplit_once(':').map_or(tag.name(), |(_, local)| local);
        let is = |name: &str| local.eq_ignore_ascii_case(name);
        if is("enterprise") || (tags == 0 && ["person", "group", "membership"].into_iter().any(is))
        {
            return Some(Kind::ImsEnterprise);
        }
        tags += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_recognised_by_their_elements() {
        let lis = "<e:Envelope xmlns:e='s'><e:Body><r xmlns='http://www.imsglobal.org/services/lis/mms2p0/x'>";
        let cases = [
            ("<enterprise/>", Some(Kind::ImsEnterprise)),
            ("\n<?xml version='1.0'?><!DOCTYPE ENTERPRISE><ENTERPRISE>", Some(Kind::ImsEnterprise)),
            ("<ims:enterprise xmlns:ims='x'>", Some(Kind::ImsEnterprise)),
            ("<soap:Envelope><soap:Body><enterprise>", Some(Kind::ImsEnterprise)),
            ("<group><sourcedid>", Some(Kind::ImsEnterprise)),
            (lis, Some(Kind::Lis)),
            ("<tests><n1>V1</n1></tests>", None),
            ("<tests><group/></tests>", None),
            ("enterprise", None),
            ("{\"xml\": \"<enterprise>\"}", None),
            ("[\"<?xml version='1.0'?><enterprise>\"]", None),
            ("name;xml\nx;<enterprise>", None),
            ("junk <?xml version='1.0'?><enterprise>", Some(Kind::ImsEnterprise)),
            ("<!DOCTYPE a [<!ENTITY b '>'>] ><person>", Some(Kind::ImsEnterprise)),
            ("<!-- <a> --><group", None),
            ("", None),
        ];
        for (text, kind) in cases {
            assert_eq!(recognise(text), kind, "{text}");
        }
    }
}
