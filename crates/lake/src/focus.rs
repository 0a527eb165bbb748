//! FOCUS rows become ledger lines. The words are the ledger's own, so little is mapped.

use tallyport_ledger::{ChargeCategory, ChargeClass, Exact, Line, RollUp};

use crate::Note;
use crate::fields::{RowError, tags};
use crate::header::Header;
use crate::records::Record;

/// What stands for a provider or service that the file does not name.
const NO_PROVIDER: &str = "Unknown";
const NO_SERVICE: &str = "No service named";

/// Reads FOCUS rows.
pub(crate) struct Focus {
    billed: usize,
    effective: Option<usize>,
    list: Option<usize>,
    contracted: Option<usize>,
    billing_account: usize,
    billing_account_name: Option<usize>,
    currency: usize,
    period: usize,
    category: usize,
    class: Option<usize>,
    description: Option<usize>,
    from: usize,
    to: Option<usize>,
    commitment: Option<usize>,
    quantity: Option<usize>,
    unit: Option<usize>,
    pricing_quantity: Option<usize>,
    pricing_unit: Option<usize>,
    provider: Option<usize>,
    publisher: Option<usize>,
    region: Option<usize>,
    resource: Option<usize>,
    resource_name: Option<usize>,
    service_category: Option<usize>,
    service: usize,
    sku: Option<usize>,
    sku_price: Option<usize>,
    sub_account: Option<usize>,
    sub_account_name: Option<usize>,
    tags: Option<usize>,
    invoice: Option<usize>,
    no_list: u64,
    no_contracted: u64,
    rounding: Vec<Rounding>,
    words: String,
}

/// How often a provider's effective cost is in whole units where its billed cost is not.
struct Rounding {
    provider: String,
    rounded: u64,
    rows: u64,
}

impl Focus {
    /// The reader for a file with these columns, or the required ones that it lacks.
    pub(crate) fn new(header: &mut Header) -> Result<Self, Vec<String>> {
        let mut lacking = Vec::new();
        let mut need = |header: &mut Header, name: &str| {
            header.take(&[name]).unwrap_or_else(|| {
                lacking.push(name.to_owned());
                0
            })
        };
        let billed = need(header, "BilledCost");
        let billing_account = need(header, "BillingAccountId");
        let currency = need(header, "BillingCurrency");
        let period = need(header, "BillingPeriodStart");
        let category = need(header, "ChargeCategory");
        let from = need(header, "ChargePeriodStart");
        let service = need(header, "ServiceName");
        if !lacking.is_empty() {
            return Err(lacking);
        }
        Ok(Self {
            billed,
            effective: header.take(&["EffectiveCost"]),
            list: header.take(&["ListCost"]),
            contracted: header.take(&["ContractedCost"]),
            billing_account,
            billing_account_name: header.take(&["BillingAccountName"]),
            currency,
            period,
            category,
            class: header.take(&["ChargeClass"]),
            description: header.take(&["ChargeDescription"]),
            from,
            to: header.take(&["ChargePeriodEnd"]),
            commitment: header.take(&["CommitmentDiscountId"]),
            quantity: header.take(&["ConsumedQuantity"]),
            unit: header.take(&["ConsumedUnit"]),
            pricing_quantity: header.take(&["PricingQuantity"]),
            pricing_unit: header.take(&["PricingUnit"]),
            provider: header.take(&["ProviderName", "ServiceProviderName"]),
            publisher: header.take(&["PublisherName", "InvoiceIssuerName"]),
            region: header.take(&["RegionId"]),
            resource: header.take(&["ResourceId"]),
            resource_name: header.take(&["ResourceName"]),
            service_category: header.take(&["ServiceCategory"]),
            service,
            sku: header.take(&["SkuId"]),
            sku_price: header.take(&["SkuPriceId"]),
            sub_account: header.take(&["SubAccountId"]),
            sub_account_name: header.take(&["SubAccountName"]),
            tags: header.take(&["Tags"]),
            invoice: header.take(&["InvoiceId"]),
            no_list: 0,
            no_contracted: 0,
            rounding: Vec::new(),
            words: String::new(),
        })
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: &Record<'_>, to: &mut RollUp) -> Result<(), RowError> {
        let period = row.period(self.period)?;
        let billed = row.required_amount(self.billed)?;
        let effective = match self.effective {
            Some(at) => row.required_amount(at)?,
            None => billed,
        };
        let list = optional(row, self.list, billed)?;
        let contracted = optional(row, self.contracted, billed)?;
        let category: ChargeCategory = row.word(self.category)?;
        let class = match row.text_of(self.class)? {
            "" => ChargeClass::Regular,
            _ => row.word(self.class.unwrap_or_default())?,
        };
        let (day, last_day) = row.days(self.from, self.to)?;
        let (quantity, unit) = match row.quantity(self.quantity)? {
            Some(quantity) => (quantity, row.text_of(self.unit)?),
            None => (
                row.quantity(self.pricing_quantity)?.unwrap_or_default(),
                row.text_of(self.pricing_unit)?,
            ),
        };
        let provider = first_of([
            row.text_of(self.provider)?,
            row.text_of(self.publisher)?,
            NO_PROVIDER,
        ]);
        let sku = first_of([row.text_of(self.sku)?, row.text_of(self.sku_price)?]);
        let tag_set = match self.tags {
            Some(at) => to.tags(row.any_text(at), |json| {
                tags(at, json).map_err(RowError::from)
            })?,
            None => Default::default(),
        };
        let invoiced = !row.text_of(self.invoice)?.is_empty();
        to.add(&Line {
            period,
            billing_account: row.required_text(self.billing_account)?,
            billing_account_name: row.text_of(self.billing_account_name)?,
            sub_account: row.text_of(self.sub_account)?,
            sub_account_name: row.text_of(self.sub_account_name)?,
            provider,
            service: first_of([row.text(self.service)?, NO_SERVICE]),
            service_category: row.text_of(self.service_category)?,
            region: row.text_of(self.region)?,
            sku,
            description: row.words(self.description, &mut self.words)?,
            resource: row.text_of(self.resource)?,
            resource_name: row.text_of(self.resource_name)?,
            tags: tag_set,
            category,
            class,
            day,
            last_day,
            currency: row.currency(self.currency)?,
            billed,
            effective,
            list: list.unwrap_or_default(),
            contracted: contracted.unwrap_or_default(),
            quantity,
            unit,
            number: row.line,
            invoiced,
            estimated: !invoiced,
        })?;
        self.no_list += u64::from(list.is_none());
        self.no_contracted += u64::from(contracted.is_none());
        if category == ChargeCategory::Usage {
            self.watch_rounding(row, provider)?;
        }
        Ok(())
    }

    /// Usage outside commitments whose billed cost has decimals: its effective cost should too.
    fn watch_rounding(&mut self, row: &Record<'_>, provider: &str) -> Result<(), RowError> {
        let Some(effective) = self.effective else {
            return Ok(());
        };
        if is_whole(row.field(self.billed)) || !row.text_of(self.commitment)?.is_empty() {
            return Ok(());
        }
        let at = match self.rounding.iter().position(|r| r.provider == provider) {
            Some(at) => at,
            None => {
                self.rounding.push(Rounding {
                    provider: provider.to_owned(),
                    rounded: 0,
                    rows: 0,
                });
                self.rounding.len() - 1
            }
        };
        self.rounding[at].rows += 1;
        self.rounding[at].rounded += u64::from(is_whole(row.field(effective)));
        Ok(())
    }

    /// What was noticed on the way.
    pub(crate) fn notes(self) -> Vec<Note> {
        let mut notes = Vec::new();
        if self.effective.is_none() {
            notes.push(Note::Missing {
                column: "EffectiveCost",
                instead: "effective cost is billed cost",
            });
        }
        if self.list.is_none() {
            notes.push(Note::Missing {
                column: "ListCost",
                instead: "list cost is billed cost",
            });
        }
        if self.contracted.is_none() {
            notes.push(Note::Missing {
                column: "ContractedCost",
                instead: "contracted cost is billed cost",
            });
        }
        for (column, rows) in [
            ("ListCost", self.no_list),
            ("ContractedCost", self.no_contracted),
        ] {
            if rows > 0 {
                notes.push(Note::TakenAsZero {
                    column: column.to_owned(),
                    rows,
                });
            }
        }
        for Rounding {
            provider,
            rounded,
            rows,
        } in self.rounding
        {
            // A few whole amounts are chance; nine in ten are not.
            if rows >= 10 && rounded >= rows - rows / 10 {
                notes.push(Note::EffectiveRounded {
                    provider,
                    rounded,
                    rows,
                });
            }
        }
        notes
    }
}

/// An amount that may be empty; `instead` where the file has no such column.
fn optional(
    row: &Record<'_>,
    at: Option<usize>,
    instead: Exact,
) -> Result<Option<Exact>, RowError> {
    match at {
        Some(at) => Ok(row.amount(at)?),
        None => Ok(Some(instead)),
    }
}

/// The first text that is not empty.
pub(crate) fn first_of<const N: usize>(texts: [&str; N]) -> &str {
    texts.into_iter().find(|t| !t.is_empty()).unwrap_or("")
}

/// Whether a decimal text has nothing but zeros behind the point (an exponent says nothing).
fn is_whole(text: &str) -> bool {
    match text.split_once('.') {
        Some((_, decimals)) => decimals.bytes().all(|b| b == b'0'),
        None => !text.contains(['e', 'E']),
    }
}
