//! ECTS credits.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A number of ECTS credits, from 0 to 10,000 with at most two decimals (the bounds of Pégase's ODF API).
///
/// `Display` writes it without trailing zeros, as the codes of the reference table `Ects` are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Credits {
    hundredths: u32,
}

/// Not a number of credits: a number from 0 to 10,000 with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a number of credits: expected a number from 0 to 10000 with at most two decimals")]
pub struct NoCredits;

impl Credits {
    /// The largest number of credits.
    pub const MAX: Self = Self { hundredths: 1_000_000 };

    /// A whole number of credits.
    ///
    /// # Errors
    /// [`NoCredits`] above 10,000.
    pub const fn whole(credits: u16) -> Result<Self, NoCredits> {
        if credits <= 10_000 {
            Ok(Self { hundredths: credits as u32 * 100 })
        } else {
            Err(NoCredits)
        }
    }

    /// The number in hundredths of a credit.
    pub const fn hundredths(self) -> u32 {
        self.hundredths
    }

    /// The number.
    pub fn as_f64(self) -> f64 {
        f64::from(self.hundredths) / 100.0
    }
}

/// A whole number that is never above the largest one.
impl From<u8> for Credits {
    fn from(credits: u8) -> Self {
        Self { hundredths: u32::from(credits) * 100 }
    }
}

impl FromStr for Credits {
    type Err = NoCredits;

    /// Reads a number as JSON writes it (`6`, `6.0`, `2.5`, `1.8e2`).
    fn from_str(text: &str) -> Result<Self, NoCredits> {
        // `f64` would take words, too.
        let is_number = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
        if text.starts_with(['+', '-']) || !text.bytes().all(is_number) {
            return Err(NoCredits);
        }
        let hundredths = text.parse::<f64>().map_err(|_| NoCredits)? * 100.0;
        let rounded = hundredths.round();
        let is_exact = (hundredths - rounded).abs() < 1e-6;
        if !is_exact || !(0.0..=f64::from(Self::MAX.hundredths)).contains(&rounded) {
            return Err(NoCredits);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in the range")]
        let hundredths = rounded as u32;
        Ok(Self { hundredths })
    }
}

impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.hundredths / 100, self.hundredths % 100);
        match rest {
            0 => write!(f, "{whole}"),
            rest if rest % 10 == 0 => write!(f, "{whole}.{}", rest / 10),
            rest => write!(f, "{whole}.{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_credits() {
        for (text, written) in [
            ("6", "6"),
            ("6.0", "6"),
            ("2.50", "2.5"),
            ("0.01", "0.01"),
            ("1.8e2", "180"),
            ("10000", "10000"),
        ] {
            assert_eq!(text.parse::<Credits>().map(|it| it.to_string()).as_deref(), Ok(written));
        }
        for text in ["", "-1", "+1", "six", "inf", "NaN", "0.001", "10000.01", "1e9", "cent", "6,5"]
        {
            assert_eq!(text.parse::<Credits>(), Err(NoCredits), "{text}");
        }
        assert_eq!(Credits::whole(6), Ok(6.into()));
        assert_eq!(Credits::whole(10_001), Err(NoCredits));
    }
}
