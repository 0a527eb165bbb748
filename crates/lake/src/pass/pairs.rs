//! Pairs of numbers, numbered in the order in which they came.

/// Different pairs, each kept once.
#[derive(Debug)]
pub(crate) struct Pairs {
    /// A pair and its number plus one; zero is free.
    slots: Vec<(u64, u32)>,
    count: usize,
}

impl Pairs {
    pub(crate) fn new() -> Self {
        Self {
            slots: vec![(0, 0); 1 << 8],
            count: 0,
        }
    }

    /// The number of a pair, and whether it is new; `None` where 32 bits cannot number it.
    #[inline]
    pub(crate) fn number(&mut self, one: u32, other: u32) -> Option<(u32, bool)> {
        let pair = u64::from(one) << 32 | u64::from(other);
        let mask = self.slots.len() - 1;
        let mut at = place(pair) & mask;
        loop {
            match self.slots[at] {
                (_, 0) => break,
                (known, number) if known == pair => return Some((number - 1, false)),
                _ => at = (at + 1) & mask,
            }
        }
        let number = u32::try_from(self.count).ok()?;
        self.slots[at] = (pair, number.checked_add(1)?);
        self.count += 1;
        if self.count * 2 > self.slots.len() {
            self.grow();
        }
        Some((number, true))
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
        for slot in old.into_iter().filter(|(_, number)| *number > 0) {
            let mut at = place(slot.0) & (size - 1);
            while self.slots[at].1 > 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

/// Numbers that count up are not chosen by anyone to collide, so this need only spread.
fn place(pair: u64) -> usize {
    let product = pair.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (product >> 32) as usize ^ product as usize
}
