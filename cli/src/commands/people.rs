//! People, teams, and who owns what.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{AddRule, People, Rules, Teams};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

/// `tally people`.
pub async fn people(door: &Door, ask: People) -> Result<(), Failure> {
    match ask {
        People::Add { name, email } => {
            let person = door
                .post(
                    Address::new("people"),
                    json!({ "name": name, "email": email }),
                )
                .await?;
            said(door, &person, |person| {
                crate::say::line(&format!(
                    "{} is number {}.",
                    text(&person["name"]),
                    person["id"]
                ));
            });
        }
        People::List => {
            let answer = door.get(Address::new("people")).await?;
            said(door, &answer, |answer| {
                let mut table = Rows::new(&[">id", "name", "email"]);
                for person in rows(answer, "people") {
                    table.row([
                        text(&person["id"]),
                        text(&person["name"]),
                        text(&person["email"]),
                    ]);
                }
                table.say();
            });
        }
        People::Month {
            name,
            month,
            metric,
        } => {
            let person = door.named("people", &name).await?;
            let statement = statement(door, &person, &month, metric.word()).await?;
            said(door, &statement, say_statement);
        }
    }
    Ok(())
}

/// A person's month.
pub async fn statement(
    door: &Door,
    person: &Value,
    month: &str,
    metric: &str,
) -> Result<Value, Failure> {
    door.get(
        Address::new(&format!("people/{}/statement", person["id"]))
            .with("month", Some(month))
            .with("metric", Some(metric)),
    )
    .await
}

/// Prints a person's month: each service, the total, and the month before.
pub fn say_statement(statement: &Value) {
    crate::say::line(&format!(
        "{}, {}",
        text(&statement["person"]["name"]),
        text(&statement["month"])
    ));
    let results = rows(statement, "results");
    if results.is_empty() {
        crate::say::line("  nothing");
    }
    for result in results {
        let services = rows(result, "services");
        let column = |name: &str, total: &str| {
            let mut values: Vec<&Value> = services.iter().map(|service| &service[name]).collect();
            values.push(&result[total]);
            amounts(&values)
        };
        let now = column("amount", "total");
        let before = column("previous", "previous_total");
        let currency = text(&result["currency"]);
        let mut table = Rows::new(&["  service", &format!(">{currency}"), ">month before"]);
        let labels = services
            .iter()
            .map(|service| text(&service["service"]))
            .chain(["Total".to_owned()]);
        for ((label, now), before) in labels.zip(now).zip(before) {
            table.row([format!("  {label}"), now, before]);
        }
        table.say();
    }
}

/// `tally teams`.
pub async fn teams(door: &Door, ask: Teams) -> Result<(), Failure> {
    match ask {
        Teams::Add { name, client } => {
            let team = door
                .post(
                    Address::new("teams"),
                    json!({ "name": name, "client": client }),
                )
                .await?;
            said(door, &team, |team| {
                crate::say::line(&format!(
                    "{} is number {}.",
                    text(&team["name"]),
                    team["id"]
                ));
            });
        }
        Teams::List => {
            let answer = door.get(Address::new("teams")).await?;
            said(door, &answer, |answer| {
                let mut table = Rows::new(&[">id", "name", "members"]);
                for team in rows(answer, "teams") {
                    let members: Vec<String> = rows(team, "members")
                        .iter()
                        .map(|member| text(&member["name"]))
                        .collect();
                    table.row([text(&team["id"]), text(&team["name"]), members.join(", ")]);
                }
                table.say();
            });
        }
        Teams::Join {
            team,
            person,
            from,
            to,
        } => {
            let team = door.named("teams", &team).await?;
            let person = door.named("people", &person).await?;
            let answer = door
                .ask(
                    Method::PUT,
                    format!("/api/v1/teams/{}/members/{}", team["id"], person["id"]),
                    Some(json!({ "from": from, "to": to })),
                )
                .await?;
            said(door, &answer, |_| {
                crate::say::line(&format!(
                    "{} is in {}.",
                    text(&person["name"]),
                    text(&team["name"])
                ));
            });
        }
    }
    Ok(())
}

/// `tally rules`.
pub async fn rules(door: &Door, ask: Rules) -> Result<(), Failure> {
    match ask {
        Rules::Add(add) => add_rule(door, *add).await,
        Rules::List => {
            let answer = door.get(Address::new("rules")).await?;
            said(door, &answer, |answer| {
                let mut table = Rows::new(&[">id", "owner", "what", "from", "to"]);
                for rule in rows(answer, "rules") {
                    table.row([
                        text(&rule["id"]),
                        text(&rule["owner"]["label"]),
                        text(&rule["text"]),
                        text(&rule["from"]),
                        text(&rule["to"]),
                    ]);
                }
                table.say();
            });
            Ok(())
        }
        Rules::Delete { id } => {
            let answer = door
                .ask(Method::DELETE, format!("/api/v1/rules/{id}"), None)
                .await?;
            said(door, &answer, say_reallocated);
            Ok(())
        }
    }
}

async fn add_rule(door: &Door, add: AddRule) -> Result<(), Failure> {
    let AddRule {
        owner,
        resource,
        tag,
        account,
        service,
        region,
        from,
        to,
        note,
        dry_run,
    } = add;
    let mut matchers = Vec::new();
    if let Some(resource) = resource {
        matchers.push(json!({ "kind": "resource", "value": resource }));
    }
    if let Some(tag) = tag {
        let Some((key, value)) = tag.split_once('=') else {
            return Err(Failure::usage(format!(
                "\"{tag}\" is not a tag: KEY=VALUE is expected."
            )));
        };
        matchers.push(json!({ "kind": "tag", "key": key, "value": value }));
    }
    for (kind, value) in [
        ("account", account),
        ("service", service),
        ("region", region),
    ] {
        if let Some(value) = value {
            matchers.push(json!({ "kind": kind, "value": value }));
        }
    }
    let body = json!({
        "owner": owner, "matchers": matchers, "from": from, "to": to, "note": note,
    });
    let path = if dry_run { "rules/preview" } else { "rules" };
    let answer = door.post(Address::new(path), body).await?;
    said(door, &answer, |answer| {
        if dry_run {
            crate::say::line(&format!("It would own {} charges:", answer["charges"]));
            for amount in rows(answer, "amounts") {
                crate::say::line(&format!(
                    "  {} {}",
                    text(&amount["amount"]),
                    text(&amount["currency"])
                ));
            }
        } else {
            crate::say::line(&format!(
                "Rule {}: {} owns {}.",
                answer["id"],
                text(&answer["owner"]["label"]),
                text(&answer["text"])
            ));
            say_reallocated(answer);
        }
    });
    Ok(())
}

fn say_reallocated(answer: &Value) {
    let changed = &answer["reallocated"];
    let months: Vec<String> = rows(changed, "months").iter().map(text).collect();
    let within = if months.is_empty() {
        String::new()
    } else {
        format!(" ({})", months.join(", "))
    };
    crate::say::line(&format!(
        "{} charges changed hands{within}.",
        changed["charges"]
    ));
}

/// Prints `answer` as JSON, or as `people` does.
fn said(door: &Door, answer: &Value, people: impl FnOnce(&Value)) {
    if door.json {
        crate::say::answer(answer);
    } else {
        people(answer);
    }
}
