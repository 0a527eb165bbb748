use ssh_key::private::Ed25519Keypair;
use ssh_key::{LineEnding, PrivateKey};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::{SshPublicKey, TenantUserName};
use tallyport_store::keys::Secret;

use crate::{Context, Grant, WorkspaceError};

/// A new pair of keys. The private half is handed over once and kept nowhere.
#[derive(Debug)]
pub struct KeyPair {
    /// What AWS is told.
    pub public: SshPublicKey,
    /// What its owner keeps, in OpenSSH's form.
    pub private: Secret<String>,
}

/// Makes a pair of ed25519 keys for somebody who has none. Nothing is written anywhere.
///
/// # Errors
/// The name cannot be.
pub fn key_pair(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    name: &TenantUserName,
) -> Result<KeyPair, WorkspaceError> {
    let fault = |error: ssh_key::Error| WorkspaceError::Fault(error.to_string());
    let mut seed = [0; 32];
    (cx.random)(&mut seed);
    let mut pair = PrivateKey::from(Ed25519Keypair::from_seed(&seed));
    pair.set_comment(name.as_str());
    let public = pair.public_key().to_openssh().map_err(fault)?;
    Ok(KeyPair {
        public: SshPublicKey::parse(&public)
            .map_err(|error| WorkspaceError::Fault(error.to_string()))?,
        private: Secret::new(pair.to_openssh(LineEnding::LF).map_err(fault)?.to_string()),
    })
}
