//! Tenants: customers who send and fetch files by SFTP. Setting one up, its users, its files, what it uses.

mod activity;
mod bulk;
mod care;
mod clear;
mod create;
mod files;
mod key_pair;
mod limits;
mod quota;
mod receipts;
mod recheck;
mod remove;
mod saga;
mod setup;
mod steer;
mod suspend;
mod transfers;
mod users;
mod watch;

use std::collections::HashMap;

use aws_config::SdkConfig;
use jiff::civil::Date;
use tallyport_aws::tenants::Site;
pub use tallyport_aws::tenants::logs::Activity;
use tallyport_ledger::tenant::{QuotaStanding, Region, Tenant, TenantId, UsageDay};
use tallyport_ledger::{BillingPeriod, ManageTenants, ViewCosts};
use tallyport_store::{ClientId, Reads, StoredTenant, StoredTenantUser, TenantStep};

use crate::clients::{self, Connection};
use crate::{Context, Grant, WorkspaceError};

pub(crate) use activity::measured_of;
pub use activity::{Reconciled, activity, measure, measure_due, usage};
pub use bulk::{BulkAction, BulkRow, export_users, import_users};
pub use care::{Drift, Isolation, addresses, drift, mend, part_word, verify};
pub use clear::{Receipts, clear_ended, clear_transfer};
pub use create::{PlaceAsk, QuotaAsk, TenantAsk, TenantChange, change, create, resume};
pub use files::{
    File, FileChange, Leftover, Listing, Preview, Shared, Version, Whole, change_files, fetch_file,
    leftovers, list_files, preview, price_per_month, share, versions,
};
pub use key_pair::{KeyPair, key_pair};
pub use limits::{TransferLimits, set_transfer_limits, transfer_limits};
pub use quota::set_quota;
pub use receipts::receipts;
pub use recheck::{Recheck, recheck, recheck_file};
pub use remove::{Removal, Retention, removal, remove};
pub use setup::{Made, ServerMade};
pub use steer::{Steer, steer};
pub use suspend::{reactivate, suspend};
pub(crate) use transfers::scope;
pub use transfers::{
    Clash, Finding, Landing, LookedAhead, Moving, Preflight, Transfers, Weight, Which, download,
    go_on, look_ahead, tenant_of, transfer, transfer_files, transfers, upload,
};
pub use users::{
    UserAsk, UserFacts, add_key, add_user, change_user, list_all_users, list_users, remove_key,
    remove_user,
};
pub use watch::watch;

/// A tenant, and how it stands.
#[derive(Debug, Clone)]
pub struct TenantFacts {
    /// The tenant as it is kept.
    pub stored: StoredTenant,
    /// The name of the client it belongs to.
    pub client: Option<String>,
    /// The steps of setting it up that were ever begun.
    pub steps: Vec<TenantStep>,
    /// What they made.
    pub made: Made,
    /// How many users it has.
    pub users: u32,
    /// What it keeps, as measured last.
    pub stored_bytes: u64,
    /// What it moved this month.
    pub moved_bytes: u64,
    /// How that stands to its quota.
    pub standing: QuotaStanding,
}

/// What a step of setting up is about, and with whose credentials.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub stored: StoredTenant,
    pub connection: Connection,
    pub made: Made,
    pub users: Vec<StoredTenantUser>,
    /// Whether other tenants use the same server.
    pub shares_server: bool,
}

impl Target {
    pub const fn tenant(&self) -> &Tenant {
        &self.stored.tenant
    }

    /// The account and region in which it is set up.
    pub async fn site(&self, cx: &Context) -> Result<Site, WorkspaceError> {
        let region = &self.tenant().region;
        let role = self.stored.assume_role.as_deref();
        let config = config(cx, &self.connection, role, region).await;
        Ok(Site::open(&config, region).await?)
    }

    /// What only a tenant whose setup is whole can do.
    pub fn set_up(self) -> Result<Self, WorkspaceError> {
        let state = self.tenant().state;
        if state.is_set_up() {
            return Ok(self);
        }
        Err(WorkspaceError::Conflict {
            code: "tenant.not-set-up",
            reason: format!("{} is {state}: it is not set up", self.tenant().name),
            hint: Some("Go on with its setup, or delete it.".to_owned()),
        })
    }
}

/// The tenants by name, without those that are gone.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    _by: &Grant<ManageTenants>,
) -> Result<Vec<TenantFacts>, WorkspaceError> {
    let today = cx.today();
    cx.store.read(move |r| all_facts(r, today)).await
}

/// The names of the tenants, for whoever bills them or gives them things.
///
/// # Errors
/// The workspace file's.
pub async fn names(
    cx: &Context,
    _by: &Grant<ViewCosts>,
) -> Result<Vec<(TenantId, String)>, WorkspaceError> {
    cx.store
        .read(|r| {
            let tenants = r.tenants()?.into_iter();
            Ok(tenants
                .map(|stored| (stored.tenant.id, stored.tenant.name.to_string()))
                .collect())
        })
        .await
}

/// One tenant.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn show(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<TenantFacts, WorkspaceError> {
    let today = cx.today();
    cx.store.read(move |r| facts(r, r.tenant(id)?, today)).await
}

/// How the account in which tenants lie is reached.
async fn config(
    cx: &Context,
    connection: &Connection,
    role: Option<&str>,
    region: &Region,
) -> SdkConfig {
    let base = (cx.aws)(&connection.access, Some(region.as_str())).await;
    match role {
        None => base,
        Some(role) => tallyport_aws::assume(&base, role, None).await,
    }
}

/// A tenant with all that a step needs to know.
pub(crate) async fn target(cx: &Context, id: TenantId) -> Result<Target, WorkspaceError> {
    let today = cx.today();
    cx.store
        .read(move |r| {
            let stored = r.tenant(id)?;
            let shares = |other: &StoredTenant| {
                other.tenant.id != id
                    && other.connection == stored.connection
                    && other.tenant.region == stored.tenant.region
            };
            Ok(Target {
                shares_server: r.tenants()?.iter().any(shares),
                connection: clients::connection(r, r.connection(stored.connection)?, today)?,
                made: Made::of(&r.tenant_steps(id)?)?,
                users: r.tenant_users(Some(id))?,
                stored,
            })
        })
        .await
}

/// How one tenant stands.
fn facts(r: &Reads<'_>, stored: StoredTenant, today: Date) -> Result<TenantFacts, WorkspaceError> {
    let id = stored.tenant.id;
    let client = stored.client.map(|id| r.client(id)).transpose()?;
    let all = About {
        steps: r.tenant_steps(id)?,
        users: r
            .tenant_user_counts(Some(id))?
            .remove(&id)
            .unwrap_or_default(),
        used: r.tenant_usage(Some(id), BillingPeriod::of(today)?.days())?,
        client: client.map(|client| client.name),
    };
    all.facts(stored)
}

/// How every tenant stands, by name. It is found out in as many questions whether there are ten or a thousand.
fn all_facts(r: &Reads<'_>, today: Date) -> Result<Vec<TenantFacts>, WorkspaceError> {
    let mut about: HashMap<TenantId, About> = HashMap::new();
    for (id, step) in r.all_tenant_steps()? {
        about.entry(id).or_default().steps.push(step);
    }
    for (id, users) in r.tenant_user_counts(None)? {
        about.entry(id).or_default().users = users;
    }
    for day in r.tenant_usage(None, BillingPeriod::of(today)?.days())? {
        about.entry(day.tenant).or_default().used.push(day);
    }
    let clients = r.clients(true)?.into_iter();
    let clients: HashMap<ClientId, _> = clients.map(|client| (client.id, client.name)).collect();
    let tenants = r.tenants()?.into_iter().map(|stored| {
        let mut all = about.remove(&stored.tenant.id).unwrap_or_default();
        all.client = stored.client.and_then(|id| clients.get(&id).cloned());
        all.facts(stored)
    });
    tenants.collect()
}

/// What is kept of a tenant elsewhere than with itself.
#[derive(Default)]
struct About {
    steps: Vec<TenantStep>,
    users: u32,
    /// This month's days.
    used: Vec<UsageDay>,
    client: Option<String>,
}

impl About {
    fn facts(self, stored: StoredTenant) -> Result<TenantFacts, WorkspaceError> {
        let stored_bytes = self.used.last().map_or(0, |day| day.stored_bytes);
        let moved_bytes = self.used.iter().fold(0_u64, |sum, day| {
            sum.saturating_add(day.uploaded_bytes)
                .saturating_add(day.downloaded_bytes)
        });
        Ok(TenantFacts {
            client: self.client,
            made: Made::of(&self.steps)?,
            steps: self.steps,
            users: self.users,
            stored_bytes,
            moved_bytes,
            standing: stored.tenant.quota.standing(stored_bytes, moved_bytes),
            stored,
        })
    }
}
