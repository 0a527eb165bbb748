//! What a line item of a Cost and Usage Report is, and what it costs when fees are spread.
//!
//! The rules are those of AWS's documentation and the Cloud Intelligence Dashboards: what a
//! commitment covers carries its effective cost, fees carry what is left unused, and upfront fees
//! and negations carry nothing.

use tallyport_ledger::{ChargeCategory, Exact};

use crate::fields::{Fault, RowError};
use crate::header::Header;
use crate::records::Record;

/// The columns that amortise reservations.
#[derive(Clone, Copy)]
pub(crate) struct Reservation {
    effective: usize,
    unused_upfront: usize,
    unused_recurring: usize,
}

/// The columns that amortise savings plans.
#[derive(Clone, Copy)]
pub(crate) struct SavingsPlan {
    effective: usize,
    commitment: usize,
    used: usize,
}

impl Reservation {
    pub(crate) fn find(header: &mut Header) -> Option<Self> {
        Some(Self {
            effective: header.take(&["reservation/EffectiveCost", "reservation_effective_cost"])?,
            unused_upfront: header.take(&[
                "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
                "reservation_unused_amortized_upfront_fee_for_billing_period",
            ])?,
            unused_recurring: header.take(&[
                "reservation/UnusedRecurringFee",
                "reservation_unused_recurring_fee",
            ])?,
        })
    }
}

impl SavingsPlan {
    pub(crate) fn find(header: &mut Header) -> Option<Self> {
        Some(Self {
            effective: header.take(&[
                "savingsPlan/SavingsPlanEffectiveCost",
                "savings_plan_savings_plan_effective_cost",
            ])?,
            commitment: header.take(&[
                "savingsPlan/TotalCommitmentToDate",
                "savings_plan_total_commitment_to_date",
            ])?,
            used: header.take(&["savingsPlan/UsedCommitment", "savings_plan_used_commitment"])?,
        })
    }
}

/// The FOCUS category of a line item type, as FOCUS's own converter maps them, but for credits,
/// which FOCUS has had a category for since.
pub(crate) fn category(kind: &str) -> Option<ChargeCategory> {
    Some(match kind {
        "Usage"
        | "DiscountedUsage"
        | "SavingsPlanCoveredUsage"
        | "SavingsPlanNegation"
        | "Discount"
        | "EdpDiscount"
        | "PrivateRateDiscount"
        | "BundledDiscount"
        | "RiVolumeDiscount"
        | "SppDiscount" => ChargeCategory::Usage,
        "Fee"
        | "RIFee"
        | "SavingsPlanUpfrontFee"
        | "SavingsPlanRecurringFee"
        | "FlatRateSubscription" => ChargeCategory::Purchase,
        "Tax" => ChargeCategory::Tax,
        "Credit" => ChargeCategory::Credit,
        "Refund" => ChargeCategory::Adjustment,
        _ => return None,
    })
}

/// Fees that amortisation spreads over other rows, and their refunds.
pub(crate) struct Refunded {
    pub(crate) upfront_fee: bool,
    pub(crate) savings_plan: bool,
}

/// The amortised cost of a row; `None` where the file lacks the columns to tell it.
pub(crate) fn amortised(
    row: &Record<'_>,
    kind: &str,
    billed: Exact,
    reservation: Option<Reservation>,
    savings_plan: Option<SavingsPlan>,
    refunded: Refunded,
) -> Result<Option<Exact>, RowError> {
    let or_zero = |at: usize| Ok::<_, Fault>(row.amount(at)?.unwrap_or_default());
    Ok(match kind {
        "SavingsPlanCoveredUsage" => match savings_plan {
            Some(plan) => Some(row.required_amount(plan.effective)?),
            None => None,
        },
        "SavingsPlanRecurringFee" => match savings_plan {
            Some(plan) => {
                let unused = row
                    .required_amount(plan.commitment)?
                    .plus(or_zero(plan.used)?.negated());
                Some(unused.map_err(tallyport_ledger::LoadError::from)?)
            }
            None => None,
        },
        "SavingsPlanNegation" | "SavingsPlanUpfrontFee" => savings_plan.map(|_| Exact::ZERO),
        "DiscountedUsage" => match reservation {
            Some(columns) => Some(row.required_amount(columns.effective)?),
            None => None,
        },
        "RIFee" => match reservation {
            Some(columns) => {
                let unused = or_zero(columns.unused_upfront)?;
                let unused = unused.plus(or_zero(columns.unused_recurring)?);
                Some(unused.map_err(tallyport_ledger::LoadError::from)?)
            }
            None => None,
        },
        "Fee" if refunded.upfront_fee => reservation.map(|_| Exact::ZERO),
        "Refund" if refunded.savings_plan => savings_plan.map(|_| Exact::ZERO),
        _ => Some(billed),
    })
}
