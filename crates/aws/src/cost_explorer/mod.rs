//! Cost Explorer: the bill of a payer where there is no export, at $0.01 a request.
//!
//! One partition of the bill, so that nothing counts twice. A control call asks for every account
//! and record type. Without an allocation tag, consumption comes by account and service, and the
//! other record types (tax, credits, fees) as the control call has them: three paid calls. With
//! some, consumption comes account by account, by service and tag value, and the other record
//! types by service. The parts must add up to the control call.

mod ask;
mod cost;
mod fetch;
mod plan;
mod record_type;

pub use fetch::{Ask, Fetched, Step, fetch};
pub use plan::{KnownPeriod, Plan, plan};
