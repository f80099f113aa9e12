//! Random passwords, for users whom somebody else authenticates.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use super::{LONGEST, Password};

/// Letters and digits that are not mistaken for each other: without `0 O o`, `1 I i l`, `2 Z z`, `5 S s`, `8 B`.
/// None of them is forbidden in a feed, needs quotes in one, or begins a formula.
const ALPHABET: &[u8] = b"34679ACDEFGHJKLMNPQRTUVWXYabcdefghjkmnpqrtuvwxy";

/// Bytes of entropy that are asked for at least.
const LEAST_ENTROPY: usize = 16;
/// Characters of a password at least: 66 bits.
const SHORTEST: usize = 12;

/// Makes a random password for each login. The same entropy and the same login give the same password, so that a
/// feed can be made again; without the entropy nothing tells one from another.
///
/// ```
/// use blackboard_sis::RandomPasswords;
///
/// // Take bytes of the operating system in earnest.
/// let passwords = RandomPasswords::new(b"a test, not entropy")?;
/// assert_eq!(passwords.for_login("adelcourt").expose().len(), 20);
/// assert_eq!(passwords.for_login("adelcourt"), passwords.for_login("adelcourt"));
/// assert_ne!(passwords.for_login("adelcourt"), passwords.for_login("bferrand"));
/// # Ok::<(), blackboard_sis::RandomPasswordError>(())
/// ```
#[derive(Clone)]
pub struct RandomPasswords {
    mac: Hmac<Sha1>,
    length: usize,
}

/// Why no passwords are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RandomPasswordError {
    /// Passwords could be guessed.
    #[error(
        "{0} bytes are too little entropy: give at least {LEAST_ENTROPY}, from the operating system"
    )]
    LittleEntropy(usize),
    /// Passwords could be guessed, or Learn would not take them.
    #[error("a password of {0} characters is not made: it has {SHORTEST} to {LONGEST}")]
    Length(usize),
}

impl RandomPasswords {
    /// Passwords of 20 characters. The entropy has at least 16 bytes, which nobody can guess.
    ///
    /// # Errors
    ///
    /// When there is less.
    pub fn new(entropy: &[u8]) -> Result<Self, RandomPasswordError> {
        let too_little = RandomPasswordError::LittleEntropy(entropy.len());
        if entropy.len() < LEAST_ENTROPY {
            return Err(too_little);
        }
        let mac = Hmac::new_from_slice(entropy).map_err(|_| too_little)?;
        Ok(Self { mac, length: 20 })
    }

    /// Passwords of another length: 12 to 32 characters.
    ///
    /// # Errors
    ///
    /// When the length is none of these.
    pub fn with_length(self, length: usize) -> Result<Self, RandomPasswordError> {
        if !(SHORTEST..=LONGEST).contains(&length) {
            return Err(RandomPasswordError::Length(length));
        }
        Ok(Self { length, ..self })
    }

    /// The password of a login. Letter case counts.
    pub fn for_login(&self, login: &str) -> Password<'static> {
        // Bytes beyond the last multiple are passed over: no character is more likely than another.
        let bound = 256 / ALPHABET.len() * ALPHABET.len();
        let characters = (0u32..).flat_map(|block| {
            let mac =
                self.mac.clone().chain_update(block.to_be_bytes()).chain_update(login.as_bytes());
            <[u8; 20]>::from(mac.finalize().into_bytes())
        });
        let characters = characters
            .map(usize::from)
            .filter(|&byte| byte < bound)
            .filter_map(|byte| ALPHABET.get(byte % ALPHABET.len()).copied())
            .map(char::from);
        Password::new(characters.take(self.length).collect::<String>())
    }
}

impl fmt::Debug for RandomPasswords {
    /// Without the entropy, which tells all of them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RandomPasswords").field("length", &self.length).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn ten_thousand_logins_have_ten_thousand_passwords() {
        let [one, other] =
            [[1; 16], [2; 16]].map(|entropy| RandomPasswords::new(&entropy).unwrap());
        let mut seen = HashSet::new();
        let mut counts: HashMap<char, u32> = HashMap::new();
        for number in 0..10_000 {
            let login = format!("user{number}");
            for passwords in [&one, &other] {
                let password = passwords.for_login(&login);
                password.expose().chars().for_each(|c| *counts.entry(c).or_default() += 1);
                assert_eq!(password.expose().len(), 20);
                assert!(seen.insert(password.expose().to_owned()), "{login}");
            }
        }
        assert_eq!(counts.len(), ALPHABET.len());
        // 400,000 characters, 8,511 of each: 6 standard deviations are 549.
        assert!(counts.values().all(|count| count.abs_diff(8511) < 549), "{counts:?}");
    }

    #[test]
    fn lengths_and_entropy() {
        assert_eq!(
            RandomPasswords::new(&[1; 15]).err(),
            Some(RandomPasswordError::LittleEntropy(15))
        );
        let passwords = || RandomPasswords::new(&[1; 16]).unwrap();
        for length in [12, 20, 32] {
            let password = passwords().with_length(length).unwrap().for_login("é");
            assert_eq!(password.expose().len(), length);
        }
        for length in [0, 11, 33] {
            assert_eq!(
                passwords().with_length(length).err(),
                Some(RandomPasswordError::Length(length))
            );
        }
        // A longer one begins as the shorter one does: they are one stream.
        let long = passwords().with_length(32).unwrap().for_login("a");
        assert!(long.expose().starts_with(passwords().for_login("a").expose()));
    }
}
