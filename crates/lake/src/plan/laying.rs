//! Laying a format's meaning over the columns of a file.

use tallyport_ledger::meaning::{Amount, Column, Condition, Formula, Lacking, Meaning, Sign, Text};

use super::{Columns, PlannedRule, PlannedTerm, Source, TagSources, name_in};
use crate::Note;
use crate::header::Header;

/// Lays a meaning over columns.
pub(super) struct Laying<'h> {
    pub(super) meaning: &'static Meaning,
    pub(super) header: &'h mut Header,
    pub(super) texts: Vec<usize>,
    pub(super) figures: Vec<usize>,
    pub(super) notes: Vec<Note>,
}

impl Laying<'_> {
    pub(super) fn take(&mut self, column: &Column) -> Option<usize> {
        self.header.take(column.names)
    }

    /// A column that tells what a row is.
    pub(super) fn text(&mut self, column: &Column) -> Option<usize> {
        let at = self.take(column)?;
        if !self.texts.contains(&at) {
            self.texts.push(at);
        }
        Some(at)
    }

    /// The slot of a column that is read as a number.
    pub(super) fn figure(&mut self, at: usize) -> u8 {
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

    pub(super) fn columns(&mut self) -> Columns {
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

    pub(super) fn sources(&mut self, texts: &[Text]) -> Vec<Source> {
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

    pub(super) fn tags(&mut self) -> TagSources {
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

    pub(super) fn repeats(&mut self) -> Option<Vec<(usize, Condition)>> {
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

    pub(super) fn amount(&mut self, amount: &'static Amount) -> Vec<PlannedRule> {
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
