//! The same file through quick-xml's serde: what most programs would do. It knows the items that an import
//! needs, no places, and no more than one order of the records.

use std::error::Error;
use std::hint::black_box;

use serde::Deserialize;

use crate::counts::Counts;
use crate::measure::Tally;

#[derive(Deserialize)]
struct Enterprise {
    #[serde(default)]
    person: Vec<Person>,
    #[serde(default)]
    group: Vec<Group>,
    #[serde(default)]
    membership: Vec<Membership>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct SourcedId {
    source: Option<String>,
    id: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct Person {
    #[serde(rename = "@recstatus")]
    recstatus: Option<String>,
    sourcedid: Vec<SourcedId>,
    #[serde(default)]
    userid: Vec<UserId>,
    name: Option<Name>,
    email: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct UserId {
    #[serde(rename = "@useridtype")]
    useridtype: Option<String>,
    #[serde(rename = "$text")]
    text: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct Name {
    #[serde(rename = "fn")]
    full: Option<String>,
    n: Option<NameParts>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct NameParts {
    family: Option<String>,
    given: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct Group {
    sourcedid: Vec<SourcedId>,
    description: Option<Description>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct Description {
    short: Option<String>,
    long: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct Membership {
    sourcedid: SourcedId,
    #[serde(default)]
    member: Vec<Member>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct Member {
    sourcedid: SourcedId,
    idtype: Option<String>,
    #[serde(default)]
    role: Vec<Role>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct Role {
    #[serde(rename = "@roletype")]
    roletype: Option<String>,
    #[serde(rename = "@recstatus")]
    recstatus: Option<String>,
    status: Option<String>,
}

pub(crate) fn deserialized(text: &str) -> Result<Tally<Counts>, Box<dyn Error>> {
    let enterprise: Enterprise = quick_xml_0_41::de::from_str(text)?;
    let counts = Counts {
        person: enterprise.person.len() as u64,
        group: enterprise.group.len() as u64,
        membership: enterprise.membership.len() as u64,
        member: enterprise.membership.iter().map(|membership| membership.member.len() as u64).sum(),
    };
    black_box(enterprise);
    Ok(Tally::Records(counts))
}
