//! Other names of headers.

use crate::object::Object;

/// How a header of a file stands to the one of the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Spelling {
    /// It is the same, in any letter case.
    Canonical,
    /// It is another name of the same column.
    Alias,
    /// It is an older name of a column that has no effect any more.
    Deprecated,
    /// The caller said what it stands for.
    Mapped,
}

/// Other names: the header that is found, the one that it stands for.
const ALIASES: &[(&str, &str)] = &[
    ("master_course_key", "parent_course_key"),
    ("external_term_key", "term_key"),
    ("password", "passwd"),
    ("username", "user_id"),
    ("nickname", "othername"),
    ("data_src_key", "data_source_key"),
    ("allow_guests", "allow_guest_ind"),
    ("first_name", "firstname"),
    ("last_name", "lastname"),
    ("e_mail", "email"),
    // Organizations have one header in associations with subjects and another one everywhere else.
    ("external_organization_key", "external_org_key"),
    ("external_org_key", "external_organization_key"),
];

/// Older names of columns without effect.
const DEPRECATED: &[(&str, &str)] = &[
    ("hascartridgeaccess", "cartridge_ind"),
    ("image_url", "photo_link"),
    ("notes", "note"),
    ("link_description_1", "link_desc_1"),
    ("link_description_2", "link_desc_2"),
    ("link_description_3", "link_desc_3"),
    ("desc_page_ind", "desc_page"),
];

/// The column of a kind of object that a header stands for, by its place, and how.
pub(crate) fn resolve(object: Object, header: &str) -> Option<(usize, Spelling)> {
    if let Some((place, _)) = object.field(header) {
        return Some((place, Spelling::Canonical));
    }
    let look_up = |names: &[(&str, &'static str)]| {
        let (_, name) = names.iter().find(|(other, _)| header.eq_ignore_ascii_case(other))?;
        object.field(name).map(|(place, _)| place)
    };
    look_up(ALIASES)
        .map(|place| (place, Spelling::Alias))
        .or_else(|| Some((look_up(DEPRECATED)?, Spelling::Deprecated)))
}

/// The same kind for organizations where one is for courses, or the other way round.
fn twin(object: Object) -> Option<Object> {
    Some(match object {
        Object::Course => Object::Organization,
        Object::Organization => Object::Course,
        Object::Membership => Object::OrganizationMembership,
        Object::OrganizationMembership => Object::Membership,
        Object::CourseCategory => Object::OrganizationCategory,
        Object::OrganizationCategory => Object::CourseCategory,
        Object::CourseCategoryMembership => Object::OrganizationCategoryMembership,
        Object::OrganizationCategoryMembership => Object::CourseCategoryMembership,
        Object::NodeCourse => Object::NodeOrganization,
        Object::NodeOrganization => Object::NodeCourse,
        Object::SubjectCourse => Object::SubjectOrganization,
        Object::SubjectOrganization => Object::SubjectCourse,
        _ => return None,
    })
}

/// Whether two kinds are the same, one for courses and one for organizations.
pub(crate) fn is_twin(object: Object, other: Object) -> bool {
    twin(object) == Some(other)
}

/// What a header of a course stands for in a feed of organizations, or the other way round.
pub(crate) fn counterpart(object: Object, header: &str) -> Option<usize> {
    twin(object)?.field(header).map(|(place, _)| place)
}

/// Whether any kind of object has such a column.
pub(crate) fn is_known(header: &str) -> bool {
    Object::ALL.iter().any(|&object| resolve(object, header).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_resolved() {
        let name = |object: Object, header| {
            resolve(object, header).map(|(place, spelling)| (object.fields()[place].name, spelling))
        };
        assert_eq!(name(Object::Person, "User_ID"), Some(("user_id", Spelling::Canonical)));
        assert_eq!(name(Object::Person, "NICKNAME"), Some(("othername", Spelling::Alias)));
        assert_eq!(name(Object::Course, "EXTERNAL_TERM_KEY"), Some(("term_key", Spelling::Alias)));
        assert_eq!(
            name(Object::Term, "external_term_key"),
            Some(("external_term_key", Spelling::Canonical))
        );
        assert_eq!(
            name(Object::Membership, "Image_URL"),
            Some(("photo_link", Spelling::Deprecated))
        );
        assert_eq!(name(Object::Course, "user_id"), None);
        assert_eq!(
            name(Object::SubjectOrganization, "external_organization_key"),
            Some(("external_org_key", Spelling::Alias))
        );
        for (_, canonical) in ALIASES.iter().chain(DEPRECATED) {
            assert!(is_known(canonical), "{canonical}");
        }
    }
}
