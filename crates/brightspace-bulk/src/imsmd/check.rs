//! Checks of single values.

use std::collections::BTreeSet;

use edu_diagnostics::Diagnostic;
use edu_syntax::xml::Branch;

use super::model::{LangString, LangStrings, Leaf, Vocabulary};
use super::names::{LOM_V1, is_lom_role};
use super::unit::Unit;
use super::vcard::VCard;
use crate::rules;

/// Whether a text is a media type such as `image/png`, parameters allowed, or `non-digital`.
pub fn is_media_type(text: &str) -> bool {
    let name = text.split(';').next().unwrap_or_default().trim();
    let is_token = |token: &str| {
        !token.is_empty()
            && token
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`{|}~".contains(&byte))
    };
    text.trim().eq_ignore_ascii_case("non-digital")
        || name.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// Whether a keyword looks like several.
pub fn looks_like_list(text: &str) -> bool {
    text.contains([',', ';'])
}

/// A keyword is one keyword, once in each language.
pub(super) fn keyword(unit: &mut Unit<'_>, keyword: &LangStrings, branch: Branch<'_>) {
    let mut languages = BTreeSet::new();
    let language = |string: &LangString| string.language().map(str::to_ascii_lowercase);
    let is_list = keyword.strings.iter().any(|string| looks_like_list(&string.text));
    if is_list || keyword.strings.iter().any(|string| !languages.insert(language(string))) {
        let texts: Vec<_> = keyword.strings.iter().map(|string| string.text.trim()).collect();
        unit.about_text(&rules::KEYWORD_LIST, &texts.join(", "), branch);
    }
}

/// A format is a media type.
pub(super) fn format(unit: &mut Unit<'_>, format: &Leaf, branch: Branch<'_>) {
    if !is_media_type(format) {
        unit.about_text(&rules::FORMAT, format.trim(), branch);
    }
}

/// A size is a number of bytes.
pub(super) fn size(unit: &mut Unit<'_>, size: &Leaf, branch: Branch<'_>) {
    let size = size.trim();
    if size.is_empty() || !size.bytes().all(|byte| byte.is_ascii_digit()) {
        unit.deviation("size", "is no whole number", branch);
    }
}

/// A role is one of the vocabulary that it names.
pub(super) fn role(unit: &mut Unit<'_>, role: &Vocabulary, branch: Branch<'_>) {
    let is_lom = role.source().is_some_and(|source| source.eq_ignore_ascii_case(LOM_V1));
    if let Some(value) = role.value().filter(|value| is_lom && !is_lom_role(value)) {
        unit.about_text(&rules::ROLE, value, branch);
    }
}

/// A vCard is one.
pub(super) fn vcard(unit: &mut Unit<'_>, vcard: &Leaf, branch: Branch<'_>) {
    if let Some(problem) = VCard::problem(vcard) {
        let finding = Diagnostic::new(&rules::VCARD).word("problem", problem);
        unit.report(finding.at(branch.text().span()));
    }
}
