//! Transfer Family: SFTP servers, their users, and what happens when one of them signs in.

mod checks;
pub(crate) mod founding;
mod record;
mod servers;
mod session;
mod users;

use std::path::Path;

use serde_json::Value;

use crate::call::{Call, Reply};
use crate::clock::seconds;
use crate::dispatch::missing;
use crate::error::SandboxError;
use crate::refusal::{Refusal, answered, asked, required};
use crate::sandbox::State;
use crate::shelf::Shelf;

pub(crate) use checks::fingerprint;
pub(crate) use record::{ServerRecord, Servers};
pub use session::{SftpRefusal, SftpSession};

/// The servers of all accounts and regions. Clones are one.
#[derive(Debug, Clone)]
pub(crate) struct Transfer(pub Shelf<Servers>);

impl Transfer {
    pub fn open(folder: &Path) -> Result<Self, SandboxError> {
        let founded = || Servers {
            servers: vec![founding::server()],
        };
        Shelf::open(folder.join("transfer.json"), founded).map(Self)
    }
}

/// The servers as one account sees them in one region.
struct Desk<'a> {
    servers: &'a Shelf<Servers>,
    account: &'a str,
    region: &'a str,
    now: i64,
}

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    let work = |ask: Value| {
        let desk = Desk {
            servers: &state.transfer.0,
            account: call.identity.account,
            region: &call.region,
            now: seconds(call.now),
        };
        Ok(Some(match call.operation.as_str() {
            "CreateServer" => desk.create_server(&ask)?,
            "DescribeServer" => desk.describe_server(&ask)?,
            "ListServers" => desk.list_servers(&ask)?,
            "UpdateServer" => desk.update_server(&ask)?,
            "StartServer" => desk.switch(&ask, "ONLINE")?,
            "StopServer" => desk.switch(&ask, "OFFLINE")?,
            "DeleteServer" => desk.delete_server(&ask)?,
            "CreateUser" => desk.create_user(&ask)?,
            "DescribeUser" => desk.describe_user(&ask)?,
            "ListUsers" => desk.list_users(&ask)?,
            "UpdateUser" => desk.update_user(&ask)?,
            "DeleteUser" => desk.delete_user(&ask)?,
            "ImportSshPublicKey" => desk.import_key(&ask)?,
            "DeleteSshPublicKey" => desk.delete_key(&ask)?,
            "TagResource" => desk.tag(&ask)?,
            "UntagResource" => desk.untag(&ask)?,
            "ListTagsForResource" => desk.list_tags(&ask)?,
            "TestIdentityProvider" => desk.test_identity_provider(&ask)?,
            "ListSecurityPolicies" => checks::list_security_policies(),
            "DescribeSecurityPolicy" => checks::describe_security_policy(&ask)?,
            _ => return Ok(None),
        }))
    };
    match asked(call).and_then(work) {
        Ok(None) => missing("transfer", call),
        Ok(Some(value)) => answered(call, Ok(value)),
        Err(refusal) => answered(call, Err(refusal)),
    }
}

const INVALID: &str = "InvalidRequestException";

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(INVALID, message)
}

fn unknown(kind: &'static str, name: &str) -> Refusal {
    Refusal::new(
        "ResourceNotFoundException",
        format!("Unknown {}", kind.to_lowercase()),
    )
    .with("Resource", name)
    .with("ResourceType", kind)
}

fn exists(kind: &'static str, name: &str, message: String) -> Refusal {
    Refusal::new("ResourceExistsException", message)
        .with("Resource", name)
        .with("ResourceType", kind)
}

fn needed<'a>(ask: &'a Value, name: &str) -> Result<&'a str, Refusal> {
    required(ask, name, INVALID)
}

fn most(ask: &Value) -> usize {
    let asked = ask["MaxResults"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok());
    asked.unwrap_or(1_000).clamp(1, 1_000)
}
