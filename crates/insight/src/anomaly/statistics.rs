/// The middle of a few values, which it puts in order; of two middle ones their mean. 0 of none.
pub(super) fn median(values: &mut [f64]) -> f64 {
    let count = values.len();
    if count == 0 {
        return 0.0;
    }
    if count <= 16 {
        insertion_sort(values);
        return if count % 2 == 1 {
            values[count / 2]
        } else {
            f64::midpoint(values[count / 2 - 1], values[count / 2])
        };
    }
    *values.select_nth_unstable_by(count / 2, f64::total_cmp).1
}

/// The value below which `percent` of the values lie. 0 of none.
pub(super) fn quantile(values: &mut [f64], percent: usize) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let place = (values.len() - 1) * percent / 100;
    *values.select_nth_unstable_by(place, f64::total_cmp).1
}

/// Few values are sorted fastest so.
fn insertion_sort(values: &mut [f64]) {
    for end in 1..values.len() {
        let value = values[end];
        let mut at = end;
        while at > 0 && values[at - 1] > value {
            values[at] = values[at - 1];
            at -= 1;
        }
        values[at] = value;
    }
}

/// The middle of seven values, by the fewest comparisons (N. Devillard, "Fast median search", 1998).
pub(super) fn median_of_seven(mut p: [f64; 7]) -> f64 {
    for (low, high) in [
        (0, 5),
        (0, 3),
        (1, 6),
        (2, 4),
        (0, 1),
        (3, 5),
        (2, 6),
        (2, 3),
        (3, 6),
        (4, 5),
        (1, 4),
        (1, 3),
        (3, 4),
    ] {
        (p[low], p[high]) = (p[low].min(p[high]), p[low].max(p[high]));
    }
    p[3]
}

/// The last few values, kept in order for their median.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last<const N: usize> {
    /// As they came; the oldest is replaced.
    values: [f64; N],
    sorted: [f64; N],
    count: usize,
}

impl<const N: usize> Default for Last<N> {
    fn default() -> Self {
        Self {
            values: [0.0; N],
            sorted: [0.0; N],
            count: 0,
        }
    }
}

impl<const N: usize> Last<N> {
    pub fn push(&mut self, value: f64) {
        let place = self.count % N;
        let mut at = if self.count < N {
            self.count
        } else {
            let oldest = self.values[place];
            let found = self.sorted.iter().position(|kept| *kept >= oldest);
            found.unwrap_or(0)
        };
        // The free place moves to where the new value belongs.
        let held = self.len().max(at + 1).min(N);
        while at > 0 && self.sorted[at - 1] > value {
            self.sorted[at] = self.sorted[at - 1];
            at -= 1;
        }
        while at + 1 < held && self.sorted[at + 1] < value {
            self.sorted[at] = self.sorted[at + 1];
            at += 1;
        }
        self.sorted[at] = value;
        self.values[place] = value;
        self.count += 1;
    }

    pub fn clear(&mut self) {
        self.count = 0;
    }

    pub fn len(&self) -> usize {
        self.count.min(N)
    }

    /// The middle one; of two middle ones their mean. 0 of none.
    pub fn median(&self) -> f64 {
        let count = self.len();
        if count == 0 {
            0.0
        } else if count % 2 == 1 {
            self.sorted[count / 2]
        } else {
            f64::midpoint(self.sorted[count / 2 - 1], self.sorted[count / 2])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_last_values_is_that_of_sorting_them() {
        let mut last = Last::<9>::default();
        let mut all: Vec<f64> = Vec::new();
        let mut number: u64 = 7;
        for turn in 0..500 {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let value = f64::from(u8::try_from(number >> 59).unwrap());
            if turn % 97 == 96 {
                last.clear();
                all.clear();
            }
            last.push(value);
            all.push(value);
            let mut recent = all[all.len().saturating_sub(9)..].to_vec();
            recent.sort_by(f64::total_cmp);
            assert_eq!(
                last.median().to_bits(),
                median(&mut recent).to_bits(),
                "{turn}"
            );
            if let Ok(seven) = <[f64; 7]>::try_from(&all[all.len().saturating_sub(7)..]) {
                let mut sorted = seven;
                assert_eq!(
                    median_of_seven(seven).to_bits(),
                    median(&mut sorted).to_bits()
                );
            }
        }
    }
}
