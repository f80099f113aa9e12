//! What a synchronisation would change.

use std::collections::{HashMap, HashSet};

use odf_model::{Catalogue, Code, Content, Kind, Parents};

use super::merge::merged;
use super::values::{self, FieldValue};
use crate::alert::{Alert, AlertKind};
use crate::import::Import;
use crate::policy::{Action, Policy, Request};

/// What a synchronisation would do to each content. Nothing is done yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Synchronisation {
    /// The contents of the import in its order, then those that vanished.
    pub contents: Vec<ContentChange>,
    /// The catalogue as it would be. Contents that vanished are still in it: nothing holds them any more.
    pub catalogue: Catalogue,
    /// What the policy refused.
    pub alerts: Vec<Alert>,
}

/// What would become of one content.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ContentChange {
    /// Its code in the catalogue.
    pub code: Code,
    /// What it is.
    pub kind: Kind,
    /// Its title, after the synchronisation.
    pub title: String,
    /// What becomes of it.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub change: Change,
}

/// What a synchronisation does to a content.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "change", content = "fields", rename_all = "lowercase"))]
pub enum Change {
    /// It is new.
    Created,
    /// These fields change.
    Updated(Vec<FieldChange>),
    /// It stays as it is.
    Unchanged,
    /// Pégase does not have it any more, and no other content of the catalogue holds it.
    Vanished,
}

impl Change {
    /// `created`, `updated`, `unchanged` or `vanished`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated(_) => "updated",
            Self::Unchanged => "unchanged",
            Self::Vanished => "vanished",
        }
    }
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct FieldChange {
    /// Its name in the JSON form of the catalogue, such as `title` or `fields.degree`.
    pub field: &'static str,
    /// The value that it has.
    pub old: FieldValue,
    /// The value that it would get.
    pub new: FieldValue,
}

/// Compares imports with a catalogue.
///
/// A content of the import belongs to the one with its synchronization code or, where none has it, to one without
/// synchronization code whose own code it is. A list that was made belongs to the one of its parent.
#[derive(Clone)]
#[must_use]
pub struct Synchroniser<'a> {
    existing: &'a Catalogue,
    program: Option<Code>,
    policy: Option<&'a dyn Policy>,
}

impl<'a> Synchroniser<'a> {
    /// Compares with this catalogue.
    pub fn new(existing: &'a Catalogue) -> Self {
        Self { existing, program: None, policy: None }
    }

    /// Takes this content of the catalogue for the first root of the import, whatever its synchronization code: so a programme
    /// that was made by hand can be synchronised. A code that the catalogue does not have is passed over.
    pub fn with_program(mut self, code: impl Into<Code>) -> Self {
        self.program = Some(code.into());
        self
    }

    /// Asks this policy before a synchronization code is changed ([`Action::ModifyPegaseFields`]). The rights to import and
    /// to synchronise are asked for by the [`Importer`](crate::Importer).
    pub fn with_policy(mut self, policy: &'a dyn Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Says what a synchronisation would change.
    pub fn synchronise(&self, import: &Import) -> Synchronisation {
        let belongs = self.belongs(import);
        let mut result =
            Synchronisation { catalogue: self.existing.clone(), ..Synchronisation::default() };
        let parents = self.policy.map(|policy| (policy, import.catalogue.parents()));
        let codes = self.codes(import, &belongs, &mut result);
        for imported in import.catalogue.iter() {
            let mut new = imported.clone();
            new.code = codes[&imported.code].clone();
            new.children =
                new.children.iter().map(|code| codes.get(code).unwrap_or(code).clone()).collect();
            let existing = belongs.get(&imported.code).and_then(|code| self.existing.get(code));
            let (content, change) = match existing {
                None => (new, Change::Created),
                Some(existing) => {
                    let sync_code = new.sync_code.clone();
                    let mut content = merged(existing, new, import.scope);
                    if sync_code.is_some() && content.sync_code != sync_code {
                        let refused = parents.as_ref().and_then(|(policy, parents)| {
                            refusal(*policy, &content, parents, &imported.code)
                        });
                        match refused {
                            None => content.sync_code = sync_code,
                            Some(alert) => result.alerts.push(alert),
                        }
                    }
                    let changes = differences(existing, &content);
                    let change = if changes.is_empty() {
                        Change::Unchanged
                    } else {
                        Change::Updated(changes)
                    };
                    (content, change)
                }
            };
            result.contents.push(ContentChange {
                code: content.code.clone(),
                kind: content.kind(),
                title: content.title.clone(),
                change,
            });
            result.catalogue.insert(content);
        }
        self.vanished(import, &belongs, &mut result);
        result
    }

    /// The code of each content of the import in the catalogue. A new one keeps its own, unless another content has it.
    fn codes(
        &self,
        import: &Import,
        belongs: &HashMap<Code, Code>,
        result: &mut Synchronisation,
    ) -> HashMap<Code, Code> {
        let mut codes = belongs.clone();
        let mut new: HashSet<Code> = HashSet::new();
        for content in
            import.catalogue.iter().filter(|content| !belongs.contains_key(&content.code))
        {
            let mut code = content.code.clone();
            let mut number = 1;
            while self.existing.get(&code).is_some() || !new.insert(code.clone()) {
                number += 1;
                code = format!("{}-{number}", content.code).into();
            }
            if code != content.code {
                let kind = AlertKind::CodeTaken { code: code.clone() };
                let (object, severity) = (content.code.clone(), kind.rule().severity);
                let path = vec![object.clone()];
                result.alerts.push(Alert { kind, severity, object, path, place: None });
            }
            codes.insert(content.code.clone(), code);
        }
        codes
    }

    /// The content of the catalogue that each content of the import belongs to. None belongs to two.
    fn belongs(&self, import: &Import) -> HashMap<Code, Code> {
        let mut claims = Claims::default();
        if let (Some(program), Some(root)) = (&self.program, import.roots.first())
            && self.existing.get(program).is_some()
        {
            claims.add(root, program);
        }
        let mut by_sync_code: HashMap<&Code, &Code> = HashMap::new();
        for content in self.existing.iter() {
            if let Some(sync_code) = &content.sync_code {
                by_sync_code.entry(sync_code).or_insert(&content.code);
            }
        }
        for content in import.catalogue.iter() {
            let known = content.sync_code.as_ref().and_then(|code| by_sync_code.get(code));
            if let Some(&known) = known {
                claims.add(&content.code, known);
            }
        }
        // One that has another synchronization code is another content, whatever its own code.
        for content in import.catalogue.iter().filter(|content| !content.is_automatic_list()) {
            if let Some(known) =
                self.existing.get(&content.code).filter(|it| it.sync_code.is_none())
            {
                claims.add(&content.code, &known.code);
            }
        }
        // A list that was made belongs to that of the content that its parent belongs to.
        for content in import.catalogue.iter() {
            let Some(parent) = claims.belongs.get(&content.code).cloned() else { continue };
            let is_auto = |content: &&Content| content.is_automatic_list();
            let mut lists = content.children.iter().filter_map(|code| import.catalogue.get(code));
            let mut known = self.existing.children(&parent).filter_map(|(_, child)| child);
            if let (Some(list), Some(known)) = (lists.find(is_auto), known.find(is_auto)) {
                claims.add(&list.code, &known.code);
            }
        }
        claims.belongs
    }

    /// Adds what Pégase does not have any more.
    fn vanished(
        &self,
        import: &Import,
        belongs: &HashMap<Code, Code>,
        result: &mut Synchronisation,
    ) {
        let kept: HashSet<&Code> = belongs.values().collect();
        let roots: Vec<&Code> = import.roots.iter().filter_map(|root| belongs.get(root)).collect();
        let own: HashSet<&Code> = roots.iter().copied().collect();
        let others = self.existing.roots().map(|content| &content.code);
        // What other programmes hold is there, whatever becomes of this one.
        let elsewhere: HashSet<&Code> = self
            .below(others.filter(|root| !own.contains(root)))
            .map(|content| &content.code)
            .collect();
        for content in self.below(roots.into_iter()) {
            if !kept.contains(&content.code) && !elsewhere.contains(&content.code) {
                result.contents.push(ContentChange {
                    code: content.code.clone(),
                    kind: content.kind(),
                    title: content.title.clone(),
                    change: Change::Vanished,
                });
            }
        }
    }

    /// The contents below some roots, and the roots, each once.
    fn below<'c>(
        &'c self,
        roots: impl Iterator<Item = &'c Code>,
    ) -> impl Iterator<Item = &'c Content> {
        let mut next: Vec<&Code> = roots.collect();
        next.reverse();
        let mut seen = HashSet::new();
        std::iter::from_fn(move || {
            loop {
                let content = self.existing.get(next.pop()?);
                if let Some(content) = content.filter(|content| seen.insert(&content.code)) {
                    next.extend(content.children.iter().rev());
                    return Some(content);
                }
            }
        })
    }
}

/// Which content of the catalogue belongs to which of the import.
#[derive(Default)]
struct Claims {
    belongs: HashMap<Code, Code>,
    claimed: HashSet<Code>,
}

impl Claims {
    /// A content of the import claims one of the catalogue, unless either has another partner.
    fn add(&mut self, imported: &Code, existing: &Code) {
        if !self.belongs.contains_key(imported) && self.claimed.insert(existing.clone()) {
            self.belongs.insert(imported.clone(), existing.clone());
        }
    }
}

/// An alert where the policy refuses to change the synchronization code of a content.
fn refusal(
    policy: &dyn Policy,
    content: &Content,
    parents: &Parents<'_>,
    imported: &Code,
) -> Option<Alert> {
    let action = Action::ModifyPegaseFields;
    let path = parents.paths(imported).next().unwrap_or_default();
    let path: Vec<Code> = path.into_iter().cloned().collect();
    let ancestors = path.split_last().map_or(&[][..], |(_, ancestors)| ancestors);
    let (kind, code) = (content.kind(), &content.code);
    let component = content.org_units.first().map(Code::as_str);
    if policy.allows(&Request { action, kind, code, ancestors, component }) {
        return None;
    }
    let alert = AlertKind::NotAllowedByPolicy { action, target: kind };
    let severity = alert.rule().severity;
    Some(Alert { kind: alert, severity, object: code.clone(), path, place: None })
}

/// The fields that are different, also those that only one kind of content has.
fn differences(old: &Content, new: &Content) -> Vec<FieldChange> {
    let mut new_values = values::of(new);
    let mut changes = Vec::new();
    for (field, old) in values::of(old) {
        let at = new_values.iter().position(|(name, _)| *name == field);
        let new = at.map_or(FieldValue::None, |at| new_values.remove(at).1);
        changes.push(FieldChange { field, old, new });
    }
    let only_new = |(field, new)| FieldChange { field, old: FieldValue::None, new };
    changes.extend(new_values.into_iter().map(only_new));
    changes.retain(|change| change.old != change.new);
    changes
}
