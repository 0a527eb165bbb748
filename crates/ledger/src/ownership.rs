use jiff::civil::Date;

use crate::{ChargeFacts, PeriodError, ResourceId, SubAccountId};

/// Identifies an owner in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OwnerId(pub i64);

/// Identifies an ownership rule in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub i64);

/// Who owns a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// Nobody yet: a visible row of every report.
    Unowned,
    /// A person, team, client or tenant.
    Owned(OwnerId),
}

/// The days on which a rule holds; open-ended on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validity {
    from: Option<Date>,
    to: Option<Date>,
}

/// A pattern over texts, without regard to case: `*` stands for any run of characters, `?` for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

/// What a rule matches. All conditions of a rule must hold; see [`OwnershipRule`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matcher {
    /// This resource, to the letter.
    Resource(ResourceId),
    /// A tag whose key equals `key` without regard to case and whose value matches.
    Tag {
        /// The tag's key, compared without regard to case and to an `user:` prefix.
        key: String,
        /// The value wanted.
        value: Pattern,
    },
    /// All charges of an account.
    Account(SubAccountId),
    /// All charges of a service.
    Service(Pattern),
    /// All charges of a region.
    Region(String),
}

/// Says who owns the charges that match, on the days it is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnershipRule {
    /// Its identity.
    pub id: RuleId,
    /// Who owns what it matches.
    pub owner: OwnerId,
    /// What it matches: all of these; never empty.
    matchers: Vec<Matcher>,
    /// When it holds.
    pub validity: Validity,
}

/// Why a rule cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// It would match everything.
    #[error(
        "a rule must say what it matches: a resource, a tag, an account, a service or a region"
    )]
    MatchesEverything,
    /// A pattern that matches nothing or is too long.
    #[error("a pattern must have 1 to 256 characters")]
    Pattern,
    /// Its last day lies before its first.
    #[error(transparent)]
    Validity(#[from] PeriodError),
}

impl Validity {
    /// From `from` to `to`, both included; `None` is open-ended.
    ///
    /// # Errors
    /// [`PeriodError::Reversed`].
    pub fn new(from: Option<Date>, to: Option<Date>) -> Result<Self, PeriodError> {
        match (from, to) {
            (Some(from), Some(to)) if from > to => Err(PeriodError::Reversed(from, to)),
            _ => Ok(Self { from, to }),
        }
    }

    /// The first day, if it has one.
    #[must_use]
    pub const fn from(&self) -> Option<Date> {
        self.from
    }

    /// The last day, if it has one.
    #[must_use]
    pub const fn to(&self) -> Option<Date> {
        self.to
    }

    /// Whether it holds on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Pattern {
    /// A pattern of 1 to 256 characters.
    ///
    /// # Errors
    /// [`RuleError::Pattern`].
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        if (1..=256).contains(&text.chars().count()) {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(RuleError::Pattern)
        }
    }

    /// Its text, in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole of `text` matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        if !self.0.contains(['*', '?']) {
            // The common case, without an allocation.
            return self.0.chars().eq(text.chars().flat_map(char::to_lowercase));
        }
        let text: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        let pattern: Vec<char> = self.0.chars().collect();
        let (mut p, mut t) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        while t < text.len() {
            if p < pattern.len() && pattern[p] == '*' {
                star = Some((p, t));
                p += 1;
            } else if p < pattern.len() && (pattern[p] == '?' || pattern[p] == text[t]) {
                p += 1;
                t += 1;
            } else if let Some((star_at, taken)) = star {
                p = star_at + 1;
                t = taken + 1;
                star = Some((star_at, taken + 1));
            } else {
                return false;
            }
        }
        pattern[p..].iter().all(|c| *c == '*')
    }
}

impl Matcher {
    /// Whether a charge matches.
    #[must_use]
    pub fn matches(&self, charge: &ChargeFacts<'_>) -> bool {
        match self {
            Self::Resource(wanted) => charge.resource == Some(wanted),
            Self::Account(wanted) => charge.sub_account == Some(wanted),
            Self::Service(wanted) => wanted.matches(charge.service),
            Self::Region(wanted) => charge
                .region
                .is_some_and(|r| r.eq_ignore_ascii_case(wanted)),
            Self::Tag { key, value } => charge
                .tags
                .iter()
                .any(|(k, v)| bare_key(k).eq_ignore_ascii_case(bare_key(key)) && value.matches(v)),
        }
    }
}

/// A tag key without the prefix under which AWS exports list the tags that users set.
fn bare_key(key: &str) -> &str {
    key.strip_prefix("user:").unwrap_or(key)
}

impl OwnershipRule {
    /// A rule that gives charges on which all `matchers` agree to `owner`.
    ///
    /// # Errors
    /// [`RuleError::MatchesEverything`] without matchers.
    pub fn new(
        id: RuleId,
        owner: OwnerId,
        matchers: Vec<Matcher>,
        validity: Validity,
    ) -> Result<Self, RuleError> {
        if matchers.is_empty() {
            return Err(RuleError::MatchesEverything);
        }
        Ok(Self {
            id,
            owner,
            matchers,
            validity,
        })
    }

    /// What it matches.
    #[must_use]
    pub fn matchers(&self) -> &[Matcher] {
        &self.matchers
    }

    /// Whether it holds on the charge's day and matches it.
    #[must_use]
    pub fn matches(&self, charge: &ChargeFacts<'_>) -> bool {
        self.validity.holds_on(charge.day) && self.matchers.iter().all(|m| m.matches(charge))
    }
}

/// A stretch of days on which one owner has what the same facts describe, by one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenure {
    /// Its first day; open if absent.
    pub from: Option<Date>,
    /// Its last day; open if absent.
    pub to: Option<Date>,
    /// Whose it is.
    pub owner: OwnerId,
    /// By which rule.
    pub rule: RuleId,
}

/// Ownership rules in their order: the first that matches wins.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    rules: Vec<OwnershipRule>,
    by_resource: std::collections::HashMap<ResourceId, Vec<usize>>,
    general: Vec<usize>,
}

impl RuleSet {
    /// The rules, in order.
    #[must_use]
    pub fn new(rules: Vec<OwnershipRule>) -> Self {
        let mut set = Self {
            rules,
            ..Self::default()
        };
        for (at, rule) in set.rules.iter().enumerate() {
            // Rules on one resource are looked up, so that thousands of assignments stay fast.
            match rule.matchers.iter().find_map(|m| match m {
                Matcher::Resource(id) => Some(id.clone()),
                _ => None,
            }) {
                Some(id) => set.by_resource.entry(id).or_default().push(at),
                None => set.general.push(at),
            }
        }
        set
    }

    /// The rules, in order.
    #[must_use]
    pub fn rules(&self) -> &[OwnershipRule] {
        &self.rules
    }

    /// Who owns charges with these facts on which days, in the order of days; the day of `facts` is
    /// not looked at. On every day it says what [`RuleSet::first_match`] says.
    #[must_use]
    pub fn tenures(&self, facts: &ChargeFacts<'_>) -> Vec<Tenure> {
        let mut order: Vec<usize> = self.general.clone();
        if let Some(named) = facts.resource.and_then(|id| self.by_resource.get(id)) {
            order.extend(named);
            order.sort_unstable();
        }
        let mut candidates = Vec::new();
        for rule in order.into_iter().map(|at| &self.rules[at]) {
            if rule.matchers.iter().all(|m| m.matches(facts)) {
                candidates.push(rule);
                if rule.validity == Validity::default() {
                    break; // No later rule can win on any day.
                }
            }
        }
        let after = |rule: &&OwnershipRule| rule.validity.to().and_then(|day| day.tomorrow().ok());
        let mut begins: Vec<Date> = candidates
            .iter()
            .flat_map(|rule| [rule.validity.from(), after(rule)])
            .flatten()
            .collect();
        begins.push(Date::MIN);
        begins.sort_unstable();
        begins.dedup();
        let mut tenures: Vec<Tenure> = Vec::new();
        for (at, from) in begins.iter().enumerate() {
            let Some(rule) = candidates.iter().find(|rule| rule.validity.holds_on(*from)) else {
                continue;
            };
            let to = begins.get(at + 1).and_then(|next| next.yesterday().ok());
            let from = (*from > Date::MIN).then_some(*from);
            match tenures.last_mut() {
                Some(last)
                    if last.rule == rule.id
                        && last.to.and_then(|day| day.tomorrow().ok()) == from =>
                {
                    last.to = to;
                }
                _ => tenures.push(Tenure {
                    from,
                    to,
                    owner: rule.owner,
                    rule: rule.id,
                }),
            }
        }
        tenures
    }

    /// The first rule that matches `charge`.
    #[must_use]
    pub fn first_match(&self, charge: &ChargeFacts<'_>) -> Option<&OwnershipRule> {
        let hit = |at: &usize| self.rules[*at].matches(charge);
        let named = charge
            .resource
            .and_then(|id| self.by_resource.get(id))
            .and_then(|rules| rules.iter().copied().find(|at| hit(at)));
        let limit = named.unwrap_or(usize::MAX);
        let general = self
            .general
            .iter()
            .copied()
            .take_while(|at| *at < limit)
            .find(|at| hit(at));
        general.or(named).map(|at| &self.rules[at])
    }
}
