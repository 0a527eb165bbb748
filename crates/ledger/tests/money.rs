//! Amounts are exact, and what is split adds up.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use proptest::prelude::*;
use tallyport_ledger::{Currency, Exact, ExactError, Money, MoneyError};

fn usd(nanos: i128) -> Money {
    Money::from_nanos(nanos, Currency::USD)
}

fn euro() -> Currency {
    "eur".parse().unwrap()
}

#[test]
fn currencies_are_never_added() {
    let refused = usd(1).plus(Money::from_nanos(1, euro())).unwrap_err();
    assert_eq!(refused, MoneyError::Mixed(Currency::USD, euro()));
    assert_eq!(usd(1).partial_cmp(&Money::from_nanos(1, euro())), None);
}

#[test]
fn a_decimal_is_read_to_the_nano_and_nothing_else_is() {
    let read = |text| Money::parse(text, Currency::USD).map(|m| m.nanos());
    assert_eq!(read("20.620338618"), Ok(20_620_338_618));
    assert_eq!(read("-0.000000001"), Ok(-1));
    assert_eq!(read("7"), Ok(7_000_000_000));
    for wrong in [
        "",
        "-",
        ".",
        ".5",
        "1.0000000001",
        "1e3",
        "1,000",
        " 1",
        "0x1",
        "NaN",
        "--1",
        "1.-2",
    ] {
        assert!(read(wrong).is_err(), "{wrong:?} is not an amount");
    }
}

#[test]
fn an_even_split_is_used_where_all_weights_are_zero() {
    let parts: Vec<i128> = usd(10)
        .split(&[0, 0, 0])
        .unwrap()
        .iter()
        .map(Money::nanos)
        .collect();
    assert_eq!(parts, [4, 3, 3]);
}

#[test]
fn one_nano_goes_to_one_owner() {
    let parts: Vec<i128> = usd(1)
        .split(&[1, 1, 1])
        .unwrap()
        .iter()
        .map(Money::nanos)
        .collect();
    assert_eq!(parts, [1, 0, 0]);
    let parts: Vec<i128> = usd(-1)
        .split(&[1, 1, 1])
        .unwrap()
        .iter()
        .map(Money::nanos)
        .collect();
    assert_eq!(parts.iter().sum::<i128>(), -1);
}

#[test]
fn nobody_cannot_take_a_share() {
    assert_eq!(usd(5).split(&[]), Err(MoneyError::NoShares));
}

#[test]
fn the_smallest_unit_is_rounded_to_half_away_from_zero() {
    assert_eq!(usd(1_005_000_000).rounded_to_minor(), usd(1_010_000_000));
    assert_eq!(usd(1_004_999_999).rounded_to_minor(), usd(1_000_000_000));
    assert_eq!(usd(-1_005_000_000).rounded_to_minor(), usd(-1_010_000_000));
    let yen = Money::from_nanos(1_500_000_000, "JPY".parse().unwrap());
    assert_eq!(yen.rounded_to_minor().nanos(), 2_000_000_000);
}

#[test]
fn tax_is_rounded_once() {
    assert_eq!(
        usd(10_030_000_000).rate_rounded(190_000).unwrap(),
        usd(1_910_000_000)
    );
    assert_eq!(
        usd(-10_030_000_000).rate_rounded(190_000).unwrap(),
        usd(-1_910_000_000)
    );
}

#[test]
fn exact_reads_what_sources_write() {
    let read = |text: &str| Exact::parse(text.as_bytes()).map(|e| e.to_string());
    assert_eq!(read("20.62033861840").unwrap(), "20.6203386184");
    assert_eq!(
        read("8.333333333333333E-5").unwrap(),
        "0.00008333333333333333"
    );
    assert_eq!(read("-1.5e3").unwrap(), "-1500");
    assert_eq!(read("+.5").unwrap(), "0.5");
    assert_eq!(read("5.").unwrap(), "5");
    assert_eq!(read("0E-400").unwrap(), "0");
    assert_eq!(read("1e-30").unwrap(), "0");
    assert_eq!(
        read("0.0000000000000000000000005").unwrap(),
        "0.000000000000000000000001"
    );
    assert_eq!(
        read("1.00000000000000000000000000000000000000000000000001").unwrap(),
        "1"
    );
    // One more 4 and many 9s behind the last decimal kept is still less than half of it.
    let just_below_half = format!("0.{}4{}", "0".repeat(24), "9".repeat(40));
    assert_eq!(read(&just_below_half).unwrap(), "0");
    for wrong in [
        "", "-", ".", "NaN", "inf", "1e", "1e+", "1e5x", "0x10", "1,5", "1 ", "e5", "1.2.3",
    ] {
        assert_eq!(read(wrong), Err(ExactError::NotANumber), "{wrong:?}");
    }
    for large in [
        "1e15",
        "999999999999999999999999999999999999999999",
        "1e2000",
    ] {
        assert_eq!(read(large), Err(ExactError::TooLarge), "{large:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_split_adds_up(
        nanos in -1_000_000_000_000_000_000_i128..1_000_000_000_000_000_000,
        weights in prop::collection::vec(0_u64..1_000_000, 1..60),
    ) {
        let parts = usd(nanos).split(&weights).unwrap();
        prop_assert_eq!(Money::sum(&parts, Currency::USD).unwrap(), usd(nanos));
        let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        if sum > 0 {
            for (part, weight) in parts.iter().zip(&weights) {
                let scaled = part.nanos() * sum - nanos * i128::from(*weight);
                prop_assert!(scaled.abs() < sum, "a part is within one nano of its share");
            }
        }
    }

    #[test]
    fn an_amount_survives_being_written_and_read(nanos in any::<i64>(), least in 0_usize..10) {
        let amount = usd(i128::from(nanos));
        prop_assert_eq!(Money::parse(&amount.to_decimal(least), Currency::USD).unwrap(), amount);
    }

    #[test]
    fn exact_survives_being_written_and_read(units in -1_000_000_000_i64..1_000_000_000, fraction in 0_u64..1_000_000_000_000_000_000) {
        let text = format!("{units}.{fraction:018}");
        let exact = Exact::parse(text.as_bytes()).unwrap();
        prop_assert_eq!(Exact::parse(exact.to_string().as_bytes()).unwrap(), exact);
    }

    #[test]
    fn an_exponent_only_moves_the_point(digits in 1_u64..10_000_000_000, exponent in 0_u32..12) {
        let moved = format!("{digits}e-{exponent}");
        let scale = 10_u64.pow(exponent);
        let plain = format!("{}.{:0width$}", digits / scale, digits % scale, width = exponent as usize);
        prop_assert_eq!(Exact::parse(moved.as_bytes()).unwrap(), Exact::parse(plain.as_bytes()).unwrap());
    }

    #[test]
    fn a_number_is_the_same_however_long_it_is_written(text in "-?[0-9]{1,8}(\\.[0-9]{0,8})?|-?\\.[0-9]{1,8}") {
        let sign = if text.starts_with('-') { "-" } else { "" };
        let digits = text.trim_start_matches('-');
        let point = if digits.contains('.') { "" } else { "." };
        let long = format!("{sign}{}{digits}{point}{}", "0".repeat(20), "0".repeat(20));
        prop_assert_eq!(Exact::parse(text.as_bytes()), Exact::parse(long.as_bytes()));
    }

    #[test]
    fn no_text_makes_a_number_panic(text in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = Exact::parse(&text);
    }

    #[test]
    fn digits_and_signs_make_no_number_panic(text in "[-+0-9.eE]{0,60}") {
        let _ = Exact::parse(text.as_bytes());
        let _ = Money::parse(&text, Currency::USD);
    }
}
