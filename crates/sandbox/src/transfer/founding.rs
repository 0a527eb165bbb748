//! The server that the company had before anybody here set up a tenant, and where it logs.

use super::ServerRecord;
use crate::company::PRODUCTION;

pub(crate) const SERVER: &str = "s-0123456789abcdef0";
pub(crate) const REGION: &str = "us-east-1";

/// The log group of the company's server.
pub(crate) fn log_group() -> String {
    format!("/aws/transfer/{SERVER}")
}

/// The company's server: adopted, not made, by whoever sets tenants up in its account.
pub(crate) fn server() -> ServerRecord {
    ServerRecord {
        account: PRODUCTION.to_owned(),
        region: REGION.to_owned(),
        id: SERVER.to_owned(),
        state: "ONLINE".to_owned(),
        security_policy: "TransferSecurityPolicy-2024-01".to_owned(),
        logging_role: Some(format!("arn:aws:iam::{PRODUCTION}:role/transfer-logging")),
        log_destinations: vec![format!(
            "arn:aws:logs:{REGION}:{PRODUCTION}:log-group:{}:*",
            log_group()
        )],
        set_stat: "ENABLE_NO_OP".to_owned(),
        listing_optimization: "ENABLED".to_owned(),
        tags: ["team", "env", "product"]
            .into_iter()
            .zip(["platform", "prod", "sftp"])
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
        users: Default::default(),
    }
}
