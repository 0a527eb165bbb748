//! Who is billed, and how.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{Buyers, SetBuyer};
use crate::door::{Address, Door, rows, segment};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally buyers`.
pub async fn buyers(door: &Door, ask: Buyers) -> Result<(), Failure> {
    match ask {
        Buyers::List => {
            let answer = door.get(Address::new("buyers")).await?;
            if door.json {
                crate::say::answer(&answer);
            } else {
                say_all(rows(&answer, "buyers"));
            }
        }
        Buyers::Show { whom } => {
            let buyer = door.get(address(&whom)).await?;
            say_one(door, &buyer);
        }
        Buyers::Set(ask) => {
            let (whom, terms) = changed(door, *ask).await?;
            let put = door.ask(Method::PUT, address(&whom), Some(terms));
            say_one(door, &put.await?);
        }
        Buyers::Remove { whom } => {
            door.ask(Method::DELETE, address(&whom), None).await?;
            if door.json {
                crate::say::answer(&json!({ "removed": whom }));
            } else {
                crate::say::line(&format!("{whom} is billed by name alone now."));
            }
        }
    }
    Ok(())
}

fn address(whom: &str) -> Address {
    Address::new(&format!("buyers/{}", segment(whom)))
}

/// What is known of somebody, with what the command line says over it.
async fn changed(door: &Door, ask: SetBuyer) -> Result<(String, Value), Failure> {
    let SetBuyer {
        whom,
        name,
        address: lines,
        post_code,
        city,
        region,
        country,
        tax_id,
        legal_id,
        email,
        phone,
        endpoint,
        invoice_emails,
        purchase_order,
        payment_days,
        language,
        currency,
        tax,
        tax_reason,
        electronic,
        forget,
    } = ask;
    let mut terms = match door.get(address(&whom)).await {
        Ok(mut known) => {
            if let Some(known) = known.as_object_mut() {
                known.retain(|field, _| field != "id" && field != "of");
            }
            known
        }
        Err(failure) if failure.is_not_found() => json!({}),
        Err(failure) => return Err(failure),
    };
    let said = [
        ("name", name),
        ("post_code", post_code),
        ("city", city),
        ("region", region),
        ("country", country),
        ("tax_id", tax_id),
        ("legal_id", legal_id),
        ("email", email),
        ("phone", phone),
        ("purchase_order", purchase_order),
        ("language", language),
        ("currency", currency),
        ("electronic", electronic),
    ];
    for field in forget {
        terms[&field] = match field.as_str() {
            "address" | "invoice_emails" => json!([]),
            "tax" | "endpoint" | "payment_days" => Value::Null,
            text if said.iter().any(|(known, _)| *known == text) => Value::Null,
            _ => {
                return Err(Failure::usage(format!(
                    "A buyer has no field \"{field}\": `tally buyers show` names them."
                )));
            }
        };
    }
    for (field, value) in said {
        if let Some(value) = value {
            terms[field] = value.into();
        }
    }
    for (field, values) in [("address", lines), ("invoice_emails", invoice_emails)] {
        if !values.is_empty() {
            terms[field] = values.into();
        }
    }
    if let Some(days) = payment_days {
        terms["payment_days"] = days.into();
    }
    if let Some(endpoint) = endpoint {
        let (scheme, id) = endpoint.split_once(':').ok_or_else(|| {
            Failure::usage("An endpoint is SCHEME:ID, such as 0088:5790000435951.".to_owned())
        })?;
        terms["endpoint"] = json!({ "scheme": scheme, "id": id });
    }
    if let Some(category) = tax {
        terms["tax"] = json!({ "category": category, "reason": tax_reason });
    }
    Ok((whom, terms))
}

fn say_all(buyers: &[Value]) {
    if buyers.is_empty() {
        crate::say::note("Everybody is billed by name alone, within the seller's country.");
        return;
    }
    let mut table = Rows::new(&[
        "buyer",
        "name on paper",
        "country",
        "tax id",
        "tax",
        "currency",
    ]);
    for buyer in buyers {
        table.row([
            text(&buyer["of"]["label"]),
            text(&buyer["name"]),
            text(&buyer["country"]),
            text(&buyer["tax_id"]),
            text(&buyer["tax"]["category"]),
            text(&buyer["currency"]),
        ]);
    }
    table.say();
}

fn say_one(door: &Door, buyer: &Value) {
    if door.json {
        crate::say::answer(buyer);
        return;
    }
    crate::say::line(&text(&buyer["of"]["label"]));
    let fields = buyer.as_object().into_iter().flatten();
    for (field, value) in fields.filter(|(field, _)| *field != "id" && *field != "of") {
        let value = match value {
            Value::Null => continue,
            Value::Array(lines) if lines.is_empty() => continue,
            Value::Array(lines) => lines.iter().map(text).collect::<Vec<_>>().join(", "),
            Value::Object(parts) => parts
                .values()
                .filter(|part| !part.is_null())
                .map(text)
                .collect::<Vec<_>>()
                .join(": "),
            value => text(value),
        };
        crate::say::line(&format!("  {}: {value}", field.replace('_', " ")));
    }
}
