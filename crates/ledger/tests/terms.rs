//! Parties, taxes and exchange: what an invoice rests on besides its costs.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tallyport_ledger::tax::{known_tables, treatment};
use tallyport_ledger::{
    Country, Currency, Endpoint, ExchangeRate, Iban, Money, Name, Party, Quote, TaxCategory,
    TaxError, TaxOverride, TaxPeriod, TaxRate, TaxTable, TaxTreatment, Validity, tax_lines,
};

const DAY: Date = date(2026, 10, 31);

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

fn party(name: &str, code: Option<&str>, tax_id: Option<&str>) -> Party {
    Party {
        country: code.map(country),
        tax_id: tax_id.map(str::to_owned),
        ..Party::new(Name::parse(name).unwrap())
    }
}

fn known(code: &str) -> TaxTable {
    let mut tables = known_tables().into_iter();
    tables
        .find(|table| table.country() == country(code))
        .unwrap()
}

fn period(category: TaxCategory, parts: u32, from: &str, to: &str) -> TaxPeriod {
    TaxPeriod {
        region: None,
        category,
        rate: TaxRate::from_parts_per_million(parts).unwrap(),
        valid: Validity::new(from.parse().ok(), to.parse().ok()).unwrap(),
    }
}

/// Category, rate and code of what a German seller's supply to `buyer` is.
fn from_germany(buyer: &Party) -> Result<(&'static str, String, &'static str), String> {
    let seller = party("Nord GmbH", Some("DE"), Some("DE136695976"));
    treatment(&known("DE"), &seller, buyer, DAY, None)
        .map(|one| {
            let category = one.category();
            (category.word(), one.rate().to_string(), category.code())
        })
        .map_err(|error| error.to_string())
}

#[test]
fn a_service_is_taxed_where_its_buyer_is() {
    let buyer = |code, id| party("Sud", code, id);
    let at_home = Ok(("standard", "19 %".to_owned(), "S"));
    assert_eq!(from_germany(&buyer(Some("DE"), None)), at_home);
    assert_eq!(
        from_germany(&buyer(None, None)),
        at_home,
        "no country is the seller's"
    );
    assert_eq!(
        from_germany(&buyer(Some("FR"), Some("FR40303265045"))),
        Ok(("reverse_charge", "0 %".to_owned(), "AE"))
    );
    assert_eq!(
        from_germany(&buyer(Some("FR"), None)),
        Err(
            "Sud has no tax id, which the reverse charge needs: enter it, or say how Sud is taxed"
                .to_owned()
        )
    );
    let abroad = Ok(("out_of_scope", "0 %".to_owned(), "O"));
    assert_eq!(from_germany(&buyer(Some("US"), None)), abroad);
    assert_eq!(
        from_germany(&buyer(Some("GB"), None)),
        abroad,
        "left in 2020"
    );
    let swiss = party("Alpen AG", Some("CH"), Some("CHE100155212"));
    let french = buyer(Some("FR"), None);
    let found = treatment(&known("CH"), &swiss, &french, DAY, None).unwrap();
    assert_eq!(
        found.category(),
        TaxCategory::OutOfScope,
        "Switzerland is no member"
    );
    let american = party("Bay Inc", Some("US"), None);
    let found = treatment(&known("US"), &american, &american, DAY, None).unwrap();
    assert_eq!(
        found.category(),
        TaxCategory::OutOfScope,
        "no such tax, so no id either"
    );
}

#[test]
fn what_a_person_says_of_a_buyer_goes_before_what_countries_say() {
    let seller = party("Nord GmbH", Some("DE"), Some("DE136695976"));
    let buyer = party("Charité", Some("DE"), None);
    let said = |category, reason: Option<&str>| {
        let said = TaxOverride {
            category,
            reason: reason.map(str::to_owned),
        };
        treatment(&known("DE"), &seller, &buyer, DAY, Some(&said))
    };
    let exempt = said(TaxCategory::Exempt, Some("§ 4 Nr. 21 UStG")).unwrap();
    assert_eq!(exempt.reason(), Some("§ 4 Nr. 21 UStG"));
    assert_eq!(said(TaxCategory::Exempt, None), Err(TaxError::Reason));
    assert!(matches!(
        said(TaxCategory::ReverseCharge, None),
        Err(TaxError::BuyerTaxId { .. })
    ));
    assert_eq!(
        said(TaxCategory::Reduced, None).unwrap_err().to_string(),
        "the tax table of DE has no reduced rate for 2026-10-31: enter one"
    );
    let nobody = party("Neu GmbH", Some("DE"), None);
    assert!(matches!(
        treatment(&known("DE"), &nobody, &buyer, DAY, None),
        Err(TaxError::SellerTaxId { .. })
    ));
}

#[test]
fn a_table_with_a_gap_or_two_rates_for_a_day_is_refused_by_its_days() {
    let table = |rows: &[(&str, &str)]| {
        let rows = rows
            .iter()
            .map(|(from, to)| period(TaxCategory::Standard, 200_000, from, to));
        TaxTable::new(country("AT"), rows.collect()).map_err(|error| error.to_string())
    };
    assert!(table(&[("2020-01-01", "2020-06-30"), ("2020-07-01", "")]).is_ok());
    assert_eq!(
        table(&[("2020-08-01", ""), ("", "2020-06-30")]).unwrap_err(),
        "the tax table of AT has a gap: no standard rate from 2020-07-01 to 2020-07-31"
    );
    assert_eq!(
        table(&[("2020-01-01", "2020-06-30"), ("2020-06-30", "")]).unwrap_err(),
        "the tax table of AT has two standard rates for 2020-06-30"
    );
    assert!(table(&[("2020-01-01", ""), ("2021-01-01", "")]).is_err());
    let zero = vec![period(TaxCategory::Standard, 0, "", "")];
    assert!(TaxTable::new(country("AT"), zero).is_err());
    let known = known("FI").rate(None, TaxCategory::Standard, date(2010, 1, 1));
    assert_eq!(
        known.unwrap_err().to_string(),
        "the tax table of FI has no standard rate for 2010-01-01: it knows days from 2013-01-01 on"
    );
}

#[test]
fn the_rates_that_the_program_knows_change_on_their_days() {
    let rate = |code, day| {
        let found = known(code).rate(None, TaxCategory::Standard, day);
        found.unwrap().to_string()
    };
    assert_eq!(rate("FI", date(2024, 8, 31)), "24 %");
    assert_eq!(rate("FI", date(2024, 9, 1)), "25.5 %");
    assert_eq!(rate("DE", date(2020, 12, 31)), "16 %");
    assert_eq!(rate("CH", DAY), "8.1 %");
    let members = known_tables()
        .iter()
        .filter(|table| table.country().in_european_union(DAY))
        .count();
    assert_eq!(members, 27, "a table each");
    assert_eq!(known_tables().len(), 31, "and GB, CH, NO and US");
}

#[test]
fn a_region_has_its_own_rate_or_its_country_s() {
    let rows = vec![
        period(TaxCategory::Standard, 210_000, "", ""),
        TaxPeriod {
            region: Some("Canarias".to_owned()),
            ..period(TaxCategory::Standard, 70_000, "2020-01-01", "")
        },
    ];
    let table = TaxTable::new(country("ES"), rows).unwrap();
    let rate = |region| table.rate(region, TaxCategory::Standard, DAY).unwrap();
    assert_eq!(rate(Some("canarias")).to_string(), "7 %");
    assert_eq!(rate(Some("Madrid")).to_string(), "21 %");
    assert_eq!(rate(None).to_string(), "21 %");
    let early = table.rate(Some("Canarias"), TaxCategory::Standard, date(2019, 1, 1));
    assert!(early.is_err(), "a region's own table has to say it");
}

#[test]
fn tax_is_rounded_once_for_each_treatment() {
    let euro = currency("EUR");
    let money = |text| Money::parse(text, euro).unwrap();
    let treated = |category, parts| {
        let rate = TaxRate::from_parts_per_million(parts).unwrap();
        TaxTreatment::new(category, rate, None).unwrap()
    };
    let treatments = [
        treated(TaxCategory::Standard, 200_000),
        treated(TaxCategory::Reduced, 100_000),
        treated(TaxCategory::Zero, 0),
    ];
    let parts = [(0, money("0.02")), (2, money("5")), (0, money("0.01"))];
    let lines = tax_lines(&treatments, parts, euro).unwrap();
    let shown: Vec<(&str, String, String)> = lines
        .iter()
        .map(|line| {
            let word = line.treatment.category().word();
            (word, line.base.to_decimal(2), line.tax.to_decimal(2))
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("standard", "0.03".to_owned(), "0.01".to_owned()),
            ("zero", "5.00".to_owned(), "0.00".to_owned()),
        ],
        "0.004 and 0.002 would both have been nothing; an unused treatment has no line"
    );
}

#[test]
fn a_rate_is_found_directly_backwards_or_over_the_euro() {
    let quote = |base, quoted, rate| {
        Quote::parse((currency(base), currency(quoted)), rate, DAY, "ECB").unwrap()
    };
    let quotes = [quote("EUR", "USD", "1.25"), quote("EUR", "CHF", "0.95")];
    let shown = |from, to| {
        ExchangeRate::of(currency(from), currency(to), &quotes).map(|rate| rate.to_decimal())
    };
    assert_eq!(shown("EUR", "USD").unwrap(), "1.25");
    assert_eq!(shown("USD", "EUR").unwrap(), "0.8");
    assert_eq!(shown("USD", "CHF").unwrap(), "0.76");
    assert_eq!(shown("USD", "JPY"), None);
    let by_hand = Quote::parse((currency("USD"), currency("CHF")), "0.8", DAY, "our bank").unwrap();
    let both = [quotes[0].clone(), quotes[1].clone(), by_hand];
    let rate = ExchangeRate::of(currency("USD"), currency("CHF"), &both).unwrap();
    assert_eq!(
        (rate.to_decimal().as_str(), rate.source()),
        ("0.8", "our bank")
    );
    let frozen = ExchangeRate::of(currency("USD"), currency("CHF"), &quotes).unwrap();
    let (times, over) = frozen.parts();
    let pair = (frozen.from(), frozen.to());
    let again = ExchangeRate::from_parts(pair, (&times, &over), DAY, "ECB").unwrap();
    assert_eq!(again, frozen, "kept as its parts it is the same rate");
}

#[test]
fn a_rate_that_is_none_is_refused() {
    for wrong in [
        "0",
        "-1",
        "",
        "1,5",
        "1.0000000001",
        "NaN",
        "99999999999999",
    ] {
        let read = Quote::parse((currency("EUR"), currency("USD")), wrong, DAY, "ECB");
        assert!(read.is_err(), "{wrong:?}");
    }
    let same = Quote::parse((currency("EUR"), currency("EUR")), "1", DAY, "ECB");
    assert_eq!(
        same.unwrap_err().to_string(),
        "EUR needs no exchange rate against itself"
    );
}

proptest! {
    #[test]
    fn lines_add_up_to_the_converted_sum(
        nanos in prop::collection::vec(-1_000_000_000_000_i128..1_000_000_000_000, 1..40),
        times in 1_i64..10_000_000_000_000,
        over in 1_i64..10_000_000_000,
    ) {
        let (dollar, euro) = (currency("USD"), currency("EUR"));
        let rate = {
            let text = |nanos: i64| Money::from_nanos(i128::from(nanos), dollar).to_decimal(0);
            ExchangeRate::from_parts((dollar, euro), (&text(times), &text(over)), DAY, "ECB").unwrap()
        };
        let amounts: Vec<Money> = nanos.iter().map(|n| Money::from_nanos(*n, dollar)).collect();
        let converted = rate.convert(&amounts).unwrap();
        let sum = Money::sum(&amounts, dollar).unwrap();
        let whole = rate.convert(&[sum]).unwrap();
        prop_assert_eq!(Money::sum(&converted, euro).unwrap(), whole[0]);
        for (before, after) in nanos.iter().zip(&converted) {
            let exact = before * i128::from(times);
            let off = after.nanos() * i128::from(over) - exact;
            prop_assert!(off.abs() < i128::from(over), "less than one nano off");
        }
    }
}

#[test]
fn account_numbers_and_electronic_addresses_are_checked() {
    let iban: Iban = "de89 3704 0044 0532 0130 00".parse().unwrap();
    assert_eq!(iban.as_str(), "DE89370400440532013000");
    assert_eq!(iban.to_string(), "DE89 3704 0044 0532 0130 00");
    for (text, says) in [
        ("DE89370400440532013001", "check digits"),
        ("89370400440532013000", "is no IBAN"),
        ("", "is no IBAN"),
        ("DEéé370400440532013000", "is no IBAN"),
    ] {
        let error = text.parse::<Iban>().unwrap_err().to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
    assert_eq!(Endpoint::new("em", "a@b.example").unwrap().scheme(), "EM");
    assert!(Endpoint::new("0001", "x").is_err());
    assert!(Endpoint::new("0088", "two words").is_err());
}

#[test]
fn a_country_is_two_letters_that_somebody_has() {
    assert_eq!(country(" gr ").tax_prefix(), "EL");
    for wrong in ["", "D", "DEU", "XX", "EU", "é", "U S"] {
        assert!(wrong.parse::<Country>().is_err(), "{wrong:?}");
    }
    assert!(country("GB").in_european_union(date(2020, 12, 31)));
    assert!(!country("GB").in_european_union(date(2021, 1, 1)));
}
