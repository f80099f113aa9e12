//! The tool (3.18) and its rules (3.19, 3.49, 3.50).

use edu_diagnostics::Rule;
use serde::Serialize;

use super::level;
use super::message::braces;

#[derive(Serialize)]
pub(super) struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: String,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
}

/// A text in one or two forms (3.12).
#[derive(Serialize)]
struct Text {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

impl Tool {
    pub(super) fn new(rules: &[&Rule]) -> Self {
        Self {
            driver: Driver {
                name: "check",
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: rules.iter().map(|rule| Descriptor::new(rule)).collect(),
            },
        }
    }
}

impl Descriptor {
    fn new(rule: &Rule) -> Self {
        let plain = |text| Text { text: braces(text), markdown: None };
        Self {
            id: rule.code,
            name: pascal_case(rule.name),
            short_description: plain(rule.summary),
            full_description: plain(rule.explanation),
            help: help(rule),
            default_configuration: Configuration { level: level(rule.severity) },
        }
    }
}

/// What to do, and where the examples are: with those of every rule the report would be large.
fn help(rule: &Rule) -> Text {
    let (help, explanation) = (braces(rule.help), braces(rule.explanation));
    let example = format!("`check --explain {}` shows an example.", rule.code);
    Text {
        text: format!("What to do: {help}. {example}"),
        markdown: Some(format!("**What to do:** {help}.\n\n{explanation}\n\n{example}")),
    }
}

/// `bare-ampersand` as `BareAmpersand`: the form that names have in SARIF.
fn pascal_case(name: &str) -> String {
    let mut out = String::new();
    for word in name.split('-') {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}
