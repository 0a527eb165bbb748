//! Invoices as the provider lists them: what they add up to, not their lines. Asking is free.

use aws_config::{Region, SdkConfig};
use aws_sdk_invoicing::Client;
use aws_sdk_invoicing::types::{
    BillingPeriod as SdkPeriod, InvoiceCurrencyAmount, InvoiceSummariesFilter,
    InvoiceSummariesSelector, InvoiceSummary, InvoiceType, ListInvoiceSummariesResourceType,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tallyport_ledger::{BillingPeriod, Currency, Exact, Money};

use crate::AwsError;

/// An invoice, a credit memo or a receipt, as the provider sums it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderInvoice {
    /// Its number.
    pub id: String,
    /// What it is.
    pub kind: InvoiceKind,
    /// Whom it is for: the payer's account.
    pub account: String,
    /// The day it was issued.
    pub issued_on: Option<Date>,
    /// The day it is due.
    pub due_on: Option<Date>,
    /// What it adds up to, tax included. A credit memo's is below nothing.
    pub total: Money,
    /// The tax in it.
    pub tax: Money,
    /// The discounts in it, as the provider writes them.
    pub discounts: Money,
    /// The fees in it.
    pub fees: Money,
    /// What is to be paid, where that is in another currency.
    pub payment: Option<Money>,
    /// The invoice that a memo corrects.
    pub corrects: Option<String>,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceKind {
    /// An invoice.
    Invoice,
    /// Money given back.
    CreditMemo,
    /// That something was paid: no amount of the bill.
    Receipt,
}

/// Invoices on a page, which is the most there can be.
const PAGE: i32 = 100;

/// The documents of a payer for a month; every page is followed.
///
/// # Errors
/// [`AwsError`], naming the permission where one is missing.
pub async fn invoices(
    config: &SdkConfig,
    account: &str,
    period: BillingPeriod,
) -> Result<Vec<ProviderInvoice>, AwsError> {
    let config = aws_sdk_invoicing::config::Builder::from(config)
        .region(Region::from_static("us-east-1"))
        .build();
    let client = Client::from_conf(config);
    let bad = |error: String| AwsError::BadAnswer(error);
    let selector = InvoiceSummariesSelector::builder()
        .resource_type(ListInvoiceSummariesResourceType::AccountId)
        .value(account)
        .build()
        .map_err(|error| bad(error.to_string()))?;
    let first = period.first_day();
    let month = SdkPeriod::builder()
        .month(i32::from(first.month()))
        .year(i32::from(first.year()))
        .build()
        .map_err(|error| bad(error.to_string()))?;
    let filter = InvoiceSummariesFilter::builder()
        .billing_period(month)
        .build();
    let mut found = Vec::new();
    let mut token = None;
    loop {
        let answer = client
            .list_invoice_summaries()
            .selector(selector.clone())
            .filter(filter.clone())
            .max_results(PAGE)
            .set_next_token(token)
            .send()
            .await
            .map_err(AwsError::from_call("invoicing:ListInvoiceSummaries"))?;
        for summary in answer.invoice_summaries {
            found.push(invoice(summary)?);
        }
        token = answer.next_token;
        if token.is_none() {
            return Ok(found);
        }
    }
}

fn invoice(summary: InvoiceSummary) -> Result<ProviderInvoice, AwsError> {
    let id = summary.invoice_id.unwrap_or_default();
    let missing = || AwsError::BadAnswer(format!("invoice {id} has no amount"));
    let kind = match summary.invoice_type {
        Some(InvoiceType::CreditMemo) => InvoiceKind::CreditMemo,
        Some(InvoiceType::PaymentReceipt) => InvoiceKind::Receipt,
        _ => InvoiceKind::Invoice,
    };
    let base = summary.base_currency_amount.ok_or_else(missing)?;
    let currency: Currency = base.currency_code.as_deref().unwrap_or("USD").parse()?;
    let parts = base.amount_breakdown.as_ref();
    let of = |text: Option<&str>| match text {
        Some(text) => money(text, currency),
        None => Ok(Money::zero(currency)),
    };
    let tax = of(parts
        .and_then(|parts| parts.taxes())
        .and_then(|taxes| taxes.total_amount()))?;
    let discounts = of(parts
        .and_then(|parts| parts.discounts())
        .and_then(|discounts| discounts.total_amount()))?;
    let fees = of(parts
        .and_then(|parts| parts.fees())
        .and_then(|fees| fees.total_amount()))?;
    let total = money(base.total_amount.as_deref().ok_or_else(missing)?, currency)?;
    // A memo gives money back, whichever sign it is written with.
    let given_back = |amount: Money| match (kind, amount.nanos() > 0) {
        (InvoiceKind::CreditMemo, true) => amount.negated(),
        _ => amount,
    };
    let day = |moment: Option<i64>| {
        moment
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .map(|moment| moment.to_zoned(TimeZone::UTC).date())
    };
    Ok(ProviderInvoice {
        kind,
        account: summary.account_id.unwrap_or_default(),
        issued_on: day(summary.issued_date.map(|moment| moment.secs())),
        due_on: day(summary.due_date.map(|moment| moment.secs())),
        total: given_back(total),
        tax: given_back(tax),
        discounts,
        fees,
        payment: summary
            .payment_currency_amount
            .and_then(payment)
            .transpose()?,
        corrects: summary.original_invoice_id,
        id,
    })
}

fn payment(amount: InvoiceCurrencyAmount) -> Option<Result<Money, AwsError>> {
    let (text, code) = (amount.total_amount?, amount.currency_code?);
    Some(match code.parse() {
        Ok(currency) => money(&text, currency),
        Err(error) => Err(AwsError::Currency(error)),
    })
}

fn money(text: &str, currency: Currency) -> Result<Money, AwsError> {
    let exact = Exact::parse(text.as_bytes())
        .map_err(|error| AwsError::BadAnswer(format!("\"{text}\": {error}")))?;
    Ok(Money::from_nanos(exact.rounded_to_nanos(), currency))
}
