//! Limits for what is spent: whom they are about, for how long, how much, and at which points somebody
//! is told. Budgets run in UTC, as bills do.

mod limit;
mod span;
mod threshold;

pub use limit::{Limit, LimitError, used_per_mille};
pub use span::BudgetPeriod;
pub use threshold::{At, MARGIN, Standing, Threshold};

use jiff::civil::Date;

use crate::charge::words;
use crate::{Currency, Metric};

/// Identifies a budget in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BudgetId(pub i64);

/// Identifies a threshold of a budget in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThresholdId(pub i64);

words!(
    /// What a budget is about.
    ScopeKind, "a budget's scope (all, person, team, client, tenant, tag or service)" {
        /// Everything.
        All = 1 "all",
        /// What a person owns.
        Person = 2 "person",
        /// What a team owns, and what its members own on the day.
        Team = 3 "team",
        /// What is on a client's bills.
        Client = 4 "client",
        /// What a tenant owns.
        Tenant = 5 "tenant",
        /// What carries a tag.
        Tag = 6 "tag",
        /// What a service costs.
        Service = 7 "service",
    }
);

words!(
    /// What a threshold is held against.
    Measure, "what a threshold is on (actual or forecast)" {
        /// What is spent.
        Actual = 1 "actual",
        /// What the whole period is expected to cost.
        Forecast = 2 "forecast",
    }
);

words!(
    /// How a budget stands.
    BudgetState, "a budget's state" {
        /// Well below its limit.
        Ok = 1 "ok",
        /// At 80 % or at one of its thresholds.
        Near = 2 "near",
        /// At its limit or above.
        Over = 3 "over",
        /// Below its limit, but expected to end above it.
        HeadingOver = 4 "heading_over",
        /// Nothing is known of the period.
        NoData = 5 "no_data",
    }
);

/// What of a scope's charges counts towards a budget, and from when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// The currency: charges in others do not count.
    pub currency: Currency,
    /// Billed or effective cost.
    pub metric: Metric,
    /// Whether credits count.
    pub credits: bool,
    /// Whether tax counts.
    pub tax: bool,
    /// The first day.
    pub starts: Date,
}

/// From how many per mille of its limit on a budget is near it.
const NEAR: i128 = 800;

impl BudgetState {
    /// How a budget stands that has used `used` per mille of its limit (`None`: there is none to use),
    /// may have reached a threshold and may be expected above its limit.
    #[must_use]
    pub const fn of(used: Option<i128>, reached: bool, heading_over: bool) -> Self {
        match used {
            Some(used) if used >= 1000 => Self::Over,
            _ if heading_over => Self::HeadingOver,
            Some(used) if used >= NEAR => Self::Near,
            _ if reached => Self::Near,
            _ => Self::Ok,
        }
    }

    /// How endangered it is: the less, the more.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Over => 0,
            Self::HeadingOver => 1,
            Self::Near => 2,
            Self::Ok => 3,
            Self::NoData => 4,
        }
    }

    /// Whether somebody should look at it.
    #[must_use]
    pub const fn is_at_risk(self) -> bool {
        matches!(self, Self::Over | Self::HeadingOver | Self::Near)
    }
}
