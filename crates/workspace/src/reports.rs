//! Reports on paper: a month in one document, and how a recipient's account stands.

mod account;
mod budgets;
mod costs;
mod parts;
mod savings;
mod summary;
mod words;

use jiff::civil::Date;
use tallyport_documents::{Language, Look, Report, filled, render_report};
use tallyport_ledger::{BillingPeriod, PeriodStatus, ViewCosts};
use tallyport_store::{PeriodVersion, Reads};

use crate::{Context, Grant, WorkspaceError, letterhead, overview};
use parts::Tongue;
use words::Words;

pub use account::account;

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// The month at a glance.
    Summary,
    /// What each person cost.
    CostsByPerson,
    /// What was planned and what it came to.
    Budgets,
    /// What discounts and commitments saved, and what was not used.
    Savings,
}

impl ReportKind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Summary,
        Self::CostsByPerson,
        Self::Budgets,
        Self::Savings,
    ];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::CostsByPerson => "costs-by-person",
            Self::Budgets => "budgets",
            Self::Savings => "savings",
        }
    }

    /// The report that a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    const fn title(self, words: &Words) -> &'static str {
        match self {
            Self::Summary => words.summary,
            Self::CostsByPerson => words.costs_by_person,
            Self::Budgets => words.budget.title,
            Self::Savings => words.savings.title,
        }
    }
}

/// A report as a PDF, of the latest loaded month if none is asked for, in the language of the workspace's
/// documents unless another is.
///
/// # Errors
/// [`WorkspaceError::NotFound`] where nothing is loaded; [`WorkspaceError::Document`] names what cannot be
/// printed.
pub async fn report(
    cx: &Context,
    by: &Grant<ViewCosts>,
    kind: ReportKind,
    month: Option<BillingPeriod>,
    language: Option<Language>,
) -> Result<(BillingPeriod, Vec<u8>), WorkspaceError> {
    let glance = overview::overview(cx, by, month, None).await?;
    let month = glance.month.ok_or_else(|| WorkspaceError::NotFound {
        what: "bill",
        name: "of any month".to_owned(),
    })?;
    let Head { owner, mark, look } = cx.store.read(move |r| head(r, language)).await?;
    let tongue = Tongue::of(look.language);
    let blocks = match kind {
        ReportKind::Summary => summary::blocks(cx, by, &glance, month, tongue).await?,
        ReportKind::CostsByPerson => costs::blocks(cx, by, month, tongue).await?,
        ReportKind::Budgets => budgets::blocks(cx, by, month, tongue).await?,
        ReportKind::Savings => savings::blocks(cx, by, month, tongue).await?,
    };
    let report = Report {
        title: kind.title(tongue.words).to_owned(),
        subtitle: tongue.month(month),
        owner,
        day: last_day(&glance.periods, month),
        mark,
        landscape: false,
        sources: sources(&glance.periods, tongue),
        blocks,
    };
    let bytes = tokio::task::spawn_blocking(move || render_report(&report, &look))
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))??;
    Ok((month, bytes))
}

/// What every page of a report carries.
struct Head {
    owner: String,
    mark: Option<String>,
    look: Look,
}

/// Whose report it is, what is printed on every page of it, and how it looks: in `language`, if one is asked for.
fn head(r: &Reads<'_>, language: Option<Language>) -> Result<Head, WorkspaceError> {
    let workspace = r.workspace()?;
    let mut look = letterhead::look(r)?;
    look.language = language.unwrap_or(look.language);
    let words = Words::of(look.language);
    Ok(Head {
        owner: workspace.name,
        mark: workspace.demo.then(|| words.demo.to_owned()),
        look,
    })
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
fn sources(periods: &[PeriodVersion], tongue: Tongue) -> String {
    let words = &tongue.words.sources;
    let estimated = periods
        .iter()
        .filter(|version| version.status == PeriodStatus::Estimated)
        .count();
    let bills = match periods.len() {
        1 => words.one_period.to_owned(),
        many => filled(words.periods, &[&many.to_string()]),
    };
    let state = match estimated {
        0 => words.all_final.to_owned(),
        1 => words.one_estimated.to_owned(),
        many => filled(words.estimated, &[&many.to_string()]),
    };
    filled(words.from, &[&bills, &state])
}
