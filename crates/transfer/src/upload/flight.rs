use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tallyport_ledger::transfer::OnClash;
use tallyport_store::{Part, TransferFile};
use tokio::sync::OnceCell;

use crate::Problem;
use crate::digest::Digests;
use crate::names;
use crate::run::Run;
use crate::source::{self, Identity, Source};
use crate::wire::{Condition, Fault, Label};

/// A file on its way.
pub(super) struct Flight {
    pub row: TransferFile,
    /// Where it lies here.
    pub path: PathBuf,
    /// What is done where something else is where it is to go.
    pub on_clash: OnClash,
    name: Option<String>,
    key_id: Option<String>,
    token: String,
    /// The upload in parts, once it has been begun.
    pub upload: OnceCell<String>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    key: String,
    condition: Option<Condition>,
    source: Option<Arc<Source>>,
    /// Parts that the store has, here by checksum as the journal or the store says.
    arrived: BTreeMap<u32, Part>,
    /// Parts that were handed out and have not come back.
    open: usize,
    /// Set when the file has been read to its end, or as far as made sense.
    read: Option<Option<Digests>>,
    fate: Option<Fate>,
    settled: bool,
    /// Bytes that were counted as confirmed.
    counted: u64,
}

/// What becomes of a file that does not arrive this time.
#[derive(Debug, Clone)]
pub(super) enum Fate {
    /// It is begun anew.
    Anew,
    /// It fails.
    Failed(Problem),
    /// The store refused it.
    Refused(Fault),
}

/// What is to be done once no part is under way.
pub(super) enum Settled {
    /// All parts are there.
    Complete(Digests, Vec<Part>),
    /// It does not arrive this time.
    GiveUp(Fate),
}

impl Flight {
    pub fn new(run: &Run, row: TransferFile) -> Self {
        let path = source::place(&run.roots, &row);
        let name = path.file_name().and_then(|name| name.to_str());
        let on_clash = row.on_clash.unwrap_or(run.transfer.on_clash);
        let replaced = row.expected.clone();
        let condition = replaced.filter(|_| on_clash == OnClash::Replace);
        Self {
            on_clash,
            name: name.and_then(names::kept_name),
            key_id: run.transfer.key_id.clone(),
            token: run.token(row.id),
            upload: OnceCell::new(),
            state: Mutex::new(State {
                key: row.key.clone().unwrap_or_default(),
                condition: condition.map(Condition::Is),
                ..State::default()
            }),
            path,
            row,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn key(&self) -> String {
        self.state().key.clone()
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    pub fn rename(&self, key: String) {
        let mut state = self.state();
        state.key = key;
        state.condition = None;
    }

    pub fn label(&self) -> Label {
        Label {
            key: self.key(),
            token: self.token.clone(),
            name: self.name.clone(),
            key_id: self.key_id.clone(),
        }
    }

    pub fn condition(&self) -> Condition {
        self.state().condition.clone().unwrap_or(Condition::Absent)
    }

    /// Only what has this entity tag is replaced; nothing, if there is none.
    pub fn replaces(&self, etag: Option<String>) {
        self.state().condition = etag.map(Condition::Is);
    }

    /// The entity tag of what a person was asked about, once the answer has come.
    pub fn was_asked_about(&self) -> Option<&str> {
        self.row.on_clash.and(self.row.expected.as_deref())
    }

    /// What the source was when it was found, or tried again: only that is sent.
    pub const fn noted(&self) -> Identity {
        Identity::noted(&self.row)
    }

    pub fn source(&self) -> Option<Arc<Source>> {
        self.state().source.clone()
    }

    pub fn opened(&self, source: Arc<Source>) {
        self.state().source = Some(source);
    }

    /// Goes on with an upload of which these parts have arrived.
    pub fn goes_on(&self, parts: impl IntoIterator<Item = Part>) {
        let parts = parts.into_iter().map(|part| (part.number, part));
        self.state().arrived = parts.collect();
    }

    /// The checksum of a part that has arrived.
    pub fn has(&self, number: u32) -> Option<u64> {
        self.state().arrived.get(&number).map(|part| part.crc64nvme)
    }

    pub fn hand_out(&self) {
        self.state().open += 1;
    }

    /// A part came back: with its entity tag, or without.
    pub fn came_back(&self, part: Option<Part>) {
        let mut state = self.state();
        state.open = state.open.saturating_sub(1);
        if let Some(part) = part {
            state.arrived.insert(part.number, part);
        }
    }

    /// So many bytes of it count as confirmed.
    pub fn count(&self, bytes: u64) {
        self.state().counted += bytes;
    }

    /// So many bytes of it counted as confirmed, and no longer do.
    pub fn take_count(&self) -> u64 {
        std::mem::take(&mut self.state().counted)
    }

    /// The file has been read to its end, or as far as made sense.
    pub fn read(&self, digests: Option<Digests>) {
        self.state().read = Some(digests);
    }

    /// It does not arrive this time; the first reason counts.
    pub fn give_up(&self, fate: Fate) {
        self.state().fate.get_or_insert(fate);
    }

    pub fn is_given_up(&self) -> bool {
        self.state().fate.is_some()
    }

    /// Once everything has come back: what is to be done. Answers once.
    pub fn settle(&self) -> Option<Settled> {
        let mut state = self.state();
        if state.open > 0 || state.settled {
            return None;
        }
        let digests = state.read?;
        state.settled = true;
        Some(match (&state.fate, digests) {
            (Some(fate), _) => Settled::GiveUp(fate.clone()),
            (None, Some(digests)) => {
                Settled::Complete(digests, state.arrived.values().cloned().collect())
            }
            // Reading ends early only because of a fate, or a run that halts.
            (None, None) => Settled::GiveUp(Fate::Anew),
        })
    }
}
