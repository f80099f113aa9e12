//! The plan for programs.

use edu_diagnostics::{Collector, Diagnostic};
use ims_enterprise::moodle::{Action, SiteRows};
use serde::Serialize;
use serde_json::Error;

/// Version of the shape below. Members may be added to it; none is renamed or removed.
const VERSION: u32 = 1;

/// Writes each action as it comes, one a line, into memory: nothing is printed of half a plan.
pub(crate) struct Json {
    out: Vec<u8>,
    any: bool,
    failed: Option<Error>,
}

/// What stands behind the actions.
#[derive(Serialize)]
struct Rest<'a> {
    site: &'a SiteRows,
    diagnostics: &'a [Diagnostic],
    /// Findings that are counted but not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped: Option<u64>,
}

impl Json {
    pub(crate) fn new() -> Self {
        let out = format!("{{\"version\":{VERSION},\"actions\":[").into_bytes();
        Self { out, any: false, failed: None }
    }

    pub(crate) fn action(&mut self, action: &Action<'_>) {
        self.out.extend_from_slice(if self.any { b",\n" } else { b"\n" });
        self.any = true;
        if let Err(error) = serde_json::to_writer(&mut self.out, action) {
            self.failed = Some(error);
        }
    }

    /// The document.
    pub(crate) fn finish(mut self, site: &SiteRows, found: Collector) -> Result<Vec<u8>, Error> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let dropped = Some(found.dropped()).filter(|&dropped| dropped > 0);
        let rest = Rest { site, diagnostics: &found.into_sorted(), dropped };
        let rest = serde_json::to_string(&rest)?;
        self.out.extend_from_slice(if self.any { b"\n]," } else { b"]," });
        // An object without its opening bracket.
        self.out.extend_from_slice(&rest.as_bytes()[1..]);
        self.out.push(b'\n');
        Ok(self.out)
    }
}
