//! The resources of a month, who owns them and what they cost.

use tallyport_ledger::{BillingPeriod, Metric, ViewResources};
use tallyport_store::{Page, ResourceRow};

use crate::charges::checked;
use crate::filters::FilterAsk;
use crate::{Context, Grant, WorkspaceError};

/// Which resources, and which of them to show.
#[derive(Debug, Clone)]
pub struct ResourcesAsk {
    /// The month; the newest one with costs if absent.
    pub month: Option<BillingPeriod>,
    /// Which amount.
    pub metric: Metric,
    /// A text in id or name.
    pub search: String,
    /// Which charges.
    pub filter: FilterAsk,
    /// Which of them.
    pub page: Page,
}

/// A page of resources, the dearest first.
#[derive(Debug, Clone)]
pub struct Resources {
    /// The month; `None` if nothing is loaded.
    pub month: Option<BillingPeriod>,
    /// How many there are on all pages.
    pub total_rows: u64,
    /// This page.
    pub rows: Vec<ResourceRow>,
}

/// One page of resources.
///
/// # Errors
/// An unknown name in the filter, or a page that is too long.
pub async fn resources(
    cx: &Context,
    _by: &Grant<ViewResources>,
    ask: ResourcesAsk,
) -> Result<Resources, WorkspaceError> {
    checked(ask.page)?;
    cx.store
        .read(move |r| {
            let filter = ask.filter.resolve(r)?;
            let month = match ask.month {
                Some(month) => Some(month),
                None => r.months_of(filter.versions.as_deref())?.into_iter().next(),
            };
            let Some(period) = month else {
                return Ok(Resources {
                    month: None,
                    total_rows: 0,
                    rows: Vec::new(),
                });
            };
            let (total_rows, rows) =
                r.resources(period, ask.metric, &ask.search, &filter, ask.page)?;
            Ok(Resources {
                month,
                total_rows,
                rows,
            })
        })
        .await
}
