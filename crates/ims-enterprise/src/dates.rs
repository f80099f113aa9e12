//! Dates as they stand, and what they mean.

use std::fmt;
use std::ops::Deref;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use edu_syntax::xml::Text;

/// A date or time as it stands in the file. The model asks for ISO 8601; the field writes what it likes.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Date<'t>(Text<'t>);

impl<'t> From<Text<'t>> for Date<'t> {
    fn from(text: Text<'t>) -> Self {
        Self(text)
    }
}

impl<'t> Deref for Date<'t> {
    type Target = Text<'t>;

    fn deref(&self) -> &Text<'t> {
        &self.0
    }
}

impl fmt::Debug for Date<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A point in time, as precise as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Moment {
    /// A day.
    Day(NaiveDate),
    /// A day and a time of day in a time zone that is not given.
    Local(NaiveDateTime),
    /// A time with its difference to UTC in seconds, positive east of Greenwich.
    Zoned(NaiveDateTime, i32),
}

impl Moment {
    /// The day, in the time zone in which it was given.
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::Day(date) => *date,
            Self::Local(time) | Self::Zoned(time, _) => time.date(),
        }
    }
}

/// How a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pattern {
    /// ISO 8601, extended form: `2026-09-01`, `2026-09-01T08:30:00+02:00`.
    Iso,
    /// ISO 8601 with a blank before the time, or a difference to UTC without colon or after a blank.
    NearIso,
    /// ISO 8601, basic form: `20260901`.
    Basic,
    /// Day and month out of place only one way round: `31/12/2026` or `12/31/2026`.
    Slashed,
    /// With the English name of the month: `28/Oct/2005`, `1 September 2026`.
    MonthName,
    /// Date and time of a 12-hour clock: `2012-09-06   01:30:34PM`.
    TwelveHours,
    /// Date and hours with minutes run together: `2009-08-20_0230`.
    Compact,
    /// Seconds since 1970 in UTC.
    UnixSeconds,
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotADate {
    /// Nothing but white space.
    Empty,
    /// Written as a date that the calendar does not have, such as 31 February.
    Impossible,
    /// Day and month can be told apart in two ways: `03/04/2026`.
    Ambiguous,
    /// No way of writing dates that is known here.
    Unknown,
}

impl Date<'_> {
    /// The value by ISO 8601, extended form, and nothing else.
    ///
    /// # Errors
    ///
    /// When the text is anything else.
    pub fn parse_strict(&self) -> Result<Moment, NotADate> {
        parse_strict(&self.0.value())
    }

    /// The value and how it was written. The order of day and month is never guessed.
    ///
    /// # Errors
    ///
    /// When the text is no date, an impossible one or an ambiguous one.
    pub fn parse_lenient(&self) -> Result<(Moment, Pattern), NotADate> {
        parse_lenient(&self.0.value())
    }
}

/// Reads ISO 8601, extended form: a date, or a date and a time.
///
/// # Errors
///
/// When the text is anything else.
pub fn parse_strict(text: &str) -> Result<Moment, NotADate> {
    if text.is_empty() {
        return Err(NotADate::Empty);
    }
    let mut rest = Scanner(text.as_bytes());
    let date = rest.iso_date().ok_or(NotADate::Unknown)?;
    if rest.is_done() {
        return date.map(Moment::Day);
    }
    if !rest.eat(b"T") {
        return Err(NotADate::Unknown);
    }
    let time = rest.clock_time().ok_or(NotADate::Unknown)?;
    let zone = rest.zone(true).ok_or(NotADate::Unknown)?;
    if !rest.is_done() {
        return Err(NotADate::Unknown);
    }
    moment(date?, time?, zone)
}

/// Reads every way of writing a date that is known from the field.
///
/// # Errors
///
/// When the text is no date, an impossible one or an ambiguous one.
pub fn parse_lenient(text: &str) -> Result<(Moment, Pattern), NotADate> {
    let text = text.trim();
    match parse_strict(text) {
        Ok(moment) => return Ok((moment, Pattern::Iso)),
        Err(NotADate::Unknown) => {}
        Err(other) => return Err(other),
    }
    [near_iso, basic, compact, slashed, month_name, unix_seconds]
        .into_iter()
        .find_map(|read| read(Scanner(text.as_bytes())))
        .unwrap_or(Err(NotADate::Unknown))
}

/// What a way of writing says: nothing where the text is not written so.
type Reading = Option<Result<(Moment, Pattern), NotADate>>;

/// Blanks for the `T`, a loose zone, a 12-hour clock.
fn near_iso(mut rest: Scanner<'_>) -> Reading {
    let date = rest.iso_date()?;
    if !rest.eat(b"T") && rest.blanks() == 0 {
        return None;
    }
    rest.blanks();
    let time = rest.clock_time()?;
    let mut pattern = Pattern::NearIso;
    let mut afternoon = None;
    rest.blanks();
    for (word, is_afternoon) in [(b"AM", false), (b"PM", true)] {
        if rest.eat_folded(word) {
            afternoon = Some(is_afternoon);
            pattern = Pattern::TwelveHours;
        }
    }
    rest.blanks();
    let zone = rest.zone(false)?;
    if !rest.is_done() {
        return None;
    }
    let clock = |time| match afternoon {
        None => Ok(time),
        Some(afternoon) => twelve_hours(time, afternoon),
    };
    Some((|| Ok((moment(date?, clock(time?)?, zone)?, pattern)))())
}

fn twelve_hours(time: NaiveTime, afternoon: bool) -> Result<NaiveTime, NotADate> {
    use chrono::Timelike as _;
    let hour = match (time.hour(), afternoon) {
        (12, false) => 0,
        (12, true) => 12,
        (hour @ 1..=11, false) => hour,
        (hour @ 1..=11, true) => hour + 12,
        _ => return Err(NotADate::Impossible),
    };
    time.with_hour(hour).ok_or(NotADate::Impossible)
}

fn basic(mut rest: Scanner<'_>) -> Reading {
    let (year, month, day) = (rest.digits(4)?, rest.digits(2)?, rest.digits(2)?);
    rest.is_done().then(|| Ok((Moment::Day(calendar(year, month, day)?), Pattern::Basic)))
}

fn compact(mut rest: Scanner<'_>) -> Reading {
    let date = rest.iso_date()?;
    if !rest.eat(b"_") {
        return None;
    }
    let (hour, minute) = (rest.digits(2)?, rest.digits(2)?);
    if !rest.is_done() {
        return None;
    }
    Some((|| Ok((moment(date?, clock(hour, minute, 0)?, Zone::NotGiven)?, Pattern::Compact)))())
}

fn slashed(mut rest: Scanner<'_>) -> Reading {
    let first = rest.number()?;
    let separator = [b"/", b".", b"-"].into_iter().find(|separator| rest.eat(*separator))?;
    let second = rest.number()?;
    if !rest.eat(separator) {
        return None;
    }
    let year = rest.digits(4)?;
    if !rest.is_done() {
        return None;
    }
    let day_first = calendar(year, second, first);
    let month_first = calendar(year, first, second);
    Some(match (day_first, month_first) {
        (Ok(day), Ok(month)) if day != month => Err(NotADate::Ambiguous),
        (Ok(date), _) | (_, Ok(date)) => Ok((Moment::Day(date), Pattern::Slashed)),
        _ => Err(NotADate::Impossible),
    })
}

const MONTHS: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];

fn month_name(mut rest: Scanner<'_>) -> Reading {
    let day = rest.number()?;
    rest.separator()?;
    let letters = rest.letters();
    let month = (1u32..).zip(MONTHS).find(|(_, name)| {
        letters.len() >= 3
            && name.get(..letters.len()).is_some_and(|start| start.eq_ignore_ascii_case(letters))
    });
    let (month, _) = month?;
    rest.separator()?;
    let year = rest.digits(4)?;
    rest.is_done().then(|| Ok((Moment::Day(calendar(year, month, day)?), Pattern::MonthName)))
}

fn unix_seconds(rest: Scanner<'_>) -> Reading {
    // Nine or ten digits: 1973 to 2286.
    if !(9..=10).contains(&rest.0.len()) {
        return None;
    }
    let seconds: i64 = str::from_utf8(rest.0).ok()?.parse().ok()?;
    let time = DateTime::from_timestamp(seconds, 0)?.naive_utc();
    Some(Ok((Moment::Zoned(time, 0), Pattern::UnixSeconds)))
}

fn calendar(year: u32, month: u32, day: u32) -> Result<NaiveDate, NotADate> {
    let year = i32::try_from(year).map_err(|_| NotADate::Impossible)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NotADate::Impossible)
}

fn clock(hour: u32, minute: u32, second: u32) -> Result<NaiveTime, NotADate> {
    NaiveTime::from_hms_opt(hour, minute, second).ok_or(NotADate::Impossible)
}

fn moment(date: NaiveDate, time: NaiveTime, zone: Zone) -> Result<Moment, NotADate> {
    let time = date.and_time(time);
    match zone {
        Zone::NotGiven => Ok(Moment::Local(time)),
        Zone::Seconds(seconds) if seconds.abs() <= 14 * 3600 => Ok(Moment::Zoned(time, seconds)),
        Zone::Seconds(_) => Err(NotADate::Impossible),
    }
}

/// What stands where a difference to UTC may stand.
#[derive(Clone, Copy)]
enum Zone {
    NotGiven,
    Seconds(i32),
}

/// Reads from the front of a text. `None` says that something else stands there.
#[derive(Clone, Copy)]
struct Scanner<'a>(&'a [u8]);

impl<'a> Scanner<'a> {
    fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    fn eat(&mut self, word: &[u8]) -> bool {
        let rest = self.0.strip_prefix(word);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn eat_folded(&mut self, word: &[u8]) -> bool {
        let fits = self.0.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if fits {
            self.0 = &self.0[word.len()..];
        }
        fits
    }

    fn take(&mut self, accept: impl Fn(u8) -> bool) -> &'a [u8] {
        let len = self.0.iter().take_while(|&&byte| accept(byte)).count();
        let (taken, rest) = self.0.split_at(len);
        self.0 = rest;
        taken
    }

    fn blanks(&mut self) -> usize {
        self.take(|byte| byte == b' ').len()
    }

    fn letters(&mut self) -> &'a [u8] {
        self.take(|byte| byte.is_ascii_alphabetic())
    }

    /// One separator of a date with the name of a month, with blanks around it.
    fn separator(&mut self) -> Option<()> {
        let blanks = self.blanks();
        let found = self.take(|byte| matches!(byte, b'/' | b'-' | b'.' | b',')).len();
        self.blanks();
        (found == 1 || (found == 0 && blanks > 0)).then_some(())
    }

    /// Exactly `count` digits, not followed by another one unless the caller reads on.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let digits = self.0.get(..count)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        self.0 = &self.0[count..];
        str::from_utf8(digits).ok()?.parse().ok()
    }

    /// One or two digits.
    fn number(&mut self) -> Option<u32> {
        let digits = self.take(|byte| byte.is_ascii_digit());
        if digits.is_empty() || digits.len() > 2 {
            return None;
        }
        str::from_utf8(digits).ok()?.parse().ok()
    }

    /// `YYYY-MM-DD`; the inner result says whether the calendar has the day.
    fn iso_date(&mut self) -> Option<Result<NaiveDate, NotADate>> {
        let year = self.digits(4)?;
        let month = self.eat(b"-").then(|| self.digits(2))??;
        let day = self.eat(b"-").then(|| self.digits(2))??;
        if self.0.first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        Some(calendar(year, month, day))
    }

    /// `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fff`; fractions of a second are dropped.
    fn clock_time(&mut self) -> Option<Result<NaiveTime, NotADate>> {
        let hour = self.digits(2)?;
        let minute = self.eat(b":").then(|| self.digits(2))??;
        let mut second = 0;
        if self.eat(b":") {
            second = self.digits(2)?;
            if self.eat(b".") && self.take(|byte| byte.is_ascii_digit()).is_empty() {
                return None;
            }
        }
        Some(clock(hour, minute, second))
    }

    /// `Z`, `+HH:MM` or nothing; `+HHMM` and `+HH` too unless `strict`.
    fn zone(&mut self, strict: bool) -> Option<Zone> {
        if self.eat(b"Z") {
            return Some(Zone::Seconds(0));
        }
        let sign = if self.eat(b"+") {
            1
        } else if self.eat(b"-") {
            -1
        } else {
            return Some(Zone::NotGiven);
        };
        let hours = self.digits(2)?;
        let minutes = if self.eat(b":") || (!strict && !self.is_done()) {
            self.digits(2)?
        } else if strict {
            return None;
        } else {
            0
        };
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        (minutes < 60).then_some(Zone::Seconds(sign * seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text means, in one line.
    fn meaning(text: &str) -> String {
        match parse_lenient(text) {
            Ok((Moment::Day(date), pattern)) => format!("{date} {pattern:?}"),
            Ok((Moment::Local(time), pattern)) => format!("{time} {pattern:?}"),
            Ok((Moment::Zoned(time, offset), pattern)) => format!("{time} {offset:+} {pattern:?}"),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn what_the_field_writes() {
        let cases = [
            ("2026-09-01", "2026-09-01 Iso"),
            ("2007-03-10T10:02:01", "2007-03-10 10:02:01 Iso"),
            ("2007-03-10T10:02:01.250Z", "2007-03-10 10:02:01 +0 Iso"),
            ("2007-03-10T10:02+01:00", "2007-03-10 10:02:00 +3600 Iso"),
            ("2012-03-04T05:06:07+0100", "2012-03-04 05:06:07 +3600 NearIso"),
            ("2012-02-03 04:05:06 +0100", "2012-02-03 04:05:06 +3600 NearIso"),
            ("2012-02-03 04:05:06-03", "2012-02-03 04:05:06 -10800 NearIso"),
            ("28/Oct/2005", "2005-10-28 MonthName"),
            ("1 September 2026", "2026-09-01 MonthName"),
            ("2012-09-06   01:30:34PM", "2012-09-06 13:30:34 TwelveHours"),
            ("2012-09-06 12:30:34AM", "2012-09-06 00:30:34 TwelveHours"),
            ("2012-09-06 13:30:34PM", "Impossible"),
            ("2009-08-20_0230", "2009-08-20 02:30:00 Compact"),
            ("20260901", "2026-09-01 Basic"),
            ("1420441200", "2015-01-05 07:00:00 +0 UnixSeconds"),
            ("31/12/2026", "2026-12-31 Slashed"),
            ("12/31/2026", "2026-12-31 Slashed"),
            ("04/04/2026", "2026-04-04 Slashed"),
            ("03/04/2026", "Ambiguous"),
            ("31/31/2026", "Impossible"),
            (" 2026-09-01 ", "2026-09-01 Iso"),
            ("2005-02-31", "Impossible"),
            ("2005-02-29T10:00:00", "Impossible"),
            ("2005-02-28T24:00:00", "Impossible"),
            ("31/Feb/2005", "Impossible"),
            ("20260231", "Impossible"),
            ("2026-09-01T10:00:00+15:00", "Impossible"),
            ("", "Empty"),
            ("  ", "Empty"),
            ("13.January.20192018-10-24", "Unknown"),
            ("28/Okt/2005", "Unknown"),
            ("next week", "Unknown"),
            ("2026-9-1", "Unknown"),
            ("2026-09-011", "Unknown"),
            ("12345", "Unknown"),
        ];
        for (text, expected) in cases {
            assert_eq!(meaning(text), expected, "{text}");
        }
    }

    #[test]
    fn strict_takes_the_extended_form_only() {
        assert!(parse_strict("2026-09-01").is_ok());
        assert!(parse_strict("2026-09-01T08:30:00+02:00").is_ok());
        assert_eq!(parse_strict("2026-02-30"), Err(NotADate::Impossible));
        for text in [
            " 2026-09-01",
            "2026-09-01 08:30",
            "20260901",
            "2026-09-01T08:30:00+0200",
            "28/Oct/2005",
        ] {
            assert_eq!(parse_strict(text), Err(NotADate::Unknown), "{text}");
        }
    }
}
