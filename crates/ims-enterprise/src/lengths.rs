//! Longest texts, in characters.
//!
//! 1.1 states them in its information model, which is no longer published; these are the figures of the
//! Norwegian profile PIFU-IMS 1.3, which copies them. Items that are not listed have no stated length.
//! The table is data: correct it where a better source turns up.

const LONGEST: &[(&str, u32)] = &[
    ("level", 2),
    ("teltype", 8),
    ("relation", 8),
    ("sourcedidtype", 16),
    ("source", 32),
    ("useridtype", 32),
    ("pwencryptiontype", 32),
    ("authenticationtype", 32),
    ("type", 32),
    ("adminperiod", 32),
    ("tel", 32),
    ("pobox", 32),
    ("pcode", 32),
    ("imgtype", 32),
    ("subrole", 32),
    ("roletype", 32),
    ("label", 32),
    ("short", 60),
    ("locality", 64),
    ("region", 64),
    ("country", 64),
    ("lang", 128),
    ("extadd", 128),
    ("street", 128),
    ("datasource", 256),
    ("target", 256),
    ("id", 256),
    ("userid", 256),
    ("fn", 256),
    ("family", 256),
    ("given", 256),
    ("email", 256),
    ("scheme", 256),
    ("typevalue", 256),
    ("long", 256),
    ("password", 1024),
    ("extref", 1024),
    ("comments", 2048),
    ("full", 2048),
];

/// The longest text of an item, where one is stated.
pub(crate) const fn longest(item: &str) -> Option<u32> {
    let mut row = 0;
    while row < LONGEST.len() {
        if same(LONGEST[row].0.as_bytes(), item.as_bytes()) {
            return Some(LONGEST[row].1);
        }
        row += 1;
    }
    None
}

/// `==`, which is not const.
const fn same(left: &[u8], right: &[u8]) -> bool {
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_found_by_name() {
        assert_eq!(
            (longest("short"), longest("id"), longest("i"), longest("url")),
            (Some(60), Some(256), None, None)
        );
    }
}
