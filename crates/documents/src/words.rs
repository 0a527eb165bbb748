//! What documents say in their own words, and how each language writes amounts and days.

mod english;
mod french;
mod german;
mod spanish;
mod writing;

use tallyport_ledger::TaxCategory;

use crate::Language;

/// The words of one language. `{}` stands for what is put in.
pub(crate) struct Words {
    pub(crate) invoice: &'static str,
    pub(crate) credit_note: &'static str,
    pub(crate) draft_invoice: &'static str,
    pub(crate) draft_credit_note: &'static str,
    /// Printed at the head of every page of a draft, and across it.
    pub(crate) no_invoice: &'static str,
    pub(crate) draft: &'static str,
    pub(crate) bill_to: &'static str,
    pub(crate) tax_id: &'static str,
    pub(crate) company_number: &'static str,
    pub(crate) invoice_number: &'static str,
    pub(crate) credit_note_number: &'static str,
    pub(crate) issued_on: &'static str,
    pub(crate) due_on: &'static str,
    pub(crate) billing_period: &'static str,
    pub(crate) basis: &'static str,
    pub(crate) billed_cost: &'static str,
    pub(crate) effective_cost: &'static str,
    pub(crate) purchase_order: &'static str,
    pub(crate) credits_invoice: &'static str,
    pub(crate) replaces_invoice: &'static str,
    pub(crate) amount_due: &'static str,
    pub(crate) amount_credited: &'static str,
    pub(crate) nothing_to_pay: &'static str,
    pub(crate) draft_total: &'static str,
    pub(crate) due_by: &'static str,
    pub(crate) service_and_resource: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) service_total: &'static str,
    pub(crate) tax: &'static str,
    pub(crate) other_charges: &'static str,
    pub(crate) no_resource: &'static str,
    pub(crate) lines: &'static str,
    pub(crate) continued: &'static str,
    pub(crate) subtotal: &'static str,
    pub(crate) on: &'static str,
    pub(crate) total: &'static str,
    pub(crate) credited_total: &'static str,
    pub(crate) how_to_pay: &'static str,
    pub(crate) reference: &'static str,
    pub(crate) note: &'static str,
    pub(crate) page: &'static str,
    pub(crate) rounding: &'static str,
    pub(crate) rounding_of_taxes: &'static str,
    pub(crate) converted: &'static str,
    pub(crate) kinds: Kinds,
    pub(crate) reasons: Reasons,
    pub(crate) months: [&'static str; 12],
}

/// What a line without a text of its own is.
pub(crate) struct Kinds {
    pub(crate) fee: &'static str,
    pub(crate) one_off: &'static str,
    pub(crate) minimum: &'static str,
    pub(crate) discount: &'static str,
    pub(crate) credit: &'static str,
    pub(crate) usage: &'static str,
}

/// Why no tax is charged, for the law's sake.
pub(crate) struct Reasons {
    pub(crate) zero: &'static str,
    pub(crate) exempt: &'static str,
    pub(crate) reverse_charge: &'static str,
    pub(crate) intra_community: &'static str,
    pub(crate) export: &'static str,
    pub(crate) out_of_scope: &'static str,
}

impl Language {
    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Self::English => &english::WORDS,
            Self::German => &german::WORDS,
            Self::French => &french::WORDS,
            Self::Spanish => &spanish::WORDS,
        }
    }
}

impl Words {
    /// Why a supply of this kind bears no tax.
    pub(crate) const fn reason(&self, category: TaxCategory) -> Option<&'static str> {
        match category {
            TaxCategory::Standard | TaxCategory::Reduced => None,
            TaxCategory::Zero => Some(self.reasons.zero),
            TaxCategory::Exempt => Some(self.reasons.exempt),
            TaxCategory::ReverseCharge => Some(self.reasons.reverse_charge),
            TaxCategory::IntraCommunity => Some(self.reasons.intra_community),
            TaxCategory::Export => Some(self.reasons.export),
            TaxCategory::OutOfScope => Some(self.reasons.out_of_scope),
        }
    }
}

/// The sentence with what is put in, in order: each `{}` takes the next of `with`.
#[must_use]
pub fn filled(sentence: &str, with: &[&str]) -> String {
    let mut parts = sentence.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, word) in parts.zip(with) {
        text.push_str(word);
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_places_to_fill_and_can_be_printed() {
        let sentences = |words: &Words| {
            let Words { reasons, kinds, .. } = words;
            [
                words.page,
                words.rounding,
                words.rounding_of_taxes,
                words.converted,
                words.lines,
                words.on,
                words.continued,
                words.no_invoice,
                words.no_resource,
                reasons.zero,
                reasons.exempt,
                reasons.reverse_charge,
                reasons.intra_community,
                reasons.export,
                reasons.out_of_scope,
                kinds.fee,
                kinds.usage,
            ]
        };
        let places = |text: &str| text.matches("{}").count();
        let english = sentences(Language::English.words()).map(places);
        for language in Language::ALL {
            let own = sentences(language.words());
            assert_eq!(own.map(places), english, "{language:?}");
            for text in own.iter().chain(&language.words().months) {
                assert_eq!(crate::typeset::printable(text).as_deref(), Ok(*text));
            }
        }
        assert_eq!(filled("Page {} of {}", &["1", "2"]), "Page 1 of 2");
    }
}
