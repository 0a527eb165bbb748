//! Exceptions from the usual rate of a country: which lines of an invoice are treated otherwise.

use super::{TaxCategory, TaxError, TaxOverride, TaxTreatment};
use crate::{LineKind, Pattern, TaxRate};

/// Which lines a rule is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaxedLines {
    /// Those of these services.
    Service(Pattern),
    /// Those of this kind, such as fees.
    Kind(LineKind),
}

/// How some lines are taxed at home. Abroad and for buyers of whom a person says how they are taxed, all lines are
/// treated alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRule {
    lines: TaxedLines,
    said: TaxOverride,
}

impl TaxRule {
    /// A rule.
    ///
    /// # Errors
    /// [`TaxError::ByCountry`] for what follows from where the buyer is; [`TaxError::Reason`].
    pub fn new(lines: TaxedLines, said: TaxOverride) -> Result<Self, TaxError> {
        use TaxCategory as C;
        if !matches!(
            said.category,
            C::Standard | C::Reduced | C::Zero | C::Exempt
        ) {
            return Err(TaxError::ByCountry(said.category));
        }
        if said.category == C::Exempt && said.reason.is_none() {
            return Err(TaxError::Reason);
        }
        Ok(Self { lines, said })
    }

    /// Which lines it is for.
    #[must_use]
    pub const fn lines(&self) -> &TaxedLines {
        &self.lines
    }

    /// How they are taxed.
    #[must_use]
    pub const fn said(&self) -> &TaxOverride {
        &self.said
    }

    fn holds(&self, kind: LineKind, service: &str) -> bool {
        match &self.lines {
            TaxedLines::Service(pattern) => !service.is_empty() && pattern.matches(service),
            TaxedLines::Kind(of) => *of == kind,
        }
    }
}

/// How each of `lines` is taxed: the treatments, of which the first is the `usual` one, and for each line the place of
/// its own among them. The first rule that holds for a line counts. `rate` gives the country's rate of a category.
///
/// # Errors
/// What `rate` says; [`TaxError`] of a treatment that cannot be.
pub fn treatments_by_line<'a>(
    rules: &[TaxRule],
    usual: TaxTreatment,
    lines: impl IntoIterator<Item = (LineKind, &'a str)>,
    rate: impl Fn(TaxCategory) -> Result<TaxRate, TaxError>,
) -> Result<(Vec<TaxTreatment>, Vec<u8>), TaxError> {
    let rules = match usual.category() {
        TaxCategory::Standard => rules,
        _ => &[],
    };
    let (mut treatments, mut places) = (vec![usual], Vec::new());
    for (kind, service) in lines {
        let Some(rule) = rules.iter().find(|rule| rule.holds(kind, service)) else {
            places.push(0);
            continue;
        };
        let TaxOverride { category, reason } = &rule.said;
        let rate = if category.charges() {
            rate(*category)?
        } else {
            TaxRate::default()
        };
        let treatment = TaxTreatment::new(*category, rate, reason.clone())?;
        let known = treatments.iter().position(|known| *known == treatment);
        let place = known.unwrap_or(treatments.len());
        if known.is_none() {
            treatments.push(treatment);
        }
        places.push(u8::try_from(place).map_err(|_| TaxError::TooMany)?);
    }
    Ok((treatments, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(lines: TaxedLines, category: TaxCategory, reason: Option<&str>) -> TaxRule {
        let reason = reason.map(str::to_owned);
        TaxRule::new(lines, TaxOverride { category, reason }).unwrap()
    }

    fn service(pattern: &str) -> TaxedLines {
        TaxedLines::Service(Pattern::parse(pattern).unwrap())
    }

    fn percent(percent: u32) -> TaxRate {
        TaxRate::from_parts_per_million(percent * 10_000).unwrap()
    }

    const LINES: [(LineKind, &str); 4] = [
        (LineKind::Cost, "Amazon EC2"),
        (LineKind::Cost, "Amazon Kindle Books"),
        (LineKind::Discount, "Amazon Kindle Books"),
        (LineKind::Fee, ""),
    ];

    #[test]
    fn the_first_rule_that_holds_for_a_line_counts_and_a_discount_follows_its_service() {
        let rules = [
            rule(service("*books"), TaxCategory::Reduced, None),
            rule(
                TaxedLines::Kind(LineKind::Fee),
                TaxCategory::Exempt,
                Some("Article 135"),
            ),
            rule(service("*"), TaxCategory::Standard, None),
        ];
        let usual = TaxTreatment::flat(percent(19));
        let rate = |category| {
            Ok(percent(if category == TaxCategory::Reduced {
                7
            } else {
                19
            }))
        };
        let (treatments, places) = treatments_by_line(&rules, usual.clone(), LINES, rate).unwrap();
        assert_eq!(
            places,
            [0, 1, 1, 2],
            "the usual rate by a rule is the usual one"
        );
        assert_eq!(
            treatments
                .iter()
                .map(|one| one.rate().parts_per_million())
                .collect::<Vec<_>>(),
            [190_000, 70_000, 0]
        );
        assert_eq!(treatments[2].reason(), Some("Article 135"));
    }

    #[test]
    fn abroad_all_lines_are_treated_alike() {
        let rules = [rule(service("*"), TaxCategory::Reduced, None)];
        let abroad =
            TaxTreatment::new(TaxCategory::ReverseCharge, TaxRate::default(), None).unwrap();
        let none = |_| Err(TaxError::Reason);
        let (treatments, places) = treatments_by_line(&rules, abroad.clone(), LINES, none).unwrap();
        assert_eq!((treatments, places), (vec![abroad], vec![0; 4]));
    }

    #[test]
    fn what_follows_from_a_country_and_an_exemption_without_a_reason_are_no_rules() {
        for category in [
            TaxCategory::ReverseCharge,
            TaxCategory::OutOfScope,
            TaxCategory::Export,
        ] {
            let said = TaxOverride {
                category,
                reason: None,
            };
            assert_eq!(
                TaxRule::new(service("*"), said),
                Err(TaxError::ByCountry(category))
            );
        }
        let said = TaxOverride {
            category: TaxCategory::Exempt,
            reason: None,
        };
        assert_eq!(TaxRule::new(service("*"), said), Err(TaxError::Reason));
    }
}
