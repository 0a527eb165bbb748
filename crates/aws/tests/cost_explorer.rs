//! Cost Explorer, asked through the real SDK, answered by the sandbox.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod gate;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use gate::Gate;
use jiff::civil::{Date, date};
use tallyport_aws::cost_explorer::{
    Ask, Fetched, FilterBy, KnownPeriod, Step, check_values, fetch, observe, plan,
};
use tallyport_aws::{AwsError, assume, identity};
use tallyport_ledger::{ChargeCategory, DayRange, DifferenceClass, Load, Money, PeriodStatus};
use tallyport_sandbox::{Fault, Sandbox, SandboxOptions};

const TODAY: Date = date(2026, 11, 21);

struct Bench {
    sandbox: Sandbox,
    _folder: tempfile::TempDir,
}

fn sandbox() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let options = SandboxOptions {
        folder: folder.path().to_owned(),
        today: TODAY,
        seed: 7,
    };
    Bench {
        sandbox: Sandbox::open(options).unwrap(),
        _folder: folder,
    }
}

fn ask(from: Date, to: Date, tags: &[&str]) -> Ask {
    Ask {
        days: DayRange::new(from, to).unwrap(),
        billing_account: "111122223333".into(),
        allocation_tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        announced: 3,
    }
}

async fn fetched(sandbox: &Sandbox, ask: &Ask) -> Result<Fetched, AwsError> {
    fetch(&sandbox.sdk_config(), ask, &mut |_| {
        ControlFlow::Continue(())
    })
    .await
}

fn totals(load: &Load) -> BTreeMap<String, (i64, i64)> {
    let mut totals = BTreeMap::new();
    for period in &load.periods {
        let entry: &mut (i64, i64) = totals.entry(period.period.to_string()).or_default();
        for charge in &period.charges {
            entry.0 += charge.amounts.billed;
            entry.1 += charge.amounts.effective;
        }
    }
    totals
}

#[tokio::test]
async fn the_same_bill_comes_with_tags_and_without() {
    let bench = sandbox();
    let plain = fetched(&bench.sandbox, &ask(date(2025, 11, 1), TODAY, &[]))
        .await
        .unwrap();
    let one = fetched(&bench.sandbox, &ask(date(2025, 11, 1), TODAY, &["owner"]))
        .await
        .unwrap();
    let many = ask(date(2025, 11, 1), TODAY, &["owner", "Owner", "team"]);
    let many = fetched(&bench.sandbox, &many).await.unwrap();
    assert_eq!(totals(&plain.load), totals(&one.load));
    assert_eq!(totals(&plain.load), totals(&many.load));
    assert_eq!(
        plain.load.periods.len(),
        13,
        "twelve months and the current one"
    );
    let tagged = |f: &Fetched| {
        let sets = &f.load.dimensions.tag_sets;
        f.load
            .periods
            .iter()
            .flat_map(|p| &p.charges)
            .filter(|c| !sets[c.tags as usize].is_empty())
            .count()
    };
    assert_eq!(tagged(&plain), 0);
    assert!(
        tagged(&many) > tagged(&one),
        "a second tag finds owners that the first does not"
    );
    assert_eq!(plain.accounts, 4);
}

#[tokio::test]
async fn every_page_is_followed_and_every_request_counted() {
    let bench = sandbox();
    let config = Gate::new(0, 0, true).before(&bench.sandbox);
    let days = ask(date(2026, 9, 1), TODAY, &["owner"]);
    let mut go_on = |_: Step| ControlFlow::Continue(());
    let whole = fetch(&config, &days, &mut go_on).await.unwrap();
    bench.sandbox.set_page_size(37);
    let paged = fetch(&config, &days, &mut go_on).await.unwrap();
    assert_eq!(totals(&whole.load), totals(&paged.load));
    assert!(paged.requests > whole.requests * 3);
    let asked: u32 = whole.requests + paged.requests;
    assert_eq!(
        u32::try_from(bench.sandbox.requests().total()).unwrap(),
        asked
    );
    assert_eq!(
        paged.price.nanos(),
        10_000_000 * i128::from(paged.requests),
        "$0.01 a request"
    );
}

#[tokio::test]
async fn months_are_final_only_where_cost_explorer_no_longer_estimates_them() {
    let bench = sandbox();
    let load = fetched(&bench.sandbox, &ask(date(2026, 9, 1), TODAY, &[]))
        .await
        .unwrap()
        .load;
    let status: Vec<_> = load
        .periods
        .iter()
        .map(|p| (p.period.to_string(), p.status))
        .collect();
    assert_eq!(status[0], ("2026-09".into(), PeriodStatus::Final));
    assert_eq!(status[2], ("2026-11".into(), PeriodStatus::Estimated));
}

#[tokio::test]
async fn recent_days_are_restated_and_older_ones_are_not() {
    let bench = sandbox();
    let days = ask(date(2026, 10, 1), TODAY, &[]);
    let before = totals(&fetched(&bench.sandbox, &days).await.unwrap().load);
    bench.sandbox.set_today(date(2026, 11, 25));
    let after = totals(&fetched(&bench.sandbox, &days).await.unwrap().load);
    assert_eq!(before["2026-10"], after["2026-10"]);
    assert_ne!(
        before["2026-11"], after["2026-11"],
        "the last days were estimates"
    );
}

#[tokio::test]
async fn tax_credits_and_fees_are_no_consumption() {
    let bench = sandbox();
    let load = fetched(&bench.sandbox, &ask(date(2025, 11, 1), TODAY, &["owner"]))
        .await
        .unwrap()
        .load;
    let has = |category| {
        load.periods
            .iter()
            .flat_map(|p| &p.charges)
            .any(|c| c.category == category)
    };
    assert!(has(ChargeCategory::Usage) && has(ChargeCategory::Tax) && has(ChargeCategory::Credit));
    assert!(has(ChargeCategory::Purchase));
    for charge in load.periods.iter().flat_map(|p| &p.charges) {
        if charge.category == ChargeCategory::Credit {
            assert!(charge.amounts.billed < 0, "a credit lowers the bill");
        }
    }
}

#[tokio::test]
async fn a_tag_that_nothing_carries_is_named() {
    let bench = sandbox();
    let answer = fetched(
        &bench.sandbox,
        &ask(date(2026, 11, 1), TODAY, &["cost-centre-x"]),
    )
    .await
    .unwrap();
    let note = answer
        .notes
        .iter()
        .find(|note| note.contains("cost-centre-x"))
        .unwrap();
    assert!(
        note.contains("owner"),
        "it says which tags there are: {note}"
    );
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let bench = sandbox();
    bench
        .sandbox
        .faults()
        .next("ce:GetCostAndUsage", Fault::AccessDenied, 1);
    let refused = fetched(&bench.sandbox, &ask(date(2026, 11, 1), TODAY, &[]))
        .await
        .unwrap_err();
    assert!(
        matches!(&refused, AwsError::Denied { action, .. } if action == "ce:GetCostAndUsage"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_fetch_can_be_cancelled() {
    let bench = sandbox();
    let days = ask(date(2025, 11, 1), TODAY, &["owner"]);
    let mut steps = 0;
    let mut stop = |_: Step| {
        steps += 1;
        if steps > 3 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let refused = fetch(&bench.sandbox.sdk_config(), &days, &mut stop)
        .await
        .unwrap_err();
    assert!(matches!(refused, AwsError::Cancelled));
    assert_eq!(
        bench.sandbox.requests().total(),
        3,
        "nothing more was asked, or paid"
    );
}

#[tokio::test]
async fn a_bill_that_is_restated_while_it_is_read_is_refused() {
    let bench = sandbox();
    let days = ask(date(2026, 11, 1), TODAY, &[]);
    let mut move_on = |step: Step| {
        if step.message.starts_with("Reading consumption") {
            bench.sandbox.set_today(date(2026, 11, 25));
        }
        ControlFlow::Continue(())
    };
    let refused = fetch(&bench.sandbox.sdk_config(), &days, &mut move_on)
        .await
        .unwrap_err();
    assert!(
        matches!(refused, AwsError::NotReconciled { .. }),
        "the parts no longer add up to the control total: {refused}"
    );
    assert!(
        fetched(&bench.sandbox, &days).await.is_ok(),
        "the next one does"
    );
}

#[tokio::test]
async fn a_role_is_assumed_with_its_external_id_only() {
    let bench = sandbox();
    let config = bench.sandbox.sdk_config();
    assert_eq!(identity(&config).await.unwrap().account, "111122223333");
    let role = bench
        .sandbox
        .roles()
        .into_iter()
        .find(|role| role.external_id.is_some())
        .unwrap();
    let assumed = assume(&config, &role.arn, role.external_id).await;
    assert!(
        role.arn
            .contains(&identity(&assumed).await.unwrap().account)
    );
    let wrong = assume(&config, &role.arn, Some("guessed")).await;
    assert!(matches!(
        identity(&wrong).await.unwrap_err(),
        AwsError::Credentials(_)
    ));
}

#[test]
fn a_first_sync_asks_for_all_history_and_a_later_one_for_open_months() {
    let first = plan(TODAY, &[], 0, &[]).unwrap();
    assert_eq!(first.days.from(), date(2025, 11, 1));
    assert_eq!(first.least, 2, "control total, consumption");
    assert_eq!(
        first.price.nanos(),
        10_000_000 * i128::from(first.requests),
        "$0.01 a request"
    );
    let known: Vec<KnownPeriod> = first
        .months()
        .map(|period| KnownPeriod {
            period,
            status: if period.number() < 202_610 {
                PeriodStatus::Final
            } else {
                PeriodStatus::Estimated
            },
        })
        .collect();
    let later = plan(TODAY, &known, 4, &["owner".into()]).unwrap();
    assert_eq!(later.days.from(), date(2026, 10, 1));
    assert_eq!(
        (later.least, later.requests),
        (2 + 4 * 2, 2 + 4 * 2),
        "a page each"
    );
    let gap: Vec<_> = known
        .into_iter()
        .filter(|k| k.period.number() != 202_603)
        .collect();
    assert_eq!(
        plan(TODAY, &gap, 4, &[]).unwrap().days.from(),
        date(2026, 3, 1),
        "a gap is filled"
    );
}

#[tokio::test]
async fn the_price_shown_before_is_near_the_price_paid() {
    let bench = sandbox();
    let tags = ["owner", "Owner", "team"];
    let ask = ask(date(2025, 11, 1), TODAY, &tags);
    let planned = plan(TODAY, &[], 0, &ask.allocation_tags).unwrap();
    let paid = fetched(&bench.sandbox, &ask).await.unwrap().requests;
    assert!(planned.least <= paid);
    assert!(
        planned.requests >= paid,
        "announced {}, paid {paid}",
        planned.requests
    );
    assert!(
        planned.requests <= paid * 2,
        "announced {}, paid {paid}",
        planned.requests
    );
}

#[tokio::test]
async fn a_month_s_control_total_is_one_request_and_what_the_bill_adds_up_to() {
    let bench = sandbox();
    let month = DayRange::new(date(2026, 10, 1), date(2026, 10, 31)).unwrap();
    let mut go_on = |_: Step| ControlFlow::Continue(());
    let observed = observe(
        &bench.sandbox.sdk_config(),
        "111122223333",
        month,
        1,
        &mut go_on,
    )
    .await
    .unwrap();
    assert_eq!(observed.requests, 1);
    let [total] = observed.totals.as_slice() else {
        panic!("one currency: {observed:?}");
    };
    let load = fetched(&bench.sandbox, &ask(month.from(), month.to(), &[]))
        .await
        .unwrap()
        .load;
    let bill = totals(&load)["2026-10"].0;
    assert_eq!(total.total.nanos(), i128::from(bill));
    assert!(!total.estimated);
    let days: i128 = total.detail.cells.values().sum();
    assert_eq!(days, i128::from(bill), "by account and day it is the same");
    let charges = || load.periods.iter().flat_map(|period| &period.charges);
    let tax: i64 = charges()
        .filter(|charge| charge.category == ChargeCategory::Tax)
        .map(|charge| charge.amounts.billed)
        .sum();
    let told: &Money = &total.told_apart[&DifferenceClass::Tax];
    assert_eq!(told.nanos(), i128::from(tax));
}

#[tokio::test]
async fn a_filter_value_that_cost_explorer_does_not_know_is_named_with_the_one_that_was_meant() {
    let bench = sandbox();
    let config = bench.sandbox.sdk_config();
    let days = DayRange::new(date(2026, 10, 1), TODAY).unwrap();
    let check = async |by, value: &str| {
        check_values(&config, "111122223333", days, by, &[value.to_owned()]).await
    };
    let known = "Amazon Elastic Compute Cloud - Compute";
    assert_eq!(
        check(FilterBy::Service, known).await.unwrap(),
        1,
        "requests"
    );
    for (by, value, meant) in [
        (FilterBy::Service, "Amazon EC2", known),
        (FilterBy::RecordType, "Taxes", "Tax"),
        (FilterBy::LinkedAccount, "111122223334", "111122223333"),
    ] {
        let refused = check(by, value).await.unwrap_err();
        let AwsError::UnknownValue { nearest, .. } = &refused else {
            panic!("{refused}");
        };
        assert_eq!(nearest.as_deref(), Some(meant), "{refused}");
    }
}
