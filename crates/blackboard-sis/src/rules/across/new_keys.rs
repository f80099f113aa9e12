//! Keys that take the place of others.

use std::collections::HashMap;

use edu_diagnostics::keys::number;
use edu_diagnostics::{Diagnostic, Place};

use super::registry::{Registry, Spot, key_of, located};
use super::unique::shared_with;
use super::{Files, Here, rules};
use crate::field::FieldKind;
use crate::history::History;
use crate::object::Object;

/// The replacement keys of the feed at hand.
#[derive(Debug, Default)]
pub(super) struct NewKeys(Vec<NewKey>);

#[derive(Debug)]
struct NewKey {
    /// The key that is replaced.
    own: u64,
    text: String,
    place: Place,
    file: u32,
}

impl NewKeys {
    pub(super) fn row(&mut self, here: Here<'_, '_>) {
        let mut fields = here.row.object().fields().iter();
        let Some(field) = fields.position(|field| field.kind == FieldKind::NewKey) else { return };
        let (Some(cell), Some(text)) = (here.row.at(field), here.row.filled(field)) else { return };
        if let Some((own, ..)) = key_of(here.row) {
            let place = (here.place)(cell.span());
            self.0.push(NewKey { own, text: text.into_owned(), place, file: here.file });
        }
    }

    /// Looks for the new keys among all keys, one that comes later in the feed is taken all the same; those that are
    /// free count from here on, and those that they replace no more.
    pub(super) fn finish(
        &mut self,
        object: Object,
        registry: &mut Registry,
        history: Option<&History>,
        files: &Files,
        out: &mut Vec<Diagnostic>,
    ) {
        let mut given: HashMap<u64, Spot> = HashMap::new();
        let mut replaced = Vec::new();
        let kinds = shared_with(object);
        for new in self.0.drain(..) {
            let key = number(new.text.as_bytes());
            if key == new.own {
                continue;
            }
            let known = kinds.iter().find_map(|&kind| registry.get(kind, key));
            let spot = known.map(|known| known.spot).or_else(|| given.get(&key).copied());
            let is_earlier = || {
                history.is_some_and(|history| {
                    kinds.iter().any(|&kind| history.get(kind, &new.text).is_some())
                })
            };
            let taken = match spot {
                Some(spot) => files.name_of(spot),
                None if is_earlier() => "an earlier load".to_owned(),
                None => {
                    given.insert(key, Spot { place: new.place, file: new.file });
                    replaced.push((new.own, key));
                    continue;
                }
            };
            let finding = Diagnostic::new(&rules::NEW_KEY_TAKEN).data("found", &new.text);
            out.push(located(finding.word("where", taken), new.place));
        }
        for (own, new) in replaced {
            registry.rename(object, own, new);
        }
    }
}
