/// A column under the names that dialects give it; a file has at most one that counts, the first
/// of them that it has. Case does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its names: for a Cost and Usage Report the one with a slash first, then underscored ones.
    pub names: &'static [&'static str],
    /// Whether a file without it is refused.
    pub required: bool,
}

impl Column {
    /// No column: the format has none for this field.
    pub const NONE: Self = Self {
        names: &[],
        required: false,
    };

    /// A column that a file may lack.
    #[must_use]
    pub const fn new(names: &'static [&'static str]) -> Self {
        Self {
            names,
            required: false,
        }
    }

    /// A column that every file of the format must have.
    #[must_use]
    pub const fn required(names: &'static [&'static str]) -> Self {
        Self {
            names,
            required: true,
        }
    }

    /// The name that specifications use.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or("")
    }

    /// Whether it goes by this name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.names
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// Where a text may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// A column as it is.
    Column(Column),
    /// A key of a column that is a map (a JSON object in CSV).
    Key {
        /// The column.
        map: Column,
        /// The key.
        key: &'static str,
    },
    /// A column's value, looked up.
    Mapped(Column, Mapping),
    /// The same text for every line.
    Constant(&'static str),
}

impl Text {
    /// The column it comes from.
    #[must_use]
    pub const fn column(&self) -> Option<Column> {
        match self {
            Self::Column(column) | Self::Key { map: column, .. } | Self::Mapped(column, _) => {
                Some(*column)
            }
            Self::Constant(_) => None,
        }
    }
}

/// Tables of AWS product codes; the tables themselves lie beside the readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mapping {
    /// The service's name as people know it; the code itself where none is known.
    ServiceName,
    /// The service's FOCUS category; empty where none is known.
    ServiceCategory,
}

/// Where a line's tags come from; what several places say about one key, the first one that is
/// filled decides.
#[derive(Debug)]
pub struct Tags {
    /// Columns that are maps of keys and values.
    pub maps: &'static [TagMap],
    /// Columns that each hold the value of one key, which is a part of the column's name.
    pub columns: &'static [TagColumns],
    /// Columns that each hold the value of the key beside them.
    pub single: &'static [(Column, &'static str)],
}

/// A column that is a map of tags.
#[derive(Debug)]
pub struct TagMap {
    /// The column.
    pub column: Column,
    /// What becomes of its keys: the first rule whose prefix a key starts with. Without one a key
    /// stays as it is.
    pub keys: &'static [KeyRule],
}

/// Replaces the beginning of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRule {
    /// What it starts with.
    pub prefix: &'static str,
    /// What stands there instead.
    pub becomes: &'static str,
}

impl TagMap {
    /// A key as the ledger has it.
    #[must_use]
    pub fn key(&self, written: &str) -> String {
        self.keys
            .iter()
            .find_map(|rule| {
                let rest = written.strip_prefix(rule.prefix)?;
                Some(format!("{}{rest}", rule.becomes))
            })
            .unwrap_or_else(|| written.to_owned())
    }
}

/// Columns whose names start alike; what follows is a tag's key. Case matters in the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagColumns {
    /// How the names start.
    pub prefix: &'static str,
    /// What stands there instead in the key.
    pub becomes: &'static str,
}

impl Tags {
    /// The key that a column's name holds; `None` where it is no tag's column.
    #[must_use]
    pub fn key_of_column(&self, name: &str) -> Option<String> {
        let (rule, rest) = self
            .columns
            .iter()
            .find_map(|rule| Some((rule, name.strip_prefix(rule.prefix)?)))?;
        let usable = !rest.is_empty() && !rest.chars().any(char::is_control);
        usable.then(|| format!("{}{rest}", rule.becomes))
    }
}
