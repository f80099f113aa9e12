//! Files that are cut off.

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use ims_enterprise::Record;

use crate::input::{START, person, reader};

/// A file with a declaration, comments, references and a section, and no finding.
fn complete() -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<!-- night -->\n{START}\n{}\n<group>\n  <sourcedid><source>SIS</source>\
         <id>C1</id></sourcedid>\n  <description><short><![CDATA[R&D]]></short></description>\n</group>\n\
         <membership><sourcedid><source>SIS</source><id>C1</id></sourcedid>\n{1}{1}</membership>\n\
         </enterprise>\n",
        person("<userid useridtype='a>b' password=\"x&lt;&#233;\">eva</userid>"),
        "<member><sourcedid><source>SIS</source><id>1</id></sourcedid><idtype>1</idtype>\
         <role roletype=\"01\"><status>1</status><!-- x --></role></member>\n",
    )
}

/// Records with the offset where all of them has been seen, and the codes of the findings.
fn records(text: &str) -> (Vec<(usize, String)>, Vec<&'static str>) {
    let decoded = Decoded::from(text);
    let mut found = Collector::new();
    let mut records = Vec::new();
    for record in reader().for_text(&decoded, &mut found) {
        let record = record.unwrap();
        let end = match (&record, record.element()) {
            // It is over where its first member begins.
            (Record::Membership(_), Some(element)) => element.span().end + "<member>".len() as u64,
            (_, Some(element)) => element.span().end,
            (_, None) => (text.find("</membership>").unwrap() + "</membership>".len()) as u64,
        };
        records.push((usize::try_from(end).unwrap(), format!("{record:?}")));
    }
    (records, found.into_sorted().iter().map(|finding| finding.rule.code).collect())
}

#[test]
fn a_file_cut_after_every_byte_gives_the_records_before_the_cut() {
    let whole = complete();
    let (expected, codes) = records(&whole);
    assert_eq!((expected.len(), codes.len()), (7, 0));
    let root = whole.find("<enterprise").unwrap() + "<".len();
    for cut in 0..whole.trim_end().len() {
        let (found, codes) = records(&whole[..cut]);
        let complete: Vec<_> = expected.iter().filter(|(end, _)| *end <= cut).cloned().collect();
        assert_eq!(found, complete, "{}", &whole[..cut]);
        if cut >= root {
            let truncated = codes.iter().filter(|code| **code == "IE-F06").count();
            assert_eq!(truncated, 1, "{codes:?} {}", &whole[..cut]);
        }
    }
}

#[test]
fn a_cut_is_one_finding_wherever_it_falls() {
    let whole = complete();
    let root = whole.find("<enterprise").unwrap();
    // Behind a whole declaration or comment before the root nothing else is known to be missing.
    let expected = |cut: usize| {
        let before = whole[..cut].trim_end();
        let is_between = cut <= root && (before.is_empty() || before.ends_with('>'));
        if is_between { "IE-F09" } else { "IE-F06" }
    };
    let wrong: Vec<_> = (0..whole.trim_end().len())
        .map(|cut| (cut, records(&whole[..cut]).1))
        .filter(|(cut, codes)| *codes != [expected(*cut)])
        .map(|(cut, codes)| (&whole[cut.saturating_sub(8)..cut], codes))
        .collect();
    assert!(wrong.is_empty(), "{} cuts: {:?}", wrong.len(), &wrong[..wrong.len().min(20)]);
}
