//! A month beside what AWS says of it: what agrees, what is wrong and how it is found, what is too costly
//! to be true, and why a number is what it is.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use jiff::civil::date;
use scene::desk::{desk, month};
use tallyport_ledger::{DifferenceClass, LoadCosts, Metric, Money, ViewCosts};
use tallyport_sandbox::Disagreement;
use tallyport_store::{By, Interval, JobState};
use tallyport_workspace::costs::{CostsAsk, costs};
use tallyport_workspace::reconcile::{FigureSource, Reconciled, ReconciledState, plan, reconcile};
use tallyport_workspace::sources::{self, ConnectionChange};
use tallyport_workspace::why::{WhyAsk, why};
use tallyport_workspace::{FilterAsk, invoices, jobs, overview, plausibility};

fn kinds(account: &Reconciled) -> Vec<&'static str> {
    account
        .findings
        .iter()
        .map(|finding| finding.kind)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_agrees_with_cost_explorer_and_the_invoices_for_one_paid_request() {
    let desk = desk(Some("northwind-focus")).await;
    desk.sync().await;
    let before = desk.shown("2026-10").await;
    assert_eq!(
        before.state,
        ReconciledState::Incomplete,
        "nobody was asked"
    );
    let by = desk.scene.may::<LoadCosts>();
    let planned = plan(&desk.cx, &by, month("2026-10"), None).await.unwrap();
    assert_eq!(planned.requests, 1);
    assert_eq!(planned.price.to_decimal(2), "0.01");
    let october = desk.reconciled("2026-10").await;
    assert_eq!(october.state, ReconciledState::Agrees, "{october:?}");
    assert!(october.findings.is_empty());
    let amount = |source| {
        let figure = october
            .figures
            .iter()
            .find(|figure| figure.source == source);
        figure.unwrap().amount.unwrap()
    };
    assert_eq!(amount(FigureSource::Ledger), amount(FigureSource::Export));
    assert_eq!(
        amount(FigureSource::Ledger),
        amount(FigureSource::CostExplorer)
    );
    let invoice = amount(FigureSource::Invoice);
    let ledger = amount(FigureSource::Ledger);
    assert!(
        invoice.minus(ledger).unwrap().nanos().abs() < 10_000_000_000,
        "cents"
    );

    let change = ConnectionChange {
        name: None,
        monthly_request_cap: Some(Some(1)),
    };
    let changed = sources::change(&desk.cx, &by, desk.connection, change)
        .await
        .unwrap();
    assert_eq!(
        changed.requests_this_month, 1,
        "the paid request was counted"
    );
    let job = reconcile(&desk.cx, &by, month("2026-10"), None)
        .await
        .unwrap();
    let job = jobs::wait(&desk.cx, &desk.scene.may(), job.id)
        .await
        .unwrap();
    assert_eq!(job.state, JobState::Failed);
    let problem = job.problem.unwrap();
    assert_eq!(problem["code"], "sync.cap", "{problem}");
    assert!(
        problem["detail"].as_str().unwrap().contains("0.01"),
        "{problem}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_in_which_an_export_can_be_wrong_is_found_and_named() {
    let october = date(2026, 10, 1);
    let account = "444455556666".to_owned();
    let cases = [
        (
            "northwind-focus",
            Disagreement::DroppedFile { month: october },
            "missing_file",
        ),
        (
            "northwind-focus",
            Disagreement::MissingAccount { account },
            "missing_account",
        ),
        (
            "northwind-cur2",
            Disagreement::DoubledSplitCost,
            "split_cost_doubled",
        ),
        (
            "northwind-focus",
            Disagreement::DoubledSplitCost,
            "split_cost_doubled",
        ),
        (
            "northwind-cur2",
            Disagreement::DiscountTwice,
            "discount_doubled",
        ),
        (
            "northwind-focus",
            Disagreement::DiscountTwice,
            "discount_doubled",
        ),
    ];
    let mut wrong = Vec::new();
    for (export, disagreement, kind) in cases {
        let desk = desk(Some(export)).await;
        desk.sandbox.disagree(disagreement.clone());
        desk.sync().await;
        let found = desk.reconciled("2026-10").await;
        // What split cost repeats is what AWS's totals leave out.
        let (state, named) = match disagreement {
            Disagreement::DoubledSplitCost => (ReconciledState::Explained, true),
            _ => (ReconciledState::Unexplained, false),
        };
        let to_explorer = found
            .differences
            .iter()
            .find(|compared| compared.to == FigureSource::CostExplorer);
        let parts = &to_explorer.unwrap().difference.parts;
        let excluded = DifferenceClass::ExcludedOperation;
        let has_name = parts.iter().any(|(class, _)| *class == excluded);
        if kinds(&found) != [kind] || found.state != state || has_name != named {
            wrong.push(format!(
                "{export} {disagreement:?}: {:?} {:?}",
                found.state, found.findings
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn tax_that_only_the_invoice_has_is_explained_and_named() {
    let desk = desk(Some("northwind-focus")).await;
    desk.sandbox.disagree(Disagreement::InvoiceTax);
    desk.sync().await;
    let found = desk.reconciled("2026-10").await;
    assert_eq!(found.state, ReconciledState::Explained, "{found:?}");
    assert_eq!(kinds(&found), ["invoice_tax"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_estimate_a_thousand_times_too_high_is_shown_and_kept_from_invoices_until_it_is_sane() {
    let desk = desk(None).await;
    desk.person().await;
    desk.sync().await;
    let by = desk.scene.may::<ViewCosts>();
    assert!(plausibility::list(&desk.cx, &by).await.unwrap().is_empty());
    assert_eq!(desk.draft("2026-11").await.unwrap(), 1);

    let day = date(2026, 11, 21);
    desk.sandbox
        .disagree(Disagreement::EstimateThousandfold { day });
    desk.sync().await;
    let held = plausibility::list(&desk.cx, &by).await.unwrap();
    let [leap] = held.as_slice() else {
        panic!("one month is held: {held:?}");
    };
    assert_eq!(leap.period, month("2026-11"));
    assert_eq!(leap.day, Some(day));
    let times = leap.actual.nanos() / leap.expected.nanos();
    assert!((500..2_000).contains(&times), "{times} times");

    let shown = overview::overview(&desk.cx, &by, None, None).await.unwrap();
    assert!(
        shown
            .attention
            .iter()
            .any(|attention| attention.kind == "quarantine")
    );
    let refused = desk.draft("2026-11").await.unwrap_err();
    assert_eq!(refused.code(), "invoice.quarantined", "{refused}");
    let drafts = invoices::list(
        &desk.cx,
        &desk.scene.may(),
        invoices::InvoicesAsk::default(),
    )
    .await
    .unwrap();
    let issued = invoices::issue(&desk.cx, &desk.scene.may(), drafts[0].id).await;
    assert_eq!(
        issued.unwrap_err().code(),
        "invoice.quarantined",
        "nor the draft of before"
    );
    assert_eq!(
        desk.draft("2026-10").await.unwrap(),
        1,
        "another month is free"
    );

    desk.sandbox.set_today(date(2026, 11, 23));
    desk.scene
        .time
        .fetch_add(86_400_000, std::sync::atomic::Ordering::SeqCst);
    desk.sync().await;
    let left = plausibility::list(&desk.cx, &by).await.unwrap();
    assert!(left.is_empty(), "the provider corrected it: {left:?}");
    assert_eq!(desk.draft("2026-11").await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_is_released_by_hand_can_be_invoiced_and_stays_released() {
    let desk = desk(None).await;
    desk.person().await;
    let day = date(2026, 11, 21);
    desk.sandbox
        .disagree(Disagreement::EstimateThousandfold { day });
    desk.sync().await;
    let by = desk.scene.may::<LoadCosts>();
    let view = desk.scene.may::<ViewCosts>();
    let id = plausibility::list(&desk.cx, &view).await.unwrap()[0].id;
    assert!(
        plausibility::release(&desk.cx, &by, id, " ").await.is_err(),
        "say why"
    );
    let released = plausibility::release(&desk.cx, &by, id, "a large training run")
        .await
        .unwrap();
    assert_eq!(released.released.unwrap().note, "a large training run");
    assert!(
        plausibility::release(&desk.cx, &by, id, "again")
            .await
            .is_err()
    );
    assert_eq!(desk.draft("2026-11").await.unwrap(), 1);
    let trail = desk
        .cx
        .store
        .read(|r| r.audit_trail(None, 20))
        .await
        .unwrap();
    assert!(
        trail
            .iter()
            .any(|line| line.action == "quarantine.released")
    );
    desk.sync().await;
    let after = plausibility::list(&desk.cx, &view).await.unwrap();
    assert!(
        after.iter().all(|held| held.released.is_some()),
        "{after:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn why_adds_up_to_the_number_of_every_row_of_every_report() {
    let desk = desk(None).await;
    let name = desk.person().await;
    desk.sync().await;
    let view = desk.scene.may::<ViewCosts>();
    let days = month("2026-10").days();
    let mut rows = 0;
    for metric in [Metric::Billed, Metric::Effective] {
        for by in [
            By::Person,
            By::Team,
            By::Client,
            By::Provider,
            By::Service,
            By::Category,
            By::Account,
            By::Region,
            By::Tag("owner".to_owned()),
        ] {
            let ask = CostsAsk {
                days,
                by: by.clone(),
                metric,
                interval: Interval::None,
                compare: false,
                filter: FilterAsk::default(),
            };
            let answer = costs(&desk.cx, &view, ask).await.unwrap();
            for result in &answer.results {
                for row in result.rows.iter().filter(|row| !row.amount.is_zero()) {
                    rows += 1;
                    let ask = WhyAsk {
                        days,
                        metric,
                        row: Some((by.clone(), row.name.key.clone())),
                        filter: FilterAsk::default(),
                    };
                    let answer = why(&desk.cx, &view, ask).await.unwrap();
                    let [told] = answer.results.as_slice() else {
                        panic!("{by:?} {:?}: {:?}", row.name, answer.results);
                    };
                    assert_eq!(told.amount, row.amount, "{by:?} {:?}", row.name);
                    let sum = |amounts: Vec<Money>| Money::sum(&amounts, told.currency).unwrap();
                    let sources = told.sources.iter().map(|s| s.amount).collect();
                    let rules = told.rules.iter().map(|r| r.amount).collect();
                    let categories = told.categories.iter().map(|(_, m)| *m).collect();
                    for parts in [sources, rules, categories] {
                        assert_eq!(sum(parts), row.amount, "{by:?} {:?}", row.name);
                    }
                }
            }
        }
    }
    assert!(rows > 60, "{rows} rows were looked at");
    let ask = WhyAsk {
        days,
        metric: Metric::Billed,
        row: None,
        filter: FilterAsk {
            person: vec![name],
            ..FilterAsk::default()
        },
    };
    let answer = why(&desk.cx, &view, ask).await.unwrap();
    let rule = answer.results[0].rules[0].rule.as_ref().unwrap();
    assert!(
        rule.1.contains("owner"),
        "the rule is told in words: {rule:?}"
    );
    assert_eq!(answer.reconciliation.len(), 1);
    assert!(!answer.notes.is_empty(), "what the source lacks is told");
}
