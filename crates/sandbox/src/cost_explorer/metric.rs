//! The metrics, and how their amounts are written.

use super::Refusal;
use crate::company::{Nano, ONE, Row};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    /// The company has no negotiated discounts: net is what it is without *Net*; and AWS's
    /// blended rate is one rate, as nobody here should ever use it.
    Unblended,
    Amortized,
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
            "UnblendedCost" | "NetUnblendedCost" | "BlendedCost" => Self::Unblended,
            "AmortizedCost" | "NetAmortizedCost" => Self::Amortized,
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
            Self::Unblended | Self::Amortized => "USD",
            Self::UsageQuantity | Self::NormalizedUsageAmount => sum.unit.unwrap_or("N/A"),
        }
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
