//! Who is asking: the access keys that the sandbox knows, and the roles that may be assumed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use http::{HeaderMap, Uri};
use jiff::civil::DateTime;

use crate::call::form_fields;
use crate::company::{DATA, DEVELOPMENT, PAYER, PRODUCTION};
use crate::lock::locked;

const ACCESS_KEY: &str = "AKIASANDBOXDEMO00001";
const SECRET_KEY: &str = "demo-data-only/nothing-here-is-a-secret/";

/// A role that AssumeRole knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The role's full name.
    pub arn: String,
    /// The external id that the role's trust policy asks for, if it asks for one.
    pub external_id: Option<&'static str>,
}

/// The caller behind an access key.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub account: &'static str,
    pub arn: String,
    pub user_id: String,
    pub rights: Rights,
}

/// What a caller may do, as far as it is not the resource that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rights {
    /// An administrator of the account.
    Everything,
    /// What a role's policies say, and what a session was narrowed down to.
    Role {
        name: String,
        arn: String,
        session: Option<String>,
    },
}

impl Identity {
    /// Whether this caller sees the whole organisation's bill.
    pub fn is_payer(&self) -> bool {
        self.account == PAYER
    }
}

/// Keys handed out by AssumeRole.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub access_key: String,
    pub secret_key: String,
    pub token: String,
    pub identity: Identity,
    pub until: DateTime,
}

/// Why a caller is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stranger {
    UnknownKey,
    WrongToken,
    Expired,
}

/// The token of a session, which a header carries, or the query of a link.
pub(crate) fn session_token(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let header = headers.get("x-amz-security-token");
    if let Some(token) = header.and_then(|value| value.to_str().ok()) {
        return Some(token.to_owned());
    }
    let fields = form_fields(uri.query()?);
    let token = fields
        .into_iter()
        .find(|(key, _)| key == "X-Amz-Security-Token");
    token.map(|(_, token)| token)
}

/// All known callers; clones share their sessions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identities {
    sessions: Arc<Mutex<BTreeMap<String, Session>>>,
}

impl Identities {
    /// The credentials that every sandbox starts with: a user of the paying account.
    pub fn starting_credentials() -> Credentials {
        Credentials::new(ACCESS_KEY, SECRET_KEY, None, None, "TallyportSandbox")
    }

    /// The roles of every member account: one that finance tools use (with an external id) and
    /// the one that the organisation made itself.
    pub fn roles() -> Vec<Role> {
        [PRODUCTION, DEVELOPMENT, DATA]
            .iter()
            .flat_map(|account| {
                [
                    ("TallyportRead", Some("northwind-demo")),
                    ("OrganizationAccountAccessRole", None),
                ]
                .map(|(name, external_id)| Role {
                    arn: format!("arn:aws:iam::{account}:role/{name}"),
                    external_id,
                })
            })
            .collect()
    }

    /// The secret that belongs to `access_key`.
    pub fn secret_of(&self, access_key: &str) -> Option<String> {
        if access_key == ACCESS_KEY {
            return Some(SECRET_KEY.into());
        }
        locked(&self.sessions)
            .get(access_key)
            .map(|session| session.secret_key.clone())
    }

    /// Who signs with `access_key`, if the key is known and still good at `now`.
    pub fn recognise(
        &self,
        access_key: &str,
        token: Option<&str>,
        now: DateTime,
    ) -> Result<Identity, Stranger> {
        if access_key == ACCESS_KEY {
            return Ok(Identity {
                account: PAYER,
                arn: format!("arn:aws:iam::{PAYER}:user/demo"),
                user_id: "AIDASANDBOXDEMO00001".into(),
                rights: Rights::Everything,
            });
        }
        let sessions = locked(&self.sessions);
        let session = sessions.get(access_key).ok_or(Stranger::UnknownKey)?;
        if token != Some(session.token.as_str()) {
            return Err(Stranger::WrongToken);
        }
        if session.until <= now {
            return Err(Stranger::Expired);
        }
        Ok(session.identity.clone())
    }

    /// How many sessions were opened until now.
    pub fn sessions(&self) -> usize {
        locked(&self.sessions).len()
    }

    /// Opens a session of `role` in `account`.
    pub fn open_session(
        &self,
        (account, role, name): (&'static str, &str, &str),
        rights: Rights,
        until: DateTime,
    ) -> Session {
        let mut sessions = locked(&self.sessions);
        let number = sessions.len() + 1;
        let session = Session {
            access_key: format!("ASIA{account}{number:04}"),
            secret_key: format!("demo-data-only/{account}/{role}/{number:04}"),
            token: format!("demo-session/{account}/{role}/{name}/{number:04}"),
            identity: Identity {
                account,
                arn: format!("arn:aws:sts::{account}:assumed-role/{role}/{name}"),
                user_id: format!("AROASANDBOX{account}:{name}"),
                rights,
            },
            until,
        };
        sessions.insert(session.access_key.clone(), session.clone());
        session
    }
}
