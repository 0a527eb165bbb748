//! A row's forecast, laid beside what is known.

use jiff::ToSpan;
use jiff::civil::Date;
use tallyport_insight::{Band, Forecast, Method, recurring};
use tallyport_ledger::{BillingPeriod, Money};

use super::{History, MonthOutlook, OutlookDay, ROWS, RowForecast, STALE, Tried};
use crate::WorkspaceError;

/// A forecast, or why there is none.
pub struct Outlook {
    forecast: Result<Forecast, String>,
    /// The last day that was taken as it is.
    settled_to: Option<Date>,
}

impl Outlook {
    /// What `history` lets expect until `until`.
    pub fn of(tried: &Tried, history: &History, today: Date, until: Date) -> Self {
        let Some(usage) = &history.usage else {
            return Self::none("no day is billed in full yet".to_owned());
        };
        let behind = (today - usage.last_day()).get_days();
        if behind > STALE {
            return Self::none(format!(
                "the bills that are loaded end on {}, {behind} days ago",
                usage.last_day()
            ));
        }
        let said = tried.of(usage).forecast(usage, until);
        let forecast = match &said.reason {
            Some(reason) => Err(reason.to_string()),
            None => {
                let scheduled = recurring(&history.events, usage, &said, until);
                Ok(said.with(&scheduled))
            }
        };
        Self {
            forecast,
            settled_to: Some(usage.last_day()),
        }
    }

    /// Of a row that is too small to be looked at.
    pub fn left_out() -> Self {
        Self::none(format!("only the {ROWS} largest are forecast"))
    }

    fn none(reason: String) -> Self {
        Self {
            forecast: Err(reason),
            settled_to: None,
        }
    }

    /// The row with its months.
    pub fn row(
        &self,
        history: &History,
        today: Date,
        until: Date,
    ) -> Result<RowForecast, WorkspaceError> {
        let running = BillingPeriod::of(today)?;
        let mut months = Vec::new();
        let mut month = running;
        while month.first_day() <= until {
            months.push(MonthOutlook {
                month,
                actual: history.spent(month.first_day(), month.last_day()),
                band: self.month(history, month),
            });
            month = month.next()?;
        }
        let forecast = self.forecast.as_ref();
        Ok(RowForecast {
            name: history.name.clone(),
            method: forecast.map_or(Method::None, |forecast| forecast.method),
            reason: forecast.err().cloned(),
            backtest: forecast.ok().and_then(|forecast| forecast.backtest),
            so_far: history.spent(running.first_day(), running.last_day()),
            months,
        })
    }

    /// What a month will have cost: the days that are settled, and what is expected of the others.
    fn month(&self, history: &History, month: BillingPeriod) -> Option<Band> {
        let forecast = self.forecast.as_ref().ok()?;
        let settled = self.settled_to?.min(month.last_day());
        let spent = history.spent(month.first_day(), settled);
        let rest = forecast.total(month.first_day(), month.last_day())?;
        Some(rest.plus(spent))
    }

    /// Day by day, from the month before the last settled day's on.
    pub fn days(&self, history: &History, until: Date) -> Result<Vec<OutlookDay>, WorkspaceError> {
        let settled = self.settled_to.unwrap_or(history.known_to);
        let first = BillingPeriod::of(settled)?.previous()?.first_day();
        let nothing = Money::zero(history.currency());
        let expected = self
            .forecast
            .as_ref()
            .map(|forecast| forecast.days.as_slice());
        let mut expected = expected.unwrap_or_default().iter().peekable();
        let last = if expected.peek().is_some() {
            until
        } else {
            history.known_to
        };
        let mut days = Vec::new();
        for day in first.series(1.day()).take_while(|day| *day <= last) {
            let band = expected
                .next_if(|next| next.day == day)
                .map(|next| next.band);
            let known = day <= history.known_to;
            days.push(OutlookDay {
                day,
                actual: known.then(|| history.actual.get(&day).copied().unwrap_or(nothing)),
                band,
            });
        }
        Ok(days)
    }
}
