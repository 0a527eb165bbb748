use serde_json::Value;

use crate::arguments::Forecast;
use crate::commands::costs::narrowed;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

/// What `--for` can name beside all and budgets; each is a filter of the same name.
const SCOPES: [&str; 9] = [
    "person", "team", "client", "provider", "service", "account", "region", "tag", "resource",
];

/// `tally forecast`.
pub async fn forecast(door: &Door, ask: Forecast) -> Result<(), Failure> {
    let Forecast {
        what,
        months,
        by,
        metric,
        filters,
    } = ask;
    let address = Address::new("forecast")
        .with("months", Some(&months.to_string()))
        .with("by", by.as_deref())
        .with("metric", Some(metric.word()));
    let address = about(narrowed(address, &filters), &what)?;
    let answer = door.get(address).await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let results = rows(&answer, "results");
    if results.is_empty() {
        crate::say::note("No charges there to forecast from.");
    }
    for (index, result) in results.iter().enumerate() {
        if index > 0 {
            crate::say::line("");
        }
        table(result, by.as_deref().unwrap_or("month"));
    }
    Ok(())
}

/// Narrows the question to what `--for` names.
fn about(address: Address, what: &str) -> Result<Address, Failure> {
    if what == "all" {
        return Ok(address);
    }
    let known = what
        .split_once(':')
        .filter(|(kind, name)| SCOPES.contains(kind) && !name.is_empty());
    match known {
        Some((kind, name)) => Ok(address.with(kind, Some(name))),
        None => Err(Failure::usage(format!(
            "\"{what}\" cannot be forecast: all, or one of {} and a name, such as person:Ada.",
            SCOPES.map(|kind| format!("{kind}:")).join(" ")
        ))),
    }
}

fn table(result: &Value, by: &str) {
    let currency = text(&result["currency"]);
    let total = &result["total"];
    let months = rows(total, "months");
    crate::say::line(&format!("Expected in {currency}: {}", how(total)));
    let found = rows(result, "rows");
    if found.is_empty() {
        let mut table = Rows::new(&[
            by,
            ">so far",
            ">expected",
            ">80 % from",
            ">to",
            ">95 % from",
            ">to",
        ]);
        for month in months {
            let keys = ["actual", "expected", "low80", "high80", "low95", "high95"];
            let cells = amounts(&keys.map(|key| &month[key]));
            table.row([text(&month["month"])].into_iter().chain(cells));
        }
        table.say();
        return;
    }
    let names: Vec<String> = months.iter().map(|month| text(&month["month"])).collect();
    let mut columns = vec![by.to_owned(), ">so far".to_owned()];
    columns.extend(names.iter().map(|name| format!(">{name}")));
    columns.push("how".to_owned());
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table = Rows::new(&columns);
    for row in found.iter().chain([total]) {
        let mut figures = vec![&row["so_far"]];
        figures.extend(rows(row, "months").iter().map(|month| &month["expected"]));
        let mut cells = vec![text(&row["label"])];
        cells.extend(amounts(&figures));
        cells.push(how(row));
        table.row(cells);
    }
    table.say();
}

/// By which method, and how far off that was; or why not at all.
fn how(row: &Value) -> String {
    match &row["backtest"] {
        Value::Null => match &row["reason"] {
            Value::Null => text(&row["method"]),
            reason => format!("none: {}", text(reason)),
        },
        backtest => format!(
            "{} (error {} of last week's, {} % of days in its 80 % band)",
            text(&row["method"]),
            text(&backtest["mase"]),
            text(&backtest["coverage80"])
        ),
    }
}
