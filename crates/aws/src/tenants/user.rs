//! Users of a tenant: their home, what they may do, and the keys that they sign in with.

use aws_sdk_transfer::types::{DescribedUser, HomeDirectoryMapEntry, HomeDirectoryType, Tag};
use tallyport_ledger::tenant::{SshPublicKey, Tenant, TenantUser, TenantUserName, UserState};

use super::policy::{Reach, WritesTo, same};
use super::role::once_known;
use super::{KeyArn, RoleArn, Site, TAG, incomplete, named, says, unbuildable};
use crate::AwsError;

/// What the users of a tenant are put on.
#[derive(Debug, Clone, Copy)]
pub struct Premises<'a> {
    /// The server's id.
    pub server: &'a str,
    /// The tenant's role.
    pub role: &'a RoleArn,
    /// The key of its files.
    pub key: &'a KeyArn,
    /// Whether files may be written at all.
    pub writes: WritesTo,
}

/// Makes a user be what the ledger says: home directory, role, what their role leaves of it, keys. Transfer
/// Family knows no switch for a user: somebody who is not to sign in has no key there, and keeps theirs in
/// the ledger.
///
/// # Errors
/// [`AwsError`]; a user of that name who belongs to somebody else is [`AwsError::Refused`].
pub async fn ensure_user(
    site: &Site,
    tenant: &Tenant,
    premises: &Premises<'_>,
    user: &TenantUser,
    signs_in: bool,
) -> Result<(), AwsError> {
    let Premises {
        server,
        role,
        key,
        writes,
    } = *premises;
    let reach = Reach {
        region: &site.region,
        place: &tenant.place,
        key,
    };
    let policy = reach.session_policy(user.role, user.ends_at(), writes)?;
    let name = user.name.as_str();
    let home = HomeDirectoryMapEntry::builder()
        .entry("/")
        .target(tenant.place.home_target())
        .build()
        .map_err(unbuildable)?;
    let transfer = site.transfer();
    let wanted = keys_at_aws(user, signs_in);
    let there = match find(site, server, &user.name).await? {
        Some(there) => {
            whose(tenant, &there).map_err(|whose| AwsError::Refused {
                action: format!("transfer:UpdateUser on {name}"),
                code: "ResourceExistsException".to_owned(),
                said: format!("the server {server} has a user of that name already: {whose}"),
            })?;
            // Before anything that may fail: who may not sign in any more does not.
            for gone in there.ssh_public_keys().iter().filter(|there| {
                !wanted
                    .iter()
                    .any(|key| is_same(key.text(), &there.ssh_public_key_body))
            }) {
                transfer
                    .delete_ssh_public_key()
                    .server_id(server)
                    .user_name(name)
                    .ssh_public_key_id(&gone.ssh_public_key_id)
                    .send()
                    .await
                    .map_err(named("transfer:DeleteSshPublicKey", name))?;
            }
            let is_set = there.role.as_deref() == Some(role.0.as_str())
                && homes(&there) == [("/", tenant.place.home_target().as_str())]
                && same(&policy, there.policy.as_deref().unwrap_or_default());
            if !is_set {
                let update = transfer
                    .update_user()
                    .server_id(server)
                    .user_name(name)
                    .role(&role.0)
                    .home_directory_type(HomeDirectoryType::Logical)
                    .home_directory_mappings(home)
                    .policy(policy);
                once_known(|| update.clone().send())
                    .await
                    .map_err(named("transfer:UpdateUser", name))?;
            }
            there.ssh_public_keys.unwrap_or_default()
        }
        None => {
            let tag = Tag::builder()
                .key(TAG)
                .value(tenant.slug.as_str())
                .build()
                .map_err(unbuildable)?;
            let create = transfer
                .create_user()
                .server_id(server)
                .user_name(name)
                .role(&role.0)
                .home_directory_type(HomeDirectoryType::Logical)
                .home_directory_mappings(home)
                .policy(policy)
                .tags(tag);
            once_known(|| create.clone().send())
                .await
                .map_err(named("transfer:CreateUser", name))?;
            Vec::new()
        }
    };
    for new in wanted.iter().filter(|key| {
        !there
            .iter()
            .any(|there| is_same(key.text(), &there.ssh_public_key_body))
    }) {
        transfer
            .import_ssh_public_key()
            .server_id(server)
            .user_name(name)
            .ssh_public_key_body(new.text())
            .send()
            .await
            .map_err(named("transfer:ImportSshPublicKey", name))?;
    }
    Ok(())
}

/// Where a user's home directory leads, as (entry, target).
pub(super) fn homes(user: &DescribedUser) -> Vec<(&str, &str)> {
    let mappings = user.home_directory_mappings().iter();
    mappings
        .map(|mapping| (mapping.entry.as_str(), mapping.target.as_str()))
        .collect()
}

/// The keys that are to be at AWS.
pub(super) fn keys_at_aws(user: &TenantUser, signs_in: bool) -> &[SshPublicKey] {
    if signs_in && user.state == UserState::Active {
        &user.keys
    } else {
        &[]
    }
}

/// Whether two keys are one, whatever is written behind them.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let key = |text: &str| {
        let mut parts = text.split_whitespace().map(str::to_owned);
        Some((parts.next()?, parts.next()?))
    };
    key(one).is_some() && key(one) == key(other)
}

/// A user that was made by hand, or belongs to another tenant, is neither taken over nor removed.
fn whose(tenant: &Tenant, there: &DescribedUser) -> Result<(), String> {
    match there.tags().iter().find(|tag| tag.key == TAG) {
        Some(tag) if tag.value == tenant.slug.as_str() => Ok(()),
        Some(tag) => Err(format!("it belongs to the tenant {}", tag.value)),
        None => Err("it was not made by Tallyport".to_owned()),
    }
}

pub(super) async fn find(
    site: &Site,
    server: &str,
    name: &TenantUserName,
) -> Result<Option<DescribedUser>, AwsError> {
    let asked = site
        .transfer()
        .describe_user()
        .server_id(server)
        .user_name(name.as_str());
    match asked.send().await {
        Ok(answer) => Ok(Some(answer.user.ok_or_else(incomplete("the user"))?)),
        Err(error) if says(&error, "ResourceNotFoundException") => Ok(None),
        Err(error) => Err(named("transfer:DescribeUser", name.as_str())(error)),
    }
}

/// Removes a user of a tenant; one of that name who is not this tenant's stays.
///
/// # Errors
/// [`AwsError`].
pub async fn remove_user(
    site: &Site,
    tenant: &Tenant,
    server: &str,
    name: &TenantUserName,
) -> Result<(), AwsError> {
    let there = find(site, server, name).await?;
    if there.is_none_or(|there| whose(tenant, &there).is_err()) {
        return Ok(());
    }
    let asked = site
        .transfer()
        .delete_user()
        .server_id(server)
        .user_name(name.as_str());
    match asked.send().await {
        Ok(_) => Ok(()),
        Err(error) if says(&error, "ResourceNotFoundException") => Ok(()),
        Err(error) => Err(named("transfer:DeleteUser", name.as_str())(error)),
    }
}

/// The names of all users of a server who have that role.
pub(super) async fn with_role(
    site: &Site,
    server: &str,
    role: &RoleArn,
) -> Result<Vec<String>, AwsError> {
    let mut names = Vec::new();
    let mut pages = site
        .transfer()
        .list_users()
        .server_id(server)
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        let page = match page {
            Ok(page) => page,
            Err(error) if says(&error, "ResourceNotFoundException") => break,
            Err(error) => return Err(named("transfer:ListUsers", server)(error)),
        };
        let listed = page.users.into_iter();
        names.extend(
            listed
                .filter(|user| user.role.as_deref() == Some(role.0.as_str()))
                .filter_map(|user| user.user_name),
        );
    }
    Ok(names)
}
