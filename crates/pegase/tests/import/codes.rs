//! Codes, and objects that have none or the same.

use pegase::AlertKind;
use serde_json::json;

use crate::check::check;
use crate::support::{alerts, grp, import, lic, of, path, shown, ue};

#[test]
fn d22_codes_are_kept() {
    for code in ["a", "A_B", "É", "A B", &"X".repeat(31)] {
        let import = import(&lic([path(code, ())]));
        assert_eq!(alerts(&import), [format!("sync-code-invalid {code}")]);
        assert_eq!(import.catalogue.get(code).unwrap().sync_code, Some(code.into()));
    }
    assert_eq!(alerts(&import(&lic([path(&"X".repeat(30), ())]))), [""; 0]);
}

#[test]
fn objects_without_a_code() {
    for code in [json!(null), json!("")] {
        let node = lic([path("P", ()).with_member("code", code)]);
        let import = import(&node);
        assert_eq!(alerts(&import), ["code-missing id-P"]);
        assert_eq!(import.catalogue.get("id-P").unwrap().sync_code, None);
    }
    // Several of them are several objects.
    let bare = || {
        let mut node = path("P", ());
        node.0.remove("code");
        node.0.remove("id");
        node
    };
    let import = import(&lic([bare(), bare()]));
    let contents = [
        "LIC Program Diplome [object-2 object-3]",
        "object-2 SubProgram PARCOURS-TYPE",
        "object-3 SubProgram PARCOURS-TYPE",
    ];
    assert_eq!(shown(&import), contents);
    assert_eq!(alerts(&import), ["code-missing object-2", "code-missing object-3"]);
}

#[test]
fn d24_the_same_code_and_other_data() {
    let first = || ue("U", ()).with("ects", 6);
    for (other, members) in [
        (ue("U", ()).with("ects", 3), "ects"),
        (of("EC", "U", ()).with("ects", 6), "type"),
        (first().with("libelle", "Other"), "libelle"),
        (first().with_member("descripteursSyllabus", json!({"description": "D"})), "description"),
        (ue("U", [grp("H", [ue("X", ())])]).with("ects", 6), "enfants"),
    ] {
        let import = import(&lic([grp("G", [first()]), grp("H2", [other])]));
        assert_eq!(alerts(&import), ["shared-node-differs U"], "{members}");
        let found = &import.alerts[0];
        assert_eq!(found.kind, AlertKind::SharedNodeDiffers { members: vec![members] });
        let place = found.place.as_ref().unwrap();
        assert!(place.json_path.starts_with("$.enfants[1]"), "{}", place.json_path);
        let contents =
            ["LIC Program Diplome [G H2]", "G MANDATORY [U]", "U UE", "H2 MANDATORY [U]"];
        assert_eq!(shown(&import), contents, "{members}");
    }
}

#[test]
fn the_same_child_twice() {
    let node = lic([grp("G", [ue("A", ()), ue("A", ())])]);
    check(&node, &["LIC Program Diplome [G]", "G MANDATORY [A]", "A UE"], &["child-repeated A"]);
    let node = lic([ue("A", ()), ue("A", ())]);
    let contents = ["LIC Program Diplome [LIC-list]", "LIC-list MANDATORY [A]", "A UE"];
    check(&node, &contents, &["op-without-grouping LIC", "child-repeated A"]);
}
