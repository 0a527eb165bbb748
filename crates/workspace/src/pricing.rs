//! Price books: what allocated cost is charged at, and a month under another book before anybody is billed.
//!
//! A book that is nobody's charges nothing: it is a proposal. Whose book it is, it says itself; of several
//! that could be somebody's, the most specific one counts. What somebody pays, and what is left to the
//! issuer, only those see who may issue invoices.

mod apply;
mod entry;
mod file;
mod preview;

pub use entry::{EntryAsk, TierAsk};
pub use file::{Format, read_file, write_file};
pub use preview::{
    Preview, PreviewAsk, PreviewLine, PreviewRow, PreviewTotal, PreviewWhom, preview,
};

pub(crate) use apply::{Charging, billed_recipients, book_of, charges_in, line_text, notes, why};
pub(crate) use entry::unit_text;

use jiff::Timestamp;
use serde_json::json;
use tallyport_ledger::pricing::PriceScope;
use tallyport_ledger::{Currency, IssueInvoices, Name, OwnerId};
use tallyport_store::{BookDraft, NamedOwner, PriceBookId, Reads, StoredBook, Writes};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};
use entry::{Owners, owner_text, scope_named};

/// What a price book is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookAsk {
    /// Its name.
    pub name: String,
    /// Why it is as it is.
    pub note: Option<String>,
    /// The currency of its amounts.
    pub currency: Option<String>,
    /// Whose book it is: `all`, `client:NAME`, `team:NAME` or `person:NAME`.
    pub used_for: Vec<String>,
    /// What it says.
    pub entries: Vec<EntryAsk>,
}

/// A version of a price book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Its identity.
    pub id: PriceBookId,
    /// Its name.
    pub name: String,
    /// Which version, from 1.
    pub version: u32,
    /// Why it is as it is.
    pub note: Option<String>,
    /// The currency of its amounts.
    pub currency: Option<Currency>,
    /// Whose book it is; none among them is everybody.
    pub used_for: Vec<Option<NamedOwner>>,
    /// What it says, and for whom.
    pub entries: Vec<(Option<NamedOwner>, EntryAsk)>,
    /// When this version was made.
    pub made_at: Timestamp,
    /// By whom.
    pub made_by: String,
}

/// The price books there are, by name.
///
/// # Errors
/// The workspace file's.
pub async fn list(cx: &Context, _by: &Grant<IssueInvoices>) -> Result<Vec<Book>, WorkspaceError> {
    cx.store
        .read(|r| {
            let owners = r.owners()?;
            let books = r.price_books()?.into_iter();
            Ok(books.map(|stored| shown(stored, &owners)).collect())
        })
        .await
}

/// A price book as it is now.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn get(
    cx: &Context,
    _by: &Grant<IssueInvoices>,
    id: PriceBookId,
) -> Result<Book, WorkspaceError> {
    cx.store
        .read(move |r| Ok(shown(r.price_book(id)?, &r.owners()?)))
        .await
}

/// The versions of a price book, the newest first: also of one that was removed.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn versions(
    cx: &Context,
    _by: &Grant<IssueInvoices>,
    id: PriceBookId,
) -> Result<Vec<Book>, WorkspaceError> {
    cx.store
        .read(move |r| {
            let owners = r.owners()?;
            let versions = r.price_book_versions(id)?.into_iter();
            Ok(versions.map(|stored| shown(stored, &owners)).collect())
        })
        .await
}

/// Adds a price book.
///
/// # Errors
/// An entry that cannot be, by its number and field; a name, or somebody's book, that is taken.
pub async fn add(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    ask: BookAsk,
) -> Result<Book, WorkspaceError> {
    put(cx, by, None, ask).await
}

/// Changes a price book: what it says now is a new version.
///
/// # Errors
/// As [`add`]; [`WorkspaceError::NotFound`].
pub async fn change(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: PriceBookId,
    ask: BookAsk,
) -> Result<Book, WorkspaceError> {
    put(cx, by, Some(id), ask).await
}

/// Removes a price book: it is nobody's any more. What it priced keeps its versions.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn remove(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: PriceBookId,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let book = w.remove_price_book(id)?;
            let details = json!({ "book": id.0, "version": book.version });
            Ok(trail.keep(w, "price_book.removed", &book.name, &details)?)
        })
        .await
}

async fn put(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    id: Option<PriceBookId>,
    ask: BookAsk,
) -> Result<Book, WorkspaceError> {
    let (trail, made_at, made_by) = (Trail::of(cx, by), cx.now(), by.name().to_owned());
    cx.store
        .write(move |w| {
            let book = entry::resolved(w, ask.currency.as_deref(), &ask.entries)??;
            let used_for = used_for(w, id, &ask.used_for)?;
            let note = ask
                .note
                .as_deref()
                .map(str::trim)
                .filter(|note| !note.is_empty());
            let draft = BookDraft {
                name: Name::parse(&ask.name)?,
                note: note.map(str::to_owned),
                used_for,
                book,
                made_at,
                made_by,
            };
            keep(w, &trail, id, &draft)
        })
        .await
}

/// Keeps a book, new or changed, and says so in the trail.
fn keep(
    w: &mut Writes<'_>,
    trail: &Trail,
    id: Option<PriceBookId>,
    draft: &BookDraft,
) -> Result<Book, WorkspaceError> {
    let (action, stored) = match id {
        None => ("price_book.added", w.add_price_book(draft)?),
        Some(id) => ("price_book.changed", w.change_price_book(id, draft)?),
    };
    let owners = w.owners()?;
    let details = json!({
        "book": stored.id.0,
        "version": stored.version,
        "entries": stored.book.entries().len(),
        "used_for": stored.used_for.iter().map(|owner| whose(*owner, &owners)).collect::<Vec<_>>(),
    });
    trail.keep(w, action, &stored.name, &details)?;
    Ok(shown(stored, &owners))
}

/// Whose book it is to be: nobody who has another one.
fn used_for(
    r: &Reads<'_>,
    id: Option<PriceBookId>,
    asked: &[String],
) -> Result<Vec<Option<OwnerId>>, WorkspaceError> {
    let uses = r.price_book_uses()?;
    let mut owners = Vec::new();
    for text in asked {
        let scope: PriceScope = scope_named(r, text)?;
        let owner = scope.owner();
        match uses.get(&owner) {
            Some(other) if Some(*other) != id => {
                let other = r.price_book(*other)?.name;
                return Err(WorkspaceError::Conflict {
                    code: "price_book.taken",
                    reason: format!("the price book of {text} is \"{other}\" already"),
                    hint: Some("Take it from that one first: somebody has one book.".to_owned()),
                });
            }
            _ if !owners.contains(&owner) => owners.push(owner),
            _ => {}
        }
    }
    Ok(owners)
}

fn shown(stored: StoredBook, owners: &Owners) -> Book {
    let StoredBook {
        id,
        name,
        version,
        note,
        made_at,
        made_by,
        used_for,
        book,
    } = stored;
    let named = |owner: Option<OwnerId>| owner.and_then(|id| owners.get(&id).cloned());
    let entries = book.entries().iter();
    Book {
        id,
        name,
        version,
        note,
        currency: book.currency(),
        used_for: used_for.into_iter().map(named).collect(),
        entries: entries
            .map(|entry| (named(entry.scope.owner()), EntryAsk::of(entry, owners)))
            .collect(),
        made_at,
        made_by,
    }
}

/// Such as `all` or `team:Platform`.
fn whose(owner: Option<OwnerId>, owners: &Owners) -> String {
    owner.map_or_else(|| "all".to_owned(), |id| owner_text(id, owners))
}
