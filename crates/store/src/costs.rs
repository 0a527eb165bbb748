use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use tallyport_ledger::{ChargeCategory, Currency, DayRange, Metric, Money, OwnerId};

use crate::filter::TEAM_OF;
use crate::grain::Grain;
use crate::number::{Currencies, folded_key, nanos_at, number_at};
use crate::rollups::owners_know;
use crate::sql::Sql;
use crate::{Filter, OwnerKey, Reads, StoreError};

/// By what costs are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The person that owns them.
    Person,
    /// The team that owns them, or whose member does on the day.
    Team,
    /// The client of the billing account.
    Client,
    /// Who provides the service.
    Provider,
    /// The service.
    Service,
    /// The charge category: usage, purchase, tax, credit, adjustment.
    Category,
    /// The sub account.
    Account,
    /// The region.
    Region,
    /// The value of this tag.
    Tag(String),
    /// The resource.
    Resource,
}

/// How time is cut into columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interval {
    /// Not at all.
    #[default]
    None,
    /// By day.
    Day,
    /// By month.
    Month,
}

/// A row's name for programs and for people.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowName {
    /// Stable; also what a filter takes.
    pub key: String,
    /// As people know it.
    pub label: String,
}

/// The key of what nobody owns.
pub const UNOWNED: &str = "unowned";
/// The key of charges that have no such thing: no region, no account, no such tag.
pub const NONE: &str = "(none)";

/// What an owner spent on a service on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyCost {
    /// The day, YYYYMMDD.
    pub day: i64,
    /// The owner; `None` for nobody.
    pub owner: Option<OwnerId>,
    /// The service.
    pub service: Arc<str>,
    /// The amount.
    pub amount: Money,
}

/// What one row cost in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The row.
    pub row: RowName,
    /// The currency.
    pub currency: Currency,
    /// The column: 0, a day YYYYMMDD or a month YYYYMM.
    pub column: i64,
    /// The amount in nano-units.
    pub nanos: i128,
}

impl Interval {
    /// Its name on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

impl RowName {
    fn same(text: &str) -> Self {
        Self {
            key: text.to_owned(),
            label: text.to_owned(),
        }
    }

    fn none(label: &str) -> Self {
        Self {
            key: NONE.to_owned(),
            label: label.to_owned(),
        }
    }

    /// The row of what nobody owns.
    #[must_use]
    pub fn unowned() -> Self {
        Self {
            key: UNOWNED.to_owned(),
            label: "Unowned".to_owned(),
        }
    }
}

/// What costs are told apart by: the number of the row, the team if any, the currency, the column.
type Group = (i64, Option<i64>, Currency, i64);

impl Reads<'_> {
    /// What was charged on `days`, told apart by `by`; counted versions only. Rows come in no order
    /// and a row may come in several cells of one column.
    ///
    /// # Errors
    /// The file's.
    pub fn costs(
        &self,
        days: DayRange,
        metric: Metric,
        by: &By,
        interval: Interval,
        filter: &Filter,
    ) -> Result<Vec<Cell>, StoreError> {
        let names = self.row_names(by)?;
        let Some(versions) = &filter.versions else {
            return self.summed(days, metric, by, interval, filter, &names, false);
        };
        // Versions that are current still are summed in the roll-ups.
        let (current, past) = self.current_and_past(versions)?;
        let mut cells = Vec::new();
        for (versions, by_charge) in [(current, false), (past, true)] {
            if !versions.is_empty() {
                let mut filter = filter.clone();
                filter.versions = Some(versions);
                cells.extend(self.summed(days, metric, by, interval, &filter, &names, by_charge)?);
            }
        }
        Ok(cells)
    }

    /// What each owner spent on each service on each of `days`: day, owner (`None` for nobody), service,
    /// amount; in no order. Counted versions only.
    ///
    /// # Errors
    /// The file's.
    pub fn daily_costs(
        &self,
        days: DayRange,
        metric: Metric,
        filter: &Filter,
    ) -> Result<Vec<DailyCost>, StoreError> {
        let services = self.services_by_number()?;
        let cost = |day, owner, service: i64, nanos, currency| {
            let service = usize::try_from(service)
                .ok()
                .and_then(|service| services.get(service)?.as_ref());
            Ok::<_, StoreError>(DailyCost {
                day,
                owner: (owner != 0).then_some(OwnerId(owner)),
                service: service
                    .map(Arc::clone)
                    .ok_or_else(|| StoreError::unreadable("a service"))?,
                amount: Money::from_nanos(nanos, currency),
            })
        };
        if filter.versions.is_none() && owners_know(Some(&By::Service), filter) {
            let mut costs = Vec::new();
            self.each_owner_day(days, metric, filter, false, |of| {
                costs.push(cost(of.day, of.owner, of.service, of.nanos, of.currency)?);
                Ok(())
            })?;
            return Ok(costs);
        }
        let grain = match &filter.versions {
            Some(_) => Grain::Charge,
            None => Grain::of(days, filter, Some(&By::Service), true),
        };
        let mut sql = Sql::new("SELECT s.day, s.owner_id, s.service_id, s.currency");
        sql.push(grain.sums(metric)).push(grain.table());
        grain.counted_in(&mut sql, days, filter);
        filter.narrow(&mut sql);
        sql.push("GROUP BY v.id, 1, 2, 3, 4");
        let mut currencies = Currencies::default();
        sql.rows(self.connection, |row| {
            let currency = currencies.of(row, 3)?;
            let nanos = nanos_at(row, 4)?;
            cost(
                number_at(row, 0)?,
                number_at(row, 1)?,
                number_at(row, 2)?,
                nanos,
                currency,
            )
        })
    }

    /// The names of services, each at its number, which are given one after the other.
    fn services_by_number(&self) -> Result<Vec<Option<Arc<str>>>, StoreError> {
        let mut names = Vec::new();
        Sql::new("SELECT id, name FROM service").rows(self.connection, |row| {
            let number = row.get::<_, u32>(0)? as usize;
            if names.len() <= number {
                names.resize(number + 1, None);
            }
            names[number] = Some(row.get::<_, String>(1)?.into());
            Ok::<_, StoreError>(())
        })?;
        Ok(names)
    }

    #[expect(clippy::too_many_arguments, reason = "a question has that many parts")]
    fn summed(
        &self,
        days: DayRange,
        metric: Metric,
        by: &By,
        interval: Interval,
        filter: &Filter,
        names: &Names,
        by_charge: bool,
    ) -> Result<Vec<Cell>, StoreError> {
        // Summed here: SQLite would sort all facts by what they are told apart by.
        let mut sums: HashMap<Group, i128, RandomState> = HashMap::default();
        if !by_charge && owners_know(Some(by), filter) {
            self.each_owner_day(days, metric, filter, matches!(by, By::Team), |of| {
                let row = match by {
                    By::Client => of.client,
                    By::Provider | By::Service => of.service,
                    _ => of.owner,
                };
                let team = of.team.filter(|_| matches!(by, By::Team));
                let column = match interval {
                    Interval::None => 0,
                    Interval::Day => of.day,
                    Interval::Month => of.day / 100,
                };
                *sums.entry((row, team, of.currency, column)).or_default() += of.nanos;
                Ok(())
            })?;
        } else {
            let daily = interval == Interval::Day || matches!(by, By::Team);
            let grain = if by_charge {
                Grain::Charge
            } else {
                Grain::of_report(days, filter, by, daily)
            };
            let mut sql = Sql::new("SELECT");
            sql.push(group(by)).push(match by {
                By::Team => TEAM_OF,
                _ => "NULL",
            });
            sql.push(", s.currency,").push(match interval {
                Interval::None => "0",
                Interval::Day => "s.day",
                Interval::Month => grain.month(),
            });
            sql.push(grain.amount(metric)).push(grain.table());
            grain.counted_in(&mut sql, days, filter);
            filter.narrow(&mut sql);
            let mut currencies = Currencies::default();
            sql.rows(self.connection, |row| {
                let currency = currencies.of(row, 2)?;
                let group = (row.get(0)?, row.get(1)?, currency, row.get(3)?);
                *sums.entry(group).or_default() += nanos_at(row, 4)?;
                Ok::<_, StoreError>(())
            })?;
        }
        let mut sums: Vec<(Group, i128)> = sums.into_iter().collect();
        sums.sort_unstable_by_key(|(group, _)| *group);
        Ok(sums
            .into_iter()
            .map(|((group, team, currency, column), nanos)| Cell {
                row: names.of(group, team),
                currency,
                column,
                nanos,
            })
            .collect())
    }

    pub(crate) fn row_names(&self, by: &By) -> Result<Names, StoreError> {
        let mut names = Names::default();
        match by {
            By::Person | By::Team => {
                let person = matches!(by, By::Person);
                for (id, owner) in self.owners()? {
                    let own = match owner.key {
                        OwnerKey::Person(_) => person,
                        OwnerKey::Team(_) => !person,
                        OwnerKey::Client(_) | OwnerKey::Tenant(_) => false,
                    };
                    let row = if own {
                        RowName {
                            key: owner.key.number().to_string(),
                            label: owner.name.clone(),
                        }
                    } else {
                        RowName {
                            key: owner.key.to_string(),
                            label: match owner.key {
                                OwnerKey::Person(_) => owner.name.clone() + " (in no team)",
                                key => format!("{} ({})", owner.name, key.kind()),
                            },
                        }
                    };
                    if let (OwnerKey::Team(team), true) = (owner.key, own) {
                        names.teams.insert(team.0, row.clone());
                    }
                    names.groups.insert(id.0, row);
                }
                names.otherwise = Some(RowName::unowned());
            }
            By::Client => names.fill(self, "SELECT id, id, name FROM client")?,
            By::Provider => {
                names.fill(self, "SELECT id, provider, provider FROM service")?;
                names.blank("Provider not named");
            }
            By::Service => {
                names.fill(self, "SELECT id, name, name FROM service")?;
                names.blank("Service not named");
            }
            By::Category => {
                for category in ChargeCategory::ALL {
                    let row = RowName::same(category.word());
                    names.groups.insert(category.number(), row);
                }
            }
            By::Account => {
                names.fill(
                    self,
                    "SELECT id, key, CASE WHEN ifnull(name, '') IN ('', key) THEN key
                     ELSE name || ' (' || key || ')' END FROM sub_account",
                )?;
                names.otherwise = Some(RowName::none("No account"));
            }
            By::Region => {
                names.fill(self, "SELECT id, key, key FROM region")?;
                names.otherwise = Some(RowName::none("No region"));
            }
            By::Resource => {
                names.fill(
                    self,
                    "SELECT id, key, CASE WHEN ifnull(name, '') IN ('', key) THEN key
                     ELSE name || ' (' || key || ')' END FROM resource",
                )?;
                names.otherwise = Some(RowName::none("No resource"));
            }
            By::Tag(key) => {
                let mut sql = Sql::new("SELECT tag_set_id, value, value FROM tag");
                sql.bind("WHERE folded_key = ?", folded_key(key));
                names.read(self, &sql)?;
                names.otherwise = Some(RowName::none("Not tagged"));
            }
        }
        Ok(names)
    }
}

/// The names of groups by their numbers.
#[derive(Default)]
pub(crate) struct Names {
    groups: HashMap<i64, RowName>,
    teams: HashMap<i64, RowName>,
    otherwise: Option<RowName>,
}

impl Names {
    fn fill(&mut self, reads: &Reads<'_>, sql: &'static str) -> Result<(), StoreError> {
        self.read(reads, &Sql::new(sql))
    }

    fn read(&mut self, reads: &Reads<'_>, sql: &Sql) -> Result<(), StoreError> {
        sql.rows(reads.connection, |row| {
            let key = match row.get_ref(1)? {
                rusqlite::types::ValueRef::Integer(id) => id.to_string(),
                _ => row.get(1)?,
            };
            let label = row.get(2)?;
            self.groups.insert(row.get(0)?, RowName { key, label });
            Ok::<(), StoreError>(())
        })?;
        Ok(())
    }

    /// Gives a name to rows whose text is empty; a filter finds them by the empty text.
    fn blank(&mut self, label: &str) {
        for row in self.groups.values_mut() {
            if row.key.is_empty() {
                label.clone_into(&mut row.label);
            }
        }
    }

    pub(crate) fn of(&self, group: i64, team: Option<i64>) -> RowName {
        team.and_then(|team| self.teams.get(&team))
            .or_else(|| self.groups.get(&group))
            .or(self.otherwise.as_ref())
            .cloned()
            .unwrap_or_else(|| RowName::none("None"))
    }
}

/// What rows are grouped by: always a number.
pub(crate) const fn group(by: &By) -> &'static str {
    match by {
        By::Person | By::Team => "s.owner_id,",
        By::Client => "b.client_id,",
        By::Provider | By::Service => "s.service_id,",
        By::Category => "s.category,",
        By::Account => "s.sub_account_id,",
        By::Region => "s.region_id,",
        By::Tag(_) => "s.tag_set_id,",
        By::Resource => "s.resource_id,",
    }
}
