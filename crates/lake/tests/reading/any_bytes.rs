//! No file makes the reader panic, and what it takes adds up.

use proptest::prelude::*;
use tallyport_ledger::Exact;

use crate::bills::{FOCUS, data, focus, outcome, row_with};

/// An amount as sources write them: up to 24 decimals, of any sign, sometimes with an exponent.
fn amount() -> impl Strategy<Value = String> {
    prop_oneof![
        ("-?[0-9]{1,6}", "[0-9]{0,24}").prop_map(|(whole, decimals)| {
            if decimals.is_empty() {
                whole
            } else {
                format!("{whole}.{decimals}")
            }
        }),
        "-?[0-9]\\.[0-9]{1,10}E-?[0-6]",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(
        head in prop_oneof![Just(String::new()), Just(format!("{FOCUS}\n"))],
        tail in prop::collection::vec(any::<u8>(), 0..600),
        skip in any::<bool>(),
    ) {
        let mut bytes = head.into_bytes();
        bytes.extend(tail);
        let _ = outcome(bytes, skip);
    }

    #[test]
    fn a_damaged_bill_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in any::<prop::sample::Index>(),
        name in prop::sample::select(vec![
            "focus-sample/focus_sample.csv",
            "koku-aws/2023-06-01.csv",
            "koku-aws/2022-07-01-alt-columns.csv",
        ]),
    ) {
        let whole = std::fs::read(data(name)).unwrap();
        // Enough of it to have rows, and small enough to read often.
        let end = whole.len().min(30_000);
        let mut bytes = whole[..end - cut.index(end / 2)].to_vec();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let strict = outcome(&bytes, false);
        if let Ok(file) = outcome(&bytes, true) {
            prop_assert_eq!(strict.is_ok(), file.bad_row_count == 0);
            let lines: u64 = file.load.periods.iter().map(|p| p.lines).sum();
            prop_assert_eq!(lines, file.lines);
            let of_charges = file.load.periods.iter().flat_map(|p| &p.charges);
            prop_assert_eq!(of_charges.map(|c| u64::from(c.lines)).sum::<u64>(), lines);
        }
    }

    #[test]
    fn what_is_stored_adds_up_to_the_rounded_sum_of_what_was_written(
        rows in prop::collection::vec((amount(), "[a-c]", "[x-z]"), 1..60),
    ) {
        let text: Vec<String> = rows.iter().map(|(amount, service, resource)| {
            row_with("BilledCost", amount)
                .replace("Amazon EC2", service)
                .replace("i-1", resource)
        }).collect();
        let file = outcome(focus(&text), false).unwrap();
        let exact = rows.iter().map(|(amount, ..)| Exact::parse(amount.as_bytes()).unwrap());
        let expected = Exact::sum(exact).unwrap().rounded_to_nanos();
        let stored: i128 = file.load.periods[0].charges.iter()
            .map(|charge| i128::from(charge.amounts.billed))
            .sum();
        prop_assert_eq!(stored, expected);
    }
}
