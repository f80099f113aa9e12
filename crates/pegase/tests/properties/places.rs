//! Alerts say where: the place in the text, and the path of codes.

use pegase::edu_diagnostics::Position;
use pegase::odf_model;
use proptest::prelude::*;
use serde_json::Value;

use crate::change::{disturbed, faulty};
use crate::import::import;
use crate::maquette::{code, maquette};
use crate::write::nested;

/// The value at a path such as `$.a[0]["b c"]`.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let mut value = value;
    let mut rest = path.strip_prefix('$')?;
    while !rest.is_empty() {
        if let Some(member) = rest.strip_prefix('.') {
            let end = member.find(['.', '[']).unwrap_or(member.len());
            value = value.get(&member[..end])?;
            rest = &member[end..];
        } else {
            let (inside, after) = rest.strip_prefix('[')?.split_once(']')?;
            value = match inside.strip_prefix('"') {
                Some(name) => value.get(name.strip_suffix('"')?)?,
                None => value.get(inside.parse::<usize>().ok()?)?,
            };
            rest = after;
        }
    }
    Some(value)
}

/// Line and column of an offset, counted by hand.
fn position(text: &str, offset: usize) -> (u64, u64) {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line as u64, column as u64)
}

fn places(text: &str) -> Result<(), TestCaseError> {
    let value: Value = serde_json::from_str(text).expect("JSON");
    for alert in import(text)?.alerts {
        let place = alert.place.as_ref().expect("a place");
        let start = usize::try_from(place.span.start).expect("it fits");
        let end = usize::try_from(place.span.end).expect("it fits");
        let slice: Value = serde_json::from_str(&text[start..end])
            .map_err(|error| TestCaseError::fail(format!("{error}: {alert:?}")))?;
        prop_assert_eq!(Some(&slice), at(&value, &place.json_path), "{:?}", &alert);
        let Position { line, column, .. } = place.position;
        let found = (line, column);
        prop_assert_eq!(found, position(text, start), "{:?}", &alert);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn places_are_those_of_values(value in faulty(), seed in 0..1000_usize) {
        places(&value.to_string())?;
        places(&serde_json::to_string_pretty(&value).expect("JSON"))?;
        places(&disturbed(&value, &["é"], &mut { seed }))?;
    }

    #[test]
    fn paths_of_codes_lead_to_the_object(it in maquette()) {
        let it = it.without_repetitions();
        prop_assume!(it.written() < 500);
        for alert in import(&nested(&it, 0).to_string())?.alerts {
            prop_assert_eq!(alert.path.first().map(odf_model::Code::as_str), Some("LIC-INFO"));
            prop_assert_eq!(alert.path.last(), Some(&alert.object));
            for pair in alert.path.windows(2) {
                let number = |wanted: &str| (0..it.objects.len()).find(|it| code(*it) == wanted);
                let parent = number(pair[0].as_str()).expect("an object");
                let child = number(pair[1].as_str()).expect("an object");
                prop_assert!(it.objects[parent].children.iter().any(|(it, _)| *it == child));
            }
        }
    }
}
