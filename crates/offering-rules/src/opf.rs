//! Which profile fields an organisation has.

/// The profile fields of an organisation, to check a matrix against.
///
/// With the feature `serde` it is read from `{"opfs": [{"name": "Rank", "type": "scs", "values": ["Master"]}]}`
/// or from the list alone. Members that are not known are passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "json::Catalogue"))]
pub struct Catalogue {
    /// The fields.
    pub opfs: Vec<Opf>,
}

/// A profile field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Opf {
    /// Its name, as the organisation has it.
    pub name: String,
    /// Its type, in the words of the LMS: `scs` is a choice of one text.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "type", default, skip_serializing_if = "Option::is_none")
    )]
    pub kind: Option<String>,
    /// The values to choose from; empty: any value.
    #[cfg_attr(feature = "serde", serde(default))]
    pub values: Vec<String>,
}

impl Catalogue {
    /// A catalogue of these fields.
    pub fn new(opfs: impl IntoIterator<Item = Opf>) -> Self {
        Self { opfs: opfs.into_iter().collect() }
    }
}

impl Opf {
    /// A field with the values to choose from, and no type.
    pub fn new<V: Into<String>>(
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        Self { name: name.into(), kind: None, values }
    }
}

#[cfg(feature = "serde")]
mod json {
    use super::Opf;

    /// The two forms of a catalogue.
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    pub(super) enum Catalogue {
        List(Vec<Opf>),
        Object { opfs: Vec<Opf> },
    }

    impl From<Catalogue> for super::Catalogue {
        fn from(json: Catalogue) -> Self {
            let (Catalogue::List(opfs) | Catalogue::Object { opfs }) = json;
            Self { opfs }
        }
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let list =
            r#"[{"name":"Rank","type":"scs","values":["Master"],"id":7},{"name":"Hired on"}]"#;
        let read: Catalogue = serde_json::from_str(list).unwrap();
        let rank = Opf { kind: Some("scs".to_owned()), ..Opf::new("Rank", ["Master"]) };
        assert_eq!(read, Catalogue::new([rank, Opf::new("Hired on", [""; 0])]));
        let object = format!(r#"{{"version":1,"opfs":{list}}}"#);
        assert_eq!(serde_json::from_str::<Catalogue>(&object).unwrap(), read);
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(
            written,
            r#"{"opfs":[{"name":"Rank","type":"scs","values":["Master"]},{"name":"Hired on","values":[]}]}"#
        );
        assert_eq!(serde_json::from_str::<Catalogue>(&written).unwrap(), read);
        for wrong in ["{}", "7", r#"[{"values":[]}]"#, r#"{"opfs":null}"#] {
            assert!(serde_json::from_str::<Catalogue>(wrong).is_err(), "{wrong}");
        }
    }
}
