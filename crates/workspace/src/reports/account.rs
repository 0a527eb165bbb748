//! A statement of account on the seller's paper.

use jiff::civil::Date;
use tallyport_documents::{Block, Report, ReportTable, filled, render_report};
use tallyport_ledger::{Money, ReadInvoices};
use tallyport_store::OwnerKey;

use super::head;
use super::parts::{Tongue, figure, figures, row, strong, text};
use crate::invoices::{self, AccountKind, AccountResult, AccountRow};
use crate::{Context, Grant, WorkspaceError};

/// The account of `recipient` from `from` to `to` as a PDF, in the recipient's language.
///
/// # Errors
/// As [`invoices::account`]; [`WorkspaceError::Document`] names what cannot be printed.
pub async fn account(
    cx: &Context,
    by: &Grant<ReadInvoices>,
    recipient: OwnerKey,
    (from, to): (Date, Date),
) -> Result<Vec<u8>, WorkspaceError> {
    let found = invoices::account(cx, by, recipient, from, to).await?;
    let read = cx.store.read(move |r| {
        let buyer = r.buyer(r.owner_of(recipient)?)?;
        let language = buyer.and_then(|buyer| buyer.language?.parse().ok());
        let seller = r.settings()?.seller.name.to_string();
        Ok::<_, WorkspaceError>((head(r, language)?, seller))
    });
    let (head, seller) = read.await?;
    let tongue = Tongue::of(head.look.language);
    let words = &tongue.words.account;
    let mut blocks = Vec::new();
    for result in &found.results {
        if found.results.len() > 1 {
            let heading = filled(tongue.words.in_currency, &[result.currency.code()]);
            blocks.push(Block::Heading(heading));
        }
        blocks.extend(of_currency(result, tongue)?);
    }
    if blocks.is_empty() {
        blocks.push(Block::Text(words.nothing.to_owned()));
    }
    let day = cx.today();
    let days = [tongue.day(from), tongue.day(to)];
    let report = Report {
        title: words.title.to_owned(),
        subtitle: filled(words.of, &[&found.label, &days[0], &days[1]]),
        owner: seller,
        day,
        mark: head.mark,
        landscape: false,
        sources: filled(words.basis, &[&tongue.day(day)]),
        blocks,
    };
    let look = head.look;
    tokio::task::spawn_blocking(move || Ok(render_report(&report, &look)?))
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?
}

fn of_currency(result: &AccountResult, tongue: Tongue) -> Result<Vec<Block>, WorkspaceError> {
    let words = &tongue.words.account;
    let sum = |invoices: bool| {
        let rows = result.rows.iter();
        let rows = rows.filter(|row| (row.kind == AccountKind::Invoice) == invoices);
        Money::sum(rows.map(|row| &row.amount), result.currency)
    };
    let taken_off = format!("{}: {}", words.taken_off, tongue.money(sum(false)?));
    let tiles = vec![
        figure(words.owed_before, tongue.money(result.opening), None),
        figure(words.invoiced, tongue.money(sum(true)?), Some(taken_off)),
        figure(words.owed_now, tongue.money(result.closing), None),
    ];
    let told = |found: &AccountRow| {
        let document = match found.kind {
            AccountKind::Invoice => words.invoice,
            AccountKind::CreditNote => words.credit_note,
            AccountKind::Payment => words.payment,
        };
        row(vec![
            tongue.day(found.day),
            format!("{document} {}", found.number),
            found.reference.clone().unwrap_or_default(),
            tongue.money(found.amount),
            tongue.money(found.balance),
        ])
    };
    let edge = |label: &str, balance: Money| {
        let empty = String::new;
        strong(vec![
            label.to_owned(),
            empty(),
            empty(),
            empty(),
            tongue.money(balance),
        ])
    };
    let rows = [edge(words.owed_before, result.opening)]
        .into_iter()
        .chain(result.rows.iter().map(told))
        .chain([edge(words.owed_now, result.closing)]);
    Ok(vec![
        Block::Figures(tiles),
        Block::Table(ReportTable {
            columns: vec![
                text(words.day),
                text(words.document),
                text(words.reference),
                figures(words.amount),
                figures(words.balance),
            ],
            rows: rows.collect(),
        }),
    ])
}
