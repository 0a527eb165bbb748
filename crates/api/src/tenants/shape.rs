//! The wire's shapes of tenants.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tallyport_ledger::tenant::TenantKey;
use tallyport_workspace::ConnectionId;
use tallyport_workspace::tenants::{self, PlaceAsk, QuotaAsk, ServerMade, TenantAsk, TenantFacts};
use utoipa::ToSchema;

use crate::problem::{Problem, sentence};
use crate::wire::Moment;

/// All tenants that are there.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tenants {
    /// By name.
    pub tenants: Vec<Tenant>,
}

/// A customer who sends and fetches files by SFTP.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tenant {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its name in what AWS is told.
    pub slug: String,
    /// The client it belongs to.
    #[schema(required)]
    pub client: Option<String>,
    /// Whose credentials set it up.
    pub connection: i64,
    /// The role by which they reach the account that it lies in, if that is another.
    #[schema(required)]
    pub assume_role: Option<String>,
    /// Where it lies.
    pub region: String,
    /// The bucket of its files.
    pub bucket: String,
    /// Where its keys begin; empty if the bucket is its own.
    pub prefix: String,
    /// own or shared: what its files are encrypted with.
    pub key: String,
    /// creating, active, suspended, deleting or deleted.
    pub state: String,
    /// Where its users sign in.
    #[schema(required)]
    pub server: Option<TenantServer>,
    /// The steps of setting it up that were ever begun, in order.
    pub steps: Vec<SetupStep>,
    /// How many users it has.
    pub users: u64,
    /// What it keeps, as measured last, in bytes.
    pub stored_bytes: u64,
    /// What it moved this month, in bytes.
    pub moved_bytes: u64,
    /// How much it may use.
    pub quota: TenantQuota,
    /// within, near or reached: how it stands to its quota.
    pub standing: String,
    /// Whether a limit has stopped writing.
    pub stopped: bool,
    /// After how many days a key is overdue.
    #[schema(required)]
    pub rotate_days: Option<u32>,
    /// What came of trying to leave its place, the last time that was tried.
    #[schema(required)]
    pub isolation: Option<TenantIsolation>,
    /// When it was asked for.
    pub created_at: Moment,
}

/// The server that a tenant's users sign in to.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantServer {
    /// Its id at AWS.
    pub id: String,
    /// Where to sign in.
    pub host: String,
    /// PUBLIC or VPC.
    pub endpoint_type: String,
    /// Whether addresses can be kept out, and by what means.
    pub addresses: String,
}

/// A step of setting up.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupStep {
    /// server, key, bucket, role or folder.
    pub step: String,
    /// begun, done, failed, undoing or undone.
    pub state: String,
    /// Why it, or its undoing, failed.
    #[schema(required)]
    pub error: Option<String>,
    /// When that was so.
    pub at: Moment,
}

/// How much a tenant may use.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TenantQuota {
    /// How much it may keep, in bytes.
    #[schema(required)]
    pub stored_bytes: Option<u64>,
    /// How much it may move in and out in a month, in bytes.
    #[schema(required)]
    pub moved_bytes: Option<u64>,
    /// At which part of a limit it is told, in per cent.
    #[serde(default = "eighty")]
    pub warn_percent: u8,
    /// Whether a limit stops writing.
    #[serde(default)]
    pub stop: bool,
}

const fn eighty() -> u8 {
    80
}

/// What came of trying to leave a tenant's place.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantIsolation {
    /// When it was tried.
    pub at: Moment,
    /// Whether everything that should be refused was refused, and nothing else.
    pub holds: bool,
    /// What was tried, and what became of it: who, what, target, foreign (whether it was to be refused), outcome
    /// (refused, went through or unclear), as_it_should, detail.
    #[schema(value_type = Vec<Object>)]
    pub attempts: Value,
}

/// A tenant to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TenantDraft {
    /// Its name.
    pub name: String,
    /// Its name in what AWS is told: 3 to 32 of a-z, 0-9 and hyphens; made from its name if none is given.
    pub slug: Option<String>,
    /// The client it belongs to: name or number.
    pub client: Option<String>,
    /// Whose credentials set it up; the only connection there is if none is given.
    pub connection: Option<i64>,
    /// The role by which they reach the account that it is to lie in, if that is another.
    pub assume_role: Option<String>,
    /// The server at AWS that it is to move in with; the one that the program keeps if none is named.
    pub server: Option<String>,
    /// Where it lies; the connection's region if none is given.
    pub region: Option<String>,
    /// Whether it gets a bucket of its own; else a prefix of the one that tenants share.
    #[serde(default)]
    pub own_bucket: bool,
    /// The bucket, if it is not to be named by the program.
    pub bucket: Option<String>,
    /// The prefix in a shared bucket, which ends with /; its short name if none is given.
    pub prefix: Option<String>,
    /// own or shared; own needs a bucket of its own, and is usual there.
    pub key: Option<String>,
    /// How much it may use; no limit if nothing is said.
    pub quota: Option<TenantQuota>,
    /// After how many days a key is overdue.
    pub rotate_days: Option<u32>,
}

/// What of a tenant can be changed at any time.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TenantEdit {
    /// Its name.
    pub name: String,
    /// The client it belongs to: name or number.
    #[schema(required)]
    pub client: Option<String>,
    /// After how many days a key is overdue.
    #[schema(required)]
    pub rotate_days: Option<u32>,
}

/// What removing a tenant would take away.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantRemoval {
    /// Its users.
    pub users: Vec<String>,
    /// Its role, if it has one.
    #[schema(required)]
    pub role: Option<String>,
    /// How many files it keeps.
    pub objects: u64,
    /// How many older versions, and files that were removed and could be taken back.
    pub versions: u64,
    /// How many bytes all of them take.
    pub bytes: u64,
    /// How many uploads were never finished.
    pub unfinished: u64,
    /// Its own key, if it has one.
    #[schema(required)]
    pub key: Option<String>,
    /// For how many days AWS keeps that key before it is gone for good, where files are erased.
    pub key_pending_days: u8,
    /// Whether the server goes too, since nobody else uses it.
    pub server: bool,
}

impl From<TenantFacts> for Tenant {
    fn from(facts: TenantFacts) -> Self {
        let TenantFacts {
            stored,
            client,
            steps,
            made,
            users,
            stored_bytes,
            moved_bytes,
            standing,
        } = facts;
        let tenant = stored.tenant;
        let quota = tenant.quota;
        Self {
            id: tenant.id.0,
            name: tenant.name.to_string(),
            slug: tenant.slug.to_string(),
            client,
            connection: stored.connection.0,
            assume_role: stored.assume_role,
            region: tenant.region.to_string(),
            bucket: tenant.place.bucket.to_string(),
            prefix: tenant.place.prefix.to_string(),
            key: tenant.key.word().to_owned(),
            state: tenant.state.word().to_owned(),
            server: made.server.map(TenantServer::from),
            steps: steps
                .into_iter()
                .map(|step| SetupStep {
                    step: step.step,
                    state: step.state.word().to_owned(),
                    error: step.error,
                    at: Moment(step.at),
                })
                .collect(),
            users: users.into(),
            stored_bytes,
            moved_bytes,
            quota: TenantQuota {
                stored_bytes: quota.stored_bytes(),
                moved_bytes: quota.moved_bytes(),
                warn_percent: quota.warn_percent(),
                stop: quota.stop(),
            },
            standing: standing.word().to_owned(),
            stopped: stored.stopped,
            rotate_days: stored.rotate_days,
            isolation: stored.isolation.map(|(at, found)| TenantIsolation {
                at: Moment(at),
                holds: found["holds"] == true,
                attempts: found["attempts"].clone(),
            }),
            created_at: Moment(stored.created_at),
        }
    }
}

impl From<ServerMade> for TenantServer {
    fn from(server: ServerMade) -> Self {
        let ServerMade {
            id,
            arn: _,
            host,
            endpoint_type,
            log_group: _,
            is_new: _,
            is_ours: _,
        } = server;
        Self {
            id,
            host,
            addresses: tenants::addresses(&endpoint_type).to_owned(),
            endpoint_type,
        }
    }
}

impl From<TenantQuota> for QuotaAsk {
    fn from(quota: TenantQuota) -> Self {
        let TenantQuota {
            stored_bytes,
            moved_bytes,
            warn_percent,
            stop,
        } = quota;
        Self {
            stored_bytes,
            moved_bytes,
            warn_percent: Some(warn_percent),
            stop,
        }
    }
}

impl TryFrom<TenantDraft> for TenantAsk {
    type Error = Problem;

    fn try_from(draft: TenantDraft) -> Result<Self, Problem> {
        let TenantDraft {
            name,
            slug,
            client,
            connection,
            assume_role,
            server,
            region,
            own_bucket,
            bucket,
            prefix,
            key,
            quota,
            rotate_days,
        } = draft;
        let key = match key {
            Some(word) => word
                .parse()
                .map_err(|error: String| Problem::invalid(sentence(&error)))?,
            None if own_bucket => TenantKey::Own,
            None => TenantKey::Shared,
        };
        Ok(Self {
            name,
            slug,
            connection: connection.map(ConnectionId),
            assume_role,
            server,
            client,
            region,
            place: PlaceAsk {
                own_bucket,
                bucket,
                prefix,
            },
            key,
            quota: quota.map(QuotaAsk::from).unwrap_or_default(),
            rotate_days,
        })
    }
}

impl From<tenants::Removal> for TenantRemoval {
    fn from(removal: tenants::Removal) -> Self {
        let tenants::Removal {
            there,
            server,
            key_pending_days,
        } = removal;
        let files = there.as_ref().map(|there| there.files).unwrap_or_default();
        let (users, role, key) = match there {
            None => (Vec::new(), None, None),
            Some(there) => (there.users, Some(there.role), there.key),
        };
        Self {
            users,
            role,
            objects: files.objects,
            versions: files.versions,
            bytes: files.all_bytes(),
            unfinished: files.unfinished,
            key,
            key_pending_days,
            server,
        }
    }
}
