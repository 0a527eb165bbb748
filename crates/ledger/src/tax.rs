//! Taxes on an invoice: which kind of supply it is, at which rate, and what that comes to.
//!
//! Words and codes are those of EN 16931, so that a document on paper and its electronic twin say the same.

mod known;
mod place;
mod rules;
mod table;

use crate::{Currency, Money, MoneyError, TaxRate};

pub use known::{KNOWN_RATES_CHECKED, KNOWN_RATES_SOURCE, known_tables};
pub use place::{TaxOverride, treatment};
pub use rules::{TaxRule, TaxedLines, treatments_by_line};
pub use table::{TaxPeriod, TaxTable};

/// What kind of supply it is for the tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaxCategory {
    /// Taxed at the standard rate.
    Standard,
    /// Taxed at a reduced rate.
    Reduced,
    /// Taxed at nothing.
    Zero,
    /// Exempt, for a reason that the document states.
    Exempt,
    /// The buyer owes the tax.
    ReverseCharge,
    /// A supply within the European Union that is free of tax.
    IntraCommunity,
    /// Export out of the country's tax area.
    Export,
    /// Not subject to this country's tax.
    OutOfScope,
}

/// How a line is taxed. A category that charges nothing has no rate; one that must give its reason has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxTreatment {
    category: TaxCategory,
    rate: TaxRate,
    reason: Option<String>,
}

/// The tax of all lines that are treated alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxLine {
    /// How they are treated.
    pub treatment: TaxTreatment,
    /// What they come to, as charged.
    pub base: Money,
    /// The tax on it, rounded once.
    pub tax: Money,
}

/// Why something cannot be taxed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxError {
    /// A category whose rate must be zero, or must not.
    #[error("{} has {}", .0.word(), if .0.charges() { "a rate above 0 %" } else { "no rate: it is 0 %" })]
    Rate(TaxCategory),
    /// An exemption without a reason.
    #[error("an exempt supply states its reason, such as the article of the law")]
    Reason,
    /// A category that follows from where seller and buyer are.
    #[error(
        "{} follows from where seller and buyer are: lines at home are standard, reduced, zero or exempt",
        .0.words()
    )]
    ByCountry(TaxCategory),
    /// More treatments than a document has room for.
    #[error("an invoice has room for 256 ways of being taxed")]
    TooMany,
    /// The tax goes to the buyer, who needs an id for it.
    #[error(
        "{buyer} has no tax id, which {} needs: enter it, or say how {buyer} is taxed",
        .category.words()
    )]
    BuyerTaxId {
        /// Who.
        buyer: String,
        /// What needs it.
        category: TaxCategory,
    },
    /// Nobody may charge tax without an id.
    #[error("{seller} has no tax id, which an invoice with tax needs: enter it in the settings")]
    SellerTaxId {
        /// Who.
        seller: String,
    },
    /// The table says nothing of a day.
    #[error(
        "the tax table of {place} has no {} rate for {day}{}",
        .category.word(), nearest(.known)
    )]
    NoRate {
        /// The country, with the region if one was asked for.
        place: String,
        /// Which rate.
        category: TaxCategory,
        /// The day.
        day: jiff::civil::Date,
        /// What it does say, in words.
        known: Option<String>,
    },
    /// Days between two rates of a table for which it says nothing.
    #[error("the tax table of {place} has a gap: no {} rate from {from} to {to}", .category.word())]
    Gap {
        /// The country, with the region if there is one.
        place: String,
        /// Which rate.
        category: TaxCategory,
        /// The first day without a rate.
        from: jiff::civil::Date,
        /// The last day without a rate.
        to: jiff::civil::Date,
    },
    /// Two rates for one day.
    #[error("the tax table of {place} has two {} rates for {day}", .category.word())]
    Twice {
        /// The country, with the region if there is one.
        place: String,
        /// Which rate.
        category: TaxCategory,
        /// The first day that has two.
        day: jiff::civil::Date,
    },
}

fn nearest(known: &Option<String>) -> String {
    known.as_ref().map_or_else(
        || ": enter one".to_owned(),
        |known| format!(": it knows {known}"),
    )
}

impl TaxCategory {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Standard,
        Self::Reduced,
        Self::Zero,
        Self::Exempt,
        Self::ReverseCharge,
        Self::IntraCommunity,
        Self::Export,
        Self::OutOfScope,
    ];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Reduced => "reduced",
            Self::Zero => "zero",
            Self::Exempt => "exempt",
            Self::ReverseCharge => "reverse_charge",
            Self::IntraCommunity => "intra_community",
            Self::Export => "export",
            Self::OutOfScope => "out_of_scope",
        }
    }

    /// Its name in a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Standard => "the standard rate",
            Self::Reduced => "a reduced rate",
            Self::Zero => "the zero rate",
            Self::Exempt => "an exemption",
            Self::ReverseCharge => "the reverse charge",
            Self::IntraCommunity => "a supply within the European Union",
            Self::Export => "an export",
            Self::OutOfScope => "a supply out of scope",
        }
    }

    /// The category of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Its code in EN 16931 (UNCL 5305).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard | Self::Reduced => "S",
            Self::Zero => "Z",
            Self::Exempt => "E",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
            Self::Export => "G",
            Self::OutOfScope => "O",
        }
    }

    /// Whether the seller charges tax.
    #[must_use]
    pub const fn charges(self) -> bool {
        matches!(self, Self::Standard | Self::Reduced)
    }

    /// Whether the buyer's tax id must be on the document.
    #[must_use]
    pub const fn needs_buyer_tax_id(self) -> bool {
        matches!(self, Self::ReverseCharge | Self::IntraCommunity)
    }

    /// The code of the reason why nothing is charged (list VATEX), where it follows from the category.
    #[must_use]
    pub const fn reason_code(self) -> Option<&'static str> {
        match self {
            Self::ReverseCharge => Some("VATEX-EU-AE"),
            Self::IntraCommunity => Some("VATEX-EU-IC"),
            Self::Export => Some("VATEX-EU-G"),
            Self::OutOfScope => Some("VATEX-EU-O"),
            Self::Standard | Self::Reduced | Self::Zero | Self::Exempt => None,
        }
    }

    /// The reason in English, where it follows from the category.
    #[must_use]
    pub const fn standard_reason(self) -> Option<&'static str> {
        match self {
            Self::ReverseCharge => Some("Reverse charge"),
            Self::IntraCommunity => Some("Intra-community supply"),
            Self::Export => Some("Export outside the tax area"),
            Self::OutOfScope => Some("Not subject to tax"),
            Self::Standard | Self::Reduced | Self::Zero | Self::Exempt => None,
        }
    }
}

impl TaxTreatment {
    /// A treatment; `reason` is the seller's own words for why nothing is charged.
    ///
    /// # Errors
    /// [`TaxError::Rate`], [`TaxError::Reason`].
    pub fn new(
        category: TaxCategory,
        rate: TaxRate,
        reason: Option<String>,
    ) -> Result<Self, TaxError> {
        if category.charges() != (rate > TaxRate::default()) {
            return Err(TaxError::Rate(category));
        }
        if category == TaxCategory::Exempt && reason.is_none() {
            return Err(TaxError::Reason);
        }
        Ok(Self {
            category,
            rate,
            reason,
        })
    }

    /// One rate for everything, as a workspace without countries has it.
    #[must_use]
    pub fn flat(rate: TaxRate) -> Self {
        let category = if rate > TaxRate::default() {
            TaxCategory::Standard
        } else {
            TaxCategory::OutOfScope
        };
        Self {
            category,
            rate,
            reason: None,
        }
    }

    /// What kind of supply it is.
    #[must_use]
    pub const fn category(&self) -> TaxCategory {
        self.category
    }

    /// The rate.
    #[must_use]
    pub const fn rate(&self) -> TaxRate {
        self.rate
    }

    /// Why nothing is charged, in the seller's own words.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

/// The tax of an invoice, one line for each treatment that is used, in the order of `treatments`.
///
/// Each part is the charged amount of a line and the index of its treatment. Tax is taken once on the
/// sum of a treatment's lines and rounded half away from zero to the smallest unit of the currency (EN 16931
/// BR-CO-17), never line by line.
///
/// # Errors
/// [`MoneyError`]; a part of a treatment that is not there counts as one of the last.
pub fn tax_lines(
    treatments: &[TaxTreatment],
    parts: impl IntoIterator<Item = (u8, Money)>,
    currency: Currency,
) -> Result<Vec<TaxLine>, MoneyError> {
    let mut bases: Vec<Option<Money>> = vec![None; treatments.len()];
    for (treatment, amount) in parts {
        let at = usize::from(treatment).min(treatments.len().saturating_sub(1));
        if let Some(base) = bases.get_mut(at) {
            *base = Some(base.unwrap_or(Money::zero(currency)).plus(amount)?);
        }
    }
    treatments
        .iter()
        .zip(bases)
        .filter_map(|(treatment, base)| base.map(|base| (treatment, base)))
        .map(|(treatment, base)| {
            Ok(TaxLine {
                treatment: treatment.clone(),
                base,
                tax: base.rate_rounded(treatment.rate.parts_per_million())?,
            })
        })
        .collect()
}
