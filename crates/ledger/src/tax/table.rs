use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{TaxCategory, TaxError};
use crate::{Country, TaxRate, Validity};

/// A rate and the days on which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxPeriod {
    /// The region it is for; none is the whole country.
    pub region: Option<String>,
    /// What it is the rate of.
    pub category: TaxCategory,
    /// The rate.
    pub rate: TaxRate,
    /// When it holds.
    pub valid: Validity,
}

/// The rates of one country. For each region and category the days follow on each other without a gap
/// and without an overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxTable {
    country: Country,
    periods: Vec<TaxPeriod>,
}

impl TaxTable {
    /// A table of these rates, which it sorts by region, category and day.
    ///
    /// # Errors
    /// [`TaxError::Gap`] and [`TaxError::Twice`] name the days; [`TaxError::Rate`] a rate that its category
    /// cannot have.
    pub fn new(country: Country, mut periods: Vec<TaxPeriod>) -> Result<Self, TaxError> {
        periods.sort_by_key(|one| {
            let from = one.valid.from().unwrap_or(Date::MIN);
            (one.region.clone(), one.category, from)
        });
        for period in &periods {
            if period.category.charges() != (period.rate > TaxRate::default()) {
                return Err(TaxError::Rate(period.category));
            }
        }
        let mut by_kind: BTreeMap<(Option<&str>, TaxCategory), Vec<&TaxPeriod>> = BTreeMap::new();
        for period in &periods {
            let kind = (period.region.as_deref(), period.category);
            by_kind.entry(kind).or_default().push(period);
        }
        for ((region, category), periods) in by_kind {
            for pair in periods.windows(2) {
                followed(country, region, category, pair[0].valid, pair[1].valid)?;
            }
        }
        Ok(Self { country, periods })
    }

    /// Whose it is.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.country
    }

    /// Its rates, by region, category and day.
    #[must_use]
    pub fn periods(&self) -> &[TaxPeriod] {
        &self.periods
    }

    /// The rate of `category` on `day`: the region's, else the country's.
    ///
    /// # Errors
    /// [`TaxError::NoRate`] says what the table knows instead.
    pub fn rate(
        &self,
        region: Option<&str>,
        category: TaxCategory,
        day: Date,
    ) -> Result<TaxRate, TaxError> {
        let of_region = |region: Option<&str>| {
            let same = |one: &&TaxPeriod| match (one.region.as_deref(), region) {
                (None, None) => true,
                (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
                _ => false,
            };
            self.periods
                .iter()
                .filter(same)
                .filter(|one| one.category == category)
                .collect::<Vec<_>>()
        };
        let mut known = region.map(|_| of_region(region)).unwrap_or_default();
        if known.is_empty() {
            known = of_region(None);
        }
        let found = known.iter().find(|one| one.valid.holds_on(day));
        found.map(|one| one.rate).ok_or_else(|| TaxError::NoRate {
            place: place(self.country, region),
            category,
            day,
            known: span(&known),
        })
    }
}

fn place(country: Country, region: Option<&str>) -> String {
    region.map_or_else(
        || country.to_string(),
        |region| format!("{country}, {region}"),
    )
}

fn span(known: &[&TaxPeriod]) -> Option<String> {
    let (first, last) = (known.first()?, known.last()?);
    Some(match (first.valid.from(), last.valid.to()) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("days from {from} on"),
        (None, Some(to)) => format!("days until {to}"),
        (None, None) => "no other days".to_owned(),
    })
}

/// Whether `after` begins on the day after `before` ends.
fn followed(
    country: Country,
    region: Option<&str>,
    category: TaxCategory,
    before: Validity,
    after: Validity,
) -> Result<(), TaxError> {
    let starts = after.from().unwrap_or(Date::MIN);
    let twice = || TaxError::Twice {
        place: place(country, region),
        category,
        day: starts,
    };
    let ends = before.to().ok_or_else(twice)?;
    if ends >= starts {
        return Err(twice());
    }
    let next = ends.tomorrow().unwrap_or(ends);
    if next == starts {
        return Ok(());
    }
    Err(TaxError::Gap {
        place: place(country, region),
        category,
        from: next,
        to: starts.yesterday().unwrap_or(starts),
    })
}
