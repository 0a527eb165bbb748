//! Who is asking: the access keys that the sandbox knows, and the roles that may be assumed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use jiff::civil::DateTime;

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

    /// Opens a session of `role` in `account`.
    pub fn open_session(
        &self,
        account: &'static str,
        role: &str,
        name: &str,
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
            },
            until,
        };
        sessions.insert(session.access_key.clone(), session.clone());
        session
    }
}
