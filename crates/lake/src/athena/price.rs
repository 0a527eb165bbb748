/// What a query is charged for at least.
pub const MINIMUM_BYTES: u64 = 10_000_000;

/// What Athena asks for scanning so many bytes, in nano-dollars: five dollars for 10¹² bytes, at
/// least ten megabytes, rounded up. The bytes of an export's files are the most that can be
/// scanned: a roll-up reads a part of their columns.
#[must_use]
pub fn nanos_of_a_dollar_for(bytes: u64) -> i128 {
    let bytes = i128::from(bytes.max(MINIMUM_BYTES));
    (bytes * 5).div_euclid(1_000) + i128::from((bytes * 5).rem_euclid(1_000) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terabyte_costs_five_dollars_and_nothing_costs_ten_megabytes() {
        assert_eq!(nanos_of_a_dollar_for(1_000_000_000_000), 5_000_000_000);
        assert_eq!(nanos_of_a_dollar_for(0), 50_000);
        assert_eq!(nanos_of_a_dollar_for(10_000_001), 50_001, "rounded up");
    }
}
