//! Shapes by the bytes that rows write for their texts: most rows repeat another's to the letter,
//! and comparing bytes costs a tenth of looking up each field.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;

/// Bytes that are remembered at most; then it begins anew.
const MOST_BYTES: usize = 12 << 20;
/// Rows that are remembered at most.
const MOST_ROWS: usize = 1 << 15;
/// Places in the table.
const PLACES: usize = 2 * MOST_ROWS;

struct Entry {
    hash: u64,
    start: u32,
    length: u32,
    shape: u32,
    /// The row that came after it the last time: bills repeat themselves hour by hour.
    next: u32,
}

/// A bounded memory of rows' texts and the shapes they have. Rows lie in the order in which they came, which is
/// that in which they come again: what is expected lies just behind what was read last.
pub(super) struct RawShapes {
    entries: Vec<Entry>,
    /// The numbers of entries by their hashes, counted from one.
    places: Vec<u32>,
    bytes: Vec<u8>,
    state: RandomState,
    last: usize,
}

impl RawShapes {
    pub(super) fn new() -> Self {
        Self {
            entries: Vec::new(),
            places: vec![0; PLACES],
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
        let next = self.entries.get(self.last)?.next as usize;
        let entry = self.entries.get(next)?;
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
        let at = self.places[self.place(hash)].checked_sub(1)? as usize;
        let entry = &self.entries[at];
        if !self.is_of(entry, pieces, filled) {
            return None;
        }
        let shape = entry.shape;
        self.follow(at);
        Some(shape)
    }

    /// The place of the entry of this hash, or the free one where it would be.
    fn place(&self, hash: u64) -> usize {
        let mut place = (hash as usize) % PLACES;
        loop {
            let known = self.places[place].checked_sub(1);
            if known.is_none_or(|at| self.entries[at as usize].hash == hash) {
                return place;
            }
            place = (place + 1) % PLACES;
        }
    }

    /// Notes what came after the last row.
    fn follow(&mut self, at: usize) {
        if let Some(last) = self.entries.get_mut(self.last) {
            last.next = number(at);
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
        if !is_next(&mut rest, filled) {
            return false;
        }
        for piece in pieces {
            if !is_next(&mut rest, number(piece.len())) {
                return false;
            }
            match rest.split_at_checked(piece.len()) {
                Some((found, after)) if found == piece => rest = after,
                _ => return false,
            }
        }
        rest.is_empty()
    }

    /// Keeps the shape of a row that is not kept.
    pub(super) fn keep<'r>(
        &mut self,
        hash: u64,
        pieces: impl Iterator<Item = &'r [u8]>,
        filled: u32,
        shape: u32,
    ) {
        if self.entries.len() >= MOST_ROWS || self.bytes.len() > MOST_BYTES {
            self.places.fill(0);
            self.entries.clear();
            self.bytes.clear();
        }
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&filled.to_le_bytes());
        for piece in pieces {
            self.bytes
                .extend_from_slice(&number(piece.len()).to_le_bytes());
            self.bytes.extend_from_slice(piece);
        }
        // Of two rows with one hash the later one is found.
        let place = self.place(hash);
        let at = self.entries.len();
        self.entries.push(Entry {
            hash,
            start: number(start),
            length: number(self.bytes.len() - start),
            shape,
            next: 0,
        });
        self.places[place] = number(at + 1);
        self.follow(at);
    }
}

/// Whether a number stands next, which is then taken off.
fn is_next(rest: &mut &[u8], number: u32) -> bool {
    match rest.split_first_chunk() {
        Some((found, after)) if u32::from_le_bytes(*found) == number => {
            *rest = after;
            true
        }
        _ => false,
    }
}

/// The bounds of what is kept are far below this.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
