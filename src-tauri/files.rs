//! Choosing files and saving them, in the dialogs of the system.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use crate::{offered::Offered, refusal::Refusal};

/// Asks the person for cost files; an empty list when they think better of it.
#[tauri::command]
pub async fn pick_files(
    app: AppHandle,
    offered: State<'_, Offered>,
) -> Result<Vec<PathBuf>, Refusal> {
    let (answer, answered) = oneshot::channel();
    app.dialog()
        .file()
        .set_title("Import cost files")
        .add_filter("Cost exports", &["csv", "gz", "parquet", "json"])
        .add_filter("All files", &["*"])
        .pick_files(move |picked| {
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

/// Asks for a folder of bills; an empty list when the person thinks better of it.
#[tauri::command]
pub async fn pick_folder(
    app: AppHandle,
    offered: State<'_, Offered>,
) -> Result<Vec<PathBuf>, Refusal> {
    let (answer, answered) = oneshot::channel();
    app.dialog()
        .file()
        .set_title("Import a folder of bills")
        .pick_folder(move |picked| {
            let _ = answer.send(picked);
        });
    let picked = answered.await.map_err(|error| Refusal::broken(&error))?;
    let folders: Vec<PathBuf> = picked
        .and_then(|folder| FilePath::into_path(folder).ok())
        .into_iter()
        .collect();
    offered.add(&folders);
    Ok(folders)
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
    let (answer, answered) = oneshot::channel();
    app.dialog()
        .file()
        .set_title("Save")
        .set_file_name(plain_name(&name))
        .save_file(move |path| {
            let _ = answer.send(path);
        });
    let chosen = answered.await.map_err(|error| Refusal::broken(&error))?;
    let Some(path) = chosen.and_then(|path| path.into_path().ok()) else {
        return Ok(None);
    };
    let written = path.clone();
    tauri::async_runtime::spawn_blocking(move || write_whole(&written, &bytes))
        .await
        .map_err(|error| Refusal::broken(&error))?
        .map_err(|error| {
            Refusal::new(
                "file.not_saved",
                format!("{} was not saved: {error}.", path.display()),
            )
            .hint("Choose another folder, or make room on the disk.")
        })?;
    Ok(Some(path))
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
    let mut aside = path.as_os_str().to_owned();
    aside.push(".part");
    let aside = PathBuf::from(aside);
    let mut file = std::fs::File::create(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&aside, path)
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
