//! The files that a page or a script links to, and without which it is not complete.

use std::collections::BTreeSet;

use memchr::memchr_iter;

use crate::path::extension;

/// Bytes of an address at most.
const LONGEST: usize = 512;

/// Attributes whose value is the address of a file that a page needs.
const ATTRIBUTES: [&str; 7] = ["src", "href", "data", "poster", "background", "srcset", "file"];

/// Extensions of pages and scripts that are uploaded alone (seed, note on asset scanning).
const LINKING: [&str; 4] = ["html", "htm", "js", "inc"];

/// Whether files of this name may link to others: HTML, HTM, JS and INC.
pub fn may_link(path: &str) -> bool {
    let extension = extension(path);
    LINKING.iter().any(|linking| linking.eq_ignore_ascii_case(extension))
}

/// The relative links of a page or a script, each once, in alphabetical order.
///
/// Of a page: the values of the attributes `src`, `href`, `srcset`, `data`, `poster`, `background` and of
/// `file` in a server-side include, and what stands in `url(…)`. Of a script: quoted texts that name a file
/// with a path or a usual extension. What has a scheme, begins with `//` or is an anchor stands elsewhere.
///
/// ```
/// let page = r#"<img src="img/cell.png"><a href='https://x.org/'>x</a><a href="next.htm#p2">y</a>"#;
/// assert_eq!(brightspace_bulk::links::of_page(page), ["img/cell.png", "next.htm"]);
/// ```
pub fn of_page(text: &str) -> Vec<String> {
    let mut links = BTreeSet::new();
    for at in memchr_iter(b'=', text.as_bytes()) {
        let name = text[..at].trim_end();
        let start = name.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
        // `rfind` gives the start of a character, which may be longer than a byte.
        let name = name.get(start..).unwrap_or_default();
        if !ATTRIBUTES.iter().any(|attribute| attribute.eq_ignore_ascii_case(name)) {
            continue;
        }
        let value = attribute_value(&text[at + 1..]);
        if name.eq_ignore_ascii_case("srcset") {
            let urls = value.split(',').filter_map(|part| part.split_whitespace().next());
            links.extend(urls.filter_map(relative));
        } else {
            links.extend(relative(value));
        }
    }
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once("url(") {
        let (value, after) = behind.split_once(')').unwrap_or((behind, ""));
        links.extend(relative(value.trim().trim_matches(['"', '\''])));
        rest = after;
    }
    links.into_iter().collect()
}

/// As [`of_page`], of a script.
pub fn of_script(text: &str) -> Vec<String> {
    let mut links = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '`']) {
        let quote = char::from(rest.as_bytes()[at]);
        let inside = &rest[at + 1..];
        let end = inside.find([quote, '\n']).unwrap_or(inside.len());
        links.extend(relative(&inside[..end]).filter(|link| names_a_file(link)));
        rest = inside.get(end + 1..).unwrap_or_default();
    }
    links.into_iter().collect()
}

/// The value of an attribute: in quotes, or up to white space or the end of the tag.
fn attribute_value(rest: &str) -> &str {
    // What is longer is no address; and it is not looked at again for each `=` in it.
    let end = (0..=rest.len().min(LONGEST)).rev().find(|&end| rest.is_char_boundary(end));
    let rest = rest[..end.unwrap_or_default()].trim_start();
    for quote in ['"', '\''] {
        if let Some(inside) = rest.strip_prefix(quote) {
            return inside.split(quote).next().unwrap_or_default();
        }
    }
    rest.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default()
}

/// The file that an address names beside the page, without query and anchor.
fn relative(address: &str) -> Option<String> {
    let address = address.trim();
    let file = address.split(['?', '#']).next().unwrap_or_default();
    let has_scheme = file.find(':').is_some_and(|colon| !file[..colon].contains('/'));
    let is_elsewhere = file.is_empty() || has_scheme || file.starts_with("//");
    let is_code = file.contains(['<', '>', '{', '}', '\n', '$', '(']);
    (!is_elsewhere && !is_code).then(|| file.to_owned())
}

/// Whether a text in a script is the name of a file, and not a word.
fn names_a_file(link: &str) -> bool {
    const USUAL: [&str; 22] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "mjs", "json", "xml",
        "html", "htm", "mp3", "mp4", "webm", "ogg", "pdf", "swf", "woff", "woff2",
    ];
    let extension = extension(link);
    !link.contains(' ')
        && USUAL.iter().any(|usual| usual.eq_ignore_ascii_case(extension))
        && link.len() > extension.len() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_pages() {
        let page = "<LINK rel=stylesheet HREF=css/a.css><img SRCSET='a.png 1x, b.png 2x' data-x='n'>\
            <!--#include file=\"menu.inc\" --><a href='#top'><a href='mailto:a@b'><script src='//cdn/x.js'>\
            <p style=\"background: url('bg.gif')\"><a href=\"x?y=1#z\"><a href='javascript:f(1)'>é=src";
        let expected = ["a.png", "b.png", "bg.gif", "css/a.css", "menu.inc", "x"];
        assert_eq!(of_page(page), expected);
        assert_eq!(of_page(&"src=".repeat(10_000)).len(), 128, "in good time");
        assert!(of_page("src=").is_empty() && of_page("url(").is_empty());
    }

    #[test]
    fn links_of_scripts() {
        let script = "import x from './lib/a.js'; img.src = \"b.png\"; say('hello. js'); f(`c/${n}.png`); '.js'";
        assert_eq!(of_script(script), ["./lib/a.js", "b.png"]);
    }
}
