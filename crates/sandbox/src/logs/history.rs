//! What the company's SFTP server logged: sessions of every tenant on every day, that move what the bill says
//! was moved. One session of each month was lost on the way, as logs are best effort.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::record::{Event, Sftp};
use super::{midnight, milliseconds};
use crate::company::{Company, PRODUCTION, Tenant, code_of};
use crate::transfer::{fingerprint, founding};

/// How far back the log goes, in days.
const DAYS: i32 = 62;
/// On this day of a month the noon session of the first tenant is missing.
const LOST_ON: i8 = 15;

/// Everything from a moment until another, both in milliseconds and included, until the end of `today`.
pub(super) fn events(company: &Company, today: Date, from: i64, until: i64) -> Vec<Event> {
    let mut all = vec![];
    for back in 0..=DAYS {
        let day = today.saturating_sub(back.days());
        let is_asked = midnight(day.saturating_add(1.day())) > from && midnight(day) <= until;
        if !is_asked || day < company.first_day() {
            continue;
        }
        for (number, tenant) in company.tenants().iter().enumerate() {
            let is_lossy = number == 0 && day.day() == LOST_ON;
            all.extend(of_day(company, tenant, day, is_lossy));
        }
    }
    all
}

/// The sessions of a tenant on a day: (hour, whether bytes come in).
const SESSIONS: [(i8, bool); 4] = [(2, true), (7, false), (12, true), (18, false)];

fn of_day(company: &Company, tenant: &Tenant, day: Date, is_lossy: bool) -> Vec<Event> {
    let (came, went) = company.sftp_moved(tenant, day);
    let mut all = vec![];
    for (number, (hour, is_in)) in SESSIONS.into_iter().enumerate() {
        // Two sessions share what came in, two what went out.
        let bytes = if is_in { came } else { went };
        let bytes = if number < 2 {
            bytes / 3
        } else {
            bytes - bytes / 3
        };
        let minute =
            i8::try_from(company.draw(&format!("{}/{day}/{hour}", tenant.user)) % 50).unwrap_or(0);
        let start = milliseconds(day.at(hour, minute, 0, 0));
        if bytes > 0 && !(is_lossy && number == 2) {
            all.extend(session(company, tenant, start, is_in, bytes));
        }
    }
    if company
        .draw(&format!("{}/{day}/failure", tenant.user))
        .is_multiple_of(9)
    {
        let at = milliseconds(day.at(4, 44, 0, 0));
        let sftp = sftp(tenant, at, "198.51.100.23");
        all.push(sftp.refused(
            at,
            "Authentication failed: the public key is not known",
            "SHA256:stranger",
        ));
    }
    all
}

fn sftp(tenant: &Tenant, at: i64, address: &str) -> Sftp {
    Sftp {
        server_arn: founding::server().arn(),
        role: format!("arn:aws:iam::{PRODUCTION}:role/tallyport-{}", tenant.user),
        user: tenant.user.to_owned(),
        session: code_of(&format!("{}/{at}", tenant.user), 16),
        address: address.to_owned(),
    }
}

fn session(company: &Company, tenant: &Tenant, start: i64, is_in: bool, bytes: u64) -> Vec<Event> {
    let sftp = sftp(tenant, start, "203.0.113.40");
    let files = 3 + company.draw(&format!("{}/{start}/files", tenant.user)) % 4;
    let key = tenant.users.first().map_or("", |user| user.public_key);
    let mut events = vec![sftp.connected(start, &fingerprint(key), "ssh-ed25519")];
    let mut at = start + 2_000;
    let mut left = bytes;
    for number in 1..=files {
        // The last takes the rest, so that nothing is lost.
        let size = if number == files {
            left
        } else {
            left / (files - number + 1)
        };
        left -= size;
        let (folder, mode) = if is_in {
            ("incoming", "CREATE|TRUNCATE|WRITE")
        } else {
            ("outgoing", "READ")
        };
        let path = format!(
            "/{}/{folder}/{}-{number:02}.csv",
            tenant.bucket,
            code_of(&sftp.session, 6)
        );
        events.push(sftp.opened(at, &path, mode));
        // Some forty megabytes a second.
        at += 1_000 + i64::try_from(size / 40_000).unwrap_or(0) % 1_200_000;
        let (came, went) = if is_in { (size, 0) } else { (0, size) };
        events.push(sftp.closed(at, &path, came, went));
        at += 500;
    }
    events.push(sftp.disconnected(at + 1_000));
    events
}
