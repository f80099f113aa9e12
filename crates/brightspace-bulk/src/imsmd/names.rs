//! Names: of namespaces, of roles, and of what IEEE LOM calls otherwise.

/// The namespace of IMSMD 1.2.1.
pub const NAMESPACE: &str = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1";

/// Two others that name the same vocabulary.
pub(super) const TWINS: [&str; 2] =
    ["http://www.imsglobal.org/xsd/imsmd_v1p2", "http://www.imsproject.org/xsd/imsmd_rootv1p2"];

/// The namespace of `xsi:schemaLocation`, which says nothing about the object.
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The name of the vocabulary that [`ROLES`] belong to.
pub(super) const LOM_V1: &str = "LOMv1.0";

/// The roles of a contributor in LOMv1.0.
pub const ROLES: [&str; 14] = [
    "Author",
    "Publisher",
    "Unknown",
    "Initiator",
    "Terminator",
    "Validator",
    "Editor",
    "Graphical Designer",
    "Technical Implementer",
    "Content Provider",
    "Technical Validator",
    "Educational Validator",
    "Script Writer",
    "Instructional Designer",
];

/// Whether a role is one of LOMv1.0, in any letter case.
pub fn is_lom_role(role: &str) -> bool {
    ROLES.iter().any(|known| known.eq_ignore_ascii_case(role))
}

/// Names of IEEE LOM that differ from those of IMSMD in letter case only.
const CAMEL: [&str; 17] = [
    "lifeCycle",
    "metaMetadata",
    "aggregationLevel",
    "catalogEntry",
    "dateTime",
    "installationRemarks",
    "otherPlatformRequirements",
    "minimumVersion",
    "maximumVersion",
    "interactivityType",
    "learningResourceType",
    "interactivityLevel",
    "semanticDensity",
    "intendedEndUserRole",
    "typicalAgeRange",
    "typicalLearningTime",
    "copyrightAndOtherRestrictions",
];

/// Whether IEEE LOM has an element of this name, which IMSMD has under another.
pub(super) fn is_ieee(name: &str) -> bool {
    CAMEL.contains(&name) || name == "taxonPath" || SYNONYMS.iter().any(|(ieee, _)| *ieee == name)
}

/// Names of IEEE LOM that differ in more than letter case, with those of IMSMD.
const SYNONYMS: [(&str, &str); 5] = [
    ("entity", "centity"),
    ("entity", "person"),
    ("string", "langstring"),
    ("duration", "datetime"),
    ("metadataSchema", "metadatascheme"),
];

/// What IMSMD calls an element that IEEE LOM has under this name, where it is one of `children`.
pub(super) fn by_meaning(name: &str, children: &[&'static str]) -> Option<&'static str> {
    let find = |name: &str| children.iter().copied().find(|child| child.eq_ignore_ascii_case(name));
    find(name).or_else(|| {
        SYNONYMS.iter().filter(|(ieee, _)| *ieee == name).find_map(|(_, imsmd)| find(imsmd))
    })
}
