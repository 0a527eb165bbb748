use serde_json::Value;
use tallyport_ledger::{IssueInvoices, TaxCategory, ViewCosts};
use tallyport_store::{InvoiceId, Job, JobState, RecipientKind, Recipients};
use tallyport_workspace::invoices::{self, BatchAction, BatchAsk, BatchOver, InvoicesAsk};
use tallyport_workspace::jobs;

use crate::billing::taxed;
use crate::desk::{Desk, desk};
use crate::scene::Scene;

impl Desk {
    async fn begun(&self, action: BatchAction, over: BatchOver) -> Job {
        let by = self.scene.may::<IssueInvoices>();
        let ask = BatchAsk { action, over };
        invoices::batch(&self.scene.cx, &by, ask).await.unwrap()
    }

    async fn ended(&self, job: Job) -> Job {
        let by = self.scene.may::<ViewCosts>();
        jobs::wait(&self.scene.cx, &by, job.id).await.unwrap()
    }

    /// Does it with October for all people, to the end.
    pub async fn batch(&self, action: BatchAction) -> Value {
        let over = BatchOver::Month(
            "2026-10".parse().unwrap(),
            Recipients::Everybody(RecipientKind::People),
        );
        let job = self.ended(self.begun(action, over).await).await;
        assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
        job.result.unwrap()
    }
}

/// Who, and what became of theirs.
pub fn outcomes(result: &Value) -> Vec<(String, String)> {
    let rows = result["recipients"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    rows.map(|row| (text(&row["for"]["label"]), text(&row["outcome"])))
        .collect()
}

fn all(outcome: &str) -> Vec<(String, String)> {
    ["ada", "ben"]
        .map(|name| (name.to_owned(), outcome.to_owned()))
        .to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_closed_for_everybody_and_what_is_begun_again_changes_nothing() {
    let desk = desk().await;
    let steps = [
        (BatchAction::Draft, "drafted"),
        (BatchAction::Approve, "approved"),
        (BatchAction::Issue, "issued"),
    ];
    for (action, done) in steps {
        let result = desk.batch(action).await;
        assert_eq!(outcomes(&result), all(done));
        // 850.55 and 10.50, and 19 % tax on each.
        assert_eq!(result["totals"][0]["total"], "1024.65", "{result}");
        assert_eq!(result["totals"][0]["count"], 2);
        let again = desk.batch(action).await;
        assert_eq!(outcomes(&again), all("unchanged"), "{again}");
    }
    let numbers = desk.numbers().await;
    assert_eq!(numbers, ["INV-00001", "INV-00002"]);
    let drafted = desk.batch(BatchAction::Draft).await;
    assert_eq!(outcomes(&drafted), all("nothing"), "all of it is billed");
    desk.sound().await;
}

impl Desk {
    async fn numbers(&self) -> Vec<String> {
        let by = self.scene.may();
        let listed = invoices::list(&self.scene.cx, &by, InvoicesAsk::default())
            .await
            .unwrap();
        let mut numbers: Vec<String> = listed
            .iter()
            .filter_map(|view| view.number.as_ref().map(ToString::to_string))
            .collect();
        numbers.sort();
        numbers
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_billed_hinders_no_other_and_says_why() {
    let desk = desk().await;
    desk.in_germany().await;
    // Nobody owes the tax of who has no tax id.
    let ask = taxed(TaxCategory::ReverseCharge, None);
    desk.buyer("person:ada", ask).await.unwrap();
    let result = desk.batch(BatchAction::Draft).await;
    assert_eq!(
        outcomes(&result),
        [
            ("ada".to_owned(), "failed".to_owned()),
            ("ben".to_owned(), "drafted".to_owned())
        ]
    );
    let reason = result["recipients"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("tax id"), "{reason}");
    let issued = desk.batch(BatchAction::Issue).await;
    assert_eq!(
        outcomes(&issued),
        [
            ("ada".to_owned(), "nothing".to_owned()),
            ("ben".to_owned(), "issued".to_owned())
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_that_are_named_are_issued_in_the_order_in_which_they_are_named() {
    let desk = desk().await;
    let drafted = desk.scene.draft("2026-10").await;
    let ids: Vec<InvoiceId> = drafted.invoices.iter().rev().map(|view| view.id).collect();
    let over = BatchOver::Documents([&ids[..], &ids[..1]].concat());
    let job = desk.begun(BatchAction::Issue, over).await;
    let result = desk.ended(job).await.result.unwrap();
    let numbers: Vec<&str> = result["recipients"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["number"].as_str().unwrap())
        .collect();
    assert_eq!(
        numbers,
        ["INV-00001", "INV-00002"],
        "one named twice is issued once"
    );
    assert_eq!(
        desk.now(ids[0]).await.number.unwrap().to_string(),
        "INV-00001"
    );

    let by = desk.scene.may::<IssueInvoices>();
    for (action, over) in [
        (BatchAction::Draft, BatchOver::Documents(ids)),
        (
            BatchAction::Issue,
            BatchOver::Documents(vec![InvoiceId(999)]),
        ),
    ] {
        let ask = BatchAsk { action, over };
        assert!(invoices::batch(&desk.scene.cx, &by, ask).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_is_cancelled_keeps_what_is_done_and_says_what_is_not() {
    let people = 40;
    let scene = Scene::new().await;
    let names: Vec<String> = (0..people).map(|n| format!("person {n:02}")).collect();
    let mut lines = Vec::new();
    for name in &names {
        scene.person(name).await;
        lines.push(("2026-10-01", "Amazon EC2", "i-1", name.as_str(), "1.25"));
    }
    scene.bill(&lines).await;
    let desk = Desk { scene };
    desk.batch(BatchAction::Draft).await;
    let month = "2026-10".parse().unwrap();
    let over = || BatchOver::Month(month, Recipients::Everybody(RecipientKind::People));
    let job = desk.begun(BatchAction::Issue, over()).await;
    let mut events = desk.scene.cx.jobs.events();
    while events.recv().await.unwrap().done < 3 {}
    jobs::cancel(&desk.scene.cx, &desk.scene.may(), job.id)
        .await
        .unwrap();
    let job = desk.ended(job).await;
    assert_eq!(job.state, JobState::Cancelled);
    let became = outcomes(&job.result.unwrap());
    let with = |outcome: &str| became.iter().filter(|(_, word)| word == outcome).count();
    let (issued, left) = (with("issued"), with("not_begun"));
    assert!(issued >= 3 && left > 0, "{issued} issued, {left} left");
    assert_eq!(issued + left, people);
    assert_eq!(desk.numbers().await.len(), issued);

    let again = desk
        .ended(desk.begun(BatchAction::Issue, over()).await)
        .await;
    let became = outcomes(&again.result.unwrap());
    let with = |outcome: &str| became.iter().filter(|(_, word)| word == outcome).count();
    assert_eq!((with("unchanged"), with("issued")), (issued, left));
    desk.sound().await;
}
