//! What a line can be grouped and filtered by.

use super::Refusal;
use crate::company::{AMAZON, Line};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    Zone,
    InstanceType,
    LegalEntity,
    InvoicingEntity,
    BillingEntity,
    LinkedAccount,
    Operation,
    Platform,
    PurchaseType,
    Service,
    ServiceCode,
    Tenancy,
    RecordType,
    UsageType,
    UsageTypeGroup,
    Region,
    DatabaseEngine,
    InstanceTypeFamily,
    ReservationId,
    SavingsPlanArn,
    LinkedAccountName,
}

impl Dimension {
    /// An unknown name is an error, unlike an unknown value.
    pub fn read(name: &str) -> Result<Self, Refusal> {
        Ok(match name {
            "AZ" => Self::Zone,
            "INSTANCE_TYPE" => Self::InstanceType,
            "LEGAL_ENTITY_NAME" => Self::LegalEntity,
            "INVOICING_ENTITY" => Self::InvoicingEntity,
            "BILLING_ENTITY" => Self::BillingEntity,
            "LINKED_ACCOUNT" => Self::LinkedAccount,
            "OPERATION" => Self::Operation,
            "PLATFORM" => Self::Platform,
            "PURCHASE_TYPE" => Self::PurchaseType,
            "SERVICE" => Self::Service,
            "SERVICE_CODE" => Self::ServiceCode,
            "TENANCY" => Self::Tenancy,
            "RECORD_TYPE" => Self::RecordType,
            "USAGE_TYPE" => Self::UsageType,
            "USAGE_TYPE_GROUP" => Self::UsageTypeGroup,
            "REGION" => Self::Region,
            "DATABASE_ENGINE" => Self::DatabaseEngine,
            "INSTANCE_TYPE_FAMILY" => Self::InstanceTypeFamily,
            "RESERVATION_ID" => Self::ReservationId,
            "SAVINGS_PLAN_ARN" => Self::SavingsPlanArn,
            "LINKED_ACCOUNT_NAME" => Self::LinkedAccountName,
            "RESOURCE_ID" => {
                return Err(Refusal::invalid(
                    "RESOURCE_ID is only supported by GetCostAndUsageWithResources, which the sandbox does not have.",
                ));
            }
            other => {
                return Err(Refusal::invalid(format!(
                    "Dimension {other} is not a valid dimension for this operation."
                )));
            }
        })
    }

    /// What GetCostAndUsage groups by.
    pub fn read_grouping(name: &str) -> Result<Self, Refusal> {
        let dimension = Self::read(name)?;
        if matches!(
            dimension,
            Self::LinkedAccountName
                | Self::InstanceTypeFamily
                | Self::UsageTypeGroup
                | Self::SavingsPlanArn
        ) {
            return Err(Refusal::invalid(format!(
                "Group by {name} is not supported."
            )));
        }
        Ok(dimension)
    }

    pub fn of(self, line: &Line) -> &str {
        match self {
            Self::Zone => &line.zone,
            Self::InstanceType => line.instance_type,
            Self::LegalEntity => line.seller.name,
            // AWS invoices for the sellers of its marketplace.
            Self::InvoicingEntity => AMAZON.name,
            Self::BillingEntity => line.seller.billing_entity,
            Self::LinkedAccount => line.account,
            Self::Operation => line.operation,
            Self::Platform => line.platform,
            Self::PurchaseType => line.purchase,
            Self::Service | Self::ServiceCode => line.service,
            Self::Tenancy => line.tenancy,
            Self::RecordType => line.record.name(),
            Self::UsageType | Self::UsageTypeGroup => &line.usage_type,
            Self::Region => line.region,
            Self::DatabaseEngine => line.engine,
            Self::InstanceTypeFamily => line
                .instance_type
                .rsplit_once('.')
                .map_or(line.instance_type, |(family, _)| family),
            Self::ReservationId => pledge(line, false).unwrap_or("NoReservation"),
            Self::SavingsPlanArn => pledge(line, true).unwrap_or("NoSavingsPlan"),
            Self::LinkedAccountName => crate::company::account_name(line.account),
        }
    }
}

/// The commitment of a line, if it is one of that kind.
fn pledge(line: &Line, is_plan: bool) -> Option<&str> {
    let pledge = line.pledge.as_ref()?;
    (pledge.is_plan == is_plan).then_some(pledge.id.as_str())
}

/// The value of a tag on a line; AWS does not tell an empty value from a missing one.
pub(crate) fn tag<'a>(line: &'a Line, key: &str) -> &'a str {
    line.tags
        .iter()
        .find(|(name, _)| name == key)
        .map_or("", |(_, value)| value)
}
