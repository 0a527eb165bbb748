//! What is told about a file beside its figures: what was left out or taken as nothing, and where
//! a provider does not keep to the format it claims. None of it changes an amount.

use tallyport_ledger::{ChargeCategory, Currency, Exact, ExactError, Load};

use crate::Note;
use crate::plan::Plan;
use crate::shape::{Unreadable, bit};

/// What rows of one shape are watched for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Marks {
    /// The slots of figures that are empty, though the format wants an amount.
    pub(crate) empty: u32,
    pub(crate) not_amortised: bool,
    pub(crate) unknown_type: Option<String>,
    pub(crate) unreadable_tags: Option<Unreadable>,
    pub(crate) currency: Option<Currency>,
    pub(crate) provider: String,
    /// Whether another row has the cost already.
    pub(crate) repeats: bool,
    /// The category, where the provider's own effective cost is checked.
    pub(crate) checked: Option<ChargeCategory>,
    /// Whether a commitment is bought or used.
    pub(crate) committed: bool,
    /// Whether the billing period does not end with its month.
    pub(crate) odd_period: bool,
    /// A currency of prices that is not the billing currency.
    pub(crate) priced_in: Option<String>,
}

/// What the amounts of rows are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Watch {
    /// Nothing.
    No,
    /// What repeats another row has no billed cost.
    Repeat,
    /// Buying a commitment has no effective cost.
    Purchase,
    /// A credit's effective cost is its billed cost.
    Credit,
    /// Usage outside commitments costs at most its list price, and has decimals in effective cost
    /// where billed cost has some.
    Usage,
}

impl Marks {
    fn watch(&self) -> Watch {
        if self.repeats {
            return Watch::Repeat;
        }
        match self.checked {
            Some(ChargeCategory::Purchase) if self.committed => Watch::Purchase,
            Some(ChargeCategory::Credit) => Watch::Credit,
            Some(ChargeCategory::Usage) if !self.committed => Watch::Usage,
            _ => Watch::No,
        }
    }
}

/// What the rows of one shape come to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) lines: u64,
    pub(crate) first_line: u64,
    /// Billed cost, where tags could not be read.
    billed: Exact,
    /// Rows that contradict the format, and by how much.
    odd_rows: u64,
    odd_amount: Exact,
    /// Rows of usage whose billed cost has decimals.
    billed_in_parts: u64,
    /// How many of those have an effective cost without.
    effective_whole: u64,
    /// By how much effective cost is more than billed cost in them.
    rounded_off: Exact,
}

impl Tally {
    /// Adds a row.
    pub(crate) fn add(
        &mut self,
        marks: &Marks,
        line: u64,
        [billed, effective, list]: [Exact; 3],
    ) -> Result<(), ExactError> {
        if self.lines == 0 || line < self.first_line {
            self.first_line = line;
        }
        self.lines += 1;
        if marks.unreadable_tags.is_some() {
            self.billed = self.billed.plus(billed)?;
        }
        match marks.watch() {
            Watch::Repeat if !billed.is_zero() => self.odd(billed),
            Watch::Purchase if !effective.is_zero() => self.odd(effective),
            Watch::Credit if effective != billed => self.odd(effective.plus(billed.negated())?),
            Watch::Usage => {
                if !billed.is_whole() {
                    self.billed_in_parts += 1;
                    if effective.is_whole() {
                        self.effective_whole += 1;
                        self.rounded_off =
                            self.rounded_off.plus(effective.plus(billed.negated())?)?;
                    }
                }
                // Nothing stands for a price that is not known.
                if list < effective && list > Exact::ZERO && marks.empty == 0 {
                    self.odd(effective.plus(list.negated())?)
                } else {
                    Ok(())
                }
            }
            Watch::Repeat | Watch::Purchase | Watch::Credit | Watch::No => Ok(()),
        }
    }

    fn odd(&mut self, amount: Exact) -> Result<(), ExactError> {
        self.odd_rows += 1;
        self.odd_amount = self.odd_amount.plus(amount)?;
        Ok(())
    }
}

impl Tally {
    /// Adds what other rows of the same marks add up to.
    pub(crate) fn take_in(&mut self, other: &Self) -> Result<(), ExactError> {
        if other.lines == 0 {
            return Ok(());
        }
        if self.lines == 0 || other.first_line < self.first_line {
            self.first_line = other.first_line;
        }
        self.lines += other.lines;
        self.billed = self.billed.plus(other.billed)?;
        self.odd_rows += other.odd_rows;
        self.odd_amount = self.odd_amount.plus(other.odd_amount)?;
        self.billed_in_parts += other.billed_in_parts;
        self.effective_whole += other.effective_whole;
        self.rounded_off = self.rounded_off.plus(other.rounded_off)?;
        Ok(())
    }
}

/// Amounts by currency, in the order in which the currencies came.
pub(crate) type Stakes = Vec<(Currency, Exact)>;

/// Rows of one kind, and what they are about.
#[derive(Default)]
struct Counted {
    rows: u64,
    first_line: u64,
    at_stake: Stakes,
}

impl Counted {
    fn count(&mut self, marks: &Marks, tally: &Tally, rows: u64, amount: Exact) {
        if rows == 0 {
            return;
        }
        if self.rows == 0 {
            self.first_line = tally.first_line;
        }
        self.rows += rows;
        let Some(currency) = marks.currency else {
            return;
        };
        match self
            .at_stake
            .iter_mut()
            .find(|(known, _)| *known == currency)
        {
            // A sum that cannot be held is refused when the file is rolled up.
            Some((_, sum)) => *sum = sum.plus(amount).unwrap_or(*sum),
            None => self.at_stake.push((currency, amount)),
        }
    }
}

/// Line item types that are named one by one.
const MOST_TYPES: usize = 20;

impl Plan {
    /// What is to be told of the file, given its shapes in the order of their first lines.
    pub(crate) fn notes(&self, shapes: &[(Marks, Tally)]) -> Vec<Note> {
        let mut notes = self.said.clone();
        for (slot, column) in self.figures().iter().enumerate() {
            let bit = u8::try_from(slot).map_or(0, bit);
            let rows = lines(shapes, |marks| marks.empty & bit != 0);
            if rows > 0 {
                let column = self.names.get(*column).cloned().unwrap_or_default();
                notes.push(Note::TakenAsZero { column, rows });
            }
        }
        let rows = lines(shapes, |marks| marks.not_amortised);
        if rows > 0 {
            notes.push(Note::NotAmortised { rows });
        }
        let mut types: Vec<&String> = Vec::new();
        for kind in shapes
            .iter()
            .filter_map(|(marks, _)| marks.unknown_type.as_ref())
        {
            if !types.contains(&kind) && types.len() < MOST_TYPES {
                types.push(kind);
            }
        }
        notes.extend(types.into_iter().cloned().map(Note::UnknownLineItemType));
        self.unreadable_tags(shapes, &mut notes);
        rounding(shapes, &mut notes);
        conformance(shapes, &mut notes);
        notes
    }

    fn unreadable_tags(&self, shapes: &[(Marks, Tally)], notes: &mut Vec<Note>) {
        let mut columns: Vec<(usize, Counted)> = Vec::new();
        for (marks, tally) in shapes {
            let Some((at, _)) = &marks.unreadable_tags else {
                continue;
            };
            let found = columns.iter().position(|(known, _)| known == at);
            let place = found.unwrap_or_else(|| {
                columns.push((*at, Counted::default()));
                columns.len() - 1
            });
            columns[place]
                .1
                .count(marks, tally, tally.lines, tally.billed);
        }
        notes.extend(
            columns
                .into_iter()
                .map(|(at, counted)| Note::UnreadableTags {
                    column: self.names.get(at).cloned().unwrap_or_default(),
                    rows: counted.rows,
                    first_line: counted.first_line,
                    at_stake: counted.at_stake,
                }),
        );
    }
}

fn lines(shapes: &[(Marks, Tally)], meant: impl Fn(&Marks) -> bool) -> u64 {
    shapes
        .iter()
        .filter(|(marks, _)| meant(marks))
        .map(|(_, tally)| tally.lines)
        .sum()
}

/// Effective cost in whole units where billed cost is not.
fn rounding(shapes: &[(Marks, Tally)], notes: &mut Vec<Note>) {
    let mut providers: Vec<(&str, Counted, u64)> = Vec::new();
    for (marks, tally) in shapes
        .iter()
        .filter(|(marks, _)| marks.watch() == Watch::Usage)
    {
        let found = providers
            .iter()
            .position(|(name, ..)| *name == marks.provider);
        let place = found.unwrap_or_else(|| {
            providers.push((&marks.provider, Counted::default(), 0));
            providers.len() - 1
        });
        let (_, rounded, rows) = &mut providers[place];
        rounded.count(marks, tally, tally.effective_whole, tally.rounded_off);
        *rows += tally.billed_in_parts;
    }
    for (provider, rounded, rows) in providers {
        // A few whole amounts are chance; nine in ten are not.
        if rows >= 10 && rounded.rows >= rows - rows / 10 {
            notes.push(Note::EffectiveRounded {
                provider: provider.to_owned(),
                rounded: rounded.rows,
                rows,
                at_stake: rounded.at_stake,
            });
        }
    }
}

/// Where a provider's figures contradict what FOCUS says of them.
fn conformance(shapes: &[(Marks, Tally)], notes: &mut Vec<Note>) {
    let (mut purchases, mut credits, mut lists, mut repeats) = Default::default();
    let mut odd = 0;
    let mut priced: Vec<(&String, u64)> = Vec::new();
    for (marks, tally) in shapes {
        let counted: Option<&mut Counted> = match marks.watch() {
            Watch::Repeat => Some(&mut repeats),
            Watch::Purchase => Some(&mut purchases),
            Watch::Credit => Some(&mut credits),
            Watch::Usage => Some(&mut lists),
            Watch::No => None,
        };
        if let Some(counted) = counted {
            counted.count(marks, tally, tally.odd_rows, tally.odd_amount);
        }
        odd += if marks.odd_period { tally.lines } else { 0 };
        if let Some(currency) = &marks.priced_in {
            match priced.iter_mut().find(|(known, _)| *known == currency) {
                Some((_, rows)) => *rows += tally.lines,
                None => priced.push((currency, tally.lines)),
            }
        }
    }
    let told = |counted: Counted, note: fn(u64, Stakes) -> Note| {
        (counted.rows > 0).then(|| note(counted.rows, counted.at_stake))
    };
    notes.extend(told(repeats, |rows, at_stake| Note::CountedTwice {
        rows,
        at_stake,
    }));
    notes.extend(told(purchases, |rows, at_stake| {
        Note::PurchaseIsEffective { rows, at_stake }
    }));
    notes.extend(told(credits, |rows, at_stake| Note::CreditDiffers {
        rows,
        at_stake,
    }));
    notes.extend(told(lists, |rows, at_stake| Note::ListBelowEffective {
        rows,
        at_stake,
    }));
    if odd > 0 {
        notes.push(Note::OddPeriodEnd { rows: odd });
    }
    notes.extend(priced.into_iter().map(|(currency, rows)| Note::PricedIn {
        currency: currency.clone(),
        rows,
    }));
}

/// What is to be told of the charges as a whole: periods in several currencies, whose amounts are
/// never added.
pub(crate) fn of_load(load: &Load) -> Vec<Note> {
    load.periods
        .iter()
        .filter_map(|period| {
            let mut currencies: Vec<Currency> = period
                .charges
                .iter()
                .map(|charge| charge.currency)
                .collect();
            currencies.sort_unstable();
            currencies.dedup();
            (currencies.len() > 1).then(|| Note::SeveralCurrencies {
                billing_account: period.billing_account.to_string(),
                period: period.period.to_string(),
                currencies,
            })
        })
        .collect()
}
