//! The threads that read a set of files: some fetch, some roll up.
//!
//! Whoever fetches opens a file, learns what its columns mean, and hands out pieces of it: blocks
//! of a CSV file, row groups of a Parquet file. Whoever rolls up takes the next piece, whichever
//! file it is of, into a roll-up of its own. These are merged in the end, and what comes out does
//! not depend on who had which piece.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use tallyport_ledger::{LoadError, RollUp};

use super::open::{self, Opened};
use crate::csv::{Block, BlockError, Blocks};
use crate::pass::{BadRows, Layout, Sink, Spill, SpillError, Watched, WatchedLayout};
use crate::source::{self, Whole};
use crate::{FileSet, LakeError, Options, csv, parquet};

/// Bytes between two reports of progress.
const REPORT_EVERY: u64 = 4 << 20;

/// A piece of a file.
pub(super) enum Piece {
    Block(Block),
    Group(Arc<parquet::Opened>, usize),
}

/// A piece and the file and layout that it is of.
pub(super) struct Work {
    file: usize,
    layout: usize,
    piece: Piece,
}

/// What is known of a file that was fetched.
pub(super) struct Fetched {
    pub(super) whole: Whole,
    /// The number of its last line.
    pub(super) last_line: u64,
    pub(super) layout: usize,
}

/// The layouts that files have.
pub(super) type Layouts = Vec<Arc<Layout>>;
/// The files that were fetched, by their numbers.
pub(super) type FetchedFiles = BTreeMap<usize, Fetched>;

/// What the threads share.
pub(super) struct Shared<'a> {
    pub(super) files: &'a [PathBuf],
    pub(super) names: &'a [String],
    pub(super) latest: Option<Date>,
    /// Bytes of memory for what one thread rolls up.
    share: u64,
    spill_folder: Option<&'a Path>,
    layouts: Mutex<Vec<Arc<Layout>>>,
    next_file: AtomicUsize,
    stopped: AtomicBool,
    failed: Mutex<Option<(usize, LakeError)>>,
    fetched: Mutex<BTreeMap<usize, Fetched>>,
    pub(super) bytes: AtomicU64,
    pub(super) lines: AtomicU64,
}

/// What one thread has made of its pieces.
#[derive(Default)]
pub(super) struct Rolled {
    pub(super) roll_up: RollUp,
    pub(super) bad: BadRows,
    /// What had no room in memory.
    pub(super) spill: Spill,
    /// Rows that were taken, by file.
    pub(super) lines: Vec<u64>,
    pub(super) watched: Vec<WatchedLayout>,
}

impl Rolled {
    /// Takes in what another thread has made of other pieces.
    pub(super) fn take_in(&mut self, other: Self) -> Result<(), SpillError> {
        self.spill
            .merge(&mut self.roll_up, other.roll_up, other.spill)?;
        self.bad.merge(other.bad);
        for (mine, lines) in self.lines.iter_mut().zip(other.lines) {
            *mine += lines;
        }
        for (layout, watched) in other.watched {
            self.watch(layout, watched)?;
        }
        Ok(())
    }

    /// Adds what rows of a layout were watched for.
    fn watch(&mut self, layout: Arc<Layout>, watched: Vec<Watched>) -> Result<(), LoadError> {
        let known = self
            .watched
            .iter()
            .position(|(known, _)| Arc::ptr_eq(known, &layout));
        let Some(at) = known else {
            self.watched.push((layout, watched));
            return Ok(());
        };
        let mine = &mut self.watched[at].1;
        for other in watched {
            match mine.iter_mut().find(|known| **known == other) {
                Some(known) => known.tally.take_in(&other.tally)?,
                None => mine.push(other),
            }
        }
        Ok(())
    }
}

/// A lock whose holder panicked guards counters and lists that are whole after every step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Shared<'a> {
    pub(super) fn new(set: &'a FileSet, names: &'a [String], options: &'a Options) -> Self {
        Self {
            files: &set.files,
            names,
            latest: options.latest,
            share: options.memory / options.threads().max(1) as u64,
            spill_folder: options.spill_folder.as_deref(),
            layouts: Mutex::default(),
            next_file: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
            failed: Mutex::default(),
            fetched: Mutex::default(),
            bytes: AtomicU64::new(0),
            lines: AtomicU64::new(0),
        }
    }

    /// Tells all threads to end.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Keeps why a file cannot be read; of several the first file's counts.
    pub(super) fn fail(&self, file: usize, error: LakeError) {
        let mut failed = lock(&self.failed);
        if failed.as_ref().is_none_or(|(known, _)| file < *known) {
            *failed = Some((file, error));
        }
        drop(failed);
        self.stop();
    }

    /// What was learnt: the layouts and the files, or why there is nothing.
    pub(super) fn into_found(self) -> Result<(Layouts, FetchedFiles), LakeError> {
        let inner = PoisonError::into_inner;
        match self.failed.into_inner().unwrap_or_else(inner) {
            Some((_, error)) => Err(error),
            None => Ok((
                self.layouts
                    .into_inner()
                    .unwrap_or_else(PoisonError::into_inner),
                self.fetched
                    .into_inner()
                    .unwrap_or_else(PoisonError::into_inner),
            )),
        }
    }

    /// The number of the layout that columns of these names have.
    fn layout(&self, file: usize, names: Vec<String>) -> Result<usize, LakeError> {
        let mut layouts = lock(&self.layouts);
        let known = layouts.iter().position(|layout| {
            let mut pairs = layout.names.iter().zip(&names);
            layout.names.len() == names.len() && pairs.all(|(a, b)| **a == **b)
        });
        if let Some(known) = known {
            return Ok(known);
        }
        layouts.push(Arc::new(Layout::new(
            &self.names[file],
            names,
            self.latest,
        )?));
        Ok(layouts.len() - 1)
    }

    fn layout_at(&self, number: usize) -> Arc<Layout> {
        Arc::clone(&lock(&self.layouts)[number])
    }

    /// Fetches files until there are no more.
    pub(super) fn fetch(&self, to: &SyncSender<Work>) {
        loop {
            let file = self.next_file.fetch_add(1, Ordering::Relaxed);
            if file >= self.files.len() || self.is_stopped() {
                return;
            }
            match self.fetch_file(file, to) {
                Ok(Some(fetched)) => {
                    lock(&self.fetched).insert(file, fetched);
                }
                Ok(None) => return,
                Err(error) => return self.fail(file, error),
            }
        }
    }

    /// Hands out the pieces of a file; `None` if nobody wants them any more.
    fn fetch_file(&self, file: usize, to: &SyncSender<Work>) -> Result<Option<Fetched>, LakeError> {
        let name = &self.names[file];
        match open::open(&self.files[file], name)? {
            Opened::Csv(mut blocks) => {
                let names = open::header(&mut blocks, name)?;
                let layout = self.layout(file, names)?;
                self.hand_out(file, layout, blocks, to)
            }
            Opened::Parquet(opened) => {
                let layout = self.layout(file, opened.names().to_vec())?;
                opened.check(&self.layout_at(layout), name)?;
                let opened = Arc::new(opened);
                for group in 0..opened.groups() {
                    let piece = Piece::Group(Arc::clone(&opened), group);
                    if self.is_stopped()
                        || to
                            .send(Work {
                                file,
                                layout,
                                piece,
                            })
                            .is_err()
                    {
                        return Ok(None);
                    }
                }
                let whole = source::hashed(&self.files[file], &|| self.is_stopped());
                let Some(whole) = whole.map_err(|error| open::from_source(name, error))? else {
                    return Ok(None);
                };
                Ok(Some(Fetched {
                    whole,
                    last_line: opened.rows(),
                    layout,
                }))
            }
        }
    }

    fn hand_out(
        &self,
        file: usize,
        layout: usize,
        mut blocks: Blocks,
        to: &SyncSender<Work>,
    ) -> Result<Option<Fetched>, LakeError> {
        let told = |error| open::from_blocks(&self.names[file], error);
        let mut last_line = 0;
        while let Some(block) = blocks.next().map_err(told)? {
            last_line = block.last_line;
            let piece = Piece::Block(block);
            if self.is_stopped()
                || to
                    .send(Work {
                        file,
                        layout,
                        piece,
                    })
                    .is_err()
            {
                return Ok(None);
            }
        }
        let whole = blocks.finish().map_err(told)?;
        Ok(Some(Fetched {
            whole,
            last_line,
            layout,
        }))
    }

    /// Rolls pieces up until there are no more.
    pub(super) fn roll_up(&self, work: &Mutex<Receiver<Work>>, ticks: &Sender<()>) -> Rolled {
        let mut reader = Reader::default();
        reader.rolled.lines = vec![0; self.files.len()];
        reader.rolled.spill = Spill::new(self.share, self.spill_folder);
        loop {
            let next = lock(work).recv();
            let Ok(Work {
                file,
                layout,
                piece,
            }) = next
            else {
                return reader.into_rolled().unwrap_or_else(|error| {
                    self.fail(0, too_large(&self.names[0], error));
                    Rolled::default()
                });
            };
            // Whoever fetches may be waiting for room: take what comes, to no use.
            if self.is_stopped() {
                continue;
            }
            if let Err(error) = reader.take(self, file, layout, piece, ticks) {
                self.fail(file, error);
            }
        }
    }
}

/// One thread's readers, by layout.
#[derive(Default)]
struct Reader {
    rolled: Rolled,
    csv: BTreeMap<usize, csv::Rows>,
    parquet: BTreeMap<usize, parquet::Rows>,
}

impl Reader {
    fn take(
        &mut self,
        shared: &Shared<'_>,
        file: usize,
        layout: usize,
        piece: Piece,
        ticks: &Sender<()>,
    ) -> Result<(), LakeError> {
        let name = &shared.names[file];
        let mut to = Sink {
            roll_up: &mut self.rolled.roll_up,
            bad: &mut self.rolled.bad,
            spill: &mut self.rolled.spill,
            lines: 0,
            file,
        };
        let told = |bytes: u64, lines: u64| {
            shared.lines.fetch_add(lines, Ordering::Relaxed);
            let before = shared.bytes.fetch_add(bytes, Ordering::Relaxed);
            // Waking whoever reports costs more than a block is worth.
            if before == 0 || before / REPORT_EVERY != (before + bytes) / REPORT_EVERY {
                // Nobody may be listening any more, which is as good.
                let _ = ticks.send(());
            }
            !shared.is_stopped()
        };
        match piece {
            Piece::Block(block) => {
                let rows = self
                    .csv
                    .entry(layout)
                    .or_insert_with(|| csv::Rows::new(shared.layout_at(layout)));
                let (bytes, bad) = (block.bytes, to.bad.count);
                rows.add(block, &mut to).map_err(|error| match error {
                    BlockError::Full(source) => too_large(name, source),
                    BlockError::Unreadable { line, reason } => LakeError::Unreadable {
                        file: name.clone(),
                        line,
                        reason: reason.to_owned(),
                    },
                })?;
                told(bytes, to.lines + to.bad.count - bad);
                to.relieve().map_err(|error| no_room(name, error))?;
            }
            Piece::Group(opened, group) => {
                let rows = self
                    .parquet
                    .entry(layout)
                    .or_insert_with(|| parquet::Rows::new(shared.layout_at(layout)));
                rows.add(&opened, group, name, &mut to, &told)?;
            }
        }
        self.rolled.lines[file] += to.lines;
        Ok(())
    }

    fn into_rolled(self) -> Result<Rolled, LoadError> {
        let Self {
            mut rolled,
            csv,
            parquet,
        } = self;
        let shapes = csv
            .into_values()
            .map(|rows| rows.shapes)
            .chain(parquet.into_values().map(|rows| rows.shapes));
        for shapes in shapes {
            rolled.watch(shapes.layout, shapes.watched)?;
        }
        Ok(rolled)
    }
}

pub(super) fn too_large(file: &str, source: LoadError) -> LakeError {
    LakeError::TooLarge {
        file: file.to_owned(),
        source,
    }
}

/// What had no room in memory has none on the disk either.
pub(crate) fn no_room(file: &str, source: std::io::Error) -> LakeError {
    LakeError::NoRoom {
        file: file.to_owned(),
        source,
    }
}

pub(super) fn from_spill(file: &str, error: SpillError) -> LakeError {
    match error {
        SpillError::Io(error) => no_room(file, error),
        SpillError::Full(error) => too_large(file, error),
    }
}
