//! JSON with the place of every value, without recursion.

use std::borrow::Cow;
use std::fmt::Write as _;

use edu_diagnostics::Span;
use jiter::{Jiter, JiterError, JiterErrorType, Peek};
use thiserror::Error;

/// A walk over one JSON text: one value after the other, with its span and the path that leads to it.
pub(crate) struct Json<'t> {
    text: &'t str,
    jiter: Jiter<'t>,
    /// The containers that the walk is in.
    open: Vec<Open<'t>>,
}

/// A container that the walk is in, and where in it.
enum Open<'t> {
    /// At a member. The name of the first one comes with the start of the object.
    Object { name: Cow<'t, str>, state: State },
    /// At an element. Whether there is one comes with the start of the array.
    Array { index: usize, state: State },
}

/// How far the walk is in a container.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nobody has asked for the first member or element, which is there.
    First,
    /// There is none.
    Empty,
    /// At one.
    Within,
}

impl State {
    fn new(has_first: bool) -> Self {
        if has_first { Self::First } else { Self::Empty }
    }
}

/// What a value is, before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    Text,
    Object,
    Array,
}

/// A value that is no container.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar<'t> {
    Null,
    Bool(bool),
    /// As it is written.
    Number(&'t str),
    Text(Cow<'t, str>),
}

/// Why a text is not JSON.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{what}")]
pub(crate) struct Fault {
    pub(crate) what: String,
    /// Where in the text.
    pub(crate) at: usize,
    /// The path that leads there, such as `$.enfants[0].code`.
    pub(crate) path: String,
}

type Result<T> = std::result::Result<T, Fault>;

impl<'t> Json<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, jiter: Jiter::new(text.as_bytes()), open: Vec::new() }
    }

    /// What the next value is.
    pub(crate) fn peek(&mut self) -> Result<Kind> {
        Ok(match self.raw_peek()? {
            Peek::Null => Kind::Null,
            Peek::True | Peek::False => Kind::Bool,
            Peek::String => Kind::Text,
            Peek::Object => Kind::Object,
            Peek::Array => Kind::Array,
            _ => Kind::Number,
        })
    }

    /// Where the next value starts, after [`peek`](Self::peek); where the last one ended, after it was read.
    pub(crate) fn at(&self) -> usize {
        self.jiter.current_index()
    }

    /// The text from an offset to the end of the value that was read last.
    pub(crate) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at()).unwrap_or_default()
    }

    /// The span from an offset to the end of the value that was read last.
    pub(crate) fn span(&self, start: usize) -> Span {
        Span::new(start as u64, self.at() as u64)
    }

    /// Goes into the object or array that is next.
    pub(crate) fn enter(&mut self) -> Result<()> {
        let peek = self.raw_peek()?;
        let open = if peek == Peek::Array {
            let first = self.jiter.known_array().map(|first| first.is_some());
            Open::Array { index: 0, state: State::new(self.checked(first)?) }
        } else {
            let first =
                self.jiter.next_object().map(|name| name.map(|name| Lent::new(name, self.text)));
            let first = self.checked(first)?.map(|name| name.of(self.text));
            Open::Object { state: State::new(first.is_some()), name: first.unwrap_or_default() }
        };
        self.open.push(open);
        Ok(())
    }

    /// The name of the next member of the object that the walk is in; none at its end, which it leaves.
    pub(crate) fn member(&mut self) -> Result<Option<Cow<'t, str>>> {
        let Some(Open::Object { name, state }) = self.open.last_mut() else { return Ok(None) };
        match std::mem::replace(state, State::Within) {
            State::First => return Ok(Some(name.clone())),
            State::Empty => {}
            State::Within => {
                let next =
                    self.jiter.next_key().map(|name| name.map(|name| Lent::new(name, self.text)));
                if let Some(next) = self.checked(next)? {
                    let next = next.of(self.text);
                    if let Some(Open::Object { name, .. }) = self.open.last_mut() {
                        name.clone_from(&next);
                    }
                    return Ok(Some(next));
                }
            }
        }
        self.open.pop();
        Ok(None)
    }

    /// Whether the array that the walk is in has another element; where it has none, the walk leaves it.
    pub(crate) fn element(&mut self) -> Result<bool> {
        let Some(Open::Array { index, state }) = self.open.last_mut() else { return Ok(false) };
        let has_next = match std::mem::replace(state, State::Within) {
            State::First => true,
            State::Empty => false,
            State::Within => {
                *index += 1;
                let next = self.jiter.array_step().map(|next| next.is_some());
                self.checked(next)?
            }
        };
        if !has_next {
            self.open.pop();
        }
        Ok(has_next)
    }

    /// Reads a value that is no container; the value of one is `None`, and it is passed over.
    pub(crate) fn scalar(&mut self) -> Result<Option<Scalar<'t>>> {
        let peek = self.raw_peek()?;
        Ok(Some(match peek {
            Peek::Object | Peek::Array => {
                self.skip()?;
                return Ok(None);
            }
            Peek::Null => {
                let read = self.jiter.known_null();
                self.checked(read)?;
                Scalar::Null
            }
            Peek::True | Peek::False => {
                let read = self.jiter.known_bool(peek);
                Scalar::Bool(self.checked(read)?)
            }
            Peek::String => {
                let read = self.jiter.known_str().map(|text| Lent::new(text, self.text));
                Scalar::Text(self.checked(read)?.of(self.text))
            }
            _ => {
                let start = self.at();
                let read = self.jiter.known_number_bytes(peek).map(|_| ());
                self.checked(read)?;
                Scalar::Number(self.since(start))
            }
        }))
    }

    /// Whether the innermost container that the walk is in is an object; none outside of all.
    pub(crate) fn is_in_object(&self) -> Option<bool> {
        self.open.last().map(|open| matches!(open, Open::Object { .. }))
    }

    /// Where the walk is, to come back to before the next value.
    pub(crate) fn before(&self) -> Jiter<'t> {
        self.jiter.clone()
    }

    /// Goes back to a place in the same container.
    pub(crate) fn back_to(&mut self, before: Jiter<'t>) {
        self.jiter = before;
    }

    /// Passes over the next value, however deep it is.
    pub(crate) fn skip(&mut self) -> Result<()> {
        let peek = self.raw_peek()?;
        let before = self.before();
        if self.jiter.known_skip(peek).is_ok() {
            return Ok(());
        }
        // Not JSON, or deeper than the parser goes by itself.
        self.back_to(before);
        self.walk_over()
    }

    /// Passes over the next value step by step.
    fn walk_over(&mut self) -> Result<()> {
        // Whether the containers inside the value are objects: a byte each, for they can be as many as bytes.
        let mut inside: Vec<bool> = Vec::new();
        loop {
            let peek = self.raw_peek()?;
            let has_first = match peek {
                Peek::Object => {
                    let first = self.jiter.known_object().map(|name| name.is_some());
                    inside.push(true);
                    self.checked(first)?
                }
                Peek::Array => {
                    let first = self.jiter.known_array().map(|first| first.is_some());
                    inside.push(false);
                    self.checked(first)?
                }
                _ => {
                    self.scalar()?;
                    false
                }
            };
            if has_first {
                continue;
            }
            // On to the next value in the innermost container that has one.
            let is_container = matches!(peek, Peek::Object | Peek::Array);
            if is_container {
                inside.pop();
            }
            loop {
                let Some(&is_object) = inside.last() else { return Ok(()) };
                let has_next = if is_object {
                    self.jiter.next_key().map(|name| name.is_some())
                } else {
                    self.jiter.array_step().map(|next| next.is_some())
                };
                if self.checked(has_next)? {
                    break;
                }
                inside.pop();
            }
        }
    }

    /// Whether the text that is next is empty, after [`peek`](Self::peek).
    pub(crate) fn is_empty_text(&self) -> bool {
        self.text[self.at()..].starts_with("\"\"")
    }

    /// A walk of its own over the value that is next.
    pub(crate) fn ahead(&self) -> Self {
        Self { text: self.text, jiter: self.jiter.clone(), open: Vec::new() }
    }

    /// Whether the object that is next has a member of a name. The walk stays where it is.
    pub(crate) fn has_member(&mut self, name: &str) -> Result<bool> {
        if self.peek()? != Kind::Object {
            return Ok(false);
        }
        let mut ahead = self.ahead();
        ahead.enter()?;
        while let Some(found) = ahead.member()? {
            if found == name {
                return Ok(true);
            }
            ahead.skip()?;
        }
        Ok(false)
    }

    /// Nothing but white space is left.
    pub(crate) fn finish(&mut self) -> Result<()> {
        let end = self.jiter.finish();
        self.checked(end)
    }

    /// The number of the element at hand in the innermost array.
    pub(crate) fn index(&self) -> u32 {
        let mut open = self.open.iter().rev();
        let index = open.find_map(|open| match open {
            Open::Array { index, .. } => Some(*index),
            Open::Object { .. } => None,
        });
        index.and_then(|index| u32::try_from(index).ok()).unwrap_or_default()
    }

    /// The path that leads to the value at hand.
    pub(crate) fn path(&self) -> String {
        let mut path = "$".to_owned();
        for open in &self.open {
            match open {
                Open::Object { name, state: State::Within } => push_name(&mut path, name),
                Open::Array { index, state: State::Within } => _ = write!(path, "[{index}]"),
                _ => {}
            }
        }
        path
    }

    fn raw_peek(&mut self) -> Result<Peek> {
        let peek = self.jiter.peek();
        self.checked(peek)
    }

    fn checked<T>(&self, result: std::result::Result<T, JiterError>) -> Result<T> {
        result.map_err(|error| {
            let what = match error.error_type {
                JiterErrorType::JsonError(error) => error.to_string(),
                JiterErrorType::WrongType { expected, actual } => {
                    format!("expected {expected}, found {actual}")
                }
            };
            let at = error.index.min(self.text.len());
            Fault { what, at, path: self.path() }
        })
    }
}

/// Adds a member to a path, in brackets where it is no plain word.
pub(crate) fn push_name(path: &mut String, name: &str) {
    let is_word = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_word {
        path.push('.');
        path.push_str(name);
    } else {
        _ = write!(path, "[{name:?}]");
    }
}

/// A text that the parser lends: a piece of the input, or one that had to be put together.
enum Lent {
    Input(usize, usize),
    Own(String),
}

impl Lent {
    fn new(lent: &str, text: &str) -> Self {
        let start = (lent.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        // Outside the input, or an empty text from anywhere.
        match text.get(start..start.wrapping_add(lent.len())) {
            Some(piece) if piece.len() == lent.len() => Self::Input(start, lent.len()),
            _ => Self::Own(lent.to_owned()),
        }
    }

    fn of(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Input(start, len) => Cow::Borrowed(&text[start..start + len]),
            Self::Own(text) => Cow::Owned(text),
        }
    }
}
