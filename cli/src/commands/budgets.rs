//! Budgets: how they stand, and how they are set.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{Budgets, SetBudget};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, rounded, text};

/// `tally budgets`.
pub async fn budgets(door: &Door, ask: Budgets) -> Result<(), Failure> {
    match ask {
        Budgets::Set(ask) => set(door, *ask).await,
        Budgets::List {
            month,
            archived,
            search,
            only,
            order,
            page,
        } => {
            let page = page.map(|page| page.to_string());
            let answer = door
                .get(
                    Address::new("budgets")
                        .with("month", month.as_deref())
                        .with("include", archived.then_some("archived"))
                        .with("search", search.as_deref())
                        .with("only", only.as_deref())
                        .with("order", order.as_deref())
                        .with("page", page.as_deref()),
                )
                .await?;
            told(door, &answer, say_budgets);
            Ok(())
        }
        Budgets::Check => {
            let answer = door.post(Address::new("budgets/check"), json!({})).await?;
            told(door, &answer, |answer| {
                crate::say::line(&format!(
                    "{} budgets evaluated, {} forecasts renewed.",
                    answer["evaluated"], answer["forecasts"]
                ));
                for alert in rows(answer, "raised") {
                    crate::say::line(&format!("  {}", text(&alert["title"])));
                }
            });
            Ok(())
        }
        Budgets::Suggest {
            scope,
            period,
            currency,
            metric,
        } => {
            let scope = scope_of(&scope)?;
            let part = |name: &str| scope[name].as_str().map(str::to_owned);
            let answer = door
                .get(
                    Address::new("budgets/suggestion")
                        .with("scope", part("kind").as_deref())
                        .with("id", part("id").as_deref())
                        .with("key", part("key").as_deref())
                        .with("value", part("value").as_deref())
                        .with("period", Some(&period))
                        .with("currency", currency.as_deref())
                        .with("metric", Some(metric.word())),
                )
                .await?;
            told(door, &answer, say_suggestion);
            Ok(())
        }
        Budgets::Archive { name } => {
            let id = find(door, &name).await?;
            let path = format!("/api/v1/budgets/{id}");
            let answer = door.ask(Method::DELETE, path, None).await?;
            told(door, &answer, |_| {
                crate::say::line(&format!("{name} is archived."));
            });
            Ok(())
        }
        Budgets::Restore { name } => {
            let id = find(door, &name).await?;
            let answer = door
                .post(format!("/api/v1/budgets/{id}/restore"), json!({}))
                .await?;
            told(door, &answer, say_budget);
            Ok(())
        }
        Budgets::Mute { name, until } => {
            let id = find(door, &name).await?;
            let answer = door
                .post(
                    format!("/api/v1/budgets/{id}/mute"),
                    json!({ "until": until }),
                )
                .await?;
            told(door, &answer, say_budget);
            Ok(())
        }
        Budgets::ImportAws {
            connection,
            dry_run,
        } => import(door, connection, dry_run).await,
    }
}

async fn set(door: &Door, ask: SetBudget) -> Result<(), Failure> {
    let parent = match &ask.parent {
        Some(name) => Some(find(door, name).await?),
        None => None,
    };
    let mut thresholds = Vec::new();
    for (points, on) in [(&ask.at, "actual"), (&ask.forecast, "forecast")] {
        for point in points {
            thresholds.push(threshold(point, on)?);
        }
    }
    let body = json!({
        "name": ask.name, "scope": scope_of(&ask.scope)?, "period": ask.period,
        "currency": ask.currency, "amount": ask.amount, "plan": ask.plan, "starts": ask.starts,
        "metric": ask.metric.word(), "credits": ask.credits, "tax": ask.tax, "parent": parent,
        "thresholds": thresholds, "channels": ask.channel, "note": ask.note,
    });
    // A name that is a number names no other budget here.
    let same_name = |budget: &Value| {
        let known = text(&budget["name"]).to_lowercase();
        known == ask.name.trim().to_lowercase()
    };
    let answer = match existing(door, &ask.name).await?.filter(same_name) {
        Some(budget) => {
            let path = format!("/api/v1/budgets/{}", budget["id"]);
            door.ask(Method::PUT, path, Some(body)).await?
        }
        None => door.post(Address::new("budgets"), body).await?,
    };
    told(door, &answer, say_budget);
    Ok(())
}

async fn import(door: &Door, connection: i64, dry_run: bool) -> Result<(), Failure> {
    let answer = door
        .post(
            Address::new("budgets/aws"),
            json!({ "connection": connection, "dry_run": dry_run }),
        )
        .await?;
    told(door, &answer, |answer| {
        let found = rows(answer, "found");
        let mut table = Rows::new(&["budget", "scope", "period", ">amount", "currency", ""]);
        for budget in found {
            table.row([
                text(&budget["name"]),
                text(&budget["scope"]),
                text(&budget["period"]),
                text(&budget["amount"]),
                text(&budget["currency"]),
                text(&budget["note"]),
            ]);
        }
        if !found.is_empty() {
            table.say();
        }
        for left in rows(answer, "unsupported") {
            crate::say::line(&format!(
                "{} cannot be taken over: {}",
                text(&left["name"]),
                text(&left["reason"])
            ));
        }
        crate::say::line(&format!("{} taken over.", answer["imported"]));
    });
    Ok(())
}

/// The budget of that name or number; one that is archived only if no other is called so.
async fn existing(door: &Door, name: &str) -> Result<Option<Value>, Failure> {
    let address = Address::new("budgets")
        .with("include", Some("archived"))
        .with("named", Some(name));
    let found = door.get(address).await?;
    Ok(rows(&found, "budgets").first().cloned())
}

/// The number of the budget of that name.
///
/// # Errors
/// There is none.
pub async fn find(door: &Door, name: &str) -> Result<i64, Failure> {
    let found = existing(door, name).await?;
    found
        .and_then(|budget| budget["id"].as_i64())
        .ok_or_else(|| {
            Failure::not_found(format!("There is no budget called \"{name}\"."))
                .hint("`tally budgets list --archived` shows all.")
        })
}

/// `person:NAME`, `tag:KEY=VALUE`, `all`, … as the program takes it.
fn scope_of(text: &str) -> Result<Value, Failure> {
    let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
    let wrong = || {
        Failure::usage(format!(
            "\"{text}\" is not a scope: person:NAME, team:NAME, client:NAME, tenant:NAME, \
             tag:KEY=VALUE, service:NAME or all is expected."
        ))
    };
    Ok(match (kind, rest) {
        ("all", "") => json!({ "kind": kind }),
        ("person" | "team" | "client" | "tenant", name) if !name.is_empty() => {
            json!({ "kind": kind, "id": name })
        }
        ("service", name) if !name.is_empty() => json!({ "kind": kind, "value": name }),
        ("tag", tag) => {
            let (key, value) = tag.split_once('=').ok_or_else(wrong)?;
            json!({ "kind": kind, "key": key, "value": value })
        }
        _ => return Err(wrong()),
    })
}

/// `80%` or `500.00`.
fn threshold(point: &str, on: &str) -> Result<Value, Failure> {
    match point.strip_suffix('%') {
        None => Ok(json!({ "amount": point, "on": on })),
        Some(percent) => {
            let percent: u16 = percent.trim().parse().map_err(|_| {
                Failure::usage(format!(
                    "\"{point}\" is not a whole percentage such as 80%."
                ))
            })?;
            Ok(json!({ "percent": percent, "on": on }))
        }
    }
}

fn say_budgets(answer: &Value) {
    let budgets = rows(answer, "budgets");
    if budgets.is_empty() {
        crate::say::line(if answer["all"] == 0 {
            "There are no budgets here: tally budgets set NAME --amount 1000 --at 80%"
        } else {
            "There are none of these."
        });
        return;
    }
    if let Some(day) = answer["as_of_day"].as_str() {
        crate::say::line(&format!("Charges are known up to {day}."));
    }
    let column = |of: &dyn Fn(&Value) -> Value| {
        let values: Vec<Value> = budgets.iter().map(of).collect();
        amounts(&values.iter().collect::<Vec<_>>())
    };
    let actual = column(&|budget| budget["now"]["actual"].clone());
    let limit = column(&|budget| budget["now"]["limit"].clone());
    let expected: Vec<String> = budgets
        .iter()
        .flat_map(|budget| {
            let expected = &budget["now"]["forecast"]["expected"];
            rounded(&[expected], &text(&budget["currency"]))
        })
        .collect();
    let together = column(&|budget| budget["parts"]["together"].clone());
    let rest = column(&|budget| budget["parts"]["rest"].clone());
    let has_parts = budgets.iter().any(|budget| !budget["parts"].is_null());
    let mut heads = vec![
        ">id", "budget", "about", "period", ">spent", ">limit", ">used",
    ];
    if has_parts {
        heads.extend([">in its parts", ">in none"]);
    }
    heads.extend([">expected", "", "state"]);
    let mut table = Rows::new(&heads);
    for (at, budget) in budgets.iter().enumerate() {
        let depth = usize::try_from(budget["depth"].as_u64().unwrap_or(0)).unwrap_or(0);
        let now = &budget["now"];
        let used = now["used_percent"].as_str();
        let state = match (budget["archived"].as_bool(), now["quarantined"].as_bool()) {
            (Some(true), _) => "archived".to_owned(),
            (_, Some(true)) => format!("{}, in quarantine", text(&now["state"])),
            _ => text(&now["state"]).replace('_', " "),
        };
        let mut cells = vec![
            text(&budget["id"]),
            format!("{}{}", "  ".repeat(depth), text(&budget["name"])),
            text(&budget["scope"]["label"]),
            text(&budget["period"]),
            actual[at].clone(),
            limit[at].clone(),
            used.map_or_else(String::new, |used| format!("{used} %")),
        ];
        if has_parts {
            cells.extend([together[at].clone(), rest[at].clone()]);
        }
        cells.extend([expected[at].clone(), text(&budget["currency"]), state]);
        table.row(cells);
    }
    table.say();
    let shown = budgets.len();
    if answer["total"].as_u64() != u64::try_from(shown).ok() {
        crate::say::note(&format!(
            "{shown} of {}: --page, --search.",
            answer["total"]
        ));
    }
}

fn say_budget(budget: &Value) {
    let now = &budget["now"];
    crate::say::line(&format!(
        "{} is number {}: {} of {} {} from {} to {}, {}.",
        text(&budget["name"]),
        budget["id"],
        text(&now["actual"]),
        text(&now["limit"]),
        text(&budget["currency"]),
        text(&now["from"]),
        text(&now["to"]),
        text(&now["state"]).replace('_', " ")
    ));
}

fn say_suggestion(answer: &Value) {
    let periods = rows(answer, "periods");
    let values: Vec<&Value> = periods.iter().map(|period| &period["amount"]).collect();
    let mut table = Rows::new(&["from", "to", &format!(">{}", text(&answer["currency"]))]);
    for (period, amount) in periods.iter().zip(amounts(&values)) {
        table.row([text(&period["from"]), text(&period["to"]), amount]);
    }
    if !periods.is_empty() {
        table.say();
    }
    crate::say::line(&text(&answer["text"]));
}

fn told(door: &Door, answer: &Value, say: impl FnOnce(&Value)) {
    if door.json {
        crate::say::answer(answer);
    } else {
        say(answer);
    }
}
