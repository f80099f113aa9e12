//! The texts of a user.

use super::UserRow;
use crate::moodle::UserFields;

/// Moodle's names of the fields, in the order of [`Texts`].
const FIELDS: [&str; 9] =
    ["username", "idnumber", "firstname", "lastname", "email", "auth", "city", "country", "url"];

pub(super) const USERNAME: usize = 0;
pub(super) const IDNUMBER: usize = 1;

/// A text for each of the fields.
pub(super) type Values<'v> = [&'v str; FIELDS.len()];

/// The fields of a user in one piece of memory: a site has many users, and their texts are short.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    text: Box<str>,
    ends: [u32; FIELDS.len()],
}

impl Texts {
    pub(super) fn new(values: &Values<'_>) -> Self {
        let mut len = 0;
        let ends = values.map(|value| {
            len += value.len();
            u32::try_from(len).unwrap_or(u32::MAX)
        });
        Self { text: values.concat().into(), ends }
    }

    pub(super) fn get(&self, field: usize) -> &str {
        let start = field.checked_sub(1).map_or(0, |before| self.ends[before]);
        let [start, end] = [start, self.ends[field]].map(|at| usize::try_from(at).unwrap_or(0));
        self.text.get(start..end).unwrap_or_default()
    }

    /// The field that Moodle calls so; empty where it has none of that name.
    pub(super) fn named(&self, name: &str) -> &str {
        place(name).map_or("", |field| self.get(field))
    }

    pub(super) fn values(&self) -> Values<'_> {
        std::array::from_fn(|field| self.get(field))
    }

    pub(super) fn row(&self) -> UserRow {
        let [username, idnumber, firstname, lastname, email, auth, city, country, url] =
            self.values().map(str::to_owned);
        UserRow { username, idnumber, firstname, lastname, email, auth, city, country, url }
    }
}

impl UserRow {
    pub(super) fn values(&self) -> Values<'_> {
        let Self { username, idnumber, firstname, lastname, email, auth, city, country, url } =
            self;
        [username, idnumber, firstname, lastname, email, auth, city, country, url]
    }
}

/// Puts the fields that are given over those that are there.
pub(super) fn write<'v>(values: &mut Values<'v>, fields: &'v UserFields<'_>) {
    for (name, value) in fields.given() {
        if let Some(field) = place(name) {
            values[field] = value;
        }
    }
}

fn place(name: &str) -> Option<usize> {
    FIELDS.iter().position(|field| *field == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_place_and_by_name() {
        let row = UserRow {
            username: "maier".to_owned(),
            firstname: "Éva".to_owned(),
            url: "https://eva.example".to_owned(),
            ..UserRow::default()
        };
        let texts = Texts::new(&row.values());
        assert_eq!((texts.get(USERNAME), texts.get(IDNUMBER)), ("maier", ""));
        assert_eq!([texts.named("firstname"), texts.named("shoe size")], ["Éva", ""]);
        let fields = UserFields { firstname: Some("".into()), ..UserFields::default() };
        let mut values = texts.values();
        write(&mut values, &fields);
        assert_eq!(Texts::new(&values).row(), UserRow { firstname: String::new(), ..row });
    }
}
