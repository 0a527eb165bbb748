//! Sums that have no room in memory: in a file of their own for the time.
//!
//! The file holds numbers only, no text of the bill. Where the system lets an open file have no
//! name, it has none, so that nothing is left behind even if the program is killed.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use tallyport_ledger::{LoadError, Parcel, RollUp};

/// Charges below which nothing is gained by putting them away.
const FEW: usize = 256;
/// Bytes that are read of a run at a time.
const CHUNK: usize = Parcel::SIZE * 512;

/// Why sums cannot be put away or taken back.
#[derive(Debug)]
pub(crate) enum SpillError {
    Io(io::Error),
    Full(LoadError),
}

impl From<io::Error> for SpillError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<LoadError> for SpillError {
    fn from(error: LoadError) -> Self {
        Self::Full(error)
    }
}

/// How much memory a roll-up may take, and what had no room in it.
#[derive(Default)]
pub(crate) struct Spill {
    /// Bytes, and the folder for the rest.
    bound: Option<(usize, PathBuf)>,
    away: Option<Away>,
}

/// A file of sorted runs.
struct Away {
    file: File,
    path: PathBuf,
    /// Where each run starts and ends.
    runs: Vec<(u64, u64)>,
}

impl Drop for Away {
    fn drop(&mut self) {
        // It may have no name any more, which is as good.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Away {
    fn new(folder: &Path) -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!(".tallyport-import-{}-{number}", std::process::id());
            let path = folder.join(name);
            let mut options = OpenOptions::new();
            options.read(true).write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&path) {
                Ok(file) => {
                    #[cfg(unix)]
                    std::fs::remove_file(&path)?;
                    let runs = Vec::new();
                    return Ok(Self { file, path, runs });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn write(&mut self, parcels: &[Parcel]) -> io::Result<()> {
        let start = self.file.seek(SeekFrom::End(0))?;
        let mut bytes = Vec::with_capacity(CHUNK);
        for some in parcels.chunks(CHUNK / Parcel::SIZE) {
            bytes.clear();
            for parcel in some {
                bytes.extend_from_slice(&parcel.to_bytes());
            }
            self.file.write_all(&bytes)?;
        }
        self.runs.push((start, self.file.stream_position()?));
        Ok(())
    }
}

/// A run that is being read.
struct Run {
    next: u64,
    end: u64,
    bytes: Vec<u8>,
    at: usize,
}

impl Run {
    fn parcel(&mut self, file: &mut File) -> io::Result<Option<Parcel>> {
        if self.at == self.bytes.len() {
            let left = usize::try_from(self.end - self.next).unwrap_or(usize::MAX);
            self.bytes.resize(left.min(CHUNK), 0);
            file.seek(SeekFrom::Start(self.next))?;
            file.read_exact(&mut self.bytes)?;
            self.next += self.bytes.len() as u64;
            self.at = 0;
        }
        let parcel = self.bytes[self.at..].first_chunk().map(Parcel::from_bytes);
        self.at += if parcel.is_some() { Parcel::SIZE } else { 0 };
        Ok(parcel)
    }
}

impl Spill {
    /// A bound in bytes; none without a folder for what has no room.
    pub(crate) fn new(bound: u64, folder: Option<&Path>) -> Self {
        let bound = usize::try_from(bound).unwrap_or(usize::MAX);
        Self {
            bound: folder.map(|folder| (bound, folder.to_owned())),
            away: None,
        }
    }

    /// Puts sums away if a roll-up takes more memory than it may. What else it holds, texts and
    /// what makes lines one charge, stays: the finished bill has it in memory too.
    pub(crate) fn relieve(&mut self, roll_up: &mut RollUp) -> io::Result<()> {
        match &self.bound {
            Some((bound, _)) if roll_up.charges() >= FEW && roll_up.memory() > *bound => {
                self.put_away(roll_up)
            }
            _ => Ok(()),
        }
    }

    fn put_away(&mut self, roll_up: &mut RollUp) -> io::Result<()> {
        let Some((_, folder)) = &self.bound else {
            return Ok(());
        };
        let away = match &mut self.away {
            Some(away) => away,
            None => self.away.insert(Away::new(folder)?),
        };
        away.write(&roll_up.give_out())
    }

    /// Takes in another's roll-up and all that it put away.
    pub(crate) fn merge(
        &mut self,
        mine: &mut RollUp,
        theirs: RollUp,
        put_away: Self,
    ) -> Result<(), SpillError> {
        let renumbered = mine.merge(theirs)?;
        self.relieve(mine)?;
        let Some(mut away) = put_away.away else {
            return Ok(());
        };
        for (next, end) in std::mem::take(&mut away.runs) {
            let mut run = Run::new(next, end);
            let mut taken = 0_usize;
            while let Some(parcel) = run.parcel(&mut away.file)? {
                if let Some(parcel) = renumbered.parcel(&parcel) {
                    mine.take_back(&parcel)?;
                }
                taken += 1;
                if taken.is_multiple_of(4_096) {
                    self.relieve(mine)?;
                }
            }
        }
        Ok(())
    }

    /// Takes back all that was put away, each charge once, after which the roll-up is finished.
    pub(crate) fn take_back(mut self, roll_up: &mut RollUp) -> Result<(), SpillError> {
        if self.away.is_none() {
            return Ok(());
        }
        self.put_away(roll_up)?;
        let Some(mut away) = self.away else {
            return Ok(());
        };
        let spans = std::mem::take(&mut away.runs);
        let mut runs: Vec<Run> = spans
            .iter()
            .map(|(next, end)| Run::new(*next, *end))
            .collect();
        let mut waiting = BinaryHeap::with_capacity(runs.len());
        let mut heads: Vec<Option<Parcel>> = Vec::with_capacity(runs.len());
        for (at, run) in runs.iter_mut().enumerate() {
            let head = run.parcel(&mut away.file)?;
            waiting.extend(head.map(|parcel| Reverse((parcel.order(), at))));
            heads.push(head);
        }
        let mut last: Option<Parcel> = None;
        while let Some(Reverse((order, at))) = waiting.pop() {
            let head = heads[at].take();
            heads[at] = runs[at].parcel(&mut away.file)?;
            waiting.extend(heads[at].map(|parcel| Reverse((parcel.order(), at))));
            let Some(parcel) = head else { continue };
            match &mut last {
                Some(known) if known.order() == order => known.take_in(&parcel)?,
                _ => {
                    if let Some(whole) = last.replace(parcel) {
                        roll_up.take_back_last(&whole);
                    }
                }
            }
        }
        if let Some(whole) = last {
            roll_up.take_back_last(&whole);
        }
        Ok(())
    }
}

impl Run {
    const fn new(next: u64, end: u64) -> Self {
        Self {
            next,
            end,
            bytes: Vec::new(),
            at: 0,
        }
    }
}
