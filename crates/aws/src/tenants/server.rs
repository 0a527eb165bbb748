//! The one server that all tenants of a region share: an endpoint costs the same for one as for a thousand.

use aws_config::retry::RetryConfig;
use aws_sdk_transfer::config::Builder;
use aws_sdk_transfer::types::{
    DescribedServer, DirectoryListingOptimization, Domain, EndpointType, IdentityProviderType,
    Protocol, ProtocolDetails, S3StorageOptions, SetStatOption, State, Tag,
};

use super::{Site, TAG, incomplete, named, policy, role, says, unbuildable};
use crate::AwsError;

/// The newest policy without anything that no client of today knows: it adds post-quantum key exchange.
const SECURITY_POLICY: &str = "TransferSecurityPolicy-2025-03";
/// Where the log goes, and how long it is kept.
const LOG_GROUP: &str = "/aws/transfer/tallyport";
const LOG_DAYS: i32 = 400;
const LOGGING_ROLE: &str = "tallyport-transfer-logging";

/// A Transfer Family server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its id, `s-…`.
    pub id: String,
    /// Its full name.
    pub arn: String,
    /// What SFTP programs connect to.
    pub host: String,
    /// Whether anybody can connect.
    pub state: ServerState,
    /// `PUBLIC` or `VPC`: the second can have an allowlist of addresses, at the network.
    pub endpoint_type: String,
    /// Which ciphers it takes.
    pub security_policy: String,
    /// The log group that it writes to in JSON, if any.
    pub log_group: Option<String>,
    /// Whether large folders are listed fast.
    pub listing_optimised: bool,
    /// How many users it has.
    pub users: u32,
    /// Whether it was made by this call.
    pub is_new: bool,
    /// Whether it was made by us at all.
    pub is_ours: bool,
}

/// Whether a server takes connections. It costs the same when it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerState {
    /// It does.
    Online,
    /// It does not.
    Offline,
    /// It is on its way to one of them.
    Changing,
    /// It could not be started or stopped.
    Failed,
}

/// All servers that tenants can be put on: SFTP into S3, users kept by the server itself.
///
/// # Errors
/// [`AwsError`].
pub async fn servers(site: &Site) -> Result<Vec<Server>, AwsError> {
    let mut found = Vec::new();
    let mut pages = site.transfer().list_servers().into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page.map_err(AwsError::from_call("transfer:ListServers"))?;
        for listed in page.servers {
            let fits = listed.domain == Some(Domain::S3)
                && listed.identity_provider_type == Some(IdentityProviderType::ServiceManaged);
            if let Some(id) = listed.server_id.filter(|_| fits) {
                let one = server(site, &id).await?;
                found.extend(one);
            }
        }
    }
    Ok(found)
}

/// One server, if there is one of that id that speaks SFTP.
///
/// # Errors
/// [`AwsError`].
pub async fn server(site: &Site, id: &str) -> Result<Option<Server>, AwsError> {
    match site.transfer().describe_server().server_id(id).send().await {
        Ok(answer) => {
            let described = answer.server.ok_or_else(incomplete("the server"))?;
            let speaks_sftp = described.protocols().contains(&Protocol::Sftp);
            Ok(speaks_sftp.then(|| read(site, id, &described)))
        }
        Err(error) if says(&error, "ResourceNotFoundException") => Ok(None),
        Err(error) => Err(named("transfer:DescribeServer", id)(error)),
    }
}

fn read(site: &Site, id: &str, described: &DescribedServer) -> Server {
    let optimised = described
        .s3_storage_options
        .as_ref()
        .and_then(|options| options.directory_listing_optimization.as_ref());
    Server {
        id: id.to_owned(),
        arn: described.arn.clone(),
        host: format!("{id}.server.transfer.{}.amazonaws.com", site.region),
        state: match described.state {
            Some(State::Online) => ServerState::Online,
            Some(State::Offline) => ServerState::Offline,
            Some(State::StartFailed | State::StopFailed) => ServerState::Failed,
            _ => ServerState::Changing,
        },
        endpoint_type: described
            .endpoint_type
            .as_ref()
            .map_or_else(String::new, |kind| kind.as_str().to_owned()),
        security_policy: described.security_policy_name.clone().unwrap_or_default(),
        log_group: described
            .structured_log_destinations()
            .first()
            .and_then(|arn| arn.split(":log-group:").nth(1))
            .map(|group| group.trim_end_matches(":*").to_owned()),
        listing_optimised: optimised == Some(&DirectoryListingOptimization::Enabled),
        users: described
            .user_count
            .and_then(|count| u32::try_from(count).ok())
            .unwrap_or_default(),
        is_new: false,
        is_ours: described
            .tags()
            .iter()
            .any(|tag| tag.key == TAG && tag.value == "server"),
    }
}

/// The server that tenants of this region share: the one that was chosen to be adopted, else ours, which is
/// made the first time.
///
/// # Errors
/// [`AwsError`]; one to adopt that is not there is [`AwsError::Missing`].
pub async fn ensure_server(site: &Site, adopt: Option<&str>) -> Result<Server, AwsError> {
    if let Some(id) = adopt {
        let found = server(site, id).await?;
        return found
            .ok_or_else(|| AwsError::Missing(format!("the SFTP server {id} in {}", site.region)));
    }
    match ours(site).await? {
        Some(server) => Ok(server),
        None => create(site).await,
    }
}

/// The server that we made in this region, if we did.
async fn ours(site: &Site) -> Result<Option<Server>, AwsError> {
    let all = servers(site).await?;
    Ok(all.into_iter().find(|server| server.is_ours))
}

async fn create(site: &Site) -> Result<Server, AwsError> {
    let group = ensure_log_group(site).await?;
    let logging_role = role::ensure(
        site,
        LOGGING_ROLE,
        &policy::logging_trust_policy(&site.account),
        &policy::logging_policy(&group),
    )
    .await?;
    let tag = Tag::builder()
        .key(TAG)
        .value("server")
        .build()
        .map_err(unbuildable)?;
    let asked = site
        .transfer()
        .create_server()
        .domain(Domain::S3)
        .endpoint_type(EndpointType::Public)
        .identity_provider_type(IdentityProviderType::ServiceManaged)
        .protocols(Protocol::Sftp)
        .security_policy_name(SECURITY_POLICY)
        .logging_role(logging_role.0)
        .structured_log_destinations(format!("{group}:*"))
        // Programs that set times or permissions after an upload are not refused for it.
        .protocol_details(
            ProtocolDetails::builder()
                .set_stat_option(SetStatOption::EnableNoOp)
                .build(),
        )
        // Off unless asked for: ten thousand folders take minutes without it, seconds with it.
        .s3_storage_options(
            S3StorageOptions::builder()
                .directory_listing_optimization(DirectoryListingOptimization::Enabled)
                .build(),
        )
        .tags(tag);
    let asked = role::once_known(|| {
        let once = Builder::new().retry_config(RetryConfig::disabled());
        asked.clone().customize().config_override(once).send()
    })
    .await;
    let made = match asked {
        Ok(answer) => {
            let made = server(site, &answer.server_id).await?;
            made.ok_or_else(incomplete("the server that was just made"))?
        }
        // Not asked again blindly, since a second server costs as much as the first. If only the answer was
        // lost, it is there.
        Err(error) => match (error.as_service_error(), ours(site).await?) {
            (None, Some(made)) => made,
            _ => return Err(AwsError::from_call("transfer:CreateServer")(error)),
        },
    };
    Ok(Server {
        is_new: true,
        ..made
    })
}

/// Makes the log group and says its ARN, without the `:*` that means its streams.
async fn ensure_log_group(site: &Site) -> Result<String, AwsError> {
    let logs = site.logs();
    match logs
        .create_log_group()
        .log_group_name(LOG_GROUP)
        .send()
        .await
    {
        Ok(_) => {}
        Err(error) if says(&error, "ResourceAlreadyExistsException") => {}
        Err(error) => return Err(named("logs:CreateLogGroup", LOG_GROUP)(error)),
    }
    logs.put_retention_policy()
        .log_group_name(LOG_GROUP)
        .retention_in_days(LOG_DAYS)
        .send()
        .await
        .map_err(named("logs:PutRetentionPolicy", LOG_GROUP))?;
    Ok(format!(
        "arn:aws:logs:{}:{}:log-group:{LOG_GROUP}",
        site.region, site.account
    ))
}

/// Removes a server that we made and that nobody uses any more, with its logging role. The log stays as long
/// as it is kept.
///
/// # Errors
/// [`AwsError::Refused`] while it has users or where it is not ours.
pub async fn remove_server(site: &Site, id: &str) -> Result<(), AwsError> {
    let Some(found) = server(site, id).await? else {
        return Ok(());
    };
    if !found.is_ours || found.users > 0 {
        let said = if found.is_ours {
            "it still has users"
        } else {
            "it was not made by Tallyport"
        };
        return Err(AwsError::Refused {
            action: format!("transfer:DeleteServer on {id}"),
            code: "InUse".to_owned(),
            said: said.to_owned(),
        });
    }
    site.transfer()
        .delete_server()
        .server_id(id)
        .send()
        .await
        .map_err(named("transfer:DeleteServer", id))?;
    role::remove(site, LOGGING_ROLE).await
}
