//! The business rules of EN 16931 that a document of ours can break: told before it is written, by the name of
//! the field that somebody has to fill in.

use std::fmt;

use tallyport_ledger::{Party, TaxCategory};

use super::model::{ElectronicInvoice, has_vat_id};

/// What is missing, and which rule asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The rule, such as BR-11.
    pub rule: &'static str,
    /// The field, such as `buyer.country`.
    pub field: &'static str,
    /// A sentence without its stop.
    pub says: &'static str,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, {})", self.says, self.field, self.rule)
    }
}

impl ElectronicInvoice {
    /// What is missing for it to be valid; nothing if it is.
    #[must_use]
    pub fn lacks(&self) -> Vec<Lack> {
        let mut lacks = Vec::new();
        let mut hold = |holds: bool, rule, field, says| {
            if !holds {
                lacks.push(Lack { rule, field, says });
            }
        };
        hold(
            self.seller.country.is_some(),
            "BR-09",
            "seller.country",
            "the seller has no country",
        );
        hold(
            self.buyer.country.is_some(),
            "BR-11",
            "buyer.country",
            "the buyer has no country",
        );
        hold(
            has_tax_id(&self.seller) || self.seller.legal_id.is_some(),
            "BR-CO-26",
            "seller.tax_id",
            "the seller has neither a tax id nor a number of the register of companies",
        );
        hold(
            !self.lines.is_empty(),
            "BR-16",
            "lines",
            "there are no lines",
        );
        hold(
            self.currency.exponent() <= 2,
            "BR-DEC-12",
            "currency",
            "the norm has no amounts with three decimals",
        );
        let only = |category| {
            self.taxes
                .iter()
                .all(|tax| tax.treatment.category() == category)
        };
        hold(
            !self.is_out_of_scope() || only(TaxCategory::OutOfScope),
            "BR-O-11",
            "taxes",
            "lines that are not subject to tax cannot stand beside others",
        );
        for tax in &self.taxes {
            let category = tax.treatment.category();
            let needs_seller = match category {
                TaxCategory::OutOfScope => true,
                TaxCategory::IntraCommunity | TaxCategory::Export => has_vat_id(&self.seller),
                _ => has_tax_id(&self.seller),
            };
            hold(
                needs_seller,
                "BR-S-02",
                "seller.tax_id",
                "the seller has no tax id, which its tax needs",
            );
            let needs_buyer = match category {
                TaxCategory::ReverseCharge => {
                    has_vat_id(&self.buyer) || self.buyer.legal_id.is_some()
                }
                TaxCategory::IntraCommunity => has_vat_id(&self.buyer),
                _ => true,
            };
            hold(
                needs_buyer,
                "BR-AE-02",
                "buyer.tax_id",
                "the buyer has no VAT id of its country, which its tax needs",
            );
        }
        lacks.dedup();
        lacks
    }
}

const fn has_tax_id(party: &Party) -> bool {
    party.tax_id.is_some()
}
