//! The rules of money, charges and who pays for them.
//!
//! Words are FOCUS's and accounting's. Amounts are exact: [`Money`] counts nano-units (10⁻⁹),
//! [`Exact`] carries what sources write (up to 24 decimals) until it is rounded once, in
//! [`apportion`], so that the parts add up.
//!
//! Invariants: no I/O, no clock, no async, no serde, no floating point. What cannot be valid
//! cannot be built. Uses no other room.

pub mod alert;
mod allocation;
mod apportion;
pub mod budget;
mod cause;
pub mod channel;
mod charge;
mod country;
mod currency;
pub mod delivery;
mod exact;
mod exchange;
mod id;
mod invoice;
mod load;
pub mod meaning;
mod money;
mod ownership;
mod party;
mod period;
mod plausibility;
pub mod pricing;
mod reconciliation;
mod role;
mod roll_up;
mod sharing;
mod size;
pub mod tax;
mod tax_id;
pub mod tenant;
mod texts;
pub mod transfer;

pub use allocation::{Allocated, AllocationError, Conservation, allocate};
pub use apportion::{Apportion, ApportionError};
pub use cause::{Cause, CauseKind, MonthDetail, Suspect, SuspectKind, causes};
pub use charge::{
    Amounts, ChargeCategory, ChargeClass, ChargeFacts, Metric, PeriodStatus, SourceKind, TagSet,
};
pub use country::{Country, CountryError};
pub use currency::{Currency, CurrencyError};
pub use exact::{Exact, ExactError};
pub use exchange::{ExchangeError, ExchangeRate, Quote};
pub use id::{BillingAccountId, IdError, Name, ResourceId, SubAccountId};
pub use invoice::{
    Compared, DocumentKind, DraftInvoice, DraftLine, Electronic, Invoice, InvoiceContent,
    InvoiceError, InvoiceNumber, InvoiceState, InvoiceTotals, LineKind, Outlier, PaymentError,
    PricedBy, Quantity, Standing, TaxRate, compare,
};
pub use load::{
    Charge, Dimensions, Figures, Line, Load, LoadError, PeriodLoad, Service, Sku, TagSetId,
};
pub use money::{Money, MoneyError};
pub use ownership::{
    Matcher, Owner, OwnerId, OwnershipRule, Pattern, RuleError, RuleId, RuleSet, Tenure, Validity,
};
pub use party::{BankAccount, Endpoint, Iban, Party, PartyError};
pub use period::{BillingPeriod, DayRange, PeriodError};
pub use plausibility::{BEYOND_REASON, Implausible, beyond_price, day_leaps, month_leaps};
pub use reconciliation::{Difference, DifferenceClass, ObservedTotal, explain};
pub use role::{
    AdministerWorkspace, AssignOwners, IssueInvoices, LoadCosts, ManageChannels, ManageClients,
    ManageTenants, ManageUsers, Permission, PermissionKind, ReadInvoices, Role, SetBudgets,
    ViewCosts, ViewResources,
};
pub use roll_up::{DaysId, Parcel, Renumbered, RollUp, ShapeId};
pub use sharing::{Pot, ShareMethod, Shared, SharingError, SharingRule, share};
pub use size::Size;
pub use tax::{
    TaxCategory, TaxError, TaxLine, TaxOverride, TaxPeriod, TaxTable, TaxTreatment, tax_lines,
};
pub use tax_id::{TaxId, TaxIdError};
pub use texts::{NO_TEXT, Texts};
