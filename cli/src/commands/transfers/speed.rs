//! How fast transfers may be, and whose turn it is.

use http::Method;
use serde_json::{Value, json};

use super::super::tenants::{bytes_of, said};
use crate::arguments::TransferLimits;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// `tally transfers limits`: says what is set, after setting what is given.
pub async fn limits(door: &Door, ask: TransferLimits) -> Result<(), Failure> {
    let TransferLimits {
        usual,
        windows,
        zone,
    } = ask;
    let address = Address::new("transfer-limits");
    let mut now = door.get(address).await?;
    if usual.is_some() || zone.is_some() || !windows.is_empty() {
        if let Some(usual) = usual {
            now["usual"] = speed(&usual)?;
        }
        if let Some(zone) = zone {
            now["zone"] = json!(zone);
        }
        if !windows.is_empty() {
            let none = windows.iter().all(|window| window == "none");
            let read = windows.iter().filter(|_| !none).map(|text| window(text));
            now["windows"] = Value::Array(read.collect::<Result<_, _>>()?);
        }
        let address = Address::new("transfer-limits");
        now = door.ask(Method::PUT, address, Some(now)).await?;
    }
    said(door, &now, |now| {
        let mut table = Rows::new(&["when", ">bytes a second"]);
        for window in rows(now, "windows") {
            let days = rows(window, "days").iter().map(text).collect::<Vec<_>>();
            let days = match days.is_empty() {
                true => "every day".to_owned(),
                false => days.join(", "),
            };
            let when = format!(
                "{days}, {} to {}",
                text(&window["from"]),
                text(&window["to"])
            );
            table.row([when, shown(&window["limit"])]);
        }
        table.row(["otherwise".to_owned(), shown(&now["usual"])]);
        table.say();
        crate::say::line(&format!("Times are of {}.", text(&now["zone"])));
    });
    Ok(())
}

fn shown(limit: &Value) -> String {
    match limit.as_u64() {
        None => "as fast as the line".to_owned(),
        Some(limit) => limit.to_string(),
    }
}

/// `2MB`, or `none`.
pub fn speed(text: &str) -> Result<Value, Failure> {
    match text {
        "none" => Ok(Value::Null),
        text => Ok(json!(bytes_of(text)?)),
    }
}

/// `mon-fri 08:00-18:00 1MB`; without days it is every day.
fn window(text: &str) -> Result<Value, Failure> {
    let refused = || {
        Failure::usage(format!(
            "\"{text}\" is no window: \"mon-fri 08:00-18:00 1MB\" or \"22:00-06:00 none\" is expected."
        ))
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let (days, times, limit) = match words.as_slice() {
        [times, limit] => (Vec::new(), times, limit),
        [days, times, limit] => (days_of(days).ok_or_else(refused)?, times, limit),
        _ => return Err(refused()),
    };
    let (from, to) = times.split_once('-').ok_or_else(refused)?;
    Ok(json!({ "days": days, "from": from, "to": to, "limit": speed(limit)? }))
}

/// `mon,wed` or `fri-mon`.
fn days_of(text: &str) -> Option<Vec<&'static str>> {
    let place = |word: &str| {
        let word = word.to_ascii_lowercase();
        DAYS.iter()
            .position(|day| word.len() >= 2 && day.starts_with(&word))
    };
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (place(first)?, place(last)?);
        let length = (last + DAYS.len() - first) % DAYS.len() + 1;
        days.extend(DAYS.iter().cycle().skip(first).take(length));
    }
    Some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_read_with_days_in_a_row_and_one_by_one_and_over_the_week_end() {
        let read = window("mon-wed,fri 08:00-18:00 1MB").ok();
        assert_eq!(
            read,
            Some(json!({
                "days": ["monday", "tuesday", "wednesday", "friday"],
                "from": "08:00", "to": "18:00", "limit": 1_000_000,
            }))
        );
        assert_eq!(
            days_of("sat-mon"),
            Some(vec!["saturday", "sunday", "monday"])
        );
        let night = window("22:00-06:00 none").ok();
        assert_eq!(night.map(|night| night["limit"].clone()), Some(Value::Null));
        for wrong in [
            "",
            "8-18",
            "someday 08:00-18:00 1MB",
            "mon 08:00 1MB",
            "mon 08:00-18:00 fast",
        ] {
            assert!(window(wrong).is_err(), "{wrong}");
        }
    }
}
