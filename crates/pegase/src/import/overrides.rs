//! Values that hold for one path only (decision D10).

use crate::alert::AlertKind;
use crate::maquette::{At, Object, Override, OverrideValue};

/// The overrides that say something else than the object itself.
pub(super) fn ignored(object: &Object<'_>) -> Vec<(AlertKind, At)> {
    let differs = |found: &&Override<'_>| match &found.value {
        OverrideValue::Ects(ects) => Some(*ects) != object.ects,
        OverrideValue::Nature(nature) => object.nature.as_ref() != Some(nature),
        OverrideValue::Range(range) => Some(*range) != object.range,
    };
    let alert = |found: &Override<'_>| {
        let member = match found.value {
            OverrideValue::Ects(_) => "ects",
            OverrideValue::Nature(_) => "nature",
            OverrideValue::Range(_) => "plageDeChoix",
        };
        (AlertKind::ContextualOverrideIgnored { member, value: found.value.to_string() }, found.at)
    };
    object.overrides.iter().filter(differs).map(alert).collect()
}
