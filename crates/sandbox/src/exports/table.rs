//! Tables: columns that know how to read a charge, and what a cell can hold.

use std::borrow::Cow;

use jiff::civil::Date;

use super::charge::Charge;
use crate::company::Nano;

/// What a column holds, in the types of Athena.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Amount,
    Moment,
    /// Texts by key.
    Texts,
    /// Amounts by key.
    Amounts,
}

impl Kind {
    /// The name of the type in a manifest.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Amount => "double",
            Self::Moment => "timestamp",
            Self::Texts => "map<string,string>",
            Self::Amounts => "map<string,double>",
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Amount(Nano),
    /// The beginning of a day, UTC.
    Moment(Date),
    Texts(Vec<(Cow<'a, str>, &'a str)>),
    Amounts(Vec<(&'static str, Nano)>),
}

impl<'a> Cell<'a> {
    /// A text, or nothing where it is empty.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// An amount that may be missing.
    pub fn amount(amount: Option<Nano>) -> Self {
        amount.map_or(Self::Empty, Self::Amount)
    }
}

/// How a column reads a charge.
pub(crate) type Field = for<'c> fn(&'c Charge<'c>) -> Cell<'c>;

#[derive(Debug, Clone)]
enum Source {
    Field(Field),
    /// The tag of that key.
    Tag(String),
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub name: Cow<'static, str>,
    pub kind: Kind,
    source: Source,
}

impl Column {
    pub fn new(name: &'static str, kind: Kind, field: Field) -> Self {
        Self {
            name: name.into(),
            kind,
            source: Source::Field(field),
        }
    }

    /// A column of a tag's values.
    pub fn tag(name: String, key: &str) -> Self {
        Self {
            name: name.into(),
            kind: Kind::Text,
            source: Source::Tag(key.to_owned()),
        }
    }

    pub fn of<'c>(&self, charge: &'c Charge<'c>) -> Cell<'c> {
        match &self.source {
            Source::Field(field) => field(charge),
            Source::Tag(key) => {
                let tags = charge.line.tags.iter();
                let found = tags
                    .filter(|(name, _)| name == key)
                    .map(|(_, value)| value.as_str())
                    .next();
                Cell::text(found.unwrap_or_default())
            }
        }
    }
}
