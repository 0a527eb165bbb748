//! A month of two people, and what is done with its invoices.

use tallyport_ledger::{AdministerWorkspace, Metric, Role};
use tallyport_store::InvoiceId;
use tallyport_workspace::invoices::{self, Credit, InvoiceView, PaymentAsk, VerifiedInvoices};
use tallyport_workspace::{SignedIn, WorkspaceError, settings, verify};

use crate::scene::{Line, Scene};

pub const OCTOBER: &[Line<'_>] = &[
    ("2026-10-01", "Amazon EC2", "i-1", "ada", "300.335"),
    ("2026-10-02", "Amazon EC2", "i-1", "ada", "149.875"),
    ("2026-10-03", "Amazon RDS", "db-1", "ada", "280"),
    ("2026-10-03", "Amazon S3", "bucket-a", "ada", "120.335"),
    ("2026-10-04", "Amazon EC2", "i-2", "ben", "10.5"),
    ("2026-10-05", "Amazon SQS", "", "", "7"),
];

pub struct Desk {
    pub scene: Scene,
}

/// October is billed at 19 % tax.
pub async fn desk() -> Desk {
    at(Scene::new().await).await
}

/// The same in a workspace of somebody's own.
pub async fn at(scene: Scene) -> Desk {
    scene.person("ada").await;
    scene.person("ben").await;
    scene.bill(OCTOBER).await;
    let desk = Desk { scene };
    desk.set(|set| {
        set.tax_rate = tallyport_ledger::TaxRate::from_parts_per_million(190_000).unwrap();
        set.invoice_metric = Metric::Billed;
    })
    .await;
    desk
}

impl Desk {
    pub async fn set(&self, change: impl FnOnce(&mut tallyport_workspace::Settings)) {
        let (cx, scene) = (&self.scene.cx, &self.scene);
        let mut set = settings::read(cx, &scene.may()).await.unwrap();
        change(&mut set);
        settings::change(cx, &scene.may(), set).await.unwrap();
    }

    /// The draft of one person, made anew.
    pub async fn drafted(&self, name: &str) -> InvoiceView {
        let drafted = self.scene.draft("2026-10").await;
        let of = |view: &&InvoiceView| view.label.as_str() == name;
        drafted
            .invoices
            .iter()
            .find(of)
            .unwrap_or_else(|| panic!("no draft for {name}: {drafted:?}"))
            .clone()
    }

    /// An issued invoice of one person.
    pub async fn issued(&self, name: &str) -> InvoiceView {
        let draft = self.drafted(name).await;
        self.issue(draft.id).await.unwrap()
    }

    pub async fn issue(&self, id: InvoiceId) -> Result<InvoiceView, WorkspaceError> {
        invoices::issue(&self.scene.cx, &self.scene.may(), id).await
    }

    /// A credit note, drafted and issued.
    pub async fn credited(&self, id: InvoiceId, what: Credit) -> InvoiceView {
        let note = self.credit(id, what).await.unwrap();
        self.issue(note.id).await.unwrap()
    }

    pub async fn credit(&self, id: InvoiceId, what: Credit) -> Result<InvoiceView, WorkspaceError> {
        let by = self.scene.may();
        invoices::credit(&self.scene.cx, &by, id, "Agreed by telephone", what).await
    }

    pub async fn pay(&self, id: InvoiceId, amount: &str) -> Result<InvoiceView, WorkspaceError> {
        let ask = PaymentAsk {
            day: "2026-11-20".parse().unwrap(),
            amount: amount.to_owned(),
            reference: "Bank 7".to_owned(),
        };
        invoices::pay(&self.scene.cx, &self.scene.may(), id, ask).await
    }

    pub async fn now(&self, id: InvoiceId) -> InvoiceView {
        invoices::get(&self.scene.cx, &self.scene.may(), id)
            .await
            .unwrap()
    }

    pub async fn verified(&self) -> VerifiedInvoices {
        invoices::verify(&self.scene.cx, &self.scene.may())
            .await
            .unwrap()
    }

    /// Documents and workspace are what they were.
    pub async fn sound(&self) {
        let found = self.verified().await;
        assert_eq!(found.problems, Vec::<String>::new());
        assert_eq!(found.rendered, found.checked, "{found:?}");
        let by = self.scene.may::<AdministerWorkspace>();
        let verified = verify::run(&self.scene.cx, &by).await.unwrap();
        assert!(verified.ok(), "{verified:?}");
    }
}

pub fn lines(numbers: &[(usize, Option<&str>)]) -> Credit {
    let line = |(number, amount): &(usize, Option<&str>)| (*number, amount.map(str::to_owned));
    Credit::Lines(numbers.iter().map(line).collect())
}

pub fn total(view: &InvoiceView) -> String {
    view.totals.total.to_decimal(2)
}

pub fn somebody(name: &str, role: Role) -> SignedIn {
    SignedIn::new(name, role)
}
