//! Packages as the examples of the rules write them.

use brightspace_bulk::scorm::Entry;

/// A package as its entries and the bytes of its manifest.
pub(crate) struct Listing {
    pub(crate) entries: Vec<Entry>,
    pub(crate) manifest: Option<Vec<u8>>,
}

impl Listing {
    /// Reads the form of the examples: `NAME SIZE COMPRESSED` for each entry, an empty line, the manifest.
    /// `None` where the first line is no entry: then the text stands for bytes that are no archive.
    pub(crate) fn from_example(text: &str) -> Option<Self> {
        let (listing, manifest) = match text.split_once("\n\n") {
            Some((listing, manifest)) => (listing, Some(manifest.as_bytes().to_vec())),
            None => (text, None),
        };
        let entries = listing.lines().map(entry).collect::<Option<_>>()?;
        Some(Self { entries, manifest })
    }
}

/// A name may hold blanks.
fn entry(line: &str) -> Option<Entry> {
    let mut words = line.rsplitn(3, ' ');
    let compressed = words.next()?.parse().ok()?;
    let size = words.next()?.parse().ok()?;
    Some(Entry::new(words.next()?, size, compressed))
}
