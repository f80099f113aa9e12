//! The plans of the corpus: cases with the result that Moodle's own importer gave. Run with `CORPUS` set.

use std::collections::BTreeSet;
use std::{env, fs, path::Path};

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use ims_enterprise::moodle::{Planner, Settings, Site, SiteRows};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Case {
    name: String,
    settings: Settings,
    site: SiteRows,
    xml: String,
    expect: SiteRows,
}

/// The rows of a site as sets: the order means nothing.
fn sets(rows: &SiteRows) -> Vec<BTreeSet<String>> {
    let mut rows = rows.clone();
    rows.enrolments.iter_mut().for_each(|row| row.roles.sort());
    rows.groups.iter_mut().for_each(|row| row.members.sort());
    let lists = serde_json::to_value(&rows).expect("rows are JSON");
    let set = |list: &Value| list.as_array().into_iter().flatten().map(Value::to_string).collect();
    lists.as_object().expect("an object").values().map(set).collect()
}

#[test]
#[ignore = "needs CORPUS"]
fn the_site_after_is_the_one_that_moodle_left() {
    let corpus = env::var("CORPUS").expect("CORPUS is set");
    let cases = Path::new(&corpus).join("ims-enterprise/moodle-plans/cases.json");
    let cases = fs::read_to_string(cases).expect("the cases can be read");
    let cases: Vec<Case> = serde_json::from_str(&cases).expect("the cases are well-formed");
    assert!(cases.len() >= 14);
    for case in cases {
        let mut site = Site::from(case.site);
        assert!(site.problems().is_empty(), "{}: {:?}", case.name, site.problems());
        let (text, mut findings) = (Decoded::from(&*case.xml), Collector::new());
        let planner = Planner::new(case.settings);
        planner.plan(&text, &mut site, &mut findings, |_| ()).expect("the file can be read");
        for (found, expected) in sets(&site.rows()).iter().zip(&sets(&case.expect)) {
            let wrong: Vec<_> = found.symmetric_difference(expected).collect();
            assert!(wrong.is_empty(), "{}: {wrong:#?}", case.name);
        }
    }
}
