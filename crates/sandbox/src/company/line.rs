//! What a bill is made of: lines that describe, rows that count.

use std::sync::Arc;

use jiff::civil::Date;

/// Nano-dollars, or nano-units of a quantity.
pub(crate) type Nano = i128;

/// One whole unit of anything.
pub(crate) const ONE: Nano = 1_000_000_000;

/// What kind of charge a line is, in the words of Cost Explorer's `RECORD_TYPE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RecordType {
    Usage,
    DiscountedUsage,
    ReservationFee,
    UpfrontFee,
    SavingsPlanCoveredUsage,
    SavingsPlanNegation,
    SavingsPlanRecurringFee,
    Credit,
    Refund,
    Tax,
    Support,
}

impl RecordType {
    pub fn name(self) -> &'static str {
        match self {
            Self::Usage => "Usage",
            Self::DiscountedUsage => "DiscountedUsage",
            Self::ReservationFee => "RIFee",
            Self::UpfrontFee => "Fee",
            Self::SavingsPlanCoveredUsage => "SavingsPlanCoveredUsage",
            Self::SavingsPlanNegation => "SavingsPlanNegation",
            Self::SavingsPlanRecurringFee => "SavingsPlanRecurringFee",
            Self::Credit => "Credit",
            Self::Refund => "Refund",
            Self::Tax => "Tax",
            Self::Support => "Support",
        }
    }
}

/// The tags of a resource, as (key, value), sorted by key.
pub(crate) type Tags = Arc<[(String, String)]>;

/// Everything about a charge but its day and its amounts.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub account: &'static str,
    pub service: &'static str,
    pub region: &'static str,
    pub zone: String,
    pub instance_type: &'static str,
    pub operation: &'static str,
    pub usage_type: String,
    pub platform: &'static str,
    pub purchase: &'static str,
    pub tenancy: &'static str,
    pub engine: &'static str,
    pub record: RecordType,
    pub resource: String,
    pub unit: &'static str,
    pub tags: Tags,
}

impl Line {
    /// A line that stands for no resource: a fee, a credit, a tax.
    pub fn overhead(account: &'static str, service: &'static str, record: RecordType) -> Self {
        Self {
            account,
            service,
            region: "NoRegion",
            zone: "NoAZ".into(),
            instance_type: "NoInstanceType",
            operation: "NoOperation",
            usage_type: "NoUsageType".into(),
            platform: "NoPlatform",
            purchase: "NoPurchaseType",
            tenancy: "NoTenancy",
            engine: "NoDatabaseEngine",
            record,
            resource: "NoResourceId".into(),
            unit: "N/A",
            tags: Arc::from([]),
        }
    }
}

/// What one line cost on one day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub line: usize,
    pub day: Date,
    pub unblended: Nano,
    pub amortized: Nano,
    pub quantity: Nano,
    pub normalized: Nano,
}
