//! Catalogues written down in code.

use std::ops::RangeBounds;

use crate::{
    Catalogue, ChoiceRange, ChoiceType, Container, ContainerNature, Content, Course, CourseList,
    CourseNature, Credits, Element, Program, SubProgram,
};

/// Makes a catalogue content by content: code, title, what the kind needs, codes of the children.
///
/// Children may come before or after their parents. Nothing is checked; that is what
/// [`rules::check`](crate::rules::check) is for. Of two contents with one code the last one stays.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct CatalogueBuilder {
    catalogue: Catalogue,
}

impl Catalogue {
    /// Begins a catalogue that is written down in code.
    pub fn builder() -> CatalogueBuilder {
        CatalogueBuilder::default()
    }
}

impl CatalogueBuilder {
    /// Adds any content.
    pub fn content(mut self, content: Content) -> Self {
        self.catalogue.insert(content);
        self
    }

    /// Adds a programme.
    pub fn program<'a>(
        self,
        code: &str,
        title: &str,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.add(code, title, Element::Program(Box::<Program>::default()), children)
    }

    /// Adds a path through a programme.
    pub fn sub_program<'a>(
        self,
        code: &str,
        title: &str,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.add(code, title, Element::SubProgram(Box::<SubProgram>::default()), children)
    }

    /// Adds a year.
    pub fn year<'a>(
        self,
        code: &str,
        title: &str,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.part(code, title, Some(ContainerNature::Year), children)
    }

    /// Adds a semester.
    pub fn semester<'a>(
        self,
        code: &str,
        title: &str,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.part(code, title, Some(ContainerNature::Semester), children)
    }

    /// Adds a container without nature.
    pub fn container<'a>(
        self,
        code: &str,
        title: &str,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.part(code, title, None, children)
    }

    /// Adds a list of courses that all have to be taken.
    pub fn mandatory<'a>(
        self,
        code: &str,
        title: &str,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.list(code, title, ChoiceType::Mandatory, children)
    }

    /// Adds a list of courses of which none has to be taken.
    pub fn optional<'a>(
        self,
        code: &str,
        title: &str,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.list(code, title, ChoiceType::Optional, children)
    }

    /// Adds a list of courses to choose from: `1..=2` of them, `1..` or `..=2`.
    pub fn choice<'a>(
        self,
        code: &str,
        title: &str,
        range: impl RangeBounds<u32>,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.list(code, title, ChoiceType::Choice(ChoiceRange::new(range)), children)
    }

    /// Adds a teaching unit.
    pub fn ue<'a>(
        self,
        code: &str,
        title: &str,
        credits: impl Into<Credits>,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.course(code, title, CourseNature::Ue, credits.into(), children)
    }

    /// Adds a constituent of a teaching unit.
    pub fn ec<'a>(
        self,
        code: &str,
        title: &str,
        credits: impl Into<Credits>,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.course(code, title, CourseNature::Ec, credits.into(), children)
    }

    /// Gives every content so far that has no synchronization code its own code as one, as an import from
    /// Pégase does. Lists that such an import makes itself have none.
    pub fn synchronized(mut self) -> Self {
        self.catalogue = (self.catalogue.iter().cloned())
            .map(|mut content| {
                if content.sync_code.is_none() && !content.is_automatic_list() {
                    content.sync_code = Some(content.code.clone());
                }
                content
            })
            .collect();
        self
    }

    /// The catalogue.
    pub fn build(self) -> Catalogue {
        self.catalogue
    }

    fn part<'a>(
        self,
        code: &str,
        title: &str,
        nature: Option<ContainerNature>,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let container = Container { nature, ..Container::default() };
        self.add(code, title, Element::Container(container), children)
    }

    fn list<'a>(
        self,
        code: &str,
        title: &str,
        choice: ChoiceType,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let list = CourseList { choice: Some(choice), origin: None };
        self.add(code, title, Element::CourseList(list), children)
    }

    fn course<'a>(
        self,
        code: &str,
        title: &str,
        nature: CourseNature,
        credits: Credits,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let course = Course { nature: Some(nature), credits: Some(credits), ..Course::default() };
        self.add(code, title, Element::Course(course), children)
    }

    fn add<'a>(
        self,
        code: &str,
        title: &str,
        element: Element,
        children: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.content(Content::new(code, title, element).with_children(children))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, ListOrigin};

    #[test]
    fn every_kind() {
        let catalogue = Catalogue::builder()
            .program("P", "Licence", ["SP"])
            .sub_program("SP", "Parcours", ["Y", "C"])
            .year("Y", "Année", ["S"])
            .semester("S", "Semestre", ["L", "M", "O"])
            .container("C", "Bloc", [])
            .choice("L", "Langue", 1..=2, ["U"])
            .mandatory("M", "Socle", ["U"])
            .optional("O", "Ouverture", [])
            .ue("U", "Anglais", 3, ["N"])
            .ec("E", "Oral", 1, [])
            .content(Content::new("N", "N", Element::CourseList(CourseList::default())))
            .build();
        assert_eq!(catalogue.len(), 11);
        assert_eq!(catalogue.get("C").map(Content::kind), Some(Kind::Container));
        let Some(Element::CourseList(list)) = catalogue.get("L").map(|list| &list.element) else {
            panic!("a list");
        };
        let range = ChoiceRange { min: Some(1), max: Some(2) };
        assert_eq!(list.choice, Some(ChoiceType::Choice(range)));
        assert_eq!(catalogue.get("P").map(|p| p.children.len()), Some(1));
    }

    #[test]
    fn automatic_lists_are_not_synchronized() {
        let list = CourseList { choice: None, origin: Some(ListOrigin::Auto) };
        let catalogue = Catalogue::builder()
            .content(Content::new("auto", "", Element::CourseList(list)))
            .ue("U", "", 3, [])
            .synchronized()
            .ec("E", "", 3, [])
            .build();
        let codes = ["auto", "U", "E"].map(|code| catalogue.get(code).unwrap().sync_code.clone());
        assert_eq!(codes, [None, Some("U".into()), None]);
    }
}
