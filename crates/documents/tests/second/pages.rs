use tallyport_documents::Look;
use tallyport_ledger::tax::TaxCategory;
use tallyport_ledger::{InvoiceContent, LineKind, Name};

use super::gallery::{branded, content, everything, line, rendered, treatment};
use super::paper::{pages, words};

fn long(count: usize) -> InvoiceContent {
    let lines = (0..count).map(|at| {
        let service = format!("Service {:02}", at * 7 / count);
        line(
            &service,
            &format!("i-{at:017x}"),
            &format!("{}.{:03}", at * 37 % 5_000, at % 1_000),
            "EUR",
        )
    });
    InvoiceContent {
        lines: lines.collect(),
        ..content("EUR")
    }
}

#[test]
fn invoices_of_any_length_repeat_the_head_number_their_pages_and_keep_the_totals_with_a_line() {
    for (count, least) in [
        (1, 1),
        (28, 1),
        (36, 1),
        (37, 1),
        (38, 1),
        (60, 2),
        (95, 2),
        (400, 6),
    ] {
        let bytes = rendered(long(count), branded()).unwrap();
        let pages = pages(&bytes);
        assert!(
            pages.len() >= least,
            "{count} lines on {} pages",
            pages.len()
        );
        for (index, page) in pages.iter().enumerate() {
            let numbered = format!("Page {} of {}", index + 1, pages.len());
            assert_eq!(
                page.matches(&numbered).count(),
                1,
                "{count} lines: {numbered}"
            );
            assert!(page.contains("Service and resource") && page.contains("INV-00042"));
        }
        let last = pages.last().unwrap();
        let together = ["Subtotal", "Tax (20 %)", "Total  ", "i-0"];
        assert!(
            together.iter().all(|label| last.contains(label)),
            "{count} lines: {last}"
        );
        for at in 0..count {
            let name = format!("i-{at:017x}");
            assert_eq!(pages.iter().filter(|page| page.contains(&name)).count(), 1);
        }
    }
}

#[test]
fn a_footnote_stands_on_every_page_that_refers_to_it_and_on_no_other() {
    let mut content = long(120);
    content.treatments = vec![
        treatment(TaxCategory::Standard, 190_000),
        treatment(TaxCategory::Exempt, 0),
    ];
    for at in [2, 3] {
        content.lines[at].tax = 1;
    }
    let pages = pages(&rendered(content, Look::default()).unwrap());
    assert!(pages.len() > 2);
    let has = |page: &String| page.contains("¹ Exempt: section 31");
    let found: Vec<bool> = pages.iter().map(has).collect();
    // The first page has the lines, the last one the totals.
    let mut expected = vec![false; pages.len()];
    expected[0] = true;
    *expected.last_mut().unwrap() = true;
    assert_eq!(found, expected);
}

#[test]
fn names_of_three_hundred_characters_stay_inside_the_margins() {
    let spaced = "Consolidated Harbour Holdings ".repeat(10);
    let solid = "x".repeat(300);
    let arabic = "شركة المنارة للشحن والتفريغ ".repeat(11);
    let chinese = "港湾商事株式会社".repeat(37);
    for name in [&spaced, &solid, &arabic, &chinese] {
        let name = name.trim();
        let mut content = everything();
        content.buyer.name = Name::parse(name).unwrap();
        content.buyer.address = vec![name.to_owned(); 3];
        content.seller.legal_id = Some(name.to_owned());
        content.purchase_order = Some(name.to_owned());
        content.note = Some(name.repeat(5));
        for line in &mut content.lines {
            line.resource = Some(name.to_owned());
            if line.kind == LineKind::Fee {
                line.text = Some(name.to_owned());
            }
        }
        content.lines[0].service = name.to_owned();
        let bytes = rendered(content, branded()).unwrap();
        for word in words(&bytes) {
            assert!(word.left >= 50_000 && word.right <= 546_000, "{word:?}");
        }
    }
}
