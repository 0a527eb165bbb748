use std::hash::BuildHasher;

use foldhash::fast::RandomState;

/// Texts numbered in the order in which they came, each kept once.
///
/// They lie one after the other in one allocation, and the table that finds them holds numbers
/// only: a text costs its bytes and some twelve more.
#[derive(Debug, Default)]
pub struct Texts {
    bytes: String,
    ends: Vec<usize>,
    /// A part of the hash in the high half, the number plus one in the low half; zero is free.
    slots: Vec<u64>,
    state: RandomState,
}

/// The number that no text has: it can stand for "none".
pub const NO_TEXT: u32 = u32::MAX;

impl Texts {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of memory that they take.
    #[must_use]
    pub const fn memory(&self) -> usize {
        self.bytes.capacity() + (self.ends.capacity() + self.slots.capacity()) * 8
    }

    /// The text with this number; empty where there is none.
    #[must_use]
    #[inline]
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let Some(end) = self.ends.get(at) else {
            return "";
        };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.bytes.get(start..*end).unwrap_or("")
    }

    /// The number of a text that is there.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.probe(text, self.state.hash_one(text)).ok()
    }

    /// The number of a text; a new one gets the next. `None` where 32 bits cannot number it.
    pub fn number(&mut self, text: &str) -> Option<u32> {
        if (self.ends.len() + 1) * 3 > self.slots.len() * 2 {
            self.grow();
        }
        let hash = self.state.hash_one(text);
        match self.probe(text, hash) {
            Ok(number) => Some(number),
            Err(slot) => {
                let number = u32::try_from(self.ends.len()).ok()?;
                if number >= NO_TEXT - 1 {
                    return None;
                }
                self.slots[slot] = tag(hash) | u64::from(number + 1);
                self.bytes.push_str(text);
                self.ends.push(self.bytes.len());
                Some(number)
            }
        }
    }

    /// The number of `text`, or the free slot where it belongs.
    fn probe(&self, text: &str, hash: u64) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let tag = tag(hash);
        let mut at = place(hash, mask);
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return Err(at);
            }
            if slot & TAG == tag {
                // The low half is what is left of it.
                let number = low(slot) - 1;
                if self.get(number) == text {
                    return Ok(number);
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(16);
        self.slots = vec![0; size];
        let (mask, mut start) = (size - 1, 0);
        for (number, end) in self.ends.iter().enumerate() {
            let text = self.bytes.get(start..*end).unwrap_or("");
            start = *end;
            let hash = self.state.hash_one(text);
            let mut at = place(hash, mask);
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = tag(hash) | (number as u64 + 1);
        }
    }
}

const TAG: u64 = 0xffff_ffff_0000_0000;

const fn tag(hash: u64) -> u64 {
    hash & TAG
}

const fn low(slot: u64) -> u32 {
    (slot & !TAG) as u32
}

const fn place(hash: u64, mask: usize) -> usize {
    (hash as usize) & mask
}
