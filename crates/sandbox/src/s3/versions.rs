//! What objects were before: kept where the bucket keeps versions, listed, read and removed.
//!
//! The newest version stands where an object without versions stands; those before it lie in
//! `versions/HASH/NUMBER.json`. A removal is a version too, without bytes.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::backend::Backend;
use super::record::{About, ObjectRecord, etag, signed, timestamp};
use super::store::{Store, broken, hash, read_record, write_record};
use crate::lock::locked;

/// What a removal did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Removed {
    /// Whether what came of it, or what was removed, is the mark of a removal.
    pub is_marker: bool,
    /// The version that came of it or was removed.
    pub version: Option<String>,
}

/// How a bucket stands to versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    Never,
    Suspended,
    Enabled,
}

impl Store {
    pub(super) fn keeping(&self, bucket: &str) -> S3Result<Keeping> {
        let configuration = self.bucket(bucket)?.configuration;
        Ok(match configuration.versioning.as_deref() {
            None => Keeping::Never,
            Some("Enabled") => Keeping::Enabled,
            Some(_) => Keeping::Suspended,
        })
    }

    fn history_folder(&self, bucket: &str, key: &str) -> PathBuf {
        self.bucket_folder(bucket).join("versions").join(hash(key))
    }

    /// The versions of a key but its newest, the newest of them first.
    fn history(&self, bucket: &str, key: &str) -> S3Result<Vec<ObjectRecord>> {
        records(&self.history_folder(bucket, key))
    }

    /// What the next version is called: its number, and its name where versions are kept.
    pub(super) fn next_version(
        &self,
        bucket: &str,
        key: &str,
        before: Option<&ObjectRecord>,
        keeping: Keeping,
    ) -> S3Result<(u64, Option<String>)> {
        let newest = match before {
            Some(before) => before.number,
            None => self
                .history(bucket, key)?
                .first()
                .map_or(0, |one| one.number),
        };
        let number = newest + 1;
        let name = hash(&format!("{key}/{number}"));
        Ok((
            number,
            (keeping == Keeping::Enabled).then(|| name[..32].to_owned()),
        ))
    }

    /// Puts what was the newest version among those before it, or says which file is to be forgotten with it
    /// where it is not kept.
    pub(super) fn put_by(
        &self,
        bucket: &str,
        before: &ObjectRecord,
        keeping: Keeping,
    ) -> S3Result<Option<PathBuf>> {
        // A version without a name is the one that there is only one of.
        let is_kept = match keeping {
            Keeping::Never => false,
            Keeping::Suspended => before.version.is_some(),
            Keeping::Enabled => true,
        };
        if !is_kept {
            return Ok((!before.is_removal).then(|| self.blob_path(bucket, &before.blob)));
        }
        let folder = self.history_folder(bucket, &before.key);
        fs::create_dir_all(&folder).map_err(broken)?;
        write_record(&self.kept_path(bucket, before), before).map_err(broken)?;
        Ok(None)
    }

    /// Removes an object; that it was not there is no error to S3.
    pub fn remove_object(&self, bucket: &str, key: &str, at: &str) -> S3Result<Removed> {
        let keeping = self.keeping(bucket)?;
        let _publishing = locked(&self.publishing);
        let path = self.record_path(bucket, key);
        let before = read_record::<ObjectRecord>(&path)?;
        if keeping == Keeping::Never {
            if let Some(record) = before {
                fs::remove_file(&path).map_err(broken)?;
                let _ = fs::remove_file(self.blob_path(bucket, &record.blob));
                self.written();
            }
            return Ok(Removed::default());
        }
        let (number, version) = self.next_version(bucket, key, before.as_ref(), keeping)?;
        let forgotten = match &before {
            Some(before) => self.put_by(bucket, before, keeping)?,
            None => None,
        };
        let marker = ObjectRecord {
            version: version.clone(),
            number,
            ..ObjectRecord::removal(key, at)
        };
        write_record(&path, &marker).map_err(broken)?;
        self.written();
        if let Some(forgotten) = forgotten {
            let _ = fs::remove_file(forgotten);
        }
        Ok(Removed {
            is_marker: true,
            version: Some(version.unwrap_or_else(|| NULL.to_owned())),
        })
    }

    /// Removes one version for ever; the one before it becomes the newest.
    pub fn remove_version(&self, bucket: &str, key: &str, version: &str) -> S3Result<Removed> {
        let _publishing = locked(&self.publishing);
        let path = self.record_path(bucket, key);
        let newest = read_record::<ObjectRecord>(&path)?;
        let history = self.history(bucket, key)?;
        let is_it = |record: &ObjectRecord| record.version_name() == version;
        let removed = if newest.as_ref().is_some_and(is_it) {
            fs::remove_file(&path).map_err(broken)?;
            if let Some(next) = history.first() {
                let kept = self.kept_path(bucket, next);
                fs::rename(kept, &path).map_err(broken)?;
            }
            newest
        } else {
            let found = history.into_iter().find(is_it);
            if let Some(record) = &found {
                fs::remove_file(self.kept_path(bucket, record)).map_err(broken)?;
            }
            found
        };
        if let Some(record) = &removed {
            let _ = fs::remove_file(self.blob_path(bucket, &record.blob));
        }
        self.written();
        // The folder goes with the last of its versions.
        let _ = fs::remove_dir(self.history_folder(bucket, key));
        Ok(Removed {
            is_marker: removed.is_some_and(|record| record.is_removal),
            version: Some(version.to_owned()),
        })
    }

    fn kept_path(&self, bucket: &str, record: &ObjectRecord) -> PathBuf {
        let folder = self.history_folder(bucket, &record.key);
        folder.join(format!("{:010}.json", record.number))
    }

    /// The version of an object that is asked for, or what is there.
    pub fn version(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
    ) -> S3Result<ObjectRecord> {
        let Some(version) = version else {
            return self.object(bucket, key);
        };
        let newest = read_record::<ObjectRecord>(&self.record_path(bucket, key))?;
        let mut all = newest.into_iter().chain(self.history(bucket, key)?);
        let found = all.find(|record| record.version_name() == version);
        let found = found
            .ok_or_else(|| s3_error!(NoSuchVersion, "The specified version does not exist."))?;
        if found.is_removal {
            return Err(s3_error!(
                MethodNotAllowed,
                "The specified method is not allowed against this resource."
            ));
        }
        Ok(found)
    }

    /// Every version of every object, and whether it is the newest: by key, the newest first.
    pub fn all_versions(&self, bucket: &str) -> S3Result<Vec<(ObjectRecord, bool)>> {
        let folder = self.bucket_folder(bucket);
        let newest = records(&folder.join("objects"))?;
        let mut all: Vec<(ObjectRecord, bool)> =
            newest.into_iter().map(|record| (record, true)).collect();
        match fs::read_dir(folder.join("versions")) {
            Ok(entries) => {
                for entry in entries {
                    let path = entry.map_err(broken)?.path();
                    all.extend(records(&path)?.into_iter().map(|record| (record, false)));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(broken(error)),
        }
        all.sort_by(|(one, _), (two, _)| (&one.key, two.number).cmp(&(&two.key, one.number)));
        Ok(all)
    }
}

/// What S3 calls the version of an object that was written before versions were kept.
const NULL: &str = "null";

impl ObjectRecord {
    /// What the version is called.
    pub fn version_name(&self) -> &str {
        self.version.as_deref().unwrap_or(NULL)
    }

    /// The mark of a removal.
    fn removal(key: &str, at: &str) -> Self {
        Self {
            key: key.to_owned(),
            blob: String::new(),
            size: 0,
            etag: String::new(),
            modified: at.to_owned(),
            digests: Default::default(),
            kind: super::checksum::Kind::FullObject,
            parts: vec![],
            about: About::default(),
            version: None,
            number: 0,
            is_removal: true,
            is_story: false,
            is_repeated: false,
        }
    }
}

/// The records of a folder, the newest first.
fn records(folder: &std::path::Path) -> S3Result<Vec<ObjectRecord>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(broken(error)),
    };
    let mut found: Vec<ObjectRecord> = vec![];
    for entry in entries {
        let path = entry.map_err(broken)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            found.extend(read_record(&path)?);
        }
    }
    found.sort_by_key(|record| std::cmp::Reverse(record.number));
    Ok(found)
}

pub(crate) fn list(
    backend: &Backend,
    request: &S3Request<ListObjectVersionsInput>,
) -> S3Result<S3Response<ListObjectVersionsOutput>> {
    let input = &request.input;
    backend.bucket_for(request, &input.bucket)?;
    if input
        .delimiter
        .as_ref()
        .is_some_and(|delimiter| !delimiter.is_empty())
    {
        return Err(s3_error!(
            NotImplemented,
            "The sandbox lists versions without a delimiter."
        ));
    }
    let prefix = input.prefix.clone().unwrap_or_default();
    let mut all = backend.store.all_versions(&input.bucket)?;
    all.retain(|(record, _)| record.key.starts_with(&prefix));
    if let Some(key) = &input.key_marker {
        let version = input
            .version_id_marker
            .clone()
            .filter(|version| !version.is_empty());
        let past = all.iter().position(|(record, _)| {
            record.key == *key && version.as_deref() == Some(record.version_name())
        });
        match past {
            Some(at) => drop(all.drain(..=at)),
            None => all.retain(|(record, _)| record.key > *key),
        }
    }
    let size = super::listing::page_size(input.max_keys)?;
    let is_truncated = all.len() > size;
    all.truncate(size);
    let last = all.last().filter(|_| is_truncated);
    let (next_key_marker, next_version_id_marker) = (
        last.map(|(record, _)| record.key.clone()),
        last.map(|(record, _)| record.version_name().to_owned()),
    );
    let encoded = |text: String| super::listing::encoded(input.encoding_type.as_ref(), text);
    let (mut versions, mut markers) = (vec![], vec![]);
    for (record, is_latest) in all {
        let version_id = Some(record.version_name().to_owned());
        if record.is_removal {
            markers.push(DeleteMarkerEntry {
                is_latest: Some(is_latest),
                key: Some(encoded(record.key)),
                last_modified: timestamp(&record.modified),
                version_id,
                ..Default::default()
            });
        } else {
            versions.push(ObjectVersion {
                is_latest: Some(is_latest),
                key: Some(encoded(record.key)),
                last_modified: timestamp(&record.modified),
                e_tag: etag(&record.etag),
                size: Some(signed(record.size)),
                storage_class: Some(ObjectVersionStorageClass::from_static(
                    ObjectVersionStorageClass::STANDARD,
                )),
                version_id,
                ..Default::default()
            });
        }
    }
    Ok(S3Response::new(ListObjectVersionsOutput {
        name: Some(input.bucket.clone()),
        prefix: input.prefix.clone().map(encoded),
        encoding_type: input.encoding_type.clone(),
        key_marker: input.key_marker.clone(),
        version_id_marker: input.version_id_marker.clone(),
        next_key_marker: next_key_marker.map(encoded),
        next_version_id_marker,
        is_truncated: Some(is_truncated),
        max_keys: i32::try_from(size).ok(),
        versions: Some(versions),
        delete_markers: Some(markers),
        ..Default::default()
    }))
}
