//! A price book as a file: CSV for spreadsheets, TOML for editors. Both hold the same texts, and what is
//! wrong with one is told by line and column.

mod csv_file;
mod toml_file;

use jiff::civil::Date;
use tallyport_ledger::{IssueInvoices, Name};
use tallyport_store::{BookDraft, PriceBookId};

use super::entry::{EntryAsk, EntryFault, TierAsk, owner_text, resolved};
use super::{Book, keep, shown, used_for};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// Which kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One row an entry.
    Csv,
    /// One `[[entry]]` an entry, and what a book says of itself above them.
    Toml,
}

/// The fields of an entry, in the order of columns. `currency` is the book's, in CSV.
const FIELDS: [&str; 14] = [
    "scope",
    "service",
    "from",
    "to",
    "kind",
    "percent",
    "tiers",
    "amount",
    "currency",
    "label",
    "day",
    "unit",
    "every",
    "rolls_over",
];

/// A text in a file, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    text: String,
    place: Place,
}

/// Counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
}

/// A file, read but not understood: its fields as they stand there.
#[derive(Debug, Default)]
struct Read {
    /// Of the book: note, currency.
    note: Option<Written>,
    currency: Option<Written>,
    /// Whose book it is to be; absent where the file does not say.
    used_for: Option<Vec<Written>>,
    entries: Vec<Row>,
}

/// An entry, read but not understood.
#[derive(Debug)]
struct Row {
    place: Place,
    fields: Vec<(&'static str, Written)>,
}

impl Place {
    fn wrong(self, what: &str, reason: &str) -> WorkspaceError {
        let Self { line, column } = self;
        WorkspaceError::invalid(
            "file",
            format!("line {line}, column {column} ({what}): {reason}"),
        )
    }
}

impl Row {
    fn field(&self, name: &str) -> Option<&Written> {
        let found = self.fields.iter().find(|(field, _)| *field == name);
        found.map(|(_, written)| written)
    }

    /// Where a field stands, or else its entry.
    fn place(&self, field: &str) -> Place {
        self.field(field)
            .map_or(self.place, |written| written.place)
    }

    fn asked(&self) -> Result<EntryAsk, WorkspaceError> {
        let text = |name| self.field(name).map(|written| written.text.clone());
        Ok(EntryAsk {
            scope: text("scope").unwrap_or_else(|| "all".to_owned()),
            service: text("service"),
            from: self.day("from")?,
            to: self.day("to")?,
            kind: text("kind").unwrap_or_default(),
            percent: text("percent"),
            tiers: self.tiers()?,
            amount: text("amount"),
            label: text("label"),
            day: self.day("day")?,
            unit: text("unit"),
            every: text("every"),
            rolls_over: match self.field("rolls_over") {
                None => None,
                Some(Written { text, place }) => match text.to_lowercase().as_str() {
                    "true" | "yes" => Some(true),
                    "false" | "no" => Some(false),
                    _ => return Err(place.wrong("rolls_over", "true or false is expected")),
                },
            },
        })
    }

    fn day(&self, name: &str) -> Result<Option<Date>, WorkspaceError> {
        let Some(Written { text, place }) = self.field(name) else {
            return Ok(None);
        };
        // A day and no more: a longer text such as a timestamp would be cut to one.
        let day = (text.len() == 10).then(|| text.parse().ok()).flatten();
        day.map(Some).ok_or_else(|| {
            place.wrong(
                name,
                &format!("\"{text}\" is not a day: YYYY-MM-DD is expected"),
            )
        })
    }

    /// Tiers as `1000=20; 5000=15; above=10`.
    fn tiers(&self) -> Result<Vec<TierAsk>, WorkspaceError> {
        let Some(Written { text, place }) = self.field("tiers") else {
            return Ok(Vec::new());
        };
        let tier = |part: &str| {
            let (up_to, percent) = part.split_once('=')?;
            let up_to = up_to.trim();
            Some(TierAsk {
                up_to: (up_to != "above").then(|| up_to.to_owned()),
                percent: percent.trim().to_owned(),
            })
        };
        let tiers: Option<Vec<TierAsk>> = text.split(';').map(tier).collect();
        tiers.ok_or_else(|| {
            let reason = format!("\"{text}\" is not like 1000=20; 5000=15; above=10");
            place.wrong("tiers", &reason)
        })
    }
}

/// Reads the book called `name` from a file, new or in place of what it says; what the file does not say of
/// the book itself stays as it is.
///
/// # Errors
/// What is wrong, by line and column; nothing is kept then. Otherwise as [`super::add`].
pub async fn read_file(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    name: String,
    format: Format,
    text: String,
) -> Result<Book, WorkspaceError> {
    let (trail, made_at, made_by) = (Trail::of(cx, by), cx.now(), by.name().to_owned());
    cx.store
        .write(move |w| {
            let read = match format {
                Format::Csv => csv_file::read(&text)?,
                Format::Toml => toml_file::read(&text)?,
            };
            let asks: Vec<EntryAsk> = read
                .entries
                .iter()
                .map(Row::asked)
                .collect::<Result<_, _>>()?;
            let id = w.price_book_named(&name)?;
            let before = id.map(|id| w.price_book(id)).transpose()?;
            let kept = before.as_ref().and_then(|before| before.book.currency());
            let currency = match &read.currency {
                Some(written) => {
                    let parsed = written.text.parse::<tallyport_ledger::Currency>();
                    let parsed =
                        parsed.map_err(|e| written.place.wrong("currency", &e.to_string()));
                    Some(parsed?.to_string())
                }
                None => kept.map(|currency| currency.to_string()),
            };
            let book = resolved(w, currency.as_deref(), &asks)?.map_err(|fault| {
                let EntryFault {
                    entry,
                    field,
                    reason,
                } = fault;
                let place = read.entries.get(entry).map(|row| row.place(field));
                let place = place.unwrap_or(Place { line: 1, column: 1 });
                place.wrong(field, &reason)
            })?;
            let used_for = match &read.used_for {
                None => before
                    .as_ref()
                    .map(|before| before.used_for.clone())
                    .unwrap_or_default(),
                Some(written) => {
                    let texts: Vec<String> = written.iter().map(|w| w.text.clone()).collect();
                    used_for(w, id, &texts)?
                }
            };
            let draft = BookDraft {
                name: Name::parse(&name)?,
                note: match read.note {
                    Some(written) => Some(written.text),
                    None => before.and_then(|before| before.note),
                },
                used_for,
                book,
                made_at,
                made_by,
            };
            keep(w, &trail, id, &draft)
        })
        .await
}

/// A book as a file that [`read_file`] reads.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn write_file(
    cx: &Context,
    _by: &Grant<IssueInvoices>,
    id: PriceBookId,
    format: Format,
) -> Result<String, WorkspaceError> {
    cx.store
        .read(move |r| {
            let owners = r.owners()?;
            let stored = r.price_book(id)?;
            let used_for = stored.used_for.iter().map(|owner| match owner {
                None => "all".to_owned(),
                Some(id) => owner_text(*id, &owners),
            });
            let used_for: Vec<String> = used_for.collect();
            let book = shown(stored, &owners);
            match format {
                Format::Csv => csv_file::write(&book),
                Format::Toml => Ok(toml_file::write(&book, &used_for)),
            }
        })
        .await
}

/// The fields of an entry as texts, those that it has.
fn texts(entry: &EntryAsk) -> Vec<(&'static str, String)> {
    let EntryAsk {
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
    let tiers = (!tiers.is_empty()).then(|| {
        let tiers = tiers.iter().map(|tier| {
            let up_to = tier.up_to.as_deref().unwrap_or("above");
            format!("{up_to}={}", tier.percent)
        });
        tiers.collect::<Vec<_>>().join("; ")
    });
    let day_text = |day: &Option<Date>| day.map(|day| day.to_string());
    let fields = [
        ("scope", Some(scope.clone())),
        ("service", service.clone()),
        ("from", day_text(from)),
        ("to", day_text(to)),
        ("kind", Some(kind.clone())),
        ("percent", percent.clone()),
        ("tiers", tiers),
        ("amount", amount.clone()),
        ("label", label.clone()),
        ("day", day_text(day)),
        ("unit", unit.clone()),
        ("every", every.clone()),
        ("rolls_over", rolls_over.map(|yes| yes.to_string())),
    ];
    let given = fields.into_iter();
    given
        .filter_map(|(name, text)| Some((name, text?)))
        .collect()
}
