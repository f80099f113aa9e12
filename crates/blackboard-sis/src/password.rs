//! Passwords: hashes in Blackboard's form, random passwords, and what is wrong with those that a feed carries.

mod hash;
mod random;

pub use hash::{HashError, PasswordHash, PasswordType, SshaFault};
pub(crate) use hash::{Prefix, Ssha, is_md5, is_md5_of_nothing};
pub use random::{RandomPasswordError, RandomPasswords};

use std::borrow::Cow;
use std::fmt;

use crate::field::longest;
use crate::fields::person::{At, FIELDS};

/// Characters that a plain password may have.
pub(crate) const LONGEST: usize = longest(FIELDS, At::passwd as usize);

/// A password, or its hash, out of a feed. It never prints: `Debug` shows asterisks, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Password<'t>(Cow<'t, str>);

impl<'t> Password<'t> {
    /// Takes a text for a password.
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        Self(text.into())
    }

    /// The password itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
