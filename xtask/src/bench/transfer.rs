//! Uploads, beside rclone, s5cmd, the AWS CLI and boto3 on one local sink in the same run; and on
//! slow lines.

use std::fs;

use anyhow::Result;

use super::release;
use crate::{environment, house::House, step};

const REQUIREMENTS: &str = include_str!("transfer/requirements.txt");
/// What runs them all in turns, and what it starts besides programs.
const SCRIPTS: [(&str, &str); 3] = [
    ("compare.py", include_str!("transfer/compare.py")),
    ("with_boto3.py", include_str!("transfer/with_boto3.py")),
    ("floor.py", include_str!("transfer/floor.py")),
];

/// Brings the same files to the same sink with everybody's program.
pub fn bench(house: &House) -> Result<()> {
    release(house, &["--package", "tallyport-servers"])?;
    release(
        house,
        &["--package", "tallyport-transfer", "--example", "send"],
    )?;
    let peers = environment::programs(house, "transfer-peers", REQUIREMENTS)?;
    let folder = house.cache("bench").join("transfer");
    fs::create_dir_all(&folder)?;
    for (name, text) in SCRIPTS {
        fs::write(folder.join(name), text)?;
    }
    let mut comparing = house.command(peers.join("python"));
    comparing.arg(folder.join("compare.py"));
    comparing.arg("--servers").arg(house.released("servers"));
    comparing.arg("--ours").arg(house.released_example("send"));
    comparing.arg("--peers").arg(&peers);
    comparing.arg("--work").arg(folder.join("files"));
    step::run(comparing)
}
