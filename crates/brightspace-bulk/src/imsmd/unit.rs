//! One `lom` being read: which elements are its own, and what was found.

use std::collections::BTreeSet;

use edu_diagnostics::{Diagnostic, Rule, Span};
use edu_syntax::xml::Branch;

use super::element::Part;
use super::keep::{self, Content};
use super::model::Other;
use super::names::{self, NAMESPACE, TWINS};
use crate::rules;

/// How deep elements of IMSMD are read; only a `taxon` can stand in itself. What stands further in is kept
/// as it stands.
const DEEPEST: usize = 128;

/// What is known while a `lom` is read.
pub(super) struct Unit<'n> {
    /// The namespace of the root.
    namespace: Option<&'n str>,
    findings: Vec<Diagnostic>,
    /// How many findings are kept.
    limit: usize,
    /// Where there were more.
    exceeded: Option<Span>,
    /// The IEEE names that have been reported.
    reported: BTreeSet<String>,
    /// The names of the elements being read, outermost first, as the schema has them.
    path: Vec<&'static str>,
}

impl<'n> Unit<'n> {
    pub(super) fn new(namespace: Option<&'n str>, limit: usize) -> Self {
        Self {
            namespace,
            findings: Vec::new(),
            limit,
            exceeded: None,
            reported: BTreeSet::new(),
            path: vec!["lom"],
        }
    }

    /// The findings, and one more where there were too many.
    pub(super) fn into_findings(mut self) -> Vec<Diagnostic> {
        if let Some(span) = self.exceeded {
            let limit = self.limit as u64;
            let finding = Diagnostic::new(&rules::LIMIT).word("what", "number of findings");
            self.findings.push(finding.count("limit", limit).at(span));
        }
        self.findings
    }

    pub(super) fn report(&mut self, finding: Diagnostic) {
        if self.findings.len() < self.limit {
            self.findings.push(finding);
        } else if self.exceeded.is_none() {
            self.exceeded = finding.span;
        }
    }

    /// The name of the element being read, as the schema has it.
    fn name(&self) -> &'static str {
        self.path.last().copied().unwrap_or("lom")
    }

    /// Reads a child.
    pub(super) fn part<T: Part>(&mut self, name: &'static str, child: Branch<'_>) -> T {
        self.path.push(name);
        let part = T::read(self, child);
        self.path.pop();
        part
    }

    /// Whether an element is one of IMSMD, by its namespace.
    fn owns(&self, branch: Branch<'_>) -> bool {
        let namespace = branch.namespace();
        namespace == self.namespace
            || namespace.is_some_and(|uri| uri == NAMESPACE || TWINS.contains(&uri))
    }

    /// Which of the children that the schema has here an element is; `None` for one that is to be kept.
    /// `highest` is the number of the last one in the order of the schema that has been met.
    pub(super) fn resolve(
        &mut self,
        child: Branch<'_>,
        children: &[&'static str],
        highest: &mut usize,
    ) -> Option<&'static str> {
        if !self.owns(child) || self.path.len() >= DEEPEST {
            return None;
        }
        let local = child.local_name();
        let exact = children.iter().copied().find(|known| *known == local);
        let Some(name) = exact.or_else(|| names::by_meaning(local, children)) else {
            self.unknown(child);
            return None;
        };
        if exact.is_none() {
            self.ieee_name(local, name, child.name_span());
        }
        let number = children.iter().position(|known| *known == name).unwrap_or_default();
        if number < *highest {
            let problem = format!("stands behind `{}`", children[*highest]);
            self.deviation(name, problem, child);
        }
        *highest = number.max(*highest);
        Some(name)
    }

    /// The text of an element that holds nothing else; elements in it are kept.
    pub(super) fn text(&mut self, branch: Branch<'_>, other: &mut Vec<Other>) -> String {
        if branch.children().next().is_none() {
            return branch.text().value().into_owned();
        }
        let mut text = String::new();
        for content in keep::content(branch) {
            match content {
                Content::Text(piece) => text.push_str(&piece.value()),
                Content::Element(child) => {
                    if self.owns(child) {
                        self.unknown(child);
                    }
                    other.push(Other::Element(keep::element(child)));
                }
            }
        }
        text
    }

    /// The element is in the namespace of IMSMD, which does not have it here.
    fn unknown(&mut self, child: Branch<'_>) {
        let finding = Diagnostic::new(&rules::METADATA_STRUCTURE).data("found", child.local_name());
        let problem = format!("is not known in `{}`", self.name());
        self.report(finding.word("problem", problem).at(child.name_span()));
    }

    /// Reports a deviation from the schema.
    pub(super) fn deviation(
        &mut self,
        found: &'static str,
        problem: impl Into<std::borrow::Cow<'static, str>>,
        branch: Branch<'_>,
    ) {
        let finding = Diagnostic::new(&rules::METADATA_STRUCTURE).word("found", found);
        self.report(finding.word("problem", problem).at(branch.name_span()));
    }

    /// The element is there a second time.
    pub(super) fn repeated(&mut self, name: &'static str, branch: Branch<'_>) {
        self.deviation(name, "is given more than once", branch);
    }

    /// A child of the element being read is not there.
    pub(super) fn missing(&mut self, missing: &'static str, branch: Branch<'_>) {
        if is_about_contributors(missing) {
            self.incomplete(missing, branch);
        } else {
            self.deviation(self.name(), format!("has no `{missing}`"), branch);
        }
    }

    /// Text stands in the element being read, and not in its child.
    pub(super) fn bare_text(&mut self, branch: Branch<'_>, child: &'static str) {
        if branch.local_name() == "entity" {
            // That of IEEE LOM holds the vCard itself, and its name has been reported.
            return;
        }
        if is_about_contributors(child) {
            self.incomplete(child, branch);
        } else {
            self.deviation(self.name(), format!("holds text outside of `{child}`"), branch);
        }
    }

    fn incomplete(&mut self, missing: &'static str, branch: Branch<'_>) {
        let finding = Diagnostic::new(&rules::CONTRIBUTOR_INCOMPLETE).word("found", self.name());
        self.report(finding.word("missing", missing).at(branch.name_span()));
    }

    /// A name is that of IEEE LOM. Reported once for each name.
    /// A name that differs in letter case alone is no name of either.
    pub(super) fn ieee_name(&mut self, found: &str, expected: &'static str, span: Span) {
        if !names::is_ieee(found) {
            let finding = Diagnostic::new(&rules::METADATA_STRUCTURE).data("found", found);
            let problem = format!("is written `{expected}` in IMSMD");
            return self.report(finding.word("problem", problem).at(span));
        }
        if self.reported.insert(found.to_owned()) {
            let finding = Diagnostic::new(&rules::IEEE_NAMES).word("found", found.to_owned());
            self.report(finding.word("expected", expected).at(span));
        }
    }

    /// Reports something about the text of an element.
    pub(super) fn about_text(&mut self, rule: &'static Rule, found: &str, branch: Branch<'_>) {
        self.report(Diagnostic::new(rule).data("found", found).at(branch.text().span()));
    }
}

fn is_about_contributors(child: &str) -> bool {
    matches!(child, "role" | "vcard")
}
