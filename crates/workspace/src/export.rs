//! The ledger of any days as a FOCUS 1.2 file, with who owns what.
//!
//! It goes out piece by piece as it is read: neither the charges nor the file are held. One export
//! at a time reads; one that nobody takes the pieces of is given up, since it holds a view of the
//! workspace file as long as it lasts.

use std::collections::HashMap;
use std::io::Write;

use jiff::civil::Date;
use tallyport_lake::export::{ExportError, FocusOwner, FocusRow, FocusWriter};
use tallyport_ledger::{DayRange, Metric, RuleId, ViewCosts};
use tallyport_store::{CountedCharge, PeriodVersion, Reads, VersionId};

use crate::filters::FilterAsk;
use crate::pieces::{Outgoing, Pieces, TURN};
use crate::rules::in_words;
use crate::{Context, Grant, WorkspaceError};

pub use tallyport_lake::export::Layout;

/// What to export.
#[derive(Debug, Clone)]
pub struct ExportAsk {
    /// The days.
    pub days: DayRange,
    /// Which charges.
    pub filter: FilterAsk,
    /// As what.
    pub layout: Layout,
}

/// A file on its way.
#[derive(Debug)]
pub struct Export {
    /// What to call it.
    pub name: String,
    /// How many charges it has.
    pub charges: u64,
    /// The file, piece by piece; the last one may say why it is not whole.
    pub pieces: Pieces,
}

/// Exports the counted charges of some days.
///
/// # Errors
/// An unknown name in the filter, or the first thing that goes wrong.
pub async fn focus(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    ask: ExportAsk,
) -> Result<Export, WorkspaceError> {
    let ExportAsk {
        days,
        filter,
        layout,
    } = ask;
    let counted = filter.clone();
    let charges = cx
        .store
        .read(move |r| {
            let filter = counted.resolve(r)?;
            let totals = r.charge_totals(days, Metric::Billed, &filter)?;
            Ok::<_, WorkspaceError>(totals.rows)
        })
        .await?;
    let (out, sender, pieces) = Outgoing::new();
    let store = cx.store.clone();
    tokio::spawn(async move {
        let Ok(_turn) = TURN.acquire().await else {
            return;
        };
        let outcome = store
            .read(move |r| write(r, days, &filter, FocusWriter::new(out, layout)?))
            .await;
        if let Err(error) = outcome {
            // Nobody may be there any more to be told.
            drop(sender.send(Err(error)).await);
        }
    });
    Ok(Export {
        name: format!("focus-{}-to-{}.{}", days.from(), days.to(), layout.word()),
        charges,
        pieces,
    })
}

fn write(
    r: &Reads<'_>,
    days: DayRange,
    filter: &FilterAsk,
    mut writer: FocusWriter<Outgoing>,
) -> Result<(), WorkspaceError> {
    let filter = filter.resolve(r)?;
    let rules: HashMap<RuleId, String> = r
        .rules()?
        .into_iter()
        .map(|stored| (stored.rule.id, in_words(stored.rule.matchers())))
        .collect();
    let mut versions: HashMap<VersionId, PeriodVersion> = HashMap::new();
    r.each_charge(days, &filter, |charge| {
        if !versions.contains_key(&charge.counted_in) {
            for version in r.versions_of(&[charge.counted_in], None)? {
                versions.insert(version.id, version);
            }
        }
        let version = versions
            .get(&charge.counted_in)
            .ok_or_else(|| WorkspaceError::Fault("a charge without its version".to_owned()))?;
        let rule = charge.row.rule.and_then(|rule| rules.get(&rule));
        let owner = Owner::of(&charge);
        let row = row(
            &charge,
            version,
            owner.as_ref(),
            rule.map_or("", String::as_str),
        );
        writer.add(&row).map_err(WorkspaceError::from)
    })?;
    writer.finish()?.flush().map_err(ExportError::from)?;
    Ok(())
}

/// An owner's key in words, which a row borrows.
struct Owner<'a> {
    key: String,
    kind: &'static str,
    name: &'a str,
}

impl<'a> Owner<'a> {
    fn of(charge: &'a CountedCharge) -> Option<Self> {
        charge.row.owner.as_ref().map(|owner| Self {
            key: owner.key.to_string(),
            kind: owner.key.kind(),
            name: &owner.name,
        })
    }
}

fn row<'a>(
    charge: &'a CountedCharge,
    version: &'a PeriodVersion,
    owner: Option<&'a Owner<'a>>,
    rule_text: &'a str,
) -> FocusRow<'a> {
    let CountedCharge {
        row,
        billing_account_name,
        service_category,
        counted_in: _,
    } = charge;
    let first_day: Date = row.first_day.unwrap_or(row.day);
    let named = |pair: &'a Option<(String, Option<String>)>| match pair {
        Some((key, name)) => (key.as_str(), name.as_deref().unwrap_or("")),
        None => ("", ""),
    };
    let (sub_account, sub_account_name) = named(&row.account);
    let (resource, resource_name) = named(&row.resource);
    FocusRow {
        period: row.period,
        billing_account: &row.billing_account,
        billing_account_name: billing_account_name.as_deref().unwrap_or(""),
        sub_account,
        sub_account_name,
        provider: &row.provider,
        service: &row.service,
        service_category,
        region: row.region.as_deref().unwrap_or(""),
        sku: &row.sku,
        description: &row.description,
        resource,
        resource_name,
        tags: &row.tags,
        category: row.category,
        class: row.class,
        first_day,
        last_day: row.last_day.unwrap_or(first_day).max(first_day),
        quantity: &row.quantity,
        unit: &row.unit,
        invoice: row.invoice.as_deref().unwrap_or(""),
        billed: row.billed,
        effective: row.effective,
        list: row.list,
        contracted: row.contracted,
        owner: owner.map(|owner| FocusOwner {
            key: &owner.key,
            kind: owner.kind,
            name: owner.name,
            rule: row.rule.map(|rule| rule.0),
            rule_text,
        }),
        client: &row.client,
        source: version.source.word(),
        status: version.status.word(),
        version: version.number,
        lines: row.lines,
    }
}

impl From<ExportError> for WorkspaceError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Io(_) => Self::Cancelled,
            ExportError::Value { .. } => Self::invalid("format", error),
            ExportError::Columns(_) => Self::Fault(error.to_string()),
        }
    }
}
