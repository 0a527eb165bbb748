use tallyport_documents::sheet::{Cell, Kind};
use tallyport_ledger::{BillingPeriod, Metric, ViewResources};
use tallyport_store::{Page, ResourceRow};

use super::charges::tags;
use super::column::{Of, cells, column, key_of, maybe, name_of, off_paper, summed, text};
use super::facts::Facts;
use super::{Table, finished, listed};
use crate::filters::{FilterAsk, basis};
use crate::{Context, Grant, WorkspaceError};

/// Which resources.
#[derive(Debug, Clone)]
pub struct ResourcesTableAsk {
    /// The month; the newest one with costs if absent.
    pub month: Option<BillingPeriod>,
    /// Which amount.
    pub metric: Metric,
    /// A text in id or name.
    pub search: String,
    /// Which charges.
    pub filter: FilterAsk,
}

/// Resources that are read at once.
const AT_ONCE: u64 = 20_000;

pub(super) const COLUMNS: &[Of<ResourceRow>] = &[
    text("Resource", |row| Cell::text(&row.resource)),
    text("Name", |row| maybe(row.name.as_deref())),
    text("Service", |row| Cell::text(&row.service)),
    off_paper(text("Account", |row| key_of(row.account.as_ref()))),
    text("Account name", |row| name_of(row.account.as_ref())),
    off_paper(text("Region", |row| maybe(row.region.as_deref()))),
    text("Owner", |row| {
        let owner = row.owner.as_ref();
        owner.map_or(Cell::Empty, |owner| Cell::text(&owner.name))
    }),
    off_paper(text("Tags", |row| tags(&row.tags))),
    column("Currency", Kind::Currency, |row| {
        Cell::Currency(row.amount.currency())
    }),
    summed("Amount", |row| Cell::Money(row.amount)),
];

/// The resources of a month, the dearest first.
///
/// # Errors
/// An unknown name in the filter.
pub async fn resources(
    cx: &Context,
    _by: &Grant<ViewResources>,
    ask: ResourcesTableAsk,
) -> Result<Table, WorkspaceError> {
    let ResourcesTableAsk {
        month,
        metric,
        search,
        filter,
    } = ask;
    let named = filter.clone();
    let month = cx
        .store
        .read(move |r| {
            let filter = named.resolve(r)?;
            Ok::<_, WorkspaceError>(match month {
                Some(month) => Some(month),
                None => r.months_of(filter.versions.as_deref())?.into_iter().next(),
            })
        })
        .await?;
    let mut facts = Facts::default().metric(metric).filter(&filter);
    if !search.trim().is_empty() {
        facts = facts.with("Only with the text", search.trim());
    }
    let Some(month) = month else {
        return Ok(Table::kept(
            &listed::RESOURCES,
            "",
            facts,
            COLUMNS,
            Vec::new(),
        ));
    };
    let facts = facts.with("Month", month.to_string());
    let of = month.to_string();
    let table = Table::read(&listed::RESOURCES, of, facts, COLUMNS, move |r, opening| {
        let filter = filter.resolve(r)?;
        let known = basis(r, month.days(), filter.versions.as_deref())?;
        let mut writer = opening.open(|facts| facts.basis(&known))?;
        let mut page = Page {
            offset: 0,
            limit: AT_ONCE,
        };
        loop {
            let (total, rows) = r.resources(month, metric, &search, &filter, page)?;
            for row in &rows {
                writer.add(&cells(COLUMNS, row))?;
            }
            page.offset += AT_ONCE;
            if page.offset >= total {
                break;
            }
        }
        finished(writer)
    });
    Ok(table)
}
