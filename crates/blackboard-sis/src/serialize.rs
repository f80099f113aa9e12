//! Words of the format as JSON: as the format writes them.

use serde::{Serialize, Serializer};

use crate::object::Object;
use crate::operation::Operation;
use crate::password::PasswordType;
use crate::upload::ReferenceCode;
use crate::value::{CourseRole, Duration, RowStatus, SystemRole};

macro_rules! as_words {
    ($($Type:ty: $word:ident;)+) => {$(
        impl Serialize for $Type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$word())
            }
        }
    )+};
}

as_words! {
    Object: slug;
    Operation: slug;
    RowStatus: as_str;
    Duration: letter;
    CourseRole: as_str;
    SystemRole: as_str;
    PasswordType: as_str;
    ReferenceCode: as_str;
}
