//! Values of the small answers: what is absent, null or of another kind is none.

use edu_syntax::Decoded;
use odf_model::Code;

use crate::ReadError;
use crate::json::{Fault, Json, Kind, Scalar};

type Result<T> = std::result::Result<T, Fault>;

/// A text; a number is taken as it is written, white space alone is none.
pub(crate) fn text(json: &mut Json<'_>) -> Result<Option<String>> {
    Ok(match json.scalar()? {
        Some(Scalar::Text(text)) if !text.trim().is_empty() => Some(text.into_owned()),
        Some(Scalar::Number(number)) => Some(number.to_owned()),
        _ => None,
    })
}

/// `true` or `false`.
pub(crate) fn flag(json: &mut Json<'_>) -> Result<Option<bool>> {
    Ok(match json.scalar()? {
        Some(Scalar::Bool(flag)) => Some(flag),
        _ => None,
    })
}

/// A whole number, also in quotes.
pub(crate) fn count<N: std::str::FromStr>(json: &mut Json<'_>) -> Result<Option<N>> {
    Ok(text(json)?.and_then(|text| text.trim().parse().ok()))
}

/// A code: plain, or as the member `code` of an object.
pub(crate) fn code(json: &mut Json<'_>) -> Result<Option<Code>> {
    if json.peek()? != Kind::Object {
        return Ok(text(json)?.map(Code::from));
    }
    let mut code = None;
    json.enter()?;
    while let Some(name) = json.member()? {
        match &*name {
            "code" => code = text(json)?.map(Code::from),
            _ => json.skip()?,
        }
    }
    Ok(code)
}

/// Goes into the next value where it is an object or array, as asked; passes over it otherwise.
pub(crate) fn enters(json: &mut Json<'_>, kind: Kind) -> Result<bool> {
    if json.peek()? == kind {
        json.enter()?;
        return Ok(true);
    }
    json.skip()?;
    Ok(false)
}

/// Reads a whole text.
pub(crate) fn whole<T>(
    decoded: &Decoded<'_>,
    read: impl FnOnce(&mut Json<'_>) -> Result<T>,
) -> std::result::Result<T, ReadError> {
    let mut json = Json::new(decoded.text());
    let value = read(&mut json).and_then(|value| json.finish().map(|()| value));
    value.map_err(|fault| ReadError::json(fault, decoded))
}

/// What a page says of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Page {
    /// Its number, from 0: `page`, or `numPage` in nomenclatures, where the first number is not documented.
    pub number: Option<u32>,
    /// How many entries a page has: `taille`, `nbOccurences`. None where Pégase was asked for all, `-1`.
    pub size: Option<u32>,
    /// How many pages there are: `totalPages`, `nbTotalPages`.
    pub total_pages: Option<u32>,
    /// How many entries there are on all pages: `totalElements`, `nbTotalOccurences`.
    pub total: Option<u64>,
}

impl Page {
    /// Reads a member where it is one of a page; says so.
    pub(crate) fn member(&mut self, name: &str, json: &mut Json<'_>) -> Result<bool> {
        match name {
            "page" | "numPage" => self.number = count(json)?,
            "taille" | "nbOccurences" => self.size = count(json)?,
            "totalPages" | "nbTotalPages" => self.total_pages = count(json)?,
            "totalElements" | "nbTotalOccurences" => self.total = count(json)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// Reads a page, a bare list or a single entry, one entry after the other. Of a page there is what it says
/// of itself.
pub(crate) fn entries(
    json: &mut Json<'_>,
    lists: &[&str],
    mut entry: impl FnMut(&mut Json<'_>, bool) -> Result<()>,
) -> Result<Option<Page>> {
    let mut has_list = false;
    for list in lists {
        has_list |= json.has_member(list)?;
    }
    if !has_list {
        match json.peek()? {
            Kind::Array => {
                json.enter()?;
                while json.element()? {
                    entry(json, false)?;
                }
            }
            _ => entry(json, false)?,
        }
        return Ok(None);
    }
    let mut page = Page::default();
    json.enter()?;
    while let Some(name) = json.member()? {
        if lists.contains(&&*name) {
            if enters(json, Kind::Array)? {
                while json.element()? {
                    entry(json, true)?;
                }
            }
        } else if !page.member(&name, json)? {
            json.skip()?;
        }
    }
    Ok(Some(page))
}

/// Whether a text is an empty list, or a page that has no list or an empty one: nothing in it tells what it
/// would hold.
pub(crate) fn is_empty(decoded: &Decoded<'_>, lists: &[&str]) -> bool {
    let mut json = Json::new(decoded.text());
    let is_list = json.peek().is_ok_and(|kind| kind == Kind::Array)
        || lists.iter().any(|list| json.has_member(list).unwrap_or(false));
    let mut count = 0_usize;
    let read = entries(&mut json, lists, |json, _| {
        count += 1;
        json.skip()
    });
    is_list && count == 0 && read.is_ok()
}
