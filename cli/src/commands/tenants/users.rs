//! Who signs in by SFTP.

use std::io::Write;
use std::path::Path;

use http::Method;
use serde_json::{Value, json};

use super::{address, named, said};
use crate::arguments::{AddTenantUser, EditTenantUser, TenantUsers};
use crate::door::{Door, rows, segment};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally tenants users`.
pub async fn users(door: &Door, ask: TenantUsers) -> Result<(), Failure> {
    match ask {
        TenantUsers::List { tenant } => {
            let found = named(door, &tenant).await?;
            let answer = door.get(address(&found, "/users")).await?;
            said(door, &answer, |answer| say_users(rows(answer, "users")));
            Ok(())
        }
        TenantUsers::Add(ask) => add(door, *ask).await,
        TenantUsers::Edit(ask) => edit(door, *ask).await,
        TenantUsers::Remove { tenant, name } => {
            let found = named(door, &tenant).await?;
            door.ask(Method::DELETE, address(&found, &below(&name)), None)
                .await?;
            said(door, &json!({ "removed": name }), |_| {
                crate::say::line(&format!("{name} is removed."));
            });
            Ok(())
        }
        TenantUsers::Import {
            tenant,
            file,
            apply,
        } => import(door, &tenant, &file, apply).await,
        TenantUsers::Export { tenant, out } => {
            let found = named(door, &tenant).await?;
            let table = door.bytes(address(&found, "/users/export")).await?;
            match out {
                None => crate::say::bytes(&table),
                Some(path) => {
                    std::fs::write(&path, table).map_err(|error| Failure::file(&path, &error))?;
                }
            }
            Ok(())
        }
        TenantUsers::Expire { tenant, name, day } => {
            let expires = match day.as_str() {
                "never" => Value::Null,
                day => json!(day),
            };
            change(door, &tenant, &name, |edit| edit["expires"] = expires).await
        }
    }
}

async fn add(door: &Door, ask: AddTenantUser) -> Result<(), Failure> {
    let AddTenantUser {
        tenant,
        name,
        role,
        keys,
        generate,
        expires,
    } = ask;
    let found = named(door, &tenant).await?;
    let mut public = keys
        .iter()
        .map(|file| read(file))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(path) = &generate {
        let pair = door
            .post(address(&found, "/key-pair"), json!({ "name": name }))
            .await?;
        write_private(path, text(&pair["private"]).as_bytes())
            .map_err(|error| Failure::file(path, &error))?;
        crate::say::note(&format!(
            "The private key is in {} and nowhere else: hand it to its owner.",
            path.display()
        ));
        public.push(text(&pair["public"]));
    }
    let draft = json!({ "name": name, "role": role.word(), "keys": public, "expires": expires });
    let added = door.post(address(&found, "/users"), draft).await?;
    said(door, &added, |added| say_users(std::slice::from_ref(added)));
    Ok(())
}

async fn edit(door: &Door, ask: EditTenantUser) -> Result<(), Failure> {
    let EditTenantUser {
        tenant,
        name,
        role,
        add_key,
        remove_key,
        reactivate,
        suspend,
    } = ask;
    let added = add_key
        .iter()
        .map(|file| read(file))
        .collect::<Result<Vec<_>, _>>()?;
    change(door, &tenant, &name, |edit| {
        if let Some(role) = role {
            edit["role"] = json!(role.word());
        }
        if reactivate || suspend {
            edit["state"] = json!(if suspend { "suspended" } else { "active" });
        }
        let kept = rows(edit, "keys").iter();
        let kept = kept.filter(|key| {
            let fingerprint = text(&key["fingerprint"]);
            !remove_key.contains(&fingerprint)
        });
        let mut keys: Vec<String> = kept.map(|key| text(&key["text"])).collect();
        keys.extend(added);
        edit["keys"] = json!(keys);
    })
    .await
}

/// Changes a user as `with` says.
async fn change(
    door: &Door,
    tenant: &str,
    name: &str,
    with: impl FnOnce(&mut Value),
) -> Result<(), Failure> {
    let found = named(door, tenant).await?;
    let all = door.get(address(&found, "/users")).await?;
    let before = rows(&all, "users").iter().find(|user| user["name"] == name);
    let before = before.ok_or_else(|| {
        Failure::not_found(format!("{} has no user {name}.", text(&found["name"])))
    })?;
    let mut edit = json!({
        "role": before["role"], "keys": before["keys"], "expires": before["expires"], "state": before["state"],
    });
    with(&mut edit);
    let texts = |key: &Value| {
        key["text"]
            .as_str()
            .map_or_else(|| key.clone(), Value::from)
    };
    let keys: Vec<Value> = rows(&edit, "keys").iter().map(texts).collect();
    edit["keys"] = json!(keys);
    let changed = door
        .ask(Method::PUT, address(&found, &below(name)), Some(edit))
        .await?;
    said(door, &changed, |changed| {
        say_users(std::slice::from_ref(changed))
    });
    Ok(())
}

async fn import(door: &Door, tenant: &str, file: &Path, apply: bool) -> Result<(), Failure> {
    let found = named(door, tenant).await?;
    let table = std::fs::read(file).map_err(|error| Failure::file(file, &error))?;
    let dry_run = if apply { "false" } else { "true" };
    let address = address(&found, "/users/import").with("dry_run", Some(dry_run));
    let answer = door.hand(Method::POST, address, "text/csv", table).await?;
    said(door, &answer, |answer| {
        let mut table = Rows::new(&[">line", "user", "", "what"]);
        for row in rows(answer, "rows") {
            let changes: Vec<String> = rows(row, "changes").iter().map(text).collect();
            table.row([
                text(&row["line"]),
                text(&row["name"]),
                text(&row["action"]),
                changes.join("; "),
            ]);
        }
        table.say();
    });
    if !apply {
        crate::say::note("Nothing was changed: --apply makes it so.");
    }
    Ok(())
}

fn say_users(users: &[Value]) {
    let mut table = Rows::new(&["user", "role", "signs in", "expires", "key", "", "overdue"]);
    for user in users {
        let signs_in = match (user["signs_in"] == true, user["applied"] == true) {
            (_, false) => "AWS was not told",
            (true, true) => "yes",
            (false, true) => "no",
        };
        let head = [
            text(&user["name"]),
            text(&user["role"]),
            signs_in.to_owned(),
            text(&user["expires"]),
        ];
        let keys = rows(user, "keys");
        if keys.is_empty() {
            let [name, role, signs_in, expires] = head.clone();
            let none = "no key".to_owned();
            table.row([
                name,
                role,
                signs_in,
                expires,
                none,
                String::new(),
                String::new(),
            ]);
        }
        for key in keys {
            let [name, role, signs_in, expires] = head.clone();
            let overdue = match key["overdue_days"].as_u64() {
                None => String::new(),
                Some(days) => format!("{days} days"),
            };
            table.row([
                name,
                role,
                signs_in,
                expires,
                text(&key["fingerprint"]),
                text(&key["comment"]),
                overdue,
            ]);
        }
    }
    table.say();
}

fn below(name: &str) -> String {
    format!("/users/{}", segment(name))
}

/// Writes a file that nobody else may read; one that is there stays as it is.
fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(content)
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))
}
