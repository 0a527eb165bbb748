//! The folder: `BUCKET/bucket.json`, `objects/HASH.json`, `blobs/…`, `uploads/ID/…`.
//!
//! A key may hold anything and be a kilobyte long, so that files are named by its hash. The record
//! of an object names its blob; publishing is moving the record into place.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use s3s::crypto::{Checksum as _, Md5};
use s3s::{S3Error, S3Result, s3_error};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::checksum::{Algorithm, Digests, Kind, finished, hasher};
use super::configuration::Configuration;
use super::receive::hexadecimal;
use super::record::{About, BucketRecord, ObjectRecord};
use crate::lock::locked;
use crate::sandbox::name_of_its_own;

#[derive(Debug, Clone)]
pub(crate) struct Store {
    folder: PathBuf,
    /// Held while something is published, so that conditions are decided one at a time.
    pub(super) publishing: Arc<Mutex<()>>,
    /// How often something was written here: what was read before is then read again.
    writes: Arc<AtomicU64>,
    read: Arc<Mutex<BTreeMap<String, Read>>>,
}

/// The objects of a bucket as they were read.
#[derive(Debug, Clone)]
struct Read {
    /// When the folder had changed last by then, by whichever process, and how often this one had written.
    state: (SystemTime, u64),
    objects: Arc<Vec<ObjectRecord>>,
}

/// A condition on what is there when an object is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    None,
    /// Nothing may be there.
    Absent,
    /// An object with this entity tag must be there.
    Matches(String),
}

impl Store {
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            publishing: Arc::default(),
            writes: Arc::default(),
            read: Arc::default(),
        })
    }

    /// Makes a bucket unless it is there; says whether it was made.
    pub fn found_bucket(
        &self,
        name: &str,
        account: &str,
        region: &str,
        created: &str,
    ) -> io::Result<bool> {
        let folder = self.folder.join(name);
        for part in ["objects", "blobs", "uploads"] {
            fs::create_dir_all(folder.join(part))?;
        }
        let path = folder.join("bucket.json");
        if path.exists() {
            return Ok(false);
        }
        let record = BucketRecord {
            name: name.into(),
            account: account.into(),
            region: region.into(),
            created: created.into(),
            configuration: Configuration::default(),
        };
        self.write_bucket(&record)?;
        Ok(true)
    }

    /// Writes what a bucket is set to.
    pub fn write_bucket(&self, record: &BucketRecord) -> io::Result<()> {
        write_record(&self.folder.join(&record.name).join("bucket.json"), record)
    }

    pub fn bucket(&self, name: &str) -> S3Result<BucketRecord> {
        read_record(&self.folder.join(name).join("bucket.json"))?
            .ok_or_else(|| s3_error!(NoSuchBucket, "The specified bucket does not exist"))
    }

    pub fn buckets(&self) -> S3Result<Vec<BucketRecord>> {
        let mut found = vec![];
        for entry in fs::read_dir(&self.folder).map_err(broken)? {
            found.extend(read_record(
                &entry.map_err(broken)?.path().join("bucket.json"),
            )?);
        }
        found.sort_by(|one: &BucketRecord, two| one.name.cmp(&two.name));
        Ok(found)
    }

    pub fn remove_bucket(&self, name: &str) -> S3Result<()> {
        let _publishing = locked(&self.publishing);
        let folder = self.folder.join(name);
        let has_uploads = fs::read_dir(folder.join("uploads"))
            .map_err(broken)?
            .next()
            .is_some();
        // Older versions and the marks of removals are something, too.
        if has_uploads || !self.all_versions(name)?.is_empty() {
            return Err(s3_error!(
                BucketNotEmpty,
                "The bucket you tried to delete is not empty"
            ));
        }
        fs::remove_dir_all(folder).map_err(broken)?;
        self.written();
        Ok(())
    }

    /// Every object of a bucket, in the order of keys as S3 has it: by bytes. What was read is kept until the
    /// folder changes, so that a large bucket is read once and not for every page.
    pub fn objects(&self, bucket: &str) -> S3Result<Arc<Vec<ObjectRecord>>> {
        let folder = self.bucket_folder(bucket).join("objects");
        // Looked at first: what changes while it is read is read again the next time.
        let changed = fs::metadata(&folder).and_then(|about| about.modified());
        let state = (changed.map_err(broken)?, self.writes.load(Ordering::SeqCst));
        let kept = locked(&self.read).get(bucket).cloned();
        if let Some(kept) = kept.filter(|kept| kept.state == state) {
            return Ok(kept.objects);
        }
        let mut found = vec![];
        for entry in fs::read_dir(&folder).map_err(broken)? {
            let path = entry.map_err(broken)?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                found.extend(read_record(&path)?);
            }
        }
        found.retain(|record: &ObjectRecord| !record.is_removal);
        found.sort_by(|one, two| one.key.cmp(&two.key));
        let objects = Arc::new(found);
        let read = Read {
            state,
            objects: objects.clone(),
        };
        locked(&self.read).insert(bucket.to_owned(), read);
        Ok(objects)
    }

    pub fn object(&self, bucket: &str, key: &str) -> S3Result<ObjectRecord> {
        self.find_object(bucket, key)?
            .ok_or_else(|| s3_error!(NoSuchKey, "The specified key does not exist."))
    }

    pub fn find_object(&self, bucket: &str, key: &str) -> S3Result<Option<ObjectRecord>> {
        let found = read_record::<ObjectRecord>(&self.record_path(bucket, key))?;
        Ok(found.filter(|record| !record.is_removal))
    }

    /// Something was written: what was read before is not to be believed any more.
    pub(super) fn written(&self) {
        self.writes.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn bucket_folder(&self, bucket: &str) -> PathBuf {
        self.folder.join(bucket)
    }

    pub(super) fn record_path(&self, bucket: &str, key: &str) -> PathBuf {
        self.bucket_folder(bucket)
            .join("objects")
            .join(format!("{}.json", hash(key)))
    }

    pub fn blob_path(&self, bucket: &str, blob: &str) -> PathBuf {
        self.folder.join(bucket).join("blobs").join(blob)
    }

    pub fn uploads_folder(&self, bucket: &str) -> PathBuf {
        self.folder.join(bucket).join("uploads")
    }

    /// A new blob that nothing names yet. It is removed again unless it is published.
    pub fn new_blob(&self, bucket: &str, key: &str) -> S3Result<Aside> {
        Aside::create(&self.folder.join(bucket).join("blobs"), &hash(key)[..16])
    }

    /// Publishes an object whose blob was written and verified, and says which version it is.
    pub fn publish(
        &self,
        bucket: &str,
        record: &ObjectRecord,
        blob: Aside,
        condition: &Condition,
    ) -> S3Result<Option<String>> {
        let keeping = self.keeping(bucket)?;
        let _publishing = locked(&self.publishing);
        let path = self.record_path(bucket, &record.key);
        let before = read_record::<ObjectRecord>(&path)?;
        let there = before.as_ref().filter(|before| !before.is_removal);
        let failed = || {
            s3_error!(
                PreconditionFailed,
                "At least one of the pre-conditions you specified did not hold"
            )
        };
        match (condition, there) {
            (Condition::Absent, Some(_)) => return Err(failed()),
            (Condition::Matches(_), None) => {
                return Err(s3_error!(NoSuchKey, "The specified key does not exist."));
            }
            (Condition::Matches(etag), Some(there)) if there.etag != *etag => {
                return Err(failed());
            }
            _ => {}
        }
        let (number, version) = self.next_version(bucket, &record.key, before.as_ref(), keeping)?;
        let record = ObjectRecord {
            number,
            version: version.clone(),
            ..record.clone()
        };
        if *condition == Condition::Absent && before.is_none() {
            // A link fails where a file is, also when another process was quicker.
            let aside = path.with_extension(format!("{}.new", name_of_its_own()));
            fs::write(
                &aside,
                serde_json::to_vec(&record).map_err(S3Error::internal_error)?,
            )
            .map_err(broken)?;
            let linked = fs::hard_link(&aside, &path);
            let _ = fs::remove_file(&aside);
            linked.map_err(|error| {
                if error.kind() == ErrorKind::AlreadyExists {
                    failed()
                } else {
                    broken(error)
                }
            })?;
            blob.keep();
            self.written();
            return Ok(version);
        }
        let forgotten = match &before {
            Some(before) => self.put_by(bucket, before, keeping)?,
            None => None,
        };
        write_record(&path, &record).map_err(broken)?;
        blob.keep();
        self.written();
        if let Some(forgotten) = forgotten {
            let _ = fs::remove_file(forgotten);
        }
        Ok(version)
    }

    /// Publishes an object that is in memory whole, as AWS itself writes it.
    pub fn put_whole(
        &self,
        bucket: &str,
        key: &str,
        bytes: &[u8],
        kind: &str,
        modified: &str,
    ) -> S3Result<()> {
        let blob = self.new_blob(bucket, key)?;
        fs::write(&blob.path, bytes).map_err(broken)?;
        let (mut checksum, mut md5) = (hasher([Algorithm::Crc64Nvme]), Md5::new());
        checksum.update(bytes);
        md5.update(bytes);
        let record = ObjectRecord {
            size: bytes.len() as u64,
            etag: hexadecimal(&md5.finalize()),
            digests: finished(checksum),
            ..ObjectRecord::of_the_story(key, &blob, kind, modified)
        };
        self.publish(bucket, &record, blob, &Condition::None)?;
        Ok(())
    }

    /// Publishes an object of `size` bytes that are `beginning` again and again. It has the entity tag of an
    /// upload in parts, and no checksum, as objects of before 2022 have none.
    pub fn put_repeated(
        &self,
        bucket: &str,
        key: &str,
        beginning: &[u8],
        size: u64,
        modified: &str,
    ) -> S3Result<()> {
        let blob = self.new_blob(bucket, key)?;
        fs::write(&blob.path, beginning).map_err(broken)?;
        let mut md5 = Md5::new();
        md5.update(key.as_bytes());
        let record = ObjectRecord {
            size,
            etag: format!("{}-1000", hexadecimal(&md5.finalize())),
            is_repeated: true,
            ..ObjectRecord::of_the_story(key, &blob, "application/octet-stream", modified)
        };
        self.publish(bucket, &record, blob, &Condition::None)?;
        Ok(())
    }
}

impl ObjectRecord {
    /// An object that is there without anybody having asked for it.
    fn of_the_story(key: &str, blob: &Aside, kind: &str, modified: &str) -> Self {
        Self {
            key: key.into(),
            blob: blob.name.clone(),
            size: 0,
            etag: String::new(),
            modified: modified.into(),
            digests: Digests::default(),
            kind: Kind::FullObject,
            parts: vec![],
            about: About {
                content_type: Some(kind.into()),
                ..About::default()
            },
            version: None,
            number: 0,
            is_removal: false,
            is_story: true,
            is_repeated: false,
        }
    }
}

/// A file that is removed unless it is kept.
#[derive(Debug)]
pub(crate) struct Aside {
    pub path: PathBuf,
    pub name: String,
    is_kept: bool,
}

impl Aside {
    pub fn create(folder: &Path, stem: &str) -> S3Result<Self> {
        loop {
            let name = format!("{stem}-{}", name_of_its_own());
            let path = folder.join(&name);
            match fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path)
            {
                Ok(_) => {
                    return Ok(Self {
                        path,
                        name,
                        is_kept: false,
                    });
                }
                // A process of an earlier day had this number.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(broken(error)),
            }
        }
    }

    pub fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Something is wrong with the folder itself.
pub(crate) fn broken(error: io::Error) -> S3Error {
    S3Error::internal_error(error)
}

pub(crate) fn hash(key: &str) -> String {
    Sha256::digest(key.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub(crate) fn write_record<T: Serialize>(path: &Path, record: &T) -> io::Result<()> {
    crate::sandbox::publish(path, &serde_json::to_vec(record)?)
}

pub(crate) fn read_record<T: DeserializeOwned>(path: &Path) -> S3Result<Option<T>> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(S3Error::internal_error),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(broken(error)),
    }
}
