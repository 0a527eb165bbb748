//! Invoices that are drafted by themselves.

use tallyport_ledger::SetBudgets;
use tallyport_store::{RecipientKind, Recipients, Run, RunState};
use tallyport_workspace::invoices::{self, InvoicesAsk};
use tallyport_workspace::schedules::{self, Schedule, ScheduleAsk, Whose};
use tallyport_workspace::{OwnerKey, people};

use crate::desk::{Desk, desk};
use crate::scene::focus;

const DRAFTS: &str = "invoices";

impl Desk {
    async fn drafts_on(&self, recipients: Option<Recipients>) -> Schedule {
        let by = self.scene.may::<SetBudgets>();
        let ask = ScheduleAsk {
            cron: "0 7 5 * *".to_owned(),
            zone: None,
            enabled: true,
            recipients,
        };
        schedules::change(&self.cx, &by, DRAFTS, ask).await.unwrap()
    }

    /// What was drafted at this moment by itself.
    async fn drafts_at(&self, time: &str) -> Vec<Run> {
        self.at(time);
        let mut made = schedules::tick(&self.cx).await.unwrap();
        made.retain(|run| run.schedule == DRAFTS);
        made
    }

    async fn months(&self) -> Vec<String> {
        let by = self.scene.may();
        let listed = invoices::list(&self.cx, &by, InvoicesAsk::default());
        let views = listed.await.unwrap();
        views
            .iter()
            .map(|view| view.content.period().to_string())
            .collect()
    }

    async fn bill(&self, day: &str, is_final: bool) {
        let text = focus(&[(day, "Amazon EC2", "i-1", "ada", "12.50")]);
        let text = match is_final {
            true => text,
            false => text.replace(",2026-7\n", ",\n"),
        };
        self.scene.bill_of(&text).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_billed_by_itself_before_somebody_says_so() {
    let desk = desk().await;
    let all = schedules::list(&desk.cx, &desk.scene.may()).await.unwrap();
    let drafts = all.iter().find(|one| one.id == DRAFTS).unwrap();
    assert!(!drafts.enabled && drafts.next_run.is_none());
    assert_eq!(drafts.whose, Some(Whose::Everybody(RecipientKind::People)));
    let by = desk.scene.may::<SetBudgets>();
    let ask = ScheduleAsk {
        cron: "0 6 * * *".to_owned(),
        zone: None,
        enabled: true,
        recipients: Some(Recipients::Everybody(RecipientKind::Teams)),
    };
    let refused = schedules::change(&desk.cx, &by, "budgets", ask).await;
    assert_eq!(refused.unwrap_err().code(), "request.invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_drafted_on_its_day_once_its_bill_is_final_and_once() {
    let desk = desk().await;
    desk.scene.person("ada").await;
    desk.drafts_on(None).await;
    desk.bill("2026-11-03", false).await;
    // It is the fifth, and the bill is not final.
    let made = desk.drafts_at("2026-12-05T07:00:10Z").await;
    assert_eq!((made.len(), made[0].state), (1, RunState::Waiting));
    let text = made[0].text.clone().unwrap();
    assert!(text.contains("2026-11 is not final"), "{text}");
    assert_eq!(desk.drafts_at("2026-12-05T18:00:00Z").await, []);
    assert_eq!(desk.drafts_at("2026-12-06T07:00:30Z").await[0].attempt, 2);
    desk.bill("2026-11-03", true).await;
    let made = desk.drafts_at("2026-12-07T07:01:00Z").await;
    assert_eq!(made[0].state, RunState::Done, "{made:?}");
    assert_eq!(made[0].text.as_deref(), Some("2026-11: 1 drafted."));
    assert!(made[0].job.is_some());
    assert_eq!(desk.drafts_at("2026-12-08T07:01:00Z").await, []);
    assert_eq!(desk.months().await, ["2026-11"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_long_sleep_every_month_that_was_missed_is_drafted_for_whom_it_is_for() {
    let desk = desk().await;
    for name in ["ada", "ben"] {
        desk.scene.person(name).await;
    }
    let people = people::list(&desk.cx, &desk.scene.may(), false)
        .await
        .unwrap();
    let ada = people.into_iter().find(|one| one.name == "ada").unwrap();
    let only = Recipients::Only(vec![OwnerKey::Person(ada.id)]);
    let set = desk.drafts_on(Some(only)).await;
    assert!(matches!(&set.whose, Some(Whose::Only(named)) if named[0].name == "ada"));
    for month in ["2026-11", "2026-12", "2027-01"] {
        let day = format!("{month}-03");
        let lines = [
            (day.as_str(), "Amazon EC2", "i-1", "ada", "12.50"),
            (day.as_str(), "Amazon EC2", "i-2", "ben", "12.50"),
        ];
        desk.scene.bill(&lines).await;
    }
    let made = desk.drafts_at("2027-02-20T09:00:00Z").await;
    assert_eq!((made.len(), made[0].state), (1, RunState::Done), "{made:?}");
    let mut months = desk.months().await;
    months.sort();
    assert_eq!(
        months,
        ["2026-11", "2026-12", "2027-01"],
        "ada's and no other's"
    );
}
