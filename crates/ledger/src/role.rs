use std::fmt;
use std::str::FromStr;

/// The five roles. Which may do what is the table in [`Role::may`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Owns the workspace.
    SuperAdmin,
    /// Runs it.
    Admin,
    /// Works with resources; sees costs.
    Developer,
    /// Looks.
    Viewer,
    /// Runs billing.
    BillingManager,
}

impl Role {
    /// All five.
    pub const ALL: [Self; 5] = [
        Self::SuperAdmin,
        Self::Admin,
        Self::Developer,
        Self::Viewer,
        Self::BillingManager,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SuperAdmin => "super admin",
            Self::Admin => "admin",
            Self::Developer => "developer",
            Self::Viewer => "viewer",
            Self::BillingManager => "billing manager",
        }
    }

    /// Whether this role holds `permission`.
    #[must_use]
    pub const fn may(self, permission: PermissionKind) -> bool {
        use PermissionKind as P;
        match self {
            Self::SuperAdmin => true,
            Self::Admin => !matches!(permission, P::AdministerWorkspace),
            Self::BillingManager => matches!(
                permission,
                P::ViewCosts
                    | P::LoadCosts
                    | P::AssignOwners
                    | P::ReadInvoices
                    | P::IssueInvoices
                    | P::SetBudgets
            ),
            Self::Developer | Self::Viewer => {
                matches!(permission, P::ViewCosts | P::ViewResources)
            }
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|role| role.word().eq_ignore_ascii_case(text))
            .ok_or_else(|| {
                format!(
                    "\"{}\" is not a role",
                    text.chars().take(40).collect::<String>()
                )
            })
    }
}

/// A permission as a type, so that a use case can demand it in its signature.
pub trait Permission: Send + Sync + 'static {
    /// Which one it is.
    const KIND: PermissionKind;
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident $word:literal),+ $(,)?) => {
        /// The permissions, as values.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum PermissionKind { $($(#[$doc])* $name),+ }

        impl PermissionKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }

        $($(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl Permission for $name {
            const KIND: PermissionKind = PermissionKind::$name;
        })+
    };
}

permissions! {
    /// See costs, billing periods, people and what they own.
    ViewCosts "view costs",
    /// See resources.
    ViewResources "view resources",
    /// Import files, sync, set connections.
    LoadCosts "load costs",
    /// Set people, teams and ownership rules.
    AssignOwners "assign owners",
    /// Read invoices.
    ReadInvoices "read invoices",
    /// Draft and issue invoices.
    IssueInvoices "issue invoices",
    /// Set budgets and schedules, answer alerts.
    SetBudgets "set budgets",
    /// Set the channels that alerts go out on.
    ManageChannels "manage channels",
    /// Add, change and delete clients.
    ManageClients "manage clients",
    /// Set up tenants and their users; move their files.
    ManageTenants "manage tenants",
    /// Manage the program's users.
    ManageUsers "manage users",
    /// Settings of the workspace, backup and restore.
    AdministerWorkspace "administer the workspace",
}
