//! Numbers that look random and are not: a pure function of seed, name and day.
//!
//! Every draw is independent of every other, so that a day keeps its figures when another day,
//! line or resource is added to the model.

/// The one number that the whole company follows from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seed(pub u64);

impl Seed {
    /// A number for `name` on `day` (or for anything else that can be counted).
    pub fn draw(self, name: &str, day: i32) -> u64 {
        // FNV-1a over the name, then the splitmix64 finaliser over name, day and seed.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in name.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let day = u64::from(day.cast_unsigned());
        finalise(finalise(hash ^ self.0.rotate_left(32)) ^ day.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number in `low..=high` for `name` on `day`.
    pub fn between(self, name: &str, day: i32, low: i128, high: i128) -> i128 {
        let span = (high - low).max(0) + 1;
        low + i128::from(self.draw(name, day)) % span
    }

    /// Lower-case hexadecimal digits for `name`, as AWS ids have them.
    pub fn hex(self, name: &str, digits: usize) -> String {
        let (high, low) = (self.draw(name, 1), self.draw(name, 2));
        format!("{high:016x}{low:016x}")
            .chars()
            .take(digits)
            .collect()
    }
}

/// Hexadecimal digits for `text`, the same in every sandbox: for codes that stand for what they are
/// made from.
pub(crate) fn code_of(text: &str, digits: usize) -> String {
    Seed(0).hex(text, digits)
}

fn finalise(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
