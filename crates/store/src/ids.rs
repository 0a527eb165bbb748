use std::fmt;

macro_rules! number {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        })+
    };
}

number!(
    /// Identifies a person.
    PersonId,
    /// Identifies a team.
    TeamId,
    /// Identifies a client.
    ClientId,
    /// Identifies a connection.
    ConnectionId,
    /// Identifies a version of a billing period.
    VersionId,
    /// Identifies a charge.
    ChargeId,
    /// Identifies a month in quarantine.
    QuarantineId,
    /// Identifies a channel that notices go out on.
    ChannelId,
    /// Identifies what budgets are about.
    ScopeId,
    /// Identifies a notice on its way out.
    OutgoingId,
    /// Identifies something unusual.
    AnomalyId,
    /// Identifies a transfer of files.
    TransferId,
    /// Identifies a file of a transfer.
    TransferFileId,
);
