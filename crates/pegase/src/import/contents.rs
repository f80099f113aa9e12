//! From an object to a content: its fields, by the import table (reference, section 4.2).

use std::borrow::Cow;

use odf_model::{
    ChoiceType, Code, Container, ContainerNature, Content, Course, CourseList, CourseNature,
    Element, ListOrigin, Program, SubProgram, table,
};

use super::graph::Sort;
use crate::alert::AlertKind;
use crate::maquette::{Object, Value};
use crate::matching::{Match, Matcher};

/// An alert about a value, and the value.
pub(super) type Found<'o, 't> = (AlertKind, Option<&'o Value<'t>>);

/// Makes contents of objects.
pub(super) struct Fields<'a, 'o, 't> {
    pub(super) matcher: &'a Matcher<'a>,
    pub(super) alerts: Vec<Found<'o, 't>>,
}

impl<'o, 't> Fields<'_, 'o, 't> {
    /// The content of an object, without its children. `is_optional` is what the link to a grouping says.
    pub(super) fn content(
        &mut self,
        code: Code,
        object: &'o Object<'t>,
        sort: Sort,
        is_optional: bool,
    ) -> Content {
        let element = match sort {
            Sort::Program => Element::Program(Box::new(self.program(object))),
            Sort::SubProgram => Element::SubProgram(Box::new(self.sub_program(object))),
            Sort::Course => Element::Course(self.course(object)),
            Sort::List => Element::CourseList(CourseList {
                choice: Some(match object.range {
                    Some(range) => ChoiceType::Choice(range),
                    None if is_optional => ChoiceType::Optional,
                    None => ChoiceType::Mandatory,
                }),
                origin: Some(ListOrigin::Grouping),
            }),
            Sort::Period => Element::Container(self.period(object)),
            Sort::Grouping | Sort::Unknown => Element::Container(Container {
                credits: object.ects,
                pegase_range: object.range,
                ..Container::default()
            }),
        };
        let sync_code = (!object.code.is_empty()).then(|| code.clone());
        Content { sync_code, ..Content::new(code, object.title(), element) }
    }

    fn program(&mut self, object: &'o Object<'t>) -> Program {
        let sise = object.sise.as_deref();
        let degree = self.one(table::DEGREE, sise.and_then(|sise| sise.degree.as_ref()));
        let domain = self.all(table::DOMAIN, sise.map(|sise| &*sise.domain));
        let mention = self.one(table::MENTION, sise.and_then(|sise| sise.mention.as_ref()));
        let program_field = self.all(table::PROGRAM_FIELD, sise.map(|sise| &*sise.field));
        let rncp_level = self.all(table::RNCP_LEVEL, sise.map(|sise| &*sise.level));
        // A qualifying formation has no nature (rule I1).
        let object_type = object.object_type.as_ref().filter(|it| it.text != "2");
        let diploma_nature = self.one(table::DIPLOMA_NATURE, object_type);
        Program {
            degree,
            domain,
            mention,
            program_field,
            rncp_level,
            diploma_nature,
            ects: object.ects.and_then(|ects| self.find(table::ECTS, &ects.to_string(), None)),
            credits: object.ects,
            presentation: text(object.description.as_ref()),
            ..Program::default()
        }
    }

    fn sub_program(&mut self, object: &'o Object<'t>) -> SubProgram {
        let sise = object.sise.as_deref();
        SubProgram {
            pegase_type: type_of(object),
            domain: self.all(table::DOMAIN, sise.map(|sise| &*sise.domain)),
            program_field: self.all(table::PROGRAM_FIELD, sise.map(|sise| &*sise.field)),
            credits: object.ects,
            presentation: text(object.description.as_ref()),
            ..SubProgram::default()
        }
    }

    fn course(&mut self, object: &'o Object<'t>) -> Course {
        let nature = match object.object_type.as_ref() {
            Some(it) if it.text == "UE" => Some(CourseNature::Ue),
            Some(it) if it.text == "EC" => Some(CourseNature::Ec),
            // Teaching as such has no nature (rule I4, decision D33).
            Some(it) if it.text == "ENS" => None,
            other => self.one(table::COURSE_NATURE, other).map(CourseNature::Other),
        };
        Course {
            nature,
            pegase_type: type_of(object),
            credits: object.ects,
            description: text(object.description.as_ref()),
            internship: object.internship == Some(true),
            ..Course::default()
        }
    }

    fn period(&mut self, object: &'o Object<'t>) -> Container {
        let (nature, pegase_type) = match object.object_type.as_ref() {
            Some(it) if it.text == "ANNEE" => (Some(ContainerNature::Year), None),
            Some(it) if it.text == "SEMESTRE" => (Some(ContainerNature::Semester), None),
            other => {
                let nature = self.one(table::CONTAINER_NATURE, other);
                (nature.map(ContainerNature::Other), type_of(object))
            }
        };
        Container {
            nature,
            pegase_type,
            credits: object.ects,
            description: text(object.description.as_ref()),
            ..Container::default()
        }
    }

    fn one(&mut self, table: &'static str, value: Option<&'o Value<'t>>) -> Option<Code> {
        let value = value?;
        self.find(table, &value.text, Some(value))
    }

    fn all(&mut self, table: &'static str, values: Option<&'o [Value<'t>]>) -> Vec<Code> {
        let values = values.unwrap_or_default().iter();
        values.filter_map(|value| self.find(table, &value.text, Some(value))).collect()
    }

    fn find(
        &mut self,
        table: &'static str,
        code: &str,
        value: Option<&'o Value<'t>>,
    ) -> Option<Code> {
        let (kind, found) = match self.matcher.find(table, code) {
            Match::Found(entry, _) if !entry.archived => return Some(entry.code.clone()),
            Match::Found(entry, _) => {
                let (code, entry) = (code.to_owned(), entry.code.clone());
                let found = Some(entry.clone());
                (AlertKind::ArchivedReference { table, code, entry }, found)
            }
            Match::Unmatched(converted) => {
                let (code, converted) = (code.to_owned(), converted.cloned());
                (AlertKind::UnmatchedReference { table, code, converted }, None)
            }
        };
        self.alerts.push((kind, value));
        found
    }
}

fn type_of(object: &Object<'_>) -> Option<Code> {
    object.object_type.as_ref().map(|it| Code::from(&*it.text))
}

fn text(text: Option<&Cow<'_, str>>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(|text| text.clone().into_owned())
}

impl Object<'_> {
    /// The long label or, where there is none, the short one.
    pub fn title(&self) -> &str {
        let labels = [&self.long_label, &self.short_label];
        labels
            .into_iter()
            .flatten()
            .map(|label| &**label)
            .find(|label| !label.is_empty())
            .unwrap_or_default()
    }
}
