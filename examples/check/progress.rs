//! A progress bar for the patient.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this shows no bar.
const DELAY: Duration = Duration::from_secs(1);

/// A bar on standard error that appears only on a terminal and only when the work takes a while.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for `files` files of `total` bytes; a file counts when it is done, so a single one gets
    /// no bar but the time.
    pub(crate) fn new(files: usize, total: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let style = if files > 1 {
            "{spinner} {elapsed_precise} {wide_bar} {binary_bytes}/{binary_total_bytes} {msg}"
        } else {
            "{spinner} {elapsed_precise} {msg}"
        };
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

    /// Counts the bytes of a file that is done.
    pub(crate) fn done(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    /// Takes the bar away while something is written to the terminal.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
