//! Budgets from the bill to the notice: raised once, grouped, quiet where nothing is to be said, and made up
//! for where the program stopped.

use crate::desk::{Desk, percent};
use jiff::SignedDuration;
use jiff::civil::date;
use tallyport_ledger::alert::{AlertState, Severity};
use tallyport_ledger::budget::{BudgetPeriod, BudgetState, Measure, ScopeKind};
use tallyport_workspace::WorkspaceError;
use tallyport_workspace::alerts::Answer;
use tallyport_workspace::budgets::{self, BudgetsAsk, LimitAsk, ThresholdAsk};
use tallyport_workspace::evaluate::{self, Evaluated};

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_reaches_thresholds_tells_each_once() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    desk.load("Ana", &["700"]).await;
    desk.budget("Ana", "1000", &[percent(80), percent(100)])
        .await;
    assert!(desk.notices().await.is_empty(), "70 % is below 80 %");

    desk.load("Ana", &["700", "130"]).await;
    let notices = desk.notices().await;
    let [notice] = notices.as_slice() else {
        panic!("one notice: {notices:?}");
    };
    assert_eq!(notice.title, "Ana has used 83 % of its budget");
    assert_eq!(
        notice.text,
        "$830.00 of $1,000.00 are spent in November 2026: 83 % of the budget."
    );
    assert_eq!(notice.severity, Severity::Warning);
    assert_eq!(notice.place, format!("/budgets/{}", desk.id("Ana").await.0));

    // Nothing repeats with the next load, whether it changes anything or not.
    desk.load("Ana", &["700", "130"]).await;
    desk.load("Ana", &["700", "130", "20"]).await;
    assert_eq!(desk.notices().await.len(), 1);

    desk.load("Ana", &["700", "130", "20", "200"]).await;
    let notices = desk.notices().await;
    assert_eq!(notices.len(), 2);
    assert_eq!(notices[1].title, "Ana is over its budget");
    assert_eq!(notices[1].severity, Severity::Urgent);
    let alerts = desk.alerts().await;
    assert_eq!(alerts.len(), 2);
    assert!(alerts.iter().all(|alert| alert.times == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_is_restated_below_and_above_again_is_not_told_twice() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    desk.budget("Ana", "1000", &[percent(80)]).await;
    desk.load("Ana", &["850"]).await;
    assert_eq!(desk.notices().await.len(), 1);

    // Below by less than the margin: it still stands.
    desk.load("Ana", &["780"]).await;
    assert_eq!(desk.alerts().await[0].state, AlertState::Open);
    // Below by the margin: cleared, in silence.
    desk.load("Ana", &["700"]).await;
    assert_eq!(desk.alerts().await[0].state, AlertState::Cleared);
    // Above again: it stands again, in silence.
    desk.load("Ana", &["900"]).await;
    let alerts = desk.alerts().await;
    assert_eq!(alerts.len(), 1);
    assert_eq!(alerts[0].state, AlertState::Open);
    assert_eq!(alerts[0].times, 1);
    assert_eq!(desk.notices().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_higher_limit_is_another_matter() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    desk.budget("Ana", "1000", &[percent(100)]).await;
    desk.load("Ana", &["1100"]).await;
    assert_eq!(desk.notices().await.len(), 1);

    let mut ask = Desk::ask("Ana", "2000", &[percent(100)]);
    ask.scope.id = Some("Ana".to_owned());
    let id = desk.id("Ana").await;
    budgets::change(&desk.scene.cx, &desk.scene.may(), id, ask)
        .await
        .unwrap();
    assert_eq!(desk.alerts().await[0].state, AlertState::Cleared);
    assert_eq!(desk.notices().await.len(), 1);

    desk.load("Ana", &["2100"]).await;
    let alerts = desk.alerts().await;
    assert_eq!((alerts.len(), alerts[0].times), (1, 2));
    assert_eq!(desk.notices().await.len(), 2, "2,000 is another limit");
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_budgets_crossed_at_once_are_one_popup_that_says_so() {
    let desk = Desk::new().await;
    let lines: Vec<(String, String)> = (0..500)
        .map(|at| (format!("service {at:03}"), format!("{}", 100 + at)))
        .collect();
    for (service, _) in &lines {
        let mut ask = Desk::ask(service, "100", &[percent(80), percent(100)]);
        ask.scope.kind = ScopeKind::Service;
        ask.scope.value = Some(service.clone());
        desk.add_quietly(ask).await;
    }
    let bill: Vec<crate::scene::Line<'_>> = lines
        .iter()
        .map(|(service, amount)| ("2026-11-20", service.as_str(), "r", "", amount.as_str()))
        .collect();
    desk.scene.bill(&bill).await;
    let notices = desk.notices().await;
    let [notice] = notices.as_slice() else {
        panic!("{} notices", notices.len());
    };
    assert_eq!(notice.title, "500 budgets reached a threshold");
    assert_eq!(
        notice.text,
        "All of them are over their limit: service 499, service 498, service 497 and 497 more."
    );
    assert_eq!(notice.place, "/alerts");
    assert_eq!(notice.alerts.len(), 1_000, "each threshold is in the inbox");
    assert_eq!(notice.lines.len(), 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_that_budgets_chose_get_their_own_and_a_muted_budget_is_quiet() {
    let desk = Desk::new().await;
    for (name, channels) in [("Ana", vec![7]), ("Ben", vec![7, 8]), ("Eva", vec![])] {
        desk.person(name).await;
        let mut ask = Desk::ask(name, "100", &[percent(100)]);
        ask.scope.id = Some(name.to_owned());
        ask.channels = channels;
        desk.add(ask).await;
    }
    desk.person("Max").await;
    desk.budget("Max", "100", &[percent(100)]).await;
    let until = desk.scene.cx.now() + SignedDuration::from_hours(2);
    let id = desk.id("Max").await;
    budgets::mute(&desk.scene.cx, &desk.scene.may(), id, Some(until))
        .await
        .unwrap();

    desk.load_all(&["Ana", "Ben", "Eva", "Max"], "200").await;
    let mut told = desk.outbox().await;
    told.sort_by_key(|(channel, _)| *channel);
    let shown: Vec<(Option<i64>, usize)> = told
        .iter()
        .map(|(channel, notice)| (*channel, notice.alerts.len()))
        .collect();
    assert_eq!(shown, [(None, 3), (Some(7), 2), (Some(8), 1)]);
    assert_eq!(
        desk.alerts().await.len(),
        4,
        "the muted one is in the inbox"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_in_quarantine_is_not_told_until_somebody_releases_it() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    for day in 1..=20 {
        desk.note(&format!("2026-10-{day:02}"), "Ana", "10");
        desk.note(&format!("2026-11-{day:02}"), "Ana", "10");
    }
    desk.load_estimate().await;
    desk.budget("Ana", "1000", &[percent(80)]).await;
    desk.note("2026-11-21", "Ana", "9000");
    desk.load_estimate().await;
    let view = desk.view("Ana").await;
    assert!(view.now.quarantined);
    assert_eq!(view.now.actual.to_decimal(2), "9200.00", "it is shown");
    assert!(desk.alerts().await.is_empty(), "and nothing is told of it");
    assert!(desk.notices().await.is_empty());

    desk.release().await;
    evaluate::evaluate(&desk.scene.cx).await.unwrap();
    assert_eq!(desk.notices().await.len(), 1);
    assert!(!desk.view("Ana").await.now.quarantined);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_moved_by_a_day_and_back_tells_nothing_twice_and_misses_nothing() {
    let desk = Desk::at("2026-11-30T20:00:00Z").await;
    desk.person("Ana").await;
    desk.budget("Ana", "1000", &[percent(80)]).await;
    desk.note("2026-11-30", "Ana", "900");
    desk.load_noted().await;
    assert_eq!(desk.notices().await.len(), 1);

    desk.move_clock(SignedDuration::from_hours(24)).await;
    assert_eq!(
        desk.notices().await.len(),
        1,
        "December has begun, with nothing"
    );
    desk.note("2026-12-01", "Ana", "850");
    desk.load_noted().await;
    assert_eq!(desk.notices().await.len(), 2, "December is another period");

    // A day back: December is not there yet, and November was told.
    desk.move_clock(SignedDuration::from_hours(-24)).await;
    desk.note("2026-11-29", "Ana", "200");
    desk.load_noted().await;
    assert_eq!(desk.notices().await.len(), 2);
    desk.move_clock(SignedDuration::from_hours(25)).await;
    assert_eq!(desk.notices().await.len(), 2);
    assert_eq!(desk.alerts().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_loaded_while_the_clock_was_a_day_behind_is_told_when_it_is_right() {
    let desk = Desk::at("2026-11-30T20:00:00Z").await;
    desk.person("Ana").await;
    desk.budget("Ana", "1000", &[percent(80)]).await;
    desk.note("2026-12-01", "Ana", "900");
    desk.load_noted().await;
    assert!(
        desk.notices().await.is_empty(),
        "December has not begun here"
    );
    desk.move_clock(SignedDuration::from_hours(24)).await;
    assert_eq!(desk.notices().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_was_put_off_comes_back_once_and_an_answered_one_does_not() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    desk.person("Ben").await;
    desk.budget("Ana", "100", &[percent(100)]).await;
    desk.budget("Ben", "100", &[percent(100)]).await;
    desk.load_all(&["Ana", "Ben"], "150").await;
    let alerts = desk.alerts().await;
    assert_eq!(desk.open().await, 2);
    let tomorrow = desk.scene.cx.now() + SignedDuration::from_hours(24);
    desk.answer(alerts[0].id, Answer::Snooze(tomorrow)).await;
    desk.answer(alerts[1].id, Answer::Acknowledge).await;
    assert_eq!(desk.open().await, 0);

    desk.load_all(&["Ana", "Ben"], "160").await;
    desk.move_clock(SignedDuration::from_hours(23)).await;
    assert_eq!(desk.notices().await.len(), 1);
    desk.move_clock(SignedDuration::from_hours(2)).await;
    let notices = desk.notices().await;
    assert_eq!(notices.len(), 2);
    assert!(
        notices[1]
            .text
            .starts_with("You wanted to hear of this again.")
    );
    desk.move_clock(SignedDuration::from_hours(24)).await;
    assert_eq!(desk.notices().await.len(), 2);
    assert_eq!(desk.open().await, 1);

    let past = desk.scene.cx.now() - SignedDuration::from_hours(1);
    let refused = desk.try_answer(alerts[0].id, Answer::Snooze(past)).await;
    assert!(matches!(
        refused,
        Err(WorkspaceError::Invalid { field: "until", .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_of_old_bills_tells_nothing_but_shows_where_it_stood() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    let mut ask = Desk::ask("Ana", "100", &[percent(100)]);
    ask.scope.id = Some("Ana".to_owned());
    ask.starts = Some(date(2025, 1, 1));
    desk.add(ask).await;
    for month in 1..=9 {
        desk.note(&format!("2026-{month:02}-10"), "Ana", "150");
    }
    desk.load_noted().await;
    assert!(desk.notices().await.is_empty());
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    let may = BudgetsAsk {
        month: Some("2026-05".parse().unwrap()),
        ..BudgetsAsk::default()
    };
    let may = budgets::list(cx, &by, may).await.unwrap();
    assert_eq!(may.as_of_day, Some(date(2026, 9, 10)));
    let now = &may.budgets[0].now;
    assert_eq!(now.state, BudgetState::Over);
    assert_eq!(now.used_per_mille, Some(1_500));
    assert_eq!(desk.view("Ana").await.now.state, BudgetState::NoData);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_of_what_is_over_already_tells_so_at_once_and_only_what_is_due_is_evaluated() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    desk.load("Ana", &["150"]).await;
    desk.budget("Ana", "100", &[percent(50), percent(100)])
        .await;
    let notices = desk.notices().await;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].alerts.len(), 2);
    let nothing = evaluate::evaluate(&desk.scene.cx).await.unwrap();
    assert_eq!(nothing, Evaluated::default());

    // A new threshold is told of, those before are not told again.
    let mut ask = Desk::ask("Ana", "100", &[percent(50), percent(100), percent(120)]);
    ask.scope.id = Some("Ana".to_owned());
    let id = desk.id("Ana").await;
    budgets::change(&desk.scene.cx, &desk.scene.may(), id, ask)
        .await
        .unwrap();
    let notices = desk.notices().await;
    assert_eq!(notices.len(), 2);
    assert_eq!(notices[1].alerts.len(), 1);

    // An archived budget has nothing to say; brought back, it has said it.
    let cx = &desk.scene.cx;
    budgets::archive(cx, &desk.scene.may(), id, true)
        .await
        .unwrap();
    assert_eq!(desk.open().await, 0);
    desk.load("Ana", &["150", "300"]).await;
    budgets::archive(cx, &desk.scene.may(), id, false)
        .await
        .unwrap();
    assert_eq!(desk.view("Ana").await.now.actual.to_decimal(2), "450.00");
    assert_eq!(desk.notices().await.len(), 2);
    assert_eq!(desk.open().await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn budgets_of_a_day_a_quarter_and_a_year_and_of_amounts_are_told_too() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    for (name, period, limit) in [
        ("daily", BudgetPeriod::Day, "50"),
        ("quarterly", BudgetPeriod::Quarter, "300"),
        ("yearly", BudgetPeriod::Year, "900"),
    ] {
        let mut ask = Desk::ask(name, limit, &[percent(100)]);
        ask.scope.id = Some("Ana".to_owned());
        ask.period = period;
        ask.starts = Some(date(2026, 1, 1));
        desk.add(ask).await;
    }
    let mut ask = Desk::ask("amount", "10000", &[]);
    ask.scope.id = Some("Ana".to_owned());
    ask.thresholds = vec![ThresholdAsk {
        percent: None,
        amount: Some("120".to_owned()),
        on: Measure::Actual,
    }];
    desk.add(ask).await;
    desk.note("2026-03-03", "Ana", "600");
    desk.note("2026-10-05", "Ana", "200");
    desk.note("2026-11-18", "Ana", "60");
    desk.note("2026-11-19", "Ana", "65");
    desk.load_noted().await;
    let mut titles: Vec<(String, String)> = desk
        .alerts()
        .await
        .into_iter()
        .map(|alert| (alert.title, alert.text))
        .collect();
    titles.sort();
    let titles: Vec<String> = titles
        .into_iter()
        .map(|(title, text)| format!("{title} | {text}"))
        .collect();
    assert_eq!(
        titles,
        [
            "amount has spent $120.00 | $125.00 of $10,000.00 are spent in November 2026: 1 % of the budget.",
            "daily is over its budget | $60.00 of $50.00 are spent in 18 November 2026: 120 % of the budget.",
            "daily is over its budget | $65.00 of $50.00 are spent in 19 November 2026: 130 % of the budget.",
            "quarterly is over its budget | $325.00 of $300.00 are spent in the 4th quarter of 2026: 108 % of the budget.",
            "yearly is over its budget | $925.00 of $900.00 are spent in 2026: 102 % of the budget.",
        ]
    );
    assert_eq!(desk.notices().await.len(), 1, "all of them in one notice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_has_another_limit_each_month() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    let mut ask = Desk::ask("Ana", "1", &[percent(100)]);
    ask.scope.id = Some("Ana".to_owned());
    ask.limit = LimitAsk::Plan((1..=12).map(|month| format!("{}", month * 100)).collect());
    desk.add(ask).await;
    desk.load("Ana", &["1099.99"]).await;
    assert!(desk.notices().await.is_empty());
    let now = desk.view("Ana").await.now;
    assert_eq!(now.limit.to_decimal(0), "1100");
    assert_eq!(now.state, BudgetState::Near);
    desk.load("Ana", &["1100"]).await;
    assert_eq!(desk.notices().await.len(), 1);
}
