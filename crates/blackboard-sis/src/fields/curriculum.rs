//! Subjects and programs of study, and what belongs to them.

use super::fields;

fields! {
    /// A subject of study.
    subject Subject of Subject = {
        /// The key, unique against those of courses and organizations.
        external_subject_key: text Key, Some(64), Key;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// The id, `{Title}__{Identifier}`; fixed once the subject is there.
        subject_id: text SubjectId, Some(100), Insert;
        /// What it is called.
        subject_name: text Text, Some(255), Insert;
        /// Undergraduate, graduate, developmental, undergraduate non-transferable, undergraduate transferable, or
        /// professional.
        subject_type: text Words(&["U", "G", "D", "N", "T", "P"]), None, Insert;
        /// Whether users see it.
        available_ind: flag Flag, None, Optional;
        /// What it is about.
        description: text Text, None, Optional;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// The key that the subject has from now on.
        new_external_subject_key: text NewKey, Some(64), Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}

fields! {
    /// A program of study.
    program Program of Program = {
        /// The key.
        external_program_key: text Key, Some(64), Key;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// The id.
        program_id: text Id, None, Insert;
        /// What it is called.
        program_name: text Text, Some(255), Insert;
        /// Undergraduate or graduate.
        program_type: text Words(&["U", "G"]), None, Insert;
        /// Whether users see it.
        available_ind: flag Flag, None, Optional;
        /// What it is about.
        description: text Text, None, Optional;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// The key that the program has from now on.
        new_external_program_key: text NewKey, Some(64), Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}

fields! {
    /// A subject in a program. Such a row can be inserted and deleted, but not updated.
    program_subject ProgramSubject of ProgramSubject = {
        /// The key of the association.
        external_association_key: text Key, Some(64), Key;
        /// The program.
        external_program_key: text Key, Some(64), Insert => Program;
        /// The subject.
        external_subject_key: text Key, Some(64), Insert => Subject;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
    }
}

fields! {
    /// A course of a subject, or an organization. Such a row can be inserted and deleted, but not updated.
    subject_course SubjectCourse of SubjectCourse and organizations = {
        /// The key of the association.
        external_association_key: text Key, Some(64), Key;
        /// The subject.
        external_subject_key: text Key, Some(64), Insert => Subject;
        /// The course.
        external_course_key or external_org_key: text Key, Some(64), Insert => Course;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
    }
}
