//! The billing periods that are loaded, every version of them, and what became different from one to
//! another.

use std::collections::BTreeMap;

use tallyport_ledger::{Currency, DayRange, Metric, Money, SourceKind, ViewCosts};
use tallyport_store::{
    By, ChargeDiff, Compared, Filter, Interval, PeriodVersion, Reads, RowName, VersionId,
    VersionQuery,
};

use crate::{Context, Grant, WorkspaceError};

/// Every version, the latest month first and within it the current version first; of one client only
/// if asked for.
///
/// # Errors
/// An unknown client.
pub async fn list(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    client: Option<String>,
) -> Result<Vec<PeriodVersion>, WorkspaceError> {
    cx.store
        .read(move |r| {
            let client = client.map(|name| r.client_named(&name)).transpose()?;
            Ok(r.versions(VersionQuery {
                client,
                days: None,
                counting_only: false,
            })?)
        })
        .await
}

/// Two versions of one account's month.
#[derive(Debug, Clone)]
pub struct DiffAsk {
    /// The one before.
    pub from: VersionId,
    /// The one after.
    pub to: VersionId,
    /// What the rows are.
    pub by: By,
    /// Which amounts.
    pub metric: Metric,
}

/// What became different from one version to another.
#[derive(Debug, Clone)]
pub struct PeriodDiff {
    /// The one before.
    pub from: PeriodVersion,
    /// The one after.
    pub to: PeriodVersion,
    /// How many charges are the same.
    pub charges: ChargeDiff,
    /// One a currency.
    pub results: Vec<CurrencyDiff>,
}

/// What became different in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrencyDiff {
    /// The currency.
    pub currency: Currency,
    /// Rows that changed, the largest change first.
    pub rows: Vec<DiffRow>,
    /// All rows before, those that did not change too.
    pub before: Money,
    /// All rows after.
    pub after: Money,
    /// What it changed by.
    pub change: Money,
}

/// A row that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct DiffRow {
    /// Its key and label.
    pub name: RowName,
    /// Before.
    pub before: Money,
    /// After.
    pub after: Money,
    /// What it changed by.
    pub change: Money,
}

/// Compares two versions of one billing account's month, also of different sources, by what both know.
///
/// # Errors
/// An unknown version; versions of different accounts or months; resources or tags where one of them is
/// Cost Explorer's.
pub async fn diff(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    ask: DiffAsk,
) -> Result<PeriodDiff, WorkspaceError> {
    cx.store.read(move |r| compared(r, &ask)).await
}

fn compared(r: &Reads<'_>, ask: &DiffAsk) -> Result<PeriodDiff, WorkspaceError> {
    let (from, to) = (version(r, ask.from)?, version(r, ask.to)?);
    if from.billing_account.0 != to.billing_account.0 || from.period != to.period {
        return Err(WorkspaceError::invalid(
            "to",
            format!(
                "version {} is of {} in {}, version {} of {} in {}: only versions of the same billing \
                 account and month can be compared",
                from.id,
                from.billing_account.0,
                from.period,
                to.id,
                to.billing_account.0,
                to.period
            ),
        ));
    }
    let api = |version: &PeriodVersion| version.source == SourceKind::CostExplorer;
    if api(&from) != api(&to) && matches!(ask.by, By::Resource | By::Tag(_)) {
        return Err(WorkspaceError::invalid(
            "by",
            "one of the two is from Cost Explorer, which knows no resources and not every tag: compare \
             by service, account, region, category or owner"
                .to_owned(),
        ));
    }
    let compared = if from.source == to.source {
        Compared::Charges
    } else {
        Compared::DailySums
    };
    Ok(PeriodDiff {
        charges: r.charge_diff((from.id, to.id), compared)?,
        results: results(r, ask, from.period.days())?,
        from,
        to,
    })
}

fn version(r: &Reads<'_>, id: VersionId) -> Result<PeriodVersion, WorkspaceError> {
    let found = r.versions_of(&[id], None)?.into_iter().next();
    found.ok_or_else(|| {
        tallyport_store::StoreError::NotFound {
            what: "version of a billing period",
            name: id.to_string(),
        }
        .into()
    })
}

fn results(
    r: &Reads<'_>,
    ask: &DiffAsk,
    days: DayRange,
) -> Result<Vec<CurrencyDiff>, WorkspaceError> {
    let mut sums: BTreeMap<Currency, BTreeMap<RowName, [i128; 2]>> = BTreeMap::new();
    for (side, version) in [ask.from, ask.to].into_iter().enumerate() {
        let filter = Filter {
            versions: Some(vec![version]),
            ..Filter::default()
        };
        for cell in r.costs(days, ask.metric, &ask.by, Interval::None, &filter)? {
            let rows = sums.entry(cell.currency).or_default();
            rows.entry(cell.row).or_default()[side] += cell.nanos;
        }
    }
    let results = sums.into_iter().map(|(currency, rows)| {
        let money = |nanos| Money::from_nanos(nanos, currency);
        let (mut before, mut after) = (0, 0);
        let mut changed = Vec::new();
        for (name, [old, new]) in rows {
            before += old;
            after += new;
            if old != new {
                changed.push(DiffRow {
                    name,
                    before: money(old),
                    after: money(new),
                    change: money(new - old),
                });
            }
        }
        changed.sort_by_key(|row| std::cmp::Reverse(row.change.nanos().abs()));
        CurrencyDiff {
            currency,
            rows: changed,
            before: money(before),
            after: money(after),
            change: money(after - before),
        }
    });
    Ok(results.collect())
}
