use jiff::civil::Date;

use super::TenantId;
use crate::pricing::{Usage, UsageUnit};
use crate::{Exact, ExactError};

/// What a tenant used on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageDay {
    /// Who.
    pub tenant: TenantId,
    /// The day, in UTC.
    pub day: Date,
    /// What was kept at the end of it, older versions and unfinished parts included.
    pub stored_bytes: u64,
    /// What was sent.
    pub uploaded_bytes: u64,
    /// What was fetched.
    pub downloaded_bytes: u64,
    /// How many files were opened, listed or changed.
    pub requests: u64,
    /// How many users could sign in.
    pub users: u32,
}

/// What price books charge for, in their units: a gigabyte is 1,000,000,000 bytes.
///
/// # Errors
/// More than any bill can hold.
pub fn usage_of(day: &UsageDay) -> Result<[Usage; 3], ExactError> {
    let moved = i128::from(day.uploaded_bytes) + i128::from(day.downloaded_bytes);
    let of = |unit, quantity| Usage {
        day: day.day,
        unit,
        quantity,
    };
    // A byte is a gigabyte's nano-unit.
    Ok([
        of(
            UsageUnit::GbStored,
            Exact::from_nanos(i128::from(day.stored_bytes))?,
        ),
        of(UsageUnit::GbMoved, Exact::from_nanos(moved)?),
        of(
            UsageUnit::User,
            Exact::from_digits(false, u64::from(day.users), 0)?,
        ),
    ])
}
