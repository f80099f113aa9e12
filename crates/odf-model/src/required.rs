//! Fields that Ametys requires.

use crate::{Code, ContainerNature, Content, CourseNature, Element, Kind};

/// A required field that a content lacks. Written as JSON it is a pair, `["LIC", "degree"]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Missing {
    /// Code of the content, or [`CONTAINERS`](Self::CONTAINERS).
    pub content: Code,
    /// Name of the field.
    pub field: &'static str,
}

impl Missing {
    /// What stands for all containers without a period. Pégase knows no periods, so that after an import it
    /// would be said of each.
    pub const CONTAINERS: &'static str = "*containers";

    /// The field of containers that is not said of each.
    pub(crate) const PERIOD: &'static str = "period";
}

impl Content {
    /// Names of the fields that Ametys requires and that are empty here, `title` first.
    ///
    /// Programmes need `degree`, `domain` and `orgUnit`, subprograms `orgUnit`, containers `nature` and
    /// `period`, lists `type`, courses `nature`.
    pub fn missing_fields(&self) -> impl Iterator<Item = &'static str> {
        let of_kind = match &self.element {
            Element::Program(program) => [
                is_empty(program.degree.as_deref()).then_some("degree"),
                are_empty(&program.domain).then_some("domain"),
                are_empty(&self.org_units).then_some("orgUnit"),
            ],
            Element::SubProgram(_) => [are_empty(&self.org_units).then_some("orgUnit"), None, None],
            Element::Container(container) => [
                is_empty(container.nature.as_ref().map(ContainerNature::as_str))
                    .then_some("nature"),
                is_empty(container.period.as_deref()).then_some(Missing::PERIOD),
                None,
            ],
            Element::CourseList(list) => [list.choice.is_none().then_some("type"), None, None],
            Element::Course(course) => [
                is_empty(course.nature.as_ref().map(CourseNature::as_str)).then_some("nature"),
                None,
                None,
            ],
        };
        let title = is_empty(Some(&self.title)).then_some("title");
        title.into_iter().chain(of_kind.into_iter().flatten())
    }
}

/// The required fields that contents lack, for a report: by kind in the order of the hierarchy, the period of
/// containers once for all of them.
pub fn missing_mandatory<'c>(contents: impl IntoIterator<Item = &'c Content>) -> Vec<Missing> {
    let mut by_kind = Kind::ALL.map(|_| Vec::new());
    let mut lacks_period = false;
    for content in contents {
        for field in content.missing_fields() {
            if field == Missing::PERIOD {
                lacks_period = true;
            } else {
                let missing = Missing { content: content.code.clone(), field };
                by_kind[content.kind() as usize].push(missing);
            }
        }
    }
    if lacks_period {
        let period = Missing { content: Missing::CONTAINERS.into(), field: Missing::PERIOD };
        by_kind[Kind::Container as usize].push(period);
    }
    by_kind.into_iter().flatten().collect()
}

fn is_empty(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

fn are_empty(codes: &[Code]) -> bool {
    codes.iter().all(|code| is_empty(Some(code)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalogue, ChoiceType, Container, Course, CourseList, Program, SubProgram};

    fn missing(catalogue: &Catalogue) -> Vec<(String, &'static str)> {
        let missing = missing_mandatory(catalogue.iter());
        missing.iter().map(|missing| (missing.content.to_string(), missing.field)).collect()
    }

    fn owned<const N: usize>(expected: [(&str, &'static str); N]) -> Vec<(String, &'static str)> {
        expected.map(|(code, field)| (code.to_owned(), field)).to_vec()
    }

    fn program(code: &str, degree: &str, domain: &str) -> Content {
        let program = Program {
            degree: Some(degree.into()),
            domain: vec![domain.into()],
            ..Program::default()
        };
        Content::new(code, code, Element::Program(Box::new(program)))
    }

    /// A licence whose list of seminars, of Pégase's type ENS, stands before the paths.
    #[test]
    fn of_a_licence() {
        let ens = Course { pegase_type: Some("ENS".into()), ..Course::default() };
        let catalogue = Catalogue::builder()
            .content(program("LIC-INFO", "XA", "STS"))
            .year("LIC-INFO-L1", "L1", [])
            .content(Content::new("ENS-SEMIN", "Séminaire IA", Element::Course(ens)))
            .ue("UE-ALGO", "Algorithmique", 6, [])
            .container("GRP-PARCOURS", "Choix du parcours", ["PT-INFO-GEN", "PT-INFO-IA"])
            .sub_program("PT-INFO-GEN", "Générale", [])
            .sub_program("PT-INFO-IA", "IA", [])
            .build();
        assert_eq!(
            missing(&catalogue),
            owned([
                ("LIC-INFO", "orgUnit"),
                ("PT-INFO-GEN", "orgUnit"),
                ("PT-INFO-IA", "orgUnit"),
                ("GRP-PARCOURS", "nature"),
                ("*containers", "period"),
                ("ENS-SEMIN", "nature"),
            ])
        );
    }

    #[test]
    fn of_a_university_diploma() {
        let catalogue = Catalogue::builder()
            .content(program("DU-DATA", "YA", "DEG"))
            .semester("DU-DATA-S1", "Semestre unique", [])
            .container("GRP-BLOCS", "Un bloc parmi deux", [])
            .build();
        assert_eq!(
            missing(&catalogue),
            owned([("DU-DATA", "orgUnit"), ("GRP-BLOCS", "nature"), ("*containers", "period")])
        );
    }

    #[test]
    fn of_a_programme_without_matches() {
        let catalogue = Catalogue::builder()
            .program("TESTALERTES", "Formation", ["TA-GRP-SANS-OP", "TA-GRP-VIDE"])
            .container("TA-GRP-SANS-OP", "Groupement sans OP", ["TA-AN-1"])
            .year("TA-AN-1", "Année", [])
            .container("TA-GRP-VIDE", "Groupement vide", [])
            .mandatory("TESTALERTES-list", "TESTALERTES-list", [])
            .build();
        assert_eq!(
            missing(&catalogue),
            owned([
                ("TESTALERTES", "degree"),
                ("TESTALERTES", "domain"),
                ("TESTALERTES", "orgUnit"),
                ("TA-GRP-SANS-OP", "nature"),
                ("TA-GRP-VIDE", "nature"),
                ("*containers", "period"),
            ])
        );
    }

    #[test]
    fn required_fields() {
        let of = |title: &str, element| {
            Content::new("X", title, element).missing_fields().collect::<Vec<_>>()
        };
        let empty =
            Program { degree: Some(" ".into()), domain: vec!["".into()], ..Program::default() };
        let full = Container {
            nature: Some(ContainerNature::Year),
            period: Some("S1".into()),
            ..Container::default()
        };
        let list = CourseList { choice: Some(ChoiceType::Optional), origin: None };
        for (title, element, expected) in [
            (" ", Element::Program(Box::new(empty)), &["title", "degree", "domain", "orgUnit"][..]),
            ("T", Element::SubProgram(Box::<SubProgram>::default()), &["orgUnit"]),
            ("", Element::Container(Container::default()), &["title", "nature", "period"]),
            ("T", Element::Container(full), &[]),
            ("T", Element::CourseList(CourseList::default()), &["type"]),
            ("T", Element::CourseList(list), &[]),
            ("T", Element::Course(Course::default()), &["nature"]),
        ] {
            assert_eq!(of(title, element), expected);
        }
    }
}
