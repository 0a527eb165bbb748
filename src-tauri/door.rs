//! The commands that go through the door: requests, imports of offered files, job events.

use std::path::{Path, PathBuf};

use axum::{
    body::Body,
    http::{Method, Request},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tallyport_api::Answer;
use tauri::{State, ipc::Channel};
use tower::ServiceExt;

use crate::{gate::Gate, offered::Offered, places::Places, refusal::Refusal};

/// An answer of the door. What is not text travels as base64.
#[derive(Debug, Serialize)]
pub struct Told {
    status: u16,
    content_type: String,
    body: String,
    base64: bool,
}

/// A file that the page holds because the person chose it there.
#[derive(Debug, Deserialize)]
pub struct Held {
    /// Its media type.
    kind: String,
    base64: String,
}

/// Hands a request to the router in this process, as the local super admin.
#[tauri::command]
pub async fn api(
    gate: State<'_, Gate>,
    method: String,
    path: String,
    body: Option<String>,
    file: Option<Held>,
) -> Result<Told, Refusal> {
    let method = Method::from_bytes(method.as_bytes())
        .map_err(|_| Refusal::new("request.unreadable", format!("{method} is not a method.")))?;
    if !path.starts_with("/api/") {
        return Err(Refusal::new(
            "request.unreadable",
            format!("{path} is not a place of the door."),
        ));
    }
    let door = gate.door()?;
    let answer = match file {
        None => door.ask(method, &path, body).await,
        Some(Held { kind, base64 }) => {
            let bytes = BASE64.decode(base64).map_err(|error| {
                Refusal::new(
                    "request.unreadable",
                    format!("The file did not arrive whole: {error}."),
                )
            })?;
            door.hand(method, &path, &kind, bytes).await
        }
    };
    Ok(told(answer))
}

fn told(answer: Answer) -> Told {
    let status = answer.status.as_u16();
    match String::from_utf8(answer.body.into()) {
        Ok(body) => Told {
            status,
            content_type: answer.content_type,
            body,
            base64: false,
        },
        Err(bytes) => Told {
            status,
            content_type: answer.content_type,
            body: BASE64.encode(bytes.as_bytes()),
            base64: true,
        },
    }
}

/// Starts the import of files that the person dropped or picked, and answers their jobs.
#[tauri::command]
pub async fn import_paths(
    gate: State<'_, Gate>,
    offered: State<'_, Offered>,
    paths: Vec<PathBuf>,
    client: Option<String>,
    add: bool,
    skip_bad_rows: bool,
) -> Result<Vec<Value>, Refusal> {
    offered.hold(&paths)?;
    let door = gate.door()?;
    let mut jobs = Vec::with_capacity(paths.len());
    for path in paths {
        let address = import_address(&path, client.as_deref(), add, skip_bad_rows);
        let answer = door.import(&address, path).await;
        let job: Value =
            serde_json::from_slice(&answer.body).map_err(|error| Refusal::broken(&error))?;
        if !answer.status.is_success() {
            return Err(Refusal::from_problem(job));
        }
        jobs.push(job);
    }
    Ok(jobs)
}

fn import_address(path: &Path, client: Option<&str>, add: bool, skip_bad_rows: bool) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(name) = path.file_name() {
        query.append_pair("name", &name.to_string_lossy());
    }
    if let Some(client) = client {
        query.append_pair("client", client);
    }
    for (word, said) in [("add", add), ("skip_bad_rows", skip_bad_rows)] {
        if said {
            query.append_pair(word, "true");
        }
    }
    format!("/api/v1/imports?{}", query.finish())
}

/// Sends every change of every job to the window, for as long as the workspace is open: the same
/// stream of events that a browser reads. And where the window is to go, when a popup is clicked.
#[tauri::command]
pub async fn subscribe(
    gate: State<'_, Gate>,
    places: State<'_, Places>,
    channel: Channel<Value>,
) -> Result<(), Refusal> {
    places.listen(channel.clone());
    let (router, signed_in) = gate.router()?;
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = axum::http::Uri::from_static("/api/v1/events");
    request.extensions_mut().insert(signed_in);
    let mut body = match router.oneshot(request).await {
        Ok(response) => response.into_body(),
        Err(never) => match never {},
    };
    tauri::async_runtime::spawn(async move {
        let mut events = Events::default();
        while let Some(Ok(frame)) = body.frame().await {
            let Ok(bytes) = frame.into_data() else {
                continue;
            };
            for event in events.read(&bytes) {
                // The window has gone: so has the reader of this stream.
                if channel.send(event).is_err() {
                    return;
                }
            }
        }
    });
    Ok(())
}

/// Puts the events of a stream together from the pieces in which it comes.
#[derive(Debug, Default)]
struct Events {
    pending: Vec<u8>,
}

impl Events {
    fn read(&mut self, bytes: &[u8]) -> Vec<Value> {
        self.pending.extend_from_slice(bytes);
        let mut events = Vec::new();
        while let Some(end) = self.pending.windows(2).position(|pair| pair == b"\n\n") {
            let event: Vec<u8> = self.pending.drain(..end + 2).collect();
            let data: String = String::from_utf8_lossy(&event)
                .lines()
                .filter_map(|line| line.strip_prefix("data:"))
                .collect();
            events.extend(serde_json::from_str(&data));
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_of_files_and_clients_stay_values_in_the_address() {
        let address = import_address(
            Path::new("/tmp/a&add=true.csv"),
            Some("Ä & Co"),
            false,
            true,
        );
        assert_eq!(
            address,
            "/api/v1/imports?name=a%26add%3Dtrue.csv&client=%C3%84+%26+Co&skip_bad_rows=true"
        );
    }

    #[test]
    fn an_event_may_come_in_pieces() {
        let mut events = Events::default();
        assert!(events.read(b"event: job\ndata: {\"id\":").is_empty());
        assert_eq!(
            events.read(b" 7}\n\n: still here\n\ndata: {}\n"),
            [json!({ "id": 7 })]
        );
        assert_eq!(events.read(b"\n"), [json!({})]);
    }
}
