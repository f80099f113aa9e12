//! Terms.

use super::fields;

fields! {
    /// A term.
    term Term of Term = {
        /// The key: letters, digits, dashes and periods.
        external_term_key: text DottedKey, Some(256), Key;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// What it is called.
        name: text Text, Some(333), Insert;
        /// How long it lasts.
        duration: duration Duration, None, Optional;
        /// The first day, with a range.
        start_date: date Date, None, Optional;
        /// The last day, with a range.
        end_date: date Date, None, Optional;
        /// How many days a user has, with a fixed number of days.
        days_of_use: number Number, None, Optional;
        /// Annual, semester, trimester, quarter, intersession, module or unspecified.
        term_type: text Words(&["a", "s", "t", "q", "i", "m", "u"]), None, Optional;
        /// The term that this one is part of; `NONE` takes it out.
        external_parent_term_key: text DottedKey, Some(256), Optional => Term;
        /// Whether courses of the term are available.
        available_ind: flag Flag, None, Optional;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// What there is to say about it.
        description: text Text, None, Optional;
        /// The key that the term has from now on.
        new_external_term_key: text NewKey, Some(256), Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}
