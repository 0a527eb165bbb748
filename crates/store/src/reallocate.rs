//! Rules change: who owns what is found anew, in the same transaction.

mod live;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use tallyport_ledger::{
    BillingPeriod, Currency, Matcher, Money, OwnerId, Pattern, RuleId, RuleSet, Validity,
};

use self::live::{LiveStream, Streams};
use crate::item::{ITEM, Item, item_at};
use crate::number::{day_number, folded_key};
use crate::ownership::{Allocator, EVER, Stretch, owner_on, stretch_on};
use crate::rollups::RollUps;
use crate::sql::Sql;
use crate::texts::Texts;
use crate::{Reads, RuleDraft, StoreError, Writes};

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

/// An item that has other owners now.
struct Moved {
    item: Item,
    before: Vec<Stretch>,
    after: Arc<[Stretch]>,
}

/// The days on which a change of these rules can change anything.
fn hull(validities: &[Validity]) -> (i64, i64) {
    let from = |validity: &Validity| validity.from().map_or(EVER.0, day_number);
    let to = |validity: &Validity| validity.to().map_or(EVER.1, day_number);
    (
        validities.iter().map(from).min().unwrap_or(EVER.0),
        validities.iter().map(to).max().unwrap_or(EVER.1),
    )
}

impl Writes<'_> {
    /// Adds a rule and gives what it matches to its owner, on every day it holds.
    ///
    /// # Errors
    /// [`StoreError::NotConserved`].
    pub fn add_rule(&mut self, draft: &RuleDraft) -> Result<(RuleId, Reallocated), StoreError> {
        let id = self.insert_rule(draft)?;
        let found = self.candidates(&draft.matchers)?;
        Ok((id, self.reallocate(found, hull(&[draft.validity]))?))
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
        let mut found = self.candidates(before.matchers())?;
        found.extend(self.candidates(&draft.matchers)?);
        self.reallocate(found, hull(&[before.validity, draft.validity]))
    }

    /// Deletes a rule and finds anew who owns what it matched.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::NotConserved`].
    pub fn delete_rule(&mut self, id: RuleId) -> Result<Reallocated, StoreError> {
        let before = self.rule(id)?.rule;
        self.retire_rule(id)?;
        let found = self.candidates(before.matchers())?;
        self.reallocate(found, hull(&[before.validity]))
    }

    /// Allocates the items `found` by the rules as they are now and brings the roll-ups along.
    fn reallocate(
        &mut self,
        found: BTreeMap<i64, Item>,
        days: (i64, i64),
    ) -> Result<Reallocated, StoreError> {
        let rules = self.rule_set()?;
        let mut allocator = Allocator::new(&rules);
        let mut texts = Texts::default();
        let mut moved: HashMap<i64, Moved, RandomState> = HashMap::default();
        for (id, item) in found {
            let after = allocator.allocate(item.facts(), &texts.of(self, item.facts())?);
            let before = self.stretches_of(id)?;
            if *before != *after {
                self.replace_stretches(id, &after)?;
                moved.insert(
                    id,
                    Moved {
                        item,
                        before,
                        after,
                    },
                );
            }
        }
        let mut done = Reallocated::default();
        let mut changes: BTreeMap<i64, (LiveStream, RollUps)> = BTreeMap::new();
        let streams = Streams::of(self, days, false)?;
        streams.charges(self, moved.keys().copied().collect(), |stream, charge| {
            let Some(at) = moved.get(&charge.item) else {
                return;
            };
            let before = stretch_on(&at.before, charge.day);
            let after = stretch_on(&at.after, charge.day);
            let whose = |stretch: Option<&Stretch>| stretch.map(|s| (s.owner, s.rule));
            if whose(before) == whose(after) {
                return;
            }
            done.charges += 1;
            done.months.insert(stream.period);
            let (_, roll_ups) = changes
                .entry(stream.stream)
                .or_insert_with(|| (*stream, RollUps::default()));
            for (stretch, sign) in [(before, -1), (after, 1)] {
                let owner = stretch.map_or(0, |stretch| stretch.owner);
                let spot = roll_ups.spot(&at.item, owner);
                roll_ups.note(spot, charge.day, sign, charge.billed, charge.effective);
            }
        })?;
        for (stream, roll_ups) in changes.values() {
            self.roll_up(stream.stream, roll_ups, false)?;
            self.conserved(stream.stream, stream.version, stream.period)?;
        }
        Ok(done)
    }

    /// Finds who owns every item and fills the roll-ups from the charges: for a file of an older format.
    pub(crate) fn allocate_everything(&mut self) -> Result<(), StoreError> {
        let rules = self.rule_set()?;
        let mut allocator = Allocator::new(&rules);
        let mut texts = Texts::default();
        let mut all: HashMap<i64, (Item, Arc<[Stretch]>), RandomState> = HashMap::default();
        for (id, item) in self.candidates(&[])? {
            let owned = allocator.allocate(item.facts(), &texts.of(self, item.facts())?);
            self.keep_stretches(id, &owned)?;
            all.insert(id, (item, owned));
        }
        let commitments = self.commitments()?;
        let streams = Streams::of(self, EVER, false)?;
        let mut filled: BTreeMap<i64, (LiveStream, RollUps)> = BTreeMap::new();
        streams.charges(self, all.keys().copied().collect(), |stream, charge| {
            let Some((item, owned)) = all.get(&charge.item) else {
                return;
            };
            let (_, roll_ups) = filled
                .entry(stream.stream)
                .or_insert_with(|| (*stream, RollUps::new(Arc::clone(&commitments))));
            let spot = roll_ups.spot(item, owner_on(owned, charge.day));
            roll_ups.note(spot, charge.day, 1, charge.billed, charge.effective);
        })?;
        for (stream, roll_ups) in filled.values() {
            self.roll_up(stream.stream, roll_ups, true)?;
            self.conserved(stream.stream, stream.version, stream.period)?;
        }
        Ok(())
    }
}

impl Writes<'_> {
    /// Fills what usage costs a day from the charges: for a file of an older format.
    pub(crate) fn roll_up_all_usage(&mut self) -> Result<(), StoreError> {
        for (stream, roll_ups) in self.usage_of_charges()? {
            self.roll_up_usage(stream, &roll_ups, true)?;
        }
        Ok(())
    }
}

impl Reads<'_> {
    /// What usage costs a day by what the charges of current versions say, by stream.
    pub(crate) fn usage_of_charges(&self) -> Result<BTreeMap<i64, RollUps>, StoreError> {
        let items = self.candidates(&[])?;
        let commitments = self.commitments()?;
        let mut usage: BTreeMap<i64, RollUps> = BTreeMap::new();
        let streams = Streams::of(self, EVER, false)?;
        streams.charges(self, items.keys().copied().collect(), |stream, charge| {
            let Some(item) = items.get(&charge.item) else {
                return;
            };
            let roll_ups = usage
                .entry(stream.stream)
                .or_insert_with(|| RollUps::new(Arc::clone(&commitments)));
            roll_ups.note_usage(item, charge.day, charge.effective);
        })?;
        Ok(usage)
    }

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
        let mut matched: HashMap<i64, Moved, RandomState> = HashMap::default();
        for (id, item) in self.candidates(&draft.matchers)? {
            let after = allocator.allocate(item.facts(), &texts.of(self, item.facts())?);
            if !after.is_empty() {
                let before = self.stretches_of(id)?;
                matched.insert(
                    id,
                    Moved {
                        item,
                        before,
                        after,
                    },
                );
            }
        }
        let mut preview = RulePreview::default();
        let mut sums: BTreeMap<(i64, Currency), i128> = BTreeMap::new();
        let streams = Streams::of(self, hull(&[draft.validity]), true)?;
        streams.charges(self, matched.keys().copied().collect(), |_, charge| {
            let Some(at) = matched.get(&charge.item) else {
                return;
            };
            if stretch_on(&at.after, charge.day).is_some() {
                preview.charges += 1;
                let owner = owner_on(&at.before, charge.day);
                *sums.entry((owner, at.item.currency)).or_default() += i128::from(charge.billed);
            }
        })?;
        let mut totals: BTreeMap<Currency, i128> = BTreeMap::new();
        for ((owner, currency), nanos) in sums {
            let owner = (owner != 0).then_some(OwnerId(owner));
            preview
                .now_owned_by
                .push((owner, Money::from_nanos(nanos, currency)));
            *totals.entry(currency).or_default() += nanos;
        }
        preview
            .now_owned_by
            .sort_by_key(|(_, amount)| std::cmp::Reverse(amount.nanos()));
        for (currency, nanos) in totals {
            preview.amounts.push(Money::from_nanos(nanos, currency));
        }
        Ok(preview)
    }

    /// Items that `matchers` may match: at least all that they do match, found by index where one
    /// condition allows it.
    fn candidates(&self, matchers: &[Matcher]) -> Result<BTreeMap<i64, Item>, StoreError> {
        let mut sql = Sql::new("SELECT");
        sql.push(ITEM).push("FROM item i WHERE 1");
        for matcher in matchers {
            match matcher {
                Matcher::Resource(id) => sql.bind(
                    "AND i.resource_id = (SELECT id FROM resource WHERE key = ?)",
                    id.as_str().to_owned(),
                ),
                Matcher::Account(id) => sql.bind(
                    "AND i.sub_account_id = (SELECT id FROM sub_account WHERE key = ?)",
                    id.as_str().to_owned(),
                ),
                Matcher::Service(pattern) => {
                    sql.list("AND i.service_id IN", self.services_like(pattern)?)
                }
                Matcher::Region(region) => sql.bind(
                    "AND i.region_id IN (SELECT id FROM region WHERE key = ? COLLATE NOCASE)",
                    region.clone(),
                ),
                Matcher::Tag { key, .. } => sql.bind(
                    "AND i.tag_set_id IN (SELECT tag_set_id FROM tag WHERE folded_key = ?)",
                    folded_key(key),
                ),
            };
        }
        let items = sql.rows(self.connection, item_at)?;
        Ok(items.into_iter().collect())
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
