//! Invoicing: ListInvoiceSummaries.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Invoice, of_month};
use crate::call::{self, Call, Protocol, Reply};
use crate::company::{AMAZON, Nano, PAYER};
use crate::dispatch::missing;
use crate::sandbox::State;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Asked {
    selector: Selector,
    filter: Option<Filter>,
    next_token: Option<String>,
    max_results: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Selector {
    resource_type: String,
    value: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Filter {
    time_interval: Option<Interval>,
    billing_period: Option<Period>,
    invoicing_entity: Option<String>,
}

/// Seconds since 1970; whole ones, though they may be written with a fraction.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Interval {
    start_date: serde_json::Number,
    end_date: serde_json::Number,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Period {
    month: i8,
    year: i16,
}

/// Why invoicing says no.
struct Refusal(u16, &'static str, String);

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal(400, "ValidationException", message.into())
}

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    if call.operation != "ListInvoiceSummaries" {
        return missing("invoicing", call);
    }
    match list(state, call) {
        Ok(body) => call::reply(200, "application/x-amz-json-1.0", body.to_string()),
        Err(Refusal(status, code, message)) => call::error(Protocol::Json, status, code, &message),
    }
}

fn list(state: &State, call: &Call) -> Result<Value, Refusal> {
    let asked: Asked =
        serde_json::from_slice(&call.body).map_err(|error| invalid(error.to_string()))?;
    let Selector {
        resource_type,
        value,
    } = &asked.selector;
    let is_account = match resource_type.as_str() {
        "ACCOUNT_ID" => true,
        "INVOICE_ID" => false,
        other => return Err(invalid(format!("Resource type {other} is not valid."))),
    };
    if !call.identity.is_payer() || is_account && value != PAYER {
        let message = "You don't have sufficient access to perform this action.".to_owned();
        return Err(Refusal(400, "AccessDeniedException", message));
    }
    let mut invoices = all(state);
    if !is_account {
        invoices.retain(|invoice| invoice.number == *value);
        if invoices.is_empty() {
            let message = format!("Invoice {value} was not found.");
            return Err(Refusal(400, "ResourceNotFoundException", message));
        }
    }
    let filter = asked.filter.unwrap_or_default();
    if let Some(Period { month, year }) = filter.billing_period {
        let month = Date::new(year, month, 1).map_err(|error| invalid(error.to_string()))?;
        invoices.retain(|invoice| invoice.month == month);
    }
    if let Some(interval) = filter.time_interval {
        let second = |number: &serde_json::Number| {
            let text = number.to_string();
            let whole = text.split('.').next().unwrap_or_default();
            whole
                .parse::<i64>()
                .map_err(|error| invalid(error.to_string()))
        };
        let (from, to) = (second(&interval.start_date)?, second(&interval.end_date)?);
        invoices.retain(|invoice| (from..=to).contains(&seconds(invoice.issued_on)));
    }
    if let Some(entity) = filter.invoicing_entity {
        invoices.retain(|_| entity == AMAZON.name);
    }
    let size = match asked.max_results {
        None => 100,
        Some(size) => usize::try_from(size)
            .ok()
            .filter(|size| (1..=100).contains(size))
            .ok_or_else(|| invalid("MaxResults must be between 1 and 100."))?,
    };
    let short = state.disagreements().invoices_a_page();
    let size = short.map_or(size, |most| size.min(most.max(1)));
    let from: usize = match &asked.next_token {
        None => 0,
        Some(token) => token
            .parse()
            .map_err(|_| invalid("The pagination token is invalid."))?,
    };
    let next = from.saturating_add(size);
    let page: Vec<Value> = invoices.iter().skip(from).take(size).map(summary).collect();
    let mut body = json!({ "InvoiceSummaries": page });
    if let Some(fields) = body.as_object_mut().filter(|_| next < invoices.len()) {
        fields.insert("NextToken".into(), next.to_string().into());
    }
    Ok(body)
}

/// Every invoice that is out, the oldest first.
fn all(state: &State) -> Vec<Invoice> {
    let bill = state.bill();
    let extra_tax = state.disagreements().extra_tax();
    let mut month = state.company.first_day();
    let mut invoices = vec![];
    while month <= bill.today {
        invoices.extend(of_month(&state.company, &bill, month, extra_tax));
        month = month.saturating_add(1.month());
    }
    invoices
}

fn seconds(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC)
        .map_or(0, |moment| moment.timestamp().as_second())
}

/// An amount with two decimals.
fn amount(nanos: Nano) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    let cents = nanos.unsigned_abs() / super::CENT.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

fn summary(invoice: &Invoice) -> Value {
    let Invoice {
        number,
        month,
        issued_on,
        seller,
        original,
        tax,
        discount,
        credit,
        total,
    } = invoice;
    let before_tax = total - tax;
    let discounts = discount + credit;
    let named = |text: &str, of: Nano| json!({ "Description": text, "Amount": amount(of) });
    let money = json!({
        "TotalAmount": amount(*total),
        "TotalAmountBeforeTax": amount(before_tax),
        "CurrencyCode": "USD",
        "AmountBreakdown": {
            "SubTotalAmount": amount(before_tax - discounts),
            "Discounts": {
                "TotalAmount": amount(discounts),
                "Breakdown": [
                    named("Enterprise Discount Program", *discount),
                    named("Credits", *credit),
                ],
            },
            "Taxes": { "TotalAmount": amount(*tax), "Breakdown": [named("US sales tax", *tax)] },
            "Fees": { "TotalAmount": "0.00", "Breakdown": [] },
        },
    });
    let mut summary = json!({
        "AccountId": PAYER,
        "InvoiceId": number,
        "IssuedDate": seconds(*issued_on),
        "DueDate": seconds(issued_on.saturating_add(30.days())),
        "Entity": {
            "InvoicingEntity": AMAZON.name,
            "BillingEntity": if **seller == AMAZON { "AWS" } else { "AWS_MARKETPLACE" },
        },
        "BillingPeriod": { "Month": month.month(), "Year": month.year() },
        "InvoiceType": if original.is_some() { "CREDIT_MEMO" } else { "INVOICE" },
        "BillType": if original.is_some() { "REFUND" } else { "ANNIVERSARY" },
        "InvoiceFrequency": "RECURRING",
        "ReceiverRole": "BUYER",
        "BaseCurrencyAmount": money,
        "TaxCurrencyAmount": money,
        "PaymentCurrencyAmount": money,
    });
    if let (Some(fields), Some(original)) = (summary.as_object_mut(), original) {
        fields.insert("OriginalInvoiceId".into(), original.as_str().into());
    }
    summary
}
