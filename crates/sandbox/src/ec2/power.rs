//! Which machines are switched off, since when; kept in the folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::company::Stops;
use crate::error::SandboxError;
use crate::lock::locked;
use crate::sandbox::publish;
use crate::written::Written;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PowerState {
    Pending,
    Running,
    Stopping,
    Stopped,
}

impl PowerState {
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "0",
            Self::Running => "16",
            Self::Stopping => "64",
            Self::Stopped => "80",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Stopping => "stopping",
            Self::Stopped => "stopped",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Start,
    Stop,
}

/// The history of every switch that was ever touched.
#[derive(Debug)]
pub(crate) struct Power {
    path: PathBuf,
    history: Mutex<BTreeMap<String, Vec<Off>>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Off {
    last_day_on: Written,
    on_again: Option<Written>,
}

impl Power {
    pub fn open(folder: &Path) -> Result<Self, SandboxError> {
        let path = folder.join("instances.json");
        let history = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| SandboxError::damaged(&path, error))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(SandboxError::folder(&path)(error)),
        };
        Ok(Self {
            path,
            history: Mutex::new(history),
        })
    }

    pub fn of(&self, id: &str) -> PowerState {
        let history = locked(&self.history);
        let is_off = history
            .get(id)
            .and_then(|offs| offs.last())
            .is_some_and(|off| off.on_again.is_none());
        if is_off {
            PowerState::Stopped
        } else {
            PowerState::Running
        }
    }

    pub fn stops(&self) -> Stops {
        locked(&self.history)
            .iter()
            .map(|(id, offs)| {
                (
                    id.clone(),
                    offs.iter()
                        .map(|off| (off.last_day_on.0, off.on_again.map(|day| day.0)))
                        .collect(),
                )
            })
            .collect()
    }

    /// Switches, keeps it, and tells for each machine the state before and the transition.
    pub fn switch(
        &self,
        ids: &[&str],
        change: Change,
        today: Date,
    ) -> std::io::Result<Vec<(String, PowerState, PowerState)>> {
        let before: Vec<PowerState> = ids.iter().map(|id| self.of(id)).collect();
        let mut history = locked(&self.history);
        let mut next = history.clone();
        let mut changed = vec![];
        for (id, before) in ids.iter().zip(before) {
            let after = match (change, before) {
                (Change::Stop, PowerState::Running) => {
                    next.entry((*id).to_owned()).or_default().push(Off {
                        last_day_on: Written(today),
                        on_again: None,
                    });
                    PowerState::Stopping
                }
                (Change::Start, PowerState::Stopped) => {
                    if let Some(off) = next.get_mut(*id).and_then(|offs| offs.last_mut()) {
                        off.on_again = Some(Written(today));
                    }
                    PowerState::Pending
                }
                _ => before,
            };
            changed.push(((*id).to_owned(), before, after));
        }
        publish(&self.path, &serde_json::to_vec_pretty(&next)?)?;
        *history = next;
        Ok(changed)
    }
}
