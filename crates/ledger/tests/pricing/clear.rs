//! What a book refuses.

use jiff::civil::date;
use tallyport_ledger::pricing::{BookFault, Entry, Grant, Markup, PriceBook};

use crate::made::*;

#[test]
fn a_book_that_is_not_clear_is_refused_with_the_entry_that_is_not() {
    let november = |day| date(2026, 11, day);
    let check = |entries: Vec<Entry>, entry: usize, expected: &str| {
        let error = refused(entries);
        assert_eq!(error.entry, entry, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    };
    check(
        vec![all(percent("5")), all(percent("6"))],
        1,
        "overlaps with entry 1",
    );
    check(
        vec![
            all(percent("5")).to(november(10)),
            all(percent("6")).from(november(10)),
        ],
        1,
        "what is charged on 2026-11-10",
    );
    check(
        vec![
            all(percent("5")).to(november(10)),
            all(percent("6")).from(november(13)),
        ],
        1,
        "from 2026-11-11 to 2026-11-12, between entry 1",
    );
    check(vec![all(fee("Support", "-1"))], 0, "-1.00 USD is negative");
    check(vec![all(fee("Support", "0"))], 0, "an amount of nothing");
    check(vec![all(fee(" ", "1"))], 0, "a label has");
    check(vec![all(fee("Support", "1")).on(EC2)], 0, "about services");
    check(vec![all(tiers(&[]))], 0, "need at least one");
    check(vec![all(tiers(&[("5", "1")]))], 0, "above 5.00 USD");
    check(
        vec![all(tiers(&[("", "1"), ("5", "1")]))],
        0,
        "tier 1 has no end",
    );
    check(
        vec![all(tiers(&[("5", "1"), ("5", "1"), ("", "1")]))],
        0,
        "tier 2 ends at 5.00 USD",
    );
    check(
        vec![all(credit("A", "1", Grant::Once, true))],
        0,
        "a first day",
    );
    let twice = || all(credit("A", "1", Grant::Once, true)).from(november(1));
    check(vec![twice(), twice()], 1, "entry 1 grants");
    assert_eq!(
        PriceBook::new(None, vec![all(fee("Support", "1"))])
            .unwrap_err()
            .fault,
        BookFault::NoCurrency
    );
    let other = PriceBook::new("EUR".parse().ok(), vec![all(fee("Support", "1"))]);
    assert!(
        other
            .unwrap_err()
            .to_string()
            .contains("in USD, the book in EUR")
    );
}

#[test]
fn an_entry_within_another_and_a_gap_that_a_broader_one_fills_are_clear() {
    let november = |day| date(2026, 11, day);
    book([
        all(percent("5")),
        all(percent("4")).from(november(5)).to(november(20)),
        all(percent("3")).from(november(7)).to(november(9)),
        all(percent("2")).from(november(15)).to(november(20)),
    ]);
    book([
        all(percent("5")),
        all(percent("4")).scoped(ADA).to(november(5)),
        all(percent("3")).scoped(ADA).from(november(9)),
    ]);
}

#[test]
fn a_percentage_is_read_to_four_decimals_within_bounds() {
    for text in ["15", "-7.5", "0.0001", "1000", "-100"] {
        assert_eq!(Markup::parse(text).unwrap().percent(), text);
    }
    for text in [
        "",
        "x",
        "15 %",
        "1e1",
        "0.00001",
        "1000.0001",
        "-101",
        "99999999999999",
    ] {
        assert!(Markup::parse(text).is_err(), "{text}");
    }
}
