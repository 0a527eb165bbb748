//! What parts of a whole were charged together: a charge that several of them are about counts once, which
//! the sums of single scopes cannot say.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::RandomState;
use tallyport_ledger::{Currency, DayRange};

use super::Parts;
use super::index::{Fact, Index, Of};
use super::parts::part_of_day;
use super::scan::Stream;
use crate::number::{Currencies, day_number, joined};
use crate::{Reads, ScopeId, StoreError};

/// A question: what some scopes were charged together, and what of a whole none of them was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyAsk {
    /// The whole.
    pub whole: ScopeId,
    /// Its parts, which may overlap and may reach beyond it.
    pub parts: Vec<ScopeId>,
    /// The currency.
    pub currency: Currency,
    /// The days.
    pub span: DayRange,
}

/// What parts were charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Family {
    /// All parts together, each charge once.
    pub together: Parts,
    /// What of the whole none of them was.
    pub rest: Parts,
}

/// Which questions a scope belongs to, and whether as the whole.
type Roles = HashMap<i64, Vec<(usize, bool)>, RandomState>;

/// The families of one month, as its charges come by.
struct Gathering<'a> {
    asks: &'a [FamilyAsk],
    index: Index,
    roles: Roles,
    found: &'a mut [Family],
    /// For each question, whether the charge at hand is of its whole and of one of its parts.
    of: Vec<(bool, bool)>,
    touched: Vec<usize>,
}

impl Reads<'_> {
    /// What each question asks for, in the same order, whether it is believed or lies in quarantine. Read from
    /// the roll-ups by day; where a scope is told by its tags, which no roll-up has by day, from the charges.
    ///
    /// # Errors
    /// The file's.
    pub fn families(&self, asks: &[FamilyAsk]) -> Result<Vec<Family>, StoreError> {
        let mut found = vec![Family::default(); asks.len()];
        let mut months: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (at, ask) in asks.iter().enumerate() {
            for month in ask.span.months() {
                months.entry(day_number(month) / 100).or_default().push(at);
            }
        }
        for (month, of) in months {
            let mut gathering = Gathering::of(self, asks, &of, &mut found)?;
            let spans = || of.iter().filter_map(|at| Some(asks.get(*at)?.span));
            let from = spans().map(|span| day_number(span.from())).min();
            let to = spans().map(|span| day_number(span.to())).max();
            let days = (from.unwrap_or(0), to.unwrap_or(0));
            for stream in self.streams_that_count(month)? {
                if gathering.index.has_tags() {
                    gathering.charges(self, &stream, days)?;
                } else {
                    gathering.roll_ups(self, &stream, days)?;
                }
            }
        }
        Ok(found)
    }
}

impl<'a> Gathering<'a> {
    fn of(
        reads: &Reads<'_>,
        asks: &'a [FamilyAsk],
        of: &[usize],
        found: &'a mut [Family],
    ) -> Result<Self, StoreError> {
        let mut roles = Roles::default();
        for (at, ask) in of.iter().filter_map(|at| Some((*at, asks.get(*at)?))) {
            roles.entry(ask.whole.0).or_default().push((at, true));
            for part in &ask.parts {
                roles.entry(part.0).or_default().push((at, false));
            }
        }
        let scopes: HashSet<i64, RandomState> = roles.keys().copied().collect();
        Ok(Self {
            asks,
            index: Index::of(reads, &Of::These(&scopes))?,
            roles,
            of: vec![(false, false); found.len()],
            found,
            touched: Vec::new(),
        })
    }

    fn roll_ups(
        &mut self,
        reads: &Reads<'_>,
        stream: &Stream,
        days: (i64, i64),
    ) -> Result<(), StoreError> {
        self.each(
            reads,
            stream,
            days,
            "SELECT day, owner_id, service_id, 0, category, currency, billed_units, billed_rest,
                    effective_units, effective_rest
             FROM spend WHERE stream = ?1 AND day BETWEEN ?2 AND ?3",
        )
    }

    fn charges(
        &mut self,
        reads: &Reads<'_>,
        stream: &Stream,
        days: (i64, i64),
    ) -> Result<(), StoreError> {
        self.each(
            reads,
            stream,
            days,
            "SELECT s.day, s.owner_id, s.service_id, s.tag_set_id, s.category, s.currency, 0, s.billed, 0,
                    s.effective
             FROM allocated_charge s
             WHERE s.stream = ?1 AND s.until_version IS NULL AND s.day BETWEEN ?2 AND ?3",
        )
    }

    fn each(
        &mut self,
        reads: &Reads<'_>,
        stream: &Stream,
        (from, to): (i64, i64),
        sql: &str,
    ) -> Result<(), StoreError> {
        let mut statement = reads.connection.prepare_cached(sql)?;
        let mut rows = statement.query((stream.stream, from, to))?;
        let mut currencies = Currencies::default();
        while let Some(row) = rows.next()? {
            let fact = Fact {
                client: stream.client,
                day: row.get(0)?,
                owner: row.get(1)?,
                service: row.get(2)?,
            };
            self.note_scopes(&fact, row.get(3)?);
            if self.touched.is_empty() {
                continue;
            }
            let currency = currencies.of(row, 5)?;
            let part = part_of_day(row.get(4)?);
            let billed = joined(row.get(6)?, row.get(7)?);
            let effective = joined(row.get(8)?, row.get(9)?);
            for at in self.touched.drain(..) {
                let (whole, in_part) = std::mem::take(&mut self.of[at]);
                let ask = &self.asks[at];
                let days = day_number(ask.span.from())..=day_number(ask.span.to());
                if ask.currency != currency || !days.contains(&fact.day) {
                    continue;
                }
                let family = &mut self.found[at];
                if in_part {
                    family.together.note(part, billed, effective);
                } else if whole {
                    family.rest.note(part, billed, effective);
                }
            }
        }
        Ok(())
    }

    /// Notes which questions a charge belongs to, and as what.
    fn note_scopes(&mut self, fact: &Fact, tag_set: i64) {
        let Self {
            index,
            roles,
            of,
            touched,
            ..
        } = self;
        let mut note = |scope: i64| {
            for (at, whole) in roles.get(&scope).into_iter().flatten() {
                let (in_whole, in_part) = &mut of[*at];
                if !*in_whole && !*in_part {
                    touched.push(*at);
                }
                *(if *whole { in_whole } else { in_part }) = true;
            }
        };
        index.each(fact, &mut note);
        index.each_tagged(tag_set).iter().copied().for_each(note);
    }
}
