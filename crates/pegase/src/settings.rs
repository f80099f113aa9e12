//! What a host asks its administrators for (seed, "Configuration").

use std::fmt;

/// Settings of the exchange with Pégase. A host with settings that are not complete may define imports, which
/// stay inactive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// URL of the CAS that authenticates for the applications of PC-Scol.
    pub authentication_url: String,
    /// User of a service account; an ordinary user is not entitled.
    pub user: String,
    /// Password of that account.
    pub password: Password,
    /// Code of the institution, mostly `ETAB00`.
    pub institution: String,
    /// Base URL of COF or ODF, which the host completes with the version of the API that it wants.
    pub base_url: String,
    /// Identifier of the space that formations are in (ODF generation); it may be empty.
    pub space: String,
    /// Whether, in an export, the children that Ametys has replace those that Pégase has.
    pub trusts_ametys: bool,
}

impl Settings {
    /// Names of the settings that are empty.
    pub fn missing(&self) -> Vec<&'static str> {
        let settings = [
            ("authentication_url", self.authentication_url.as_str()),
            ("user", &self.user),
            ("password", self.password.reveal()),
            ("institution", &self.institution),
            ("base_url", &self.base_url),
        ];
        let is_empty = |(_, value): &(_, &str)| value.trim().is_empty();
        settings.into_iter().filter(is_empty).map(|(name, _)| name).collect()
    }
}

/// A password, which is not printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A password.
    pub fn new(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    /// The password itself, for the one place that sends it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A collection of contents that are synchronised, with the values that the seed gives.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Collection {
    /// Type of the collection.
    pub kind: String,
    /// Type of the contents at the top.
    pub content_type: String,
    /// Whether a global synchronisation leaves what was not imported before; advised.
    pub existing_only: bool,
    /// Life cycle of the contents.
    pub life_cycle: String,
    /// Workflow action that makes a content.
    pub initial_action: u32,
    /// Workflow action that synchronises one.
    pub synchronization_action: u32,
    /// Workflow action that validates one.
    pub validation_action: u32,
    /// Whether new contents are validated, where the user may do so.
    pub validates_on_creation: bool,
    /// What else is done to the data.
    pub processing: String,
}

impl Default for Collection {
    fn default() -> Self {
        Self {
            kind: "Pégase COF".to_owned(),
            content_type: "Training".to_owned(),
            existing_only: true,
            life_cycle: "Training".to_owned(),
            initial_action: 1,
            synchronization_action: 800,
            validation_action: 4,
            validates_on_creation: false,
            processing: "Conversion of Pégase data to Ametys".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_settings_are_named_and_the_password_is_not_shown() {
        let names = ["authentication_url", "user", "password", "institution", "base_url"];
        assert_eq!(Settings::default().missing(), names);
        let settings = Settings { password: Password::new("hunter2"), ..Settings::default() };
        assert_eq!(settings.missing().len(), 4);
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_collection_has_the_values_of_the_seed() {
        let json = serde_json::to_value(Collection::default()).unwrap();
        for (name, value) in
            [("initial_action", 1), ("synchronization_action", 800), ("validation_action", 4)]
        {
            assert_eq!(json[name], value);
        }
        assert_eq!(
            (&json["existing_only"], &json["content_type"]),
            (&true.into(), &"Training".into())
        );
    }
}
