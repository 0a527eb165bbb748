//! On which terms somebody is billed: by whom, to which address, how it is taxed, in which currency, due when.
//! What cannot be is refused here, before anything is drafted.

use tallyport_ledger::tax::treatment;
use tallyport_ledger::{
    BillingPeriod, Currency, ExchangeRate, Name, Party, TaxError, TaxOverride, TaxRate,
    TaxTreatment,
};
use tallyport_store::{Buyer, NamedOwner, OwnerKey, Reads, Settings};

use crate::error::TERMS;
use crate::{WorkspaceError, exchange, taxes};

/// The terms of one draft.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Terms {
    /// Who bills.
    pub seller: Party,
    /// Who pays.
    pub buyer: Party,
    /// How lines are taxed.
    pub treatments: Vec<TaxTreatment>,
    /// By which rate the amounts of all lines are converted, where the invoice is in another currency.
    pub exchange: Option<ExchangeRate>,
    /// Days until it is due.
    pub payment_days: u16,
    /// What it refers to.
    pub purchase_order: Option<String>,
    /// The language of its paper.
    pub language: Option<String>,
    /// What to look at before it is issued.
    pub warnings: Vec<String>,
}

/// The terms on which `recipient` is billed for costs of `month` in `currency`. Tax and exchange go by the last
/// day of the month, on which the service was rendered: drafting it again later gives the same.
///
/// # Errors
/// A conflict `invoice.terms`: a tax id that is missing, a table without a rate for the day, no exchange rate.
pub(super) fn terms(
    r: &Reads<'_>,
    settings: &Settings,
    recipient: &NamedOwner,
    month: BillingPeriod,
    currency: Currency,
) -> Result<Terms, WorkspaceError> {
    let record = r.buyer(recipient.id)?;
    let buyer = buyer(r, recipient, record.as_ref())?;
    let day = month.last_day();
    let said = record.as_ref().and_then(|record| record.tax.as_ref());
    let treatment = match settings.seller.country {
        None => without_country(settings, &buyer, said),
        Some(country) => {
            let Some(view) = taxes::table_of(r, country)? else {
                return Err(no_table(country.code()));
            };
            treatment(&view.table, &settings.seller, &buyer, day, said)
        }
    };
    let treatment = treatment.map_err(|error| refused(&error, recipient))?;
    let wanted = record.as_ref().and_then(|record| record.currency);
    let exchange = match wanted {
        Some(wanted) if wanted != currency => Some(exchange::rate(r, currency, wanted, day)?),
        _ => None,
    };
    let mut warnings = Vec::new();
    if let (Some(home), None) = (settings.seller.country, buyer.country) {
        warnings.push(format!(
            "{} has no country: taxed as in {home}, and no electronic invoice.",
            buyer.name
        ));
    }
    Ok(Terms {
        seller: settings.seller.clone(),
        treatments: vec![treatment],
        buyer,
        exchange,
        payment_days: record
            .as_ref()
            .and_then(|record| record.payment_days)
            .unwrap_or(settings.payment_days),
        purchase_order: record
            .as_ref()
            .and_then(|record| record.purchase_order.clone()),
        language: record.and_then(|record| record.language),
        warnings,
    })
}

fn buyer(
    r: &Reads<'_>,
    recipient: &NamedOwner,
    record: Option<&Buyer>,
) -> Result<Party, WorkspaceError> {
    let party = match record {
        Some(record) => record.party.clone(),
        None => Party::new(Name::parse(&recipient.name)?),
    };
    let own = match recipient.key {
        OwnerKey::Person(id) => r.person(id)?.email,
        OwnerKey::Team(_) | OwnerKey::Client(_) => None,
    };
    Ok(Party {
        email: party.email.clone().or(own),
        ..party
    })
}

/// A workspace that says of no country has the one rate of its settings, unless the buyer's record says more.
fn without_country(
    settings: &Settings,
    buyer: &Party,
    said: Option<&TaxOverride>,
) -> Result<TaxTreatment, TaxError> {
    let Some(said) = said else {
        return Ok(TaxTreatment::flat(settings.tax_rate));
    };
    if said.category.needs_buyer_tax_id() && buyer.tax_id.is_none() {
        return Err(TaxError::BuyerTaxId {
            buyer: buyer.name.to_string(),
            category: said.category,
        });
    }
    let rate = if said.category.charges() {
        settings.tax_rate
    } else {
        TaxRate::default()
    };
    TaxTreatment::new(said.category, rate, said.reason.clone())
}

fn no_table(country: &str) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: TERMS,
        reason: format!("there is no table of tax rates for {country}, where the seller is"),
        hint: Some(format!(
            "Enter one: `tally taxes set {country} --source … --rate standard=PERCENT`."
        )),
    }
}

fn refused(error: &TaxError, recipient: &NamedOwner) -> WorkspaceError {
    let hint = match error {
        TaxError::BuyerTaxId { .. } => format!(
            "`tally buyers set {}:\"{}\" --tax-id …`, or say how they are taxed with --tax.",
            recipient.key.kind(),
            recipient.name
        ),
        TaxError::SellerTaxId { .. } => "Settings → Seller → Tax id.".to_owned(),
        _ => "`tally taxes show COUNTRY` shows what the table says, `tally taxes set` changes it."
            .to_owned(),
    };
    WorkspaceError::Conflict {
        code: TERMS,
        reason: error.to_string(),
        hint: Some(hint),
    }
}
