use tallyport_ledger::IssueInvoices;
use tallyport_workspace::invoices;
use tallyport_workspace::{OwnerKey, clients};

use crate::desk::{desk, total};

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_billed_for_its_bills_whoever_owns_what_is_on_them_and_nothing_twice() {
    let desk = desk().await;
    let (cx, by) = (&desk.scene.cx, desk.scene.may::<IssueInvoices>());
    let client = clients::list(cx, &desk.scene.may()).await.unwrap()[0].id;
    let month = "2026-10".parse().unwrap();
    let client = Some(OwnerKey::Client(client));
    let drafted = invoices::draft(cx, &by, month, client).await.unwrap();
    let all = &drafted.invoices[0];
    assert_eq!(
        all.totals.subtotal.to_decimal(2),
        "868.05",
        "850.545 and 10.50 and 7.00"
    );

    // Ada is billed on her own: the client's invoice leaves that out.
    desk.issued("ada").await;
    let outdated = desk.issue(all.id).await.unwrap_err();
    assert_eq!(outdated.code(), "invoice.outdated");
    let drafted = invoices::draft(cx, &by, month, client).await.unwrap();
    assert_eq!(drafted.invoices[0].totals.subtotal.to_decimal(2), "17.50");
    let warned = drafted.invoices[0].warnings.join(" ");
    assert!(warned.contains("850.545 USD is left out"), "{warned}");
    let issued = desk.issue(drafted.invoices[0].id).await.unwrap();
    assert_eq!(total(&issued), "20.83");
    let nothing = desk.scene.draft("2026-10").await;
    assert_eq!(nothing.invoices, [], "ben's costs are billed to the client");
    desk.sound().await;
}
