use super::{DocumentKind, DraftLine, InvoiceError, InvoiceNumber, InvoiceTotals};
use crate::tax::{TaxLine, TaxTreatment, tax_lines};
use crate::{BillingPeriod, Currency, ExchangeRate, Metric, Money, MoneyError, Party, TaxRate};

/// Everything that stands on a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceContent {
    /// An invoice, or a credit note of one.
    pub kind: DocumentKind,
    /// The invoice that this one stands in for.
    pub replaces: Option<InvoiceNumber>,
    /// The month it bills.
    pub period: BillingPeriod,
    /// Whether billed or effective cost is passed on.
    pub metric: Metric,
    /// Who bills.
    pub seller: Party,
    /// Who pays.
    pub buyer: Party,
    /// How its lines are taxed; each names one of these.
    pub treatments: Vec<TaxTreatment>,
    /// The currency of every figure that is to be paid.
    pub currency: Currency,
    /// The lines.
    pub lines: Vec<DraftLine>,
    /// On a credit note: what earlier ones of the same invoice credited before tax, by treatment.
    pub credited_before: Vec<Money>,
    /// The rate at which the costs were exchanged, where they were.
    pub exchange: Option<ExchangeRate>,
    /// The buyer's own number for it.
    pub purchase_order: Option<String>,
    /// What the seller has to say; on a credit note, why.
    pub note: Option<String>,
}

/// What is being prepared; it has no number and can be thrown away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftInvoice(InvoiceContent);

impl InvoiceContent {
    /// An invoice over `lines` at one rate of tax, and nothing else on it.
    #[must_use]
    pub fn plain(
        period: BillingPeriod,
        metric: Metric,
        (seller, buyer): (Party, Party),
        tax: TaxRate,
        currency: Currency,
        lines: Vec<DraftLine>,
    ) -> Self {
        Self {
            kind: DocumentKind::Invoice,
            replaces: None,
            period,
            metric,
            seller,
            buyer,
            treatments: vec![TaxTreatment::flat(tax)],
            currency,
            lines,
            credited_before: Vec::new(),
            exchange: None,
            purchase_order: None,
            note: None,
        }
    }
}

impl DraftInvoice {
    /// A draft for `buyer` over `period`, at one rate of tax.
    ///
    /// # Errors
    /// No lines, or lines of another currency.
    pub fn new(
        period: BillingPeriod,
        metric: Metric,
        parties: (Party, Party),
        tax: TaxRate,
        currency: Currency,
        lines: Vec<DraftLine>,
    ) -> Result<Self, InvoiceError> {
        Self::of(InvoiceContent::plain(
            period, metric, parties, tax, currency, lines,
        ))
    }

    /// A draft of this content.
    ///
    /// # Errors
    /// No lines, lines of another currency, or of a treatment that is not there.
    pub fn of(content: InvoiceContent) -> Result<Self, InvoiceError> {
        if content.lines.is_empty() {
            return Err(InvoiceError::Empty);
        }
        let lines = &content.lines;
        Money::sum(lines.iter().map(|line| &line.exact), content.currency)?;
        let treated = |line: &DraftLine| usize::from(line.tax) < content.treatments.len();
        if !lines.iter().all(treated) {
            return Err(InvoiceError::Treatment);
        }
        Ok(Self(content))
    }

    /// Everything on it.
    #[must_use]
    pub const fn content(&self) -> &InvoiceContent {
        &self.0
    }

    /// What kind of document it is.
    #[must_use]
    pub const fn kind(&self) -> &DocumentKind {
        &self.0.kind
    }

    /// The month it bills.
    #[must_use]
    pub const fn period(&self) -> BillingPeriod {
        self.0.period
    }

    /// Whether billed or effective cost is passed on.
    #[must_use]
    pub const fn metric(&self) -> Metric {
        self.0.metric
    }

    /// Who bills.
    #[must_use]
    pub const fn seller(&self) -> &Party {
        &self.0.seller
    }

    /// Who pays.
    #[must_use]
    pub const fn buyer(&self) -> &Party {
        &self.0.buyer
    }

    /// The rate of its first treatment: the only one where it was drafted at one rate.
    #[must_use]
    pub fn tax(&self) -> TaxRate {
        let first = self.0.treatments.first();
        first.map_or_else(TaxRate::default, TaxTreatment::rate)
    }

    /// The currency of every figure.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.0.currency
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &[DraftLine] {
        &self.0.lines
    }

    /// The exact sum of the lines, before rounding.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn exact(&self) -> Result<Money, MoneyError> {
        Money::sum(self.0.lines.iter().map(|line| &line.exact), self.0.currency)
    }

    /// The amount of each line in the smallest unit. The lines add up to the rounded exact sum:
    /// what single rounding would lose or gain goes to the lines with the largest remainders.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn amounts(&self) -> Result<Vec<Money>, MoneyError> {
        let lines = &self.0.lines;
        let step = 1_000_000_000 / 10_i128.pow(self.0.currency.exponent());
        let goal = self.exact()?.rounded_to_minor().nanos() / step;
        let mut minors: Vec<i128> = lines
            .iter()
            .map(|line| line.exact.nanos().div_euclid(step))
            .collect();
        let missing = usize::try_from(goal - minors.iter().sum::<i128>()).unwrap_or(0);
        let mut order: Vec<usize> = (0..minors.len()).collect();
        order.sort_by_key(|&i| {
            (
                std::cmp::Reverse(lines[i].exact.nanos().rem_euclid(step)),
                i,
            )
        });
        for &i in order.iter().take(missing) {
            minors[i] += 1;
        }
        Ok(minors
            .into_iter()
            .map(|m| Money::from_nanos(m * step, self.0.currency))
            .collect())
    }

    /// The tax by treatment, each rounded once. A credit note's is the tax on all that was credited
    /// so far less the tax credited before, so that what is credited bit by bit adds up to the tax
    /// of the invoice.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn tax_lines(&self) -> Result<Vec<TaxLine>, MoneyError> {
        let content = &self.0;
        let parts: Vec<(u8, Money)> = content
            .lines
            .iter()
            .map(|line| line.tax)
            .zip(self.amounts()?)
            .collect();
        let before: Vec<(u8, Money)> = (0..).zip(content.credited_before.iter().copied()).collect();
        let taxes =
            |parts: Vec<(u8, Money)>| tax_lines(&content.treatments, parts, content.currency);
        let mut found = taxes(parts.clone())?;
        if before.iter().all(|(_, base)| base.is_zero()) {
            return Ok(found);
        }
        let earlier = taxes(before.clone())?;
        let so_far = taxes([before, parts].concat())?;
        for line in &mut found {
            let tax = |lines: &[TaxLine]| {
                let same = lines.iter().find(|other| other.treatment == line.treatment);
                same.map_or(Money::zero(content.currency), |other| other.tax)
            };
            line.tax = tax(&so_far).minus(tax(&earlier))?;
        }
        Ok(found)
    }

    /// Subtotal, tax and total.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn totals(&self) -> Result<InvoiceTotals, MoneyError> {
        let subtotal = self.exact()?.rounded_to_minor();
        let taxes = self.tax_lines()?;
        let tax = Money::sum(taxes.iter().map(|line| &line.tax), self.0.currency)?;
        Ok(InvoiceTotals {
            subtotal,
            tax,
            total: subtotal.plus(tax)?,
        })
    }
}
