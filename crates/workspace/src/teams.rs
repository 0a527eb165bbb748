//! Teams, and who belongs to them when.

use serde_json::json;
use tallyport_ledger::{AssignOwners, Name, Validity, ViewCosts};
use tallyport_store::{ClientId, PersonId, Team, TeamId};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// A change of a team: what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct TeamChange {
    /// Another name.
    pub name: Option<String>,
    /// Another client, or none.
    pub client: Option<Option<ClientId>>,
    /// Keep it for history only, or bring it back.
    pub archived: Option<bool>,
}

/// Teams by name, with their members; archived ones only if asked for.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    archived: bool,
) -> Result<Vec<Team>, WorkspaceError> {
    cx.store.read(move |r| Ok(r.teams(archived)?)).await
}

/// Adds a team.
///
/// # Errors
/// The name is taken or none.
pub async fn add(
    cx: &Context,
    by: &Grant<AssignOwners>,
    name: &str,
    client: Option<ClientId>,
) -> Result<Team, WorkspaceError> {
    let name = Name::parse(name)?;
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let id = w.add_team(&name, client)?;
            let details = json!({ "id": id.0, "client": client.map(|c| c.0) });
            trail.keep(w, "team.added", name.as_str(), &details)?;
            Ok(w.team(id)?)
        })
        .await
}

/// Changes a team.
///
/// # Errors
/// The name is taken or none; a team that rules name cannot be archived.
pub async fn change(
    cx: &Context,
    by: &Grant<AssignOwners>,
    id: TeamId,
    ask: TeamChange,
) -> Result<Team, WorkspaceError> {
    let name = ask.name.as_deref().map(Name::parse).transpose()?;
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.team(id)?;
            let name = name.map_or_else(|| Name::parse(&before.name), Ok)?;
            let client = ask.client.unwrap_or(before.client);
            let archived = ask.archived.unwrap_or(before.archived);
            w.change_team(id, &name, client, archived)?;
            let details = json!({
                "id": id.0,
                "before": { "name": before.name, "client": before.client.map(|c| c.0),
                            "archived": before.archived },
                "after": { "name": name.as_str(), "client": client.map(|c| c.0),
                           "archived": archived },
            });
            trail.keep(w, "team.changed", name.as_str(), &details)?;
            Ok(w.team(id)?)
        })
        .await
}

/// Deletes a team that owns nothing and never did; any other can be archived.
///
/// # Errors
/// Rules, charges or invoices name it.
pub async fn remove(
    cx: &Context,
    by: &Grant<AssignOwners>,
    id: TeamId,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.team(id)?;
            w.delete_team(id)?;
            trail.keep(w, "team.deleted", &before.name, &json!({ "id": id.0 }))?;
            Ok(())
        })
        .await
}

/// Says when a person belongs to a team, in place of what was said before.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn set_member(
    cx: &Context,
    by: &Grant<AssignOwners>,
    team: TeamId,
    person: PersonId,
    validity: Validity,
) -> Result<Team, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            w.set_member(team, person, validity)?;
            let after = w.team(team)?;
            let details = json!({
                "team": team.0, "person": person.0,
                "from": validity.from().map(|day| day.to_string()),
                "to": validity.to().map(|day| day.to_string()),
            });
            trail.keep(w, "team.member-set", &after.name, &details)?;
            Ok(after)
        })
        .await
}

/// Takes a person out of a team, as if they had never belonged to it.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn remove_member(
    cx: &Context,
    by: &Grant<AssignOwners>,
    team: TeamId,
    person: PersonId,
) -> Result<Team, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            w.remove_member(team, person)?;
            let after = w.team(team)?;
            let details = json!({ "team": team.0, "person": person.0 });
            trail.keep(w, "team.member-removed", &after.name, &details)?;
            Ok(after)
        })
        .await
}
