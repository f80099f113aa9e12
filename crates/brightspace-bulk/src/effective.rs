//! Which metadata count for an upload.

use std::borrow::Cow;

use edu_diagnostics::Diagnostic;

use crate::imsmd::Lom;
use crate::rules;
use crate::scorm::{Level, Manifest};
use crate::upload::{Described, Upload};

/// Where the metadata of an upload come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Type 1: this level of the package's manifest.
    Package(Level),
    /// Type 2: the XML file.
    File,
    /// Type 3: the record.
    Record,
}

/// The metadata that count for an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective<'a> {
    /// Where they come from; `None` where there are none, or where their file is not known.
    pub origin: Option<Origin>,
    /// The metadata.
    pub lom: Option<Cow<'a, Lom>>,
    /// The package's own metadata, where they are discarded.
    pub discarded: Option<&'a Lom>,
}

impl Effective<'_> {
    /// The title that the object will have; see [`Lom::title`].
    pub fn title(&self, lang: Option<&str>) -> Option<&str> {
        self.lom.as_ref()?.title(lang)
    }

    /// What there is to say where the package's own metadata are discarded (BR-C02).
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let title = self.discarded?.title(None).unwrap_or_default();
        Some(Diagnostic::new(&rules::PACKAGE_METADATA_DISCARDED).data("found", title))
    }
}

/// Which metadata count for an upload: with type 1 those of the package, with type 2 those of the XML file
/// alone, with type 3 those of the record alone, also where they are empty. `package` is the manifest of what
/// is uploaded, where it is a package; `file` the content of the XML file of type 2.
///
/// ```
/// use brightspace_bulk::imsmd::{LomReader, Metadata};
/// use brightspace_bulk::{Described, Origin, RepositoryId, Upload, effective};
///
/// let upload = Upload {
///     repository: RepositoryId::new(2).unwrap(),
///     path: r"\\srv\input\package10.zip".to_owned(),
///     described: Described::ByFields(Box::default()),
/// };
/// let effective = effective(&upload, None, None);
/// assert_eq!((effective.origin, effective.title(None)), (Some(Origin::Record), None));
/// ```
pub fn effective<'a>(
    upload: &Upload,
    package: Option<&'a Manifest>,
    file: Option<&'a Lom>,
) -> Effective<'a> {
    let own = package.and_then(Manifest::metadata_for_package);
    let own = own.and_then(|metadata| Some((metadata.level, &*metadata.lom.as_ref()?.lom)));
    let discarded = own.map(|(_, lom)| lom);
    match &upload.described {
        Described::ByPackage => Effective {
            origin: own.map(|(level, _)| Origin::Package(level)),
            lom: discarded.map(Cow::Borrowed),
            discarded: None,
        },
        Described::ByFile(_) => Effective {
            origin: file.map(|_| Origin::File),
            lom: file.map(Cow::Borrowed),
            discarded,
        },
        Described::ByFields(fields) => Effective {
            origin: Some(Origin::Record),
            lom: Some(Cow::Owned(fields.to_lom(None))),
            discarded,
        },
    }
}
