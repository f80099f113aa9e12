//! Bytes that are changed anywhere.

use pegase::edu_syntax::Decoded;
use pegase::{Importer, MaquetteReader};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::change::faulty;
use crate::tables::tables;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_becomes_of_the_bytes_nothing_panics(
        value in faulty(),
        changes in vec((any::<Index>(), select(b"{}[]\",:\\0e-.tn\x00\xff ".to_vec()), 0..3_u8), 1..4),
    ) {
        let mut bytes = value.to_string().into_bytes();
        for (index, byte, how) in changes {
            let at = index.index(bytes.len().max(1));
            match how {
                0 if !bytes.is_empty() => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at),
            }
        }
        let decoded = Decoded::new(&bytes);
        match MaquetteReader::new().read(&decoded) {
            Ok(maquette) => {
                pegase::rules::check(&maquette, &mut |_| ());
                let import = Importer::new(tables()).import(&maquette);
                for alert in &import.alerts {
                    let place = alert.place.as_ref().expect("a place");
                    prop_assert!(place.span.start <= place.span.end);
                    prop_assert!(place.span.end <= bytes.len() as u64);
                }
            }
            Err(error) => {
                let span = error.finding().span.expect("a place");
                prop_assert!(span.end <= bytes.len() as u64, "{:?}", error);
            }
        }
    }
}
