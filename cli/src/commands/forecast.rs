use serde_json::Value;

use crate::arguments::Forecast;
use crate::commands::costs::narrowed;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, rounded, text};

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
        .with("by", by.as_deref());
    let address = narrowed(address, &filters);
    let address = match what.split_once(':') {
        Some(("budget", name)) => {
            let budgets = door.get(Address::new("budgets")).await?;
            of_budget(address, &budgets, name)?
        }
        _ => about(address.with("metric", Some(metric.word())), &what)?,
    };
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
            "\"{what}\" cannot be forecast: all, or one of {} budget: and a name, such as person:Ada.",
            SCOPES.map(|kind| format!("{kind}:")).join(" ")
        ))),
    }
}

/// Narrows the question to what a budget counts.
fn of_budget(address: Address, budgets: &Value, name: &str) -> Result<Address, Failure> {
    let budgets = rows(budgets, "budgets");
    let named = |budget: &&Value| text(&budget["name"]).to_lowercase() == name.to_lowercase();
    let Some(budget) = budgets.iter().find(named) else {
        let names: Vec<String> = budgets.iter().map(|budget| text(&budget["name"])).collect();
        return Err(Failure::usage(format!(
            "There is no budget \"{name}\"; there are: {}.",
            names.join(", ")
        )));
    };
    let scope = &budget["scope"];
    let kind = text(&scope["kind"]);
    let (key, value) = (text(&scope["key"]), text(&scope["value"]));
    let (filter, named) = match kind.as_str() {
        "all" => ("all", String::new()),
        "person" => ("person", text(&scope["id"])),
        "team" => ("team", text(&scope["id"])),
        "client" => ("client", text(&scope["id"])),
        "tag" => ("tag", format!("{key}={value}")),
        "service" => ("service", value),
        _ => {
            return Err(Failure::usage(format!(
                "A budget of a {kind} cannot be forecast here."
            )));
        }
    };
    let metric = text(&budget["metric"]);
    let mut address = address.with("metric", Some(&metric));
    if filter != "all" {
        address = address.with(filter, Some(&named));
    }
    let counted = [
        ("Usage", true),
        ("Purchase", true),
        ("Adjustment", true),
        ("Credit", budget["credits"] == Value::Bool(true)),
        ("Tax", budget["tax"] == Value::Bool(true)),
    ];
    let categories = counted.iter().filter(|(_, counts)| *counts);
    let categories: Vec<String> = categories.map(|(name, _)| (*name).to_owned()).collect();
    Ok(address.each("category", &categories))
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
            let cells = rounded(&keys.map(|key| &month[key]), &currency);
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
        cells.extend(rounded(&figures, &currency));
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
            "{} (error {} of saying last week's, {} % of days in its 80 % band)",
            text(&row["method"]),
            text(&backtest["mase"]),
            text(&backtest["coverage80"])
        ),
    }
}
