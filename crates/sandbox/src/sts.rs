//! STS: who am I, and who may I be.

use jiff::ToSpan as _;

use crate::call::{self, Call, Protocol, REQUEST_ID, Reply};
use crate::dispatch::missing;
use crate::identity::Identities;
use crate::sandbox::State;
use crate::xml::Xml;

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    match call.operation.as_str() {
        "GetCallerIdentity" => result(call, |xml| {
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
    // AWS does not tell an unknown role from a refused one, nor which condition failed.
    let role = Identities::roles().into_iter().find(|role| role.arn == arn);
    let trusted = role.is_some_and(|role| {
        role.external_id
            .is_none_or(|id| field("ExternalId") == Some(id))
    });
    let account = state
        .company
        .accounts()
        .iter()
        .find(|account| arn.contains(account.id));
    let (true, Some(account), Some(until)) = (
        trusted,
        account,
        call.now.checked_add(seconds.seconds()).ok(),
    ) else {
        let message = format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: {arn}",
            call.identity.arn
        );
        return refused(403, "AccessDenied", &message);
    };
    let role_name = arn.rsplit('/').next().unwrap_or_default();
    let session = state
        .identities
        .open_session(account.id, role_name, session_name, until);
    result(call, |xml| {
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

fn refused(status: u16, code: &str, message: &str) -> Reply {
    call::error(Protocol::Query, status, code, message)
}

fn result(call: &Call, inside: impl FnOnce(&mut Xml)) -> Reply {
    let operation = &call.operation;
    let body = Xml::document(&format!("{operation}Response"), NAMESPACE, |xml| {
        xml.element(&format!("{operation}Result"), inside);
        xml.element("ResponseMetadata", |xml| {
            xml.text("RequestId", REQUEST_ID);
        });
    });
    call::reply(200, "text/xml", body)
}
