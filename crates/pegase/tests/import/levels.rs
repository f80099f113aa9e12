//! Levels up to the limit.

use pegase::Limits;

use crate::support::{alerts, grp, import_within, lic, sem};

#[test]
fn levels_up_to_the_limit() {
    let chain = |levels: usize| {
        let mut node = sem(&format!("S{levels}"), ());
        for level in (2..levels).rev() {
            node = sem(&format!("S{level}"), [node]);
        }
        lic([node]).text()
    };
    let mut limits = Limits::default();
    assert_eq!(limits.depth, 200);
    limits.depth = 3;
    let import = import_within(limits, chain(3).as_bytes(), |importer| importer);
    assert_eq!((import.catalogue.len(), alerts(&import)), (3, vec![]));
    // The member after the object that was left out is read, too.
    let text = chain(4).replace(r#""obligatoire":true,"#, "");
    let text = text.replace("}}]", r#"},"obligatoire":true}]"#);
    for text in [chain(4), text] {
        let import = import_within(limits, text.as_bytes(), |importer| importer);
        assert_eq!((import.catalogue.len(), alerts(&import)), (3, vec!["too-deep S3".to_owned()]));
    }
}

/// A grouping whose children were left out is not empty.
#[test]
fn groupings_at_the_limit() {
    let mut limits = Limits::default();
    limits.depth = 2;
    let text = lic([grp("G", [sem("S", ())])]).text();
    let import = import_within(limits, text.as_bytes(), |importer| importer);
    assert_eq!(alerts(&import), ["too-deep G"]);
}
