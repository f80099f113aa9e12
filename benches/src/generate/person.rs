//! People.

use std::fmt;
use std::io::{self, Write};

use super::campus::{DATASOURCE, DOMAIN, sourcedid};
use super::rng::{Rng, Stream};
use super::words::{FAMILIES, FEMALE, Family, MALE, PROGRAMMES, STREETS, TOWNS};
use super::xml::Xml;

/// How much of a person is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// All that a campus knows.
    Full,
    /// Ids and names: what a file needs that is about something else.
    Brief,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Student,
    Faculty,
    Staff,
}

impl Kind {
    fn institution_role(self) -> &'static str {
        match self {
            Self::Student => "Student",
            Self::Faculty => "Faculty",
            Self::Staff => "Staff",
        }
    }
}

/// A person, made from its number alone: the same each time.
#[derive(Debug)]
pub(super) struct Person {
    index: u64,
    pub(super) kind: Kind,
    gender: &'static str,
    given: &'static str,
    family: &'static Family,
    /// What the details are drawn from.
    rng: Rng,
}

impl Person {
    pub(super) fn new(seed: u64, index: u64) -> Self {
        let mut rng = Rng::new(seed, Stream::Person, index);
        let kind = match rng.below(100) {
            0..90 => Kind::Student,
            90..97 => Kind::Faculty,
            _ => Kind::Staff,
        };
        let given = rng.pick(&[FEMALE, MALE]);
        let gender = match given {
            _ if rng.chance(4) => "0",
            _ if given == FEMALE => "1",
            _ => "2",
        };
        let given = rng.pick(given);
        let family = rng.pick(FAMILIES);
        Self { index, kind, gender, given, family, rng }
    }

    pub(super) fn id(&self) -> impl fmt::Display {
        Number(self.index)
    }

    /// The user name; the number in it makes it unique.
    pub(super) fn login(&self) -> impl fmt::Display {
        Login(self.family.login, self.index)
    }

    pub(super) fn write<W: Write>(&self, xml: &mut Xml<W>, detail: Detail) -> io::Result<()> {
        let mut rng = self.rng.clone();
        let recstatus = if rng.chance(85) { "1" } else { "2" };
        xml.element("person", &[("recstatus", recstatus)], |xml| {
            sourcedid(xml, self.id())?;
            self.write_userids(xml, &mut rng)?;
            self.write_name(xml, &mut rng)?;
            if detail == Detail::Full {
                self.write_contact(xml, &mut rng)?;
                self.write_university(xml, &mut rng)?;
            }
            Ok(())
        })
    }

    fn write_userids<W: Write>(&self, xml: &mut Xml<W>, rng: &mut Rng) -> io::Result<()> {
        xml.text("userid", &[("useridtype", "Logon ID")], self.login())?;
        if rng.chance(60) {
            xml.text("userid", &[("useridtype", "SCTID")], format_args!("N{}", self.id()))?;
        }
        if rng.chance(30) {
            let address = format_args!("{}@id.{DOMAIN}", self.login());
            xml.text("userid", &[("useridtype", "Email ID")], address)?;
        }
        Ok(())
    }

    fn write_name<W: Write>(&self, xml: &mut Xml<W>, rng: &mut Rng) -> io::Result<()> {
        let Self { given, family, .. } = *self;
        xml.element("name", &[], |xml| {
            xml.text("fn", &[], format_args!("{given} {}", family.name))?;
            xml.text("sort", &[], format_args!("{}, {given}", family.name))?;
            xml.element("n", &[], |xml| {
                xml.text("family", &[], family.name)?;
                xml.text("given", &[], given)?;
                if self.kind == Kind::Faculty && rng.chance(70) {
                    xml.text("prefix", &[], "Dr.")?;
                }
                Ok(())
            })
        })
    }

    fn write_contact<W: Write>(&self, xml: &mut Xml<W>, rng: &mut Rng) -> io::Result<()> {
        // Students are born from 1986 to 2007, the others from 1956 to 1977.
        let year = if self.kind == Kind::Student { 1986 } else { 1956 } + rng.below(22);
        // Every month has 28 days.
        let (month, day) = (1 + rng.below(12), 1 + rng.below(28));
        xml.element("demographics", &[], |xml| {
            xml.text("gender", &[], self.gender)?;
            xml.text("bday", &[], format_args!("{year}-{month:02}-{day:02}"))
        })?;
        xml.text("email", &[], format_args!("{}@{DOMAIN}", self.login()))?;
        if self.kind == Kind::Faculty {
            let page = format_args!("https://www.{DOMAIN}/people/{}", self.login());
            xml.text("url", &[], page)?;
        }
        let mobile = 100_000 + rng.below(900_000);
        xml.text("tel", &[("teltype", "Mobile")], format_args!("+00 7700 {mobile}"))?;
        if rng.chance(25) {
            let extension = 1000 + rng.below(9000);
            xml.text("tel", &[("teltype", "Voice")], format_args!("+00 1632 96{extension}"))?;
        }
        let (street, town) = (rng.pick(STREETS), rng.pick(TOWNS));
        xml.element("adr", &[], |xml| {
            if rng.chance(10) {
                xml.text("extadd", &[], format_args!("Hall {}", 1 + rng.below(40)))?;
            }
            xml.text("street", &[], format_args!("{} {street}", 1 + rng.below(180)))?;
            xml.text("locality", &[], town.name)?;
            xml.text("region", &[], town.region)?;
            xml.text("pcode", &[], format_args!("{}{}", town.pcode, 1000 + rng.below(9000)))?;
            xml.text("country", &[], "Northland")
        })
    }

    fn write_university<W: Write>(&self, xml: &mut Xml<W>, rng: &mut Rng) -> io::Result<()> {
        let role = self.kind.institution_role();
        let primary = [("primaryrole", "Yes"), ("institutionroletype", role)];
        xml.empty("institutionrole", &primary)?;
        if self.kind != Kind::Student && rng.chance(15) {
            let second = [("primaryrole", "No"), ("institutionroletype", "Alumni")];
            xml.empty("institutionrole", &second)?;
        }
        xml.text("datasource", &[], DATASOURCE)?;
        if self.kind == Kind::Student && rng.chance(35) {
            xml.element("extension", &[], |xml| {
                xml.text("programme", &[], rng.pick(PROGRAMMES))?;
                xml.text("semester", &[], 1 + rng.below(10))
            })?;
        }
        Ok(())
    }
}

/// A person's number as it stands in the ids.
///
/// Registration numbers follow no order: each step adds a number without a common factor with
/// 100 million, so that all numbers below that come up once.
struct Number(u64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (cycle, place) = (self.0 / 100_000_000, self.0 % 100_000_000);
        if cycle > 0 {
            write!(f, "{cycle}")?;
        }
        write!(f, "{:08}", place * 61_803_399 % 100_000_000)
    }
}

struct Login(&'static str, u64);

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0, self.1)
    }
}
