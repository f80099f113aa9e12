//! What cannot be written.

use crate::codes::Status;
use crate::layout::Layout;
use crate::predicate::Predicate;

/// A matrix that has no form in which it would be read as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// Something in the file that the matrix was read from is not in the matrix, and would be lost. A caller
    /// who accepts the loss unsets [`Matrix::is_incomplete`](crate::Matrix::is_incomplete).
    #[error("the matrix could not be read as a whole: what could not be read would be lost")]
    Incomplete,
    /// The file would have more than a thousand million cells, most of them empty.
    #[error("the file would have {cells} cells")]
    Size {
        /// Number of cells.
        cells: u64,
    },
    /// The layout has no row for something that a column holds; [`convert`](crate::convert) leaves it out.
    #[error("the layout {layout} has no row `{label}`, which `{course}` needs")]
    NoRow {
        /// The course.
        course: String,
        /// The layout.
        layout: Layout,
        /// The row.
        label: &'static str,
    },
    /// A status that matrices of this kind and orientation have no word for.
    #[error("the status `{status:?}` of `{course}` cannot be written in this matrix")]
    Status {
        /// The course.
        course: String,
        /// The status.
        status: Status,
    },
    /// A condition that no head row holds.
    #[error("no head row holds the condition `{predicate:?}` of `{course}`")]
    Condition {
        /// The course.
        course: String,
        /// The predicate.
        predicate: Box<Predicate>,
    },
    /// A text that would not be read as it is: empty, with white space around it, with a separator of lists.
    #[error("`{text}` would not be read as it is written")]
    Text {
        /// The text.
        text: String,
    },
    /// A row with a label that is not known has two cells in one place, or one for no column.
    #[error("the row `{label}` has two cells in one place, or a cell for no column")]
    Unknown {
        /// The label.
        label: String,
    },
    /// Two cells in one place, or a mark for a value that is not there.
    #[error("`{course}` has two cells in one place, or a mark for no value")]
    Place {
        /// The course.
        course: String,
    },
}
