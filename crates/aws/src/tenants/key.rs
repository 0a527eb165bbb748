//! Keys that files are encrypted with, found by their alias.

use aws_config::retry::RetryConfig;
use aws_sdk_kms::config::Builder;
use aws_sdk_kms::types::{KeyState, Tag};
use tallyport_ledger::tenant::{Tenant, TenantKey};

use super::{Site, TAG, incomplete, named, policy, says, stem, unbuildable};
use crate::AwsError;

/// The full name of a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyArn(pub String);

/// What the key of a tenant is called.
pub(super) fn alias(tenant: &Tenant) -> String {
    match tenant.key {
        TenantKey::Own => format!("alias/{}", stem(tenant)),
        TenantKey::Shared => "alias/tallyport-tenants".to_owned(),
    }
}

/// The key of a tenant, made the first time: its own or the one that all share, turned over every year. One
/// that was to be deleted is kept and used again.
///
/// # Errors
/// [`AwsError`].
pub async fn ensure_key(site: &Site, tenant: &Tenant) -> Result<KeyArn, AwsError> {
    let alias = alias(tenant);
    let kms = site.kms();
    let policy = policy::key_policy(&site.account, &site.region);
    let key = match find(site, &alias).await? {
        Some((key, state)) => {
            if state == Some(KeyState::PendingDeletion) {
                kms.cancel_key_deletion()
                    .key_id(&key.0)
                    .send()
                    .await
                    .map_err(named("kms:CancelKeyDeletion", &alias))?;
            }
            if matches!(state, Some(KeyState::PendingDeletion | KeyState::Disabled)) {
                kms.enable_key()
                    .key_id(&key.0)
                    .send()
                    .await
                    .map_err(named("kms:EnableKey", &alias))?;
            }
            kms.put_key_policy()
                .key_id(&key.0)
                .policy(&policy)
                .send()
                .await
                .map_err(named("kms:PutKeyPolicy", &alias))?;
            key
        }
        None => {
            let key = match tagged(site, &alias).await? {
                Some(key) => key,
                None => create(site, tenant, &alias, &policy).await?,
            };
            let given = kms
                .create_alias()
                .alias_name(&alias)
                .target_key_id(&key.0)
                .send()
                .await;
            match given {
                Ok(_) => {}
                // Asked again after an answer was lost: nobody else gives that name.
                Err(error) if says(&error, "AlreadyExistsException") => {}
                Err(error) => return Err(named("kms:CreateAlias", &alias)(error)),
            }
            key
        }
    };
    kms.enable_key_rotation()
        .key_id(&key.0)
        .send()
        .await
        .map_err(named("kms:EnableKeyRotation", &alias))?;
    Ok(key)
}

async fn create(
    site: &Site,
    tenant: &Tenant,
    alias: &str,
    policy: &str,
) -> Result<KeyArn, AwsError> {
    let tag = Tag::builder().tag_key(TAG).tag_value(alias).build();
    let asked = site
        .kms()
        .create_key()
        .description(format!("Files of {} (Tallyport)", whose(tenant)))
        .policy(policy)
        .tags(tag.map_err(unbuildable)?)
        .customize()
        .config_override(Builder::new().retry_config(RetryConfig::disabled()))
        .send()
        .await;
    match asked {
        Ok(answer) => {
            let metadata = answer.key_metadata.ok_or_else(incomplete("the key"))?;
            Ok(KeyArn(
                metadata.arn.ok_or_else(incomplete("the key's ARN"))?,
            ))
        }
        // Not asked again blindly, since a second key costs as much as the first. If only the answer was lost,
        // it is there, without an alias, and known by its tag.
        Err(error) => match (error.as_service_error(), tagged(site, alias).await?) {
            (None, Some(key)) => Ok(key),
            _ => Err(named("kms:CreateKey", alias)(error)),
        },
    }
}

/// The key that was made for an alias and did not get it, since that failed or nobody came so far. Asks for
/// the tags of every key of the region, once for each key that is made; who may not list them has none.
async fn tagged(site: &Site, alias: &str) -> Result<Option<KeyArn>, AwsError> {
    let kms = site.kms();
    let mut pages = kms.list_keys().into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = match page.map_err(AwsError::from_call("kms:ListKeys")) {
            Err(AwsError::Denied { .. }) => return Ok(None),
            page => page?,
        };
        for key in page.keys.unwrap_or_default() {
            let (Some(id), Some(arn)) = (key.key_id, key.key_arn) else {
                continue;
            };
            // AWS's own keys do not tell their tags.
            let Ok(answer) = kms.list_resource_tags().key_id(id).send().await else {
                continue;
            };
            let mut tags = answer.tags().iter();
            if tags.any(|tag| tag.tag_key == TAG && tag.tag_value == alias) {
                return Ok(Some(KeyArn(arn)));
            }
        }
    }
    Ok(None)
}

fn whose(tenant: &Tenant) -> &str {
    match tenant.key {
        TenantKey::Own => tenant.slug.as_str(),
        TenantKey::Shared => "all tenants",
    }
}

/// The key that an alias means, and how it stands.
pub(super) async fn find(
    site: &Site,
    alias: &str,
) -> Result<Option<(KeyArn, Option<KeyState>)>, AwsError> {
    match site.kms().describe_key().key_id(alias).send().await {
        Ok(answer) => {
            let metadata = answer.key_metadata.ok_or_else(incomplete("the key"))?;
            let arn = metadata.arn.ok_or_else(incomplete("the key's ARN"))?;
            Ok(Some((KeyArn(arn), metadata.key_state)))
        }
        Err(error) if says(&error, "NotFoundException") => Ok(None),
        Err(error) => Err(named("kms:DescribeKey", alias)(error)),
    }
}

/// Lets the tenant's own key be deleted after so many days, 7 to 30: until then it can be taken back, after
/// that nobody can read what it encrypted. The shared key stays.
///
/// # Errors
/// [`AwsError`].
pub async fn remove_key(site: &Site, tenant: &Tenant, pending_days: u8) -> Result<(), AwsError> {
    if tenant.key == TenantKey::Shared {
        return Ok(());
    }
    let alias = alias(tenant);
    match find(site, &alias).await? {
        None | Some((_, Some(KeyState::PendingDeletion))) => Ok(()),
        Some((key, _)) => {
            site.kms()
                .schedule_key_deletion()
                .key_id(&key.0)
                .pending_window_in_days(i32::from(pending_days))
                .send()
                .await
                .map_err(named("kms:ScheduleKeyDeletion", &alias))?;
            Ok(())
        }
    }
}
