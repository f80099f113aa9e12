//! Categories of the catalogues, what is in them, and standards.

use super::fields;

fields! {
    /// A category of the catalogue of courses, or of organizations.
    category Category of CourseCategory and organizations = {
        /// The key.
        external_category_key: text Key, Some(64), Key;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// What it is called.
        title: text Text, Some(255), Insert;
        /// The category that this one is part of.
        parent_category_key: text Key, Some(64), Optional => CourseCategory;
        /// What there is to say about it.
        description: text Text, None, Optional;
        /// Whether users see it.
        available_ind: flag Flag, None, Optional;
        /// Whether it stands on the front page of the catalogue.
        frontpage_ind: flag Flag, None, Optional;
        /// Whether it is restricted.
        restrict_ind: flag Flag, None, Optional;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// The key that the category has from now on.
        new_external_category_key: text NewKey, Some(64), Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}

fields! {
    /// A course in a category, or an organization.
    category_membership CategoryMembership of CourseCategoryMembership and organizations = {
        /// The category.
        external_category_key: text Key, Some(64), Key => CourseCategory;
        /// The course.
        external_course_key or external_organization_key: text Key, Some(64), Key => Course;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// Whether users see it there.
        available_ind: flag Flag, None, Optional;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}

fields! {
    /// A goal or standard of a course.
    standard Standard of Standard = {
        /// The document of the goal.
        std_sub_doc_key: text Text, None, Key;
        /// The course.
        course_key: text Key, Some(64), Key => Course;
        /// The key of the data source, which one page of the documentation asks for and another does not know.
        data_source_key: text DataSourceKey, Some(256), Optional;
    }
}
