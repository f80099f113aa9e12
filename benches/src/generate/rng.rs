//! Small random numbers: splitmix64, the same on every machine.

/// The step between two states of the generator.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// What a stream of numbers is for; no two kinds of record share one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stream {
    Person = 1,
    Section = 2,
    Membership = 3,
    Seats = 4,
    Asset = 5,
    Value = 6,
    Object = 7,
    Shared = 8,
}

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

impl Rng {
    /// The stream of one record. As each has its own, a member list can make any person again without
    /// the persons before it, and nothing has to be kept in memory.
    pub(super) fn new(seed: u64, stream: Stream, index: u64) -> Self {
        let kind = mix(seed.wrapping_add((stream as u64).wrapping_mul(STEP)));
        Self(mix(kind.wrapping_add(index.wrapping_mul(STEP))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number from 0 to `bound - 1`: the high half of a product.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// True in `percent` of 100 cases.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// An identifier in the form of a UUID.
    pub(super) fn uuid(&mut self) -> String {
        let bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        // Version 4, variant 1.
        let bits = bits & !(0xF << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
        let digits = format!("{bits:032x}");
        [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
    }

    /// One of the values.
    #[expect(clippy::cast_possible_truncation, reason = "an index below a length")]
    pub(super) fn pick<'a, T: ?Sized>(&mut self, values: &[&'a T]) -> &'a T {
        values[self.below(values.len() as u64) as usize]
    }
}

fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}
