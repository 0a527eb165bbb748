//! What Transfer Family refuses.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::record::UserRecord;
use super::{invalid, needed, unknown};
use crate::iam;
use crate::refusal::Refusal;

/// The security policies for SFTP that AWS documents, the oldest first, and whether each offers
/// post-quantum key exchange.
const SECURITY_POLICIES: &[(&str, bool)] = &[
    ("TransferSecurityPolicy-2018-11", false),
    ("TransferSecurityPolicy-2020-06", false),
    ("TransferSecurityPolicy-2022-03", false),
    ("TransferSecurityPolicy-2023-05", false),
    ("TransferSecurityPolicy-2024-01", false),
    ("TransferSecurityPolicy-FIPS-2024-01", false),
    ("TransferSecurityPolicy-SshAuditCompliant-2025-02", true),
    ("TransferSecurityPolicy-2025-03", true),
    ("TransferSecurityPolicy-FIPS-2025-03", true),
];

/// Refuses what Transfer Family has and the sandbox has not.
pub(super) fn only(ask: &Value, name: &str, value: &str, what: &str) -> Result<(), Refusal> {
    match ask[name].as_str() {
        Some(other) if other != value => Err(Refusal::not_here(what)),
        _ => Ok(()),
    }
}

pub(super) fn security_policy(name: &str) -> Result<(), Refusal> {
    let is_known = SECURITY_POLICIES.iter().any(|(known, _)| *known == name);
    is_known
        .then_some(())
        .ok_or_else(|| unknown("SecurityPolicy", name))
}

pub(super) fn list_security_policies() -> Value {
    let names: Vec<&str> = SECURITY_POLICIES.iter().map(|(name, _)| *name).collect();
    json!({ "SecurityPolicyNames": names })
}

pub(super) fn describe_security_policy(ask: &Value) -> Result<Value, Refusal> {
    let name = needed(ask, "SecurityPolicyName")?;
    security_policy(name)?;
    let is_hybrid = SECURITY_POLICIES
        .iter()
        .any(|(known, hybrid)| *known == name && *hybrid);
    let mut exchanges = vec![
        "ecdh-sha2-nistp256",
        "ecdh-sha2-nistp384",
        "ecdh-sha2-nistp521",
    ];
    if is_hybrid {
        exchanges.insert(0, "mlkem768x25519-sha256");
    }
    Ok(json!({ "SecurityPolicy": {
        "SecurityPolicyName": name, "Fips": name.contains("FIPS"), "Type": "SERVER", "Protocols": ["SFTP"],
        "SshCiphers": ["aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr"],
        "SshKexs": exchanges, "SshMacs": ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"],
    } }))
}

pub(super) fn role(arn: &str) -> Result<String, Refusal> {
    let is_role = arn.starts_with("arn:aws:iam::") && arn.contains(":role/");
    is_role
        .then(|| arn.to_owned())
        .ok_or_else(|| invalid("Invalid role ARN"))
}

pub(super) fn log_destinations(groups: &[Value]) -> Result<Vec<String>, Refusal> {
    if groups.len() > 1 {
        return Err(invalid(
            "A server has at most one structured log destination",
        ));
    }
    let one = |group: &Value| {
        let arn = group.as_str().unwrap_or_default();
        let is_group =
            arn.starts_with("arn:aws:logs:") && arn.contains(":log-group:") && arn.ends_with(":*");
        is_group.then(|| arn.to_owned()).ok_or_else(|| {
            invalid("A structured log destination is the ARN of a log group that ends with :*")
        })
    };
    groups.iter().map(one).collect()
}

pub(super) fn user_name(name: &str) -> Result<(), Refusal> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_name = (3..=100).contains(&name.len())
        && name.bytes().next().is_some_and(is_word)
        && name
            .bytes()
            .all(|byte| is_word(byte) || b"@.-".contains(&byte));
    if !is_name || name == "root" {
        return Err(invalid(format!("Invalid user name: {name}")));
    }
    Ok(())
}

/// `ssh-ed25519 AAAA… comment`, as OpenSSH writes public keys; what it says of itself must be so.
pub(super) fn public_key(body: &str) -> Result<String, Refusal> {
    let refused = || invalid("Unsupported or invalid SSH public key format");
    let body = body.trim();
    if body.len() > 2_048 {
        return Err(refused());
    }
    let (kind, blob) = parts(body).ok_or_else(refused)?;
    let is_kind = matches!(
        kind,
        "ssh-rsa"
            | "ssh-ed25519"
            | "ecdsa-sha2-nistp256"
            | "ecdsa-sha2-nistp384"
            | "ecdsa-sha2-nistp521"
    );
    let bytes = aws_smithy_types::base64::decode(blob).map_err(|_| refused())?;
    let length = u32::try_from(kind.len()).map_err(|_| refused())?;
    let opening = [&length.to_be_bytes(), kind.as_bytes()].concat();
    if is_kind && bytes.starts_with(&opening) && bytes.len() > opening.len() {
        Ok(body.to_owned())
    } else {
        Err(refused())
    }
}

fn parts(body: &str) -> Option<(&str, &str)> {
    let mut parts = body.split_whitespace();
    Some((parts.next()?, parts.next()?))
}

/// Whether two keys are one, whatever is written behind them.
pub(super) fn same_key(one: &str, other: &str) -> bool {
    parts(one).is_some() && parts(one) == parts(other)
}

/// What people compare a key by: `SHA256:` and what its bytes hash to.
pub(crate) fn fingerprint(body: &str) -> String {
    let bytes = parts(body).and_then(|(_, blob)| aws_smithy_types::base64::decode(blob).ok());
    let hash = Sha256::digest(bytes.unwrap_or_default());
    let text = aws_smithy_types::base64::encode(hash);
    format!("SHA256:{}", text.trim_end_matches('='))
}

pub(super) fn session_policy(text: &str) -> Result<String, Refusal> {
    if text.len() > 2_048 {
        return Err(invalid("Policy is longer than 2048 characters"));
    }
    iam::checked(text, super::INVALID)?;
    Ok(text.to_owned())
}

pub(super) fn home(user: &UserRecord) -> Result<(), Refusal> {
    match (user.home_type.as_str(), user.mappings.as_slice()) {
        ("PATH", []) => Ok(()),
        ("PATH", _) => Err(invalid(
            "HomeDirectoryMappings need the HomeDirectoryType LOGICAL",
        )),
        ("LOGICAL", []) => Err(invalid(
            "The HomeDirectoryType LOGICAL needs HomeDirectoryMappings",
        )),
        ("LOGICAL", mappings) => {
            for mapping in mappings {
                let (entry, target) = (&mapping.entry, &mapping.target);
                if !entry.starts_with('/') {
                    return Err(invalid(format!("Entry {entry} must start with /")));
                }
                if !target.starts_with('/') || target.ends_with('/') {
                    return Err(invalid(format!(
                        "Target {target} must start with / and not end with it"
                    )));
                }
            }
            if mappings.len() > 1 && mappings.iter().any(|mapping| mapping.entry == "/") {
                return Err(invalid("If an Entry is /, it must be the only one"));
            }
            if mappings.len() > 2_000 {
                return Err(invalid("A user has at most 2000 HomeDirectoryMappings"));
            }
            Ok(())
        }
        (other, _) => Err(invalid(format!("Unknown HomeDirectoryType {other}"))),
    }
}
