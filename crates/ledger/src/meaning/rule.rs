use super::Column;

/// What an amount is, line by line: that of the first rule that applies. The last rule of every
/// amount has no condition.
#[derive(Debug)]
pub struct Amount {
    /// The rules in order.
    pub rules: &'static [Rule],
}

/// An amount and when it is that.
#[derive(Debug)]
pub struct Rule {
    /// All of these hold.
    pub when: &'static [Condition],
    /// The columns without which a file cannot follow the rule; [`Rule::lacking`] then tells what
    /// becomes of its lines. Columns named here may be more than those of the formula: a file that
    /// lacks a part of what spreads a commitment spreads none of it, so that nothing is lost.
    pub needs: &'static [Column],
    /// What the amount is then.
    pub amount: Formula,
    /// What is said where the file lacks a column that the rule needs; the amount is then the
    /// billed one.
    pub lacking: Lacking,
}

impl Rule {
    /// Every column that it looks at.
    pub fn columns(&self) -> impl Iterator<Item = Column> {
        let conditions = self.when.iter().filter_map(Condition::column);
        let terms = match self.amount {
            Formula::Sum(terms) => terms,
            Formula::Billed => &[],
        };
        conditions
            .chain(self.needs.iter().copied())
            .chain(terms.iter().map(|term| term.column))
    }
}

/// What a line must be for a rule to apply. Comparisons are exact, case included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The column's text is one of these.
    Is(Column, &'static [&'static str]),
    /// The column's text ends so.
    EndsWith(Column, &'static str),
    /// The column's text, as a description, starts so.
    StartsWith(Column, &'static str),
    /// The column's text is not empty.
    Filled(Column),
    /// The file has a column whose name starts with one of these, whatever the case.
    FileHas(&'static [&'static str]),
}

impl Condition {
    /// The column it looks at.
    #[must_use]
    pub const fn column(&self) -> Option<Column> {
        match self {
            Self::Is(column, _)
            | Self::EndsWith(column, _)
            | Self::StartsWith(column, _)
            | Self::Filled(column) => Some(*column),
            Self::FileHas(_) => None,
        }
    }

    /// Whether a text of its column meets it; [`Condition::FileHas`] is not about a text.
    #[must_use]
    pub fn meets(&self, text: &str) -> bool {
        match self {
            Self::Is(_, values) => values.contains(&text),
            Self::EndsWith(_, end) => text.ends_with(end),
            Self::StartsWith(_, start) => text.starts_with(start),
            Self::Filled(_) => !text.is_empty(),
            Self::FileHas(_) => true,
        }
    }

    /// Whether a file with these columns can meet it at all.
    pub fn file_can_meet<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> bool {
        match self {
            Self::FileHas(prefixes) => names.any(|name| {
                prefixes.iter().any(|prefix| {
                    name.get(..prefix.len())
                        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
                })
            }),
            Self::Is(column, values) => {
                // A column that is not there is as good as an empty one.
                values.contains(&"") || names.any(|name| column.is(name))
            }
            Self::EndsWith(column, _) | Self::StartsWith(column, _) | Self::Filled(column) => {
                names.any(|name| column.is(name))
            }
        }
    }
}

/// What an amount is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// The sum of these; nothing where there are none.
    Sum(&'static [Term]),
    /// The line's billed cost.
    Billed,
}

/// A column's amount as a part of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The column.
    pub column: Column,
    /// Whether it is added or taken away.
    pub sign: Sign,
    /// What an empty field means.
    pub empty: Empty,
}

/// A sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Added.
    Plus,
    /// Taken away.
    Minus,
}

/// What an empty field of an amount means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// The line cannot be taken.
    Refused,
    /// Nothing.
    Zero,
    /// Nothing, and it is told how often.
    NotedZero,
    /// The line's billed cost.
    Billed,
}

/// What is said of a file that lacks a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// Nothing: it is usual.
    Unsaid,
    /// That commitments could not be spread over what they cover, with the number of lines.
    NotAmortised,
    /// That the column is missing and billed cost stands in for it.
    Missing {
        /// In words, such as "list cost is billed cost".
        instead: &'static str,
    },
}
