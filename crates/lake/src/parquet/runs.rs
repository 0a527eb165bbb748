//! Numbers of a few bits each, as Parquet writes levels and places in dictionaries: one number so
//! many times, or eight and eight of them packed into bytes.

use ::parquet::errors::ParquetError;
use bytes::Bytes;

/// Bits that a number may have.
pub(super) const MOST_BITS: usize = 32;
/// Bytes that are looked at to unpack eight numbers of up to so many bits.
const WINDOW: usize = 40;

/// Numbers that are being read.
pub(super) struct Runs {
    bytes: Bytes,
    /// The next byte that is in no run yet.
    at: usize,
    bits: usize,
    run: Run,
}

/// What is left of a run.
enum Run {
    Same {
        number: u32,
        left: usize,
    },
    Packed {
        start: usize,
        next: usize,
        left: usize,
    },
}

/// The numbers end before there are as many as there should be.
fn ended() -> ParquetError {
    ParquetError::EOF("a page ends too early".to_owned())
}

impl Runs {
    /// Numbers of so many bits.
    pub(super) fn new(bytes: Bytes, bits: usize) -> Result<Self, ParquetError> {
        if bits > MOST_BITS {
            return Err(ParquetError::General(format!("numbers of {bits} bits")));
        }
        Ok(Self {
            bytes,
            at: 0,
            bits,
            run: Run::Same { number: 0, left: 0 },
        })
    }

    /// The number that comes `count` times from here on, if one run says so; it is then done with.
    pub(super) fn same(&mut self, count: usize) -> Result<Option<u32>, ParquetError> {
        self.begin()?;
        match &mut self.run {
            Run::Same { number, left } if *left >= count => {
                *left -= count;
                Ok(Some(*number))
            }
            _ => Ok(None),
        }
    }

    /// The next numbers.
    pub(super) fn fill(&mut self, into: &mut [u32]) -> Result<(), ParquetError> {
        let mut done = 0;
        while done < into.len() {
            self.begin()?;
            let wanted = into.len() - done;
            match &mut self.run {
                Run::Same { number, left } => {
                    let count = wanted.min(*left);
                    into[done..done + count].fill(*number);
                    *left -= count;
                    done += count;
                }
                Run::Packed { start, next, left } => {
                    let count = wanted.min(*left);
                    let packed = self.bytes.get(*start..).unwrap_or_default();
                    unpack(packed, self.bits, *next, &mut into[done..done + count])?;
                    *next += count;
                    *left -= count;
                    done += count;
                }
            }
        }
        Ok(())
    }

    /// Goes on to the next run where nothing is left of this one.
    fn begin(&mut self) -> Result<(), ParquetError> {
        while let Run::Same { left: 0, .. } | Run::Packed { left: 0, .. } = self.run {
            let head = self.head()?;
            let count = usize::try_from(head >> 1).map_err(|_| ended())?;
            self.run = if head & 1 == 1 {
                let start = self.at;
                self.at = start.saturating_add(count.saturating_mul(self.bits));
                Run::Packed {
                    start,
                    next: 0,
                    left: count.saturating_mul(8),
                }
            } else {
                let mut number = [0; 4];
                let length = self.bits.div_ceil(8);
                let written = self.bytes.get(self.at..self.at + length);
                number[..length].copy_from_slice(written.ok_or_else(ended)?);
                self.at += length;
                Run::Same {
                    number: u32::from_le_bytes(number),
                    left: count,
                }
            };
        }
        Ok(())
    }

    /// A number of as many bytes as it needs.
    fn head(&mut self) -> Result<u64, ParquetError> {
        let (mut head, mut shift) = (0, 0);
        loop {
            let byte = *self.bytes.get(self.at).ok_or_else(ended)?;
            self.at += 1;
            head |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(head);
            }
            shift += 7;
            if shift > 56 {
                return Err(ended());
            }
        }
    }
}

/// Unpacks numbers of so many bits, from number `from` on.
fn unpack(packed: &[u8], bits: usize, from: usize, into: &mut [u32]) -> Result<(), ParquetError> {
    if bits == 0 {
        into.fill(0);
        return Ok(());
    }
    // One by one up to where eight of them start at a byte.
    let (before, rest) = into.split_at_mut(((8 - from % 8) % 8).min(into.len()));
    for (at, number) in (from..).zip(before) {
        *number = one(packed, bits, at)?;
    }
    let from = from.next_multiple_of(8);
    let eights = packed.get(from / 8 * bits..).unwrap_or_default();
    let done = by_eights(eights, bits, rest);
    for (at, number) in (from + done..).zip(&mut rest[done..]) {
        *number = one(packed, bits, at)?;
    }
    Ok(())
}

/// Number `at` of those packed.
fn one(packed: &[u8], bits: usize, at: usize) -> Result<u32, ParquetError> {
    let first = at.saturating_mul(bits);
    let last = first.saturating_add(bits).div_ceil(8);
    let bytes = packed.get(first / 8..last).ok_or_else(ended)?;
    let mut word = [0; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    let number = u64::from_le_bytes(word) >> (first % 8);
    // What is cut off are the bits of its neighbour.
    Ok((number & ((1 << bits) - 1)) as u32)
}

/// Unpacks as many eights as there are with room behind them; says how many numbers these are.
fn by_eights(packed: &[u8], bits: usize, into: &mut [u32]) -> usize {
    macro_rules! of_bits {
        ($($bits:literal)+) => {
            match bits {
                $($bits => eights::<$bits>(packed, into),)+
                _ => 0,
            }
        };
    }
    of_bits!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32)
}

fn eights<const BITS: usize>(packed: &[u8], into: &mut [u32]) -> usize {
    let (eights, _) = into.as_chunks_mut::<8>();
    let mut done = 0;
    for (at, eight) in eights.iter_mut().enumerate() {
        let Some(window) = packed
            .get(at * BITS..)
            .and_then(|rest| rest.first_chunk::<WINDOW>())
        else {
            break;
        };
        *eight = unpacked::<BITS>(window);
        done += 8;
    }
    done
}

/// The eight numbers at the start of a window.
#[inline]
fn unpacked<const BITS: usize>(window: &[u8; WINDOW]) -> [u32; 8] {
    std::array::from_fn(|at| {
        let bit = at * BITS;
        let mut word = [0; 8];
        word.copy_from_slice(&window[bit / 8..bit / 8 + 8]);
        let number = u64::from_le_bytes(word) >> (bit % 8);
        (number & ((1 << BITS) - 1)) as u32
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Packs numbers as a writer does, in runs of eights.
    fn packed(numbers: &[u32], bits: usize) -> Vec<u8> {
        let groups = numbers.len().div_ceil(8);
        let mut bytes = vec![u8::try_from(groups << 1 | 1).unwrap()];
        let mut word = vec![0_u8; groups * bits];
        for (at, number) in numbers.iter().enumerate() {
            for bit in 0..bits {
                if number >> bit & 1 == 1 {
                    word[(at * bits + bit) / 8] |= 1 << ((at * bits + bit) % 8);
                }
            }
        }
        bytes.extend(word);
        bytes
    }

    fn repeated(number: u32, count: u8, bits: usize) -> Vec<u8> {
        let mut bytes = vec![count << 1];
        bytes.extend(&number.to_le_bytes()[..bits.div_ceil(8)]);
        bytes
    }

    proptest! {
        #[test]
        fn packed_and_repeated_numbers_come_out_in_any_pieces(
            bits in 0_usize..=32,
            runs in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<u32>(), 1..60)), 1..5),
            piece in 1_usize..70,
        ) {
            let mask = u32::try_from((1_u64 << bits) - 1).unwrap();
            let (mut bytes, mut meant) = (Vec::new(), Vec::new());
            for (same, numbers) in &runs {
                let mut numbers: Vec<u32> = numbers.iter().map(|number| number & mask).collect();
                if *same {
                    let count = u8::try_from(numbers.len()).unwrap();
                    bytes.extend(repeated(numbers[0], count, bits));
                    meant.extend(vec![numbers[0]; numbers.len()]);
                } else {
                    numbers.resize(numbers.len().next_multiple_of(8), 0);
                    bytes.extend(packed(&numbers, bits));
                    meant.extend(numbers);
                }
            }
            let mut read = Runs::new(bytes.into(), bits).unwrap();
            let mut found = Vec::new();
            while found.len() < meant.len() {
                let count = piece.min(meant.len() - found.len());
                match read.same(count).unwrap() {
                    Some(number) => found.extend(vec![number; count]),
                    None => {
                        let mut into = vec![0; count];
                        read.fill(&mut into).unwrap();
                        found.extend(into);
                    }
                }
            }
            prop_assert_eq!(found, meant);
            prop_assert!(read.fill(&mut [0]).is_err());
        }

        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..40), bits in 0_usize..=33) {
            if let Ok(mut read) = Runs::new(bytes.into(), bits) {
                let _ = read.fill(&mut [0; 100]);
            }
        }
    }
}
