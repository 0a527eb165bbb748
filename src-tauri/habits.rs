//! What the program does when nobody looks, as this person wants it on this computer. No workspace's
//! business: it is kept beside them.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tauri::State;

use crate::{login, refusal::Refusal};

const FILE: &str = "habits.json";

/// The habits of this computer.
#[derive(Debug)]
pub struct Habits {
    folder: PathBuf,
    kept: Mutex<Kept>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// Closing the window keeps syncing and alerting.
    keep_running: bool,
    /// Whether the person was told so.
    told: bool,
    /// No popups before then, in milliseconds since 1970.
    quiet_until: Option<i64>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            keep_running: true,
            told: false,
            quiet_until: None,
        }
    }
}

/// What closing the window means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The program ends with its window.
    Ends,
    /// It goes on; the person does not know that yet.
    GoesOnUntold,
    /// It goes on.
    GoesOn,
}

/// The habits as the interface shows them.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct ShownHabits {
    keep_running: bool,
    /// Nothing where this system offers no such thing.
    start_at_login: Option<bool>,
}

impl Habits {
    /// Those kept in `folder`; the usual ones where nothing is kept or it cannot be read.
    pub fn of(folder: &Path) -> Self {
        let kept = fs::read_to_string(folder.join(FILE))
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        Self {
            folder: folder.to_path_buf(),
            kept: Mutex::new(kept),
        }
    }

    /// What closing the window means.
    pub fn closing(&self) -> Closing {
        let kept = self.kept();
        match (kept.keep_running, kept.told) {
            (false, _) => Closing::Ends,
            (true, false) => Closing::GoesOnUntold,
            (true, true) => Closing::GoesOn,
        }
    }

    /// The person was told, and has chosen.
    pub fn keep_running(&self, keep_running: bool) -> std::io::Result<()> {
        self.change(|kept| {
            kept.keep_running = keep_running;
            kept.told = true;
        })
    }

    /// No popups before this moment; none takes that back.
    pub fn be_quiet(&self, until: Option<Timestamp>) -> std::io::Result<()> {
        self.change(|kept| kept.quiet_until = until.map(Timestamp::as_millisecond))
    }

    /// Whether popups wait.
    pub fn is_quiet(&self, now: Timestamp) -> bool {
        self.kept()
            .quiet_until
            .is_some_and(|until| now.as_millisecond() < until)
    }

    fn kept(&self) -> Kept {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Kept)) -> std::io::Result<()> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut kept);
        let text = serde_json::to_string(&*kept)?;
        fs::create_dir_all(&self.folder)?;
        let aside = self.folder.join("habits.json.part");
        fs::write(&aside, text)?;
        fs::rename(aside, self.folder.join(FILE))
    }

    fn shown(&self) -> ShownHabits {
        ShownHabits {
            keep_running: self.kept().keep_running,
            start_at_login: login::is_on(),
        }
    }
}

/// What the program does when nobody looks.
#[tauri::command]
pub fn habits(habits: State<'_, Habits>) -> ShownHabits {
    habits.shown()
}

/// Sets it; what is not said of starting at login stays.
#[tauri::command]
pub fn set_habits(
    habits: State<'_, Habits>,
    keep_running: bool,
    start_at_login: Option<bool>,
) -> Result<ShownHabits, Refusal> {
    let not_kept = |error: std::io::Error| {
        Refusal::new("habits.not_kept", format!("This was not kept: {error}."))
            .hint("Make room on the disk, or look at the permissions of your configuration folder.")
    };
    if let Some(wanted) = start_at_login
        && login::is_on().is_some_and(|on| on != wanted)
    {
        login::set(wanted).map_err(not_kept)?;
    }
    habits.keep_running(keep_running).map_err(not_kept)?;
    Ok(habits.shown())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_told_once_that_closing_keeps_it_running_and_their_choice_stays() {
        let folder = tempfile::tempdir().unwrap();
        let habits = Habits::of(folder.path());
        assert_eq!(habits.closing(), Closing::GoesOnUntold);
        habits.keep_running(true).unwrap();
        assert_eq!(Habits::of(folder.path()).closing(), Closing::GoesOn);
        habits.keep_running(false).unwrap();
        assert_eq!(Habits::of(folder.path()).closing(), Closing::Ends);
    }

    #[test]
    fn popups_wait_until_the_moment_and_no_longer() {
        let folder = tempfile::tempdir().unwrap();
        let habits = Habits::of(folder.path());
        let moment = |text: &str| text.parse::<Timestamp>().unwrap();
        habits
            .be_quiet(Some(moment("2026-11-22T00:00:00Z")))
            .unwrap();
        let again = Habits::of(folder.path());
        assert!(again.is_quiet(moment("2026-11-21T23:59:59Z")));
        assert!(!again.is_quiet(moment("2026-11-22T00:00:00Z")));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_no_reason_not_to_start() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "{ half").unwrap();
        assert_eq!(Habits::of(folder.path()).closing(), Closing::GoesOnUntold);
        fs::write(folder.path().join(FILE), "{\"keep_running\":false}").unwrap();
        assert_eq!(Habits::of(folder.path()).closing(), Closing::Ends);
    }
}
