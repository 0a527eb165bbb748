use tallyport_ledger::{InvoiceState, ReadInvoices};
use tallyport_workspace::invoices::{self, AccountKind, Credit, InvoicesAsk};
use tallyport_workspace::{OwnerKey, people};

use crate::desk::{Desk, desk, lines};

async fn ada(desk: &Desk) -> OwnerKey {
    let people = people::list(&desk.scene.cx, &desk.scene.may(), false)
        .await
        .unwrap();
    OwnerKey::Person(
        people
            .iter()
            .find(|person| person.name == "ada")
            .unwrap()
            .id,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_paid_in_parts_and_never_more_than_is_left() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    let part = desk.pay(invoice.id, "1000").await.unwrap();
    assert_eq!(part.state, InvoiceState::PartlyPaid);
    assert_eq!(part.standing.open().unwrap().to_decimal(2), "12.15");
    for (amount, why) in [
        ("12.16", "12.15 USD that is left"),
        ("-1000.01", "paid too much"),
        ("0", "payment of nothing"),
        ("0.001", "more decimals"),
        ("12,15", "not an amount"),
    ] {
        let refused = desk.pay(invoice.id, amount).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{amount}: {refused}");
    }
    let paid = desk.pay(invoice.id, "12.15").await.unwrap();
    assert_eq!(paid.state, InvoiceState::Paid);

    // Recorded in error: it is taken out with a reason and stays to be seen.
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    let silent = invoices::unpay(cx, &by, invoice.id, 2, "")
        .await
        .unwrap_err();
    assert_eq!(silent.details()["field"], "reason");
    let open = invoices::unpay(cx, &by, invoice.id, 2, "Another invoice's")
        .await
        .unwrap();
    assert_eq!(open.state, InvoiceState::PartlyPaid);
    assert!(
        invoices::unpay(cx, &by, invoice.id, 2, "Again")
            .await
            .is_err()
    );
    let detail = invoices::detail(cx, &desk.scene.may(), invoice.id)
        .await
        .unwrap();
    assert_eq!(detail.payments.len(), 2);
    assert_eq!(
        detail.payments[1].removed.as_ref().unwrap().reason,
        "Another invoice's"
    );
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paid_before_a_credit_note_can_be_paid_back() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    desk.pay(invoice.id, "1012.15").await.unwrap();
    desk.credited(invoice.id, lines(&[(2, None)])).await;
    let now = desk.now(invoice.id).await;
    assert_eq!(now.standing.open().unwrap().to_decimal(2), "-333.20");
    let more = desk.pay(invoice.id, "-333.21").await.unwrap_err();
    assert!(
        more.to_string()
            .contains("333.20 USD that was paid too much"),
        "{more}"
    );
    let settled = desk.pay(invoice.id, "-333.20").await.unwrap();
    assert!(settled.standing.open().unwrap().is_zero());
    assert_eq!(settled.state, InvoiceState::Paid);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_of_account_opens_with_what_was_owed_and_closes_with_what_is() {
    let desk = desk().await;
    let first = desk.issued("ada").await;
    desk.pay(first.id, "500").await.unwrap();
    desk.credited(first.id, lines(&[(2, None)])).await;
    let (cx, by) = (&desk.scene.cx, desk.scene.may::<ReadInvoices>());
    let whole = invoices::account(
        cx,
        &by,
        ada(&desk).await,
        "2026-11-01".parse().unwrap(),
        "2026-11-30".parse().unwrap(),
    )
    .await
    .unwrap();
    let rows: Vec<(String, AccountKind, String, String)> = whole.results[0]
        .rows
        .iter()
        .map(|row| {
            let amounts = (row.amount.to_decimal(2), row.balance.to_decimal(2));
            (row.day.to_string(), row.kind, amounts.0, amounts.1)
        })
        .collect();
    let row = |day: &str, kind, amount: &str, balance: &str| {
        (day.to_owned(), kind, amount.to_owned(), balance.to_owned())
    };
    assert_eq!(
        rows,
        [
            row("2026-11-20", AccountKind::Payment, "-500.00", "-500.00"),
            row("2026-11-22", AccountKind::Invoice, "1012.15", "512.15"),
            row("2026-11-22", AccountKind::CreditNote, "-333.20", "178.95"),
        ]
    );
    let later = invoices::account(
        cx,
        &by,
        ada(&desk).await,
        "2026-11-22".parse().unwrap(),
        "2026-11-22".parse().unwrap(),
    )
    .await
    .unwrap();
    assert_eq!(later.results[0].opening.to_decimal(2), "-500.00");
    assert_eq!(later.results[0].closing.to_decimal(2), "178.95");
    assert_eq!(later.results[0].rows.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_overdue_from_the_day_after_it_was_due_until_it_is_settled() {
    let desk = desk().await;
    let ada = desk.issued("ada").await;
    let ben = desk.issued("ben").await;
    let on = |day: &str| InvoicesAsk {
        overdue_on: Some(day.parse().unwrap()),
        ..InvoicesAsk::default()
    };
    let (cx, by) = (&desk.scene.cx, desk.scene.may::<ReadInvoices>());
    let due = invoices::list(cx, &by, on("2026-12-22")).await.unwrap();
    assert_eq!(due, [], "due on the 22nd, it may still come that day");
    let overdue = invoices::list(cx, &by, on("2027-01-01")).await.unwrap();
    let days: Vec<_> = overdue
        .iter()
        .map(|view| view.overdue_days.unwrap())
        .collect();
    assert_eq!(days, [10, 10]);
    desk.pay(ben.id, "12.50").await.unwrap();
    desk.credited(ada.id, Credit::Whole).await;
    assert_eq!(invoices::list(cx, &by, on("2027-01-01")).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_and_credit_notes_are_not_paid() {
    let desk = desk().await;
    let draft = desk.drafted("ada").await;
    assert_eq!(
        desk.pay(draft.id, "1").await.unwrap_err().code(),
        "invoice.not-issued"
    );
    let invoice = desk.issue(draft.id).await.unwrap();
    let note = desk.credited(invoice.id, lines(&[(1, None)])).await;
    assert_eq!(
        desk.pay(note.id, "1").await.unwrap_err().code(),
        "invoice.not-issued"
    );
}
