//! The metrics, and how their amounts are written.

use super::Refusal;
use crate::company::{Nano, Row};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    /// AWS's blended rate is one rate here, as nobody should ever use it.
    Unblended,
    Amortized,
    /// After the enterprise discount, whose own rows are then nothing.
    NetUnblended,
    NetAmortized,
    UsageQuantity,
    NormalizedUsageAmount,
}

/// A sum of one metric.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub amount: Nano,
    /// The unit of everything summed so far; `None` while there is nothing.
    pub unit: Option<&'static str>,
}

impl Metric {
    pub fn read(name: &str) -> Result<Self, Refusal> {
        Ok(match name {
            "UnblendedCost" | "BlendedCost" => Self::Unblended,
            "AmortizedCost" => Self::Amortized,
            "NetUnblendedCost" => Self::NetUnblended,
            "NetAmortizedCost" => Self::NetAmortized,
            "UsageQuantity" => Self::UsageQuantity,
            "NormalizedUsageAmount" => Self::NormalizedUsageAmount,
            other => {
                return Err(Refusal::invalid(format!(
                    "Metric {other} is not supported."
                )));
            }
        })
    }

    pub fn add(self, sum: &mut Sum, row: &Row, unit: &'static str) {
        let (amount, unit) = match self {
            Self::Unblended => (row.unblended, "USD"),
            Self::Amortized => (row.amortized, "USD"),
            Self::NetUnblended => (row.net_unblended(), "USD"),
            Self::NetAmortized => (row.net_amortized(), "USD"),
            Self::UsageQuantity => (row.quantity, unit),
            Self::NormalizedUsageAmount => (row.normalized, "N/A"),
        };
        sum.amount += amount;
        // A mixture of units is a number that means nothing, which AWS marks as N/A.
        sum.unit = Some(
            sum.unit
                .map_or(unit, |before| if before == unit { unit } else { "N/A" }),
        );
    }

    pub fn unit(self, sum: &Sum) -> &'static str {
        match self {
            Self::Unblended | Self::Amortized | Self::NetUnblended | Self::NetAmortized => "USD",
            Self::UsageQuantity | Self::NormalizedUsageAmount => sum.unit.unwrap_or("N/A"),
        }
    }
}
