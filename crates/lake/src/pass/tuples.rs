//! Rows of numbers, numbered in the order in which they came.

/// Different rows of `width` numbers, each kept once.
#[derive(Debug)]
pub(crate) struct Tuples {
    width: usize,
    numbers: Vec<u32>,
    /// A part of the hash in the high half, the number plus one in the low half; zero is free.
    slots: Vec<u64>,
    count: usize,
    /// The row after which each row came the last time: bills repeat themselves hour by hour.
    next: Vec<u32>,
    last: usize,
}

impl Tuples {
    pub(crate) fn new(width: usize) -> Self {
        Self {
            width,
            numbers: Vec::new(),
            slots: vec![0; 1 << 10],
            count: 0,
            next: Vec::new(),
            last: 0,
        }
    }

    /// How many there are.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    /// The number of a row, and whether it is new.
    #[inline]
    pub(crate) fn number(&mut self, row: &[u32]) -> (usize, bool) {
        debug_assert_eq!(row.len(), self.width);
        if let Some(next) = self.next.get(self.last) {
            let next = *next as usize;
            if self.row(next) == Some(row) {
                self.last = next;
                return (next, false);
            }
        }
        let (number, new) = self.look_up(row);
        if new {
            self.next.push(0);
        }
        if let Some(next) = self.next.get_mut(self.last) {
            // A table of more than so many has no room for them.
            *next = u32::try_from(number).unwrap_or_default();
        }
        self.last = number;
        (number, new)
    }

    fn row(&self, number: usize) -> Option<&[u32]> {
        let start = number * self.width;
        self.numbers.get(start..start + self.width)
    }

    fn look_up(&mut self, row: &[u32]) -> (usize, bool) {
        let hash = hash(row);
        let mask = self.slots.len() - 1;
        let mut at = (hash as usize) & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                break;
            }
            if (slot ^ hash) >> 32 == 0 {
                let number = (slot & 0xffff_ffff) as usize - 1;
                if self.row(number) == Some(row) {
                    return (number, false);
                }
            }
            at = (at + 1) & mask;
        }
        let number = self.count;
        self.count += 1;
        self.numbers.extend_from_slice(row);
        self.slots[at] = (hash & !0xffff_ffff) | self.count as u64;
        if self.count * 2 > self.slots.len() {
            self.grow(self.slots.len() * 2);
        }
        (number, true)
    }

    /// Gives every row another number at its end: `otherwise` those that are there.
    pub(crate) fn widen(&mut self, otherwise: u32) {
        let width = self.width + 1;
        let mut wider = Vec::with_capacity((self.count + 1) * width);
        for number in 0..self.count {
            wider.extend_from_slice(self.row(number).unwrap_or_default());
            wider.push(otherwise);
        }
        self.numbers = wider;
        self.width = width;
        self.grow(self.slots.len());
    }

    fn grow(&mut self, size: usize) {
        let mask = size - 1;
        self.slots = vec![0; size];
        for number in 0..self.count {
            let hash = hash(self.row(number).unwrap_or_default());
            let mut at = (hash as usize) & mask;
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = (hash & !0xffff_ffff) | (number as u64 + 1);
        }
    }
}

/// Numbers that count up are not chosen by anyone to collide, so this need only spread.
fn hash(row: &[u32]) -> u64 {
    const ODD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f];
    let (mut one, mut other) = (ODD[0], ODD[1]);
    let mut quads = row.chunks_exact(4);
    for quad in &mut quads {
        one = mixed(
            one ^ (u64::from(quad[0]) | u64::from(quad[1]) << 32),
            ODD[0],
        );
        other = mixed(
            other ^ (u64::from(quad[2]) | u64::from(quad[3]) << 32),
            ODD[1],
        );
    }
    for last in quads.remainder() {
        one = mixed(one ^ u64::from(*last), ODD[1]);
    }
    mixed(one ^ other.rotate_left(32), ODD[0])
}

/// Both halves of a product, folded.
fn mixed(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}
