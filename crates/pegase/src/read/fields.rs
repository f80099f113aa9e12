//! The members that objects have in several shapes.

use std::borrow::Cow;

use odf_model::{ChoiceRange, Credits};

use super::reading::Reading;
use crate::json::{Fault, Json, Kind, Scalar};
use crate::maquette::{ObjectId, ObjectKind, Override, OverrideValue, Value};

type Result<T> = std::result::Result<T, Fault>;

impl<'t> Reading<'t> {
    /// A text; a number is taken as it is written.
    pub(super) fn text(&mut self, object: ObjectId) -> Result<Option<Cow<'t, str>>> {
        self.value(object, "a text", |scalar| match scalar {
            Scalar::Text(text) => Some(text),
            Scalar::Number(number) => Some(Cow::Borrowed(number)),
            _ => None,
        })
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, object: ObjectId) -> Result<Option<bool>> {
        self.value(object, "`true` or `false`", |scalar| match scalar {
            Scalar::Bool(flag) => Some(flag),
            _ => None,
        })
    }

    /// A number of credits, as a number or as a text.
    pub(super) fn credits(&mut self, object: ObjectId) -> Result<Option<Credits>> {
        if self.passes_empty_text()? {
            return Ok(None);
        }
        self.value(object, "a number from 0 to 10000 with at most two decimals", |scalar| {
            match scalar {
                Scalar::Number(number) => number.parse().ok(),
                Scalar::Text(text) => text.trim().parse().ok(),
                _ => None,
            }
        })
    }

    /// A number of children.
    pub(super) fn count(&mut self, object: ObjectId) -> Result<Option<u32>> {
        self.value(object, "a whole number from 0", |scalar| match scalar {
            Scalar::Number(number) => whole(number),
            Scalar::Text(text) => whole(text.trim()),
            _ => None,
        })
    }

    /// A value of its own kind; any other one is reported, unless it is null.
    fn value<T>(
        &mut self,
        object: ObjectId,
        expected: &'static str,
        take: impl FnOnce(Scalar<'t>) -> Option<T>,
    ) -> Result<Option<T>> {
        self.json.peek()?;
        let start = self.json.at();
        let value = match self.json.scalar()? {
            Some(Scalar::Null) => return Ok(None),
            Some(scalar) => take(scalar),
            None => None,
        };
        if value.is_none() {
            self.not_readable(object, start, expected);
        }
        Ok(value)
    }

    /// Whether the next value is an empty text, which says as little as null. It is passed over then.
    fn passes_empty_text(&mut self) -> Result<bool> {
        let is_empty = self.json.peek()? == Kind::Text && self.json.is_empty_text();
        if is_empty {
            self.json.skip()?;
        }
        Ok(is_empty)
    }

    /// Codes of a nomenclature: plain, as the member `code` of an object, or several in a list.
    pub(super) fn codes(
        &mut self,
        object: ObjectId,
        into: fn(&mut Self, ObjectId) -> &mut Vec<Value<'t>>,
    ) -> Result<()> {
        if self.json.peek()? != Kind::Array {
            if let Some(value) = self.code(object)? {
                into(self, object).push(value);
            }
            return Ok(());
        }
        self.json.enter()?;
        while self.json.element()? {
            if let Some(value) = self.code(object)? {
                into(self, object).push(value);
            }
        }
        Ok(())
    }

    /// A code of a nomenclature: plain, or as the member `code` of an object. An empty one is none.
    pub(super) fn code(&mut self, object: ObjectId) -> Result<Option<Value<'t>>> {
        let mut found = None;
        if self.json.peek()? == Kind::Object {
            self.json.enter()?;
            while let Some(name) = self.json.member()? {
                if name == "code" {
                    found = self.plain_code(object)?;
                } else {
                    self.json.skip()?;
                }
            }
        } else {
            found = self.plain_code(object)?;
        }
        Ok(found)
    }

    fn plain_code(&mut self, object: ObjectId) -> Result<Option<Value<'t>>> {
        self.json.peek()?;
        let start = self.json.at();
        let text = self.text(object)?.filter(|text| !text.is_empty());
        let at = self.since(start);
        Ok(text.map(|text| Value { text, at }))
    }

    /// `{min, max}`, both of which may be absent.
    pub(super) fn range(&mut self, object: ObjectId) -> Result<Option<ChoiceRange>> {
        if !self.begins(object, Kind::Object, "an object with `min` and `max`")? {
            return Ok(None);
        }
        let mut range = ChoiceRange::default();
        self.json.enter()?;
        while let Some(name) = self.json.member()? {
            match &*name {
                "min" => range.min = self.count(object)?,
                "max" => range.max = self.count(object)?,
                _ => self.json.skip()?,
            }
        }
        Ok(Some(range))
    }

    /// `descripteursObjetMaquette`: labels, type, credits, range.
    pub(super) fn descriptors(&mut self, id: ObjectId) -> Result<()> {
        if !self.begins(id, Kind::Object, "an object")? {
            return Ok(());
        }
        self.json.enter()?;
        while let Some(name) = self.json.member()? {
            match &*name {
                "libelle" => self.object(id).short_label = self.text(id)?,
                "libelleLong" => self.object(id).long_label = self.text(id)?,
                "type" => {
                    let value = self.code(id)?;
                    self.object(id).object_type = value;
                }
                "typeFormation" => self.typed(id, ObjectKind::Formation)?,
                "typeObjetFormation" => self.typed(id, ObjectKind::Object)?,
                "ects" => self.object(id).ects = self.credits(id)?,
                "nature" | "natureGroupement" => {
                    let value = self.code(id)?;
                    self.object(id).nature = value.map(|value| value.text);
                }
                "plageDeChoix" => self.object(id).range = self.range(id)?,
                "structurePrincipale" => self.object(id).structure = self.text(id)?,
                "stage" => self.object(id).internship = self.flag(id)?,
                _ => self.json.skip()?,
            }
        }
        Ok(())
    }

    /// A type that says what the object is, where nothing else did.
    fn typed(&mut self, id: ObjectId, kind: ObjectKind) -> Result<()> {
        if let Some(value) = self.code(id)? {
            let object = self.object(id);
            object.object_type = Some(value);
            object.kind.get_or_insert(kind);
        }
        Ok(())
    }

    /// `descripteursEnquete`: what the SISE survey asks for.
    pub(super) fn surveys(&mut self, id: ObjectId) -> Result<()> {
        if !self.begins(id, Kind::Object, "an object")? {
            return Ok(());
        }
        self.json.enter()?;
        while let Some(name) = self.json.member()? {
            match &*name {
                "enqueteSise" | "descripteursSise" => self.sise(id)?,
                _ => self.json.skip()?,
            }
        }
        Ok(())
    }

    fn sise(&mut self, id: ObjectId) -> Result<()> {
        if !self.begins(id, Kind::Object, "an object")? {
            return Ok(());
        }
        self.json.enter()?;
        while let Some(name) = self.json.member()? {
            match &*name {
                "typeDiplome" => {
                    if let Some(value) = self.code(id)? {
                        self.object(id).sise.get_or_insert_default().degree = Some(value);
                    }
                }
                "mention" => {
                    if let Some(value) = self.code(id)? {
                        self.object(id).sise.get_or_insert_default().mention = Some(value);
                    }
                }
                "domaineFormation" => self.codes(id, |reading, id| {
                    &mut reading.object(id).sise.get_or_insert_default().domain
                })?,
                "champFormation" => self.codes(id, |reading, id| {
                    &mut reading.object(id).sise.get_or_insert_default().field
                })?,
                "niveauDiplome" => self.codes(id, |reading, id| {
                    &mut reading.object(id).sise.get_or_insert_default().level
                })?,
                _ => self.json.skip()?,
            }
        }
        Ok(())
    }

    /// `descripteursSyllabus`: the description.
    pub(super) fn syllabus(&mut self, id: ObjectId) -> Result<()> {
        if !self.begins(id, Kind::Object, "an object")? {
            return Ok(());
        }
        self.json.enter()?;
        while let Some(name) = self.json.member()? {
            match &*name {
                "description" => self.object(id).description = self.text(id)?,
                _ => self.json.skip()?,
            }
        }
        Ok(())
    }

    /// `contextes`: one for each path to the object, some with values in place of its own.
    pub(super) fn contexts(&mut self, id: ObjectId) -> Result<()> {
        if !self.begins(id, Kind::Array, "a list")? {
            return Ok(());
        }
        let (before, start) = (self.json.before(), self.json.at());
        self.json.skip()?;
        let raw = self.json.since(start);
        // Most objects have contexts, and few of them say anything in these.
        if !raw.contains("descripteurs") && !raw.contains('\\') {
            return Ok(());
        }
        self.json.back_to(before);
        self.json.enter()?;
        while self.json.element()? {
            if self.begins(id, Kind::Object, "an object")? {
                self.context(id)?;
            }
        }
        Ok(())
    }

    fn context(&mut self, id: ObjectId) -> Result<()> {
        let first = self.objects[id.index()].overrides.len();
        let mut path = "";
        self.json.enter()?;
        while let Some(name) = self.json.member()? {
            match &*name {
                "chemin" => {
                    self.json.peek()?;
                    let start = self.json.at();
                    self.json.skip()?;
                    path = self.json.since(start);
                }
                "descripteursContexte"
                | "descripteursObjetFormationContexte"
                | "descripteursGroupementContexte"
                    if self.begins(id, Kind::Object, "an object")? =>
                {
                    self.json.enter()?;
                    while let Some(name) = self.json.member()? {
                        self.override_of(id, &name)?;
                    }
                }
                "descripteursContexte"
                | "descripteursObjetFormationContexte"
                | "descripteursGroupementContexte" => {}
                _ => self.json.skip()?,
            }
        }
        if self.objects[id.index()].overrides.len() > first {
            let path = texts(path);
            for found in &mut self.object(id).overrides[first..] {
                found.path.clone_from(&path);
            }
        }
        Ok(())
    }

    fn override_of(&mut self, id: ObjectId, name: &str) -> Result<()> {
        self.json.peek()?;
        let start = self.json.at();
        let value = match name {
            "ects" => self.credits(id)?.map(OverrideValue::Ects),
            "nature" | "natureGroupement" => {
                self.code(id)?.map(|value| OverrideValue::Nature(value.text))
            }
            "plageDeChoix" => {
                // Without bounds it says nothing about this path.
                let range = self.range(id)?.filter(|range| *range != ChoiceRange::default());
                range.map(OverrideValue::Range)
            }
            _ => {
                self.json.skip()?;
                None
            }
        };
        if let Some(value) = value {
            let at = self.since(start);
            self.object(id).overrides.push(Override { path: Vec::new(), value, at });
        }
        Ok(())
    }

    pub(super) fn object(&mut self, id: ObjectId) -> &mut crate::Object<'t> {
        &mut self.objects[id.index()]
    }
}

/// A whole number, also where it is written with a fraction of zero.
fn whole(number: &str) -> Option<u32> {
    let digits = number.split_once('.').map_or(number, |(whole, fraction)| {
        if fraction.bytes().all(|digit| digit == b'0') { whole } else { number }
    });
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// The texts of a JSON list that was passed over before.
fn texts(list: &str) -> Vec<Cow<'_, str>> {
    let mut json = Json::new(list);
    let mut texts = Vec::new();
    let mut read = || -> Result<()> {
        if json.peek()? == Kind::Array {
            json.enter()?;
            while json.element()? {
                if let Some(Scalar::Text(text)) = json.scalar()? {
                    texts.push(text);
                }
            }
        }
        Ok(())
    };
    // It was JSON when it was passed over.
    _ = read();
    texts
}
