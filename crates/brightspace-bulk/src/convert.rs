//! From one load type to another.

use std::collections::HashSet;

use edu_syntax::xml::WriteError;

use crate::imsmd::{Lom, Loss, Metadata};
use crate::path::stem;
use crate::upload::{Described, Upload};

/// Bytes of a proposed name at most, number and extension left out: some systems end at 255.
const NAME: usize = 200;

/// Makes of an upload of type 3 one of type 2: the upload, and the IMSMD file that has to be at
/// `metadata_path`. What is language-neutral in a setup file is in `lang` there, where one is given.
///
/// Uploads of the other types have no fields to convert: `None`.
///
/// # Errors
///
/// When a value holds a character that XML cannot hold.
///
/// ```
/// use brightspace_bulk::imsmd::Metadata;
/// use brightspace_bulk::{Described, RepositoryId, Upload, to_xml_metadata};
///
/// let upload = Upload {
///     repository: RepositoryId::new(3).unwrap(),
///     path: r"\\srv\input\Asset21.wmv".to_owned(),
///     described: Described::ByFields(Box::new(Metadata {
///         title: "\"Beat\" Takeshi Kitano".to_owned(),
///         ..Metadata::default()
///     })),
/// };
/// let (converted, xml) = to_xml_metadata(&upload, r"\\srv\Asset21.xml", None)?.unwrap();
/// assert_eq!(converted.described, Described::ByFile(r"\\srv\Asset21.xml".to_owned()));
/// assert!(xml.contains("<title><langstring>\"Beat\" Takeshi Kitano</langstring></title>"));
/// # Ok::<(), brightspace_bulk::edu_syntax::xml::WriteError>(())
/// ```
pub fn to_xml_metadata(
    upload: &Upload,
    metadata_path: &str,
    lang: Option<&str>,
) -> Result<Option<(Upload, String)>, WriteError> {
    let Described::ByFields(fields) = &upload.described else { return Ok(None) };
    let xml = fields.to_lom(lang).to_xml()?;
    let described = Described::ByFile(metadata_path.to_owned());
    Ok(Some((Upload { described, ..upload.clone() }, xml)))
}

/// Makes of an upload of any type one of type 3, with the metadata of `lom`, and says what has no place
/// there. Texts are taken in `lang` where they are given in it.
pub fn to_csv_metadata(
    upload: &Upload,
    lom: &Lom,
    lang: Option<&str>,
    losses: &mut Vec<Loss>,
) -> Upload {
    let fields = Metadata::from_lom(lom, lang, losses);
    Upload { described: Described::ByFields(Box::new(fields)), ..upload.clone() }
}

/// Proposes names of metadata files, each once, without regard to letter case.
///
/// ```
/// let mut names = brightspace_bulk::Names::new();
/// assert_eq!(names.propose(r"\\srv\input\cell.gif"), "cell.xml");
/// assert_eq!(names.propose(r"\\srv\other\Cell.png"), "Cell-2.xml");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// No name is taken so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a name from being proposed: that of a file that may stand in the same folder.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase());
    }

    /// A name for the metadata of the file at `path`: its own, with the extension `xml`, and a number where
    /// it is taken. It can stand in any folder of any system.
    pub fn propose(&mut self, path: &str) -> String {
        let stem = safe(stem(path));
        let mut name = format!("{stem}.xml");
        let mut number = 1_u64;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{stem}-{number}.xml");
        }
        name
    }
}

/// A name without characters and words that some system cannot have in a name.
fn safe(name: &str) -> String {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let keep = |character: char| match character {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\' => '_',
        control if control.is_control() => '_',
        other => other,
    };
    let end = (0..=NAME.min(name.len())).rev().find(|&end| name.is_char_boundary(end));
    let name: String = name[..end.unwrap_or_default()].chars().map(keep).collect();
    let name = name.trim_matches([' ', '.']);
    let lower = name.to_ascii_lowercase();
    let port = ["com", "lpt"].iter().find_map(|port| lower.strip_prefix(port));
    let is_port = port.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']));
    if name.is_empty() {
        "metadata".to_owned()
    } else if DEVICES.contains(&lower.as_str()) || is_port {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_unique() {
        let mut names = Names::new();
        let proposed =
            ["a.gif", "A.png", "a-2.gif", "a.txt", "..", "CON.txt", "com1", "x?.y", " .z"]
                .map(|path| names.propose(&format!("\\\\srv\\{path}")));
        let expected = [
            "a.xml",
            "A-2.xml",
            "a-2-2.xml",
            "a-3.xml",
            "metadata.xml",
            "_CON.xml",
            "_com1.xml",
            "x_.xml",
            "metadata-2.xml",
        ];
        assert_eq!(proposed, expected);
    }
}
