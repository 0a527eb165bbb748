//! What happened in the sandbox that the bill is to know of: files in buckets, bytes by SFTP.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::company::{Company, Extra, Used};
use crate::logs::{self, Logs};
use crate::s3::Buckets;
use crate::transfer::Transfer;

/// Everything until the end of `today`.
pub(crate) fn until(
    today: Date,
    company: &Company,
    buckets: &Buckets,
    transfer: &Transfer,
    logs: &Logs,
) -> Vec<Extra> {
    let mut extras = stored(today, company, buckets);
    let account = |id: &str| {
        company
            .accounts()
            .iter()
            .find(|one| one.id == id)
            .map(|one| one.id)
    };
    let servers = transfer.0.read();
    for server in &servers.servers {
        let Some(account) = account(&server.account) else {
            continue;
        };
        for (day, moved) in logs::moved_by_day(logs, &server.arn()) {
            for (used, bytes) in [
                (Used::SentBySftp, moved.bytes_in),
                (Used::FetchedBySftp, moved.bytes_out),
            ] {
                extras.push(Extra {
                    account,
                    region: server.region.clone(),
                    resource: server.arn(),
                    used,
                    day,
                    bytes,
                });
            }
        }
    }
    let is_told =
        |extra: &Extra| extra.bytes > 0 && extra.day <= today && extra.day >= company.first_day();
    extras.retain(is_told);
    extras
}

/// What buckets held on each day since their first file.
fn stored(today: Date, company: &Company, buckets: &Buckets) -> Vec<Extra> {
    let mut extras = vec![];
    for bucket in buckets.store.buckets().unwrap_or_default() {
        let account = company
            .accounts()
            .iter()
            .find(|one| one.id == bucket.account);
        let Some(account) = account else {
            continue;
        };
        let files = buckets.files(&bucket.name, today);
        let Some(first) = files.iter().map(|(day, _)| *day).min() else {
            continue;
        };
        let mut day = first.max(company.first_day());
        while day <= today {
            let there = files.iter().filter(|(written, _)| *written <= day);
            extras.push(Extra {
                account: account.id,
                region: bucket.region.clone(),
                resource: bucket.name.clone(),
                used: Used::Stored,
                day,
                bytes: there.map(|(_, bytes)| bytes).sum(),
            });
            day = day.saturating_add(1.day());
        }
    }
    extras
}
