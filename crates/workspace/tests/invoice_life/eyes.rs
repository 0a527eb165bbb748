use tallyport_ledger::{InvoiceState, IssueInvoices, Role};
use tallyport_workspace::invoices::{self, DraftChange, InvoiceAction};

use crate::desk::{desk, somebody, total};

#[tokio::test(flavor = "multi_thread")]
async fn with_two_pairs_of_eyes_nobody_approves_what_they_had_a_hand_in() {
    let desk = desk().await;
    desk.set(|set| set.four_eyes = true).await;
    let cx = &desk.scene.cx;
    let draft = desk.drafted("ada").await;
    assert_eq!(draft.drafted_by, ["local"]);

    // The one who drafted it is a super admin, and may not.
    let own = invoices::approve(cx, &desk.scene.may(), draft.id)
        .await
        .unwrap_err();
    assert_eq!(own.code(), "invoice.same-eyes");
    let unapproved = desk.issue(draft.id).await.unwrap_err();
    assert_eq!(unapproved.code(), "invoice.not-approved");
    assert!(!draft.actions("local").contains(&InvoiceAction::Approve));
    assert!(draft.actions("bea").contains(&InvoiceAction::Approve));

    // Who puts a line on it has a hand in it as well.
    let bea = somebody("bea", Role::BillingManager)
        .grant::<IssueInvoices>()
        .unwrap();
    let change = DraftChange {
        lines: vec![("Workshop".to_owned(), "100.00".to_owned())],
        ..DraftChange::default()
    };
    invoices::change(cx, &bea, draft.id, change).await.unwrap();
    let hers = invoices::approve(cx, &bea, draft.id).await.unwrap_err();
    assert_eq!(hers.code(), "invoice.same-eyes");

    let cay = somebody("cay", Role::Admin)
        .grant::<IssueInvoices>()
        .unwrap();
    let approved = invoices::approve(cx, &cay, draft.id).await.unwrap();
    assert_eq!(approved.state, InvoiceState::Approved);
    assert_eq!(approved.approval.unwrap().by, "cay");

    // Approved, it stays as it is: not changed, not thrown away, not drafted anew.
    let changed = invoices::change(cx, &bea, draft.id, DraftChange::default()).await;
    assert_eq!(changed.unwrap_err().code(), "invoice.approved");
    let gone = invoices::discard(cx, &bea, draft.id).await;
    assert_eq!(gone.unwrap_err().code(), "invoice.approved");
    let again = desk.scene.draft("2026-10").await;
    let ada = again.nothing.iter().find(|one| one.label == "ada").unwrap();
    assert!(ada.reason.contains("withdraw it"), "{}", ada.reason);

    let withdrawn = invoices::withdraw(cx, &bea, draft.id).await.unwrap();
    assert_eq!(withdrawn.state, InvoiceState::Draft);
    invoices::approve(cx, &cay, draft.id).await.unwrap();
    let issued = desk.issue(draft.id).await.unwrap();
    assert_eq!(issued.state, InvoiceState::Issued);
    let detail = invoices::detail(cx, &desk.scene.may(), draft.id)
        .await
        .unwrap();
    let told: Vec<(&str, &str)> = detail
        .history
        .iter()
        .map(|line| (line.action.as_str(), line.actor.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("invoice.changed", "bea"),
            ("invoice.approved", "cay"),
            ("invoice.withdrawn", "bea"),
            ("invoice.approved", "cay"),
            ("invoice.issued", "local"),
        ]
    );
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_two_pairs_of_eyes_issuing_is_approving() {
    let desk = desk().await;
    let draft = desk.drafted("ada").await;
    let issued = desk.issue(draft.id).await.unwrap();
    assert_eq!(issued.approval.unwrap().by, "local");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_on_a_draft_by_hand_is_kept_when_its_month_is_drafted_again() {
    let desk = desk().await;
    let draft = desk.drafted("ben").await;
    let change = DraftChange {
        purchase_order: Some(" PO-4711 ".to_owned()),
        note: Some("Thank you.".to_owned()),
        due_days: Some(14),
        lines: vec![
            ("Workshop".to_owned(), "100".to_owned()),
            ("Goodwill".to_owned(), "-0.50".to_owned()),
        ],
    };
    let by = desk.scene.may();
    let changed = invoices::change(&desk.scene.cx, &by, draft.id, change)
        .await
        .unwrap();
    assert_eq!(
        total(&changed),
        "130.90",
        "(10.50 + 100.00 - 0.50) and 19 %"
    );
    let again = desk.drafted("ben").await;
    assert_eq!(total(&again), "130.90");
    assert_eq!(
        again.content.content().purchase_order.as_deref(),
        Some("PO-4711")
    );
    let issued = desk.issue(again.id).await.unwrap();
    assert_eq!(issued.due_on.unwrap().to_string(), "2026-12-06");
    assert_eq!(issued.margin.unwrap().to_decimal(2), "99.50");
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_stand_on_a_draft_is_refused_by_field() {
    let desk = desk().await;
    let draft = desk.drafted("ben").await;
    let line = |text: &str, amount: &str| DraftChange {
        lines: vec![(text.to_owned(), amount.to_owned())],
        ..DraftChange::default()
    };
    let long = DraftChange {
        purchase_order: Some("x".repeat(300)),
        ..DraftChange::default()
    };
    for (change, field) in [
        (line("", "1"), "lines"),
        (line("Workshop", "1.005"), "lines"),
        (line("Workshop", "1e3"), "lines"),
        (line("Goodwill", "-10.50"), "lines"),
        (long, "purchase_order"),
    ] {
        let by = desk.scene.may();
        let refused = invoices::change(&desk.scene.cx, &by, draft.id, change)
            .await
            .unwrap_err();
        assert_eq!(refused.details()["field"], field, "{refused}");
    }
    assert_eq!(
        total(&desk.now(draft.id).await),
        total(&draft),
        "nothing was kept"
    );
}
