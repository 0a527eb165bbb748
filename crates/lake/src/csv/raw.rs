//! Shapes by the bytes that rows write for their texts: most rows repeat another's to the letter,
//! and comparing bytes costs a tenth of looking up each field.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;

/// Bytes that are remembered at most; then it begins anew.
const MOST_BYTES: usize = 12 << 20;
/// Places in the table.
const PLACES: usize = 1 << 16;

#[derive(Clone, Copy)]
struct Entry {
    hash: u64,
    start: u32,
    length: u32,
    shape: u32,
    /// Where the row stands that came after it the last time: bills repeat themselves hour by hour.
    next: u32,
}

/// A bounded memory of rows' texts and the shapes they have.
pub(super) struct RawShapes {
    entries: Vec<Option<Entry>>,
    count: usize,
    bytes: Vec<u8>,
    state: RandomState,
    last: usize,
}

impl RawShapes {
    pub(super) fn new() -> Self {
        Self {
            entries: vec![None; PLACES],
            count: 0,
            bytes: Vec::new(),
            state: RandomState::default(),
            last: 0,
        }
    }

    /// The shape of a row, if it is the one that came next the last time.
    pub(super) fn expected<'r>(
        &mut self,
        pieces: impl Iterator<Item = &'r [u8]>,
        filled: u32,
    ) -> Option<u32> {
        let next = self.entries[self.last]?.next as usize;
        let entry = self.entries.get(next)?.as_ref()?;
        if !self.is_of(entry, pieces, filled) {
            return None;
        }
        self.last = next;
        Some(entry.shape)
    }

    /// The hash of a row's texts.
    pub(super) fn hash<'r>(&self, pieces: impl Iterator<Item = &'r [u8]>, filled: u32) -> u64 {
        let mut hasher = self.state.build_hasher();
        hasher.write_u32(filled);
        for piece in pieces {
            hasher.write(piece);
        }
        hasher.finish()
    }

    /// The shape of a row that was kept.
    pub(super) fn get<'r>(
        &mut self,
        hash: u64,
        pieces: impl Iterator<Item = &'r [u8]>,
        filled: u32,
    ) -> Option<u32> {
        let mut at = place(hash);
        loop {
            let entry = self.entries[at]?;
            if entry.hash == hash {
                let is_it = self.is_of(&entry, pieces, filled);
                return is_it.then(|| {
                    self.follow(at);
                    entry.shape
                });
            }
            at = (at + 1) % PLACES;
        }
    }

    /// Notes what came after the last row.
    fn follow(&mut self, at: usize) {
        if let Some(Some(last)) = self.entries.get_mut(self.last) {
            last.next = u32::try_from(at).unwrap_or_default();
        }
        self.last = at;
    }

    /// Whether an entry is of these texts: each after its length, so that none runs into the next.
    fn is_of<'r>(
        &self,
        entry: &Entry,
        pieces: impl Iterator<Item = &'r [u8]>,
        filled: u32,
    ) -> bool {
        let start = entry.start as usize;
        let mut rest = &self.bytes[start..start + entry.length as usize];
        let mut next = |expected: &[u8]| match rest.split_at_checked(expected.len()) {
            Some((found, after)) if found == expected => {
                rest = after;
                true
            }
            _ => false,
        };
        if !next(&filled.to_le_bytes()) {
            return false;
        }
        for piece in pieces {
            let length = u32::try_from(piece.len()).unwrap_or(u32::MAX);
            if !next(&length.to_le_bytes()) || !next(piece) {
                return false;
            }
        }
        rest.is_empty()
    }

    /// Keeps the shape of a row.
    pub(super) fn keep<'r>(
        &mut self,
        hash: u64,
        pieces: impl Iterator<Item = &'r [u8]>,
        filled: u32,
        shape: u32,
    ) {
        if self.count * 2 > PLACES || self.bytes.len() > MOST_BYTES {
            self.entries.fill(None);
            self.bytes.clear();
            self.count = 0;
        }
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&filled.to_le_bytes());
        for piece in pieces {
            let length = u32::try_from(piece.len()).unwrap_or(u32::MAX);
            self.bytes.extend_from_slice(&length.to_le_bytes());
            self.bytes.extend_from_slice(piece);
        }
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let entry = Entry {
            hash,
            start: number(start),
            length: number(self.bytes.len() - start),
            shape,
            next: 0,
        };
        let mut at = place(hash);
        while self.entries[at].is_some_and(|known| known.hash != hash) {
            at = (at + 1) % PLACES;
        }
        self.count += usize::from(self.entries[at].is_none());
        self.entries[at] = Some(entry);
        self.follow(at);
    }
}

fn place(hash: u64) -> usize {
    (hash as usize) % PLACES
}
