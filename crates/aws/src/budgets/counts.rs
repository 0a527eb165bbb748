//! What counts towards a budget of AWS, in its old words and in its new ones.
#![expect(
    deprecated,
    reason = "budgets that were made in the old words are still there, and are answered in them"
)]

use aws_sdk_budgets::types::{Budget, Dimension, Expression, Metric as AwsMetric};
use tallyport_ledger::Metric;

use super::AwsScope;

/// What counts.
#[derive(Debug)]
pub(super) struct Counted {
    pub scope: AwsScope,
    pub metric: Metric,
    pub credits: bool,
    pub tax: bool,
    pub notes: Vec<String>,
}

pub(super) fn counted(budget: &Budget) -> Result<Counted, String> {
    let mut counted = Counted {
        scope: AwsScope::All,
        metric: Metric::Billed,
        credits: true,
        tax: true,
        notes: Vec::new(),
    };
    match (&budget.filter_expression, budget.metrics.as_deref()) {
        (None, None | Some([])) => counted.old(budget)?,
        (expression, metrics) => {
            counted.metric = metric(metrics.unwrap_or_default(), &mut counted.notes)?;
            if let Some(expression) = expression {
                counted.narrow(expression)?;
            }
        }
    }
    Ok(counted)
}

fn metric(metrics: &[AwsMetric], notes: &mut Vec<String>) -> Result<Metric, String> {
    Ok(match metrics.first() {
        None | Some(AwsMetric::UnblendedCost) => Metric::Billed,
        Some(AwsMetric::AmortizedCost) => Metric::Effective,
        Some(AwsMetric::NetUnblendedCost) => {
            notes.push("it counts net cost; here billed cost counts".to_owned());
            Metric::Billed
        }
        Some(AwsMetric::NetAmortizedCost) => {
            notes.push("it counts net amortised cost; here effective cost counts".to_owned());
            Metric::Effective
        }
        Some(other) => return Err(format!("it counts {}", other.as_str())),
    })
}

impl Counted {
    fn old(&mut self, budget: &Budget) -> Result<(), String> {
        if let Some(types) = &budget.cost_types {
            if types.use_blended == Some(true) {
                return Err("it counts blended cost".to_owned());
            }
            if types.use_amortized == Some(true) {
                self.metric = Metric::Effective;
            }
            self.credits = types.include_credit != Some(false);
            self.tax = types.include_tax != Some(false);
            for (included, what) in [
                (types.include_refund, "refunds"),
                (types.include_upfront, "upfront fees"),
                (types.include_recurring, "recurring fees"),
                (types.include_subscription, "subscriptions"),
                (types.include_other_subscription, "other subscriptions"),
                (types.include_support, "support"),
                (types.include_discount, "discounts"),
            ] {
                if included == Some(false) {
                    self.notes
                        .push(format!("it leaves out {what}; here they count"));
                }
            }
        }
        let mut filters: Vec<_> = budget.cost_filters.iter().flatten().collect();
        filters.sort_by_key(|(name, _)| name.as_str());
        for (name, values) in filters {
            match (name.as_str(), values.as_slice()) {
                (_, []) => {}
                ("Service", [service]) => self.about(AwsScope::Service(service.clone()))?,
                ("TagKeyValue", [pair]) => {
                    let (key, value) = pair
                        .split_once('$')
                        .ok_or_else(|| format!("its tag \"{pair}\" cannot be read"))?;
                    self.about(tag(key, value))?;
                }
                ("Service" | "TagKeyValue", several) => {
                    return Err(format!("it is about {} at once", several.len()));
                }
                (other, _) => return Err(narrowed(other)),
            }
        }
        Ok(())
    }

    /// Takes an expression apart: all parts must hold, or it cannot be said here.
    fn narrow(&mut self, expression: &Expression) -> Result<(), String> {
        if expression.or.as_ref().is_some_and(|or| !or.is_empty()) {
            return Err("it is about one thing or another".to_owned());
        }
        for part in expression.and.iter().flatten() {
            self.narrow(part)?;
        }
        if let Some(not) = &expression.not {
            self.leave_out(not)?;
        }
        if let Some(dimension) = &expression.dimensions {
            match (&dimension.key, dimension.values.as_slice()) {
                (Dimension::Service, [service]) => {
                    self.about(AwsScope::Service(service.clone()))?;
                }
                (Dimension::Service, several) => {
                    return Err(format!("it is about {} services at once", several.len()));
                }
                (other, _) => return Err(narrowed(other.as_str())),
            }
        }
        if let Some(tags) = &expression.tags {
            match (tags.key.as_deref(), tags.values.as_deref()) {
                (Some(key), Some([value])) => self.about(tag(key, value))?,
                _ => return Err("it is about several values of a tag at once".to_owned()),
            }
        }
        if expression.cost_categories.is_some() {
            return Err(narrowed("a cost category"));
        }
        Ok(())
    }

    /// What is left out: kinds of charges only.
    fn leave_out(&mut self, not: &Expression) -> Result<(), String> {
        let dimension = not.dimensions.as_ref();
        let Some(dimension) = dimension.filter(|d| d.key == Dimension::RecordType) else {
            return Err("it leaves out more than kinds of charges".to_owned());
        };
        for kind in &dimension.values {
            match kind.as_str() {
                "Credit" => self.credits = false,
                "Tax" => self.tax = false,
                other => {
                    let what = other.to_lowercase();
                    self.notes
                        .push(format!("it leaves out {what}; here it counts"));
                }
            }
        }
        Ok(())
    }

    fn about(&mut self, scope: AwsScope) -> Result<(), String> {
        if self.scope != AwsScope::All {
            return Err("it is about two things that must both hold".to_owned());
        }
        self.scope = scope;
        Ok(())
    }
}

fn tag(key: &str, value: &str) -> AwsScope {
    AwsScope::Tag {
        key: key.strip_prefix("user:").unwrap_or(key).to_owned(),
        value: value.to_owned(),
    }
}

fn narrowed(by: &str) -> String {
    format!(
        "it is narrowed by {by}; budgets here are about people, teams, clients, services and tags"
    )
}
