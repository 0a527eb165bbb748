//! The billing periods that are loaded, and every version of them.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::wire::{Amount, Moment, Month};

/// A billing period that a figure rests on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeriodBrief {
    /// The client's name.
    pub client: String,
    /// The billing account.
    pub billing_account: String,
    /// The month.
    pub period: Month,
    /// FOCUS, CUR or Cost Explorer.
    pub source: String,
    /// estimated, pending invoice, final or corrected.
    pub status: String,
    /// Which load it was, counted in this workspace.
    pub version: i64,
    /// When it was loaded.
    pub loaded_at: Moment,
}

/// Which periods.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeriodsQuestion {
    /// Only this client's: name or number.
    pub client: Option<String>,
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Periods {
    /// The latest month first; within a month the current version first.
    pub periods: Vec<Period>,
}

/// One version of a billing period.
#[derive(Debug, Serialize, ToSchema)]
pub struct Period {
    /// The client's name.
    pub client: String,
    /// The billing account.
    pub billing_account: String,
    /// The month.
    pub period: Month,
    /// FOCUS, CUR or Cost Explorer.
    pub source: String,
    /// Which part, where a bill comes in parts.
    pub part: i64,
    /// estimated, pending invoice, final or corrected.
    pub status: String,
    /// Which load it was, counted in this workspace.
    pub version: i64,
    /// When it was loaded.
    pub loaded_at: Moment,
    /// The file it came from.
    #[schema(required)]
    pub file: Option<String>,
    /// How many lines the source had.
    pub lines: u64,
    /// How many charges they became.
    pub charges: u64,
    /// What it adds up to, one a currency.
    pub totals: Vec<PeriodTotal>,
    /// Whether it is what its source says now.
    pub current: bool,
    /// Whether figures count it: one source counts.
    pub counts: bool,
    /// The version it replaced.
    #[schema(required)]
    pub replaces: Option<i64>,
    /// What the import noticed.
    pub notes: Vec<String>,
    /// Rows that were left out because the person said so.
    pub skipped_rows: Vec<BadRow>,
}

/// A total of a billing period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeriodTotal {
    /// The currency's code.
    pub currency: String,
    /// The basis of the provider's invoice.
    pub billed: Amount,
    /// Amortised.
    pub effective: Amount,
}

/// A row that cannot be read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BadRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The column at fault, if it is one.
    #[schema(required)]
    pub column: Option<String>,
    /// What is wrong with it.
    pub reason: String,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
