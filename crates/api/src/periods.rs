//! The billing periods that are loaded, and every version of them.

mod diff;

pub(crate) use diff::DiffQuestion;

use axum::extract::State;
use tallyport_ledger::ViewCosts;
use tallyport_workspace::{Context, PeriodVersion, SkippedRow, SourceFile, VersionTotal, periods};
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::Query;
use crate::problem::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::wire::{Amount, Moment, Month};

/// A billing period that a figure rests on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeriodBrief {
    /// The version's number in this workspace, shown as #12.
    pub id: i64,
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
    /// Its number among the versions of this account and month, from 1.
    pub version: u32,
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
    /// Its number in this workspace, shown as #12.
    pub id: i64,
    /// The client's name.
    pub client: String,
    /// The client's number.
    pub client_id: i64,
    /// The billing account.
    pub billing_account: String,
    /// The billing account's name, if the bill has one.
    #[schema(required)]
    pub billing_account_name: Option<String>,
    /// The month.
    pub period: Month,
    /// FOCUS, CUR or Cost Explorer.
    pub source: String,
    /// The exact format, such as FOCUS 1.0.
    pub format: String,
    /// Which part, where a bill comes in parts.
    pub part: u32,
    /// estimated, pending invoice, final or corrected.
    pub status: String,
    /// Its number among the versions of this account and month, from 1.
    pub version: u32,
    /// When it was loaded.
    pub loaded_at: Moment,
    /// The file it came from.
    #[schema(required)]
    pub file: Option<String>,
    /// The hash of the file as it lay on the disk, such as `blake3:` and what `b3sum` prints; of several
    /// files, that of their hashes. `sha256:` where an older program has read it.
    #[schema(required)]
    pub hash: Option<String>,
    /// How many lines the source had.
    pub lines: u64,
    /// The files it was read from, in order.
    pub files: Vec<PeriodFile>,
    /// How many charges they became.
    pub charges: u64,
    /// How many charges were stored for it: those that its predecessor did not have already.
    pub stored_charges: u64,
    /// What it adds up to, one a currency.
    pub totals: Vec<PeriodTotal>,
    /// Whether it is what its source says now.
    pub current: bool,
    /// Whether figures count it: one source counts.
    pub counts: bool,
    /// The version it replaced.
    #[schema(required)]
    pub replaces: Option<u32>,
    /// The version that replaced it.
    #[schema(required)]
    pub replaced_by: Option<u32>,
    /// What the import noticed.
    pub notes: Vec<String>,
    /// Rows that were left out because the person said so, the first of them.
    pub skipped_rows: Vec<BadRow>,
    /// How many rows were left out.
    pub skipped_count: u64,
}

/// A file that a version was read from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeriodFile {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// How many lines it has.
    pub lines: u64,
}

impl From<SourceFile> for PeriodFile {
    fn from(file: SourceFile) -> Self {
        let SourceFile {
            name,
            bytes,
            lines,
            first_line: _,
            hash: _,
        } = file;
        Self { name, bytes, lines }
    }
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

impl From<PeriodVersion> for PeriodBrief {
    fn from(version: PeriodVersion) -> Self {
        Self {
            id: version.id.0,
            client: version.client.1,
            billing_account: version.billing_account.0,
            period: Month(version.period),
            source: version.source.word().to_owned(),
            status: version.status.word().to_owned(),
            version: version.number,
            loaded_at: Moment(version.loaded_at),
        }
    }
}

impl From<PeriodVersion> for Period {
    fn from(version: PeriodVersion) -> Self {
        let PeriodVersion {
            id,
            client: (client_id, client),
            billing_account: (billing_account, billing_account_name),
            period,
            number,
            source,
            format,
            part,
            status,
            file_name,
            hash,
            loaded_at,
            lines,
            charges,
            stored_charges,
            files,
            notes,
            skipped_rows,
            skipped_count,
            replaced_by,
            replaces,
            current,
            counts,
            totals,
        } = version;
        Self {
            id: id.0,
            client,
            client_id: client_id.0,
            billing_account,
            billing_account_name,
            period: Month(period),
            source: source.word().to_owned(),
            format,
            part,
            status: status.word().to_owned(),
            version: number,
            loaded_at: Moment(loaded_at),
            file: file_name,
            hash,
            lines,
            files: files.into_iter().map(PeriodFile::from).collect(),
            charges,
            stored_charges,
            totals: totals.into_iter().map(PeriodTotal::from).collect(),
            current,
            counts,
            replaces,
            replaced_by,
            notes: notes.into_iter().map(|note| note.text).collect(),
            skipped_rows: skipped_rows.into_iter().map(BadRow::from).collect(),
            skipped_count,
        }
    }
}

impl From<VersionTotal> for PeriodTotal {
    fn from(total: VersionTotal) -> Self {
        let VersionTotal { billed, effective } = total;
        Self {
            currency: billed.currency().to_string(),
            billed: billed.into(),
            effective: effective.into(),
        }
    }
}

impl From<SkippedRow> for BadRow {
    fn from(row: SkippedRow) -> Self {
        let SkippedRow {
            line,
            column,
            reason,
        } = row;
        Self {
            line,
            column,
            reason,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(periods))
        .merge(diff::routes())
}

/// The loaded billing periods, every version.
#[utoipa::path(
    get, path = "/periods", tag = "periods",
    params(PeriodsQuestion),
    responses((status = 200, body = Periods), Problem)
)]
async fn periods(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Query(ask): Query<PeriodsQuestion>,
) -> Answer<Periods> {
    let PeriodsQuestion { client } = ask;
    let periods = periods::list(&context, &by.grant, client).await?;
    Ok(axum::Json(Periods {
        periods: periods.into_iter().map(Period::from).collect(),
    }))
}
