//! A column as moments.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use jiff::Span;
use jiff::civil::{Date, date};
use tallyport_ledger::Texts;

use super::texts::{TextColumn, whole_value};
use crate::fields::{self, Fault, Moment};

/// What numbers a column of moments is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// So many in a second, since 1970.
    Ticks(i64),
    /// Days since 1970.
    Days,
    /// Texts, numbered.
    Texts,
}

/// What stands for an empty field.
pub(super) const EMPTY: i64 = i64::MIN;

impl Kind {
    /// The kind of a column that is no text.
    pub(super) const fn of(kind: &DataType) -> Option<Self> {
        Some(match kind {
            DataType::Timestamp(unit, _) => Self::Ticks(match unit {
                TimeUnit::Second => 1,
                TimeUnit::Millisecond => 1_000,
                TimeUnit::Microsecond => 1_000_000,
                TimeUnit::Nanosecond => 1_000_000_000,
            }),
            DataType::Date32 => Self::Days,
            _ => return None,
        })
    }
}

/// Reads one column of moments.
pub(super) struct MomentColumn {
    pub(super) kind: Kind,
    texts: Texts,
    column: TextColumn,
    pub(super) raw: Vec<i64>,
}

impl MomentColumn {
    pub(super) fn new() -> Self {
        Self {
            kind: Kind::Texts,
            texts: Texts::new(),
            column: TextColumn::default(),
            raw: Vec::new(),
        }
    }

    /// Takes the rows of a column in as numbers.
    pub(super) fn read(&mut self, array: &ArrayRef) -> Result<(), &'static str> {
        self.raw.clear();
        self.kind = Kind::of(array.data_type()).unwrap_or(Kind::Texts);
        match self.kind {
            Kind::Texts => {
                let raw = &mut self.raw;
                self.column.number(array, &mut self.texts, |_, number| {
                    raw.push(i64::from(number))
                })?;
                return Ok(());
            }
            Kind::Days => {
                let days = |row| whole_value(array, row).and_then(|days| i64::try_from(days).ok());
                self.raw
                    .extend((0..array.len()).map(|row| days(row).unwrap_or(EMPTY)));
            }
            Kind::Ticks(_) => {
                let DataType::Timestamp(unit, _) = array.data_type() else {
                    return Ok(());
                };
                let values = match unit {
                    TimeUnit::Second => array.as_primitive::<TimestampSecondType>().values(),
                    TimeUnit::Millisecond => {
                        array.as_primitive::<TimestampMillisecondType>().values()
                    }
                    TimeUnit::Microsecond => {
                        array.as_primitive::<TimestampMicrosecondType>().values()
                    }
                    TimeUnit::Nanosecond => {
                        array.as_primitive::<TimestampNanosecondType>().values()
                    }
                };
                self.raw.extend_from_slice(values);
            }
        }
        if let Some(nulls) = array.nulls().filter(|nulls| nulls.null_count() > 0) {
            for (row, raw) in self.raw.iter_mut().enumerate() {
                if nulls.is_null(row) {
                    *raw = EMPTY;
                }
            }
        }
        Ok(())
    }

    /// The moment that a number stands for; `None` for an empty field.
    pub(super) fn moment(&self, column: usize, raw: i64) -> Result<Option<Moment>, Fault> {
        match self.kind {
            Kind::Texts => {
                let text = u32::try_from(raw).map_or("", |number| self.texts.get(number));
                fields::moment(column, text)
            }
            _ if raw == EMPTY => Ok(None),
            kind => match moment(kind, raw) {
                Some(moment) => fields::in_years(column, moment).map(Some),
                None => Err(Fault {
                    column: Some(column),
                    reason: format!("{raw} is no date"),
                }),
            },
        }
    }
}

/// The moment so many days or ticks after the start of 1970.
fn moment(kind: Kind, raw: i64) -> Option<Moment> {
    let (days, second) = match kind {
        Kind::Ticks(a_second) => {
            let (seconds, rest) = (raw.div_euclid(a_second), raw.rem_euclid(a_second));
            let second = u32::try_from(seconds.rem_euclid(86_400)).ok()?;
            (seconds.div_euclid(86_400), second + u32::from(rest > 0))
        }
        Kind::Days => (raw, 0),
        Kind::Texts => return None,
    };
    const EPOCH: Date = date(1970, 1, 1);
    let day = EPOCH.checked_add(Span::new().try_days(days).ok()?).ok()?;
    Some(Moment { day, second })
}

/// A moment as a text such as readers of texts know.
pub(super) fn text(kind: Kind, raw: i64) -> Option<String> {
    let Moment { day, second } = moment(kind, raw)?;
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    Some(format!("{day}T{hour:02}:{minute:02}:{:02}Z", second % 60))
}
