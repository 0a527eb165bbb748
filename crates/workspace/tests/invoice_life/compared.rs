use tallyport_ledger::ReadInvoices;
use tallyport_store::RecipientKind;
use tallyport_workspace::invoices::{self, BatchAction, Credit};

use crate::desk::{Desk, desk};
use crate::scene::Line;

const SEPTEMBER: &[Line<'_>] = &[
    ("2026-09-01", "Amazon EC2", "i-1", "ada", "800"),
    ("2026-09-01", "Amazon EC2", "i-3", "cay", "300"),
];

impl Desk {
    /// Who, on what basis, before, now, percent, and why it is marked.
    async fn compared(&self) -> Vec<[String; 6]> {
        let by = self.scene.may::<ReadInvoices>();
        let month = "2026-10".parse().unwrap();
        let kind = Some(RecipientKind::People);
        let found = invoices::comparison(&self.scene.cx, &by, month, kind);
        let rows = found.await.unwrap().rows.into_iter();
        let money = |amount: Option<tallyport_ledger::Money>| {
            amount.map_or_else(String::new, |amount| amount.to_decimal(2))
        };
        rows.map(|row| {
            [
                row.whom.name,
                row.basis.word().to_owned(),
                money(row.before),
                money(row.now),
                row.compared
                    .per_mille
                    .map_or_else(String::new, |tenths| tenths.to_string()),
                row.why.unwrap_or_default(),
            ]
        })
        .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_laid_beside_the_one_before_and_what_is_odd_stands_first() {
    let desk = desk().await;
    desk.scene.person("cay").await;
    desk.scene.bill(SEPTEMBER).await;
    let row = |cells: [&str; 6]| cells.map(str::to_owned);
    // Nothing is billed yet: what it costs is compared.
    assert_eq!(
        desk.compared().await,
        [
            row([
                "cay",
                "costs",
                "300.00",
                "",
                "-1000",
                "gone: 300.00 USD in 2026-09"
            ]),
            row([
                "ben",
                "costs",
                "",
                "10.50",
                "",
                "new: there was nothing in 2026-09"
            ]),
            row(["ada", "costs", "800.00", "850.545", "63", ""]),
        ]
    );
    desk.scene.draft("2026-09").await;
    desk.batch(BatchAction::Draft).await;
    let ada = desk.drafted("ada").await;
    let before = desk.compared().await;
    assert_eq!(
        before[2],
        row(["ada", "invoices", "800.00", "850.55", "63", ""])
    );
    desk.issue(ada.id).await.unwrap();
    desk.credited(ada.id, Credit::Whole).await;
    let after = desk.compared().await;
    let ada = after.iter().find(|row| row[0] == "ada").unwrap();
    assert_eq!(ada[3], "0.00", "what is credited is not asked for: {ada:?}");
    assert!(ada[5].starts_with("down by 800.00 USD"), "{ada:?}");
}
