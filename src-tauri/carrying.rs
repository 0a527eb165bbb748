//! Files that go to a tenant and files that come from one, where they lie on this machine.

use std::path::PathBuf;

use serde_json::Value;
use tallyport_api::Answer;
use tauri::{AppHandle, State};

use crate::{
    files::{ask_for_files, ask_for_folder},
    gate::Gate,
    offered::Offered,
    refusal::Refusal,
};

/// Asks the person for files to send; an empty list when they think better of it.
#[tauri::command]
pub async fn pick_uploads(
    app: AppHandle,
    offered: State<'_, Offered>,
) -> Result<Vec<PathBuf>, Refusal> {
    ask_for_files(&app, &offered, "Upload files", &[]).await
}

/// Asks about files and folders that the person dropped or picked, and no others.
async fn ask_about(
    gate: &Gate,
    offered: &Offered,
    address: &str,
    paths: Vec<PathBuf>,
    ask: Value,
) -> Result<Value, Refusal> {
    offered.hold(&paths)?;
    let door = gate.door()?;
    told(&door.transfer(address, ask.to_string(), paths).await)
}

/// Looks at what sending files and folders to a tenant would meet, before anything is sent.
#[tauri::command]
pub async fn look_ahead(
    gate: State<'_, Gate>,
    offered: State<'_, Offered>,
    tenant: i64,
    paths: Vec<PathBuf>,
    ask: Value,
) -> Result<Value, Refusal> {
    let address = format!("/api/v1/tenants/{tenant}/uploads/preflight");
    ask_about(&gate, &offered, &address, paths, ask).await
}

/// Begins to send files and folders that the person dropped or picked to a tenant, and answers the transfer.
#[tauri::command]
pub async fn upload_paths(
    gate: State<'_, Gate>,
    offered: State<'_, Offered>,
    tenant: i64,
    paths: Vec<PathBuf>,
    ask: Value,
) -> Result<Value, Refusal> {
    let address = format!("/api/v1/tenants/{tenant}/uploads");
    ask_about(&gate, &offered, &address, paths, ask).await
}

/// Asks for a folder and begins to fetch files of a tenant into it; nothing when the person thinks better of it.
#[tauri::command]
pub async fn download_files(
    app: AppHandle,
    gate: State<'_, Gate>,
    tenant: i64,
    ask: Value,
) -> Result<Option<Value>, Refusal> {
    let Some(folder) = ask_for_folder(&app, "Save into").await? else {
        return Ok(None);
    };
    let address = format!("/api/v1/tenants/{tenant}/downloads");
    let door = gate.door()?;
    let answer = door.transfer(&address, ask.to_string(), vec![folder]).await;
    told(&answer).map(Some)
}

fn told(answer: &Answer) -> Result<Value, Refusal> {
    let body: Value =
        serde_json::from_slice(&answer.body).map_err(|error| Refusal::broken(&error))?;
    if answer.status.is_success() {
        Ok(body)
    } else {
        Err(Refusal::from_problem(body))
    }
}
