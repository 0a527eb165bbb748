//! What somebody is told: once, and again only when there is a reason to.

use jiff::{Timestamp, ToSpan, Zoned, tz::TimeZone};

use crate::Money;
use crate::budget::Standing;
use crate::charge::words;

/// Identifies an alert in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AlertId(pub i64);

words!(
    /// What an alert is about.
    AlertKind, "a kind of alert" {
        /// A threshold on what is spent was reached.
        BudgetActual = 1 "budget_actual",
        /// A threshold on what is expected to be spent was reached.
        BudgetForecast = 2 "budget_forecast",
        /// Something unusual was charged.
        Anomaly = 3 "anomaly",
        /// What there was in a day.
        Digest = 4 "digest",
        /// A key with which somebody of a tenant's signs in is to be changed.
        TenantKey = 5 "tenant_key",
        /// The last day of somebody of a tenant's is over.
        TenantUser = 6 "tenant_user",
        /// A tenant is near what it may use, or there.
        TenantQuota = 7 "tenant_quota",
    }
);

words!(
    /// How urgent it is; in order.
    Severity, "a severity (notice, warning or urgent)" {
        /// Good to know.
        Notice = 1 "notice",
        /// Worth a look.
        Warning = 2 "warning",
        /// Act now.
        Urgent = 3 "urgent",
    }
);

words!(
    /// What became of an alert.
    AlertState, "an alert's state" {
        /// Nobody has answered it.
        Open = 1 "open",
        /// Somebody has seen to it.
        Acknowledged = 2 "acknowledged",
        /// Somebody wants to hear of it later.
        Snoozed = 3 "snoozed",
        /// What it told is so no longer.
        Cleared = 4 "cleared",
    }
);

/// What goes out on a channel: one or several alerts as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// One line.
    pub title: String,
    /// A few sentences.
    pub text: String,
    /// That of the most urgent.
    pub severity: Severity,
    /// What it tells of; none in a test.
    pub alerts: Vec<AlertId>,
    /// Where in the window it leads.
    pub place: String,
    /// Figures, where there are several.
    pub lines: Vec<NoticeLine>,
}

/// A figure of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeLine {
    /// What it is of.
    pub label: String,
    /// How much.
    pub amount: Money,
}

/// What is known of an alert that was raised before, under the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised {
    /// Whether what it told still holds.
    pub live: bool,
    /// Whether reaching the threshold again is to be told again.
    pub armed: bool,
}

/// How something stands that is told by how urgent it is, and not by an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// It is so, and so urgent.
    Holds(Severity),
    /// It is so no longer, by so little that it is not taken back yet.
    Lingers,
    /// It is not so.
    Gone,
}

/// What is to be done about one key: budget, threshold, period and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Nothing,
    /// Raise it: tell everybody, for the first time.
    Raise,
    /// Tell everybody once more: it was left behind and reached again.
    RaiseAgain,
    /// It holds again, and was told before: show it, tell nobody.
    Reopen,
    /// What it told is so no longer.
    Clear,
}

impl Step {
    /// What to do, by what was raised before and how the amount stands now.
    #[must_use]
    pub const fn of(before: Option<Raised>, standing: Standing) -> Self {
        match (before, standing) {
            (None, Standing::Reached) => Self::Raise,
            (Some(Raised { live: false, armed }), Standing::Reached) => {
                if armed {
                    Self::RaiseAgain
                } else {
                    Self::Reopen
                }
            }
            (Some(Raised { live: true, .. }), Standing::Below) => Self::Clear,
            _ => Self::Nothing,
        }
    }

    /// What to do, by what was raised before and how it stands now: what has become more urgent is told again.
    #[must_use]
    pub fn graded(before: Option<(Raised, Severity)>, now: Grade) -> Self {
        match (before, now) {
            (None, Grade::Holds(_)) => Self::Raise,
            (Some((Raised { live: true, .. }, told)), Grade::Holds(severity))
                if severity > told =>
            {
                Self::RaiseAgain
            }
            (Some((Raised { live: false, armed }, _)), Grade::Holds(_)) => {
                if armed {
                    Self::RaiseAgain
                } else {
                    Self::Reopen
                }
            }
            (Some((Raised { live: true, .. }, _)), Grade::Gone) => Self::Clear,
            _ => Self::Nothing,
        }
    }

    /// Whether everybody is told.
    #[must_use]
    pub const fn tells(self) -> bool {
        matches!(self, Self::Raise | Self::RaiseAgain)
    }
}

/// Whether, after an alert was cleared, reaching its threshold again is told again. A forecast comes and
/// goes with what is expected, and a tenant's use with what it does; what is spent falls only because a bill was
/// restated, and was told. A budget with other terms is another matter.
#[must_use]
pub const fn armed_when_cleared(kind: AlertKind, other_terms: bool) -> bool {
    match kind {
        AlertKind::BudgetForecast
        | AlertKind::TenantKey
        | AlertKind::TenantUser
        | AlertKind::TenantQuota => true,
        AlertKind::BudgetActual | AlertKind::Anomaly | AlertKind::Digest => other_terms,
    }
}

/// This time tomorrow on the clocks of `zone`, also across the days on which they are changed.
#[must_use]
pub fn a_day_later(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let here = Zoned::new(now, zone.clone());
    here.checked_add(1.day())
        .map_or(now, |tomorrow| tomorrow.timestamp())
}
