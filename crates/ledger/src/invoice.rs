use std::fmt;

use jiff::civil::Date;

use crate::{BillingPeriod, Currency, Metric, Money, MoneyError, Name};

/// A tax rate in parts per million: 200 000 is 20 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TaxRate(u32);

impl TaxRate {
    /// A rate of at most 100 %.
    ///
    /// # Errors
    /// [`InvoiceError::TaxRate`].
    pub fn from_parts_per_million(parts: u32) -> Result<Self, InvoiceError> {
        if parts <= 1_000_000 {
            Ok(Self(parts))
        } else {
            Err(InvoiceError::TaxRate)
        }
    }

    /// The rate in parts per million.
    #[must_use]
    pub const fn parts_per_million(self) -> u32 {
        self.0
    }
}

impl fmt::Display for TaxRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:04}", self.0 % 10_000);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{}{point}{fraction} %", self.0 / 10_000)
    }
}

/// Seller or buyer, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Who it is.
    pub name: Name,
    /// Address lines, in order.
    pub address: Vec<String>,
    /// VAT, GST or other tax id.
    pub tax_id: Option<String>,
    /// An address for questions.
    pub email: Option<String>,
}

/// One line: what a service's resource cost in the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// The service.
    pub service: String,
    /// The resource, where the bill names one.
    pub resource: Option<String>,
    /// The exact allocated amount.
    pub exact: Money,
}

/// The figures of an invoice: all in the smallest unit of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvoiceTotals {
    /// Sum of the lines as charged.
    pub subtotal: Money,
    /// Tax on the subtotal, rounded once per invoice.
    pub tax: Money,
    /// What is to be paid.
    pub total: Money,
}

/// What is being prepared; it has no number and can be thrown away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftInvoice {
    period: BillingPeriod,
    metric: Metric,
    seller: Party,
    buyer: Party,
    tax: TaxRate,
    currency: Currency,
    lines: Vec<DraftLine>,
}

/// A gap-free number of a series, taken at issue.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InvoiceNumber {
    series: String,
    number: u32,
}

/// An issued invoice. It never changes: there are no setters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    draft: DraftInvoice,
    number: InvoiceNumber,
    issued_on: Date,
    due_on: Date,
    totals: InvoiceTotals,
    amounts: Vec<Money>,
}

/// Where an invoice is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InvoiceState {
    /// Being prepared.
    Draft,
    /// Numbered, frozen, sent out.
    Issued,
}

/// Why an invoice cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// Nothing to bill.
    #[error("there is nothing to bill")]
    Empty,
    /// A tax rate over 100 %.
    #[error("a tax rate lies between 0 and 100 %")]
    TaxRate,
    /// A series that is not a short name.
    #[error("an invoice series has 1 to 12 letters, digits or dashes")]
    Series,
    /// Payment terms without end.
    #[error("the due date lies beyond what a calendar holds")]
    DueDate,
    /// An amount too large, or currencies mixed.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl InvoiceState {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "issued",
        }
    }
}

impl InvoiceNumber {
    /// Number `number` of `series`.
    ///
    /// # Errors
    /// [`InvoiceError::Series`].
    pub fn new(series: &str, number: u32) -> Result<Self, InvoiceError> {
        let fits = (1..=12).contains(&series.len())
            && series
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits {
            Ok(Self {
                series: series.to_owned(),
                number,
            })
        } else {
            Err(InvoiceError::Series)
        }
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:05}", self.series, self.number)
    }
}

impl DraftInvoice {
    /// A draft for `buyer` over `period`.
    ///
    /// # Errors
    /// No lines, or lines of another currency.
    pub fn new(
        period: BillingPeriod,
        metric: Metric,
        (seller, buyer): (Party, Party),
        tax: TaxRate,
        currency: Currency,
        lines: Vec<DraftLine>,
    ) -> Result<Self, InvoiceError> {
        if lines.is_empty() {
            return Err(InvoiceError::Empty);
        }
        Money::sum(lines.iter().map(|line| &line.exact), currency)?;
        Ok(Self {
            period,
            metric,
            seller,
            buyer,
            tax,
            currency,
            lines,
        })
    }

    /// The month it bills.
    #[must_use]
    pub const fn period(&self) -> BillingPeriod {
        self.period
    }

    /// Whether billed or effective cost is passed on.
    #[must_use]
    pub const fn metric(&self) -> Metric {
        self.metric
    }

    /// Who bills.
    #[must_use]
    pub const fn seller(&self) -> &Party {
        &self.seller
    }

    /// Who pays.
    #[must_use]
    pub const fn buyer(&self) -> &Party {
        &self.buyer
    }

    /// The tax rate.
    #[must_use]
    pub const fn tax(&self) -> TaxRate {
        self.tax
    }

    /// The currency of every figure.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &[DraftLine] {
        &self.lines
    }

    /// The exact sum of the lines, before rounding.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn exact(&self) -> Result<Money, MoneyError> {
        Money::sum(self.lines.iter().map(|line| &line.exact), self.currency)
    }

    /// The amount of each line in the smallest unit. The lines add up to the rounded exact sum:
    /// what single rounding would lose or gain goes to the lines with the largest remainders.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn amounts(&self) -> Result<Vec<Money>, MoneyError> {
        let step = 1_000_000_000 / 10_i128.pow(self.currency.exponent());
        let goal = self.exact()?.rounded_to_minor().nanos() / step;
        let mut minors: Vec<i128> = self
            .lines
            .iter()
            .map(|line| line.exact.nanos().div_euclid(step))
            .collect();
        let missing = usize::try_from(goal - minors.iter().sum::<i128>()).unwrap_or(0);
        let mut order: Vec<usize> = (0..minors.len()).collect();
        order.sort_by_key(|&i| {
            (
                std::cmp::Reverse(self.lines[i].exact.nanos().rem_euclid(step)),
                i,
            )
        });
        for &i in order.iter().take(missing) {
            minors[i] += 1;
        }
        Ok(minors
            .into_iter()
            .map(|m| Money::from_nanos(m * step, self.currency))
            .collect())
    }

    /// Subtotal, tax and total.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn totals(&self) -> Result<InvoiceTotals, MoneyError> {
        let subtotal = self.exact()?.rounded_to_minor();
        let tax = subtotal.rate_rounded(self.tax.parts_per_million())?;
        Ok(InvoiceTotals {
            subtotal,
            tax,
            total: subtotal.plus(tax)?,
        })
    }
}

impl Invoice {
    /// Issues `draft` under `number`: consumes the draft, freezes its figures.
    ///
    /// # Errors
    /// [`InvoiceError`].
    pub fn issue(
        draft: DraftInvoice,
        number: InvoiceNumber,
        issued_on: Date,
        payment_days: i32,
    ) -> Result<Self, InvoiceError> {
        let span = jiff::Span::new()
            .try_days(payment_days)
            .map_err(|_| InvoiceError::DueDate)?;
        let due_on = issued_on
            .checked_add(span)
            .map_err(|_| InvoiceError::DueDate)?;
        let (totals, amounts) = (draft.totals()?, draft.amounts()?);
        Ok(Self {
            draft,
            number,
            issued_on,
            due_on,
            totals,
            amounts,
        })
    }

    /// What it was made from.
    #[must_use]
    pub const fn draft(&self) -> &DraftInvoice {
        &self.draft
    }

    /// Its number.
    #[must_use]
    pub const fn number(&self) -> &InvoiceNumber {
        &self.number
    }

    /// The day it was issued, in the workspace's zone.
    #[must_use]
    pub const fn issued_on(&self) -> Date {
        self.issued_on
    }

    /// The day by which it is to be paid.
    #[must_use]
    pub const fn due_on(&self) -> Date {
        self.due_on
    }

    /// Its figures.
    #[must_use]
    pub const fn totals(&self) -> InvoiceTotals {
        self.totals
    }

    /// The amount of each line of the draft, in order.
    #[must_use]
    pub fn amounts(&self) -> &[Money] {
        &self.amounts
    }
}
