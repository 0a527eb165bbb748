//! Looking again at what has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use tallyport_insight::anomaly::{Judged, Watched, anomalies};
use tallyport_ledger::{Currency, DayRange, Money};
use tallyport_store::{
    AccountNumber, AnomalyRecord, FoundAnomaly, LeafId, LeafMonths, PartsAsk, StaleMonth, Writes,
};

use super::gathered::{anomaly_of, verdict_of};
use super::series::AccountDays;
use super::side_by_side::side_by_side;
use super::tell;
use crate::{Context, WorkspaceError};

/// What is at stake at least, in nano-units: one unit of the currency.
const LEAST: i128 = 1_000_000_000;
/// Days before an anomaly that say what each of its parts usually has.
const BEFORE: i32 = 28;
/// Leaves that are read at a time.
const AT_A_TIME: usize = 64;

/// Looks at the months whose bill has changed since they were looked at; does next to nothing if none has.
///
/// # Errors
/// The workspace file's.
pub async fn watch(cx: &Context) -> Result<(), WorkspaceError> {
    let stale = cx
        .store
        .read(|r| Ok::<_, WorkspaceError>(!r.stale_months()?.is_empty()))
        .await?;
    if !stale {
        return Ok(());
    }
    let now = cx.now();
    cx.store
        .write(move |w| {
            let stale = w.stale_months()?;
            look(w, &stale, now)
        })
        .await
}

/// As [`watch`], after a load: what cannot be done is made up for when somebody asks, and spoils no load.
pub async fn after_load(cx: &Context) {
    if let Err(error) = watch(cx).await {
        tracing::warn!(%error, "nobody looked at what is unusual; somebody does next time");
    }
}

fn look(w: &mut Writes<'_>, stale: &[StaleMonth], now: Timestamp) -> Result<(), WorkspaceError> {
    let mut changed: BTreeMap<AccountNumber, BTreeSet<LeafId>> = BTreeMap::new();
    for month in stale {
        let leaves = w.watch_month(month)?;
        changed.entry(month.account).or_default().extend(leaves);
    }
    for (account, mut leaves) in changed {
        let Some(days) = AccountDays::of(w.watched_months(account)?) else {
            for record in w.anomalies_of(account)?.into_values().flatten() {
                w.drop_anomaly(record.id)?;
            }
            continue;
        };
        // The days go on for all that was used lately: what costs nothing any more is news too.
        let lately = days.lately();
        if stale
            .iter()
            .any(|month| month.account == account && month.period >= lately)
        {
            leaves.extend(w.leaves_since(account, lately)?);
        }
        look_at(w, account, &days, &leaves, now)?;
        tell::tell(w, account, days.last, now)?;
    }
    Ok(())
}

/// Looks at these leaves again, after something was said of them.
pub(super) fn look_again(
    w: &mut Writes<'_>,
    account: AccountNumber,
    leaves: &BTreeSet<LeafId>,
    now: Timestamp,
) -> Result<(), WorkspaceError> {
    match AccountDays::of(w.watched_months(account)?) {
        Some(days) => look_at(w, account, &days, leaves, now),
        None => Ok(()),
    }
}

fn look_at(
    w: &mut Writes<'_>,
    account: AccountNumber,
    days: &AccountDays,
    leaves: &BTreeSet<LeafId>,
    now: Timestamp,
) -> Result<(), WorkspaceError> {
    let mut known = w.anomalies_of(account)?;
    let mut masks: BTreeMap<Currency, Arc<[bool]>> = BTreeMap::new();
    let mut changed = Vec::new();
    // After the first month of many thousand leaves nobody need read them.
    let few = days.are_few();
    let is_looked_at = |leaf: &LeafId| !few || known.contains_key(leaf);
    let leaves: Vec<LeafId> = leaves.iter().copied().filter(is_looked_at).collect();
    // As many at a time as fit into memory whatever the account uses.
    let mut pieces = leaves.chunks(AT_A_TIME);
    side_by_side(
        w,
        |w| {
            let Some(leaves) = pieces.next() else {
                return Ok(None);
            };
            let read = w.leaf_months(account, leaves, days.first)?;
            let piece = read.into_iter().map(|of| Leaf {
                before: known.remove(&of.leaf).unwrap_or_default(),
                known: Arc::clone(
                    (masks.entry(of.currency)).or_insert_with(|| days.known_in(of.currency).into()),
                ),
                of,
            });
            Ok(Some(piece.collect::<Vec<_>>()))
        },
        |piece| {
            piece
                .iter()
                .map(|leaf| found_in(days, leaf))
                .collect::<Vec<_>>()
        },
        |w, piece, found| {
            for (leaf, found) in piece.into_iter().zip(found) {
                changed.extend(reconcile(w, leaf.of.leaf, found, leaf.before, now)?);
            }
            Ok(())
        },
    )?;
    w.find_anomaly_parts(&changed)?;
    Ok(())
}

/// A leaf as it is judged: what it cost, on which days that is known, and what was found of it before.
struct Leaf {
    of: LeafMonths,
    known: Arc<[bool]>,
    before: Vec<AnomalyRecord>,
}

fn found_in(days: &AccountDays, leaf: &Leaf) -> Vec<FoundAnomaly> {
    let of = &leaf.of;
    let judged: Vec<Judged> = (leaf.before)
        .iter()
        .filter_map(|record| {
            let verdict = verdict_of(record.verdict)?;
            let anomaly = anomaly_of(&record.found);
            Some(Judged { anomaly, verdict })
        })
        .collect();
    let found = anomalies(&Watched {
        days: &days.days,
        amounts: &days.amounts(of.currency, &of.months),
        known: &leaf.known,
        finished: days.finished,
        least: Money::from_nanos(LEAST, of.currency),
        judged: &judged,
    });
    found
        .into_iter()
        .map(|anomaly| FoundAnomaly {
            kind: anomaly.kind.number(),
            from: anomaly.from,
            to: anomaly.to,
            expected: anomaly.expected,
            actual: anomaly.actual,
        })
        .collect()
}

/// Keeps what was found: what overlaps one that is known and goes its way is that one. Answers for which
/// the parts are to be found anew.
fn reconcile(
    w: &mut Writes<'_>,
    leaf: LeafId,
    found: Vec<FoundAnomaly>,
    mut known: Vec<AnomalyRecord>,
    now: Timestamp,
) -> Result<Vec<PartsAsk>, WorkspaceError> {
    let mut changed = Vec::new();
    for found in found {
        let anomaly = anomaly_of(&found);
        let same = known.iter().position(|record| {
            let other = anomaly_of(&record.found);
            other.is_rise() == anomaly.is_rise() && other.overlaps(found.from, found.to)
        });
        let id = match same.map(|place| known.remove(place)) {
            Some(record) if record.found == found && record.stands => continue,
            Some(record) => {
                w.change_anomaly(record.id, &found)?;
                record.id
            }
            None => w.add_anomaly(leaf, &found, now)?,
        };
        changed.push(parts_ask(id, leaf, &found)?);
    }
    for gone in known.into_iter().filter(|record| record.stands) {
        w.drop_anomaly(gone.id)?;
    }
    Ok(changed)
}

fn parts_ask(
    anomaly: tallyport_store::AnomalyId,
    leaf: LeafId,
    found: &FoundAnomaly,
) -> Result<PartsAsk, WorkspaceError> {
    let range = |from, to| {
        DayRange::new(from, to).map_err(|error| WorkspaceError::Fault(error.to_string()))
    };
    Ok(PartsAsk {
        anomaly,
        leaf,
        days: range(found.from, found.to)?,
        before: range(
            found.from.saturating_sub(BEFORE.days()),
            found.from.saturating_sub(1.day()),
        )?,
        expected: found.expected,
    })
}
