use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `tally tenants`.
#[derive(Debug, Subcommand)]
pub enum Tenants {
    /// Set up a tenant: server, key, bucket, role; what fails is undone
    Create(Box<CreateTenant>),
    /// The tenants, and how each stands
    List,
    /// One tenant: where it lies, what was set up, how it stands
    Show {
        /// Its name or short name
        tenant: String,
    },
    /// Change a tenant; what is not said stays
    Update(Box<UpdateTenant>),
    /// Let nobody in; keys are kept here to give back, files stay
    Suspend {
        /// Its name or short name
        tenant: String,
    },
    /// Give the users of a suspended tenant their keys back
    Reactivate {
        /// Its name or short name
        tenant: String,
    },
    /// Go on where setting up or removing a tenant stopped
    Resume {
        /// Its name or short name
        tenant: String,
    },
    /// Remove a tenant; without --confirm it says what that would take away
    Delete {
        /// Its name or short name
        tenant: String,
        /// Its short name, to say that it is meant
        #[arg(long, value_name = "SHORT-NAME")]
        confirm: Option<String>,
        /// Erase its files too, all versions of them, and its key
        #[arg(long)]
        erase_files: bool,
    },
    /// Really try to leave its place, with the rights of each of its users
    Verify {
        /// Its name or short name
        tenant: String,
    },
    /// What at AWS is not as it was set up
    Drift {
        /// Its name or short name
        tenant: String,
        /// Set it right
        #[arg(long)]
        mend: bool,
    },
    /// Who signs in by SFTP
    #[command(subcommand)]
    Users(TenantUsers),
}

/// `tally tenants create`.
#[derive(Debug, Args)]
pub struct CreateTenant {
    /// Its name
    pub name: String,
    /// Its name in what AWS is told [default: made from its name]
    #[arg(long, value_name = "SHORT-NAME")]
    pub slug: Option<String>,
    /// The client it belongs to
    #[arg(long, value_name = "NAME")]
    pub client: Option<String>,
    /// Whose credentials set it up [default: the only connection there is]
    #[arg(long, value_name = "ID")]
    pub connection: Option<i64>,
    /// The role by which they reach the account that it is to lie in, if that is another
    #[arg(long, value_name = "ARN")]
    pub assume_role: Option<String>,
    /// The server at AWS that it is to move in with [default: the one that the program keeps]
    #[arg(long, value_name = "ID")]
    pub server: Option<String>,
    /// Where it lies [default: the connection's region]
    #[arg(long, value_name = "NAME")]
    pub region: Option<String>,
    /// Give it a bucket of its own, not a prefix of the shared one
    #[arg(long)]
    pub own_bucket: bool,
    /// The bucket [default: named by the program]
    #[arg(long, value_name = "NAME")]
    pub bucket: Option<String>,
    /// The prefix in the shared bucket, which ends with / [default: its short name]
    #[arg(long, value_name = "PREFIX", conflicts_with = "own_bucket")]
    pub prefix: Option<String>,
    /// What its files are encrypted with [default: own with a bucket of its own, else shared]
    #[arg(long, value_name = "KEY")]
    pub key: Option<KeyKind>,
    #[command(flatten)]
    pub limits: Limits,
    /// Keys older than so many days are overdue
    #[arg(long, value_name = "DAYS")]
    pub rotate_days: Option<u32>,
}

/// `tally tenants update`: what is not said stays as it is.
#[derive(Debug, Args)]
pub struct UpdateTenant {
    /// Its name or short name
    pub tenant: String,
    /// Another name
    #[arg(long, value_name = "NAME")]
    pub rename: Option<String>,
    /// The client it belongs to; none lets go of it
    #[arg(long, value_name = "NAME|none")]
    pub client: Option<String>,
    /// Keys older than so many days are overdue; 0 for never
    #[arg(long, value_name = "DAYS")]
    pub rotate_days: Option<u32>,
    #[command(flatten)]
    pub limits: Limits,
}

/// How much a tenant may use.
#[derive(Debug, Args)]
pub struct Limits {
    /// How much it may keep, such as 500GB; none for no limit
    #[arg(long, value_name = "BYTES|none")]
    pub stored_limit: Option<String>,
    /// How much it may move in and out in a month; none for no limit
    #[arg(long, value_name = "BYTES|none")]
    pub moved_limit: Option<String>,
    /// At which part of a limit it is told [default: 80]
    #[arg(long, value_name = "PERCENT")]
    pub warn: Option<u8>,
    /// Whether a limit stops writing
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub stop: Option<bool>,
}

/// What files are encrypted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeyKind {
    /// A key made for this tenant alone
    Own,
    /// The key that all tenants of the region share
    Shared,
}

impl KeyKind {
    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Shared => "shared",
        }
    }
}

/// `tally tenants users`.
#[derive(Debug, Subcommand)]
pub enum TenantUsers {
    /// The users of a tenant, their keys, and which of these are overdue
    List {
        /// The tenant's name or short name
        tenant: String,
    },
    /// Add a user
    Add(Box<AddTenantUser>),
    /// Change a user; what is not said stays
    Edit(Box<EditTenantUser>),
    /// Remove a user; files stay
    Remove {
        /// The tenant's name or short name
        tenant: String,
        /// What they sign in as
        name: String,
    },
    /// Add and change many users by a table with the columns name, role, expires, state and keys
    Import {
        /// The tenant's name or short name
        tenant: String,
        /// The table, as CSV
        file: PathBuf,
        /// Make it so; without this it is only shown
        #[arg(long)]
        apply: bool,
    },
    /// The users as the table that import takes
    Export {
        /// The tenant's name or short name
        tenant: String,
        /// The file to write [default: standard output]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Set the last day on which a user may sign in, or take it away
    Expire {
        /// The tenant's name or short name
        tenant: String,
        /// What they sign in as
        name: String,
        /// The day, in UTC; never for none
        #[arg(value_name = "YYYY-MM-DD|never")]
        day: String,
    },
}

/// `tally tenants users add`.
#[derive(Debug, Args)]
pub struct AddTenantUser {
    /// The tenant's name or short name
    pub tenant: String,
    /// What they sign in as
    pub name: String,
    /// What they may do
    #[arg(long, default_value = "upload-only")]
    pub role: UserRole,
    /// A file with a public key of OpenSSH (may be repeated)
    #[arg(long = "key", value_name = "FILE")]
    pub keys: Vec<PathBuf>,
    /// Make a pair of keys, and save the private one to this file: it is kept nowhere else
    #[arg(long, value_name = "FILE")]
    pub generate: Option<PathBuf>,
    /// The last day, in UTC, on which they may
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub expires: Option<String>,
}

/// `tally tenants users edit`: what is not said stays as it is.
#[derive(Debug, Args)]
pub struct EditTenantUser {
    /// The tenant's name or short name
    pub tenant: String,
    /// What they sign in as
    pub name: String,
    /// What they may do
    #[arg(long)]
    pub role: Option<UserRole>,
    /// A file with a public key to add (may be repeated)
    #[arg(long, value_name = "FILE")]
    pub add_key: Vec<PathBuf>,
    /// The fingerprint of a key to take away (may be repeated)
    #[arg(long, value_name = "SHA256:…")]
    pub remove_key: Vec<String>,
    /// Let them in again
    #[arg(long, conflicts_with = "suspend")]
    pub reactivate: bool,
    /// Let them in no more; their keys are kept here to give back
    #[arg(long)]
    pub suspend: bool,
}

/// What a tenant's user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UserRole {
    /// List and fetch
    ReadOnly,
    /// Send
    UploadOnly,
    /// Send, fetch, rename and delete
    Admin,
}

impl UserRole {
    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ReadOnly => "read-only",
            Self::UploadOnly => "upload-only",
            Self::Admin => "admin",
        }
    }
}
