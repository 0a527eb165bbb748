//! A bill comes in: each billing period becomes a version, of which only what changed is written.

mod changes;
mod content;
mod invoices;
mod rows;
mod version;
mod write;

use std::ops::ControlFlow;
use std::sync::OnceLock;

use jiff::Timestamp;
use tallyport_ledger::{BillingAccountId, BillingPeriod, Dimensions, Load, PeriodLoad, SourceKind};

use self::changes::{Changes, roll_ups_of};
use self::content::{Digests, content_hash};
use self::rows::Rows;
use self::version::Current;
use crate::dimensions::Interned;
use crate::item::Items;
use crate::ownership::Allocator;
use crate::rollups::Commitments;
use crate::versions::VersionTotal;
use crate::{ClientId, SkippedRow, SourceNote, StoreError, VersionId, Writes};

/// Where a load comes from.
#[derive(Debug, Clone)]
pub struct Source {
    /// FOCUS, CUR or Cost Explorer.
    pub kind: SourceKind,
    /// Such as "FOCUS 1.0".
    pub format: String,
    /// The file's name.
    pub file_name: Option<String>,
    /// The BLAKE3 hash of the file.
    pub hash: Option<[u8; 32]>,
    /// The files it was read from, in order.
    pub files: Vec<SourceFile>,
    /// When it is loaded.
    pub loaded_at: Timestamp,
    /// What is to be known of it.
    pub notes: Vec<SourceNote>,
    /// Rows left out because a person said so, the first of them.
    pub skipped_rows: Vec<SkippedRow>,
    /// How many rows were left out.
    pub skipped_count: u64,
}

/// A file that a version was read from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SourceFile {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// How many lines it has.
    pub lines: u64,
    /// The number of its first line among those of all files.
    pub first_line: u64,
    /// Its hash: `blake3:` and hexadecimal digits, or those of its SHA-256 alone where an older program
    /// has read it.
    #[serde(alias = "sha256")]
    pub hash: String,
}

/// What becomes of what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The load takes the place of the current version.
    Replace,
    /// The load joins it: a bill that comes in parts.
    Add,
}

/// What became of one billing period of a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There was none before.
    New,
    /// It replaced this version.
    Replaced(u32),
    /// It joined what is there as a further part.
    Added,
    /// It is there already, in this version: nothing was written.
    Unchanged,
}

/// One billing period of a load, after loading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedPeriod {
    /// The version it is in now.
    pub id: VersionId,
    /// Whose bill.
    pub client: ClientId,
    /// The payer.
    pub billing_account: BillingAccountId,
    /// The month.
    pub period: BillingPeriod,
    /// What became of it.
    pub outcome: Outcome,
    /// That version's number.
    pub version: u32,
    /// Whether it is summed; Cost Explorer is not where an export is there.
    pub counts: bool,
    /// How many charges it has.
    pub charges: u64,
    /// What it adds up to.
    pub totals: Vec<VersionTotal>,
}

/// What all periods of a load share.
struct Shared<'a> {
    texts: &'a Dimensions,
    digests: &'a OnceLock<Digests>,
    source: &'a Source,
    mode: Mode,
    numbers: Option<Interned>,
    commitments: Commitments,
    items: Option<Items>,
    allocator: Allocator<'a>,
    written: u64,
}

impl Writes<'_> {
    /// Loads the periods of a source for `client`, whole: each becomes a version, unless it is there
    /// already. Only charges that differ from those that are there are written. `progress` is told how
    /// many charges are done and may stop it all.
    ///
    /// # Errors
    /// [`StoreError::OtherClient`], [`StoreError::Cancelled`], [`StoreError::NotConserved`].
    pub fn load(
        &mut self,
        client_of: &dyn Fn(&BillingAccountId) -> Option<ClientId>,
        load: &Load,
        source: &Source,
        mode: Mode,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Vec<LoadedPeriod>, StoreError> {
        let rules = self.rule_set()?;
        let digests = OnceLock::new();
        let mut shared = Shared {
            texts: &load.dimensions,
            digests: &digests,
            source,
            mode,
            numbers: None,
            commitments: Commitments::default(),
            items: None,
            allocator: Allocator::new(&rules),
            written: 0,
        };
        let mut loaded = Vec::new();
        for period in &load.periods {
            let account = &period.billing_account;
            let client = client_of(account).ok_or_else(|| StoreError::NotFound {
                what: "client of billing account",
                name: account.to_string(),
            })?;
            let name = period
                .billing_account_name
                .as_ref()
                .map(|name| name.as_str());
            let account_number = self.account_of(client, account, name)?;
            let (id, outcome) = self.load_period(account_number, period, &mut shared, progress)?;
            if outcome != Outcome::Unchanged {
                self.judge(id, &period.charges, source.loaded_at)?;
            }
            loaded.push(self.loaded(client, period, id, outcome)?);
        }
        Ok(loaded)
    }

    fn load_period(
        &mut self,
        account: i64,
        period: &PeriodLoad,
        shared: &mut Shared<'_>,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<(VersionId, Outcome), StoreError> {
        let (source, texts, digests) = (shared.source, shared.texts, shared.digests);
        let content = || content_hash(period, digests.get_or_init(|| Digests::new(texts)));
        let current = self.current(account, period.period, source)?;
        let (content, rows) = if current.is_empty() {
            // It is new whatever it holds.
            both(content, || self.numbered(period, shared, progress))
        } else {
            let content = content();
            let is_there = |version: &&Current| version.is_there(source, &content);
            if let Some(there) = current.iter().find(is_there) {
                return Ok((there.id, Outcome::Unchanged));
            }
            (content, self.numbered(period, shared, progress))
        };
        let rows = rows?;
        let adds = shared.mode == Mode::Add && !current.is_empty();
        let first = current.first().map(|version| version.stream);
        let stream = if adds { None } else { first };
        // The same charges may be there under a hash of another time, or in another order.
        let mut changes = None;
        for version in current
            .iter()
            .filter(|version| version.may_equal(period, &rows.invoices))
        {
            let found = self.changes(version.stream, &rows, period, &shared.commitments)?;
            if found.is_empty() {
                return Ok((version.id, Outcome::Unchanged));
            }
            if stream == Some(version.stream) {
                changes = Some(found);
            }
        }
        let mut changes = match (changes, stream) {
            (Some(changes), _) => changes,
            (None, Some(stream)) => self.changes(stream, &rows, period, &shared.commitments)?,
            (None, None) => Changes::all_of(&rows),
        };
        let nothing_there = stream.is_none();
        let (id, stream, outcome) = self.new_version(
            account,
            period,
            source,
            &content,
            (adds, !changes.is_empty()),
            &current,
        )?;
        let Shared {
            commitments,
            written,
            ..
        } = shared;
        let mut write =
            || self.write_changes((id, stream), &changes, &rows, period, written, progress);
        if nothing_there {
            let (roll_ups, done) = both(|| roll_ups_of(&rows, period, commitments), write);
            done?;
            changes.roll_ups = roll_ups;
        } else {
            write()?;
        }
        drop(rows);
        self.keep_totals(id, period)?;
        let fresh = !current.iter().any(|version| version.stream == stream);
        self.roll_up(stream, &changes.roll_ups, fresh)?;
        self.conserved(stream, id, period.period)?;
        Ok((id, outcome))
    }

    /// The charges of a period, with their texts and items numbered.
    fn numbered(
        &mut self,
        period: &PeriodLoad,
        shared: &mut Shared<'_>,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Rows, StoreError> {
        if progress(shared.written).is_break() {
            return Err(StoreError::Cancelled);
        }
        if shared.numbers.is_none() {
            shared.numbers = Some(self.intern(shared.texts)?);
            shared.items = Some(Items::new(self)?);
            shared.commitments = self.commitments()?;
        }
        let (Some(numbers), Some(items)) = (&shared.numbers, &mut shared.items) else {
            return Err(StoreError::unreadable("a load"));
        };
        self.rows(period, shared.texts, numbers, items, &mut shared.allocator)
    }
}

/// What both answer; the first is asked on a thread of its own.
fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join();
        (
            one.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            other,
        )
    })
}
