use serde_json::{Value, json};

use crate::arguments::{Costs, Filters, Metric, When};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, amounts, text};

impl Metric {
    /// Its word in the programming interface.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Billed => "billed",
            Self::Effective => "effective",
        }
    }
}

/// `tally costs`.
pub async fn costs(door: &Door, ask: Costs) -> Result<(), Failure> {
    let Costs {
        when,
        by,
        metric,
        as_of,
        filters,
    } = ask;
    let address = Address::new("costs")
        .with("by", Some(&by))
        .with("metric", Some(metric.word()))
        .with("as_of", as_of.as_deref());
    let answer = door.get(narrowed(within(address, &when), &filters)).await?;
    if door.json {
        crate::say::answer(&shape(&answer));
        return Ok(());
    }
    let results = rows(&answer, "results");
    if results.is_empty() {
        crate::say::note("No charges there.");
    }
    for (index, result) in results.iter().enumerate() {
        if index > 0 {
            crate::say::line("");
        }
        table(&answer, result, &by);
    }
    Ok(())
}

/// The days that are asked about.
pub fn within(address: Address, when: &When) -> Address {
    address
        .with("month", when.month.as_deref())
        .with("from", when.from.as_deref())
        .with("to", when.to.as_deref())
}

/// The charges that are asked about.
pub fn narrowed(address: Address, filters: &Filters) -> Address {
    let Filters {
        person,
        team,
        client,
        provider,
        service,
        category,
        account,
        region,
        tag,
        resource,
        unowned,
    } = filters;
    address
        .each("person", person)
        .each("team", team)
        .each("client", client)
        .each("provider", provider)
        .each("service", service)
        .each("category", category)
        .each("account", account)
        .each("region", region)
        .each("tag", tag)
        .each("resource", resource)
        .with("owner", unowned.then_some("unowned"))
}

/// What scripts get: the figures and nothing that depends on how they came to be known.
fn shape(answer: &Value) -> Value {
    let results: Vec<Value> = rows(answer, "results")
        .iter()
        .map(|result| {
            let rows: Vec<Value> = rows(result, "rows")
                .iter()
                .map(|row| json!({ "key": row["key"], "label": row["label"], "amount": row["amount"] }))
                .collect();
            json!({ "currency": result["currency"], "rows": rows, "total": result["total"] })
        })
        .collect();
    let mut shape = json!({
        "from": answer["from"],
        "to": answer["to"],
        "metric": answer["metric"],
        "results": results,
    });
    if !answer["as_of"].is_null() {
        shape["as_of"] = answer["as_of"].clone();
    }
    shape
}

fn table(answer: &Value, result: &Value, by: &str) {
    let currency = text(&result["currency"]);
    let known = match &answer["as_of"] {
        Value::Null => String::new(),
        day => format!(", as known on {} and owned by today's rules", text(day)),
    };
    crate::say::line(&format!(
        "{} to {}, {} cost in {currency}{known}",
        text(&answer["from"]),
        text(&answer["to"]),
        text(&answer["metric"]),
    ));
    let found = rows(result, "rows");
    let mut figures: Vec<&Value> = found.iter().map(|row| &row["amount"]).collect();
    figures.push(&result["total"]);
    let mut figures = amounts(&figures).into_iter();
    let mut table = Rows::new(&[by, &format!(">{currency}")]);
    let labels = found.iter().map(|row| text(&row["label"]));
    for label in labels.chain(["Total".to_owned()]) {
        table.row([label, figures.next().unwrap_or_default()]);
    }
    table.say();
}
