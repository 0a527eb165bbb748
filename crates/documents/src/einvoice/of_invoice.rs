//! The norm's model of a document of ours.

use tallyport_ledger::{
    DocumentKind, DraftLine, Invoice, Money, MoneyError, TaxLine, TaxTreatment,
};

use super::model::{ElectronicInvoice, ElectronicLine, ElectronicTax, Preceding};

/// One, of nothing in particular (UN/ECE recommendation 20).
const ONE: &str = "C62";

impl ElectronicInvoice {
    /// An issued document.
    ///
    /// # Errors
    /// Amounts that do not add up to an amount.
    pub fn of(invoice: &Invoice) -> Result<Self, MoneyError> {
        let draft = invoice.draft();
        let content = draft.content();
        let preceding = match (&content.kind, &content.replaces) {
            (DocumentKind::CreditNote { of }, _) | (DocumentKind::Invoice, Some(of)) => Some(of),
            (DocumentKind::Invoice, None) => None,
        };
        let lines = draft.lines().iter().zip(invoice.amounts());
        let treatment = |line: &DraftLine| content.treatments.get(usize::from(line.tax));
        let totals = invoice.totals();
        Ok(Self {
            number: invoice.number().to_string(),
            issued_on: invoice.issued_on(),
            due_on: invoice.due_on(),
            is_credit_note: content.kind.is_credit_note(),
            preceding: preceding.map(|number| Preceding {
                number: number.to_string(),
                issued_on: None,
            }),
            period: (content.period.first_day(), content.period.last_day()),
            currency: content.currency,
            seller: content.seller.clone(),
            buyer: content.buyer.clone(),
            purchase_order: content.purchase_order.clone(),
            note: content.note.clone(),
            lines: lines
                .filter_map(|(line, amount)| Some(of_line(line, *amount, treatment(line)?)))
                .collect(),
            taxes: merged(draft.tax_lines()?)?,
            subtotal: totals.subtotal,
            tax: totals.tax,
            total: totals.total,
        })
    }
}

fn of_line(line: &DraftLine, amount: Money, treatment: &TaxTreatment) -> ElectronicLine {
    let named = [line.text.as_deref(), Some(line.service.as_str())];
    let name = named
        .into_iter()
        .flatten()
        .find(|text| !text.trim().is_empty())
        .unwrap_or("Service");
    let described = line.text.as_ref().and(Some(line.service.as_str()));
    let described = line.resource.as_deref().or(described);
    let (quantity, unit, price) = priced(line, amount);
    ElectronicLine {
        name: name.to_owned(),
        description: described.filter(|text| !text.is_empty()).map(str::to_owned),
        quantity,
        unit,
        price,
        amount,
        treatment: treatment.clone(),
    }
}

/// Quantity and price where their product is what is charged, else one of the whole. A price is never below
/// zero (BR-27): what takes away is minus one of it.
fn priced(line: &DraftLine, amount: Money) -> (String, &'static str, Money) {
    if let (Some(quantity), Some(price)) = (&line.quantity, line.unit_price)
        && price.nanos() >= 0
        && product(quantity.amount.rounded_to_nanos(), price) == Some(amount)
    {
        return (quantity.amount.to_string(), unit(&quantity.unit), price);
    }
    if amount.nanos() < 0 {
        ("-1".to_owned(), ONE, amount.negated())
    } else {
        ("1".to_owned(), ONE, amount)
    }
}

fn product(quantity: i128, price: Money) -> Option<Money> {
    let nanos = quantity.checked_mul(price.nanos())? / 1_000_000_000;
    Some(Money::from_nanos(nanos, price.currency()).rounded_to_minor())
}

/// The code of a unit in UN/ECE recommendation 20.
fn unit(word: &str) -> &'static str {
    let word = word.to_ascii_lowercase();
    if word.starts_with("gb") {
        "E34"
    } else if word.starts_with("user") {
        "IE"
    } else {
        ONE
    }
}

/// The norm has one figure for each code and rate, whatever the reasons are (BR-S-01, BR-E-01).
fn merged(lines: Vec<TaxLine>) -> Result<Vec<ElectronicTax>, MoneyError> {
    let mut found: Vec<ElectronicTax> = Vec::new();
    for TaxLine {
        treatment,
        base,
        tax,
    } in lines
    {
        let key = |one: &TaxTreatment| (one.category().code(), one.rate());
        match found
            .iter_mut()
            .find(|one| key(&one.treatment) == key(&treatment))
        {
            None => found.push(ElectronicTax {
                treatment,
                base,
                tax,
            }),
            Some(same) => {
                same.base = same.base.plus(base)?;
                same.tax = same.tax.plus(tax)?;
            }
        }
    }
    Ok(found)
}
