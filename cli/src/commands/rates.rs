//! Exchange rates.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::Rates;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally rates`.
pub async fn rates(door: &Door, ask: Rates) -> Result<(), Failure> {
    match ask {
        Rates::List { from, to, currency } => {
            let address = Address::new("exchange-rates")
                .with("from", from.as_deref())
                .with("to", to.as_deref())
                .with("currency", currency.as_deref());
            let answer = door.get(address).await?;
            if door.json {
                crate::say::answer(&answer);
            } else {
                say(rows(&answer, "rates"));
            }
        }
        Rates::Add {
            from,
            to,
            rate,
            day,
            source,
        } => {
            let body = json!({
                "from": from, "to": to, "rate": rate, "day": day, "source": source,
            });
            let kept = door.post(Address::new("exchange-rates"), body).await?;
            say_kept(door, &kept);
        }
        Rates::Import { file } => {
            let address = Address::new("exchange-rates/import");
            let kept = door.import(address, file).await?;
            say_kept(door, &kept);
        }
        Rates::Remove {
            from,
            to,
            day,
            source,
        } => {
            let address = Address::new("exchange-rates")
                .with("from", Some(&from))
                .with("to", Some(&to))
                .with("day", Some(&day))
                .with("source", Some(&source));
            door.ask(Method::DELETE, address, None).await?;
            if door.json {
                crate::say::answer(&json!({ "removed": format!("{from}/{to}") }));
            } else {
                crate::say::line(&format!("{from}/{to} of {day} by {source} is forgotten."));
            }
        }
    }
    Ok(())
}

fn say(rates: &[Value]) {
    if rates.is_empty() {
        crate::say::note(
            "No rates are known: `tally rates import FILE` takes the European Central Bank's.",
        );
        return;
    }
    let mut table = Rows::new(&["day", "one", ">is", "of", "source"]);
    for rate in rates {
        table.row([
            text(&rate["day"]),
            text(&rate["from"]),
            text(&rate["rate"]),
            text(&rate["to"]),
            text(&rate["source"]),
        ]);
    }
    table.say();
}

fn say_kept(door: &Door, kept: &Value) {
    if door.json {
        crate::say::answer(kept);
    } else {
        crate::say::line(&format!(
            "{} new, {} changed, {} known already.",
            kept["added"], kept["changed"], kept["unchanged"]
        ));
    }
}
