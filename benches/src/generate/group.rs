//! Terms, departments and the sections that belong to them.

use std::io::{self, Write};

use super::campus::{DATASOURCE, DEPARTMENTS, DOMAIN, Department, SCHEME, TERMS, Term, sourcedid};
use super::rng::{Rng, Stream};
use super::words::{COURSE_KINDS, SENTENCES};
use super::xml::Xml;

/// The `orgname` of every group.
const UNIVERSITY: &str = "University of Northwold";

/// Writes the groups that sections refer to, and says how many they are.
pub(super) fn write_parents<W: Write>(xml: &mut Xml<W>) -> io::Result<u64> {
    for term in TERMS {
        xml.element("group", &[("recstatus", "1")], |xml| {
            sourcedid(xml, term.group_id())?;
            grouptype(xml, &["Term"])?;
            xml.element("description", &[], |xml| {
                xml.text("short", &[], term.id)?;
                xml.text("long", &[], term.title)
            })?;
            timeframe(xml, term)?;
            xml.text("datasource", &[], DATASOURCE)
        })?;
    }
    for department in DEPARTMENTS {
        xml.element("group", &[("recstatus", "1")], |xml| {
            sourcedid(xml, department.group_id())?;
            grouptype(xml, &["Department"])?;
            xml.element("description", &[], |xml| {
                xml.text("short", &[], department.code)?;
                xml.text("long", &[], department.title)
            })?;
            xml.element("org", &[], |xml| {
                xml.text("orgname", &[], UNIVERSITY)?;
                xml.text("orgunit", &[], department.title)
            })?;
            xml.text("datasource", &[], DATASOURCE)
        })?;
    }
    Ok((TERMS.len() + DEPARTMENTS.len()) as u64)
}

impl Term {
    fn group_id(&self) -> String {
        format!("TERM.{}", self.id)
    }
}

impl Department {
    fn group_id(&self) -> String {
        format!("DEP.{}", self.code)
    }
}

/// A section of a course in a term, made from its number alone: the same each time.
#[derive(Debug)]
pub(super) struct Section {
    index: u64,
    pub(super) term: &'static Term,
    department: &'static Department,
    /// What the details are drawn from.
    rng: Rng,
}

impl Section {
    pub(super) fn new(seed: u64, index: u64) -> Self {
        let mut rng = Rng::new(seed, Stream::Section, index);
        let term = rng.pick(TERMS);
        let department = rng.pick(DEPARTMENTS);
        Self { index, term, department, rng }
    }

    /// Unique by the running number; it is also the course's short name.
    pub(super) fn id(&self) -> String {
        format!("{}-{}.{}", self.department.code, 1000 + self.index, self.term.id)
    }

    /// Writes the section, with the relationships to its term and department if the file has them.
    pub(super) fn write<W: Write>(&self, xml: &mut Xml<W>, parents: bool) -> io::Result<()> {
        let mut rng = self.rng.clone();
        let recstatus = if rng.chance(80) { "1" } else { "2" };
        xml.element("group", &[("recstatus", recstatus)], |xml| {
            sourcedid(xml, self.id())?;
            grouptype(xml, &["CourseSection", rng.pick(&["Lecture", "Seminar", "Practical"])])?;
            self.write_description(xml, &mut rng)?;
            xml.element("org", &[], |xml| {
                xml.text("orgname", &[], UNIVERSITY)?;
                xml.text("orgunit", &[], self.department.title)?;
                xml.text("type", &[], "Department")?;
                xml.text("id", &[], self.department.code)
            })?;
            timeframe(xml, self.term)?;
            xml.element("enrollcontrol", &[], |xml| {
                xml.text("enrollaccept", &[], if rng.chance(90) { "1" } else { "0" })?;
                xml.text("enrollallowed", &[], if rng.chance(20) { "1" } else { "0" })
            })?;
            if rng.chance(40) {
                let code = self.department.code.to_ascii_lowercase();
                xml.text("email", &[], format_args!("{code}.office@{DOMAIN}"))?;
            }
            if parents {
                relationship(xml, self.term.group_id(), "Term")?;
                relationship(xml, self.department.group_id(), "Department")?;
            }
            xml.text("datasource", &[], DATASOURCE)?;
            if rng.chance(30) {
                xml.element("extension", &[], |xml| {
                    xml.text("room", &[], format_args!("B{}", 100 + rng.below(400)))?;
                    xml.text("credits", &[], 3 + rng.below(8))
                })?;
            }
            Ok(())
        })
    }

    fn write_description<W: Write>(&self, xml: &mut Xml<W>, rng: &mut Rng) -> io::Result<()> {
        let (kind, subject) = (rng.pick(COURSE_KINDS), rng.pick(self.department.subjects));
        xml.element("description", &[], |xml| {
            xml.text("short", &[], self.id())?;
            xml.text("long", &[], format_args!("{kind} {subject} ({})", self.term.title))?;
            let (first, second) = (rng.pick(SENTENCES), rng.pick(SENTENCES));
            xml.text("full", &[], format_args!("{kind} {subject}. {first} {second}"))
        })
    }
}

/// The type of a group, from the widest term to the narrowest.
fn grouptype<W: Write>(xml: &mut Xml<W>, types: &[&str]) -> io::Result<()> {
    xml.element("grouptype", &[], |xml| {
        xml.text("scheme", &[], SCHEME)?;
        for (name, level) in types.iter().zip(["1", "2"]) {
            xml.text("typevalue", &[("level", level)], name)?;
        }
        Ok(())
    })
}

/// The dates of a term: those of a group and of who takes part in it.
pub(super) fn timeframe<W: Write>(xml: &mut Xml<W>, term: &Term) -> io::Result<()> {
    xml.element("timeframe", &[], |xml| {
        xml.text("begin", &[("restrict", "0")], term.begin)?;
        xml.text("end", &[("restrict", "1")], term.end)
    })
}

/// A reference to the group above.
fn relationship<W: Write>(xml: &mut Xml<W>, id: String, label: &str) -> io::Result<()> {
    xml.element("relationship", &[("relation", "1")], |xml| {
        sourcedid(xml, id)?;
        xml.text("label", &[], label)
    })
}
