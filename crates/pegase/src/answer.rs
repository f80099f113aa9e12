//! What Pégase answers where it refuses something.

use std::fmt;

use edu_syntax::Decoded;

use crate::json::{Fault, Json, Kind, Scalar};
use crate::values::{enters, text};

/// How much of a text that is not known [`Answer`] shows, in characters. All of it is kept.
const SHOWN: usize = 200;

/// An answer that refuses, in one of the shapes that are known, or as it is.
///
/// Shown, it has one line for each thing to do something about.
///
/// ```
/// use pegase::Answer;
/// use pegase::edu_syntax::Decoded;
///
/// let body = r#"{"statusCode": "409", "errors": [{"code": "existant", "message": "Existe", "codeObjet": "A"}]}"#;
/// let answer = Answer::read(&Decoded::from(body));
/// assert_eq!(answer.to_string(), "existant: Existe (object A)");
/// assert_eq!(answer.status(), Some(409));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum Answer {
    /// The request is wrong: status 400, 404 or 409.
    Business(BusinessError),
    /// The server failed: status 500.
    Technical(TechnicalError),
    /// Codes that the nomenclatures of Pégase do not have.
    UnknownNomenclatures(Vec<UnknownNomenclature>),
    /// Anything else, as it is.
    Other(String),
}

/// A request that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BusinessError {
    /// What to name to the people who run Pégase.
    pub correlation_id: Option<String>,
    /// When, as it is written.
    pub timestamp: Option<String>,
    /// Version of Pégase.
    pub version: Option<String>,
    /// Path of the request.
    pub path: Option<String>,
    /// HTTP status, as it is written.
    pub status: Option<String>,
    /// What is wrong.
    pub errors: Vec<Problem>,
}

/// A server that failed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TechnicalError {
    /// When, as it is written.
    pub timestamp: Option<String>,
    /// HTTP status, as it is written.
    pub status: Option<String>,
    /// The status in words.
    pub error: Option<String>,
    /// What happened.
    pub message: Option<String>,
    /// Path of the request.
    pub path: Option<String>,
}

/// A code that a nomenclature of Pégase does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct UnknownNomenclature {
    /// Identifier of the object that uses it.
    pub object_id: Option<String>,
    /// Code of the object.
    pub object: Option<String>,
    /// The nomenclature, such as `TypeDiplome`.
    pub nomenclature: Option<String>,
    /// The code.
    pub code: Option<String>,
    /// The day for which the code was looked up, as it is written.
    pub date: Option<String>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Problem {
    /// Kind of error: `notNull`, `size`, `pattern`, …; the set is open.
    pub code: Option<String>,
    /// What is wrong, in the words of Pégase.
    pub message: Option<String>,
    /// Code of the object concerned.
    pub object: Option<String>,
    /// The field concerned. Pégase may name one that does not exist.
    pub field: Option<String>,
    /// Values that belong to the message, such as `max` and `50`.
    pub arguments: Vec<(String, String)>,
}

impl Answer {
    /// Reads an answer; what is not known is kept as it is.
    pub fn read(decoded: &Decoded<'_>) -> Self {
        let known = answer(decoded.text()).ok().flatten();
        known.unwrap_or_else(|| Self::Other(decoded.text().to_owned()))
    }

    /// The HTTP status that the answer names.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Business(error) => error.status.as_deref()?.trim().parse().ok(),
            Self::Technical(error) => error.status.as_deref()?.trim().parse().ok(),
            Self::UnknownNomenclatures(_) | Self::Other(_) => None,
        }
    }

    /// What is wrong, one by one, whatever the shape. There is always at least one.
    pub fn problems(&self) -> Vec<Problem> {
        let problems = match self {
            Self::Business(error) if error.errors.is_empty() => {
                vec![Problem { code: error.status.clone(), ..Problem::default() }]
            }
            Self::Business(error) => error.errors.clone(),
            Self::Technical(error) => vec![error.problem()],
            Self::UnknownNomenclatures(unknown) => {
                unknown.iter().map(UnknownNomenclature::problem).collect()
            }
            Self::Other(text) => {
                vec![Problem { message: Some(text.clone()), ..Problem::default() }]
            }
        };
        if problems.is_empty() { vec![Problem::default()] } else { problems }
    }
}

impl TechnicalError {
    fn problem(&self) -> Problem {
        let parts: Vec<_> =
            [&self.error, &self.message].into_iter().filter_map(Option::as_deref).collect();
        Problem {
            code: self.status.clone(),
            message: (!parts.is_empty()).then(|| parts.join(", ")),
            ..Problem::default()
        }
    }
}

impl UnknownNomenclature {
    fn problem(&self) -> Problem {
        let code = self.code.as_deref().unwrap_or("(none)");
        Problem {
            code: None,
            message: Some(format!("Pégase does not know the code {code}")),
            object: self.object.clone().or_else(|| self.object_id.clone()),
            field: self.nomenclature.clone(),
            arguments: self.date.iter().map(|date| ("date".to_owned(), date.clone())).collect(),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems().iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = &self.code {
            write!(f, "{}: ", line(code))?;
        }
        match self.message.as_deref().map(line).filter(|message| !message.is_empty()) {
            Some(message) => f.write_str(&message)?,
            None => f.write_str("Pégase gives no reason")?,
        }
        let named = [("object", &self.object), ("field", &self.field)];
        let named = named
            .into_iter()
            .filter_map(|(word, value)| Some(format!("{word} {}", line(value.as_ref()?))));
        let arguments =
            self.arguments.iter().map(|(name, value)| format!("{} = {}", line(name), line(value)));
        let details: Vec<_> = named.chain(arguments).collect();
        if details.is_empty() { Ok(()) } else { write!(f, " ({})", details.join(", ")) }
    }
}

/// A text in one line: others may have written it.
fn line(text: &str) -> String {
    let plain = text.replace(char::is_control, " ");
    let mut line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(SHOWN) {
        line.truncate(end);
        line.push('…');
    }
    line
}

fn answer(text: &str) -> Result<Option<Answer>, Fault> {
    let mut json = Json::new(text);
    if json.peek()? != Kind::Object {
        return Ok(None);
    }
    let answer = if json.has_member("nomenclaturesErreur")? {
        Some(Answer::UnknownNomenclatures(unknown_nomenclatures(&mut json)?))
    } else if json.has_member("errors")? {
        Some(Answer::Business(business(&mut json)?))
    } else if json.has_member("status")? && json.has_member("error")? {
        Some(Answer::Technical(technical(&mut json)?))
    } else {
        None
    };
    if answer.is_some() {
        json.finish()?;
    }
    Ok(answer)
}

fn business(json: &mut Json<'_>) -> Result<BusinessError, Fault> {
    let mut error = BusinessError::default();
    json.enter()?;
    while let Some(name) = json.member()? {
        match &*name {
            "correlationId" => error.correlation_id = text(json)?,
            "timestamp" => error.timestamp = text(json)?,
            "version" => error.version = text(json)?,
            "path" => error.path = text(json)?,
            "statusCode" | "status" => error.status = text(json)?,
            "errors" if enters(json, Kind::Array)? => {
                while json.element()? {
                    error.errors.push(problem(json)?);
                }
            }
            "errors" => {}
            _ => json.skip()?,
        }
    }
    Ok(error)
}

fn problem(json: &mut Json<'_>) -> Result<Problem, Fault> {
    let mut problem = Problem::default();
    if json.peek()? != Kind::Object {
        problem.message = text(json)?;
        return Ok(problem);
    }
    json.enter()?;
    while let Some(name) = json.member()? {
        match &*name {
            "code" => problem.code = text(json)?,
            "message" => problem.message = text(json)?,
            "codeObjet" => problem.object = text(json)?,
            "champ" => problem.field = text(json)?,
            "messageDetails" if enters(json, Kind::Object)? => {
                while let Some(name) = json.member()? {
                    if name == "arguments" && json.peek()? == Kind::Object {
                        problem.arguments = arguments(json)?;
                    } else {
                        json.skip()?;
                    }
                }
            }
            "messageDetails" => {}
            _ => json.skip()?,
        }
    }
    Ok(problem)
}

/// Names and values; a value that is no text is taken as it is written.
fn arguments(json: &mut Json<'_>) -> Result<Vec<(String, String)>, Fault> {
    let mut arguments = Vec::new();
    json.enter()?;
    while let Some(name) = json.member()? {
        json.peek()?;
        let start = json.at();
        let value = match json.scalar()? {
            Some(Scalar::Text(text)) => text.into_owned(),
            _ => json.since(start).to_owned(),
        };
        arguments.push((name.into_owned(), value));
    }
    Ok(arguments)
}

fn technical(json: &mut Json<'_>) -> Result<TechnicalError, Fault> {
    let mut error = TechnicalError::default();
    json.enter()?;
    while let Some(name) = json.member()? {
        match &*name {
            "timestamp" => error.timestamp = text(json)?,
            "status" => error.status = text(json)?,
            "error" => error.error = text(json)?,
            "message" => error.message = text(json)?,
            "path" => error.path = text(json)?,
            _ => json.skip()?,
        }
    }
    Ok(error)
}

fn unknown_nomenclatures(json: &mut Json<'_>) -> Result<Vec<UnknownNomenclature>, Fault> {
    let mut all = Vec::new();
    json.enter()?;
    while let Some(name) = json.member()? {
        if name != "nomenclaturesErreur" {
            json.skip()?;
        } else if enters(json, Kind::Array)? {
            while json.element()? {
                object_nomenclatures(json, &mut all)?;
            }
        }
    }
    Ok(all)
}

/// The codes of one object; its own code may stand behind them.
fn object_nomenclatures(
    json: &mut Json<'_>,
    all: &mut Vec<UnknownNomenclature>,
) -> Result<(), Fault> {
    if !enters(json, Kind::Object)? {
        return Ok(());
    }
    let first = all.len();
    let (mut object_id, mut object) = (None, None);
    while let Some(name) = json.member()? {
        match &*name {
            "id" => object_id = text(json)?,
            "codeObjetMaquette" => object = text(json)?,
            "nomenclatureList" if enters(json, Kind::Array)? => {
                while json.element()? {
                    if enters(json, Kind::Object)? {
                        all.push(unknown_nomenclature(json)?);
                    }
                }
            }
            "nomenclatureList" => {}
            _ => json.skip()?,
        }
    }
    for unknown in &mut all[first..] {
        (unknown.object_id, unknown.object) = (object_id.clone(), object.clone());
    }
    Ok(())
}

fn unknown_nomenclature(json: &mut Json<'_>) -> Result<UnknownNomenclature, Fault> {
    let mut unknown = UnknownNomenclature::default();
    while let Some(name) = json.member()? {
        match &*name {
            "type" => unknown.nomenclature = text(json)?,
            "code" => unknown.code = text(json)?,
            "dateConsommation" => unknown.date = text(json)?,
            _ => json.skip()?,
        }
    }
    Ok(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Answer {
        Answer::read(&Decoded::from(text))
    }

    #[test]
    fn what_is_not_known_is_kept() {
        for text in [
            "",
            "Forbidden",
            "[]",
            "{}",
            "{\"errors\": [",
            "{\"errors\": []} x",
            "<html>\n<h1>502</h1>",
            "null",
        ] {
            assert_eq!(read(text), Answer::Other(text.to_owned()));
        }
        assert_eq!(read("<html>\n\u{1b}[1m<h1>502</h1>").to_string(), "<html> [1m<h1>502</h1>");
        assert_eq!(read(" ").to_string(), "Pégase gives no reason");
        assert_eq!(read(&"é".repeat(300)).to_string().chars().count(), SHOWN + 1);
    }

    #[test]
    fn nulls_and_other_kinds_of_values() {
        let answer = read(
            r#"{"errors": [null, "plain", {"code": null, "messageDetails": null},
            {"code": "size", "champ": "x\ny", "messageDetails": {"arguments": {"max": 50, "of": [1]}}}], "statusCode": 400}"#,
        );
        assert_eq!(answer.status(), Some(400));
        let lines = "Pégase gives no reason\nplain\nPégase gives no reason\nsize: Pégase gives no reason (field x y, max = 50, of = [1])";
        assert_eq!(answer.to_string(), lines);
        assert_eq!(
            read(r#"{"statusCode": "404", "errors": null, "path": "/p"}"#).to_string(),
            "404: Pégase gives no reason"
        );
        assert_eq!(
            read(r#"{"nomenclaturesErreur": [null, {"nomenclatureList": null}]}"#).problems().len(),
            1
        );
        assert_eq!(
            read(r#"{"status": 500, "error": null}"#).to_string(),
            "500: Pégase gives no reason"
        );
    }

    #[test]
    fn depth_is_harmless() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let answer =
            read(&format!(r#"{{"statusCode": {deep}, "errors": [{deep}, {{"champ": {deep}}}]}}"#));
        assert_eq!(answer.problems().len(), 2);
        assert_eq!(read(&deep), Answer::Other(deep));
    }

    #[test]
    fn every_cut_is_kept() {
        let whole = r#"{"statusCode": "400", "errors": [{"code": "a"}]}"#;
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), Answer::Other(whole[..end].to_owned()));
        }
    }
}
