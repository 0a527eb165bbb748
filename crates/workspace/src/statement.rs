//! A person's month, by service and resource, against the month before.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, Currency, Metric, Money, ViewCosts};
use tallyport_store::{Filter, OwnedLine, OwnerKey, Person, PersonId};

use crate::filters::known_on;
use crate::{Context, Grant, WorkspaceError};

/// A person's month.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Whose.
    pub person: Person,
    /// Which.
    pub month: BillingPeriod,
    /// One a currency.
    pub results: Vec<StatementResult>,
}

/// A person's month in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementResult {
    /// The currency.
    pub currency: Currency,
    /// What they spent.
    pub total: Money,
    /// What they spent the month before.
    pub previous_total: Money,
    /// By service, the largest first.
    pub services: Vec<StatementService>,
}

/// A service in a person's month.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementService {
    /// The service.
    pub service: String,
    /// What it cost.
    pub amount: Money,
    /// What it cost the month before.
    pub previous: Money,
    /// By resource, the largest first.
    pub resources: Vec<StatementResource>,
}

/// A resource in a person's month.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementResource {
    /// Its id, if the bill names one.
    pub resource: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// What it cost.
    pub amount: Money,
}

/// A person's month, as it was known on a day if asked for.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn statement(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    id: PersonId,
    month: BillingPeriod,
    metric: Metric,
    as_of: Option<Date>,
) -> Result<Statement, WorkspaceError> {
    cx.store
        .read(move |r| {
            let person = r.person(id)?;
            let owner = r.owner_of(OwnerKey::Person(id))?;
            let owned = Filter {
                owners: vec![Some(owner)],
                versions: known_on(r, as_of)?,
                ..Filter::default()
            };
            let now = r.owned_lines(month, metric, &owned)?;
            let before = match month.previous() {
                Ok(before) => r.owned_lines(before, metric, &owned)?,
                Err(_) => Vec::new(),
            };
            Ok(Statement {
                person,
                month,
                results: results(now, before)?,
            })
        })
        .await
}

#[derive(Default)]
struct Building {
    amount: i128,
    previous: i128,
    resources: BTreeMap<Option<(String, Option<String>)>, i128>,
}

fn results(
    now: Vec<OwnedLine>,
    before: Vec<OwnedLine>,
) -> Result<Vec<StatementResult>, WorkspaceError> {
    let mut found: BTreeMap<Currency, BTreeMap<String, Building>> = BTreeMap::new();
    for line in now {
        let services = found.entry(line.amount.currency()).or_default();
        let service = services.entry(line.service).or_default();
        service.amount += line.amount.nanos();
        *service.resources.entry(line.resource).or_default() += line.amount.nanos();
    }
    for line in before {
        let services = found.entry(line.amount.currency()).or_default();
        services.entry(line.service).or_default().previous += line.amount.nanos();
    }
    found
        .into_iter()
        .map(|(currency, services)| result(currency, services))
        .collect()
}

fn result(
    currency: Currency,
    services: BTreeMap<String, Building>,
) -> Result<StatementResult, WorkspaceError> {
    let money = |nanos| Money::from_nanos(nanos, currency);
    let mut built: Vec<StatementService> = services
        .into_iter()
        .map(|(service, building)| {
            let resources = building.resources.into_iter();
            let mut resources: Vec<StatementResource> = resources
                .map(|(named, nanos)| {
                    let (resource, name) = named.unzip();
                    StatementResource {
                        resource,
                        name: name.flatten(),
                        amount: money(nanos),
                    }
                })
                .collect();
            resources.sort_by_key(|row| std::cmp::Reverse(row.amount.nanos()));
            StatementService {
                service,
                amount: money(building.amount),
                previous: money(building.previous),
                resources,
            }
        })
        .collect();
    built.sort_by_key(|row| std::cmp::Reverse(row.amount.nanos()));
    let sum = |of: &dyn Fn(&StatementService) -> Money| {
        let parts: Vec<Money> = built.iter().map(of).collect();
        Money::sum(&parts, currency).map_err(|error| WorkspaceError::invalid("month", error))
    };
    Ok(StatementResult {
        currency,
        total: sum(&|row| row.amount)?,
        previous_total: sum(&|row| row.previous)?,
        services: built,
    })
}
