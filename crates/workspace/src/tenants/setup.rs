//! What is set up for a tenant at AWS, and how each step of it is made and unmade.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tallyport_aws::AwsError;
use tallyport_aws::tenants::{self as at_aws, KeyArn, Premises, RoleArn, Server, Site, WritesTo};
use tallyport_ledger::tenant::{TenantState, TenantUser};
use tallyport_store::{StepState, TenantStep};

use super::Target;
use crate::WorkspaceError;

/// How long AWS keeps a key that is to be deleted: the longest there is, since what it encrypted is lost with it.
pub(super) const KEY_PENDING_DAYS: u8 = 30;

/// How the names of buckets begin that the program makes up.
pub(super) const NAMED: &str = "tallyport-";

/// The steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The server that all tenants of a region share.
    Server,
    /// The key its files are encrypted with.
    Key,
    /// The bucket, and all that is said of it.
    Bucket,
    /// The role its users' sessions run as.
    Role,
    /// The folder they land in.
    Folder,
}

impl Step {
    pub const ALL: [Self; 5] = [
        Self::Server,
        Self::Key,
        Self::Bucket,
        Self::Role,
        Self::Folder,
    ];
    pub const COUNT: u64 = 5;

    /// Its word in the file and on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Key => "key",
            Self::Bucket => "bucket",
            Self::Role => "role",
            Self::Folder => "folder",
        }
    }

    /// What is done, for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Server => "Server",
            Self::Key => "Key",
            Self::Bucket => "Bucket",
            Self::Role => "Role",
            Self::Folder => "Folder",
        }
    }
}

/// The server that a tenant's users sign in to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerMade {
    /// Its id.
    pub id: String,
    /// Its ARN.
    pub arn: String,
    /// Where to sign in.
    pub host: String,
    /// PUBLIC or VPC.
    pub endpoint_type: String,
    /// Where what happens is written.
    pub log_group: Option<String>,
    /// Whether this tenant's setup made it.
    pub is_new: bool,
    /// Whether it is one that the program made at all.
    pub is_ours: bool,
}

/// What the steps of setting up have made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// The server.
    pub server: Option<ServerMade>,
    /// The key's ARN.
    pub key: Option<String>,
    /// Whether the bucket is as it should be, and whether it was made for this tenant.
    pub bucket: Option<bool>,
    /// The role's ARN.
    pub role: Option<String>,
    /// Whether the folder is there.
    pub folder: bool,
}

/// What one step made.
pub(super) enum MadeNow {
    Server(ServerMade),
    Key(String),
    Bucket(bool),
    Role(String),
    Folder,
}

impl MadeNow {
    /// As the step's row keeps it.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Server(server) => serde_json::to_value(server).unwrap_or_default(),
            Self::Key(arn) | Self::Role(arn) => Value::from(arn.as_str()),
            Self::Bucket(is_new) => Value::from(*is_new),
            Self::Folder => Value::Null,
        }
    }
}

impl Made {
    /// What the rows of steps say.
    pub(super) fn of(steps: &[TenantStep]) -> Result<Self, WorkspaceError> {
        let unreadable =
            || WorkspaceError::Fault("what a step of a tenant made cannot be read".to_owned());
        let mut made = Self::default();
        // What is being undone is needed until it is.
        let there = |row: &&TenantStep| matches!(row.state, StepState::Done | StepState::Undoing);
        for row in steps.iter().filter(there) {
            let Some(value) = row.made.clone() else {
                made.folder |= row.step == Step::Folder.word();
                continue;
            };
            let text = || value.as_str().map(str::to_owned).ok_or_else(unreadable);
            match row.step.as_str() {
                "server" => {
                    made.server = Some(serde_json::from_value(value).map_err(|_| unreadable())?);
                }
                "key" => made.key = Some(text()?),
                "bucket" => made.bucket = value.as_bool(),
                "role" => made.role = Some(text()?),
                _ => made.folder = true,
            }
        }
        Ok(made)
    }

    /// Whether a step is done.
    pub(super) const fn has(&self, step: Step) -> bool {
        match step {
            Step::Server => self.server.is_some(),
            Step::Key => self.key.is_some(),
            Step::Bucket => self.bucket.is_some(),
            Step::Role => self.role.is_some(),
            Step::Folder => self.folder,
        }
    }

    pub(super) fn take_in(&mut self, now: MadeNow) {
        match now {
            MadeNow::Server(server) => self.server = Some(server),
            MadeNow::Key(arn) => self.key = Some(arn),
            MadeNow::Bucket(is_new) => self.bucket = Some(is_new),
            MadeNow::Role(arn) => self.role = Some(arn),
            MadeNow::Folder => self.folder = true,
        }
    }

    pub(super) fn forget(&mut self, step: Step) {
        match step {
            Step::Server => self.server = None,
            Step::Key => self.key = None,
            Step::Bucket => self.bucket = None,
            Step::Role => self.role = None,
            Step::Folder => self.folder = false,
        }
    }

    /// The key, once its step is done.
    pub(super) fn key(&self) -> Result<KeyArn, AwsError> {
        self.key.clone().map(KeyArn).ok_or_else(|| missing("key"))
    }

    /// The role, once its step is done.
    pub(super) fn role(&self) -> Result<RoleArn, AwsError> {
        self.role
            .clone()
            .map(RoleArn)
            .ok_or_else(|| missing("role"))
    }

    /// The server, once its step is done.
    pub(super) fn server(&self) -> Result<&ServerMade, AwsError> {
        self.server.as_ref().ok_or_else(|| missing("server"))
    }
}

fn missing(what: &str) -> AwsError {
    AwsError::Missing(format!("the tenant's {what}"))
}

impl From<Server> for ServerMade {
    fn from(server: Server) -> Self {
        Self {
            id: server.id,
            arn: server.arn,
            host: server.host,
            endpoint_type: server.endpoint_type,
            log_group: server.log_group,
            is_new: server.is_new,
            is_ours: server.is_ours,
        }
    }
}

/// Does one step. Doing it again changes nothing.
pub(super) async fn make(site: &Site, target: &Target, step: Step) -> Result<MadeNow, AwsError> {
    let (tenant, made) = (target.tenant(), &target.made);
    Ok(match step {
        Step::Server => MadeNow::Server(
            at_aws::ensure_server(site, target.stored.server.as_deref())
                .await?
                .into(),
        ),
        Step::Key => MadeNow::Key(at_aws::ensure_key(site, tenant).await?.0),
        Step::Bucket => {
            let writes = target.writes();
            let bucket = at_aws::ensure_bucket(site, tenant, &made.key()?, writes).await?;
            MadeNow::Bucket(bucket.is_new)
        }
        Step::Role => {
            let server = at_aws::ensure_server(site, Some(&made.server()?.id)).await?;
            MadeNow::Role(
                at_aws::ensure_role(site, tenant, &made.key()?, &server)
                    .await?
                    .0,
            )
        }
        Step::Folder => {
            at_aws::ensure_folder(site, tenant).await?;
            MadeNow::Folder
        }
    })
}

/// Undoes one step. Undoing what was never done changes nothing.
pub(super) async fn unmake(site: &Site, target: &Target, step: Step) -> Result<(), AwsError> {
    let tenant = target.tenant();
    let removing = tenant.state == TenantState::Deleting;
    match step {
        // Every tenant's: it goes with the last one, or with the setup that made it and failed.
        Step::Server => match &target.made.server {
            Some(server)
                if server.is_ours && !target.shares_server && (removing || server.is_new) =>
            {
                at_aws::remove_server(site, &server.id).await
            }
            _ => Ok(()),
        },
        // Without the key the files that are kept could never be read again.
        Step::Key | Step::Folder if target.stored.keeps_files => Ok(()),
        Step::Key => at_aws::remove_key(site, tenant, KEY_PENDING_DAYS).await,
        Step::Folder => at_aws::remove_folder(site, tenant).await,
        Step::Bucket if tenant.place.is_own_bucket() && target.keeps_bucket() => Ok(()),
        Step::Bucket => at_aws::remove_bucket(site, tenant).await,
        Step::Role => at_aws::remove_role(site, tenant).await,
    }
}

impl Target {
    /// Whether its users may write.
    pub fn writes(&self) -> WritesTo {
        if self.stored.stopped {
            WritesTo::Stopped
        } else {
            WritesTo::Open
        }
    }

    /// Whether a bucket of its own stays: for the files in it, or since it was there before. One that has a name
    /// of our making was not, also where the step that made it failed before it could say so.
    fn keeps_bucket(&self) -> bool {
        let bucket = &self.tenant().place.bucket;
        let is_ours = self.made.bucket == Some(true) || bucket.as_str().starts_with(NAMED);
        self.stored.keeps_files || !is_ours
    }

    /// Tells AWS what a user is.
    pub async fn tell(
        &self,
        site: &Site,
        user: &TenantUser,
        signs_in: bool,
    ) -> Result<(), AwsError> {
        let (role, key) = (self.made.role()?, self.made.key()?);
        let premises = Premises {
            server: &self.made.server()?.id,
            role: &role,
            key: &key,
            writes: self.writes(),
        };
        at_aws::ensure_user(site, self.tenant(), &premises, user, signs_in).await
    }
}
