//! Whatever it is grouped, filtered or paged by, it is the same bill.

use aws_sdk_costexplorer::types::{
    Dimension, Expression, Granularity, MatchOption, ResultByTime, TagValues,
};

use crate::ask::{Ask, by, by_tag, client, only, sum};
use crate::support::open;

#[tokio::test]
async fn every_grouping_adds_up_to_the_same_bill_to_the_nano() {
    let opened = open();
    let client = client(&opened.sandbox);
    for metric in ["UnblendedCost", "AmortizedCost"] {
        let bill = Ask::year().total(&client, metric).await;
        assert!(
            bill > 150_000_000_000_000,
            "a year of the company is more than $150,000"
        );
        let groupings = [
            vec![by("RECORD_TYPE"), by("SERVICE")],
            vec![by("LINKED_ACCOUNT"), by_tag("owner")],
            vec![by_tag("Owner"), by_tag("team")],
            vec![by("REGION"), by("USAGE_TYPE")],
            vec![by("PURCHASE_TYPE"), by("INSTANCE_TYPE")],
            vec![by_tag("cost center")],
            vec![by("OPERATION"), by("AZ")],
        ];
        for groups in groupings {
            let said = format!("{groups:?}");
            assert_eq!(
                Ask::grouped(groups).total(&client, metric).await,
                bill,
                "{metric} by {said}"
            );
        }
        let daily = Ask {
            granularity: Granularity::Daily,
            ..Ask::grouped(vec![by("SERVICE"), by("LINKED_ACCOUNT")])
        };
        assert_eq!(
            daily.total(&client, metric).await,
            bill,
            "days add up to months"
        );
    }
}

#[tokio::test]
async fn a_grouped_answer_has_no_total_and_untagged_charges_are_an_empty_value() {
    let opened = open();
    let client = client(&opened.sandbox);
    for result in Ask::grouped(vec![by_tag("owner")])
        .pages(&client)
        .await
        .iter()
        .flatten()
    {
        assert!(result.total().is_none_or(|total| total.is_empty()));
        assert!(
            result
                .groups()
                .iter()
                .any(|group| group.keys() == ["owner$"])
        );
        assert!(
            result
                .groups()
                .iter()
                .any(|group| group.keys() == ["owner$jane.doe"])
        );
    }
}

#[tokio::test]
async fn small_pages_and_one_page_hold_the_same_and_a_day_may_begin_on_one_and_end_on_the_next() {
    let opened = open();
    let client = client(&opened.sandbox);
    let ask = Ask {
        granularity: Granularity::Daily,
        from: "2026-09-01".into(),
        ..Ask::grouped(vec![by("SERVICE"), by_tag("owner")])
    };
    opened.sandbox.set_page_size(1_000_000);
    let whole = ask.cells(&client, "UnblendedCost").await;
    assert_eq!(ask.pages(&client).await.len(), 1);
    opened.sandbox.set_page_size(37);
    let pages = ask.pages(&client).await;
    assert_eq!(pages.len(), whole.len().div_ceil(37));
    assert!(pages.windows(2).any(|pair| {
        let day = |result: Option<&ResultByTime>| {
            result.unwrap().time_period().unwrap().start().to_owned()
        };
        day(pair[0].last()) == day(pair[1].first())
    }));
    assert_eq!(ask.cells(&client, "UnblendedCost").await, whole);
}

#[tokio::test]
async fn a_year_of_days_takes_several_pages_as_it_comes() {
    let opened = open();
    let ask = Ask {
        granularity: Granularity::Daily,
        ..Ask::grouped(vec![by("LINKED_ACCOUNT"), by("SERVICE")])
    };
    let pages = ask.pages(&client(&opened.sandbox)).await.len();
    assert!((4..40).contains(&pages), "{pages} pages");
    assert_eq!(
        opened.sandbox.requests().charged_by_cost_explorer(),
        u64::try_from(pages).unwrap()
    );
}

#[tokio::test]
async fn filters_part_the_bill_without_losing_or_doubling_anything() {
    let opened = open();
    let client = client(&opened.sandbox);
    let bill = Ask::year().total(&client, "UnblendedCost").await;
    let production = only(Dimension::LinkedAccount, &["222233334444"]);
    let usage = only(Dimension::RecordType, &["Usage", "DiscountedUsage"]);
    let tag = |values: TagValues| Expression::builder().tags(values).build();
    let absent = tag(TagValues::builder()
        .key("owner")
        .match_options(MatchOption::Absent)
        .build());
    let jane = tag(TagValues::builder()
        .key("owner")
        .values("JANE.DOE")
        .match_options(MatchOption::Equals)
        .match_options(MatchOption::CaseInsensitive)
        .build());
    let either = Expression::builder()
        .or(production.clone())
        .or(usage.clone())
        .build();
    for filter in [production, usage, absent, jane, either] {
        let inside = Ask::filtered(filter.clone())
            .total(&client, "UnblendedCost")
            .await;
        let outside = Ask::filtered(Expression::builder().not(filter.clone()).build())
            .total(&client, "UnblendedCost")
            .await;
        assert_ne!(inside, 0, "{filter:?}");
        assert_eq!(inside + outside, bill, "{filter:?}");
    }
}

#[tokio::test]
async fn over_a_whole_term_a_reservation_and_a_savings_plan_amortise_to_what_they_bill() {
    let opened = open();
    let client = client(&opened.sandbox);
    // The web servers' reservation runs from the first day to the end of October.
    let term = |filter| Ask {
        to: "2026-11-01".into(),
        ..Ask::filtered(filter)
    };
    let reserved = Expression::builder()
        .and(only(
            Dimension::RecordType,
            &["Fee", "RIFee", "DiscountedUsage"],
        ))
        .and(only(
            Dimension::Service,
            &["Amazon Elastic Compute Cloud - Compute"],
        ))
        .build();
    let plan = only(
        Dimension::RecordType,
        &[
            "SavingsPlanCoveredUsage",
            "SavingsPlanNegation",
            "SavingsPlanRecurringFee",
        ],
    );
    for (name, filter) in [("reservation", reserved), ("savings plan", plan)] {
        let billed = term(filter.clone()).total(&client, "UnblendedCost").await;
        let amortised = term(filter.clone()).total(&client, "AmortizedCost").await;
        assert!(billed > 1_000_000_000_000, "{name}");
        assert_eq!(billed, amortised, "{name}");
        let first = Ask {
            to: "2025-12-01".into(),
            ..Ask::filtered(filter)
        };
        let differs = first.total(&client, "UnblendedCost").await
            != first.total(&client, "AmortizedCost").await;
        assert_eq!(
            differs,
            name == "reservation",
            "in one month only what was paid upfront differs"
        );
    }
}

#[tokio::test]
async fn what_a_reservation_did_not_use_stands_on_the_first_of_its_month() {
    let opened = open();
    let ask = Ask {
        granularity: Granularity::Daily,
        ..Ask::filtered(only(Dimension::RecordType, &["RIFee"]))
    };
    let unused: Vec<(String, i128)> = ask
        .pages(&client(&opened.sandbox))
        .await
        .iter()
        .flatten()
        .map(|day| {
            (
                day.time_period().unwrap().start().to_owned(),
                sum(day, "AmortizedCost"),
            )
        })
        .filter(|(_, amount)| *amount != 0)
        .collect();
    assert!(
        unused
            .iter()
            .any(|(day, amount)| day == "2026-03-01" && *amount > 0),
        "web-3 was away in March: {unused:?}"
    );
    assert!(
        unused.iter().all(|(day, _)| day.ends_with("-01")),
        "{unused:?}"
    );
}
