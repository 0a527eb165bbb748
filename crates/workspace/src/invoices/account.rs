//! How a recipient stands: what was asked, taken back and paid, with a balance a currency.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tallyport_ledger::{Currency, InvoiceNumber, Money, ReadInvoices};
use tallyport_store::{InvoiceId, InvoiceQuery, OwnerKey};

use super::frozen::Frozen;
use crate::{Context, Grant, WorkspaceError};

/// A statement of account.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Whose.
    pub recipient: OwnerKey,
    /// Their name.
    pub label: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// One a currency.
    pub results: Vec<AccountResult>,
}

/// A statement of account in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountResult {
    /// The currency.
    pub currency: Currency,
    /// What was owed before the first day.
    pub opening: Money,
    /// What happened, in order.
    pub rows: Vec<AccountRow>,
    /// What is owed after the last day.
    pub closing: Money,
}

/// Something that changed what is owed.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountRow {
    /// The day.
    pub day: Date,
    /// What it is.
    pub kind: AccountKind,
    /// The document, or the one that was paid.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: InvoiceNumber,
    /// What the bank said of a payment.
    pub reference: Option<String>,
    /// What it adds to what is owed; below nothing where it takes away.
    pub amount: Money,
    /// What is owed then.
    pub balance: Money,
}

/// What changed what is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccountKind {
    /// An invoice.
    Invoice,
    /// A credit note.
    CreditNote,
    /// A payment, or one that was paid back.
    Payment,
}

impl AccountKind {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
            Self::Payment => "payment",
        }
    }
}

/// The account of `recipient` from `from` to `to`.
///
/// # Errors
/// [`WorkspaceError::NotFound`]; days in the wrong order.
pub async fn account(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    recipient: OwnerKey,
    from: Date,
    to: Date,
) -> Result<Account, WorkspaceError> {
    if from > to {
        return Err(WorkspaceError::invalid(
            "to",
            "the last day lies before the first one",
        ));
    }
    cx.store
        .read(move |r| {
            let owner = r.owner_of(recipient)?;
            let owners = r.owners()?;
            let issued = r.invoices(InvoiceQuery {
                month: None,
                owner: Some(owner),
                issued: Some(true),
            })?;
            let mut rows: BTreeMap<Currency, Vec<AccountRow>> = BTreeMap::new();
            for record in issued {
                let frozen = Frozen::from_json(record.frozen)?;
                let Some(invoice) = frozen.invoice()? else {
                    continue;
                };
                let total = invoice.totals().total;
                let (kind, amount) = match record.credits {
                    None => (AccountKind::Invoice, total),
                    Some(_) => (AccountKind::CreditNote, total.negated()),
                };
                let row = AccountRow {
                    day: invoice.issued_on(),
                    kind,
                    invoice: record.id,
                    number: invoice.number().clone(),
                    reference: None,
                    amount,
                    balance: amount,
                };
                let of_currency = rows.entry(total.currency()).or_default();
                for payment in r.payments(record.id, total.currency())? {
                    if payment.removed.is_none() {
                        of_currency.push(AccountRow {
                            day: payment.recorded.day,
                            kind: AccountKind::Payment,
                            reference: Some(payment.recorded.reference),
                            amount: payment.recorded.amount.negated(),
                            ..row.clone()
                        });
                    }
                }
                of_currency.push(row);
            }
            let label = owners.get(&owner).map(|named| named.name.clone());
            Ok(Account {
                recipient,
                label: label.unwrap_or_default(),
                from,
                to,
                results: rows
                    .into_iter()
                    .map(|(currency, rows)| balanced(currency, rows, from, to))
                    .collect::<Result<_, _>>()?,
            })
        })
        .await
}

fn balanced(
    currency: Currency,
    mut rows: Vec<AccountRow>,
    from: Date,
    to: Date,
) -> Result<AccountResult, WorkspaceError> {
    rows.retain(|row| row.day <= to);
    rows.sort_by(|a, b| (a.day, a.kind, &a.number).cmp(&(b.day, b.kind, &b.number)));
    let mut balance = Money::zero(currency);
    for row in &mut rows {
        balance = balance.plus(row.amount)?;
        row.balance = balance;
    }
    let shown = rows.split_off(rows.partition_point(|row| row.day < from));
    let opening = rows.last().map_or(Money::zero(currency), |row| row.balance);
    Ok(AccountResult {
        currency,
        opening,
        rows: shown,
        closing: balance,
    })
}
