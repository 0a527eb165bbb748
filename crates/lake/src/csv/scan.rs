//! Where the quotes, commas and line ends of a text lie, 64 bytes at a time.

/// Bytes that are looked at in one step.
pub(super) const STEP: usize = 64;

/// A bit for each byte of a step that is `wanted`. Each byte becomes its bit or nothing, which is
/// done for many bytes at once, and the eight bits of eight bytes are added up in one product.
#[inline]
fn mask(bytes: &[u8; STEP], wanted: impl Fn(u8) -> bool) -> u64 {
    let mut bits = [0_u8; STEP];
    for (at, (bit, byte)) in bits.iter_mut().zip(bytes).enumerate() {
        *bit = if wanted(*byte) { 1 << (at % 8) } else { 0 };
    }
    let (eights, _) = bits.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |mask, (at, eight)| {
        let sum = u64::from_le_bytes(*eight).wrapping_mul(0x0101_0101_0101_0101) >> 56;
        mask | sum << (8 * at)
    })
}

/// What a text that starts with a record looks like.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// A bit for each comma and line end that stands outside quotes.
    pub(super) stops: Vec<u64>,
    /// Just behind the last line end outside quotes.
    pub(super) whole: usize,
    /// Whether every quote stands where RFC 4180 wants it, and the last one is closed. Only then
    /// do the other fields say what they seem to.
    pub(super) regular: bool,
    /// Line ends, those in quotes too, up to `whole`.
    pub(super) lines: u64,
    /// Whether there are line ends in quotes.
    pub(super) inner_lines: bool,
}

/// Looks at a text that starts with a record; `ended` says that no more follows it.
pub(super) fn structure(text: &[u8], ended: bool) -> Structure {
    let mut found = Structure {
        stops: Vec::with_capacity(text.len() / STEP + 1),
        regular: true,
        ..Structure::default()
    };
    let (mut inside, mut quotes, mut lines) = (0_u64, 0_u64, 0_u64);
    // Before the first byte stands, as it were, a line end.
    let (mut may_open, mut closed) = (1_u64, 0_u64);
    let (steps, rest) = text.as_chunks::<STEP>();
    let mut last = [0; STEP];
    last[..rest.len()].copy_from_slice(rest);
    let steps = steps.iter().chain((!rest.is_empty()).then_some(&last));
    for (at, step) in steps.enumerate() {
        let here = mask(step, |byte| byte == b'"');
        let ends = mask(step, |byte| byte == b'\n');
        let either = mask(step, |byte| byte == b',' || byte == b'\n');
        // Bit n: an odd number of quotes stands before or at it.
        let within = prefix_xor(here) ^ inside;
        inside = 0_u64.wrapping_sub(within >> 63);
        let stops = either & !within;
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
        quotes += u64::from(here.count_ones());
        found.inner_lines |= ends & within != 0;
        let outside = ends & stops;
        if outside != 0 {
            let end = 63 - outside.leading_zeros();
            found.whole = at * STEP + end as usize + 1;
            let up_to = ends & (u64::MAX >> (63 - end));
            found.lines = lines + u64::from(up_to.count_ones());
        }
        lines += u64::from(ends.count_ones());
        found.stops.push(stops);
    }
    if ended {
        found.regular &= quotes % 2 == 0;
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
