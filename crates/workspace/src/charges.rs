//! The charges behind a number: each with its source, its line and the rule that gave it away.

use std::collections::HashMap;

use tallyport_ledger::{DayRange, Metric, RuleId, ViewCosts};
use tallyport_store::{ChargeOrder, ChargeRow, ChargeTotals, Page, PeriodVersion, VersionId};

use crate::filters::FilterAsk;
use crate::rules::in_words;
use crate::{Context, Grant, WorkspaceError};

/// Which charges, and which of them to show.
#[derive(Debug, Clone)]
pub struct ChargesAsk {
    /// The days.
    pub days: DayRange,
    /// Which amount orders and sums them.
    pub metric: Metric,
    /// Which charges.
    pub filter: FilterAsk,
    /// Their order.
    pub order: ChargeOrder,
    /// Which of them.
    pub page: Page,
}

/// A page of charges.
#[derive(Debug, Clone)]
pub struct Charges {
    /// How many there are on all pages, and their sums.
    pub totals: ChargeTotals,
    /// This page.
    pub rows: Vec<Charge>,
}

/// A charge and why it is where it is.
#[derive(Debug, Clone)]
pub struct Charge {
    /// The charge.
    pub row: ChargeRow,
    /// The rule that gave it to its owner, in words.
    pub rule: Option<(RuleId, String)>,
    /// The version that brought it: file, number, status.
    pub source: PeriodVersion,
}

/// Charges on one page at most.
pub const PAGE_LIMIT: u64 = 1_000;

/// One page of charges.
///
/// # Errors
/// An unknown name in the filter, or a page that is too long.
pub async fn charges(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    ask: ChargesAsk,
) -> Result<Charges, WorkspaceError> {
    checked(ask.page)?;
    cx.store
        .read(move |r| {
            let filter = ask.filter.resolve(r)?;
            let totals = r.charge_totals(ask.days, ask.metric, &filter)?;
            let rows = r.charges(ask.days, ask.metric, &filter, ask.order, ask.page)?;
            let mut brought: Vec<VersionId> = rows.iter().map(|row| row.version).collect();
            brought.sort_unstable();
            brought.dedup();
            let versions = r.versions_of(&brought, None)?;
            let versions: HashMap<VersionId, PeriodVersion> =
                versions.into_iter().map(|v| (v.id, v)).collect();
            let rules: HashMap<RuleId, String> = r
                .rules()?
                .into_iter()
                .map(|stored| (stored.rule.id, in_words(stored.rule.matchers())))
                .collect();
            let rows = rows
                .into_iter()
                .map(|row| {
                    let source = versions.get(&row.version).cloned().ok_or_else(|| {
                        WorkspaceError::Fault("a charge without its version".to_owned())
                    })?;
                    let text = |id: RuleId| rules.get(&id).cloned().unwrap_or_default();
                    Ok(Charge {
                        rule: row.rule.map(|id| (id, text(id))),
                        source,
                        row,
                    })
                })
                .collect::<Result<_, WorkspaceError>>()?;
            Ok(Charges { totals, rows })
        })
        .await
}

pub(crate) fn checked(page: Page) -> Result<(), WorkspaceError> {
    if page.limit <= PAGE_LIMIT {
        return Ok(());
    }
    Err(WorkspaceError::invalid(
        "limit",
        format!("a page has at most {PAGE_LIMIT} rows"),
    ))
}
