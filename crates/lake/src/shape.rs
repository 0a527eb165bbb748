//! What a row is, as its texts say. Rows with the same texts are the same but for their day and
//! their figures, so a reader asks once for each combination.

use tallyport_ledger::meaning::{Category, Empty, Mapping};
use tallyport_ledger::{BillingPeriod, ChargeCategory, ChargeClass, Exact, Line, TagSet};

use crate::aws_services;
use crate::fields::{Fault, Moment, shown, tags};
use crate::plan::{Plan, PlannedRule, Source};
use crate::row::Row;
use crate::watch::Marks;

/// A sum of figures: slots of [`Plan::figures`], and whether each is taken away.
pub(crate) type Terms = Vec<(u8, bool)>;

/// What a row is.
pub(crate) struct Shaped<'r> {
    /// Its line, but for the tags, the day, the amounts and the number.
    pub(crate) line: Line<'r>,
    pub(crate) billed: Terms,
    pub(crate) effective: Terms,
    pub(crate) list: Terms,
    pub(crate) contracted: Terms,
    pub(crate) quantity: Terms,
    pub(crate) marks: Marks,
}

/// A column of tags that could not be read, and why.
pub(crate) type Unreadable = (usize, String);

/// Room for texts that are not in the row as they are needed.
#[derive(Default)]
pub(crate) struct Scratch {
    description: String,
    texts: [String; 5],
}

impl Plan {
    /// What a row with these texts is; bit n of `filled` says that the figure in slot n is there.
    pub(crate) fn shape<'r>(
        &self,
        row: &'r Row<'r>,
        filled: u32,
        scratch: &'r mut Scratch,
    ) -> Result<Shaped<'r>, Fault> {
        let columns = &self.columns;
        let mut marks = Marks::default();
        let start = row.moment(columns.period)?;
        self.not_too_late(columns.period, start.day)?;
        let period = row.period(columns.period)?;
        let category = self.category(row, &mut marks)?;
        let class = match (columns.class, row.text_of(columns.class)?) {
            (Some(at), text) if !text.is_empty() => row.word(at)?,
            _ => ChargeClass::Regular,
        };
        let billed = self.terms(&self.billed, row, filled, &[], &mut marks)?;
        let effective = self.terms(&self.effective, row, filled, &billed, &mut marks)?;
        let list = self.terms(&self.list, row, filled, &billed, &mut marks)?;
        let contracted = self.terms(&self.contracted, row, filled, &billed, &mut marks)?;
        let found = self
            .quantity
            .iter()
            .find(|(slot, _)| filled & bit(*slot) != 0)
            .or(self.quantity.last());
        let unit = row.text_of(found.and_then(|(_, unit)| *unit))?;
        let quantity = found
            .filter(|(slot, _)| filled & bit(*slot) != 0)
            .map(|(slot, _)| (*slot, false))
            .into_iter()
            .collect();
        let invoice = row.text_of(columns.invoice)?;
        let invoiced = !invoice.is_empty();
        let Scratch { description, texts } = scratch;
        let [provider, service, service_category, region, sku] = texts;
        let provider = first_of(&self.provider, row, provider)?;
        let line = Line {
            period,
            billing_account: row.required_text(columns.billing_account)?,
            billing_account_name: row.text_of(columns.billing_account_name)?,
            sub_account: row.text_of(columns.sub_account)?,
            sub_account_name: row.text_of(columns.sub_account_name)?,
            provider,
            service: first_of(&self.service, row, service)?,
            service_category: first_of(&self.service_category, row, service_category)?,
            region: first_of(&self.region, row, region)?,
            sku: first_of(&self.sku, row, sku)?,
            description: row.words(columns.description, description)?,
            resource: row.text_of(columns.resource)?,
            resource_name: row.text_of(columns.resource_name)?,
            tags: Default::default(),
            category,
            class,
            day: start.day,
            last_day: None,
            currency: row.currency(columns.currency)?,
            billed: Exact::ZERO,
            effective: Exact::ZERO,
            list: Exact::ZERO,
            contracted: Exact::ZERO,
            quantity: Exact::ZERO,
            unit,
            number: 0,
            invoice,
            invoiced,
            estimated: !invoiced,
        };
        self.check(row, &line, period, &mut marks)?;
        Ok(Shaped {
            line,
            billed,
            effective,
            list,
            contracted,
            quantity,
            marks,
        })
    }

    fn category(&self, row: &Row<'_>, marks: &mut Marks) -> Result<ChargeCategory, Fault> {
        let at = self.columns.category;
        match &self.meaning.category {
            Category::Word(_) => row.word(at),
            Category::ByValue { otherwise, .. } => {
                let value = row.required_text(at)?;
                Ok(self.meaning.category.of(value).unwrap_or_else(|| {
                    marks.unknown_type = Some(shown(value));
                    *otherwise
                }))
            }
        }
    }

    /// The terms of the first rule that the row meets.
    fn terms(
        &self,
        rules: &[PlannedRule],
        row: &Row<'_>,
        filled: u32,
        billed: &[(u8, bool)],
        marks: &mut Marks,
    ) -> Result<Terms, Fault> {
        let met = rules.iter().find(|rule| {
            rule.when
                .iter()
                .all(|(at, condition)| condition.meets(row.any_text(*at)))
        });
        let Some(rule) = met else {
            return Ok(billed.to_vec());
        };
        marks.not_amortised |= rule.not_amortised;
        let Some(terms) = &rule.terms else {
            return Ok(billed.to_vec());
        };
        let mut sum = Vec::with_capacity(terms.len());
        for term in terms {
            if filled & bit(term.slot) != 0 {
                sum.push((term.slot, term.minus));
                continue;
            }
            match term.empty {
                Empty::Zero => {}
                Empty::NotedZero => marks.empty |= bit(term.slot),
                Empty::Billed => sum.extend(billed.iter().map(|(slot, minus)| (*slot, *minus))),
                Empty::Refused => {
                    return Err(Fault {
                        column: Some(term.column),
                        reason: "it is empty, and an amount is needed".to_owned(),
                    });
                }
            }
        }
        Ok(sum)
    }

    /// The columns whose texts are tags.
    pub(crate) fn tag_columns(&self) -> impl Iterator<Item = usize> {
        let maps = self.tags.maps.iter().map(|(at, _)| *at);
        maps.chain(self.tags.columns.iter().map(|(at, _)| *at))
    }

    /// The tags of a row with these texts.
    pub(crate) fn tags(&self, row: &Row<'_>) -> Result<(TagSet, Option<Unreadable>), Fault> {
        let (mut set, mut unreadable) = (TagSet::new(), None);
        for (at, map) in &self.tags.maps {
            let text = row.any_text(*at);
            if text.is_empty() {
                continue;
            }
            match tags(*at, text) {
                Ok(found) => {
                    for (key, value) in found {
                        set.entry(map.key(&key)).or_insert(value);
                    }
                }
                // Whom a cost belongs to may hang on it, what it is does not.
                Err(fault) => unreadable = Some((*at, fault.reason)),
            }
        }
        for (at, key) in &self.tags.columns {
            let value = row.text(*at)?;
            if !value.is_empty() {
                set.entry(key.clone()).or_insert_with(|| value.to_owned());
            }
        }
        Ok((set, unreadable))
    }

    /// Marks what shows whether the provider keeps to the format.
    fn check(
        &self,
        row: &Row<'_>,
        line: &Line<'_>,
        period: BillingPeriod,
        marks: &mut Marks,
    ) -> Result<(), Fault> {
        marks.currency = Some(line.currency);
        marks.repeats = self.repeats.as_ref().is_some_and(|conditions| {
            conditions
                .iter()
                .all(|(at, condition)| condition.meets(row.any_text(*at)))
        });
        if self.meaning.checks.is_none() {
            return Ok(());
        }
        let columns = &self.columns;
        marks.provider = line.provider.to_owned();
        marks.checked = Some(line.category);
        marks.committed = !row.text_of(columns.commitment)?.is_empty();
        if let Some(at) = columns.period_end {
            marks.odd_period = match row.optional_moment(at)? {
                None => true,
                Some(end) => !ends(period, end),
            };
        }
        let priced = row.text_of(columns.pricing_currency)?;
        if !priced.is_empty() && !priced.eq_ignore_ascii_case(line.currency.code()) {
            marks.priced_in = Some(shown(priced));
        }
        Ok(())
    }
}

/// Whether a moment is the end of a period, as FOCUS has it: the start of the next.
fn ends(period: BillingPeriod, end: Moment) -> bool {
    period
        .next()
        .is_ok_and(|next| (end.day, end.second) == (next.first_day(), 0))
}

/// The bit of a slot; none for one beyond what a plan has.
pub(crate) fn bit(slot: u8) -> u32 {
    1_u32.checked_shl(u32::from(slot)).unwrap_or(0)
}

/// The first source that is filled.
fn first_of<'r>(
    sources: &[Source],
    row: &'r Row<'r>,
    scratch: &'r mut String,
) -> Result<&'r str, Fault> {
    for source in sources {
        let text = match source {
            Source::Column(at) => row.text(*at)?,
            Source::Mapped(at, Mapping::ServiceName) => aws_services::name(row.text(*at)?),
            Source::Mapped(at, Mapping::ServiceCategory) => aws_services::category(row.text(*at)?),
            Source::Constant(text) => text,
            Source::Key(at, key) => {
                // What cannot be read as a map has no such key.
                let found = tags(*at, row.any_text(*at)).unwrap_or_default();
                match found.get(*key).filter(|value| !value.trim().is_empty()) {
                    Some(value) => {
                        value.trim().clone_into(scratch);
                        return Ok(scratch);
                    }
                    None => "",
                }
            }
        };
        if !text.is_empty() {
            return Ok(text);
        }
    }
    Ok("")
}
