//! Keys, login names, addresses and ids that may be there once.

use std::collections::hash_map::Entry;

use edu_diagnostics::keys::{Keyed, number};
use edu_diagnostics::{Diagnostic, Rule, Span};

use super::registry::{Known, Registry, Spot, key_of, located};
use super::{Files, Here, rules};
use crate::fields::{course, person};
use crate::history::History;
use crate::object::Object;

/// What has to be unique besides the keys themselves.
#[derive(Debug, Default)]
pub(crate) struct Unique {
    folded_keys: [Keyed<Holder>; 2],
    user_ids: Keyed<Holder>,
    addresses: Keyed<Holder>,
    course_ids: Keyed<Holder>,
    /// A text in small letters, used again.
    small: String,
}

/// Who holds a value that has to be unique.
#[derive(Debug, Clone, Copy)]
struct Holder {
    /// The number of the record's key.
    key: u64,
    spot: Spot,
    /// The value stands in for another one: an address for that of the institution.
    is_default: bool,
    is_said: bool,
}

impl Unique {
    pub(super) fn row(
        &mut self,
        here: Here<'_, '_>,
        registry: &mut Registry,
        history: Option<&History>,
        files: &Files,
        out: &mut Vec<Diagnostic>,
    ) {
        let object = here.row.object();
        let Some((key, span, text)) = key_of(here.row) else { return };
        let rule = match object {
            Object::Person => &rules::PERSON_KEY_TWICE,
            Object::Course | Object::Organization => &rules::COURSE_KEY_TWICE,
            _ => &rules::KEY_TWICE,
        };
        let finding = |rule: &'static Rule| Diagnostic::new(rule).data("key", &text);
        // Courses, organizations and subjects share one set of keys.
        for &kind in shared_with(object).iter().filter(|&&kind| kind != object) {
            let is_mistaken = (object, kind) == (Object::Course, Object::Organization);
            let rule = if is_mistaken { &rules::ORGANIZATION_AS_COURSE } else { rule };
            let known = registry.get(kind, key).map(|known| files.name_of(known.spot));
            let earlier = || history?.get(kind, &text).map(|_| "an earlier load".to_owned());
            if let Some(place) = known.or_else(earlier) {
                out.push(finding(rule).word("where", place).at(span));
            }
        }
        let mut known = Known::new(here, span, false);
        let first = registry.get_mut(object, key);
        let is_new = first.as_ref().is_none_or(|first| first.is_damaged);
        if let Some(first) = first.filter(|first| !first.is_damaged) {
            twice(&finding(rule), here, span, first.spot, &mut first.is_said, files, out);
            // The last row wins, at best; the first one is what others are compared with.
            known = Known { spot: first.spot, is_said: first.is_said, ..known };
        }
        registry.put(object, key, known);
        let folded = match object {
            Object::Person => &mut self.folded_keys[0],
            Object::Course | Object::Organization => &mut self.folded_keys[1],
            _ => return,
        };
        if is_new {
            fold(&text, &mut self.small);
            match folded.entry(number(self.small.as_bytes())) {
                Entry::Vacant(vacant) => {
                    vacant.insert(Holder::new(key, here.spot(span)));
                }
                Entry::Occupied(occupied) if occupied.get().key != key => {
                    let place = files.name_of(occupied.get().spot);
                    out.push(finding(&rules::KEY_CASE).word("where", place).at(span));
                }
                Entry::Occupied(_) => {}
            }
        }
        if object == Object::Person {
            self.once(here, key, person::At::user_id.into(), &rules::USER_ID_TWICE, files, out);
            self.address(here, key, files, out);
        } else {
            self.once(here, key, course::At::course_id.into(), &rules::COURSE_ID_TWICE, files, out);
        }
    }

    /// Login names and course ids, in any letter case.
    fn once(
        &mut self,
        here: Here<'_, '_>,
        key: u64,
        field: usize,
        rule: &'static Rule,
        files: &Files,
        out: &mut Vec<Diagnostic>,
    ) {
        let (Some(cell), Some(value)) = (here.row.at(field), here.row.filled(field)) else {
            return;
        };
        let held = if here.row.object() == Object::Person {
            &mut self.user_ids
        } else {
            &mut self.course_ids
        };
        fold(&value, &mut self.small);
        match held.entry(number(self.small.as_bytes())) {
            Entry::Vacant(vacant) => {
                vacant.insert(Holder::new(key, here.spot(cell.span())));
            }
            Entry::Occupied(mut occupied) if occupied.get().key != key => {
                let first = occupied.get_mut();
                let finding = Diagnostic::new(rule).data("key", &self.small);
                twice(&finding, here, cell.span(), first.spot, &mut first.is_said, files, out);
            }
            Entry::Occupied(_) => {}
        }
    }

    /// The address that the institution knows a person by, which the other one stands in for.
    fn address(&mut self, here: Here<'_, '_>, key: u64, files: &Files, out: &mut Vec<Diagnostic>) {
        let own = (person::At::inst_email, here.row.filled(person::At::inst_email), false);
        let other = (person::At::email, here.row.filled(person::At::email), true);
        let (field, Some(value), is_default) = (if own.1.is_some() { own } else { other }) else {
            return;
        };
        let Some(cell) = here.row.at(field) else { return };
        fold(&value, &mut self.small);
        match self.addresses.entry(number(self.small.as_bytes())) {
            Entry::Vacant(vacant) => {
                vacant.insert(Holder { is_default, ..Holder::new(key, here.spot(cell.span())) });
            }
            Entry::Occupied(mut occupied) if occupied.get().key != key => {
                let first = occupied.get_mut();
                let is_default = is_default || first.is_default;
                let rule = if is_default { &rules::EMAIL_TWICE } else { &rules::INST_EMAIL_TWICE };
                let finding = Diagnostic::new(rule).data("key", &self.small);
                twice(&finding, here, cell.span(), first.spot, &mut first.is_said, files, out);
            }
            Entry::Occupied(_) => {}
        }
    }
}

impl Holder {
    fn new(key: u64, spot: Spot) -> Self {
        Self { key, spot, is_default: false, is_said: false }
    }
}

/// The kinds of object that share their keys with one, and the kind itself.
pub(super) fn shared_with(object: Object) -> &'static [Object] {
    const SHARED: [Object; 3] = [Object::Course, Object::Organization, Object::Subject];
    let own = Object::ALL.iter().position(|&kind| kind == object);
    match own {
        _ if SHARED.contains(&object) => &SHARED,
        Some(own) => &Object::ALL[own..=own],
        None => &[],
    }
}

/// Says that a value is there again: here, and once at the first place, if that is in the feed at hand.
pub(super) fn twice(
    finding: &Diagnostic,
    here: Here<'_, '_>,
    span: Span,
    first: Spot,
    is_said: &mut bool,
    files: &Files,
    out: &mut Vec<Diagnostic>,
) {
    if first.file == here.file && !std::mem::replace(is_said, true) {
        let place = files.name_of(here.spot(span));
        out.push(located(finding.clone().word("where", place), first.place));
    }
    out.push(finding.clone().word("where", files.name_of(first)).at(span));
}

/// A text in small letters.
fn fold(text: &str, small: &mut String) {
    small.clear();
    if text.is_ascii() {
        small.push_str(text);
        small.make_ascii_lowercase();
    } else {
        small.extend(text.chars().flat_map(char::to_lowercase));
    }
}
