//! What is refused, what is listed, and what goes wrong on demand.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_sdk_costexplorer::error::ProvideErrorMetadata as _;
use aws_sdk_costexplorer::types::{Dimension, Expression, Granularity};
use tallyport_sandbox::Fault;

use crate::ask::{Ask, FROM, TO, by, client, only, period};
use crate::support::open;

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
    assert_eq!(kinds.len(), 12, "{kinds:?}");
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

#[tokio::test]
async fn a_thousand_pages_come_whole_though_one_request_in_ten_is_throttled() {
    let opened = open();
    let ask = Ask {
        granularity: Granularity::Daily,
        from: "2026-11-01".into(),
        ..Ask::grouped(vec![by("USAGE_TYPE"), by("LINKED_ACCOUNT")])
    };
    let patient = client(&opened.sandbox)
        .config()
        .retry_config()
        .cloned()
        .unwrap();
    let patient = patient
        .with_max_attempts(20)
        .with_max_backoff(Duration::from_millis(4));
    let config = opened
        .sandbox
        .sdk_config()
        .to_builder()
        .retry_config(patient)
        .build();
    let patient = aws_sdk_costexplorer::Client::new(&config);
    let whole = ask.cells(&patient, "UnblendedCost").await;
    opened.sandbox.set_page_size(1);
    opened
        .sandbox
        .faults()
        .rate("ce:GetCostAndUsage", Fault::LimitExceeded, 10, 7);
    let before = opened.sandbox.requests();
    assert_eq!(ask.cells(&patient, "UnblendedCost").await, whole);
    let after = opened.sandbox.requests();
    let pages = whole.len() as u64;
    let asked = after.of("ce:GetCostAndUsage") - before.of("ce:GetCostAndUsage");
    assert!(pages > 1_000, "{pages}");
    assert!(
        asked > pages * 105 / 100 && asked < pages * 118 / 100,
        "{asked} for {pages}"
    );
    assert_eq!(
        after.charged_by_cost_explorer() - before.charged_by_cost_explorer(),
        pages,
        "refused requests are free"
    );
}

#[tokio::test]
async fn a_request_signed_at_another_time_is_refused_with_the_time_that_it_is() {
    let opened = open();
    let clock = jiff::civil::date(2020, 2, 29).at(12, 0, 0, 0);
    opened.sandbox.set_clock(Some(clock));
    let config = opened.sandbox.sdk_config();
    let once = config
        .to_builder()
        .retry_config(RetryConfig::disabled())
        .build();
    let ask = |config: &aws_config::SdkConfig| {
        let request = aws_sdk_costexplorer::Client::new(config).get_cost_and_usage();
        request
            .granularity(Granularity::Monthly)
            .metrics("UnblendedCost")
            .time_period(period(FROM, TO))
    };
    let refused = ask(&once).send().await.unwrap_err();
    let date = refused
        .raw_response()
        .unwrap()
        .headers()
        .get("date")
        .unwrap();
    assert_eq!(date, "Sat, 29 Feb 2020 12:00:00 GMT");
    let error = refused.into_service_error();
    assert_eq!(error.code(), Some("InvalidSignatureException"));
    assert!(
        error
            .message()
            .unwrap()
            .starts_with("Signature not yet current: "),
        "{error:?}"
    );
    let listed = aws_sdk_s3::Client::new(&once).list_buckets().send().await;
    let error = listed.unwrap_err().into_service_error();
    assert_eq!(error.code(), Some("RequestTimeTooSkewed"));

    // Told the time, the SDK signs once more by it.
    let before = opened.sandbox.requests().of("ce:GetCostAndUsage");
    ask(&config).send().await.unwrap();
    assert_eq!(
        opened.sandbox.requests().of("ce:GetCostAndUsage") - before,
        2
    );
    opened.sandbox.set_clock(None);
    ask(&once).send().await.unwrap();
}
