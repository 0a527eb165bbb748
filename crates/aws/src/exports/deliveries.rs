use std::collections::BTreeMap;

use tallyport_ledger::BillingPeriod;

use super::{Bucket, Export, ExportService, Object};
use crate::AwsError;

/// The newest delivery of a month: its manifest, not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The month.
    pub period: BillingPeriod,
    /// The manifest. AWS writes it after the files that it names.
    pub manifest: Object,
}

/// The newest delivery of every month of an export, the oldest month first.
///
/// # Errors
/// [`AwsError`] names the bucket.
pub async fn deliveries(bucket: &Bucket, export: &Export) -> Result<Vec<Delivery>, AwsError> {
    let manifests = match export.service {
        ExportService::DataExports => of_data_export(bucket, export).await?,
        ExportService::Reports => of_report(bucket, export).await?,
    };
    let mut newest: BTreeMap<BillingPeriod, Object> = BTreeMap::new();
    for (period, manifest) in manifests {
        let age = |object: &Object| (object.modified, object.key.clone());
        let is_newer = newest
            .get(&period)
            .is_none_or(|known| age(known) < age(&manifest));
        if is_newer {
            newest.insert(period, manifest);
        }
    }
    let deliveries = newest.into_iter();
    Ok(deliveries
        .map(|(period, manifest)| Delivery { period, manifest })
        .collect())
}

/// `PREFIX/NAME/metadata/BILLING_PERIOD=YYYY-MM/[…/]NAME-Manifest.json`.
async fn of_data_export(
    bucket: &Bucket,
    export: &Export,
) -> Result<Vec<(BillingPeriod, Object)>, AwsError> {
    let listed = bucket.list(&below(export, "metadata/")).await?;
    let manifests = listed.into_iter().filter_map(|object| {
        let period = object.key.split('/').find_map(|part| {
            let (name, month) = part.split_once('=')?;
            let is_period = name.eq_ignore_ascii_case("billing_period");
            is_period.then(|| month.parse().ok()).flatten()
        })?;
        is_manifest(&object.key).then_some((period, object))
    });
    Ok(manifests.collect())
}

/// `PREFIX/NAME/YYYYMMDD-YYYYMMDD/NAME-Manifest.json`: the one that lies directly in a month's folder is
/// the newest. What lies below is not listed: with a delivery thrice a day it is long.
async fn of_report(
    bucket: &Bucket,
    export: &Export,
) -> Result<Vec<(BillingPeriod, Object)>, AwsError> {
    let (_, folders) = bucket.folder(&below(export, "")).await?;
    let mut manifests = Vec::new();
    for folder in folders {
        let Some(period) = month_of(&folder) else {
            continue;
        };
        let (objects, _) = bucket.folder(&folder).await?;
        let found = objects.into_iter().find(|object| is_manifest(&object.key));
        manifests.extend(found.map(|object| (period, object)));
    }
    Ok(manifests)
}

fn is_manifest(key: &str) -> bool {
    key.ends_with("-Manifest.json")
}

/// The month of `…/YYYYMMDD-YYYYMMDD/`.
fn month_of(folder: &str) -> Option<BillingPeriod> {
    let name = folder.trim_end_matches('/').rsplit('/').next()?;
    let (from, to) = name.split_once('-')?;
    let is_day = |text: &str| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = from.get(..6)?.parse().ok()?;
    (is_day(from) && is_day(to))
        .then(|| BillingPeriod::from_number(number).ok())
        .flatten()
}

fn below(export: &Export, rest: &str) -> String {
    let prefix = export.prefix.trim_end_matches('/');
    let slash = if prefix.is_empty() { "" } else { "/" };
    format!("{prefix}{slash}{}/{rest}", export.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_months_folder_is_told_by_its_two_days() {
        let june = Some("2023-06".parse().unwrap());
        assert_eq!(month_of("cur/hourly/20230601-20230701/"), june);
        assert_eq!(month_of("cur/hourly/year=2023/"), None);
        assert_eq!(month_of("cur/hourly/20230601-latest/"), None);
        assert_eq!(month_of("cur/hourly/20231301-20240101/"), None);
    }
}
