//! A workspace with budgets and a bill that grows.

use std::sync::Mutex;
use std::sync::atomic::Ordering;

use jiff::SignedDuration;
use tallyport_ledger::alert::{AlertId, Notice};
use tallyport_ledger::budget::{BudgetId, BudgetPeriod, Measure, ScopeKind};
use tallyport_ledger::{Currency, Metric};
use tallyport_workspace::alerts::{self, Alerts, Answer};
use tallyport_workspace::budgets::{
    self, BudgetAsk, BudgetView, Budgets, BudgetsAsk, LimitAsk, ScopeAsk, ThresholdAsk,
};
use tallyport_workspace::{Alert, AlertQuery, WorkspaceError, evaluate, plausibility};

use crate::scene::{Scene, focus, moment};

pub struct Desk {
    pub scene: Scene,
    noted: Mutex<Vec<(String, String, String)>>,
}

/// A threshold at so many percent of what is spent.
pub fn percent(percent: u16) -> ThresholdAsk {
    ThresholdAsk {
        percent: Some(percent),
        amount: None,
        on: Measure::Actual,
    }
}

impl Desk {
    pub async fn new() -> Self {
        Self {
            scene: Scene::new().await,
            noted: Mutex::default(),
        }
    }

    pub async fn at(time: &str) -> Self {
        let desk = Self::new().await;
        desk.scene.time.store(moment(time), Ordering::SeqCst);
        desk
    }

    pub async fn person(&self, name: &str) {
        self.scene.person(name).await;
    }

    /// A budget about the person of that name.
    pub fn ask(name: &str, amount: &str, thresholds: &[ThresholdAsk]) -> BudgetAsk {
        BudgetAsk {
            name: name.to_owned(),
            scope: ScopeAsk {
                kind: ScopeKind::Person,
                id: None,
                key: None,
                value: None,
            },
            period: BudgetPeriod::Month,
            currency: Currency::USD,
            limit: LimitAsk::Same(amount.to_owned()),
            starts: None,
            metric: Metric::Billed,
            credits: false,
            tax: false,
            parent: None,
            thresholds: thresholds.to_vec(),
            channels: Vec::new(),
            note: String::new(),
        }
    }

    pub async fn add(&self, ask: BudgetAsk) -> BudgetView {
        budgets::add(&self.scene.cx, &self.scene.may(), ask)
            .await
            .unwrap()
    }

    /// As [`Desk::add`], where it does not matter how it stands.
    pub async fn add_quietly(&self, ask: BudgetAsk) {
        drop(self.add(ask).await);
    }

    pub async fn budget(&self, person: &str, amount: &str, thresholds: &[ThresholdAsk]) {
        let mut ask = Self::ask(person, amount, thresholds);
        ask.scope.id = Some(person.to_owned());
        self.add(ask).await;
    }

    pub async fn id(&self, name: &str) -> BudgetId {
        budgets::named(&self.scene.cx, &self.scene.may(), name.to_owned())
            .await
            .unwrap()
    }

    pub async fn view(&self, name: &str) -> BudgetView {
        let all = self.list(BudgetsAsk::default()).await;
        let mut views = all.budgets.into_iter();
        views.find(|view| view.budget.name == name).unwrap()
    }

    pub async fn list(&self, ask: BudgetsAsk) -> Budgets {
        budgets::list(&self.scene.cx, &self.scene.may(), ask)
            .await
            .unwrap()
    }

    /// Loads the month anew: `owner` spent these amounts on the 1st, 2nd, … of November.
    pub async fn load(&self, owner: &str, amounts: &[&str]) {
        let days: Vec<String> = (1..=amounts.len())
            .map(|day| format!("2026-11-{day:02}"))
            .collect();
        let lines: Vec<_> = days
            .iter()
            .zip(amounts)
            .map(|(day, amount)| (day.as_str(), "Amazon S3", "bucket", owner, *amount))
            .collect();
        self.scene.bill(&lines).await;
    }

    pub async fn load_all(&self, owners: &[&str], amount: &str) {
        let lines: Vec<_> = owners
            .iter()
            .map(|owner| ("2026-11-20", "Amazon S3", *owner, *owner, amount))
            .collect();
        self.scene.bill(&lines).await;
    }

    /// Adds a line to the bill that [`Desk::load_noted`] loads.
    pub fn note(&self, day: &str, owner: &str, amount: &str) {
        let line = (day.to_owned(), owner.to_owned(), amount.to_owned());
        self.noted.lock().unwrap().push(line);
    }

    pub async fn load_noted(&self) {
        self.scene.bill_of(&self.noted_bill()).await;
    }

    /// As [`Desk::load_noted`], of a bill that is not final.
    pub async fn load_estimate(&self) {
        let text = self.noted_bill().replace(",2026-7", ",");
        self.scene.bill_of(&text).await;
    }

    fn noted_bill(&self) -> String {
        let noted = self.noted.lock().unwrap().clone();
        let lines: Vec<_> = noted
            .iter()
            .map(|(day, owner, amount)| {
                (
                    day.as_str(),
                    "Amazon S3",
                    "bucket",
                    owner.as_str(),
                    amount.as_str(),
                )
            })
            .collect();
        focus(&lines)
    }

    pub async fn release(&self) {
        let by = self.scene.may();
        let held = plausibility::list(&self.scene.cx, &by).await.unwrap();
        for held in held {
            let by = self.scene.may();
            plausibility::release(&self.scene.cx, &by, held.id, "it is so")
                .await
                .unwrap();
        }
    }

    /// Moves the clock and lets it tick.
    pub async fn move_clock(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_millis()).unwrap();
        self.scene.time.fetch_add(by, Ordering::SeqCst);
        evaluate::evaluate(&self.scene.cx).await.unwrap();
    }

    async fn inbox(&self) -> Alerts {
        let query = AlertQuery {
            limit: 2_000,
            ..AlertQuery::default()
        };
        alerts::list(&self.scene.cx, &self.scene.may(), query)
            .await
            .unwrap()
    }

    pub async fn alerts(&self) -> Vec<Alert> {
        self.inbox().await.alerts
    }

    pub async fn open(&self) -> u32 {
        self.inbox().await.open
    }

    pub async fn try_answer(&self, id: AlertId, answer: Answer) -> Result<Alert, WorkspaceError> {
        alerts::answer(&self.scene.cx, &self.scene.may(), id, answer).await
    }

    pub async fn answer(&self, id: AlertId, answer: Answer) {
        self.try_answer(id, answer).await.unwrap();
    }

    /// What was put out, oldest first, with the channel.
    pub async fn outbox(&self) -> Vec<(Option<i64>, Notice)> {
        self.scene
            .cx
            .store
            .read(|r| r.posted())
            .await
            .unwrap()
            .into_iter()
            .map(|(channel, notice)| (channel.map(|channel| channel.0), notice))
            .collect()
    }

    /// What the desktop was given.
    pub async fn notices(&self) -> Vec<Notice> {
        let all = self.outbox().await.into_iter();
        all.filter(|(channel, _)| channel.is_none())
            .map(|(_, notice)| notice)
            .collect()
    }
}
