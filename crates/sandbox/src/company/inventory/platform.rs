//! What the platform team runs, and the plumbing that all share.

use super::super::cast::{DATA, DEVELOPMENT, PAYER, PRODUCTION};
use super::super::estate::{Estate, Place};
use super::super::line::ONE;
use super::super::meter::Pattern::Steady;
use super::super::meter::{Cover, Volume};
use super::super::prices::{self, VIRGINIA};

pub(super) fn platform(estate: &mut Estate, today: i32) {
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
    estate.product(&omar("ohaddad"), metrics, &prices::METRIC, watched);

    // Shared plumbing: tagged with a team at best.
    let shared = Place::new(PRODUCTION, VIRGINIA, &[("team", "platform"), ("owner", "")]);
    estate.nat_gateway(&shared, "production", 260);
    let bare = |account| Place::new(account, VIRGINIA, &[]);
    estate.nat_gateway(&bare(DEVELOPMENT), "development", 45);
    estate.snapshots(&bare(PRODUCTION), "nightly", 5_200);
    estate.disk(&bare(DEVELOPMENT), "left over from a migration", 1_500);
    let zone = Volume::Monthly(12 * ONE);
    estate.product(
        &bare(PAYER),
        "hostedzone/Z0DEMO",
        &prices::HOSTED_ZONE,
        zone,
    );
    let asked = Volume::Daily(9 * ONE);
    estate.product(&bare(PAYER), "NoResourceId", &prices::COST_QUESTION, asked);
    for (account, keys) in [(PRODUCTION, 14), (DATA, 6), (DEVELOPMENT, 3)] {
        let keys = Volume::Monthly(keys * ONE);
        estate.product(&bare(account), "NoResourceId", &prices::KEY, keys);
    }
    // Debug logging left on: ten times as much since sixteen days before the founding.
    let chatty = Place::new(
        PRODUCTION,
        VIRGINIA,
        &[("owner", "zoe.mueller"), ("team", "data"), ("env", "prod")],
    );
    estate.logs(&chatty, "/app/recommendations", 38).runaway = Some((today - 16, 10));
}
