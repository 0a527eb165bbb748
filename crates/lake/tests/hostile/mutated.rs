//! Inputs made from the kept ones by small changes.

use crate::corpus::{Bench, TARGETS, corpus};

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % below.max(1) as u64).unwrap()
    }
}

/// What has broken readers of such files before.
const STRANGE: &[&[u8]] = &[
    b"",
    b",",
    b"\"",
    b"\"\"",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xc3",
    b"NaN",
    b"-inf",
    b"1e400",
    b"1e-400",
    b"-9223372036.854775808",
    b"170141183460469231731687303715884105727",
    b"00000000000000000000000000000000000000001.5",
    b"2005-12-31",
    b"2199-12-31T23:59:59.999999999+23:59",
    b"9999-99-99",
    b"{\"a\":{\"b\":[[[[[[[[]]]]]]]]}}",
    b"\"{\"\"a\"\":\"\"\\ud800\"\"}\"",
    b"NULL",
    b"PAR1",
    b"\x1f\x8b\x08",
    b"\xff\xff\xff\x7f",
    b"\x00\x00\x00\x80",
];

/// One small change.
fn change(bytes: &mut Vec<u8>, others: &[(String, Vec<u8>)], dice: &mut Dice) {
    let at = dice.roll(bytes.len() + 1);
    let most = longest(bytes.len(), dice);
    let length = dice.roll(1 + most);
    let end = (at + length).min(bytes.len());
    match dice.roll(8) {
        0 if at < bytes.len() => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
        1 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
        2 => {
            bytes.drain(at.min(end)..end);
        }
        3 => {
            let copy = bytes[at.min(end)..end].to_vec();
            bytes.splice(at..at, copy);
        }
        4 => {
            let strange = STRANGE[dice.roll(STRANGE.len())];
            bytes.splice(at.min(end)..end, strange.iter().copied());
        }
        5 => field(bytes, dice),
        6 => {
            let other = &others[dice.roll(others.len())].1;
            let from = dice.roll(other.len() + 1);
            bytes.splice(at.., other[from..].iter().copied());
        }
        _ => bytes.truncate(at),
    }
}

/// Mostly short, sometimes anything.
fn longest(length: usize, dice: &mut Dice) -> usize {
    if dice.roll(4) == 0 { length } else { 8 }
}

/// Puts something strange in the place of a whole field.
fn field(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let ends: Vec<usize> = (0..bytes.len())
        .filter(|at| matches!(bytes[*at], b',' | b'\n'))
        .collect();
    if ends.len() < 2 {
        return;
    }
    let which = dice.roll(ends.len() - 1);
    let strange = STRANGE[dice.roll(STRANGE.len())];
    bytes.splice(ends[which] + 1..ends[which + 1], strange.iter().copied());
}

/// The most memory that this process has had, in MiB; nothing where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib >> 10)
}

#[test]
fn changed_inputs_are_read_or_refused_within_their_bounds() {
    let rounds: usize = std::env::var("TALLYPORT_MUTATIONS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(400);
    let bench = Bench::new();
    for (number, target) in (1..).zip(TARGETS) {
        let inputs = corpus(target);
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ number);
        for _ in 0..rounds {
            let mut bytes = inputs[dice.roll(inputs.len())].1.clone();
            for _ in 0..=dice.roll(4) {
                change(&mut bytes, &inputs, &mut dice);
            }
            bench.read(target, &bytes);
        }
    }
    if let Some(peak) = peak() {
        assert!(peak < 512, "{peak} MiB");
    }
}
