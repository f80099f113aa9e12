//! Runs the unit tests of the program `check`. They stand beside the code, where a test run does not
//! look in an example unless it builds the example as a test in place of the program.

#![expect(dead_code, reason = "only the tests of these modules run here")]

#[path = "../check/args.rs"]
mod args;
#[path = "../common/arguments.rs"]
mod arguments;
#[path = "../check/codes.rs"]
mod codes;
#[path = "../check/earlier.rs"]
mod earlier;
#[path = "../check/formats/mod.rs"]
mod formats;
#[path = "../check/input.rs"]
mod input;
#[path = "../check/order.rs"]
mod order;
#[path = "../common/package.rs"]
mod package;
#[path = "../common/plain.rs"]
mod plain;
#[path = "../check/plan.rs"]
mod plan;
#[path = "../check/policy.rs"]
mod policy;
#[path = "../common/progress.rs"]
mod progress;
#[path = "../check/report/mod.rs"]
mod report;
#[path = "../check/run.rs"]
mod run;
#[path = "../common/server.rs"]
mod server;
#[path = "../check/text.rs"]
mod text;
#[path = "../check/uri.rs"]
mod uri;
#[path = "../check/walk.rs"]
mod walk;
