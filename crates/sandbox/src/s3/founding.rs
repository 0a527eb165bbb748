//! Some files that the company's tenants had exchanged before: enough to look around. They stand for the
//! terabytes that the bill tells of.

use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::Date;
use s3s::S3Result;

use super::store::Store;
use crate::company::{Tenant, code_of};

/// So many days of files lie there.
const DAYS: i32 = 21;

/// Puts the files of a tenant into its bucket.
pub(super) fn put_files(store: &Store, tenant: &Tenant, founded_on: Date) -> S3Result<()> {
    let put = |key: &str, text: &str, kind: &str, day: Date| {
        let modified = format!("{day}T06:30:00.000Z");
        store.put_whole(tenant.bucket, key, text.as_bytes(), kind, &modified)
    };
    let first = founded_on.saturating_sub(DAYS.days());
    let welcome = format!(
        "{}: files for us go to incoming/, files for you lie in outgoing/.\nThis is demo data.\n",
        tenant.name
    );
    put("README.txt", &welcome, "text/plain", first)?;
    for ago in 1..=DAYS {
        let day = founded_on.saturating_sub(ago.days());
        let orders = table(tenant, day, "order", "quantity");
        put(
            &format!("incoming/orders-{day}.csv"),
            &orders,
            "text/csv",
            day,
        )?;
        if ago % 7 == 1 {
            let stock = table(tenant, day, "article", "stock");
            put(
                &format!("outgoing/stock-{day}.csv"),
                &stock,
                "text/csv",
                day,
            )?;
            let month = day.strftime("%Y/%m");
            put(
                &format!("archive/{month}/settled-{day}.csv"),
                &orders,
                "text/csv",
                day,
            )?;
        }
    }
    Ok(())
}

fn table(tenant: &Tenant, day: Date, thing: &str, count: &str) -> String {
    let mut text = format!("{thing};day;{count}\n");
    for number in 1..=20 {
        let code = code_of(&format!("{}/{day}/{thing}/{number}", tenant.user), 8);
        let amount = u32::from_str_radix(&code[..3], 16).unwrap_or(0) % 400;
        let _ = writeln!(text, "{code};{day};{amount}");
    }
    text
}
