//! Many users at once, as a table: what it would change is shown first, and all of it is checked before
//! anything is changed. Who is not in the table stays as they are: removing is done by hand.

use std::collections::BTreeSet;

use jiff::civil::Date;
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::{SshPublicKey, TenantId, TenantRole, TenantUser, UserState};
use tallyport_store::StoredTenantUser;

use super::users::{self, UserAsk};
use super::{Target, target};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// The columns, in the order in which they are written; they are read in any.
const COLUMNS: [&str; 5] = ["name", "role", "expires", "state", "keys"];

/// What a row of the table does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkAction {
    /// Adds a user.
    Add,
    /// Changes one.
    Change,
    /// Nothing: all is so already.
    Unchanged,
}

/// A row of the table, and what it does.
#[derive(Debug, Clone)]
pub struct BulkRow {
    /// Where it stands, counted from 1, the header included.
    pub line: u64,
    /// Who.
    pub name: String,
    /// What it does.
    pub action: BulkAction,
    /// What changes, in words.
    pub changes: Vec<String>,
}

/// Reads a table of users and, unless it is only to be shown, makes them so.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names line and column, and nothing was changed. What AWS refuses half way is
/// marked with the user as not told yet.
pub async fn import_users(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    file: &[u8],
    dry_run: bool,
) -> Result<Vec<BulkRow>, WorkspaceError> {
    let target = target(cx, id).await?.set_up()?;
    let rows = read(file)?;
    let mut plan = Vec::with_capacity(rows.len());
    for (line, user) in rows {
        let name = user.name.clone();
        let theirs = cx.store.read(move |r| r.tenant_with_user(&name)).await?;
        if theirs.is_some_and(|tenant| tenant != id) {
            return Err(wrong(
                line,
                "name",
                "a user of another tenant has this name",
            ));
        }
        let before = target.users.iter().find(|kept| kept.user.name == user.name);
        plan.push((row(line, before, &user), user));
    }
    if !dry_run {
        let trail = Trail::of(cx, by);
        for (row, user) in &plan {
            let action = match row.action {
                BulkAction::Add => "tenant.user-added",
                BulkAction::Change => "tenant.user-changed",
                BulkAction::Unchanged => continue,
            };
            users::keep(cx, &trail, &target, user.clone(), action).await?;
        }
    }
    Ok(plan.into_iter().map(|(row, _)| row).collect())
}

/// A tenant's users as a table that [`import_users`] takes.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn export_users(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<Vec<u8>, WorkspaceError> {
    let Target { users, .. } = target(cx, id).await?;
    let fault = |error: &dyn std::fmt::Display| WorkspaceError::Fault(error.to_string());
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(|error| fault(&error))?;
    for kept in &users {
        let user = &kept.user;
        let keys: Vec<&str> = user.keys.iter().map(SshPublicKey::text).collect();
        let expires = user.expires.map_or_else(String::new, |day| day.to_string());
        table
            .write_record([
                user.name.as_str(),
                user.role.word(),
                &expires,
                user.state.word(),
                &keys.join("\n"),
            ])
            .map_err(|error| fault(&error))?;
    }
    table.into_inner().map_err(|error| fault(&error))
}

fn read(file: &[u8]) -> Result<Vec<(u64, TenantUser)>, WorkspaceError> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut table = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(file);
    let unreadable = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        wrong(line, "the row", &error.to_string())
    };
    let header = table.headers().map_err(unreadable)?.clone();
    let at = |name: &str| {
        header
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    };
    if let Some(unknown) = header.iter().find(|column| {
        !COLUMNS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(column))
    }) {
        let reason = format!("there is no such column: {} are", COLUMNS.join(", "));
        return Err(wrong(1, unknown, &reason));
    }
    for needed in ["name", "role"] {
        if at(needed).is_none() {
            return Err(wrong(1, needed, "this column is missing"));
        }
    }
    let columns = COLUMNS.map(at);
    let mut names = BTreeSet::new();
    let mut rows = Vec::new();
    for record in table.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |column: usize| {
            columns[column]
                .and_then(|at| record.get(at))
                .unwrap_or_default()
        };
        let user = user(line, field)?;
        if !names.insert(user.name.clone()) {
            return Err(wrong(line, "name", "this user stands in the table twice"));
        }
        rows.push((line, user));
    }
    Ok(rows)
}

fn user<'a>(line: u64, field: impl Fn(usize) -> &'a str) -> Result<TenantUser, WorkspaceError> {
    let told = |column: &'static str| move |reason: String| wrong(line, column, &reason);
    let role: TenantRole = field(1).parse().map_err(told("role"))?;
    let expires: Option<Date> = match field(2) {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| wrong(line, "expires", "a day such as 2026-12-31 is expected"))?,
        ),
    };
    let state = match field(3) {
        "" => UserState::Active,
        text => text.parse().map_err(told("state"))?,
    };
    let ask = UserAsk {
        name: field(0).to_owned(),
        role,
        keys: field(4)
            .lines()
            .map(str::trim)
            .filter(|key| !key.is_empty())
            .map(str::to_owned)
            .collect(),
        expires,
        state,
    };
    ask.checked().map_err(|error| match error {
        WorkspaceError::Invalid { field, reason } => wrong(line, field, &reason),
        other => other,
    })
}

fn row(line: u64, before: Option<&StoredTenantUser>, user: &TenantUser) -> BulkRow {
    let Some(kept) = before else {
        let keys = user.keys.len();
        return BulkRow {
            line,
            name: user.name.to_string(),
            action: BulkAction::Add,
            changes: vec![format!("{}, {keys} keys", user.role)],
        };
    };
    let before = &kept.user;
    let mut changes = Vec::new();
    let mut changed = |what: &str, from: String, to: String| {
        if from != to {
            changes.push(format!("{what}: {from} → {to}"));
        }
    };
    let day = |day: Option<Date>| day.map_or_else(|| "never".to_owned(), |day| day.to_string());
    changed("role", before.role.to_string(), user.role.to_string());
    changed("expires", day(before.expires), day(user.expires));
    changed("state", before.state.to_string(), user.state.to_string());
    for key in &user.keys {
        if !before
            .keys
            .iter()
            .any(|known| known.fingerprint() == key.fingerprint())
        {
            changes.push(format!("key added: {}", key.fingerprint()));
        }
    }
    for key in &before.keys {
        if !user
            .keys
            .iter()
            .any(|known| known.fingerprint() == key.fingerprint())
        {
            changes.push(format!("key taken away: {}", key.fingerprint()));
        }
    }
    BulkRow {
        line,
        name: user.name.to_string(),
        action: if changes.is_empty() {
            BulkAction::Unchanged
        } else {
            BulkAction::Change
        },
        changes,
    }
}

fn wrong(line: u64, column: &str, reason: &str) -> WorkspaceError {
    WorkspaceError::invalid("file", format!("line {line}, column {column}: {reason}"))
}
