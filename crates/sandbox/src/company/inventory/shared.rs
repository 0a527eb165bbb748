//! What belongs to nobody, what belongs to the tenants, and what was promised for a year.

use super::super::calendar::Calendar;
use super::super::cast::{DEVELOPMENT, PAYER, PRODUCTION, Tenant};
use super::super::commitments::{Reservation, SavingsPlan};
use super::super::estate::{Estate, Place};
use super::super::line::ONE;
use super::super::meter::Pattern::{Steady, Traffic};
use super::super::meter::{Cover, Volume};
use super::super::prices::{self, IRELAND, VIRGINIA};

/// The idle fleet: machines of a load test that ended, which nobody owns and nobody stopped.
pub(super) fn nobody(estate: &mut Estate, today: i32) {
    let test = Place::new(
        DEVELOPMENT,
        IRELAND,
        &[("project", "load-test"), ("env", "perf"), ("owner", "")],
    )
    .during(today - 118, i32::MAX);
    for number in 1..=6 {
        estate.instance(
            &test,
            &format!("load-generator-{number}"),
            "m5.2xlarge",
            Steady,
            Cover::None,
        );
    }
    let forgotten = Place::new(DEVELOPMENT, VIRGINIA, &[]);
    estate.instance(&forgotten, "test2", "t3.large", Steady, Cover::None);
    estate.instance(&forgotten, "jenkins-old", "m6i.large", Steady, Cover::None);
    estate.bucket(
        &Place::new(PAYER, VIRGINIA, &[("env", "audit")]),
        "northwind-cloudtrail",
        2_400,
        20,
        30_000,
    );
}

/// One server for all tenants, a bucket for each.
pub(super) fn sftp(estate: &mut Estate, tenants: &[Tenant]) {
    let server = Place::new(
        PRODUCTION,
        VIRGINIA,
        &[("team", "platform"), ("env", "prod"), ("product", "sftp")],
    );
    let arn = "arn:aws:transfer:us-east-1:222233334444:server/s-0123456789abcdef0";
    estate
        .product(&server, arn, &prices::SFTP_ENDPOINT, Volume::Hours)
        .pattern = Steady;
    for tenant in tenants {
        let tagged = Place::new(
            PRODUCTION,
            VIRGINIA,
            &[
                ("tenant", tenant.user),
                ("product", "sftp"),
                ("team", "platform"),
            ],
        );
        let stored = i128::from(tenant.stored_gigabytes);
        estate.bucket(&tagged, tenant.bucket, stored, 12, stored * 12);
        for (product, share) in [(prices::SFTP_UPLOAD, 30), (prices::SFTP_DOWNLOAD, 45)] {
            let moved = Volume::Daily(stored * ONE / share);
            estate.product(&server, arn, &product, moved).pattern = Traffic;
        }
    }
}

pub(super) fn commitments(estate: &mut Estate, calendar: &Calendar) {
    let year_end = calendar.index(calendar.founded_on.first_of_month());
    let web = Reservation {
        account: PRODUCTION,
        service: "Amazon Elastic Compute Cloud - Compute",
        region: "us-east-1",
        kind: "m6i.xlarge",
        usage_type: "HeavyUsage:m6i.xlarge".into(),
        operation: "RunInstances",
        id: "arn:aws:ec2:us-east-1:222233334444:reserved-instances/6f3c1b2e-demo-web".into(),
        count: 3,
        upfront: 3 * 500 * ONE,
        hourly: 58_000_000,
        from: 0,
        until: year_end,
    };
    let orders = Reservation {
        account: PRODUCTION,
        service: "Amazon Relational Database Service",
        region: "us-east-1",
        kind: "db.r6g.xlarge",
        usage_type: "HeavyUsage:db.r6g.xlarge".into(),
        operation: "CreateDBInstance:0014",
        id: "arn:aws:rds:us-east-1:222233334444:ri:demo-orders".into(),
        count: 1,
        upfront: 2_523 * ONE,
        hourly: 0,
        from: 166,
        until: 166 + 365,
    };
    let renewal = Reservation {
        id: "arn:aws:ec2:us-east-1:222233334444:reserved-instances/90aa51d7-demo-web".into(),
        upfront: 0,
        hourly: 121_000_000,
        from: year_end,
        until: i32::MAX,
        ..web.clone()
    };
    estate.reservations = vec![web, orders, renewal];
    let plan = |id: &str, hourly, from, until| SavingsPlan {
        account: PAYER,
        id: format!("arn:aws:savingsplans::{PAYER}:savingsplan/{id}"),
        hourly,
        rate_thousandths: 720,
        from,
        until,
    };
    // The enterprise agreement was signed four months before the company was founded.
    let signed = calendar.founded_on.first_of_month();
    let signed = signed.saturating_sub(jiff::Span::new().months(4));
    estate.agreement_from = calendar.index(signed);
    estate.plans = vec![
        plan("demo-2a61", 1_150_000_000, 0, year_end),
        plan("demo-77f0", 1_300_000_000, year_end, i32::MAX),
    ];
}
