use jiff::Timestamp;
use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::{BillingPeriod, Currency, Money, ViewCosts};

use super::column::{Of, column, money, off_paper, text};
use super::facts::Facts;
use super::{Table, listed};
use crate::reconcile::{self, Reconciled};
use crate::{Context, Grant, WorkspaceError};

/// A figure of a month, a difference between two, or something that made one.
pub(super) struct Line {
    client: String,
    billing_account: String,
    currency: Currency,
    state: &'static str,
    what: &'static str,
    of: String,
    amount: Option<Money>,
    as_of: Option<Timestamp>,
    text: String,
}

// Figures of the same month stand below each other: nothing here adds up.
pub(super) const COLUMNS: &[Of<Line>] = &[
    off_paper(text("Client", |line| Cell::text(&line.client))),
    text("Billing account", |line| Cell::text(&line.billing_account)),
    text("Stands", |line| Cell::text(line.state)),
    text("What", |line| Cell::text(line.what)),
    text("Of", |line| Cell::text(&line.of)),
    column("Currency", Kind::Currency, |line| {
        Cell::Currency(line.currency)
    }),
    money("Amount", |line| Cell::maybe(line.amount, Cell::Money)),
    off_paper(column("As of", Kind::Moment, |line| {
        Cell::maybe(line.as_of, Cell::Moment)
    })),
    text("In words", |line| Cell::text(&line.text)),
];

/// A month beside what AWS says of it, as last asked.
///
/// # Errors
/// As [`reconcile::show`].
pub async fn reconciliation(
    cx: &Context,
    by: &Grant<ViewCosts>,
    month: BillingPeriod,
    client: Option<String>,
) -> Result<Table, WorkspaceError> {
    let mut facts = Facts::default().with("Month", month.to_string());
    if let Some(client) = &client {
        facts = facts.with("Only clients", client.clone());
    }
    let found = reconcile::show(cx, by, month, client).await?;
    let rows = found.accounts.into_iter().flat_map(lines).collect();
    let of = month.to_string();
    Ok(Table::kept(
        &listed::RECONCILIATION,
        of,
        facts,
        COLUMNS,
        rows,
    ))
}

fn lines(account: Reconciled) -> Vec<Line> {
    let Reconciled {
        client: (_, client),
        billing_account,
        currency,
        figures,
        differences,
        findings,
        state,
    } = account;
    let line = |what, of: &str, amount, as_of, text| Line {
        client: client.clone(),
        billing_account: billing_account.clone(),
        currency,
        state: state.word(),
        what,
        of: of.to_owned(),
        amount,
        as_of,
        text,
    };
    let mut lines = Vec::new();
    for figure in figures {
        let of = figure.source.word();
        lines.push(line("figure", of, figure.amount, figure.as_of, figure.text));
    }
    for compared in differences {
        let between = format!("{} to {}", compared.from.word(), compared.to.word());
        for (class, amount) in &compared.difference.parts {
            let text = compared.text(*class, *amount);
            let of = format!("{between}: {}", class.word());
            lines.push(line("difference", &of, Some(*amount), None, text));
        }
    }
    for finding in findings {
        lines.push(line(
            "finding",
            finding.kind,
            finding.amount,
            None,
            finding.text,
        ));
    }
    lines
}
