//! STS: who am I, and who may I be.

use jiff::ToSpan as _;

use crate::call::{self, Call, Protocol, Reply};
use crate::dispatch::missing;
use crate::iam::checked;
use crate::identity::{Identities, Rights};
use crate::permission::{principal, usual};
use crate::sandbox::State;

/// A session policy has at most so many characters.
const MOST_POLICY: usize = 2_048;
const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    match call.operation.as_str() {
        "GetCallerIdentity" => call::query_result(call, NAMESPACE, |xml| {
            xml.text("Arn", &call.identity.arn)
                .text("UserId", &call.identity.user_id)
                .text("Account", call.identity.account);
        }),
        "AssumeRole" => assume_role(state, call),
        _ => missing("sts", call),
    }
}

fn assume_role(state: &State, call: &Call) -> Reply {
    let fields = call::form_fields(&String::from_utf8_lossy(&call.body));
    let field = |name: &str| {
        fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let arn = field("RoleArn").unwrap_or_default();
    let session_name = field("RoleSessionName").unwrap_or_default();
    let is_session_name = (2..=64).contains(&session_name.len())
        && session_name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte));
    if arn.len() < 20 || !is_session_name {
        return refused(
            400,
            "ValidationError",
            "RoleArn and RoleSessionName are required, in the form that STS documents.",
        );
    }
    let seconds = match field("DurationSeconds").map(str::parse::<i64>) {
        None => 3_600,
        Some(Ok(seconds)) if (900..=43_200).contains(&seconds) => seconds,
        Some(_) => {
            return refused(
                400,
                "ValidationError",
                "DurationSeconds must be between 900 and 43200.",
            );
        }
    };
    let account = state
        .company
        .accounts()
        .iter()
        .find(|account| arn.contains(account.id));
    // AWS does not tell an unknown role from a refused one, nor which condition failed.
    let rights = account.and_then(|account| {
        rights_of(
            state,
            call,
            account.id,
            arn,
            field("ExternalId"),
            session_name,
        )
    });
    let (Some(rights), Some(account), Some(until)) = (
        rights,
        account,
        call.now.checked_add(seconds.seconds()).ok(),
    ) else {
        let message = format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: {arn}",
            call.identity.arn
        );
        return refused(403, "AccessDenied", &message);
    };
    let rights = match (rights, field("Policy")) {
        (rights, None) => rights,
        (Rights::Everything, Some(_)) => {
            return refused(
                501,
                "NotImplementedInSandbox",
                "The sandbox narrows sessions of roles that were made in it, and of no others.",
            );
        }
        (Rights::Role { name, arn, .. }, Some(policy)) => {
            if let Err(refusal) = checked(policy, "MalformedPolicyDocument") {
                return refused(refusal.status, refusal.code, &refusal.message);
            }
            if policy.len() > MOST_POLICY {
                return refused(
                    400,
                    "PackedPolicyTooLarge",
                    "The session policy is too long.",
                );
            }
            Rights::Role {
                name,
                arn,
                session: Some(policy.to_owned()),
            }
        }
    };
    let role_name = arn.rsplit('/').next().unwrap_or_default();
    let session =
        state
            .identities
            .open_session((account.id, role_name, session_name), rights, until);
    call::query_result(call, NAMESPACE, |xml| {
        xml.element("AssumedRoleUser", |xml| {
            xml.text("AssumedRoleId", &session.identity.user_id)
                .text("Arn", &session.identity.arn);
        });
        xml.element("Credentials", |xml| {
            xml.text("AccessKeyId", &session.access_key)
                .text("SecretAccessKey", &session.secret_key)
                .text("SessionToken", &session.token)
                .text("Expiration", &format!("{}Z", session.until));
        });
    })
}

/// What whoever assumes the role may do, if its trust lets this caller be it.
fn rights_of(
    state: &State,
    call: &Call,
    account: &str,
    arn: &str,
    external_id: Option<&str>,
    session_name: &str,
) -> Option<Rights> {
    if let Some(founded) = Identities::roles().into_iter().find(|role| role.arn == arn) {
        let is_trusted = founded.external_id.is_none_or(|id| external_id == Some(id));
        return is_trusted.then_some(Rights::Everything);
    }
    let iam = &state.permission.iam;
    let role = iam.role(account, arn.rsplit('/').next()?)?;
    let said = usual(&call.identity, call.now, true)
        .with_some("sts:ExternalId", external_id)
        .with("sts:RoleSessionName", session_name);
    let is_trusted = role.arn() == arn && iam.trusts(&role, &principal(&call.identity), &said);
    is_trusted.then(|| Rights::Role {
        arn: role.arn(),
        name: role.name,
        session: None,
    })
}

fn refused(status: u16, code: &str, message: &str) -> Reply {
    call::error(Protocol::Query, status, code, message)
}
