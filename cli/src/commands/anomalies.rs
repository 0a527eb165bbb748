//! What is unusual.

use serde_json::{Value, json};

use super::costs::narrowed;
use crate::arguments::Anomalies;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

/// `tally anomalies`.
pub async fn anomalies(door: &Door, ask: Anomalies) -> Result<(), Failure> {
    let Anomalies {
        month,
        from,
        to,
        feedback,
        note,
        filters,
    } = ask;
    if let Some([id, verdict]) = feedback.as_deref() {
        return judge(door, id, verdict, &note).await;
    }
    let address = Address::new("anomalies")
        .with("month", month.as_deref())
        .with("from", from.as_deref())
        .with("to", to.as_deref());
    let answer = door.get(narrowed(address, &filters)).await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let found = rows(&answer, "anomalies");
    if found.is_empty() {
        crate::say::line("Nothing unusual.");
        return Ok(());
    }
    table(found);
    for anomaly in found {
        crate::say::line("");
        causes(anomaly);
    }
    Ok(())
}

async fn judge(door: &Door, id: &str, verdict: &str, note: &str) -> Result<(), Failure> {
    let id: i64 = id
        .parse()
        .map_err(|_| Failure::usage(format!("\"{id}\" is not the number of an anomaly.")))?;
    let verdict = (verdict != "none").then_some(verdict);
    let judged = door
        .post(
            format!("/api/v1/anomalies/{id}/feedback"),
            json!({ "verdict": verdict, "note": note }),
        )
        .await?;
    if door.json {
        crate::say::answer(&judged);
    } else {
        let said = match text(&judged["feedback"]).as_str() {
            "" => "nothing is said of it any more".to_owned(),
            said => said.to_owned(),
        };
        crate::say::line(&format!("{}: {said}.", text(&judged["label"])));
    }
    Ok(())
}

fn table(found: &[Value]) {
    let impacts = amounts(&found.iter().map(|one| &one["impact"]).collect::<Vec<_>>());
    let mut table = Rows::new(&[
        ">id", "from", "to", "kind", ">impact", "", ">percent", "account", "what", "",
    ]);
    for (anomaly, impact) in found.iter().zip(impacts) {
        let account = match text(&anomaly["account"]["name"]).as_str() {
            "" => text(&anomaly["account"]["id"]),
            name => name.to_owned(),
        };
        let percent = match &anomaly["percent"] {
            Value::Null => String::new(),
            percent => format!("{percent} %"),
        };
        table.row([
            text(&anomaly["id"]),
            text(&anomaly["from"]),
            text(&anomaly["to"]),
            text(&anomaly["kind"]).replace('_', " "),
            impact,
            text(&anomaly["currency"]),
            percent,
            account,
            text(&anomaly["label"]),
            text(&anomaly["feedback"]),
        ]);
    }
    table.say();
}

/// What moved: the dimensions that tell more than the row above does.
fn causes(anomaly: &Value) {
    crate::say::line(&format!(
        "{}: {} {} where {} was expected.",
        text(&anomaly["label"]),
        text(&anomaly["actual"]),
        text(&anomaly["currency"]),
        text(&anomaly["expected"]),
    ));
    for cause in rows(anomaly, "causes") {
        let dimension = text(&cause["dimension"]);
        if ["service", "account"].contains(&dimension.as_str()) {
            continue;
        }
        crate::say::line(&format!(
            "  {} {}: {} ({} %)",
            dimension.replace('_', " "),
            text(&cause["label"]),
            text(&cause["amount"]),
            text(&cause["share"]),
        ));
    }
}
