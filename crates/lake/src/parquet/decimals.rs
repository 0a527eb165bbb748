//! What a file has as DOUBLE, as the decimal that was meant. Nothing here calculates with a float:
//! its bits go in, the shortest decimal that gives them comes out.

use tallyport_ledger::{Exact, ExactError};

/// Places in the table.
const PLACES: usize = 1 << 13;

/// Doubles that were taken as decimals, by their bits: bills repeat a few thousand prices.
pub(super) struct Doubles {
    known: Vec<(u64, Exact)>,
    text: zmij::Buffer,
}

impl Doubles {
    pub(super) fn new() -> Self {
        // Each place holds zero, whose decimal needs no working out.
        Self {
            known: vec![(0, Exact::ZERO); PLACES],
            text: zmij::Buffer::new(),
        }
    }

    /// The shortest decimal that gives this number.
    pub(super) fn decimal(&mut self, double: f64) -> Result<Exact, ExactError> {
        let bits = double.to_bits();
        let place = (bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 51) as usize % PLACES;
        let (known, exact) = self.known[place];
        if known == bits {
            return Ok(exact);
        }
        if !double.is_finite() {
            return Err(ExactError::NotANumber);
        }
        let exact = Exact::parse(self.text.format_finite(double).as_bytes())?;
        self.known[place] = (bits, exact);
        Ok(exact)
    }

    /// As [`Doubles::decimal`], of half as many bits.
    pub(super) fn decimal_of_single(&mut self, single: f32) -> Result<Exact, ExactError> {
        if !single.is_finite() {
            return Err(ExactError::NotANumber);
        }
        Exact::parse(self.text.format_finite(single).as_bytes())
    }
}
