//! From a code of Pégase to an entry of a reference table, in four steps.

use odf_model::{Code, Entry, Table, Tables, table};

use crate::{ConversionNote, Conversions};

/// How a code was matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchStep {
    /// Step 1: it is the Pégase code of an entry.
    PegaseCode,
    /// Step 2: a conversion file gives the Ametys code of an entry for it.
    Conversion,
    /// Step 3: it is the Ametys code of an entry.
    AmetysCode,
}

impl MatchStep {
    /// 1, 2 or 3.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match<'a> {
    /// An entry was found.
    Found(&'a Entry, MatchStep),
    /// Step 4: none was. Where a conversion file names an Ametys code that no entry has, it is here.
    Unmatched(Option<&'a Code>),
}

impl<'a> Match<'a> {
    /// The entry, where one was found.
    pub fn entry(self) -> Option<&'a Entry> {
        match self {
            Self::Found(entry, _) => Some(entry),
            Self::Unmatched(_) => None,
        }
    }
}

/// Finds the entries that codes of Pégase stand for.
///
/// In this order (seed, "Matching mechanism"): the entry that has the code as its Pégase code; the entry whose Ametys
/// code a conversion file gives for it; the entry that has it as its Ametys code. An archived entry is found,
/// too: only people cannot choose it any more.
#[derive(Debug, Clone)]
pub struct Matcher<'a> {
    tables: &'a Tables,
    conversions: Option<&'a Conversions>,
    /// Natures of diploma, where the tables have none: the codes are the same everywhere.
    natures: Table,
}

impl<'a> Matcher<'a> {
    /// Matches with these tables and nothing else.
    pub fn new(tables: &'a Tables) -> Self {
        let nature = |code: &str, pegase: &str| Entry {
            pegase_code: Some(pegase.into()),
            ..Entry::new(code, code)
        };
        let natures =
            [nature("Diplome", "0"), nature("Certification", "1"), nature("Qualification", "2")];
        Self { tables, conversions: None, natures: natures.into_iter().collect() }
    }

    /// Adds conversion files.
    #[must_use]
    pub fn with_conversions(mut self, conversions: &'a Conversions) -> Self {
        self.conversions = Some(conversions);
        self
    }

    /// What there is to note on the conversion files.
    pub(crate) fn notes(&self) -> &[ConversionNote] {
        self.conversions.map_or(&[], Conversions::notes)
    }

    /// Finds the entry of a table that a code stands for.
    pub fn find(&self, table: &str, pegase: &str) -> Match<'_> {
        let entries = match self.tables.get(table) {
            None if table == table::DIPLOMA_NATURE => &self.natures,
            None => return Match::Unmatched(None),
            Some(entries) => entries,
        };
        if let Some(entry) = entries.by_pegase_code(pegase) {
            return Match::Found(entry, MatchStep::PegaseCode);
        }
        let converted = self.conversions.and_then(|conversions| conversions.get(table, pegase));
        if let Some(entry) = converted.and_then(|code| entries.by_code(code)) {
            return Match::Found(entry, MatchStep::Conversion);
        }
        match entries.by_code(pegase) {
            Some(entry) => Match::Found(entry, MatchStep::AmetysCode),
            None => Match::Unmatched(converted),
        }
    }

    /// Finds the entries of several codes: those that are there, in order, and the codes that none stands for.
    pub fn find_all<'c>(
        &self,
        table: &str,
        pegase: impl IntoIterator<Item = &'c str>,
    ) -> (Vec<&Entry>, Vec<&'c str>) {
        let (mut found, mut unmatched) = (Vec::new(), Vec::new());
        for code in pegase {
            match self.find(table, code) {
                Match::Found(entry, _) => found.push(entry),
                Match::Unmatched(_) => unmatched.push(code),
            }
        }
        (found, unmatched)
    }
}
