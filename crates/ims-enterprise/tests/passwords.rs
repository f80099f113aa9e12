//! Passwords never print.

use edu_diagnostics::{Collector, Diagnostic};
use edu_syntax::Decoded;
use ims_enterprise::ImsReader;

const SECRET: &str = "hemmelig77";

/// The findings of a text with all rules that show the secret.
fn showing(text: &str) -> Vec<String> {
    let mut shown = Vec::new();
    let mut sink = |finding: Diagnostic| {
        let (code, said) = (finding.rule.code, format!("{finding} {:?}", finding.args));
        shown.extend(said.contains(SECRET).then(|| format!("{code}: {said}")));
    };
    let decoded = Decoded::from(text);
    assert!(ImsReader::new().for_text(&decoded, &mut sink).all(|record| record.is_ok()));
    shown
}

#[test]
fn nothing_prints_a_password() {
    let forms = [
        format!("<userid password=\"{SECRET}\">eva</userid>"),
        format!("<userid PASSWORD=\"{SECRET}\">eva</userid>"),
        format!("<userid password=\"x\" password=\"{SECRET}\">eva</userid>"),
        format!("<userid ims:password=\"{SECRET}\">eva</userid>"),
        format!("<userid password={SECRET}>eva</userid>"),
        format!("<userid password=\"{SECRET}>eva</userid>"),
        format!("<userid password=\"{SECRET}&nbsp;&amp;\">eva</userid>"),
        format!("<userid password=\"{}\">eva</userid>", SECRET.repeat(200)),
        format!("<email password=\"{SECRET}\">eva@x.example</email>"),
        format!("<user><userid password=\"{SECRET}\">eva</userid></user>"),
        format!("<extension><x_bb_password>{SECRET}</x_bb_password></extension>"),
        format!("<X_BB_PASSWORD>{SECRET}</X_BB_PASSWORD>"),
        format!("<password>{SECRET}</password>"),
        format!("<password=\"{SECRET}\">eva</userid>"),
        format!("<extension><w:webcredentials>{{md5}}{SECRET}</w:webcredentials></extension>"),
    ];
    let mut shown_by = Vec::new();
    for form in &forms {
        let text = format!(
            "<enterprise><person><sourcedid><source>SIS</source><id>1</id></sourcedid>{form}\
             <name><fn>Eva Maier</fn></name></person></enterprise>"
        );
        let decoded = Decoded::from(text.as_str());
        let mut found = Collector::new();
        let document = ImsReader::new().document(&decoded, &mut found).unwrap();
        if format!("{document:?}").contains(SECRET) {
            shown_by.push(("a record", form));
        }
        if !showing(&text).is_empty() {
            shown_by.push(("a finding", form));
        }
    }
    assert_eq!(shown_by, []);
}

/// A key that was never closed holds what stands behind it; rules over the whole file quote keys.
#[test]
fn no_finding_quotes_a_password_in_a_key() {
    let keys = [
        format!("<sourcedid><id>1<userid password=\"{SECRET}\">eva</userid></id></sourcedid>"),
        format!("<sourcedid><id>1<userid password=\"{SECRET}>eva</userid></id></sourcedid>"),
        format!("<sourcedid><id>1<x_bb_password>{SECRET}</x_bb_password></id></sourcedid>"),
        format!("<sourcedid><id>@</id></sourcedid><userid>eva<x password=\"{SECRET}\"/></userid>"),
    ];
    let mut shown = Vec::new();
    for key in &keys {
        let of = |record: &str, number: &str| {
            format!("<{record}>{}</{record}>", key.replace('@', number))
        };
        let (one, two) = (of("person", "1"), of("person", "2"));
        let membership = format!("<membership>{key}{}</membership>", of("member", "3"));
        shown.extend(showing(&format!("<enterprise>{one}{two}{membership}</enterprise>")));
        let again = format!("<person recstatus=\"3\">{key}</person>");
        let text = format!("<enterprise>{one}{again}{}</enterprise>", of("member", "1"));
        shown.extend(showing(&text));
    }
    assert!(shown.is_empty(), "{shown:#?}");
}

#[test]
fn elements_and_attributes_print_no_values() {
    let text = format!("<enterprise><x a=\"{SECRET}\">{SECRET}</x></enterprise>");
    let decoded = Decoded::from(text.as_str());
    let mut found = Collector::new();
    let document = ImsReader::new().document(&decoded, &mut found).unwrap();
    let element = document.other[0].element().unwrap();
    let attribute = element.attribute("a").unwrap();
    assert_eq!(
        (format!("{element:?}"), format!("{attribute:?}")),
        ("<x>@12".into(), "a@15".into())
    );
}
