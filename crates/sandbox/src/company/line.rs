//! What a bill is made of: lines that describe, rows that count.

use std::sync::Arc;

use jiff::civil::Date;

use super::product::{self, AMAZON, Product, Seller};

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
    EnterpriseDiscount,
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
            Self::EnterpriseDiscount => "Enterprise Discount Program Discount",
            Self::Credit => "Credit",
            Self::Refund => "Refund",
            Self::Tax => "Tax",
            Self::Support => "Support",
        }
    }
}

/// A reservation or a Savings Plan, as far as the lines that it pays for tell of it.
#[derive(Debug)]
pub(crate) struct Pledge {
    pub id: String,
    pub is_plan: bool,
    /// What a day of it is worth: of all, the part that is paid as it goes.
    pub day_worth: Nano,
    pub day_recurring: Nano,
    pub upfront: Nano,
    pub count: i128,
    pub from: Date,
    pub until: Option<Date>,
}

impl Pledge {
    /// The part of `amount` that is recurring fee; the rest was paid upfront.
    pub fn recurring_part(&self, amount: Nano) -> Nano {
        if self.upfront == 0 || self.day_worth == 0 {
            return amount;
        }
        amount * self.day_recurring / self.day_worth
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
    /// The product as exports name it. Cost Explorer shows tax as a service of its own; exports
    /// show what the tax is on.
    pub product: &'static Product,
    pub seller: &'static Seller,
    /// List price per unit; nothing where there is none.
    pub price: Nano,
    /// The commitment that pays for it or is paid by it.
    pub pledge: Option<Arc<Pledge>>,
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
            product: product::of(service),
            seller: &AMAZON,
            price: 0,
            pledge: None,
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
    /// What the enterprise discount takes off this row, below zero. The discount's own row has it
    /// the other way round, so that net cost adds up to the same bill.
    pub discount: Nano,
    pub quantity: Nano,
    pub normalized: Nano,
}

impl Row {
    /// Unblended cost after discounts.
    pub fn net_unblended(&self) -> Nano {
        self.unblended + self.discount
    }

    /// Amortized cost after discounts.
    pub fn net_amortized(&self) -> Nano {
        self.amortized + self.discount
    }
}

/// A decimal with as many digits as it needs, nine at most.
pub(crate) fn decimal(amount: Nano) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let whole = (amount / ONE).unsigned_abs();
    let fraction = (amount % ONE).unsigned_abs();
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{fraction:09}");
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn an_amount_is_written_with_the_digits_it_has() {
        assert_eq!(decimal(0), "0");
        assert_eq!(decimal(-1), "-0.000000001");
        assert_eq!(decimal(12_500_000_000), "12.5");
        assert_eq!(decimal(-3_000_000_000), "-3");
    }
}
