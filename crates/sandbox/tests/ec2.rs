//! The real EC2 client: looking at machines, starting and stopping them.
#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_ec2::Client;
use aws_sdk_ec2::config::Region;
use aws_sdk_ec2::error::ProvideErrorMetadata as _;
use aws_sdk_ec2::types::{Filter, Instance, InstanceStateName};
use support::{TODAY, open, reopen};
use tallyport_sandbox::Sandbox;

/// A client in a region of a member account.
async fn client(sandbox: &Sandbox, account: &str, region: &'static str) -> Client {
    let config = sandbox.sdk_config();
    let arn = format!("arn:aws:iam::{account}:role/OrganizationAccountAccessRole");
    let granted = aws_sdk_sts::Client::new(&config)
        .assume_role()
        .role_arn(arn)
        .role_session_name("test")
        .send()
        .await
        .unwrap();
    let keys = granted.credentials().unwrap();
    let credentials = Credentials::new(
        keys.access_key_id(),
        keys.secret_access_key(),
        Some(keys.session_token().into()),
        None,
        "test",
    );
    let provider = SharedCredentialsProvider::new(credentials);
    Client::new(
        &config
            .to_builder()
            .credentials_provider(provider)
            .region(Region::new(region))
            .build(),
    )
}

fn filter(name: &str, value: &str) -> Filter {
    Filter::builder().name(name).values(value).build()
}

async fn instances(client: &Client, filters: Vec<Filter>) -> Vec<Instance> {
    let mut pages = client
        .describe_instances()
        .set_filters(Some(filters))
        .max_results(5)
        .into_paginator()
        .send();
    let mut found = vec![];
    while let Some(page) = pages.next().await {
        found.extend(
            page.unwrap()
                .reservations
                .unwrap_or_default()
                .into_iter()
                .flat_map(|reservation| reservation.instances.unwrap_or_default()),
        );
    }
    found
}

fn state(instance: &Instance) -> InstanceStateName {
    instance.state().unwrap().name().unwrap().clone()
}

#[tokio::test]
async fn machines_are_found_by_region_account_tag_and_state_across_pages() {
    let opened = open();
    let production = client(&opened.sandbox, "222233334444", "us-east-1").await;
    let all = instances(&production, vec![]).await;
    assert!(all.len() > 10, "several pages of machines: {}", all.len());
    assert!(all.iter().all(|instance| {
        instance
            .placement()
            .unwrap()
            .availability_zone()
            .unwrap()
            .starts_with("us-east-1")
    }));
    let janes = instances(
        &production,
        vec![
            filter("tag:owner", "jane*"),
            filter("instance-state-name", "running"),
        ],
    )
    .await;
    assert!(!janes.is_empty() && janes.len() < all.len());

    let development = client(&opened.sandbox, "333344445555", "eu-west-1").await;
    assert_eq!(
        instances(&development, vec![filter("tag:project", "load-test")])
            .await
            .len(),
        6,
        "the idle fleet"
    );
    let payer = Client::new(&opened.sandbox.sdk_config());
    assert!(
        instances(&payer, vec![]).await.is_empty(),
        "the paying account runs nothing"
    );
    let wrong = development
        .describe_instances()
        .filters(filter("colour", "red"))
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        wrong.into_service_error().code(),
        Some("InvalidParameterValue")
    );
}

#[tokio::test]
async fn a_dry_run_says_what_it_would_do_and_stops_nothing() {
    let opened = open();
    let client = client(&opened.sandbox, "333344445555", "eu-west-1").await;
    let fleet = instances(&client, vec![filter("tag:project", "load-test")]).await;
    let id = fleet[0].instance_id().unwrap();
    let error = client
        .stop_instances()
        .instance_ids(id)
        .dry_run(true)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.code(), Some("DryRunOperation"));
    let still = instances(&client, vec![filter("instance-id", id)]).await;
    assert_eq!(state(&still[0]), InstanceStateName::Running);
}

#[tokio::test]
async fn a_stopped_machine_stays_stopped_after_reopening_and_costs_nothing_from_the_next_day() {
    let opened = open();
    let client_before = client(&opened.sandbox, "333344445555", "eu-west-1").await;
    let fleet = instances(&client_before, vec![filter("tag:project", "load-test")]).await;
    let ids: Vec<String> = fleet
        .iter()
        .filter_map(|instance| instance.instance_id().map(Into::into))
        .collect();
    let answer = client_before
        .stop_instances()
        .set_instance_ids(Some(ids.clone()))
        .send()
        .await
        .unwrap();
    let change = &answer.stopping_instances()[0];
    assert_eq!(
        change.previous_state().unwrap().name(),
        Some(&InstanceStateName::Running)
    );
    assert_eq!(
        change.current_state().unwrap().name(),
        Some(&InstanceStateName::Stopping)
    );
    drop(opened.sandbox);

    let later = reopen(&opened.folder, TODAY.saturating_add(jiff::ToSpan::days(9)));
    let client_after = client(&later, "333344445555", "eu-west-1").await;
    let stopped = instances(
        &client_after,
        vec![filter("instance-state-name", "stopped")],
    )
    .await;
    assert_eq!(stopped.len(), 6);
    let cost = cost_of_type(&later, "m5.2xlarge").await;
    assert!(
        cost["2026-11-20"] != "0",
        "it ran on the day before: {cost:?}"
    );
    assert!(
        !cost.contains_key("2026-11-23"),
        "and not on the day after: {cost:?}"
    );

    client_after
        .start_instances()
        .set_instance_ids(Some(ids))
        .send()
        .await
        .unwrap();
    assert!(
        instances(
            &client_after,
            vec![filter("instance-state-name", "stopped")]
        )
        .await
        .is_empty()
    );
}

async fn cost_of_type(sandbox: &Sandbox, kind: &str) -> std::collections::BTreeMap<String, String> {
    use aws_sdk_costexplorer::types::{
        DateInterval, Dimension, DimensionValues, Expression, Granularity, GroupDefinition,
        GroupDefinitionType,
    };
    let only = Expression::builder()
        .dimensions(
            DimensionValues::builder()
                .key(Dimension::InstanceType)
                .values(kind)
                .build(),
        )
        .build();
    let by = GroupDefinition::builder()
        .r#type(GroupDefinitionType::Dimension)
        .key("INSTANCE_TYPE")
        .build();
    let period = DateInterval::builder()
        .start("2026-11-18")
        .end("2026-11-26")
        .build()
        .unwrap();
    let request = aws_sdk_costexplorer::Client::new(&sandbox.sdk_config()).get_cost_and_usage();
    let answer = request
        .time_period(period)
        .granularity(Granularity::Daily)
        .metrics("UnblendedCost")
        .filter(only)
        .group_by(by)
        .send()
        .await
        .unwrap();
    let day = |result: &aws_sdk_costexplorer::types::ResultByTime| {
        let amount = result.groups().first()?.metrics()?["UnblendedCost"]
            .amount()?
            .to_owned();
        Some((result.time_period()?.start().to_owned(), amount))
    };
    answer.results_by_time().iter().filter_map(day).collect()
}

#[tokio::test]
async fn a_machine_that_is_not_there_is_named_in_the_refusal() {
    let opened = open();
    let client = client(&opened.sandbox, "222233334444", "us-east-1").await;
    for (id, code) in [
        ("i-0123456789abcdef0", "InvalidInstanceID.NotFound"),
        ("banana", "InvalidInstanceID.Malformed"),
    ] {
        let error = client
            .stop_instances()
            .instance_ids(id)
            .send()
            .await
            .unwrap_err()
            .into_service_error();
        assert_eq!(error.code(), Some(code));
        assert!(error.message().unwrap().contains(id));
    }
    let error = client
        .describe_vpcs()
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.code(), Some("NotImplementedInSandbox"));
}
