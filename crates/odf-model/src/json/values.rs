//! Values that have a form of their own.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{ChoiceRange, ChoiceType, Code, Credits};

/// A JSON number.
impl Serialize for Credits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

/// From a number, or from a text that is one.
impl<'de> Deserialize<'de> for Credits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;

        impl Visitor<'_> for Number {
            type Value = Credits;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of credits")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Credits, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Credits, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Credits, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Credits, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_any(Number)
    }
}

/// `{"type": "CHOICE", "min": 1, "max": 2}`
#[derive(Serialize, Deserialize)]
struct Choice {
    r#type: Type,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Type {
    Mandatory,
    Optional,
    Choice,
}

impl Serialize for ChoiceType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (r#type, ChoiceRange { min, max }) = match *self {
            Self::Mandatory => (Type::Mandatory, ChoiceRange::default()),
            Self::Optional => (Type::Optional, ChoiceRange::default()),
            Self::Choice(range) => (Type::Choice, range),
        };
        Choice { r#type, min, max }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ChoiceType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Choice { r#type, min, max } = Choice::deserialize(deserializer)?;
        Ok(match r#type {
            Type::Mandatory => Self::Mandatory,
            Type::Optional => Self::Optional,
            Type::Choice => Self::Choice(ChoiceRange { min, max }),
        })
    }
}

/// Codes of which there is mostly one: `null`, a text, or an array when there are several.
pub(super) mod mostly_one {
    use super::{Code, Deserialize, Deserializer, Serialize, Serializer};
    use std::borrow::Cow;

    pub(in crate::json) fn serialize<S: Serializer>(
        codes: &[Code],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match codes {
            [] => serializer.serialize_none(),
            [code] => code.serialize(serializer),
            codes => codes.serialize(serializer),
        }
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Codes {
        One(Code),
        Several(Vec<Code>),
    }

    pub(in crate::json) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Cow<'static, [Code]>, D::Error> {
        Ok(Cow::Owned(match Option::deserialize(deserializer)? {
            None => Vec::new(),
            Some(Codes::One(code)) => vec![code],
            Some(Codes::Several(codes)) => codes,
        }))
    }
}

/// A member that is written for some kinds even if it is `null`, and not at all for the others.
pub(super) type Member<T> = Option<Option<T>>;

/// Tells a member that is `null` from one that is absent.
pub(super) fn written<'de, D, T>(deserializer: D) -> Result<Member<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Takes `null` for empty.
pub(super) fn or_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
