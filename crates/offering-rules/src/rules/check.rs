//! The checks of a whole matrix.

use edu_diagnostics::Sink;

use super::{catalogue, columns, contradictions, courses, paths, texts, values};
use crate::asked::Asked;
use crate::model::Matrix;
use crate::opf::Catalogue;
use crate::path::CoursePath;
use crate::profile::Fields;

/// Reports what is wrong with the rules of a matrix: the area `OR-R`.
///
/// Whether courses are below the organisation is checked where one is given, and whether profile fields and
/// their values are known where a catalogue is.
pub fn check(
    matrix: &Matrix,
    organisation: Option<&CoursePath>,
    catalogue: Option<&Catalogue>,
    sink: &mut dyn Sink,
) {
    let fields = Fields::of(matrix);
    check_asked(matrix, &fields, &Asked::all(&fields, matrix), organisation, catalogue, sink);
}

/// The same, where it is known already what the columns ask.
pub(crate) fn check_asked(
    matrix: &Matrix,
    fields: &Fields,
    asked: &[Asked<'_>],
    organisation: Option<&CoursePath>,
    catalogue: Option<&Catalogue>,
    sink: &mut dyn Sink,
) {
    texts::check(matrix, asked, sink);
    paths::check(asked, organisation, sink);
    values::check(matrix, sink);
    // What seems to be missing may be what could not be read.
    if !matrix.is_incomplete {
        columns::check(matrix.layout, asked, sink);
    }
    contradictions::check(fields, asked, sink);
    courses::check(asked, sink);
    if let Some(known) = catalogue {
        catalogue::check(matrix, asked, known, sink);
    }
}
