//! The European Central Bank's euro reference rates: `eurofxref.csv` and `eurofxref-hist.csv`, and
//! `eurofxref-daily.xml` and its histories. One euro is so many units of each currency.

use jiff::civil::Date;
use jiff::fmt::strtime;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use tallyport_ledger::{Currency, Quote};

/// What the rates are kept as.
const SOURCE: &str = "ECB";

/// Reads a file of either kind.
///
/// # Errors
/// A sentence that says what could not be read, and where.
pub(super) fn read(file: &[u8]) -> Result<Vec<Quote>, String> {
    if file.starts_with(b"PK") {
        return Err("this is a ZIP archive: unpack it and import the file in it".to_owned());
    }
    let text = std::str::from_utf8(file).map_err(|_| "this is no text in UTF-8".to_owned())?;
    let text = text.trim_start_matches('\u{feff}');
    let euro: Currency = "EUR".parse().map_err(|_| "EUR".to_owned())?;
    let quotes = if text.trim_start().starts_with('<') {
        xml(text, euro)?
    } else {
        csv(text, euro)?
    };
    if quotes.is_empty() {
        return Err("there are no rates in this file".to_owned());
    }
    Ok(quotes)
}

fn csv(text: &str, euro: Currency) -> Result<Vec<Quote>, String> {
    let mut lines = text.lines().enumerate();
    let header = lines.next().map_or("", |(_, line)| line);
    let mut names = header.split(',').map(str::trim);
    if names.next() != Some("Date") {
        return Err(
            "this is no file of the European Central Bank's reference rates: line 1 should begin with Date, then name currencies"
                .to_owned(),
        );
    }
    let currencies: Vec<&str> = names.collect();
    let mut quotes = Vec::new();
    for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let mut cells = line.split(',').map(str::trim);
        let first = cells.next().unwrap_or("");
        let day = day(first).ok_or_else(|| {
            format!(
                "line {}, column Date: \"{}\" is no day",
                at + 1,
                shown(first)
            )
        })?;
        for (name, cell) in currencies.iter().zip(cells) {
            // The bank writes N/A for days before a currency was quoted, and a comma at the end of lines.
            if matches!(cell, "" | "N/A") || name.is_empty() {
                continue;
            }
            let quote = name
                .parse::<Currency>()
                .map_err(|error| error.to_string())
                .and_then(|currency| {
                    Quote::parse((euro, currency), cell, day, SOURCE)
                        .map_err(|error| error.to_string())
                })
                .map_err(|error| format!("line {}, column {}: {error}", at + 1, shown(name)))?;
            quotes.push(quote);
        }
    }
    Ok(quotes)
}

fn xml(text: &str, euro: Currency) -> Result<Vec<Quote>, String> {
    let mut reader = Reader::from_str(text);
    let mut quotes = Vec::new();
    let mut day_of_cube = None;
    let mut is_theirs = false;
    loop {
        let place = reader.buffer_position();
        let line = |place: u64| {
            let before = usize::try_from(place).unwrap_or(usize::MAX).min(text.len());
            text.as_bytes()[..before]
                .iter()
                .filter(|b| **b == b'\n')
                .count()
                + 1
        };
        let event = reader
            .read_event()
            .map_err(|error| format!("line {}: {error}", line(place)))?;
        let element = match event {
            Event::Start(element) | Event::Empty(element) => element,
            Event::DocType(_) => return Err("a file of rates has no document type".to_owned()),
            Event::Eof => break,
            _ => continue,
        };
        if element.local_name().as_ref() != "Cube" {
            continue;
        }
        is_theirs = true;
        let wrong = |error: String| format!("line {}: {error}", line(place));
        if let Some(time) = attribute(&element, "time").map_err(wrong)? {
            let found = day(&time).ok_or_else(|| wrong(format!("\"{}\" is no day", shown(&time))));
            day_of_cube = Some(found?);
        }
        let code = attribute(&element, "currency").map_err(wrong)?;
        let rate = attribute(&element, "rate").map_err(wrong)?;
        let (Some(code), Some(rate)) = (code, rate) else {
            continue;
        };
        let day = day_of_cube.ok_or_else(|| wrong("a rate stands before its day".to_owned()))?;
        let currency = code.parse::<Currency>();
        let currency = currency.map_err(|error| wrong(error.to_string()))?;
        let quote = Quote::parse((euro, currency), &rate, day, SOURCE);
        quotes.push(quote.map_err(|error| wrong(format!("{currency}: {error}")))?);
    }
    if !is_theirs {
        return Err(
            "this is no file of the European Central Bank's reference rates: it has no element Cube"
                .to_owned(),
        );
    }
    Ok(quotes)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    let found = element
        .try_get_attribute(name)
        .map_err(|error| error.to_string())?;
    Ok(found.map(|attribute| attribute.value.into_owned()))
}

/// A day as the bank's files write it: `2024-09-30`, or `30 September 2024` in the CSV of one day.
fn day(text: &str) -> Option<Date> {
    text.parse()
        .ok()
        .or_else(|| strtime::parse("%d %B %Y", text).ok()?.to_date().ok())
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
