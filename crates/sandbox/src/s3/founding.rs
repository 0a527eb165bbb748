//! Some files that the company's tenants had exchanged before: enough to look around, and the archives that make
//! up the terabytes that the bill tells of.

use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::Date;
use s3s::S3Result;

use super::store::Store;
use crate::company::{Company, Tenant, code_of};

/// So many days of files lie there.
const DAYS: i32 = 21;

/// The months that a tenant's archive holds, each by its last day, and the bytes of each: together what the bill
/// says that the bucket held on the day before the founding.
pub(crate) fn archives(company: &Company, bucket: &str) -> Vec<(Date, u64)> {
    let until = company.founded_on().saturating_sub(1.day());
    let mut months = vec![];
    let mut month = company.first_day();
    while month <= until {
        let day = month.last_of_month().min(until);
        months.push((day, company.stored(bucket, day)));
        month = month.first_of_month().saturating_add(1.month());
    }
    // A bucket that shrank held in each month no more of the archive than was left of it.
    let mut left = u64::MAX;
    for (_, held) in months.iter_mut().rev() {
        left = left.min(*held);
        *held = left;
    }
    let mut before = 0;
    for (_, held) in &mut months {
        *held -= before;
        before += *held;
    }
    months.retain(|(_, more)| *more > 0);
    months
}

/// Puts the files of a tenant into its bucket.
pub(super) fn put_files(store: &Store, company: &Company, tenant: &Tenant) -> S3Result<()> {
    let founded_on = company.founded_on();
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
    for (day, bytes) in archives(company, tenant.bucket) {
        let key = day
            .strftime("archive/%Y/%m/catalogue-%Y-%m.bin")
            .to_string();
        let modified = format!("{day}T02:00:00.000Z");
        let beginning = format!(
            "{} {}. This is demo data.\n",
            tenant.name,
            day.strftime("%Y-%m")
        );
        store.put_repeated(tenant.bucket, &key, beginning.as_bytes(), bytes, &modified)?;
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
