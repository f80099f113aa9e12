//! A progress bar for the patient.

use std::io::Read;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this shows no bar.
const DELAY: Duration = Duration::from_secs(1);

/// Bytes of a total that is known, and of one that is not.
const BAR: &str = "{elapsed_precise} {wide_bar} {binary_bytes}/{binary_total_bytes} {msg}";
const SPINNER: &str = "{elapsed_precise} {spinner} {binary_bytes} {msg}";

/// A bar on standard error that appears only on a terminal and only when the work takes a while.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for inputs of `total` bytes together, a spinner where that is not known.
    pub(crate) fn new(total: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let style = if total.is_some() { BAR } else { SPINNER };
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        let late = bar.clone();
        std::thread::spawn(move || {
            std::thread::sleep(DELAY);
            if !late.is_finished() {
                // Draws nothing where standard error is no terminal.
                late.set_draw_target(ProgressDrawTarget::stderr());
                late.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Self { bar }
    }

    /// Names the file at work.
    pub(crate) fn begin(&self, path: &str) {
        self.bar.set_message(path.to_owned());
    }

    /// So many bytes more have been read.
    pub(crate) fn add(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    /// An input whose bytes are counted as they are read.
    pub(crate) fn counting<'a>(&self, input: impl Read + 'a) -> impl Read + 'a {
        self.bar.wrap_read(input)
    }

    /// Takes the bar away while something is written to the terminal.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Takes the bar away for good.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
