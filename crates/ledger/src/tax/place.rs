//! Where a service is taxed. Resold cloud services are services to businesses: the place of supply is the
//! buyer's country (Directive 2006/112/EC, article 44; the same in the United Kingdom, Switzerland and
//! Norway), and within the European Union the buyer owes the tax (article 196).

use jiff::civil::Date;

use super::{TaxCategory, TaxError, TaxTable, TaxTreatment};
use crate::{Country, Party, TaxRate};

/// How somebody is taxed, said by a person instead of found by the countries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxOverride {
    /// The kind of supply.
    pub category: TaxCategory,
    /// Why nothing is charged, in the seller's own words.
    pub reason: Option<String>,
}

/// How services of `seller` to `buyer` are taxed on `day`, by `table`, the seller's country's. A buyer of no
/// country is in the seller's.
///
/// # Errors
/// [`TaxError`]: an id that is missing, a day of which the table says nothing.
pub fn treatment(
    table: &TaxTable,
    seller: &Party,
    buyer: &Party,
    day: Date,
    said: Option<&TaxOverride>,
) -> Result<TaxTreatment, TaxError> {
    let home = table.country();
    let category = said.map_or_else(
        || by_country(home, buyer.country.unwrap_or(home), day),
        |said| said.category,
    );
    let category = match category {
        // A country without value added tax says so in its table.
        TaxCategory::Standard if said.is_none() && charges_nothing(table, day) => {
            TaxCategory::OutOfScope
        }
        category => category,
    };
    if category.needs_buyer_tax_id() && buyer.tax_id.is_none() {
        return Err(TaxError::BuyerTaxId {
            buyer: buyer.name.to_string(),
            category,
        });
    }
    let needs_own = category.charges() || category.needs_buyer_tax_id();
    if needs_own && seller.tax_id.is_none() {
        return Err(TaxError::SellerTaxId {
            seller: seller.name.to_string(),
        });
    }
    let rate = if category.charges() {
        table.rate(seller.region.as_deref(), category, day)?
    } else {
        TaxRate::default()
    };
    TaxTreatment::new(category, rate, said.and_then(|said| said.reason.clone()))
}

fn by_country(home: Country, theirs: Country, day: Date) -> TaxCategory {
    let union = |country: Country| country.in_european_union(day);
    if theirs == home {
        TaxCategory::Standard
    } else if union(home) && union(theirs) {
        // Without an id the buyer may be no business, and then the tax is the seller's to charge: which of
        // both it is, is for a person to say.
        TaxCategory::ReverseCharge
    } else {
        TaxCategory::OutOfScope
    }
}

fn charges_nothing(table: &TaxTable, day: Date) -> bool {
    table
        .rate(None, TaxCategory::OutOfScope, day)
        .is_ok_and(|rate| rate == TaxRate::default())
}
