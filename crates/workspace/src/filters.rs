//! Which charges a question is about: as it is asked, and as the store takes it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use tallyport_ledger::DayRange;
use tallyport_store::{
    Filter, NONE, OwnerKey, PeriodVersion, Reads, StoreError, TeamChoice, UNOWNED, VersionId,
    VersionQuery,
};

use crate::WorkspaceError;

/// Which charges. A field given several values means any of them; different fields narrow.
///
/// People, teams and clients are named by name or number, or by the key of a row of a report: such as
/// `team:3` in a report by person, or `unowned`. `(none)` stands for charges that have no such thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterAsk {
    /// Owned by these people.
    pub person: Vec<String>,
    /// Owned by these teams, or by their members on that day.
    pub team: Vec<String>,
    /// On the bills of these clients.
    pub client: Vec<String>,
    /// Of these providers.
    pub provider: Vec<String>,
    /// Of these services.
    pub service: Vec<String>,
    /// Of these categories.
    pub category: Vec<String>,
    /// Of these sub accounts.
    pub account: Vec<String>,
    /// In these regions.
    pub region: Vec<String>,
    /// With these tags, each `KEY=VALUE`.
    pub tag: Vec<String>,
    /// Of these resources.
    pub resource: Vec<String>,
    /// Owned directly by these: `unowned`, `person:NAME`, `team:NAME` or `client:NAME`.
    pub owner: Vec<String>,
    /// As it was known at the end of this day in UTC, by today's ownership rules; as it is known now if
    /// absent.
    pub as_of: Option<Date>,
}

impl FilterAsk {
    pub(crate) fn resolve(&self, r: &Reads<'_>) -> Result<Filter, WorkspaceError> {
        let mut filter = Filter::default();
        for text in &self.person {
            filter.people.push(match text.as_str() {
                UNOWNED => None,
                text if is_owner(text) => Some(r.owner_of(r.owner_named(text)?)?),
                text => Some(r.owner_of(OwnerKey::Person(r.person_named(text)?))?),
            });
        }
        for text in &self.owner {
            filter.owners.push(match text.as_str() {
                UNOWNED => None,
                text => Some(r.owner_of(r.owner_named(text)?)?),
            });
        }
        for text in &self.team {
            filter.teams.push(team(r, text)?);
        }
        for text in &self.client {
            if text == UNOWNED {
                // Every bill is some client's: this row of a report is always nothing.
                filter.clients.push(tallyport_store::ClientId(0));
                continue;
            }
            let name = text.strip_prefix("client:").unwrap_or(text);
            filter.clients.push(r.client_named(name)?);
        }
        filter.providers.clone_from(&self.provider);
        filter.services.clone_from(&self.service);
        for text in &self.category {
            let category = text.parse();
            let category =
                category.map_err(|why: String| WorkspaceError::invalid("category", why))?;
            filter.categories.push(category);
        }
        filter.accounts = self.account.iter().map(|text| some(text)).collect();
        filter.regions = self.region.iter().map(|text| some(text)).collect();
        filter.resources = self.resource.iter().map(|text| some(text)).collect();
        let mut tags: BTreeMap<&str, Vec<Option<String>>> = BTreeMap::new();
        for text in &self.tag {
            let (key, value) = text
                .split_once('=')
                .ok_or_else(|| WorkspaceError::invalid("tag", "a tag is written KEY=VALUE"))?;
            tags.entry(key).or_default().push(some(value));
        }
        filter.tags = tags
            .into_iter()
            .map(|(key, values)| (key.to_owned(), values))
            .collect();
        filter.versions = known_on(r, self.as_of)?;
        Ok(filter)
    }
}

/// The versions that were known at the end of `day` in UTC.
pub(crate) fn known_on(
    r: &Reads<'_>,
    day: Option<Date>,
) -> Result<Option<Vec<VersionId>>, WorkspaceError> {
    let Some(day) = day else { return Ok(None) };
    let end = day
        .tomorrow()
        .and_then(|next| next.to_zoned(TimeZone::UTC))
        .map_err(|error| WorkspaceError::invalid("as_of", error.to_string()))?
        .timestamp();
    Ok(Some(
        r.known_at(end - jiff::SignedDuration::from_millis(1))?,
    ))
}

/// The versions that figures of `days` rest on.
pub(crate) fn basis(
    r: &Reads<'_>,
    days: DayRange,
    known: Option<&[VersionId]>,
) -> Result<Vec<PeriodVersion>, StoreError> {
    match known {
        Some(versions) => r.versions_of(versions, Some(days)),
        None => r.versions(VersionQuery {
            client: None,
            days: Some(days),
            counting_only: true,
        }),
    }
}

fn some(text: &str) -> Option<String> {
    (text != NONE).then(|| text.to_owned())
}

fn is_owner(text: &str) -> bool {
    ["person:", "team:", "client:"]
        .iter()
        .any(|kind| text.starts_with(kind))
}

fn team(r: &Reads<'_>, text: &str) -> Result<TeamChoice, StoreError> {
    if text == UNOWNED {
        return Ok(TeamChoice::Unowned);
    }
    if !is_owner(text) {
        return r.team_named(text).map(TeamChoice::Team);
    }
    match r.owner_named(text)? {
        OwnerKey::Team(team) => Ok(TeamChoice::Team(team)),
        other => r.owner_of(other).map(TeamChoice::Alone),
    }
}
