//! What the searches of Pégase answer, as one list.

use std::collections::{BTreeSet, HashMap, HashSet};

use edu_syntax::Decoded;
use odf_model::Code;

use crate::ReadError;
use crate::json::{Fault, Json, Kind};
use crate::maquette::ObjectKind;
use crate::read::{Recognised, recognise};
use crate::values::{self, Page, count, enters, flag, text};

/// The member of a page that holds its items.
const LISTS: [&str; 1] = ["items"];

/// Search results: formations, and objects and groupings where the search was for them too.
///
/// Three answers are read: a page of the ODF API, a page of COF v3-draft, and the bare list of COF v1. Pages
/// add up, in any order; what stands on two of them counts once.
///
/// ```
/// use pegase::Listing;
/// use pegase::edu_syntax::Decoded;
///
/// let pages = [
///     r#"{"items": [{"code": "A", "detail": {"formation": {"version": 2}}}], "totalPages": 3, "page": 0}"#,
///     r#"{"items": [{"code": "A", "detail": {"formation": {"version": 1}}}], "totalPages": 3, "page": 2}"#,
/// ];
/// let listing: Listing =
///     pages.into_iter().map(|page| Listing::read(&Decoded::from(page))).collect::<Result<_, _>>()?;
/// let formations = listing.formations();
/// assert_eq!(formations[0].versions(), [1, 2]);
/// assert_eq!(listing.missing_pages().collect::<Vec<_>>(), [1]);
/// # Ok::<(), pegase::ReadError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    items: Vec<Item>,
    pages: Vec<Page>,
}

/// An entry of search results.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Item {
    /// Its code; none where the answer has none, so that it cannot be imported.
    pub code: Option<Code>,
    /// What it is. None where the answer does not say: COF says only what is a formation.
    pub kind: Option<ObjectKind>,
    /// The version of a formation; COF only.
    pub version: Option<u32>,
    /// `libelleLong`, else `libelle` or `libelleCourt`.
    pub title: Option<String>,
    /// The identifier in Pégase, opaque; ODF only.
    pub id: Option<String>,
    /// Type of an object, such as `SEMESTRE`; ODF only.
    pub object_type: Option<Code>,
    /// Label of the space that it is in; ODF only.
    pub space: Option<String>,
    /// Whether it is valid in one of its contexts; ODF only.
    pub is_valid: Option<bool>,
}

/// A formation of search results, with all its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Formation<'a> {
    /// Its code.
    pub code: &'a Code,
    /// Its entries, by version; those of one version, or without any, in the order of the answer. The ODF
    /// API has no versions, but a code can stand in several spaces.
    pub items: Vec<&'a Item>,
}

impl<'a> Formation<'a> {
    /// Its versions, from the first to the last.
    pub fn versions(&self) -> Vec<u32> {
        let mut versions: Vec<_> = self.items.iter().filter_map(|item| item.version).collect();
        versions.dedup();
        versions
    }

    /// The entry of the last version.
    pub fn last(&self) -> Option<&'a Item> {
        self.items.last().copied()
    }

    /// The title of the last version that has one.
    pub fn title(&self) -> Option<&'a str> {
        self.items.iter().rev().find_map(|item| item.title.as_deref())
    }
}

impl Listing {
    /// No result.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads one answer.
    ///
    /// Members that are not known, absent or null are no error; neither is an entry that is no object: it
    /// counts as one without code.
    ///
    /// # Errors
    /// The text is not JSON, or no list of search results.
    pub fn read(decoded: &Decoded<'_>) -> Result<Self, ReadError> {
        let content = recognise(decoded)?;
        let is_listing = match &content {
            Recognised::Listing => true,
            Recognised::Other(_) => {
                values::is_empty(decoded, &LISTS) || is_list_of_codes(decoded.text())
            }
            _ => false,
        };
        if !is_listing {
            return Err(ReadError::not(&content, "a list of search results", decoded));
        }
        values::whole(decoded, |json| {
            let mut listing = Self::new();
            let page = values::entries(json, &LISTS, |json, is_paged| {
                listing.items.push(item(json, is_paged)?);
                Ok(())
            })?;
            listing.pages.extend(page);
            listing.drop_repeated();
            Ok(listing)
        })
    }

    /// Every entry, in the order of the answers.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Entries without a code: nothing can be done with them.
    pub fn without_code(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.code.is_none())
    }

    /// The formations, one entry a code, in the order in which their codes come first.
    pub fn formations(&self) -> Vec<Formation<'_>> {
        let mut formations: Vec<Formation<'_>> = Vec::new();
        let mut places: HashMap<&Code, usize> = HashMap::new();
        for item in self.items.iter().filter(|item| item.kind == Some(ObjectKind::Formation)) {
            let Some(code) = &item.code else { continue };
            let place = *places.entry(code).or_insert(formations.len());
            if place == formations.len() {
                formations.push(Formation { code, items: Vec::new() });
            }
            formations[place].items.push(item);
        }
        for formation in &mut formations {
            formation.items.sort_by_key(|item| item.version);
        }
        formations
    }

    /// What the pages say of themselves, in the order in which they were read; the bare list of COF v1 is no
    /// page.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// How many entries there are on all pages, as Pégase says. Where pages differ, because something was
    /// made between two calls, the greatest number counts.
    pub fn total(&self) -> Option<u64> {
        self.pages.iter().filter_map(|page| page.total).max()
    }

    /// How many pages there are, as Pégase says.
    pub fn total_pages(&self) -> Option<u32> {
        let by_size = |page: &Page| {
            let size = page.size.filter(|&size| size > 0)?;
            u32::try_from(page.total?.div_ceil(u64::from(size))).ok()
        };
        self.pages.iter().filter_map(|page| page.total_pages.or_else(|| by_size(page))).max()
    }

    /// The numbers of the pages that there are and that were not read.
    pub fn missing_pages(&self) -> impl Iterator<Item = u32> {
        let read: BTreeSet<_> = self.pages.iter().filter_map(|page| page.number).collect();
        (0..self.total_pages().unwrap_or(0)).filter(move |number| !read.contains(number))
    }

    /// Entries that are the same as one before go.
    fn drop_repeated(&mut self) {
        let mut seen = HashSet::new();
        self.items.retain(|item| {
            let is_known = item.id.is_some() || item.code.is_some();
            !is_known || seen.insert((item.id.clone(), item.code.clone(), item.version))
        });
    }
}

/// Adds what other answers have.
impl Extend<Listing> for Listing {
    fn extend<I: IntoIterator<Item = Listing>>(&mut self, answers: I) {
        for answer in answers {
            self.items.extend(answer.items);
            self.pages.extend(answer.pages);
        }
        self.drop_repeated();
    }
}

impl FromIterator<Listing> for Listing {
    fn from_iter<I: IntoIterator<Item = Listing>>(answers: I) -> Self {
        let mut listing = Self::new();
        listing.extend(answers);
        listing
    }
}

/// Whether a text is a list whose first entry has a code: the least that COF v1 answers.
fn is_list_of_codes(text: &str) -> bool {
    let mut json = Json::new(text);
    let is_list = json.peek().is_ok_and(|kind| kind == Kind::Array) && json.enter().is_ok();
    is_list && json.element().unwrap_or(false) && json.has_member("code").unwrap_or(false)
}

/// An entry. Where nothing says what it is, one of a bare list is a formation.
fn item(json: &mut Json<'_>, is_paged: bool) -> Result<Item, Fault> {
    let mut item = Item::default();
    let (mut label, mut short_label) = (None, None);
    let mut is_said = is_paged;
    if !enters(json, Kind::Object)? {
        return Ok(item);
    }
    while let Some(name) = json.member()? {
        match &*name {
            "code" => item.code = text(json)?.map(Code::from),
            "id" => item.id = text(json)?,
            "version" => item.version = count(json)?,
            "libelleLong" => item.title = text(json)?,
            "libelle" => label = text(json)?,
            "libelleCourt" => short_label = text(json)?,
            "typeObjetMaquette" => {
                is_said = true;
                item.kind = text(json)?.and_then(|kind| ObjectKind::parse(&kind));
            }
            "typeObjetFormation" => item.object_type = values::code(json)?,
            "espaceLibelle" => item.space = text(json)?,
            "valideInAnyContexte" => item.is_valid = flag(json)?,
            "detail" => {
                is_said = true;
                detail(json, &mut item)?;
            }
            _ => json.skip()?,
        }
    }
    if !is_said {
        item.kind = Some(ObjectKind::Formation);
    }
    item.title = item.title.or(label).or(short_label);
    Ok(item)
}

/// `detail` of COF v3-draft: `{formation: {version, …}}`, or null for what is no formation.
fn detail(json: &mut Json<'_>, item: &mut Item) -> Result<(), Fault> {
    if !enters(json, Kind::Object)? {
        return Ok(());
    }
    while let Some(name) = json.member()? {
        if name != "formation" {
            json.skip()?;
        } else if enters(json, Kind::Object)? {
            item.kind = Some(ObjectKind::Formation);
            while let Some(name) = json.member()? {
                match &*name {
                    "version" => item.version = count(json)?,
                    _ => json.skip()?,
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(text: &str) -> Listing {
        Listing::read(&Decoded::from(text)).expect("a listing")
    }

    #[test]
    fn pages_add_up_and_repeated_entries_count_once() {
        let page = |number: u32, codes: &[&str]| {
            let items: Vec<_> = codes
                .iter()
                .map(|code| {
                    format!(r#"{{"id":"{code}","typeObjetMaquette":"FORMATION","code":"{code}"}}"#)
                })
                .collect();
            let items = items.join(",");
            listing(&format!(
                r#"{{"items":[{items}],"totalElements":5,"taille":2,"page":{number}}}"#
            ))
        };
        let mut all = page(2, &["D", "E"]);
        all.extend([page(0, &["A", "B"])]);
        assert_eq!((all.total(), all.total_pages()), (Some(5), Some(3)));
        assert_eq!(all.missing_pages().collect::<Vec<_>>(), [1]);
        all.extend([page(1, &["B", "C"])]);
        assert_eq!((all.items().len(), all.missing_pages().count(), all.pages().len()), (5, 0, 3));
        let codes: Vec<_> =
            all.formations().iter().map(|formation| formation.code.as_str()).collect();
        assert_eq!(codes, ["D", "E", "A", "B", "C"]);
    }

    #[test]
    fn nulls_and_foreign_members_are_tolerated() {
        let read = listing(
            r#"{"new": {}, "totalElements": null, "items": [null, 7, {"code": null, "id": null, "libelle": null},
            {"code": "A", "detail": {"formation": null}}, {"code": "B", "detail": {"formation": {"version": "4"}}},
            {"code": " ", "libelleLong": "x"}, {"code": "C", "typeObjetMaquette": "NEU", "libelleCourt": "c"}]}"#,
        );
        assert_eq!((read.items().len(), read.without_code().count()), (7, 4));
        let [formation] = &read.formations()[..] else { panic!("{read:?}") };
        assert_eq!((formation.code.as_str(), formation.versions()), ("B", vec![4]));
        assert_eq!(
            (read.total(), read.total_pages(), read.missing_pages().count()),
            (None, None, 0)
        );
        assert_eq!(read.items()[6].title.as_deref(), Some("c"));
    }

    #[test]
    fn the_least_that_is_a_listing() {
        for text in
            ["[]", r#"{"items": null}"#, r#"{"items": [], "totalElements": 0, "page": 0}"#, " [ ] "]
        {
            assert!(listing(text).items().is_empty(), "{text}");
        }
        let read = listing(r#"[{"libelle": "x", "code": "A"}]"#);
        assert_eq!(read.formations()[0].title(), Some("x"));
        for text in
            ["{}", "3", "[3]", r#"{"items": [{"typeEspace": "PERIODE"}]}"#, r#"{"racine": {}}"#]
        {
            let error = Listing::read(&Decoded::from(text)).expect_err(text);
            assert!(matches!(error, ReadError::Foreign { .. }), "{error}");
        }
    }

    #[test]
    fn damaged_texts() {
        let whole = r#"{"items": [{"code": "A", "version": 1}], "page": 0}"#;
        for end in 0..whole.len() {
            let error = Listing::read(&Decoded::from(&whole[..end])).expect_err(&whole[..end]);
            assert!(matches!(error, ReadError::Json { .. }), "{error}");
        }
        let error = Listing::read(&Decoded::from("[{\"code\": \"A\", \"version\": 1},\n x]"))
            .expect_err("x");
        assert_eq!((error.position().line, error.position().column), (2, 2));
    }

    #[test]
    fn of_a_member_given_twice_the_last_counts_and_lists_add_up() {
        let read = listing(
            r#"{"items": [{"code": "A", "version": 1, "version": 2}], "items": [{"code": "B"}]}"#,
        );
        assert_eq!((read.items().len(), read.items()[0].version), (2, Some(2)));
    }

    #[test]
    fn depth_is_harmless() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let read =
            listing(&format!(r#"[{{"code": "A", "version": {deep}, "detail": {{"x": {deep}}}}}]"#));
        assert_eq!(read.items()[0].code.as_deref(), Some("A"));
        assert!(Listing::read(&Decoded::from(deep.as_str())).is_err());
    }
}
