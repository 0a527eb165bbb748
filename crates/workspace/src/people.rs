//! The people who own resources.

use serde_json::json;
use tallyport_ledger::{AssignOwners, Name, ViewCosts};
use tallyport_store::{Person, PersonId};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// A change of a person: what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct PersonChange {
    /// Another name.
    pub name: Option<String>,
    /// Another address, or none.
    pub email: Option<Option<String>>,
    /// Keep them for history only, or bring them back.
    pub archived: Option<bool>,
}

/// People by name; archived ones only if asked for.
///
/// # Errors
/// The workspace file's.
pub async fn list(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    archived: bool,
) -> Result<Vec<Person>, WorkspaceError> {
    cx.store.read(move |r| Ok(r.people(archived)?)).await
}

/// One person.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn get(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    id: PersonId,
) -> Result<Person, WorkspaceError> {
    cx.store.read(move |r| Ok(r.person(id)?)).await
}

/// Adds a person.
///
/// # Errors
/// The name is taken or none; the address is none.
pub async fn add(
    cx: &Context,
    by: &Grant<AssignOwners>,
    name: &str,
    email: Option<&str>,
) -> Result<Person, WorkspaceError> {
    let name = Name::parse(name)?;
    let email = email.map(address).transpose()?.flatten();
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let id = w.add_person(&name, email.as_deref())?;
            let details = json!({ "id": id.0, "email": email });
            trail.keep(w, "person.added", name.as_str(), &details)?;
            Ok(w.person(id)?)
        })
        .await
}

/// Changes a person.
///
/// # Errors
/// The name is taken or none; somebody whom rules name cannot be archived.
pub async fn change(
    cx: &Context,
    by: &Grant<AssignOwners>,
    id: PersonId,
    ask: PersonChange,
) -> Result<Person, WorkspaceError> {
    let name = ask.name.as_deref().map(Name::parse).transpose()?;
    let email = match ask.email {
        Some(Some(text)) => Some(address(&text)?),
        Some(None) => Some(None),
        None => None,
    };
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.person(id)?;
            let name = name.map_or_else(|| Name::parse(&before.name), Ok)?;
            let email = email.unwrap_or_else(|| before.email.clone());
            let archived = ask.archived.unwrap_or(before.archived);
            w.change_person(id, &name, email.as_deref(), archived)?;
            let details = json!({
                "id": id.0,
                "before": { "name": before.name, "email": before.email, "archived": before.archived },
                "after": { "name": name.as_str(), "email": email, "archived": archived },
            });
            trail.keep(w, "person.changed", name.as_str(), &details)?;
            Ok(w.person(id)?)
        })
        .await
}

/// Deletes a person who owns nothing and never did; anybody else can be archived.
///
/// # Errors
/// Rules, charges or invoices name them.
pub async fn remove(
    cx: &Context,
    by: &Grant<AssignOwners>,
    id: PersonId,
) -> Result<(), WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let before = w.person(id)?;
            w.delete_person(id)?;
            let details = json!({ "id": id.0 });
            trail.keep(w, "person.deleted", &before.name, &details)?;
            Ok(())
        })
        .await
}

/// A mail address, or none for an empty text. What is behind the @ is the mail server's affair.
fn address(text: &str) -> Result<Option<String>, WorkspaceError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts = text.split_once('@');
    let plain = parts.is_some_and(|(who, place)| !who.is_empty() && !place.is_empty())
        && text.len() <= 254
        && !text.chars().any(|c| c.is_control() || c.is_whitespace());
    if plain {
        Ok(Some(text.to_owned()))
    } else {
        Err(WorkspaceError::invalid(
            "email",
            "this is not a mail address: name@place is expected",
        ))
    }
}
