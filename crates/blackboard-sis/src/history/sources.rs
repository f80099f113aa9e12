//! Data source keys, each with a number.

use edu_diagnostics::keys::{Keyed, number};

/// The data source keys at hand. The first one is empty: it stands for records of which it is not known.
#[derive(Clone)]
pub(crate) struct Sources {
    keys: Vec<String>,
    ids: Keyed<u32>,
}

impl Default for Sources {
    fn default() -> Self {
        let mut ids = Keyed::default();
        ids.insert(number(b""), 0);
        Self { keys: vec![String::new()], ids }
    }
}

impl Sources {
    /// The number of a data source key, which is kept from now on.
    pub(crate) fn keep(&mut self, key: &str) -> u32 {
        let next = u32::try_from(self.keys.len()).unwrap_or(0);
        let id = *self.ids.entry(number(key.as_bytes())).or_insert(next);
        if id == next && next > 0 {
            self.keys.push(key.to_owned());
        }
        id
    }

    pub(crate) fn get(&self, id: u32) -> &str {
        usize::try_from(id).ok().and_then(|id| self.keys.get(id)).map_or("", String::as_str)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        !key.is_empty() && self.ids.get(number(key.as_bytes())).is_some()
    }
}
