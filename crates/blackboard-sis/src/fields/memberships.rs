//! Enrolments.

use super::fields;

fields! {
    /// The enrolment of a person in a course or an organization.
    membership Membership of Membership and organizations = {
        /// The course.
        external_course_key or external_organization_key: text Key, Some(64), Key => Course;
        /// The person.
        external_person_key: text Key, Some(64), Key => Person;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// The role in the course; where it is empty, Learn takes its default.
        role: role CourseRole, None, Optional;
        /// Whether the course is available to the person.
        available_ind: flag Flag, None, Optional;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// Whether the person is the primary instructor.
        primary_instructor: flag Flag, None, Optional;
        /// Until when the person may enter a course that has ended. The form is not documented.
        bypass_date: date Date, None, Optional;
        /// Whether the roster shows the person.
        roster_ind: flag Flag, None, Optional;
        /// Whether the person gets mail from the course.
        receive_email_ind: flag Flag, None, Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
        /// Has no effect any more.
        cartridge_ind: flag Flag, None, Dropped;
        /// Has no effect any more.
        photo_link: text Text, None, Dropped;
        /// Has no effect any more.
        intro: text Text, Some(4000), Dropped;
        /// Has no effect any more.
        note: text Text, Some(4000), Dropped;
        /// Has no effect any more.
        pinfo: text Text, Some(4000), Dropped;
        /// Has no effect any more.
        link_name_1: text Text, Some(100), Dropped;
        /// Has no effect any more.
        link_name_2: text Text, Some(100), Dropped;
        /// Has no effect any more.
        link_name_3: text Text, Some(100), Dropped;
        /// Has no effect any more.
        link_url_1: text Text, Some(100), Dropped;
        /// Has no effect any more.
        link_url_2: text Text, Some(100), Dropped;
        /// Has no effect any more.
        link_url_3: text Text, Some(100), Dropped;
        /// Has no effect any more.
        link_desc_1: text Text, Some(255), Dropped;
        /// Has no effect any more.
        link_desc_2: text Text, Some(255), Dropped;
        /// Has no effect any more.
        link_desc_3: text Text, Some(255), Dropped;
    }
}
