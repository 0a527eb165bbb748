use tallyport_workspace::invoices::{self, Credit, Restatement};
use tallyport_workspace::rules::MatcherAsk;

use crate::desk::{Desk, OCTOBER, desk, total};

async fn restatements(desk: &Desk) -> Vec<Restatement> {
    let month = "2026-10".parse().unwrap();
    invoices::restatements(&desk.scene.cx, &desk.scene.may(), month)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_restatement_of_a_billed_month_proposes_a_credit_note_with_the_difference_by_line() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    assert_eq!(restatements(&desk).await, [], "nothing has changed");
    // The provider restates October: RDS is 200 less, EC2 10 more.
    let mut restated = OCTOBER.to_vec();
    restated[0].4 = "310.335";
    restated[2].4 = "80";
    desk.scene.bill(&restated).await;
    let found = restatements(&desk).await;
    let [one] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(one.billed.to_decimal(2), "850.545");
    assert_eq!(one.now.to_decimal(2), "660.545");
    let lines: Vec<_> = one
        .lines
        .iter()
        .map(|line| (line.service.as_str(), line.cost.to_decimal(2)))
        .collect();
    assert_eq!(
        lines,
        [
            ("Amazon EC2", "10.00".to_owned()),
            ("Amazon RDS", "-200.00".to_owned())
        ]
    );
    assert_eq!(one.credits.len(), 1);
    assert_eq!(one.credits[0].invoice, invoice.id);
    assert_eq!(one.credits[0].amount.to_decimal(2), "200.00");
    assert_eq!(
        desk.now(invoice.id).await,
        invoice,
        "nothing happens by itself"
    );

    let note = desk.credited(invoice.id, Credit::Restated).await;
    assert_eq!(total(&note), "238.00");
    let drafted = desk.drafted("ada").await;
    assert_eq!(
        drafted.totals.subtotal.to_decimal(2),
        "10.00",
        "what came on top is in the next draft"
    );
    desk.issue(drafted.id).await.unwrap();
    assert_eq!(restatements(&desk).await, []);
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_invoice_gives_back_first_and_a_draft_that_is_no_longer_right_is_not_issued() {
    let desk = desk().await;
    let first = desk.issued("ada").await;
    let mut more = OCTOBER.to_vec();
    more[2].4 = "300";
    desk.scene.bill(&more).await;
    let second = desk.issued("ada").await;
    assert_eq!(second.totals.subtotal.to_decimal(2), "20.00");
    let mut less = OCTOBER.to_vec();
    less[2].4 = "270";
    desk.scene.bill(&less).await;
    let found = restatements(&desk).await;
    let proposed: Vec<_> = found[0]
        .credits
        .iter()
        .map(|credit| (credit.invoice, credit.amount.to_decimal(2)))
        .collect();
    assert_eq!(
        proposed,
        [
            (second.id, "20.00".to_owned()),
            (first.id, "10.00".to_owned())
        ]
    );
    let note = desk.credit(first.id, Credit::Restated).await.unwrap();
    less[2].4 = "269";
    desk.scene.bill(&less).await;
    let outdated = desk.issue(note.id).await.unwrap_err();
    assert_eq!(outdated.code(), "invoice.outdated");
    desk.credited(second.id, Credit::Restated).await;
    desk.credited(first.id, Credit::Restated).await;
    assert_eq!(restatements(&desk).await, []);
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_hands_is_given_back_and_billed_to_the_one_who_has_it_now() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    desk.scene
        .rule("person:ben", MatcherAsk::Resource("db-1".to_owned()))
        .await;
    desk.credited(invoice.id, Credit::Restated).await;
    let ben = desk.drafted("ben").await;
    assert_eq!(ben.totals.subtotal.to_decimal(2), "290.50");
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_credit_of_the_provider_is_passed_on() {
    let desk = desk().await;
    let invoice = desk.issued("ada").await;
    let mut late = OCTOBER.to_vec();
    late.push(("2026-10-31", "AWS Support", "", "ada", "-25.004"));
    desk.scene.bill(&late).await;
    let note = desk.credited(invoice.id, Credit::Restated).await;
    assert_eq!(note.totals.subtotal.to_decimal(2), "25.00");
    assert_eq!(restatements(&desk).await, []);
    let rest = desk.credited(invoice.id, Credit::Whole).await;
    assert_eq!(rest.totals.subtotal.to_decimal(2), "825.55");
    let again = desk.drafted("ada").await;
    assert_eq!(again.content.exact().unwrap().to_decimal(3), "825.541");
    desk.sound().await;
}
