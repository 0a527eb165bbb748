//! Filters: And, Or, Not, dimensions, tags and cost categories.

use super::Refusal;
use super::dimension::{Dimension, tag};
use super::request::{Expression, Values};
use crate::company::Line;

/// A filter that was found valid.
#[derive(Debug)]
pub(crate) enum Filter {
    All,
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Box<Filter>),
    Dimension(Dimension, Match),
    Tag(String, Match),
    /// The company has no cost categories: only their absence matches.
    CostCategory(bool),
}

/// How values are compared.
#[derive(Debug)]
pub(crate) struct Match {
    values: Vec<String>,
    how: How,
    ignores_case: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Equals,
    StartsWith,
    EndsWith,
    Contains,
    Absent,
}

/// More values than this are refused.
const MOST_VALUES: usize = 100;

impl Filter {
    pub fn read(expression: Option<&Expression>) -> Result<Self, Refusal> {
        expression.map_or(Ok(Self::All), Self::read_one)
    }

    fn read_one(expression: &Expression) -> Result<Self, Refusal> {
        let Expression {
            or,
            and,
            not,
            dimensions,
            tags,
            cost_categories,
        } = expression;
        let roots = [
            or.is_some(),
            and.is_some(),
            not.is_some(),
            dimensions.is_some(),
            tags.is_some(),
            cost_categories.is_some(),
        ];
        if roots.iter().filter(|is_set| **is_set).count() != 1 {
            return Err(Refusal::invalid(
                "Expression must have exactly one of Or, And, Not, Dimensions, Tags and CostCategories at each level.",
            ));
        }
        let several = |list: &[Expression]| {
            if list.len() < 2 {
                return Err(Refusal::invalid(
                    "And and Or need at least two expressions.",
                ));
            }
            list.iter()
                .map(Self::read_one)
                .collect::<Result<Vec<_>, _>>()
        };
        if let Some(list) = or {
            return Ok(Self::Or(several(list)?));
        }
        if let Some(list) = and {
            return Ok(Self::And(several(list)?));
        }
        if let Some(inner) = not {
            return Ok(Self::Not(Box::new(Self::read_one(inner)?)));
        }
        if let Some(values) = dimensions {
            let wanted = Match::read(values)?;
            if wanted.how == How::Absent {
                return Err(Refusal::invalid(
                    "MatchOption ABSENT is only supported for tags and cost categories.",
                ));
            }
            let name = values
                .key
                .as_deref()
                .ok_or_else(|| Refusal::invalid("Dimensions needs a Key."))?;
            return Ok(Self::Dimension(Dimension::read(name)?, wanted));
        }
        if let Some(values) = tags {
            let key = values
                .key
                .clone()
                .ok_or_else(|| Refusal::invalid("Tags needs a Key."))?;
            return Ok(Self::Tag(key, Match::read(values)?));
        }
        let is_absent = cost_categories
            .as_ref()
            .map(Match::read)
            .transpose()?
            .is_some_and(|wanted| {
                wanted.how == How::Absent || wanted.values.iter().any(String::is_empty)
            });
        Ok(Self::CostCategory(is_absent))
    }

    pub fn accepts(&self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::And(parts) => parts.iter().all(|part| part.accepts(line)),
            Self::Or(parts) => parts.iter().any(|part| part.accepts(line)),
            Self::Not(part) => !part.accepts(line),
            Self::Dimension(dimension, wanted) => wanted.accepts(dimension.of(line)),
            Self::Tag(key, wanted) => wanted.accepts(tag(line, key)),
            Self::CostCategory(accepts) => *accepts,
        }
    }
}

impl Match {
    fn read(values: &Values) -> Result<Self, Refusal> {
        let mut how = How::Equals;
        let mut ignores_case = false;
        for option in &values.match_options {
            match option.as_str() {
                "EQUALS" => how = How::Equals,
                "STARTS_WITH" => how = How::StartsWith,
                "ENDS_WITH" => how = How::EndsWith,
                "CONTAINS" => how = How::Contains,
                "ABSENT" => how = How::Absent,
                "CASE_SENSITIVE" => ignores_case = false,
                "CASE_INSENSITIVE" => ignores_case = true,
                other => {
                    return Err(Refusal::invalid(format!(
                        "MatchOption {other} is not supported for this operation."
                    )));
                }
            }
        }
        if values.values.is_empty() && how != How::Absent {
            return Err(Refusal::invalid("A filter needs at least one value."));
        }
        if values.values.len() > MOST_VALUES {
            return Err(Refusal::invalid(format!(
                "A filter may have at most {MOST_VALUES} values."
            )));
        }
        let fold = |value: &String| {
            if ignores_case {
                value.to_lowercase()
            } else {
                value.clone()
            }
        };
        Ok(Self {
            values: values.values.iter().map(fold).collect(),
            how,
            ignores_case,
        })
    }

    fn accepts(&self, actual: &str) -> bool {
        if self.how == How::Absent {
            return actual.is_empty();
        }
        let folded = if self.ignores_case {
            actual.to_lowercase()
        } else {
            actual.to_owned()
        };
        self.values.iter().any(|wanted| match self.how {
            How::Equals | How::Absent => folded == *wanted,
            How::StartsWith => folded.starts_with(wanted.as_str()),
            How::EndsWith => folded.ends_with(wanted.as_str()),
            How::Contains => folded.contains(wanted.as_str()),
        })
    }
}
