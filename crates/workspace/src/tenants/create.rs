//! A tenant to be: what is asked for, what is filled in, and beginning to set it up.

use serde_json::json;
use tallyport_ledger::tenant::{
    BucketName, KeyPrefix, Place, Quota, Region, TenantId, TenantKey, TenantSlug, TenantState,
};
use tallyport_ledger::{ManageTenants, Name};
use tallyport_store::{ClientId, ConnectionId, Job, Reads, TenantDraft};

use super::saga::{self, Way};
use super::setup::NAMED;
use super::{TenantFacts, config, facts};
use crate::clients::{self, Connection};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// A tenant to be.
#[derive(Debug, Clone)]
pub struct TenantAsk {
    /// Its name.
    pub name: String,
    /// Its name in what AWS is told; made from its name if none is given.
    pub slug: Option<String>,
    /// Whose credentials set it up; the only connection there is if none is given.
    pub connection: Option<ConnectionId>,
    /// The role by which they reach the account that it is to lie in, if that is another.
    pub assume_role: Option<String>,
    /// The server it is to move in with; the one that the program keeps if none is named.
    pub server: Option<String>,
    /// The client it belongs to: name or number.
    pub client: Option<String>,
    /// Where it lies; the connection's region if none is given.
    pub region: Option<String>,
    /// What is its own in S3.
    pub place: PlaceAsk,
    /// What its files are encrypted with.
    pub key: TenantKey,
    /// How much it may use.
    pub quota: QuotaAsk,
    /// After how many days a key is overdue.
    pub rotate_days: Option<u32>,
}

/// What is to be a tenant's own in S3.
#[derive(Debug, Clone, Default)]
pub struct PlaceAsk {
    /// Whether it gets a bucket of its own; else a prefix of the one that tenants share.
    pub own_bucket: bool,
    /// The bucket, if it is not to be named by the program.
    pub bucket: Option<String>,
    /// The prefix in a shared bucket; its short name if none is given.
    pub prefix: Option<String>,
}

/// How much a tenant may use.
#[derive(Debug, Clone, Copy, Default)]
pub struct QuotaAsk {
    /// How much it may keep.
    pub stored_bytes: Option<u64>,
    /// How much it may move in a month.
    pub moved_bytes: Option<u64>,
    /// At which part of a limit it is told; 80 if nothing is said.
    pub warn_percent: Option<u8>,
    /// Whether a limit stops writing.
    pub stop: bool,
}

/// What of a tenant can be changed at any time.
#[derive(Debug, Clone)]
pub struct TenantChange {
    /// Its name.
    pub name: String,
    /// The client it belongs to: name or number.
    pub client: Option<String>,
    /// After how many days a key is overdue.
    pub rotate_days: Option<u32>,
}

impl QuotaAsk {
    pub(super) fn checked(self) -> Result<Quota, WorkspaceError> {
        let warn = self.warn_percent.unwrap_or(80);
        Quota::new(self.stored_bytes, self.moved_bytes, warn, self.stop)
            .map_err(|error| WorkspaceError::invalid("quota", error))
    }
}

/// Writes a tenant down and begins to set it up; the job says how far it is.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field; the name is taken. What AWS refuses, the job says.
pub async fn create(
    cx: &Context,
    by: &Grant<ManageTenants>,
    ask: TenantAsk,
) -> Result<Job, WorkspaceError> {
    let connection = connection(cx, ask.connection).await?;
    let client = match ask.client.clone() {
        None => None,
        Some(named) => Some(cx.store.read(move |r| r.client_named(&named)).await?),
    };
    let draft = draft(cx, ask, &connection, client).await?;
    let trail = Trail::of(cx, by);
    let now = cx.now();
    let id = cx
        .store
        .write(move |w| {
            apart(w, &draft.place)?;
            let id = w.add_tenant(&draft, now)?;
            let details = json!({
                "id": id.0, "slug": draft.slug.as_str(), "place": draft.place.to_string(),
                "region": draft.region.as_str(), "key": draft.key.word(), "connection": draft.connection.0,
            });
            trail.keep(w, "tenant.added", draft.name.as_str(), &details)?;
            Ok::<_, WorkspaceError>(id)
        })
        .await?;
    saga::begin(cx, by, id, Way::Up).await
}

/// Goes on setting up a tenant, from the first step that is not done.
///
/// # Errors
/// There is nothing to go on with.
pub async fn resume(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<Job, WorkspaceError> {
    let stored = cx.store.read(move |r| r.tenant(id)).await?;
    match stored.tenant.state {
        TenantState::Creating => saga::begin(cx, by, id, Way::Up).await,
        TenantState::Deleting => saga::begin(cx, by, id, Way::Down).await,
        state => Err(WorkspaceError::Conflict {
            code: "tenant.set-up",
            reason: format!(
                "{} is {state}: there is nothing to go on with",
                stored.tenant.name
            ),
            hint: None,
        }),
    }
}

/// Changes what of a tenant is ours alone; AWS knows nothing of it.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; the name is taken.
pub async fn change(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
    ask: TenantChange,
) -> Result<TenantFacts, WorkspaceError> {
    let name = Name::parse(&ask.name)?;
    rotation(ask.rotate_days)?;
    let trail = Trail::of(cx, by);
    let today = cx.today();
    cx.store
        .write(move |w| {
            let before = w.tenant(id)?;
            let client = ask.client.as_deref();
            let client = client.map(|text| w.client_named(text)).transpose()?;
            w.change_tenant(id, &name, client, ask.rotate_days)?;
            let details = json!({
                "id": id.0, "before": before.tenant.name.as_str(), "client": client.map(|id| id.0),
                "rotate_days": ask.rotate_days,
            });
            trail.keep(w, "tenant.changed", name.as_str(), &details)?;
            facts(w, w.tenant(id)?, today)
        })
        .await
}

async fn connection(
    cx: &Context,
    asked: Option<ConnectionId>,
) -> Result<Connection, WorkspaceError> {
    let id = match asked {
        Some(id) => id,
        None => {
            let clients = cx.store.read(|r| r.clients(false)).await?;
            let all: Vec<ConnectionId> = clients
                .iter()
                .flat_map(|client| client.connections.iter().map(|found| found.id))
                .collect();
            match all.as_slice() {
                [only] => *only,
                [] => {
                    return Err(WorkspaceError::invalid(
                        "connection",
                        "there is no connection to AWS yet: add one to a client first",
                    ));
                }
                _ => {
                    return Err(WorkspaceError::invalid(
                        "connection",
                        "there are several connections: say whose credentials set the tenant up",
                    ));
                }
            }
        }
    };
    clients::stored(cx, id).await
}

async fn draft(
    cx: &Context,
    ask: TenantAsk,
    connection: &Connection,
    client: Option<ClientId>,
) -> Result<TenantDraft, WorkspaceError> {
    let name = Name::parse(&ask.name)?;
    let slug = match &ask.slug {
        Some(text) => {
            TenantSlug::parse(text).map_err(|error| WorkspaceError::invalid("slug", error))?
        }
        None => TenantSlug::suggested(&ask.name).ok_or_else(|| {
            WorkspaceError::invalid(
                "slug",
                "no short name can be made from this name: give one of a-z, 0-9 and hyphens",
            )
        })?,
    };
    let region = ask.region.as_deref().or(connection.region.as_deref());
    let region = region.ok_or_else(|| {
        WorkspaceError::invalid(
            "region",
            "the connection names no region: say where the tenant is to lie",
        )
    })?;
    let region = Region::parse(region).map_err(|error| WorkspaceError::invalid("region", error))?;
    rotation(ask.rotate_days)?;
    if ask.key == TenantKey::Own && !ask.place.own_bucket {
        return Err(WorkspaceError::invalid(
            "key",
            "in a shared bucket files are encrypted with the bucket's key: a key of its own needs a bucket of its own",
        ));
    }
    let assume_role = ask.assume_role.filter(|role| !role.trim().is_empty());
    if let Some(role) = &assume_role
        && !(role.starts_with("arn:aws") && role.contains(":role/"))
    {
        return Err(WorkspaceError::invalid(
            "assume_role",
            "a role's ARN is expected, such as arn:aws:iam::123456789012:role/OrganizationAccountAccessRole",
        ));
    }
    let named = (&slug, &region);
    let place = match ask.place.bucket.is_some() {
        true => place(ask.place, named, "")?,
        false => {
            let config = config(cx, connection, assume_role.as_deref(), &region).await;
            let account = tallyport_aws::identity(&config).await?.account;
            place(ask.place, named, &account)?
        }
    };
    Ok(TenantDraft {
        name,
        slug,
        connection: connection.id,
        assume_role,
        server: ask.server.filter(|id| !id.trim().is_empty()),
        client,
        region,
        place,
        key: ask.key,
        quota: ask.quota.checked()?,
        rotate_days: ask.rotate_days,
    })
}

/// Where it lies: bucket names are the world's, so that the account's number is part of those made here.
fn place(
    ask: PlaceAsk,
    (slug, region): (&TenantSlug, &Region),
    account: &str,
) -> Result<Place, WorkspaceError> {
    let bucket = match ask.bucket {
        Some(named) => named,
        None if ask.own_bucket => format!("{NAMED}{slug}-{account}"),
        None => format!("{NAMED}tenants-{account}-{region}"),
    };
    let prefix = match (ask.own_bucket, ask.prefix) {
        (true, None) => String::new(),
        (true, Some(_)) => {
            return Err(WorkspaceError::invalid(
                "prefix",
                "a tenant with a bucket of its own has no prefix",
            ));
        }
        (false, None) => format!("{slug}/"),
        (false, Some(prefix)) if prefix.is_empty() => {
            return Err(WorkspaceError::invalid(
                "prefix",
                "without a prefix the whole bucket would be this tenant's: ask for a bucket of its own",
            ));
        }
        (false, Some(prefix)) => prefix,
    };
    Ok(Place {
        bucket: BucketName::parse(&bucket)
            .map_err(|error| WorkspaceError::invalid("bucket", error))?,
        prefix: KeyPrefix::parse(&prefix)
            .map_err(|error| WorkspaceError::invalid("prefix", error))?,
    })
}

/// Refuses a place that another tenant's lies in, or that lies in another tenant's.
fn apart(r: &Reads<'_>, place: &Place) -> Result<(), WorkspaceError> {
    for other in r.tenants()? {
        let theirs = &other.tenant.place;
        let within = |a: &Place, b: &Place| a.prefix.as_str().starts_with(b.prefix.as_str());
        let touches =
            theirs.bucket == place.bucket && (within(theirs, place) || within(place, theirs));
        if touches {
            return Err(WorkspaceError::Conflict {
                code: "tenant.place-taken",
                reason: format!(
                    "{place} and {theirs}, which is {}'s, are not apart: each would see the other's files",
                    other.tenant.name
                ),
                hint: Some("Choose another prefix, or a bucket of its own.".to_owned()),
            });
        }
    }
    Ok(())
}

fn rotation(days: Option<u32>) -> Result<(), WorkspaceError> {
    if days.is_some_and(|days| !(1..=3_650).contains(&days)) {
        return Err(WorkspaceError::invalid(
            "rotate_days",
            "keys are rotated after 1 to 3,650 days",
        ));
    }
    Ok(())
}
