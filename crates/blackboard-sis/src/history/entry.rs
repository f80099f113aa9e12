//! What a row says of its record, as far as two loads are compared by it.

use std::borrow::Cow;

use edu_diagnostics::keys::number;

use crate::field::{Field, FieldKind, Need};
use crate::header::Header;
use crate::object::Object;
use crate::row::Row;
use crate::value::RowStatus;

/// Where the columns of a kind of object stand that say which record a row is about.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    object: Object,
    keys: (usize, Option<usize>),
    source: Option<usize>,
    new_source: Option<usize>,
    new_key: Option<usize>,
    status: Option<usize>,
    /// A number for the name of each column; `None` for those that are no content.
    names: Vec<Option<u64>>,
}

/// What a row says of its record.
pub(crate) struct Entry<'r> {
    /// The key, or both; the second is empty where there is one.
    pub(crate) keys: [Cow<'r, str>; 2],
    /// The key that the record has from now on.
    pub(crate) new_key: Option<Cow<'r, str>>,
    /// The data source that the row is sent for.
    pub(crate) source: Option<Cow<'r, str>>,
    /// The data source that the record belongs to from now on.
    pub(crate) new_source: Option<Cow<'r, str>>,
    pub(crate) status: RowStatus,
    /// A number for the values in the other columns, whatever their order.
    pub(crate) content: u64,
}

impl Places {
    pub(crate) fn new(object: Object) -> Self {
        let place = |name: &str| object.field(name).map(|(place, _)| place);
        let fields = || object.fields().iter().enumerate();
        let mut keys = fields().filter(|(_, field)| field.is_key()).map(|(place, _)| place);
        let is_content = |field: &Field| {
            let is_apart = matches!(
                field.kind,
                FieldKind::NewKey | FieldKind::DataSourceKey | FieldKind::RowStatus
            );
            !is_apart && !matches!(field.need, Need::Key | Need::Dropped)
        };
        Self {
            object,
            keys: (keys.next().unwrap_or(0), keys.next()),
            source: place("data_source_key"),
            new_source: place("new_data_source_key"),
            new_key: fields()
                .find(|(_, field)| field.kind == FieldKind::NewKey)
                .map(|(place, _)| place),
            status: place("row_status"),
            names: object
                .fields()
                .iter()
                .map(|field| is_content(field).then(|| name_number(field.name)))
                .collect(),
        }
    }

    pub(crate) fn object(&self) -> Object {
        self.object
    }

    /// What a row says; `None` where its key is missing, or half of it.
    pub(crate) fn entry<'r>(&self, row: &Row<'r>) -> Option<Entry<'r>> {
        let filled = |place: Option<usize>| row.filled(place?);
        let first = filled(Some(self.keys.0))?;
        let second = match self.keys.1 {
            Some(place) => filled(Some(place))?,
            None => Cow::Borrowed(""),
        };
        Some(Entry {
            new_key: filled(self.new_key).filter(|new| *new != first),
            keys: [first, second],
            source: filled(self.source),
            new_source: filled(self.new_source),
            status: filled(self.status)
                .and_then(|status| RowStatus::parse(&status))
                .unwrap_or(RowStatus::Enabled),
            content: self.content(row),
        })
    }

    /// An empty value is as good as none: which of the two stands in a file depends on the other rows. The sum
    /// does not depend on the order.
    fn content(&self, row: &Row<'_>) -> u64 {
        let header = row.header();
        (0..header.columns().len())
            .filter_map(|column| {
                let name = self.name(header, column)?;
                let value = row.cell(column)?.trimmed();
                (!value.is_empty()).then(|| pair(name, number(value.as_bytes())))
            })
            .fold(0, u64::wrapping_add)
    }

    fn name(&self, header: &Header, column: usize) -> Option<u64> {
        let column = header.columns().get(column)?;
        match column.field {
            Some(place) => self.names.get(place).copied().flatten(),
            None => (!column.name.is_empty()).then(|| name_number(&column.name)),
        }
    }
}

impl Entry<'_> {
    /// A number for the key or keys.
    pub(crate) fn number(&self) -> u64 {
        key_number([&self.keys[0], &self.keys[1]])
    }

    /// The same, of the key that the record has from now on.
    pub(crate) fn new_number(&self) -> Option<u64> {
        self.new_key.as_ref().map(|key| key_number([key, &self.keys[1]]))
    }
}

/// A number for one key, or for two.
pub(crate) fn key_number(keys: [&str; 2]) -> u64 {
    let [first, second] = keys.map(|key| number(key.as_bytes()));
    pair(first, second)
}

fn pair(first: u64, second: u64) -> u64 {
    number(&(u128::from(first) << 64 | u128::from(second)).to_le_bytes())
}

/// A number for a header, in any letter case.
fn name_number(name: &str) -> u64 {
    name.bytes().fold(0xCBF2_9CE4_8422_2325, |state, byte| {
        (state ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01B3)
    })
}
