//! Dates as the sandbox's files hold them: `2026-11-21`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date that is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Written(pub Date);

impl From<Date> for Written {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl From<Written> for String {
    fn from(date: Written) -> Self {
        date.0.to_string()
    }
}

impl TryFrom<String> for Written {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}
