//! Times contenders side by side.

use std::cell::Cell;
use std::error::Error;
use std::fmt::Debug;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// One way to read a file whose records are counted as a `C`.
#[derive(Debug, Clone, Copy)]
pub struct Contender<C> {
    /// How the report names it.
    pub name: &'static str,
    /// Reads the whole text; what it builds is dropped inside, so that its release is part of the time, unless
    /// it calls [`stop_clock`] before.
    pub run: fn(&str) -> Outcome<C>,
}

/// What reading a text came to.
pub type Outcome<C> = Result<Tally<C>, Box<dyn Error>>;

/// What a contender found: something to hold against the others, and what keeps its work from being
/// optimised away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tally<C> {
    /// It knows records: all contenders that do must agree.
    Records(C),
    /// It counts something else.
    Other(u64),
}

/// The times of one contender.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// The contender's name.
    pub name: &'static str,
    /// Its time in the middle round.
    pub median: Duration,
}

/// Lets every contender read the text once, untimed, and returns the counts on which all of them agree.
///
/// # Errors
///
/// A contender cannot read the text, or two of them count differently: then their times say nothing.
pub fn agreed_counts<C: Copy + PartialEq + Debug>(
    contenders: &[Contender<C>],
    text: &str,
) -> Result<C, Box<dyn Error>> {
    let mut agreed: Option<(&str, C)> = None;
    for contender in contenders {
        let tally =
            (contender.run)(text).map_err(|error| format!("{}: {error}", contender.name))?;
        match (tally, agreed) {
            (Tally::Other(_), _) => {}
            (Tally::Records(counts), None) => agreed = Some((contender.name, counts)),
            (Tally::Records(counts), Some((first, expected))) => {
                if counts != expected {
                    let second = contender.name;
                    return Err(
                        format!("{first} counts {expected:?}, {second} counts {counts:?}").into()
                    );
                }
            }
        }
    }
    agreed.map(|(_, counts)| counts).ok_or_else(|| "no contender counts records".into())
}

thread_local! {
    /// When the contender that is running was done.
    static STOPPED: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Ends the time of the contender that calls it: what it does from here on is counting and releasing what it built.
pub fn stop_clock() {
    STOPPED.set(Some(Instant::now()));
}

/// Times the contenders in rounds: each round runs all of them in turn, so that a machine that becomes
/// slower or faster meanwhile does so for all.
///
/// # Errors
///
/// A contender cannot read the text.
pub fn interleaved<C>(
    contenders: &[Contender<C>],
    text: &str,
    rounds: usize,
) -> Result<Vec<Measured>, Box<dyn Error>> {
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for (contender, times) in contenders.iter().zip(&mut times) {
            STOPPED.take();
            let start = Instant::now();
            let tally = (contender.run)(black_box(text))?;
            let end = STOPPED.take().unwrap_or_else(Instant::now);
            times.push(end.saturating_duration_since(start));
            black_box(tally);
        }
    }
    Ok(contenders
        .iter()
        .zip(times)
        .map(|(contender, times)| Measured { name: contender.name, median: median(times) })
        .collect())
}

/// The time in the middle; of an even number the mean of the two there.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    let middle = times.len() / 2;
    match times.len() {
        0 => Duration::ZERO,
        n if n % 2 == 1 => times[middle],
        _ => (times[middle - 1] + times[middle]) / 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(times: &[u64]) -> Vec<Duration> {
        times.iter().copied().map(Duration::from_secs).collect()
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(seconds(&[9, 1, 3])), Duration::from_secs(3));
        assert_eq!(median(seconds(&[9, 1, 3, 5])), Duration::from_secs(4));
    }

    #[test]
    fn what_comes_after_the_clock_was_stopped_takes_no_time() {
        let slow = |_: &str| {
            std::thread::sleep(Duration::from_millis(20));
            Ok(Tally::Records(1))
        };
        let stopped = |_: &str| {
            stop_clock();
            std::thread::sleep(Duration::from_millis(20));
            Ok(Tally::Records(1))
        };
        let contenders =
            [Contender { name: "stopped", run: stopped }, Contender { name: "slow", run: slow }];
        let times = interleaved(&contenders, "", 1).expect("both end");
        assert!(times[0].median < Duration::from_millis(20), "{times:?}");
        assert!(times[1].median >= Duration::from_millis(20), "{times:?}");
    }

    #[test]
    fn contenders_that_disagree_are_refused() {
        let one = Contender { name: "one", run: |_| Ok(Tally::Records(1)) };
        let two = Contender { name: "two", run: |_| Ok(Tally::Records(2)) };
        let other = Contender { name: "other", run: |_| Ok(Tally::Other(7)) };
        assert!(agreed_counts(&[other, one, one], "").is_ok());
        assert!(agreed_counts(&[other, one, two], "").is_err());
        assert!(agreed_counts(&[other], "").is_err());
    }
}
