use std::fmt;

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
    },
    /// Reservations or savings plans without the columns to amortise them.
    NotAmortised {
        /// In how many rows.
        rows: u64,
    },
    /// A line item type that is not known; its rows are adjustments.
    UnknownLineItemType(String),
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
            } => write!(
                f,
                "EffectiveCost of {provider} is in whole units in {rounded} of {rows} usage rows \
                 whose BilledCost is not: the export seems to round it. It is kept as given."
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
