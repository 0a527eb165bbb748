//! Making a workspace and opening one, with what this computer brings: its keychain, its clock, its
//! randomness, and for a demo the sandbox beside it.

use std::{path::Path, sync::Arc};

use jiff::{SignedDuration, civil::Date, tz::TimeZone};
use tallyport_workspace::{
    AwsSource, Clock, Context, Keychain, PassphraseCost, RecoveryKey, Secret, SignedIn, Store,
    Unlock, WorkspaceError, demo, open,
};

use crate::surroundings;

/// What kind of workspace to make.
pub enum Create {
    /// The made-up company, to look around in.
    Sandbox,
    /// An empty one.
    Empty {
        /// What it is called.
        name: String,
        /// Needed where there is no keychain.
        passphrase: Option<String>,
    },
}

/// Makes a workspace; answers its recovery key, which a demo does not have.
pub async fn create(
    path: &Path,
    what: Create,
) -> Result<(Context, Option<String>), WorkspaceError> {
    let (name, demo, passphrase) = match what {
        Create::Sandbox => ("Sandbox".to_owned(), true, None),
        Create::Empty { name, passphrase } => (name, false, passphrase),
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| WorkspaceError::Fault(format!("{}: {error}", folder.display())))?;
    }
    let ask = open::Create {
        path: path.to_owned(),
        name,
        demo,
        keychain: Keychain::System,
        passphrase: passphrase.filter(|text| !text.is_empty()).map(Secret::new),
        cost: PassphraseCost::USUAL,
    };
    let created = open::create(ask, surroundings::now(), Arc::new(surroundings::random)).await?;
    let recovery_key = created.recovery_key.map(|key| key.reveal().clone());
    if !demo {
        return Ok((
            context(created.store, tallyport_workspace::real_aws())?,
            recovery_key,
        ));
    }
    let sandbox = sandbox(path)?;
    let context = context(created.store, tallyport_demo::aws(&sandbox))?;
    let by = SignedIn::local_super_admin();
    demo::fill(&context, &by, tallyport_demo::company(&sandbox)).await?;
    Ok((context, recovery_key))
}

/// Opens a workspace with what the person typed, or with what the keychain holds.
pub async fn open(path: &Path, typed: Option<String>) -> Result<Context, WorkspaceError> {
    let unlock = match typed {
        None => Unlock::Keychain,
        Some(text) if RecoveryKey::parse(&text).is_ok() => Unlock::RecoveryKey(Secret::new(text)),
        Some(text) => Unlock::Passphrase(Secret::new(text)),
    };
    let ask = open::Open {
        path: path.to_owned(),
        keychain: Keychain::System,
        unlock,
    };
    let store = open::open(ask).await?;
    let aws = if open::is_demo(path)? {
        tallyport_demo::aws(&sandbox(path)?)
    } else {
        tallyport_workspace::real_aws()
    };
    context(store, aws)
}

fn sandbox(path: &Path) -> Result<tallyport_demo::Sandbox, WorkspaceError> {
    tallyport_demo::beside(path, surroundings::today())
        .map_err(|error| WorkspaceError::Fault(format!("the sandbox cannot be opened: {error}")))
}

fn context(store: Store, aws: AwsSource) -> Result<Context, WorkspaceError> {
    Ok(Context::new(
        store,
        clock(),
        Arc::new(surroundings::random),
        aws,
    ))
}

/// The clock, moved to the day that `TALLY_TODAY` names if it names one; it goes on from there.
fn clock() -> Clock {
    let real: Date = surroundings::now().to_zoned(TimeZone::UTC).date();
    let days = real
        .until(surroundings::today())
        .map_or(0, |span| span.get_days());
    let moved = SignedDuration::from_hours(24) * days;
    Arc::new(move || {
        surroundings::now()
            .saturating_add(moved)
            .unwrap_or_else(|_| surroundings::now())
    })
}
