//! A line of a document as it is kept. A line that says no more than what a resource costs is kept as
//! it always was: service, resource and amount.

use serde::{Deserialize, Serialize};
use tallyport_ledger::{Currency, DraftLine, Exact, LineKind, Money, PricedBy, Quantity};

use super::frozen::{FrozenCost, unreadable};
use crate::WorkspaceError;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenLine {
    /// What it is; a cost where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    pub service: String,
    pub resource: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How much of which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<String>,
    pub exact: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    #[serde(default, skip_serializing_if = "is_first")]
    pub tax: u8,
    /// Part and reason, by a price book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priced: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<u32>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the form that serde asks for"
)]
const fn is_first(treatment: &u8) -> bool {
    *treatment == 0
}

impl FrozenLine {
    pub fn of(line: &DraftLine) -> Self {
        let DraftLine {
            kind,
            service,
            resource,
            text,
            quantity,
            unit_price,
            exact,
            cost,
            tax,
            priced,
            credits,
        } = line.clone();
        let decimal = |amount: Money| amount.to_decimal(0);
        Self {
            kind: (kind != LineKind::Cost).then(|| kind.word().to_owned()),
            service,
            resource,
            text,
            quantity: quantity.map(|much| (much.amount.to_string(), much.unit)),
            unit_price: unit_price.map(decimal),
            exact: decimal(exact),
            cost: cost.map(decimal),
            tax,
            priced: priced.map(|by| (by.part, by.why)),
            credits,
        }
    }

    /// What it is.
    pub fn kind_of(&self) -> Result<LineKind, WorkspaceError> {
        let said = self.kind.as_ref().map(|word| word.parse());
        said.unwrap_or(Ok(LineKind::Cost)).map_err(|_| unreadable())
    }

    pub fn is_cost(&self) -> bool {
        self.kind.is_none()
    }

    /// The cost that it passes on as it is.
    pub fn cost_as_charged(&self) -> FrozenCost {
        FrozenCost {
            service: self.service.clone(),
            resource: self.resource.clone(),
            exact: self.exact.clone(),
        }
    }

    /// The line; `costs` is the currency of the provider's bill.
    pub fn line(&self, currency: Currency, costs: Currency) -> Result<DraftLine, WorkspaceError> {
        let quantity = |(amount, unit): &(String, String)| {
            Ok::<_, WorkspaceError>(Quantity {
                amount: Exact::parse(amount.as_bytes()).map_err(|_| unreadable())?,
                unit: unit.clone(),
            })
        };
        let money = |amount: &Option<String>, currency| {
            let amount = amount.as_ref().map(|text| Money::parse(text, currency));
            amount.transpose()
        };
        Ok(DraftLine {
            kind: self.kind_of()?,
            service: self.service.clone(),
            resource: self.resource.clone(),
            text: self.text.clone(),
            quantity: self.quantity.as_ref().map(quantity).transpose()?,
            unit_price: money(&self.unit_price, currency)?,
            exact: Money::parse(&self.exact, currency)?,
            cost: money(&self.cost, costs)?,
            tax: self.tax,
            priced: self
                .priced
                .clone()
                .map(|(part, why)| PricedBy { part, why }),
            credits: self.credits,
        })
    }
}
