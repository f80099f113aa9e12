//! What is written is what is read, and the other way round.

use proptest::prelude::*;

use crate::any_lom::lom;
use crate::read::{again, read};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_what_is_read(lom in lom()) {
        prop_assert_eq!(again(&lom).0, lom);
    }

    #[test]
    fn what_is_read_is_what_is_written(pieces in proptest::collection::vec(prop_oneof![
        Just("<general>"), Just("</general>"), Just("<title>"), Just("</title>"), Just("<langstring xml:lang='en'>"),
        Just("</langstring>"), Just("text "), Just("<lifeCycle>"), Just("</lifeCycle>"), Just("<contribute>"),
        Just("</contribute>"), Just("<role>"), Just("</role>"), Just("<x:a b='1' x:c='2'>"), Just("</x:a>"),
        Just("<u>"), Just("</u>"), Just("<centity>"), Just("</centity>"), Just("<vcard/>"), Just("&amp;"), Just("& "),
        Just("<x:d xmlns:x='v'/>"), Just("<title xmlns='http://www.imsglobal.org/xsd/imsmd_v1p2'/>"), Just("<y:z y:b=''/>"),
        Just("<date>2026<"), Just("</date>"), Just("<value xmlns=''/>"), Just("<langstring language='a' xml:lang='b'>"),
    ], 0..24), root in prop_oneof![Just("<lom xmlns:x='u'>"), Just("<x:lom xmlns:x='http://www.imsglobal.org/xsd/imsmd_v1p2'>"), Just("<lom xmlns='http://www.imsglobal.org/xsd/imsmd_rootv1p2p1' xmlns:x='w'>")]) {
        let text = format!("{root}{}", pieces.concat());
        if let Some(lom) = read(text.as_bytes()).0 {
            prop_assert_eq!(again(&lom).0, lom);
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'<'), Just(b'>'), Just(b'/')], 0..60)) {
        let (_, found) = read(&bytes);
        prop_assert!(found.iter().all(|finding| finding.position.is_some()));
        let _ = read(&[b"<lom xmlns='http://www.imsglobal.org/xsd/imsmd_v1p2'><general>", &bytes[..]].concat());
    }
}
