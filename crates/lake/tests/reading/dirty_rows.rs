//! A row is taken whole or refused with its line, column and reason.

use tallyport_lake::{BadRow, LakeError, Note};

use crate::bills::{FOCUS, ROW, complaint, focus, outcome, row_with};

/// What is said about a row with this value in this column.
fn said_of(column: &str, value: &str) -> String {
    let text = focus(&[ROW.to_owned(), row_with(column, value)]);
    match outcome(text, false) {
        Err(LakeError::BadRows { rows, count: 1, .. }) => rows[0].to_string(),
        other => panic!("{column}={value}: {other:?}"),
    }
}

#[test]
fn each_fault_is_told_by_line_column_and_reason() {
    let cases = [
        ("BilledCost", "", "it is empty, and an amount is needed"),
        ("BilledCost", "NULL", "it is empty, and an amount is needed"),
        ("BilledCost", "NaN", "\"NaN\" is not a decimal number"),
        ("BilledCost", "inf", "\"inf\" is not a decimal number"),
        ("BilledCost", "$1.50", "\"$1.50\" is not a decimal number"),
        ("BilledCost", "1e400", "\"1e400\" is too large a number"),
        (
            "BilledCost",
            "9223372037",
            "amounts beyond 9,223,372,036 cannot be held",
        ),
        ("EffectiveCost", "", "it is empty, and an amount is needed"),
        ("ListCost", "free", "\"free\" is not a decimal number"),
        ("BillingAccountId", "NULL", "it is empty"),
        ("BillingCurrency", "", "it is empty"),
        (
            "BillingCurrency",
            "$",
            "\"$\" is not a currency code: three to eight letters such as USD are expected",
        ),
        (
            "BillingPeriodStart",
            "",
            "it is empty, and a date is needed",
        ),
        (
            "BillingPeriodStart",
            "01/09/2026",
            "\"01/09/2026\" is not a date such as 2026-01-31",
        ),
        (
            "ChargePeriodStart",
            "2026-02-30",
            "\"2026-02-30\" is not a date such as 2026-01-31",
        ),
        (
            "ChargePeriodStart",
            "2026-09-03T25:00:00Z",
            "\"2026-09-03T25:00:00Z\" is not a date such as 2026-01-31",
        ),
        (
            "ChargePeriodStart",
            "2005-12-31",
            "2005-12-31 lies outside the years 2006 to 2199",
        ),
        (
            "ChargePeriodEnd",
            "2026-09-03T09:00:00Z",
            "it ends on 2026-09-03, before it starts on 2026-09-03",
        ),
        (
            "ChargeCategory",
            "Gift",
            "\"Gift\" is not a charge category (Usage, Purchase, Tax, Credit or Adjustment)",
        ),
        ("ServiceName", "EC\u{7}2", "it contains control characters"),
        (
            "ResourceId",
            "\"i-1\ni-2\"",
            "it contains control characters",
        ),
    ];
    for (column, value, reason) in cases {
        assert_eq!(
            said_of(column, value),
            format!("line 3, {column}: {reason}")
        );
    }
}

#[test]
fn a_row_of_another_length_is_bad() {
    let text = format!("{FOCUS}\n{ROW},\n{ROW}\n1,2\n");
    let Err(LakeError::BadRows { rows, .. }) = outcome(text, false) else {
        panic!("refused");
    };
    let said: Vec<String> = rows.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 2: it has 17 fields where the first row names 16 columns",
            "line 4: it has 2 fields where the first row names 16 columns",
        ]
    );
}

#[test]
fn the_whole_file_is_refused_unless_bad_rows_are_to_be_skipped() {
    let text = focus(&[ROW.to_owned(), row_with("BilledCost", "x"), ROW.to_owned()]);
    assert_eq!(
        complaint(&text),
        "1 row of bill.csv cannot be read, so nothing of it was imported: \
         line 3, BilledCost: \"x\" is not a decimal number"
    );
    let file = outcome(&text, true).unwrap();
    assert_eq!((file.lines, file.bad_row_count), (2, 1));
    assert_eq!(
        file.bad_rows,
        [BadRow {
            line: 3,
            column: Some("BilledCost".to_owned()),
            reason: "\"x\" is not a decimal number".to_owned(),
        }]
    );
    let charges = &file.load.periods[0].charges;
    assert_eq!(charges.len(), 1);
    assert_eq!(charges[0].amounts.billed, 3_000_000_000);
    assert_eq!((charges[0].first_line, charges[0].last_line), (2, 4));
}

#[test]
fn a_period_whose_rows_are_all_bad_does_not_appear() {
    let mut bad = row_with("BillingPeriodStart", "2026-08-01");
    bad = bad.replace("i-1", "\"i\t1\"");
    let file = outcome(focus(&[ROW.to_owned(), bad]), true).unwrap();
    assert_eq!(file.load.periods.len(), 1);
    assert_eq!(file.bad_row_count, 1);
}

#[test]
fn a_thousand_bad_rows_are_named_and_all_are_counted() {
    let rows = vec![row_with("BilledCost", "?"); 1_500];
    let error = outcome(focus(&rows), false).unwrap_err();
    let LakeError::BadRows { rows, count, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!((rows.len(), *count), (1_000, 1_500));
    assert!(error.to_string().ends_with("; and 1497 more"), "{error}");
    assert_eq!(
        outcome(focus(&vec![row_with("BilledCost", "?"); 2]), true)
            .unwrap_err()
            .to_string(),
        "bill.csv holds no rows that can be imported"
    );
}

#[test]
fn lines_are_those_that_an_editor_shows() {
    for end in ["\n", "\r\n"] {
        let text = [
            FOCUS,
            &row_with("ChargeDescription", "\"two\nlines\""),
            "",
            ROW,
            &row_with("BilledCost", "x"),
        ]
        .join(end);
        let Err(LakeError::BadRows { rows, .. }) = outcome(&text, false) else {
            panic!("refused");
        };
        assert_eq!(
            rows[0].line, 6,
            "a quoted line break and a blank line count"
        );
        let file = outcome(&text, true).unwrap();
        assert_eq!(file.load.dimensions.skus[0].description, "two lines");
    }
}

#[test]
fn text_that_is_not_utf_8_is_told_by_line_and_the_others_are_not_lost() {
    let mut bytes = focus(&[
        ROW.to_owned(),
        row_with("ServiceName", "Caf\u{1}"),
        ROW.to_owned(),
    ])
    .into_bytes();
    let at = bytes.iter().position(|b| *b == 1).unwrap();
    bytes[at] = 0xe9;
    let Err(LakeError::BadRows { rows, count, .. }) = outcome(&bytes, false) else {
        panic!("refused");
    };
    assert_eq!(count, 1);
    assert_eq!(
        rows[0].to_string(),
        "line 3: the row is not UTF-8 text; save the file as UTF-8"
    );
    assert_eq!(outcome(&bytes, true).unwrap().lines, 2);
}

#[test]
fn quotes_gone_wrong_are_told() {
    let text = focus(&[ROW.replace("AWS", "\"AWS\"x"), ROW.to_owned()]);
    assert!(
        complaint(text).contains("line 2: text stands after a closing quote"),
        "the next row is read as usual"
    );
    let text = focus(&[ROW.to_owned(), ROW.replace("AWS", "\"AWS")]);
    assert_eq!(
        complaint(text),
        "bill.csv cannot be read from line 3 on: \
         a quote is opened in this row and never closed"
    );
}

#[test]
fn an_endless_field_is_refused() {
    let long = "x".repeat(1_000_001);
    let quoted = format!("\"{long}");
    for value in [long, quoted] {
        let text = focus(&[ROW.to_owned(), row_with("ChargeDescription", &value)]);
        assert_eq!(
            complaint(text),
            "bill.csv cannot be read from line 3 on: \
             a field is longer than 1 MB; perhaps a quote is never closed"
        );
    }
}

#[test]
fn empty_list_and_contracted_cost_count_as_nothing_and_that_is_said() {
    let file = outcome(
        focus(&[row_with("ListCost", "NULL"), row_with("ContractedCost", "")]),
        false,
    )
    .unwrap();
    let amounts = file.load.periods[0].charges[0].amounts;
    assert_eq!(
        (amounts.list, amounts.contracted),
        (2_000_000_000, 1_500_000_000)
    );
    let said: Vec<String> = file.notes.iter().map(Note::to_string).collect();
    assert!(said.contains(&"ListCost is empty in 1 row and was taken as 0.".to_owned()));
    assert!(said.contains(&"ContractedCost is empty in 1 row and was taken as 0.".to_owned()));
}

#[test]
fn amounts_that_cannot_be_added_refuse_the_file_rather_than_wrap() {
    let rows = vec![row_with("BilledCost", "9000000000"); 3];
    assert!(
        complaint(focus(&rows)).starts_with("bill.csv cannot be held: a charge of more than"),
        "three lines of one charge"
    );
}

#[test]
fn a_column_that_occurs_twice_is_refused_if_it_matters() {
    let twice = |name: &str| format!("{FOCUS},{name}\n{ROW},\n");
    assert_eq!(
        complaint(twice("BilledCost")),
        "bill.csv is not a cost file: its column BilledCost occurs twice. \
         FOCUS and Cost and Usage Report files can be read, in Parquet and in CSV, plain or gzipped"
    );
    let text = format!("{FOCUS},x_Own,x_Own\n{ROW},,\n");
    let file = outcome(text, false).unwrap();
    assert!(
        file.notes
            .contains(&Note::UnknownColumns(vec!["x_Own".to_owned(); 2]))
    );
}

#[test]
fn tags_that_are_no_json_object_are_told_with_the_money_at_stake_and_the_rows_kept() {
    for tags in [
        "[1]",
        "\"{\"\"a\"\":[1]}\"",
        "owner=jane",
        "\"{\"\"a\"\":1\"",
    ] {
        let rows = [ROW.to_owned(), row_with("Tags", tags), ROW.to_owned()];
        let file = outcome(focus(&rows), false).unwrap();
        assert_eq!(file.lines, 3, "{tags}");
        let said: Vec<String> = file.notes.iter().map(Note::to_string).collect();
        assert!(
            said.contains(
                &"Tags is no JSON object of texts in 1 row, the first in line 3, that cost \
                  1.5 USD: they are kept without tags, so no rule on tags finds their owner."
                    .to_owned()
            ),
            "{said:?}"
        );
    }
}
