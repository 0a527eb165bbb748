//! The standard rates that the program knows: facts with a source and the day they were written down. A table
//! that a person enters counts instead.

use jiff::civil::Date;

use super::{TaxCategory, TaxPeriod, TaxTable};
use crate::{TaxRate, Validity};

/// Where the rates are from.
pub const KNOWN_RATES_SOURCE: &str = "standard rates as the tax authorities publish them, collected by hand: look at \
     your own before you rely on it";
/// When they were written down.
pub const KNOWN_RATES_CHECKED: Date = jiff::civil::date(2026, 11, 22);

/// Country, parts per million, the first day, the last one where another rate follows. Zero is a country whose
/// states may tax sales, but which has no value added tax.
const RATES: &[(&str, u32, &str, &str)] = &[
    ("AT", 200_000, "1984-01-01", ""),
    ("BE", 210_000, "1996-01-01", ""),
    ("BG", 200_000, "1999-01-01", ""),
    ("CH", 80_000, "2011-01-01", "2017-12-31"),
    ("CH", 77_000, "2018-01-01", "2023-12-31"),
    ("CH", 81_000, "2024-01-01", ""),
    ("CY", 190_000, "2014-01-13", ""),
    ("CZ", 210_000, "2013-01-01", ""),
    ("DE", 190_000, "2007-01-01", "2020-06-30"),
    ("DE", 160_000, "2020-07-01", "2020-12-31"),
    ("DE", 190_000, "2021-01-01", ""),
    ("DK", 250_000, "1992-01-01", ""),
    ("EE", 200_000, "2009-07-01", "2023-12-31"),
    ("EE", 220_000, "2024-01-01", "2025-06-30"),
    ("EE", 240_000, "2025-07-01", ""),
    ("ES", 210_000, "2012-09-01", ""),
    ("FI", 240_000, "2013-01-01", "2024-08-31"),
    ("FI", 255_000, "2024-09-01", ""),
    ("FR", 200_000, "2014-01-01", ""),
    ("GB", 200_000, "2011-01-04", ""),
    ("GR", 240_000, "2016-06-01", ""),
    ("HR", 250_000, "2012-03-01", ""),
    ("HU", 270_000, "2012-01-01", ""),
    ("IE", 230_000, "2012-01-01", "2020-08-31"),
    ("IE", 210_000, "2020-09-01", "2021-02-28"),
    ("IE", 230_000, "2021-03-01", ""),
    ("IT", 220_000, "2013-10-01", ""),
    ("LT", 210_000, "2009-09-01", ""),
    ("LU", 170_000, "2015-01-01", "2022-12-31"),
    ("LU", 160_000, "2023-01-01", "2023-12-31"),
    ("LU", 170_000, "2024-01-01", ""),
    ("LV", 210_000, "2012-07-01", ""),
    ("MT", 180_000, "2004-01-01", ""),
    ("NL", 210_000, "2012-10-01", ""),
    ("NO", 250_000, "2005-01-01", ""),
    ("PL", 230_000, "2011-01-01", ""),
    ("PT", 230_000, "2011-01-01", ""),
    ("RO", 190_000, "2017-01-01", "2025-07-31"),
    ("RO", 210_000, "2025-08-01", ""),
    ("SE", 250_000, "1990-07-01", ""),
    ("SI", 220_000, "2013-07-01", ""),
    ("SK", 200_000, "2011-01-01", "2024-12-31"),
    ("SK", 230_000, "2025-01-01", ""),
    ("US", 0, "", ""),
];

/// The tables that the program knows, by country.
#[must_use]
pub fn known_tables() -> Vec<TaxTable> {
    RATES
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|rows| {
            let country = rows[0].0.parse().ok()?;
            let periods = rows.iter().map(period).collect::<Option<Vec<_>>>()?;
            TaxTable::new(country, periods).ok()
        })
        .collect()
}

fn period((_, parts, from, to): &(&str, u32, &str, &str)) -> Option<TaxPeriod> {
    let category = match parts {
        0 => TaxCategory::OutOfScope,
        _ => TaxCategory::Standard,
    };
    Some(TaxPeriod {
        region: None,
        category,
        rate: TaxRate::from_parts_per_million(*parts).ok()?,
        valid: Validity::new(from.parse().ok(), to.parse().ok()).ok()?,
    })
}
