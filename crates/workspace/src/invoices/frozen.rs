//! Everything on an invoice, as it is kept: what it is made of can change, it cannot.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{
    BillingPeriod, Currency, DraftInvoice, DraftLine, Invoice, InvoiceNumber, Metric, Money, Name,
    Party, TaxRate,
};

use crate::WorkspaceError;

/// A draft or an invoice as JSON. Amounts are decimal strings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frozen {
    pub month: String,
    pub metric: String,
    pub currency: String,
    pub seller: FrozenParty,
    pub buyer: FrozenParty,
    pub tax_rate_ppm: u32,
    pub payment_days: u16,
    pub lines: Vec<FrozenLine>,
    pub previous_total: Option<String>,
    pub warnings: Vec<String>,
    pub mark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<FrozenIssue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenParty {
    pub name: String,
    pub address: Vec<String>,
    pub tax_id: Option<String>,
    pub email: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenLine {
    pub service: String,
    pub resource: Option<String>,
    pub exact: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenIssue {
    pub series: String,
    pub number: u32,
    pub issued_on: String,
    /// The versions of billing periods it was made from.
    pub versions: Vec<i64>,
}

impl FrozenParty {
    pub fn of(party: &Party) -> Self {
        let Party {
            name,
            address,
            tax_id,
            email,
        } = party;
        Self {
            name: name.to_string(),
            address: address.clone(),
            tax_id: tax_id.clone(),
            email: email.clone(),
        }
    }

    fn party(&self) -> Result<Party, WorkspaceError> {
        Ok(Party {
            name: Name::parse(&self.name)?,
            address: self.address.clone(),
            tax_id: self.tax_id.clone(),
            email: self.email.clone(),
        })
    }
}

impl Frozen {
    pub fn from_json(value: serde_json::Value) -> Result<Self, WorkspaceError> {
        serde_json::from_value(value).map_err(|_| unreadable())
    }

    pub fn to_json(&self) -> Result<serde_json::Value, WorkspaceError> {
        serde_json::to_value(self).map_err(|error| WorkspaceError::Fault(error.to_string()))
    }

    pub fn month(&self) -> Result<BillingPeriod, WorkspaceError> {
        Ok(self.month.parse()?)
    }

    pub fn metric(&self) -> Result<Metric, WorkspaceError> {
        self.metric.parse().map_err(|_| unreadable())
    }

    pub fn currency(&self) -> Result<Currency, WorkspaceError> {
        Ok(self.currency.parse()?)
    }

    pub fn previous_total(&self) -> Result<Option<Money>, WorkspaceError> {
        let currency = self.currency()?;
        self.previous_total
            .as_ref()
            .map(|amount| Money::parse(amount, currency))
            .transpose()
            .map_err(WorkspaceError::from)
    }

    /// The draft it is, or was made from.
    pub fn draft(&self) -> Result<DraftInvoice, WorkspaceError> {
        let currency = self.currency()?;
        let lines = self
            .lines
            .iter()
            .map(|line| {
                Ok(DraftLine {
                    service: line.service.clone(),
                    resource: line.resource.clone(),
                    exact: Money::parse(&line.exact, currency)?,
                })
            })
            .collect::<Result<Vec<_>, WorkspaceError>>()?;
        let tax = TaxRate::from_parts_per_million(self.tax_rate_ppm)?;
        let parties = (self.seller.party()?, self.buyer.party()?);
        let draft =
            DraftInvoice::new(self.month()?, self.metric()?, parties, tax, currency, lines)?;
        Ok(draft)
    }

    /// The invoice it is, once it is issued.
    pub fn invoice(&self) -> Result<Option<Invoice>, WorkspaceError> {
        let Some(issue) = &self.issue else {
            return Ok(None);
        };
        let number = InvoiceNumber::new(&issue.series, issue.number)?;
        let issued_on: Date = issue.issued_on.parse().map_err(|_| unreadable())?;
        let draft = self.draft()?;
        Ok(Some(Invoice::issue(
            draft,
            number,
            issued_on,
            i32::from(self.payment_days),
        )?))
    }
}

fn unreadable() -> WorkspaceError {
    tallyport_store::StoreError::Damaged("an invoice cannot be read".to_owned()).into()
}
