use std::process::Command;

use tallyport_ledger::tax::{TaxOverride, TaxRule, TaxedLines};
use tallyport_ledger::{
    IssueInvoices, LineKind, Pattern, TaxCategory, TaxLine, TaxPeriod, TaxRate, Validity,
};
use tallyport_store::InvoiceId;
use tallyport_workspace::invoices::{self, Credit, DraftChange, InvoiceView, Syntax};
use tallyport_workspace::taxes;

use crate::billing::of;
use crate::desk::{Desk, desk};

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
    let output = Command::new(crate::environment::python())
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

/// Books at the reduced rate of seven percent, and what is put on by hand exempt.
async fn with_tax_rules(desk: &Desk) {
    let rate = |category, parts| TaxPeriod {
        region: None,
        category,
        rate: TaxRate::from_parts_per_million(parts).unwrap(),
        valid: Validity::new(None, None).unwrap(),
    };
    let (cx, by) = (&desk.scene.cx, desk.scene.may::<IssueInvoices>());
    let rates = vec![
        rate(TaxCategory::Standard, 190_000),
        rate(TaxCategory::Reduced, 70_000),
    ];
    taxes::put(cx, &by, "DE".parse().unwrap(), rates, "a test".to_owned())
        .await
        .unwrap();
    let rule = |lines, category, reason: Option<&str>| {
        let reason = reason.map(str::to_owned);
        TaxRule::new(lines, TaxOverride { category, reason }).unwrap()
    };
    let rules = vec![
        rule(
            TaxedLines::Service(Pattern::parse("*RDS").unwrap()),
            TaxCategory::Reduced,
            None,
        ),
        rule(
            TaxedLines::Kind(LineKind::OneOff),
            TaxCategory::Exempt,
            Some("§ 4 Nr. 21 UStG"),
        ),
    ];
    taxes::set_rules(cx, &by, rules).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_taxed_differently_have_totals_of_their_own_on_paper_and_in_valid_xml() {
    let desk = desk().await;
    desk.in_germany().await;
    with_tax_rules(&desk).await;
    desk.buyer("person:ada", of("DE", None)).await.unwrap();
    let draft = desk.drafted("ada").await;
    let change = DraftChange {
        lines: vec![("Training".to_owned(), "100".to_owned())],
        ..DraftChange::default()
    };
    let by = desk.scene.may::<IssueInvoices>();
    let changed = invoices::change(&desk.scene.cx, &by, draft.id, change)
        .await
        .unwrap();
    let told = |view: &InvoiceView| {
        let line = |tax: &TaxLine| {
            let rate = tax.treatment.rate().parts_per_million() / 10_000;
            format!("{} on {} at {rate} %", tax.tax, tax.base)
        };
        view.taxes.iter().map(line).collect::<Vec<_>>()
    };
    let expected = [
        "108.40 USD on 570.55 USD at 19 %",
        "19.60 USD on 280.00 USD at 7 %",
        "0.00 USD on 100.00 USD at 0 %",
    ];
    assert_eq!(told(&changed), expected);
    // Drafting again keeps what was put on by hand, and how it is taxed.
    assert_eq!(told(&desk.drafted("ada").await), expected);
    let invoice = desk.issue(changed.id).await.unwrap();
    let of_lines = Credit::Lines(vec![(2, None)]);
    let note = desk.credited(invoice.id, of_lines).await;
    let hybrid = invoices::hybrid(&desk.scene.cx, &desk.scene.may(), invoice.id)
        .await
        .unwrap();
    let files = [
        (
            "a.ubl.xml",
            xml(&desk, invoice.id, Syntax::Ubl).await.into_bytes(),
        ),
        (
            "b.cii.xml",
            xml(&desk, invoice.id, Syntax::Cii).await.into_bytes(),
        ),
        (
            "c.ubl.xml",
            xml(&desk, note.id, Syntax::Ubl).await.into_bytes(),
        ),
        ("d.pdf", hybrid),
    ];
    assert_eq!(verdicts(&desk, &files), ["[]"; 4]);
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn abroad_no_rule_counts_and_a_rule_without_a_rate_is_told_before_a_draft() {
    let desk = across_a_border().await;
    with_tax_rules(&desk).await;
    let draft = desk.drafted("ada").await;
    assert_eq!(draft.taxes.len(), 1, "{:?}", draft.taxes);
    desk.buyer("person:ada", of("DE", None)).await.unwrap();
    let by = desk.scene.may::<IssueInvoices>();
    taxes::reset(&desk.scene.cx, &by, "DE".parse().unwrap())
        .await
        .unwrap();
    let (reason, hint) = desk.refused().await;
    assert!(
        reason.contains("has no reduced rate for 2026-10-31"),
        "{reason}"
    );
    assert!(hint.contains("tally taxes rules"), "{hint}");
}
