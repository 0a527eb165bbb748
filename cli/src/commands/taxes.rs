//! Tables of tax rates.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::Taxes;
use crate::door::{Address, Door, rows, segment};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally taxes`.
pub async fn taxes(door: &Door, ask: Taxes) -> Result<(), Failure> {
    match ask {
        Taxes::List => {
            let answer = door.get(Address::new("tax-tables")).await?;
            if door.json {
                crate::say::answer(&answer);
            } else {
                say_all(rows(&answer, "tables"));
            }
        }
        Taxes::Show { country } => {
            let table = door.get(address(&country)).await?;
            say_one(door, &table);
        }
        Taxes::Set {
            country,
            source,
            rates,
        } => {
            let rates = rates
                .iter()
                .map(|text| rate(text))
                .collect::<Result<Vec<_>, _>>()?;
            let body = json!({ "source": source, "rates": rates });
            let put = door.ask(Method::PUT, address(&country), Some(body));
            say_one(door, &put.await?);
        }
        Taxes::Rules { rules, none } => {
            let address = Address::new("tax-rules");
            let answer = if rules.is_empty() && !none {
                door.get(address).await?
            } else {
                let rules = rules.iter().map(|text| rule(text));
                let body = json!({ "rules": rules.collect::<Result<Vec<_>, _>>()? });
                door.ask(Method::PUT, address, Some(body)).await?
            };
            say_rules(door, &answer);
        }
        Taxes::Reset { country } => {
            door.ask(Method::DELETE, address(&country), None).await?;
            if door.json {
                crate::say::answer(&json!({ "reset": country }));
            } else {
                crate::say::line(&format!("{country}: the program's own rates count again."));
            }
        }
    }
    Ok(())
}

fn address(country: &str) -> Address {
    Address::new(&format!("tax-tables/{}", segment(country)))
}

/// Reads `[REGION/]CATEGORY=PERCENT[@FROM..TO]`.
fn rate(given: &str) -> Result<Value, Failure> {
    let refused = || {
        Failure::usage(format!(
            "\"{given}\" is no rate: [REGION/]CATEGORY=PERCENT[@FROM..TO] is expected, such as standard=19@2021-01-01.."
        ))
    };
    let (what, when) = match given.split_once('@') {
        None => (given, ".."),
        Some(parts) => parts,
    };
    let (kind, percent) = what.split_once('=').ok_or_else(refused)?;
    let (region, category) = match kind.rsplit_once('/') {
        None => (None, kind),
        Some((region, category)) => (Some(region), category),
    };
    let (from, to) = when.split_once("..").ok_or_else(refused)?;
    let day = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Ok(json!({
        "region": region, "category": category, "percent": percent,
        "from": day(from), "to": day(to),
    }))
}

/// Reads `service:PATTERN=CATEGORY[:REASON]`, or the same of a kind.
fn rule(given: &str) -> Result<Value, Failure> {
    let refused = || {
        Failure::usage(format!(
            "\"{given}\" is no rule: service:PATTERN=CATEGORY or kind:KIND=CATEGORY is expected, with :REASON \
             behind it for an exemption"
        ))
    };
    let (lines, how) = given.split_once('=').ok_or_else(refused)?;
    let (what, which) = lines.split_once(':').ok_or_else(refused)?;
    let (category, reason) = match how.split_once(':') {
        None => (how, None),
        Some((category, reason)) => (category, Some(reason)),
    };
    let of = |wanted: &str| (what == wanted).then_some(which);
    if of("service").or(of("kind")).is_none() {
        return Err(refused());
    }
    Ok(json!({
        "service": of("service"), "kind": of("kind"), "category": category, "reason": reason,
    }))
}

fn say_rules(door: &Door, answer: &Value) {
    if door.json {
        crate::say::answer(answer);
        return;
    }
    let rules = rows(answer, "rules");
    if rules.is_empty() {
        crate::say::note("There are no rules: all lines are taxed at the usual rate.");
        return;
    }
    let mut table = Rows::new(&["lines", "are taxed", "because"]);
    for rule in rules {
        let lines = match rule["service"].as_str() {
            Some(service) => format!("of the service {service}"),
            None => format!("of the kind {}", text(&rule["kind"]).replace('_', " ")),
        };
        table.row([lines, text(&rule["category"]), text(&rule["reason"])]);
    }
    table.say();
}

fn say_all(tables: &[Value]) {
    let mut table = Rows::new(&["country", ">latest", "since", "entered", "source"]);
    for row in tables {
        let latest = rows(row, "rates")
            .iter()
            .rfind(|rate| rate["category"] == "standard" && rate["region"].is_null());
        let told = |field: &str| latest.map_or_else(String::new, |rate| text(&rate[field]));
        let percent = match latest {
            Some(_) => format!("{} %", told("percent")),
            None => String::new(),
        };
        table.row([
            text(&row["country"]),
            percent,
            told("from"),
            if row["own"] == true { "by hand" } else { "" }.to_owned(),
            if row["own"] == true {
                text(&row["source"])
            } else {
                format!("the program, {}", text(&row["checked_on"]))
            },
        ]);
    }
    table.say();
}

fn say_one(door: &Door, answer: &Value) {
    if door.json {
        crate::say::answer(answer);
        return;
    }
    let mut table = Rows::new(&["region", "category", ">rate", "from", "to"]);
    for rate in rows(answer, "rates") {
        table.row([
            text(&rate["region"]),
            text(&rate["category"]),
            format!("{} %", text(&rate["percent"])),
            text(&rate["from"]),
            text(&rate["to"]),
        ]);
    }
    table.say();
    crate::say::note(&format!(
        "{}, written down on {}: {}.",
        text(&answer["country"]),
        text(&answer["checked_on"]),
        text(&answer["source"])
    ));
}
