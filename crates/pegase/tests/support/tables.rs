//! Reference tables for the tests.

use std::sync::LazyLock;

use pegase::odf_model::Tables;

/// Reference tables, one of them with an archived entry (`DOF003`).
pub(crate) fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../data/reftables/tables.json")).expect("tables")
    });
    &TABLES
}
