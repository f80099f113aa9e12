//! Names and phrases to choose from. Persons are put together at random and mean nobody.

pub(super) const FEMALE: &[&str] = &[
    "Agnès", "Amina", "Beatriz", "Chloé", "Dagmar", "Eleanor", "Élodie", "Fatima", "Grace", "Hana",
    "Ingrid", "Jiřina", "Kasia", "Léa", "Maja", "Nuria", "Olga", "Priya", "Renée", "Sofía",
    "Tereza", "Ursula", "Věra", "Wanda", "Yara", "Zoë",
];

pub(super) const MALE: &[&str] = &[
    "Adam", "André", "Björn", "Cian", "Dominik", "Émile", "Farid", "Göran", "Hugo", "Ivan",
    "Jürgen", "José", "Kofi", "Łukasz", "Matěj", "Noah", "Óscar", "Pavel", "Quentin", "René",
    "Rémi", "Tomáš", "Umar", "Viktor", "William", "Youssef",
];

/// A family name and how it is spelt in a user name.
#[derive(Debug)]
pub(super) struct Family {
    pub(super) name: &'static str,
    pub(super) login: &'static str,
}

const fn family(name: &'static str, login: &'static str) -> Family {
    Family { name, login }
}

pub(super) const FAMILIES: &[&Family] = &[
    &family("Andersson", "andersson"),
    &family("Bakker", "bakker"),
    &family("Benali", "benali"),
    &family("Černý", "cerny"),
    &family("Clarke", "clarke"),
    &family("D'Amico", "damico"),
    &family("Dvořák", "dvorak"),
    &family("Eriksson", "eriksson"),
    &family("Fernández", "fernandez"),
    &family("Fischer", "fischer"),
    &family("García López", "garcialopez"),
    &family("Grönholm", "gronholm"),
    &family("Håkansson", "hakansson"),
    &family("Hughes", "hughes"),
    &family("Ibrahim", "ibrahim"),
    &family("Jankowski", "jankowski"),
    &family("Jørgensen", "jorgensen"),
    &family("Kovács", "kovacs"),
    &family("Kühn", "kuehn"),
    &family("Lefèvre", "lefevre"),
    &family("MacLeod", "macleod"),
    &family("Mensah", "mensah"),
    &family("Müller-Voss", "muellervoss"),
    &family("Nováková", "novakova"),
    &family("O'Sullivan", "osullivan"),
    &family("Okafor", "okafor"),
    &family("Papadakis", "papadakis"),
    &family("Pérez", "perez"),
    &family("Quinn", "quinn"),
    &family("Rossi", "rossi"),
    &family("Schäfer", "schaefer"),
    &family("Şahin", "sahin"),
    &family("Taylor", "taylor"),
    &family("Thibault", "thibault"),
    &family("Ueda", "ueda"),
    &family("van der Berg", "vanderberg"),
    &family("Walker", "walker"),
    &family("Wójcik", "wojcik"),
    &family("Yılmaz", "yilmaz"),
    &family("Zimmermann", "zimmermann"),
];

pub(super) const STREETS: &[&str] = &[
    "Abbey Lane",
    "Canal Street",
    "Château Road",
    "Green & Old Market",
    "Harbour View",
    "Mill Hill",
    "Orchard Close",
    "Quarry Path",
    "St. Brigid Square",
    "Willow Avenue",
];

/// A town, its region and the beginning of its postal codes.
#[derive(Debug)]
pub(super) struct Town {
    pub(super) name: &'static str,
    pub(super) region: &'static str,
    pub(super) pcode: &'static str,
}

pub(super) const TOWNS: &[&Town] = &[
    &Town { name: "Northwold", region: "Northshire", pcode: "NW" },
    &Town { name: "Upper Fenwick", region: "Northshire", pcode: "UF" },
    &Town { name: "Saint-Élan", region: "Côte Basse", pcode: "SE" },
    &Town { name: "Brückendorf", region: "Mittelmark", pcode: "BD" },
];

pub(super) const PROGRAMMES: &[&str] = &[
    "Bachelor of Arts",
    "Bachelor of Science",
    "Doctorate",
    "Exchange & Visiting",
    "Licence",
    "Master of Science",
    "Teacher Education",
];

/// Course titles; the subject follows.
pub(super) const COURSE_KINDS: &[&str] = &[
    "Introduction to",
    "Advanced",
    "Seminar:",
    "Workshop:",
    "Readings & Research:",
    "Foundations of",
];

pub(super) const SENTENCES: &[&str] = &[
    "Weekly lectures are followed by small group sessions with exercises.",
    "Students prepare a short paper & present it in the second half of the term.",
    "No previous knowledge is expected; a reading list is handed out in the first week.",
    "Assessment is by portfolio (40 %) and a written examination (60 %).",
    "Field trips & laboratory safety instructions are compulsory.",
    "The course is taught in English, with résumés of each session in French.",
    "Recordings are available on the learning platform until the end of the following term.",
];

pub(super) const SUBROLES: &[&str] =
    &["Auditor", "Exchange", "Repeating", "Tutorial A", "Tutorial B"];

/// What French courses are about.
pub(super) const TOPICS: &[&str] = &[
    "Algèbre linéaire",
    "Algorithmique",
    "Analyse numérique",
    "Anglais scientifique",
    "Bases de données",
    "Chimie organique",
    "Droit du numérique",
    "Écologie des eaux",
    "Économie de l'innovation",
    "Électronique",
    "Géologie",
    "Histoire des sciences",
    "Mécanique des fluides",
    "Méthodologie",
    "Optique",
    "Probabilités",
    "Projet tutoré",
    "Réseaux",
    "Statistique",
    "Systèmes d'exploitation",
    "Thermodynamique",
];

/// What French courses say of themselves.
pub(super) const DESCRIPTIONS: &[&str] = &[
    "Formation générale en trois ans, avec une spécialisation progressive et un stage en dernière année.",
    "Notions de base, exercices et travaux pratiques en petits groupes. L'évaluation repose sur un contrôle \
     continu (40 %) et un examen écrit (60 %).",
    "Au programme :\n- rappels et compléments\n- étude de cas\n- projet en équipe, présenté en fin de semestre",
    "Le cours « Fondements » est conseillé avant celui-ci. Une bibliographie est remise lors de la première séance.",
    "Lectures commentées, dont \"La méthode\", et séances de restitution.",
];
