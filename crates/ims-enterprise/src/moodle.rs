//! What would Moodle's import do with a file?
//!
//! Moodle's plug-in `enrol_imsenterprise` runs an enrolment file at night and tells nobody why a student is
//! missing. Here the same decisions are a function: [`Settings`], what exists (a [`Site`], or the caller's
//! own [`State`]), and the file give [`Action`]s in order, each with its reason and its place.
//!
//! ```
//! use edu_diagnostics::Collector;
//! use edu_syntax::Decoded;
//! use ims_enterprise::moodle::{Planner, Settings, Site};
//!
//! let text = Decoded::from("<enterprise><group><sourcedid><source>SIS</source><id>CHEM-301</id></sourcedid>\
//!     <description><short>Chemistry</short></description></group></enterprise>");
//! let settings = Settings { createnewcourses: true, ..Settings::default() };
//! let mut site = Site::new();
//! let (mut findings, mut done) = (Collector::new(), Vec::new());
//! Planner::new(settings).plan(&text, &mut site, &mut findings, |action| done.push(action.step.name()))?;
//! assert_eq!(done, ["create_course"]);
//! assert_eq!(site.rows().courses[0].fullname, "Chemistry");
//! # Ok::<(), ims_enterprise::ReadError>(())
//! ```
//!
//! [`Mode::Compat`] takes Moodle's decisions exactly, odd ones included, and says which are odd (`IE-M`).
//! [`Mode::Fixed`] takes those that the people who set it up expect. What is only parsing in Moodle, such as
//! the order of attributes, is parsed properly in both.
//!
//! Nothing here knows passwords: the plug-in takes none.

mod action;
mod context;
mod defects;
mod group;
mod membership;
mod person;
mod plan;
mod settings;
mod site;
mod state;

pub use action::{Action, Step, UserFields, Word};
pub use defects::{Defects, defects};
pub use plan::{Mode, Planner};
pub use settings::{CourseField, SettingError, Settings, UnenrolAction, Value};
pub use site::{CategoryRow, CourseRow, EnrolmentRow, GroupRow, Site, SiteRows, UserRow};
pub use state::{CategorySearch, Enrolment, State};
