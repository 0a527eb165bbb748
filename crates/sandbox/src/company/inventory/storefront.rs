//! What the storefront team runs.

use super::super::cast::{DEVELOPMENT, PRODUCTION};
use super::super::estate::{Estate, Place};
use super::super::line::ONE;
use super::super::meter::Pattern::{OfficeHours, Steady};
use super::super::meter::{Cover, Volume};
use super::super::prices::{self, FRANKFURT, IRELAND, VIRGINIA};
use super::{ORDERS_DATABASE, WEB_SERVERS};

pub(super) fn storefront(estate: &mut Estate) {
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
        .product(&leaving, "NoResourceId", &prices::EGRESS, traffic)
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
