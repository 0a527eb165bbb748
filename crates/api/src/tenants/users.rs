//! Who signs in by SFTP, and with which keys.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::{TenantId, TenantUserName, UserState};
use tallyport_workspace::Context;
use tallyport_workspace::tenants::{self, UserAsk, UserFacts};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path, Query};
use crate::problem::{Answer, Problem, sentence};
use crate::wire::{Day, Moment};

/// A tenant's users.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantUsers {
    /// By name.
    pub users: Vec<TenantUser>,
}

/// Somebody, or some program, that signs in by SFTP.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantUser {
    /// What they sign in as.
    pub name: String,
    /// read-only, upload-only or admin.
    pub role: String,
    /// active or suspended.
    pub state: String,
    /// The last day, in UTC, on which they may.
    #[schema(required)]
    pub expires: Option<Day>,
    /// Whether that day is over.
    pub expired: bool,
    /// Whether they can sign in today.
    pub signs_in: bool,
    /// Whether AWS was told all of it; if not, mending tells it.
    pub applied: bool,
    /// Their keys, the oldest first.
    pub keys: Vec<TenantUserKey>,
    /// Since when they are there.
    pub created_at: Moment,
}

/// A key that somebody can sign in with.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantUserKey {
    /// What people compare it by.
    #[schema(example = "SHA256:XGFTi0l3lZzxSeIis7NaGDYhW4ueYw1MhFJY4Fzpfbs")]
    pub fingerprint: String,
    /// ed25519, ecdsa or rsa.
    pub algorithm: String,
    /// How long it is.
    pub bits: u32,
    /// What its owner wrote behind it.
    pub comment: String,
    /// The key as OpenSSH writes it.
    pub text: String,
    /// Since when it is theirs.
    pub added_at: Moment,
    /// By how many days it is older than the tenant allows.
    #[schema(required)]
    pub overdue_days: Option<u32>,
}

/// A tenant's user to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TenantUserDraft {
    /// What they sign in as: 3 to 100 of a-z, A-Z, 0-9, _ @ . and -.
    pub name: String,
    /// read-only, upload-only or admin.
    pub role: String,
    /// Public keys, a line of OpenSSH each: ed25519, ECDSA, or RSA of 3072 bits at least.
    #[serde(default)]
    pub keys: Vec<String>,
    /// The last day, in UTC, on which they may.
    pub expires: Option<Day>,
    /// active or suspended; active if nothing is said.
    pub state: Option<String>,
}

/// What a tenant's user is to be; what they sign in as stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TenantUserEdit {
    /// read-only, upload-only or admin.
    pub role: String,
    /// All their public keys.
    pub keys: Vec<String>,
    /// The last day, in UTC, on which they may.
    #[schema(required)]
    pub expires: Option<Day>,
    /// active or suspended.
    pub state: String,
}

/// A key to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyToAdd {
    /// A line of OpenSSH.
    pub key: String,
}

/// A key to take away.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct KeyQuestion {
    /// Its fingerprint.
    pub fingerprint: String,
}

/// Who is to get a pair of keys.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyPairAsk {
    /// What they sign in as.
    pub name: String,
}

/// A new pair of keys. The private half is told this once and kept nowhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyPair {
    /// The public half, a line of OpenSSH.
    pub public: String,
    /// What people compare it by.
    pub fingerprint: String,
    /// The private half: the content of the file that its owner keeps.
    pub private: String,
}

impl From<UserFacts> for TenantUser {
    fn from(facts: UserFacts) -> Self {
        let UserFacts {
            stored,
            expired,
            signs_in,
            overdue,
        } = facts;
        let keys = stored.keys.into_iter().zip(overdue);
        Self {
            name: stored.user.name.to_string(),
            role: stored.user.role.word().to_owned(),
            state: stored.user.state.word().to_owned(),
            expires: stored.user.expires.map(Day),
            expired,
            signs_in,
            applied: stored.applied,
            keys: keys
                .map(|(kept, overdue_days)| TenantUserKey {
                    fingerprint: kept.key.fingerprint().to_owned(),
                    algorithm: kept.key.algorithm().word().to_owned(),
                    bits: kept.key.bits(),
                    comment: kept.key.comment().to_owned(),
                    text: kept.key.text().to_owned(),
                    added_at: Moment(kept.added_at),
                    overdue_days,
                })
                .collect(),
            created_at: Moment(stored.created_at),
        }
    }
}

fn asked(
    name: String,
    role: &str,
    keys: Vec<String>,
    expires: Option<Day>,
    state: Option<&str>,
) -> Result<UserAsk, Problem> {
    let wrong = |error: String| Problem::invalid(sentence(&error));
    let state = state.map_or(Ok(UserState::Active), str::parse);
    Ok(UserAsk {
        name,
        role: role.parse().map_err(wrong)?,
        keys,
        expires: expires.map(|Day(day)| day),
        state: state.map_err(wrong)?,
    })
}

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(tenant_users))
        .routes(guarded_routes!(add_tenant_user))
        .routes(guarded_routes!(change_tenant_user))
        .routes(guarded_routes!(remove_tenant_user))
        .routes(guarded_routes!(add_tenant_key))
        .routes(guarded_routes!(remove_tenant_key))
        .routes(guarded_routes!(make_key_pair))
}

/// A tenant's users by name.
#[utoipa::path(
    get, path = "/tenants/{id}/users", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = TenantUsers), Problem)
)]
async fn tenant_users(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<TenantUsers> {
    let found = tenants::list_users(&context, &by.grant, TenantId(id)).await?;
    Ok(axum::Json(TenantUsers {
        users: found.into_iter().map(TenantUser::from).collect(),
    }))
}

/// Adds a user.
#[utoipa::path(
    post, path = "/tenants/{id}/users", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 201, body = TenantUser), Problem)
)]
async fn add_tenant_user(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<TenantUserDraft>,
) -> Result<(StatusCode, axum::Json<TenantUser>), Problem> {
    let TenantUserDraft {
        name,
        role,
        keys,
        expires,
        state,
    } = ask;
    let ask = asked(name, &role, keys, expires, state.as_deref())?;
    let added = tenants::add_user(&context, &by.grant, TenantId(id), ask).await?;
    Ok((StatusCode::CREATED, axum::Json(added.into())))
}

/// Changes all of a user but the name.
#[utoipa::path(
    put, path = "/tenants/{id}/users/{name}", tag = "tenants", params(("id" = i64, Path), ("name" = String, Path)),
    responses((status = 200, body = TenantUser), Problem)
)]
async fn change_tenant_user(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path((id, name)): Path<(i64, String)>,
    Json(ask): Json<TenantUserEdit>,
) -> Answer<TenantUser> {
    let TenantUserEdit {
        role,
        keys,
        expires,
        state,
    } = ask;
    let ask = asked(name, &role, keys, expires, Some(&state))?;
    let changed = tenants::change_user(&context, &by.grant, TenantId(id), ask).await?;
    Ok(axum::Json(changed.into()))
}

/// Removes a user; their files stay.
#[utoipa::path(
    delete, path = "/tenants/{id}/users/{name}", tag = "tenants", params(("id" = i64, Path), ("name" = String, Path)),
    responses((status = 204), Problem)
)]
async fn remove_tenant_user(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path((id, name)): Path<(i64, String)>,
) -> Result<StatusCode, Problem> {
    tenants::remove_user(&context, &by.grant, TenantId(id), &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Adds a key to a user.
#[utoipa::path(
    post, path = "/tenants/{id}/users/{name}/keys", tag = "tenants",
    params(("id" = i64, Path), ("name" = String, Path)),
    responses((status = 200, body = TenantUser), Problem)
)]
async fn add_tenant_key(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path((id, name)): Path<(i64, String)>,
    Json(KeyToAdd { key }): Json<KeyToAdd>,
) -> Answer<TenantUser> {
    let changed = tenants::add_key(&context, &by.grant, TenantId(id), &name, &key).await?;
    Ok(axum::Json(changed.into()))
}

/// Takes a key away from a user.
#[utoipa::path(
    delete, path = "/tenants/{id}/users/{name}/keys", tag = "tenants",
    params(("id" = i64, Path), ("name" = String, Path), KeyQuestion),
    responses((status = 200, body = TenantUser), Problem)
)]
async fn remove_tenant_key(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path((id, name)): Path<(i64, String)>,
    Query(KeyQuestion { fingerprint }): Query<KeyQuestion>,
) -> Answer<TenantUser> {
    let changed =
        tenants::remove_key(&context, &by.grant, TenantId(id), &name, &fingerprint).await?;
    Ok(axum::Json(changed.into()))
}

/// Makes a pair of ed25519 keys for somebody who has none. Neither half is kept: the public one is added with
/// the user, the private one is its owner's alone.
#[utoipa::path(
    post, path = "/tenants/{id}/key-pair", tag = "tenants", params(("id" = i64, Path)),
    responses((status = 200, body = KeyPair), Problem)
)]
async fn make_key_pair(
    by: Caller<ManageTenants>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(KeyPairAsk { name }): Json<KeyPairAsk>,
) -> Answer<KeyPair> {
    tenants::show(&context, &by.grant, TenantId(id)).await?;
    let name = TenantUserName::parse(&name)
        .map_err(|error| Problem::invalid(sentence(&error.to_string())))?;
    let pair = tenants::key_pair(&context, &by.grant, &name)?;
    Ok(axum::Json(KeyPair {
        public: pair.public.text().to_owned(),
        fingerprint: pair.public.fingerprint().to_owned(),
        private: pair.private.reveal().clone(),
    }))
}
