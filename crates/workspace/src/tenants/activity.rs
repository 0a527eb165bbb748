//! What happened and what was used: read from the server's logs, counted by day, and held against limits.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::json;
use tallyport_aws::tenants::logs::{self, Activity};
use tallyport_aws::tenants::{files, metrics};
use tallyport_ledger::pricing::Usage;
use tallyport_ledger::tenant::{QuotaStanding, TenantId, UsageDay, usage_of};
use tallyport_ledger::{BillingPeriod, DayRange, ManageTenants};
use tallyport_store::{OwnerKey, Reads, StoredTenant};

use super::{Target, facts, quota, target, users, watch};
use crate::{Context, Grant, WorkspaceError};

/// What a tenant's users did on some days, and who failed to sign in as one of them.
///
/// # Errors
/// It is not set up; its server writes no log; what AWS refuses.
pub async fn activity(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
    days: DayRange,
    user: Option<&str>,
) -> Result<Activity, WorkspaceError> {
    let target = target(cx, id).await?.set_up()?;
    let mut found = read(cx, &target, days).await?;
    if let Some(user) = user {
        of(&mut found, |name| name == user);
    }
    Ok(found)
}

/// What was measured of all tenants beside what the bills say of the same days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reconciled {
    /// The last day that the bills tell of.
    pub until: Date,
    /// What was measured: sent and fetched by all tenants, in bytes.
    pub measured: (i128, i128),
    /// What the bills say of it.
    pub billed: (i128, i128),
}

/// What a tenant used on the days of a month that were measured, and how all tenants' days stand to the bills
/// of that month; nothing where no bill tells of them.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn usage(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
    month: BillingPeriod,
) -> Result<(Vec<UsageDay>, Option<Reconciled>), WorkspaceError> {
    cx.store
        .read(move |r| {
            r.tenant(id)?;
            let days = r.tenant_usage(Some(id), month.days())?;
            let billed = r.billed_transfer(month.days())?;
            let Some(until) = billed.last_day else {
                return Ok((days, None));
            };
            let told = DayRange::new(month.first_day(), until)?;
            let reconciled = Reconciled {
                until,
                measured: r.measured_transfer(told)?,
                billed: (billed.uploaded_bytes, billed.downloaded_bytes),
            };
            Ok((days, Some(reconciled)))
        })
        .await
}

/// What was measured of somebody in a month, in the units of price books; nothing for those of whom nothing is.
pub(crate) fn measured_of(
    r: &Reads<'_>,
    whose: OwnerKey,
    month: BillingPeriod,
) -> Result<Option<Vec<Usage>>, WorkspaceError> {
    let OwnerKey::Tenant(id) = whose else {
        return Ok(None);
    };
    let mut all = Vec::new();
    for day in r.tenant_usage(Some(id), month.days())? {
        let usage = usage_of(&day)
            .map_err(|error| WorkspaceError::Fault(format!("a day's usage: {error}")))?;
        all.extend(usage);
    }
    Ok((!all.is_empty()).then_some(all))
}

/// Measures what a tenant used since it was measured last, this month's days at the most, and holds it against
/// its limits.
///
/// # Errors
/// As [`activity`].
pub async fn measure(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<Vec<UsageDay>, WorkspaceError> {
    measured(cx, id).await
}

/// Measures every tenant whose day has not been measured yet. To be called now and then.
///
/// # Errors
/// The workspace file's. What AWS refuses for one tenant is logged; the others are measured.
pub async fn measure_due(cx: &Context) -> Result<(), WorkspaceError> {
    let today = cx.today();
    let due = cx
        .store
        .read(move |r| {
            let measured = r.tenant_usage(None, DayRange::day(today))?.into_iter();
            let measured: HashSet<TenantId> = measured.map(|day| day.tenant).collect();
            let is_due = |stored: &StoredTenant| {
                stored.tenant.state.is_set_up() && !measured.contains(&stored.tenant.id)
            };
            let due = r.tenants()?.into_iter().filter(is_due);
            Ok::<_, WorkspaceError>(due.map(|stored| stored.tenant.id).collect::<Vec<_>>())
        })
        .await?;
    for id in due {
        if let Err(error) = measured(cx, id).await {
            tracing::warn!(%error, tenant = id.0, "a tenant's usage was not measured");
        }
    }
    Ok(())
}

async fn measured(cx: &Context, id: TenantId) -> Result<Vec<UsageDay>, WorkspaceError> {
    let target = target(cx, id).await?.set_up()?;
    let today = cx.today();
    let month = BillingPeriod::of(today)?;
    let known = cx
        .store
        .read(move |r| r.tenant_usage(Some(id), month.days()))
        .await?;
    // The last day was measured before it ended.
    let from = known.last().map_or(month.first_day(), |last| last.day);
    let days = DayRange::new(from, today)?;
    let mut moved: BTreeMap<Date, (u64, u64, u64)> = BTreeMap::new();
    let found = read(cx, &target, days).await?;
    for one in &found.transfers {
        let day = moved.entry(utc(one.at)).or_default();
        day.0 = day.0.saturating_add(one.bytes_in);
        day.1 = day.1.saturating_add(one.bytes_out);
        day.2 += 1;
    }
    for change in &found.changes {
        moved.entry(utc(change.at)).or_default().2 += 1;
    }
    let site = target.site(cx).await?;
    let place = &target.tenant().place;
    let now_stored = files::measure(&site, place).await?.all_bytes();
    let signing_in = |kept: &&tallyport_store::StoredTenantUser| {
        users::signs_in(target.tenant(), &kept.user, today)
    };
    let users = target.users.iter().filter(signing_in).count();
    let users = u32::try_from(users).unwrap_or(u32::MAX);
    let mut measured = Vec::new();
    for day in days.each() {
        let before = known.iter().find(|kept| kept.day == day);
        let stored_bytes = if day == today {
            now_stored
        } else if place.is_own_bucket()
            && let Some(stored) = metrics::stored(&site, place.bucket.as_str(), day).await?
        {
            stored.bytes
        } else {
            // What nobody measured is not charged for.
            before.map_or(0, |kept| kept.stored_bytes)
        };
        let (uploaded_bytes, downloaded_bytes, requests) =
            moved.get(&day).copied().unwrap_or_default();
        measured.push(UsageDay {
            tenant: id,
            day,
            stored_bytes,
            uploaded_bytes,
            downloaded_bytes,
            requests,
            users: before.map_or(users, |kept| kept.users.max(users)),
        });
    }
    let kept = measured.clone();
    cx.store.write(move |w| w.keep_tenant_usage(&kept)).await?;
    hold(cx, id).await?;
    watch(cx).await?;
    Ok(measured)
}

/// Holds what was used against the limits: stops writing where that is wished, or allows it again.
async fn hold(cx: &Context, id: TenantId) -> Result<(), WorkspaceError> {
    let (today, now) = (cx.today(), cx.now());
    let found = cx
        .store
        .read(move |r| facts(r, r.tenant(id)?, today))
        .await?;
    let reached = found.standing == QuotaStanding::Reached;
    let stops = reached && found.stored.tenant.quota.stop();
    if stops != found.stored.stopped {
        quota::stop(cx, id, stops).await?;
        let name = found.stored.tenant.name.to_string();
        let action = if stops {
            "tenant.writing-stopped"
        } else {
            "tenant.writing-allowed"
        };
        cx.store
            .write(move |w| {
                w.audit(&tallyport_store::AuditLine {
                    at: now,
                    actor: "quota",
                    action,
                    subject: &name,
                    details: &json!({ "id": id.0 }),
                })
            })
            .await?;
    }
    Ok(())
}

async fn read(cx: &Context, target: &Target, days: DayRange) -> Result<Activity, WorkspaceError> {
    let server = target.made.server()?;
    let group = server
        .log_group
        .as_deref()
        .ok_or_else(|| WorkspaceError::Conflict {
            code: "tenant.no-log",
            reason: format!("the server {} writes no log that can be read", server.id),
            hint: Some("Give it a log group with structured logs.".to_owned()),
        })?;
    let midnight = |day: Date| -> Result<Timestamp, WorkspaceError> {
        let at = day.to_zoned(TimeZone::UTC);
        Ok(at
            .map_err(|error| WorkspaceError::invalid("from", error))?
            .timestamp())
    };
    let until = days.to().checked_add(1.day());
    let until = until.map_err(|error| WorkspaceError::invalid("to", error))?;
    let site = target.site(cx).await?;
    let mut found = logs::read(&site, group, midnight(days.from())?, midnight(until)?).await?;
    // The log is the server's, on which other tenants are too.
    let names: BTreeSet<&str> = target
        .users
        .iter()
        .map(|kept| kept.user.name.as_str())
        .collect();
    of(&mut found, |name| names.contains(name));
    Ok(found)
}

/// Leaves only what those did whom `is` knows.
fn of(found: &mut Activity, is: impl Fn(&str) -> bool) {
    let is = |user: &Option<String>| user.as_deref().is_some_and(&is);
    found.sessions.retain(|one| is(&one.user));
    found.transfers.retain(|one| is(&one.user));
    found.changes.retain(|one| is(&one.user));
    found.failures.retain(|one| is(&one.user));
}

fn utc(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
