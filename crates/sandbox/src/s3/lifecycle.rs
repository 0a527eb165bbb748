//! What a bucket's lifecycle rules do when a day begins: parts and versions that nobody wants go.

use jiff::ToSpan as _;
use jiff::civil::Date;
use s3s::S3Result;

use super::configuration::Rule;
use super::record::UploadRecord;
use super::store::{Store, broken, read_record};

impl Store {
    /// Does what the rules of every bucket say at the beginning of a day.
    pub fn sweep(&self, today: Date) -> S3Result<()> {
        for bucket in self.buckets()? {
            for rule in bucket
                .configuration
                .lifecycle
                .iter()
                .filter(|rule| rule.is_enabled)
            {
                self.sweep_uploads(&bucket.name, rule, today)?;
                self.sweep_versions(&bucket.name, rule, today)?;
            }
        }
        Ok(())
    }

    fn sweep_uploads(&self, bucket: &str, rule: &Rule, today: Date) -> S3Result<()> {
        for entry in std::fs::read_dir(self.uploads_folder(bucket)).map_err(broken)? {
            let folder = entry.map_err(broken)?.path();
            let upload: Option<UploadRecord> = read_record(&folder.join("upload.json"))?;
            let is_over = upload.is_some_and(|upload| {
                upload.key.starts_with(&rule.prefix)
                    && is_over(&upload.initiated, rule.abort_after, today)
            });
            if is_over {
                std::fs::remove_dir_all(folder).map_err(broken)?;
            }
        }
        Ok(())
    }

    fn sweep_versions(&self, bucket: &str, rule: &Rule, today: Date) -> S3Result<()> {
        if rule.noncurrent_after.is_none() && rule.expire_after.is_none() {
            return Ok(());
        }
        // The newest of a key comes first: a version is older since the one before it in this list came.
        let mut newer: Option<(String, String)> = None;
        for (record, is_newest) in self.all_versions(bucket)? {
            let since = newer
                .filter(|(key, _)| *key == record.key)
                .map(|(_, at)| at);
            newer = Some((record.key.clone(), record.modified.clone()));
            if !record.key.starts_with(&rule.prefix) {
                continue;
            }
            if is_newest
                && !record.is_removal
                && is_over(&record.modified, rule.expire_after, today)
            {
                self.remove_object(bucket, &record.key, &format!("{today}T00:00:00.000Z"))?;
            } else if since.is_some_and(|since| is_over(&since, rule.noncurrent_after, today)) {
                self.remove_version(bucket, &record.key, record.version_name())?;
            }
        }
        Ok(())
    }
}

/// Whether what happened `at` is so many days ago.
fn is_over(at: &str, days: Option<i32>, today: Date) -> bool {
    let day = at.get(..10).and_then(|day| day.parse::<Date>().ok());
    match (day, days) {
        (Some(day), Some(days)) => day.saturating_add(days.days()) <= today,
        _ => false,
    }
}
