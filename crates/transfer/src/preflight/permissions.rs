//! What the credentials may do, by trying it: an upload in parts is begun, given a part of one byte, and
//! ended. It never becomes an object, and it takes both permissions for the encryption key.

use aws_smithy_types::body::SdkBody;

use super::{Finding, Weight};
use crate::digest::digests;
use crate::wire::{Fault, Kind, Label, Wire};

pub(super) async fn findings(
    wire: &Wire,
    probe: &Label,
    in_parts: bool,
    clashes: bool,
) -> Vec<Finding> {
    let mut found = Vec::new();
    match wire.create(probe).await {
        Ok(upload_id) => try_parts(wire, probe, &upload_id, in_parts, &mut found).await,
        Err(fault) => found.push(finding(Weight::Stop, &fault)),
    }
    if clashes
        && let Err(fault) = wire.look(&probe.key, None).await
        && fault.kind == Kind::Denied
    {
        found.push(told(
            Weight::Warning,
            "transfer.denied",
            "s3:GetObject is missing, so that what is in the way cannot be looked at or replaced",
        ));
    }
    found
}

async fn try_parts(
    wire: &Wire,
    probe: &Label,
    upload_id: &str,
    in_parts: bool,
    found: &mut Vec<Finding>,
) {
    let crc64nvme = digests(b"?").crc64nvme;
    let body = SdkBody::from("?");
    let sent = wire
        .part(&probe.key, upload_id, 1, 1, crc64nvme, body)
        .await;
    if let Err(fault) = sent {
        // A small file goes without this permission; a large one does not.
        let weight = if in_parts { Weight::Stop } else { Weight::Note };
        found.push(finding(weight, &fault));
    }
    if wire.parts(&probe.key, upload_id).await.is_err() {
        found.push(told(
            Weight::Warning,
            "transfer.denied",
            "s3:ListMultipartUploadParts is missing: an interrupted upload goes on by the journal alone",
        ));
    }
    for _ in 0..3 {
        match wire.abort(&probe.key, upload_id).await {
            Ok(()) => {}
            Err(fault) if fault.kind == Kind::NoUpload => return,
            Err(_) => {
                found.push(told(
                    Weight::Warning,
                    "transfer.denied",
                    "s3:AbortMultipartUpload is missing: what a cancelled upload leaves behind stays until a rule of the bucket deletes it",
                ));
                return;
            }
        }
    }
}

fn finding(weight: Weight, fault: &Fault) -> Finding {
    let problem = fault.problem();
    told(weight, problem.code, &problem.said)
}

fn told(weight: Weight, code: &'static str, text: &str) -> Finding {
    Finding {
        weight,
        code,
        path: None,
        text: text.to_owned(),
    }
}
