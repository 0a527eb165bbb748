//! Reports on paper: a month in one document.

mod budgets;
mod costs;
mod parts;
mod summary;

use jiff::civil::Date;
use tallyport_documents::{Language, Look, Report, month_in_words, render_report};
use tallyport_ledger::{BillingPeriod, ViewCosts};
use tallyport_store::{PeriodVersion, Reads};

use crate::{Context, Grant, WorkspaceError, letterhead, overview};

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// The month at a glance.
    Summary,
    /// What each person cost.
    CostsByPerson,
    /// What was planned and what it came to.
    Budgets,
}

impl ReportKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Summary, Self::CostsByPerson, Self::Budgets];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::CostsByPerson => "costs-by-person",
            Self::Budgets => "budgets",
        }
    }

    /// The report that a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A report as a PDF, of the latest loaded month if none is asked for.
///
/// # Errors
/// [`WorkspaceError::NotFound`] where nothing is loaded; [`WorkspaceError::Document`] names what cannot be
/// printed.
pub async fn report(
    cx: &Context,
    by: &Grant<ViewCosts>,
    kind: ReportKind,
    month: Option<BillingPeriod>,
) -> Result<(BillingPeriod, Vec<u8>), WorkspaceError> {
    let glance = overview::overview(cx, by, month, None).await?;
    let month = glance.month.ok_or_else(|| WorkspaceError::NotFound {
        what: "bill",
        name: "of any month".to_owned(),
    })?;
    let blocks = match kind {
        ReportKind::Summary => summary::blocks(cx, by, &glance, month).await?,
        ReportKind::CostsByPerson => costs::blocks(cx, by, month).await?,
        ReportKind::Budgets => budgets::blocks(cx, by, month).await?,
    };
    let title = match kind {
        ReportKind::Summary => "Cloud costs at a glance",
        ReportKind::CostsByPerson => "Costs by person",
        ReportKind::Budgets => "Budgets and what they came to",
    };
    let (owner, mark, look) = cx.store.read(head).await?;
    let report = Report {
        title: title.to_owned(),
        subtitle: month_in_words(month),
        owner,
        day: last_day(&glance.periods, month),
        mark,
        landscape: false,
        sources: sources(&glance.periods),
        blocks,
    };
    let bytes = tokio::task::spawn_blocking(move || render_report(&report, &look))
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))??;
    Ok((month, bytes))
}

/// Whose report it is, what is printed on every page of it, and how it looks. Reports are in English.
fn head(r: &Reads<'_>) -> Result<(String, Option<String>, Look), WorkspaceError> {
    let workspace = r.workspace()?;
    let mark = workspace.demo.then(|| "Demo data".to_owned());
    let look = Look {
        language: Language::English,
        ..letterhead::look(r)?
    };
    Ok((workspace.name, mark, look))
}

/// The day that the newest of its figures was loaded on: the same figures give the same bytes.
fn last_day(periods: &[PeriodVersion], month: BillingPeriod) -> Date {
    let loaded = periods.iter().map(|version| version.loaded_at).max();
    loaded.map_or_else(
        || month.last_day(),
        |at| at.to_zoned(jiff::tz::TimeZone::UTC).date(),
    )
}

/// What the figures rest on, in a sentence.
fn sources(periods: &[PeriodVersion]) -> String {
    let estimated = periods
        .iter()
        .filter(|version| version.status == tallyport_ledger::PeriodStatus::Estimated)
        .count();
    let bills = match periods.len() {
        1 => "one billing period".to_owned(),
        many => format!("{many} billing periods"),
    };
    let state = match estimated {
        0 => "all final".to_owned(),
        1 => "one of them still estimated".to_owned(),
        many => format!("{many} of them still estimated"),
    };
    format!("From {bills} as loaded, {state}. Currencies are never added.")
}
