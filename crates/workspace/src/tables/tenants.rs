use std::cmp::Reverse;

use jiff::Timestamp;
use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::tenant::{TenantId, UsageDay};
use tallyport_ledger::{BillingPeriod, DayRange, ManageTenants};

use super::column::{Of, column, id, maybe, off_paper, text, yes};
use super::facts::Facts;
use super::{Table, listed};
use crate::tenants::{self, Activity, TenantFacts, UserFacts};
use crate::{Context, Grant, WorkspaceError};

const fn count<R>(title: &'static str, cell: for<'a> fn(&'a R) -> Cell<'a>) -> Of<R> {
    column(title, Kind::Count, cell)
}

pub(super) const TENANTS: &[Of<TenantFacts>] = &[
    text("Name", |one| Cell::text(one.stored.tenant.name.as_str())),
    text("Client", |one| maybe(one.client.as_deref())),
    text("State", |one| Cell::text(one.stored.tenant.state.word())),
    count("Users", |one| Cell::Count(one.users.into())),
    count("Stored bytes", |one| Cell::Count(one.stored_bytes)),
    count("Bytes moved this month", |one| Cell::Count(one.moved_bytes)),
    count("Stored at most", |one| {
        Cell::maybe(one.stored.tenant.quota.stored_bytes(), Cell::Count)
    }),
    count("Moved at most", |one| {
        Cell::maybe(one.stored.tenant.quota.moved_bytes(), Cell::Count)
    }),
    text("Limits", |one| Cell::text(one.standing.word())),
    off_paper(text("Uploads are stopped", |one| yes(one.stored.stopped))),
    off_paper(text("Region", |one| {
        Cell::text(one.stored.tenant.region.as_str())
    })),
    off_paper(text("Bucket", |one| {
        Cell::text(one.stored.tenant.place.bucket.as_str())
    })),
    off_paper(text("Prefix", |one| {
        Cell::text(one.stored.tenant.place.prefix.as_str())
    })),
    off_paper(column("Since", Kind::Moment, |one| {
        Cell::Moment(one.stored.created_at)
    })),
    off_paper(text("Short name", |one| {
        Cell::text(one.stored.tenant.slug.as_str())
    })),
    off_paper(count("Id", |one| id(one.stored.tenant.id.0))),
];

/// The tenants, and how each stands.
///
/// # Errors
/// The workspace file's.
pub async fn tenants(cx: &Context, by: &Grant<ManageTenants>) -> Result<Table, WorkspaceError> {
    let rows = tenants::list(cx, by).await?;
    let facts = Facts::default();
    Ok(Table::kept(&listed::TENANTS, "", facts, TENANTS, rows))
}

/// A user with the name of their tenant.
pub(super) struct UserLine(String, UserFacts);

pub(super) const USERS: &[Of<UserLine>] = &[
    text("User", |UserLine(_, one)| {
        Cell::text(one.stored.user.name.as_str())
    }),
    text("Tenant", |UserLine(tenant, _)| Cell::text(tenant)),
    text("May", |UserLine(_, one)| {
        Cell::text(one.stored.user.role.word())
    }),
    text("State", |UserLine(_, one)| {
        Cell::text(one.stored.user.state.word())
    }),
    text("Signs in", |UserLine(_, one)| yes(one.signs_in)),
    column("Last day", Kind::Day, |UserLine(_, one)| {
        Cell::maybe(one.stored.user.expires, Cell::Day)
    }),
    count("Keys", |UserLine(_, one)| {
        Cell::Count(one.stored.keys.len() as u64)
    }),
    count("Overdue keys", |UserLine(_, one)| {
        Cell::Count(one.overdue.iter().flatten().count() as u64)
    }),
    count("Days the oldest is overdue", |UserLine(_, one)| {
        let oldest = one.overdue.iter().flatten().max();
        Cell::maybe(oldest, |days| Cell::Count((*days).into()))
    }),
    off_paper(text("Fingerprints", |UserLine(_, one)| {
        let keys = one.stored.keys.iter().map(|kept| kept.key.fingerprint());
        Cell::owned(keys.collect::<Vec<_>>().join(" "))
    })),
    off_paper(text("Set at AWS", |UserLine(_, one)| {
        yes(one.stored.applied)
    })),
    off_paper(column("Since", Kind::Moment, |UserLine(_, one)| {
        Cell::Moment(one.stored.created_at)
    })),
];

/// Who signs in, of one tenant or of all.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn tenant_users(
    cx: &Context,
    by: &Grant<ManageTenants>,
    of: Option<TenantId>,
) -> Result<Table, WorkspaceError> {
    let (facts, rows) = match of {
        Some(id) => {
            let tenant = tenants::show(cx, by, id).await?;
            let name = &tenant.stored.tenant.name;
            let users = tenants::list_users(cx, by, id).await?.into_iter();
            let rows = users.map(|user| UserLine(name.to_string(), user));
            (about(&tenant), rows.collect())
        }
        None => {
            let users = tenants::list_all_users(cx, by).await?.into_iter();
            let rows: Vec<_> = users.map(|(tenant, user)| UserLine(tenant, user)).collect();
            (Facts::default(), rows)
        }
    };
    Ok(Table::kept(&listed::TENANT_USERS, "", facts, USERS, rows))
}

/// Something that a tenant's users did, or somebody in their name.
#[derive(Default)]
pub(super) struct Event {
    at: Option<Timestamp>,
    what: String,
    user: Option<String>,
    path: Option<String>,
    bytes_in: Option<u64>,
    bytes_out: Option<u64>,
    is_whole: Option<bool>,
    address: Option<String>,
    more: Option<String>,
    until: Option<Timestamp>,
}

pub(super) const ACTIVITY: &[Of<Event>] = &[
    column("At", Kind::Moment, |one| Cell::maybe(one.at, Cell::Moment)),
    text("What", |one| Cell::text(&one.what)),
    text("User", |one| maybe(one.user.as_deref())),
    text("File", |one| maybe(one.path.as_deref())),
    count("Bytes in", |one| Cell::maybe(one.bytes_in, Cell::Count)),
    count("Bytes out", |one| Cell::maybe(one.bytes_out, Cell::Count)),
    off_paper(text("Whole", |one| Cell::maybe(one.is_whole, yes))),
    text("From", |one| maybe(one.address.as_deref())),
    off_paper(text("Program or reason", |one| maybe(one.more.as_deref()))),
    off_paper(column("Until", Kind::Moment, |one| {
        Cell::maybe(one.until, Cell::Moment)
    })),
];

/// What a tenant's users did on some days, the latest first: sign-ins, files, changes, refusals.
///
/// # Errors
/// As [`tenants::activity`].
pub async fn tenant_activity(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    days: DayRange,
    user: Option<&str>,
) -> Result<Table, WorkspaceError> {
    let mut facts = about(&tenants::show(cx, by, id).await?).days(days);
    if let Some(user) = user {
        facts = facts.with("Only of", user);
    }
    let found = tenants::activity(cx, by, id, days, user).await?;
    facts = facts.with(
        "Lines of the log that cannot be read",
        found.unread.to_string(),
    );
    let of = format!("{id}-{}-to-{}", days.from(), days.to());
    let rows = events(found);
    Ok(Table::kept(
        &listed::TENANT_ACTIVITY,
        of,
        facts,
        ACTIVITY,
        rows,
    ))
}

fn events(found: Activity) -> Vec<Event> {
    let Activity {
        sessions,
        transfers,
        changes,
        failures,
        unread: _,
    } = found;
    let mut events: Vec<Event> = Vec::new();
    events.extend(sessions.into_iter().map(|one| Event {
        at: one.began,
        what: "signed in".to_owned(),
        user: one.user,
        address: one.address,
        more: one.program,
        until: one.ended,
        ..Event::default()
    }));
    events.extend(transfers.into_iter().map(|one| Event {
        at: Some(one.at),
        what: if one.bytes_in > 0 { "sent" } else { "fetched" }.to_owned(),
        user: one.user,
        path: Some(one.path),
        bytes_in: Some(one.bytes_in),
        bytes_out: Some(one.bytes_out),
        is_whole: Some(one.is_whole),
        ..Event::default()
    }));
    events.extend(changes.into_iter().map(|one| Event {
        at: Some(one.at),
        what: one.kind.to_lowercase(),
        user: one.user,
        path: Some(one.path),
        ..Event::default()
    }));
    events.extend(failures.into_iter().map(|one| Event {
        at: Some(one.at),
        what: "refused".to_owned(),
        user: one.user,
        address: one.address,
        more: Some(one.message),
        ..Event::default()
    }));
    events.sort_by_key(|event| Reverse(event.at));
    events
}

pub(super) const USAGE: &[Of<UsageDay>] = &[
    column("Day", Kind::Day, |day| Cell::Day(day.day)),
    count("Stored bytes", |day| Cell::Count(day.stored_bytes)),
    count("Bytes in", |day| Cell::Count(day.uploaded_bytes)),
    count("Bytes out", |day| Cell::Count(day.downloaded_bytes)),
    count("Requests", |day| Cell::Count(day.requests)),
    count("Users", |day| Cell::Count(day.users.into())),
];

/// What a tenant used on the days of a month that were measured.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn tenant_usage(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    month: BillingPeriod,
) -> Result<Table, WorkspaceError> {
    let tenant = tenants::show(cx, by, id).await?;
    let (rows, _) = tenants::usage(cx, by, id, month).await?;
    let facts = about(&tenant).with("Month", month.to_string());
    let of = format!("{id}-{month}");
    Ok(Table::kept(&listed::TENANT_USAGE, of, facts, USAGE, rows))
}

fn about(tenant: &TenantFacts) -> Facts {
    Facts::default().with("Tenant", tenant.stored.tenant.name.to_string())
}
