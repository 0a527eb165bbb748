use std::collections::BTreeMap;

use aws_config::SdkConfig;

use super::{Bucket, Export, data_exports, reports};
use crate::{AwsError, Identity, identity};

/// What can be found with credentials and nothing else.
#[derive(Debug, Clone)]
pub struct Discovery {
    /// Who AWS takes us for.
    pub identity: Identity,
    /// The exports, those that can be used first, then by name.
    pub exports: Vec<Export>,
    /// Permissions that are missing, such as `cur:DescribeReportDefinitions`.
    pub missing_permissions: Vec<String>,
}

/// Looks for cost exports. Costs nothing; a permission that is missing is told, not an error.
///
/// # Errors
/// [`AwsError`] for anything but a missing permission.
pub async fn discover(config: &SdkConfig) -> Result<Discovery, AwsError> {
    let identity = identity(config).await?;
    let mut found = Discovery {
        exports: Vec::new(),
        missing_permissions: Vec::new(),
        identity,
    };
    found.take(data_exports::list(config).await)?;
    let reports = reports::list(config, &found.identity.account).await;
    found.take(reports)?;
    found.try_buckets(config).await?;
    found.exports.sort_by(|one, other| {
        let place = |export: &Export| (!export.usable, export.name.clone(), export.id.clone());
        place(one).cmp(&place(other))
    });
    Ok(found)
}

impl Discovery {
    fn take(&mut self, found: Result<Vec<Export>, AwsError>) -> Result<(), AwsError> {
        match found {
            Ok(exports) => self.exports.extend(exports),
            Err(AwsError::Denied { action, .. }) => self.missing_permissions.push(action),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// An export in a bucket that may not be listed cannot be used.
    async fn try_buckets(&mut self, config: &SdkConfig) -> Result<(), AwsError> {
        let mut tried: BTreeMap<String, Option<String>> = BTreeMap::new();
        for export in &mut self.exports {
            if !tried.contains_key(&export.bucket) {
                let opened = Bucket::open(config, &export.bucket, export.region.as_deref()).await;
                let refused = match opened {
                    Ok(_) => None,
                    Err(AwsError::Denied { action, .. }) => {
                        self.missing_permissions.push(action.clone());
                        Some(format!("the permission {action} is missing"))
                    }
                    Err(error @ AwsError::NoBucket { .. }) => Some(error.to_string()),
                    Err(error) => return Err(error),
                };
                tried.insert(export.bucket.clone(), refused);
            }
            if let Some(Some(refused)) = tried.get(&export.bucket) {
                export.usable = false;
                export.reason = Some(refused.clone());
            }
        }
        Ok(())
    }
}
