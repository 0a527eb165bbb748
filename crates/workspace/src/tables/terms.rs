use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::tax::TaxPeriod;
use tallyport_ledger::{Country, Currency, DayRange, Quote, ReadInvoices};

use super::column::{Of, column, maybe, off_paper, text, yes};
use super::facts::Facts;
use super::{Table, listed};
use crate::buyers::{self, BuyerView};
use crate::{Context, Grant, WorkspaceError, exchange, taxes};

pub(super) const BUYERS: &[Of<BuyerView>] = &[
    text("Buyer", |view| Cell::text(&view.recipient.name)),
    off_paper(text("Kind", |view| Cell::text(view.recipient.key.kind()))),
    text("Billed as", |view| {
        Cell::text(view.buyer.party.name.as_str())
    }),
    off_paper(text("Address", |view| {
        Cell::owned(view.buyer.party.address.join(", "))
    })),
    off_paper(text("Post code", |view| {
        maybe(view.buyer.party.post_code.as_deref())
    })),
    text("City", |view| maybe(view.buyer.party.city.as_deref())),
    text("Country", |view| {
        maybe(view.buyer.party.country.as_ref().map(Country::code))
    }),
    text("Tax id", |view| maybe(view.buyer.party.tax_id.as_deref())),
    off_paper(text("Legal id", |view| {
        maybe(view.buyer.party.legal_id.as_deref())
    })),
    text("Invoices go to", |view| {
        Cell::owned(view.buyer.invoice_emails.join(", "))
    }),
    off_paper(text("Purchase order", |view| {
        maybe(view.buyer.purchase_order.as_deref())
    })),
    off_paper(column("Days to pay", Kind::Count, |view| {
        Cell::maybe(view.buyer.payment_days, |days| Cell::Count(days.into()))
    })),
    off_paper(text("Language", |view| {
        maybe(view.buyer.language.as_deref())
    })),
    off_paper(column("Invoiced in", Kind::Currency, |view| {
        Cell::maybe(view.buyer.currency, Cell::Currency)
    })),
];

/// Whom invoices are made out to.
///
/// # Errors
/// The workspace file's.
pub async fn buyers(cx: &Context, by: &Grant<ReadInvoices>) -> Result<Table, WorkspaceError> {
    let rows = buyers::list(cx, by).await?;
    let facts = Facts::default();
    Ok(Table::kept(&listed::BUYERS, "", facts, BUYERS, rows))
}

/// A rate and the table it stands in.
pub(super) struct TaxLine {
    country: String,
    period: TaxPeriod,
    source: String,
    own: bool,
}

pub(super) const TAX_RATES: &[Of<TaxLine>] = &[
    text("Country", |line| Cell::text(&line.country)),
    text("Region", |line| maybe(line.period.region.as_deref())),
    text("Kind", |line| Cell::text(line.period.category.word())),
    column("Percent", Kind::Quantity, |line| {
        let rate = line.period.rate.to_string();
        Cell::Quantity(rate.trim_end_matches([' ', '%']).to_owned().into())
    }),
    column("From", Kind::Day, |line| {
        Cell::maybe(line.period.valid.from(), Cell::Day)
    }),
    column("To", Kind::Day, |line| {
        Cell::maybe(line.period.valid.to(), Cell::Day)
    }),
    text("Source", |line| Cell::text(&line.source)),
    off_paper(text("Set here", |line| yes(line.own))),
];

/// What is charged where, and when.
///
/// # Errors
/// The workspace file's.
pub async fn tax_rates(cx: &Context, by: &Grant<ReadInvoices>) -> Result<Table, WorkspaceError> {
    let rows = taxes::list(cx, by)
        .await?
        .into_iter()
        .flat_map(|view| {
            let periods = view.table.periods().to_vec();
            periods.into_iter().map(move |period| TaxLine {
                country: view.table.country().code().to_owned(),
                period,
                source: view.source.clone(),
                own: view.own,
            })
        })
        .collect();
    let facts = Facts::default();
    Ok(Table::kept(&listed::TAX_RATES, "", facts, TAX_RATES, rows))
}

pub(super) const EXCHANGE_RATES: &[Of<Quote>] = &[
    column("Day", Kind::Day, |quote| Cell::Day(quote.day())),
    column("One", Kind::Currency, |quote| Cell::Currency(quote.base())),
    column("Is so many", Kind::Quantity, |quote| {
        Cell::Quantity(quote.to_decimal().into())
    }),
    column("Of", Kind::Currency, |quote| Cell::Currency(quote.quoted())),
    text("Source", |quote| Cell::text(quote.source())),
];

/// What sources said of currencies, the latest day first.
///
/// # Errors
/// The workspace file's.
pub async fn exchange_rates(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    days: DayRange,
    currency: Option<Currency>,
) -> Result<Table, WorkspaceError> {
    let mut facts = Facts::default();
    if let Some(currency) = currency {
        facts = facts.with("Only of or in", currency.to_string());
    }
    let rows = exchange::list(cx, by, days, currency).await?;
    let listed = &listed::EXCHANGE_RATES;
    Ok(Table::kept(listed, "", facts, EXCHANGE_RATES, rows))
}
