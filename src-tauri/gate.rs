//! What stands before the door: which workspace, and whether it is open.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use axum::{Router, http::Method};
use serde::Serialize;
use tallyport_api::{Door, InProcess};
use tallyport_workspace::{Context, ErrorKind, SignedIn};
use tauri::{AppHandle, State};

use crate::{
    arguments::Arguments,
    attendance::Attendance,
    files,
    opening::{self, Create},
    refusal::Refusal,
    remembered,
};

/// The workspace of this window.
pub struct Gate {
    folder: PathBuf,
    /// The window was started on the sandbox: make it when it is not there.
    sandbox: bool,
    standing: Mutex<Standing>,
    /// Opening takes a moment; two at once would be two writers on one file.
    one_at_a_time: tokio::sync::Mutex<()>,
    /// The program around it, once there is one.
    app: OnceLock<AppHandle>,
}

struct Standing {
    path: PathBuf,
    open: Option<Open>,
}

#[derive(Clone)]
struct Open {
    router: Router,
    in_process: InProcess,
    /// Ends with the last who holds it.
    _attendance: Option<Arc<Attendance>>,
}

/// What the interface is to show.
#[derive(Debug, Serialize)]
pub struct GateState {
    state: &'static str,
    message: String,
    hint: Option<String>,
    workspace: Option<PathBuf>,
}

/// A workspace was made.
#[derive(Debug, Serialize)]
pub struct Created {
    /// To be shown once; a demo has none.
    recovery_key: Option<String>,
}

impl Gate {
    /// The gate of a window started with these arguments; workspaces lie in `folder`.
    pub fn new(arguments: &Arguments, folder: PathBuf) -> Self {
        let path = match (&arguments.workspace, arguments.sandbox) {
            (Some(path), _) => path.clone(),
            (None, true) => folder.join("sandbox.tally"),
            (None, false) => {
                remembered::workspace(&folder).unwrap_or_else(|| folder.join("default.tally"))
            }
        };
        Self {
            folder,
            sandbox: arguments.sandbox && arguments.workspace.is_none(),
            standing: Mutex::new(Standing { path, open: None }),
            one_at_a_time: tokio::sync::Mutex::new(()),
            app: OnceLock::new(),
        }
    }

    /// The program runs: from now on an open workspace is attended to.
    pub fn installed(&self, app: AppHandle) {
        let _ = self.app.set(app);
    }

    /// The door of the open workspace.
    pub fn door(&self) -> Result<InProcess, Refusal> {
        Ok(self.open()?.in_process)
    }

    /// The router itself, for an answer that never ends, and who asks it.
    pub fn router(&self) -> Result<(Router, SignedIn), Refusal> {
        Ok((self.open()?.router, SignedIn::local_super_admin()))
    }

    fn open(&self) -> Result<Open, Refusal> {
        self.with(|standing| standing.open.clone())
            .ok_or_else(Refusal::not_open)
    }

    fn with<T>(&self, see: impl FnOnce(&mut Standing) -> T) -> T {
        see(&mut self.standing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn path(&self) -> PathBuf {
        self.with(|standing| standing.path.clone())
    }

    fn opened(&self, path: &Path, context: Context) {
        let router = tallyport_api::router(context.clone(), Door::InProcess);
        let in_process = InProcess::new(router.clone(), SignedIn::local_super_admin());
        let attend = |app: &AppHandle| Attendance::to(app.clone(), context, in_process.clone());
        let attendance = self.app.get().map(attend).map(Arc::new);
        self.with(|standing| {
            standing.path = path.to_path_buf();
            standing.open = Some(Open {
                router,
                in_process,
                _attendance: attendance,
            });
        });
    }

    fn state_open(&self) -> Option<GateState> {
        self.with(|standing| {
            standing.open.as_ref().map(|_| GateState {
                state: "open",
                message: String::new(),
                hint: None,
                workspace: Some(standing.path.clone()),
            })
        })
    }

    /// Opens the sandbox workspace; makes it and loads its bill when there is none. It is not
    /// remembered: who starts the program without saying so means their own workspace.
    async fn enter_sandbox(&self, path: &Path) -> Result<(), Refusal> {
        if path.exists() {
            let context = opening::open(path, None).await?;
            self.opened(path, context);
            return Ok(());
        }
        let (context, _) = opening::create(path, Create::Sandbox).await?;
        self.opened(path, context);
        let ask = Some("{\"dry_run\":false}".to_owned());
        let answer = self.door()?.ask(Method::POST, "/api/v1/syncs", ask).await;
        if !answer.status.is_success() {
            tracing::warn!(status = %answer.status, "the sandbox's first sync did not start");
        }
        Ok(())
    }

    async fn enter(&self, path: &Path, passphrase: Option<String>) -> Result<GateState, Refusal> {
        let _turn = self.one_at_a_time.lock().await;
        if let Some(state) = self.state_open() {
            return Ok(state);
        }
        if !path.exists() && self.sandbox {
            self.enter_sandbox(path).await?;
            return self.state_open().ok_or_else(Refusal::not_open);
        }
        if !path.exists() {
            return Ok(GateState {
                state: "first_run",
                message: "There is no workspace yet.".to_owned(),
                hint: None,
                workspace: Some(path.to_path_buf()),
            });
        }
        let asked_for_passphrase = passphrase.is_some();
        match opening::open(path, passphrase).await {
            Ok(context) => {
                self.opened(path, context);
                self.state_open().ok_or_else(Refusal::not_open)
            }
            Err(error) if error.kind() == ErrorKind::Keys && !asked_for_passphrase => {
                Ok(GateState {
                    state: "needs_passphrase",
                    message: error.to_string(),
                    hint: error.hint(),
                    workspace: Some(path.to_path_buf()),
                })
            }
            Err(error) if asked_for_passphrase => Err(error.into()),
            Err(error) => Ok(GateState {
                state: "broken",
                message: error.to_string(),
                hint: error.hint(),
                workspace: Some(path.to_path_buf()),
            }),
        }
    }
}

/// Whether the workspace is open; opens it if its key can be had without a question. Asked again, it
/// tries again: a keychain that was locked may be open by now.
#[tauri::command]
pub async fn workspace_state(gate: State<'_, Gate>) -> Result<GateState, Refusal> {
    gate.enter(&gate.path(), None).await
}

/// Opens the workspace with its passphrase or its recovery key.
#[tauri::command]
pub async fn unlock(gate: State<'_, Gate>, passphrase: String) -> Result<GateState, Refusal> {
    gate.enter(&gate.path(), Some(passphrase)).await
}

/// Makes a workspace and opens it: a sandbox to look around in, or an empty one.
#[tauri::command]
pub async fn create(
    gate: State<'_, Gate>,
    name: String,
    sandbox: bool,
    passphrase: Option<String>,
) -> Result<Created, Refusal> {
    let _turn = gate.one_at_a_time.lock().await;
    if sandbox {
        gate.enter_sandbox(&gate.folder.join("sandbox.tally"))
            .await?;
        return Ok(Created { recovery_key: None });
    }
    let path = gate.path();
    let (context, recovery_key) =
        opening::create(&path, Create::Empty { name, passphrase }).await?;
    gate.opened(&path, context);
    remembered::remember(&gate.folder, &path);
    Ok(Created { recovery_key })
}

/// Lets the person choose another workspace file, and opens it; nothing when they think better of it.
#[tauri::command]
pub async fn open_workspace(
    app: AppHandle,
    gate: State<'_, Gate>,
) -> Result<Option<GateState>, Refusal> {
    let Some(path) = files::pick_workspace(&app).await? else {
        return Ok(None);
    };
    gate.with(|standing| {
        *standing = Standing {
            path: path.clone(),
            open: None,
        }
    });
    let state = gate.enter(&path, None).await?;
    remembered::remember(&gate.folder, &path);
    Ok(Some(state))
}
