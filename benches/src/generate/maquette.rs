//! What the campus teaches, as a maquette of Pégase in the form of its import function: one formation of any
//! number of objects, the same for the same seed.
//!
//! The tree has ten levels at most, and grows in breadth: years with their semesters first, then choices of
//! paths, some of them with a choice of options. Six of eight lists of teaching units have to be made by an
//! import, because the units stand in no grouping. A few units are shared by several semesters, and repeated
//! there with the same data. One object of a hundred has something about it that an import has to report.

use std::io::{self, BufWriter, Write};

use super::Generated;
use super::json::Json;
use super::rng::{Rng, Stream};
use super::words::{DESCRIPTIONS, TOPICS};
use crate::counts::MaquetteCounts;

/// What a file is to be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The number of objects, at least one: the formation. The last ones may lack what they would hold.
    pub objects: u64,
    /// Whether each object has its code, kind, labels, credits and children alone.
    pub is_lean: bool,
    /// Whether the text has lines and blanks.
    pub is_pretty: bool,
}

/// Writes a file of the given shape. It buffers: `out` need not.
///
/// # Errors
///
/// `out` does not take what is written.
pub fn generate(out: impl Write, shape: Shape, seed: u64) -> io::Result<Generated<MaquetteCounts>> {
    let objects = shape.objects.max(1);
    let mut maquette = Maquette {
        json: Json::new(BufWriter::new(out), shape.is_pretty),
        is_lean: shape.is_lean,
        seed,
        objects,
        written: 0,
        above: Vec::new(),
    };
    maquette.formation()?;
    maquette.json.finish()?;
    let counts = MaquetteCounts { object: maquette.written };
    Ok(Generated { file_bytes: maquette.json.written(), counts })
}

/// What there is to say about an object.
struct Object {
    kind: Kind,
    id: String,
    code: String,
    short: String,
    long: String,
    ects: Option<u64>,
    is_shared: bool,
    description: Option<&'static str>,
    range: Option<(u64, u64)>,
    domain: Option<&'static str>,
    rng: Rng,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Formation,
    Grouping,
    /// An object of this type.
    Object(&'static str),
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Formation => "Formation",
            Self::Grouping => "Groupement",
            Self::Object(_) => "ObjetFormation",
        }
    }
}

/// A maquette being written.
struct Maquette<W> {
    json: Json<W>,
    is_lean: bool,
    seed: u64,
    objects: u64,
    written: u64,
    /// Identifiers of the objects that are open.
    above: Vec<String>,
}

impl<W: Write> Maquette<W> {
    fn formation(&mut self) -> io::Result<()> {
        let mut formation = self.new_object(Kind::Formation, "F");
        formation.ects = Some(180);
        formation.domain = Some("DOF004");
        formation.description = Some(DESCRIPTIONS[0]);
        self.object(formation, |maquette| {
            for number in 1..=2 {
                maquette.year(number)?;
            }
            while maquette.has_room() {
                maquette.choice(false)?;
            }
            Ok(())
        })
    }

    /// A grouping with a choice of paths or, below a path, of options.
    fn choice(&mut self, is_inner: bool) -> io::Result<()> {
        let mut grouping = self.new_object(Kind::Grouping, "GP");
        grouping.range = Some((1, 1));
        let count = 2 + grouping.rng.below(3);
        self.child(true, grouping, |maquette| {
            for _ in 0..count {
                maquette.path(is_inner)?;
            }
            Ok(())
        })
    }

    fn path(&mut self, is_inner: bool) -> io::Result<()> {
        let object_type = if is_inner { "OPTION" } else { "PARCOURS-TYPE" };
        let mut path = self.new_object(Kind::Object(object_type), "PT");
        if path.rng.chance(20) {
            // The second is not in the tables.
            path.domain = Some(if path.rng.chance(80) { "DOF004" } else { "DOF999" });
        }
        let has_options = !is_inner && path.rng.chance(25);
        self.child(
            false,
            path,
            |maquette| {
                if has_options { maquette.choice(true) } else { maquette.year(3) }
            },
        )
    }

    fn year(&mut self, number: u64) -> io::Result<()> {
        let mut year = self.new_object(Kind::Object("ANNEE"), "AN");
        year.ects = Some(60);
        (year.short, year.long) =
            (format!("Licence {number}"), format!("Année {number} de licence"));
        self.child(true, year, |maquette| {
            for semester in 1..=2 {
                maquette.semester(2 * number - 2 + semester)?;
            }
            Ok(())
        })
    }

    fn semester(&mut self, number: u64) -> io::Result<()> {
        let mut semester = self.new_object(Kind::Object("SEMESTRE"), "SE");
        semester.ects = Some(30);
        semester.short = format!("Semestre {number}");
        semester.long.clone_from(&semester.short);
        let is_mixed = semester.rng.chance(5);
        self.child(true, semester, |maquette| {
            for unit in 0..4 {
                // Below a semester all units are obligatory, or nearly always.
                maquette.unit(!(is_mixed && unit == 3), unit != 0)?;
            }
            maquette.grouping(3, true)?;
            maquette.grouping(2, false)
        })
    }

    fn grouping(&mut self, units: u64, is_choice: bool) -> io::Result<()> {
        let mut grouping = self.new_object(Kind::Grouping, "GR");
        if is_choice {
            let is_bad = grouping.rng.chance(3);
            grouping.range = Some(if is_bad { (9, 2) } else { (1, 1 + grouping.rng.below(2)) });
        }
        self.child(true, grouping, |maquette| {
            (0..units).try_for_each(|unit| maquette.unit(!is_choice, unit == 0))
        })
    }

    /// A teaching unit, with its elements or without.
    fn unit(&mut self, is_mandatory: bool, has_elements: bool) -> io::Result<()> {
        let mut unit = self.new_object(Kind::Object("UE"), "UE");
        // A shared one is whole wherever it is.
        let pool = self.objects / 100;
        let is_shared = pool > 0 && self.objects - self.written > 4 && unit.rng.chance(8);
        if is_shared {
            let number = unit.rng.below(pool);
            let rng = Rng::new(self.seed, Stream::Shared, number);
            unit = Object::new(Kind::Object("UE"), format!("UEM-{number:06}"), rng);
            unit.is_shared = true;
        }
        unit.ects = Some(3 + 3 * unit.rng.below(3));
        if unit.rng.chance(30) {
            unit.description = Some(unit.rng.pick(DESCRIPTIONS));
        }
        let elements = if has_elements || is_shared { 2 + unit.rng.below(2) } else { 0 };
        let mut rng = unit.rng.clone();
        let code = unit.code.clone();
        self.child(is_mandatory, unit, |maquette| {
            for number in 1..=elements {
                let code = is_shared.then(|| format!("{code}-{number}"));
                maquette.element(code, &mut rng)?;
            }
            Ok(())
        })
    }

    fn element(&mut self, code: Option<String>, unit: &mut Rng) -> io::Result<()> {
        let kind = Kind::Object("EC");
        let mut element = match code {
            Some(code) => Object::new(kind, code, unit.clone()),
            None => self.new_object(kind, "EC"),
        };
        // So that the next element of a shared unit is another one.
        unit.below(1);
        element.ects = Some(1 + element.rng.below(5));
        match element.rng.below(300) {
            0 => element.kind = Kind::Object("CONF"),
            1 => element.code.make_ascii_lowercase(),
            2 => element.ects = Some(20_000),
            3 => element.short = element.short.repeat(4),
            _ => {}
        }
        self.child(true, element, |_| Ok(()))
    }

    fn has_room(&self) -> bool {
        self.written < self.objects
    }

    /// The next object that is not shared.
    fn new_object(&self, kind: Kind, prefix: &str) -> Object {
        let code = format!("{prefix}-{:07}", self.written);
        Object::new(kind, code, Rng::new(self.seed, Stream::Object, self.written))
    }

    /// A link and the object in it, as long as there is room for one.
    fn child(
        &mut self,
        is_mandatory: bool,
        object: Object,
        children: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        if !self.has_room() {
            return Ok(());
        }
        self.in_object(|maquette| {
            maquette.json.name("obligatoire")?.word(is_mandatory)?;
            maquette.json.name("objetMaquette")?;
            maquette.object(object, children)
        })
    }

    fn object(
        &mut self,
        object: Object,
        children: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.written += 1;
        self.above.push(object.id.clone());
        self.in_object(|maquette| {
            maquette.members(object)?;
            maquette.json.name("enfants")?;
            maquette.in_array(children)
        })?;
        self.above.pop();
        Ok(())
    }

    fn members(&mut self, mut object: Object) -> io::Result<()> {
        let (json, kind) = (&mut self.json, object.kind.word());
        if !self.is_lean {
            json.name("id")?.text(&object.id)?;
        }
        json.name("code")?.text(&object.code)?;
        if !self.is_lean {
            json.name("mutualise")?.word(object.is_shared)?;
        }
        json.name("type")?.text(&format!("{kind}Entity"))?;
        if !self.is_lean {
            let id = object.rng.uuid();
            contexts(json, &id, kind, &self.above)?;
        }
        json.name("descripteursObjetMaquette")?;
        json.object(|json| descriptors(json, &object, self.is_lean))?;
        if !self.is_lean {
            if object.kind != Kind::Grouping {
                json.name("descripteursSyllabus")?.object(|json| syllabus(json, &object))?;
            }
            json.name("descripteursEnquete")?.object(|json| surveys(json, &object))?;
            json.name("formatsEnseignement")?.object(|json| formats(json, &mut object))?;
        }
        Ok(())
    }

    fn in_object(&mut self, content: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        self.json.open("{")?;
        content(self)?;
        self.json.close("}")
    }

    fn in_array(&mut self, content: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        self.json.open("[")?;
        content(self)?;
        self.json.close("]")
    }
}

impl Object {
    fn new(kind: Kind, code: String, mut rng: Rng) -> Self {
        let (short, id) = (rng.pick(TOPICS).to_owned(), rng.uuid());
        let long = match kind {
            Kind::Formation => format!("Licence Sciences, technologies, santé mention {short}"),
            Kind::Grouping => format!("Au choix : {short}"),
            Kind::Object(_) => format!("{short} : {}", rng.pick(TOPICS).to_lowercase()),
        };
        Self {
            kind,
            id,
            code,
            short,
            long,
            ects: None,
            is_shared: false,
            description: None,
            range: None,
            domain: None,
            rng,
        }
    }
}

fn contexts<W: Write>(json: &mut Json<W>, id: &str, kind: &str, path: &[String]) -> io::Result<()> {
    json.name("contextes")?.array(|json| {
        json.object(|json| {
            json.name("id")?.text(id)?;
            json.name("chemin")?.array(|json| path.iter().try_for_each(|id| json.text(id)))?;
            json.name("valide")?.word(false)?;
            json.name("type")?.text(&format!("{kind}ContexteEntity"))?;
            json.name("pointInscriptionAdministrative")?.object(|json| {
                json.name("inscriptionAdministrative")?.word(false)?;
                json.name("actif")?.word(false)
            })
        })
    })
}

fn descriptors<W: Write>(json: &mut Json<W>, object: &Object, is_lean: bool) -> io::Result<()> {
    json.name("libelle")?.text(&object.short)?;
    json.name("libelleLong")?.text(&object.long)?;
    if object.kind == Kind::Grouping {
        json.name("nature")?.word("null")?;
        json.name("plageDeChoix")?;
        return match object.range {
            None => json.word("null"),
            Some((min, max)) => json.object(|json| {
                json.name("min")?.word(min)?;
                json.name("max")?.word(max)
            }),
        };
    }
    json.name("ects")?;
    match object.ects {
        Some(ects) => json.word(format_args!("{ects}.0"))?,
        None => json.word("null")?,
    }
    let is_formation = object.kind == Kind::Formation;
    if !is_lean {
        json.name("structurePrincipale")?.text_or_null(is_formation.then_some("UFR-SCI"))?;
    }
    if let Kind::Object(object_type) = object.kind {
        json.name("typeObjetFormation")?.text(object_type)?;
    }
    if !is_lean {
        if !is_formation {
            json.name("nature")?.word("null")?;
            json.name("stage")?.word(false)?;
        }
        json.name("teleEnseignement")?.word(false)?;
        if !is_formation {
            json.name("capaciteAccueil")?.word("null")?;
        }
    }
    if is_formation {
        json.name("typeFormation")?.text("0")?;
    }
    Ok(())
}

fn syllabus<W: Write>(json: &mut Json<W>, object: &Object) -> io::Result<()> {
    json.name("objectif")?.word("null")?;
    json.name("description")?.text_or_null(object.description)?;
    json.nulls(&[
        "ouvertureALaMobiliteEntrante",
        "langueEnseignement",
        "prerequisPedagogique",
        "bibliographie",
        "contacts",
        "autresInformations",
        "modalitesEnseignements",
        "volumeHoraireParTypeDeCours",
        "coefficient",
        "modalitesEvaluation",
    ])
}

fn surveys<W: Write>(json: &mut Json<W>, object: &Object) -> io::Result<()> {
    let is_formation = object.kind == Kind::Formation;
    json.name("enqueteAglae")?.object(|json| {
        json.name("habilitePourBoursesAglae")?.word(is_formation)?;
        json.nulls(&["niveauAglae"])
    })?;
    if object.kind == Kind::Grouping {
        return Ok(());
    }
    json.name("enqueteFresq")?
        .object(|json| json.nulls(&["numeroFresqNiveau1", "numeroFresqNiveau2"]))?;
    json.name("enqueteSise")?.object(|json| {
        let of_formation = |code: &'static str| is_formation.then_some(code);
        json.name("typeDiplome")?.text_or_null(of_formation("TYD020"))?;
        json.nulls(&["codeDiplomeSise", "codeDiplomeIntermediaireSise", "niveauDiplomeSise"])?;
        json.nulls(&["parcoursTypeSise"])?;
        json.name("domaineFormation")?.text_or_null(object.domain)?;
        json.name("mention")?.text_or_null(of_formation("MED042"))?;
        json.name("champFormation")?.text_or_null(of_formation("CHF001"))?;
        json.name("niveauDiplome")?.text_or_null(of_formation("NID006"))?;
        json.nulls(&["declinaisonDiplome"])
    })
}

/// Elements have hours, the others have none.
fn formats<W: Write>(json: &mut Json<W>, object: &mut Object) -> io::Result<()> {
    let is_element = object.kind == Kind::Object("EC");
    let hours = object.rng.below(20) * 3600 * u64::from(is_element);
    json.name("formatsEnseignement")?.array(|json| {
        if hours == 0 {
            return Ok(());
        }
        json.object(|json| {
            json.name("modalite")?.text("PRESENTIEL")?;
            json.name("typeHeure")?.text("CM")?;
            json.name("volumeHoraire")?.word(hours)?;
            json.name("nombreTheoriqueDeGroupes")?.word(1)?;
            json.name("seuilDedoublement")?.word("null")
        })
    })
}
