//! Passwords.

use std::borrow::Cow;
use std::fmt;

use edu_diagnostics::Span;
use edu_syntax::xml::Text;

/// A password, in whatever form the file has it. It never prints: `Debug` shows asterisks, and there is
/// no `Display`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Password<'t>(Text<'t>);

impl<'t> Password<'t> {
    /// The password itself, for the one place that needs it.
    pub fn expose(&self) -> Cow<'t, str> {
        self.0.value()
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        self.0.span()
    }

    /// Number of characters.
    pub fn length(&self) -> usize {
        self.0.value().chars().count()
    }
}

impl<'t> From<Text<'t>> for Password<'t> {
    fn from(text: Text<'t>) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Password<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
