//! The seven fields of a record of type 3, as IMSMD and back.

use std::borrow::Cow;

use edu_diagnostics::Diagnostic;

use super::model::{
    Centity, Contribute, General, LangString, LangStrings, Leaf, Lifecycle, Lom, Other, Technical,
    Vocabulary,
};
use super::names::{LOM_V1, ROLES, XSI};
use super::vcard::VCard;
use crate::rules;

/// The role of a contributor without one: IMSMD demands a role.
const UNKNOWN: &str = "Unknown";

/// The source of a role that is free text.
const NO_SOURCE: &str = "None";

/// The metadata that a record of type 3 holds: its fields 3 to 9. What is empty is not given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Field 3, `general/title`.
    pub title: String,
    /// Field 4, `general/description`.
    pub description: String,
    /// Field 5, `general/keyword`: a single keyword.
    pub keyword: String,
    /// Field 6, `lifecycle/contribute/role`: a word of LOMv1.0 or any other.
    pub role: String,
    /// Field 7, the first name in `lifecycle/contribute/centity`.
    pub first_name: String,
    /// Field 8, the last name in the same place.
    pub last_name: String,
    /// Field 9, `technical/format`: a media type.
    pub format: String,
}

/// Something that a record of type 3 cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Where it stands in the metadata: `general/keyword`.
    pub path: String,
    /// Why it is lost.
    pub reason: &'static str,
}

impl From<Loss> for Diagnostic {
    fn from(loss: Loss) -> Self {
        Self::new(&rules::LOST).word("path", loss.path).word("reason", loss.reason)
    }
}

impl Metadata {
    /// The metadata as IMSMD, in a language where one is given: the setup file states none.
    ///
    /// A contributor without a role gets the role `Unknown`, which IMSMD demands. A role of LOMv1.0 names
    /// that source, every other the source `None`.
    pub fn to_lom(&self, lang: Option<&str>) -> Lom {
        let text = |text: &str| given(text).map(|text| LangStrings::new(lang, text));
        let general = General {
            title: text(&self.title),
            descriptions: text(&self.description).into_iter().collect(),
            keywords: text(&self.keyword).into_iter().collect(),
            ..General::default()
        };
        let technical = Technical {
            formats: given(&self.format).map(Leaf::from).into_iter().collect(),
            ..Technical::default()
        };
        Lom {
            general: (general != General::default()).then_some(general),
            lifecycle: self.contribute().map(|contribute| Lifecycle {
                contributes: vec![contribute],
                ..Lifecycle::default()
            }),
            technical: (technical != Technical::default()).then_some(technical),
            ..Lom::default()
        }
    }

    fn contribute(&self) -> Option<Contribute> {
        let has_name = !self.first_name.is_empty() || !self.last_name.is_empty();
        if self.role.is_empty() && !has_name {
            return None;
        }
        let role = given(&self.role).unwrap_or(UNKNOWN);
        let source = if ROLES.contains(&role) { LOM_V1 } else { NO_SOURCE };
        let centity = has_name.then(|| {
            let card = VCard::named(&self.first_name, &self.last_name).to_string();
            Centity { vcard: Some(card.into()), other: Vec::new() }
        });
        Some(Contribute {
            role: Some(Vocabulary::new(source, role)),
            centities: centity.into_iter().collect(),
            ..Contribute::default()
        })
    }

    /// What a record of type 3 can hold of the metadata: the first of each, in the language wanted where
    /// there is a choice. What it cannot hold is added to `losses`.
    ///
    /// The role `Unknown` of LOMv1.0 becomes the empty role.
    pub fn from_lom(lom: &Lom, lang: Option<&str>, losses: &mut Vec<Loss>) -> Self {
        let mut taker = Taker { lang, losses };
        let mut metadata = Self::default();
        taker.others("lom", &lom.other);
        if let Some(general) = &lom.general {
            taker.general(general, &mut metadata);
        }
        if let Some(lifecycle) = &lom.lifecycle {
            taker.lifecycle(lifecycle, &mut metadata);
        }
        if let Some(technical) = &lom.technical {
            taker.technical(technical, &mut metadata);
        }
        taker.unless("metametadata", lom.metametadata.is_none());
        taker.unless("educational", lom.educational.is_none());
        taker.unless("rights", lom.rights.is_none());
        taker.unless("relation", lom.relations.is_empty());
        taker.unless("annotation", lom.annotations.is_empty());
        taker.unless("classification", lom.classifications.is_empty());
        metadata
    }
}

fn given(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Takes what a record can hold, and notes the rest.
struct Taker<'l> {
    lang: Option<&'l str>,
    losses: &'l mut Vec<Loss>,
}

const NO_FIELD: &str = "a record has no field for it";
const ONE_ONLY: &str = "a record holds one only";

impl Taker<'_> {
    fn lose(&mut self, path: impl Into<String>, reason: &'static str) {
        self.losses.push(Loss { path: path.into(), reason });
    }

    fn unless(&mut self, path: &str, is_absent: bool) {
        if !is_absent {
            self.lose(path, NO_FIELD);
        }
    }

    fn general(&mut self, general: &General, metadata: &mut Metadata) {
        self.others("general", &general.other);
        self.unless("general/identifier", general.identifier.is_none());
        metadata.title = self.strings("general/title", general.title.as_ref());
        self.unless("general/catalogentry", general.catalog_entries.is_empty());
        self.unless("general/language", general.languages.is_empty());
        let description = self.first("general/description", &general.descriptions);
        metadata.description = self.strings("general/description", description);
        let keyword = self.first("general/keyword", &general.keywords);
        metadata.keyword = self.strings("general/keyword", keyword);
        self.unless("general/coverage", general.coverages.is_empty());
        self.unless("general/structure", general.structure.is_none());
        self.unless("general/aggregationlevel", general.aggregation_level.is_none());
    }

    fn lifecycle(&mut self, lifecycle: &Lifecycle, metadata: &mut Metadata) {
        self.others("lifecycle", &lifecycle.other);
        self.unless("lifecycle/version", lifecycle.version.is_none());
        self.unless("lifecycle/status", lifecycle.status.is_none());
        let Some(contribute) = self.first("lifecycle/contribute", &lifecycle.contributes) else {
            return;
        };
        self.others("lifecycle/contribute", &contribute.other);
        if let Some(role) = &contribute.role {
            metadata.role = self.role(role);
        }
        if let Some(centity) = self.first("lifecycle/contribute/centity", &contribute.centities) {
            self.others("lifecycle/contribute/centity", &centity.other);
            if let Some(vcard) = &centity.vcard {
                self.names(vcard, metadata);
            }
        }
        self.unless("lifecycle/contribute/date", contribute.date.is_none());
    }

    fn role(&mut self, role: &Vocabulary) -> String {
        const PATH: &str = "lifecycle/contribute/role";
        self.others(PATH, &role.other);
        let value = self.strings(&format!("{PATH}/value"), role.value.as_ref());
        match role.source().unwrap_or_default() {
            source if source.eq_ignore_ascii_case(LOM_V1) && value == UNKNOWN => String::new(),
            source
                if source.is_empty()
                    || source.eq_ignore_ascii_case(LOM_V1)
                    || source.eq_ignore_ascii_case(NO_SOURCE) =>
            {
                value
            }
            _ => {
                self.lose(format!("{PATH}/source"), "a record holds the role without its source");
                value
            }
        }
    }

    fn names(&mut self, vcard: &Leaf, metadata: &mut Metadata) {
        const PATH: &str = "lifecycle/contribute/centity/vcard";
        self.others(PATH, &vcard.other);
        let card = VCard::parse(vcard);
        metadata.first_name = self.line(PATH, card.first());
        metadata.last_name = self.line(PATH, card.last());
        for property in card.others() {
            let reason = match property.as_str() {
                "N" => "a record holds first and last name only",
                _ => "a record holds the names only",
            };
            self.lose(format!("{PATH}/{property}"), reason);
        }
    }

    fn technical(&mut self, technical: &Technical, metadata: &mut Metadata) {
        self.others("technical", &technical.other);
        if let Some(format) = self.first("technical/format", &technical.formats) {
            self.others("technical/format", &format.other);
            metadata.format = self.line("technical/format", format);
        }
        self.unless("technical/size", technical.size.is_none());
        self.unless("technical/location", technical.locations.is_empty());
        self.unless("technical/requirement", technical.requirements.is_empty());
        self.unless("technical/installationremarks", technical.installation_remarks.is_none());
        let other = technical.other_platform_requirements.is_none();
        self.unless("technical/otherplatformrequirements", other);
        self.unless("technical/duration", technical.duration.is_none());
    }

    /// The first of several; the others are lost.
    fn first<'v, T>(&mut self, path: &str, values: &'v [T]) -> Option<&'v T> {
        for number in 2..=values.len() {
            self.lose(format!("{path}[{number}]"), ONE_ONLY);
        }
        values.first()
    }

    /// The text in the language wanted; other languages are lost.
    fn strings(&mut self, path: &str, strings: Option<&LangStrings>) -> String {
        let Some(strings) = strings else { return String::new() };
        self.others(path, &strings.other);
        let Some(chosen) = strings.choose(self.lang) else { return String::new() };
        for string in strings.strings.iter().filter(|string| !std::ptr::eq(*string, chosen)) {
            self.lose(path_of(path, string), "a record holds one language only");
        }
        let is_wanted = |own: &str| self.lang.is_some_and(|lang| lang.eq_ignore_ascii_case(own));
        if chosen.language().is_some_and(|own| !is_wanted(own)) {
            let reason = "a record does not state a language; the text itself is kept";
            self.lose(format!("{path}/langstring/@xml:lang"), reason);
        }
        self.others(path, &chosen.other);
        self.line(path, &chosen.text)
    }

    /// A text without line breaks. Those around it are layout and go without a word.
    fn line(&mut self, path: &str, text: &str) -> String {
        let line = without_breaks_around(text);
        if !line.contains(['\r', '\n']) {
            return line.to_owned();
        }
        self.lose(path, "the line breaks in the text become blanks");
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What IMSMD does not know.
    fn others(&mut self, path: &str, other: &[Other]) {
        for other in other {
            let what: Cow<'_, str> = match other {
                Other::Element(source) => name_of(source).into(),
                Other::Text(_) => "text()".into(),
                Other::Attribute { namespace: Some(namespace), .. } if namespace == XSI => continue,
                Other::Attribute { name, .. } => format!("@{name}").into(),
            };
            let path = if path == "lom" { what.into_owned() } else { format!("{path}/{what}") };
            self.lose(path, NO_FIELD);
        }
    }
}

fn path_of(path: &str, string: &LangString) -> String {
    match string.language() {
        Some(lang) => format!("{path}/langstring[@xml:lang='{lang}']"),
        None => format!("{path}/langstring"),
    }
}

fn name_of(source: &str) -> &str {
    let name = source.strip_prefix('<').unwrap_or(source);
    name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default()
}

/// Cuts the white space at an end off if it holds a line break.
fn without_breaks_around(text: &str) -> &str {
    let has_break = |space: &str| space.contains(['\r', '\n']);
    let start = text.trim_start();
    let text = if has_break(&text[..text.len() - start.len()]) { start } else { text };
    let end = text.trim_end();
    if has_break(&text[end.len()..]) { end } else { text }
}
