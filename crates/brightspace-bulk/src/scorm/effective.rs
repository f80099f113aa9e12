//! Which metadata count.
//!
//! With load type 1 an object has the metadata of its package, with types 2 and 3 they are discarded. If
//! several stand there for one object, the first in the order of [`Level`](super::Level) counts. Those of
//! manifest and organization belong to the topmost object, those of an item to its module or topic, those of
//! a resource to the topic that shows it.

use super::{Item, Manifest, Metadata, Organization};

impl Manifest {
    /// Whether the object that the package becomes is a module: its organization has one item only, and that
    /// has items of its own.
    pub fn is_module(&self) -> bool {
        self.single_item().is_some_and(|item| !item.items.is_empty())
    }

    /// The metadata of the object that the package becomes.
    ///
    /// Where the organization has one item only, that item is the object, so its own metadata count if
    /// neither manifest nor organization has any.
    pub fn metadata_for_package(&self) -> Option<&Metadata> {
        let of_organization = || with_record(self.organization()?.metadata.as_ref());
        with_record(self.metadata.as_ref())
            .or_else(of_organization)
            .or_else(|| self.own_metadata(self.single_item()?))
    }

    /// The metadata of an item by its identifier, of the first one where it is given twice.
    ///
    /// A module that is the whole package has those of the package.
    pub fn metadata_for_item(&self, identifier: &str) -> Option<&Metadata> {
        let has_it =
            |item: &&Item| item.identifier.as_ref().is_some_and(|own| own.value == identifier);
        let item = self.all_items().find(has_it)?;
        let is_top = self.single_item().is_some_and(|top| std::ptr::eq(top, item));
        if is_top && self.is_module() {
            self.metadata_for_package()
        } else {
            self.own_metadata(item)
        }
    }

    /// The default organization, or the first one.
    fn organization(&self) -> Option<&Organization> {
        let default = self.default_organization.as_ref().map(|default| &default.value);
        let is_default = |organization: &&Organization| {
            organization.identifier.as_ref().map(|own| &own.value) == default
        };
        let named = default.and_then(|_| self.organizations.iter().find(is_default));
        named.or_else(|| self.organizations.first())
    }

    fn single_item(&self) -> Option<&Item> {
        match self.organization()?.items.as_slice() {
            [item] => Some(item),
            _ => None,
        }
    }

    fn own_metadata<'m>(&'m self, item: &'m Item) -> Option<&'m Metadata> {
        with_record(item.metadata.as_ref()).or_else(|| {
            let wanted = &item.identifier_ref.as_ref()?.value;
            let mut resources = self.all_resources();
            let resource = resources.find(|resource| {
                resource.identifier.as_ref().is_some_and(|own| own.value == *wanted)
            })?;
            with_record(resource.metadata.as_ref())
        })
    }
}

/// Metadata elements without a record, such as those with nothing but `schema`, do not count.
fn with_record(metadata: Option<&Metadata>) -> Option<&Metadata> {
    metadata.filter(|metadata| metadata.lom.is_some())
}
