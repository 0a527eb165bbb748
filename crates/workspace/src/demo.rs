//! Fills a demo workspace: who works at the company, who owns what, how its bill is reached.
//!
//! The company comes in as plain data; this room does not know who made it up.

use tallyport_aws::Access;
pub use tallyport_ledger::tenant::TenantRole;
use tallyport_ledger::tenant::{TenantId, TenantKey, UserState};
use tallyport_ledger::{
    AdministerWorkspace, AssignOwners, LoadCosts, ManageClients, ManageTenants, Name, Validity,
    ViewCosts,
};

use crate::clients::{self, ConnectionDraft};
use crate::rules::{self, MatcherAsk, OwnerAsk, RuleAsk};
use crate::settings;
use crate::tenants::{self, PlaceAsk, QuotaAsk, TenantAsk, UserAsk};
use crate::{
    ClientId, ConnectionId, Context, SignedIn, WorkspaceError, jobs, people, sources, teams,
};

/// A made-up company.
#[derive(Debug, Clone, Default)]
pub struct DemoCompany {
    /// Its name, which becomes the client's.
    pub name: String,
    /// The account that pays.
    pub billing_account: String,
    /// The region that is asked.
    pub region: Option<String>,
    /// The tag keys by which its bill is cut, separated by commas.
    pub allocation_tag: Option<String>,
    /// The export that its bill is loaded from; Cost Explorer if it has none.
    pub export: Option<String>,
    /// Its teams.
    pub teams: Vec<DemoTeam>,
    /// Who works there.
    pub people: Vec<DemoPerson>,
    /// Its customers who send and fetch files.
    pub tenants: Vec<DemoTenant>,
}

/// A customer who sends and fetches files.
#[derive(Debug, Clone)]
pub struct DemoTenant {
    /// The name.
    pub name: String,
    /// The role that leads to the account in which it lies.
    pub assume_role: String,
    /// The server that it is on.
    pub server: String,
    /// Its bucket.
    pub bucket: String,
    /// Its users: name, what they may do, public key.
    pub users: Vec<(String, TenantRole, String)>,
}

/// A team.
#[derive(Debug, Clone)]
pub struct DemoTeam {
    /// Its name.
    pub name: String,
    /// Key and value of each tag under which its own things appear.
    pub tags: Vec<(String, String)>,
}

/// Somebody.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Their name.
    pub name: String,
    /// Their mail address.
    pub email: String,
    /// The name of their team.
    pub team: String,
    /// Key and value of each tag under which their things appear.
    pub tags: Vec<(String, String)>,
}

/// Fills an empty demo workspace through the use cases that a person would use. The bill is not
/// fetched: a sync does that.
///
/// # Errors
/// A conflict if the workspace is not a demo; names that cannot be.
pub async fn fill(cx: &Context, by: &SignedIn, company: DemoCompany) -> Result<(), WorkspaceError> {
    if !settings::workspace(cx).await?.demo {
        return Err(WorkspaceError::Conflict {
            code: "demo.real-workspace",
            reason: "this workspace is real: demo data stays out of it".to_owned(),
            hint: Some("Make a demo workspace: `tally init --sandbox`.".to_owned()),
        });
    }
    let clients_by = by.grant::<ManageClients>()?;
    let loads_by = by.grant::<LoadCosts>()?;
    let owners_by = by.grant::<AssignOwners>()?;
    let client = clients::add(cx, &clients_by, &company.name).await?;
    bill_as(cx, by, &company.name).await?;
    let connection = ConnectionDraft {
        name: "AWS".to_owned(),
        billing_account: company.billing_account,
        access: Access::Environment,
        region: company.region,
        allocation_tag: company.allocation_tag,
    };
    let connection = clients::add_connection(cx, &loads_by, client.id, connection).await?;
    if company.export.is_some() {
        sources::choose(cx, &loads_by, connection.id, company.export).await?;
    }
    let mut members = Vec::new();
    for team in &company.teams {
        let added = teams::add(cx, &owners_by, &team.name, Some(client.id)).await?;
        members.push((team, added.id));
    }
    for person in &company.people {
        let added = people::add(cx, &owners_by, &person.name, Some(&person.email)).await?;
        if let Some((_, team)) = members.iter().find(|(team, _)| team.name == person.team) {
            teams::set_member(cx, &owners_by, *team, added.id, Validity::default()).await?;
        }
    }
    // People before teams: what somebody's own tag says is nearer than what their team's says.
    for person in company.people {
        let owner = ["person:", &person.name].concat();
        own(cx, by, &owner, person.tags).await?;
    }
    for team in company.teams {
        let owner = ["team:", &team.name].concat();
        own(cx, by, &owner, team.tags).await?;
    }
    for tenant in company.tenants {
        move_in(cx, by, client.id, connection.id, tenant).await?;
    }
    Ok(())
}

/// Sets up a tenant in the bucket that it has.
async fn move_in(
    cx: &Context,
    by: &SignedIn,
    client: ClientId,
    connection: ConnectionId,
    tenant: DemoTenant,
) -> Result<(), WorkspaceError> {
    let manages = by.grant::<ManageTenants>()?;
    let ask = TenantAsk {
        name: tenant.name,
        slug: None,
        connection: Some(connection),
        assume_role: Some(tenant.assume_role),
        server: Some(tenant.server),
        client: Some(client.to_string()),
        region: None,
        place: PlaceAsk {
            own_bucket: true,
            bucket: Some(tenant.bucket),
            prefix: None,
        },
        key: TenantKey::Own,
        quota: QuotaAsk::default(),
        rotate_days: Some(365),
    };
    let job = tenants::create(cx, &manages, ask).await?;
    let job = jobs::wait(cx, &by.grant::<ViewCosts>()?, job.id).await?;
    let id = job
        .result
        .as_ref()
        .and_then(|result| result["tenant"].as_i64());
    let Some(id) = id.map(TenantId) else {
        return Err(WorkspaceError::Fault(format!(
            "a tenant of the demo was not set up: {:?}",
            job.problem
        )));
    };
    for (name, role, key) in tenant.users {
        let user = UserAsk {
            name,
            role,
            keys: vec![key],
            expires: None,
            state: UserState::Active,
        };
        tenants::add_user(cx, &manages, id, user).await?;
    }
    Ok(())
}

/// Makes the company the one whose name stands on invoices and on the window.
async fn bill_as(cx: &Context, by: &SignedIn, company: &str) -> Result<(), WorkspaceError> {
    let name = Name::parse(company)?;
    let mut settings = settings::read(cx, &by.grant::<ViewCosts>()?).await?;
    settings.name = name.clone();
    settings.seller.name = name;
    settings::change(cx, &by.grant::<AdministerWorkspace>()?, settings).await?;
    Ok(())
}

async fn own(
    cx: &Context,
    by: &SignedIn,
    owner: &str,
    tags: Vec<(String, String)>,
) -> Result<(), WorkspaceError> {
    let by = by.grant::<AssignOwners>()?;
    let mut known = Vec::new();
    for (key, value) in tags {
        // Rules match without regard to case: one is enough for all spellings that differ in it.
        let folded = (key.to_lowercase(), value.to_lowercase());
        if known.contains(&folded) {
            continue;
        }
        known.push(folded);
        let ask = RuleAsk {
            owner: OwnerAsk::Named(owner.to_owned()),
            matchers: vec![MatcherAsk::Tag { key, value }],
            validity: Validity::default(),
            note: None,
            position: None,
        };
        rules::add(cx, &by, ask).await?;
    }
    Ok(())
}
