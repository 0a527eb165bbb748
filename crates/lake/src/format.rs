use std::fmt;

use tallyport_ledger::SourceKind;

/// What a file is, as its columns say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// FOCUS, of the version whose columns it has.
    Focus {
        /// Such as `1.2`.
        version: &'static str,
    },
    /// An AWS Cost and Usage Report.
    Cur {
        /// How it writes its column names.
        dialect: Dialect,
    },
}

/// How a Cost and Usage Report writes its column names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `lineItem/UnblendedCost`
    Slash,
    /// `line_item_unblended_cost`, as Athena and legacy Parquet have it.
    Underscore,
    /// The same with tags and products in maps: CUR 2.0.
    Maps,
}

impl Format {
    /// The ledger's word for this kind of source.
    #[must_use]
    pub const fn source(self) -> SourceKind {
        match self {
            Self::Focus { .. } => SourceKind::Focus,
            Self::Cur { .. } => SourceKind::Cur,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Focus { version } => write!(f, "FOCUS {version}"),
            Self::Cur {
                dialect: Dialect::Slash,
            } => f.write_str("CUR"),
            Self::Cur {
                dialect: Dialect::Underscore,
            } => f.write_str("CUR with underscored columns"),
            Self::Cur {
                dialect: Dialect::Maps,
            } => f.write_str("CUR 2.0"),
        }
    }
}
