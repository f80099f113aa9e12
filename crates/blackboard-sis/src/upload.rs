//! What is sent to Learn, described and not sent, and what it answers.

mod answer;
mod state;

pub use answer::{AnswerError, DataSetStatus, ReferenceCode};
pub use state::IntegrationState;

use crate::object::Object;
use crate::operation::Operation;

/// Where the feeds of an integration are sent to.
///
/// ```
/// use blackboard_sis::{Endpoint, Object, Operation};
///
/// let endpoint = Endpoint::new("learn.uni.example", "BBLEARN")?;
/// assert_eq!(
///     endpoint.upload(Object::Person, Operation::Store).url(),
///     "https://learn.uni.example/webapps/bb-data-integration-flatfile-BBLEARN/endpoint/person/store"
/// );
/// # Ok::<(), blackboard_sis::AddressError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    host: String,
    id: String,
}

/// Why there is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// It is not the name of a host.
    #[error(
        "{0:?} is not the name of a host: give letters, digits, `-` and `.`, and a port behind `:` if need be"
    )]
    Host(String),
    /// It is not the id of an integration.
    #[error(
        "{0:?} is not the id of an integration: give letters, digits, `-` and `_`, as in `BBLEARN`"
    )]
    Id(String),
}

/// A request as it has to be sent. Who sends it adds the user name and the password of the integration (HTTP Basic
/// authentication) and, for an upload, the file as it is for a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    method: Method,
    host: String,
    path: String,
    content_type: Option<ContentType>,
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Asks for a status.
    Get,
    /// Sends a feed.
    Post,
}

/// What an upload says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContentType {
    /// `text/xml`, as is documented, though the file is none.
    Xml,
    /// `text/plain`, which many send.
    Plain,
}

impl Method {
    /// The word in the request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

impl ContentType {
    /// The value of the header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xml => "text/xml",
            Self::Plain => "text/plain",
        }
    }
}

impl Endpoint {
    /// The addresses of the integration with this id on this host. The host may have a port; it is no address, and
    /// nothing in it leads elsewhere.
    ///
    /// # Errors
    ///
    /// When host or id hold anything that does not belong there.
    pub fn new(host: &str, id: &str) -> Result<Self, AddressError> {
        if !is_host(host) {
            return Err(AddressError::Host(host.to_owned()));
        }
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if id.is_empty() || !id.bytes().all(is_part) {
            return Err(AddressError::Id(id.to_owned()));
        }
        Ok(Self { host: host.to_owned(), id: id.to_owned() })
    }

    /// The request that sends a feed.
    pub fn upload(&self, object: Object, operation: Operation) -> Request {
        let content_type = Some(ContentType::Xml);
        let end = format!("{}/{}", object.slug(), operation.slug());
        Request { method: Method::Post, content_type, ..self.request(&end) }
    }

    /// The request that asks how far Learn has come with a feed.
    pub fn status(&self, code: &ReferenceCode) -> Request {
        self.request(&format!("dataSetStatus/{code}"))
    }

    fn request(&self, end: &str) -> Request {
        let path = format!("/webapps/bb-data-integration-flatfile-{}/endpoint/{end}", self.id);
        Request { method: Method::Get, host: self.host.clone(), path, content_type: None }
    }
}

impl Request {
    /// Says that the file is something else; of no effect on a request that sends nothing.
    #[must_use]
    pub fn with_content_type(self, content_type: ContentType) -> Self {
        Self { content_type: self.content_type.map(|_| content_type), ..self }
    }

    /// The method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The path on the host.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole address.
    pub fn url(&self) -> String {
        format!("https://{}{}", self.host, self.path)
    }

    /// The headers, but for authentication.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.content_type.map(|content_type| ("Content-Type", content_type.as_str())).into_iter()
    }
}

/// Whether a text is the name of a host, with or without a port.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (text, None),
    };
    let is_port = |port: &str| {
        port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(is_label) && port.is_none_or(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests() {
        let endpoint = Endpoint::new("learn.uni.example:8443", "BB5a1f").unwrap();
        let base = "/webapps/bb-data-integration-flatfile-BB5a1f/endpoint/";
        for &object in Object::ALL {
            for operation in Operation::ALL {
                let request = endpoint.upload(object, operation);
                assert_eq!(request.path(), format!("{base}{}/{}", object.slug(), operation.slug()));
                assert_eq!(
                    request.url(),
                    format!("https://learn.uni.example:8443{}", request.path())
                );
                assert_eq!(request.method().as_str(), "POST");
                assert!(request.headers().eq([("Content-Type", "text/xml")]));
                let plain = request.with_content_type(ContentType::Plain);
                assert!(plain.headers().eq([("Content-Type", "text/plain")]));
            }
        }
        let code = ReferenceCode::parse("0f9c2a1be34d4c55a7716f20de98b3c4").unwrap();
        let status = endpoint.status(&code).with_content_type(ContentType::Plain);
        assert_eq!(status.path(), format!("{base}dataSetStatus/0f9c2a1be34d4c55a7716f20de98b3c4"));
        assert_eq!((status.method().as_str(), status.headers().count()), ("GET", 0));
    }

    #[test]
    fn nothing_in_host_or_id_changes_the_address() {
        for host in [
            "",
            " ",
            "a b",
            "a/b",
            "https://a",
            "a@b",
            "user:pw@a",
            "a?x",
            "a#x",
            "a\\b",
            "a%2fb",
            "a..b",
            ".a",
            "a.",
            "-a",
            "a-",
            "a:",
            "a:0",
            "a:65536",
            "a:+1",
            "a:1:2",
            "[::1]",
            "a\n",
            "é.example",
            "a_b",
        ] {
            assert_eq!(
                Endpoint::new(host, "BB"),
                Err(AddressError::Host(host.to_owned())),
                "{host}"
            );
        }
        for id in ["", "a/b", "..", "a b", "a?b", "a#b", "a%2f", "é", "a\n"] {
            assert_eq!(Endpoint::new("a", id), Err(AddressError::Id(id.to_owned())), "{id}");
        }
        for host in ["localhost", "10.0.0.1", "a-b.example:1"] {
            assert!(Endpoint::new(host, "_17-1").is_ok(), "{host}");
        }
    }
}
