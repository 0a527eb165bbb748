//! Channels: the ways on which notices go out, and what became of each notice.

use std::io::{BufRead, IsTerminal};

use http::Method;
use serde_json::{Value, json};

use crate::arguments::{AddChannel, ChannelKind, ChannelSettings, Channels, EditChannel, Telling};
use crate::door::{Address, Door, rows};
use crate::failure::Failure;
use crate::table::{Rows, text};

/// `tally channels`.
pub async fn channels(door: &Door, ask: Channels) -> Result<(), Failure> {
    match ask {
        Channels::Add(ask) => add(door, *ask).await,
        Channels::Edit(ask) => edit(door, *ask).await,
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
        settings,
        telling,
    } = ask;
    let signs_in = settings.user.is_some();
    let mut draft = json!({ "kind": kind.word(), "name": name, "settings": {} });
    set(&mut draft["settings"], settings)?;
    // A mail server that nobody signs in to has no password.
    if kind != ChannelKind::Mail || signs_in {
        ask_secret(&mut draft)?;
    }
    tell(door, &mut draft, telling).await?;
    let added = door.post(Address::new("channels"), draft).await?;
    say_set(door, &added);
    Ok(())
}

async fn edit(door: &Door, ask: EditChannel) -> Result<(), Failure> {
    let EditChannel {
        name,
        rename,
        on,
        off,
        secret,
        settings,
        telling,
        no_digest,
    } = ask;
    let known = door.named("channels", &name).await?;
    let enabled = on || (!off && known["enabled"] == true);
    let mut draft = json!({
        "kind": known["kind"], "name": rename.map_or(known["name"].clone(), Value::from),
        "enabled": enabled, "settings": said(&known["settings"]), "least": known["least"],
        "digest": if no_digest { Value::Null } else { known["digest"].clone() },
    });
    set(&mut draft["settings"], settings)?;
    if secret {
        ask_secret(&mut draft)?;
    }
    tell(door, &mut draft, telling).await?;
    let address = Address::new(&format!("channels/{}", known["id"]));
    let changed = door.ask(Method::PUT, address, Some(draft)).await?;
    say_set(door, &changed);
    Ok(())
}

/// What of an object has a value.
fn said(object: &Value) -> Value {
    let fields = object.as_object().into_iter().flatten();
    let given = fields.filter(|(_, value)| !value.is_null());
    given
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Puts what the command line says over settings.
fn set(into: &mut Value, settings: ChannelSettings) -> Result<(), Failure> {
    let mut given = said(&json!(settings));
    if let Some(file) = &settings.certificate {
        let pem = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
        given["certificate"] = pem.into();
    }
    if let (Value::Object(into), Value::Object(given)) = (into, given) {
        into.extend(given);
    }
    Ok(())
}

/// Asks for what a channel of this kind signs in with.
fn ask_secret(draft: &mut Value) -> Result<(), Failure> {
    match draft["kind"].as_str() {
        Some("mail") => draft["secret"] = told("Password: ")?,
        Some("slack" | "teams") => draft["secret"] = told("Address of the webhook: ")?,
        Some("webhook") => {
            draft["settings"]["url"] = told("Address of the webhook: ")?;
            draft["secret"] = told("Key that it is signed with: ")?;
        }
        _ => {}
    }
    Ok(())
}

async fn tell(door: &Door, draft: &mut Value, telling: Telling) -> Result<(), Failure> {
    let Telling {
        least,
        digest,
        zone,
    } = telling;
    if let Some(least) = least {
        draft["least"] = least.into();
    }
    if let Some(at) = digest {
        let zone = match zone {
            Some(zone) => zone.into(),
            None => door.get(Address::new("settings")).await?["zone"].take(),
        };
        draft["digest"] = json!({ "at": at, "zone": zone });
    }
    Ok(())
}

fn say_set(door: &Door, channel: &Value) {
    if door.json {
        crate::say::answer(channel);
    } else {
        say_channels(std::slice::from_ref(channel));
        crate::say::note(&format!(
            "Try it: tally channels test \"{}\"",
            text(&channel["name"])
        ));
    }
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
