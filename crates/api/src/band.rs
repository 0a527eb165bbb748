//! What is expected, and how sure that is: of a month, of a budget's period.

use serde::Serialize;
use tallyport_workspace::forecast;
use utoipa::ToSchema;

use crate::wire::Amount;

/// What is expected, and how sure that is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Band {
    /// Expected.
    pub expected: Amount,
    /// It ends above in 90 of 100 cases.
    pub low80: Amount,
    /// It ends below in 90 of 100 cases.
    pub high80: Amount,
    /// It ends above in 97.5 of 100 cases.
    pub low95: Amount,
    /// It ends below in 97.5 of 100 cases.
    pub high95: Amount,
}

impl From<forecast::Band> for Band {
    fn from(band: forecast::Band) -> Self {
        let forecast::Band {
            expected,
            low80,
            high80,
            low95,
            high95,
        } = band;
        Self {
            expected: expected.into(),
            low80: low80.into(),
            high80: high80.into(),
            low95: low95.into(),
            high95: high95.into(),
        }
    }
}
