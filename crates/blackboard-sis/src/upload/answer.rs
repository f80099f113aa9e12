//! What Learn answers.

use std::fmt;

use edu_syntax::xml::{Branch, Limits, Tree};

use crate::value::number;

/// Characters of an answer that an error keeps.
const SHOWN: usize = 500;

/// The code under which Learn keeps an upload: 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReferenceCode(String);

/// Why an answer says nothing of use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The upload was not taken, or something else answered; the beginning of the text.
    #[error("the upload was not taken: {0:?}")]
    NotTaken(String),
    /// It was taken, and the code is not there.
    #[error("the answer has no reference code of 32 hexadecimal digits: {0:?}")]
    NoCode(String),
    /// It is no status; the beginning of the text.
    #[error("the answer is no `dataSetStatus`: {0:?}")]
    NoStatus(String),
    /// It ends early, or is damaged in another way.
    #[error("the status is damaged XML")]
    Damaged,
    /// An element is missing.
    #[error("the status has no `{0}`")]
    Missing(&'static str),
    /// An element is there more than once.
    #[error("the status has more than one `{0}`")]
    Twice(&'static str),
    /// A count is no number.
    #[error("`{element}` of the status is not a number: {found:?}")]
    NotANumber {
        /// The element.
        element: &'static str,
        /// What it holds.
        found: String,
    },
}

impl ReferenceCode {
    /// Reads a code; `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let is_code = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_code.then(|| Self(text.to_owned()))
    }

    /// The code out of the answer to an upload. Success means that the file was accepted, not that its records
    /// were: ask for the [status](DataSetStatus).
    ///
    /// # Errors
    ///
    /// When the answer does not say success, or has no code.
    pub fn from_answer(text: &str) -> Result<Self, AnswerError> {
        let text = text.trim_start_matches('\u{FEFF}').trim();
        let is_success = text.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("success"));
        if !is_success {
            return Err(AnswerError::NotTaken(beginning(text)));
        }
        text.split(|character: char| !character.is_alphanumeric())
            .find_map(Self::parse)
            .ok_or_else(|| AnswerError::NoCode(beginning(text)))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReferenceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How far Learn has come with an upload. Records that failed are counted here, and named in its log alone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DataSetStatus {
    /// Records that were processed.
    pub completed: u64,
    /// Records that failed.
    pub errors: u64,
    /// Records that wait.
    pub queued: u64,
    /// Records with a warning.
    pub warnings: u64,
    /// The integration, by the key that Learn has for it: `_17_1`.
    pub integration: String,
    /// The type of that key.
    pub integration_type: Option<String>,
    /// The reference code of the upload.
    pub data_set: String,
    /// When the first record was processed, as Learn writes it; empty before.
    pub started: String,
    /// When something was last written to the log, as Learn writes it; empty before.
    pub last_entry: String,
}

impl DataSetStatus {
    /// Reads a status. Elements that are not known are passed over.
    ///
    /// # Errors
    ///
    /// When the text is no status, or a part of it is missing or not what it should be.
    pub fn parse(text: &str) -> Result<Self, AnswerError> {
        let text = text.trim_start_matches('\u{FEFF}').trim();
        let tree = Tree::read(text, Limits::default());
        let root = tree
            .root()
            .filter(|root| root.local_name() == "dataSetStatus")
            .ok_or_else(|| AnswerError::NoStatus(beginning(text)))?;
        if !tree.faults().is_empty() || tree.exceeded().is_some() {
            return Err(AnswerError::Damaged);
        }
        let integration =
            only(root, "dataIntegrationId")?.ok_or(AnswerError::Missing("dataIntegrationId"))?;
        let text_of = |name| Ok(only(root, name)?.map(value).unwrap_or_default());
        Ok(Self {
            completed: count(root, "completedCount")?,
            errors: count(root, "errorCount")?,
            queued: count(root, "queuedCount")?,
            warnings: count(root, "warningCount")?,
            integration: value(integration),
            integration_type: integration
                .attribute("type")
                .map(|attribute| attribute.value().trimmed().into_owned()),
            data_set: only(root, "dataSetUid")?
                .map(value)
                .ok_or(AnswerError::Missing("dataSetUid"))?,
            started: text_of("startDate")?,
            last_entry: text_of("lastEntryDate")?,
        })
    }

    /// Whether no record waits any more.
    pub fn is_done(&self) -> bool {
        self.queued == 0
    }
}

/// The element with this name, if there is one.
fn only<'a>(root: Branch<'a>, name: &'static str) -> Result<Option<Branch<'a>>, AnswerError> {
    let mut found = root.children().filter(|child| child.local_name() == name);
    let first = found.next();
    if found.next().is_some() { Err(AnswerError::Twice(name)) } else { Ok(first) }
}

fn value(element: Branch<'_>) -> String {
    element.text().value().trim().to_owned()
}

fn count(root: Branch<'_>, element: &'static str) -> Result<u64, AnswerError> {
    let found = only(root, element)?.map(value).ok_or(AnswerError::Missing(element))?;
    number(&found).ok_or_else(|| AnswerError::NotANumber { element, found: beginning(&found) })
}

/// The beginning of a text that may be a whole web page.
fn beginning(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "0f9c2a1be34d4c55a7716f20de98b3c4";

    #[test]
    fn answers_to_an_upload() {
        let sentence = format!(
            "Success: Feed File Uploaded. Use the reference code {CODE} to track these records in the logs.\n"
        );
        assert_eq!(ReferenceCode::from_answer(&sentence).map(|code| code.0).as_deref(), Ok(CODE));
        let no_code =
            "Success: Feed File Uploaded. Use the reference code 0f9c2a1be34d4c55a7716f20de98b3c";
        assert_eq!(
            ReferenceCode::from_answer(no_code),
            Err(AnswerError::NoCode(no_code.to_owned()))
        );
        for text in
            ["", "Error: 0f9c2a1be34d4c55a7716f20de98b3c4", "<html>Sign in</html>", "Succès"]
        {
            assert_eq!(
                ReferenceCode::from_answer(text),
                Err(AnswerError::NotTaken(text.to_owned()))
            );
        }
        let long = ReferenceCode::from_answer(&"é".repeat(9000));
        assert_eq!(long, Err(AnswerError::NotTaken("é".repeat(SHOWN))));
        for text in [&CODE[1..], &format!("{CODE}0"), "../../../../../../../../../../..", "g"] {
            assert_eq!(ReferenceCode::parse(text), None, "{text}");
        }
    }

    fn status() -> String {
        format!(
            "<dataSetStatus>\n  <completedCount>4</completedCount>\n  <dataIntegrationId type=\"a.b.C\">_17_1</dataIntegrationId>\n\
             <dataSetUid>{CODE}</dataSetUid><errorCount>1</errorCount>\n\
             <lastEntryDate>2026-09-01T02:31:07+02:00</lastEntryDate><queuedCount> 5 </queuedCount>\
             <startDate>2026-09-01T02:30:58+02:00</startDate><warningCount>0</warningCount>\n</dataSetStatus>\n"
        )
    }

    #[test]
    fn a_status() {
        let found = DataSetStatus::parse(&status()).unwrap();
        let expected = DataSetStatus {
            completed: 4,
            errors: 1,
            queued: 5,
            warnings: 0,
            integration: "_17_1".to_owned(),
            integration_type: Some("a.b.C".to_owned()),
            data_set: CODE.to_owned(),
            started: "2026-09-01T02:30:58+02:00".to_owned(),
            last_entry: "2026-09-01T02:31:07+02:00".to_owned(),
        };
        assert_eq!(found, expected);
        assert!(!found.is_done());
        let done =
            status().replace(" 5 ", "0").replace("<errorCount>", "<new><a/></new><errorCount>");
        assert!(
            DataSetStatus::parse(&format!("\u{FEFF}<?xml version=\"1.0\"?>{done}"))
                .unwrap()
                .is_done()
        );
        // What has not begun has no dates.
        let waiting =
            status().replace("<startDate>2026-09-01T02:30:58+02:00</startDate>", "<startDate/>");
        assert_eq!(DataSetStatus::parse(&waiting).unwrap().started, "");
    }

    #[test]
    fn what_is_no_status() {
        use AnswerError::*;
        for (from, to, expected) in [
            ("<errorCount>1</errorCount>", "", Missing("errorCount")),
            (
                "<errorCount>1</errorCount>",
                "<errorCount>1</errorCount><errorCount>2</errorCount>",
                Twice("errorCount"),
            ),
            (
                "<queuedCount> 5 </queuedCount>",
                "<queuedCount>-1</queuedCount>",
                NotANumber { element: "queuedCount", found: "-1".to_owned() },
            ),
            (
                "<completedCount>4</completedCount>",
                "<completedCount/>",
                NotANumber { element: "completedCount", found: String::new() },
            ),
            (
                "<warningCount>0<",
                "<warningCount>+0<",
                NotANumber { element: "warningCount", found: "+0".to_owned() },
            ),
            (
                "<warningCount>0<",
                "<warningCount>99999999999999999999<",
                NotANumber { element: "warningCount", found: "99999999999999999999".to_owned() },
            ),
            ("</dataSetStatus>\n", "", Damaged),
            ("</completedCount>", "", Damaged),
        ] {
            let text = status().replace(from, to);
            assert_ne!(text, status(), "{from}");
            assert_eq!(DataSetStatus::parse(&text), Err(expected), "{text}");
        }
        for text in ["", "nothing", "<html><body>Sign in</body></html>"] {
            assert_eq!(DataSetStatus::parse(text), Err(NoStatus(text.to_owned())));
        }
    }
}
