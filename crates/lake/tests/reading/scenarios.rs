//! The worked examples of the FOCUS specification: refused with the right words as they stand, and
//! exact to the nano once they are completed.

use tallyport_lake::{Loaded, Note};
use tallyport_ledger::{Amounts, ChargeCategory, Metric, Money};

use crate::bills::{data, outcome, refused};

/// Rows, billed and effective cost of each example, added up by Python's `decimal` from the files:
/// `sum(Decimal(re.sub(r"[$, ]", "", row["BilledCost"])) for row in csv.DictReader(file))`.
const COMMITMENTS: [(&str, u64, &str, &str); 11] = [
    ("commitment_discount_purchase_scenario_1", 1, "8760", "0"),
    ("commitment_discount_purchase_scenario_2", 3, "3", "0"),
    ("commitment_discount_purchase_scenario_3", 4, "4381.5", "0"),
    ("commitment_discount_usage_scenario_1", 1, "0", "1"),
    ("commitment_discount_usage_scenario_2", 1, "0", "1"),
    ("commitment_discount_usage_scenario_3", 2, "0", "1"),
    ("commitment_discount_usage_scenario_4", 2, "0.5", "1.5"),
    (
        "one_hundred_percent_utilization_with_commitment_discount_flexibility_with_1_resource",
        3,
        "2.75",
        "2.75",
    ),
    (
        "one_hundred_percent_utilization_with_commitment_discount_flexibility_with_2_resources",
        3,
        "2",
        "2",
    ),
    (
        "one_hundred_percent_utilization_without_commitment_discount_flexibility",
        2,
        "1.5",
        "1.5",
    ),
    (
        "zero_percent_utilization_without_commitment_discount_flexibility",
        3,
        "3.5",
        "3.5",
    ),
];

/// As [`COMMITMENTS`].
const AGREEMENTS: [(&str, u64, &str, &str); 15] = [
    ("saas_spend_agreements_a1", 4, "1200", "1200"),
    ("saas_spend_agreements_a2", 13, "1200", "1200"),
    ("saas_spend_agreements_b1", 5, "1200", "1200"),
    ("saas_spend_agreements_b2", 14, "1200", "1200"),
    ("simple_saas_agreements_a1", 1, "10000", "10000"),
    ("simple_saas_agreements_a2", 1, "50000", "50000"),
    ("simple_saas_agreements_a3", 1, "1000", "1000"),
    ("simple_saas_agreements_b", 1, "50000", "50000"),
    ("simple_saas_agreements_c", 3, "35800", "35800"),
    ("virtual_currency_pricing_model_a1", 1, "200000", "0"),
    ("virtual_currency_pricing_model_a2", 3, "0", "1230"),
    ("virtual_currency_pricing_model_b1", 1, "100000", "0"),
    ("virtual_currency_pricing_model_b2", 3, "0", "615"),
    ("virtual_currency_pricing_model_b3", 3, "0", "495"),
    ("virtual_currency_pricing_model_c", 2, "53000", "0"),
];

fn text(name: &str) -> String {
    let path = data(&format!("focus-spec-scenarios/{name}.csv"));
    std::fs::read_to_string(path).unwrap()
}

/// The example with a payer, a currency and a service, and without its hours after midnight.
fn completed(name: &str) -> String {
    let whole = text(name).replace("T30:00:00Z", "T23:00:00Z");
    let mut lines = whole.lines().filter(|line| !line.is_empty());
    let names = lines.next().unwrap();
    let mut rows = vec![format!(
        "{names},BillingAccountId,BillingCurrency,ServiceName,ProviderName"
    )];
    rows.extend(lines.map(|line| format!("{line},111122223333,USD,Amazon EC2,AWS")));
    rows.join("\n")
}

/// The example with dates and amounts as FOCUS wants them.
fn normalised(name: &str) -> String {
    let whole = text(name);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(whole.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in reader.records() {
        let record = record.unwrap();
        let fields: Vec<String> = record.iter().map(normal).collect();
        writer.write_record(&fields).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// `4/1/25` is `2025-04-01`, `$10,000.00 ` is `10000.00`.
fn normal(field: &str) -> String {
    let parts: Option<Vec<u32>> = field.split('/').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([month, day, year]) => format!("20{year:02}-{month:02}-{day:02}T00:00:00Z"),
        _ if field.starts_with('$') => field.trim().replace(['$', ','], ""),
        _ => field.to_owned(),
    }
}

fn total(file: &Loaded, metric: Metric, category: Option<ChargeCategory>) -> String {
    let pick = |amounts: &Amounts| match metric {
        Metric::Billed => amounts.billed,
        Metric::Effective => amounts.effective,
    };
    let charges = file.load.periods.iter().flat_map(|period| &period.charges);
    let amounts: Vec<Money> = charges
        .filter(|charge| category.is_none_or(|wanted| charge.category == wanted))
        .map(|charge| {
            assert_eq!(charge.currency.code(), "USD");
            Money::from_nanos(i128::from(pick(&charge.amounts)), charge.currency)
        })
        .collect();
    let usd = "USD".parse().unwrap();
    Money::sum(&amounts, usd).unwrap().to_decimal(0)
}

fn figures(file: &Loaded) -> (u64, String, String) {
    (
        file.lines,
        total(file, Metric::Billed, None),
        total(file, Metric::Effective, None),
    )
}

#[test]
fn every_commitment_example_lacks_columns_as_it_stands() {
    for (name, ..) in COMMITMENTS {
        let error = refused(&data(&format!("focus-spec-scenarios/{name}.csv")));
        assert_eq!(
            error.to_string(),
            format!(
                "{name}.csv looks like a FOCUS file but lacks: \
                 BillingAccountId, BillingCurrency, ServiceName"
            )
        );
    }
}

#[test]
fn every_commitment_example_gives_its_figures_once_it_is_complete() {
    for (name, lines, billed, effective) in COMMITMENTS {
        let file = outcome(completed(name), false).unwrap();
        assert_eq!(
            figures(&file),
            (lines, billed.to_owned(), effective.to_owned()),
            "{name}"
        );
        assert!(
            !file
                .notes
                .iter()
                .any(|note| matches!(note, Note::PurchaseIsEffective { .. })),
            "{name}: purchases of commitments have no effective cost"
        );
    }
}

#[test]
fn what_a_commitment_costs_is_what_its_usage_carries() {
    for (name, paid) in [
        (
            "one_hundred_percent_utilization_with_commitment_discount_flexibility_with_2_resources",
            "2",
        ),
        (
            "one_hundred_percent_utilization_without_commitment_discount_flexibility",
            "1.5",
        ),
    ] {
        let file = outcome(completed(name), false).unwrap();
        let purchase = Some(ChargeCategory::Purchase);
        let usage = Some(ChargeCategory::Usage);
        assert_eq!(total(&file, Metric::Billed, purchase), paid, "{name}");
        assert_eq!(total(&file, Metric::Effective, usage), paid, "{name}");
        assert_eq!(total(&file, Metric::Billed, usage), "0", "{name}");
    }
}

#[test]
fn an_hour_that_no_day_has_is_a_bad_row() {
    for (name, lines) in [
        ("commitment_discount_purchase_scenario_2", [4].as_slice()),
        ("commitment_discount_purchase_scenario_3", &[5]),
    ] {
        let text = completed(name).replace("T23:00:00Z", "T30:00:00Z");
        let error = outcome(text, false).unwrap_err().to_string();
        for line in lines {
            assert!(
                error.contains(&format!(
                    "line {line}, ChargePeriodEnd: \"2023-02-01T30:00:00Z\" is not a date"
                )),
                "{error}"
            );
        }
    }
}

#[test]
fn every_agreement_is_refused_for_its_dates_or_currency_signs_as_it_stands() {
    for (name, rows, ..) in AGREEMENTS {
        let error = refused(&data(&format!("focus-spec-scenarios/{name}.csv"))).to_string();
        let noun = if rows == 1 { "row" } else { "rows" };
        let opening = format!(
            "{rows} {noun} of {name}.csv cannot be read, so nothing of it was imported: line 2, "
        );
        let reason = error
            .strip_prefix(&opening)
            .unwrap_or_else(|| panic!("{error}"));
        let expected = if name.starts_with("simple_") {
            "BilledCost: \"$"
        } else {
            "BillingPeriodStart: \""
        };
        assert!(reason.starts_with(expected), "{error}");
    }
}

#[test]
fn every_agreement_gives_its_figures_once_dates_and_amounts_are_written_as_focus_wants() {
    for (name, lines, billed, effective) in AGREEMENTS {
        let file = outcome(normalised(name), false).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(
            figures(&file),
            (lines, billed.to_owned(), effective.to_owned()),
            "{name}"
        );
    }
}

#[test]
fn prices_in_tokens_are_told_and_only_the_billing_currency_counts() {
    for (name, tokens) in [
        ("virtual_currency_pricing_model_a1", 0),
        ("virtual_currency_pricing_model_a2", 3),
        ("virtual_currency_pricing_model_b2", 3),
        ("virtual_currency_pricing_model_b3", 3),
    ] {
        let file = outcome(normalised(name), false).unwrap();
        let told = file.notes.contains(&Note::PricedIn {
            currency: "Token".to_owned(),
            rows: tokens,
        });
        assert_eq!(told, tokens > 0, "{name}: {:?}", file.notes);
    }
}

#[test]
fn a_bill_in_tokens_is_a_currency_of_its_own() {
    let text = normalised("virtual_currency_pricing_model_a2").replace(",USD,", ",Token,");
    let file = outcome(&text, false).unwrap();
    assert_eq!(file.load.periods[0].charges[0].currency.code(), "TOKEN");
    let error = outcome(text.replace(",Token,", ",Free Tokens,"), false).unwrap_err();
    assert!(
        error.to_string().contains(
            "BillingCurrency: \"Free Tokens\" is not a currency code: three to eight letters"
        ),
        "{error}"
    );
}
