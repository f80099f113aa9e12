//! Periods before a certificate expires.

use std::fmt;
use std::str::FromStr;

/// A period of days, months or years: `30d`, `2m`, `3y`.
///
/// At most four digits; zero is a period (on the day itself).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    number: u16,
    unit: Unit,
}

/// What a [`Duration`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `d`
    Days,
    /// `m`
    Months,
    /// `y`
    Years,
}

impl Duration {
    /// The largest number: four digits.
    pub const MAX: u16 = 9999;

    /// A period; `None` where the number is above [`MAX`](Self::MAX).
    pub fn new(number: u16, unit: Unit) -> Option<Self> {
        (number <= Self::MAX).then_some(Self { number, unit })
    }

    /// How many.
    pub fn number(self) -> u16 {
        self.number
    }

    /// Of what.
    pub fn unit(self) -> Unit {
        self.unit
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Days => 'd',
            Unit::Months => 'm',
            Unit::Years => 'y',
        };
        write!(f, "{}{unit}", self.number)
    }
}

/// The text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no period: write up to four digits and `d`, `m` or `y`, such as `30d`")]
pub struct NoDuration(pub String);

impl FromStr for Duration {
    type Err = NoDuration;

    /// Reads a period; the unit may be a capital letter.
    fn from_str(text: &str) -> Result<Self, NoDuration> {
        let read = || {
            let unit = match text.chars().next_back()? {
                'd' | 'D' => Unit::Days,
                'm' | 'M' => Unit::Months,
                'y' | 'Y' => Unit::Years,
                _ => return None,
            };
            let digits = &text[..text.len() - 1];
            let are_digits = (1..=4).contains(&digits.len())
                && digits.bytes().all(|digit| digit.is_ascii_digit());
            Self::new(digits.parse().ok().filter(|_| are_digits)?, unit)
        };
        read().ok_or_else(|| NoDuration(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods() {
        for (text, number, unit) in [
            ("30d", 30, Unit::Days),
            ("2m", 2, Unit::Months),
            ("3Y", 3, Unit::Years),
            ("0d", 0, Unit::Days),
            ("9999d", 9999, Unit::Days),
        ] {
            let read: Duration = text.parse().unwrap();
            assert_eq!((read.number(), read.unit()), (number, unit), "{text}");
            assert_eq!(read.to_string(), text.to_lowercase());
        }
        for text in ["", "d", "30", "-1d", "+1d", "1d2m", "10000d", "9999999d", "1 d", "1.5y", "3é"]
        {
            assert_eq!(text.parse::<Duration>(), Err(NoDuration(text.to_owned())));
        }
    }
}
