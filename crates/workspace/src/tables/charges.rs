use std::collections::HashMap;
use std::rc::Rc;

use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::{ChargeClass, DayRange, RuleId, TagSet, ViewCosts};
use tallyport_store::{CountedCharge, PeriodVersion, VersionId};

use super::column::{Of, cells, column, key_of, maybe, name_of, off_paper, summed, text};
use super::facts::Facts;
use super::{Table, finished, listed};
use crate::filters::{FilterAsk, basis};
use crate::rules::in_words;
use crate::{Context, Grant, WorkspaceError};

/// Which charges.
#[derive(Debug, Clone)]
pub struct ChargesTableAsk {
    /// The days.
    pub days: DayRange,
    /// Which of them.
    pub filter: FilterAsk,
}

/// A charge, the rule that gave it to its owner, and the version in which it counts.
pub(super) struct Line {
    charge: CountedCharge,
    rule: Option<Rc<str>>,
    version: Rc<PeriodVersion>,
}

pub(super) const COLUMNS: &[Of<Line>] = &[
    column("Day", Kind::Day, |line| Cell::Day(line.charge.row.day)),
    off_paper(column("Last day", Kind::Day, |line| {
        Cell::maybe(line.charge.row.last_day, Cell::Day)
    })),
    text("Owner", |line| {
        let owner = line.charge.row.owner.as_ref();
        owner.map_or(Cell::Empty, |owner| Cell::text(&owner.name))
    }),
    off_paper(text("Owner kind", |line| {
        let owner = line.charge.row.owner.as_ref();
        owner.map_or(Cell::Empty, |owner| Cell::text(owner.key.kind()))
    })),
    off_paper(text("Rule", |line| maybe(line.rule.as_deref()))),
    off_paper(text("Client", |line| Cell::text(&line.charge.row.client))),
    off_paper(text("Billing account", |line| {
        Cell::text(&line.charge.row.billing_account)
    })),
    off_paper(text("Account", |line| {
        key_of(line.charge.row.account.as_ref())
    })),
    text("Account name", |line| {
        name_of(line.charge.row.account.as_ref())
    }),
    off_paper(text("Provider", |line| {
        Cell::text(&line.charge.row.provider)
    })),
    text("Service", |line| Cell::text(&line.charge.row.service)),
    off_paper(text("Region", |line| {
        maybe(line.charge.row.region.as_deref())
    })),
    off_paper(text("SKU or usage type", |line| {
        Cell::text(&line.charge.row.sku)
    })),
    off_paper(text("Description", |line| {
        Cell::text(&line.charge.row.description)
    })),
    off_paper(text("Resource", |line| {
        key_of(line.charge.row.resource.as_ref())
    })),
    text("Resource name", |line| {
        name_of(line.charge.row.resource.as_ref())
    }),
    off_paper(text("Tags", |line| tags(&line.charge.row.tags))),
    off_paper(text("Category", |line| {
        Cell::text(line.charge.row.category.word())
    })),
    off_paper(text("Correction", |line| match line.charge.row.class {
        ChargeClass::Correction => Cell::text("yes"),
        ChargeClass::Regular => Cell::Empty,
    })),
    off_paper(column("Quantity", Kind::Quantity, |line| {
        Cell::Quantity(line.charge.row.quantity.as_str().into())
    })),
    off_paper(text("Unit", |line| Cell::text(&line.charge.row.unit))),
    column("Currency", Kind::Currency, |line| {
        Cell::Currency(line.charge.row.billed.currency())
    }),
    summed("Billed", |line| Cell::Money(line.charge.row.billed)),
    off_paper(summed("Effective", |line| {
        Cell::Money(line.charge.row.effective)
    })),
    off_paper(summed("List", |line| Cell::Money(line.charge.row.list))),
    off_paper(summed("Contracted", |line| {
        Cell::Money(line.charge.row.contracted)
    })),
    off_paper(text("Provider's invoice", |line| {
        maybe(line.charge.row.invoice.as_deref())
    })),
    off_paper(column("Lines", Kind::Count, |line| {
        Cell::Count(line.charge.row.lines.into())
    })),
    off_paper(column("Version", Kind::Count, |line| {
        Cell::Count(line.version.number.into())
    })),
    off_paper(text("Status", |line| {
        Cell::text(line.version.status.word())
    })),
];

/// Tags as `key=value`, one after another.
pub(super) fn tags(tags: &TagSet) -> Cell<'_> {
    let mut said = String::new();
    for (key, value) in tags {
        if !said.is_empty() {
            said.push_str("; ");
        }
        said.push_str(key);
        said.push('=');
        said.push_str(value);
    }
    Cell::owned(said)
}

/// The charges themselves, in the order in which they are stored, however many there are.
///
/// # Errors
/// An unknown name in the filter.
pub async fn charges(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    ask: ChargesTableAsk,
) -> Result<Table, WorkspaceError> {
    let ChargesTableAsk { days, filter } = ask;
    let facts = Facts::default().days(days).filter(&filter);
    // An unknown name is told before anything is begun.
    let named = filter.clone();
    cx.store.read(move |r| named.resolve(r).map(|_| ())).await?;
    let of = format!("{}-to-{}", days.from(), days.to());
    let table = Table::read(&listed::CHARGES, of, facts, COLUMNS, move |r, opening| {
        let filter = filter.resolve(r)?;
        let known = basis(r, days, filter.versions.as_deref())?;
        let mut writer = opening.open(|facts| facts.basis(&known))?;
        let rules: HashMap<RuleId, Rc<str>> = r
            .rules()?
            .into_iter()
            .map(|stored| (stored.rule.id, in_words(stored.rule.matchers()).into()))
            .collect();
        let mut versions: HashMap<VersionId, Rc<PeriodVersion>> = known
            .into_iter()
            .map(|version| (version.id, Rc::new(version)))
            .collect();
        r.each_charge(days, &filter, |charge| {
            if !versions.contains_key(&charge.counted_in) {
                for version in r.versions_of(&[charge.counted_in], None)? {
                    versions.insert(version.id, Rc::new(version));
                }
            }
            let version = versions
                .get(&charge.counted_in)
                .ok_or_else(|| WorkspaceError::Fault("a charge without its version".to_owned()))?;
            let line = Line {
                rule: charge.row.rule.and_then(|rule| rules.get(&rule).cloned()),
                version: Rc::clone(version),
                charge,
            };
            Ok::<_, WorkspaceError>(writer.add(&cells(COLUMNS, &line))?)
        })?;
        finished(writer)
    });
    Ok(table)
}
