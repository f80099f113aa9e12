//! From a maquette to a catalogue of Ametys.

mod contents;
mod graph;
mod overrides;
mod walk;

pub(crate) use graph::Graph;

use edu_diagnostics::Severity;
use odf_model::{Catalogue, Code, Missing, Tables};

use crate::alert::Alert;
use crate::codes::ObjectTypes;
use crate::conversion::{ConversionNote, Conversions};
use crate::maquette::Maquette;
use crate::matching::Matcher;
use crate::policy::Policy;

/// What an import gives: nothing is done yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Import {
    /// The contents, each before what it holds, in the order of the maquette.
    pub catalogue: Catalogue,
    /// Codes of the contents at the top, one for each root of the maquette that could be imported.
    pub roots: Vec<Code>,
    /// The alerts, in the order in which the maquette is gone through.
    pub alerts: Vec<Alert>,
    /// What there is to note on the conversion files.
    pub notes: Vec<ConversionNote>,
    /// What the shape of the maquette could say.
    pub scope: Scope,
}

impl Import {
    /// The fields that Ametys requires and that Pégase could not fill.
    pub fn missing_mandatory(&self) -> Vec<Missing> {
        odf_model::missing_mandatory(self.catalogue.iter())
    }

    /// The worst severity among the alerts.
    pub fn worst(&self) -> Option<Severity> {
        self.alerts.iter().map(|alert| alert.severity).max()
    }
}

/// What a maquette can say, by its shape: what it cannot is not known, which is not the same as empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Everything.
    #[default]
    Whole,
    /// A structure without details: no long labels, types of formation, choice ranges, descriptions, SISE survey.
    Structure,
    /// A tree of the COF generation: no description and SISE survey of formations, no order between objects and
    /// groupings.
    Tree,
}

/// Turns maquettes into catalogues.
///
/// The value is its own configuration: reference tables, conversion files, types of objects, suffix of lists that
/// have to be made, and who may do what.
#[derive(Clone)]
#[must_use]
pub struct Importer<'a> {
    matcher: Matcher<'a>,
    types: ObjectTypes,
    list_suffix: String,
    policy: Option<&'a dyn Policy>,
    known: Option<&'a dyn Fn(&str) -> bool>,
}

impl<'a> Importer<'a> {
    /// The suffix of the codes of lists that have to be made, unless told otherwise.
    pub const LIST_SUFFIX: &'static str = "-list";

    /// Imports with these reference tables.
    pub fn new(tables: &'a Tables) -> Self {
        Self {
            matcher: Matcher::new(tables),
            types: ObjectTypes::new(),
            list_suffix: Self::LIST_SUFFIX.to_owned(),
            policy: None,
            known: None,
        }
    }

    /// Matches codes by these conversion files, too.
    pub fn with_conversions(mut self, conversions: &'a Conversions) -> Self {
        self.matcher = self.matcher.with_conversions(conversions);
        self
    }

    /// Takes these types of objects in place of the delivered ones.
    pub fn with_object_types(mut self, types: ObjectTypes) -> Self {
        self.types = types;
        self
    }

    /// Adds this suffix to the code of the parent of a list that has to be made.
    pub fn with_list_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.list_suffix = suffix.into();
        self
    }

    /// Asks this policy for each content.
    pub fn with_policy(mut self, policy: &'a dyn Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Asks for the right to synchronise, rather than to import, where a code is known.
    pub fn with_known(mut self, is_known: &'a dyn Fn(&str) -> bool) -> Self {
        self.known = Some(is_known);
        self
    }

    /// Imports a maquette.
    pub fn import(&self, maquette: &Maquette<'_>) -> Import {
        Import { notes: self.matcher.notes().to_vec(), ..walk::Walk::new(self, maquette).run() }
    }
}
