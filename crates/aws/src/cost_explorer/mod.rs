//! Cost Explorer: the bill of a payer where there is no export, at $0.01 a request.
//!
//! One partition of the bill, so that nothing counts twice. A control call asks for every account
//! and record type, and brings the accounts' names along. Without an allocation tag, consumption
//! comes by account and service, and the other record types (tax, credits, fees) as the control
//! call has them: two paid calls. With some, consumption comes account by account, by service and
//! tag value, and the other record types by service. The parts must add up to the control call,
//! which alone is also what a month is reconciled with.

mod ask;
mod cost;
mod fetch;
mod observe;
mod plan;
mod record_type;
mod values;

pub use fetch::{Ask, Fetched, Step, fetch};
pub use observe::{Observed, ObservedCost, observe};
pub use plan::{KnownPeriod, Plan, plan, price as price_of};
pub use values::{FilterBy, check_values};

pub use crate::pace::{BURST, RATE};
