//! How a way into AWS, and the export that is read there, are written down: as JSON, and never with a
//! secret in it.

use serde_json::{Value, json};
use tallyport_aws::Access;
use tallyport_aws::exports::{Export, ExportFormat, ExportKind, ExportService};

use crate::WorkspaceError;

/// Roles assumed from roles, at most.
const CHAIN: u32 = 8;

pub(crate) fn access_to(access: &Access) -> Value {
    match access {
        Access::Environment => json!({ "kind": "environment" }),
        Access::Profile(name) => json!({ "kind": "profile", "name": name }),
        Access::AssumeRole {
            base,
            role_arn,
            external_id,
        } => json!({
            "kind": "assume_role", "base": access_to(base), "role_arn": role_arn,
            "external_id": external_id,
        }),
    }
}

pub(crate) fn access_from(text: &str) -> Result<Access, WorkspaceError> {
    serde_json::from_str(text)
        .ok()
        .and_then(|value| parsed(&value, CHAIN))
        .ok_or_else(|| WorkspaceError::Fault("a connection's way in cannot be read".to_owned()))
}

fn parsed(value: &Value, depth: u32) -> Option<Access> {
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    match value.get("kind")?.as_str()? {
        "environment" => Some(Access::Environment),
        "profile" => Some(Access::Profile(text("name")?)),
        "assume_role" => Some(Access::AssumeRole {
            base: Box::new(parsed(value.get("base")?, depth.checked_sub(1)?)?),
            role_arn: text("role_arn")?,
            external_id: text("external_id"),
        }),
        _ => None,
    }
}

pub(crate) fn export_to(export: &Export) -> Value {
    let Export {
        id,
        service,
        name,
        kind,
        format,
        bucket,
        prefix,
        region,
        refresh,
        overwrite,
        status: _,
        usable: _,
        reason,
    } = export;
    json!({
        "kind": "export", "id": id, "service": service.word(), "name": name, "holds": kind.word(),
        "format": format.word(), "bucket": bucket, "prefix": prefix, "region": region,
        "refresh": refresh, "overwrite": overwrite, "reason": reason,
    })
}

/// The export; how it does is not written down, since it changes.
pub(crate) fn export_from(text: &str) -> Result<Export, WorkspaceError> {
    let read = |value: Value| {
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        Some(Export {
            id: text("id")?,
            service: ExportService::from_word(&text("service")?)?,
            name: text("name")?,
            kind: ExportKind::from_word(&text("holds")?)?,
            format: ExportFormat::from_word(&text("format")?)?,
            bucket: text("bucket")?,
            prefix: text("prefix")?,
            region: text("region"),
            refresh: text("refresh")?,
            overwrite: value.get("overwrite")?.as_bool()?,
            status: String::new(),
            usable: true,
            reason: text("reason"),
        })
    };
    serde_json::from_str(text)
        .ok()
        .and_then(read)
        .ok_or_else(|| WorkspaceError::Fault("a connection's export cannot be read".to_owned()))
}
