//! Where a provider contradicts FOCUS, a note says so with the money at stake; figures stay as given.

use tallyport_lake::Note;
use tallyport_ledger::Exact;

use crate::bills::{FOCUS, ROW, focus, outcome, row_with};

/// What is said of a file of these rows, with these columns at its end.
fn said(more: &str, rows: &[(String, &str)]) -> Vec<String> {
    let rows: Vec<String> = rows
        .iter()
        .map(|(row, end)| format!("{row}{end}"))
        .collect();
    let text = format!("{FOCUS}{more}\n{}\n", rows.join("\n"));
    let file = outcome(text, false).unwrap();
    file.notes.iter().map(Note::to_string).collect()
}

fn purchase(effective: &str) -> String {
    row_with("ChargeCategory", "Purchase").replacen("1.5,1.5,", &format!("8760,{effective},"), 1)
}

#[test]
fn a_purchase_of_a_commitment_must_not_be_effective() {
    let notes = said(
        ",CommitmentDiscountId",
        &[
            (purchase("8760"), ",sp-1"),
            (purchase("8760"), ",sp-2"),
            (purchase("0"), ",sp-3"),
            (purchase("8760"), ","),
            (ROW.to_owned(), ",sp-1"),
        ],
    );
    assert!(
        notes.contains(
            &"EffectiveCost is 17520 USD in 2 rows that buy a commitment, where FOCUS wants 0 \
              because the usage of the commitment carries it: effective cost may count it twice. \
              It is kept as given."
                .to_owned()
        ),
        "{notes:?}"
    );
}

#[test]
fn credits_count_in_full_whichever_cost_is_asked_for() {
    let credit = row_with("ChargeCategory", "Credit").replacen("1.5,1.5,", "-2.5,0,", 1);
    let sound = row_with("ChargeCategory", "Credit").replacen("1.5,1.5,", "-2.5,-2.5,", 1);
    let notes = said("", &[(credit, ""), (sound, "")]);
    assert!(
        notes.contains(
            &"EffectiveCost is not BilledCost in 1 row of credits: they differ by 2.5 USD in all. \
              It is kept as given."
                .to_owned()
        ),
        "{notes:?}"
    );
}

#[test]
fn usage_that_costs_more_than_its_list_price_is_told() {
    let dear = row_with("ListCost", "0.25").replace("i-1", "i-2");
    let unpriced = row_with("ListCost", "0").replace("i-1", "i-3");
    let notes = said(
        "",
        &[(ROW.to_owned(), ""), (dear.clone(), ""), (unpriced, "")],
    );
    assert!(
        notes.contains(
            &"EffectiveCost is more than ListCost in 1 row of usage without a commitment, together \
              1.25 USD more. Savings against list prices are too low by that."
                .to_owned()
        ),
        "{notes:?}"
    );
    let committed = said(",CommitmentDiscountId", &[(dear, ",sp-1")]);
    assert!(
        !committed.iter().any(|note| note.contains("ListCost")),
        "a commitment that is not used up may: {committed:?}"
    );
}

#[test]
fn billing_periods_that_do_not_end_with_their_month_are_told() {
    let row = || ROW.to_owned();
    let notes = said(
        ",BillingPeriodEnd",
        &[
            (row(), ",2026-10-01T00:00:00Z"),
            (row(), ",2026-10-01"),
            (row(), ","),
            (row(), ",2026-09-30T23:59:59Z"),
            (row(), ",2027-09-01T00:00:00Z"),
        ],
    );
    assert!(
        notes.contains(
            &"BillingPeriodEnd is missing or not the end of a month in 3 rows: they count in the \
              month of BillingPeriodStart."
                .to_owned()
        ),
        "{notes:?}"
    );
}

#[test]
fn several_currencies_of_one_month_are_told_and_never_added() {
    let rows = [
        ROW.to_owned(),
        row_with("BillingCurrency", "EUR"),
        row_with("BillingCurrency", "usd"),
    ];
    let file = outcome(focus(&rows), false).unwrap();
    assert_eq!(file.load.periods.len(), 1);
    let mut amounts: Vec<(String, i64)> = file.load.periods[0]
        .charges
        .iter()
        .map(|charge| (charge.currency.to_string(), charge.amounts.billed))
        .collect();
    amounts.sort();
    assert_eq!(
        amounts,
        [
            ("EUR".to_owned(), 1_500_000_000),
            ("USD".to_owned(), 3_000_000_000)
        ]
    );
    let notes: Vec<String> = file.notes.iter().map(Note::to_string).collect();
    assert!(
        notes.contains(
            &"2026-09 of 000123 is billed in EUR and USD: each is added up by itself.".to_owned()
        ),
        "{notes:?}"
    );
}

#[test]
fn prices_in_another_currency_are_told() {
    let notes = said(
        ",PricingCurrency",
        &[
            (ROW.to_owned(), ",Token"),
            (ROW.to_owned(), ",USD"),
            (ROW.to_owned(), ","),
        ],
    );
    assert!(
        notes.contains(
            &"1 row was priced in Token; amounts are those of the billing currency.".to_owned()
        ),
        "{notes:?}"
    );
}

#[test]
fn money_at_stake_is_given_by_currency() {
    let rows = [
        row_with("Tags", "x"),
        row_with("Tags", "y").replace("USD", "EUR"),
        row_with("Tags", "z"),
    ];
    let file = outcome(focus(&rows), false).unwrap();
    let stakes = file.notes.iter().find_map(|note| match note {
        Note::UnreadableTags { at_stake, rows, .. } => Some((at_stake.clone(), *rows)),
        _ => None,
    });
    let (stakes, rows) = stakes.unwrap();
    let stakes: Vec<String> = stakes
        .iter()
        .map(|(currency, amount): &(_, Exact)| format!("{amount} {currency}"))
        .collect();
    assert_eq!((stakes.join(", "), rows), ("3 USD, 1.5 EUR".to_owned(), 3));
}

#[test]
fn a_sound_bill_is_told_nothing() {
    let notes = said(
        ",BillingPeriodEnd,PricingCurrency,CommitmentDiscountId,InvoiceId",
        &[
            (ROW.to_owned(), ",2026-10-01T00:00:00Z,USD,,A-1"),
            (purchase("0"), ",2026-10-01T00:00:00Z,USD,sp-1,A-1"),
        ],
    );
    assert!(notes.is_empty(), "{notes:?}");
}
