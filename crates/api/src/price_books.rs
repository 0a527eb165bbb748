//! Price books: what allocated cost is charged at, and a month under another book.

mod file;
mod preview;

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::IssueInvoices;
use tallyport_workspace::pricing::{self, Book, BookAsk, EntryAsk, TierAsk};
use tallyport_workspace::{Context, NamedOwner, PriceBookId};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::wire::{Day, Moment};

/// Price books.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceBooks {
    /// By name.
    pub books: Vec<PriceBook>,
}

/// The versions of a price book.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceBookVersions {
    /// The newest first.
    pub versions: Vec<PriceBook>,
}

/// What cost is charged at.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceBook {
    /// Its number.
    pub id: i64,
    /// Which version: what it says never changes within one.
    pub version: u32,
    /// Its name.
    pub name: String,
    /// Why it is as it is.
    #[schema(required)]
    pub note: Option<String>,
    /// The currency of its amounts.
    #[schema(required)]
    pub currency: Option<String>,
    /// Whose book it is; nobody's is a proposal.
    pub used_for: Vec<PriceScope>,
    /// What it says, in the order in which it was written: entries are numbered from 1.
    pub entries: Vec<PriceEntry>,
    /// When this version was made.
    pub changed_at: Moment,
    /// By whom.
    pub changed_by: String,
}

/// Whom something is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceScope {
    /// all, client, team or person.
    pub kind: String,
    /// The client's, team's or person's number.
    #[schema(required)]
    pub id: Option<i64>,
    /// The name.
    pub label: String,
}

/// What an entry of a price book charges. Which fields it has depends on its kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceEntry {
    /// Whom it is for.
    pub scope: PriceScope,
    /// A service, or several by a pattern; of markups, tiers and minimums.
    #[schema(required)]
    pub service: Option<String>,
    /// The first day.
    #[schema(required)]
    pub from: Option<Day>,
    /// The last day.
    #[schema(required)]
    pub to: Option<Day>,
    /// markup, tiers, minimum, fee, one_off, credit or usage.
    pub kind: String,
    /// Of a markup: a percentage, negative for a discount.
    #[schema(required)]
    pub percent: Option<String>,
    /// Of tiers: in order.
    #[schema(required)]
    pub tiers: Option<Vec<PriceTier>>,
    /// In the book's currency, as decimal text.
    #[schema(required)]
    pub amount: Option<String>,
    /// Of fees, one-offs and credits: what for.
    #[schema(required)]
    pub label: Option<String>,
    /// Of a one-off: when.
    #[schema(required)]
    pub day: Option<Day>,
    /// Of usage: gb_stored, gb_moved or user.
    #[schema(required)]
    pub unit: Option<String>,
    /// Of a credit: once, or every month.
    #[schema(required)]
    pub every: Option<String>,
    /// Of a credit: whether what a month leaves can be used later.
    #[schema(required)]
    pub rolls_over: Option<bool>,
}

/// A part of a month's cost and what is added to it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceTier {
    /// Up to how much of the month's cost; the last one has no end.
    #[schema(required)]
    pub up_to: Option<String>,
    /// A percentage.
    pub percent: String,
}

/// A price book to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPriceBook {
    /// Its name.
    pub name: String,
    /// Why it is as it is.
    pub note: Option<String>,
    /// The currency of its amounts.
    pub currency: Option<String>,
    /// Whose book it is: `all`, `client:NAME`, `team:NAME` or `person:NAME`. Somebody has one book; the most
    /// specific one counts.
    #[serde(default)]
    pub used_for: Vec<String>,
    /// What it says.
    pub entries: Vec<NewPriceEntry>,
}

/// An entry to be: see `PriceEntry`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPriceEntry {
    /// `all`, `client:NAME`, `team:NAME` or `person:NAME`.
    pub scope: String,
    /// A service, or several by a pattern with `*` and `?`.
    pub service: Option<String>,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// markup, tiers, minimum, fee, one_off, credit or usage.
    pub kind: String,
    /// A percentage.
    pub percent: Option<String>,
    /// In order; the last one without an end.
    pub tiers: Option<Vec<PriceTier>>,
    /// As decimal text.
    pub amount: Option<String>,
    /// What for.
    pub label: Option<String>,
    /// When.
    pub day: Option<Day>,
    /// gb_stored, gb_moved or user.
    pub unit: Option<String>,
    /// once or month; once if absent.
    pub every: Option<String>,
    /// true if absent.
    pub rolls_over: Option<bool>,
}

impl PriceScope {
    fn of(owner: Option<NamedOwner>) -> Self {
        match owner {
            None => Self {
                kind: "all".to_owned(),
                id: None,
                label: "Everybody".to_owned(),
            },
            Some(NamedOwner { id: _, key, name }) => Self {
                kind: key.kind().to_owned(),
                id: Some(key.number()),
                label: name,
            },
        }
    }
}

impl From<(Option<NamedOwner>, EntryAsk)> for PriceEntry {
    fn from((owner, entry): (Option<NamedOwner>, EntryAsk)) -> Self {
        let EntryAsk {
            scope: _,
            service,
            from,
            to,
            kind,
            percent,
            tiers,
            amount,
            label,
            day,
            unit,
            every,
            rolls_over,
        } = entry;
        let tier = |TierAsk { up_to, percent }| PriceTier { up_to, percent };
        let tiers: Vec<PriceTier> = tiers.into_iter().map(tier).collect();
        Self {
            scope: PriceScope::of(owner),
            service,
            from: from.map(Day),
            to: to.map(Day),
            kind,
            percent,
            tiers: (!tiers.is_empty()).then_some(tiers),
            amount,
            label,
            day: day.map(Day),
            unit,
            every,
            rolls_over,
        }
    }
}

impl From<NewPriceEntry> for EntryAsk {
    fn from(entry: NewPriceEntry) -> Self {
        let NewPriceEntry {
            scope,
            service,
            from,
            to,
            kind,
            percent,
            tiers,
            amount,
            label,
            day,
            unit,
            every,
            rolls_over,
        } = entry;
        let tier = |PriceTier { up_to, percent }| TierAsk { up_to, percent };
        Self {
            scope,
            service,
            from: from.map(|day| day.0),
            to: to.map(|day| day.0),
            kind,
            percent,
            tiers: tiers.unwrap_or_default().into_iter().map(tier).collect(),
            amount,
            label,
            day: day.map(|day| day.0),
            unit,
            every,
            rolls_over,
        }
    }
}

impl From<Book> for PriceBook {
    fn from(book: Book) -> Self {
        let Book {
            id,
            name,
            version,
            note,
            currency,
            used_for,
            entries,
            made_at,
            made_by,
        } = book;
        Self {
            id: id.0,
            version,
            name,
            note,
            currency: currency.map(|currency| currency.to_string()),
            used_for: used_for.into_iter().map(PriceScope::of).collect(),
            entries: entries.into_iter().map(PriceEntry::from).collect(),
            changed_at: Moment(made_at),
            changed_by: made_by,
        }
    }
}

impl From<NewPriceBook> for BookAsk {
    fn from(book: NewPriceBook) -> Self {
        let NewPriceBook {
            name,
            note,
            currency,
            used_for,
            entries,
        } = book;
        Self {
            name,
            note,
            currency,
            used_for,
            entries: entries.into_iter().map(EntryAsk::from).collect(),
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(price_books))
        .routes(guarded_routes!(add_price_book))
        .routes(guarded_routes!(price_book))
        .routes(guarded_routes!(change_price_book))
        .routes(guarded_routes!(remove_price_book))
        .routes(guarded_routes!(price_book_versions))
        .merge(preview::routes())
        .merge(file::routes())
}

/// The price books there are.
#[utoipa::path(
    get, path = "/price-books", tag = "price books",
    responses((status = 200, body = PriceBooks), Problem)
)]
async fn price_books(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
) -> Answer<PriceBooks> {
    let books = pricing::list(&context, &by.grant).await?;
    Ok(axum::Json(PriceBooks {
        books: books.into_iter().map(PriceBook::from).collect(),
    }))
}

/// Adds a price book.
#[utoipa::path(
    post, path = "/price-books", tag = "price books",
    responses((status = 201, body = PriceBook), Problem)
)]
async fn add_price_book(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Json(ask): Json<NewPriceBook>,
) -> Result<(StatusCode, axum::Json<PriceBook>), Problem> {
    let book = pricing::add(&context, &by.grant, ask.into()).await?;
    Ok((StatusCode::CREATED, axum::Json(book.into())))
}

/// A price book as it is now.
#[utoipa::path(
    get, path = "/price-books/{id}", tag = "price books",
    params(("id" = i64, Path)),
    responses((status = 200, body = PriceBook), Problem)
)]
async fn price_book(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<PriceBook> {
    let book = pricing::get(&context, &by.grant, PriceBookId(id)).await?;
    Ok(axum::Json(book.into()))
}

/// Changes a price book: what it says now is a new version, and what was billed stays.
#[utoipa::path(
    put, path = "/price-books/{id}", tag = "price books",
    params(("id" = i64, Path)),
    responses((status = 200, body = PriceBook), Problem)
)]
async fn change_price_book(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
    Json(ask): Json<NewPriceBook>,
) -> Answer<PriceBook> {
    let book = pricing::change(&context, &by.grant, PriceBookId(id), ask.into()).await?;
    Ok(axum::Json(book.into()))
}

/// Removes a price book: it is nobody's any more.
#[utoipa::path(
    delete, path = "/price-books/{id}", tag = "price books",
    params(("id" = i64, Path)),
    responses((status = 204), Problem)
)]
async fn remove_price_book(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    pricing::remove(&context, &by.grant, PriceBookId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Every version of a price book, also of one that was removed.
#[utoipa::path(
    get, path = "/price-books/{id}/versions", tag = "price books",
    params(("id" = i64, Path)),
    responses((status = 200, body = PriceBookVersions), Problem)
)]
async fn price_book_versions(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<i64>,
) -> Answer<PriceBookVersions> {
    let versions = pricing::versions(&context, &by.grant, PriceBookId(id)).await?;
    Ok(axum::Json(PriceBookVersions {
        versions: versions.into_iter().map(PriceBook::from).collect(),
    }))
}
