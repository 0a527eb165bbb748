//! What is written in the mail that a document goes out with, in the document's language.

use tallyport_ledger::{DocumentKind, Invoice};

use crate::Language;
use crate::words::filled;

/// What a mail says whose attachment is an invoice or a credit note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covering {
    /// Its subject, in one line.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// The sentences of one language. `{}` stands for what is put in.
struct Sentences {
    /// Number, seller.
    invoice: &'static str,
    /// Number, seller.
    credit_note: &'static str,
    hello: &'static str,
    /// Number, day, month.
    attached: &'static str,
    /// Number, day, number of the invoice.
    attached_note: &'static str,
    /// Amount, day.
    to_be_paid: &'static str,
    /// Amount.
    credited: &'static str,
    nothing: &'static str,
    regards: &'static str,
}

const ENGLISH: Sentences = Sentences {
    invoice: "Invoice {} from {}",
    credit_note: "Credit note {} from {}",
    hello: "Hello,",
    attached: "please find attached invoice {} of {} for {}.",
    attached_note: "please find attached credit note {} of {} for invoice {}.",
    to_be_paid: "Amount due: {}, by {}.",
    credited: "Amount credited: {}.",
    nothing: "There is nothing to pay.",
    regards: "Kind regards",
};

const GERMAN: Sentences = Sentences {
    invoice: "Rechnung {} von {}",
    credit_note: "Rechnungskorrektur {} von {}",
    hello: "Guten Tag,",
    attached: "anbei erhalten Sie die Rechnung {} vom {} für {}.",
    attached_note: "anbei erhalten Sie die Rechnungskorrektur {} vom {} zur Rechnung {}.",
    to_be_paid: "Zu zahlen: {}, bis zum {}.",
    credited: "Gutgeschriebener Betrag: {}.",
    nothing: "Es ist nichts zu zahlen.",
    regards: "Freundliche Grüße",
};

const FRENCH: Sentences = Sentences {
    invoice: "Facture {} de {}",
    credit_note: "Avoir {} de {}",
    hello: "Bonjour,",
    attached: "veuillez trouver ci-joint la facture {} du {} pour {}.",
    attached_note: "veuillez trouver ci-joint l’avoir {} du {} relatif à la facture {}.",
    to_be_paid: "Montant à payer : {}, au plus tard le {}.",
    credited: "Montant de l’avoir : {}.",
    nothing: "Il n’y a rien à payer.",
    regards: "Cordialement",
};

const SPANISH: Sentences = Sentences {
    invoice: "Factura {} de {}",
    credit_note: "Factura rectificativa {} de {}",
    hello: "Hola:",
    attached: "Adjuntamos la factura {} del {} correspondiente a {}.",
    attached_note: "Adjuntamos la factura rectificativa {} del {} relativa a la factura {}.",
    to_be_paid: "Importe a pagar: {}, hasta el {}.",
    credited: "Importe abonado: {}.",
    nothing: "No hay nada que pagar.",
    regards: "Un cordial saludo",
};

const fn sentences(language: Language) -> &'static Sentences {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::French => &FRENCH,
        Language::Spanish => &SPANISH,
    }
}

/// The mail with which `invoice` goes to who is billed.
#[must_use]
pub fn covering(invoice: &Invoice, language: Language) -> Covering {
    let said = sentences(language);
    let content = invoice.draft().content();
    let (number, seller) = (invoice.number().to_string(), content.seller.name.as_str());
    let issued_on = language.day(invoice.issued_on());
    let total = invoice.totals().total;
    let amount = language.figure_with_currency(total);
    let (subject, attached, asked) = match &content.kind {
        DocumentKind::CreditNote { of } => (
            said.credit_note,
            filled(said.attached_note, &[&number, &issued_on, &of.to_string()]),
            filled(said.credited, &[&amount]),
        ),
        DocumentKind::Invoice => (
            said.invoice,
            filled(
                said.attached,
                &[&number, &issued_on, &language.month(content.period)],
            ),
            match total.is_zero() {
                true => said.nothing.to_owned(),
                false => filled(said.to_be_paid, &[&amount, &language.day(invoice.due_on())]),
            },
        ),
    };
    Covering {
        subject: filled(subject, &[&number, seller]),
        text: [
            said.hello,
            "",
            &attached,
            "",
            &asked,
            "",
            said.regards,
            seller,
        ]
        .join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_places_to_fill() {
        let places = |language| {
            let said = sentences(language);
            [
                said.invoice,
                said.credit_note,
                said.attached,
                said.attached_note,
                said.to_be_paid,
                said.credited,
            ]
            .map(|text| text.matches("{}").count())
        };
        for language in Language::ALL {
            assert_eq!(places(language), [2, 2, 3, 3, 2, 1], "{}", language.code());
        }
    }
}
