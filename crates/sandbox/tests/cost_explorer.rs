//! The real Cost Explorer client against the company's bill.

mod support;

use std::collections::BTreeMap;

use aws_sdk_costexplorer::Client;
use aws_sdk_costexplorer::error::ProvideErrorMetadata as _;
use aws_sdk_costexplorer::types::{
    DateInterval, Dimension, DimensionValues, Expression, Granularity, GroupDefinition,
    GroupDefinitionType, MatchOption, ResultByTime, TagValues,
};
use jiff::civil::{Date, date};
use support::{TODAY, nano, open, open_on};
use tallyport_sandbox::{Fault, Sandbox};

const FROM: &str = "2025-11-01";
const TO: &str = "2026-11-22";

fn client(sandbox: &Sandbox) -> Client {
    let config = sandbox.sdk_config();
    let quick = config
        .retry_config()
        .cloned()
        .unwrap()
        .with_initial_backoff(std::time::Duration::from_millis(2));
    Client::new(&config.to_builder().retry_config(quick).build())
}

fn period(from: &str, to: &str) -> DateInterval {
    DateInterval::builder().start(from).end(to).build().unwrap()
}

fn by(key: &str) -> GroupDefinition {
    GroupDefinition::builder()
        .r#type(GroupDefinitionType::Dimension)
        .key(key)
        .build()
}

fn by_tag(key: &str) -> GroupDefinition {
    GroupDefinition::builder()
        .r#type(GroupDefinitionType::Tag)
        .key(key)
        .build()
}

fn only(dimension: Dimension, values: &[&str]) -> Expression {
    let values = DimensionValues::builder()
        .key(dimension)
        .set_values(Some(values.iter().map(ToString::to_string).collect()));
    Expression::builder().dimensions(values.build()).build()
}

struct Ask {
    from: String,
    to: String,
    granularity: Granularity,
    groups: Vec<GroupDefinition>,
    filter: Option<Expression>,
}

impl Ask {
    fn year() -> Self {
        Self {
            from: FROM.into(),
            to: TO.into(),
            granularity: Granularity::Monthly,
            groups: vec![],
            filter: None,
        }
    }

    fn grouped(groups: Vec<GroupDefinition>) -> Self {
        Self {
            groups,
            ..Self::year()
        }
    }

    fn filtered(filter: Expression) -> Self {
        Self {
            filter: Some(filter),
            ..Self::year()
        }
    }

    /// Every page, as it came.
    async fn pages(&self, client: &Client) -> Vec<Vec<ResultByTime>> {
        let mut pages = vec![];
        let mut token = None;
        loop {
            let answer = client
                .get_cost_and_usage()
                .time_period(period(&self.from, &self.to))
                .granularity(self.granularity.clone())
                .metrics("UnblendedCost")
                .metrics("AmortizedCost")
                .metrics("NetUnblendedCost")
                .metrics("NetAmortizedCost")
                .metrics("UsageQuantity")
                .set_group_by(Some(self.groups.clone()))
                .set_filter(self.filter.clone())
                .set_next_page_token(token)
                .send()
                .await
                .unwrap();
            token = answer.next_page_token().map(ToOwned::to_owned);
            pages.push(answer.results_by_time.unwrap_or_default());
            if token.is_none() {
                return pages;
            }
        }
    }

    /// The sum of a metric over everything answered.
    async fn total(&self, client: &Client, metric: &str) -> i128 {
        self.pages(client)
            .await
            .iter()
            .flatten()
            .map(|result| sum(result, metric))
            .sum()
    }

    /// Sums by period and keys.
    async fn cells(&self, client: &Client, metric: &str) -> BTreeMap<(String, Vec<String>), i128> {
        let mut cells = BTreeMap::new();
        for result in self.pages(client).await.iter().flatten() {
            let start = result.time_period().unwrap().start().to_owned();
            for group in result.groups() {
                let value = nano(group.metrics().unwrap()[metric].amount().unwrap());
                let before = cells.insert((start.clone(), group.keys().to_vec()), value);
                assert!(before.is_none(), "a group came twice: {:?}", group.keys());
            }
        }
        cells
    }
}

fn sum(result: &ResultByTime, metric: &str) -> i128 {
    let of =
        |metrics: &std::collections::HashMap<String, aws_sdk_costexplorer::types::MetricValue>| {
            metrics
                .get(metric)
                .map_or(0, |value| nano(value.amount().unwrap()))
        };
    result.total().map_or(0, of)
        + result
            .groups()
            .iter()
            .map(|group| of(group.metrics().unwrap()))
            .sum::<i128>()
}

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
async fn a_value_that_does_not_exist_gives_nothing_and_no_error() {
    let opened = open();
    let ask = Ask {
        groups: vec![by("SERVICE")],
        ..Ask::filtered(only(Dimension::Service, &["Amazon EC2"]))
    };
    let pages = ask.pages(&client(&opened.sandbox)).await;
    assert_eq!(pages[0].len(), 13, "the months are there");
    assert!(pages[0].iter().all(|month| month.groups().is_empty()));
}

#[tokio::test]
async fn what_cost_explorer_refuses_is_refused_by_name() {
    let opened = open();
    let client = client(&opened.sandbox);
    let ask = || {
        client
            .get_cost_and_usage()
            .granularity(Granularity::Daily)
            .metrics("UnblendedCost")
            .time_period(period("2026-10-01", "2026-11-01"))
    };
    let refused = [
        (ask().group_by(by("CHARGE_TYPE")), "ValidationException"),
        (
            ask()
                .group_by(by("SERVICE"))
                .group_by(by("REGION"))
                .group_by(by("AZ")),
            "ValidationException",
        ),
        (ask().metrics("ListCost"), "ValidationException"),
        (
            ask().granularity(Granularity::Hourly),
            "ValidationException",
        ),
        (
            ask().time_period(period("2026-11-01", "2026-10-01")),
            "ValidationException",
        ),
        (
            ask().time_period(period("2025-09-30", "2026-10-01")),
            "ValidationException",
        ),
        (
            ask().time_period(period("2026-11-22", "2026-11-24")),
            "ValidationException",
        ),
        (
            ask().time_period(period("2026-11-01", "2027-01-01")),
            "ValidationException",
        ),
        (
            ask().filter(Expression::builder().build()),
            "ValidationException",
        ),
        (
            ask().next_page_token("not a token"),
            "InvalidNextTokenException",
        ),
    ];
    for (request, code) in refused {
        let error = request.send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some(code), "{error:?}");
        assert!(!error.message().unwrap_or_default().is_empty());
    }
}

#[tokio::test]
async fn a_token_belongs_to_its_request() {
    let opened = open();
    opened.sandbox.set_page_size(5);
    let client = client(&opened.sandbox);
    let ask = |key| {
        let request = client
            .get_cost_and_usage()
            .granularity(Granularity::Daily)
            .metrics("UnblendedCost");
        request
            .time_period(period("2026-10-01", "2026-11-01"))
            .group_by(by(key))
    };
    let token = ask("SERVICE")
        .send()
        .await
        .unwrap()
        .next_page_token
        .unwrap();
    let error = ask("REGION")
        .next_page_token(token)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(error.is_request_changed_exception(), "{error:?}");
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

#[tokio::test]
async fn the_same_seed_and_day_give_the_same_bill_and_another_seed_another() {
    let ask = || Ask {
        granularity: Granularity::Daily,
        ..Ask::grouped(vec![by("USAGE_TYPE"), by_tag("owner")])
    };
    let (one, two) = (open(), open());
    let cells = ask().cells(&client(&one.sandbox), "UnblendedCost").await;
    assert_eq!(
        cells,
        ask().cells(&client(&two.sandbox), "UnblendedCost").await
    );
    let folder = tempfile::tempdir().unwrap();
    let options = tallyport_sandbox::SandboxOptions {
        folder: folder.path().into(),
        today: TODAY,
        seed: 8,
    };
    let other = Sandbox::open(options).unwrap();
    assert_ne!(cells, ask().cells(&client(&other), "UnblendedCost").await);
}

#[tokio::test]
async fn recent_days_are_restated_and_older_ones_are_not() {
    let opened = open();
    let client = client(&opened.sandbox);
    let usage = || Ask {
        granularity: Granularity::Daily,
        from: "2026-11-10".into(),
        ..Ask::filtered(only(Dimension::RecordType, &["Usage"]))
    };
    let days = |pages: Vec<Vec<ResultByTime>>| -> BTreeMap<Date, i128> {
        let day = |result: &ResultByTime| {
            (
                result.time_period().unwrap().start().parse().unwrap(),
                sum(result, "UnblendedCost"),
            )
        };
        pages.iter().flatten().map(day).collect()
    };
    let before = days(usage().pages(&client).await);
    opened.sandbox.set_today(date(2026, 11, 24));
    let after = days(
        Ask {
            to: "2026-11-25".into(),
            ..usage()
        }
        .pages(&client)
        .await,
    );
    for day in 10..=18 {
        assert_eq!(
            before[&date(2026, 11, day)],
            after[&date(2026, 11, day)],
            "day {day} was settled"
        );
    }
    for day in 19..=21 {
        assert!(
            before[&date(2026, 11, day)] < after[&date(2026, 11, day)],
            "day {day} was incomplete"
        );
    }
    assert!(after[&date(2026, 11, 24)] > 0, "new days appear");
}

#[tokio::test]
async fn the_open_month_is_estimated_and_the_last_one_until_its_fifth_day() {
    for (today, last_month_is_open) in [(date(2026, 11, 5), true), (date(2026, 11, 6), false)] {
        let opened = open_on(today);
        let ask = Ask {
            from: "2026-09-01".into(),
            to: "2026-12-01".into(),
            ..Ask::year()
        };
        let pages = ask.pages(&client(&opened.sandbox)).await;
        let estimated: Vec<bool> = pages[0].iter().map(ResultByTime::estimated).collect();
        assert_eq!(estimated, [false, last_month_is_open, true], "on {today}");
    }
}

#[tokio::test]
async fn reopened_on_a_later_day_the_history_stands_where_it_was() {
    let opened = open();
    let ask = || Ask {
        to: "2026-11-01".into(),
        granularity: Granularity::Daily,
        ..Ask::grouped(vec![by("SERVICE")])
    };
    let before = ask().cells(&client(&opened.sandbox), "UnblendedCost").await;
    let later = support::reopen(&opened.folder, date(2026, 12, 9));
    assert_eq!(before, ask().cells(&client(&later), "UnblendedCost").await);
}

#[tokio::test]
async fn one_cost_runs_away_in_the_current_month() {
    let opened = open();
    let ask = Ask {
        granularity: Granularity::Daily,
        from: "2026-10-26".into(),
        to: "2026-11-16".into(),
        ..Ask::filtered(only(Dimension::Service, &["AmazonCloudWatch"]))
    };
    let days: Vec<i128> = ask
        .pages(&client(&opened.sandbox))
        .await
        .iter()
        .flatten()
        .map(|day| sum(day, "UnblendedCost"))
        .collect();
    // The same weekday before and after.
    let (quiet, loud) = (days[1], days[15]);
    assert!(loud > 4 * quiet, "{quiet} {loud}");
}

#[tokio::test]
async fn throttling_is_retried_and_both_attempts_are_counted() {
    let opened = open();
    let client = client(&opened.sandbox);
    for fault in [
        Fault::Throttling,
        Fault::LimitExceeded,
        Fault::InternalError,
        Fault::ConnectionReset,
        Fault::LostAnswer,
    ] {
        let before = opened.sandbox.requests();
        opened.sandbox.faults().next("ce:GetCostAndUsage", fault, 2);
        Ask::year().pages(&client).await;
        let after = opened.sandbox.requests();
        assert_eq!(
            after.of("ce:GetCostAndUsage") - before.of("ce:GetCostAndUsage"),
            3,
            "{fault:?}"
        );
        assert_eq!(
            after.charged_by_cost_explorer() - before.charged_by_cost_explorer(),
            1,
            "{fault:?}"
        );
    }
    opened.sandbox.faults().next("*", Fault::DataUnavailable, 1);
    let request = client
        .get_cost_and_usage()
        .granularity(Granularity::Monthly)
        .metrics("UnblendedCost")
        .time_period(period(FROM, TO));
    assert!(
        request
            .send()
            .await
            .unwrap_err()
            .into_service_error()
            .is_data_unavailable_exception()
    );
    assert_eq!(opened.sandbox.faults().left(), 0);
}

#[tokio::test]
async fn dimension_values_and_tags_list_what_there_is_to_filter_by() {
    let opened = open();
    let client = client(&opened.sandbox);
    let values = |dimension| {
        let request = client
            .get_dimension_values()
            .dimension(dimension)
            .time_period(period(FROM, TO));
        async move { request.send().await.unwrap() }
    };
    let accounts = values(Dimension::LinkedAccount).await;
    assert_eq!(accounts.total_size(), 4);
    assert_eq!(
        accounts.dimension_values()[0].attributes().unwrap()["description"],
        "northwind-management"
    );
    let kinds: Vec<String> = values(Dimension::RecordType)
        .await
        .dimension_values
        .into_iter()
        .filter_map(|value| value.value)
        .collect();
    assert_eq!(kinds.len(), 11, "{kinds:?}");
    let services: Vec<String> = values(Dimension::Service)
        .await
        .dimension_values
        .into_iter()
        .filter_map(|value| value.value)
        .collect();
    for service in [
        "EC2 - Other",
        "AWS Transfer Family",
        "AWS Lambda",
        "Tax",
        "AWS Support (Business)",
    ] {
        assert!(
            services.iter().any(|name| name == service),
            "{service} in {services:?}"
        );
    }
    let keys = client
        .get_tags()
        .time_period(period(FROM, TO))
        .send()
        .await
        .unwrap()
        .tags;
    for key in ["owner", "Owner", "team", "env", "cost center", "tenant"] {
        assert!(keys.iter().any(|name| name == key), "{key} in {keys:?}");
    }
    let owners = client
        .get_tags()
        .time_period(period(FROM, TO))
        .tag_key("owner")
        .send()
        .await
        .unwrap()
        .tags;
    assert!(
        owners.contains(&String::new()),
        "untagged charges are an empty value"
    );
    let first = client
        .get_tags()
        .time_period(period(FROM, TO))
        .tag_key("owner")
        .max_results(3)
        .send()
        .await
        .unwrap();
    let second = client
        .get_tags()
        .time_period(period(FROM, TO))
        .tag_key("owner")
        .max_results(3)
        .next_page_token(first.next_page_token.unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!([first.tags, second.tags].concat(), owners[..6]);
}

#[tokio::test]
async fn every_spelling_that_the_people_are_known_by_is_on_the_bill() {
    let opened = open();
    let client = client(&opened.sandbox);
    let company = opened.sandbox.company();
    assert_eq!(
        (
            company.accounts().len(),
            company.people().len(),
            company.teams().len(),
            company.tenants().len()
        ),
        (4, 8, 3, 3)
    );
    for key in ["owner", "Owner"] {
        let seen = client
            .get_tags()
            .time_period(period(FROM, TO))
            .tag_key(key)
            .send()
            .await
            .unwrap()
            .tags;
        for value in company
            .people()
            .iter()
            .flat_map(|person| &person.tag_values)
            .filter(|value| value.key == key)
        {
            assert!(
                seen.iter().any(|name| name == value.value),
                "{value:?} in {seen:?}"
            );
        }
        let known: Vec<&str> = company
            .people()
            .iter()
            .flat_map(|person| &person.tag_values)
            .filter(|tag| tag.key == key)
            .map(|tag| tag.value)
            .collect();
        assert!(
            seen.iter()
                .all(|value| value.is_empty() || known.contains(&value.as_str())),
            "every owner is somebody: {seen:?}"
        );
    }
}

#[tokio::test]
async fn what_the_sandbox_does_not_have_it_says_and_is_not_asked_again() {
    let opened = open();
    let error = client(&opened.sandbox)
        .list_cost_category_definitions()
        .send()
        .await
        .unwrap_err();
    let error = error.into_service_error();
    assert_eq!(error.code(), Some("NotImplementedInSandbox"));
    assert!(
        error
            .message()
            .unwrap()
            .contains("ce:ListCostCategoryDefinitions")
    );
    assert_eq!(
        opened
            .sandbox
            .requests()
            .of("ce:ListCostCategoryDefinitions"),
        1,
        "not retried"
    );
}
