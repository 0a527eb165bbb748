//! Where a fetched file lies: beside its place until it is whole, then in it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tallyport_ledger::transfer::OnClash;
use tallyport_store::{StoreError, TransferFile};

use crate::run::Run;
use crate::{Problem, names};

/// A file on its way into a folder of this computer.
#[derive(Debug, Clone)]
pub(super) struct Place {
    folder: PathBuf,
    /// Below the folder.
    path: String,
    /// Its name while it is not whole.
    aside: PathBuf,
    pub on_clash: OnClash,
}

/// What came of giving a file its name.
pub(super) enum Landed {
    /// It has its name, or this one.
    At(Option<String>),
    /// Something else took the name meanwhile.
    Occupied(String),
}

impl Place {
    pub fn of(run: &Run, row: &TransferFile) -> Result<Self, Problem> {
        let folder = run.transfer.folder.as_deref().unwrap_or_default();
        let folder = PathBuf::from(folder);
        let above = Path::new(&row.path).parent().unwrap_or(Path::new(""));
        Ok(Self {
            aside: folder.join(above).join(aside_name(run, row)),
            path: row.path.clone(),
            on_clash: row.on_clash.unwrap_or(run.transfer.on_clash),
            folder,
        })
    }

    fn target(&self) -> PathBuf {
        self.folder.join(&self.path)
    }

    /// What is in the way, where a person is to be asked or the file is to be left out.
    pub fn occupied(&self) -> Option<String> {
        let asks = matches!(self.on_clash, OnClash::Ask | OnClash::Skip);
        if !asks {
            return None;
        }
        fs::symlink_metadata(self.target()).ok().map(|_| {
            format!(
                "there is a \"{}\" in the folder already: skip, replace, or keep both?",
                self.path
            )
        })
    }

    /// Makes the folders that it goes into. One that is a link is not entered: what lies behind it is
    /// outside.
    pub fn make_folders(&self) -> Result<(), Problem> {
        fs::create_dir_all(&self.folder).map_err(|error| self.why(&error))?;
        let mut folder = self.folder.clone();
        let above = Path::new(&self.path).parent().unwrap_or(Path::new(""));
        for name in above.components() {
            folder.push(name);
            match fs::create_dir(&folder) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    let facts = fs::symlink_metadata(&folder);
                    if !facts.is_ok_and(|facts| facts.is_dir()) {
                        let said = format!("{} is in the way, and no folder", folder.display());
                        return Err(Problem::new("transfer.outside", said));
                    }
                }
                Err(error) => return Err(self.why(&error)),
            }
        }
        Ok(())
    }

    /// Opens the file beside its place, as it was left by an earlier run, or new.
    pub fn open(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
        }
        options.open(&self.aside)
    }

    pub fn discard(&self) {
        // What cannot be deleted is in nobody's way: its name is its own.
        drop(fs::remove_file(&self.aside));
    }

    pub fn why(&self, error: &io::Error) -> Problem {
        let path = self.target();
        let said = match error.kind() {
            io::ErrorKind::StorageFull => {
                format!("there is no room left for {}", path.display())
            }
            io::ErrorKind::PermissionDenied => {
                format!("{} may not be written here", path.display())
            }
            _ => format!("{} cannot be written: {error}", path.display()),
        };
        Problem::new("transfer.disk", said)
    }

    /// Gives the file its name. Nothing that has the name loses it unasked.
    pub fn land(&self, file: &File) -> Result<Landed, Problem> {
        file.sync_all().map_err(|error| self.why(&error))?;
        if self.on_clash == OnClash::Replace {
            fs::rename(&self.aside, self.target()).map_err(|error| self.why(&error))?;
            return Ok(Landed::At(None));
        }
        let mut path = self.path.clone();
        loop {
            match name_if_free(&self.aside, &self.folder.join(&path)) {
                Ok(()) => {
                    return Ok(Landed::At((path != self.path).then_some(path)));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if self.on_clash != OnClash::KeepBoth {
                        let said = format!("a \"{path}\" appeared in the folder meanwhile");
                        self.discard();
                        return Ok(Landed::Occupied(said));
                    }
                    path = names::beside(&path);
                }
                Err(error) => return Err(self.why(&error)),
            }
        }
    }
}

/// Takes a name only if nothing has it, in one step where the file system can do that.
fn name_if_free(aside: &Path, target: &Path) -> io::Result<()> {
    match fs::hard_link(aside, target) {
        Ok(()) => fs::remove_file(aside),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // A file system without second names: look, then take.
        Err(_) => match fs::symlink_metadata(target) {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(aside, target),
        },
    }
}

fn aside_name(run: &Run, row: &TransferFile) -> String {
    format!(".tallyport-{}.part", run.token(row.id))
}

/// Deletes what lies here of files that did not become whole.
pub(crate) async fn leftovers(run: &Arc<Run>) -> Result<(), StoreError> {
    let id = run.transfer.id;
    let left = run.store.read(move |ledger| ledger.transfer_leftovers(id));
    for row in left.await? {
        if let Ok(place) = Place::of(run, &row) {
            place.discard();
        }
        let abandoned = tallyport_store::FileNote::Abandoned;
        if run.journal.keep(row.id, abandoned).await.is_err() {
            break;
        }
    }
    Ok(())
}
