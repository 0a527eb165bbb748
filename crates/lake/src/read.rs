//! A bill, read from all of its files or not at all.

mod open;
mod work;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use blake3::Hasher;
use jiff::civil::Date;
use tallyport_ledger::Load;

use crate::pass::{Layout, WatchedLayout, file_and_line};
use crate::watch::{Marks, Tally};
use crate::{BadRow, FileSet, Format, LakeError, Note, watch};
pub(crate) use work::no_room;
use work::{Fetched, Rolled, Shared, from_spill, too_large};

/// How files are to be read.
#[derive(Debug, Clone)]
pub struct Options {
    /// Leave bad rows out instead of refusing the file.
    pub skip_bad_rows: bool,
    /// The last day that a charge can start on or a bill be of; later ones are bad rows. Without
    /// it the year 2199 is the bound.
    pub latest: Option<Date>,
    /// How many threads roll up; 0 for as many as the machine has.
    pub threads: usize,
    /// Bytes of memory for what is being rolled up; beyond it, it goes to a file for the time.
    pub memory: u64,
    /// Where that file lies; without a folder the bound is not kept.
    pub spill_folder: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            skip_bad_rows: false,
            latest: None,
            threads: 0,
            memory: 256 << 20,
            spill_folder: None,
        }
    }
}

impl Options {
    /// How many threads roll up.
    fn threads(&self) -> usize {
        match self.threads {
            0 => thread::available_parallelism().map_or(1, std::num::NonZero::get),
            threads => threads,
        }
    }
}

/// How far a bill has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of its files that have been read.
    pub bytes_done: u64,
    /// Bytes that its files have.
    pub bytes_total: u64,
    /// Rows that have been read.
    pub lines: u64,
}

/// A bill that was read.
#[derive(Debug)]
pub struct Loaded {
    /// What it is.
    pub format: Format,
    /// Its name.
    pub file_name: String,
    /// The BLAKE3 hash of its bytes as they lie on the disk; of several files, that of their hashes.
    pub hash: [u8; 32],
    /// How many bytes it has on the disk.
    pub bytes: u64,
    /// Its files.
    pub files: Vec<FileRead>,
    /// Its charges.
    pub load: Load,
    /// The rows that they are made of; skipped ones are not among them.
    pub lines: u64,
    /// The first thousand rows that were left out.
    pub bad_rows: Vec<BadRow>,
    /// How many rows were left out.
    pub bad_row_count: u64,
    /// What a person should know about it.
    pub notes: Vec<Note>,
}

/// A file of a bill that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// The BLAKE3 hash of its bytes as they lie on the disk.
    pub hash: [u8; 32],
    /// How many bytes it has on the disk.
    pub bytes: u64,
    /// How many of its rows were taken.
    pub lines: u64,
    /// The number that its first line has among the lines of the bill.
    pub first_line: u64,
}

impl FileRead {
    /// Its hash in hexadecimal digits, as `b3sum` prints it.
    #[must_use]
    pub fn hash_in_digits(&self) -> String {
        blake3::Hash::from_bytes(self.hash).to_hex().to_string()
    }
}

/// Reads a cost file. Blocks; `progress` is called about every four MiB and may stop it.
///
/// # Errors
/// [`LakeError`] says why the file was not taken.
pub fn read_file(
    path: &Path,
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Loaded, LakeError> {
    read_set(&FileSet::of_file(path), options, progress)
}

/// Reads the files of a bill. Blocks; `progress` is called about every four MiB and may stop it.
///
/// # Errors
/// [`LakeError`] says why the bill was not taken. It is taken whole or not at all.
pub fn read_set(
    set: &FileSet,
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Loaded, LakeError> {
    let names: Vec<String> = set.files.iter().map(|path| name_of(path)).collect();
    let shared = Shared::new(set, &names, options);
    let (mut rolled, cancelled) = run(&shared, options, progress);
    if cancelled {
        return Err(LakeError::Cancelled);
    }
    let (layouts, fetched) = shared.into_found()?;
    one_format(&names, &layouts, &fetched)?;
    // The largest takes the others in.
    rolled.sort_by_key(|part| part.roll_up.charges());
    let mut whole = rolled.pop().unwrap_or_default();
    for part in rolled {
        whole
            .take_in(part)
            .map_err(|error| from_spill(&set.name, error))?;
    }
    finish(set, options, whole, &layouts, &fetched, &names)
}

/// Reads the files with as many threads as are wanted; whether the caller stopped it.
fn run(
    shared: &Shared<'_>,
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> (Vec<Rolled>, bool) {
    let threads = options.threads();
    let bytes_total = shared.files.iter().map(|path| size_of_file(path)).sum();
    let (to_work, work) = sync_channel(threads * 2);
    let work = Mutex::new(work);
    let (ticks, ticked) = channel();
    thread::scope(|scope| {
        for _ in 0..threads.min(shared.files.len()) {
            let to_work = to_work.clone();
            scope.spawn(move || shared.fetch(&to_work));
        }
        drop(to_work);
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let (work, ticks) = (&work, ticks.clone());
                scope.spawn(move || shared.roll_up(work, &ticks))
            })
            .collect();
        drop(ticks);
        let (mut reported, mut cancelled) = (false, false);
        let mut report = |bytes_done: u64| {
            let now = Progress {
                bytes_done,
                bytes_total: u64::max(bytes_total, bytes_done),
                lines: shared.lines.load(Ordering::Relaxed),
            };
            cancelled = cancelled || progress(now).is_break();
            if cancelled {
                shared.stop();
            }
        };
        while ticked.recv().is_ok() {
            reported = true;
            report(shared.bytes.load(Ordering::Relaxed));
        }
        let mut rolled = Vec::new();
        for worker in workers {
            match worker.join() {
                Ok(part) => rolled.push(part),
                Err(_) => shared.fail(usize::MAX, stopped_short(shared.names)),
            }
        }
        if reported && !shared.is_stopped() {
            report(bytes_total);
        }
        (rolled, cancelled)
    })
}

/// A thread that ended before its work was done: a fault of this program.
fn stopped_short(names: &[String]) -> LakeError {
    LakeError::Io {
        file: names.first().cloned().unwrap_or_default(),
        source: std::io::Error::other("a reading thread stopped"),
    }
}

fn finish(
    set: &FileSet,
    options: &Options,
    rolled: Rolled,
    layouts: &[Arc<Layout>],
    fetched: &std::collections::BTreeMap<usize, Fetched>,
    names: &[String],
) -> Result<Loaded, LakeError> {
    let Rolled {
        mut roll_up,
        bad,
        spill,
        lines,
        watched,
    } = rolled;
    let mut before = Vec::with_capacity(names.len());
    let mut all = 0;
    for file in fetched.values() {
        before.push(all);
        all += file.last_line;
    }
    let in_set = |number: u64| {
        let (file, line) = file_and_line(number);
        before.get(file).copied().unwrap_or(0) + line
    };
    let count = bad.count;
    let bad_rows = bad.into_rows(|number| {
        let (file, line) = file_and_line(number);
        let name = (names.len() > 1)
            .then(|| names.get(file).cloned())
            .flatten();
        (line, name)
    });
    if count > 0 && !options.skip_bad_rows {
        return Err(LakeError::BadRows {
            file: set.name.clone(),
            rows: bad_rows,
            count,
        });
    }
    let taken: u64 = lines.iter().sum();
    let Some(format) = format_of(layouts, fetched).filter(|_| taken > 0) else {
        let file = set.name.clone();
        return Err(LakeError::NoRows { file });
    };
    spill
        .take_back(&mut roll_up)
        .map_err(|error| from_spill(&set.name, error))?;
    let mut load = roll_up
        .finish()
        .map_err(|error| too_large(&set.name, error))?;
    if names.len() > 1 {
        for charge in load
            .periods
            .iter_mut()
            .flat_map(|period| &mut period.charges)
        {
            charge.first_line = in_set(charge.first_line);
            charge.last_line = in_set(charge.last_line);
        }
    }
    set.check(&load)?;
    let mut notes = set.notes.clone();
    notes.extend(said_of(layouts, fetched, watched, in_set));
    notes.extend(watch::of_load(&load));
    let files: Vec<FileRead> = fetched
        .iter()
        .map(|(at, file)| FileRead {
            name: names[*at].clone(),
            hash: file.whole.hash,
            bytes: file.whole.bytes,
            lines: lines[*at],
            first_line: before[*at] + 1,
        })
        .collect();
    Ok(Loaded {
        format,
        file_name: set.name.clone(),
        hash: hash_of(&files),
        bytes: files.iter().map(|file| file.bytes).sum(),
        files,
        load,
        lines: taken,
        bad_rows,
        bad_row_count: count,
        notes,
    })
}

/// The hash of a file; of several, the hash of their hashes.
fn hash_of(files: &[FileRead]) -> [u8; 32] {
    if let [only] = files {
        return only.hash;
    }
    let mut hasher = Hasher::new();
    for file in files {
        hasher.update(&file.hash);
    }
    hasher.finalize().into()
}

/// The layouts in the order of the files, each once.
fn in_order<'l>(
    layouts: &'l [Arc<Layout>],
    fetched: &std::collections::BTreeMap<usize, Fetched>,
) -> Vec<&'l Arc<Layout>> {
    let mut order: Vec<usize> = Vec::new();
    for file in fetched.values() {
        if !order.contains(&file.layout) {
            order.push(file.layout);
        }
    }
    order.into_iter().filter_map(|at| layouts.get(at)).collect()
}

fn format_of(
    layouts: &[Arc<Layout>],
    fetched: &std::collections::BTreeMap<usize, Fetched>,
) -> Option<Format> {
    in_order(layouts, fetched)
        .first()
        .map(|layout| layout.format)
}

/// The files of a bill are all of one kind.
fn one_format(
    names: &[String],
    layouts: &[Arc<Layout>],
    fetched: &std::collections::BTreeMap<usize, Fetched>,
) -> Result<(), LakeError> {
    let Some(first) = format_of(layouts, fetched) else {
        return Ok(());
    };
    for (at, file) in fetched {
        let format = layouts[file.layout].format;
        if format.source() != first.source() {
            return Err(LakeError::NotACostFile {
                file: names[*at].clone(),
                reason: format!(
                    "it is {format}, and {} of the same bill is {first}",
                    names[0]
                ),
            });
        }
    }
    Ok(())
}

/// What is to be told of the columns and of the rows.
fn said_of(
    layouts: &[Arc<Layout>],
    fetched: &std::collections::BTreeMap<usize, Fetched>,
    watched: Vec<WatchedLayout>,
    in_set: impl Fn(u64) -> u64,
) -> Vec<Note> {
    let layouts = in_order(layouts, fetched);
    let mut notes: Vec<Note> = Vec::new();
    let mut tell = |note: Note| {
        if !notes.contains(&note) {
            notes.push(note);
        }
    };
    for layout in &layouts {
        layout.unread.iter().cloned().for_each(&mut tell);
    }
    for layout in &layouts {
        let mut shapes: Vec<(Marks, Tally)> = watched
            .iter()
            .filter(|(of, _)| Arc::ptr_eq(of, layout))
            .flat_map(|(_, watched)| watched)
            .filter(|watched| watched.tally.lines > 0)
            .map(|watched| {
                let mut tally = watched.tally;
                tally.first_line = in_set(tally.first_line);
                (watched.marks.clone(), tally)
            })
            .collect();
        shapes.sort_by_key(|(_, tally)| tally.first_line);
        layout.plan.notes(&shapes).into_iter().for_each(&mut tell);
    }
    notes
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// What the system says; a file that cannot be asked about cannot be read either.
fn size_of_file(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |facts| facts.len())
}
