//! A format's meaning, laid over the columns of one file: which column number gives what, and
//! which rules are left once those are gone that the file cannot meet.

mod laying;

use jiff::civil::Date;
use tallyport_ledger::meaning::{Column, Condition, Empty, Mapping, Meaning, TagMap};

use crate::Note;
use crate::fields::Fault;
use crate::header::Header;
use laying::Laying;

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
