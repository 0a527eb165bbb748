//! What is unusual: found in the leaves of each bill, told together where it is one event, and judged by
//! people.

mod gathered;
mod judge;
mod series;
mod side_by_side;
mod tell;
mod watch;

use jiff::ToSpan;
pub use tallyport_insight::anomaly::{Kind, Verdict};
use tallyport_ledger::{BillingPeriod, DayRange, Money, ViewCosts};
use tallyport_store::{AnomalyId, Filter, Reads};

pub use judge::judge;
pub(crate) use tell::sentence;
pub use watch::{after_load, watch};

use crate::filters::FilterAsk;
use crate::{Context, Grant, WorkspaceError};
use gathered::{Group, groups};

/// Something unusual: one event, of one or several leaves of an account's service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusual {
    /// Its identity: that of the first of its leaves' anomalies.
    pub id: AnomalyId,
    /// The days.
    pub days: DayRange,
    /// What kind.
    pub kind: Kind,
    /// The client.
    pub client: String,
    /// The payer.
    pub billing_account: String,
    /// The account: id and name.
    pub account: Option<(String, Option<String>)>,
    /// The service.
    pub service: String,
    /// The usage type that moved most.
    pub usage_type: String,
    /// What it is about, for people.
    pub label: String,
    /// What these days were expected to cost.
    pub expected: Money,
    /// What they cost.
    pub actual: Money,
    /// The difference.
    pub impact: Money,
    /// The same in percent, where something was expected.
    pub percent: Option<i64>,
    /// What moved, what moved most first in each dimension.
    pub causes: Vec<UnusualCause>,
    /// What somebody said of it.
    pub feedback: Option<Verdict>,
    /// What they noted.
    pub note: String,
}

/// What moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusualCause {
    /// service, account, usage_type, region or resource.
    pub dimension: &'static str,
    /// What a filter takes.
    pub key: String,
    /// As people know it.
    pub label: String,
    /// What it cost beyond what was expected.
    pub amount: Money,
    /// Its percentage of what moved that way; negative for what moved the other way.
    pub share: i64,
}

/// A question about what is unusual.
#[derive(Debug, Clone)]
pub struct AnomaliesAsk {
    /// On which days.
    pub days: DayRange,
    /// Of which charges.
    pub filter: FilterAsk,
}

/// Days around those asked about in which the rest of an event may lie.
const AROUND: i32 = 45;

/// What is unusual on some days, the largest stake first.
///
/// # Errors
/// An unknown name in the filter; a day as known on which it is asked for.
pub async fn anomalies(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    ask: AnomaliesAsk,
) -> Result<Vec<Unusual>, WorkspaceError> {
    if ask.filter.as_of.is_some() {
        return Err(WorkspaceError::invalid(
            "as_of",
            "what is unusual is told as it is known now",
        ));
    }
    watch(cx).await?;
    cx.store
        .read(move |r| {
            let filter = ask.filter.resolve(r)?;
            let groups = groups_on(r, ask.days, &filter)?;
            Ok(groups.into_iter().map(Group::into_unusual).collect())
        })
        .await
}

/// What is unusual in a month and not marked as expected, the largest stake first.
///
/// # Errors
/// The workspace file's.
pub(crate) async fn of_month(
    cx: &Context,
    month: BillingPeriod,
) -> Result<Vec<Unusual>, WorkspaceError> {
    watch(cx).await?;
    cx.store
        .read(move |r| {
            let groups = groups_on(r, month.days(), &Filter::default())?;
            let unusual = groups.into_iter().map(Group::into_unusual);
            Ok(unusual
                .filter(|unusual| unusual.feedback != Some(Verdict::Expected))
                .collect())
        })
        .await
}

fn groups_on(r: &Reads<'_>, days: DayRange, filter: &Filter) -> Result<Vec<Group>, WorkspaceError> {
    let mut found = groups(r.anomalies(around(days))?);
    found.retain(|group| group.days.from() <= days.to() && days.from() <= group.days.to());
    if *filter != Filter::default() {
        let leaves = r.leaves_of(days, filter)?;
        found.retain(|group| group.leaves().any(|leaf| leaves.contains(&leaf)));
    }
    Ok(found)
}

fn around(days: DayRange) -> DayRange {
    let from = days.from().saturating_sub(AROUND.days());
    let to = days.to().saturating_add(AROUND.days());
    DayRange::new(from, to).unwrap_or(days)
}
