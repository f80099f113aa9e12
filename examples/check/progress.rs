//! A progress bar for the patient.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this shows no bar.
const DELAY: Duration = Duration::from_secs(1);

/// A bar on standard error that appears only on a terminal and only when the work takes a while.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Bytes of the files that are done.
    done: u64,
}

impl Progress {
    /// A bar for files of `total` bytes together, as far as known.
    pub(crate) fn new(total: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let style = "{elapsed_precise} {wide_bar} {binary_bytes}/{binary_total_bytes} {msg}";
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
        Self { bar, done: 0 }
    }

    /// Names the file at work.
    pub(crate) fn begin(&self, path: &str) {
        self.bar.set_message(path.to_owned());
    }

    /// Adds bytes that nobody knew of beforehand: those of standard input.
    pub(crate) fn grow(&self, bytes: u64) {
        self.bar.inc_length(bytes);
    }

    /// Bytes of the file at work have been read.
    pub(crate) fn at(&self, bytes: u64) {
        self.bar.set_position(self.done + bytes);
    }

    /// The file at work is done.
    pub(crate) fn done(&mut self, bytes: u64) {
        self.done += bytes;
        self.at(0);
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
