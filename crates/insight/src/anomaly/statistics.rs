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

/// The last few values, for their median.
#[derive(Debug, Clone, Default)]
pub(super) struct Last<const N: usize> {
    values: [f64; 16],
    count: usize,
}

impl<const N: usize> Last<N> {
    pub fn push(&mut self, value: f64) {
        if let Some(slot) = self.values.get_mut(self.count % N) {
            *slot = value;
        }
        self.count += 1;
    }

    pub fn clear(&mut self) {
        self.count = 0;
    }

    pub fn len(&self) -> usize {
        self.count.min(N)
    }

    pub fn median(&self) -> f64 {
        let mut sorted = self.values;
        median(&mut sorted[..self.len()])
    }
}
