//! The invented campus: what all of its records share.

use std::fmt::Display;
use std::io::{self, Write};

use super::xml::Xml;

pub(super) const DATASOURCE: &str = "University of Northwold SIS";
pub(super) const TARGET: &str = "Northwold Learning Platform";
/// The `source` of every id; at most 32 characters, while a datasource may have 256.
pub(super) const SOURCE: &str = "Northwold SIS";
pub(super) const DATETIME: &str = "2026-01-12T04:30:00";
/// A domain that can never exist.
pub(super) const DOMAIN: &str = "northwold.example";
/// The scheme of the group types.
pub(super) const SCHEME: &str = "Northwold";

/// A teaching period: a group of its own, and the parent of the sections taught in it.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) begin: &'static str,
    pub(super) end: &'static str,
}

pub(super) const TERMS: &[&Term] = &[
    &Term { id: "2025A", title: "Autumn 2025", begin: "2025-09-22", end: "2026-02-06" },
    &Term { id: "2026S", title: "Spring 2026", begin: "2026-02-16", end: "2026-07-03" },
];

/// A department: likewise a group and a parent.
#[derive(Debug)]
pub(super) struct Department {
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) subjects: &'static [&'static str],
}

pub(super) const DEPARTMENTS: &[&Department] = &[
    &Department {
        code: "ART",
        title: "Fine Arts & Design",
        subjects: &["Drawing", "Colour & Light", "Typography", "Print & Paper", "Sculpture"],
    },
    &Department {
        code: "BIO",
        title: "Life Sciences",
        subjects: &["Cell Biology", "Genetics", "Botany & Mycology", "Freshwater Ecology"],
    },
    &Department {
        code: "CHE",
        title: "Chemistry",
        subjects: &["Organic Chemistry", "Spectroscopy", "Acids & Bases", "Polymers"],
    },
    &Department {
        code: "CSC",
        title: "Computing & Informatics",
        subjects: &["Data Structures", "Compilers", "Networks & Security", "Databases"],
    },
    &Department {
        code: "HIS",
        title: "History",
        subjects: &["The Hanseatic League", "War & Peace after 1648", "Archives", "Urban History"],
    },
    &Department {
        code: "LNG",
        title: "Languages & Letters",
        subjects: &["Littérature comparée", "Español", "Čeština", "Übersetzung", "Phonetics"],
    },
    &Department {
        code: "MAT",
        title: "Mathematics",
        subjects: &["Linear Algebra", "Probability & Statistics", "Topology", "Numerics"],
    },
    &Department {
        code: "MED",
        title: "Medicine & Nursing",
        subjects: &["Anatomy", "Health & Society", "Pharmacology", "Care of the Elderly"],
    },
];

/// The `sourcedid` of a record or of a reference to one.
pub(super) fn sourcedid<W: Write>(xml: &mut Xml<W>, id: impl Display) -> io::Result<()> {
    xml.element("sourcedid", &[], |xml| {
        xml.text("source", &[], SOURCE)?;
        xml.text("id", &[], id)
    })
}
