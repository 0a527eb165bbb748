//! What a charge costs in each of the ways that exports tell it.

use jiff::civil::Date;

use super::charge::{Charge, IDLE, Part};
use crate::company::{AMAZON, Nano, ONE, RecordType, decimal};

impl Charge<'_> {
    /// The charges that stand for the rest of their month rather than for a day.
    fn is_monthly(&self) -> bool {
        matches!(
            self.line.record,
            RecordType::Tax
                | RecordType::Support
                | RecordType::Credit
                | RecordType::Refund
                | RecordType::ReservationFee
        ) || self.line.operation == "Subscription"
    }

    /// The first day that it is not for.
    pub fn end(&self) -> Date {
        if self.is_monthly() {
            self.month.end
        } else {
            self.row.day.tomorrow().unwrap_or(self.month.end)
        }
    }

    pub fn is_pod(&self) -> bool {
        matches!(self.part, Part::Pod { .. })
    }

    /// What an instance's cost means for a pod of it: used, and its share of what no pod used.
    pub fn split(&self, of: Nano) -> Option<(Nano, Nano)> {
        let Part::Pod { share, .. } = self.part else {
            return None;
        };
        let used = of * share / 1_000;
        Some((used, of * IDLE / 1_000 * share / (1_000 - IDLE)))
    }

    /// What a pod costs where it is charged, as it should not be.
    fn charged_pod(&self) -> Nano {
        match self.part {
            Part::Pod {
                is_charged: true, ..
            } => self.split(self.row.amortized).map_or(0, |(used, _)| used),
            _ => 0,
        }
    }

    /// Unblended cost as a report has it.
    pub fn unblended(&self) -> Nano {
        if self.is_pod() {
            self.charged_pod()
        } else {
            self.row.unblended
        }
    }

    /// Unblended cost after discounts as a report has it.
    pub fn net_unblended(&self) -> Nano {
        if self.is_pod() {
            self.charged_pod()
        } else {
            self.row.net_unblended()
        }
    }

    /// What it would have cost on demand, where that means anything.
    pub fn on_demand(&self) -> Nano {
        match (self.part, self.line.record) {
            (Part::Pod { .. }, _) => 0,
            (_, RecordType::Usage | RecordType::DiscountedUsage) => {
                self.row.quantity * self.line.price / ONE
            }
            (_, RecordType::SavingsPlanCoveredUsage) => self.row.unblended,
            _ => 0,
        }
    }

    /// FOCUS BilledCost.
    pub fn billed(&self) -> Nano {
        match (self.part, self.line.record) {
            (Part::Pod { .. }, _) => self.charged_pod(),
            (Part::Unused, _) | (_, RecordType::SavingsPlanCoveredUsage) => 0,
            _ => self.row.net_unblended(),
        }
    }

    /// FOCUS EffectiveCost.
    pub fn effective(&self) -> Nano {
        match self.part {
            Part::Pod { .. } => self.charged_pod(),
            Part::Bought => 0,
            _ => self.row.net_amortized(),
        }
    }

    /// FOCUS ListCost.
    pub fn list(&self) -> Nano {
        match (self.part, self.line.record) {
            (Part::Pod { .. } | Part::Unused, _) => 0,
            (
                _,
                RecordType::Usage
                | RecordType::DiscountedUsage
                | RecordType::SavingsPlanCoveredUsage,
            ) => self.on_demand(),
            _ => self.row.unblended,
        }
    }

    /// FOCUS ContractedCost.
    pub fn contracted(&self) -> Nano {
        self.list() + if self.is_pod() { 0 } else { self.row.discount }
    }

    /// What was used, where something was.
    pub fn quantity(&self) -> Option<Nano> {
        if let Part::Pod { share, .. } = self.part {
            return Some(self.row.quantity * share / 1_000);
        }
        (self.row.quantity != 0 && self.part != Part::Unused).then_some(self.row.quantity)
    }

    /// List price per unit.
    pub fn price(&self) -> Option<Nano> {
        (self.line.price > 0 && !self.is_pod()).then_some(self.line.price)
    }

    /// Price per unit by contract.
    pub fn contracted_price(&self) -> Option<Nano> {
        let price = self.price()?;
        if self.row.discount == 0 || self.row.unblended == 0 {
            return Some(price);
        }
        Some(price + price * self.row.discount / self.row.unblended)
    }
}

/// What a charge says in words, and what it is paid by.
impl<'a> Charge<'a> {
    pub fn description(&self) -> String {
        let line = self.line;
        let what = match line.record {
            _ if self.is_pod() => return format!("Share of {}", self.parent),
            RecordType::Usage => {
                let price = decimal(line.price);
                return format!("${price} per {} of {}", line.unit, line.usage_type);
            }
            RecordType::DiscountedUsage => "USD 0.0 per hour, covered by a reservation",
            RecordType::ReservationFee => "Recurring fee of a reservation",
            RecordType::UpfrontFee => "Upfront fee of a reservation",
            RecordType::SavingsPlanCoveredUsage => "Usage covered by a Savings Plan",
            RecordType::SavingsPlanNegation => "Usage that a Savings Plan covers, taken back",
            RecordType::SavingsPlanRecurringFee => "1 year No Upfront Compute Savings Plan",
            RecordType::EnterpriseDiscount => "Enterprise Discount Program discount",
            RecordType::Credit => "Promotional credit",
            RecordType::Refund => "Refund for a disrupted service",
            RecordType::Tax => return format!("Tax for product code {}", line.product.code),
            RecordType::Support => "Support at the business level",
        };
        if line.usage_type == "NoUsageType" {
            what.to_owned()
        } else {
            format!("{what}: {}", line.usage_type)
        }
    }

    /// The resource, where there is one.
    pub fn resource(&self) -> &'a str {
        match self.line.resource.as_str() {
            "NoResourceId" => "",
            resource => resource,
        }
    }

    /// The commitment that pays for it or is paid by it.
    pub fn pledge_id(&self) -> &'a str {
        let pledge = self.line.pledge.as_ref();
        pledge.map_or("", |pledge| pledge.id.as_str())
    }

    /// The invoice that it is on, once that is out.
    pub fn invoice(&self) -> &'a str {
        let Some(numbers) = &self.month.numbers else {
            return "";
        };
        match self.line.record {
            RecordType::Refund => &numbers.credit_memo,
            _ if *self.line.seller != AMAZON => &numbers.marketplace,
            _ => &numbers.invoice,
        }
    }
}
