//! What a month costs day by day, packed: nano-units as whole numbers of seven bits a byte, the
//! sign in the lowest bit. A day without cost is one byte; days after the last one with cost are left out.

use crate::StoreError;

/// Days of the longest month.
pub(crate) const DAYS: usize = 31;

/// A month's days, the first at 0.
pub(crate) type Month = [i128; DAYS];

/// The place of a day, given as YYYYMMDD.
pub(crate) fn place(day: u32) -> usize {
    (day as usize % 100).saturating_sub(1).min(DAYS - 1)
}

/// The month as it is stored.
pub(crate) fn packed(month: &Month) -> Vec<u8> {
    let days = DAYS - month.iter().rev().take_while(|nanos| **nanos == 0).count();
    let mut bytes = Vec::with_capacity(days * 6);
    for nanos in &month[..days] {
        let mut rest = ((nanos << 1) ^ (nanos >> 127)).cast_unsigned();
        loop {
            let low = u8::try_from(rest & 0x7f).unwrap_or(0);
            rest >>= 7;
            if rest == 0 {
                bytes.push(low);
                break;
            }
            bytes.push(low | 0x80);
        }
    }
    bytes
}

/// The month that was stored.
pub(crate) fn unpacked(bytes: &[u8]) -> Result<Month, StoreError> {
    let unreadable = || StoreError::unreadable("what a month's days cost");
    let mut month = [0; DAYS];
    let (mut day, mut value, mut shift) = (0, 0_u128, 0_u32);
    for byte in bytes {
        let part = u128::from(byte & 0x7f);
        value |= part.checked_shl(shift).ok_or_else(unreadable)?;
        shift += 7;
        if byte & 0x80 == 0 {
            let nanos = (value >> 1).cast_signed() ^ -((value & 1).cast_signed());
            *month.get_mut(day).ok_or_else(unreadable)? = nanos;
            (day, value, shift) = (day + 1, 0, 0);
        }
    }
    if shift == 0 {
        Ok(month)
    } else {
        Err(unreadable())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_amount_is_read_as_it_was_written() {
        let mut month = [0; DAYS];
        for (at, nanos) in [0, 1, -1, 63, -64, 64, 1_234_567_890, -9_876_543_210_123]
            .into_iter()
            .chain([
                i128::from(i64::MAX) * 1000,
                i128::from(i64::MIN) * 1000,
                i128::MAX / 4,
            ])
            .enumerate()
        {
            month[at] = nanos;
        }
        assert_eq!(unpacked(&packed(&month)).unwrap(), month);
        assert_eq!(packed(&[0; DAYS]), Vec::<u8>::new());
        month[30] = -5;
        assert_eq!(unpacked(&packed(&month)).unwrap(), month);
    }

    #[test]
    fn what_was_cut_or_is_too_long_is_refused() {
        assert!(unpacked(&[0x80]).is_err());
        assert!(unpacked(&[0; 32]).is_err());
        assert!(unpacked(&[0xff; 25]).is_err());
    }
}
