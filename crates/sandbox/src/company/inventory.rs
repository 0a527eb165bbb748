//! The inventory: what stands where, who it is said to belong to, and since when.
//!
//! The tags are as messy as real ones on purpose: five spellings of one owner, two keys that
//! differ in case, a key with a space, values that are empty, and things with no tag at all.

use super::calendar::Calendar;
use super::cast::{DATA, DEVELOPMENT, PAYER, PRODUCTION, Tenant};
use super::commitments::{Reservation, SavingsPlan};
use super::estate::{Estate, Place};
use super::line::ONE;
use super::meter::{Cover, Pattern, Volume};
use super::prices::{self, FRANKFURT, IRELAND, VIRGINIA};
use super::seed::Seed;

use Pattern::{MonthEnd, OfficeHours, Steady, Traffic};

const WEB_SERVERS: Cover = Cover::Reservation(0);
const ORDERS_DATABASE: Cover = Cover::Reservation(1);
/// The same web servers after the first reservation ran out.
pub(crate) const RENEWAL_OF_FIRST: usize = 2;

pub(crate) fn of_the_company(seed: Seed, calendar: &Calendar, tenants: &[Tenant]) -> Estate {
    let today = calendar.index(calendar.founded_on);
    let mut estate = Estate::new(seed);
    platform(&mut estate, today);
    storefront(&mut estate);
    data(&mut estate, today);
    nobody(&mut estate, today);
    sftp(&mut estate, tenants);
    commitments(&mut estate, calendar);
    estate
}

fn platform(estate: &mut Estate, today: i32) {
    let jane = |owner: &str| {
        Place::new(
            PRODUCTION,
            VIRGINIA,
            &[("owner", owner), ("team", "platform"), ("env", "prod")],
        )
    };
    estate.instance(
        &jane("jane.doe"),
        "gateway-1",
        "c6i.xlarge",
        Steady,
        Cover::None,
    );
    estate.instance(
        &jane("Jane Doe"),
        "gateway-2",
        "c6i.xlarge",
        Steady,
        Cover::None,
    );
    estate.instance(
        &jane("jane.doe"),
        "gateway-3",
        "m6i.large",
        Steady,
        Cover::None,
    );
    estate.instance(
        &jane("jane.doe@northwind.example"),
        "vault-1",
        "m6i.large",
        Steady,
        Cover::None,
    );
    let shouting = Place::new(
        PRODUCTION,
        VIRGINIA,
        &[("Owner", "jane.doe"), ("team", "Platform"), ("env", "Prod")],
    );
    estate.instance(&shouting, "bastion", "t3.medium", Steady, Cover::None);
    estate.database(
        &jane("jane.doe"),
        "identity",
        "db.r6g.large",
        "PostgreSQL",
        900,
        Cover::None,
    );
    estate.bucket(&jane("Jane Doe"), "northwind-backups", 4_900, 6, 20_000);

    let omar = |owner: &str| {
        Place::new(
            PRODUCTION,
            VIRGINIA,
            &[
                ("owner", owner),
                ("team", "platform"),
                ("env", "prod"),
                ("cost center", "4200"),
            ],
        )
    };
    for number in 1..=4 {
        estate.instance(
            &omar("omar.haddad"),
            &format!("cluster-node-{number}"),
            "c6i.2xlarge",
            Steady,
            Cover::SavingsPlan,
        );
    }
    estate.instance(
        &omar("ohaddad").during(150, i32::MAX),
        "cluster-node-5",
        "c6i.2xlarge",
        Steady,
        Cover::SavingsPlan,
    );
    estate.logs(&omar("omar.haddad"), "/eks/cluster", 14);
    let watched = Volume::Monthly(420 * ONE);
    let metrics = "arn:aws:cloudwatch:us-east-1:222233334444:metrics";
    estate.other(
        &omar("ohaddad"),
        metrics,
        "AmazonCloudWatch",
        "CW:MetricMonitorUsage",
        "MetricStorage",
        "Metrics",
        prices::METRIC_MONTH,
        watched,
    );

    // Shared plumbing: tagged with a team at best.
    let shared = Place::new(PRODUCTION, VIRGINIA, &[("team", "platform"), ("owner", "")]);
    estate.nat_gateway(&shared, "production", 260);
    let bare = |account| Place::new(account, VIRGINIA, &[]);
    estate.nat_gateway(&bare(DEVELOPMENT), "development", 45);
    estate.snapshots(&bare(PRODUCTION), "nightly", 5_200);
    estate.disk(&bare(DEVELOPMENT), "left over from a migration", 1_500);
    let zone = Volume::Monthly(12 * ONE);
    estate.other(
        &bare(PAYER),
        "hostedzone/Z0DEMO",
        "Amazon Route 53",
        "HostedZone",
        "HostedZone",
        "HostedZone",
        prices::HOSTED_ZONE_MONTH,
        zone,
    );
    let asked = Volume::Daily(9 * ONE);
    estate.other(
        &bare(PAYER),
        "NoResourceId",
        "AWS Cost Explorer",
        "APIRequest",
        "GetCostAndUsage",
        "Requests",
        prices::COST_EXPLORER_REQUEST,
        asked,
    );
    for (account, keys) in [(PRODUCTION, 14), (DATA, 6), (DEVELOPMENT, 3)] {
        let keys = Volume::Monthly(keys * ONE);
        estate.other(
            &bare(account),
            "NoResourceId",
            "AWS Key Management Service",
            "KMS-Keys",
            "CreateKey",
            "Keys",
            prices::KEY_MONTH,
            keys,
        );
    }
    // Debug logging left on: ten times as much since sixteen days before the founding.
    let chatty = Place::new(
        PRODUCTION,
        VIRGINIA,
        &[("owner", "zoe.mueller"), ("team", "data"), ("env", "prod")],
    );
    estate.logs(&chatty, "/app/recommendations", 38).runaway = Some((today - 16, 10));
}

fn storefront(estate: &mut Estate) {
    let anna = |owner: &str| {
        Place::new(
            PRODUCTION,
            VIRGINIA,
            &[("owner", owner), ("team", "storefront"), ("env", "prod")],
        )
    };
    estate.instance(
        &anna("anna.kowalska"),
        "web-1",
        "m6i.xlarge",
        Steady,
        WEB_SERVERS,
    );
    estate.instance(
        &anna("anna.kowalska"),
        "web-2",
        "m6i.xlarge",
        Steady,
        WEB_SERVERS,
    );
    // Switched off for a fortnight's rebuild: the reservation runs on unused.
    estate.instance(
        &anna("Anna Kowalska").during(0, 128),
        "web-3",
        "m6i.xlarge",
        Steady,
        WEB_SERVERS,
    );
    estate.instance(
        &anna("Anna Kowalska").during(142, i32::MAX),
        "web-3b",
        "m6i.xlarge",
        Steady,
        WEB_SERVERS,
    );
    estate.instance(
        &anna("anna.kowalska").during(230, i32::MAX),
        "web-4",
        "m6i.xlarge",
        Steady,
        Cover::SavingsPlan,
    );
    estate.balancer(&anna("anna.kowalska"), "storefront", 1_150);
    estate.database(
        &anna("Anna Kowalska"),
        "orders",
        "db.r6g.xlarge",
        "PostgreSQL",
        1_400,
        ORDERS_DATABASE,
    );
    let catalogue = Place::new(
        PRODUCTION,
        VIRGINIA,
        &[("team", "storefront"), ("env", "prod"), ("owner", "")],
    );
    estate.database(
        &catalogue,
        "catalogue",
        "db.r6g.2xlarge",
        "PostgreSQL",
        2_200,
        Cover::None,
    );
    estate.database(
        &catalogue,
        "catalogue-reader",
        "db.r6g.2xlarge",
        "PostgreSQL",
        2_200,
        Cover::None,
    );
    let leaving = Place::new(
        PRODUCTION,
        VIRGINIA,
        &[("team", "storefront"), ("env", "prod")],
    );
    let traffic = Volume::Daily(1_000 * ONE);
    estate
        .other(
            &leaving,
            "NoResourceId",
            "EC2 - Other",
            "DataTransfer-Out-Bytes",
            "RunInstances",
            "GB",
            prices::TRANSFER_OUT_GIGABYTE,
            traffic,
        )
        .growth = 18;

    let jose = |owner: &str| {
        Place::new(
            DEVELOPMENT,
            IRELAND,
            &[("owner", owner), ("team", "store-front"), ("env", "dev")],
        )
    };
    for (number, owner) in [
        (1, "jose.garcia"),
        (2, "JOSE.GARCIA"),
        (3, "José García"),
        (4, "jose.garcia"),
    ] {
        estate.instance(
            &jose(owner),
            &format!("preview-{number}"),
            "t3.large",
            OfficeHours,
            Cover::None,
        );
    }
    estate.instance(
        &jose("jose.garcia"),
        "build-agent",
        "c6i.2xlarge",
        OfficeHours,
        Cover::None,
    );
    estate.database(
        &jose("jose.garcia"),
        "preview",
        "db.t4g.medium",
        "MySQL",
        120,
        Cover::None,
    );
    estate.bucket(
        &jose("JOSE.GARCIA"),
        "northwind-preview-assets",
        900,
        10,
        40_000,
    );

    let mei = |key: &str, owner: &str| {
        Place::new(
            PRODUCTION,
            FRANKFURT,
            &[(key, owner), ("team", "storefront"), ("env", "prod")],
        )
    };
    estate.function(
        &mei("owner", "mei.tanaka"),
        "checkout-api",
        780_000,
        Cover::SavingsPlan,
    );
    estate.function(
        &mei("Owner", "Mei Tanaka"),
        "image-resize",
        410_000,
        Cover::SavingsPlan,
    );
    estate.bucket(
        &mei("owner", "mei.tanaka"),
        "northwind-product-images",
        9_500,
        22,
        3_600_000,
    );
    estate.balancer(&mei("owner", "mei.tanaka"), "checkout", 260);
    estate.instance(
        &mei("Owner", "Mei Tanaka"),
        "search-1",
        "m6i.xlarge",
        Steady,
        Cover::None,
    );
    estate.logs(&mei("owner", "mei.tanaka"), "/aws/lambda/checkout-api", 6);
}

fn data(estate: &mut Estate, today: i32) {
    let tom = |owner: &str| {
        Place::new(
            DATA,
            VIRGINIA,
            &[
                ("owner", owner),
                ("team", "data"),
                ("env", "prod"),
                ("cost center", "5100"),
            ],
        )
    };
    for number in 1..=5 {
        estate.instance(
            &tom("tom.becker"),
            &format!("warehouse-{number}"),
            "r6i.2xlarge",
            Steady,
            Cover::None,
        );
    }
    estate.bucket(
        &tom("tom.becker@northwind.example"),
        "northwind-data-lake",
        66_000,
        28,
        900_000,
    );
    estate.function(&tom("tom.becker"), "ingest", 520_000, Cover::SavingsPlan);

    let eleni = |owner: &str| {
        Place::new(
            DATA,
            VIRGINIA,
            &[("owner", owner), ("team", "data-eng"), ("env", "research")],
        )
    };
    estate.instance(
        &eleni("eleni.papadopoulou"),
        "training-1",
        "g5.xlarge",
        OfficeHours,
        Cover::None,
    );
    estate.instance(
        &eleni("eleni").during(60, i32::MAX),
        "training-2",
        "g5.xlarge",
        OfficeHours,
        Cover::None,
    );
    estate.bucket(
        &eleni("eleni.papadopoulou"),
        "northwind-training-sets",
        7_200,
        35,
        150_000,
    );
    let month_end = Place::new(
        DATA,
        VIRGINIA,
        &[("owner", "eleni"), ("team", "data-eng"), ("env", "prod")],
    );
    estate.function(&month_end, "month-end-report", 260_000, Cover::None);
    if let Some(meter) = estate.meters.iter_mut().rev().nth(1) {
        meter.pattern = MonthEnd;
    }

    let zoe = |key: &str, owner: &str| {
        Place::new(
            DATA,
            FRANKFURT,
            &[(key, owner), ("team", "data"), ("env", "prod")],
        )
    };
    estate.database(
        &zoe("owner", "zoe.mueller"),
        "analytics",
        "db.r6g.xlarge",
        "PostgreSQL",
        2_600,
        Cover::None,
    );
    estate.instance(
        &zoe("Owner", "zoë.müller"),
        "notebook",
        "m6i.xlarge",
        OfficeHours,
        Cover::None,
    );
    estate.bucket(
        &zoe("owner", "zoe.mueller"),
        "northwind-analytics-exports",
        2_100,
        15,
        60_000,
    );
    // A new database since two months before the founding.
    estate.database(
        &zoe("owner", "zoe.mueller").during(today - 64, i32::MAX),
        "analytics-replica",
        "db.r6g.large",
        "PostgreSQL",
        2_600,
        Cover::None,
    );
}

/// The idle fleet: machines of a load test that ended, which nobody owns and nobody stopped.
fn nobody(estate: &mut Estate, today: i32) {
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
fn sftp(estate: &mut Estate, tenants: &[Tenant]) {
    let server = Place::new(
        PRODUCTION,
        VIRGINIA,
        &[("team", "platform"), ("env", "prod"), ("product", "sftp")],
    );
    let arn = "arn:aws:transfer:us-east-1:222233334444:server/s-0123456789abcdef0";
    estate
        .other(
            &server,
            arn,
            "AWS Transfer Family",
            "ProtocolHours",
            "SFTP:S3",
            "Hrs",
            prices::SFTP_HOUR,
            Volume::Hours,
        )
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
        for (usage, share) in [("UploadBytes", 30), ("DownloadBytes", 45)] {
            let moved = Volume::Daily(stored * ONE / share);
            estate
                .other(
                    &server,
                    arn,
                    "AWS Transfer Family",
                    usage,
                    "SFTP:S3",
                    "GB",
                    prices::SFTP_GIGABYTE,
                    moved,
                )
                .pattern = Traffic;
        }
    }
}

fn commitments(estate: &mut Estate, calendar: &Calendar) {
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
    estate.plans = vec![
        plan("demo-2a61", 1_150_000_000, 0, year_end),
        plan("demo-77f0", 1_300_000_000, year_end, i32::MAX),
    ];
}
