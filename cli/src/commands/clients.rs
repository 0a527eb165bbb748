use serde_json::{Value, json};

use crate::arguments::{Clients, Connect};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally clients`.
pub async fn clients(door: &Door, ask: Clients) -> Result<(), Failure> {
    let answer = match ask {
        Clients::Add { name } => {
            door.post(Address::new("clients"), json!({ "name": name }))
                .await?
        }
        Clients::List => door.get(Address::new("clients")).await?,
        Clients::Connect(connect) => self::connect(door, connect).await?,
    };
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    match answer["clients"].as_array() {
        Some(clients) => say_clients(clients),
        None => crate::say::line(&format!(
            "{} is number {}.",
            text(&answer["name"]),
            answer["id"]
        )),
    }
    Ok(())
}

fn say_clients(clients: &[Value]) {
    let mut table = Rows::new(&[">id", "name", "connection", "billing account", "last sync"]);
    for client in clients {
        let name = || [text(&client["id"]), text(&client["name"])];
        let connections = rows(client, "connections");
        if connections.is_empty() {
            let [id, name] = name();
            table.row([
                id,
                name,
                "files only".to_owned(),
                String::new(),
                String::new(),
            ]);
        }
        for connection in connections {
            let [id, name] = name();
            table.row([
                id,
                name,
                text(&connection["name"]),
                text(&connection["billing_account"]),
                text(&connection["last_sync"]),
            ]);
        }
    }
    table.say();
}

async fn connect(door: &Door, ask: Connect) -> Result<Value, Failure> {
    let Connect {
        client,
        account,
        profile,
        role_arn,
        external_id,
        allocation_tag,
    } = ask;
    let client = door.named("clients", &client).await?;
    let base = match &profile {
        Some(name) => json!({ "kind": "profile", "name": name }),
        None => json!({ "kind": "environment" }),
    };
    let access = match role_arn {
        None => base,
        Some(arn) => json!({
            "kind": "assume_role", "base": base, "role_arn": arn, "external_id": external_id,
        }),
    };
    door.post(
        Address::new(&format!("clients/{}/connections", client["id"])),
        json!({
            "kind": "cost_explorer",
            "name": format!("Cost Explorer {account}"),
            "billing_account": account,
            "access": access,
            "allocation_tag": allocation_tag,
        }),
    )
    .await
}
