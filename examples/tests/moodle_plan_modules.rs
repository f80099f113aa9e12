//! Runs the unit tests of the program `moodle-plan`. They stand beside the code, where a test run does not
//! look in an example unless it builds the example as a test in place of the program.

#![expect(dead_code, reason = "only the tests of these modules run here")]

#[path = "../moodle-plan/args.rs"]
mod args;
#[path = "../moodle-plan/plan.rs"]
mod plan;
#[path = "../common/progress.rs"]
mod progress;

type Failure = Box<dyn std::error::Error>;
