//! Who takes part in a section.

use std::io::{self, Write};

use super::campus::sourcedid;
use super::group::{Section, timeframe};
use super::person::{Kind, Person};
use super::rng::{Rng, Stream};
use super::words::SUBROLES;
use super::xml::Xml;

/// The size of one member in bytes, near enough to plan with.
pub(super) const MEMBER_BYTES: u64 = 465;

/// Writes the membership of section number `index`: `members` different ones of the first `persons`
/// persons.
pub(super) fn write<W: Write>(
    xml: &mut Xml<W>,
    seed: u64,
    index: u64,
    members: u64,
    persons: u64,
) -> io::Result<()> {
    let section = Section::new(seed, index);
    let mut rng = Rng::new(seed, Stream::Membership, index);
    // Steps of a width without a common factor with the number of persons meet nobody twice.
    let start = rng.below(persons);
    let mut step = 1 + rng.below(persons);
    while common_factor(step, persons) > 1 {
        step += 1;
    }
    xml.element("membership", &[], |xml| {
        sourcedid(xml, section.id())?;
        for place in 0..members {
            let person = Person::new(seed, (start + place * step) % persons);
            write_member(xml, &mut rng, &person, &section)?;
        }
        Ok(())
    })
}

fn write_member<W: Write>(
    xml: &mut Xml<W>,
    rng: &mut Rng,
    person: &Person,
    section: &Section,
) -> io::Result<()> {
    let roletype = match person.kind {
        Kind::Student if rng.chance(3) => "08",
        Kind::Student => "01",
        Kind::Faculty => "02",
        Kind::Staff => "07",
    };
    // Who is taken out is no longer active, and nobody else is inactive.
    let (recstatus, status) = match rng.below(100) {
        0..86 => ("1", "1"),
        86..96 => ("2", "1"),
        _ => ("3", "0"),
    };
    xml.element("member", &[], |xml| {
        sourcedid(xml, person.id())?;
        xml.text("idtype", &[], "1")?;
        xml.element("role", &[("recstatus", recstatus), ("roletype", roletype)], |xml| {
            if roletype == "01" && rng.chance(15) {
                xml.text("subrole", &[], rng.pick(SUBROLES))?;
            }
            xml.text("status", &[], status)?;
            xml.text("userid", &[("useridtype", "Logon ID")], person.login())?;
            timeframe(xml, section.term)?;
            if roletype == "01" && rng.chance(40) {
                xml.element("extension", &[], |xml| {
                    xml.text("cohort", &[], format_args!("Group {}", 1 + rng.below(6)))
                })?;
            }
            Ok(())
        })
    })
}

/// The greatest common factor.
fn common_factor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}
