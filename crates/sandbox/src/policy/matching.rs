//! Patterns and conditions.

use jiff::Timestamp;

/// Whether `text` is what `pattern` describes: `*` is anything, `?` is one character.
pub(super) fn is_like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut read) = (0, 0);
    // Where the last star was, and how much of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(expected) if *expected == '?' || text.get(read) == Some(expected) => {
                at += 1;
                read += 1;
            }
            _ => match star {
                Some((position, taken)) => {
                    at = position + 1;
                    read = taken + 1;
                    star = Some((position, taken + 1));
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|left| *left == '*')
}

/// How the values of a condition are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equals,
    EqualsIgnoringCase,
    Like,
    Before,
    BeforeOrAt,
    After,
    AfterOrAt,
}

/// An operator of a condition, such as `StringNotEqualsIfExists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    comparison: Comparison,
    is_negated: bool,
    /// A key that is not there is as good as a match.
    if_exists: bool,
    /// Only whether the key is there counts.
    is_null: bool,
}

impl Operator {
    /// The operator of that name, if it is one that this room evaluates.
    pub fn read(name: &str) -> Option<Self> {
        let (base, if_exists) = match name.strip_suffix("IfExists") {
            Some(base) => (base, true),
            None => (name, false),
        };
        let (comparison, is_negated) = match base {
            "StringEquals" | "Bool" | "ArnEquals" => (Comparison::Equals, false),
            "StringNotEquals" | "ArnNotEquals" => (Comparison::Equals, true),
            "StringEqualsIgnoreCase" => (Comparison::EqualsIgnoringCase, false),
            "StringNotEqualsIgnoreCase" => (Comparison::EqualsIgnoringCase, true),
            "StringLike" | "ArnLike" => (Comparison::Like, false),
            "StringNotLike" | "ArnNotLike" => (Comparison::Like, true),
            "DateLessThan" => (Comparison::Before, false),
            "DateLessThanEquals" => (Comparison::BeforeOrAt, false),
            "DateGreaterThan" => (Comparison::After, false),
            "DateGreaterThanEquals" => (Comparison::AfterOrAt, false),
            "Null" => (Comparison::Equals, false),
            _ => return None,
        };
        Some(Self {
            comparison,
            is_negated,
            if_exists,
            is_null: base == "Null",
        })
    }

    /// Whether the condition holds for the values that the request has, which may be none.
    pub fn holds(self, wanted: &[String], found: Option<&[String]>) -> bool {
        let found = found.filter(|values| !values.is_empty());
        if self.is_null {
            let is_absent = found.is_none().to_string();
            return wanted.contains(&is_absent);
        }
        let Some(found) = found else {
            // A negated comparison with nothing holds, as AWS documents it.
            return self.if_exists || self.is_negated;
        };
        let matches_one = |value: &String| wanted.iter().any(|one| self.compares(one, value));
        if self.is_negated {
            !found.iter().any(matches_one)
        } else {
            found.iter().any(matches_one)
        }
    }

    fn compares(self, wanted: &str, found: &str) -> bool {
        let moments = || {
            Some((
                wanted.parse::<Timestamp>().ok()?,
                found.parse::<Timestamp>().ok()?,
            ))
        };
        let in_time = |holds: fn(Timestamp, Timestamp) -> bool| {
            moments().is_some_and(|(wanted, found)| holds(found, wanted))
        };
        match self.comparison {
            Comparison::Equals => wanted == found,
            Comparison::EqualsIgnoringCase => wanted.eq_ignore_ascii_case(found),
            Comparison::Like => is_like(wanted, found),
            Comparison::Before => in_time(|found, wanted| found < wanted),
            Comparison::BeforeOrAt => in_time(|found, wanted| found <= wanted),
            Comparison::After => in_time(|found, wanted| found > wanted),
            Comparison::AfterOrAt => in_time(|found, wanted| found >= wanted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn a_pattern_matches_what_it_describes() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("acme/*", "acme/", true),
            ("acme/*", "acme", false),
            ("*/a*c", "x/abc/abcc", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*.filepart", "acme/in/x.filepart", true),
            ("*.filepart", "acme/in/x.filepart2", false),
        ] {
            assert_eq!(is_like(pattern, text), expected, "{pattern} {text}");
        }
    }
}
