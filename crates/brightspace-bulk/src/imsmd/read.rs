//! Reading a `lom`.

use edu_diagnostics::{Diagnostic, Severity, Sink};
use edu_syntax::xml::{Branch, Limits, Tree};
use edu_syntax::{Decoded, Locator};

use super::model::Lom;
use super::names::{NAMESPACE, TWINS};
use super::unit::Unit;
use crate::{rules, wellformed};

/// Reads metadata. The value is its own configuration and can be used any number of times.
///
/// Elements are read in any order and under the names of IEEE LOM too; what deviates is reported, what is
/// not known is kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct LomReader {
    limits: Limits,
}

impl LomReader {
    /// A reader with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what an input may ask for. The whole file is bounded as a record is, and the findings on its
    /// structure as damaged places are.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits }
    }

    /// Reads a file. `None` when its root is no `lom`, which is reported.
    ///
    /// Findings come in their order, with places in the original bytes.
    pub fn for_text(&self, decoded: &Decoded<'_>, sink: &mut dyn Sink) -> Option<Lom> {
        let tree = Tree::read(decoded.text(), self.limits);
        let mut findings = Vec::new();
        wellformed::check(&tree, decoded, &rules::METADATA_MALFORMED, &mut findings);
        let lom = tree.root().and_then(|root| {
            self.for_branch(root, &mut |finding: Diagnostic| findings.push(finding))
        });
        // What was not read to its end may have a title.
        if findings.iter().any(|finding| *finding.rule == rules::METADATA_MALFORMED) {
            findings.retain(|finding| *finding.rule != rules::TITLE_MISSING);
        }
        findings.sort();
        let mut locator = Locator::new();
        for mut finding in findings {
            locator.locate(&mut finding, decoded);
            sink.report(finding);
        }
        lom
    }

    /// Reads a `lom` that stands in another document, such as the manifest of a package. `None` when the
    /// element is no `lom`, which is reported.
    ///
    /// Findings come in their order, with spans in the text that the element stands in and without line
    /// and column. Whether that text is well-formed is a question of the whole document.
    pub fn for_branch(&self, branch: Branch<'_>, sink: &mut dyn Sink) -> Option<Lom> {
        let mut unit = Unit::new(branch.namespace(), self.limits.faults);
        let is_lom = branch.local_name().eq_ignore_ascii_case("lom");
        if let Some(finding) = root_finding(branch) {
            unit.report(finding);
        }
        let lom = is_lom.then(|| {
            let lom: Lom = super::element::Part::read(&mut unit, branch);
            if lom.title(None).is_none() {
                unit.report(Diagnostic::new(&rules::TITLE_MISSING).at(branch.name_span()));
            }
            lom
        });
        let mut findings = unit.into_findings();
        findings.sort();
        for finding in findings {
            sink.report(finding);
        }
        lom
    }
}

/// What is to be said about the root and its namespace.
fn root_finding(root: Branch<'_>) -> Option<Diagnostic> {
    let finding = Diagnostic::new(&rules::NOT_LOM).data("found", root.local_name());
    let (mut finding, severity) = match root.namespace() {
        None => (finding.word("namespace", "no namespace"), Severity::Warning),
        Some(NAMESPACE) if root.local_name() == "lom" => return None,
        Some(uri) => {
            let severity = if TWINS.contains(&uri) { Severity::Info } else { Severity::Error };
            (finding.data("namespace", uri), severity)
        }
    };
    finding.severity = if root.local_name() == "lom" { severity } else { Severity::Error };
    Some(finding.at(root.name_span()))
}
