//! Channels: the ways on which notices go out, and what became of each notice.

use std::io::{BufRead, IsTerminal};

use http::Method;
use serde_json::{Map, Value, json};

use crate::arguments::{AddChannel, ChannelKind, Channels};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally channels`.
pub async fn channels(door: &Door, ask: Channels) -> Result<(), Failure> {
    match ask {
        Channels::Add(ask) => add(door, *ask).await,
        Channels::List => {
            let answer = door.get(Address::new("channels")).await?;
            if door.json {
                crate::say::answer(&answer);
            } else {
                say_channels(rows(&answer, "channels"));
            }
            Ok(())
        }
        Channels::Test { name } => test(door, &name).await,
        Channels::Remove { name } => {
            let channel = door.named("channels", &name).await?;
            let address = Address::new(&format!("channels/{}", channel["id"]));
            door.ask(Method::DELETE, address, None).await?;
            if door.json {
                crate::say::answer(&json!({ "removed": channel["id"] }));
            } else {
                crate::say::line(&format!("{} is removed.", text(&channel["name"])));
            }
            Ok(())
        }
        Channels::Send => {
            let address = Address::new("deliveries/send");
            let answer = door.ask(Method::POST, address, None).await?;
            if door.json {
                crate::say::answer(&answer);
            } else {
                crate::say::line(&format!(
                    "{} sent, {} to be tried again, {} failed.",
                    answer["sent"], answer["waiting"], answer["failed"]
                ));
            }
            Ok(())
        }
        Channels::Log {
            channel,
            state,
            page,
        } => log(door, channel, state, page).await,
    }
}

async fn add(door: &Door, ask: AddChannel) -> Result<(), Failure> {
    let AddChannel {
        kind,
        name,
        host,
        port,
        security,
        user,
        certificate,
        from,
        to,
        connection,
        region,
        sender_id,
        allow_private,
        least,
        digest,
        zone,
    } = ask;
    let certificate = certificate
        .map(|file| std::fs::read_to_string(&file).map_err(|error| Failure::file(&file, &error)))
        .transpose()?;
    let mut settings = Map::new();
    let mut set = |name: &str, value: Value| {
        if !value.is_null() {
            settings.insert(name.to_owned(), value);
        }
    };
    set("host", json!(host));
    set("port", json!(port));
    set("security", json!(security));
    set("user", json!(user));
    set("certificate", json!(certificate));
    set("from", json!(from));
    set(
        "to",
        if to.is_empty() {
            Value::Null
        } else {
            json!(to)
        },
    );
    set("connection", json!(connection));
    set("region", json!(region));
    set("sender_id", json!(sender_id));
    set(
        "allow_private",
        if allow_private {
            json!(true)
        } else {
            Value::Null
        },
    );
    let mut secret = Value::Null;
    match kind {
        ChannelKind::Mail if user.is_some() => secret = told("Password: ")?,
        ChannelKind::Slack | ChannelKind::Teams => secret = told("Address of the webhook: ")?,
        ChannelKind::Webhook => {
            set("url", told("Address of the webhook: ")?);
            secret = told("Key that it is signed with: ")?;
        }
        ChannelKind::Mail | ChannelKind::Ses | ChannelKind::Sms => {}
    }
    let digest = match (digest, zone) {
        (None, _) => Value::Null,
        (Some(at), Some(zone)) => json!({ "at": at, "zone": zone }),
        (Some(at), None) => {
            let workspace = door.get(Address::new("settings")).await?;
            json!({ "at": at, "zone": workspace["zone"] })
        }
    };
    let draft = json!({
        "kind": kind.word(), "name": name, "enabled": true, "settings": settings, "secret": secret,
        "least": least, "digest": digest,
    });
    let added = door.post(Address::new("channels"), draft).await?;
    if door.json {
        crate::say::answer(&added);
    } else {
        say_channels(std::slice::from_ref(&added));
        crate::say::note(&format!(
            "Try it: tally channels test \"{}\"",
            text(&added["name"])
        ));
    }
    Ok(())
}

/// A secret, from the person or, in a script, a line of standard input. Never from the command line: everybody
/// on this computer can read that.
fn told(question: &str) -> Result<Value, Failure> {
    let line = if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        rpassword::prompt_password(question)
            .map_err(|error| Failure::usage(format!("Nothing could be asked: {error}.")))?
    } else {
        let mut line = String::new();
        std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(|error| Failure::usage(format!("Standard input: {error}.")))?;
        line
    };
    let line = line.trim_end_matches(['\r', '\n']);
    if line.is_empty() {
        let what = question.trim_end_matches([':', ' ']);
        return Err(Failure::usage(format!("{what}: nothing was given."))
            .hint("Type it when asked, or give it on standard input, one line each."));
    }
    Ok(line.into())
}

async fn test(door: &Door, name: &str) -> Result<(), Failure> {
    let channel = door.named("channels", name).await?;
    let address = Address::new(&format!("channels/{}/test", channel["id"]));
    let delivery = door.ask(Method::POST, address, None).await?;
    if door.json {
        crate::say::answer(&delivery);
    }
    if delivery["state"] == "sent" {
        if !door.json {
            crate::say::line(&format!("{}: sent.", text(&channel["name"])));
        }
        return Ok(());
    }
    let failure = Failure::undelivered(format!(
        "{}: {}.",
        text(&channel["name"]),
        text(&delivery["error"])
    ));
    Err(if door.json {
        failure.answered()
    } else {
        failure
    })
}

async fn log(
    door: &Door,
    channel: Option<String>,
    state: Option<String>,
    page: Option<u32>,
) -> Result<(), Failure> {
    let channel = match channel {
        Some(name) => Some(door.named("channels", &name).await?["id"].to_string()),
        None => None,
    };
    let page = page.map(|page| page.to_string());
    let address = Address::new("deliveries")
        .with("channel", channel.as_deref())
        .with("state", state.as_deref())
        .with("page", page.as_deref());
    let answer = door.get(address).await?;
    if door.json {
        crate::say::answer(&answer);
        return Ok(());
    }
    let mut table = Rows::new(&["when", "channel", "state", ">attempts", "notice", "error"]);
    for delivery in rows(&answer, "deliveries") {
        table.row([
            text(&delivery["created_at"]),
            text(&delivery["channel"]["name"]),
            text(&delivery["state"]),
            text(&delivery["attempts"]),
            text(&delivery["title"]),
            text(&delivery["error"]),
        ]);
    }
    table.say();
    if answer["more"] == true {
        crate::say::note("There are more: --page.");
    }
    Ok(())
}

fn say_channels(channels: &[Value]) {
    let mut table = Rows::new(&[
        ">id",
        "name",
        "kind",
        "to",
        "least",
        "digest",
        "last attempt",
    ]);
    for channel in channels {
        let settings = &channel["settings"];
        let to = match settings["to"].as_array() {
            Some(to) => to.iter().map(text).collect::<Vec<_>>().join(", "),
            None => text(&settings["host"]),
        };
        let digest = match &channel["digest"] {
            Value::Null => String::new(),
            digest => format!("{} {}", text(&digest["at"]), text(&digest["zone"])),
        };
        let last = match &channel["last"] {
            Value::Null => String::new(),
            last => format!(
                "{} {} {}",
                text(&last["at"]),
                text(&last["state"]),
                text(&last["error"])
            ),
        };
        table.row([
            text(&channel["id"]),
            text(&channel["name"]),
            text(&channel["kind"]),
            to,
            text(&channel["least"]),
            digest,
            last.trim_end().to_owned(),
        ]);
    }
    table.say();
}
