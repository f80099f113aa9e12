//! The columns of every kind of object, each kind with a typed view of its records.
//!
//! A view is made of whatever has [`Values`]: a [`Row`](crate::Row) that is being read, or a
//! [`Record`](crate::Record) that is kept. A text is `None` where the column is absent and empty where the cell
//! is, for the two can differ in what an update does. A typed value is `None` where there is none that can be
//! read. There is no view of a record of another kind; organizations have those of courses.

mod catalogue;
mod courses;
mod curriculum;
mod hierarchy;
mod memberships;
mod people;
mod terms;

pub use catalogue::{category, category_membership, standard};
pub use courses::course;
pub use curriculum::{program, program_subject, subject, subject_course};
pub use hierarchy::{node, node_course, node_user};
pub use memberships::membership;
pub use people::{observer, person, secondary_role};
pub use terms::term;

use std::borrow::Cow;

use crate::alias;
use crate::object::Object;

/// Whether values are about a kind of object, or about the same of organizations.
pub(crate) fn is_about(values: &dyn Values, object: Object) -> bool {
    let found = values.object();
    found == object || alias::is_twin(found, object)
}

/// Something with a value for each column of a kind of object.
pub trait Values {
    /// What the values are about.
    fn object(&self) -> Object;

    /// The value in a column, given by its place in [`Object::fields`]; `None` where the column is absent.
    fn value(&self, field: usize) -> Option<Cow<'_, str>>;
}

/// Declares the columns of a kind of object, and the view of its records.
///
/// A line is a header, how its values are read (see the arms of `@getter`), their kind, the number of characters,
/// the need, and the kind of object that it refers to. `and organizations` makes a second table, with the headers
/// behind `or`.
macro_rules! fields {
    ($(#[$about:meta])* $module:ident $View:ident of $Object:ident $(and $organizations:ident)? = $body:tt) => {
        $(#[$about])*
        pub mod $module {
            $crate::fields::fields! { @table
                /// The columns, in the order of the documentation.
                FIELDS $body
            }
            $($crate::fields::fields! { @$organizations $body })?
            $crate::fields::fields! { @view $(#[$about])* $View $Object $body }
        }
    };
    (@organizations { $(
        $(#[$doc:meta])*
        $name:ident $(or $other:ident)? : $how:ident $kind:ident $(($words:expr))?, $max:expr, $need:ident $(=> $target:ident)?;
    )+ }) => {
        $crate::fields::fields! { @table
            /// The columns as they are called for organizations.
            ORGANIZATION_FIELDS { $(
                $(#[$doc])*
                $name $(or $other)? as organizations: $how $kind $(($words))?, $max, $need $(=> $target)?;
            )+ }
        }
    };
    (@table $(#[$about:meta])* $TABLE:ident { $(
        $(#[$doc:meta])*
        $name:ident $(or $other:ident)? $(as $whose:ident)? : $how:ident $kind:ident $(($words:expr))?, $max:expr, $need:ident $(=> $target:ident)?;
    )+ }) => {
        $(#[$about])*
        pub const $TABLE: &[$crate::Field] = &[$($crate::Field {
            name: $crate::fields::fields!(@name $name $(or $other)? $(as $whose)?),
            kind: $crate::FieldKind::$kind $(($words))?,
            max: $max,
            need: $crate::Need::$need,
            refers_to: $crate::fields::fields!(@target $($target)? $(as $whose)?),
        }),+];
    };
    (@name $name:ident or $other:ident as organizations) => { stringify!($other) };
    (@name $name:ident $($rest:tt)*) => { stringify!($name) };
    (@target) => { None };
    (@target as organizations) => { None };
    (@target Course as organizations) => { Some($crate::Object::Organization) };
    (@target CourseCategory as organizations) => { Some($crate::Object::OrganizationCategory) };
    (@target $target:ident $($rest:tt)*) => { Some($crate::Object::$target) };
    (@view $(#[$about:meta])* $View:ident $Object:ident { $(
        $(#[$doc:meta])*
        $name:ident $(or $other:ident)? : $how:ident $kind:ident $(($words:expr))?, $max:expr, $need:ident $(=> $target:ident)?;
    )+ }) => {
        /// The places of the columns.
        #[expect(non_camel_case_types, reason = "the names are those of the headers")]
        #[derive(Clone, Copy)]
        pub(crate) enum At { $($name),+ }

        impl From<At> for usize {
            fn from(at: At) -> Self {
                at as Self
            }
        }

        $(#[$about])*
        #[derive(Clone, Copy)]
        pub struct $View<'r>(&'r dyn $crate::Values);

        impl std::fmt::Debug for $View<'_> {
            /// Without its values, which may be about a person.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($View)).finish_non_exhaustive()
            }
        }

        impl<'r> $View<'r> {
            /// The view of a record of this kind, or of the same of organizations; `None` of a record of another
            /// kind.
            pub fn of(values: &'r dyn $crate::Values) -> Option<Self> {
                $crate::fields::is_about(values, $crate::Object::$Object).then_some(Self(values))
            }

            $($crate::fields::fields!(@getter $how $(#[$doc])* $name);)+
        }
    };
    (@getter text $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub fn $name(&self) -> Option<std::borrow::Cow<'r, str>> {
            self.0.value(At::$name.into())
        }
    };
    (@getter password $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub fn $name(&self) -> Option<$crate::Password<'r>> {
            self.0.value(At::$name.into()).map($crate::Password::new)
        }
    };
    (@getter date $(#[$doc:meta])* $name:ident) => {
        $crate::fields::fields!(@typed $crate::value::date, chrono::NaiveDate, $(#[$doc])* $name);
    };
    (@getter flag $(#[$doc:meta])* $name:ident) => {
        $crate::fields::fields!(@typed $crate::value::flag, bool, $(#[$doc])* $name);
    };
    (@getter number $(#[$doc:meta])* $name:ident) => {
        $crate::fields::fields!(@typed $crate::value::number, u64, $(#[$doc])* $name);
    };
    (@getter row_status $(#[$doc:meta])* $name:ident) => {
        $crate::fields::fields!(@typed $crate::RowStatus::parse, $crate::RowStatus, $(#[$doc])* $name);
    };
    (@getter duration $(#[$doc:meta])* $name:ident) => {
        $crate::fields::fields!(@typed $crate::Duration::parse, $crate::Duration, $(#[$doc])* $name);
    };
    (@getter role $(#[$doc:meta])* $name:ident) => {
        $crate::fields::fields!(@typed $crate::CourseRole::parse, $crate::CourseRole, $(#[$doc])* $name);
    };
    (@getter system_role $(#[$doc:meta])* $name:ident) => {
        $crate::fields::fields!(@typed $crate::SystemRole::parse, $crate::SystemRole, $(#[$doc])* $name);
    };
    (@typed $parse:path, $Type:ty, $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub fn $name(&self) -> Option<$Type> {
            $parse(&self.0.value(At::$name.into())?)
        }
    };
}

use fields;
