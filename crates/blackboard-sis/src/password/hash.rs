//! Hashes as Blackboard takes them.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use md5::Md5;
use sha1::{Digest as _, Sha1};

use super::Password;
use crate::value::UnknownWord;

/// What an SSHA hash begins with.
const PREFIX: &str = "{SSHA}";
/// Bytes of a SHA-1 digest.
const DIGEST: usize = 20;
/// Bytes of a digest with its salt.
const SALTED: usize = 28;

/// Base64 that lets the last character have bits that stand for nothing, as in the example of Blackboard's own
/// planning page; what it writes is canonical.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// How a password is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PasswordType {
    /// MD5, in hexadecimal digits.
    Md5,
    /// SHA-1 with a salt of eight bytes, in Base64.
    Ssha,
}

impl PasswordType {
    /// Reads what `pwencryptiontype` says, in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        [Self::Md5, Self::Ssha].into_iter().find(|kind| text.eq_ignore_ascii_case(kind.as_str()))
    }

    /// What `pwencryptiontype` says.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Ssha => "SSHA",
        }
    }
}

impl FromStr for PasswordType {
    type Err = UnknownWord;

    /// Reads it as [`parse`](Self::parse) does.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::parse(text).ok_or(UnknownWord("`MD5` or `SSHA`"))
    }
}

/// The hash of a password, in the form in which it is written: digits in lower case, or the prefix once and
/// canonical Base64. It never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash {
    kind: PasswordType,
    text: String,
}

/// Why there is no hash. No password is in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HashError {
    /// Learn would take the hash for a password that is blank.
    #[error("the password is empty: leave it out, and Learn makes a random one")]
    EmptyPassword,
    /// It is not 32 hexadecimal digits.
    #[error("the MD5 hash is not 32 hexadecimal digits")]
    Md5Form,
    /// It is not what SSHA should be.
    #[error("the SSHA hash {0}")]
    SshaForm(SshaFault),
}

/// What an SSHA hash is instead of Base64 of 28 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SshaFault {
    /// Nothing.
    #[error("is missing behind its prefix")]
    Nothing,
    /// Base64 of the alphabet for addresses.
    #[error("has `-` or `_`, which belong to the Base64 of addresses")]
    AddressAlphabet,
    /// Something else than Base64.
    #[error("is not Base64 with its padding")]
    NotBase64,
    /// Digits in hexadecimal that were encoded as text.
    #[error("is Base64 of digits in hexadecimal, not of the digest")]
    Hexadecimal,
    /// Base64 of another number of bytes.
    #[error("has {0} bytes, not the 20 of the digest and 8 of the salt")]
    Length(usize),
}

impl PasswordHash {
    /// SHA-1 of the password and a salt, with the salt. Every password takes a salt of its own, of random bytes.
    ///
    /// # Errors
    ///
    /// When the password is empty.
    pub fn ssha(password: &Password<'_>, salt: [u8; 8]) -> Result<Self, HashError> {
        let password = not_empty(password)?;
        let mut bytes = digest(password, &salt).to_vec();
        bytes.extend_from_slice(&salt);
        Ok(Self::of_salted(&bytes))
    }

    /// MD5 of the password. It has no salt: people with one password have one hash.
    ///
    /// # Errors
    ///
    /// When the password is empty.
    pub fn md5(password: &Password<'_>) -> Result<Self, HashError> {
        let text = hexadecimal(&Md5::digest(not_empty(password)?));
        Ok(Self { kind: PasswordType::Md5, text })
    }

    /// Takes a hash as it was found: the prefix may be missing or in another letter case, and bits of the Base64
    /// may stand for nothing.
    ///
    /// # Errors
    ///
    /// When it is no hash of this type, or that of the empty password.
    pub fn parse(kind: PasswordType, text: &str) -> Result<Self, HashError> {
        let text = text.trim();
        match kind {
            PasswordType::Md5 if !is_md5(text) => Err(HashError::Md5Form),
            PasswordType::Md5 if is_md5_of_nothing(text) => Err(HashError::EmptyPassword),
            PasswordType::Md5 => Ok(Self { kind, text: text.to_ascii_lowercase() }),
            PasswordType::Ssha => {
                let found = Ssha::read(text);
                if found.is_of_nothing {
                    return Err(HashError::EmptyPassword);
                }
                found.bytes.map(|bytes| Self::of_salted(&bytes)).map_err(HashError::SshaForm)
            }
        }
    }

    fn of_salted(bytes: &[u8]) -> Self {
        Self { kind: PasswordType::Ssha, text: format!("{PREFIX}{}", LENIENT.encode(bytes)) }
    }

    /// What `pwencryptiontype` has to say of it.
    pub fn password_type(&self) -> PasswordType {
        self.kind
    }

    /// The hash itself, as `passwd` holds it.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Whether it is the hash of a password.
    pub fn verify(&self, password: &Password<'_>) -> bool {
        let password = password.expose().as_bytes();
        match self.kind {
            PasswordType::Md5 => hexadecimal(&Md5::digest(password)) == self.text,
            PasswordType::Ssha => Ssha::read(&self.text).bytes.is_ok_and(|bytes| {
                let (stored, salt) = bytes.split_at(DIGEST);
                digest(password, salt) == stored
            }),
        }
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PasswordHash").field(&self.kind).finish_non_exhaustive()
    }
}

/// How an SSHA hash begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefix {
    Right,
    OtherCase,
    Missing,
}

impl Prefix {
    /// The prefix of a text, and what stands behind it.
    pub(crate) fn of(text: &str) -> (Self, &str) {
        match text.split_at_checked(PREFIX.len()) {
            Some((PREFIX, rest)) => (Self::Right, rest),
            Some((start, rest)) if start.eq_ignore_ascii_case(PREFIX) => (Self::OtherCase, rest),
            _ => (Self::Missing, text),
        }
    }
}

/// An SSHA hash as it was found.
pub(crate) struct Ssha {
    pub(crate) prefix: Prefix,
    /// The digest and the salt.
    pub(crate) bytes: Result<Vec<u8>, SshaFault>,
    pub(crate) is_canonical: bool,
    /// It is the hash of the empty password, whatever the length of its salt.
    pub(crate) is_of_nothing: bool,
}

impl Ssha {
    pub(crate) fn read(text: &str) -> Self {
        let (prefix, body) = Prefix::of(text);
        let fault =
            |fault| Self { prefix, bytes: Err(fault), is_canonical: true, is_of_nothing: false };
        if body.is_empty() {
            return fault(SshaFault::Nothing);
        }
        let Ok(bytes) = LENIENT.decode(body) else {
            let is_of_addresses = body.contains(['-', '_']);
            return fault(if is_of_addresses {
                SshaFault::AddressAlphabet
            } else {
                SshaFault::NotBase64
            });
        };
        let is_of_nothing = bytes
            .split_at_checked(DIGEST)
            .is_some_and(|(stored, salt)| digest(b"", salt) == stored);
        let is_canonical = LENIENT.encode(&bytes) == body;
        let is_text =
            bytes.get(..2 * DIGEST).is_some_and(|start| start.iter().all(u8::is_ascii_hexdigit));
        let bytes = match bytes.len() {
            SALTED => Ok(bytes),
            _ if is_text => Err(SshaFault::Hexadecimal),
            length => Err(SshaFault::Length(length)),
        };
        Self { prefix, bytes, is_canonical, is_of_nothing }
    }
}

/// Whether a text has the form of an MD5 hash, in any letter case.
pub(crate) fn is_md5(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text is the MD5 hash of the empty password.
pub(crate) fn is_md5_of_nothing(text: &str) -> bool {
    text.eq_ignore_ascii_case("d41d8cd98f00b204e9800998ecf8427e")
}

fn not_empty<'p>(password: &'p Password<'_>) -> Result<&'p [u8], HashError> {
    Some(password.expose().as_bytes())
        .filter(|bytes| !bytes.is_empty())
        .ok_or(HashError::EmptyPassword)
}

fn digest(password: &[u8], salt: &[u8]) -> [u8; DIGEST] {
    Sha1::new().chain_update(password).chain_update(salt).finalize().into()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_planning_page_is_taken_and_written_in_canonical_form() {
        let example = "OMMjWPR+6fM/iQ+ZvpWHEVGxoAEFT0JUQUE4Qz==";
        let canonical = "{SSHA}OMMjWPR+6fM/iQ+ZvpWHEVGxoAEFT0JUQUE4Qw==";
        for found in
            [example.to_owned(), format!("{{SSHA}}{example}"), format!("{{ssha}}{example} ")]
        {
            let hash = PasswordHash::parse(PasswordType::Ssha, &found);
            assert_eq!(hash.as_ref().map(PasswordHash::expose), Ok(canonical));
        }
        // A prefix is never there twice.
        let twice = PasswordHash::parse(PasswordType::Ssha, &format!("{{SSHA}}{canonical}"));
        assert_eq!(twice, Err(HashError::SshaForm(SshaFault::NotBase64)));
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        use SshaFault::*;
        for (text, fault) in [
            ("{SSHA}", Nothing),
            ("secret", NotBase64),
            ("{SSHA}OMMjWPR+6fM/iQ+ZvpWHEVGxoAEFT0JUQUE4Qw", NotBase64),
            ("{SSHA}OMMjWPR 6fM/iQ+ZvpWHEVGxoAEFT0JUQUE4Qw==", NotBase64),
            ("{SSHA}s_yIJjsyXWvQkcm5kMsKOrBhYD_7777777777w==", AddressAlphabet),
            ("{SSHA}R5tZqyTt4IUa6+Ta1nS9WuvbkhhhYmNk", Length(24)),
            ("{SSHA}AAAA", Length(3)),
            ("NDNhMWZjNDI3MGMzOTQyMjUzNGNmMTkxODIyN2QxMjk1NzE0OWRkYWFiY2RlZmdo", Hexadecimal),
        ] {
            let found = PasswordHash::parse(PasswordType::Ssha, text);
            assert_eq!(found, Err(HashError::SshaForm(fault)), "{text}");
        }
        for text in [
            "",
            "6411532ba4971f",
            "6411532ba4971f378391776a9db629dg",
            "é411532ba4971f378391776a9db629d",
        ] {
            assert_eq!(
                PasswordHash::parse(PasswordType::Md5, text),
                Err(HashError::Md5Form),
                "{text}"
            );
        }
        assert_eq!(
            PasswordHash::parse(PasswordType::Md5, "6411532BA4971F378391776A9DB629D3")
                .map(|hash| hash.text),
            Ok("6411532ba4971f378391776a9db629d3".to_owned())
        );
    }

    #[test]
    fn the_empty_password_has_no_hash() {
        let empty = Password::new("");
        assert_eq!(PasswordHash::ssha(&empty, [7; 8]), Err(HashError::EmptyPassword));
        assert_eq!(PasswordHash::md5(&empty), Err(HashError::EmptyPassword));
        for salt in [&b""[..], b"abcd", b"abcdefgh", &[0; 16]] {
            let bytes = [&digest(b"", salt), salt].concat();
            let hash = format!("{PREFIX}{}", LENIENT.encode(bytes));
            assert_eq!(
                PasswordHash::parse(PasswordType::Ssha, &hash),
                Err(HashError::EmptyPassword)
            );
        }
        let md5 = PasswordHash::parse(PasswordType::Md5, "D41D8CD98F00B204E9800998ECF8427E");
        assert_eq!(md5, Err(HashError::EmptyPassword));
    }

    #[test]
    fn types_are_read_in_any_case() {
        assert_eq!(PasswordType::parse(" ssha "), Some(PasswordType::Ssha));
        assert_eq!(PasswordType::parse("Md5"), Some(PasswordType::Md5));
        assert_eq!([PasswordType::parse(""), PasswordType::parse("SHA")], [None; 2]);
        assert_eq!("MD5".parse(), Ok(PasswordType::Md5));
        let refused = "SHA".parse::<PasswordType>().map_err(|fault| fault.to_string());
        assert_eq!(refused, Err("this is none of `MD5` or `SSHA`".to_owned()));
    }
}
