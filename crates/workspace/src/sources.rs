//! Where a connection's bills come from: finding cost exports, using one, making one.

use serde_json::json;
use tallyport_aws::exports::{self, Discovery, Export, ExportKind, NewExport};
use tallyport_aws::{Access, AwsError};
use tallyport_ledger::{Currency, LoadCosts, Money, Name};
use tallyport_store::ConnectionId;

use crate::clients::{self, Connection};
use crate::trail::Trail;
use crate::ways_in::export_to;
use crate::{Context, Grant, WorkspaceError};

/// With which credentials to look for exports.
#[derive(Debug, Clone, Default)]
pub struct DiscoverAsk {
    /// Those of this client's connection.
    pub client: Option<String>,
    /// Those of this connection.
    pub connection: Option<ConnectionId>,
    /// These.
    pub access: Option<Access>,
    /// The region to talk to.
    pub region: Option<String>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The account of the credentials.
    pub account: String,
    /// Their identity.
    pub arn: String,
    /// The exports, and the connection that loads each, if one does.
    pub exports: Vec<(Export, Option<ConnectionId>)>,
    /// Permissions that are missing.
    pub missing_permissions: Vec<String>,
    /// An export that could be made, where none can be used.
    pub offer: Option<Offer>,
}

/// An export that could be made.
#[derive(Debug, Clone)]
pub struct Offer {
    /// What it would be called.
    pub name: String,
    /// The bucket it would go to.
    pub bucket: String,
    /// The prefix below which it would be delivered.
    pub prefix: String,
    /// What it is, what has to be there, and what it costs.
    pub text: String,
    /// What it costs a month, about.
    pub monthly_price: Money,
}

/// $0.023 for a gigabyte and month of S3 Standard storage, $0.005 for a thousand writes (us-east-1), in
/// nano-dollars.
const GIGABYTE_MONTH: i128 = 23_000_000;
const WRITE: i128 = 5_000;
/// Three deliveries a day, each of a file and a manifest, for this month and now and then the last.
const WRITES_A_MONTH: i128 = 31 * 3 * 2 * 2;

/// Looks for cost exports; costs nothing.
///
/// # Errors
/// What AWS refuses, but for permissions that are missing: those are told.
pub async fn discover(
    cx: &Context,
    _by: &Grant<LoadCosts>,
    ask: DiscoverAsk,
) -> Result<Found, WorkspaceError> {
    let (access, region) = way_in(cx, ask).await?;
    let config = (cx.aws)(&access, region.as_deref()).await;
    let Discovery {
        identity,
        exports,
        missing_permissions,
    } = exports::discover(&config).await?;
    let connections = cx.store.read(|r| r.connections(None)).await?;
    let used = |export: &Export| {
        let user = connections.iter().find(|connection| {
            let source = connection
                .source
                .as_deref()
                .map(crate::ways_in::export_from);
            matches!(source, Some(Ok(source)) if source.id == export.id)
        });
        user.map(|connection| connection.id)
    };
    let offer = offer(&identity.account, &exports);
    Ok(Found {
        account: identity.account,
        arn: identity.arn,
        exports: exports
            .into_iter()
            .map(|export| {
                let user = used(&export);
                (export, user)
            })
            .collect(),
        missing_permissions,
        offer,
    })
}

/// The credentials to look with: those given, else those of the connection that is meant.
async fn way_in(
    cx: &Context,
    ask: DiscoverAsk,
) -> Result<(Access, Option<String>), WorkspaceError> {
    let DiscoverAsk {
        client,
        connection,
        access,
        region,
    } = ask;
    if let Some(access) = access {
        return Ok((access, region));
    }
    if let Some(id) = connection {
        let found = clients::stored(cx, id).await?;
        return Ok((found.access, region.or(found.region)));
    }
    let found = cx
        .store
        .read(move |r| {
            let client = client.map(|name| r.client_named(&name)).transpose()?;
            Ok::<_, WorkspaceError>(r.connections(client)?)
        })
        .await?;
    match found.as_slice() {
        [] => Ok((Access::Environment, region)),
        [only] => {
            let only = clients::stored(cx, only.id).await?;
            Ok((only.access, region.or(only.region)))
        }
        several => Err(WorkspaceError::Conflict {
            code: "sources.which-connection",
            reason: "there are several connections: say whose credentials to look with".to_owned(),
            hint: Some(format!(
                "Name the client or the connection: {}.",
                several
                    .iter()
                    .map(|connection| format!("{} (number {})", connection.name, connection.id))
                    .collect::<Vec<_>>()
                    .join(", ")
            )),
        }),
    }
}

fn offer(account: &str, exports: &[Export]) -> Option<Offer> {
    if exports.iter().any(|export| export.usable) {
        return None;
    }
    // A bucket that AWS delivers to already has the policy that it needs.
    let known = exports.iter().find(|export| export.kind != ExportKind::Cur);
    let bucket = known.or(exports.first()).map_or_else(
        || format!("tallyport-bills-{account}"),
        |export| export.bucket.clone(),
    );
    let monthly_price = Money::from_nanos(GIGABYTE_MONTH + WRITE * WRITES_A_MONTH, Currency::USD);
    let text = format!(
        "A FOCUS 1.2 export as Parquet, daily lines with resources and tags, brought up to date up to \
         three times a day. AWS asks nothing for the export; S3 asks for the room it takes, at most {} {} a \
         month for each gigabyte, which is about ten million lines. Cost Explorer is then asked only to \
         reconcile. The bucket {bucket} must exist, and its policy must let AWS deliver to it. The first \
         delivery takes up to a day; earlier months come only if AWS Support is asked for them.",
        monthly_price.to_decimal(2),
        monthly_price.currency(),
    );
    Some(Offer {
        name: "tallyport-focus".to_owned(),
        bucket,
        prefix: "tallyport".to_owned(),
        text,
        monthly_price,
    })
}

/// Makes a connection load an export (its ARN, or its name where one alone has it), or ask Cost Explorer
/// again. What was loaded stays.
///
/// # Errors
/// No such export, one of another account, one that is no whole bill; another connection loads an export
/// of the same account.
pub async fn choose(
    cx: &Context,
    by: &Grant<LoadCosts>,
    id: ConnectionId,
    export: Option<String>,
) -> Result<Connection, WorkspaceError> {
    let connection = clients::stored(cx, id).await?;
    let export = match export {
        None => None,
        Some(wanted) => Some(found(cx, &connection, &wanted).await?),
    };
    set(cx, by, connection, export).await
}

async fn found(
    cx: &Context,
    connection: &Connection,
    wanted: &str,
) -> Result<Export, WorkspaceError> {
    let config = (cx.aws)(&connection.access, connection.region.as_deref()).await;
    let Discovery {
        identity,
        exports,
        missing_permissions,
    } = exports::discover(&config).await?;
    of_account(connection, &identity.account)?;
    let mut fitting: Vec<Export> = exports
        .into_iter()
        .filter(|export| export.id == wanted || export.name.eq_ignore_ascii_case(wanted))
        .collect();
    let export = match (fitting.pop(), fitting.as_slice()) {
        (Some(only), []) => only,
        (Some(_), _) => {
            return Err(WorkspaceError::invalid(
                "export",
                format!("several exports are called \"{wanted}\": name its ARN"),
            ));
        }
        (None, _) if missing_permissions.is_empty() => {
            return Err(WorkspaceError::NotFound {
                what: "export",
                name: wanted.to_owned(),
            });
        }
        (None, _) => {
            return Err(AwsError::Denied {
                action: missing_permissions.join(", "),
                said: format!("Whether there is an export \"{wanted}\" cannot be seen."),
            }
            .into());
        }
    };
    if export.usable {
        return Ok(export);
    }
    Err(WorkspaceError::Conflict {
        code: "sources.unusable",
        reason: format!(
            "the export \"{}\" cannot be loaded: {}",
            export.name,
            export.reason.as_deref().unwrap_or("AWS does not say why")
        ),
        hint: Some("Choose another export, or make one: `tally sources create`.".to_owned()),
    })
}

/// A member account's own export is a part of the bill: it must not take the place of the whole.
fn of_account(connection: &Connection, account: &str) -> Result<(), WorkspaceError> {
    if connection.billing_account == account {
        return Ok(());
    }
    Err(WorkspaceError::Conflict {
        code: "sources.other-account",
        reason: format!(
            "the credentials are of account {account}, the connection is for the bill of {}: an export \
             found there would be of the wrong bill, or of a part of it",
            connection.billing_account
        ),
        hint: Some("Use credentials of the account that pays.".to_owned()),
    })
}

/// Makes a daily FOCUS 1.2 export and has the connection load it.
///
/// # Errors
/// A name or a bucket that cannot be; a bucket that AWS may not deliver to, with the policy it needs.
pub async fn create(
    cx: &Context,
    by: &Grant<LoadCosts>,
    id: ConnectionId,
    ask: NewExport,
) -> Result<Connection, WorkspaceError> {
    check(&ask)?;
    let connection = clients::stored(cx, id).await?;
    let config = (cx.aws)(&connection.access, connection.region.as_deref()).await;
    let account = tallyport_aws::identity(&config).await?.account;
    of_account(&connection, &account)?;
    let made = exports::create_focus_export(&config, &ask).await;
    let arn = made.map_err(|error| not_made(error, &account, &ask.bucket))?;
    let export = found(cx, &connection, &arn).await?;
    set(cx, by, connection, Some(export)).await
}

fn not_made(error: AwsError, account: &str, bucket: &str) -> WorkspaceError {
    let reason = match &error {
        AwsError::NoBucket { .. } => error.to_string(),
        AwsError::Refused { said, .. } if said.to_ascii_lowercase().contains("bucket") => {
            format!("AWS may not deliver to the bucket {bucket}: {said}")
        }
        _ => return error.into(),
    };
    WorkspaceError::Conflict {
        code: "sources.bucket",
        reason,
        hint: Some(format!(
            "The bucket has to exist, with this policy: {}",
            exports::bucket_policy(account, bucket)
        )),
    }
}

fn check(ask: &NewExport) -> Result<(), WorkspaceError> {
    let NewExport {
        name,
        bucket,
        prefix,
    } = ask;
    let is_plain = |text: &str, more: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    if name.is_empty() || name.len() > 128 || !is_plain(name, "-_") {
        return Err(WorkspaceError::invalid(
            "name",
            "an export's name has letters, digits, - and _ only, 128 at most",
        ));
    }
    if !(3..=63).contains(&bucket.len()) || !is_plain(bucket, "-.") {
        return Err(WorkspaceError::invalid(
            "bucket",
            "this is no bucket's name",
        ));
    }
    if prefix.is_empty()
        || prefix.len() > 256
        || !is_plain(prefix, "-_./")
        || prefix.starts_with('/')
    {
        return Err(WorkspaceError::invalid(
            "prefix",
            "a prefix has letters, digits, -, _, . and / only and does not begin with /",
        ));
    }
    Ok(())
}

async fn set(
    cx: &Context,
    by: &Grant<LoadCosts>,
    connection: Connection,
    export: Option<Export>,
) -> Result<Connection, WorkspaceError> {
    let trail = Trail::of(cx, by);
    let today = cx.today();
    cx.store
        .write(move |w| {
            let source = export.as_ref().map(export_to);
            let text = source.as_ref().map(ToString::to_string);
            w.use_export(connection.id, text.as_deref())?;
            let before = connection.source.as_ref().map(|export| &export.id);
            let details = json!({ "id": connection.id.0, "before": before, "source": source });
            trail.keep(w, "connection.source", &connection.name, &details)?;
            clients::connection(w, w.connection(connection.id)?, today)
        })
        .await
}

/// What to change of a connection: what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct ConnectionChange {
    /// Its name.
    pub name: Option<String>,
    /// The cap on its paid requests a month; none takes it away.
    pub monthly_request_cap: Option<Option<u32>>,
}

/// Changes a connection's name or its cap.
///
/// # Errors
/// A name that is none; [`WorkspaceError::NotFound`].
pub async fn change(
    cx: &Context,
    by: &Grant<LoadCosts>,
    id: ConnectionId,
    ask: ConnectionChange,
) -> Result<Connection, WorkspaceError> {
    let name = ask.name.as_deref().map(Name::parse).transpose()?;
    let trail = Trail::of(cx, by);
    let today = cx.today();
    cx.store
        .write(move |w| {
            let before = w.connection(id)?;
            let name = match name {
                Some(name) => name,
                None => Name::parse(&before.name)?,
            };
            let cap = ask
                .monthly_request_cap
                .unwrap_or(before.monthly_request_cap);
            w.change_connection(id, &name, cap)?;
            let details = json!({
                "id": id.0, "before": before.name, "monthly_request_cap": cap,
                "cap_before": before.monthly_request_cap,
            });
            trail.keep(w, "connection.changed", name.as_str(), &details)?;
            clients::connection(w, w.connection(id)?, today)
        })
        .await
}
