//! How often each operation was asked.

use std::collections::BTreeMap;

/// Requests that reached the sandbox since it was opened, retries included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requests {
    asked: BTreeMap<String, u64>,
    answered: BTreeMap<String, u64>,
}

impl Requests {
    /// Requests of one operation, written like `ce:GetCostAndUsage`.
    pub fn of(&self, operation: &str) -> u64 {
        self.asked.get(operation).copied().unwrap_or(0)
    }

    /// Requests of one operation that were answered without an error.
    pub fn answered(&self, operation: &str) -> u64 {
        self.answered.get(operation).copied().unwrap_or(0)
    }

    /// All requests.
    pub fn total(&self) -> u64 {
        self.asked.values().sum()
    }

    /// Requests that AWS would charge one cent for: Cost Explorer answers, each page counted;
    /// failed calls are free.
    pub fn charged_by_cost_explorer(&self) -> u64 {
        self.answered
            .iter()
            .filter(|(operation, _)| operation.starts_with("ce:"))
            .map(|(_, count)| count)
            .sum()
    }

    /// Every operation with its count.
    pub fn by_operation(&self) -> impl Iterator<Item = (&str, u64)> {
        self.asked
            .iter()
            .map(|(operation, count)| (operation.as_str(), *count))
    }

    pub(crate) fn count_asked(&mut self, operation: &str) {
        *self.asked.entry(operation.into()).or_default() += 1;
    }

    pub(crate) fn count_answered(&mut self, operation: &str) {
        *self.answered.entry(operation.into()).or_default() += 1;
    }
}
