#![doc = include_str!("../README.md")]

mod alert;
mod answer;
mod codes;
mod conversion;
mod faults;
#[cfg(feature = "serde")]
mod form;
mod import;
mod json;
mod listing;
mod maquette;
mod matching;
mod nomenclature;
#[cfg(feature = "base64")]
mod packed;
mod place;
mod policy;
mod read;
pub mod rules;
mod settings;
mod space;
mod sync;
mod values;
mod write;

pub use {edu_diagnostics, edu_syntax, odf_model};

pub use alert::{Alert, AlertKind, Place};
pub use answer::{Answer, BusinessError, Problem, TechnicalError, UnknownNomenclature};
pub use codes::{
    CODE_LENGTH, Category, DESCRIPTION_LENGTH, LONG_LABEL_LENGTH, ObjectTypes, SHORT_LABEL_LENGTH,
    is_code,
};
pub use conversion::{
    ConversionError, ConversionNote, ConversionNoteKind, Conversions, conversion_file_name,
    conversion_table,
};
pub use import::{Import, Importer, Scope};
pub use listing::{Formation, Item, Listing};
pub use maquette::{
    Child, Input, Link, Maquette, MissingChild, Object, ObjectId, ObjectKind, Override,
    OverrideValue, Shape, Sise, Value,
};
pub use matching::{Match, MatchStep, Matcher};
pub use nomenclature::{NomenclatureEntry, Nomenclatures};
#[cfg(feature = "base64")]
pub use packed::{UnpackError, is_packed, pack, unpack};
pub use policy::{Action, Policy, Request};
pub use read::{Limits, MaquetteReader, ReadError, Recognised, recognise};
pub use settings::{Collection, Password, Settings};
pub use space::{Space, SpaceKind};
pub use sync::{
    Change, ContentChange, FieldChange, FieldValue, Selected, Selection, Status, StatusRequest,
    Synchronisation, Synchroniser, select, status_after,
};
pub use values::Page;
pub use write::{WriteError, write};
