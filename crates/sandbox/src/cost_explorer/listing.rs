//! GetDimensionValues and GetTags: what there is to filter by.

use std::collections::BTreeMap;

use super::answer::{DimensionValue, DimensionValues, TagValues};
use super::dimension::{Dimension, tag};
use super::filter::Filter;
use super::metric::Metric;
use super::paging::Pages;
use super::period::Period;
use super::request::Listing;
use super::{Refusal, read, written};
use crate::call::Call;
use crate::company::{Bill, Line, Nano, account_name};
use crate::sandbox::State;

/// A listing returns at most so many.
const MOST: usize = 1_000;

pub(crate) fn dimension_values(state: &State, call: &Call) -> Result<Vec<u8>, Refusal> {
    let asked: Listing = read(call)?;
    let name = asked
        .dimension
        .as_deref()
        .ok_or_else(|| Refusal::invalid("Dimension is required."))?;
    let dimension = Dimension::read(name)?;
    if !matches!(asked.context.as_deref(), None | Some("COST_AND_USAGE")) {
        return Err(Refusal::invalid(
            "The sandbox has dimension values in the context COST_AND_USAGE only.",
        ));
    }
    let bill = state.bill();
    let found = found(&bill, call, &asked, |line| {
        vec![dimension.of(line).to_owned()]
    })?;
    let (page, total, token) = paged(&bill, &asked, found)?;
    let value = |value: String| {
        let description = if dimension == Dimension::LinkedAccount {
            account_name(&value)
        } else {
            ""
        };
        let attributes = if description.is_empty() {
            BTreeMap::new()
        } else {
            BTreeMap::from([("description", description.to_owned())])
        };
        DimensionValue { value, attributes }
    };
    written(&DimensionValues {
        return_size: page.len(),
        dimension_values: page.into_iter().map(value).collect(),
        total_size: total,
        next_page_token: token,
    })
}

/// The keys of all tags, or the values of one; untagged charges are the empty value.
pub(crate) fn tags(state: &State, call: &Call) -> Result<Vec<u8>, Refusal> {
    let asked: Listing = read(call)?;
    let bill = state.bill();
    let found = found(&bill, call, &asked, |line| match &asked.tag_key {
        Some(key) => vec![tag(line, key).to_owned()],
        None => line.tags.iter().map(|(key, _)| key.clone()).collect(),
    })?;
    let (page, total, token) = paged(&bill, &asked, found)?;
    written(&TagValues {
        return_size: page.len(),
        tags: page,
        total_size: total,
        next_page_token: token,
    })
}

/// The values in the period, in the order that was asked for.
fn found(
    bill: &Bill,
    call: &Call,
    asked: &Listing,
    values: impl Fn(&Line) -> Vec<String>,
) -> Result<Vec<String>, Refusal> {
    let period = Period::read(asked.time_period.as_ref(), bill.today)?;
    let filter = Filter::read(asked.filter.as_ref())?;
    let by_metric = asked
        .sort_by
        .first()
        .map(|sort| Metric::read(&sort.key).map(|metric| (metric, sort)))
        .transpose()?;

    let mut by_line: BTreeMap<usize, Nano> = BTreeMap::new();
    for row in bill.between(period.start, period.end) {
        let mut sum = super::metric::Sum::default();
        by_metric
            .map_or(Metric::Unblended, |(metric, _)| metric)
            .add(&mut sum, row, "");
        *by_line.entry(row.line).or_default() += sum.amount;
    }
    let mut amounts: BTreeMap<String, Nano> = BTreeMap::new();
    for (number, amount) in by_line {
        let Some(line) = bill.lines.get(number) else {
            continue;
        };
        if (call.identity.is_payer() || line.account == call.identity.account)
            && filter.accepts(line)
        {
            for value in values(line) {
                *amounts.entry(value).or_default() += amount;
            }
        }
    }
    let sought = asked
        .search_string
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    let mut found: Vec<(String, Nano)> = amounts
        .into_iter()
        .filter(|(value, _)| value.to_lowercase().contains(&sought))
        .collect();
    if let Some((_, sort)) = by_metric {
        found.sort_by_key(|(_, amount)| *amount);
        if sort.sort_order.as_deref() != Some("ASCENDING") {
            found.reverse();
        }
    }
    Ok(found.into_iter().map(|(value, _)| value).collect())
}

fn paged(
    bill: &Bill,
    asked: &Listing,
    found: Vec<String>,
) -> Result<(Vec<String>, usize, Option<String>), Refusal> {
    let size = match asked.max_results {
        None => MOST,
        Some(size) => usize::try_from(size)
            .ok()
            .filter(|size| (1..=MOST).contains(size))
            .ok_or_else(|| Refusal::invalid(format!("MaxResults must be between 1 and {MOST}.")))?,
    };
    let pages = Pages::read(
        &written(asked)?,
        bill.today,
        asked.next_page_token.as_deref(),
    )?;
    let total = found.len();
    let page: Vec<String> = found.into_iter().skip(pages.from).take(size).collect();
    let token = pages.token(pages.from.saturating_add(size), total, bill.today);
    Ok((page, total, token))
}
