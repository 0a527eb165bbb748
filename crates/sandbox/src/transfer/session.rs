//! What an SFTP client would do: sign in with a key, send, fetch, look, remove. No socket is opened, and
//! everything else is as it would be: the key must be there, the role must trust the server, the policies
//! decide about every file, the log is written, and what was moved stands on the bill.

use std::time::SystemTime;

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_async::time::TimeSource;
use aws_smithy_types::body::SdkBody;
use jiff::ToSpan as _;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::record::UserRecord;
use super::{ServerRecord, checks};
use crate::identity::Rights;
use crate::logs::{Event, Logs, Sftp, milliseconds};
use crate::policy::{Circumstances, Principal};
use crate::sandbox::State;

/// Why somebody is not let in, or may not do what they want.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SftpRefusal {
    /// Nobody is let in like that.
    #[error("Permission denied (publickey): {0}")]
    SignIn(String),
    /// The policies do not allow it.
    #[error("Permission denied: {0}")]
    Denied(String),
    /// There is no such file.
    #[error("No such file: {0}")]
    NoFile(String),
    /// The sandbox's own folder cannot be used.
    #[error("The sandbox failed: {0}")]
    Broken(String),
}

/// Somebody who is signed in.
#[derive(Debug)]
pub struct SftpSession {
    s3: Client,
    user: UserRecord,
    sftp: Sftp,
    at: DateTime,
    log: Vec<Event>,
    group: Option<(String, String, String)>,
    logs: Logs,
}

/// The moment at which all of a session happens.
#[derive(Debug)]
struct Moment(SystemTime);

impl TimeSource for Moment {
    fn now(&self) -> SystemTime {
        self.0
    }
}

impl SftpSession {
    /// Lets somebody in who shows a key. `config` leads into this sandbox.
    pub(crate) fn open(
        state: &State,
        config: &SdkConfig,
        server: &str,
        (user, public_key, address): (&str, &str, &str),
        at: DateTime,
    ) -> Result<Self, SftpRefusal> {
        let servers = state.transfer.0.read();
        let server = servers.servers.iter().find(|one| one.id == server);
        let server = server.ok_or_else(|| refused("there is no such server"))?;
        if server.state != "ONLINE" {
            return Err(refused("the server is offline"));
        }
        let accounts = state.company.accounts();
        let account = accounts.iter().find(|one| one.id == server.account);
        let account = account
            .ok_or_else(|| refused("there is no such account"))?
            .id;
        let unique = format!("{}/{user}/{at}/{}", server.id, state.identities.sessions());
        let mut sftp = Sftp {
            server_arn: server.arn(),
            role: String::new(),
            user: user.to_owned(),
            session: crate::company::code_of(&unique, 16),
            address: address.to_owned(),
        };
        let (when, fingerprint) = (milliseconds(at), checks::fingerprint(public_key));
        let group = server.log_destinations.first().map(|arn| {
            let name = arn.split(":log-group:").nth(1).unwrap_or_default();
            let name = name.trim_end_matches(":*").to_owned();
            (server.account.clone(), server.region.clone(), name)
        });
        let not_let_in = |sftp: &Sftp, why: &str| {
            let event = sftp.refused(when, why, &fingerprint);
            write_log(&state.logs, group.as_ref(), vec![event])?;
            Err(refused(why))
        };
        let known = server.users.get(user).filter(|record| {
            let mut keys = record.keys.iter();
            keys.any(|key| checks::same_key(&key.body, public_key))
        });
        let Some(record) = known.cloned() else {
            return not_let_in(&sftp, "the key is not one of that user's");
        };
        sftp.role.clone_from(&record.role);
        let Some(rights) = become_role(state, server, account, user, &record) else {
            return not_let_in(
                &sftp,
                "the role of that user cannot be assumed for this server",
            );
        };
        let role = record.role.rsplit('/').next().unwrap_or_default();
        let until = at.saturating_add(1.hour());
        let session = state
            .identities
            .open_session((account, role, user), rights, until);
        let credentials = Credentials::new(
            session.access_key,
            session.secret_key,
            Some(session.token),
            None,
            "TransferFamily",
        );
        let moment = at.to_zoned(TimeZone::UTC).map(|at| at.timestamp().into());
        let config = config
            .to_builder()
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .region(aws_config::Region::new(server.region.clone()))
            .time_source(Moment(moment.unwrap_or(SystemTime::UNIX_EPOCH)))
            .build();
        let kind = public_key.split(' ').next().unwrap_or_default();
        let log = vec![sftp.connected(when, &fingerprint, kind)];
        Ok(Self {
            s3: Client::new(&config),
            user: record,
            sftp,
            at,
            log,
            group,
            logs: state.logs.clone(),
        })
    }

    /// Sends a file.
    ///
    /// # Errors
    /// [`SftpRefusal::Denied`] if the policies do not allow it.
    pub async fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), SftpRefusal> {
        let (bucket, key) = self.target(path)?;
        let body = SdkBody::from(bytes.to_vec());
        let asked = self
            .s3
            .put_object()
            .bucket(&bucket)
            .key(&key)
            .body(body.into());
        asked.send().await.map_err(|error| told(path, &error))?;
        self.note_move(
            &bucket,
            &key,
            "CREATE|TRUNCATE|WRITE",
            (bytes.len() as u64, 0),
        );
        Ok(())
    }

    /// Fetches a file.
    ///
    /// # Errors
    /// [`SftpRefusal::Denied`], [`SftpRefusal::NoFile`].
    pub async fn get(&mut self, path: &str) -> Result<Vec<u8>, SftpRefusal> {
        let (bucket, key) = self.target(path)?;
        let asked = self.s3.get_object().bucket(&bucket).key(&key);
        let answer = asked.send().await.map_err(|error| told(path, &error))?;
        let body = answer.body.collect().await;
        let bytes = body
            .map_err(|error| SftpRefusal::Broken(error.to_string()))?
            .to_vec();
        self.note_move(&bucket, &key, "READ", (0, bytes.len() as u64));
        Ok(bytes)
    }

    /// The names that lie in a folder, those of folders with a `/`.
    ///
    /// # Errors
    /// [`SftpRefusal::Denied`] if the policies do not allow it.
    pub async fn list(&mut self, folder: &str) -> Result<Vec<String>, SftpRefusal> {
        let (bucket, prefix) = self.target(&format!("{}/", folder.trim_end_matches('/')))?;
        let asked = self
            .s3
            .list_objects_v2()
            .bucket(&bucket)
            .prefix(&prefix)
            .delimiter("/");
        let answer = asked.send().await.map_err(|error| told(folder, &error))?;
        let files = answer.contents().iter().filter_map(|object| object.key());
        let folders = answer
            .common_prefixes()
            .iter()
            .filter_map(|common| common.prefix());
        let names = files
            .chain(folders)
            .filter_map(|key| key.strip_prefix(&prefix));
        let mut names: Vec<String> = names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        names.sort();
        Ok(names)
    }

    /// Removes a file.
    ///
    /// # Errors
    /// [`SftpRefusal::Denied`] if the policies do not allow it.
    pub async fn remove(&mut self, path: &str) -> Result<(), SftpRefusal> {
        let (bucket, key) = self.target(path)?;
        let asked = self.s3.delete_object().bucket(&bucket).key(&key);
        asked.send().await.map_err(|error| told(path, &error))?;
        let event = self
            .sftp
            .deleted(milliseconds(self.at), &format!("/{bucket}/{key}"));
        self.log.push(event);
        Ok(())
    }

    /// Signs out: now the log is written.
    ///
    /// # Errors
    /// The sandbox's folder cannot be written.
    pub fn end(mut self) -> Result<(), SftpRefusal> {
        self.log.push(self.sftp.disconnected(milliseconds(self.at)));
        write_log(&self.logs, self.group.as_ref(), self.log)
    }

    fn note_move(&mut self, bucket: &str, key: &str, mode: &str, (came, went): (u64, u64)) {
        let (at, path) = (milliseconds(self.at), format!("/{bucket}/{key}"));
        self.log.push(self.sftp.opened(at, &path, mode));
        self.log.push(self.sftp.closed(at, &path, came, went));
    }

    /// Where a path leads: through the mapping, which nothing leaves.
    fn target(&self, path: &str) -> Result<(String, String), SftpRefusal> {
        let mut parts: Vec<&str> = vec![];
        for part in path.split('/') {
            match part {
                "" | "." => {}
                // Above the root there is the root.
                ".." => drop(parts.pop()),
                name => parts.push(name),
            }
        }
        let inside = parts.join("/");
        let outside = || SftpRefusal::NoFile(path.to_owned());
        let full = if self.user.home_type == "LOGICAL" {
            let leads = |entry: &str| {
                let entry = entry.trim_matches('/');
                if entry.is_empty() {
                    return Some(inside.clone());
                }
                let rest = inside.strip_prefix(entry)?;
                (rest.is_empty() || rest.starts_with('/'))
                    .then(|| rest.trim_matches('/').to_owned())
            };
            let mut mappings = self.user.mappings.iter();
            mappings
                .find_map(|mapping| Some(format!("{}/{}", mapping.target, leads(&mapping.entry)?)))
                .ok_or_else(outside)?
        } else {
            inside
        };
        let is_folder = path.ends_with('/') && !full.ends_with('/');
        let full = if is_folder { format!("{full}/") } else { full };
        let (bucket, key) = full
            .trim_start_matches('/')
            .split_once('/')
            .ok_or_else(outside)?;
        Ok((bucket.to_owned(), key.to_owned()))
    }
}

fn refused(why: &str) -> SftpRefusal {
    SftpRefusal::SignIn(why.to_owned())
}

fn told<E: ProvideErrorMetadata, R>(path: &str, error: &SdkError<E, R>) -> SftpRefusal {
    let code = error
        .as_service_error()
        .and_then(ProvideErrorMetadata::code);
    match code {
        Some("NoSuchKey") => SftpRefusal::NoFile(path.to_owned()),
        Some(code) => SftpRefusal::Denied(format!("{path} ({code})")),
        None => SftpRefusal::Broken(path.to_owned()),
    }
}

/// What the user's role may do, narrowed by the user's policy, if the role trusts this server for this user.
fn become_role(
    state: &State,
    server: &ServerRecord,
    account: &str,
    user: &str,
    record: &UserRecord,
) -> Option<Rights> {
    let iam = &state.permission.iam;
    let role = iam.role(account, record.role.rsplit('/').next()?)?;
    let transfer = Principal {
        account: account.to_owned(),
        arns: vec![],
        service: Some("transfer.amazonaws.com"),
    };
    let said = Circumstances::default()
        .with("aws:SourceAccount", account)
        .with("aws:SourceArn", server.user_arn(user));
    let is_trusted = role.arn() == record.role && iam.trusts(&role, &transfer, &said);
    is_trusted.then(|| Rights::Role {
        arn: role.arn(),
        name: role.name,
        session: record.policy.clone(),
    })
}

fn write_log(
    logs: &Logs,
    group: Option<&(String, String, String)>,
    events: Vec<Event>,
) -> Result<(), SftpRefusal> {
    let Some((account, region, name)) = group else {
        return Ok(());
    };
    logs.write(account, region, name, events)
        .map_err(|error| SftpRefusal::Broken(error.to_string()))
}
