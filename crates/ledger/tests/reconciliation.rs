//! Why two totals differ, and what made them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tallyport_ledger::{
    CauseKind, Currency, DifferenceClass, Money, MonthDetail, ObservedTotal, Suspect, SuspectKind,
    beyond_price, causes, day_leaps, explain, month_leaps,
};

fn usd(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}

fn total(all: &str, parts: &[(DifferenceClass, &str)]) -> ObservedTotal {
    let told_apart = parts.iter().map(|(class, text)| (*class, usd(text)));
    ObservedTotal {
        told_apart: told_apart.collect(),
        ..ObservedTotal::plain(usd(all), true)
    }
}

fn parts(from: &ObservedTotal, to: &ObservedTotal) -> Vec<(&'static str, String)> {
    explain(from, to)
        .unwrap()
        .parts
        .iter()
        .map(|(class, amount)| (class.word(), amount.to_decimal(2)))
        .collect()
}

#[test]
fn a_tax_that_only_the_invoice_has_is_named() {
    let ledger = total("100", &[(DifferenceClass::Tax, "0")]);
    let invoice = total("119", &[(DifferenceClass::Tax, "19")]);
    assert_eq!(parts(&ledger, &invoice), [("tax", "19.00".to_owned())]);
}

#[test]
fn support_that_is_billed_later_is_named_and_what_is_left_is_not_hidden() {
    let ledger = total("100", &[(DifferenceClass::Support, "0")]);
    let explorer = total("112.5", &[(DifferenceClass::Support, "10")]);
    assert_eq!(
        parts(&ledger, &explorer),
        [
            ("support", "10.00".to_owned()),
            ("unexplained", "2.50".to_owned())
        ]
    );
}

#[test]
fn a_credit_that_the_other_side_calls_a_refund_is_no_difference() {
    use DifferenceClass::{Credit, Refund};
    let ledger = total("90", &[(Credit, "-10"), (Refund, "0")]);
    let explorer = total("88", &[(Credit, "0"), (Refund, "-12")]);
    assert_eq!(parts(&ledger, &explorer), [("refund", "-2.00".to_owned())]);
}

#[test]
fn cents_of_an_invoice_are_rounding_and_more_is_not() {
    let ledger = total("100.004", &[]);
    let mut invoice = total("100.01", &[]);
    assert_eq!(
        parts(&ledger, &invoice),
        [("unexplained", "0.006".to_owned())]
    );
    invoice.rounding = usd("0.01");
    assert_eq!(parts(&ledger, &invoice), [("rounding", "0.006".to_owned())]);
    assert!(explain(&ledger, &invoice).unwrap().agrees());
}

#[test]
fn what_may_still_change_is_not_final_rather_than_unexplained() {
    let ledger = total("100", &[]);
    let explorer = ObservedTotal {
        settled: false,
        ..total("104", &[])
    };
    assert_eq!(
        parts(&ledger, &explorer),
        [("not_final", "4.00".to_owned())]
    );
}

#[test]
fn an_operation_that_the_ledger_leaves_out_is_named_only_if_it_is_just_that_much() {
    let ledger = ObservedTotal {
        left_out: usd("7"),
        ..total("100", &[])
    };
    let fits = total("107", &[]);
    let too_much = total("108", &[]);
    assert_eq!(
        parts(&ledger, &fits),
        [("excluded_operation", "7.00".to_owned())]
    );
    assert_eq!(
        parts(&ledger, &too_much),
        [("unexplained", "8.00".to_owned())]
    );
}

fn observed() -> impl Strategy<Value = ObservedTotal> {
    let amount = || {
        (-1_000_000_000_000_i128..1_000_000_000_000)
            .prop_map(|nanos| Money::from_nanos(nanos, Currency::USD))
    };
    let class = prop::sample::select(DifferenceClass::TOLD_APART.to_vec());
    (
        amount(),
        prop::collection::btree_map(class, amount(), 0..4),
        amount(),
        0_i128..10_000_000,
        any::<bool>(),
    )
        .prop_map(
            |(total, told_apart, left_out, rounding, settled)| ObservedTotal {
                total,
                told_apart,
                left_out,
                rounding: Money::from_nanos(rounding, Currency::USD),
                settled,
            },
        )
}

proptest! {
    #[test]
    fn parts_add_up_to_the_difference_to_the_nano(from in observed(), to in observed()) {
        let difference = explain(&from, &to).unwrap();
        let parts: Vec<Money> = difference.parts.iter().map(|(_, amount)| *amount).collect();
        prop_assert_eq!(Money::sum(&parts, Currency::USD).unwrap(), difference.amount);
        prop_assert_eq!(from.total.plus(difference.amount).unwrap(), to.total);
        prop_assert!(parts.iter().all(|part| !part.is_zero()));
        if from.settled && to.settled {
            let unfinished = |class| class == DifferenceClass::NotFinal;
            prop_assert!(!difference.parts.iter().any(|(class, _)| unfinished(*class)));
        }
    }
}

const UNIT: i128 = 1_000_000_000;

/// Two accounts, five days, a different amount in each cell.
fn month() -> MonthDetail {
    let mut cells = BTreeMap::new();
    for (account, base) in [("111", 100), ("222", 7)] {
        for day in 1..=5 {
            let amount = (base + i128::from(day)) * UNIT;
            cells.insert((account.to_owned(), date(2026, 10, day)), amount);
        }
    }
    MonthDetail {
        cells,
        record_types: BTreeMap::new(),
    }
}

fn kinds(ours: &MonthDetail, suspects: &[Suspect]) -> Vec<(&'static str, i128)> {
    causes(ours, &month(), suspects)
        .iter()
        .map(|cause| (cause.kind.word(), cause.amount / UNIT))
        .collect()
}

#[test]
fn a_month_that_agrees_has_no_cause() {
    let mut ours = month();
    ours.cells
        .insert(("333".to_owned(), date(2026, 10, 1)), 999);
    assert_eq!(kinds(&ours, &[]), [], "a thousand nanos are rounding");
}

#[test]
fn a_missing_account_is_told_from_missing_lines() {
    let mut ours = month();
    ours.cells.retain(|(account, _), _| account != "222");
    assert_eq!(kinds(&ours, &[]), [("missing_account", -(7 * 5 + 15))]);
    let mut ours = month();
    ours.cells.retain(|(_, day), _| *day != date(2026, 10, 3));
    assert_eq!(kinds(&ours, &[]), [("missing_file", -(103 + 10))]);
    let mut ours = month();
    for amount in ours.cells.values_mut() {
        *amount -= UNIT;
    }
    assert_eq!(kinds(&ours, &[]), [("missing_file", -10)]);
}

#[test]
fn lines_that_count_twice_are_known_by_their_sum() {
    let split = Suspect {
        kind: SuspectKind::SplitCost,
        label: "split cost of Amazon EKS".to_owned(),
        amount: 12 * UNIT,
    };
    let discount = Suspect {
        kind: SuspectKind::Discount,
        label: "Enterprise discount".to_owned(),
        amount: -30 * UNIT,
    };
    let suspects = [split, discount];
    let day = ("111".to_owned(), date(2026, 10, 2));
    let mut ours = month();
    *ours.cells.get_mut(&day).unwrap() += 12 * UNIT;
    assert_eq!(kinds(&ours, &suspects), [("split_cost_doubled", 12)]);
    for (excess, why) in [
        (-30, "on top of net prices"),
        (-15, "lines that came twice"),
    ] {
        let mut ours = month();
        *ours.cells.get_mut(&day).unwrap() += excess * UNIT;
        assert_eq!(
            kinds(&ours, &suspects),
            [("discount_doubled", excess)],
            "{why}"
        );
    }
    let mut ours = month();
    *ours.cells.get_mut(&day).unwrap() += 11 * UNIT;
    assert_eq!(kinds(&ours, &suspects), [("too_much", 11)], "no sum fits");
}

#[test]
fn a_cause_says_where_it_lies() {
    let mut ours = month();
    let day: Date = date(2026, 10, 4);
    ours.cells.remove(&("222".to_owned(), day)).unwrap();
    let found = causes(&ours, &month(), &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, CauseKind::MissingFile);
    assert_eq!(found[0].accounts, ["222"]);
    assert_eq!(found[0].days, [day]);
}

#[test]
fn a_month_a_thousand_times_too_high_leaps_and_a_busy_one_does_not() {
    let before = ["900", "1100", "1000", "40000"].map(usd);
    assert_eq!(month_leaps(usd("1000000"), &before), Some(usd("1000")));
    assert_eq!(
        month_leaps(usd("49999"), &before),
        None,
        "less than fifty times"
    );
    assert_eq!(
        month_leaps(usd("1000000"), &before[..2]),
        None,
        "too little is known"
    );
    let small = ["0.5", "0.5", "0.5"].map(usd);
    assert_eq!(month_leaps(usd("60"), &small), None, "not worth a doubt");
    let none = ["0", "0", "0"].map(usd);
    assert_eq!(
        month_leaps(usd("6000"), &none),
        None,
        "nothing to leap from"
    );
}

#[test]
fn what_is_worth_a_doubt_follows_the_smallest_unit_of_the_money() {
    for (code, small, large) in [
        ("USD", "100", "101"),
        ("JPY", "10000", "10100"),
        ("KWD", "10", "10.1"),
    ] {
        let money = |text: &str| Money::parse(text, code.parse().unwrap()).unwrap();
        let before = [money("0.1"), money("0.1"), money("0.1")];
        assert_eq!(month_leaps(money(small), &before), None, "{code}");
        assert_eq!(
            month_leaps(money(large), &before),
            Some(before[0]),
            "{code}"
        );
    }
}

#[test]
fn a_day_is_measured_by_the_days_before_it() {
    let before = vec![usd("33"); 20];
    assert_eq!(day_leaps(usd("33000"), &before), Some(usd("33")));
    assert_eq!(day_leaps(usd("33000"), &before[..13]), None);
    assert!(beyond_price(usd("5000"), usd("100")));
    assert!(!beyond_price(usd("4999"), usd("100")));
    assert!(!beyond_price(usd("4999"), usd("0")), "no price is known");
}
