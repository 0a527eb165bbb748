//! Servers: made, seen, changed, switched, removed; and the tags of servers and users.

use serde_json::{Value, json};

use super::record::shown_tags;
use super::{Desk, ServerRecord, Servers, checks, invalid, most, needed, unknown};
use crate::company::Seed;
use crate::refusal::{Refusal, page, tags};

/// An account has at most so many servers in a region.
const MOST_SERVERS: usize = 50;

impl Desk<'_> {
    fn is_ours(&self, server: &ServerRecord) -> bool {
        server.account == self.account && server.region == self.region
    }

    pub(super) fn server(&self, ask: &Value) -> Result<ServerRecord, Refusal> {
        let id = needed(ask, "ServerId")?;
        let servers = self.servers.read();
        let mut ours = servers.servers.iter().filter(|server| self.is_ours(server));
        ours.find(|server| server.id == id)
            .cloned()
            .ok_or_else(|| unknown("Server", id))
    }

    /// Changes the server that is asked for.
    pub(super) fn change<R>(
        &self,
        id: &str,
        change: impl FnOnce(&mut ServerRecord) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        self.servers.change(|servers| {
            let mut all = servers.servers.iter_mut();
            let server = all
                .find(|server| server.id == id && self.is_ours(server))
                .ok_or_else(|| unknown("Server", id))?;
            change(server)
        })
    }

    pub(super) fn create_server(&self, ask: &Value) -> Result<Value, Refusal> {
        checks::only(ask, "Domain", "S3", "servers for EFS")?;
        checks::only(ask, "EndpointType", "PUBLIC", "servers in a VPC")?;
        checks::only(
            ask,
            "IdentityProviderType",
            "SERVICE_MANAGED",
            "identity providers of one's own",
        )?;
        let protocols = ask["Protocols"].as_array().map_or(&[][..], Vec::as_slice);
        if protocols.iter().any(|protocol| protocol != "SFTP") {
            return Err(Refusal::not_here("protocols other than SFTP"));
        }
        let mut server = ServerRecord {
            account: self.account.to_owned(),
            region: self.region.to_owned(),
            id: String::new(),
            state: "ONLINE".to_owned(),
            security_policy: "TransferSecurityPolicy-2024-01".to_owned(),
            logging_role: None,
            log_destinations: vec![],
            set_stat: "DEFAULT".to_owned(),
            // Off by default for those who ask by API; the console asks for it.
            listing_optimization: "DISABLED".to_owned(),
            tags: tags(&ask["Tags"], "Key", "Value"),
            users: Default::default(),
        };
        apply(&mut server, ask)?;
        self.servers.change(|servers: &mut Servers| {
            let ours = servers
                .servers
                .iter()
                .filter(|server| self.is_ours(server))
                .count();
            if ours >= MOST_SERVERS {
                return Err(Refusal::new(
                    "ServiceQuotaExceededException",
                    "The server limit for this account in this region has been reached.",
                ));
            }
            let unique = format!("{}/{}/{}", self.account, self.region, servers.servers.len());
            server.id = format!("s-{}", Seed(0).hex(&unique, 17));
            let id = server.id.clone();
            servers.servers.push(server);
            Ok(json!({ "ServerId": id }))
        })
    }

    pub(super) fn describe_server(&self, ask: &Value) -> Result<Value, Refusal> {
        Ok(json!({ "Server": self.server(ask)?.described() }))
    }

    pub(super) fn list_servers(&self, ask: &Value) -> Result<Value, Refusal> {
        let servers = self.servers.read();
        let mut all: Vec<ServerRecord> = servers
            .servers
            .iter()
            .filter(|server| self.is_ours(server))
            .cloned()
            .collect();
        all.sort_by(|one, two| one.id.cmp(&two.id));
        let (shown, next) = page(
            all,
            |server| server.id.clone(),
            ask["NextToken"].as_str(),
            most(ask),
        );
        let shown: Vec<Value> = shown.iter().map(ServerRecord::listed).collect();
        Ok(json!({ "Servers": shown, "NextToken": next }))
    }

    pub(super) fn update_server(&self, ask: &Value) -> Result<Value, Refusal> {
        checks::only(ask, "EndpointType", "PUBLIC", "servers in a VPC")?;
        let id = needed(ask, "ServerId")?;
        self.change(id, |server| apply(server, ask))?;
        Ok(json!({ "ServerId": id }))
    }

    pub(super) fn switch(&self, ask: &Value, to: &str) -> Result<Value, Refusal> {
        self.change(needed(ask, "ServerId")?, |server| {
            to.clone_into(&mut server.state);
            Ok(json!({}))
        })
    }

    pub(super) fn delete_server(&self, ask: &Value) -> Result<Value, Refusal> {
        let gone = self.server(ask)?;
        self.servers.change(|servers: &mut Servers| {
            servers.servers.retain(|server| server.arn() != gone.arn());
            Ok(json!({}))
        })
    }

    pub(super) fn test_identity_provider(&self, ask: &Value) -> Result<Value, Refusal> {
        self.server(ask)?;
        Err(invalid(
            "TestIdentityProvider is not supported for servers whose identity provider is SERVICE_MANAGED",
        ))
    }

    pub(super) fn tag(&self, ask: &Value) -> Result<Value, Refusal> {
        let more = tags(&ask["Tags"], "Key", "Value");
        self.change_tags(ask, |tags| {
            tags.retain(|(key, _)| more.iter().all(|(new, _)| new != key));
            tags.extend(more);
            if tags.len() > 50 {
                return Err(invalid("A resource has at most 50 tags."));
            }
            tags.sort();
            Ok(())
        })
    }

    pub(super) fn untag(&self, ask: &Value) -> Result<Value, Refusal> {
        let fewer = ask["TagKeys"].as_array().map_or(&[][..], Vec::as_slice);
        self.change_tags(ask, |tags| {
            tags.retain(|(key, _)| fewer.iter().all(|gone| gone != key.as_str()));
            Ok(())
        })
    }

    fn change_tags(
        &self,
        ask: &Value,
        change: impl FnOnce(&mut Vec<(String, String)>) -> Result<(), Refusal>,
    ) -> Result<Value, Refusal> {
        let (server, user) = named(needed(ask, "Arn")?)?;
        self.change(&server, |record| {
            let tags = match &user {
                None => &mut record.tags,
                Some(name) => {
                    let user = record.users.get_mut(name);
                    &mut user.ok_or_else(|| unknown("User", name))?.tags
                }
            };
            change(tags)?;
            Ok(json!({}))
        })
    }

    pub(super) fn list_tags(&self, ask: &Value) -> Result<Value, Refusal> {
        let arn = needed(ask, "Arn")?;
        let (server, user) = named(arn)?;
        let record = self.server(&json!({ "ServerId": server }))?;
        let tags = match &user {
            None => &record.tags,
            Some(name) => {
                &record
                    .users
                    .get(name)
                    .ok_or_else(|| unknown("User", name))?
                    .tags
            }
        };
        Ok(json!({ "Arn": arn, "Tags": shown_tags(tags) }))
    }
}

/// What CreateServer and UpdateServer both may set.
fn apply(server: &mut ServerRecord, ask: &Value) -> Result<(), Refusal> {
    if let Some(policy) = ask["SecurityPolicyName"].as_str() {
        checks::security_policy(policy)?;
        policy.clone_into(&mut server.security_policy);
    }
    if let Some(role) = ask["LoggingRole"].as_str() {
        server.logging_role = (!role.is_empty()).then(|| checks::role(role)).transpose()?;
    }
    if let Some(groups) = ask["StructuredLogDestinations"].as_array() {
        server.log_destinations = checks::log_destinations(groups)?;
    }
    if let Some(option) = ask["ProtocolDetails"]["SetStatOption"].as_str() {
        option.clone_into(&mut server.set_stat);
    }
    if let Some(option) = ask["S3StorageOptions"]["DirectoryListingOptimization"].as_str() {
        option.clone_into(&mut server.listing_optimization);
    }
    Ok(())
}

/// The server, and the user if it is one, that an ARN means.
fn named(arn: &str) -> Result<(String, Option<String>), Refusal> {
    let mut parts = arn.rsplit(':').next().unwrap_or_default().split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("server"), Some(server), None) => Ok((server.to_owned(), None)),
        (Some("user"), Some(server), Some(user)) => Ok((server.to_owned(), Some(user.to_owned()))),
        _ => Err(invalid(format!(
            "{arn} is not the ARN of a server or a user"
        ))),
    }
}
