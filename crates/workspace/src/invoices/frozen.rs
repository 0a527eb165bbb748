//! Everything on a document, as it is kept: what it is made of can change, it cannot. What was kept
//! before a field existed lacks it, and reads as it did.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tallyport_ledger::{
    BillingPeriod, Currency, DocumentKind, DraftInvoice, DraftLine, Invoice, InvoiceContent,
    InvoiceNumber, InvoiceTotals, LineKind, Metric, Money, TaxRate, TaxTreatment,
};
use tallyport_store::InvoiceFigures;

use super::frozen_line::FrozenLine;
use super::frozen_terms::{FrozenExchange, FrozenParty, FrozenTreatment};
use crate::WorkspaceError;
use crate::letterhead::FrozenLook;

/// A draft or an issued document as JSON. Amounts are decimal strings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frozen {
    pub month: String,
    pub metric: String,
    pub currency: String,
    pub seller: FrozenParty,
    pub buyer: FrozenParty,
    pub tax_rate_ppm: u32,
    /// How lines are taxed; one flat rate where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub treatments: Vec<FrozenTreatment>,
    pub payment_days: u16,
    pub lines: Vec<FrozenLine>,
    /// The costs that the lines were made from; none where each line is what it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Vec<FrozenCost>>,
    /// What a person put on it; drafting again keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ByHand>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<FrozenExchange>,
    /// The price book that it was priced by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase_order: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<FrozenNumber>,
    /// What makes it a credit note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<FrozenCredit>,
    pub previous_total: Option<String>,
    pub warnings: Vec<String>,
    pub mark: Option<String>,
    /// How it looks; none is the first layout, in which everything was drawn that is older.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<FrozenLook>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<FrozenIssue>,
}

/// A cost that a line was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenCost {
    pub service: String,
    pub resource: Option<String>,
    pub exact: String,
}

/// What a person put on a draft.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByHand {
    pub purchase_order: Option<String>,
    pub note: Option<String>,
    pub due_days: Option<u16>,
    pub lines: Vec<FrozenLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenNumber {
    pub series: String,
    pub number: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenCredit {
    pub of: FrozenNumber,
    pub reason: String,
    /// Whether it gives back what a restated month no longer has.
    pub restated: bool,
    /// What was credited before, by treatment.
    pub before: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenIssue {
    pub series: String,
    pub number: u32,
    pub issued_on: String,
    /// The versions of billing periods it was made from.
    pub versions: Vec<i64>,
    /// Subtotal, tax and total as they were then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<[String; 3]>,
}

impl FrozenNumber {
    pub fn of(number: &InvoiceNumber) -> Self {
        Self {
            series: number.series().to_owned(),
            number: number.number(),
        }
    }

    pub fn number(&self) -> Result<InvoiceNumber, WorkspaceError> {
        Ok(InvoiceNumber::new(&self.series, self.number)?)
    }
}

impl FrozenIssue {
    /// The totals as they are frozen.
    pub fn totals_of(totals: InvoiceTotals) -> [String; 3] {
        [totals.subtotal, totals.tax, totals.total].map(|amount| amount.to_decimal(0))
    }
}

impl Frozen {
    pub fn from_json(value: Value) -> Result<Self, WorkspaceError> {
        serde_json::from_value(value).map_err(|_| unreadable())
    }

    pub fn to_json(&self) -> Result<Value, WorkspaceError> {
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

    /// The currency of the provider's bill.
    pub fn cost_currency(&self) -> Result<Currency, WorkspaceError> {
        match &self.exchange {
            Some(exchange) => Ok(exchange.from.parse()?),
            None => self.currency(),
        }
    }

    pub fn previous_total(&self) -> Result<Option<Money>, WorkspaceError> {
        let currency = self.cost_currency()?;
        self.previous_total
            .as_ref()
            .map(|amount| Money::parse(amount, currency))
            .transpose()
            .map_err(WorkspaceError::from)
    }

    /// The costs that it claims, in the order of the claims' lines.
    pub fn basis(&self) -> Vec<FrozenCost> {
        let Some(basis) = &self.basis else {
            let costs = self.lines.iter().filter(|line| line.is_cost());
            return costs.map(FrozenLine::cost_as_charged).collect();
        };
        basis.clone()
    }

    /// How its lines are taxed.
    pub fn treatments(&self) -> Result<Vec<TaxTreatment>, WorkspaceError> {
        if self.treatments.is_empty() {
            let rate = TaxRate::from_parts_per_million(self.tax_rate_ppm)?;
            return Ok(vec![TaxTreatment::flat(rate)]);
        }
        self.treatments
            .iter()
            .map(FrozenTreatment::treatment)
            .collect()
    }

    /// How many days there are to pay it.
    pub fn payment_days(&self) -> u16 {
        let by_hand = self.by_hand.as_ref().and_then(|by_hand| by_hand.due_days);
        by_hand.unwrap_or(self.payment_days)
    }

    fn kind(&self) -> Result<DocumentKind, WorkspaceError> {
        Ok(match &self.credit {
            None => DocumentKind::Invoice,
            Some(credit) => DocumentKind::CreditNote {
                of: credit.of.number()?,
            },
        })
    }

    /// The draft it is, or was made from.
    pub fn draft(&self) -> Result<DraftInvoice, WorkspaceError> {
        let (currency, costs) = (self.currency()?, self.cost_currency()?);
        let none = ByHand::default();
        let by_hand = self.by_hand.as_ref().unwrap_or(&none);
        let lines = self.lines.iter().chain(&by_hand.lines);
        let mut lines = lines
            .map(|line| line.line(currency, costs))
            .collect::<Result<Vec<DraftLine>, _>>()?;
        if self.basis.is_none() {
            // What is passed on as it is costs what is charged.
            for line in &mut lines {
                if line.kind == LineKind::Cost && line.cost.is_none() {
                    line.cost = Some(line.exact);
                }
            }
        }
        let credited = self.credit.iter().flat_map(|credit| &credit.before);
        let reason = self.credit.as_ref().map(|credit| credit.reason.clone());
        let replaces = self.replaces.as_ref().map(FrozenNumber::number);
        let exchange = self.exchange.as_ref().map(FrozenExchange::rate);
        Ok(DraftInvoice::of(InvoiceContent {
            kind: self.kind()?,
            replaces: replaces.transpose()?,
            period: self.month()?,
            metric: self.metric()?,
            seller: self.seller.party()?,
            buyer: self.buyer.party()?,
            treatments: self.treatments()?,
            currency,
            lines,
            credited_before: credited
                .map(|amount| Money::parse(amount, currency))
                .collect::<Result<_, _>>()?,
            exchange: exchange.transpose()?,
            purchase_order: by_hand
                .purchase_order
                .clone()
                .or_else(|| self.purchase_order.clone()),
            note: by_hand.note.clone().or(reason),
        })?)
    }

    /// What lists show of it.
    pub fn figures(&self) -> Result<InvoiceFigures, WorkspaceError> {
        let draft = self.draft()?;
        let due_on = self.invoice()?.map(|invoice| invoice.due_on());
        Ok(InvoiceFigures {
            buyer: draft.buyer().name.to_string(),
            total: draft.totals()?.total,
            due_on,
        })
    }

    /// The document it is, once it is issued.
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
            i32::from(self.payment_days()),
        )?))
    }
}

pub(super) fn unreadable() -> WorkspaceError {
    tallyport_store::StoreError::Damaged("an invoice cannot be read".to_owned()).into()
}
