//! Price books: what allocated cost is charged at.

use std::path::Path;

use http::Method;
use serde_json::{Value, json};

use crate::arguments::PriceBook;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

/// `tally pricebook`.
pub async fn pricebook(door: &Door, ask: PriceBook) -> Result<(), Failure> {
    match ask {
        PriceBook::List => {
            let answer = door.get(Address::new("price-books")).await?;
            said(door, &answer, say_books);
        }
        PriceBook::Show { name, number, out } => show(door, &name, number, out.as_deref()).await?,
        PriceBook::Set { file, name } => {
            let book = set(door, &file, name).await?;
            said(door, &book, |book| {
                let entries = rows(book, "entries").len();
                crate::say::line(&format!(
                    "{}, version {}: {entries} entries, for {}.",
                    text(&book["name"]),
                    book["version"],
                    whose(book)
                ));
            });
        }
        PriceBook::Use { name, whom } => {
            let book = named(door, &name).await?;
            let mut ask = as_written(&book);
            ask["used_for"] = json!(whom);
            let address = format!("/api/v1/price-books/{}", book["id"]);
            let book = door.ask(Method::PUT, address, Some(ask)).await?;
            said(door, &book, |book| {
                crate::say::line(&format!("{} is for {}.", text(&book["name"]), whose(book)));
            });
        }
        PriceBook::Preview {
            name,
            month,
            whom,
            why,
        } => {
            let book = named(door, &name).await?;
            let address = Address::new(&format!("price-books/{}/preview", book["id"]));
            let answer = door
                .post(address, json!({ "month": month, "for": whom }))
                .await?;
            said(door, &answer, |answer| say_preview(answer, why));
        }
        PriceBook::Remove { name } => {
            let book = named(door, &name).await?;
            let address = format!("/api/v1/price-books/{}", book["id"]);
            door.ask(Method::DELETE, address, None).await?;
            said(door, &json!({ "removed": book["id"] }), |_| {
                crate::say::line(&format!(
                    "{} is nobody's any more; what it priced stays.",
                    text(&book["name"])
                ));
            });
        }
    }
    Ok(())
}

async fn show(
    door: &Door,
    name: &str,
    number: Option<u32>,
    out: Option<&Path>,
) -> Result<(), Failure> {
    let book = named(door, name).await?;
    if let Some(out) = out {
        let address = Address::new(&format!("price-books/{}/file", book["id"]));
        let address = address.with("format", Some(&format_of(out)?));
        let bytes = door.bytes(address).await?;
        std::fs::write(out, &bytes).map_err(|error| Failure::file(out, &error))?;
        let answer = json!({ "file": out, "bytes": bytes.len() });
        said(door, &answer, |_| {
            crate::say::line(&format!("{}: {} bytes", out.display(), bytes.len()));
        });
        return Ok(());
    }
    let book = match number {
        None => book,
        Some(number) => {
            let address = format!("/api/v1/price-books/{}/versions", book["id"]);
            let versions = door.get(address).await?;
            let mut versions = rows(&versions, "versions").iter();
            let found = versions.find(|version| version["version"] == number);
            found
                .cloned()
                .ok_or_else(|| Failure::not_found(format!("{name} has no version {number}.")))?
        }
    };
    said(door, &book, say_book);
    Ok(())
}

/// Hands over a file; its name is the book's where none is given.
async fn set(door: &Door, file: &Path, name: Option<String>) -> Result<Value, Failure> {
    let format = format_of(file)?;
    let content = std::fs::read(file).map_err(|error| Failure::file(file, &error))?;
    let stem = file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let name = name.or(stem).unwrap_or_default();
    let address = Address::new("price-books/file")
        .with("name", Some(&name))
        .with("format", Some(&format));
    door.hand(Method::PUT, address, "text/plain", content).await
}

fn format_of(file: &Path) -> Result<String, Failure> {
    let extension = file
        .extension()
        .map(|kind| kind.to_string_lossy().to_lowercase());
    extension
        .filter(|kind| matches!(kind.as_str(), "csv" | "toml"))
        .ok_or_else(|| {
            let error = std::io::Error::new(
                std::io::ErrorKind::InvalidInput,
                "a price book is a .csv or a .toml file",
            );
            Failure::file(file, &error)
        })
}

async fn named(door: &Door, name: &str) -> Result<Value, Failure> {
    let all = door.get(Address::new("price-books")).await?;
    let wanted = name.to_lowercase();
    let mut books = rows(&all, "books").iter();
    let found = books.find(|book| text(&book["name"]).to_lowercase() == wanted);
    found.cloned().ok_or_else(|| {
        Failure::not_found(format!("There is no price book \"{name}\"."))
            .hint("`tally pricebook list` shows all.")
    })
}

/// A book as a request writes it.
fn as_written(book: &Value) -> Value {
    let mut entries = Vec::new();
    for entry in rows(book, "entries") {
        let mut entry = entry.clone();
        entry["scope"] = scope(&entry["scope"]).into();
        entries.push(entry);
    }
    json!({
        "name": book["name"], "note": book["note"], "currency": book["currency"], "entries": entries,
    })
}

/// `all`, or kind and number.
fn scope(scope: &Value) -> String {
    match scope["id"].as_i64() {
        None => text(&scope["kind"]),
        Some(id) => format!("{}:{id}", text(&scope["kind"])),
    }
}

fn said(door: &Door, answer: &Value, people: impl FnOnce(&Value)) {
    if door.json {
        crate::say::answer(answer);
    } else {
        people(answer);
    }
}

fn whose(book: &Value) -> String {
    let names: Vec<String> = rows(book, "used_for")
        .iter()
        .map(|who| text(&who["label"]))
        .collect();
    if names.is_empty() {
        "nobody yet".to_owned()
    } else {
        names.join(", ")
    }
}

fn say_books(answer: &Value) {
    let books = rows(answer, "books");
    if books.is_empty() {
        crate::say::note("There are no price books: everybody is charged what it costs.");
        return;
    }
    let mut table = Rows::new(&["name", ">version", ">entries", "for"]);
    for book in books {
        let entries = rows(book, "entries").len().to_string();
        table.row([
            text(&book["name"]),
            text(&book["version"]),
            entries,
            whose(book),
        ]);
    }
    table.say();
}

fn say_book(book: &Value) {
    crate::say::line(&format!(
        "{}, version {}, by {} at {}, for {}",
        text(&book["name"]),
        book["version"],
        text(&book["changed_by"]),
        text(&book["changed_at"]),
        whose(book)
    ));
    let mut table = Rows::new(&[">", "for", "service", "from", "to", "kind", "what"]);
    for (number, entry) in (1..).zip(rows(book, "entries")) {
        table.row([
            number.to_string(),
            text(&entry["scope"]["label"]),
            text(&entry["service"]),
            text(&entry["from"]),
            text(&entry["to"]),
            text(&entry["kind"]),
            what(entry, &text(&book["currency"])),
        ]);
    }
    table.say();
}

/// What an entry charges, in a few words.
fn what(entry: &Value, currency: &str) -> String {
    let mut parts = Vec::new();
    let mut add = |value: &Value, before: &str, behind: &str| {
        if !value.is_null() {
            parts.push(format!("{before}{}{behind}", text(value)));
        }
    };
    add(&entry["label"], "", "");
    add(&entry["percent"], "", " %");
    add(&entry["amount"], "", &format!(" {currency}"));
    add(&entry["unit"], "for each ", "");
    add(&entry["day"], "on ", "");
    if entry["kind"] == "credit" {
        let often = if entry["every"] == "month" {
            "every month"
        } else {
            "once"
        };
        let kept = if entry["rolls_over"] == true {
            "rolls over"
        } else {
            "lapses"
        };
        parts.push(format!("{often}, what is left {kept}"));
    }
    for tier in rows(entry, "tiers") {
        let up_to = match &tier["up_to"] {
            Value::Null => "above".to_owned(),
            up_to => format!("up to {}", text(up_to)),
        };
        parts.push(format!("{up_to}: {} %", text(&tier["percent"])));
    }
    parts.join(", ")
}

fn say_preview(answer: &Value, why: bool) {
    let recipients = rows(answer, "recipients");
    if recipients.is_empty() {
        crate::say::note("There is nothing to charge in this month.");
    }
    let totals = rows(answer, "totals");
    let all: Vec<&Value> = recipients.iter().chain(totals).collect();
    let column = |name: &str| amounts(&all.iter().map(|row| &row[name]).collect::<Vec<_>>());
    let figures = ["cost", "charged_now", "charged", "margin"].map(column);
    let mut table = Rows::new(&[
        "for",
        "book now",
        ">cost",
        ">charged now",
        ">charged",
        ">margin",
        "",
    ]);
    for (at, row) in all.iter().enumerate() {
        let label = match &row["for"]["label"] {
            Value::Null => "together".to_owned(),
            label => text(label),
        };
        let [cost, now, charged, margin] = figures.each_ref().map(|column| column[at].clone());
        let currency = text(&row["currency"]);
        table.row([
            label,
            text(&row["book_now"]),
            cost,
            now,
            charged,
            margin,
            currency,
        ]);
    }
    table.say();
    if why {
        for row in recipients {
            say_lines(row);
        }
    }
    for warning in rows(answer, "warnings") {
        crate::say::note(&text(warning));
    }
}

fn say_lines(row: &Value) {
    crate::say::line("");
    crate::say::line(&text(&row["for"]["label"]));
    let lines = rows(row, "lines");
    let column = |name: &str| amounts(&lines.iter().map(|line| &line[name]).collect::<Vec<_>>());
    let (cost, charged) = (column("cost"), column("charged"));
    let mut table = Rows::new(&["line", ">cost", ">charged", "why"]);
    for ((line, cost), charged) in lines.iter().zip(cost).zip(charged) {
        let what = match &line["text"] {
            Value::Null => format!("{} {}", text(&line["service"]), text(&line["resource"])),
            words => text(words),
        };
        table.row([what, cost, charged, text(&line["why"])]);
    }
    table.say();
}
