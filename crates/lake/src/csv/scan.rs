//! Where the quotes, commas and line ends of a text lie, 64 bytes at a time.

use wide::i8x16;

/// Bytes that are looked at in one step.
pub(super) const STEP: usize = 64;

/// Bits for the bytes of a step.
struct Masks {
    quotes: u64,
    /// Commas and line ends.
    stops: u64,
    ends: u64,
    /// Whether no byte is beyond ASCII.
    is_ascii: bool,
}

/// Looks at a step, sixteen bytes at once.
#[inline]
fn masks(bytes: &[u8; STEP]) -> Masks {
    let of = |byte: u8| i8x16::splat(byte.cast_signed());
    let (quote, comma, end) = (of(b'"'), of(b','), of(b'\n'));
    let mut found = Masks {
        quotes: 0,
        stops: 0,
        ends: 0,
        is_ascii: true,
    };
    let mut all = i8x16::splat(0);
    let (parts, _) = bytes.as_chunks::<16>();
    for (at, part) in parts.iter().enumerate() {
        let part = i8x16::new(part.map(u8::cast_signed));
        let bits = |mask: i8x16| u64::from(mask.to_bitmask() & 0xffff) << (16 * at);
        let is_end = part.simd_eq(end);
        found.quotes |= bits(part.simd_eq(quote));
        found.ends |= bits(is_end);
        found.stops |= bits(is_end | part.simd_eq(comma));
        all |= part;
    }
    found.is_ascii = all.to_bitmask() & 0xffff == 0;
    found
}

/// A bit for each byte of a step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stops {
    /// A field ends there.
    pub(super) fields: u64,
    /// A record ends there.
    pub(super) records: u64,
}

impl Stops {
    /// Puts the places of a step that begins at `first` into `places`, from place `at` on; says how
    /// many there are. Eight are put without asking whether there are so many.
    #[inline]
    pub(super) fn put(&self, first: u32, at: usize, places: &mut Vec<u32>) -> usize {
        let mut fields = self.fields;
        let count = fields.count_ones() as usize;
        if places.len() < at + STEP {
            places.resize(at + 2 * STEP, 0);
        }
        let mut next = || {
            let bit = fields.trailing_zeros();
            fields &= fields.wrapping_sub(1);
            first + bit
        };
        if let Some(eight) = places.get_mut(at..at + 8) {
            eight.iter_mut().for_each(|place| *place = next());
        }
        if count > 8
            && let Some(more) = places.get_mut(at + 8..at + count)
        {
            more.iter_mut().for_each(|place| *place = next());
        }
        count
    }

    /// How many fields end up to a byte of the step.
    pub(super) const fn up_to(&self, bit: u32) -> usize {
        (self.fields & (u64::MAX >> (63 - bit))).count_ones() as usize
    }
}

/// What a text that starts with a record looks like.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// The commas and line ends that stand outside quotes.
    pub(super) stops: Vec<Stops>,
    /// Just behind the last line end outside quotes.
    pub(super) whole: usize,
    /// Whether every quote stands where RFC 4180 wants it, and the last one is closed. Only then
    /// do the other fields say what they seem to.
    pub(super) regular: bool,
    /// Line ends, those in quotes too, up to `whole`.
    pub(super) lines: u64,
    /// Whether there are line ends in quotes.
    pub(super) inner_lines: bool,
    /// Whether no byte is beyond ASCII.
    pub(super) is_ascii: bool,
}

/// Looks at a text that starts with a record; `ended` says that no more follows it.
pub(super) fn structure(text: &[u8], ended: bool) -> Structure {
    let mut found = Structure {
        stops: Vec::with_capacity(text.len() / STEP + 1),
        regular: true,
        is_ascii: true,
        ..Structure::default()
    };
    let (mut inside, mut lines) = (0_u64, 0_u64);
    // Before the first byte stands, as it were, a line end.
    let (mut may_open, mut closed) = (1_u64, 0_u64);
    let (steps, rest) = text.as_chunks::<STEP>();
    let mut last = [0; STEP];
    last[..rest.len()].copy_from_slice(rest);
    let steps = steps.iter().chain((!rest.is_empty()).then_some(&last));
    for (at, step) in steps.enumerate() {
        let masks = masks(step);
        let (here, ends) = (masks.quotes, masks.ends);
        found.is_ascii &= masks.is_ascii;
        let stops = if here | inside | closed == 0 {
            // Nothing here is in quotes, as in most steps.
            may_open = masks.stops >> 63;
            masks.stops
        } else {
            // Bit n: an odd number of quotes stands before or at it.
            let within = prefix_xor(here) ^ inside;
            inside = 0_u64.wrapping_sub(within >> 63);
            let stops = masks.stops & !within;
            let (opening, closing) = (here & within, here & !within);
            // A quote opens at the start of a field, or doubled just behind one that closed.
            let allowed = (stops | closing) << 1 | may_open;
            let odd = opening & !allowed;
            may_open = (stops | closing) >> 63;
            // What closes is followed by the end of its field, or by its double.
            let mut stray = (closing << 1 | closed) & !(stops | here);
            closed = closing >> 63;
            if rest_is_past(text.len(), at) {
                // The step is filled up with zeros.
                stray &= (1_u64 << (text.len() % STEP)) - 1;
            }
            while stray != 0 {
                let place = at * STEP + stray.trailing_zeros() as usize;
                if text[place] != b'\r' || text.get(place + 1).is_some_and(|next| *next != b'\n') {
                    found.regular = false;
                }
                stray &= stray - 1;
            }
            found.regular &= odd == 0;
            found.inner_lines |= ends & within != 0;
            stops
        };
        let outside = ends & stops;
        if outside != 0 {
            let end = 63 - outside.leading_zeros();
            found.whole = at * STEP + end as usize + 1;
            let up_to = ends & (u64::MAX >> (63 - end));
            found.lines = lines + u64::from(up_to.count_ones());
        }
        // Most steps end no line, and counting bits takes a while.
        if ends != 0 {
            lines += u64::from(ends.count_ones());
        }
        found.stops.push(Stops {
            fields: stops,
            records: outside,
        });
    }
    if ended {
        found.regular &= inside == 0;
        found.whole = text.len();
        found.lines = lines;
    }
    found
}

/// Whether step `at` of a text of `length` bytes reaches beyond its end.
const fn rest_is_past(length: usize, at: usize) -> bool {
    (at + 1) * STEP > length
}

/// Bit n: whether an odd number of bits up to n is set.
const fn prefix_xor(mut bits: u64) -> u64 {
    let mut shift = 1;
    while shift < 64 {
        bits ^= bits << shift;
        shift *= 2;
    }
    bits
}
