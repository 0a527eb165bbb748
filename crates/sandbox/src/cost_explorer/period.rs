//! Periods: what may be asked for, and how it is cut.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Refusal;
use super::request::TimePeriod;

/// A period whose end is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub start: Date,
    pub end: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Granularity {
    Daily,
    Monthly,
}

impl Granularity {
    pub fn read(name: Option<&str>) -> Result<Self, Refusal> {
        match name {
            Some("DAILY") => Ok(Self::Daily),
            Some("MONTHLY") => Ok(Self::Monthly),
            Some("HOURLY") => Err(Refusal::invalid(
                "Hourly data is not enabled for this account. Enable hourly granularity in the cost management preferences.",
            )),
            other => Err(Refusal::invalid(format!(
                "Granularity must be DAILY, MONTHLY or HOURLY, not {}.",
                other.unwrap_or("nothing")
            ))),
        }
    }
}

impl Period {
    /// Reads a period and checks it as Cost Explorer does: thirteen months and the current one.
    pub fn read(asked: Option<&TimePeriod>, today: Date) -> Result<Self, Refusal> {
        let asked = asked.ok_or_else(|| Refusal::invalid("TimePeriod is required."))?;
        let (start, end) = (read_date(&asked.start)?, read_date(&asked.end)?);
        if start >= end {
            return Err(Refusal::invalid(
                "Start date (and hour) should be before end date (and hour)",
            ));
        }
        if start > today {
            return Err(Refusal::invalid(
                "Start date (and hour) cannot be after current date (and hour)",
            ));
        }
        let this_month = today.first_of_month();
        if start < this_month.saturating_sub(13.months()) {
            return Err(Refusal::invalid(
                "You haven't enabled historical data beyond 14 months",
            ));
        }
        if end > this_month.saturating_add(1.month()) {
            return Err(Refusal::invalid(
                "end date past the beginning of next month",
            ));
        }
        Ok(Self { start, end })
    }

    /// The days or months of the period; the first and last month may be parts.
    pub fn cut(self, granularity: Granularity) -> Vec<Self> {
        let mut periods = vec![];
        let mut start = self.start;
        while start < self.end {
            let next = match granularity {
                Granularity::Daily => start.tomorrow().unwrap_or(self.end),
                Granularity::Monthly => start.first_of_month().saturating_add(1.month()),
            };
            let end = next.min(self.end);
            periods.push(Self { start, end });
            start = end;
        }
        periods
    }

    pub fn written(self) -> TimePeriod {
        TimePeriod {
            start: self.start.to_string(),
            end: self.end.to_string(),
        }
    }
}

fn read_date(text: &str) -> Result<Date, Refusal> {
    let is_day = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| {
            if matches!(at, 4 | 7) {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    text.parse().ok().filter(|_| is_day).ok_or_else(|| {
        Refusal::invalid(format!(
            "Time period must be a day in the form yyyy-MM-dd, not {text}."
        ))
    })
}
