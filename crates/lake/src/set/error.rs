use tallyport_ledger::BillingPeriod;

use crate::ManifestError;

/// Why the files of a bill cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// A manifest that cannot be read.
    #[error("{manifest} is not a manifest that can be read: {source}; fetch it again")]
    Manifest {
        /// Its name.
        manifest: String,
        /// Why.
        source: ManifestError,
    },
    /// A manifest whose files are not all there.
    #[error(
        "{manifest} names {count} files of which {} missing: {}; fetch them, since a bill is \
         imported whole or not at all",
        number(.missing.len()), listed(.missing)
    )]
    Missing {
        /// The manifest's name.
        manifest: String,
        /// How many files it names.
        count: usize,
        /// The keys of those that are not there.
        missing: Vec<String>,
    },
    /// A file that is there but holds nothing.
    #[error("{file}, which {manifest} names, is empty; fetch it again")]
    Empty {
        /// The file.
        file: String,
        /// The manifest's name.
        manifest: String,
    },
    /// A manifest that names a file outside of every folder it could lie in.
    #[error("{manifest} names \"{key}\", which is no key of a delivered file")]
    Outside {
        /// The manifest's name.
        manifest: String,
        /// What it names.
        key: String,
    },
    /// One file of several.
    #[error(
        "{file} is one of the {files} files of a bill that {manifest} names: import the manifest \
         or the folder"
    )]
    Part {
        /// The file.
        file: String,
        /// The manifest's name.
        manifest: String,
        /// How many files the bill has.
        files: usize,
    },
    /// Numbered files with a gap.
    #[error("{first} is one of a numbered row of files, but number {number} of it is missing")]
    Gap {
        /// The first file of the row that is there.
        first: String,
        /// The number that is not.
        number: u64,
    },
    /// Files that are not of the month that their manifest says.
    #[error(
        "{manifest} says that it is of {says}, but its files hold charges of {holds}: it is not \
         their manifest"
    )]
    OtherPeriod {
        /// The manifest's name.
        manifest: String,
        /// The month it says.
        says: BillingPeriod,
        /// A month that the files hold.
        holds: BillingPeriod,
    },
    /// No bill at all.
    #[error(
        "{folder} holds no manifest and no file that ends like a cost file (.csv, .gz, .parquet)"
    )]
    Nothing {
        /// The folder.
        folder: String,
    },
    /// More than a folder of bills holds.
    #[error("{folder} holds more than {limit} files; choose the folder of one export")]
    TooMany {
        /// The folder.
        folder: String,
        /// The limit.
        limit: usize,
    },
    /// What cannot be opened.
    #[error("{path} cannot be read: {source}")]
    Io {
        /// What.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
}

fn number(count: usize) -> String {
    if count == 1 {
        "1 is".to_owned()
    } else {
        format!("{count} are")
    }
}

fn listed(keys: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<&str> = keys.iter().take(SHOWN).map(String::as_str).collect();
    match keys.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
