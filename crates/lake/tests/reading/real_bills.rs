//! Real bills give the figures that they hold, to the nano.

use crate::bills::{data, loaded, refused, sums};
use tallyport_lake::{Dialect, Format, LakeError, Note};
use tallyport_ledger::{ChargeCategory, Currency, Exact, PeriodStatus, SourceKind};

#[test]
fn the_focus_sample_adds_up_to_the_nano_by_provider_period_and_category() {
    let file = loaded(&data("focus-sample/focus_sample.csv"));
    assert_eq!(file.format, Format::Focus { version: "1.0" });
    assert_eq!(file.format.source(), SourceKind::Focus);
    assert_eq!(file.lines, 1_000);
    assert_eq!(file.bad_row_count, 0);
    assert_eq!(
        sums(&file.load, |amounts| amounts.billed),
        [
            "1234567890123 2024-09 USD AWS Credit -2.6137",
            "1234567890123 2024-09 USD AWS Usage 20.620338618",
            "20209880 2024-09 USD Oracle Adjustment 0.272",
            "20209880 2024-09 USD Oracle Usage 0.025073925",
            "20209880 2024-10 USD Oracle Usage 0.24",
            "/providers/Microsoft.Billing/billingAccounts/8611537 2024-09 USD Microsoft Usage 1.976514186",
        ]
        .map(str::to_owned)
        .into_iter()
        .collect(),
    );
    assert!(
        file.load
            .periods
            .iter()
            .all(|p| p.status == PeriodStatus::Estimated),
        "without invoice ids nothing is final"
    );
}

#[test]
fn the_focus_samples_oddities_are_told() {
    let file = loaded(&data("focus-sample/focus_sample.csv"));
    assert!(
        file.notes
            .contains(&Note::UnknownColumns(vec!["Id".to_owned()])),
        "{:?}",
        file.notes
    );
    assert!(file.notes.contains(&Note::EffectiveRounded {
        provider: "AWS".to_owned(),
        rounded: 613,
        rows: 613,
        at_stake: vec![(Currency::USD, Exact::parse(b"-4.6203386184").unwrap())],
    }));
    assert!(
        !file.notes.iter().any(|note| matches!(note,
            Note::EffectiveRounded { provider, .. } if provider != "AWS")),
        "Microsoft's effective cost is sound"
    );
    assert!(file.notes.contains(&Note::TakenAsZero {
        column: "ContractedCost".to_owned(),
        rows: 7
    }));
    let accounts = &file.load.dimensions.sub_accounts;
    assert!(
        accounts
            .iter()
            .any(|(id, name)| id.as_str() == "51738928782"
                && name.as_deref() == Some("Atlas Nimbus")),
        "account ids of eleven digits are text"
    );
    let tags = &file.load.dimensions.tag_sets;
    for key in ["Cost department", " org", "org", "ms:Department"] {
        assert!(tags.iter().any(|set| set.contains_key(key)), "{key:?}");
    }
    assert!(
        !file
            .load
            .dimensions
            .resources
            .iter()
            .any(|(id, _)| id.as_str() == "NULL")
    );
}

#[test]
fn the_anonymised_report_adds_up_to_the_nano() {
    let file = loaded(&data(
        "focus-converters/sample-anonymous-aws-export-dataset.csv",
    ));
    assert_eq!(
        file.format,
        Format::Cur {
            dialect: Dialect::Slash
        }
    );
    assert_eq!(file.format.source(), SourceKind::Cur);
    assert_eq!(file.lines, 1_281);
    let expected = |what: &str| {
        [
            format!("123412340534 2023-11 USD AWS Tax {}", "0.08"),
            format!("123412340534 2023-11 USD AWS Usage {what}"),
        ]
        .into_iter()
        .collect()
    };
    // 1.60230869740 in the source; the period as a whole is rounded once.
    assert_eq!(sums(&file.load, |a| a.billed), expected("1.602308697"));
    assert_eq!(
        sums(&file.load, |a| a.effective),
        expected("1.602308697"),
        "nothing is committed, so nothing is amortised"
    );
    let services = &file.load.dimensions.services;
    assert!(
        services
            .iter()
            .any(|s| s.name == "Amazon Simple Storage Service" && s.category == "Storage")
    );
}

#[test]
fn a_final_bill_and_one_that_is_not_are_told_apart_and_amortised() {
    for (name, account, status) in [
        ("2023-06-01.csv", "0099999999999", PeriodStatus::Final),
        (
            "2023-06-01-not-final.csv",
            "9999999999999",
            PeriodStatus::Estimated,
        ),
    ] {
        let file = loaded(&data(&format!("koku-aws/{name}")));
        let [period] = &file.load.periods[..] else {
            panic!("one period");
        };
        assert_eq!(period.billing_account.as_str(), account);
        assert_eq!(period.status, status, "{name}");
        let [charge] = &period.charges[..] else {
            panic!("three hours of one day are one charge");
        };
        assert_eq!(
            (charge.lines, charge.first_line, charge.last_line),
            (3, 2, 4)
        );
        assert_eq!(charge.currency.code(), "NOK");
        assert_eq!(charge.category, ChargeCategory::Usage);
        assert_eq!(charge.amounts.billed, 30_000_000_000);
        assert_eq!(
            charge.amounts.effective, 300_000_000,
            "the savings plan's effective cost"
        );
        assert_eq!(charge.amounts.list, 30_000_000_000);
        let tags = &file.load.dimensions.tag_sets[charge.tags as usize];
        assert_eq!(tags["costCategory/cost_env"], "prod");
        assert!(file.notes.contains(&Note::MergedColumns(vec![
            "pricing/OfferingClasspricing/PurchaseOption".to_owned()
        ])));
    }
}

#[test]
fn the_underscore_dialect_is_the_same_report() {
    let file = loaded(&data("koku-aws/2022-07-01-alt-columns.csv"));
    assert_eq!(
        file.format,
        Format::Cur {
            dialect: Dialect::Underscore
        }
    );
    let [period] = &file.load.periods[..] else {
        panic!("one period");
    };
    assert_eq!(period.period.to_string(), "2022-07");
    assert_eq!(period.status, PeriodStatus::Final);
    assert_eq!(period.charges.len(), 1);
    let dimensions = &file.load.dimensions;
    assert_eq!(dimensions.services[0].name, "Red Hat® Enterprise Linux®");
    assert_eq!(dimensions.tag_sets[1]["aws:created_by"], "IAMUser:fake:and");
}

#[test]
fn rows_that_do_not_fit_their_header_refuse_the_file_by_line() {
    let error = refused(&data("koku-aws/test_cur.csv"));
    let LakeError::BadRows { rows, count, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(*count, 19);
    assert_eq!(rows[0].line, 2);
    assert_eq!(
        rows[0].reason,
        "it has 130 fields where the first row names 131 columns"
    );
    assert_eq!(rows[18].line, 20, "CRLF does not shift lines");
}

#[test]
fn incomplete_examples_are_refused_with_what_they_lack() {
    let error = refused(&data(
        "focus-spec-scenarios/commitment_discount_usage_scenario_3.csv",
    ));
    assert_eq!(
        error.to_string(),
        "commitment_discount_usage_scenario_3.csv looks like a FOCUS file but lacks: \
         BillingAccountId, BillingCurrency, ServiceName"
    );
}

#[test]
fn amounts_with_currency_signs_and_american_dates_are_bad_rows() {
    let error = refused(&data("focus-spec-scenarios/simple_saas_agreements_a1.csv"));
    assert_eq!(
        error.to_string(),
        "1 row of simple_saas_agreements_a1.csv cannot be read, so nothing of it was imported: \
         line 2, BilledCost: \"$10,000.00\" is not a decimal number"
    );
    let error = refused(&data(
        "focus-spec-scenarios/virtual_currency_pricing_model_c.csv",
    ));
    assert!(
        matches!(&error, LakeError::BadRows { .. }),
        "the byte order mark is not part of the first name: {error}"
    );
}
