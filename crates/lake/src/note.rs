use std::fmt;

use tallyport_ledger::{Currency, Exact};

/// Something about a file that a person should know; the import goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Columns that no specification names; they are not kept.
    UnknownColumns(Vec<String>),
    /// Columns of the format that the ledger has no place for; they are not kept.
    ColumnsNotKept(Vec<String>),
    /// Two column names run together.
    MergedColumns(Vec<String>),
    /// A column that is left empty in rows where the format wants an amount: taken as 0.
    TakenAsZero {
        /// The column.
        column: String,
        /// In how many rows.
        rows: u64,
    },
    /// A whole column that is missing, and what stands in for it.
    Missing {
        /// The column.
        column: &'static str,
        /// What stands in.
        instead: &'static str,
    },
    /// Effective cost that is rounded to whole units while billed cost is not: a fault of
    /// the export. It is kept as given.
    EffectiveRounded {
        /// Whose rows.
        provider: String,
        /// How many usage rows with billed cost have an effective cost of whole units.
        rounded: u64,
        /// Of how many.
        rows: u64,
        /// By how much effective cost is more than billed cost in them.
        at_stake: Vec<(Currency, Exact)>,
    },
    /// Reservations or savings plans without the columns to amortise them.
    NotAmortised {
        /// In how many rows.
        rows: u64,
    },
    /// A line item type that is not known; its rows are adjustments.
    UnknownLineItemType(String),
    /// Tags that are not the JSON object they should be; the rows are kept without them.
    UnreadableTags {
        /// The column.
        column: String,
        /// In how many rows.
        rows: u64,
        /// The first of them.
        first_line: u64,
        /// The billed cost of the rows.
        at_stake: Vec<(Currency, Exact)>,
    },
    /// Rows that repeat by pod or task what their instance costs have a billed cost of their own.
    CountedTwice {
        /// In how many rows.
        rows: u64,
        /// Their billed cost.
        at_stake: Vec<(Currency, Exact)>,
    },
    /// A commitment's purchase has effective cost, which belongs where the commitment is used.
    PurchaseIsEffective {
        /// In how many rows.
        rows: u64,
        /// Their effective cost.
        at_stake: Vec<(Currency, Exact)>,
    },
    /// Credits whose effective cost is not their billed cost.
    CreditDiffers {
        /// In how many rows.
        rows: u64,
        /// By how much effective cost is more.
        at_stake: Vec<(Currency, Exact)>,
    },
    /// Usage without a commitment that costs more than its list price.
    ListBelowEffective {
        /// In how many rows.
        rows: u64,
        /// By how much.
        at_stake: Vec<(Currency, Exact)>,
    },
    /// Billing periods that are open-ended or do not end with their month.
    OddPeriodEnd {
        /// In how many rows.
        rows: u64,
    },
    /// Prices in another currency than the bill, which may be a virtual one.
    PricedIn {
        /// As the file writes it.
        currency: String,
        /// In how many rows.
        rows: u64,
    },
    /// One period of one payer is billed in several currencies.
    SeveralCurrencies {
        /// The payer.
        billing_account: String,
        /// The month.
        period: String,
        /// The currencies.
        currencies: Vec<Currency>,
    },
    /// Deliveries of a month that a newer one replaces; they were left out.
    OlderDeliveries {
        /// The bill.
        name: String,
        /// How many.
        deliveries: usize,
    },
    /// Cost files beside a manifest that it does not name; they were left out.
    NotInManifest(Vec<String>),
    /// The bill was rolled up where it lies; what was read is the answer of that.
    RolledUp {
        /// From how many files.
        files: usize,
        /// Of how many bytes.
        bytes: u64,
        /// How many of them were looked at.
        scanned: u64,
    },
    /// Numbered files were put together without a manifest.
    WithoutManifest {
        /// How many.
        files: usize,
    },
    /// The columns are of a newer FOCUS version than those this program was written for.
    NewerFocus(&'static str),
}

impl Note {
    /// A stable word for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownColumns(_) => "unknown_columns",
            Self::ColumnsNotKept(_) => "columns_not_kept",
            Self::MergedColumns(_) => "merged_columns",
            Self::TakenAsZero { .. } => "taken_as_zero",
            Self::Missing { .. } => "missing_column",
            Self::EffectiveRounded { .. } => "effective_rounded",
            Self::NotAmortised { .. } => "not_amortised",
            Self::UnknownLineItemType(_) => "unknown_line_item_type",
            Self::UnreadableTags { .. } => "unreadable_tags",
            Self::CountedTwice { .. } => "counted_twice",
            Self::PurchaseIsEffective { .. } => "purchase_is_effective",
            Self::CreditDiffers { .. } => "credit_differs",
            Self::ListBelowEffective { .. } => "list_below_effective",
            Self::OddPeriodEnd { .. } => "odd_period_end",
            Self::PricedIn { .. } => "priced_in",
            Self::SeveralCurrencies { .. } => "several_currencies",
            Self::OlderDeliveries { .. } => "older_deliveries",
            Self::NotInManifest(_) => "not_in_manifest",
            Self::RolledUp { .. } => "rolled_up",
            Self::WithoutManifest { .. } => "without_manifest",
            Self::NewerFocus(_) => "newer_focus",
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownColumns(names) => {
                write!(f, "Columns that are not known were kept out: ")?;
                listed(f, names)
            }
            Self::ColumnsNotKept(names) => {
                write!(f, "Columns that the ledger does not keep: ")?;
                listed(f, names)
            }
            Self::MergedColumns(names) => {
                write!(
                    f,
                    "Two column names run together, so their values were kept out: "
                )?;
                listed(f, names)
            }
            Self::TakenAsZero { column, rows } => {
                write!(f, "{column} is empty in {} and was taken as 0.", of(*rows))
            }
            Self::Missing { column, instead } => {
                write!(f, "There is no column {column}; {instead}.")
            }
            Self::EffectiveRounded {
                provider,
                rounded,
                rows,
                at_stake,
            } => write!(
                f,
                "EffectiveCost of {provider} is in whole units in {rounded} of {rows} usage rows \
                 whose BilledCost is not: the export seems to round it, by {} in all. It is kept as \
                 given.",
                amounts(at_stake)
            ),
            Self::NotAmortised { rows } => write!(
                f,
                "{} of reservations or savings plans could not be amortised, because the file \
                 lacks their columns: effective cost is unblended cost there.",
                of(*rows)
            ),
            Self::UnknownLineItemType(name) => write!(
                f,
                "Line item type \"{name}\" is not known; its rows are kept as adjustments."
            ),
            Self::UnreadableTags {
                column,
                rows,
                first_line,
                at_stake,
            } => write!(
                f,
                "{column} is no JSON object of texts in {}, the first in line {first_line}, that \
                 cost {}: they are kept without tags, so no rule on tags finds their owner.",
                of(*rows),
                amounts(at_stake)
            ),
            Self::CountedTwice { rows, at_stake } => write!(
                f,
                "{} of pods or tasks cost {}, though the row of their instance has that cost \
                 already: billed cost may count it twice. It is kept as given; effective cost \
                 leaves it out.",
                of(*rows),
                amounts(at_stake)
            ),
            Self::PurchaseIsEffective { rows, at_stake } => write!(
                f,
                "EffectiveCost is {} in {} that buy a commitment, where FOCUS wants 0 because the \
                 usage of the commitment carries it: effective cost may count it twice. It is \
                 kept as given.",
                amounts(at_stake),
                of(*rows)
            ),
            Self::CreditDiffers { rows, at_stake } => write!(
                f,
                "EffectiveCost is not BilledCost in {} of credits: they differ by {} in all. It is \
                 kept as given.",
                of(*rows),
                amounts(at_stake)
            ),
            Self::ListBelowEffective { rows, at_stake } => write!(
                f,
                "EffectiveCost is more than ListCost in {} of usage without a commitment, \
                 together {} more. Savings against list prices are too low by that.",
                of(*rows),
                amounts(at_stake)
            ),
            Self::OddPeriodEnd { rows } => write!(
                f,
                "BillingPeriodEnd is missing or not the end of a month in {}: they count in the \
                 month of BillingPeriodStart.",
                of(*rows)
            ),
            Self::PricedIn { currency, rows } => write!(
                f,
                "{} priced in {currency}; amounts are those of the billing currency.",
                were(*rows)
            ),
            Self::SeveralCurrencies {
                billing_account,
                period,
                currencies,
            } => {
                let codes: Vec<&str> = currencies.iter().map(Currency::code).collect();
                write!(
                    f,
                    "{period} of {billing_account} is billed in {}: each is added up by itself.",
                    codes.join(" and ")
                )
            }
            Self::OlderDeliveries { name, deliveries } => write!(
                f,
                "{name} was delivered {} before: the newest delivery counts.",
                if *deliveries == 1 {
                    "once".to_owned()
                } else {
                    format!("{deliveries} times")
                }
            ),
            Self::RolledUp {
                files,
                bytes,
                scanned,
            } => write!(
                f,
                "Rolled up in Athena from {files} files of {bytes} bytes, {scanned} of which were scanned: line \
                 numbers are those of its answer.",
            ),
            Self::NotInManifest(names) => {
                write!(f, "Files that no manifest names were left out: ")?;
                listed(f, names)
            }
            Self::WithoutManifest { files } => write!(
                f,
                "{files} numbered files were taken as one bill. Without a manifest it cannot be \
                 told whether the last of them is missing."
            ),
            Self::NewerFocus(version) => write!(
                f,
                "The file has columns of FOCUS {version}; what is new in them was kept out."
            ),
        }
    }
}

fn of(rows: u64) -> String {
    if rows == 1 {
        "1 row".to_owned()
    } else {
        format!("{rows} rows")
    }
}

fn were(rows: u64) -> String {
    let verb = if rows == 1 { "was" } else { "were" };
    format!("{} {verb}", of(rows))
}

/// Amounts of several currencies, such as `8760 USD and 12.5 EUR`.
fn amounts(stakes: &[(Currency, Exact)]) -> String {
    let texts: Vec<String> = stakes
        .iter()
        .map(|(currency, amount)| format!("{amount} {currency}"))
        .collect();
    texts.join(" and ")
}

/// The first names of a list that may be hundreds long.
fn listed(f: &mut fmt::Formatter<'_>, names: &[String]) -> fmt::Result {
    const SHOWN: usize = 12;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    write!(f, "{}", shown.join(", "))?;
    match names.len().saturating_sub(SHOWN) {
        0 => write!(f, "."),
        more => write!(f, " and {more} more."),
    }
}
