use tallyport_ledger::InvoiceState;
use tallyport_workspace::invoices::{self, Credit};

use crate::desk::{desk, lines, total};

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_note_takes_back_the_whole_invoice_and_frees_what_it_billed() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    assert_eq!(total(&invoice), "1012.15");
    let note = desk.credit(invoice.id, Credit::Whole).await.unwrap();
    assert_eq!(note.state, InvoiceState::Draft);
    assert_eq!(
        desk.now(invoice.id).await.state,
        InvoiceState::Issued,
        "a draft credits nothing"
    );
    let note = desk.issue(note.id).await.unwrap();
    assert_eq!(note.number.as_ref().unwrap().to_string(), "CN-00001");
    assert_eq!(total(&note), "1012.15");
    assert_eq!(note.of.as_ref().unwrap().id, invoice.id);
    let now = desk.now(invoice.id).await;
    assert_eq!(now.state, InvoiceState::Credited);
    assert_eq!(now.credits[0].id, note.id);

    // All of it can be billed again, once, under the next number.
    let again = desk.issued("ada").await;
    assert_eq!(again.number.unwrap().to_string(), "INV-00002");
    assert_eq!(again.totals, invoice.totals);
    let nothing = desk.scene.draft("2026-10").await;
    assert!(
        nothing
            .invoices
            .iter()
            .all(|view| view.label.as_str() != "ada")
    );
    let twice = desk.credit(invoice.id, Credit::Whole).await.unwrap_err();
    assert_eq!(twice.code(), "invoice.nothing-left");
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn line_by_line_credit_notes_add_up_to_the_invoice_to_the_cent_and_to_the_nano() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    // EC2 450.21, RDS 280.00, S3 120.335 shown as 120.34.
    let rds = desk
        .credited(invoice.id, lines(&[(2, Some("93.33"))]))
        .await;
    assert_eq!(total(&rds), "111.06", "19 % of 93.33 is 17.73");
    let drafted = desk.drafted("ada").await;
    assert_eq!(
        drafted.content.exact().unwrap().to_decimal(2),
        "93.33",
        "what was taken back can be billed again, and nothing else"
    );
    let by = desk.scene.may();
    invoices::discard(&desk.scene.cx, &by, drafted.id)
        .await
        .unwrap();

    let more = desk
        .credit(invoice.id, lines(&[(2, Some("186.68"))]))
        .await
        .unwrap_err();
    assert!(more.to_string().contains("186.67 USD is left"), "{more}");
    desk.credited(invoice.id, lines(&[(2, None), (3, Some("0.01"))]))
        .await;
    desk.credited(invoice.id, lines(&[(1, None)])).await;
    let now = desk.now(invoice.id).await;
    assert_eq!(now.standing.left().unwrap().to_decimal(2), "143.19");
    let last = desk.credited(invoice.id, Credit::Whole).await;
    assert_eq!(total(&last), "143.19");
    let now = desk.now(invoice.id).await;
    assert_eq!(now.state, InvoiceState::Credited);
    assert_eq!(now.standing.credited, invoice.totals.total, "tax included");
    let again = desk.drafted("ada").await;
    assert_eq!(
        again.content.exact().unwrap(),
        invoice.content.exact().unwrap(),
        "every nano is free again"
    );
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_drafts_of_credit_notes_cannot_take_back_more_than_is_left() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    let first = desk.credit(invoice.id, lines(&[(1, None)])).await.unwrap();
    let second = desk.credit(invoice.id, Credit::Whole).await.unwrap();
    assert_eq!(first.id, second.id, "one draft of a credit note an invoice");
    assert_eq!(total(&second), total(&invoice));
    desk.issue(second.id).await.unwrap();
    for what in [
        lines(&[(1, None)]),
        lines(&[(4, None)]),
        lines(&[(1, Some("0.01"))]),
    ] {
        let refused = desk.credit(invoice.id, what).await.unwrap_err();
        assert_eq!(refused.code(), "request.invalid", "{refused}");
    }
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_issued_invoices_are_credited_and_with_a_reason() {
    let desk = desk().await;
    let draft = desk.drafted("ada").await;
    let early = desk.credit(draft.id, Credit::Whole).await.unwrap_err();
    assert_eq!(early.code(), "invoice.not-issued");
    let invoice = desk.issue(draft.id).await.unwrap();
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    let silent = invoices::credit(cx, &by, invoice.id, "  ", Credit::Whole)
        .await
        .unwrap_err();
    assert_eq!(silent.details()["field"], "reason");
    let note = desk.credited(invoice.id, Credit::Whole).await;
    let of_note = desk.credit(note.id, Credit::Whole).await.unwrap_err();
    assert_eq!(of_note.code(), "invoice.not-issued");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_says_which_invoice_it_stands_in_for() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    desk.pay(invoice.id, "12.15").await.unwrap();
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    desk.set(|set| set.payment_days = 10).await;
    let draft = invoices::replace(cx, &by, invoice.id, "Other terms")
        .await
        .unwrap();
    assert_eq!(draft.state, InvoiceState::Draft);
    assert_eq!(draft.replaces.as_ref().unwrap().id, invoice.id);
    let old = desk.now(invoice.id).await;
    assert_eq!(old.state, InvoiceState::Credited);
    assert_eq!(
        old.standing.open().unwrap().to_decimal(2),
        "-12.15",
        "to be paid back"
    );
    let issued = desk.issue(draft.id).await.unwrap();
    assert_eq!(issued.due_on.unwrap().to_string(), "2026-12-02");
    assert_eq!(
        desk.now(invoice.id).await.replaced_by.unwrap().id,
        issued.id
    );
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_two_pairs_of_eyes_a_credit_note_is_approved_too() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    desk.set(|set| set.four_eyes = true).await;
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    let note = desk.credit(invoice.id, Credit::Whole).await.unwrap();
    assert_eq!(
        desk.issue(note.id).await.unwrap_err().code(),
        "invoice.not-approved"
    );
    let replaced = invoices::replace(cx, &by, invoice.id, "Other terms")
        .await
        .unwrap_err();
    assert_eq!(replaced.code(), "invoice.not-credited");
}
