//! Shared cost: how it is spread, and what everybody has then.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{NewSharing, Sharing, SharingMethod};
use crate::commands::costs::within;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

impl SharingMethod {
    const fn word(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Proportional => "proportional",
            Self::Fixed => "fixed",
        }
    }
}

/// `tally sharing`.
pub async fn sharing(door: &Door, ask: Sharing) -> Result<(), Failure> {
    match ask {
        Sharing::Add(rule) => {
            let rule = door.post(Address::new("sharing"), asked(rule)).await?;
            said(door, &rule, say_rule);
        }
        Sharing::Change { id, rule } => {
            let address = Address::new(&format!("sharing/{id}"));
            let rule = door.ask(Method::PUT, address, Some(asked(rule))).await?;
            said(door, &rule, say_rule);
        }
        Sharing::Preview {
            rule,
            replaces,
            month,
            metric,
        } => {
            let replaces = replaces.map(|id| id.to_string());
            let address = Address::new("sharing/preview")
                .with("replaces", replaces.as_deref())
                .with("month", Some(&month))
                .with("metric", Some(metric.word()));
            let answer = door.post(address, asked(rule)).await?;
            said(door, &answer, say_moves);
        }
        Sharing::List => {
            let answer = door.get(Address::new("sharing")).await?;
            said(door, &answer, |answer| {
                let rules = rows(answer, "rules");
                if rules.is_empty() {
                    crate::say::note("Nothing is shared.");
                }
                for rule in rules {
                    say_rule(rule);
                }
            });
        }
        Sharing::Delete { id } => {
            let address = format!("/api/v1/sharing/{id}");
            door.ask(Method::DELETE, address, None).await?;
            said(door, &json!({ "deleted": id }), |_| {
                crate::say::line(&format!("Rule {id} is gone; its pot is its owner's again."));
            });
        }
        Sharing::Costs { when, metric } => {
            let address = Address::new("sharing/costs").with("metric", Some(metric.word()));
            let answer = door.get(within(address, &when)).await?;
            said(door, &answer, say_costs);
        }
    }
    Ok(())
}

/// A rule as the program takes it.
fn asked(rule: NewSharing) -> Value {
    let NewSharing {
        pot,
        method,
        takers,
        onward,
        note,
    } = rule;
    let fixed = matches!(method, SharingMethod::Fixed);
    let takers: Vec<Value> = takers.iter().map(|text| taker(text, fixed)).collect();
    json!({
        "pot": pot, "method": method.word(), "takers": takers,
        "onward": onward.map(|text| taker(&text, fixed)), "note": note,
    })
}

fn said(door: &Door, answer: &Value, people: impl FnOnce(&Value)) {
    if door.json {
        crate::say::answer(answer);
    } else {
        people(answer);
    }
}

/// Who takes part; the share of a fixed one stands after the last "=".
fn taker(text: &str, fixed: bool) -> Value {
    match text.rsplit_once('=').filter(|_| fixed) {
        Some((owner, share)) => json!({ "owner": owner, "share": share }),
        None => json!({ "owner": text }),
    }
}

fn say_rule(rule: &Value) {
    let taker = |taker: &Value| match &taker["share"] {
        Value::Null => text(&taker["owner"]["label"]),
        share => format!("{} ({})", text(&taker["owner"]["label"]), text(share)),
    };
    let mut takers: Vec<String> = rows(rule, "takers").iter().map(taker).collect();
    if !rule["onward"].is_null() {
        takers.push(format!("on to {}", taker(&rule["onward"])));
    }
    crate::say::line(&format!(
        "{}. {} is shared {} over {}",
        rule["id"],
        text(&rule["pot"]["label"]),
        text(&rule["method"]),
        takers.join(", ")
    ));
}

fn say_moves(answer: &Value) {
    for result in rows(answer, "results") {
        let all = rows(result, "rows");
        let column = |name: &str| amounts(&all.iter().map(|row| &row[name]).collect::<Vec<_>>());
        let (before, after, moved) = (column("before"), column("after"), column("moved"));
        let currency = text(&result["currency"]);
        crate::say::line(&format!(
            "The pot holds {} {currency}{}.",
            text(&result["pot"]),
            fell_back(result)
        ));
        let mut table = Rows::new(&["owner", ">now", ">then", &format!(">{currency}")]);
        for (((row, before), after), moved) in all.iter().zip(before).zip(after).zip(moved) {
            table.row([text(&row["owner"]["label"]), before, after, moved]);
        }
        table.say();
    }
}

/// What is said of a pot that follows nothing.
fn fell_back(pot: &Value) -> &'static str {
    if pot["fell_back_to_even"] == true {
        ", evenly: nobody owns anything that it could follow"
    } else {
        ""
    }
}

fn say_costs(answer: &Value) {
    for result in rows(answer, "results") {
        let all = rows(result, "rows");
        let column = |name: &str| amounts(&all.iter().map(|row| &row[name]).collect::<Vec<_>>());
        let (direct, shared, total) = (column("direct"), column("shared"), column("total"));
        let currency = text(&result["currency"]);
        let mut table = Rows::new(&["owner", ">direct", ">shared", &format!(">{currency}")]);
        for (((row, direct), shared), total) in all.iter().zip(direct).zip(shared).zip(total) {
            table.row([text(&row["owner"]["label"]), direct, shared, total]);
        }
        table.say();
        for pot in rows(result, "pots") {
            crate::say::line(&format!(
                "{} {currency} of {} were shared{}.",
                text(&pot["amount"]),
                text(&pot["owner"]["label"]),
                fell_back(pot)
            ));
        }
    }
}
