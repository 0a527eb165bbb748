//! How people, teams and clients are billed: name and address on paper, tax id, what invoices to them refer to
//! and where they are sent. Who has no record is billed by name alone, within the seller's country.

use serde_json::json;
use tallyport_ledger::{
    Currency, Electronic, IssueInvoices, Name, Party, ReadInvoices, TaxCategory, TaxOverride,
};
use tallyport_store::{Buyer, NamedOwner, OwnerKey, Reads};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError, parties};

/// How somebody is billed, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerView {
    /// Whose record it is.
    pub recipient: NamedOwner,
    /// The record.
    pub buyer: Buyer,
}

/// How somebody is to be billed.
#[derive(Debug, Clone)]
pub struct BuyerAsk {
    /// The name on paper; none is their own.
    pub billed_as: Option<Name>,
    /// Everything but the name.
    pub party: Party,
    /// Whom invoices are sent to.
    pub invoice_emails: Vec<String>,
    /// The purchase order that invoices refer to.
    pub purchase_order: Option<String>,
    /// Days until an invoice is due.
    pub payment_days: Option<u16>,
    /// The language of its paper.
    pub language: Option<String>,
    /// What its invoices are in.
    pub currency: Option<Currency>,
    /// How it is taxed where that does not follow from the countries.
    pub tax: Option<TaxOverride>,
    /// What is sent for its own program besides the paper.
    pub electronic: Option<Electronic>,
}

/// All records, by name.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
) -> Result<Vec<BuyerView>, WorkspaceError> {
    cx.store
        .read(|r| {
            r.buyers()?
                .into_iter()
                .map(|buyer| view(r, buyer))
                .collect()
        })
        .await
}

/// How `whom` is billed.
///
/// # Errors
/// [`WorkspaceError::NotFound`] if nobody said so.
pub async fn get(
    cx: &Context,
    _by: &Grant<ReadInvoices>,
    whom: String,
) -> Result<BuyerView, WorkspaceError> {
    cx.store
        .read(move |r| {
            let key = r.owner_named(&whom)?;
            let buyer = r.buyer(r.owner_of(key)?)?;
            view(r, buyer.ok_or_else(|| not_there(key))?)
        })
        .await
}

/// Says how `whom` is billed from the next draft on, in place of what was said before.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field.
pub async fn put(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    whom: String,
    ask: BuyerAsk,
) -> Result<BuyerView, WorkspaceError> {
    check(&ask)?;
    let party = parties::checked(ask.party.clone())?;
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let key = w.owner_named(&whom)?;
            let owner = w.owner_of(key)?;
            let before = w.buyer(owner)?;
            w.put_buyer(&Buyer {
                owner,
                billed_as: ask.billed_as,
                party,
                invoice_emails: ask.invoice_emails,
                purchase_order: ask.purchase_order,
                payment_days: ask.payment_days,
                language: ask.language,
                currency: ask.currency,
                tax: ask.tax,
                electronic: ask.electronic,
            })?;
            let kept = w.buyer(owner)?.ok_or_else(|| not_there(key))?;
            if before.as_ref() != Some(&kept) {
                let details = json!({ "before": before.as_ref().map(told), "after": told(&kept) });
                trail.keep(w, "buyer.changed", &key.to_string(), &details)?;
            }
            view(w, kept)
        })
        .await
}

/// Forgets how `whom` is billed. Invoices and drafts that were made stay as they are.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn delete(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    whom: String,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let key = w.owner_named(&whom)?;
            let owner = w.owner_of(key)?;
            let before = w.buyer(owner)?.ok_or_else(|| not_there(key))?;
            w.delete_buyer(owner)?;
            let details = json!({ "before": told(&before) });
            Ok(trail.keep(w, "buyer.deleted", &key.to_string(), &details)?)
        })
        .await
}

fn not_there(whom: OwnerKey) -> WorkspaceError {
    WorkspaceError::NotFound {
        what: "record of a buyer for",
        name: whom.to_string(),
    }
}

fn view(r: &Reads<'_>, buyer: Buyer) -> Result<BuyerView, WorkspaceError> {
    let recipient = r.owners()?.remove(&buyer.owner);
    let recipient = recipient
        .ok_or_else(|| WorkspaceError::Fault(format!("owner {} is not there", buyer.owner.0)))?;
    Ok(BuyerView { recipient, buyer })
}

fn check(ask: &BuyerAsk) -> Result<(), WorkspaceError> {
    for address in &ask.invoice_emails {
        let sound = address
            .split_once('@')
            .is_some_and(|(who, place)| !who.is_empty() && place.contains('.'));
        if !sound || address.contains(char::is_whitespace) || address.len() > 254 {
            return Err(WorkspaceError::invalid(
                "invoice_emails",
                format!("\"{address}\" is no address for mail"),
            ));
        }
    }
    if ask.invoice_emails.len() > 20 {
        return Err(WorkspaceError::invalid(
            "invoice_emails",
            "an invoice is sent to twenty addresses at the most",
        ));
    }
    if let Some(order) = &ask.purchase_order {
        parties::line("purchase_order", order)?;
    }
    if ask.payment_days.is_some_and(|days| days > 365) {
        return Err(WorkspaceError::invalid(
            "payment_days",
            "an invoice is due within 365 days",
        ));
    }
    let two_letters =
        |text: &String| text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase());
    if !ask.language.iter().all(two_letters) {
        return Err(WorkspaceError::invalid(
            "language",
            "a language is two letters of ISO 639-1, such as en or de",
        ));
    }
    if let Some(tax) = &ask.tax {
        if let Some(reason) = &tax.reason {
            parties::line("tax.reason", reason)?;
        }
        if tax.category == TaxCategory::Exempt && tax.reason.is_none() {
            return Err(WorkspaceError::invalid(
                "tax.reason",
                "an exemption states its reason, such as the article of the law",
            ));
        }
    }
    Ok(())
}

fn told(buyer: &Buyer) -> serde_json::Value {
    let Buyer {
        owner: _,
        billed_as,
        party,
        invoice_emails,
        purchase_order,
        payment_days,
        language,
        currency,
        tax,
        electronic,
    } = buyer;
    json!({
        "billed_as": billed_as.as_ref().map(Name::as_str),
        "party": parties::told(party),
        "invoice_emails": invoice_emails,
        "purchase_order": purchase_order,
        "payment_days": payment_days,
        "language": language,
        "currency": currency.map(|currency| currency.to_string()),
        "tax": tax.as_ref().map(|tax| json!({
            "category": tax.category.word(), "reason": tax.reason,
        })),
        "electronic": electronic.map(Electronic::word),
    })
}
