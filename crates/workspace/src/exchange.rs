//! Exchange rates: entered by a person or imported from the European Central Bank's files. What an invoice was
//! converted by is frozen with it; these are for the next one.

mod ecb;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;
use tallyport_ledger::{
    Currency, DayRange, ExchangeError, ExchangeRate, IssueInvoices, Quote, ReadInvoices,
};
use tallyport_store::{QuotesKept, Reads};

use crate::error::TERMS;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// How many days old a rate may be when an invoice is converted by it: the bank says nothing at weekends
/// and over its longest holidays.
const OLDEST: i32 = 7;
/// The longest file: the bank's whole history has 700 kB as CSV and 7 MB as XML.
const LONGEST: usize = 32 << 20;

/// What sources said, the latest day first.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    days: DayRange,
    currency: Option<Currency>,
) -> Result<Vec<Quote>, WorkspaceError> {
    cx.store
        .read(move |r| Ok(r.exchange_quotes(days, currency)?))
        .await
}

/// Enters a rate.
///
/// # Errors
/// A day that has not come.
pub async fn add(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    quote: Quote,
) -> Result<QuotesKept, WorkspaceError> {
    if quote.day() > cx.today() {
        return Err(WorkspaceError::invalid(
            "day",
            format!("{} has not come yet", quote.day()),
        ));
    }
    crate::parties::line("source", quote.source())?;
    if quote.source().trim().is_empty() {
        return Err(WorkspaceError::invalid("source", "a rate has a source"));
    }
    keep(cx, by, vec![quote]).await
}

/// Takes in a file of the European Central Bank's reference rates: CSV or XML, of one day or of all.
///
/// # Errors
/// [`WorkspaceError::Invalid`] says what could not be read, by line and column; nothing is kept then.
pub async fn import(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    file: Vec<u8>,
) -> Result<QuotesKept, WorkspaceError> {
    if file.len() > LONGEST {
        return Err(WorkspaceError::invalid(
            "file",
            "this is more than 32 MiB: a file of the European Central Bank's reference rates has a few",
        ));
    }
    let read = move || ecb::read(&file);
    let quotes = tokio::task::spawn_blocking(read)
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?
        .map_err(|error| WorkspaceError::invalid("file", error))?;
    keep(cx, by, quotes).await
}

/// Forgets what `source` said of a pair on a day.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn delete(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    pair: (Currency, Currency),
    day: Date,
    source: String,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            w.delete_exchange_quote(pair, day, &source)?;
            let subject = format!("{}/{}", pair.0, pair.1);
            let details = json!({ "day": day.to_string(), "source": source });
            Ok(trail.keep(w, "exchange-rate.deleted", &subject, &details)?)
        })
        .await
}

async fn keep(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    quotes: Vec<Quote>,
) -> Result<QuotesKept, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let kept = w.put_exchange_quotes(&quotes)?;
            if kept.added + kept.changed == 0 {
                return Ok(kept);
            }
            let (subject, details) = told(&quotes, kept);
            trail.keep(w, "exchange-rates.entered", &subject, &details)?;
            Ok(kept)
        })
        .await
}

/// What was entered, as the audit trail tells it: a rate by its pair, a file by its source and days.
fn told(quotes: &[Quote], kept: QuotesKept) -> (String, serde_json::Value) {
    if let [one] = quotes {
        let subject = format!("{}/{} by {}", one.base(), one.quoted(), one.source());
        let details = json!({ "day": one.day().to_string(), "rate": one.to_decimal() });
        return (subject, details);
    }
    let days = quotes.iter().map(Quote::day);
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let details = json!({
        "added": kept.added, "changed": kept.changed,
        "from": day(days.clone().min()), "to": day(days.max()),
    });
    let source = quotes.first().map_or("", Quote::source);
    (source.to_owned(), details)
}

/// The rate from `from` to `to` that counts on `day`: the latest that is not older than a week.
pub(crate) fn rate(
    r: &Reads<'_>,
    from: Currency,
    to: Currency,
    day: Date,
) -> Result<ExchangeRate, WorkspaceError> {
    let missing = || {
        unknown(&ExchangeError::Missing {
            from,
            to,
            day,
            within: OLDEST,
        })
    };
    let first = day.checked_sub(OLDEST.days()).map_err(|_| missing())?;
    let quotes = r.exchange_quotes(DayRange::new(first, day)?, None)?;
    quotes
        .chunk_by(|a, b| a.day() == b.day())
        .find_map(|of_day| ExchangeRate::of(from, to, of_day))
        .ok_or_else(missing)
}

fn unknown(error: &ExchangeError) -> WorkspaceError {
    WorkspaceError::Conflict {
        code: TERMS,
        reason: error.to_string(),
        hint: Some(
            "Enter one with `tally rates add`, or import the European Central Bank's with `tally rates import FILE`."
                .to_owned(),
        ),
    }
}
