//! Runs the unit tests of the program `pegase-import`. They stand beside the code, where a test run does not
//! look in an example unless it builds the example as a test in place of the program.

#![expect(dead_code, reason = "only the tests of these modules run here")]

#[path = "../pegase-import/args.rs"]
mod args;
#[path = "../common/json.rs"]
mod json;
#[path = "../common/plain.rs"]
mod plain;
#[path = "../pegase-import/tree.rs"]
mod tree;
#[path = "../pegase-import/words.rs"]
mod words;
