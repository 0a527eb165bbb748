use serde_json::Value;

use crate::arguments::Periods;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

/// `tally periods`.
pub async fn periods(
    door: &Door,
    client: Option<String>,
    all: bool,
    what: Option<Periods>,
) -> Result<(), Failure> {
    match what {
        None => list(door, client, all).await,
        Some(Periods::Diff {
            before,
            after,
            by,
            metric,
        }) => {
            let address = Address::new("periods/diff")
                .with("from", Some(&before.to_string()))
                .with("to", Some(&after.to_string()))
                .with("by", Some(&by))
                .with("metric", Some(metric.word()));
            let answer = door.get(address).await?;
            if door.json {
                crate::say::answer(&answer);
            } else {
                diff(&answer, &by);
            }
            Ok(())
        }
    }
}

async fn list(door: &Door, client: Option<String>, all: bool) -> Result<(), Failure> {
    let answer = door
        .get(Address::new("periods").with("client", client.as_deref()))
        .await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let columns = [
        "",
        "client",
        "billing account",
        "period",
        "source",
        "status",
        ">version",
        ">charges",
        ">billed",
        "",
        "loaded",
        "file",
    ];
    let mut table = Rows::new(&columns);
    let shown: Vec<(&Value, &Value)> = rows(&answer, "periods")
        .iter()
        .filter(|period| all || period["current"] != false)
        .flat_map(|period| {
            rows(period, "totals")
                .iter()
                .map(move |total| (period, total))
        })
        .collect();
    let billed = amounts(
        &shown
            .iter()
            .map(|(_, total)| &total["billed"])
            .collect::<Vec<_>>(),
    );
    for ((period, total), billed) in shown.into_iter().zip(billed) {
        table.row([
            number(period),
            text(&period["client"]),
            text(&period["billing_account"]),
            text(&period["period"]),
            text(&period["source"]),
            text(&period["status"]),
            text(&period["version"]),
            text(&period["charges"]),
            billed,
            text(&total["currency"]),
            day(period),
            text(&period["file"]),
        ]);
    }
    table.say();
    Ok(())
}

/// What a person writes to name a version.
fn number(period: &Value) -> String {
    format!("#{}", text(&period["id"]))
}

/// The day it was loaded on, in UTC.
fn day(period: &Value) -> String {
    text(&period["loaded_at"]).chars().take(10).collect()
}

fn diff(answer: &Value, by: &str) {
    let (from, to) = (&answer["from"], &answer["to"]);
    crate::say::line(&format!(
        "{} {}: {} {} of {} to {} {} of {}, {} cost",
        text(&to["billing_account"]),
        text(&to["period"]),
        number(from),
        text(&from["source"]),
        day(from),
        number(to),
        text(&to["source"]),
        day(to),
        text(&answer["metric"]),
    ));
    let charges = &answer["charges"];
    let counted = match charges["compared"].as_str() {
        Some("daily_sums") => "Sums by day, account, service and category",
        _ => "Charges",
    };
    crate::say::line(&format!(
        "{counted}: {} the same, {} changed, {} added, {} removed",
        charges["same"], charges["changed"], charges["added"], charges["removed"],
    ));
    for result in rows(answer, "results") {
        let currency = text(&result["currency"]);
        let found = rows(result, "rows");
        let all: Vec<&Value> = found.iter().chain([result]).collect();
        let column = |name: &str| amounts(&all.iter().map(|row| &row[name]).collect::<Vec<_>>());
        let (before, after, change) = (column("before"), column("after"), column("change"));
        let labels = found.iter().map(|row| text(&row["label"]));
        let mut table = Rows::new(&[by, ">before", ">after", &format!(">change in {currency}")]);
        let figures = before.into_iter().zip(after).zip(change);
        for (label, ((before, after), change)) in labels.chain(["Total".to_owned()]).zip(figures) {
            table.row([label, before, after, change]);
        }
        table.say();
    }
}
