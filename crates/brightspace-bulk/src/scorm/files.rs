//! The rules over manifest and entries together.

use std::collections::HashSet;

use edu_diagnostics::{Diagnostic, Rule};

use super::findings::Findings;
use super::url::{Target, join, normalised, resolve};
use super::{Entry, MANIFEST, Manifest, Metadata, Organization, Placed};
use crate::rules;

/// The longest base that is followed, in bytes: each reference is written behind its base.
const LONGEST_BASE: usize = 4096;

/// BR-S11, BR-S14 and BR-S15.
pub(super) fn check(manifest: &Manifest, entries: &[Entry], findings: &mut Findings) {
    let files = entries.iter().filter(|entry| !entry.is_folder() && !entry.is_unsafe());
    let names = files.filter_map(|entry| Some((normalised(&entry.name)?, entry)));
    let names: Vec<(String, &Entry)> = names.collect();
    let mut listing = Listing {
        names: names.iter().map(|(name, _)| name.as_str()).collect(),
        named: HashSet::new(),
        missing: HashSet::new(),
    };
    walk(manifest, "", &mut |base, reference| {
        listing.look_up(base, reference, &rules::FILE_MISSING, findings);
    });
    for file in &manifest.schema_files {
        listing.look_up("", file, &rules::SCHEMA_FILES, findings);
    }

    // What differs in letter case only has been said to be missing.
    let missing: HashSet<String> = listing.missing.iter().map(|name| name.to_lowercase()).collect();
    for (name, entry) in &names {
        let is_listed = name == MANIFEST
            || is_schema(name)
            || listing.named.contains(name)
            || missing.contains(&name.to_lowercase());
        if !is_listed {
            findings.push(Diagnostic::new(&rules::NOT_LISTED).data("found", &entry.name));
        }
    }
}

struct Listing<'e> {
    /// Files of the package, with `/` between the parts of their names.
    names: HashSet<&'e str>,
    /// Those that the manifest names.
    named: HashSet<String>,
    /// What the manifest names and the package does not have.
    missing: HashSet<String>,
}

impl Listing<'_> {
    /// Reports what is not there, once for each name.
    fn look_up(
        &mut self,
        base: &str,
        reference: &Placed,
        rule: &'static Rule,
        findings: &mut Findings,
    ) {
        let name = match resolve(base, &reference.value) {
            Target::Nothing | Target::Elsewhere => return,
            Target::Entry(name) if self.names.contains(name.as_str()) => {
                self.named.insert(name);
                return;
            }
            Target::Entry(name) => name,
            Target::Outside => reference.value.clone(),
        };
        if !self.missing.contains(&name) {
            findings.push(Diagnostic::new(rule).at(reference.span).data("found", &name));
            self.missing.insert(name);
        }
    }
}

/// Visits the references to files with their bases.
fn walk(manifest: &Manifest, outer: &str, visit: &mut dyn FnMut(&str, &Placed)) {
    let base = inside(outer, manifest.base.as_ref());
    let organizations = manifest.organizations.iter();
    let of_organizations = organizations.clone().filter_map(|own| own.metadata.as_ref());
    let of_items =
        organizations.flat_map(Organization::all_items).filter_map(|item| item.metadata.as_ref());
    let metadata: Vec<&Metadata> =
        manifest.metadata.iter().chain(of_organizations).chain(of_items).collect();
    for location in metadata.into_iter().flat_map(|metadata| &metadata.locations) {
        visit(&base, location);
    }
    let resources_base = inside(&base, manifest.resources_base.as_ref());
    for resource in &manifest.resources {
        let base = inside(&resources_base, resource.base.as_ref());
        let locations = resource.metadata.iter().flat_map(|metadata| &metadata.locations);
        for reference in resource.href.iter().chain(&resource.files).chain(locations) {
            visit(&base, reference);
        }
    }
    for inner in &manifest.manifests {
        walk(inner, &base, visit);
    }
}

fn inside(outer: &str, own: Option<&Placed>) -> String {
    let joined = own.map(|own| join(outer, &own.value));
    joined.filter(|base| base.len() <= LONGEST_BASE).unwrap_or_else(|| outer.to_owned())
}

/// Receivers know the schemas, so nobody lists them.
fn is_schema(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["xsd", "dtd"].iter().any(|schema| ending.eq_ignore_ascii_case(schema))
}
