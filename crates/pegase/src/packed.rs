//! Maquettes as Pégase transports them: base64 of gzip of JSON.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use edu_syntax::Decoded;
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use thiserror::Error;

use crate::json::{Fault, Json, Kind};
use crate::values;

/// What gzip begins with.
const GZIP: [u8; 2] = [0x1F, 0x8B];
/// The same, and that it is deflated, as base64.
const GZIP_BASE64: &str = "H4sI";
/// The member that holds a packed maquette.
const MEMBER: &str = "base64Encode";
/// Some tools leave the padding out.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why something could not be unpacked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UnpackError {
    /// It is JSON without the text `base64Encode`.
    #[error("the JSON has no text `{MEMBER}`")]
    NoMember,
    /// It begins as JSON and is none.
    #[error("not JSON: {what}")]
    Json {
        /// What the parser found.
        what: String,
    },
    /// It is not base64, or was cut off inside of a group of four.
    #[error("not base64: {what}")]
    Base64 {
        /// What the decoder found, counted without white space.
        what: String,
    },
    /// What the base64 holds is not gzip.
    #[error("the base64 holds no gzip")]
    NotGzip,
    /// The gzip ends too early.
    #[error("the gzip is cut off")]
    Truncated,
    /// The gzip is damaged.
    #[error("the gzip is damaged: {what}")]
    Damaged {
        /// What the decoder found.
        what: String,
    },
    /// It unpacks to more than was allowed.
    #[error("it unpacks to more than {limit} bytes")]
    TooLarge {
        /// What was allowed.
        limit: usize,
    },
}

/// Whether an input is what [`unpack`] takes, by how it begins or by its member `base64Encode`.
pub fn is_packed(input: &[u8]) -> bool {
    if input.starts_with(&GZIP) {
        return true;
    }
    let decoded = Decoded::new(input);
    let text = decoded.text().trim_start();
    if text.starts_with('{') {
        return Json::new(text).has_member(MEMBER).unwrap_or(false);
    }
    text.trim_start_matches('"').starts_with(GZIP_BASE64)
}

/// Unpacks a maquette: of base64, in JSON as the member `base64Encode` or bare, or of gzip itself.
///
/// What comes out has at most `limit` bytes, whatever the input says of itself.
///
/// # Errors
/// The input is none of these, is damaged or cut off, or unpacks to more than `limit` bytes.
pub fn unpack(input: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
    if input.starts_with(&GZIP) {
        return gunzip(input, limit);
    }
    let decoded = Decoded::new(input);
    let text = decoded.text().trim();
    let packed = if text.starts_with(['{', '"']) {
        let member = member(text).map_err(|fault| UnpackError::Json { what: fault.what })?;
        member.ok_or(UnpackError::NoMember)?
    } else {
        text.to_owned()
    };
    // Long base64 is often wrapped into lines.
    let packed: Vec<u8> = packed.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let gzip =
        ENGINE.decode(packed).map_err(|error| UnpackError::Base64 { what: error.to_string() })?;
    if !gzip.starts_with(&GZIP) {
        return Err(UnpackError::NotGzip);
    }
    gunzip(&gzip, limit)
}

/// Packs a maquette into bare base64. The same text always gives the same.
pub fn pack(json: &str) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // A vector takes all that is written.
    _ = encoder.write_all(json.as_bytes());
    ENGINE.encode(encoder.finish().unwrap_or_default())
}

/// The text of the member, or a text that stands alone.
fn member(text: &str) -> Result<Option<String>, Fault> {
    let mut json = Json::new(text);
    let mut found = None;
    if json.peek()? == Kind::Object {
        json.enter()?;
        while let Some(name) = json.member()? {
            match &*name {
                MEMBER => found = values::text(&mut json)?,
                _ => json.skip()?,
            }
        }
    } else {
        found = values::text(&mut json)?;
    }
    json.finish()?;
    Ok(found)
}

fn gunzip(gzip: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
    // One byte more shows that there is too much.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut unpacked = Vec::new();
    match MultiGzDecoder::new(gzip).take(most).read_to_end(&mut unpacked) {
        Ok(_) if unpacked.len() > limit => Err(UnpackError::TooLarge { limit }),
        Ok(_) => Ok(unpacked),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Err(UnpackError::Truncated)
        }
        Err(error) => Err(UnpackError::Damaged { what: error.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = r#"{"type": "FormationEntity", "code": "É"}"#;

    fn gzip(text: &str) -> Vec<u8> {
        ENGINE.decode(pack(text)).expect("base64")
    }

    #[test]
    fn every_form_unpacks() {
        let bare = pack(TEXT);
        assert_eq!(bare, pack(TEXT));
        assert_eq!(gzip(TEXT)[4..8], [0; 4], "no time in it");
        let wrapped = bare
            .as_bytes()
            .chunks(20)
            .map(|line| String::from_utf8_lossy(line))
            .collect::<Vec<_>>()
            .join("\r\n");
        let forms = [
            bare.clone(),
            bare.trim_end_matches('=').to_owned(),
            format!("\u{FEFF}\n{wrapped}\n"),
            format!(r#"{{"espaceId": "x", "base64Encode": "{bare}", "checkNomenclatures": true}}"#),
            format!(r#" {{"base64Encode": "{}"}}"#, bare.replace('/', "\\/")),
            format!("\"{bare}\""),
        ];
        for form in forms {
            assert!(is_packed(form.as_bytes()), "{form}");
            assert_eq!(unpack(form.as_bytes(), 1000).as_deref(), Ok(TEXT.as_bytes()), "{form}");
        }
        assert!(is_packed(&gzip(TEXT)));
        assert_eq!(unpack(&gzip(TEXT), TEXT.len()).as_deref(), Ok(TEXT.as_bytes()));
        assert_eq!(unpack(pack("").as_bytes(), 0), Ok(Vec::new()));
    }

    #[test]
    fn what_does_not_unpack() {
        let error = |input: &str| unpack(input.as_bytes(), 1000).expect_err(input);
        assert!(!is_packed(TEXT.as_bytes()) && !is_packed(b"") && !is_packed(b"{\"base64En"));
        assert_eq!(error(TEXT), UnpackError::NoMember);
        assert_eq!(error(r#"{"base64Encode": null}"#), UnpackError::NoMember);
        assert!(matches!(error(r#"{"base64Encode": "H4sI""#), UnpackError::Json { .. }));
        assert!(matches!(error("H4sI*AAA"), UnpackError::Base64 { .. }));
        assert!(matches!(error("[1, 2]"), UnpackError::Base64 { .. }));
        assert_eq!(error(&ENGINE.encode(TEXT)), UnpackError::NotGzip);
        assert_eq!(error(""), UnpackError::NotGzip);
        let mut damaged = gzip(TEXT);
        let end = damaged.len() - 6;
        damaged[end] ^= 0xFF;
        assert!(matches!(unpack(&damaged, 1000), Err(UnpackError::Damaged { .. })));
        let followed = [gzip(TEXT), b"rest".to_vec()].concat();
        assert!(unpack(&followed, 1000).is_err());
    }

    #[test]
    fn every_cut_is_an_error() {
        let (bytes, text) = (gzip(TEXT), pack(TEXT));
        for end in 2..bytes.len() {
            assert_eq!(unpack(&bytes[..end], 1000), Err(UnpackError::Truncated), "{end}");
        }
        for end in 0..text.trim_end_matches('=').len() {
            assert!(unpack(&text.as_bytes()[..end], 1000).is_err(), "{end}");
        }
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = pack(&" ".repeat(20_000_000));
        assert!(bomb.len() < 100_000);
        assert_eq!(
            unpack(bomb.as_bytes(), 1_000_000),
            Err(UnpackError::TooLarge { limit: 1_000_000 })
        );
        let long = "x".repeat(1000);
        assert_eq!(unpack(pack(&long).as_bytes(), 999), Err(UnpackError::TooLarge { limit: 999 }));
        assert_eq!(unpack(pack(&long).as_bytes(), 1000).map(|text| text.len()), Ok(1000));
    }

    proptest! {
        #[test]
        fn there_and_back(text in ".{0,300}") {
            prop_assert_eq!(unpack(pack(&text).as_bytes(), usize::MAX), Ok(text.into_bytes()));
        }

        #[test]
        fn any_input_is_answered(input in proptest::collection::vec(any::<u8>(), 0..200)) {
            _ = (is_packed(&input), unpack(&input, 100));
            _ = unpack(&[&GZIP[..], &[8, 0], &input].concat(), 100);
        }
    }
}
