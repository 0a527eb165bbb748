//! Check digits of tax ids, as their countries publish them. Each function is given a text whose form is
//! right, without the country's prefix.

fn values(text: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    text.bytes().map(|b| u32::from(b.wrapping_sub(b'0')))
}

/// The last digit.
fn last(text: &str) -> u32 {
    values(text).next_back().unwrap_or(0)
}

fn weighted(text: &str, weights: &[u32]) -> u32 {
    values(text)
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

/// The number that the digits spell.
fn number(text: &str) -> u64 {
    values(text).fold(0, |number, digit| number * 10 + u64::from(digit))
}

/// ISO/IEC 7812: every second digit from the right counts twice, its digits summed.
pub(super) fn luhn(text: &str) -> bool {
    let sum: u32 = values(text)
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// ISO 7064, pure system with two moduli.
pub(super) fn mod_11_10(text: &str) -> bool {
    let body = &text[..text.len() - 1];
    let product = values(body).fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == last(text)
}

pub(super) fn austria(text: &str) -> bool {
    let sum: u32 = values(&text[1..8])
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    (10 - (sum + 4) % 10) % 10 == last(text)
}

pub(super) fn belgium(text: &str) -> bool {
    97 - number(&text[..8]) % 97 == number(&text[8..])
}

/// Companies have nine digits; the ten digits of people and foreigners follow other rules and pass.
pub(super) fn bulgaria(text: &str) -> bool {
    if text.len() == 10 {
        return true;
    }
    let first = weighted(text, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
    let check = match first {
        10 => weighted(text, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
        first => first,
    };
    check == last(text)
}

pub(super) fn switzerland(text: &str) -> bool {
    (11 - weighted(text, &[5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11 == last(text)
}

pub(super) fn cyprus(text: &str) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let sum: u32 = values(&text[..8])
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => ODD[digit as usize],
            _ => digit,
        })
        .sum();
    text.bytes().next_back().map(u32::from) == Some(sum % 26 + u32::from(b'A'))
}

/// Companies have eight digits; the nine or ten digits of people hold their birthday and pass.
pub(super) fn czechia(text: &str) -> bool {
    if text.len() != 8 {
        return true;
    }
    if text.starts_with('9') {
        return false;
    }
    let check = match 11 - weighted(text, &[8, 7, 6, 5, 4, 3, 2]) % 11 {
        10 => 0,
        11 => 1,
        check => check,
    };
    check == last(text)
}

pub(super) fn denmark(text: &str) -> bool {
    !text.starts_with('0') && weighted(text, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

pub(super) fn estonia(text: &str) -> bool {
    weighted(text, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

/// People have seven or eight digits and a letter, foreigners X, Y or Z for the first; companies a letter,
/// seven digits and a digit or letter.
pub(super) fn spain(text: &str) -> bool {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let bytes = text.as_bytes();
    let (first, check) = (bytes[0], bytes[8]);
    let people = |start: u64| {
        let letter =
            LETTERS[usize::try_from((start * 10_000_000 + number(&text[1..8])) % 23).unwrap_or(0)];
        letter == check
    };
    match first {
        b'0'..=b'9' => people(u64::from(first - b'0')),
        b'X' | b'Y' | b'Z' => people(u64::from(first - b'X')),
        b'K' | b'L' | b'M' => people(0),
        _ => {
            let sum: u32 = values(&text[1..8])
                .enumerate()
                .map(|(at, digit)| match (at % 2, digit * 2) {
                    (0, double) => double / 10 + double % 10,
                    _ => digit,
                })
                .sum();
            let control = (10 - sum % 10) % 10;
            u32::from(check) == u32::from(b'0') + control
                || check == b"JABCDEFGHI"[control as usize]
        }
    }
}

pub(super) fn finland(text: &str) -> bool {
    weighted(text, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)
}

/// The nine digits are the company's SIREN; a numeric key is computed from it. Monaco's begin with 000.
pub(super) fn france(text: &str) -> bool {
    let siren = &text[2..];
    if !siren.starts_with("000") && !luhn(siren) {
        return false;
    }
    let key = &text[..2];
    if key.bytes().all(|b| b.is_ascii_digit()) {
        (number(siren) * 100 + 12) % 97 == number(key)
    } else {
        // Keys with letters leave out I and O.
        !key.contains(['I', 'O'])
    }
}

/// Two moduli are in use, the second (9755) for numbers from 100 on; departments (GD) and health authorities (HA) have numbers of their own.
pub(super) fn united_kingdom(text: &str) -> bool {
    if let Some(number) = text.strip_prefix("GD") {
        return number < "500";
    }
    if let Some(number) = text.strip_prefix("HA") {
        return number >= "500";
    }
    let sum = weighted(&text[..9], &[8, 7, 6, 5, 4, 3, 2, 10, 1]);
    match sum % 97 {
        0 => true,
        42 | 55 => !text.starts_with('0'),
        _ => false,
    }
}

pub(super) fn greece(text: &str) -> bool {
    let sum = values(&text[..8]).fold(0, |sum, digit| sum * 2 + digit);
    sum * 2 % 11 % 10 == last(text)
}

pub(super) fn germany(text: &str) -> bool {
    !text.starts_with('0') && mod_11_10(text)
}

pub(super) fn hungary(text: &str) -> bool {
    weighted(text, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)
}

pub(super) fn ireland(text: &str) -> bool {
    let letter = |sum: u32| b"WABCDEFGHIJKLMNOPQRSTUV"[(sum % 23) as usize];
    let bytes = text.as_bytes();
    if bytes[1].is_ascii_digit() {
        let branch = bytes.get(8).map_or(0, |b| match b {
            b'W' => 0,
            letter => u32::from(letter - b'A') + 1,
        });
        letter(weighted(&text[..7], &[8, 7, 6, 5, 4, 3, 2]) + branch * 9) == bytes[7]
    } else {
        // The digit of the first place moves to the end.
        let body = format!("0{}{}", &text[2..7], &text[..1]);
        letter(weighted(&body, &[8, 7, 6, 5, 4, 3, 2])) == bytes[7]
    }
}

/// The eighth to tenth digits are the province's office.
pub(super) fn italy(text: &str) -> bool {
    let office = number(&text[7..10]);
    let known = (1..=100).contains(&office) || [120, 121, 888, 999].contains(&office);
    known && number(&text[..7]) > 0 && luhn(text)
}

/// Both lengths end in their check digit; of twelve digits the weights go on from one after nine.
pub(super) fn lithuania(text: &str) -> bool {
    let body = &text[..text.len() - 1];
    let sum = |start: u32| -> u32 {
        values(body)
            .zip(start..)
            .map(|(digit, place)| digit * (place % 9 + 1))
            .sum()
    };
    let check = match sum(0) % 11 {
        10 => sum(2) % 11 % 10,
        check => check,
    };
    check == last(text)
}

pub(super) fn luxembourg(text: &str) -> bool {
    number(&text[..6]) % 89 == number(&text[6..])
}

/// Companies begin with 4 or more; the numbers of people hold their birthday, or begin with 32, and pass.
pub(super) fn latvia(text: &str) -> bool {
    if text.as_bytes()[0] <= b'3' {
        return true;
    }
    weighted(text, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
}

pub(super) fn malta(text: &str) -> bool {
    37 - weighted(&text[..6], &[3, 4, 6, 7, 8, 9]) % 37 == weighted(&text[6..], &[10, 1])
}

/// Until 2019 the nine digits alone had a check digit; since then sole traders have numbers whose whole is
/// checked as ISO 7064 modulo 97.
pub(super) fn netherlands(text: &str) -> bool {
    let old = weighted(text, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == last(&text[..9]);
    let rest = "NL".bytes().chain(text.bytes()).fold(0_u32, |rest, b| {
        if b.is_ascii_digit() {
            (rest * 10 + u32::from(b - b'0')) % 97
        } else {
            (rest * 100 + u32::from(b - b'A') + 10) % 97
        }
    });
    old || rest == 1
}

pub(super) fn norway(text: &str) -> bool {
    weighted(text, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

pub(super) fn poland(text: &str) -> bool {
    weighted(text, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(text)
}

pub(super) fn portugal(text: &str) -> bool {
    if text.starts_with('0') {
        return false;
    }
    let check = 11 - weighted(text, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    (if check > 9 { 0 } else { check }) == last(text)
}

pub(super) fn romania(text: &str) -> bool {
    if text.starts_with('0') {
        return false;
    }
    let padded = format!("{text:0>10}");
    weighted(&padded, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == last(text)
}

pub(super) fn slovenia(text: &str) -> bool {
    let check = match 11 - weighted(text, &[8, 7, 6, 5, 4, 3, 2]) % 11 {
        10 => 0,
        check => check,
    };
    check == last(text)
}

/// The first digit is none, the third tells the kind of taxpayer.
pub(super) fn slovakia(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes[0] != b'0' && b"234789".contains(&bytes[2]) && number(text).is_multiple_of(11)
}
