//! Findings on their way to the sink.

use edu_diagnostics::{Diagnostic, Sink};
use edu_syntax::{Decoded, Locator};

/// What was found in one package. Places are spans of the text of the manifest.
#[derive(Default)]
pub(super) struct Findings(pub(super) Vec<Diagnostic>);

impl Findings {
    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.0.push(finding);
    }

    /// Hands everything over in order, with original bytes, lines and columns where there is a manifest.
    pub(super) fn report(mut self, manifest: Option<&Decoded<'_>>, sink: &mut dyn Sink) {
        self.0.sort();
        let mut locator = Locator::new();
        for mut finding in self.0 {
            if let Some(decoded) = manifest {
                locator.locate(&mut finding, decoded);
            }
            sink.report(finding);
        }
    }
}
