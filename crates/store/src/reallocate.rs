//! Rules change: who owns what is found anew, in the same transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use rusqlite::Row;
use tallyport_ledger::{
    BillingPeriod, ChargeCategory, Matcher, Money, Owner, OwnerId, Pattern, ResourceId, RuleId,
    RuleSet, SubAccountId, TagSet, Validity,
};

use crate::charges::tags_of;
use crate::facts::{Allocator, FactKey, FactTexts};
use crate::number::{currency_of, day_number, day_of, folded_key, period_of};
use crate::rollups::{RollUps, RolledUp};
use crate::sql::Sql;
use crate::{Reads, RuleDraft, StoreError, VersionId, Writes};

/// What a change of rules did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reallocated {
    /// How many charges have another owner or another reason now.
    pub charges: u64,
    /// The months they lie in.
    pub months: BTreeSet<BillingPeriod>,
}

/// What a rule would match, before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RulePreview {
    /// How many charges of counted versions it matches.
    pub charges: u64,
    /// Their billed cost, one a currency.
    pub amounts: Vec<Money>,
    /// Who owns them now, with how much, the most first.
    pub now_owned_by: Vec<(Option<OwnerId>, Money)>,
}

/// A charge as far as rules are concerned.
struct Candidate {
    id: i64,
    version: VersionId,
    period: BillingPeriod,
    day: Date,
    key: FactKey,
    category: ChargeCategory,
    currency: String,
    billed: i64,
    effective: i64,
    owner: Option<i64>,
    rule: Option<i64>,
    counts: bool,
}

impl Writes<'_> {
    /// Adds a rule and gives what it matches to its owner, on every day it holds.
    ///
    /// # Errors
    /// [`StoreError::NotConserved`].
    pub fn add_rule(&mut self, draft: &RuleDraft) -> Result<(RuleId, Reallocated), StoreError> {
        let id = self.insert_rule(draft)?;
        let found = self.candidates(&draft.matchers, draft.validity)?;
        Ok((id, self.reallocate(found)?))
    }

    /// Changes a rule and finds anew who owns what it matched or matches now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::NotConserved`].
    pub fn change_rule(
        &mut self,
        id: RuleId,
        draft: &RuleDraft,
    ) -> Result<Reallocated, StoreError> {
        let before = self.rule(id)?.rule;
        self.update_rule(id, draft)?;
        let mut found = self.candidates(before.matchers(), before.validity)?;
        found.extend(self.candidates(&draft.matchers, draft.validity)?);
        self.reallocate(found)
    }

    /// Deletes a rule and finds anew who owns what it matched.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::NotConserved`].
    pub fn delete_rule(&mut self, id: RuleId) -> Result<Reallocated, StoreError> {
        let before = self.rule(id)?.rule;
        self.retire_rule(id)?;
        let found = self.candidates(before.matchers(), before.validity)?;
        self.reallocate(found)
    }

    /// Allocates `found` by the rules as they are now and brings the roll-ups along.
    fn reallocate(&mut self, mut found: Vec<Candidate>) -> Result<Reallocated, StoreError> {
        found.sort_unstable_by_key(|charge| charge.id);
        found.dedup_by_key(|charge| charge.id);
        let rules = self.rule_set()?;
        let mut allocator = Allocator::new(&rules);
        let mut texts = Texts::default();
        let mut changes: BTreeMap<VersionId, (BillingPeriod, RollUps)> = BTreeMap::new();
        let mut done = Reallocated::default();
        let mut update = self
            .connection
            .prepare_cached("UPDATE charge SET owner_id = ?2, rule_id = ?3 WHERE id = ?1")?;
        for charge in &found {
            let allocated =
                allocator.allocate(charge.day, charge.key, &texts.of(self, charge.key)?);
            let owner = match allocated.owner {
                Owner::Owned(owner) => Some(owner.0),
                Owner::Unowned => None,
            };
            let rule = allocated.rule.map(|rule| rule.0);
            if (owner, rule) == (charge.owner, charge.rule) {
                continue;
            }
            update.execute((charge.id, owner, rule))?;
            done.charges += 1;
            done.months.insert(charge.period);
            let (_, roll_ups) = changes
                .entry(charge.version)
                .or_insert_with(|| (charge.period, RollUps::default()));
            let gone = charge.rolled_up()?;
            roll_ups.note(gone, -1, charge.billed, charge.effective);
            let come = RolledUp {
                owner: owner.unwrap_or(0),
                ..gone
            };
            roll_ups.note(come, 1, charge.billed, charge.effective);
        }
        for (version, (period, roll_ups)) in changes {
            self.roll_up(version, roll_ups)?;
            self.conserved(version, period)?;
        }
        Ok(done)
    }
}

impl Reads<'_> {
    /// What a rule like `draft` matches today, whoever owns it.
    ///
    /// # Errors
    /// The file's.
    pub fn preview_rule(&self, draft: &RuleDraft) -> Result<RulePreview, StoreError> {
        let rule = tallyport_ledger::OwnershipRule::new(
            RuleId(0),
            draft.owner,
            draft.matchers.clone(),
            draft.validity,
        )
        .map_err(|_| StoreError::unreadable("a rule"))?;
        let rules = RuleSet::new(vec![rule]);
        let mut allocator = Allocator::new(&rules);
        let mut texts = Texts::default();
        let mut preview = RulePreview::default();
        let mut sums: BTreeMap<(Option<i64>, String), i128> = BTreeMap::new();
        for charge in self.candidates(&draft.matchers, draft.validity)? {
            let matched = allocator
                .allocate(charge.day, charge.key, &texts.of(self, charge.key)?)
                .rule
                .is_some();
            if matched && charge.counts {
                preview.charges += 1;
                *sums.entry((charge.owner, charge.currency)).or_default() +=
                    i128::from(charge.billed);
            }
        }
        let mut totals: BTreeMap<String, i128> = BTreeMap::new();
        for ((owner, code), nanos) in sums {
            let amount = Money::from_nanos(nanos, currency_of(&code)?);
            preview.now_owned_by.push((owner.map(OwnerId), amount));
            *totals.entry(code).or_default() += nanos;
        }
        preview
            .now_owned_by
            .sort_by_key(|(_, amount)| std::cmp::Reverse(amount.nanos()));
        for (code, nanos) in totals {
            preview
                .amounts
                .push(Money::from_nanos(nanos, currency_of(&code)?));
        }
        Ok(preview)
    }

    /// Charges of current versions that `matchers` may match on days in `validity`: at least all
    /// that they do match, found by index where one condition allows it.
    fn candidates(
        &self,
        matchers: &[Matcher],
        validity: Validity,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut sql = Sql::new(
            "SELECT s.id, s.version_id, v.period, s.day, ifnull(s.sub_account_id, 0), s.service_id,
                    ifnull(s.region_id, 0), ifnull(s.resource_id, 0), s.tag_set_id, s.category,
                    s.currency, s.billed, s.effective, s.owner_id, s.rule_id, v.counts
             FROM charge s JOIN period_version v ON v.id = s.version_id WHERE v.is_current = 1",
        );
        if let Some(from) = validity.from() {
            sql.bind("AND s.day >= ?", day_number(from))
                .bind("AND v.period >= ?", day_number(from) / 100);
        }
        if let Some(to) = validity.to() {
            sql.bind("AND s.day <= ?", day_number(to))
                .bind("AND v.period <= ?", day_number(to) / 100);
        }
        for matcher in matchers {
            match matcher {
                Matcher::Resource(id) => sql.bind(
                    "AND s.resource_id = (SELECT id FROM resource WHERE key = ?)",
                    id.as_str().to_owned(),
                ),
                Matcher::Account(id) => sql.bind(
                    "AND s.sub_account_id = (SELECT id FROM sub_account WHERE key = ?)",
                    id.as_str().to_owned(),
                ),
                Matcher::Service(pattern) => {
                    sql.list("AND s.service_id IN", self.services_like(pattern)?)
                }
                Matcher::Region(region) => sql.bind(
                    "AND s.region_id IN (SELECT id FROM region WHERE key = ? COLLATE NOCASE)",
                    region.clone(),
                ),
                Matcher::Tag { key, .. } => sql.bind(
                    "AND s.tag_set_id IN (SELECT tag_set_id FROM tag WHERE folded_key = ?)",
                    folded_key(key),
                ),
            };
        }
        sql.rows(self.connection, candidate)
    }

    fn services_like(&self, pattern: &Pattern) -> Result<Vec<i64>, StoreError> {
        let services = Sql::new("SELECT id, name FROM service").rows(self.connection, |row| {
            Ok::<(i64, String), StoreError>((row.get(0)?, row.get(1)?))
        })?;
        Ok(services
            .into_iter()
            .filter(|(_, name)| pattern.matches(name))
            .map(|(id, _)| id)
            .collect())
    }
}

fn candidate(row: &Row<'_>) -> Result<Candidate, StoreError> {
    Ok(Candidate {
        id: row.get(0)?,
        version: VersionId(row.get(1)?),
        period: period_of(row.get(2)?)?,
        day: day_of(row.get(3)?)?,
        key: FactKey {
            sub_account: row.get(4)?,
            service: row.get(5)?,
            region: row.get(6)?,
            resource: row.get(7)?,
            tag_set: row.get(8)?,
        },
        category: ChargeCategory::from_number(row.get(9)?)
            .ok_or(StoreError::unreadable("a charge category"))?,
        currency: row.get(10)?,
        billed: row.get(11)?,
        effective: row.get(12)?,
        owner: row.get(13)?,
        rule: row.get(14)?,
        counts: row.get(15)?,
    })
}

impl Candidate {
    fn rolled_up(&self) -> Result<RolledUp, StoreError> {
        Ok(RolledUp {
            day: day_number(self.day),
            owner: self.owner.unwrap_or(0),
            service: self.key.service,
            sub_account: self.key.sub_account,
            region: self.key.region,
            resource: self.key.resource,
            tag_set: self.key.tag_set,
            category: self.category,
            currency: currency_of(&self.currency)?,
        })
    }
}

/// The texts behind the numbers, each read once.
#[derive(Default)]
struct Texts {
    sub_accounts: HashMap<i64, SubAccountId>,
    services: HashMap<i64, String>,
    regions: HashMap<i64, String>,
    resources: HashMap<i64, ResourceId>,
    tag_sets: HashMap<i64, TagSet>,
}

impl Texts {
    fn of(&mut self, reads: &Reads<'_>, key: FactKey) -> Result<FactTexts<'_>, StoreError> {
        let unreadable = |_| StoreError::unreadable("an identifier");
        read(
            reads,
            &mut self.sub_accounts,
            key.sub_account,
            "SELECT key FROM sub_account WHERE id = ?1",
            |text| SubAccountId::parse(&text).map_err(unreadable),
        )?;
        read(
            reads,
            &mut self.services,
            key.service,
            "SELECT name FROM service WHERE id = ?1",
            Ok,
        )?;
        read(
            reads,
            &mut self.regions,
            key.region,
            "SELECT key FROM region WHERE id = ?1",
            Ok,
        )?;
        read(
            reads,
            &mut self.resources,
            key.resource,
            "SELECT key FROM resource WHERE id = ?1",
            |text| ResourceId::parse(&text).map_err(unreadable),
        )?;
        read(
            reads,
            &mut self.tag_sets,
            key.tag_set,
            "SELECT tags FROM tag_set WHERE id = ?1",
            |text| tags_of(&text),
        )?;
        let missing = || StoreError::unreadable("a charge's text");
        Ok(FactTexts {
            sub_account: self.sub_accounts.get(&key.sub_account),
            service: self.services.get(&key.service).ok_or_else(missing)?,
            region: self.regions.get(&key.region).map(String::as_str),
            resource: self.resources.get(&key.resource),
            tags: self.tag_sets.get(&key.tag_set).ok_or_else(missing)?,
        })
    }
}

/// Reads the text of `id` unless it is known; 0 has none.
fn read<T>(
    reads: &Reads<'_>,
    known: &mut HashMap<i64, T>,
    id: i64,
    sql: &'static str,
    parse: impl FnOnce(String) -> Result<T, StoreError>,
) -> Result<(), StoreError> {
    if id != 0 && !known.contains_key(&id) {
        let text = reads
            .connection
            .prepare_cached(sql)?
            .query_row([id], |row| row.get(0))?;
        known.insert(id, parse(text)?);
    }
    Ok(())
}
