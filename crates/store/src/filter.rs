use rusqlite::types::Value;
use tallyport_ledger::{ChargeCategory, OwnerId};

use crate::number::folded_key;
use crate::rollups::Axis;
use crate::sql::Sql;
use crate::{ClientId, TeamId, VersionId};

/// Which charges a question is about. Each field narrows it; inside one field any value will do.
/// `None` in a list stands for charges that have none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Owned by one of these directly, or by nobody.
    pub owners: Vec<Option<OwnerId>>,
    /// The same, as rows of a report by person.
    pub people: Vec<Option<OwnerId>>,
    /// In one of these teams.
    pub teams: Vec<TeamChoice>,
    /// Of these clients.
    pub clients: Vec<ClientId>,
    /// Of these providers.
    pub providers: Vec<String>,
    /// Of services with these names.
    pub services: Vec<String>,
    /// Of these categories.
    pub categories: Vec<ChargeCategory>,
    /// Of these sub accounts.
    pub accounts: Vec<Option<String>>,
    /// In these regions.
    pub regions: Vec<Option<String>>,
    /// With these tags: values of one key, any of which will do; each key narrows.
    pub tags: Vec<(String, Vec<Option<String>>)>,
    /// Of these resources.
    pub resources: Vec<Option<String>>,
    /// As these versions of billing periods have it; what is known now if absent. Owners are by today's
    /// rules either way.
    pub versions: Option<Vec<VersionId>>,
}

/// A row of a report by team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeamChoice {
    /// What the team owns and what its members own on the day.
    Team(TeamId),
    /// What this owner owns on days without a team.
    Alone(OwnerId),
    /// What nobody owns.
    Unowned,
}

/// The team that a fact `s` counts for: the owner itself, or the first team that its person belongs
/// to on the day.
pub(crate) const TEAM_OF: &str = "(SELECT CASE o.kind WHEN 2 THEN o.team_id WHEN 1 THEN
      (SELECT m.team_id FROM membership m WHERE m.person_id = o.person_id
       AND s.day BETWEEN m.from_day AND m.to_day ORDER BY m.id LIMIT 1) END
     FROM owner o WHERE o.id = s.owner_id)";

const IN_TEAM: &str = "OR (SELECT CASE o.kind WHEN 2 THEN o.team_id WHEN 1 THEN
      (SELECT m.team_id FROM membership m WHERE m.person_id = o.person_id
       AND s.day BETWEEN m.from_day AND m.to_day ORDER BY m.id LIMIT 1) END
     FROM owner o WHERE o.id = s.owner_id) = ?";

const IN_NO_TEAM: &str = "AND (SELECT CASE o.kind WHEN 2 THEN o.team_id WHEN 1 THEN
      (SELECT m.team_id FROM membership m WHERE m.person_id = o.person_id
       AND s.day BETWEEN m.from_day AND m.to_day ORDER BY m.id LIMIT 1) END
     FROM owner o WHERE o.id = s.owner_id) IS NULL)";

impl Filter {
    /// Whether it names tags, which the roll-up by day does not know.
    #[must_use]
    pub(crate) fn needs_tags(&self) -> bool {
        !self.tags.is_empty()
    }

    /// Whether it names resources, which the roll-up by day does not know.
    #[must_use]
    pub(crate) fn needs_resources(&self) -> bool {
        !self.resources.is_empty()
    }

    /// Whether it names accounts, regions or categories, which the smallest roll-up does not know.
    #[must_use]
    pub(crate) fn needs_details(&self) -> bool {
        !(self.accounts.is_empty() && self.regions.is_empty() && self.categories.is_empty())
    }

    /// Whether nothing narrows it but clients, versions and the values of one axis.
    #[must_use]
    pub(crate) fn is_about(&self, axis: Axis) -> bool {
        let Self {
            owners,
            people,
            teams,
            clients: _,
            providers,
            services,
            categories,
            accounts,
            regions,
            tags,
            resources,
            versions: _,
        } = self;
        owners.is_empty()
            && people.is_empty()
            && teams.is_empty()
            && providers.is_empty()
            && services.is_empty()
            && resources.is_empty()
            && (categories.is_empty() || axis == Axis::Category)
            && (accounts.is_empty() || axis == Axis::Account)
            && (regions.is_empty() || axis == Axis::Region)
            && (tags.is_empty() || axis == Axis::TagSet)
    }

    /// Whether it depends on days: members of teams come and go.
    #[must_use]
    pub(crate) fn needs_days(&self) -> bool {
        !self.teams.is_empty()
    }

    /// Appends conditions on the items of charges `s` that follow from those that [`Filter::narrow`] appends,
    /// so that their charges are found by index.
    pub(crate) fn narrow_items(&self, sql: &mut Sql) {
        let named: Vec<&String> = self.resources.iter().flatten().collect();
        if !named.is_empty() && named.len() == self.resources.len() {
            sql.list(
                "AND s.item_id IN (SELECT id FROM item WHERE resource_id IN
                     (SELECT id FROM resource WHERE key IN",
                named.into_iter().cloned(),
            )
            .push("))");
        }
        for owners in [&self.owners, &self.people] {
            let named: Vec<i64> = owners.iter().flatten().map(|owner| owner.0).collect();
            if !named.is_empty() && named.len() == owners.len() {
                sql.list(
                    "AND s.item_id IN (SELECT item_id FROM ownership WHERE owner_id IN",
                    named,
                )
                .push(")");
            }
        }
    }

    /// Appends the conditions on a fact `s` whose version is `v` and billing account `b`.
    pub(crate) fn narrow(&self, sql: &mut Sql) {
        self.narrow_teams(sql);
        self.narrow_but_teams(sql);
    }

    /// As [`Filter::narrow`], without the conditions on teams.
    pub(crate) fn narrow_but_teams(&self, sql: &mut Sql) {
        owners(sql, &self.owners);
        owners(sql, &self.people);
        if !self.clients.is_empty() {
            sql.list("AND b.client_id IN", self.clients.iter().map(|c| c.0));
        }
        if !self.providers.is_empty() {
            sql.list(
                "AND s.service_id IN (SELECT id FROM service WHERE provider IN",
                self.providers.iter().cloned(),
            )
            .push(")");
        }
        if !self.services.is_empty() {
            sql.list(
                "AND s.service_id IN (SELECT id FROM service WHERE name IN",
                self.services.iter().cloned(),
            )
            .push(")");
        }
        if !self.categories.is_empty() {
            sql.list(
                "AND s.category IN",
                self.categories.iter().map(|c| c.number()),
            );
        }
        optional(
            sql,
            &self.accounts,
            "AND (s.sub_account_id IN (SELECT id FROM sub_account WHERE key IN",
            "OR s.sub_account_id = 0",
        );
        optional(
            sql,
            &self.regions,
            "AND (s.region_id IN (SELECT id FROM region WHERE key IN",
            "OR s.region_id = 0",
        );
        optional(
            sql,
            &self.resources,
            "AND (s.resource_id IN (SELECT id FROM resource WHERE key IN",
            "OR s.resource_id = 0",
        );
        for (key, values) in &self.tags {
            let key = folded_key(key);
            let present: Vec<&String> = values.iter().flatten().collect();
            sql.bind(
                "AND (s.tag_set_id IN (SELECT tag_set_id FROM tag WHERE folded_key = ?",
                key.clone(),
            )
            .list("AND value IN", present.into_iter().cloned())
            .push(")");
            if values.contains(&None) {
                sql.bind(
                    "OR s.tag_set_id NOT IN (SELECT tag_set_id FROM tag WHERE folded_key = ?)",
                    key,
                );
            }
            sql.push(")");
        }
    }

    /// Whether the conditions on teams let what `owner` owns (0 for nobody) pass on a day on which it is in
    /// `team`.
    pub(crate) fn lets_team_pass(&self, owner: i64, team: Option<i64>) -> bool {
        let passes = |choice: &TeamChoice| match choice {
            TeamChoice::Team(wanted) => team == Some(wanted.0),
            TeamChoice::Alone(wanted) => owner == wanted.0 && team.is_none(),
            TeamChoice::Unowned => owner == 0,
        };
        self.teams.is_empty() || self.teams.iter().any(passes)
    }

    fn narrow_teams(&self, sql: &mut Sql) {
        if self.teams.is_empty() {
            return;
        }
        sql.push("AND (0");
        for choice in &self.teams {
            match choice {
                TeamChoice::Team(team) => sql.bind(IN_TEAM, team.0),
                TeamChoice::Alone(owner) => {
                    sql.bind("OR (s.owner_id = ?", owner.0).push(IN_NO_TEAM)
                }
                TeamChoice::Unowned => sql.push("OR s.owner_id = 0"),
            };
        }
        sql.push(")");
    }
}

fn owners(sql: &mut Sql, owners: &[Option<OwnerId>]) {
    if owners.is_empty() {
        return;
    }
    let named = owners.iter().flatten().map(|owner| owner.0);
    sql.list("AND (s.owner_id IN", named);
    if owners.contains(&None) {
        sql.push("OR s.owner_id = 0");
    }
    sql.push(")");
}

fn optional(sql: &mut Sql, keys: &[Option<String>], in_list: &'static str, or_none: &'static str) {
    if keys.is_empty() {
        return;
    }
    sql.list(in_list, keys.iter().flatten().cloned().map(Value::from))
        .push(")");
    if keys.contains(&None) {
        sql.push(or_none);
    }
    sql.push(")");
}
