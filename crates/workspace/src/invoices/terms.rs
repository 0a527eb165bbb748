//! On which terms somebody is billed: by whom, to which address, how it is taxed, in which currency, due when.
//! What cannot be is refused here, before anything is drafted.

use tallyport_ledger::tax::{treatment, treatments_by_line};
use tallyport_ledger::{
    BillingPeriod, Currency, ExchangeRate, Name, Party, TaxError, TaxOverride, TaxRate,
    TaxTreatment,
};
use tallyport_store::{Buyer, NamedOwner, OwnerKey, Reads, Settings};

use super::frozen::Frozen;
use super::frozen_line::FrozenLine;
use super::frozen_terms::FrozenTreatment;
use crate::error::TERMS;
use crate::{WorkspaceError, exchange, taxes};

const TABLES: &str =
    "`tally taxes show COUNTRY` shows what the table says, `tally taxes set` changes it.";
const RULES: &str =
    "`tally taxes rules` shows which lines are taxed otherwise, `tally taxes set` enters a rate.";

/// Says of each line of a draft how it is taxed: at the usual rate, which is the first of its treatments, or as a
/// rule has it. A credit note is taxed as its invoice was.
///
/// # Errors
/// A conflict `invoice.terms`: a rule at a rate that the seller's country has none of on the month's last day.
pub(super) fn taxed(
    r: &Reads<'_>,
    seller: &Party,
    frozen: &mut Frozen,
) -> Result<(), WorkspaceError> {
    let rules = r.tax_rules()?;
    let Some(usual) = frozen.treatments()?.into_iter().next() else {
        return Ok(());
    };
    if frozen.credit.is_some() {
        return Ok(());
    }
    let day = frozen.month()?.last_day();
    let table = seller.country.map(|country| taxes::table_of(r, country));
    let table = table.transpose()?.flatten();
    let rate = |category| match &table {
        Some(view) => view.table.rate(seller.region.as_deref(), category, day),
        None => Err(TaxError::NoRate {
            place: "the seller, of whom no country is known".to_owned(),
            category,
            day,
            known: None,
        }),
    };
    let by_hand = frozen.by_hand.as_mut();
    let by_hand = by_hand.map(|by_hand| by_hand.lines.as_mut_slice());
    let mut lines: Vec<&mut FrozenLine> = frozen
        .lines
        .iter_mut()
        .chain(by_hand.into_iter().flatten())
        .collect();
    let kinds = lines.iter().map(|line| line.kind_of());
    let kinds = kinds.collect::<Result<Vec<_>, _>>()?;
    let services = lines.iter().map(|line| line.service.as_str());
    let (treatments, places) =
        treatments_by_line(&rules, usual, kinds.into_iter().zip(services), rate)
            .map_err(|error| conflict(&error, RULES.to_owned()))?;
    for (line, place) in lines.iter_mut().zip(places) {
        line.tax = place;
    }
    frozen.treatments = treatments.iter().map(FrozenTreatment::of).collect();
    Ok(())
}

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
        OwnerKey::Team(_) | OwnerKey::Client(_) | OwnerKey::Tenant(_) => None,
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
        _ => TABLES.to_owned(),
    };
    conflict(error, hint)
}

fn conflict(error: &TaxError, hint: String) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: TERMS,
        reason: error.to_string(),
        hint: Some(hint),
    }
}
