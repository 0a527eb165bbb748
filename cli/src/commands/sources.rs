//! Cost exports: which there are, which one a connection loads, and making one.

use http::Method;
use serde_json::{Value, json};

use crate::arguments::Sources;
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally sources`.
pub async fn sources(door: &Door, ask: Sources) -> Result<(), Failure> {
    match ask {
        Sources::Discover { client } => discover(door, client).await,
        Sources::Use { export, of } => {
            choose(door, of.client, of.connection, json!({ "export": export })).await
        }
        Sources::CostExplorer { of } => {
            choose(door, of.client, of.connection, json!({ "export": null })).await
        }
        Sources::Create {
            bucket,
            prefix,
            name,
            of,
        } => {
            let id = connection(door, of.client, of.connection).await?;
            let ask = json!({ "bucket": bucket, "prefix": prefix, "name": name });
            let made = door
                .post(Address::new(&format!("connections/{id}/exports")), ask)
                .await?;
            say_connection(door, &made);
            Ok(())
        }
        Sources::Athena {
            above,
            database,
            output,
            agree_up_to,
            workgroup,
            of,
        } => {
            let id = connection(door, of.client, of.connection).await?;
            let place = above.map(|above| {
                json!({
                    "above_bytes": above, "database": database, "output": output, "workgroup": workgroup,
                    "agreed_up_to": agree_up_to,
                })
            });
            let address = format!("/api/v1/connections/{id}/athena");
            let ask = json!({ "athena": place });
            let set = door.ask(Method::PUT, address, Some(ask)).await?;
            say_athena(door, id, &set);
            Ok(())
        }
        Sources::Cap { requests, of } => {
            let id = connection(door, of.client, of.connection).await?;
            let ask = json!({ "monthly_request_cap": requests });
            let address = format!("/api/v1/connections/{id}");
            let changed = door.ask(Method::PATCH, address, Some(ask)).await?;
            say_connection(door, &changed);
            Ok(())
        }
    }
}

async fn discover(door: &Door, client: Option<String>) -> Result<(), Failure> {
    let found = door
        .post(
            Address::new("sources/discover"),
            json!({ "client": client }),
        )
        .await?;
    if door.json {
        crate::say::answer(&found);
        return Ok(());
    }
    crate::say::note(&format!(
        "Signed in to account {} as {}.",
        text(&found["account"]),
        text(&found["arn"])
    ));
    let mut table = Rows::new(&["name", "holds", "format", "bucket", "used by", ""]);
    for export in rows(&found, "exports") {
        let user = match &export["used_by_connection"] {
            Value::Null => String::new(),
            id => format!("connection {id}"),
        };
        table.row([
            text(&export["name"]),
            text(&export["kind"]),
            text(&export["format"]),
            format!("{}/{}", text(&export["bucket"]), text(&export["prefix"])),
            user,
            text(&export["reason"]),
        ]);
    }
    if rows(&found, "exports").is_empty() {
        crate::say::line("No cost export was found.");
    } else {
        table.say();
    }
    for missing in rows(&found, "missing_permissions") {
        crate::say::note(&format!("A permission is missing: {}", text(missing)));
    }
    if let Value::Object(offer) = &found["offer"] {
        crate::say::note(&text(&offer["text"]));
        crate::say::note(&format!(
            "Make it: tally sources create --bucket {} --prefix {} --name {}",
            text(&offer["bucket"]),
            text(&offer["prefix"]),
            text(&offer["name"])
        ));
    }
    Ok(())
}

async fn choose(
    door: &Door,
    client: Option<String>,
    number: Option<i64>,
    choice: Value,
) -> Result<(), Failure> {
    let id = connection(door, client, number).await?;
    let address = format!("/api/v1/connections/{id}/source");
    let chosen = door.ask(Method::PUT, address, Some(choice)).await?;
    say_connection(door, &chosen);
    Ok(())
}

fn say_athena(door: &Door, id: i64, set: &Value) {
    if door.json {
        crate::say::answer(set);
        return;
    }
    let place = &set["athena"];
    crate::say::line(&match place {
        Value::Null => format!("Connection {id} fetches its months, whatever their size."),
        place => format!(
            "Connection {id} has months of more than {} bytes rolled up in the Athena workgroup {}; a sync \
             whose roll-ups may cost more than {} dollars asks first.",
            place["above_bytes"],
            text(&place["workgroup"]),
            text(&place["agreed_up_to"])
        ),
    });
}

fn say_connection(door: &Door, connection: &Value) {
    if door.json {
        crate::say::answer(connection);
        return;
    }
    let source = &connection["source"];
    let from = match source["kind"].as_str() {
        Some("export") => format!(
            "loads the export {} from s3://{}/{}",
            text(&source["name"]),
            text(&source["bucket"]),
            text(&source["prefix"])
        ),
        _ => "asks Cost Explorer".to_owned(),
    };
    let cap = match &connection["monthly_request_cap"] {
        Value::Null => String::new(),
        cap => format!(
            "; {} of at most {cap} paid requests this month",
            connection["requests_this_month"]
        ),
    };
    crate::say::line(&format!(
        "{} (connection {}) {from}{cap}.",
        text(&connection["name"]),
        connection["id"]
    ));
    let left: Vec<String> = rows(connection, "left_behind").iter().map(text).collect();
    if !left.is_empty() {
        crate::say::note(&format!(
            "{} counts as the export last told it until `tally sync` asks Cost Explorer; final months stay as \
             the export brought them.",
            left.join(", ")
        ));
    }
}

/// The connection that is meant: the one named, else the client's only one, else the only one.
async fn connection(
    door: &Door,
    client: Option<String>,
    number: Option<i64>,
) -> Result<i64, Failure> {
    if let Some(number) = number {
        return Ok(number);
    }
    let all = match client {
        Some(name) => vec![door.named("clients", &name).await?],
        None => rows(&door.get(Address::new("clients")).await?, "clients").to_vec(),
    };
    let connections: Vec<&Value> = all
        .iter()
        .flat_map(|client| rows(client, "connections"))
        .collect();
    match connections.as_slice() {
        [only] => Ok(only["id"].as_i64().unwrap_or_default()),
        [] => Err(Failure::not_found("There is no connection.".to_owned())
            .hint("`tally clients connect` adds one.")),
        several => {
            let numbers: Vec<String> = several
                .iter()
                .map(|connection| format!("{} ({})", connection["id"], text(&connection["name"])))
                .collect();
            Err(
                Failure::usage("There are several connections: say which.".to_owned())
                    .hint(&format!("--connection {}", numbers.join(", or "))),
            )
        }
    }
}
