//! The budgets that an account has at AWS become budgets here.

use serde_json::json;
use tallyport_aws::budgets::{AwsBudget, AwsScope, AwsTerms, budgets};
use tallyport_ledger::budget::{BudgetPeriod, Counting, Limit};
use tallyport_ledger::{Name, SetBudgets};
use tallyport_store::{BudgetDraft, ClientId, ConnectionId, Scope, StoreError, Writes};

use super::told;
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError, clients, evaluate};

/// Whose budgets, and whether they are only looked at.
#[derive(Debug, Clone, Copy)]
pub struct ImportAsk {
    /// The connection of the account.
    pub connection: ConnectionId,
    /// Only say what would be taken over.
    pub dry_run: bool,
}

/// What was found and taken over.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// Those that can be said in our words.
    pub found: Vec<FoundBudget>,
    /// How many were taken over.
    pub imported: usize,
    /// Those that cannot, with the reason.
    pub unsupported: Vec<(String, String)>,
}

/// A budget of AWS.
#[derive(Debug, Clone)]
pub struct FoundBudget {
    /// Its name.
    pub name: String,
    /// What it is about, in words.
    pub scope: String,
    /// For how long its limit holds.
    pub period: BudgetPeriod,
    /// How much may be spent.
    pub limit: Limit,
    /// Whether there is a budget of that name already: it stays as it is.
    pub known: bool,
    /// What is different here.
    pub notes: Vec<String>,
}

/// Takes over the budgets of a connection's account. Those whose name is taken stay as they are.
///
/// # Errors
/// There is no such connection; what AWS refuses.
pub async fn import(
    cx: &Context,
    by: &Grant<SetBudgets>,
    ask: ImportAsk,
) -> Result<Imported, WorkspaceError> {
    let (today, trail) = (cx.today(), Trail::of(cx, by));
    let connection = cx
        .store
        .read(move |r| clients::connection(r, r.connection(ask.connection)?, today))
        .await?;
    let config = (cx.aws)(&connection.access, connection.region.as_deref()).await;
    let at_aws = budgets(&config, &connection.billing_account).await?;
    let client = connection.client;
    let imported = cx
        .store
        .write(move |w| take_over(w, &trail, client, at_aws, ask.dry_run, today))
        .await?;
    evaluate::evaluate(cx).await?;
    Ok(imported)
}

fn take_over(
    w: &mut Writes<'_>,
    trail: &Trail,
    client: ClientId,
    at_aws: Vec<AwsBudget>,
    dry_run: bool,
    today: jiff::civil::Date,
) -> Result<Imported, WorkspaceError> {
    let mut imported = Imported::default();
    let client_name = w.client(client)?.name;
    for AwsBudget { name, terms } in at_aws {
        let terms = match terms {
            Ok(terms) => terms,
            Err(reason) => {
                imported.unsupported.push((name, reason));
                continue;
            }
        };
        let known = is_taken(w, &name)?;
        let mut notes = terms.notes.clone();
        if known {
            notes.push("there is a budget of that name already: it stays as it is".to_owned());
        }
        let (scope, label) = scope(&terms.scope, client, &client_name);
        if !w.is_charged(&scope)? {
            notes.push(
                "nothing that is loaded is charged under this name: until something is, it counts nothing"
                    .to_owned(),
            );
        }
        let draft = draft(&name, scope, &terms, today)?;
        if !dry_run && !known {
            let id = w.add_budget(&draft)?;
            let after = w.budget(id)?;
            let details = json!({ "from": "AWS Budgets", "budget": told(&after) });
            trail.keep(w, "budget.imported", &after.name, &details)?;
            imported.imported += 1;
        }
        imported.found.push(FoundBudget {
            name,
            scope: label,
            period: terms.period,
            limit: terms.limit,
            known,
            notes,
        });
    }
    Ok(imported)
}

fn is_taken(w: &Writes<'_>, name: &str) -> Result<bool, WorkspaceError> {
    match w.budget_named(name) {
        Ok(id) => Ok(!w.budget(id)?.archived),
        Err(StoreError::NotFound { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// An account's budget is about the client whose account it is.
fn scope(scope: &AwsScope, client: ClientId, client_name: &str) -> (Scope, String) {
    match scope {
        AwsScope::All => (Scope::Client(client), format!("client {client_name}")),
        AwsScope::Service(name) => (Scope::Service(name.clone()), format!("service {name}")),
        AwsScope::Tag { key, value } => (
            Scope::Tag {
                key: key.clone(),
                value: value.clone(),
            },
            format!("tag {key} = {value}"),
        ),
    }
}

fn draft(
    name: &str,
    scope: Scope,
    terms: &AwsTerms,
    today: jiff::civil::Date,
) -> Result<BudgetDraft, WorkspaceError> {
    let running = terms.period.of(today).from();
    Ok(BudgetDraft {
        name: Name::parse(name)?,
        scope,
        period: terms.period,
        limit: terms.limit.clone(),
        counting: Counting {
            currency: terms.limit.currency(),
            metric: terms.metric,
            credits: terms.credits,
            tax: terms.tax,
            // What AWS told before is not told again.
            starts: terms.starts.map_or(running, |starts| starts.max(running)),
        },
        parent: None,
        thresholds: terms.thresholds.clone(),
        channels: Vec::new(),
        note: "Taken over from AWS Budgets.".to_owned(),
    })
}
