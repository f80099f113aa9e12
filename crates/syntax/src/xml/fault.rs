//! What was not well-formed, and how it was read all the same.

use std::fmt;

use edu_diagnostics::Span;

/// A place where the text is not well-formed XML, or holds a construct that is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in the text.
    pub span: Span,
    /// The name concerned: of an element, an attribute, an entity, a prefix. Empty where there is none.
    pub name: String,
    /// Where the element or token concerned begins, if that is part of the same piece.
    pub opened: Option<Span>,
}

/// The kinds of fault, each with the repair that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// A `&` that starts no reference; read as itself.
    BareAmpersand,
    /// A reference to an entity that is not predefined; never expanded, read as it stands.
    UnknownEntity,
    /// A numeric reference to no character, or to one that XML forbids; read as it stands.
    BadCharacterReference,
    /// A `<` that starts no markup; read as itself.
    BareLessThan,
    /// An element whose end tag is missing; it ends where an outer one does.
    Unclosed,
    /// An end tag that closes nothing; passed over.
    StrayEndTag,
    /// An end tag that differs from its start tag in letter case; taken as its end.
    EndTagCase,
    /// The input ends inside an element, a tag or a comment.
    Truncated,
    /// An attribute given twice; the first one counts.
    DuplicateAttribute,
    /// An attribute without quotes, without value or with an open quote, or other text in a tag.
    BadAttribute,
    /// A name that holds a character no name may hold.
    BadName,
    /// A control character; kept.
    ControlCharacter,
    /// `]]>` in text; kept.
    CdataEndInText,
    /// `--` inside a comment.
    BadComment,
    /// An XML declaration that does not stand at the very start.
    LateDeclaration,
    /// A prefix that no `xmlns:` attribute before declares.
    UndeclaredPrefix,
    /// A document type declaration; passed over, nothing in it is fetched or expanded.
    Doctype,
}

/// A plain sentence with the name concerned, for formats that have one rule for all faults.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match self.kind {
            FaultKind::BareAmpersand => write!(f, "`&` stands by itself"),
            FaultKind::UnknownEntity => write!(f, "`&{name};` is none of the five entities of XML"),
            FaultKind::BadCharacterReference => {
                write!(f, "the reference stands for no character that XML allows")
            }
            FaultKind::BareLessThan => write!(f, "`<` stands by itself"),
            FaultKind::Unclosed => write!(f, "`{name}` was not closed before this"),
            FaultKind::StrayEndTag => write!(f, "no `{name}` is open here"),
            FaultKind::EndTagCase => {
                write!(f, "`{name}` is written in another letter case than its start tag")
            }
            FaultKind::Truncated => write!(f, "the text ends inside `{name}`"),
            FaultKind::DuplicateAttribute => write!(f, "the attribute `{name}` is given twice"),
            FaultKind::BadAttribute => write!(f, "the tag is damaged here"),
            FaultKind::BadName => write!(f, "`{name}` is no name of XML"),
            FaultKind::ControlCharacter => write!(f, "a control character stands here"),
            FaultKind::CdataEndInText => write!(f, "`]]>` stands in a text"),
            FaultKind::BadComment => write!(f, "`--` stands in a comment"),
            FaultKind::LateDeclaration => {
                write!(f, "the XML declaration does not stand at the very start")
            }
            FaultKind::UndeclaredPrefix => write!(f, "the prefix `{name}` is not declared"),
            FaultKind::Doctype => write!(f, "there is a document type declaration"),
        }
    }
}
