//! Before there is a door: making a workspace, opening one, restoring one.

use std::io::{BufRead, IsTerminal};
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use tallyport_api::Problem;
use tallyport_demo::Sandbox;
use tallyport_workspace::open::{self, Create, Open, Restore};
use tallyport_workspace::{
    Clock, Context, Keychain, PassphraseCost, Random, Secret, SignedIn, Store, Unlock,
    WorkspaceError, demo,
};

use crate::failure::Failure;
use crate::surroundings;

/// A workspace that was just made.
pub struct Made {
    /// Its door's context.
    pub context: Context,
    /// Opens the workspace when all else is lost; shown once.
    pub recovery_key: Option<Secret<String>>,
}

/// Makes a workspace at `path`; a demo, if it is with a company of so many people.
///
/// # Errors
/// Something is there already, or nothing could keep its key.
pub async fn make(
    path: &Path,
    name: Option<String>,
    company: Option<usize>,
) -> Result<Made, Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    let mut ask = Create {
        path: path.to_owned(),
        name: name.unwrap_or_else(|| named_after(path)),
        demo: company.is_some(),
        keychain: Keychain::System,
        passphrase: surroundings::variable("TALLY_PASSPHRASE").map(Secret::new),
        cost: PassphraseCost::USUAL,
    };
    let mut created = open::create(ask.clone(), surroundings::now(), random()?).await;
    if let Err(error) = &created
        && wants_passphrase(error)
        && can_ask()
    {
        crate::say::note(&format!("{error}."));
        ask.passphrase = Some(new_passphrase()?);
        created = open::create(ask, surroundings::now(), random()?).await;
    }
    let created = created.map_err(failure)?;
    let sandbox = company.map(|people| sandbox_of(path, people)).transpose()?;
    let context = context(created.store, sandbox.as_ref())?;
    if let Some(sandbox) = &sandbox {
        let by = SignedIn::local_super_admin();
        demo::fill(&context, &by, tallyport_demo::company(sandbox))
            .await
            .map_err(failure)?;
    }
    Ok(Made {
        context,
        recovery_key: created.recovery_key,
    })
}

/// Opens the workspace at `path`.
///
/// # Errors
/// It is not there, it is damaged, or no key opens it.
pub async fn open(path: &Path) -> Result<Context, Failure> {
    if !path.is_file() {
        return Err(
            Failure::not_found(format!("There is no workspace at {}.", path.display()))
                .hint("`tally init` makes one; `tally init --sandbox` one with demo data."),
        );
    }
    let unlock = match surroundings::variable("TALLY_PASSPHRASE") {
        Some(passphrase) => Unlock::Passphrase(Secret::new(passphrase)),
        None => Unlock::Keychain,
    };
    let mut ask = Open {
        path: path.to_owned(),
        keychain: Keychain::System,
        unlock,
    };
    let mut opened = open::open(ask.clone()).await;
    if let Err(error) = &opened
        && wants_passphrase(error)
        && can_ask()
    {
        ask.unlock = Unlock::Passphrase(prompted("Passphrase: ")?);
        opened = open::open(ask).await;
    }
    let store = opened.map_err(failure)?;
    let demo = open::is_demo(path).map_err(failure)?;
    let sandbox = demo
        .then(|| sandbox_of(path, Sandbox::PEOPLE))
        .transpose()?;
    context(store, sandbox.as_ref())
}

/// Restores the backup `file` as the workspace at `path`.
///
/// # Errors
/// The backup is not whole, no key opens it, or something is at `path` already.
pub async fn restore(file: &Path, path: &Path, recovery_key: bool) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    let passphrase = surroundings::variable("TALLY_PASSPHRASE").map(Secret::new);
    let unlock = if recovery_key {
        Unlock::RecoveryKey(given_recovery_key()?)
    } else {
        passphrase
            .clone()
            .map_or(Unlock::Keychain, Unlock::Passphrase)
    };
    let mut ask = Restore {
        backup: file.to_owned(),
        path: path.to_owned(),
        keychain: Keychain::System,
        unlock,
        passphrase,
        cost: PassphraseCost::USUAL,
    };
    let mut restored = open::restore(ask.clone(), random()?).await;
    if let Err(error) = &restored
        && wants_passphrase(error)
        && can_ask()
    {
        if recovery_key {
            ask.passphrase = Some(new_passphrase()?);
        } else {
            ask.unlock = Unlock::Passphrase(prompted("Passphrase of the backup: ")?);
        }
        restored = open::restore(ask, random()?).await;
    }
    restored.map(drop).map_err(failure)
}

fn context(store: Store, sandbox: Option<&Sandbox>) -> Result<Context, Failure> {
    let aws = sandbox.map_or_else(tallyport_workspace::real_aws, tallyport_demo::aws);
    Ok(Context::new(store, clock()?, random()?, aws))
}

/// The sandbox beside a demo workspace.
fn sandbox_of(path: &Path, people: usize) -> Result<Sandbox, Failure> {
    tallyport_demo::of_size(path, surroundings::today()?, people)
        .map_err(|error| Failure::internal(format!("The sandbox cannot be opened: {error}.")))
}

/// The clock, moved to the day that `TALLY_TODAY` names if it names one; it goes on from there.
fn clock() -> Result<Clock, Failure> {
    let now = surroundings::now();
    let moved: Date = surroundings::today()?;
    let days = now.to_zoned(TimeZone::UTC).date().until(moved);
    let days = days.map_or(0, |span| span.get_days());
    Ok(Arc::new(move || {
        let now: Timestamp = surroundings::now();
        now.checked_add((i64::from(days) * 24).hours())
            .unwrap_or(now)
    }))
}

fn random() -> Result<Random, Failure> {
    // Once here, so that a system without randomness is told as a failure.
    surroundings::random(&mut [0; 1])?;
    Ok(Arc::new(|bytes: &mut [u8]| {
        while surroundings::random(bytes).is_err() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }))
}

fn named_after(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_else(|| "default".to_owned())
}

fn failure(error: WorkspaceError) -> Failure {
    Problem::from(error).into()
}

fn wants_passphrase(error: &WorkspaceError) -> bool {
    error.code() == "key.passphrase-needed"
}

fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

fn prompted(question: &str) -> Result<Secret<String>, Failure> {
    rpassword::prompt_password(question)
        .map(Secret::new)
        .map_err(|error| Failure::usage(format!("Nothing could be asked: {error}.")))
}

fn new_passphrase() -> Result<Secret<String>, Failure> {
    loop {
        let first = prompted("New passphrase: ")?;
        if first.reveal() == prompted("Once more: ")?.reveal() {
            return Ok(first);
        }
        crate::say::note("These two differ; try again.");
    }
}

fn given_recovery_key() -> Result<Secret<String>, Failure> {
    if can_ask() {
        return prompted("Recovery key: ");
    }
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::usage(format!("Standard input: {error}.")))?;
    Ok(Secret::new(line.trim().to_owned()))
}
