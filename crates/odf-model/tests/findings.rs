//! What the rules say, and where they say nothing.

use edu_diagnostics::Collector;
use odf_model::{
    Catalogue, ChoiceRange, ChoiceType, Container, Content, Course, CourseList, CourseNature,
    Element, Entry, Program, Tables, rules, table,
};

/// The findings whose codes begin so.
fn found(area: &str, catalogue: &Catalogue, tables: Option<&Tables>) -> Vec<String> {
    let mut found = Collector::new();
    rules::check(catalogue, tables, &mut found);
    let found = found.findings().iter().filter(|finding| finding.rule.code.starts_with(area));
    found.map(|finding| format!("{} {finding}", &finding.rule.code[3..])).collect()
}

#[test]
fn a_programme_as_it_should_be() {
    let catalogue = Catalogue::builder()
        .program("P", "", ["Y", "SP", "L"])
        .sub_program("SP", "", ["Y", "SP2", "L"])
        .sub_program("SP2", "", ["C"])
        .year("Y", "", ["S"])
        .semester("S", "", ["C", "SP2", "L"])
        .container("C", "", ["C2"])
        .container("C2", "", ["L"])
        .mandatory("L", "", ["U"])
        .ue("U", "", 6, ["L2"])
        .optional("L2", "", ["E"])
        .ec("E", "", 3, [])
        .synchronized()
        .build();
    assert_eq!(found("OD-S", &catalogue, None), [""; 0]);
    assert_eq!(found("OD-F05", &catalogue, None), [""; 0]);
}

#[test]
fn links() {
    let catalogue = Catalogue::builder()
        .program("P", "", ["U", "L", "L", "Q", "L", "nowhere", "nowhere"])
        .program("Q", "", [])
        .mandatory("L", "", ["U", "L2", "L"])
        .mandatory("L2", "", ["C"])
        .container("C", "", [])
        .ue("U", "", 6, ["V"])
        .ue("V", "", 6, [])
        .build();
    assert_eq!(
        found("OD-S", &catalogue, None),
        [
            "S01 Program `P` holds Course `U`",
            "S04 `P` holds `L` 3 times",
            "S01 Program `P` holds Program `Q`",
            "S03 `P` holds `nowhere`, and no content has this code",
            "S04 `P` holds `nowhere` 2 times",
            "S01 CourseList `L` holds CourseList `L2`",
            "S01 CourseList `L` holds CourseList `L`",
            "S01 CourseList `L2` holds Container `C`",
            "S01 Course `U` holds Course `V`",
            "S02 the link from `L` to `L` closes a cycle",
            "S08 no list holds the course `V`",
        ]
    );
}

#[test]
fn choices() {
    let none = ChoiceRange { min: Some(3), max: Some(1) };
    let reversed = CourseList { choice: Some(ChoiceType::Choice(none)), origin: None };
    let catalogue = Catalogue::builder()
        .choice("fits", "", 0..=2, ["A", "B"])
        .choice("any", "", .., ["A"])
        .choice("least", "", 3.., ["A", "B"])
        .choice("most", "", ..=2, ["A", "A"])
        .choice("empty", "", 1..=1, [])
        .content(Content::new("reversed", "", Element::CourseList(reversed)).with_children(["A"]))
        .ue("A", "", 6, [])
        .ue("B", "", 6, [])
        .build();
    assert_eq!(
        found("OD-S0", &catalogue, None),
        [
            "S04 `most` holds `A` 2 times",
            "S07 the list `least` asks for at least 3 of 2 courses",
            "S07 the list `most` asks for at most 2 of 1 courses",
            "S06 the list `empty` is empty",
            "S07 the list `reversed` asks for 3 to 1 of 1 courses",
        ]
    );
}

#[test]
fn values_are_compared_with_the_tables_given() {
    let program = Program {
        degree: Some("XA".into()),
        domain: vec!["STS".into(), "old".into(), "".into(), "DOF004".into()],
        mention: Some("no table".into()),
        ..Program::default()
    };
    let part = Container { nature: Some("bloc".into()), ..Container::default() };
    let course = Course { nature: Some(CourseNature::Other("TD".into())), ..Course::default() };
    let catalogue = Catalogue::builder()
        .content(Content::new("P", "P", Element::Program(Box::new(program))))
        .content(Content::new("C", "C", Element::Container(part)))
        .year("Y", "Y", [])
        .content(Content::new("E", "E", Element::Course(course)))
        .ue("U", "U", 6, [])
        .build();
    let mut old = Entry::new("old", "");
    old.archived = true;
    let tables = Tables::new()
        .with(table::DEGREE, [])
        .with(table::DOMAIN, [Entry::new("STS", ""), old])
        .with(table::CONTAINER_NATURE, [Entry::new("annee", "")])
        .with(table::COURSE_NATURE, [Entry::new("TD", "")]);
    assert_eq!(
        found("OD-F0", &catalogue, Some(&tables))
            .iter()
            .filter(|said| !said.starts_with("F01"))
            .collect::<Vec<_>>(),
        [
            "F03 `degree` of Program `P` is `XA`, which is no entry of odf-enumeration.Degree",
            "F04 `domain` of Program `P` is `old`, an archived entry of odf-enumeration.Domain",
            "F03 `domain` of Program `P` is `DOF004`, which is no entry of odf-enumeration.Domain",
            "F03 `nature` of Container `C` is `bloc`, which is no entry of odf-enumeration.ContainerNature",
        ]
    );
}

#[test]
fn synchronization_codes_are_compared_with_the_first() {
    let with = |code: &str, sync_code: Option<&str>| {
        let mut content = Content::new(code, code, Element::Container(Container::default()));
        content.sync_code = sync_code.map(Into::into);
        content
    };
    let catalogue: Catalogue = [
        with("A", Some("X")),
        with("B", None),
        with("C", Some("")),
        with("D", Some("X")),
        with("E", Some("")),
        with("F", Some("X")),
        with("X", None),
    ]
    .into_iter()
    .collect();
    assert_eq!(
        found("OD-F05", &catalogue, None),
        [
            "F05 `D` has the synchronization code `X`, and so has `A`",
            "F05 `F` has the synchronization code `X`, and so has `A`",
        ]
    );
}

#[test]
fn reference_tables() {
    let entry = |code: &str, pegase_code: &str| {
        let mut entry = Entry::new(code, format!("label of {code}"));
        entry.pegase_code = Some(pegase_code.into());
        entry
    };
    let tables =
        Tables::new().with(table::LEVEL, [entry("A", "1"), entry("B", ""), entry("C", "")]).with(
            table::DOMAIN,
            [entry("A", "1"), entry("A", "1"), entry("A", "2"), entry("B", "1"), entry(" ", "3")],
        );
    let mut found = Collector::new();
    rules::check_tables(&tables, &mut found);
    let said: Vec<_> = found
        .findings()
        .iter()
        .map(|finding| format!("{} {finding}", &finding.rule.code[3..]))
        .collect();
    assert_eq!(
        said,
        [
            "T02 `B` and `A` of odf-enumeration.Domain have the same Pégase code `1`",
            "T03 the entry `label of  ` of odf-enumeration.Domain has no code",
            "T01 the code `A` is there 3 times in odf-enumeration.Domain",
        ]
    );
}
