//! Keeping what IMSMD does not know.

use std::collections::BTreeSet;

use edu_syntax::xml::{Attribute, Branch, Text, Writer, is_character, is_element, is_name};

use super::model::Other;

/// What stands directly in an element.
pub(super) enum Content<'a> {
    /// Text that is not all white space.
    Text(Text<'a>),
    /// An element.
    Element(Branch<'a>),
}

/// What stands directly in an element, in order, without white space.
pub(super) fn content(branch: Branch<'_>) -> Vec<Content<'_>> {
    let mut content: Vec<_> = branch.children().map(Content::Element).collect();
    content.extend(branch.texts().map(Content::Text));
    content.sort_by_key(|content| match content {
        Content::Text(text) => text.span().start,
        Content::Element(child) => child.span().start,
    });
    content
}

/// Keeps a text; what follows on another one without an element between them continues it.
pub(super) fn text(other: &mut Vec<Other>, text: &Text<'_>) {
    if let Some(Other::Text(before)) = other.last_mut() {
        before.push(' ');
        before.push_str(&text.trimmed());
    } else {
        other.push(Other::Text(text.trimmed().into_owned()));
    }
}

/// The attributes of an element, without those that declare namespaces.
pub(super) fn attributes(branch: Branch<'_>) -> Vec<Other> {
    let mut kept: Vec<Other> = Vec::new();
    for attribute in branch.attributes() {
        let (mut name, mut namespace) = (attribute.name().to_owned(), None);
        match name.split_once(':') {
            Some(("xmlns", _)) => continue,
            None if name == "xmlns" => continue,
            None | Some(("xml", _)) => {}
            Some((prefix, _)) => {
                namespace = in_force(branch, prefix).filter(|uri| !uri.is_empty());
                if namespace.is_none() {
                    name = name.replace(':', "_");
                }
            }
        }
        let name = mended_name(name);
        let is_known =
            |kept: &Other| matches!(kept, Other::Attribute { name: known, .. } if *known == name);
        if !kept.iter().any(is_known) {
            let value = attribute.value().value().into_owned();
            kept.push(Other::Attribute { name, namespace, value });
        }
    }
    kept
}

/// What a prefix stands for at an element.
fn in_force(branch: Branch<'_>, prefix: &str) -> Option<String> {
    let mut around = Some(branch);
    while let Some(branch) = around {
        if let Some(attribute) = declaration(branch, prefix) {
            return Some(attribute.value().trimmed().into_owned());
        }
        around = branch.parent();
    }
    None
}

/// The declaration of a prefix on an element itself.
fn declaration<'a>(branch: Branch<'a>, prefix: &str) -> Option<&'a Attribute<'a>> {
    branch.attributes().iter().find(|attribute| match attribute.name().split_once(':') {
        Some(("xmlns", declared)) => declared == prefix,
        None => prefix.is_empty() && attribute.name() == "xmlns",
        Some(_) => false,
    })
}

/// Takes an attribute without a namespace out of those kept.
pub(super) fn take_attribute(other: &mut Vec<Other>, name: &str) -> Option<String> {
    let is_it = |other: &Other| matches!(other, Other::Attribute { name: own, .. } if own == name);
    match other.remove(other.iter().position(is_it)?) {
        Other::Attribute { value, .. } => Some(value),
        Other::Element(_) | Other::Text(_) => None,
    }
}

/// The source of an element with the namespace declarations of the elements around it that it needs, so
/// that it can stand anywhere. One that is damaged is written anew.
pub(super) fn element(branch: Branch<'_>) -> String {
    let source = branch.source();
    let mut declarations = Vec::new();
    for prefix in needed(branch) {
        let uri = in_force(branch, prefix).unwrap_or_default();
        let uri = uri.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        declarations.push(match prefix {
            "" => format!(" xmlns=\"{uri}\""),
            // Nothing declares it: the element is damaged.
            _ if uri.is_empty() => return mended(branch),
            _ => format!(" xmlns:{prefix}=\"{uri}\""),
        });
    }
    let (name, rest) = source.split_at((1 + branch.name().len()).min(source.len()));
    let whole = format!("{name}{}{rest}", declarations.concat());
    if is_element(&whole) { whole } else { mended(branch) }
}

/// The prefixes that are used in an element and declared around it, empty for the default namespace.
fn needed(branch: Branch<'_>) -> BTreeSet<&str> {
    let mut needed = BTreeSet::new();
    for inner in branch.descendants() {
        let of_attributes = inner
            .attributes()
            .iter()
            .filter_map(|attribute| attribute.name().split_once(':').map(|(prefix, _)| prefix));
        let own = inner.name().split_once(':').map_or("", |(prefix, _)| prefix);
        for prefix in of_attributes.chain([own]) {
            if !matches!(prefix, "xml" | "xmlns")
                && !needed.contains(prefix)
                && !is_declared_inside(inner, prefix, branch)
            {
                needed.insert(prefix);
            }
        }
    }
    needed
}

fn is_declared_inside(inner: Branch<'_>, prefix: &str, outermost: Branch<'_>) -> bool {
    let mut branch = inner;
    loop {
        if declaration(branch, prefix).is_some() {
            return true;
        }
        match branch.parent() {
            Some(parent) if branch.span().start > outermost.span().start => branch = parent,
            _ => return false,
        }
    }
}

/// An element written anew from what was made of it: without prefixes, and without what XML cannot hold.
fn mended(branch: Branch<'_>) -> String {
    enum Step<'a> {
        Content(Content<'a>),
        End,
    }

    let mut writer = Writer::fragment();
    let mut namespaces: Vec<Option<&str>> = Vec::new();
    let mut steps = vec![Step::Content(Content::Element(branch))];
    while let Some(step) = steps.pop() {
        // What is written has been mended before, and the steps are balanced.
        let _ = match step {
            Step::Content(Content::Text(text)) => writer.text(&mended_text(&text.value())),
            Step::Content(Content::Element(inner)) => {
                let mut attributes = plain_attributes(inner);
                if namespaces.last() != Some(&inner.namespace()) {
                    let uri = mended_text(inner.namespace().unwrap_or_default());
                    attributes.insert(0, ("xmlns".to_owned(), uri));
                }
                namespaces.push(inner.namespace());
                steps.push(Step::End);
                steps.extend(content(inner).into_iter().rev().map(Step::Content));
                let attributes: Vec<_> =
                    attributes.iter().map(|(name, value)| (&**name, &**value)).collect();
                writer.start_inline(&mended_name(inner.local_name().to_owned()), &attributes)
            }
            Step::End => {
                namespaces.pop();
                writer.end()
            }
        };
    }
    writer.finish().unwrap_or_default()
}

/// The attributes without their prefixes.
fn plain_attributes(branch: Branch<'_>) -> Vec<(String, String)> {
    let mut plain: Vec<(String, String)> = Vec::new();
    for attribute in branch.attributes() {
        let (prefix, local) = attribute.name().split_once(':').unwrap_or(("", attribute.name()));
        if prefix == "xmlns" || local == "xmlns" {
            continue;
        }
        let name = if attribute.name() == "xml:lang" { "xml:lang" } else { local };
        let name = match name {
            "xml:lang" => name.to_owned(),
            name => mended_name(name.to_owned()).replace(':', "_"),
        };
        if !plain.iter().any(|(known, _)| *known == name) {
            plain.push((name, mended_text(&attribute.value().value())));
        }
    }
    plain
}

fn mended_text(text: &str) -> String {
    text.chars().map(|c| if is_character(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// A name that is none with `_` in place of what no name can hold.
fn mended_name(name: String) -> String {
    let is_good = is_name(&name)
        && name.split_once(':').is_none_or(|(prefix, local)| {
            is_name(prefix) && is_name(local) && !local.contains(':')
        });
    if is_good {
        return name;
    }
    let is_allowed = |c: char| c != ':' && is_name(&format!("_{c}"));
    let allowed = name.chars().map(|c| if is_allowed(c) { c } else { '_' });
    std::iter::once('_').chain(allowed).collect()
}
