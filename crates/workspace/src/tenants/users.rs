//! Who signs in by SFTP: written down here first, then told to AWS. What AWS was not told yet is marked, so that
//! a program that dies in between leaves something to mend and nothing unknown.

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::{Value, json};
use tallyport_aws::tenants::remove_user as remove_at_aws;
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::{
    SshPublicKey, Tenant, TenantId, TenantRole, TenantState, TenantUser, TenantUserName, UserState,
};
use tallyport_store::{Reads, StoredKey, StoredTenant, StoredTenantUser};

use super::{Target, target};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// A tenant's user to be.
#[derive(Debug, Clone)]
pub struct UserAsk {
    /// What they sign in as; one that is there keeps its name.
    pub name: String,
    /// What they may do.
    pub role: TenantRole,
    /// Their public keys, a line of OpenSSH each.
    pub keys: Vec<String>,
    /// The last day, in UTC, on which they may.
    pub expires: Option<Date>,
    /// Whether they can sign in.
    pub state: UserState,
}

/// A user, and what is to be said of them today.
#[derive(Debug, Clone)]
pub struct UserFacts {
    /// As they are kept.
    pub stored: StoredTenantUser,
    /// Whether their last day is over.
    pub expired: bool,
    /// Whether they can sign in today.
    pub signs_in: bool,
    /// The days by which each of their keys is older than the tenant allows; in the order of the keys.
    pub overdue: Vec<Option<u32>>,
}

/// So many keys AWS takes for one user.
const KEYS: usize = 50;

impl UserAsk {
    /// What a user is, as it would be asked for.
    fn of(user: &TenantUser) -> Self {
        Self {
            name: user.name.to_string(),
            role: user.role,
            keys: user.keys.iter().map(|key| key.text().to_owned()).collect(),
            expires: user.expires,
            state: user.state,
        }
    }

    /// What is asked for, if a user can be it.
    pub(super) fn checked(&self) -> Result<TenantUser, WorkspaceError> {
        let mut keys: Vec<SshPublicKey> = Vec::with_capacity(self.keys.len());
        for (at, text) in self.keys.iter().enumerate() {
            let key = SshPublicKey::parse(text).map_err(|error| {
                WorkspaceError::invalid("keys", format!("key {}: {error}", at + 1))
            })?;
            if !keys
                .iter()
                .any(|known| known.fingerprint() == key.fingerprint())
            {
                keys.push(key);
            }
        }
        if keys.len() > KEYS {
            return Err(WorkspaceError::invalid(
                "keys",
                format!(
                    "AWS takes {KEYS} keys for one user: these are {}",
                    keys.len()
                ),
            ));
        }
        Ok(TenantUser {
            name: user_name(&self.name)?,
            role: self.role,
            keys,
            expires: self.expires,
            state: self.state,
        })
    }
}

/// A tenant's users by name.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn list_users(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<Vec<UserFacts>, WorkspaceError> {
    let target = target(cx, id).await?;
    let today = cx.today();
    Ok(target
        .users
        .iter()
        .map(|kept| facts(&target.stored, kept, today))
        .collect())
}

/// The users of every tenant with its name, by both.
///
/// # Errors
/// The workspace file's.
pub async fn list_all_users(
    cx: &Context,
    _by: &Grant<ManageTenants>,
) -> Result<Vec<(String, UserFacts)>, WorkspaceError> {
    let today = cx.today();
    cx.store
        .read(move |r| {
            let mut users = by_tenant(r)?;
            let mut all = Vec::new();
            for stored in r.tenants()? {
                let users = users.remove(&stored.tenant.id).unwrap_or_default();
                let name = stored.tenant.name.as_str();
                all.extend(
                    users
                        .iter()
                        .map(|kept| (name.to_owned(), facts(&stored, kept, today))),
                );
            }
            Ok(all)
        })
        .await
}

/// All users there are.
pub(super) fn by_tenant(
    r: &Reads<'_>,
) -> Result<HashMap<TenantId, Vec<StoredTenantUser>>, WorkspaceError> {
    let mut users: HashMap<_, Vec<_>> = HashMap::new();
    for user in r.tenant_users(None)? {
        users.entry(user.tenant).or_default().push(user);
    }
    Ok(users)
}

/// Adds a user.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field; the name is taken; what AWS refuses, and then nothing was added.
pub async fn add_user(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    ask: UserAsk,
) -> Result<UserFacts, WorkspaceError> {
    let user = ask.checked()?;
    let target = target(cx, id).await?.set_up()?;
    if target.users.iter().any(|kept| kept.user.name == user.name) {
        return Err(WorkspaceError::Conflict {
            code: "tenant.user-there",
            reason: format!("{} has a user {} already", target.tenant().name, user.name),
            hint: Some("Change that one.".to_owned()),
        });
    }
    let name = user.name.clone();
    let added = keep(cx, &Trail::of(cx, by), &target, user, "tenant.user-added").await;
    if added.is_err() {
        // Nobody is to be left who was half told to AWS.
        let removed = match (target.made.server(), target.site(cx).await) {
            (Ok(server), Ok(site)) => {
                let removed = remove_at_aws(&site, target.tenant(), &server.id, &name).await;
                removed.is_ok()
            }
            _ => false,
        };
        if removed {
            let gone = cx
                .store
                .write(move |w| w.remove_tenant_user(id, &name))
                .await;
            if let Err(error) = gone {
                tracing::warn!(%error, "a user that could not be added is still written down");
            }
        }
    }
    added
}

/// Changes all of a user but the name.
///
/// # Errors
/// As [`add_user`]; what AWS refuses is marked as not told yet, and mended later.
pub async fn change_user(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    ask: UserAsk,
) -> Result<UserFacts, WorkspaceError> {
    let user = ask.checked()?;
    let target = target(cx, id).await?.set_up()?;
    let name = user.name.clone();
    cx.store.read(move |r| r.tenant_user(id, &name)).await?;
    keep(cx, &Trail::of(cx, by), &target, user, "tenant.user-changed").await
}

/// Adds a key to a user.
///
/// # Errors
/// As [`change_user`]. A key that is theirs already changes nothing.
pub async fn add_key(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    name: &str,
    key: &str,
) -> Result<UserFacts, WorkspaceError> {
    let name = user_name(name)?;
    let kept = cx.store.read(move |r| r.tenant_user(id, &name)).await?;
    let mut ask = UserAsk::of(&kept.user);
    ask.keys.push(key.to_owned());
    change_user(cx, by, id, ask).await
}

/// Takes a key away from a user, by its fingerprint.
///
/// # Errors
/// As [`change_user`]; [`WorkspaceError::NotFound`].
pub async fn remove_key(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    name: &str,
    fingerprint: &str,
) -> Result<UserFacts, WorkspaceError> {
    let name = user_name(name)?;
    let mut user = cx.store.read(move |r| r.tenant_user(id, &name)).await?.user;
    let before = user.keys.len();
    user.keys.retain(|key| key.fingerprint() != fingerprint);
    if user.keys.len() == before {
        return Err(WorkspaceError::NotFound {
            what: "key of this user",
            name: fingerprint.chars().take(80).collect(),
        });
    }
    change_user(cx, by, id, UserAsk::of(&user)).await
}

/// Removes a user: AWS first, so that nobody can sign in who is not shown.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; what AWS refuses.
pub async fn remove_user(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    name: &str,
) -> Result<(), WorkspaceError> {
    let name = user_name(name)?;
    let target = target(cx, id).await?;
    let asked = name.clone();
    cx.store.read(move |r| r.tenant_user(id, &asked)).await?;
    if let Some(server) = &target.made.server {
        let site = target.site(cx).await?;
        remove_at_aws(&site, target.tenant(), &server.id, &name).await?;
    }
    let trail = Trail::of(cx, by);
    let tenant = target.tenant().slug.to_string();
    cx.store
        .write(move |w| {
            w.remove_tenant_user(id, &name)?;
            let details = json!({ "tenant": tenant });
            Ok(trail.keep(w, "tenant.user-removed", name.as_str(), &details)?)
        })
        .await
}

/// Writes a user down, tells AWS, and notes that it was told.
pub(super) async fn keep(
    cx: &Context,
    trail: &Trail,
    target: &Target,
    user: TenantUser,
    action: &'static str,
) -> Result<UserFacts, WorkspaceError> {
    let id = target.tenant().id;
    let slug = target.tenant().slug.to_string();
    let (kept, trail, now) = (user.clone(), trail.clone(), cx.now());
    cx.store
        .write(move |w| {
            w.set_tenant_user(id, &kept, now)?;
            Ok::<_, WorkspaceError>(trail.keep(
                w,
                action,
                kept.name.as_str(),
                &told(&slug, &kept),
            )?)
        })
        .await?;
    apply(cx, target, &user).await?;
    let today = cx.today();
    let name = user.name;
    let kept = cx.store.read(move |r| r.tenant_user(id, &name)).await?;
    Ok(facts(&target.stored, &kept, today))
}

/// Tells AWS what a user is.
pub(super) async fn apply(
    cx: &Context,
    target: &Target,
    user: &TenantUser,
) -> Result<(), WorkspaceError> {
    let site = target.site(cx).await?;
    let signs_in = signs_in(target.tenant(), user, cx.today());
    target.tell(&site, user, signs_in).await?;
    let name = user.name.clone();
    Ok(cx
        .store
        .write(move |w| w.tenant_user_applied(&name))
        .await?)
}

fn user_name(text: &str) -> Result<TenantUserName, WorkspaceError> {
    TenantUserName::parse(text).map_err(|error| WorkspaceError::invalid("name", error))
}

/// Whether a user's keys are to be at AWS.
pub(super) fn signs_in(tenant: &Tenant, user: &TenantUser, today: Date) -> bool {
    tenant.state == TenantState::Active
        && user.state == UserState::Active
        && !user.is_expired(today)
}

fn facts(of: &StoredTenant, kept: &StoredTenantUser, today: Date) -> UserFacts {
    let rotate_days = of.rotate_days;
    let overdue = kept
        .keys
        .iter()
        .map(|key| overdue_days(rotate_days, key, today));
    UserFacts {
        expired: kept.user.is_expired(today),
        signs_in: signs_in(&of.tenant, &kept.user, today),
        overdue: overdue.collect(),
        stored: kept.clone(),
    }
}

/// By how many days a key is older than keys may be.
pub(super) fn overdue_days(rotate_days: Option<u32>, key: &StoredKey, today: Date) -> Option<u32> {
    let days = i64::from((today - there_since(key)).get_days());
    let over = days - i64::from(rotate_days?);
    u32::try_from(over).ok().filter(|days| *days > 0)
}

/// The day on which a key became its user's.
pub(super) fn there_since(key: &StoredKey) -> Date {
    key.added_at.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// What the audit trail says of a user: keys by what people compare them by.
fn told(tenant: &str, user: &TenantUser) -> Value {
    let keys: Vec<&str> = user.keys.iter().map(SshPublicKey::fingerprint).collect();
    json!({
        "tenant": tenant, "role": user.role.word(), "state": user.state.word(),
        "expires": user.expires.map(|day| day.to_string()), "keys": keys,
    })
}
