//! `tally`: the command line of Tallyport.
//!
//! Opening, `init` and `restore` come before there is a door; every other command is a request to
//! the Router of `tallyport-api` in this process.
//!
//! Invariants: answers go to standard output, all else to standard error; the exit code tells the
//! kind of failure; time, environment and randomness come in at `surroundings`.

mod arguments;
mod commands;
mod door;
mod failure;
mod follow;
mod opening;
mod say;
mod surroundings;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use serde_json::json;
use tallyport_api::InProcess;
use tallyport_demo::Sandbox;
use tallyport_workspace::{Context, SignedIn};

use crate::arguments::{Command, Init, Tally};
use crate::commands::{
    alerts, anomalies, api, bills, budgets, buyers, care, channels, clients, costs, demo, export,
    forecast, invoices, manual, paper, people, periods, pricebook, rates, reconcile, schedules,
    serve, sharing, sources, taxes, tenants, transfers, why,
};
use crate::door::Door;
use crate::failure::Failure;

fn main() -> ExitCode {
    tallyport_memory::give_back();
    begin()
}

#[tokio::main]
async fn begin() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(log_filter())
        .with_writer(std::io::stderr)
        .init();
    let arguments = Tally::parse();
    let json = arguments.json;
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.say(json),
    }
}

/// What is written down of the work: what `TALLY_LOG` says, else errors. What the sandbox's S3 refuses is an answer
/// to whoever asked it, not an error of the program.
fn log_filter() -> tracing_subscriber::EnvFilter {
    let asked = tracing_subscriber::EnvFilter::try_from_env("TALLY_LOG");
    asked.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error,s3s=off"))
}

async fn run(arguments: Tally) -> Result<(), Failure> {
    let Tally {
        workspace,
        json,
        command,
    } = arguments;
    let path = match workspace {
        Some(path) => path,
        None => surroundings::default_workspace()?,
    };
    let opened = async || {
        opening::open(&path)
            .await
            .map(|context| door(context, json))
    };
    match command {
        Command::Openapi => {
            let described = tallyport_api::openapi()
                .to_pretty_json()
                .map_err(|error| Failure::internal(error.to_string()))?;
            say::line(&described);
            Ok(())
        }
        Command::Manual => {
            manual::manual();
            Ok(())
        }
        Command::Init(init) => make(&path, init, json).await,
        Command::Restore { file, recovery_key } => {
            opening::restore(&file, &path, recovery_key).await?;
            if json {
                say::answer(&json!({ "workspace": path }));
            } else {
                say::line(&format!("Restored and checked: {}", path.display()));
            }
            Ok(())
        }
        Command::Demo { out } => make_demo(&out, json).await,
        Command::Serve { port } => serve::serve(opening::open(&path).await?, port, json).await,
        Command::Import(ask) => bills::import(&opened().await?, ask).await,
        Command::Sync(ask) => bills::sync(&opened().await?, ask).await,
        Command::Sources(ask) => sources::sources(&opened().await?, ask).await,
        Command::Export(ask) => export::export(&opened().await?, *ask).await,
        Command::Costs(ask) => costs::costs(&opened().await?, *ask).await,
        Command::Forecast(ask) => forecast::forecast(&opened().await?, *ask).await,
        Command::Anomalies(ask) => anomalies::anomalies(&opened().await?, *ask).await,
        Command::Budgets(ask) => budgets::budgets(&opened().await?, ask).await,
        Command::Alerts(ask) => alerts::alerts(&opened().await?, ask).await,
        Command::Channels(ask) => channels::channels(&opened().await?, ask).await,
        Command::Why(ask) => why::why(&opened().await?, *ask).await,
        Command::Reconcile(ask) => reconcile::reconcile(&opened().await?, ask).await,
        Command::Quarantine { what } => reconcile::quarantine(&opened().await?, what).await,
        Command::People(ask) => people::people(&opened().await?, ask).await,
        Command::Teams(ask) => people::teams(&opened().await?, ask).await,
        Command::Rules(ask) => people::rules(&opened().await?, ask).await,
        Command::Sharing(ask) => sharing::sharing(&opened().await?, ask).await,
        Command::Clients(ask) => clients::clients(&opened().await?, ask).await,
        Command::Tenants(ask) => tenants::tenants(&opened().await?, ask).await,
        Command::Upload(ask) => transfers::upload(&opened().await?, ask).await,
        Command::Download(ask) => transfers::download(&opened().await?, ask).await,
        Command::Ls(ask) => transfers::ls(&opened().await?, ask).await,
        Command::Usage(ask) => transfers::usage(&opened().await?, ask).await,
        Command::Transfers(ask) => transfers::transfers(&opened().await?, ask).await,
        Command::Report(ask) => paper::report(&opened().await?, ask).await,
        Command::Letterhead(ask) => paper::letterhead(&opened().await?, ask).await,
        Command::Invoices(ask) => invoices::invoices(&opened().await?, ask).await,
        Command::Buyers(ask) => buyers::buyers(&opened().await?, ask).await,
        Command::Taxes(ask) => taxes::taxes(&opened().await?, ask).await,
        Command::Rates(ask) => rates::rates(&opened().await?, ask).await,
        Command::Pricebook(ask) => pricebook::pricebook(&opened().await?, ask).await,
        Command::Periods { client, all, what } => {
            periods::periods(&opened().await?, client, all, what).await
        }
        Command::Jobs { cancel } => bills::jobs(&opened().await?, cancel).await,
        Command::Schedules(ask) => schedules::schedules(&opened().await?, ask).await,
        Command::Verify => care::verify(&opened().await?).await,
        Command::Backup { file } => care::backup(&opened().await?, &file).await,
        Command::Api { method, path, body } => {
            api::api(&opened().await?, &method, &path, body).await
        }
    }
}

/// The door of an open workspace for the person at this computer.
fn door(context: Context, json: bool) -> Door {
    let router = tallyport_api::router(context, tallyport_api::Door::InProcess);
    Door::new(InProcess::new(router, SignedIn::local_super_admin()), json)
}

async fn make(path: &Path, init: Init, json: bool) -> Result<(), Failure> {
    let Init {
        sandbox,
        people,
        name,
    } = init;
    let company = sandbox.then(|| people.map_or(Sandbox::PEOPLE, usize::from));
    let made = opening::make(path, name, company).await?;
    let key = made.recovery_key.as_ref().map(|key| key.reveal().clone());
    if json {
        say::answer(&json!({ "workspace": path, "demo": sandbox, "recovery_key": key }));
        return Ok(());
    }
    say::line(&format!("Made {}", path.display()));
    if let Some(key) = key {
        say::line(&format!("Recovery key: {key}"));
        say::note(
            "Keep the recovery key elsewhere: it is shown this once and opens the workspace when all else is lost.",
        );
    }
    if sandbox {
        say::note("All of it is demo data. `tally sync` loads the company's bill.");
    }
    Ok(())
}

async fn make_demo(out: &Path, json: bool) -> Result<(), Failure> {
    let path: PathBuf = out.join("demo.tally");
    let context = if path.exists() {
        opening::open(&path).await?
    } else {
        opening::make(&path, None, Some(Sandbox::PEOPLE))
            .await?
            .context
    };
    let today = surroundings::today()?;
    let month = today
        .first_of_month()
        .yesterday()
        .map_err(|error| Failure::usage(format!("There is no month before {today}: {error}.")))?
        .strftime("%Y-%m")
        .to_string();
    demo::demo(&door(context, json), &path, out, &month).await
}
