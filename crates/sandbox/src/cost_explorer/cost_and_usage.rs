//! GetCostAndUsage.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::answer::{CostAndUsageAnswer, DimensionValue, Group, MetricValue, ResultByTime};
use super::dimension::{Dimension, tag};
use super::filter::Filter;
use super::metric::{Metric, Sum};
use super::paging::Pages;
use super::period::{Granularity, Period};
use super::request::{CostAndUsage, GroupDefinition};
use super::{Refusal, read, written};
use crate::call::Call;
use crate::company::{Bill, Line, account_name, decimal};
use crate::lock::locked;
use crate::sandbox::State;

/// One of at most two things to group by.
enum Grouping {
    Dimension(Dimension),
    Tag(String),
    CostCategory(String),
}

impl Grouping {
    fn read(asked: &GroupDefinition) -> Result<Self, Refusal> {
        let key = asked
            .key
            .as_deref()
            .filter(|key| !key.is_empty())
            .ok_or_else(|| Refusal::invalid("A group definition needs a key."))?;
        match asked.kind.as_deref() {
            Some("DIMENSION") => Dimension::read_grouping(key).map(Self::Dimension),
            Some("TAG") => Ok(Self::Tag(key.to_owned())),
            Some("COST_CATEGORY") => Ok(Self::CostCategory(key.to_owned())),
            other => Err(Refusal::invalid(format!(
                "Group type {} is not supported.",
                other.unwrap_or("nothing")
            ))),
        }
    }

    fn key(&self, line: &Line) -> String {
        match self {
            Self::Dimension(dimension) => dimension.of(line).to_owned(),
            Self::Tag(key) => format!("{key}${}", tag(line, key)),
            Self::CostCategory(key) => format!("{key}$"),
        }
    }
}

pub(crate) fn answer(state: &State, call: &Call) -> Result<Vec<u8>, Refusal> {
    let asked: CostAndUsage = read(call)?;
    let bill = state.bill();
    let period = Period::read(asked.time_period.as_ref(), bill.today)?;
    let granularity = Granularity::read(asked.granularity.as_deref())?;
    if asked.metrics.is_empty() {
        return Err(Refusal::invalid("At least one metric is required."));
    }
    let metrics: Vec<(String, Metric)> = asked
        .metrics
        .iter()
        .map(|name| Ok((name.clone(), Metric::read(name)?)))
        .collect::<Result<_, Refusal>>()?;
    if asked.group_by.len() > 2 {
        return Err(Refusal::invalid("Group by at most two definitions."));
    }
    let groupings: Vec<Grouping> = asked
        .group_by
        .iter()
        .map(Grouping::read)
        .collect::<Result<_, _>>()?;
    let filter = Filter::read(asked.filter.as_ref())?;
    let pages = Pages::read(
        &written(&asked)?,
        bill.today,
        asked.next_page_token.as_deref(),
    )?;

    // Pages of one answer are worked out once: ten thousand of them may be asked for.
    let whose = format!("{} {}", call.identity.account, pages.fingerprint);
    let kept = locked(&state.kept)
        .clone()
        .filter(|kept| kept.whose == whose && Arc::ptr_eq(&kept.bill, &bill));
    let kept = kept.unwrap_or_else(|| {
        let is_payer = call.identity.is_payer();
        let sees = |line: &Line| {
            (is_payer || line.account == call.identity.account) && filter.accepts(line)
        };
        // What a line is grouped under is the same on every day: once per line, not once per row.
        let key = |line: &Line| {
            groupings
                .iter()
                .map(|grouping| grouping.key(line))
                .collect()
        };
        let keys: Vec<Option<Vec<String>>> = bill
            .lines
            .iter()
            .map(|line| sees(line).then(|| key(line)))
            .collect();
        let periods = period.cut(granularity);
        let sums = sum(&bill, &periods, &keys, &metrics);
        Arc::new(Kept {
            whose,
            bill: bill.clone(),
            periods,
            sums,
        })
    });
    let is_grouped = !groupings.is_empty();
    let size = state.page_size();
    let (results, next, total) = page(&kept, &metrics, is_grouped, pages.from, size);
    if next < total {
        *locked(&state.kept) = Some(kept);
    }
    let accounts = groupings
        .iter()
        .any(|grouping| matches!(grouping, Grouping::Dimension(Dimension::LinkedAccount)));
    written(&CostAndUsageAnswer {
        next_page_token: pages.token(next, total, bill.today),
        group_definitions: asked.group_by,
        dimension_value_attributes: if accounts {
            names_of_accounts(&results)
        } else {
            vec![]
        },
        results_by_time: results,
    })
}

type Sums = BTreeMap<Vec<String>, Vec<Sum>>;

/// An answer before it is cut into pages.
#[derive(Debug)]
pub(crate) struct Kept {
    /// The account that asked, and what it asked.
    whose: String,
    bill: Arc<Bill>,
    periods: Vec<Period>,
    sums: Vec<Sums>,
}

fn sum(
    bill: &Bill,
    periods: &[Period],
    keys: &[Option<Vec<String>>],
    metrics: &[(String, Metric)],
) -> Vec<Sums> {
    let of_period = |period: &Period| {
        let mut sums = Sums::new();
        for row in bill.between(period.start, period.end) {
            let (Some(Some(key)), Some(line)) = (keys.get(row.line), bill.lines.get(row.line))
            else {
                continue;
            };
            if !sums.contains_key(key) {
                sums.insert(key.clone(), vec![Sum::default(); metrics.len()]);
            }
            let Some(group) = sums.get_mut(key) else {
                continue;
            };
            for ((_, metric), sum) in metrics.iter().zip(group) {
                metric.add(sum, row, line.unit);
            }
        }
        sums
    };
    periods.iter().map(of_period).collect()
}

/// One page of results. A page counts groups, so that a day may begin on one page and end on the
/// next; a period without groups counts as one.
fn page(
    kept: &Kept,
    metrics: &[(String, Metric)],
    is_grouped: bool,
    from: usize,
    size: usize,
) -> (Vec<ResultByTime>, usize, usize) {
    let values = |sums: &[Sum]| -> BTreeMap<String, MetricValue> {
        metrics
            .iter()
            .zip(sums)
            .map(|((name, metric), sum)| {
                (
                    name.clone(),
                    MetricValue {
                        amount: decimal(sum.amount),
                        unit: metric.unit(sum),
                    },
                )
            })
            .collect()
    };
    let to = from.saturating_add(size);
    let mut at = 0;
    let mut results = vec![];
    for (period, sums) in kept.periods.iter().zip(&kept.sums) {
        let places = if is_grouped { sums.len().max(1) } else { 1 };
        let (first, last) = (at, at + places);
        at = last;
        if last <= from || first >= to {
            continue;
        }
        let mut result = ResultByTime {
            time_period: period.written(),
            total: BTreeMap::new(),
            groups: vec![],
            estimated: kept.bill.is_estimated(period.end),
        };
        if is_grouped {
            let skipped = from.saturating_sub(first);
            let taken = to.min(last) - first.max(from);
            result.groups = sums
                .iter()
                .skip(skipped)
                .take(taken)
                .map(|(keys, sums)| Group {
                    keys: keys.clone(),
                    metrics: values(sums),
                })
                .collect();
        } else {
            let nothing = vec![Sum::default(); metrics.len()];
            result.total = values(sums.values().next().unwrap_or(&nothing));
        }
        results.push(result);
    }
    (results, to, at)
}

/// Grouping by account brings the accounts' names along.
fn names_of_accounts(results: &[ResultByTime]) -> Vec<DimensionValue> {
    let mut ids: Vec<&String> = results
        .iter()
        .flat_map(|result| &result.groups)
        .flat_map(|group| &group.keys)
        .collect();
    ids.sort();
    ids.dedup();
    ids.into_iter()
        .filter(|id| !account_name(id).is_empty())
        .map(|id| DimensionValue {
            value: id.clone(),
            attributes: BTreeMap::from([("description", account_name(id).to_owned())]),
        })
        .collect()
}
