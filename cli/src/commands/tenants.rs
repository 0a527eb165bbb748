//! Tenants: setting them up, how they stand, taking them down.

mod users;

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{CreateTenant, KeyKind, Limits, Tenants, UpdateTenant};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::follow::follow;
use crate::table::{Rows, bytes, text};

/// `tally tenants`.
pub async fn tenants(door: &Door, ask: Tenants) -> Result<(), Failure> {
    match ask {
        Tenants::Create(ask) => create(door, *ask).await,
        Tenants::List => {
            let answer = door.get(Address::new("tenants")).await?;
            said(door, &answer, |answer| say_tenants(rows(answer, "tenants")));
            Ok(())
        }
        Tenants::Show { tenant } => {
            let found = named(door, &tenant).await?;
            said(door, &found, say_tenant);
            Ok(())
        }
        Tenants::Update(ask) => update(door, *ask).await,
        Tenants::Suspend { tenant } => act(door, &tenant, "suspend").await,
        Tenants::Reactivate { tenant } => act(door, &tenant, "reactivate").await,
        Tenants::Resume { tenant } => {
            let address = address(&named(door, &tenant).await?, "/resume-setup");
            let job = door.ask(Method::POST, address, None).await?;
            follow(door, job).await?;
            show(door, &tenant).await
        }
        Tenants::Delete {
            tenant,
            confirm,
            erase_files,
        } => delete(door, &tenant, confirm, erase_files).await,
        Tenants::Verify { tenant } => verify(door, &tenant).await,
        Tenants::Drift { tenant, mend } => drift(door, &tenant, mend).await,
        Tenants::Users(ask) => users::users(door, ask).await,
    }
}

/// The tenant of a name, a short name or a number.
pub async fn named(door: &Door, name: &str) -> Result<Value, Failure> {
    let all = door.get(Address::new("tenants")).await?;
    let wanted = name.to_lowercase();
    let number: Option<i64> = wanted.parse().ok();
    let is = |tenant: &&Value| {
        let same = |field: &str| {
            tenant[field]
                .as_str()
                .is_some_and(|text| text.to_lowercase() == wanted)
        };
        same("slug") || same("name") || (number.is_some() && tenant["id"].as_i64() == number)
    };
    rows(&all, "tenants")
        .iter()
        .find(is)
        .cloned()
        .ok_or_else(|| {
            Failure::not_found(format!("There is no tenant called \"{name}\"."))
                .hint("`tally tenants list` shows all.")
        })
}

/// An address below a tenant's.
pub fn address(tenant: &Value, below: &str) -> Address {
    Address::new(&format!("tenants/{}{below}", tenant["id"]))
}

/// Says an answer as JSON or for people.
pub fn said(door: &Door, answer: &Value, people: impl FnOnce(&Value)) {
    if door.json {
        crate::say::answer(answer);
    } else {
        people(answer);
    }
}

async fn create(door: &Door, ask: CreateTenant) -> Result<(), Failure> {
    let CreateTenant {
        name,
        slug,
        client,
        connection,
        assume_role,
        server,
        region,
        own_bucket,
        bucket,
        prefix,
        key,
        limits,
        rotate_days,
    } = ask;
    let none =
        json!({ "stored_bytes": null, "moved_bytes": null, "warn_percent": 80, "stop": false });
    let draft = json!({
        "name": name, "slug": slug, "client": client, "connection": connection, "assume_role": assume_role,
        "server": server, "region": region,
        "own_bucket": own_bucket, "bucket": bucket, "prefix": prefix, "key": key.map(KeyKind::word),
        "quota": quota(none, limits)?, "rotate_days": rotate_days,
    });
    let job = door.post(Address::new("tenants"), draft).await?;
    let result = follow(door, job).await?;
    show(door, &result["tenant"].to_string()).await
}

async fn show(door: &Door, tenant: &str) -> Result<(), Failure> {
    let found = named(door, tenant).await?;
    said(door, &found, say_tenant);
    Ok(())
}

async fn act(door: &Door, tenant: &str, action: &str) -> Result<(), Failure> {
    let address = address(&named(door, tenant).await?, &format!("/{action}"));
    let answer = door.ask(Method::POST, address, None).await?;
    said(door, &answer, say_tenant);
    Ok(())
}

async fn update(door: &Door, ask: UpdateTenant) -> Result<(), Failure> {
    let UpdateTenant {
        tenant,
        rename,
        client,
        rotate_days,
        limits,
    } = ask;
    let before = named(door, &tenant).await?;
    let client = match client.as_deref() {
        None => before["client"].clone(),
        Some("none") => Value::Null,
        Some(name) => json!(name),
    };
    let rotate_days = match rotate_days {
        None => before["rotate_days"].clone(),
        Some(0) => Value::Null,
        Some(days) => json!(days),
    };
    let name = rename.map_or_else(|| before["name"].clone(), Value::from);
    let edit = json!({ "name": name, "client": client, "rotate_days": rotate_days });
    let mut answer = door
        .ask(Method::PUT, address(&before, ""), Some(edit))
        .await?;
    let wanted = quota(before["quota"].clone(), limits)?;
    if wanted != before["quota"] {
        answer = door
            .ask(Method::PUT, address(&before, "/quota"), Some(wanted))
            .await?;
    }
    said(door, &answer, say_tenant);
    Ok(())
}

/// A quota with what is said of it.
fn quota(mut quota: Value, limits: Limits) -> Result<Value, Failure> {
    let Limits {
        stored_limit,
        moved_limit,
        warn,
        stop,
    } = limits;
    for (field, limit) in [("stored_bytes", stored_limit), ("moved_bytes", moved_limit)] {
        match limit.as_deref() {
            None => {}
            Some("none") => quota[field] = Value::Null,
            Some(text) => quota[field] = json!(bytes_of(text)?),
        }
    }
    if let Some(warn) = warn {
        quota["warn_percent"] = json!(warn);
    }
    if let Some(stop) = stop {
        quota["stop"] = json!(stop);
    }
    Ok(quota)
}

/// Reads such as 500GB or 2TiB; a number alone is of bytes.
pub fn bytes_of(text: &str) -> Result<u64, Failure> {
    let refused = || {
        Failure::usage(format!(
            "\"{text}\" is no amount of bytes: 500GB or 2TiB is expected."
        ))
    };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let unit: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "tb" => 1_000_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => return Err(refused()),
    };
    let number: u64 = number.parse().map_err(|_| refused())?;
    number.checked_mul(unit).ok_or_else(refused)
}

async fn delete(
    door: &Door,
    tenant: &str,
    confirm: Option<String>,
    erase_files: bool,
) -> Result<(), Failure> {
    let found = named(door, tenant).await?;
    let Some(confirm) = confirm else {
        let removal = door.get(address(&found, "/removal")).await?;
        said(door, &removal, |removal| say_removal(&found, removal));
        return Ok(());
    };
    let files = if erase_files { "erase" } else { "keep" };
    let address = address(&found, "")
        .with("confirm", Some(&confirm))
        .with("files", Some(files));
    let job = door.ask(Method::DELETE, address, None).await?;
    let result = follow(door, job).await?;
    said(door, &result, |_| {
        let kept = if erase_files {
            ""
        } else {
            "; its files stay where they are"
        };
        crate::say::line(&format!("{} is removed{kept}.", text(&found["name"])));
    });
    Ok(())
}

fn say_removal(tenant: &Value, removal: &Value) {
    let users = rows(removal, "users");
    let names: Vec<String> = users.iter().map(text).collect();
    crate::say::line(&format!("Removing {} takes away:", text(&tenant["name"])));
    crate::say::line(&format!("  users    {} {}", users.len(), names.join(", ")));
    crate::say::line(&format!("  role     {}", text(&removal["role"])));
    if removal["server"] == true {
        crate::say::line("  server   nobody else uses it");
    }
    crate::say::line(&format!(
        "With --erase-files also: {} files and {} older versions of {}, {} unfinished uploads{}",
        removal["objects"],
        removal["versions"],
        bytes(&removal["bytes"]),
        removal["unfinished"],
        match removal["key"].as_str() {
            None => String::new(),
            Some(_) => format!(", and its key after {} days", removal["key_pending_days"]),
        }
    ));
    crate::say::note(&format!(
        "Nothing was changed. To remove it: --confirm {}",
        text(&tenant["slug"])
    ));
}

async fn verify(door: &Door, tenant: &str) -> Result<(), Failure> {
    let found = named(door, tenant).await?;
    let answer = door
        .ask(Method::POST, address(&found, "/verify"), None)
        .await?;
    said(door, &answer, |answer| {
        let mut table = Rows::new(&["who", "what", "target", "outcome", ""]);
        for attempt in rows(answer, "attempts") {
            table.row(
                ["who", "what", "target", "outcome", "detail"].map(|field| text(&attempt[field])),
            );
        }
        table.say();
    });
    if answer["holds"] == true {
        crate::say::note(&format!(
            "{} is apart from the others.",
            text(&found["name"])
        ));
        Ok(())
    } else {
        let sentence = format!(
            "{} is not apart from the others: see above.",
            text(&found["name"])
        );
        let failure = Failure::conflict(sentence)
            .hint("`tally tenants drift --mend` sets right what was changed at AWS.");
        Err(if door.json {
            failure.answered()
        } else {
            failure
        })
    }
}

async fn drift(door: &Door, tenant: &str, mend: bool) -> Result<(), Failure> {
    let found = named(door, tenant).await?;
    let answer = if mend {
        door.ask(Method::POST, address(&found, "/mend"), None)
            .await?
    } else {
        door.get(address(&found, "/drift")).await?
    };
    said(door, &answer, |answer| {
        for (title, list) in [("", "drifts"), ("Mended:", "found"), ("Left:", "left")] {
            let drifts = rows(answer, list);
            if drifts.is_empty() {
                continue;
            }
            crate::say::line(title);
            let mut table = Rows::new(&["part", "what", "wanted", "found"]);
            for drift in drifts {
                table.row(["part", "what", "wanted", "found"].map(|field| text(&drift[field])));
            }
            table.say();
        }
    });
    let left = rows(&answer, if mend { "left" } else { "drifts" }).len();
    crate::say::note(&match left {
        0 => "All is as it was set up.".to_owned(),
        1 => "One thing is not as it was set up.".to_owned(),
        n => format!("{n} things are not as they were set up."),
    });
    Ok(())
}

fn say_tenants(tenants: &[Value]) {
    let mut table = Rows::new(&[
        "tenant",
        "short name",
        "state",
        ">users",
        ">kept",
        ">moved this month",
        "quota",
        "files",
    ]);
    for tenant in tenants {
        table.row([
            text(&tenant["name"]),
            text(&tenant["slug"]),
            text(&tenant["state"]),
            text(&tenant["users"]),
            bytes(&tenant["stored_bytes"]),
            bytes(&tenant["moved_bytes"]),
            text(&tenant["standing"]),
            format!(
                "s3://{}/{}",
                text(&tenant["bucket"]),
                text(&tenant["prefix"])
            ),
        ]);
    }
    table.say();
}

fn say_tenant(tenant: &Value) {
    say_tenants(std::slice::from_ref(tenant));
    if let Some(host) = tenant["server"]["host"].as_str() {
        crate::say::line(&format!("Sign in at: {host}"));
    }
    for step in rows(tenant, "steps") {
        if step["state"] != "done" {
            crate::say::note(&format!(
                "{}: {} {}",
                text(&step["step"]),
                text(&step["state"]),
                text(&step["error"])
            ));
        }
    }
    if tenant["state"] == "creating" || tenant["state"] == "deleting" {
        crate::say::note("`tally tenants resume` goes on with it.");
    }
}
