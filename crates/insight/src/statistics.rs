//! Middle values and how far others lie from them.

/// The value below which `share` of the `sorted` values lie, between two of them by their distance.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0.0;
    };
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    let part = place - below as f64;
    sorted[below] * (1.0 - part) + sorted[above] * part
}

/// Sorts values; what is no number comes last.
pub(crate) fn sort(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

/// The middle value; orders the values on the way.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    let odd = values.len() % 2 == 1;
    let (below, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let upper = *upper;
    if odd {
        return upper;
    }
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (lower + upper) / 2.0
}

/// The mean; nothing of no values.
pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / values.len() as f64
}

/// The standard deviation that the middle distance from `middle` stands for: of a normal distribution they
/// are the same, and outliers do not move it.
pub(crate) fn spread(values: &[f64], middle: f64) -> f64 {
    let mut distances: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
    1.4826 * median(&mut distances)
}

/// The middle of the `width` values around each, fewer at both ends.
pub(crate) fn running_median(values: &[f64], width: usize) -> Vec<f64> {
    let half = width / 2;
    let mut window = Vec::with_capacity(width);
    (0..values.len())
        .map(|at| {
            let from = at.saturating_sub(half);
            let to = (at + half + 1).min(values.len());
            window.clear();
            window.extend_from_slice(&values[from..to]);
            median(&mut window)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-9, "{found} instead of {wanted}");
    }

    #[test]
    fn the_middle_value_of_few_and_of_none() {
        near(median(&mut []), 0.0);
        near(median(&mut [3.0]), 3.0);
        near(median(&mut [3.0, 1.0]), 2.0);
        near(median(&mut [9.0, 1.0, 5.0]), 5.0);
        near(median(&mut [4.0, 1.0, 9.0, 2.0]), 3.0);
    }

    #[test]
    fn a_quantile_lies_between_its_neighbours() {
        let sorted = [0.0, 10.0, 20.0, 30.0];
        near(quantile(&sorted, 0.0), 0.0);
        near(quantile(&sorted, 0.5), 15.0);
        near(quantile(&sorted, 1.0), 30.0);
        near(quantile(&[], 0.5), 0.0);
    }

    #[test]
    fn one_outlier_moves_neither_the_running_middle_nor_the_spread() {
        let mut values = vec![10.0; 30];
        values[12] = 1000.0;
        assert!(
            running_median(&values, 7)
                .iter()
                .all(|v| (v - 10.0).abs() < 1e-9)
        );
        near(spread(&values, 10.0), 0.0);
    }
}
