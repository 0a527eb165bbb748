//! What a reader finds on the paper, as poppler sees it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod paper;
#[expect(dead_code, reason = "the second layout is measured with it")]
mod sixty;

use sha2::{Digest, Sha256};

use paper::{draft, draft_for, issued, long, minor, pages, party, pdf, poppler, words};
use tallyport_documents::{DocumentError, InvoicePaper, render_invoice};
use tallyport_ledger::{Currency, Party};

/// The text with single spaces and no empty lines.
fn compact(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn an_invoice_reads_as_it_should() {
    let invoice = issued(draft(&[
        ("Amazon EC2", Some("i-0abc"), "1234.565"),
        ("Amazon EC2", Some("i-0def"), "100"),
        ("Amazon EC2", None, "-34.5"),
        ("AWS Support (Business)", None, "29"),
        ("Amazon S3", Some("company-backups"), "0.004"),
    ]));
    let paper = InvoicePaper::issued(&invoice)
        .marked("Demo data")
        .payable(vec!["IBAN GB29 NWBK 6016 1331 9268 19".to_owned()]);
    let text = pages(&render_invoice(&paper).unwrap());
    assert_eq!(text.len(), 1);
    assert_eq!(
        compact(&text[0]),
        "Demo data
Harbour & Sons Ltd Invoice
1 Pier Road
Bristol BS1 4RB Invoice number INV-00042
Tax ID GB 123 4567 89
Date of issue 3 November 2026
Date due 3 December 2026
Bill to
Customer GmbH Billing period October 2026
1 Pier Road Basis Billed cost
Bristol BS1 4RB
Tax ID GB 123 4567 89
Amount due (USD) Due by
$1,594.88 3 December 2026
Service and resource Amount (USD) Service total (USD)
Amazon EC2 3 lines 1,300.07
i-0abc 1,234.57
i-0def 100.00
Not tied to a resource -34.50
AWS Support (Business) 29.00
Amazon S3 0.00
company-backups 0.00
How to pay Subtotal 1,329.07
IBAN GB29 NWBK 6016 1331 9268 19 Tax (20 %) 265.81
Total $1,594.88
Harbour & Sons Ltd · Invoice INV-00042 · Demo data Page 1 of 1
The sum is rounded once, half away from zero, to USD 0.01; the lines are rounded to add up to it. Tax is computed once, on the subtotal."
    );
}

#[test]
fn from_one_page_to_forty_nothing_is_lost_and_sums_hold() {
    for (lines, least_pages) in [
        (1, 1),
        (12, 1),
        (30, 1),
        (31, 1),
        (60, 2),
        (200, 4),
        (2_250, 40),
    ] {
        let invoice = long(lines);
        let bytes = pdf(&invoice);
        let text = pages(&bytes);
        assert!(
            text.len() >= least_pages,
            "{lines} lines on {} pages",
            text.len()
        );
        for (index, page) in text.iter().enumerate() {
            let numbered = format!("Page {} of {}", index + 1, text.len());
            assert_eq!(
                page.matches(&numbered).count(),
                1,
                "{lines} lines: {numbered}"
            );
            assert!(
                page.contains("Service and resource"),
                "the head is on every page"
            );
            assert!(page.contains("INV-00042"));
        }
        let last = text.last().unwrap();
        let together = ["Subtotal", "Tax (20 %)", "Total  "];
        assert!(
            together.iter().all(|label| last.contains(label)),
            "{lines} lines"
        );
        assert!(last.contains("i-0"), "the totals do not stand alone");
        for line in 0..lines {
            let name = format!("i-{line:017x}");
            assert_eq!(text.iter().filter(|page| page.contains(&name)).count(), 1);
        }
        let words = words(&bytes);
        let at = |edge| words.iter().filter(move |word| word.right == edge);
        let edge = |text: &str| words.iter().find(|word| word.text == text).unwrap().right;
        let heads: Vec<_> = words
            .iter()
            .filter(|word| word.text == "(USD)")
            .map(|w| w.right)
            .collect();
        let (amounts, totals) = (heads[1], heads[2]);
        let near = |want: i64| {
            words
                .iter()
                .filter(move |word| (word.right - want).abs() <= 15)
        };
        let sum = |want| {
            near(want)
                .filter_map(|word| minor(&word.text))
                .sum::<i128>()
        };
        let figures = invoice.totals();
        let cents = |money: tallyport_ledger::Money| money.nanos() / 10_000_000;
        assert_eq!(
            sum(amounts),
            cents(figures.subtotal),
            "{lines} lines add up"
        );
        let below = cents(figures.subtotal) + cents(figures.tax) + cents(figures.total);
        assert_eq!(
            sum(totals),
            cents(figures.subtotal) + below,
            "services add up"
        );
        assert!(at(edge("Page")).count() > 0);
    }
}

#[test]
fn figures_end_on_the_same_point() {
    let invoice = issued(draft(&[
        ("A", Some("one"), "1.11"),
        ("A", Some("two"), "-1111111.11"),
        ("A", Some("three"), "98765.43"),
        ("B", Some("four"), "0"),
        ("C", Some("five"), "777777777.77"),
    ]));
    let words = words(&pdf(&invoice));
    let right = |text: &str| {
        words
            .iter()
            .filter(|word| word.right < 500_000)
            .find(|word| word.text == text)
            .expect(text)
            .right
    };
    let amounts = [
        "1.11",
        "-1,111,111.11",
        "98,765.43",
        "0.00",
        "777,777,777.77",
    ]
    .map(right);
    let spread = amounts.iter().max().unwrap() - amounts.iter().min().unwrap();
    assert!(spread <= 10, "within a hundredth of a point: {amounts:?}");
}

#[test]
fn the_same_paper_is_the_same_to_the_byte_and_another_is_named_otherwise() {
    let (one, two) = (long(60), long(61));
    assert_eq!(pdf(&one), pdf(&one));
    let name = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text[text.rfind("/ID[(").unwrap()..][..40].to_owned()
    };
    assert_ne!(name(&pdf(&one)), name(&pdf(&two)));
}

#[test]
fn latin_greek_cyrillic_and_currency_signs_come_back_as_they_went_in() {
    let names = [
        "Žofia Ďurišová-Łęcka",
        "Nguyễn Thị Minh",
        "Ærøskøbing Þórður ß",
        "İstanbul Şişli ığ",
        "Ελληνική Εταιρεία Ύδρευσης",
        "Київ Ґанок їжак",
        "Москва ёлка",
        "Београд Ђорђе",
        "€ 12 £ 3 ¥ 4 ₹ 5 ₽ 6 № 7",
        "“quoted” – it’s…",
        "<b>alert(1)</b> \\ %s (x)",
        "AVATAR To. Ty, WAVE",
    ];
    for name in names {
        let mut buyer = party(name);
        buyer.address = vec![name.to_owned()];
        let invoice = issued(draft_for(
            buyer,
            0,
            Currency::USD,
            &[(name, Some(name), "1")],
        ));
        let text = pages(&pdf(&invoice)).concat();
        assert_eq!(text.matches(name).count(), 4, "{name}: {text}");
    }
}

#[test]
fn a_character_that_the_font_lacks_is_refused_with_its_word() {
    let refused = |draft: tallyport_ledger::DraftInvoice| {
        let invoice = issued(draft);
        render_invoice(&InvoicePaper::issued(&invoice)).unwrap_err()
    };
    let tokyo = DocumentError::MissingGlyph {
        word: "東京".to_owned(),
        character: '東',
    };
    let dollars = Currency::USD;
    let line = [("S", Some("r"), "1")];
    assert_eq!(refused(draft(&[("S", Some("web 東京"), "1")])), tokyo);
    assert_eq!(refused(draft(&[("東京 S", None, "1")])), tokyo);
    assert_eq!(
        refused(draft_for(party("Acme 東京"), 0, dollars, &line)),
        tokyo
    );
    let address = Party {
        address: vec!["1-1 東京 Japan".to_owned()],
        ..party("Acme")
    };
    assert_eq!(refused(draft_for(address, 0, dollars, &line)), tokyo);
    let invoice = issued(draft(&line));
    let paper = InvoicePaper::issued(&invoice);
    assert_eq!(
        render_invoice(&paper.clone().marked("東京")),
        Err(tokyo.clone())
    );
    assert_eq!(
        render_invoice(&paper.payable(vec!["東京".to_owned()])),
        Err(tokyo.clone())
    );
    assert!(tokyo.to_string().starts_with("\"東京\" cannot be printed"));
}

#[test]
fn names_of_three_hundred_characters_stay_inside_the_margins() {
    let spaced = "Consolidated Harbour Holdings ".repeat(10);
    let solid = "x".repeat(300);
    let arn = format!("arn:aws:s3:::{}", "folder/".repeat(41));
    for name in [&spaced, &solid, &arn] {
        let name = name.trim();
        let mut buyer = party(name);
        buyer.address = vec![name.to_owned(); 3];
        buyer.tax_id = Some(name.to_owned());
        let mut draft = draft_for(buyer, 0, Currency::USD, &[(name, Some(name), "1"); 70]);
        for mark in ["", name] {
            let paper = InvoicePaper::draft(&draft)
                .marked(mark)
                .payable(vec![name.to_owned(); 9]);
            let bytes = render_invoice(&paper).unwrap();
            let across = |word: &paper::Word| "DRAFT".contains(&word.text);
            for word in words(&bytes).iter().filter(|word| !across(word)) {
                assert!(word.left >= 50_000 && word.right <= 545_000, "{word:?}");
            }
        }
        draft = draft_for(party(name), 0, Currency::USD, &[("S", Some(name), "1")]);
        let text = compact(&pages(&pdf(&issued(draft))).concat());
        assert!(text.contains('…'), "its middle is left out: {text}");
    }
}

#[test]
fn a_credit_is_printed_with_its_sign_and_asks_for_no_payment() {
    let credit = issued(draft(&[
        ("Amazon EC2", Some("i-1"), "10"),
        ("Credits", None, "-1110.5"),
    ]));
    let text = compact(&pages(&pdf(&credit)).concat());
    for expected in [
        "Credits -1,110.50",
        "Subtotal -1,100.50",
        "Tax (20 %) -220.10",
        "Total -$1,320.60",
        "Credited to you (USD)",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("Due by"));
}

#[test]
fn no_tax_and_currencies_without_cents_are_stated() {
    let yen = "JPY".parse().unwrap();
    let invoice = issued(draft_for(
        party("Acme"),
        0,
        yen,
        &[("S", Some("r"), "1234567.4")],
    ));
    let text = compact(&pages(&pdf(&invoice)).concat());
    for expected in [
        "r 1,234,567",
        "Tax (0 %) 0",
        "Total ¥1,234,567",
        "to JPY 1;",
        "Amount (JPY)",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let euro = "EUR".parse().unwrap();
    let invoice = issued(draft_for(
        party("Acme"),
        77_000,
        euro,
        &[("S", None, "100")],
    ));
    let text = compact(&pages(&pdf(&invoice)).concat());
    assert!(
        text.contains("Tax (7.7 %) 7.70") && text.contains("Total €107.70"),
        "{text}"
    );
}

#[test]
fn every_page_of_a_draft_says_that_it_is_no_invoice() {
    let lines: Vec<_> = (0..90).map(|_| ("S", Some("r"), "1")).collect();
    let draft = draft(&lines);
    let bytes = render_invoice(&InvoicePaper::draft(&draft).marked("Demo data")).unwrap();
    let text = pages(&bytes);
    assert!(text.len() > 1);
    for page in text {
        assert!(page.contains("Draft — not an invoice") && page.contains("Demo data"));
        assert!(!page.contains("INV-") && !page.contains("Date due"));
    }
}

#[test]
fn the_file_says_what_it_is_and_carries_its_fonts() {
    let bytes = pdf(&long(60));
    let info = String::from_utf8(poppler("pdfinfo", &[], &bytes, &[])).unwrap();
    for expected in [
        "Invoice INV-00042",
        "Harbour & Sons Ltd",
        "Customer GmbH, October 2026",
        "A4",
    ] {
        assert!(info.contains(expected), "{expected}: {info}");
    }
    assert!(!info.contains("PDF/X"), "it claims no standard: {info}");
    assert!(bytes.len() < 60_000, "{} bytes for two pages", bytes.len());
    let fonts = String::from_utf8(poppler("pdffonts", &[], &bytes, &[])).unwrap();
    let fonts: Vec<_> = fonts.lines().skip(2).collect();
    assert_eq!(fonts.len(), 3, "{fonts:?}");
    assert!(
        fonts
            .iter()
            .all(|font| font.contains("+Inter-") && font.contains("yes yes yes"))
    );
}

#[test]
fn the_letters_are_drawn() {
    // Text can be read from a file whose font is empty: count the dark points instead.
    let invoice = long(30);
    let image = poppler("pdftoppm", &["-r", "50", "-gray"], &pdf(&invoice), &[]);
    let dark = image.iter().skip(15).filter(|point| **point < 128).count();
    assert!((3_000..40_000).contains(&dark), "{dark} dark points");
}

#[test]
fn what_was_issued_in_the_first_layout_keeps_its_bytes() {
    // Drawn by the program before there was a second layout.
    let bytes = sixty::render(&sixty::invoice(1, 60).unwrap(), sixty::Layout::First).unwrap();
    let hash: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        hash,
        "8f76d7391754e83a12abe3e8863c931f22660a06f388d7f7fb236ea6f1ff2d40"
    );
}
