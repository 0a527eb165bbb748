use tallyport_ledger::Validity;
use tallyport_store::By;
use tallyport_workspace::rules::{MatcherAsk, RuleChange};
use tallyport_workspace::{people, rules, statement, teams};

use crate::bench::{Bench, ask, costs_of, grant, line, rows};

fn tag(key: &str, value: &str) -> MatcherAsk {
    MatcherAsk::Tag {
        key: key.to_owned(),
        value: value.to_owned(),
    }
}

fn resource(id: &str) -> MatcherAsk {
    MatcherAsk::Resource(id.to_owned())
}

async fn two_machines() -> Bench {
    let bench = Bench::new();
    let lines = [
        line(
            "2024-03-10",
            "100",
            "EC2",
            "i-1",
            "450",
            r#"{"Owner":"anna"}"#,
        ),
        line(
            "2024-03-20",
            "100",
            "EC2",
            "i-1",
            "50",
            r#"{"Owner":"anna"}"#,
        ),
        line(
            "2024-03-10",
            "200",
            "S3",
            "b-1",
            "120",
            r#"{"owner":"Ben"}"#,
        ),
        line("2024-03-10", "200", "RDS", "db-1", "-20", "{}"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    bench.import(&bench.focus("march.csv", &lines)).await;
    bench.person("Anna").await;
    bench.person("Ben").await;
    bench
}

#[tokio::test]
async fn without_rules_everything_is_unowned() {
    let bench = two_machines().await;
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Unowned", "600.00")])
    );
}

#[tokio::test]
async fn a_rule_gives_past_charges_and_coming_ones() {
    let bench = two_machines().await;
    let added = bench
        .rule("person:Anna", tag("owner", "ANNA"), None, None)
        .await;
    assert_eq!(added.reallocated.charges, 2);
    assert_eq!(added.reallocated.months.len(), 1);
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Anna", "500.00"), ("Unowned", "100.00")])
    );
    let april = bench.focus(
        "april.csv",
        &[&line(
            "2024-04-01",
            "100",
            "EC2",
            "i-9",
            "7",
            r#"{"user:Owner":"anna"}"#,
        )],
    );
    bench.import(&april).await;
    assert_eq!(
        bench.rows("2024-04", By::Person).await,
        rows(&[("Anna", "7.00"), ("Unowned", "0.00")]),
        "unowned is there even if it is nothing"
    );
}

#[tokio::test]
async fn the_first_rule_that_matches_wins_and_a_named_resource_goes_first() {
    let bench = two_machines().await;
    bench
        .rule(
            "person:Anna",
            MatcherAsk::Account("100".to_owned()),
            None,
            None,
        )
        .await;
    bench
        .rule("person:Ben", tag("owner", "*"), None, None)
        .await;
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Anna", "500.00"), ("Ben", "120.00"), ("Unowned", "-20.00")])
    );
    let assigned = bench.rule("person:Ben", resource("i-1"), None, None).await;
    assert_eq!(assigned.rule.position, 1);
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Ben", "620.00"), ("Unowned", "-20.00")])
    );
}

#[tokio::test]
async fn a_rule_holds_from_a_day_to_a_day() {
    let bench = two_machines().await;
    bench
        .rule("person:Anna", resource("i-1"), None, Some("2024-03-15"))
        .await;
    bench
        .rule("person:Ben", resource("i-1"), Some("2024-03-16"), None)
        .await;
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Anna", "450.00"), ("Unowned", "100.00"), ("Ben", "50.00")])
    );
}

#[tokio::test]
async fn a_changed_or_deleted_rule_gives_back_what_it_took() {
    let bench = two_machines().await;
    let rule = bench
        .rule("person:Anna", resource("i-1"), None, None)
        .await
        .rule;
    let change = RuleChange {
        to: Some(Some("2024-03-15".parse().unwrap())),
        ..RuleChange::default()
    };
    let changed = rules::change(&bench.cx, &grant(), rule.id, change)
        .await
        .unwrap();
    assert_eq!(changed.reallocated.charges, 1);
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Anna", "450.00"), ("Unowned", "150.00")])
    );
    let gone = rules::remove(&bench.cx, &grant(), rule.id).await.unwrap();
    assert_eq!(gone.charges, 1);
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Unowned", "600.00")])
    );
}

#[tokio::test]
async fn a_rule_that_moves_up_takes_over() {
    let bench = two_machines().await;
    bench
        .rule(
            "person:Anna",
            MatcherAsk::Account("100".to_owned()),
            None,
            None,
        )
        .await;
    let second = bench
        .rule(
            "person:Ben",
            MatcherAsk::Service("EC*".to_owned()),
            None,
            None,
        )
        .await;
    assert_eq!(second.reallocated.charges, 0);
    let change = RuleChange {
        position: Some(1),
        ..RuleChange::default()
    };
    let moved = rules::change(&bench.cx, &grant(), second.rule.id, change)
        .await
        .unwrap();
    assert_eq!(moved.reallocated.charges, 2);
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Ben", "500.00"), ("Unowned", "100.00")])
    );
}

#[tokio::test]
async fn a_preview_says_what_a_rule_would_take_from_whom() {
    let bench = two_machines().await;
    bench.rule("person:Anna", resource("i-1"), None, None).await;
    let ask = rules::RuleAsk {
        owner: rules::OwnerAsk::Named("person:Ben".to_owned()),
        matchers: vec![MatcherAsk::Account("1??".to_owned()), resource("i-1")],
        validity: Validity::default(),
        note: None,
        position: None,
    };
    let nothing = rules::preview(&bench.cx, &grant(), ask.clone())
        .await
        .unwrap();
    assert_eq!(nothing.charges, 0, "an account is named to the letter");
    let ask = rules::RuleAsk {
        matchers: vec![MatcherAsk::Service("ec?".to_owned())],
        ..ask
    };
    let preview = rules::preview(&bench.cx, &grant(), ask).await.unwrap();
    assert_eq!(preview.charges, 2);
    assert_eq!(preview.amounts[0].to_decimal(2), "500.00");
    assert_eq!(preview.now_owned_by[0].0.as_ref().unwrap().name, "Anna");
}

#[tokio::test]
async fn a_team_has_what_it_owns_and_what_its_members_own_on_the_day() {
    let bench = two_machines().await;
    let anna = people::list(&bench.cx, &grant(), false).await.unwrap()[0].id;
    let web = teams::add(&bench.cx, &grant(), "Web", None)
        .await
        .unwrap()
        .id;
    let data = teams::add(&bench.cx, &grant(), "Data", None)
        .await
        .unwrap()
        .id;
    bench.rule("person:Anna", resource("i-1"), None, None).await;
    bench.rule("team:Web", resource("b-1"), None, None).await;
    assert_eq!(
        bench.rows("2024-03", By::Team).await,
        rows(&[
            ("Anna (in no team)", "500.00"),
            ("Web", "120.00"),
            ("Unowned", "-20.00")
        ])
    );
    let until = |day: &str| Validity::new(None, Some(day.parse().unwrap())).unwrap();
    teams::set_member(&bench.cx, &grant(), web, anna, until("2024-03-15"))
        .await
        .unwrap();
    teams::set_member(&bench.cx, &grant(), data, anna, Validity::default())
        .await
        .unwrap();
    assert_eq!(
        bench.rows("2024-03", By::Team).await,
        rows(&[("Web", "570.00"), ("Data", "50.00"), ("Unowned", "-20.00")]),
        "of two teams on one day the first counts"
    );
    let mut of_web = costs_of("2024-03", By::Person);
    of_web.filter.team = vec!["web".to_owned()];
    assert_eq!(
        bench.rows_of(of_web).await,
        rows(&[
            ("Anna", "450.00"),
            ("Web (team)", "120.00"),
            ("Unowned", "0.00")
        ])
    );
}

#[tokio::test]
async fn a_person_sees_their_month_by_service_and_resource() {
    let bench = two_machines().await;
    let anna = people::list(&bench.cx, &grant(), false).await.unwrap()[0].id;
    bench
        .rule("person:Anna", tag("owner", "*"), None, None)
        .await;
    let statement = statement::statement(
        &bench.cx,
        &grant(),
        anna,
        "2024-03".parse().unwrap(),
        tallyport_ledger::Metric::Billed,
        None,
    )
    .await
    .unwrap();
    let result = &statement.results[0];
    assert_eq!(result.total.to_decimal(2), "620.00");
    let services: Vec<_> = result
        .services
        .iter()
        .map(|s| {
            (
                s.service.as_str(),
                s.amount.to_decimal(2),
                s.resources.len(),
            )
        })
        .collect();
    assert_eq!(
        services,
        [
            ("EC2", "500.00".to_owned(), 1),
            ("S3", "120.00".to_owned(), 1)
        ]
    );
}

#[tokio::test]
async fn somebody_whom_rules_name_cannot_go() {
    let bench = two_machines().await;
    let everybody = people::list(&bench.cx, &grant(), false).await.unwrap();
    let (anna, ben) = (everybody[0].id, everybody[1].id);
    let rule = bench
        .rule("person:Anna", resource("i-1"), None, None)
        .await
        .rule;
    let refused = people::remove(&bench.cx, &grant(), anna).await.unwrap_err();
    assert_eq!(refused.code(), "request.in-use");
    people::remove(&bench.cx, &grant(), ben).await.unwrap();
    rules::remove(&bench.cx, &grant(), rule.id).await.unwrap();
    let kept = people::remove(&bench.cx, &grant(), anna).await.unwrap_err();
    assert_eq!(
        kept.code(),
        "request.in-use",
        "the deleted rule still names her"
    );
    let archived = people::PersonChange {
        archived: Some(true),
        ..people::PersonChange::default()
    };
    people::change(&bench.cx, &grant(), anna, archived)
        .await
        .unwrap();
    assert!(
        people::list(&bench.cx, &grant(), false)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn two_of_one_name_are_refused_whatever_the_case() {
    let bench = Bench::new();
    bench.person("Zoë").await;
    let refused = people::add(&bench.cx, &grant(), " zoË ", None)
        .await
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "there is a person named \"zoË\" already"
    );
}

#[tokio::test]
async fn a_new_version_is_allocated_by_the_rules_of_today() {
    let bench = two_machines().await;
    bench.rule("person:Anna", resource("i-1"), None, None).await;
    let lines = [
        line("2024-03-11", "100", "EC2", "i-1", "1", "{}"),
        line("2024-03-11", "100", "EC2", "i-2", "2", "{}"),
    ];
    let file = bench.focus("again.csv", &[&lines[0], &lines[1]]);
    bench.import_as(ask(&file)).await.unwrap();
    assert_eq!(
        bench.rows("2024-03", By::Person).await,
        rows(&[("Unowned", "2.00"), ("Anna", "1.00")])
    );
}
