//! Writing what all elements have in common.

use std::borrow::Cow;

use edu_syntax::xml::{WriteError, Writer};

use super::model::Other;

/// Begins an element, with the attributes given and those kept, which declare the prefixes that they need.
pub(super) fn start(
    writer: &mut Writer,
    name: &str,
    given: &[(&str, &str)],
    other: &[Other],
    is_on_one_line: bool,
) -> Result<(), WriteError> {
    let mut attributes: Vec<(Cow<'_, str>, &str)> =
        given.iter().map(|&(name, value)| (name.into(), value)).collect();
    for other in other {
        let Other::Attribute { name, namespace, value } = other else { continue };
        if let (Some(namespace), Some((prefix, _))) = (namespace, name.split_once(':')) {
            let declaration = format!("xmlns:{prefix}");
            if !attributes.iter().any(|(known, _)| *known == declaration) {
                attributes.push((declaration.into(), namespace));
            }
        }
        attributes.push((name.into(), value));
    }
    let attributes: Vec<_> = attributes.iter().map(|(name, value)| (&**name, *value)).collect();
    if is_on_one_line {
        writer.start_inline(name, &attributes)
    } else {
        writer.start(name, &attributes)
    }
}

/// The elements and texts kept.
pub(super) fn others(writer: &mut Writer, other: &[Other]) -> Result<(), WriteError> {
    other.iter().try_for_each(|other| match other {
        Other::Element(source) => writer.raw(source),
        Other::Text(text) => writer.text(text),
        Other::Attribute { .. } => Ok(()),
    })
}

/// An element whose text comes before everything else in it.
pub(super) fn leaf(
    writer: &mut Writer,
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
    other: &[Other],
) -> Result<(), WriteError> {
    start(writer, name, attributes, other, true)?;
    writer.text(text)?;
    others(writer, other)?;
    writer.end()
}
