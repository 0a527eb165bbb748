//! The use cases: one file a capability. Each joins the rooms below and demands a
//! [`Grant`] that only somebody signed in can have.
//!
//! Invariants: a change and its line in the audit trail are one transaction; no SQL, no wire format, no
//! clock, no environment; blocking work stays off the async threads.

mod access;
pub mod alerts;
pub mod anomalies;
pub mod athena;
pub mod backup;
mod bill;
pub mod budgets;
pub mod buyers;
pub mod channels;
pub mod charges;
pub mod clients;
mod context;
pub mod costs;
pub mod delivery;
pub mod demo;
mod error;
pub mod evaluate;
pub mod exchange;
pub mod export;
mod filters;
pub mod forecast;
pub mod import;
pub mod invoices;
pub mod jobs;
pub mod letterhead;
mod loaded;
pub mod loads;
pub mod open;
pub mod overview;
mod parties;
pub mod people;
pub mod periods;
mod pieces;
pub mod plausibility;
pub mod pricing;
pub mod reconcile;
pub mod reports;
pub mod resources;
pub mod rules;
pub mod schedules;
pub mod settings;
pub mod sharing;
pub mod sources;
pub mod statement;
pub mod sync;
pub mod tables;
pub mod taxes;
pub mod teams;
pub mod tenants;
mod trail;
pub mod values;
pub mod verify;
mod ways_in;
pub mod why;

pub use access::{Grant, Refused, SignedIn};
pub use context::{AwsSource, Clock, Context, Random, real_aws};
pub use error::{ErrorKind, WorkspaceError, sentence};
pub use filters::FilterAsk;
pub use tallyport_aws::Access;
pub use tallyport_aws::exports::{Export, ExportFormat, ExportKind, ExportService, NewExport};
pub use tallyport_ledger::Money;
pub use tallyport_store::keys::{Keychain, PassphraseCost, RecoveryKey, Secret, Unlock};
pub use tallyport_store::{
    Alert, AlertQuery, AnomalyId, Approval, Attachment, AuditRecord, Budget, Buyer, By, ChannelId,
    ChargeDiff, ChargeId, ChargeOrder, ChargeRow, ChargeTotals, Check, ClientId, Compared,
    ConnectionId, Delivery, DeliveryQuery, Interval, InvoiceId, Job, JobId, JobState, LastSending,
    Letter, LetterFile, Mailing, Member, NamedOwner, OwnerKey, Page, Payment, PeriodVersion,
    Person, PersonId, PriceBookId, Quarantine, QuarantineId, QuotesKept, Reallocated, Receipt,
    RecipientKind, Recipients, Release, ResourceRow, RowName, Scope, Settings, SkippedRow,
    SourceFile, Store, Team, TeamId, Transfer, TransferFile, TransferFileId, TransferId, Values,
    VersionId, VersionTotal, Workspace,
};
