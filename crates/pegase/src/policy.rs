//! What a user may do: asked of the caller, for each content.

use std::fmt;

use odf_model::{Code, Kind};

/// What is to be done to a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// Make a content that is not there yet.
    Import,
    /// Change one that is there.
    Synchronise,
    /// Change the synchronization code of one that is there (right *Modify Pégase fields*).
    ModifyPegaseFields,
}

impl Action {
    /// `import`, `synchronise` or `modify-pegase-fields`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Synchronise => "synchronise",
            Self::ModifyPegaseFields => "modify-pegase-fields",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A question to a policy.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Request<'a> {
    /// What is to be done.
    pub action: Action,
    /// The kind of content.
    pub kind: Kind,
    /// The code of the content.
    pub code: &'a Code,
    /// Codes of the contents above it, from the root.
    pub ancestors: &'a [Code],
    /// The component that offers it: its main structure in Pégase or, where it has none, that of the nearest
    /// content above it that has one.
    pub component: Option<&'a str>,
}

/// Says what may be done. A content that is refused is left out with all below it, and an alert says so.
///
/// Every `Fn(&Request<'_>) -> bool` is a policy.
pub trait Policy {
    /// Whether it may be done.
    fn allows(&self, request: &Request<'_>) -> bool;
}

impl<F: Fn(&Request<'_>) -> bool> Policy for F {
    fn allows(&self, request: &Request<'_>) -> bool {
        self(request)
    }
}
