//! Courses and organizations.

use super::fields;

fields! {
    /// A course, or an organization.
    course Course of Course and organizations = {
        /// The key, unique over all years that are kept and against subjects; users do not see it.
        external_course_key or external_organization_key: text Key, Some(64), Key;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// The id that users see. It cannot change once the course is there.
        course_id or organization_id: text CourseId, Some(100), Insert;
        /// What the course is called; several may have one name.
        course_name or organization_name: text Text, Some(255), Insert;
        /// The key of a finished course whose content is copied into this one when it is created, and not
        /// afterwards.
        template_course_key or template_organization_key: text Key, Some(64), Optional => Course;
        /// The key of the term.
        term_key: text DottedKey, Some(256), Optional => Term;
        /// Whether students see the course. Ignored where `use_term_availability_ind` is Y.
        available_ind: flag Flag, None, Optional;
        /// Whether the term's availability and dates take the place of the course's own.
        use_term_availability_ind: flag Flag, None, Optional;
        /// How long it lasts.
        duration: duration Duration, None, Optional;
        /// The first day, with a range.
        start_date: date Date, None, Optional;
        /// The last day, with a range.
        end_date: date Date, None, Optional;
        /// How many days a user has, with a fixed number of days.
        days_of_use: number Number, None, Optional;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// The key of the course that this one is a child of: enrolments of children show in the parent.
        parent_course_key: text Key, Some(64), Optional => Course;
        /// What it is about.
        description: text Text, Some(4000), Optional;
        /// How users enrol.
        enroll_option: text Words(&["instructor", "self", "email"]), None, Optional;
        /// The first day on which users can enrol themselves.
        enroll_start: date Date, None, Optional;
        /// The last day on which users can enrol themselves.
        enroll_end: date Date, None, Optional;
        /// What users have to enter to enrol.
        enroll_access_code: text Text, Some(50), Optional;
        /// Who sets the pace.
        pace: text Words(&["Self", "Instructor"]), None, Optional;
        /// Whether guests may enter.
        allow_guest_ind: flag Flag, None, Optional;
        /// Whether observers may enter.
        allow_observer_ind: flag Flag, None, Optional;
        /// Whether the catalogue shows it.
        catalog_ind: flag Flag, None, Optional;
        /// Whether it is locked.
        lockout_ind: flag Flag, None, Optional;
        /// Whether it is over: content stays, work cannot be handed in.
        complete: flag Flag, None, Optional;
        /// Whether every user sees it in its own language.
        locale_enforced: flag Flag, None, Optional;
        /// Language and country.
        locale: text Locale, Some(20), Optional;
        /// What it costs.
        fee: text Money, Some(11), Optional;
        /// The institution.
        institution_name: text Text, Some(255), Optional;
        /// Bytes that it may have; set when it is inserted.
        abs_limit: number Number, None, Optional;
        /// Bytes from which a warning is sent.
        soft_limit: number Number, None, Optional;
        /// Bytes of one upload.
        upload_limit: number Number, None, Optional;
        /// How it looks; set when it is inserted.
        course_experience or organization_experience:
            text Words(&["Ultra", "Original", "Instructor choice"]), None, Optional;
        /// The key of the association with the primary node; goes with `primary_external_node_key`.
        external_association_key: text Key, Some(64), Optional;
        /// The key of the primary node; goes with `external_association_key`.
        primary_external_node_key: text DottedKey, Some(256), Optional => Node;
        /// Has no effect any more.
        classification_key: text Text, Some(450), Optional;
        /// Set by the address that the feed is sent to.
        service_level: text Words(&["F", "C", "S", "R", "T"]), None, Dropped;
        /// Not supported.
        desc_page: text Text, None, Dropped;
        /// The key that the course has from now on.
        new_external_course_key or new_external_organization_key: text NewKey, Some(64), Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}
