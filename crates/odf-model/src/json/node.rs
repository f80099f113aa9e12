//! A content as a flat object.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::values::{Member, mostly_one, or_empty, written};
use crate::{
    ChoiceRange, ChoiceType, Code, Contact, Container, Content, Course, CourseList, Credits,
    Element, Kind, ListOrigin, Program, SubProgram,
};

type Codes<'a> = Cow<'a, [Code]>;
type Text<'a> = Cow<'a, str>;

/// The members of all kinds, in the order in which they are written.
#[derive(Serialize, Deserialize)]
struct Node<'a> {
    code: Code,
    kind: Kind,
    #[serde(default, deserialize_with = "or_empty")]
    title: Text<'a>,
    #[serde(default, deserialize_with = "written", skip_serializing_if = "Option::is_none")]
    sync_code: Member<Code>,
    #[serde(default, deserialize_with = "written", skip_serializing_if = "Option::is_none")]
    diploma_nature: Member<Code>,
    #[serde(default, deserialize_with = "written", skip_serializing_if = "Option::is_none")]
    pegase_type: Member<Code>,
    #[serde(default, deserialize_with = "written", skip_serializing_if = "Option::is_none")]
    nature: Member<Text<'a>>,
    #[serde(default, deserialize_with = "written", skip_serializing_if = "Option::is_none")]
    period: Member<Code>,
    #[serde(default, deserialize_with = "written", skip_serializing_if = "Option::is_none")]
    choice: Member<ChoiceType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<ListOrigin>,
    #[serde(default, deserialize_with = "written", skip_serializing_if = "Option::is_none")]
    ects: Member<Credits>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ects_entry: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Fields<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pegase_version: Option<u32>,
    #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "is_empty")]
    domain: Codes<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speciality: Option<Text<'a>>,
    #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "is_empty")]
    program_field: Codes<'a>,
    #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "is_empty")]
    education_entry_level: Codes<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    presentation: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "is_false")]
    internship: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pegase_range: Option<ChoiceRange>,
    #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "is_empty")]
    course_parts: Codes<'a>,
    #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "is_empty")]
    org_units: Codes<'a>,
    #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "is_empty")]
    contacts: Cow<'a, [Contact]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Code>,
    #[serde(default, deserialize_with = "or_empty")]
    children: Codes<'a>,
}

/// The values of a programme that come from reference tables, and its texts.
#[derive(Default, Serialize, Deserialize)]
struct Fields<'a> {
    degree: Option<Code>,
    #[serde(default, deserialize_with = "or_empty")]
    domain: Codes<'a>,
    mention: Option<Code>,
    #[serde(default, deserialize_with = "or_empty")]
    program_field: Codes<'a>,
    #[serde(default, with = "mostly_one")]
    rncp_level: Codes<'a>,
    diploma_nature: Option<Code>,
    ects: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speciality: Option<Text<'a>>,
    #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "is_empty")]
    rncp_code: Codes<'a>,
    #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "is_empty")]
    education_level: Codes<'a>,
    #[serde(default, deserialize_with = "or_empty", skip_serializing_if = "is_empty")]
    education_entry_level: Codes<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    education_kind: Option<Code>,
}

fn is_empty<T>(list: &[T]) -> bool {
    list.is_empty()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "asked for by serde")]
fn is_false(it: &bool) -> bool {
    !it
}

fn text(text: Option<&String>) -> Option<Text<'_>> {
    text.map(|text| Cow::Borrowed(text.as_str()))
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut node = Node::of(self);
        match &self.element {
            Element::Program(program) => node.set_program(program),
            Element::SubProgram(path) => node.set_sub_program(path),
            Element::Container(container) => node.set_container(container),
            Element::CourseList(list) => {
                node.choice = Some(list.choice);
                node.origin = list.origin;
            }
            Element::Course(course) => node.set_course(course),
        }
        node.serialize(serializer)
    }
}

impl<'a> Node<'a> {
    /// What all kinds have.
    fn of(content: &'a Content) -> Self {
        let default = default_sync_code(content);
        Self {
            code: content.code.clone(),
            kind: content.kind(),
            title: Cow::Borrowed(&content.title),
            sync_code: (content.sync_code != default).then(|| content.sync_code.clone()),
            diploma_nature: None,
            pegase_type: None,
            nature: None,
            period: None,
            choice: None,
            origin: None,
            ects: None,
            ects_entry: None,
            fields: None,
            pegase_version: None,
            domain: Codes::default(),
            speciality: None,
            program_field: Codes::default(),
            education_entry_level: Codes::default(),
            presentation: None,
            internship: false,
            description: None,
            pegase_range: None,
            course_parts: Codes::default(),
            org_units: Cow::Borrowed(&content.org_units),
            contacts: Cow::Borrowed(&content.contacts),
            catalog: content.catalog.clone(),
            language: content.language.clone(),
            children: Cow::Borrowed(&content.children),
        }
    }

    fn set_program(&mut self, program: &'a Program) {
        self.diploma_nature = Some(program.diploma_nature.clone());
        self.ects = Some(program.credits);
        self.pegase_version = program.pegase_version;
        self.fields = Some(Fields {
            degree: program.degree.clone(),
            domain: Cow::Borrowed(&program.domain),
            mention: program.mention.clone(),
            program_field: Cow::Borrowed(&program.program_field),
            rncp_level: Cow::Borrowed(&program.rncp_level),
            diploma_nature: program.diploma_nature.clone(),
            ects: program.ects.clone(),
            description: text(program.presentation.as_ref()),
            speciality: text(program.speciality.as_ref()),
            rncp_code: Cow::Borrowed(&program.rncp_code),
            education_level: Cow::Borrowed(&program.education_level),
            education_entry_level: Cow::Borrowed(&program.education_entry_level),
            duration: program.duration.clone(),
            education_kind: program.education_kind.clone(),
        });
    }

    fn set_sub_program(&mut self, path: &'a SubProgram) {
        self.pegase_type = Some(path.pegase_type.clone());
        self.ects = Some(path.credits);
        self.ects_entry.clone_from(&path.ects);
        self.domain = Cow::Borrowed(&path.domain);
        self.speciality = text(path.speciality.as_ref());
        self.program_field = Cow::Borrowed(&path.program_field);
        self.education_entry_level = Cow::Borrowed(&path.education_entry_level);
        self.presentation = text(path.presentation.as_ref());
    }

    fn set_container(&mut self, container: &'a Container) {
        self.nature = Some(container.nature.as_ref().map(|nature| nature.as_str().into()));
        self.period = Some(container.period.clone());
        self.ects = Some(container.credits);
        self.description = text(container.description.as_ref());
        self.pegase_type = container.pegase_type.clone().map(Some);
        self.pegase_range = container.pegase_range;
    }

    fn set_course(&mut self, course: &'a Course) {
        self.pegase_type = Some(course.pegase_type.clone());
        self.nature = Some(course.nature.as_ref().map(|nature| nature.as_str().into()));
        self.ects = Some(course.credits);
        self.internship = course.internship;
        self.description = text(course.description.as_ref());
        self.course_parts = Cow::Borrowed(&course.course_parts);
    }
}

/// The synchronization code of a content whose object has none.
fn default_sync_code(content: &Content) -> Option<Code> {
    (!content.is_automatic_list()).then(|| content.code.clone())
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Node::deserialize(deserializer).map(Node::into_content)
    }
}

impl Node<'_> {
    fn into_content(mut self) -> Content {
        let element = match self.kind {
            Kind::Program => Element::Program(Box::new(self.program())),
            Kind::SubProgram => Element::SubProgram(Box::new(self.sub_program())),
            Kind::Container => Element::Container(self.container()),
            Kind::CourseList => Element::CourseList(CourseList {
                choice: self.choice.flatten(),
                origin: self.origin,
            }),
            Kind::Course => Element::Course(self.course()),
        };
        let mut content = Content {
            code: self.code,
            title: self.title.into_owned(),
            sync_code: None,
            children: self.children.into_owned(),
            org_units: self.org_units.into_owned(),
            contacts: self.contacts.into_owned(),
            catalog: self.catalog,
            language: self.language,
            element,
        };
        content.sync_code = self.sync_code.unwrap_or_else(|| default_sync_code(&content));
        content
    }

    fn program(&mut self) -> Program {
        let fields = self.fields.take().unwrap_or_default();
        Program {
            degree: fields.degree,
            domain: fields.domain.into_owned(),
            mention: fields.mention,
            speciality: fields.speciality.map(Cow::into_owned),
            program_field: fields.program_field.into_owned(),
            rncp_level: fields.rncp_level.into_owned(),
            rncp_code: fields.rncp_code.into_owned(),
            education_level: fields.education_level.into_owned(),
            education_entry_level: fields.education_entry_level.into_owned(),
            diploma_nature: fields.diploma_nature.or_else(|| self.diploma_nature.take().flatten()),
            ects: fields.ects,
            credits: self.ects.flatten(),
            duration: fields.duration,
            education_kind: fields.education_kind,
            presentation: fields.description.map(Cow::into_owned),
            pegase_version: self.pegase_version,
        }
    }

    fn sub_program(&mut self) -> SubProgram {
        SubProgram {
            pegase_type: self.pegase_type.take().flatten(),
            domain: std::mem::take(&mut self.domain).into_owned(),
            speciality: self.speciality.take().map(Cow::into_owned),
            program_field: std::mem::take(&mut self.program_field).into_owned(),
            education_entry_level: std::mem::take(&mut self.education_entry_level).into_owned(),
            ects: self.ects_entry.take(),
            credits: self.ects.flatten(),
            presentation: self.presentation.take().map(Cow::into_owned),
        }
    }

    fn container(&mut self) -> Container {
        Container {
            nature: self.nature.take().flatten().map(|nature| (&*nature).into()),
            period: self.period.take().flatten(),
            credits: self.ects.flatten(),
            description: self.description.take().map(Cow::into_owned),
            pegase_type: self.pegase_type.take().flatten(),
            pegase_range: self.pegase_range,
        }
    }

    fn course(&mut self) -> Course {
        Course {
            nature: self.nature.take().flatten().map(|nature| (&*nature).into()),
            pegase_type: self.pegase_type.take().flatten(),
            credits: self.ects.flatten(),
            description: self.description.take().map(Cow::into_owned),
            internship: self.internship,
            course_parts: std::mem::take(&mut self.course_parts).into_owned(),
        }
    }
}
