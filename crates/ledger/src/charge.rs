use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{ResourceId, SubAccountId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$variant_doc:meta])* $variant:ident = $number:literal $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant = $number),+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it, on the wire and on screens.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The number it is stored as.
            #[must_use]
            pub const fn number(self) -> i64 {
                self as i64
            }

            /// The one stored as `number`.
            #[must_use]
            pub const fn from_number(number: i64) -> Option<Self> {
                match number { $($number => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                $(if text.eq_ignore_ascii_case($text) { return Ok(Self::$variant); })+
                let shown: String = text.chars().take(40).collect();
                Err(format!(concat!("\"{}\" is not ", $what), shown))
            }
        }
    };
}

pub(crate) use words;

words!(
    /// FOCUS ChargeCategory: what a charge is for.
    ChargeCategory, "a charge category (Usage, Purchase, Tax, Credit or Adjustment)" {
        /// Consumption.
        Usage = 1 "Usage",
        /// A commitment or subscription bought.
        Purchase = 2 "Purchase",
        /// Tax of any kind.
        Tax = 3 "Tax",
        /// A credit granted by the provider.
        Credit = 4 "Credit",
        /// A refund, rounding or other correction.
        Adjustment = 5 "Adjustment",
    }
);

words!(
    /// FOCUS ChargeClass: whether a charge corrects a period that was invoiced already.
    ChargeClass, "a charge class (Regular or Correction)" {
        /// An ordinary charge.
        Regular = 0 "Regular",
        /// A correction of an invoiced period.
        Correction = 1 "Correction",
    }
);

words!(
    /// Which of a charge's amounts a question is about.
    Metric, "a metric (billed or effective)" {
        /// The basis of the provider's invoice (FOCUS BilledCost, AWS unblended).
        Billed = 0 "billed",
        /// Amortised over what was bought (FOCUS EffectiveCost).
        Effective = 1 "effective",
    }
);

words!(
    /// How settled a version of a billing period is; only the data says final.
    PeriodStatus, "a period status" {
        /// The provider still changes it.
        Estimated = 0 "estimated",
        /// The month is over, its invoice is not out.
        PendingInvoice = 1 "pending invoice",
        /// Invoice ids are filled.
        Final = 2 "final",
        /// Changed after it was final.
        Corrected = 3 "corrected",
    }
);

words!(
    /// Where a version of a billing period comes from.
    SourceKind, "a source" {
        /// A FOCUS file.
        Focus = 1 "FOCUS",
        /// A legacy Cost and Usage Report file.
        Cur = 2 "CUR",
        /// The Cost Explorer API.
        CostExplorer = 3 "Cost Explorer",
    }
);

/// Tags of a charge, by key; keys and values exactly as the source writes them.
pub type TagSet = BTreeMap<String, String>;

/// The four amounts of a charge in FOCUS terms, in nano-units of the charge's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    /// BilledCost: the basis of the invoice.
    pub billed: i64,
    /// EffectiveCost: amortised.
    pub effective: i64,
    /// ListCost: at public prices.
    pub list: i64,
    /// ContractedCost: at negotiated prices.
    pub contracted: i64,
}

/// What ownership rules look at.
#[derive(Debug, Clone, Copy)]
pub struct ChargeFacts<'a> {
    /// The UTC day it counts on.
    pub day: Date,
    /// The account that used it.
    pub sub_account: Option<&'a SubAccountId>,
    /// The service's name.
    pub service: &'a str,
    /// The region's id.
    pub region: Option<&'a str>,
    /// The resource.
    pub resource: Option<&'a ResourceId>,
    /// Its tags.
    pub tags: &'a TagSet,
}
