//! The header row.

use edu_diagnostics::Span;

use crate::alias::{self, Spelling};
use crate::field::Field;
use crate::object::Object;

/// The header row of a feed: which column holds what.
#[derive(Debug, Clone)]
pub struct Header {
    object: Object,
    columns: Vec<Column>,
    /// Where each field stands, by its place; the number of columns where it is absent.
    slots: Vec<usize>,
}

/// A column of a feed.
#[derive(Debug, Clone)]
pub struct Column {
    /// The header as it stands in the file, without white space around it.
    pub name: String,
    /// The field that it is, by its place in [`Object::fields`]; `None` where the header is not known, or is
    /// there a second time.
    pub field: Option<usize>,
    /// How the header stands to the one of the documentation.
    pub spelling: Spelling,
    /// Where the header stands in the text.
    pub(crate) span: Span,
    /// The field that it stands for, even where another column holds it.
    pub(crate) stands_for: Option<usize>,
    /// It is a header of organizations in a feed of courses, or the other way round.
    pub(crate) is_counterpart: bool,
}

/// What a header turned out to stand for.
struct Found {
    place: usize,
    spelling: Spelling,
    is_counterpart: bool,
}

impl Found {
    /// How sure it is: the lower, the surer.
    fn rank(&self) -> u8 {
        match self.spelling {
            _ if self.is_counterpart => 4,
            Spelling::Mapped => 0,
            Spelling::Canonical => 1,
            Spelling::Alias => 2,
            Spelling::Deprecated => 3,
        }
    }
}

/// What a caller says that headers of its files stand for. Learn has the same under the name of custom header
/// mapping.
///
/// ```
/// use blackboard_sis::{FeedReader, HeaderMap};
/// use edu_diagnostics::Collector;
/// use edu_syntax::Decoded;
///
/// let feed = Decoded::from("matricule|user_id|firstname|lastname\n9f3c|ann|Ann|Able\n");
/// let map = HeaderMap::new().with("MATRICULE", "external_person_key");
/// let mut findings = Collector::new();
/// let mut rows = FeedReader::new().with_headers(map).for_text(&feed, &mut findings);
/// let key = rows.next().and_then(|row| Some(row.get("external_person_key")?.into_owned()));
/// assert_eq!(key.as_deref(), Some("9f3c"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct HeaderMap(Vec<(String, String)>);

impl HeaderMap {
    /// Nothing stands for anything else.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that the header `found`, in any letter case, stands for the header `canonical` of the documentation.
    #[must_use]
    pub fn with(mut self, found: impl Into<String>, canonical: impl Into<String>) -> Self {
        self.0.push((found.into(), canonical.into()));
        self
    }

    /// What a header stands for.
    pub(crate) fn get(&self, header: &str) -> Option<&str> {
        let (_, canonical) = self.0.iter().find(|(found, _)| found.eq_ignore_ascii_case(header))?;
        Some(canonical)
    }
}

/// What a header stands for, if anything.
fn find(object: Object, name: &str, map: &HeaderMap) -> Option<Found> {
    let (name, is_mapped) = map.get(name).map_or((name, false), |canonical| (canonical, true));
    let spelled = |spelling| if is_mapped { Spelling::Mapped } else { spelling };
    let own = alias::resolve(object, name).map(|(place, spelling)| Found {
        place,
        spelling: spelled(spelling),
        is_counterpart: false,
    });
    own.or_else(|| {
        let place = alias::counterpart(object, name)?;
        Some(Found { place, spelling: spelled(Spelling::Canonical), is_counterpart: true })
    })
}

impl Header {
    /// Resolves the cells of a header row.
    pub(crate) fn new(object: Object, cells: Vec<(String, Span)>, map: &HeaderMap) -> Self {
        let absent = cells.len();
        let mut slots = vec![absent; object.fields().len()];
        let all: Vec<_> = cells.iter().map(|(name, _)| find(object, name, map)).collect();
        for (index, found) in all.iter().enumerate() {
            let Some(found) = found else { continue };
            let Some(slot) = slots.get_mut(found.place) else { continue };
            // Of two columns for one field, the one that surely means it; the first of two alike.
            let holder = all.get(*slot).and_then(Option::as_ref).map(Found::rank);
            if holder.is_none_or(|rank| found.rank() < rank) {
                *slot = index;
            }
        }
        let columns =
            cells.into_iter().zip(&all).enumerate().map(|(index, ((name, span), found))| {
                let place = found.as_ref().map(|found| found.place);
                Column {
                    name,
                    field: place.filter(|&place| slots.get(place) == Some(&index)),
                    spelling: found.as_ref().map_or(Spelling::Canonical, |found| found.spelling),
                    span,
                    stands_for: place,
                    is_counterpart: found.as_ref().is_some_and(|found| found.is_counterpart),
                }
            });
        Self { object, columns: columns.collect(), slots }
    }

    /// What the rows are about.
    pub fn object(&self) -> Object {
        self.object
    }

    /// The columns, in the order of the file.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The number of the column that holds a field, given by its place in [`Object::fields`].
    pub fn index_of(&self, field: usize) -> Option<usize> {
        self.slots.get(field).copied().filter(|&index| index < self.columns.len())
    }

    /// The field of a column.
    pub fn field(&self, column: usize) -> Option<&'static Field> {
        self.object.fields().get(self.columns.get(column)?.field?)
    }

    /// The number of the column with this canonical header.
    pub fn column(&self, header: &str) -> Option<usize> {
        self.object.field(header).and_then(|(place, _)| self.index_of(place)).or_else(|| {
            self.columns.iter().position(|column| column.name.eq_ignore_ascii_case(header))
        })
    }

    /// Whether there is nothing but what the delete operation needs: keys, the data source and the status.
    pub(crate) fn is_for_deletion(&self) -> bool {
        let mut fields = (0..self.columns.len()).map(|column| self.field(column));
        !self.columns.is_empty()
            && fields.all(|field| {
                field.is_some_and(|field| {
                    field.is_key() || matches!(field.name, "data_source_key" | "row_status")
                })
            })
    }
}
