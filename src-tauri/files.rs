//! Choosing files and saving them, in the dialogs of the system.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use crate::{gate::Gate, offered::Offered, refusal::Refusal};

/// Asks the person for cost files; an empty list when they think better of it.
#[tauri::command]
pub async fn pick_files(
    app: AppHandle,
    offered: State<'_, Offered>,
) -> Result<Vec<PathBuf>, Refusal> {
    let bills: &[&str] = &["csv", "gz", "parquet", "json"];
    let filters = [("Cost exports", bills), ("All files", &["*"])];
    ask_for_files(&app, &offered, "Import cost files", &filters).await
}

/// Asks for a folder of bills; an empty list when the person thinks better of it.
#[tauri::command]
pub async fn pick_folder(
    app: AppHandle,
    offered: State<'_, Offered>,
) -> Result<Vec<PathBuf>, Refusal> {
    let folders: Vec<PathBuf> = ask_for_folder(&app, "Import a folder of bills")
        .await?
        .into_iter()
        .collect();
    offered.add(&folders);
    Ok(folders)
}

/// Asks for files that may be read from then on; an empty list when the person thinks better of it.
pub async fn ask_for_files(
    app: &AppHandle,
    offered: &Offered,
    title: &str,
    filters: &[(&str, &[&str])],
) -> Result<Vec<PathBuf>, Refusal> {
    let (answer, answered) = oneshot::channel();
    let mut dialog = app.dialog().file().set_title(title);
    for (name, endings) in filters {
        dialog = dialog.add_filter(*name, endings);
    }
    dialog.pick_files(move |picked| {
        // Nobody waits any more only when the window has closed.
        let _ = answer.send(picked);
    });
    let picked = answered
        .await
        .map_err(|error| Refusal::broken(&error))?
        .unwrap_or_default();
    let paths: Vec<PathBuf> = picked
        .into_iter()
        .filter_map(|file| FilePath::into_path(file).ok())
        .collect();
    offered.add(&paths);
    Ok(paths)
}

/// Asks for a folder; nothing when the person thinks better of it.
pub async fn ask_for_folder(app: &AppHandle, title: &str) -> Result<Option<PathBuf>, Refusal> {
    let (answer, answered) = oneshot::channel();
    app.dialog()
        .file()
        .set_title(title)
        .pick_folder(move |picked| {
            let _ = answer.send(picked);
        });
    let picked = answered.await.map_err(|error| Refusal::broken(&error))?;
    Ok(picked.and_then(|folder| FilePath::into_path(folder).ok()))
}

/// Saves a file where the person says; answers where, or nothing when they think better of it.
#[tauri::command]
pub async fn save_file(
    app: AppHandle,
    name: String,
    base64: String,
) -> Result<Option<PathBuf>, Refusal> {
    let bytes = BASE64
        .decode(base64)
        .map_err(|_| Refusal::new("file.unreadable", "The file did not arrive whole."))?;
    let Some(path) = ask_where(&app, &name).await? else {
        return Ok(None);
    };
    let written = path.clone();
    tauri::async_runtime::spawn_blocking(move || write_whole(&written, &bytes))
        .await
        .map_err(|error| Refusal::broken(&error))?
        .map_err(|error| not_saved(&path, &error))?;
    Ok(Some(path))
}

/// Saves what the door answers where the person says, piece by piece as it comes: an export may be larger
/// than memory. Answers where, or nothing when they think better of it.
#[tauri::command]
pub async fn save_from_door(
    app: AppHandle,
    gate: State<'_, Gate>,
    path: String,
    name: String,
) -> Result<Option<PathBuf>, Refusal> {
    let door = gate.door()?;
    if !path.starts_with("/api/") {
        return Err(Refusal::new(
            "request.unreadable",
            format!("{path} is not a place of the door."),
        ));
    }
    let Some(to) = ask_where(&app, &name).await? else {
        return Ok(None);
    };
    let aside = aside(&to);
    let saved = door.save(&path, &aside, |_| ()).await;
    let (kept, put) = (aside.clone(), to.clone());
    let outcome = match saved {
        Ok(_) => tauri::async_runtime::spawn_blocking(move || put_in_place(&kept, &put))
            .await
            .map_err(|error| Refusal::broken(&error))?
            .map_err(|error| not_saved(&to, &error)),
        Err(answer) => Err(Refusal::from_problem(
            serde_json::from_slice(&answer.body).unwrap_or_default(),
        )),
    };
    if outcome.is_err() {
        // What is not whole is no file of theirs.
        let _ = tokio::fs::remove_file(aside).await;
    }
    outcome.map(|()| Some(to))
}

async fn ask_where(app: &AppHandle, name: &str) -> Result<Option<PathBuf>, Refusal> {
    let (answer, answered) = oneshot::channel();
    app.dialog()
        .file()
        .set_title("Save")
        .set_file_name(plain_name(name))
        .save_file(move |path| {
            let _ = answer.send(path);
        });
    let chosen = answered.await.map_err(|error| Refusal::broken(&error))?;
    Ok(chosen.and_then(|path| path.into_path().ok()))
}

fn not_saved(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::new(
        "file.not_saved",
        format!("{} was not saved: {error}.", path.display()),
    )
    .hint("Choose another folder, or make room on the disk.")
}

/// Asks for an existing workspace file.
pub async fn pick_workspace(app: &AppHandle) -> Result<Option<PathBuf>, Refusal> {
    let (answer, answered) = oneshot::channel();
    app.dialog()
        .file()
        .set_title("Open a workspace")
        .add_filter("Tallyport workspaces", &["tally"])
        .pick_file(move |picked| {
            let _ = answer.send(picked);
        });
    let picked = answered.await.map_err(|error| Refusal::broken(&error))?;
    Ok(picked.and_then(|file| file.into_path().ok()))
}

/// The old file or the new one, never half of it: written aside, then put in its place.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let aside = aside(path);
    std::fs::File::create(&aside)?.write_all(bytes)?;
    put_in_place(&aside, path)
}

fn aside(path: &Path) -> PathBuf {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".part");
    PathBuf::from(aside)
}

/// What was written aside is on the disk before it takes the other's place.
fn put_in_place(aside: &Path, path: &Path) -> std::io::Result<()> {
    std::fs::OpenOptions::new()
        .write(true)
        .open(aside)?
        .sync_all()?;
    std::fs::rename(aside, path)
}

/// A name without a way into another folder.
fn plain_name(name: &str) -> String {
    name.chars()
        .map(|letter| {
            if letter.is_control() || "/\\:".contains(letter) {
                '-'
            } else {
                letter
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_name_leads_into_no_other_folder() {
        assert_eq!(plain_name("2024-0001 Ada.pdf"), "2024-0001 Ada.pdf");
        assert_eq!(plain_name("../../.bashrc"), "..-..-.bashrc");
    }
}
