//! What a field says: text, amount, day, currency.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::{Date, DateTime, Time};
use tallyport_ledger::{BillingPeriod, Currency, Exact, ExactError, LoadError, TagSet};

use crate::row::Row;

/// What is wrong with a row.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) column: Option<usize>,
    pub(crate) reason: String,
}

/// Why a row is not added.
#[derive(Debug)]
pub(crate) enum RowError {
    /// The row is at fault.
    Bad(Fault),
    /// The file cannot be held.
    Full(LoadError),
}

impl From<Fault> for RowError {
    fn from(fault: Fault) -> Self {
        Self::Bad(fault)
    }
}

impl From<LoadError> for RowError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Id(id) => Self::Bad(Fault {
                column: None,
                reason: id.to_string(),
            }),
            other => Self::Full(other),
        }
    }
}

fn fault(column: usize, reason: impl Into<String>) -> Fault {
    Fault {
        column: Some(column),
        reason: reason.into(),
    }
}

/// A text as it may be shown: short, without control characters.
pub(crate) fn shown(text: &str) -> String {
    let mut short: String = text
        .chars()
        .take(40)
        .flat_map(|c| {
            if c.is_control() {
                c.escape_default().collect::<Vec<_>>()
            } else {
                vec![c]
            }
        })
        .collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

/// The longest text that a dimension may have.
const LONGEST_TEXT: usize = 2_048;

impl<'a> Row<'a> {
    /// A field's text, trimmed; `NULL` stands for an empty one.
    pub(crate) fn text(&self, at: usize) -> Result<&'a str, Fault> {
        let text = self.any_text(at);
        if text.len() > LONGEST_TEXT {
            return Err(fault(at, "it is longer than 2,048 bytes"));
        }
        if !self.plain && text.chars().any(char::is_control) {
            return Err(fault(at, "it contains control characters"));
        }
        Ok(text)
    }

    /// As [`Row::text`], empty where the file has no such column.
    pub(crate) fn text_of(&self, at: Option<usize>) -> Result<&'a str, Fault> {
        at.map_or(Ok(""), |at| self.text(at))
    }

    /// A field's text, trimmed, of any length and with anything in it.
    pub(crate) fn any_text(&self, at: usize) -> &'a str {
        trimmed(self.field(at))
    }

    /// Words for people: line breaks and tabs in them become spaces, too long ones are cut.
    pub(crate) fn words<'w>(
        &self,
        at: Option<usize>,
        scratch: &'w mut String,
    ) -> Result<&'w str, Fault>
    where
        'a: 'w,
    {
        let Some(at) = at else { return Ok("") };
        let text = self.any_text(at);
        if self.plain && text.len() <= LONGEST_TEXT {
            return Ok(text);
        }
        scratch.clear();
        for c in text.chars() {
            if scratch.len() + c.len_utf8() > LONGEST_TEXT {
                break;
            }
            if matches!(c, '\n' | '\r' | '\t') {
                scratch.push(' ');
            } else if c.is_control() {
                return Err(fault(at, "it contains control characters"));
            } else {
                scratch.push(c);
            }
        }
        Ok(scratch)
    }

    /// A text that must not be empty.
    pub(crate) fn required_text(&self, at: usize) -> Result<&'a str, Fault> {
        match self.text(at)? {
            "" => Err(fault(at, "it is empty")),
            text => Ok(text),
        }
    }

    /// A moment that must be there.
    pub(crate) fn moment(&self, at: usize) -> Result<Moment, Fault> {
        self.optional_moment(at)?
            .ok_or_else(|| fault(at, "it is empty, and a date is needed"))
    }

    /// A moment; `None` where the field is empty.
    pub(crate) fn optional_moment(&self, at: usize) -> Result<Option<Moment>, Fault> {
        moment(at, self.any_text(at))
    }

    /// The billing period that a moment at its start names.
    pub(crate) fn period(&self, at: usize) -> Result<BillingPeriod, Fault> {
        BillingPeriod::of(self.moment(at)?.day).map_err(|error| fault(at, error.to_string()))
    }

    /// A currency.
    pub(crate) fn currency(&self, at: usize) -> Result<Currency, Fault> {
        let text = self.required_text(at)?;
        text.parse()
            .map_err(|error: tallyport_ledger::CurrencyError| fault(at, error.to_string()))
    }

    /// A word of a small set.
    pub(crate) fn word<T: std::str::FromStr<Err = String>>(&self, at: usize) -> Result<T, Fault> {
        self.required_text(at)?
            .parse()
            .map_err(|error: String| fault(at, error))
    }
}

/// A text without the blanks around it; `NULL` stands for an empty one.
pub(crate) fn trimmed(text: &str) -> &str {
    // Nothing is to be trimmed from most fields, and most are not four letters long.
    let text = match text.as_bytes() {
        [] | [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim_ascii(),
    };
    if text.len() == 4 && matches!(text, "NULL" | "null") {
        return "";
    }
    text
}

/// A figure; `None` where the field is empty. A quantity may be larger than an amount.
pub(crate) fn figure(at: usize, text: &str, is_quantity: bool) -> Result<Option<Exact>, Fault> {
    let text = trimmed(text);
    if text.is_empty() {
        return Ok(None);
    }
    match Exact::parse(text.as_bytes()) {
        Ok(figure) if is_quantity => Ok(Some(figure)),
        Ok(figure) => amount(at, figure).map(Some),
        Err(error) => Err(not_a_number(at, text, error)),
    }
}

/// An amount that the ledger can hold.
pub(crate) fn amount(at: usize, figure: Exact) -> Result<Exact, Fault> {
    if is_holdable(figure) {
        Ok(figure)
    } else {
        Err(fault(at, "amounts beyond 9,223,372,036 cannot be held"))
    }
}

/// A moment; `None` where the text is empty.
pub(crate) fn moment(at: usize, text: &str) -> Result<Option<Moment>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    let Some(moment) = Moment::parse(text.as_bytes()) else {
        let reason = format!("\"{}\" is not a date such as 2026-01-31", shown(text));
        return Err(fault(at, reason));
    };
    in_years(at, moment).map(Some)
}

/// A moment of the years that bills can be of.
pub(crate) fn in_years(at: usize, moment: Moment) -> Result<Moment, Fault> {
    if YEARS.contains(&moment.day.year()) {
        Ok(moment)
    } else {
        let reason = format!("{} lies outside the years 2006 to 2199", moment.day);
        Err(fault(at, reason))
    }
}

/// The days from one moment to just before another: the first, and the last where it is later.
pub(crate) fn days(
    start: Moment,
    end: Option<(usize, Moment)>,
) -> Result<(Date, Option<Date>), Fault> {
    let Some((at, end)) = end else {
        return Ok((start.day, None));
    };
    if (end.day, end.second) < (start.day, start.second) {
        let reason = format!("it ends on {}, before it starts on {}", end.day, start.day);
        return Err(fault(at, reason));
    }
    // Ends are exclusive: what ends at midnight ends the day before.
    let last = if end.second == 0 {
        end.day.yesterday().unwrap_or(end.day)
    } else {
        end.day
    };
    Ok((start.day, (last > start.day).then_some(last)))
}

fn not_a_number(at: usize, text: &str, error: ExactError) -> Fault {
    let what = match error {
        ExactError::NotANumber => "is not a decimal number",
        ExactError::TooLarge => "is too large a number",
    };
    fault(at, format!("\"{}\" {what}", shown(text)))
}

/// The years that bills can be of.
const YEARS: RangeInclusive<i16> = 2006..=2199;

/// Whether an amount fits the ledger's 64 bits of nano-units.
pub(crate) fn is_holdable(amount: Exact) -> bool {
    (Exact::LARGEST_AMOUNT.negated()..=Exact::LARGEST_AMOUNT).contains(&amount)
}

/// A day and a second of it, in UTC. Sources write them in many ways; those without a zone mean UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) day: Date,
    /// The second of the day, one more where a fraction of it has passed.
    pub(crate) second: u32,
}

impl Moment {
    /// Reads `2024-09-18`, `2024-09-18 22:00:00`, `2024-09-18T22:00:00.000Z`, `…+02:00`.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let day = Date::new(
            i16::try_from(number(text.get(..4)?)?).ok()?,
            i8::try_from(number(dashed(text, 4)?)?).ok()?,
            i8::try_from(number(dashed(text, 7)?)?).ok()?,
        )
        .ok()?;
        let rest = match text.get(10..)? {
            [] => return Some(Self { day, second: 0 }),
            [b'T' | b' ', rest @ ..] => rest,
            _ => return None,
        };
        let hour = number(rest.get(..2)?)?;
        let minute = match rest.get(2..5)? {
            [b':', digits @ ..] => number(digits)?,
            _ => return None,
        };
        let mut rest = &rest[5..];
        let mut second = 0;
        if let [b':', a, b, after @ ..] = rest {
            second = number(&[*a, *b])?;
            rest = after;
        }
        let mut begun = 0;
        if let [b'.', after @ ..] = rest {
            let digits = after.iter().take_while(|b| b.is_ascii_digit()).count();
            if digits == 0 {
                return None;
            }
            begun = u32::from(after[..digits].iter().any(|b| *b != b'0'));
            rest = &after[digits..];
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let moment = Self {
            day,
            second: hour * 3_600 + minute * 60 + second + begun,
        };
        match rest {
            [] | [b'Z'] | b"+00:00" | b"+0000" | b" UTC" => Some(moment),
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let minutes = number(&[*h1, *h2])? * 60 + number(&[*m1, *m2])?;
                moment.shifted(*sign == b'-', minutes)
            }
            _ => None,
        }
    }

    /// Takes an offset from UTC off.
    fn shifted(self, later: bool, minutes: u32) -> Option<Self> {
        if minutes >= 24 * 60 {
            return None;
        }
        let minutes = i64::from(minutes);
        // A span carries one sign for all its units, so the two are added one after the other.
        let seconds = jiff::Span::new().try_seconds(self.second).ok()?;
        let offset = jiff::Span::new()
            .try_minutes(if later { minutes } else { -minutes })
            .ok()?;
        let moved = DateTime::from_parts(self.day, Time::midnight())
            .checked_add(seconds)
            .ok()?
            .checked_add(offset)
            .ok()?;
        let time = moved.time();
        let part = |n: i8| u32::try_from(n).ok();
        Some(Self {
            day: moved.date(),
            second: part(time.hour())? * 3_600 + part(time.minute())? * 60 + part(time.second())?,
        })
    }
}

/// The two digits after a dash at `at`.
fn dashed(text: &[u8], at: usize) -> Option<&[u8]> {
    match text.get(at..at + 3)? {
        [b'-', digits @ ..] => Some(digits),
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |value, digit| {
        let digit = digit.checked_sub(b'0').filter(|d| *d <= 9)?;
        value.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

/// Reads tags written as a JSON object; values are kept as they are written.
pub(crate) fn tags(column: usize, json: &str) -> Result<TagSet, Fault> {
    let map: BTreeMap<String, serde_json::Value> = serde_json::from_str(json)
        .map_err(|_| fault(column, format!("\"{}\" is not a JSON object", shown(json))))?;
    map.into_iter()
        .map(|(key, value)| {
            let value = match value {
                serde_json::Value::String(text) => text,
                serde_json::Value::Null => String::new(),
                serde_json::Value::Bool(value) => value.to_string(),
                serde_json::Value::Number(value) => value.to_string(),
                _ => return Err(fault(column, "a tag's value is not a text")),
            };
            if key.chars().chain(value.chars()).any(char::is_control) {
                return Err(fault(column, "a tag contains control characters"));
            }
            Ok((key, value))
        })
        .collect()
}
