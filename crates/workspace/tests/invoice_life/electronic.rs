use std::process::Command;

use tallyport_store::InvoiceId;
use tallyport_workspace::invoices::{self, Credit, Syntax};

use crate::billing::of;
use crate::desk::{Desk, desk};

#[path = "../../../../tests/oracle/python.rs"]
mod oracle;

/// A company in Paris that is billed from Hamburg.
async fn across_a_border() -> Desk {
    let desk = desk().await;
    desk.in_germany().await;
    let mut ask = of("FR", Some("FR40303265045"));
    ask.party.city = Some("Paris".to_owned());
    desk.buyer("person:ada", ask).await.unwrap();
    desk
}

async fn xml(desk: &Desk, id: InvoiceId, syntax: Syntax) -> String {
    invoices::electronic(&desk.scene.cx, &desk.scene.may(), id, syntax)
        .await
        .unwrap()
}

/// What a second program finds wrong with each file.
fn verdicts(desk: &Desk, files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let paths = files.iter().map(|(name, content)| {
        let path = desk.scene.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    });
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/oracle/electronic_invoices.py"
    );
    let output = Command::new(oracle::python())
        .arg(script)
        .args(paths)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let answers = String::from_utf8(output.stdout).unwrap();
    answers.lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn invoices_and_credit_notes_come_as_valid_xml_and_inside_their_paper() {
    let desk = across_a_border().await;
    let invoice = desk.issued("ada").await;
    let note = desk.credited(invoice.id, Credit::Whole).await;
    let hybrid = invoices::hybrid(&desk.scene.cx, &desk.scene.may(), invoice.id)
        .await
        .unwrap();
    let cii = xml(&desk, invoice.id, Syntax::Cii).await;
    assert!(
        cii.contains("<ram:CategoryCode>AE</ram:CategoryCode>"),
        "{cii}"
    );
    let of = xml(&desk, note.id, Syntax::Ubl).await;
    assert!(of.contains("<cbc:ID>INV-00001</cbc:ID>"), "{of}");
    let files = [
        (
            "a.ubl.xml",
            xml(&desk, invoice.id, Syntax::Ubl).await.into_bytes(),
        ),
        ("b.cii.xml", cii.into_bytes()),
        ("c.ubl.xml", of.into_bytes()),
        (
            "d.cii.xml",
            xml(&desk, note.id, Syntax::Cii).await.into_bytes(),
        ),
        ("e.pdf", hybrid),
    ];
    assert_eq!(verdicts(&desk, &files), ["[]"; 5]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_issued_gives_the_same_bytes_whatever_is_entered_later() {
    let desk = across_a_border().await;
    let invoice = desk.issued("ada").await;
    let all = async || {
        let by = desk.scene.may();
        let hybrid = invoices::hybrid(&desk.scene.cx, &by, invoice.id);
        (
            xml(&desk, invoice.id, Syntax::Ubl).await,
            xml(&desk, invoice.id, Syntax::Cii).await,
            hybrid.await.unwrap(),
        )
    };
    let before = all().await;
    desk.buyer("person:ada", of("AT", Some("ATU13585627")))
        .await
        .unwrap();
    desk.set(|set| set.seller.city = Some("Bremen".to_owned()))
        .await;
    assert_eq!(all().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_electronic_invoice_lacks_is_named_and_a_draft_has_none() {
    let desk = desk().await;
    let draft = desk.drafted("ada").await;
    let asked = async |id| {
        let error = invoices::electronic(&desk.scene.cx, &desk.scene.may(), id, Syntax::Ubl)
            .await
            .unwrap_err();
        (error.code(), error.to_string())
    };
    assert_eq!(asked(draft.id).await.0, "invoice.draft");
    let issued = desk.issue(draft.id).await.unwrap();
    let (code, says) = asked(issued.id).await;
    assert_eq!(code, "document.refused");
    assert!(
        says.contains("the seller has no country (seller.country, BR-09)")
            && says.contains("the buyer has no country (buyer.country, BR-11)"),
        "{says}"
    );
}
