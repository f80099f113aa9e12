//! Nodes of the institutional hierarchy, and what is in them.

use super::fields;

fields! {
    /// A node of the institutional hierarchy.
    node Node of Node = {
        /// The key: letters, digits, dashes and periods.
        external_node_key: text DottedKey, Some(255), Key;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// The node that this one is part of.
        parent_node_key: text DottedKey, Some(64), Insert => Node;
        /// What it is called.
        name: text Text, Some(255), Insert;
        /// What there is to say about it.
        description: text Text, Some(1000), Optional;
        /// The key that the node has from now on.
        new_external_node_key: text NewKey, Some(255), Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}

fields! {
    /// A person in a node.
    node_user NodeUser of NodeUser = {
        /// The key of the association.
        external_association_key: text Key, Some(64), Key;
        /// The node.
        external_node_key: text DottedKey, Some(64), Insert => Node;
        /// The person.
        external_user_key: text Key, Some(64), Insert => Person;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// The key that the association has from now on.
        new_external_association_key: text NewKey, Some(64), Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}

fields! {
    /// A course in a node, or an organization.
    node_course NodeCourse of NodeCourse and organizations = {
        /// The key of the association.
        external_association_key: text Key, Some(64), Key;
        /// The node.
        external_node_key: text DottedKey, Some(64), Insert => Node;
        /// The course.
        external_course_key or external_organization_key: text Key, Some(64), Insert => Course;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// Whether the node is the primary one of the course.
        is_primary_association: flag Flag, None, Optional;
        /// The key that the association has from now on.
        new_external_association_key: text NewKey, Some(64), Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}
