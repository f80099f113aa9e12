//! `RULES.md` at the root is made from the tables of all crates.

use std::path::Path;
use std::{env, fs};

use edu_diagnostics::catalogue;

/// `UPDATE=1` writes it anew.
#[test]
fn the_rules_page_is_up_to_date() {
    let page = catalogue(&[
        ("IMS Enterprise", ims_enterprise::rules::ALL),
        ("Brightspace bulk upload", brightspace_bulk::rules::ALL),
        ("Offering rule matrices", offering_rules::rules::ALL),
        ("Ametys ODF catalogues", odf_model::rules::ALL),
        ("Pégase maquettes", pegase::rules::ALL),
        ("Pégase conversion files", pegase::rules::conversion::ALL),
        ("Blackboard snapshot feeds", blackboard_sis::rules::ALL),
    ]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../RULES.md");
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &page).expect("the page can be written");
    }
    let written = fs::read_to_string(&path).expect("the page can be read");
    assert!(
        written == page,
        "RULES.md differs from the rule tables; run this test with UPDATE=1 to write it"
    );
}
