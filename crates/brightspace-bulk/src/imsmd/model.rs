//! IMSMD 1.2.1, as its schema has it.
//!
//! All values are owned and public: a [`Lom`] can be built, changed and written. What IMSMD does not know
//! is in the `other` of the element it stood in, and is written back behind what is known.

use std::ops::Deref;

use edu_syntax::xml::{Branch, WriteError, Writer};

use super::element::{
    Part, element, field_type, is_on_one_line, require_child, take_bare_text, take_child,
};
use super::keep::{self, Content};
use super::names;
use super::unit::Unit;
use super::{check, write};

/// What an element holds that IMSMD does not have there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Other {
    /// A whole element as it stands, with the namespace declarations that it needs to stand anywhere.
    Element(String),
    /// Text beside the elements, without white space around it.
    Text(String),
    /// An attribute.
    Attribute {
        /// Name, with its prefix.
        name: String,
        /// What the prefix stands for; `None` without a prefix, and for `xml:`.
        namespace: Option<String>,
        /// Value.
        value: String,
    },
}

/// An element that holds nothing but text. Reads as that text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaf {
    /// The text as it stands, white space included.
    pub text: String,
    /// Attributes, and elements in the text.
    pub other: Vec<Other>,
}

impl From<String> for Leaf {
    fn from(text: String) -> Self {
        Self { text, other: Vec::new() }
    }
}

impl From<&str> for Leaf {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Deref for Leaf {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Part for Leaf {
    fn read(unit: &mut Unit<'_>, branch: Branch<'_>) -> Self {
        let mut other = keep::attributes(branch);
        let text = unit.text(branch, &mut other);
        Self { text, other }
    }

    fn write(
        &self,
        writer: &mut Writer,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<(), WriteError> {
        write::leaf(writer, name, attributes, &self.text, &self.other)
    }
}

/// A text in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LangString {
    /// The language, `xml:lang`. By custom `x-none` says that it is no text in a language.
    pub lang: Option<String>,
    /// The text as it stands, white space included.
    pub text: String,
    /// Other attributes, and elements in the text.
    pub other: Vec<Other>,
}

impl LangString {
    /// A text with its language.
    pub fn new(lang: Option<&str>, text: &str) -> Self {
        Self { lang: lang.map(str::to_owned), text: text.to_owned(), other: Vec::new() }
    }

    /// The language, `None` also where the string says that it has none.
    pub fn language(&self) -> Option<&str> {
        let lang = self.lang.as_deref().map(str::trim)?;
        (!lang.is_empty() && !lang.eq_ignore_ascii_case(NO_LANGUAGE)).then_some(lang)
    }
}

/// The language of words that belong to no language.
pub(super) const NO_LANGUAGE: &str = "x-none";

impl From<String> for LangString {
    fn from(text: String) -> Self {
        Self { lang: None, text, other: Vec::new() }
    }
}

impl Part for LangString {
    fn read(unit: &mut Unit<'_>, branch: Branch<'_>) -> Self {
        let mut other = keep::attributes(branch);
        let lang = keep::take_attribute(&mut other, "xml:lang").or_else(|| {
            let lang = keep::take_attribute(&mut other, "language")?;
            // That of IEEE LOM's `string` goes with its name.
            if branch.local_name() != "string" {
                unit.ieee_name("language", "xml:lang", branch.name_span());
            }
            Some(lang)
        });
        let text = unit.text(branch, &mut other);
        Self { lang, text, other }
    }

    fn write(
        &self,
        writer: &mut Writer,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<(), WriteError> {
        let lang = self.lang.as_deref().map(|lang| ("xml:lang", lang));
        let attributes: Vec<_> = attributes.iter().copied().chain(lang).collect();
        write::leaf(writer, name, &attributes, &self.text, &self.other)
    }
}

/// Where the object is to be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// What the text is: `URI` or `TEXT`.
    pub kind: Option<String>,
    /// The text as it stands, white space included.
    pub text: String,
    /// Other attributes, and elements in the text.
    pub other: Vec<Other>,
}

impl Part for Location {
    fn read(unit: &mut Unit<'_>, branch: Branch<'_>) -> Self {
        let mut other = keep::attributes(branch);
        let kind = keep::take_attribute(&mut other, "type");
        let text = unit.text(branch, &mut other);
        Self { kind, text, other }
    }

    fn write(
        &self,
        writer: &mut Writer,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<(), WriteError> {
        let kind = self.kind.as_deref().map(|kind| ("type", kind));
        let attributes: Vec<_> = attributes.iter().copied().chain(kind).collect();
        write::leaf(writer, name, &attributes, &self.text, &self.other)
    }
}

element! {
    /// Metadata of a learning object: the element `lom`.
    Lom block {
        /// What the object is.
        general "general" optional General,
        /// Its history and who had a part in it.
        lifecycle "lifecycle" optional Lifecycle,
        /// The metadata themselves.
        metametadata "metametadata" optional MetaMetadata,
        /// What it takes to use it.
        technical "technical" optional Technical,
        /// How it teaches.
        educational "educational" optional Educational,
        /// Under which conditions it may be used.
        rights "rights" optional Rights,
        /// Other objects that it has to do with.
        relations "relation" many Relation,
        /// Comments on its use.
        annotations "annotation" many Annotation,
        /// Its place in systems of classification.
        classifications "classification" many Classification,
    }

    /// What the object is.
    General block {
        /// An identifier.
        identifier "identifier" optional Leaf,
        /// The name, in any number of languages.
        title "title" optional LangStrings,
        /// Entries in catalogues.
        catalog_entries "catalogentry" many CatalogEntry,
        /// Languages of the object.
        languages "language" many Leaf,
        /// What it is about; each one in any number of languages.
        descriptions "description" many LangStrings,
        /// Keywords; each one in any number of languages.
        keywords "keyword" many LangStrings [check::keyword],
        /// Time, culture, region that it is about.
        coverages "coverage" many LangStrings,
        /// How it is put together.
        structure "structure" optional Vocabulary,
        /// Its size, from a single picture to a whole programme.
        aggregation_level "aggregationlevel" optional Vocabulary,
    }

    /// An entry in a catalogue.
    CatalogEntry block {
        /// Name of the catalogue.
        catalog "catalog" required Leaf,
        /// The entry.
        entry "entry" required LangStrings,
    }

    /// The same text in several languages.
    LangStrings line text in strings "langstring" {
        /// The text, once for each language.
        strings "langstring" some LangString,
    }

    /// A word, with the vocabulary that it is from.
    Vocabulary block text in value "value" {
        /// The vocabulary.
        source "source" required LangStrings,
        /// The word.
        value "value" required LangStrings,
    }

    /// History of the object and who had a part in it.
    Lifecycle block {
        /// The version.
        version "version" optional LangStrings,
        /// Draft, final, revised.
        status "status" optional Vocabulary,
        /// Who had a part in it.
        contributes "contribute" many Contribute,
    }

    /// A part that somebody had.
    Contribute block {
        /// Which one.
        role "role" required Vocabulary [check::role],
        /// Who, the most important first.
        centities "centity" many Centity,
        /// When.
        date "date" optional Date,
    }

    /// A person or an organisation.
    Centity line text in vcard "vcard" {
        /// The vCard as it stands; [`VCard`](super::VCard) reads it.
        vcard "vcard" required Leaf [check::vcard],
    }

    /// A time or a duration, which have the same form.
    Date line text in datetime "datetime" {
        /// As in ISO 8601.
        datetime "datetime" optional Leaf,
        /// In words.
        description "description" optional LangStrings,
    }

    /// Metadata about the metadata.
    MetaMetadata block {
        /// An identifier.
        identifier "identifier" optional Leaf,
        /// Entries in catalogues.
        catalog_entries "catalogentry" many CatalogEntry,
        /// Who wrote them.
        contributes "contribute" many Contribute,
        /// The specifications that they follow.
        metadata_schemes "metadatascheme" many Leaf,
        /// Language of the metadata.
        language "language" optional Leaf,
    }

    /// What it takes to use the object.
    Technical block {
        /// Media types, or `non-digital`.
        formats "format" many Leaf [check::format],
        /// Number of bytes.
        size "size" optional Leaf [check::size],
        /// Where it is.
        locations "location" many Location,
        /// What must be there.
        requirements "requirement" many Requirement,
        /// How it is installed.
        installation_remarks "installationremarks" optional LangStrings,
        /// What else must be there.
        other_platform_requirements "otherplatformrequirements" optional LangStrings,
        /// How long it takes to play.
        duration "duration" optional Date,
    }

    /// Something that must be there to use the object.
    Requirement block {
        /// Kind of thing, such as `Browser`.
        kind "type" optional Vocabulary,
        /// Its name.
        name "name" optional Vocabulary,
        /// The earliest version that will do.
        minimum_version "minimumversion" optional Leaf,
        /// The latest version that will do.
        maximum_version "maximumversion" optional Leaf,
    }

    /// How the object teaches.
    Educational block {
        /// Active, expositive, mixed.
        interactivity_type "interactivitytype" optional Vocabulary,
        /// Exercise, lecture, questionnaire.
        learning_resource_types "learningresourcetype" many Vocabulary,
        /// How much the learner can influence.
        interactivity_level "interactivitylevel" optional Vocabulary,
        /// How concise it is.
        semantic_density "semanticdensity" optional Vocabulary,
        /// Whom it is for: teacher, learner.
        intended_end_user_roles "intendedenduserrole" many Vocabulary,
        /// Where it is used: school, higher education.
        contexts "context" many Vocabulary,
        /// Age of the learners.
        typical_age_ranges "typicalagerange" many LangStrings,
        /// How hard it is.
        difficulty "difficulty" optional Vocabulary,
        /// How long it takes.
        typical_learning_time "typicallearningtime" optional Date,
        /// How it is used.
        description "description" optional LangStrings,
        /// Languages of the learners.
        languages "language" many Leaf,
    }

    /// Under which conditions the object may be used.
    Rights block {
        /// Whether it costs something.
        cost "cost" optional Vocabulary,
        /// Whether there is a copyright or another restriction.
        copyright_and_other_restrictions "copyrightandotherrestrictions" optional Vocabulary,
        /// The conditions.
        description "description" optional LangStrings,
    }

    /// Another object that this one has to do with.
    Relation block {
        /// In what way: `IsPartOf`, `Requires`.
        kind "kind" optional Vocabulary,
        /// The other object.
        resource "resource" optional Resource,
    }

    /// The other object of a relation.
    Resource block {
        /// Its identifier.
        identifier "identifier" optional Leaf,
        /// What it is.
        description "description" optional LangStrings,
        /// Its entries in catalogues.
        catalog_entries "catalogentry" many CatalogEntry,
    }

    /// A comment on the use of the object.
    Annotation block {
        /// Who wrote it.
        person "person" optional Person,
        /// When.
        date "date" optional Date,
        /// The comment.
        description "description" optional LangStrings,
    }

    /// The author of an annotation.
    Person line text in vcard "vcard" {
        /// The vCard as it stands; [`VCard`](super::VCard) reads it.
        vcard "vcard" required Leaf [check::vcard],
    }

    /// A place in a system of classification.
    Classification block {
        /// What is classified: discipline, idea, educational level.
        purpose "purpose" optional Vocabulary,
        /// Ways from the top of a taxonomy down.
        taxon_paths "taxonpath" many TaxonPath,
        /// The place in words.
        description "description" optional LangStrings,
        /// Keywords; each one in any number of languages.
        keywords "keyword" many LangStrings [check::keyword],
    }

    /// A way from the top of a taxonomy down.
    TaxonPath block {
        /// The taxonomy.
        source "source" optional LangStrings,
        /// Its topmost node on this way.
        taxon "taxon" optional Taxon,
    }

    /// A node of a taxonomy.
    Taxon block {
        /// Its number or mark.
        id "id" optional Leaf,
        /// Its name.
        entry "entry" optional LangStrings,
        /// The next node further down.
        taxon "taxon" optional Box<Taxon>,
    }
}

impl Lom {
    /// The title: in the wanted language, else without a language, else the first; without white space
    /// around it. `None` where there is none, or an empty one.
    pub fn title(&self, lang: Option<&str>) -> Option<&str> {
        let title = self.general.as_ref()?.title.as_ref()?;
        title.choose(lang).map(|string| string.text.trim()).filter(|text| !text.is_empty())
    }

    /// The metadata as an XML document in the namespace of IMSMD 1.2.1, elements in the order of the
    /// schema.
    ///
    /// # Errors
    ///
    /// When a text holds a character that XML does not allow, or an [`Other`] is not well-formed.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut writer = Writer::new();
        self.write(&mut writer, "lom", &[("xmlns", names::NAMESPACE)])?;
        writer.finish()
    }
}

impl LangStrings {
    /// One text in one language, or in none.
    pub fn new(lang: Option<&str>, text: &str) -> Self {
        LangString::new(lang, text).into()
    }

    /// The text in the wanted language, else the one without a language, else the first.
    pub fn choose(&self, lang: Option<&str>) -> Option<&LangString> {
        let is_wanted = |string: &&LangString| match (string.language(), lang) {
            (Some(own), Some(wanted)) => own.eq_ignore_ascii_case(wanted),
            _ => false,
        };
        let mut strings = self.strings.iter();
        strings
            .clone()
            .find(is_wanted)
            .or_else(|| strings.clone().find(|string| string.language().is_none()))
            .or_else(|| strings.next())
    }
}

impl From<LangString> for LangStrings {
    fn from(string: LangString) -> Self {
        Self { strings: vec![string], other: Vec::new() }
    }
}

impl From<String> for LangStrings {
    fn from(text: String) -> Self {
        LangString::from(text).into()
    }
}

impl Vocabulary {
    /// A word of a vocabulary, in no language.
    pub fn new(source: &str, value: &str) -> Self {
        let word = |text| Some(LangStrings::new(Some(NO_LANGUAGE), text));
        Self { source: word(source), value: word(value), other: Vec::new() }
    }

    /// The name of the vocabulary, without white space around it.
    pub fn source(&self) -> Option<&str> {
        word(self.source.as_ref())
    }

    /// The word, without white space around it.
    pub fn value(&self) -> Option<&str> {
        word(self.value.as_ref())
    }
}

fn word(strings: Option<&LangStrings>) -> Option<&str> {
    strings?.choose(None).map(|string| string.text.trim())
}
