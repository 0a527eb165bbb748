use std::fmt;

/// How a forecast is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// Not at all: the reason says why.
    None,
    /// Each day as the same weekday of last week.
    SeasonalNaive,
    /// Exponential smoothing with a damped trend, on days freed of their weekday.
    Ets,
    /// A trend of smoothed weeks and weekdays that change with time.
    Mstl,
    /// The theta method: smoothing with half of the long trend.
    Theta,
    /// Ours: weekdays, charges of certain days of the month and single spikes set apart.
    Calendar,
    /// Ours, and the course of the same weeks a year before.
    Yearly,
    /// The mean of the methods that were about as good as the best.
    Blend,
}

/// Why there is no forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Too few days.
    #[error(
        "a forecast needs {} days of costs and there are {days}",
        super::fill::LEAST_DAYS
    )]
    TooShort {
        /// As many there are.
        days: usize,
    },
}

impl Method {
    /// Its name on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::SeasonalNaive => "seasonal_naive",
            Self::Ets => "ets",
            Self::Mstl => "mstl",
            Self::Theta => "theta",
            Self::Calendar => "calendar",
            Self::Yearly => "yearly",
            Self::Blend => "blend",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
