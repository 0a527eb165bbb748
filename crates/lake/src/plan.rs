//! A format's meaning, laid over the columns of one file: which column number gives what, and
//! which rules are left once those are gone that the file cannot meet.

use jiff::civil::Date;
use tallyport_ledger::meaning::{
    Amount, Column, Condition, Empty, Formula, Lacking, Mapping, Meaning, Sign, TagMap, Text,
};

use crate::Note;
use crate::fields::Fault;
use crate::header::Header;

/// What the columns of a file mean. It is shared by threads and never changes.
pub(crate) struct Plan {
    pub(crate) meaning: &'static Meaning,
    texts: Vec<usize>,
    figures: Vec<usize>,
    from: usize,
    to: Option<usize>,
    latest: Option<Date>,
    pub(crate) columns: Columns,
    pub(crate) provider: Vec<Source>,
    pub(crate) service: Vec<Source>,
    pub(crate) service_category: Vec<Source>,
    pub(crate) region: Vec<Source>,
    pub(crate) sku: Vec<Source>,
    pub(crate) tags: TagSources,
    pub(crate) billed: Vec<PlannedRule>,
    pub(crate) effective: Vec<PlannedRule>,
    pub(crate) list: Vec<PlannedRule>,
    pub(crate) contracted: Vec<PlannedRule>,
    /// Slots of quantities with the columns of their units.
    pub(crate) quantity: Vec<(u8, Option<usize>)>,
    /// What rows meet that repeat another's cost; none where no row can.
    pub(crate) repeats: Option<Vec<(usize, Condition)>>,
    /// The names of all columns, as the file has them.
    pub(crate) names: Vec<String>,
    /// What is said of the file whatever its rows are.
    pub(crate) said: Vec<Note>,
}

/// Columns that are looked at by themselves.
pub(crate) struct Columns {
    pub(crate) period: usize,
    pub(crate) billing_account: usize,
    pub(crate) billing_account_name: Option<usize>,
    pub(crate) sub_account: Option<usize>,
    pub(crate) sub_account_name: Option<usize>,
    pub(crate) description: Option<usize>,
    pub(crate) resource: Option<usize>,
    pub(crate) resource_name: Option<usize>,
    pub(crate) category: usize,
    pub(crate) class: Option<usize>,
    pub(crate) currency: usize,
    pub(crate) invoice: Option<usize>,
    pub(crate) commitment: Option<usize>,
    pub(crate) period_end: Option<usize>,
    pub(crate) pricing_currency: Option<usize>,
}

/// Where a text comes from in this file.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    Column(usize),
    Key(usize, &'static str),
    Mapped(usize, Mapping),
    Constant(&'static str),
}

/// Where tags come from in this file.
pub(crate) struct TagSources {
    pub(crate) maps: Vec<(usize, &'static TagMap)>,
    pub(crate) columns: Vec<(usize, String)>,
}

/// A rule that the file can meet.
pub(crate) struct PlannedRule {
    pub(crate) when: Vec<(usize, Condition)>,
    /// The terms; none for the billed amount.
    pub(crate) terms: Option<Vec<PlannedTerm>>,
    pub(crate) not_amortised: bool,
}

/// A column in a sum.
#[derive(Clone, Copy)]
pub(crate) struct PlannedTerm {
    pub(crate) slot: u8,
    pub(crate) column: usize,
    pub(crate) minus: bool,
    pub(crate) empty: Empty,
}

impl Plan {
    /// The plan for a file with these columns, or the required ones that it lacks.
    pub(crate) fn new(
        meaning: &'static Meaning,
        header: &mut Header,
        latest: Option<Date>,
    ) -> Result<Self, Vec<String>> {
        let lacking: Vec<String> = meaning
            .required()
            .iter()
            .filter(|column| !column.names.iter().any(|name| header.has(name)))
            .map(|column| name_in(meaning, header, column).to_owned())
            .collect();
        if !lacking.is_empty() {
            return Err(lacking);
        }
        let mut laying = Laying {
            meaning,
            header,
            texts: Vec::new(),
            figures: Vec::new(),
            notes: Vec::new(),
        };
        let columns = laying.columns();
        let from = laying.take(&meaning.from).unwrap_or_default();
        let to = laying.take(&meaning.to);
        let [provider, service, service_category, region, sku] = [
            meaning.provider,
            meaning.service,
            meaning.service_category,
            meaning.region,
            meaning.sku,
        ]
        .map(|texts| laying.sources(texts));
        let tags = laying.tags();
        let [billed, effective, list, contracted] = [
            &meaning.billed,
            &meaning.effective,
            &meaning.list,
            &meaning.contracted,
        ]
        .map(|amount| laying.amount(amount));
        let quantity = meaning
            .quantity
            .iter()
            .filter_map(|(quantity, unit)| {
                let column = laying.take(quantity)?;
                let slot = laying.figure(column);
                Some((slot, laying.text(unit)))
            })
            .collect();
        let repeats = laying.repeats();
        let Laying {
            header,
            texts,
            figures,
            notes,
            ..
        } = laying;
        let names = header.names().to_vec();
        Ok(Self {
            meaning,
            texts,
            figures,
            from,
            to,
            latest,
            columns,
            provider,
            service,
            service_category,
            region,
            sku,
            tags,
            billed,
            effective,
            list,
            contracted,
            quantity,
            repeats,
            names,
            said: notes,
        })
    }

    /// Every column whose text tells what a row is, each once.
    pub(crate) fn texts(&self) -> &[usize] {
        &self.texts
    }

    /// Every column that is read as a number, each once; a *slot* is a place in this list.
    pub(crate) fn figures(&self) -> &[usize] {
        &self.figures
    }

    /// The column of the moment at which a row starts.
    pub(crate) fn from(&self) -> usize {
        self.from
    }

    /// The column of the moment before which it ends.
    pub(crate) fn to(&self) -> Option<usize> {
        self.to
    }

    /// Refuses a row whose charge starts later than any bill of today can say.
    pub(crate) fn check_day(&self, day: Date) -> Result<(), Fault> {
        self.not_too_late(self.from, day)
    }

    pub(crate) fn not_too_late(&self, column: usize, day: Date) -> Result<(), Fault> {
        match self.latest {
            Some(latest) if day > latest => Err(Fault {
                column: Some(column),
                reason: format!("{day} lies after {latest}, later than any bill can be of"),
            }),
            _ => Ok(()),
        }
    }
}

/// A column's name in the dialect that the file is written in.
fn name_in(meaning: &Meaning, header: &Header, column: &Column) -> &'static str {
    let at = usize::from(!header.has(meaning_mark(meaning)));
    column
        .names
        .get(at)
        .copied()
        .unwrap_or_else(|| column.name())
}

/// The column by which the first dialect of a format is told.
fn meaning_mark(meaning: &Meaning) -> &'static str {
    meaning
        .required()
        .first()
        .map_or("", |column| column.name())
}

/// Lays a meaning over columns.
struct Laying<'h> {
    meaning: &'static Meaning,
    header: &'h mut Header,
    texts: Vec<usize>,
    figures: Vec<usize>,
    notes: Vec<Note>,
}

impl Laying<'_> {
    fn take(&mut self, column: &Column) -> Option<usize> {
        self.header.take(column.names)
    }

    /// A column that tells what a row is.
    fn text(&mut self, column: &Column) -> Option<usize> {
        let at = self.take(column)?;
        if !self.texts.contains(&at) {
            self.texts.push(at);
        }
        Some(at)
    }

    /// The slot of a column that is read as a number.
    fn figure(&mut self, at: usize) -> u8 {
        let slot = self
            .figures
            .iter()
            .position(|known| *known == at)
            .unwrap_or_else(|| {
                self.figures.push(at);
                self.figures.len() - 1
            });
        // A format reads some ten of them.
        u8::try_from(slot).unwrap_or(u8::MAX)
    }

    fn columns(&mut self) -> Columns {
        let meaning = self.meaning;
        // Required columns were looked for already.
        let mut need = |column: &Column| self.text(column).unwrap_or_default();
        let billing_account = need(&meaning.billing_account);
        let period = need(&meaning.period);
        let category = need(&meaning.category.column());
        let currency = need(&meaning.currency);
        let checks = meaning.checks.as_ref();
        Columns {
            period,
            billing_account,
            billing_account_name: self.text(&meaning.billing_account_name),
            sub_account: self.text(&meaning.sub_account),
            sub_account_name: self.text(&meaning.sub_account_name),
            description: self.text(&meaning.description),
            resource: self.text(&meaning.resource),
            resource_name: self.text(&meaning.resource_name),
            category,
            class: meaning.class.as_ref().and_then(|class| self.text(class)),
            currency,
            invoice: self.text(&meaning.invoice),
            commitment: checks.and_then(|checks| self.text(&checks.commitment)),
            period_end: checks.and_then(|checks| self.text(&checks.period_end)),
            pricing_currency: checks.and_then(|checks| self.text(&checks.pricing_currency)),
        }
    }

    fn sources(&mut self, texts: &[Text]) -> Vec<Source> {
        texts
            .iter()
            .filter_map(|text| {
                Some(match text {
                    Text::Column(column) => Source::Column(self.text(column)?),
                    Text::Key { map, key } => Source::Key(self.text(map)?, key),
                    Text::Mapped(column, mapping) => Source::Mapped(self.text(column)?, *mapping),
                    Text::Constant(text) => Source::Constant(text),
                })
            })
            .collect()
    }

    fn tags(&mut self) -> TagSources {
        let tags = &self.meaning.tags;
        let maps = tags
            .maps
            .iter()
            .filter_map(|map| Some((self.text(&map.column)?, map)))
            .collect();
        let mut columns: Vec<(usize, String)> = self
            .header
            .names()
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((at, tags.key_of_column(name)?)))
            .collect();
        for (at, _) in &columns {
            self.header.mark(*at);
            if !self.texts.contains(at) {
                self.texts.push(*at);
            }
        }
        for (column, key) in tags.single {
            if let Some(at) = self.text(column) {
                columns.push((at, (*key).to_owned()));
            }
        }
        TagSources { maps, columns }
    }

    fn repeats(&mut self) -> Option<Vec<(usize, Condition)>> {
        let conditions = self.meaning.repeats;
        if conditions.is_empty() || !self.can_meet(conditions) {
            return None;
        }
        Some(self.conditions(conditions))
    }

    fn can_meet(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| {
            condition.file_can_meet(self.header.names().iter().map(String::as_str))
        })
    }

    /// Conditions with their columns; those about the file as a whole are met.
    fn conditions(&mut self, conditions: &[Condition]) -> Vec<(usize, Condition)> {
        conditions
            .iter()
            .filter_map(|condition| Some((self.text(&condition.column()?)?, *condition)))
            .collect()
    }

    fn amount(&mut self, amount: &'static Amount) -> Vec<PlannedRule> {
        amount
            .rules
            .iter()
            .filter(|rule| self.can_meet(rule.when))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|rule| {
                let when = self.conditions(rule.when);
                let missing = rule
                    .needs
                    .iter()
                    .find(|column| !column.names.iter().any(|name| self.header.has(name)));
                let mut not_amortised = false;
                if let Some(column) = missing {
                    match rule.lacking {
                        Lacking::Unsaid => {}
                        Lacking::NotAmortised => not_amortised = true,
                        Lacking::Missing { instead } => self.notes.push(Note::Missing {
                            column: name_in(self.meaning, self.header, column),
                            instead,
                        }),
                    }
                }
                let terms = match rule.amount {
                    Formula::Sum(terms) if missing.is_none() => Some(
                        terms
                            .iter()
                            .map(|term| {
                                let column = self.take(&term.column).unwrap_or_default();
                                PlannedTerm {
                                    slot: self.figure(column),
                                    column,
                                    minus: term.sign == Sign::Minus,
                                    empty: term.empty,
                                }
                            })
                            .collect(),
                    ),
                    _ => None,
                };
                PlannedRule {
                    when,
                    terms,
                    not_amortised,
                }
            })
            .collect()
    }
}
