//! How a file is cut, decided from its size before its first byte moves.

/// Files up to this size go in one request.
pub(crate) const WHOLE: u64 = 16 << 20;
/// The usual part: small enough that an interruption on an office line costs seconds.
const PART: u64 = 8 << 20;
/// S3 takes so many parts, of at most so many bytes.
const MOST_PARTS: u64 = 10_000;
const LARGEST_PART: u64 = 5 << 30;
/// Parts are whole multiples of this.
const STEP: u64 = 1 << 20;
/// What S3 keeps as one object.
pub const LARGEST_FILE: u64 = MOST_PARTS * LARGEST_PART;

/// A file in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    pub bytes: u64,
    pub part_bytes: u64,
}

/// One part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// From 1 on.
    pub number: u32,
    pub at: u64,
    pub bytes: u64,
}

impl Plan {
    /// The plan for a file of so many bytes; none where S3 cannot keep it.
    pub fn of(bytes: u64) -> Option<Self> {
        if bytes > LARGEST_FILE {
            return None;
        }
        let needed = bytes.div_ceil(MOST_PARTS).next_multiple_of(STEP);
        Some(Self {
            bytes,
            part_bytes: needed.max(PART),
        })
    }

    /// The plan that was begun before.
    pub const fn begun(bytes: u64, part_bytes: u64) -> Self {
        Self { bytes, part_bytes }
    }

    pub fn parts(self) -> impl Iterator<Item = Span> + Clone {
        let starts =
            (0..self.bytes).step_by(usize::try_from(self.part_bytes).unwrap_or(usize::MAX));
        (1..).zip(starts).map(move |(number, at)| Span {
            number,
            at,
            bytes: self.part_bytes.min(self.bytes - at),
        })
    }

    /// How many requests it takes to send it.
    pub fn requests(bytes: u64) -> u64 {
        match Self::of(bytes) {
            Some(plan) if bytes > WHOLE => bytes.div_ceil(plan.part_bytes) + 2,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_plan_keeps_the_limits_of_s3(bytes in 1..=LARGEST_FILE) {
            let plan = Plan::of(bytes).unwrap();
            prop_assert!(bytes.div_ceil(plan.part_bytes) <= MOST_PARTS);
            prop_assert!((5 << 20..=LARGEST_PART).contains(&plan.part_bytes));
        }

        #[test]
        fn parts_follow_each_other_and_cover_the_file(bytes in 1_u64..(400 << 20)) {
            let plan = Plan::of(bytes).unwrap();
            let mut next = 0;
            for (expected, span) in (1..).zip(plan.parts()) {
                prop_assert_eq!(span.number, expected);
                prop_assert_eq!(span.at, next);
                next += span.bytes;
            }
            prop_assert_eq!(next, bytes);
        }
    }

    #[test]
    fn the_largest_file_fits_and_one_byte_more_does_not() {
        assert_eq!(
            Plan::of(LARGEST_FILE).map(|plan| plan.part_bytes),
            Some(5 << 30)
        );
        assert_eq!(Plan::of(LARGEST_FILE + 1), None);
        // 78 GiB and a little: where eight MiB a part are no longer enough.
        assert_eq!(
            Plan::of((8 << 20) * 10_000).map(|plan| plan.part_bytes),
            Some(8 << 20)
        );
        assert_eq!(
            Plan::of((8 << 20) * 10_000 + 1).map(|plan| plan.part_bytes),
            Some(9 << 20)
        );
        assert_eq!((Plan::requests(WHOLE), Plan::requests(WHOLE + 1)), (1, 5));
    }
}
