//! Moodle's plug-in `enrol_imsenterprise`, as of Moodle 4.1 and later.

use edu_syntax::xml::Text;

use super::{Profile, id_alone};
use crate::model::Role;

/// What Moodle reads. It looks at ids alone, never at their source, and maps roles by its settings; the
/// meanings here are those of a new installation, where `admin` is a role that Moodle does not have.
pub const PROFILE: Profile = Profile {
    name: "moodle",
    title: "Moodle (enrol_imsenterprise)",
    key: id_alone,
    roles: &[
        ("01", "student"),
        ("02", "editingteacher"),
        ("03", "editingteacher"),
        ("04", "student"),
        ("05", "admin"),
        ("06", "teacher"),
        ("07", "admin"),
        ("08", "teacher"),
    ],
    reads: Some(&[
        "properties/target",
        "person@recstatus",
        "person/sourcedid/id",
        "person/userid",
        "person/userid@authenticationtype",
        "person/name/n/family",
        "person/name/n/given",
        "person/email",
        "person/adr/locality",
        "person/adr/country",
        "group@recstatus",
        "group/sourcedid/id",
        "group/description/short",
        "group/description/long",
        "group/description/full",
        "group/org/orgunit",
        "membership/sourcedid/id",
        "member/sourcedid/id",
        "member/role@recstatus",
        "member/role@roletype",
        // With a setting for the export of Capita.
        "member/role/roletype",
        "member/role/status",
        "member/role/timeframe/begin",
        "member/role/timeframe/begin@restrict",
        "member/role/timeframe/end",
        "member/role/timeframe/end@restrict",
        "member/role/extension/cohort",
    ]),
    requires: &["person/userid"],
};

/// The group inside the course that a member is put into (`extension/cohort`).
pub fn cohort<'t>(role: &Role<'t>) -> Option<Text<'t>> {
    role.extensions
        .iter()
        .find_map(|extension| extension.get("cohort"))
        .and_then(|cohort| cohort.text())
}
