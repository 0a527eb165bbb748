use sha2::{Digest, Sha256};
use tallyport_documents::{InvoicePaper, Language, Look, PaperSize, render_invoice};
use tallyport_ledger::DraftInvoice;

use super::gallery::{
    branded, content, credit_note, everything, issued, look, rendered, reverse_charged, scripts,
};
use super::paper::poppler;
use super::text;

#[test]
fn fees_rates_and_a_converted_currency_read_as_they_should() {
    let read = text(&rendered(everything(), branded()).unwrap());
    for expected in [
        "Bristol BS1 4RB, GB",
        "20457 Hamburg, DE",
        "Company number 0123 4567",
        "Purchase order PO-2026-00417",
        "Amount due (EUR) Due by",
        "€20,101.81 3 December 2026",
        "Amazon Elastic Compute Cloud 8 lines 12,196.97",
        "Discount 19 % -641.94",
        "Data stored in October 1,250.5 GB × 0.0245 19 % 30.64",
        "Insurance, passed on 0",
        "Credit from September 19 % -120.00",
        "Subtotal ² 16,904.28",
        "Tax (19 %) on 16,820.28 3,195.85",
        "Tax (0 %) on 60.00 ¹",
        "Reference INV-00042",
        "IBAN GB29 NWBK 6016 1331 9268 19",
        "Thank you for your order.",
        "¹ Exempt: section 31, schedule 9.",
        "² Converted from USD to EUR at 0.914829384, the rate of 30 October 2026 (ECB).",
        "Tax is computed once for each rate",
        "Page 2 of 2",
    ] {
        assert!(read.contains(expected), "{expected}: {read}");
    }
}

#[test]
fn every_language_writes_its_own_words_amounts_and_days() {
    let read = |language| text(&rendered(everything(), look(language)).unwrap());
    for (language, expected) in [
        (
            Language::German,
            [
                "Rechnung INV-00042",
                "3. Dezember 2026",
                "20.101,81 €",
                "1.250,5 GB × 0,0245",
                "Seite 1 von 2",
            ],
        ),
        (
            Language::French,
            [
                "Facture INV-00042",
                "3 décembre 2026",
                "20 101,81 €",
                "1 250,5 GB × 0,0245",
                "Page 1 sur 2",
            ],
        ),
        (
            Language::Spanish,
            [
                "Factura INV-00042",
                "3 de diciembre de 2026",
                "20.101,81 €",
                "1.250,5 GB × 0,0245",
                "Página 1 de 2",
            ],
        ),
    ] {
        let read = read(language);
        for expected in expected {
            assert!(read.contains(expected), "{expected}: {read}");
        }
        for english in ["Amount", "Subtotal", "Billing", "Invoice"] {
            assert!(
                !read.contains(english),
                "{language:?} says {english}: {read}"
            );
        }
    }
}

#[test]
fn a_credit_note_says_what_it_credits_and_asks_for_no_payment() {
    let read = text(&rendered(credit_note(), Look::default()).unwrap());
    for expected in [
        "Credit note",
        "Credits invoice INV-00041",
        "Credited to you (EUR)",
        "Total credited €",
    ] {
        assert!(read.contains(expected), "{expected}: {read}");
    }
    for unwanted in ["How to pay", "IBAN", "Due by", "Date due", "Amount due"] {
        assert!(!read.contains(unwanted), "{unwanted}: {read}");
    }
}

#[test]
fn where_no_tax_is_charged_the_reason_stands_at_the_foot() {
    for (language, reason) in [
        (
            Language::English,
            "¹ Reverse charge: the tax is owed by the recipient",
        ),
        (
            Language::German,
            "¹ Steuerschuldnerschaft des Leistungsempfängers",
        ),
        (
            Language::French,
            "¹ Autoliquidation : la taxe est due par le preneur.",
        ),
        (Language::Spanish, "¹ Inversión del sujeto pasivo"),
    ] {
        let read = text(&rendered(reverse_charged(), look(language)).unwrap());
        assert!(read.contains(reason), "{read}");
        assert!(read.contains("(0 %) ¹ 0"), "{read}");
    }
}

#[test]
fn every_page_of_a_draft_says_that_it_is_none() {
    let draft = DraftInvoice::of(everything()).unwrap();
    for (language, says) in [
        (Language::English, "Draft — not an invoice"),
        (Language::German, "Entwurf — keine Rechnung"),
    ] {
        let drafted = InvoicePaper::draft(&draft)
            .marked("Demo data")
            .looking(look(language));
        let bytes = render_invoice(&drafted).unwrap();
        for page in super::paper::pages(&bytes) {
            assert!(page.contains(says) && page.contains("Demo data"), "{page}");
            assert!(!page.contains("INV-"), "{page}");
        }
    }
}

#[test]
fn the_file_says_what_it_is_in_which_language_and_can_be_kept_for_ever() {
    let bytes = rendered(content("USD"), look(Language::German)).unwrap();
    let info = String::from_utf8(poppler("pdfinfo", &[], &bytes, &[])).unwrap();
    for expected in [
        "Rechnung INV-00042",
        "Harbour & Sons Ltd",
        "Nordlicht Werft GmbH, Oktober 2026",
        "A4",
        "1.7",
    ] {
        assert!(info.contains(expected), "{expected}: {info}");
    }
    let raw = String::from_utf8_lossy(&bytes);
    assert!(raw.contains("<pdfaid:part>3</pdfaid:part>") && raw.contains("<pdfaid:conformance>B<"));
    assert!(
        raw.contains("/Lang(de)") || raw.contains("/Lang (de)"),
        "the language is said"
    );
    assert!(raw.contains("/Outlines"), "readers can jump to services");
    let letter = Look {
        paper: PaperSize::Letter,
        ..Look::default()
    };
    let info = poppler(
        "pdfinfo",
        &[],
        &rendered(content("USD"), letter).unwrap(),
        &[],
    );
    assert!(
        String::from_utf8(info)
            .unwrap()
            .contains("612 x 792 pts (letter)")
    );
}

#[test]
fn fonts_are_embedded_and_cut_and_two_pages_are_small() {
    let bytes = rendered(everything(), branded()).unwrap();
    assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
    let fonts = String::from_utf8(poppler("pdffonts", &[], &bytes, &[])).unwrap();
    let fonts: Vec<_> = fonts.lines().skip(2).collect();
    assert_eq!(fonts.len(), 3, "{fonts:?}");
    let cut = |font: &&str| font.contains("+Inter-") && font.contains("yes yes yes");
    assert!(fonts.iter().all(cut), "{fonts:?}");
}

#[test]
fn the_same_paper_is_the_same_to_the_byte() {
    for look in [Look::default(), branded(), look(Language::French)] {
        let again = rendered(everything(), look.clone()).unwrap();
        assert_eq!(rendered(everything(), look).unwrap(), again);
    }
    let one = issued(content("USD"));
    let first = InvoicePaper::issued(&one);
    assert_ne!(
        render_invoice(&first),
        render_invoice(&first.clone().looking(Look::default()))
    );
}

#[test]
fn what_is_issued_in_the_second_layout_keeps_its_bytes() {
    let named = |bytes: &[u8]| -> String {
        let digest = Sha256::digest(bytes);
        digest
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    let drawn = [
        named(&rendered(everything(), branded()).unwrap()),
        named(&rendered(scripts(), look(Language::German)).unwrap()),
        named(&rendered(credit_note(), look(Language::French)).unwrap()),
    ];
    // A change here changes what was issued: it takes a third layout.
    let kept = ["1e21e0e7018f253d", "99baab41fc179cb0", "6440c859153c938d"];
    assert_eq!(drawn, kept);
}
