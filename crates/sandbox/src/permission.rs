//! Whether somebody may do something: the policies of their role, of their session and of the resource,
//! and of the key that the resource is encrypted with.

use jiff::civil::DateTime;

use crate::iam::Iam;
use crate::identity::{Identity, Rights};
use crate::kms::{KeyState, Kms};
use crate::policy::{Ask, Circumstances, Decision, Document, Policies, Principal};

/// What decides. Clones are one.
#[derive(Debug, Clone)]
pub(crate) struct Permission {
    pub iam: Iam,
    pub kms: Kms,
}

/// Why a key does not do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyRefusal {
    Unknown,
    Unusable,
    Denied,
}

/// What every request says of itself.
pub(crate) fn usual(identity: &Identity, now: DateTime, is_encrypted: bool) -> Circumstances {
    let principal = principal(identity);
    let arn = principal.arns.last().cloned().unwrap_or_default();
    Circumstances::default()
        .with("aws:CurrentTime", format!("{now}Z"))
        .with("aws:SecureTransport", is_encrypted.to_string())
        .with("aws:PrincipalArn", arn)
        .with("aws:PrincipalAccount", identity.account)
}

/// Everything that a caller is called: of a session its own name, and its role's last.
pub(crate) fn principal(identity: &Identity) -> Principal {
    let mut arns = vec![identity.arn.clone()];
    if let Rights::Role { arn, .. } = &identity.rights {
        arns.push(arn.clone());
    }
    Principal {
        account: identity.account.to_owned(),
        arns,
        service: None,
    }
}

impl Permission {
    /// What the policies say. `resource_policy` is the resource's own, if it has one.
    pub fn decide(
        &self,
        identity: &Identity,
        resource_policy: Option<&Document>,
        action: &str,
        resource: &str,
        circumstances: &Circumstances,
    ) -> Decision {
        let principal = principal(identity);
        let ask = Ask {
            principal: &principal,
            action,
            resource,
            circumstances,
        };
        let Rights::Role { name, session, .. } = &identity.rights else {
            let policies = Policies {
                resource: resource_policy,
                ..Policies::default()
            };
            return policies.decide(&ask);
        };
        // A role that was removed meanwhile allows nothing.
        let role = self.iam.role(identity.account, name);
        let documents = role.map(|role| role.documents()).unwrap_or_default();
        let session = session.as_deref().map(Document::parse);
        let Ok(session) = session.transpose() else {
            return Decision::ExplicitDeny;
        };
        let policies = Policies {
            identity: Some(&documents),
            session: session.as_ref(),
            resource: resource_policy,
        };
        policies.decide(&ask)
    }

    /// Whether a key does its work for S3 on this object.
    pub fn use_key(
        &self,
        identity: &Identity,
        key_arn: &str,
        action: &str,
        object_arn: &str,
        circumstances: &Circumstances,
    ) -> Result<(), KeyRefusal> {
        let key = self.kms.key(key_arn).ok_or(KeyRefusal::Unknown)?;
        if key.state != KeyState::Enabled {
            return Err(KeyRefusal::Unusable);
        }
        let said = circumstances
            .clone()
            .with("kms:ViaService", format!("s3.{}.amazonaws.com", key.region))
            .with("kms:CallerAccount", identity.account)
            .with("kms:EncryptionContext:aws:s3:arn", object_arn);
        let document = key.document();
        // That a key's policy lets the account decide is no permission of its own: the identity's own
        // policies must allow it as well, and nothing may forbid it.
        let decisions = [
            self.decide(identity, None, action, key_arn, &said),
            self.decide(identity, document.as_ref(), action, key_arn, &said),
        ];
        if decisions
            .iter()
            .all(|decision| *decision == Decision::Allowed)
        {
            Ok(())
        } else {
            Err(KeyRefusal::Denied)
        }
    }
}
