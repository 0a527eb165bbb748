use crate::alert::{Grade, Severity};

/// So far below its warning, in per cent of the limit, use has to fall to be no warning any more.
const SLACK: u8 = 5;

/// How much a tenant may use; nothing where there is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    stored_bytes: Option<u64>,
    moved_bytes: Option<u64>,
    warn_percent: u8,
    stop: bool,
}

/// Why a quota cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuotaError {
    /// A warning that could never come, or always would.
    #[error("a quota warns at 1 to 100 per cent, not at {0}")]
    Percent(u8),
    /// A limit of nothing: suspend the tenant instead.
    #[error("a quota of nothing would let nobody in: suspend the tenant instead")]
    Nothing,
}

/// How somebody stands to a quota, the worse the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuotaStanding {
    /// Well below.
    Within,
    /// So near that it is to be told.
    Near,
    /// At the limit, or beyond it.
    Reached,
}

impl QuotaStanding {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Near => "near",
            Self::Reached => "reached",
        }
    }
}

impl Default for Quota {
    fn default() -> Self {
        Self {
            stored_bytes: None,
            moved_bytes: None,
            warn_percent: 80,
            stop: false,
        }
    }
}

impl Quota {
    /// A quota on what is kept and on what is moved in a month.
    ///
    /// # Errors
    /// [`QuotaError`].
    pub const fn new(
        stored_bytes: Option<u64>,
        moved_bytes: Option<u64>,
        warn_percent: u8,
        stop: bool,
    ) -> Result<Self, QuotaError> {
        if warn_percent == 0 || warn_percent > 100 {
            return Err(QuotaError::Percent(warn_percent));
        }
        if matches!(stored_bytes, Some(0)) || matches!(moved_bytes, Some(0)) {
            return Err(QuotaError::Nothing);
        }
        Ok(Self {
            stored_bytes,
            moved_bytes,
            warn_percent,
            stop,
        })
    }

    /// How much it may keep.
    #[must_use]
    pub const fn stored_bytes(&self) -> Option<u64> {
        self.stored_bytes
    }

    /// How much it may move in and out in a month.
    #[must_use]
    pub const fn moved_bytes(&self) -> Option<u64> {
        self.moved_bytes
    }

    /// At which part of a limit it is told.
    #[must_use]
    pub const fn warn_percent(&self) -> u8 {
        self.warn_percent
    }

    /// Whether nothing more can be written once a limit is reached.
    #[must_use]
    pub const fn stop(&self) -> bool {
        self.stop
    }

    /// How `stored` and what was `moved` this month stand to it.
    #[must_use]
    pub fn standing(&self, stored: u64, moved: u64) -> QuotaStanding {
        let of = |used, limit: Option<u64>| {
            limit.map_or(QuotaStanding::Within, |limit| self.of(used, limit))
        };
        of(stored, self.stored_bytes).max(of(moved, self.moved_bytes))
    }

    /// What is to be told of `used` bytes of one of its limits: of what is kept, or of what was moved this month.
    #[must_use]
    pub fn grade(&self, used: u64, limit: u64) -> Grade {
        // Just below the warning it is not taken back yet: use that goes to and fro is told once.
        let slack = (self.warn_percent / 2).min(SLACK);
        let lingers = u128::from(limit) * u128::from(self.warn_percent - slack);
        match self.of(used, limit) {
            QuotaStanding::Reached => Grade::Holds(Severity::Urgent),
            QuotaStanding::Near => Grade::Holds(Severity::Warning),
            QuotaStanding::Within if u128::from(used) * 100 >= lingers => Grade::Lingers,
            QuotaStanding::Within => Grade::Gone,
        }
    }

    /// Whether `more` bytes can be kept besides `stored`.
    #[must_use]
    pub fn has_room(&self, stored: u64, more: u64) -> bool {
        !self.stop
            || self
                .stored_bytes
                .is_none_or(|limit| stored.saturating_add(more) <= limit)
    }

    fn of(&self, used: u64, limit: u64) -> QuotaStanding {
        let (used_in_hundredths, warn) = (
            u128::from(used) * 100,
            u128::from(limit) * u128::from(self.warn_percent),
        );
        if used >= limit {
            QuotaStanding::Reached
        } else if used_in_hundredths >= warn {
            QuotaStanding::Near
        } else {
            QuotaStanding::Within
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worse_of_both_limits_counts() {
        let quota = Quota::new(Some(1_000), Some(10), 80, true).unwrap();
        assert_eq!(quota.standing(799, 7), QuotaStanding::Within);
        assert_eq!(quota.standing(800, 0), QuotaStanding::Near);
        assert_eq!(quota.standing(0, 8), QuotaStanding::Near);
        assert_eq!(quota.standing(800, 10), QuotaStanding::Reached);
        assert_eq!(quota.standing(u64::MAX, 0), QuotaStanding::Reached);
        assert!(quota.has_room(900, 100) && !quota.has_room(900, 101));
        let warning = Quota::new(Some(1_000), None, 80, false).unwrap();
        let grades = [749, 750, 799, 800, 999, 1_000].map(|used| warning.grade(used, 1_000));
        assert_eq!(
            grades,
            [
                Grade::Gone,
                Grade::Lingers,
                Grade::Lingers,
                Grade::Holds(Severity::Warning),
                Grade::Holds(Severity::Warning),
                Grade::Holds(Severity::Urgent),
            ]
        );
        let early = Quota::new(Some(1_000), None, 1, false).unwrap();
        assert_eq!(
            early.grade(9, 1_000),
            Grade::Gone,
            "also a warning at one per cent ends"
        );
        assert!(
            warning.has_room(900, 101),
            "one that only warns stops nothing"
        );
    }
}
