//! What is unusual in a bill that came in, who is told, and what people say of it.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use scene::{Scene, moment};
use std::sync::atomic::Ordering;
use tallyport_ledger::alert::{AlertKind, Notice};
use tallyport_ledger::{DayRange, LoadCosts, SetBudgets, ViewCosts};
use tallyport_store::AlertQuery;
use tallyport_workspace::anomalies::{self, AnomaliesAsk, Kind, Unusual, Verdict, anomalies};
use tallyport_workspace::{FilterAsk, overview, plausibility};

/// One thing of a bill: service, usage type, region, resource, whose it is, and what it costs on a day.
type Thing<'a> = (
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a dyn Fn(Date) -> i64,
);

/// A FOCUS export of these things from a day to a day; the latest month is an estimate if asked for.
fn focus(things: &[Thing<'_>], from: Date, to: Date, estimated: bool) -> String {
    let mut text = "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,\
         ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,ResourceId,RegionId,\
         SubAccountId,SkuId,ChargeDescription,Tags,InvoiceId\n"
        .to_owned();
    let mut day = from;
    while day <= to {
        let month = day.strftime("%Y-%m");
        let open = estimated && day.first_of_month() == to.first_of_month();
        let invoice = if open { "" } else { "2026-7" };
        for (service, usage, region, resource, owner, cost) in things {
            let cents = cost(day);
            if cents == 0 {
                continue;
            }
            writeln!(
                text,
                "{0}.{1:02},{0}.{1:02},111122223333,USD,{month}-01 00:00:00,Usage,{day} 00:00:00,{day} 01:00:00,AWS,\
                 {service},{resource},{region},444455556666,{usage},,\"{{\"\"owner\"\": \"\"{owner}\"\"}}\",{invoice}",
                cents / 100,
                cents % 100,
            )
            .unwrap();
        }
        day = day.tomorrow().unwrap();
    }
    text
}

/// A few percent up and down, the same every time.
fn noisy(day: Date, cents: i64) -> i64 {
    let turn = i64::from(day.day()) * 37 + i64::from(day.month()) * 61;
    cents + cents * (turn % 9 - 4) / 100
}

const FIRST: Date = date(2026, 6, 1);
const LAST: Date = date(2026, 11, 21);
const RUNAWAY: Date = date(2026, 11, 6);

fn chatty(day: Date) -> i64 {
    noisy(day, if day >= RUNAWAY { 9_000 } else { 900 })
}

fn quiet(day: Date) -> i64 {
    noisy(day, 1_200)
}

fn weekdays(day: Date) -> i64 {
    let weekend = day.weekday().to_monday_zero_offset() >= 5;
    noisy(day, if weekend { 1_100 } else { 4_000 })
}

/// Debug logging that was left on, beside things that do as always.
fn company() -> Vec<Thing<'static>> {
    vec![
        (
            "Logs",
            "DataProcessing-Bytes",
            "us-east-1",
            "/app/recommendations",
            "Zoe",
            &chatty,
        ),
        (
            "Logs",
            "DataProcessing-Bytes",
            "us-east-1",
            "/app/checkout",
            "Mei",
            &quiet,
        ),
        (
            "Compute",
            "BoxUsage:m6i.large",
            "eu-west-1",
            "i-0aa",
            "Mei",
            &weekdays,
        ),
    ]
}

async fn found(scene: &Scene, filter: FilterAsk) -> Vec<Unusual> {
    let days = DayRange::new(FIRST, LAST).unwrap();
    let ask = AnomaliesAsk { days, filter };
    anomalies(&scene.cx, &scene.may::<ViewCosts>(), ask)
        .await
        .unwrap()
}

async fn all(scene: &Scene) -> Vec<Unusual> {
    found(scene, FilterAsk::default()).await
}

async fn alerts(scene: &Scene) -> Vec<tallyport_store::Alert> {
    let query = AlertQuery {
        limit: 100,
        ..AlertQuery::default()
    };
    scene.cx.store.read(move |r| r.alerts(query)).await.unwrap()
}

async fn posted(scene: &Scene) -> Vec<Notice> {
    let posted = scene.cx.store.read(|r| r.posted()).await.unwrap();
    posted.into_iter().map(|(_, notice)| notice).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runaway_is_told_once_with_the_resource_that_caused_it() {
    let scene = Scene::new().await;
    scene.bill_of(&focus(&company(), FIRST, LAST, true)).await;
    let [runaway] = &all(&scene).await[..] else {
        panic!("{:?}", all(&scene).await)
    };
    assert_eq!(runaway.kind, Kind::Level);
    assert_eq!((runaway.days.from(), runaway.days.to()), (RUNAWAY, LAST));
    assert_eq!(
        (runaway.service.as_str(), runaway.usage_type.as_str()),
        ("Logs", "DataProcessing-Bytes")
    );
    assert_eq!(runaway.account.as_ref().unwrap().0, "444455556666");
    let cause = runaway
        .causes
        .iter()
        .find(|cause| cause.dimension == "resource")
        .unwrap();
    assert_eq!(cause.key, "/app/recommendations");
    assert!(cause.share >= 98, "{cause:?}");
    let region = runaway
        .causes
        .iter()
        .find(|cause| cause.dimension == "region")
        .unwrap();
    assert_eq!(
        (region.key.as_str(), region.amount),
        ("us-east-1", runaway.impact)
    );
    // Sixteen days of eighty-one dollars more.
    let more = runaway.impact.nanos() / 1_000_000_000;
    assert!((1_250..1_340).contains(&more), "{runaway:?}");

    let told = alerts(&scene).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].kind, AlertKind::Anomaly);
    assert_eq!(told[0].figures.unwrap().amount, runaway.actual);
    assert!(
        told[0].text.contains("/app/recommendations"),
        "{}",
        told[0].text
    );
    assert_eq!(
        told[0].place,
        format!("/costs?month=2026-11&anomaly={}", runaway.id)
    );
    assert_eq!(posted(&scene).await.len(), 1);

    // The same bill a day longer: it goes on, and nobody is told again.
    let longer = focus(&company(), FIRST, LAST.tomorrow().unwrap(), true);
    scene.bill_of(&longer).await;
    let days = DayRange::new(FIRST, LAST.tomorrow().unwrap()).unwrap();
    let ask = AnomaliesAsk {
        days,
        filter: FilterAsk::default(),
    };
    let later = anomalies(&scene.cx, &scene.may::<ViewCosts>(), ask)
        .await
        .unwrap();
    assert_eq!(later.len(), 1, "{later:?}");
    assert_eq!(
        (later[0].id, later[0].days.to()),
        (runaway.id, LAST.tomorrow().unwrap())
    );
    assert_eq!(
        (alerts(&scene).await.len(), posted(&scene).await.len()),
        (1, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unusual_stands_on_the_overview_until_it_is_marked_as_expected() {
    let scene = Scene::new().await;
    scene.bill_of(&focus(&company(), FIRST, LAST, true)).await;
    let by = scene.may::<ViewCosts>();
    let month = Some("2026-11".parse().unwrap());
    let seen = overview::overview(&scene.cx, &by, month, None)
        .await
        .unwrap();
    assert_eq!(seen.unusual.len(), 1);
    assert!(
        seen.attention
            .iter()
            .any(|attention| attention.kind == "unusual")
    );
    let id = seen.unusual[0].id;

    let may = scene.may::<SetBudgets>();
    let judge = |verdict| anomalies::judge(&scene.cx, &may, id, verdict, "a load test");
    let judged = judge(Some(Verdict::Expected)).await.unwrap();
    assert_eq!(
        (judged.id, judged.feedback, judged.note.as_str()),
        (id, Some(Verdict::Expected), "a load test")
    );
    let seen = overview::overview(&scene.cx, &by, month, None)
        .await
        .unwrap();
    assert_eq!(seen.unusual, []);
    assert_eq!(
        all(&scene).await[0].feedback,
        Some(Verdict::Expected),
        "it is still there to be seen"
    );

    let undone = judge(None).await.unwrap();
    assert_eq!(undone.feedback, None);
    assert_eq!(
        overview::overview(&scene.cx, &by, month, None)
            .await
            .unwrap()
            .unusual
            .len(),
        1
    );
    let missing =
        anomalies::judge(&scene.cx, &may, tallyport_store::AnomalyId(999), None, "").await;
    assert_eq!(missing.unwrap_err().code(), "request.not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_like_of_what_was_expected_is_not_found_again() {
    let scene = Scene::new().await;
    let spiky = |day: Date| {
        let twice = [date(2026, 8, 11), date(2026, 10, 20)].contains(&day);
        noisy(day, if twice { 6_000 } else { 2_000 })
    };
    let things: [Thing<'_>; 1] = [(
        "Compute",
        "BoxUsage:m6i.large",
        "eu-west-1",
        "i-0aa",
        "Mei",
        &spiky,
    )];
    scene.bill_of(&focus(&things, FIRST, LAST, true)).await;
    let both = all(&scene).await;
    assert_eq!(both.len(), 2, "{both:?}");
    let first = both
        .iter()
        .find(|one| one.days.from() == date(2026, 8, 11))
        .unwrap();
    let may = scene.may::<SetBudgets>();
    let judge = |verdict| anomalies::judge(&scene.cx, &may, first.id, verdict, "");
    judge(Some(Verdict::Expected)).await.unwrap();
    let left = all(&scene).await;
    assert_eq!(
        left.iter().map(|one| one.id).collect::<Vec<_>>(),
        [first.id]
    );
    judge(None).await.unwrap();
    assert_eq!(
        all(&scene).await.len(),
        2,
        "what was taken back counts no more"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restated_month_takes_back_what_was_not_so() {
    let scene = Scene::new().await;
    scene.bill_of(&focus(&company(), FIRST, LAST, true)).await;
    assert_eq!(all(&scene).await.len(), 1);
    let calm: [Thing<'_>; 1] = [(
        "Logs",
        "DataProcessing-Bytes",
        "us-east-1",
        "/app/checkout",
        "Mei",
        &quiet,
    )];
    scene.bill_of(&focus(&calm, FIRST, LAST, true)).await;
    let left = all(&scene).await;
    assert!(
        left.iter()
            .all(|one| one.days.from() != RUNAWAY || one.impact.nanos() < 0),
        "{left:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_the_provider_still_adds_to_are_not_cheap() {
    let scene = Scene::new().await;
    let half_read = |day: Date| match LAST.since(day).unwrap().get_days() {
        0 => 1_400,
        1 => 3_700,
        _ => noisy(day, 4_000),
    };
    let things: [Thing<'_>; 1] = [(
        "Compute",
        "BoxUsage:m6i.large",
        "eu-west-1",
        "i-0aa",
        "Mei",
        &half_read,
    )];
    scene.bill_of(&focus(&things, FIRST, LAST, true)).await;
    assert_eq!(all(&scene).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn months_that_are_not_believed_are_left_out_until_somebody_releases_them() {
    let scene = Scene::new().await;
    let wild = |day: Date| noisy(day, if day >= RUNAWAY { 400_000 } else { 900 });
    let things: [Thing<'_>; 1] = [(
        "Logs",
        "DataProcessing-Bytes",
        "us-east-1",
        "/app",
        "Zoe",
        &wild,
    )];
    scene.bill_of(&focus(&things, FIRST, LAST, true)).await;
    let held = plausibility::list(&scene.cx, &scene.may::<ViewCosts>())
        .await
        .unwrap();
    assert_eq!(held.len(), 1, "{held:?}");
    assert_eq!(all(&scene).await, []);
    assert!(
        alerts(&scene)
            .await
            .iter()
            .all(|alert| alert.kind != AlertKind::Anomaly)
    );
    let may = scene.may::<LoadCosts>();
    plausibility::release(&scene.cx, &may, held[0].id, "it was so")
        .await
        .unwrap();
    assert_eq!(all(&scene).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_narrowed_by_whose_it_is() {
    let scene = Scene::new().await;
    scene.person("Zoe").await;
    scene.person("Mei").await;
    scene.bill_of(&focus(&company(), FIRST, LAST, true)).await;
    let of = |person: &str| FilterAsk {
        person: vec![person.to_owned()],
        ..FilterAsk::default()
    };
    assert_eq!(found(&scene, of("Zoe")).await.len(), 1);
    let compute = FilterAsk {
        service: vec!["Compute".to_owned()],
        ..FilterAsk::default()
    };
    assert_eq!(found(&scene, compute).await, []);
    let as_of = FilterAsk {
        as_of: Some(LAST),
        ..FilterAsk::default()
    };
    let days = DayRange::new(FIRST, LAST).unwrap();
    let ask = AnomaliesAsk {
        days,
        filter: as_of,
    };
    let refused = anomalies(&scene.cx, &scene.may::<ViewCosts>(), ask).await;
    assert_eq!(refused.unwrap_err().code(), "request.invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_old_or_small_is_found_and_nobody_is_told() {
    let scene = Scene::new().await;
    let old = |day: Date| {
        noisy(
            day,
            if day == date(2026, 8, 11) {
                90_000
            } else {
                3_000
            },
        )
    };
    let small = |day: Date| noisy(day, if day == date(2026, 11, 17) { 900 } else { 300 });
    let things: [Thing<'_>; 2] = [
        (
            "Compute",
            "BoxUsage:m6i.large",
            "eu-west-1",
            "i-0aa",
            "Mei",
            &old,
        ),
        (
            "Logs",
            "DataProcessing-Bytes",
            "us-east-1",
            "/app",
            "Zoe",
            &small,
        ),
    ];
    scene.bill_of(&focus(&things, FIRST, LAST, true)).await;
    let both = all(&scene).await;
    assert_eq!(both.len(), 2, "{both:?}");
    assert_eq!(both[0].service, "Compute", "the largest stake first");
    assert_eq!(alerts(&scene).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_looked_at_after_a_load_is_looked_at_when_somebody_asks() {
    let scene = Scene::new().await;
    let end = LAST.checked_sub(20.days()).unwrap();
    scene.bill_of(&focus(&company(), FIRST, end, false)).await;
    assert_eq!(all(&scene).await, []);
    scene
        .time
        .store(moment("2026-11-23T08:00:00Z"), Ordering::SeqCst);
    scene.bill_of(&focus(&company(), FIRST, LAST, true)).await;
    assert_eq!(all(&scene).await.len(), 1);
    // Asked again, nothing is left to look at.
    let stale = scene.cx.store.read(|r| r.stale_months()).await.unwrap();
    assert_eq!(stale, []);
}
