//! S3 over the folder.
use std::path::Path;
use aws_smithy_types::body::SdkBody;
use http::Request;
use crate::call::{self, Protocol, Reply};
use crate::company::Company;
use crate::dispatch::Broken;
use crate::error::SandboxError;
use crate::sandbox::State;

#[derive(Debug)]
pub(crate) struct Buckets;

impl Buckets {
    pub fn open(_folder: &Path, _company: &Company) -> Result<Self, SandboxError> {
        Ok(Self)
    }
}

pub(crate) fn operation_name(_request: &Request<SdkBody>) -> String {
    "Unknown".into()
}

pub(crate) async fn answer(_state: &State, _request: Request<SdkBody>) -> Result<Reply, Broken> {
    Ok(call::error(Protocol::RestXml, 501, "NotImplementedInSandbox", "not here yet"))
}
