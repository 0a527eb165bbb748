//! FOCUS 1.0 to 1.2 and the shapes that its columns come in.

use jiff::civil::date;
use tallyport_lake::{Format, Note};
use tallyport_ledger::{ChargeClass, PeriodStatus};

use crate::bills::{FOCUS, ROW, focus, outcome, row_with};

#[test]
fn the_version_is_told_by_the_columns() {
    for (column, version) in [
        ("RegionName", "1.0"),
        ("ServiceSubcategory", "1.1"),
        ("InvoiceId", "1.2"),
        ("AllocatedMethodId", "1.3"),
    ] {
        let file = outcome(format!("{FOCUS},{column}\n{ROW},x\n"), false).unwrap();
        assert_eq!(file.format, Format::Focus { version }, "{column}");
        assert_eq!(
            file.notes.contains(&Note::NewerFocus("1.3")),
            version == "1.3"
        );
    }
}

#[test]
fn a_period_is_final_only_when_every_row_has_its_invoice() {
    let status = |ids: [&str; 2]| {
        let text = format!("{FOCUS},InvoiceId\n{ROW},{}\n{ROW},{}\n", ids[0], ids[1]);
        outcome(text, false).unwrap().load.periods[0].status
    };
    assert_eq!(status(["A-1", "A-1"]), PeriodStatus::Final);
    assert_eq!(status(["A-1", "NULL"]), PeriodStatus::Estimated);
    assert_eq!(status(["", ""]), PeriodStatus::Estimated);
}

#[test]
fn columns_may_stand_in_any_order_and_any_case() {
    let reversed = |line: &str| line.rsplit(',').collect::<Vec<_>>().join(",");
    let text = format!("{}\n{}\n", reversed(FOCUS).to_uppercase(), reversed(ROW));
    let file = outcome(text, false).unwrap();
    assert_eq!(file.load.periods[0].billing_account.as_str(), "000123");
}

#[test]
fn days_are_utc_and_ends_are_exclusive() {
    let days = |from: &str, to: &str| {
        let row = row_with("ChargePeriodStart", from).replace("2026-09-03T11:00:00Z", to);
        let file = outcome(focus(&[row]), false).unwrap();
        let charge = file.load.periods[0].charges[0];
        (charge.day, charge.last_day)
    };
    let third = date(2026, 9, 3);
    for (from, to) in [
        ("2026-09-03T00:00:00Z", "2026-09-04T00:00:00Z"),
        ("2026-09-03 00:00:00", "2026-09-04 00:00:00"),
        ("2026-09-03", "2026-09-04"),
        ("2026-09-03T00:00:00.000Z", "2026-09-03T00:00:00.001Z"),
        ("2026-09-04T01:00:00+02:00", "2026-09-04T02:00:00+02:00"),
        ("2026-09-02T22:00:00-02:00", "NULL"),
        ("2026-09-03T23:00:00Z", "2026-09-03T23:00:00Z"),
    ] {
        assert_eq!(days(from, to), (third, None), "{from} to {to}");
    }
    assert_eq!(
        days("2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z"),
        (date(2026, 9, 1), Some(date(2026, 9, 30))),
        "a month's fee is kept once"
    );
    assert_eq!(
        days("2026-09-03T00:00:00Z", "2026-09-04T00:00:01Z"),
        (third, Some(date(2026, 9, 4)))
    );
}

#[test]
fn hours_of_a_day_are_one_charge_and_all_else_keeps_charges_apart() {
    let hour = |n: u8| {
        ROW.replace("T10:", &format!("T{n:02}:"))
            .replace("T11:", &format!("T{:02}:", n + 1))
    };
    let mut rows: Vec<String> = (0..23).map(hour).collect();
    let charges = |rows: &[String]| {
        let file = outcome(focus(rows), false).unwrap();
        file.load
            .periods
            .iter()
            .map(|p| p.charges.len())
            .sum::<usize>()
    };
    assert_eq!(charges(&rows), 1);
    for (column, value) in [
        ("ResourceId", "i-2"),
        ("SubAccountId", "456"),
        ("ServiceName", "Amazon S3"),
        ("ProviderName", "Oracle"),
        ("ChargeCategory", "Tax"),
        ("BillingCurrency", "EUR"),
        ("BillingPeriodStart", "2026-10-01"),
        ("BillingAccountId", "123"),
        ("ChargeDescription", "Bytes"),
        ("Tags", r#""{""owner"":""jane""}""#),
    ] {
        rows.push(row_with(column, value));
        assert_eq!(charges(&rows), rows.len() - 22, "{column}");
    }
    let before = charges(&rows);
    rows.push(row_with("Tags", "{}"));
    rows.push(row_with("Tags", r#""{ ""owner"" : ""jane"" }""#));
    assert_eq!(
        charges(&rows),
        before,
        "equal tags are equal, however they are written"
    );
}

#[test]
fn corrections_and_tags_come_through_as_written() {
    let text = format!(
        "{FOCUS},ChargeClass\n{},Correction\n",
        row_with(
            "Tags",
            r#""{""Cost center"": ""42"", "" org"": ""x"", ""n"": 7, ""none"": null}""#
        )
    );
    let file = outcome(text, false).unwrap();
    let charge = file.load.periods[0].charges[0];
    assert_eq!(charge.class, ChargeClass::Correction);
    let tags = &file.load.dimensions.tag_sets[charge.tags as usize];
    let tags: Vec<(&str, &str)> = tags.iter().map(|(k, v)| (&**k, &**v)).collect();
    assert_eq!(
        tags,
        [
            (" org", "x"),
            ("Cost center", "42"),
            ("n", "7"),
            ("none", "")
        ]
    );
}

#[test]
fn a_file_without_effective_cost_says_what_stands_for_it() {
    let text = focus(&[ROW.to_owned()])
        .replace("EffectiveCost,", "")
        .replace("1.5,1.5,2", "1.5,2");
    let file = outcome(text, false).unwrap();
    assert_eq!(
        file.load.periods[0].charges[0].amounts.effective,
        1_500_000_000
    );
    assert!(file.notes.iter().any(|note| note.to_string()
        == "There is no column EffectiveCost; effective cost is billed cost."));
}
