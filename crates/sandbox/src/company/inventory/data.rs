//! What the data team runs.

use super::super::cast::DATA;
use super::super::estate::{Estate, Place};
use super::super::meter::Cover;
use super::super::meter::Pattern::{MonthEnd, OfficeHours, Steady};
use super::super::prices::{FRANKFURT, VIRGINIA};

pub(super) fn data(estate: &mut Estate, today: i32) {
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
    estate
        .function(&month_end, "month-end-report", 260_000, Cover::None)
        .pattern = MonthEnd;

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
