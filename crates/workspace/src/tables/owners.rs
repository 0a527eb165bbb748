use std::collections::HashMap;

use jiff::civil::Date;
use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::{BillingPeriod, Metric, Money, ViewCosts};
use tallyport_store::{ClientId, Member, Person, PersonId, Team, TeamId, VersionQuery};

use super::column::{Of, column, id, maybe, off_paper, summed, text, yes};
use super::costs::slug;
use super::facts::Facts;
use super::{Table, listed};
use crate::clients::Client;
use crate::statement::Statement;
use crate::{Context, Grant, WorkspaceError, clients, people, statement, teams};

/// A person with the names of their teams.
pub(super) struct PersonLine(Person, String);

pub(super) const PEOPLE: &[Of<PersonLine>] = &[
    text("Name", |PersonLine(person, _)| Cell::text(&person.name)),
    text("Mail", |PersonLine(person, _)| {
        maybe(person.email.as_deref())
    }),
    text("Teams", |PersonLine(_, teams)| Cell::text(teams)),
    text("Archived", |PersonLine(person, _)| yes(person.archived)),
    off_paper(column("Id", Kind::Count, |PersonLine(person, _)| {
        id(person.id.0)
    })),
];

/// Everybody.
///
/// # Errors
/// The workspace file's.
pub async fn people(cx: &Context, by: &Grant<ViewCosts>) -> Result<Table, WorkspaceError> {
    let names: HashMap<TeamId, String> = teams::list(cx, by, true)
        .await?
        .into_iter()
        .map(|team| (team.id, team.name))
        .collect();
    let rows = people::list(cx, by, true)
        .await?
        .into_iter()
        .map(|person| {
            let teams = person.teams.iter().filter_map(|team| names.get(team));
            let teams = teams.map(String::as_str).collect::<Vec<_>>().join(", ");
            PersonLine(person, teams)
        })
        .collect();
    Ok(Table::kept(
        &listed::PEOPLE,
        "",
        Facts::default(),
        PEOPLE,
        rows,
    ))
}

/// A team with the name of its client.
pub(super) struct TeamLine(Team, Option<String>);

pub(super) const TEAMS: &[Of<TeamLine>] = &[
    text("Name", |TeamLine(team, _)| Cell::text(&team.name)),
    text("Client", |TeamLine(_, client)| maybe(client.as_deref())),
    column("Members, ever", Kind::Count, |TeamLine(team, _)| {
        Cell::Count(team.members.len() as u64)
    }),
    text("Archived", |TeamLine(team, _)| yes(team.archived)),
    off_paper(column("Id", Kind::Count, |TeamLine(team, _)| id(team.id.0))),
];

/// All teams.
///
/// # Errors
/// The workspace file's.
pub async fn teams(cx: &Context, by: &Grant<ViewCosts>) -> Result<Table, WorkspaceError> {
    let names: HashMap<ClientId, String> = clients::list(cx, by)
        .await?
        .into_iter()
        .map(|client| (client.id, client.name))
        .collect();
    let rows = teams::list(cx, by, true)
        .await?
        .into_iter()
        .map(|team| {
            let client = team.client.and_then(|client| names.get(&client).cloned());
            TeamLine(team, client)
        })
        .collect();
    Ok(Table::kept(
        &listed::TEAMS,
        "",
        Facts::default(),
        TEAMS,
        rows,
    ))
}

/// Somebody's time in a team.
pub(super) struct MemberLine {
    team: String,
    member: Member,
}

pub(super) const TEAM_MEMBERS: &[Of<MemberLine>] = &[
    text("Team", |line| Cell::text(&line.team)),
    text("Person", |line| Cell::text(&line.member.name)),
    column("From", Kind::Day, |line| {
        Cell::maybe(line.member.validity.from(), Cell::Day)
    }),
    column("To", Kind::Day, |line| {
        Cell::maybe(line.member.validity.to(), Cell::Day)
    }),
];

/// Who belongs to which team, and when.
///
/// # Errors
/// The workspace file's.
pub async fn team_members(cx: &Context, by: &Grant<ViewCosts>) -> Result<Table, WorkspaceError> {
    let all = teams::list(cx, by, true).await?;
    let rows = all
        .into_iter()
        .flat_map(|Team { name, members, .. }| {
            members.into_iter().map(move |member| MemberLine {
                team: name.clone(),
                member,
            })
        })
        .collect();
    Ok(Table::kept(
        &listed::TEAM_MEMBERS,
        "",
        Facts::default(),
        TEAM_MEMBERS,
        rows,
    ))
}

pub(super) const CLIENTS: &[Of<Client>] = &[
    text("Name", |client| Cell::text(&client.name)),
    text("Billing accounts", |client| {
        let accounts = client
            .billing_accounts
            .iter()
            .map(|(key, name)| match name {
                Some(name) => format!("{key} ({name})"),
                None => key.clone(),
            });
        Cell::owned(accounts.collect::<Vec<_>>().join(", "))
    }),
    text("Connections", |client| {
        let names = client.connections.iter().map(|one| one.name.as_str());
        Cell::owned(names.collect::<Vec<_>>().join(", "))
    }),
    text("Archived", |client| yes(client.archived)),
    off_paper(column("Id", Kind::Count, |client| id(client.id.0))),
];

/// All clients.
///
/// # Errors
/// The workspace file's.
pub async fn clients(cx: &Context, by: &Grant<ViewCosts>) -> Result<Table, WorkspaceError> {
    let rows = clients::list(cx, by).await?;
    Ok(Table::kept(
        &listed::CLIENTS,
        "",
        Facts::default(),
        CLIENTS,
        rows,
    ))
}

/// A resource in a person's month, or what of the month before has none now.
pub(super) struct StatementLine {
    service: String,
    resource: Option<String>,
    name: Option<String>,
    amount: Money,
}

pub(super) const STATEMENT: &[Of<StatementLine>] = &[
    text("Service", |line| Cell::text(&line.service)),
    text("Resource", |line| maybe(line.resource.as_deref())),
    text("Name", |line| maybe(line.name.as_deref())),
    column("Currency", Kind::Currency, |line| {
        Cell::Currency(line.amount.currency())
    }),
    summed("Amount", |line| Cell::Money(line.amount)),
];

/// A person's month, by service and resource.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn statement(
    cx: &Context,
    by: &Grant<ViewCosts>,
    id: PersonId,
    month: BillingPeriod,
    metric: Metric,
    as_of: Option<Date>,
) -> Result<Table, WorkspaceError> {
    let found = statement::statement(cx, by, id, month, metric, as_of).await?;
    let basis = cx
        .store
        .read(move |r| {
            Ok::<_, WorkspaceError>(r.versions(VersionQuery {
                client: None,
                days: Some(month.days()),
                counting_only: true,
            })?)
        })
        .await?;
    let Statement {
        person, results, ..
    } = found;
    let mut facts = Facts::default()
        .with("Person", person.name.clone())
        .with("Month", month.to_string())
        .metric(metric)
        .known_on(as_of);
    for result in &results {
        let before = result.previous_total.to_decimal(2);
        facts = facts.with("The month before", format!("{before} {}", result.currency));
    }
    if as_of.is_none() {
        facts = facts.basis(&basis);
    }
    let rows = results
        .into_iter()
        .flat_map(|result| result.services)
        .flat_map(|service| {
            let name = service.service;
            service
                .resources
                .into_iter()
                .map(move |line| StatementLine {
                    service: name.clone(),
                    resource: line.resource,
                    name: line.name,
                    amount: line.amount,
                })
        })
        .collect();
    let of = format!("{}-{month}", slug(&person.name));
    let table = Table::kept(&listed::STATEMENT, of, facts, STATEMENT, rows);
    Ok(table.called(format!("{month}, {}", person.name)))
}
