//! The workspace file: encrypted SQLite, its migrations and its typed queries.
//!
//! Invariants: the only room that knows SQL; parameters only, never a query built from a caller's
//! text. One writer, several readers, off the async threads; a write is one transaction and reads
//! see one state. Amounts are whole nano-units and are summed in two parts, so that no sum can
//! overflow. No clock, no randomness, no environment: the caller brings them.

mod access;
mod alerts;
mod anomalies;
mod athena;
mod audit;
mod authority;
mod backup;
mod billable;
mod budgets;
mod bulk;
mod buyers;
mod channels;
mod charges;
mod checks;
mod claims;
mod clients;
mod closing;
mod connection;
mod costs;
mod data_key;
mod deliveries;
mod diff;
mod dimensions;
mod each_charge;
mod error;
mod evaluation;
mod exchange_rates;
mod export_sources;
mod filter;
mod fingerprint;
mod grain;
mod ids;
mod invoices;
mod item;
mod jobs;
pub mod keys;
mod known;
mod letterheads;
mod letters;
mod linked_accounts;
mod load;
mod migrations;
mod number;
mod outbox;
mod owners;
mod ownership;
mod parties;
mod people;
mod price_books;
mod quarantine;
mod reallocate;
mod recipients;
mod reconciliation;
mod resources;
mod restore;
mod rollups;
mod rules;
mod schedules;
mod series;
mod settings;
mod settle;
mod sharing;
mod sql;
mod store;
mod tax_rules;
mod tax_tables;
mod teams;
mod teams_of;
mod tenants;
mod texts;
mod threads;
mod transfers;
mod values;
mod versions;
mod why;

pub use access::{Reads, Writes};
pub use alerts::{
    About, Alert, AlertFigures, AlertKey, AlertQuery, KnownAlert, KnownSubject, NewAlert,
};
pub use anomalies::{
    AccountNumber, AnomalyPart, AnomalyRecord, FoundAnomaly, Leaf, LeafId, LeafMonth, LeafMonths,
    PartOf, PartsAsk, StaleMonth, WatchedMonth,
};
pub use athena::AthenaPlace;
pub use audit::{AuditBreak, AuditHead, AuditLine, AuditRecord};
pub use authority::LeftBehind;
pub use backup::{BackupFacts, BackupProgress};
pub use billable::{Billable, BillableLine};
pub use budgets::{Budget, BudgetDraft, Scope};
pub use buyers::Buyer;
pub use channels::{Channel, ChannelDraft, LastSending};
pub use charges::{ChargeOrder, ChargeRow, ChargeTotals, Page};
pub use checks::Check;
pub use claims::{Claims, Overbilled, OverbilledLine};
pub use clients::{Client, Connection, NewConnection};
pub use costs::{By, Cell, DailyCost, Interval, NONE, RowName, UNOWNED};
pub use data_key::DataKey;
pub use deliveries::{Attempted, Delivery, DeliveryQuery, Waiting};
pub use diff::{ChargeDiff, Compared};
pub use each_charge::CountedCharge;
pub use error::StoreError;
pub use evaluation::{
    DailyParts, Due, Family, FamilyAsk, KeptForecast, Parts, Settled, Spent, SpentAsk,
};
pub use exchange_rates::QuotesKept;
pub use export_sources::{ExportFile, ExportPeriod, ExportedVersion};
pub use filter::{Filter, TeamChoice};
pub use fingerprint::Fingerprint;
pub use ids::{
    AnomalyId, ChannelId, ChargeId, ClientId, ConnectionId, OutgoingId, PersonId, QuarantineId,
    ScopeId, TeamId, TransferFileId, TransferId, VersionId,
};
pub use invoices::{
    Approval, Attachment, InvoiceDraft, InvoiceFigures, InvoiceId, InvoiceIssue, InvoiceQuery,
    InvoiceRecord, InvoiceRow, NewAttachment, NewPayment, Payment, RemovedPayment, SeriesNumbers,
};
pub use jobs::{Job, JobId, JobState};
pub use letterheads::Letterhead;
pub use letters::{Letter, LetterFile, Mailing, NewLetter};
pub use load::{LoadedPeriod, Mode, Outcome, Source, SourceFile};
pub use outbox::Outgoing;
pub use owners::{NamedOwner, OwnerKey};
pub use people::Person;
pub use price_books::{BookDraft, PriceBookId, StoredBook, price_scope};
pub use quarantine::{Quarantine, Release};
pub use reallocate::{Reallocated, RulePreview};
pub use recipients::{RecipientKind, Recipients};
pub use reconciliation::{LedgerAccount, LedgerMonth, Observation, ObservedMonth, ObservedSource};
pub use resources::{OwnedLine, ResourceRow};
pub use restore::{Restored, read_backup_keys, restore_backup};
pub use rules::{RuleDraft, StoredRule};
pub use schedules::{Run, RunId, RunState, Schedule};
pub use series::{DailyRows, DailySum, KnownMonth};
pub use settings::{Settings, Workspace};
pub use sharing::StoredSharing;
pub use store::{NewWorkspace, Store};
pub use tax_tables::StoredTaxTable;
pub use teams::{Member, Team};
pub use tenants::{
    BilledTransfer, StepState, StoredKey, StoredTenant, StoredTenantUser, TenantDraft, TenantStep,
};
pub use transfers::{
    Arrived, Beginning, FileNote, FoundFile, NewTransfer, Part, Receipt, SourceMarks, Transfer,
    TransferFile, TransferLimits, TransferQuery,
};
pub use values::Values;
pub use versions::{PeriodVersion, SkippedRow, SourceNote, VersionQuery, VersionTotal};
pub use why::WhyPart;
