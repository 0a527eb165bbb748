//! The desktop window: Tauri around the same door that browser and command line use.
//!
//! Invariants: a request of the interface goes to the Router in this process; only what is truly
//! native is a command of its own (dialogs, dropped files, opening a workspace). A path is read only
//! if the person dropped or picked it. Nothing blocking runs on the async threads. Nothing listens on
//! a port.

mod arguments;
mod attendance;
mod carrying;
mod door;
mod figures;
mod files;
mod gate;
mod habits;
mod leaving;
mod login;
mod offered;
mod opening;
mod paint;
mod places;
mod refusal;
mod remembered;
mod surroundings;
mod tray;

use std::{io::Write, process::ExitCode};

use tauri::{DragDropEvent, Manager, WindowEvent};
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

use crate::{arguments::Arguments, gate::Gate, habits::Habits, offered::Offered, places::Places};

/// Opens the window and stays until the person quits.
#[must_use]
pub fn run() -> ExitCode {
    tallyport_memory::give_back();
    let words = std::env::args().skip(1);
    let arguments = match Arguments::read(words) {
        Ok(arguments) => arguments,
        Err(reason) => {
            return refuse(&format!(
                "{reason}.\nUsage: tallyport [--sandbox] [--workspace PATH] [--hidden]"
            ));
        }
    };
    let arguments = arguments.or_from(surroundings::variable("TALLY_WORKSPACE"));
    let filter = EnvFilter::try_from_env("TALLYPORT_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,tallyport=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let Some(folder) = surroundings::data_folder() else {
        return refuse(
            "This account has no home folder. Name the workspace with --workspace PATH.",
        );
    };

    let mut builder = tauri::Builder::default();
    if surroundings::bus_answers() {
        // A second start brings the first window to the front.
        builder = builder.plugin(tauri_plugin_single_instance::init(
            |app, _words, _folder| places::raise(app),
        ));
    }
    let mut context = tauri::generate_context!();
    if arguments.hidden {
        for window in &mut context.config_mut().app.windows {
            window.visible = false;
        }
    }
    let kept = StateFlags::all() & !StateFlags::VISIBLE;
    let done = builder
        .plugin(tauri_plugin_dialog::init())
        // A window that was hidden when the program ended is not hidden at its next start.
        .plugin(
            tauri_plugin_window_state::Builder::default()
                .with_state_flags(kept)
                .build(),
        )
        .manage(Habits::of(&folder))
        .manage(Gate::new(&arguments, folder))
        .manage(Offered::default())
        .manage(Places::default())
        .setup(|app| {
            tray::install(app);
            app.state::<Gate>().installed(app.handle().clone());
            Ok(())
        })
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
                window.state::<Offered>().add(paths);
            }
            WindowEvent::CloseRequested { api, .. } => {
                leaving::closing(window.app_handle(), api);
            }
            _ => {}
        })
        .invoke_handler(tauri::generate_handler![
            carrying::download_files,
            carrying::look_ahead,
            carrying::pick_uploads,
            carrying::upload_paths,
            door::api,
            door::import_paths,
            door::subscribe,
            files::pick_files,
            files::pick_folder,
            files::save_file,
            files::save_from_door,
            gate::create,
            gate::open_workspace,
            gate::unlock,
            gate::workspace_state,
            habits::habits,
            habits::set_habits,
            paint::painted,
        ])
        .run(context);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(&format!("The window cannot be opened: {error}")),
    }
}

/// Before there is a window, the terminal is the only place to say something.
fn refuse(sentence: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{sentence}");
    ExitCode::FAILURE
}
