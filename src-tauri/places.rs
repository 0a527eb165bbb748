//! Where the window is to go, when something outside it leads there: a popup, the tray, a second start.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tauri::{AppHandle, Manager, ipc::Channel};

/// The way to the interface.
#[derive(Default)]
pub struct Places {
    way: Mutex<Way>,
}

#[derive(Default)]
struct Way {
    /// What the interface listens to; a page that was loaded anew brings another.
    channel: Option<Channel<Value>>,
    /// Said before anybody listened.
    waiting: Option<String>,
}

impl Places {
    /// The interface listens from now on.
    pub fn listen(&self, channel: Channel<Value>) {
        let mut way = self.way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = way.waiting.take()
            && channel.send(told(&place)).is_err()
        {
            way.waiting = Some(place);
        }
        way.channel = Some(channel);
    }

    fn go(&self, place: &str) {
        let mut way = self.way.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = way
            .channel
            .as_ref()
            .is_some_and(|channel| channel.send(told(place)).is_ok());
        if !heard {
            way.waiting = Some(place.to_owned());
        }
    }
}

fn told(place: &str) -> Value {
    json!({ "kind": "place", "place": place })
}

/// Brings the window to the front, as it was.
pub fn raise(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let raised = window
            .show()
            .and_then(|()| window.unminimize())
            .and_then(|()| window.set_focus());
        if let Err(error) = raised {
            tracing::warn!(%error, "the window cannot be brought to the front");
        }
    }
}

/// Brings the window to the front, at a place of the interface.
pub fn open(app: &AppHandle, place: &str) {
    raise(app);
    app.state::<Places>().go(place);
}
