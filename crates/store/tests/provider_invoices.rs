//! Which invoice of the provider a charge stands on, through restatements and for every version.
#![expect(clippy::unwrap_used, reason = "a test stops where it goes wrong")]
#![allow(dead_code, reason = "the company's bills are shared by several tests")]

mod bill;

use std::collections::BTreeMap;

use tallyport_ledger::{DayRange, Load, Metric, PeriodStatus, SourceKind};
use tallyport_store::{
    ChargeOrder, Filter, LoadedPeriod, Mode, Outcome, Page, PeriodVersion, Store, StoreError,
    VersionId, VersionQuery,
};

use crate::bill::{bill_of, books, faults, load};

/// Charges of the bill of March, and those of them that [`march`] puts on an invoice of their own.
const USAGE: usize = 256;
const BOUGHT: usize = 28;

/// The bill of March with `numbers` on its charges: of every tenth the second, of others the first; an
/// empty one is none.
fn march(numbers: [&str; 2]) -> Load {
    let mut bill = bill_of("2024-03", 500, 7, numbers[0].is_empty());
    for number in numbers.iter().filter(|number| !number.is_empty()) {
        bill.dimensions.invoices.push((*number).to_owned());
    }
    let place = |number: &str| {
        let known = &bill.dimensions.invoices;
        let at = known.iter().position(|known| known == number)?;
        Some(u32::try_from(at).unwrap())
    };
    let places = numbers.map(place);
    for charge in &mut bill.periods[0].charges {
        charge.invoice = places[usize::from(charge.first_line.is_multiple_of(10))];
    }
    bill
}

async fn loaded(store: &Store, day: u8, numbers: [&str; 2]) -> LoadedPeriod {
    let at = format!("2024-04-{day:02}T08:00:00Z");
    load(store, SourceKind::Cur, &at, Mode::Replace, march(numbers)).await
}

/// How many charges stand on which invoice, as lists show it and as they are handed out one by one.
async fn invoices(store: &Store, versions: Option<Vec<VersionId>>) -> BTreeMap<String, usize> {
    let days = DayRange::new("2024-03-01".parse().unwrap(), "2024-03-31".parse().unwrap()).unwrap();
    let filter = Filter {
        versions,
        ..Filter::default()
    };
    let told: Result<_, StoreError> = store
        .read(move |r| {
            let (mut listed, mut handed) = (BTreeMap::new(), BTreeMap::new());
            let page = Page {
                offset: 0,
                limit: 1_000,
            };
            for row in r.charges(days, Metric::Billed, &filter, ChargeOrder::Day, page)? {
                *listed.entry(row.invoice.unwrap_or_default()).or_default() += 1;
            }
            r.each_charge(days, &filter, |charge| {
                *handed
                    .entry(charge.row.invoice.unwrap_or_default())
                    .or_insert(0_usize) += 1;
                Ok::<_, StoreError>(())
            })?;
            Ok((listed, handed))
        })
        .await;
    let (listed, handed) = told.unwrap();
    assert_eq!(listed, handed);
    listed
}

async fn version(store: &Store, id: VersionId) -> PeriodVersion {
    let found: Result<Vec<_>, StoreError> =
        store.read(|r| r.versions(VersionQuery::default())).await;
    found
        .unwrap()
        .into_iter()
        .find(|version| version.id == id)
        .unwrap()
}

fn counts(pairs: &[(&str, usize)]) -> BTreeMap<String, usize> {
    pairs
        .iter()
        .map(|(number, count)| ((*number).to_owned(), *count))
        .collect()
}

#[tokio::test]
async fn the_number_that_comes_when_a_month_is_over_is_known_of_every_charge_and_writes_none() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    let open = loaded(&store, 1, ["", ""]).await;
    assert_eq!(
        invoices(&store, None).await,
        counts(&[("", USAGE + BOUGHT)])
    );
    let closed = loaded(&store, 5, ["2024-71", "2024-71"]).await;
    assert_eq!(closed.outcome, Outcome::Replaced(1));
    assert_eq!(
        invoices(&store, None).await,
        counts(&[("2024-71", USAGE + BOUGHT)])
    );
    let after = version(&store, closed.id).await;
    assert_eq!(
        (after.status, after.stored_charges),
        (PeriodStatus::Final, 0)
    );
    assert_eq!(
        invoices(&store, Some(vec![open.id])).await,
        counts(&[("", USAGE + BOUGHT)]),
        "as it was known before"
    );
    assert_eq!(faults(&store).await, Vec::<String>::new());
}

#[tokio::test]
async fn charges_on_another_invoice_than_most_keep_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    // A purchase is invoiced on the day, the usage when the month is over.
    let open = loaded(&store, 1, ["", "2024-12"]).await;
    assert_eq!(
        invoices(&store, None).await,
        counts(&[("", USAGE), ("2024-12", BOUGHT)])
    );
    let closed = loaded(&store, 5, ["2024-71", "2024-12"]).await;
    assert_eq!(version(&store, closed.id).await.stored_charges, 0);
    let all = counts(&[("2024-12", BOUGHT), ("2024-71", USAGE)]);
    assert_eq!(invoices(&store, None).await, all);
    assert_eq!(
        loaded(&store, 6, ["2024-71", "2024-12"]).await.outcome,
        Outcome::Unchanged
    );
    // The provider issues the purchase's again.
    let again = loaded(&store, 7, ["2024-71", "2024-99"]).await;
    assert_eq!(again.outcome, Outcome::Replaced(2));
    assert_eq!(version(&store, again.id).await.stored_charges, 28);
    assert_eq!(
        invoices(&store, None).await,
        counts(&[("2024-71", USAGE), ("2024-99", BOUGHT)])
    );
    assert_eq!(invoices(&store, Some(vec![closed.id])).await, all);
    assert_eq!(
        invoices(&store, Some(vec![open.id])).await,
        counts(&[("", USAGE), ("2024-12", BOUGHT)])
    );
    assert_eq!(faults(&store).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_month_whose_invoice_is_renumbered_follows_without_being_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = books(folder.path());
    loaded(&store, 5, ["2024-71", ""]).await;
    let renamed = loaded(&store, 8, ["2024-80", ""]).await;
    assert_eq!(renamed.outcome, Outcome::Replaced(1));
    assert_eq!(version(&store, renamed.id).await.stored_charges, 0);
    assert_eq!(
        invoices(&store, None).await,
        counts(&[("", BOUGHT), ("2024-80", USAGE)])
    );
}
