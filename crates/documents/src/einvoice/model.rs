use jiff::civil::Date;
use tallyport_ledger::{Country, Currency, Money, Party, TaxCategory, TaxTreatment};

/// An issued document by the model of EN 16931.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElectronicInvoice {
    /// Its number (BT-1).
    pub number: String,
    /// The day of issue (BT-2).
    pub issued_on: Date,
    /// The day it is due (BT-9).
    pub due_on: Date,
    /// Whether it is a credit note (BT-3).
    pub is_credit_note: bool,
    /// What it credits or replaces (BG-3).
    pub preceding: Option<Preceding>,
    /// The days it bills (BG-14).
    pub period: (Date, Date),
    /// The currency of every figure (BT-5).
    pub currency: Currency,
    /// Who bills (BG-4).
    pub seller: Party,
    /// Who pays (BG-7).
    pub buyer: Party,
    /// The buyer's purchase order (BT-13).
    pub purchase_order: Option<String>,
    /// A note (BT-22).
    pub note: Option<String>,
    /// The lines (BG-25).
    pub lines: Vec<ElectronicLine>,
    /// The tax, one for each code and rate (BG-23).
    pub taxes: Vec<ElectronicTax>,
    /// The sum of the lines (BT-106 and BT-109).
    pub subtotal: Money,
    /// The tax (BT-110).
    pub tax: Money,
    /// Both (BT-112 and BT-115).
    pub total: Money,
}

/// A document that another refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preceding {
    /// Its number (BT-25).
    pub number: String,
    /// The day of its issue, where it is known (BT-26).
    pub issued_on: Option<Date>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElectronicLine {
    /// What it is for (BT-153).
    pub name: String,
    /// More of it (BT-154).
    pub description: Option<String>,
    /// How many (BT-129), as a decimal; below zero where it takes away.
    pub quantity: String,
    /// Of what, by UN/ECE recommendation 20 (BT-130).
    pub unit: &'static str,
    /// The price of one (BT-146): never below zero.
    pub price: Money,
    /// The amount (BT-131).
    pub amount: Money,
    /// How it is taxed.
    pub treatment: TaxTreatment,
}

/// The tax of all lines of one code and rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElectronicTax {
    /// Code and rate.
    pub treatment: TaxTreatment,
    /// What the lines come to (BT-116).
    pub base: Money,
    /// The tax on it (BT-117).
    pub tax: Money,
}

impl ElectronicInvoice {
    /// Whether nothing of it is subject to the seller's tax: then no VAT id may be on it (BR-O-02).
    pub(super) fn is_out_of_scope(&self) -> bool {
        self.taxes
            .iter()
            .any(|tax| tax.treatment.category() == TaxCategory::OutOfScope)
    }

    /// The country that a supply within the European Union went to.
    pub(super) fn shown_place(&self) -> Option<Country> {
        let within = |tax: &ElectronicTax| tax.treatment.category() == TaxCategory::IntraCommunity;
        self.buyer.country.filter(|_| self.taxes.iter().any(within))
    }

    /// The type of the document by UNTDID 1001.
    pub(super) const fn type_code(&self) -> &'static str {
        if self.is_credit_note { "381" } else { "380" }
    }

    /// How it is paid by UNTDID 4461: a SEPA transfer, or any other one.
    pub(super) fn means_code(&self) -> &'static str {
        if self.currency.code() == "EUR" {
            "58"
        } else {
            "30"
        }
    }
}

impl ElectronicTax {
    /// The category's code.
    pub(super) const fn code(&self) -> &'static str {
        self.treatment.category().code()
    }
}

/// The rate in percent; none where the category has no rate at all (BR-O-05).
pub(super) fn percent(treatment: &TaxTreatment) -> Option<String> {
    let rate = treatment.rate().to_string();
    (treatment.category() != TaxCategory::OutOfScope)
        .then(|| rate.trim_end_matches([' ', '%']).to_owned())
}

/// Why nothing is charged, in words: the seller's own, else those of the category.
pub(super) fn reason(treatment: &TaxTreatment) -> Option<&str> {
    treatment
        .reason()
        .or_else(|| treatment.category().standard_reason())
}

/// An amount with the decimals that the norm admits (BR-DEC): lines and totals are rounded already.
pub(super) fn amount(money: Money) -> String {
    money.to_decimal(2)
}

/// Whether a party's tax id is a VAT id: it begins with its country's prefix (BR-CO-09).
pub(super) fn has_vat_id(party: &Party) -> bool {
    let prefixed = |id: &str, country: &Country| id.starts_with(country.tax_prefix());
    party
        .tax_id
        .as_deref()
        .zip(party.country.as_ref())
        .is_some_and(|(id, country)| prefixed(id, country))
}

/// The first three lines of an address, the rest joined to the third: both syntaxes have room for three.
pub(super) fn three_lines(party: &Party) -> [Option<String>; 3] {
    let line = |at: usize| party.address.get(at).cloned();
    let rest = party.address.get(2..).unwrap_or_default().join(", ");
    [line(0), line(1), (!rest.is_empty()).then_some(rest)]
}
