//! Closing the window and quitting the program: two things, and a person is told which is which.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::Method;
use serde_json::Value;
use tauri::{AppHandle, CloseRequestApi, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};
use tokio::sync::oneshot;

use crate::{
    gate::Gate,
    habits::{Closing, Habits},
};

const GOES_ON: &str = "Without its window Tallyport goes on: it syncs bills when you planned to, and tells \
    you when a budget is at risk.\n\nThe tray brings the window back, and so does starting Tallyport again. \
    Settings can change this.";

/// Whether the person is being asked: pressing once more asks no second time.
static ASKING: AtomicBool = AtomicBool::new(false);

/// The person closes the window.
pub fn closing(app: &AppHandle, api: &CloseRequestApi) {
    api.prevent_close();
    if ASKING.swap(true, Ordering::Relaxed) {
        return;
    }
    let app = app.clone();
    // What is asked may take a while; the window stays as it is until then.
    tauri::async_runtime::spawn(async move {
        match app.state::<Habits>().closing() {
            Closing::GoesOn => hide(&app),
            Closing::GoesOnUntold => {
                let stays = ask(&app, "Close the window", GOES_ON, "Keep running", "Quit").await;
                if let Err(error) = app.state::<Habits>().keep_running(stays) {
                    tracing::warn!(%error, "the choice is not kept");
                }
                if stays {
                    hide(&app);
                } else {
                    quit(&app).await;
                }
            }
            Closing::Ends => quit(&app).await,
        }
        ASKING.store(false, Ordering::Relaxed);
    });
}

fn hide(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main")
        && let Err(error) = window.hide()
    {
        tracing::warn!(%error, "the window cannot be hidden");
    }
}

/// Ends the program; where that would stop something, the person says whether.
pub async fn quit(app: &AppHandle) {
    let running = running(app).await;
    if let Some(question) = question(&running)
        && !ask(app, "Quit Tallyport", &question, "Quit", "Stay").await
    {
        return;
    }
    app.exit(0);
}

/// Work that this program is at.
struct Work {
    title: String,
    /// Whether the next start goes on with it.
    goes_on: bool,
}

impl Work {
    fn of(job: &Value) -> Option<Self> {
        Some(Self {
            title: job["title"].as_str()?.to_owned(),
            goes_on: job["kind"] == "transfer",
        })
    }
}

async fn running(app: &AppHandle) -> Vec<Work> {
    let Ok(door) = app.state::<Gate>().door() else {
        return Vec::new();
    };
    let answer = door.ask(Method::GET, "/api/v1/jobs", None).await;
    let answer: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let jobs = answer["jobs"].as_array().into_iter().flatten();
    jobs.filter(|job| matches!(job["state"].as_str(), Some("queued" | "running")))
        .filter_map(Work::of)
        .collect()
}

/// What quitting would stop, if it would stop anything.
fn question(running: &[Work]) -> Option<String> {
    let what = match running {
        [] => return None,
        [only] => format!("\u{201c}{}\u{201d} is", only.title),
        [first, rest @ ..] => format!(
            "\u{201c}{}\u{201d} and {} more are",
            first.title,
            rest.len()
        ),
    };
    let lost = "what is not finished is not kept, and what was loaded before stays as it is";
    let paused = "files on their way wait until Tallyport is started again";
    let then = match (
        running.iter().any(|work| work.goes_on),
        running.iter().all(|work| work.goes_on),
    ) {
        (_, true) => format!("{paused}, and go on where they were"),
        (true, false) => format!("{paused}; of the rest, {lost}"),
        (false, false) => lost.to_owned(),
    };
    Some(format!("{what} at work. Quitting stops that: {then}."))
}

/// Asks in a dialog of the system; whether the first answer was given.
pub async fn ask(app: &AppHandle, title: &str, question: &str, yes: &str, no: &str) -> bool {
    let (answer, answered) = oneshot::channel();
    let mut dialog = app
        .dialog()
        .message(question)
        .title(title)
        .kind(MessageDialogKind::Info)
        .buttons(MessageDialogButtons::OkCancelCustom(
            yes.to_owned(),
            no.to_owned(),
        ));
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.parent(&window);
    }
    dialog.show(move |chosen| {
        // Nobody waits any more only when the program ends.
        let _ = answer.send(chosen);
    });
    answered.await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_quitting_would_stop_is_named() {
        let asked = |jobs: &[(&str, &str)]| {
            let jobs = jobs.iter();
            let works: Vec<Work> = jobs
                .filter_map(|(kind, title)| Work::of(&json!({ "kind": kind, "title": title })))
                .collect();
            question(&works)
        };
        assert_eq!(asked(&[]), None);
        let one = asked(&[("sync", "Sync Northwind")]).unwrap();
        assert!(
            one.starts_with("\u{201c}Sync Northwind\u{201d} is at work."),
            "{one}"
        );
        assert!(one.contains("not kept"), "{one}");
        let three = asked(&[("import", "a.csv"), ("transfer", "b"), ("sync", "c")]).unwrap();
        assert!(
            three.contains("\u{201c}a.csv\u{201d} and 2 more are at work"),
            "{three}"
        );
        assert!(three.contains("wait until") && three.contains("not kept"));
        let files = asked(&[("transfer", "May to Acme")]).unwrap();
        assert!(
            files.ends_with("and go on where they were.") && !files.contains("not kept"),
            "{files}"
        );
    }
}
