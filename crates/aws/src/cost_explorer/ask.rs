use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

use aws_sdk_costexplorer::Client;
use aws_sdk_costexplorer::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_costexplorer::types::{
    DateInterval, Dimension, DimensionValues, Expression, Granularity, GroupDefinition,
    GroupDefinitionType, MetricValue, TagValues,
};
use jiff::civil::Date;
use tallyport_ledger::{Currency, DayRange, Exact};

use super::fetch::Step;
use crate::skew::ClockWatch;
use crate::{AwsError, pace};

/// The metrics of every call: asking for several costs no more than asking for one.
const METRICS: [&str; 2] = ["UnblendedCost", "AmortizedCost"];

/// How long nobody is asked whether to go on.
const PATIENCE: Duration = Duration::from_secs(1);

/// One cell of an answer: a day, its group and what it cost.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub day: Date,
    pub estimated: bool,
    /// The values of the two groupings.
    pub keys: [String; 2],
    pub currency: Currency,
    pub billed: Exact,
    pub effective: Exact,
}

/// A conversation with Cost Explorer: counts what is paid for, tells how far it is, can be stopped.
pub(super) struct Conversation<'a> {
    client: Client,
    watch: ClockWatch,
    days: DayRange,
    /// The names of linked accounts, as answers brought them along.
    pub names: BTreeMap<String, String>,
    pub requests: u32,
    pub expected: u32,
    on_step: &'a mut (dyn FnMut(Step) -> ControlFlow<()> + Send),
}

impl<'a> Conversation<'a> {
    pub fn new(
        config: &aws_config::SdkConfig,
        billing_account: &str,
        days: DayRange,
        expected: u32,
        on_step: &'a mut (dyn FnMut(Step) -> ControlFlow<()> + Send),
    ) -> Self {
        let watch = ClockWatch::default();
        Self {
            client: pace::cost_explorer(config, billing_account, &watch),
            watch,
            days,
            names: BTreeMap::new(),
            requests: 0,
            expected,
            on_step,
        }
    }

    fn step(&mut self, message: &str) -> Result<(), AwsError> {
        let step = Step {
            requests: self.requests,
            expected: self.expected.max(self.requests + 1),
            message: message.to_owned(),
        };
        match (self.on_step)(step) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(AwsError::Cancelled),
        }
    }

    fn interval(&self) -> Result<DateInterval, AwsError> {
        let bad = |_| AwsError::BadAnswer("a day beyond the calendar".into());
        // The end of a period is exclusive in Cost Explorer.
        let end = self.days.to().tomorrow().map_err(bad)?;
        DateInterval::builder()
            .start(self.days.from().to_string())
            .end(end.to_string())
            .build()
            .map_err(|error| AwsError::BadAnswer(error.to_string()))
    }

    /// By how many seconds AWS's clock is ahead of ours, where that matters.
    pub fn skew(&self) -> Option<i64> {
        self.watch.skew()
    }

    /// Waits for an answer. Refusals may be waited out for minutes: meanwhile the person is asked
    /// every second whether to go on.
    async fn answer<T, E, R>(
        &mut self,
        action: &str,
        message: &str,
        call: impl Future<Output = Result<T, SdkError<E, R>>>,
    ) -> Result<T, AwsError>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        let mut call = std::pin::pin!(call);
        let answer = loop {
            match tokio::time::timeout(PATIENCE, &mut call).await {
                Ok(answer) => break answer,
                Err(_) => self.step(message)?,
            }
        };
        match answer.map_err(AwsError::from_call(action)) {
            Ok(answer) => {
                self.requests += 1;
                Ok(answer)
            }
            Err(AwsError::ClockSkew { action, by }) => Err(AwsError::ClockSkew {
                action,
                by: self.watch.skew().or(by),
            }),
            Err(error) => Err(error),
        }
    }

    /// The values that a dimension has in these days.
    pub async fn values(&mut self, dimension: Dimension) -> Result<Vec<String>, AwsError> {
        let message = "Reading what there is to filter by";
        let mut values = Vec::new();
        let mut token = None;
        loop {
            self.step(message)?;
            let call = self
                .client
                .get_dimension_values()
                .dimension(dimension.clone())
                .time_period(self.interval()?)
                .set_next_page_token(token)
                .send();
            let answer = self.answer("ce:GetDimensionValues", message, call).await?;
            values.extend(answer.dimension_values.into_iter().filter_map(|v| v.value));
            token = answer.next_page_token;
            if token.is_none() {
                return Ok(values);
            }
        }
    }

    /// The tag keys in use.
    pub async fn tag_keys(&mut self) -> Result<Vec<String>, AwsError> {
        let mut keys = Vec::new();
        let mut token = None;
        loop {
            let message = "Reading the tag keys";
            self.step(message)?;
            let call = self
                .client
                .get_tags()
                .time_period(self.interval()?)
                .set_next_page_token(token)
                .send();
            let answer = self.answer("ce:GetTags", message, call).await?;
            keys.extend(answer.tags);
            token = answer.next_page_token;
            if token.is_none() {
                return Ok(keys);
            }
        }
    }

    /// Daily cost by two groupings; every page is followed.
    pub async fn cost(
        &mut self,
        message: &str,
        filter: Option<Expression>,
        groupings: [GroupDefinition; 2],
    ) -> Result<Vec<Cell>, AwsError> {
        let mut cells = Vec::new();
        let mut token = None;
        loop {
            self.step(message)?;
            let call = self
                .client
                .get_cost_and_usage()
                .time_period(self.interval()?)
                .granularity(Granularity::Daily)
                .set_metrics(Some(METRICS.map(str::to_owned).to_vec()))
                .set_filter(filter.clone())
                .set_group_by(Some(groupings.to_vec()))
                .set_next_page_token(token)
                .send();
            let answer = self.answer("ce:GetCostAndUsage", message, call).await?;
            for named in answer.dimension_value_attributes.unwrap_or_default() {
                let name = named.attributes.and_then(|mut a| a.remove("description"));
                if let (Some(id), Some(name)) = (named.value, name) {
                    self.names.insert(id, name);
                }
            }
            for result in answer.results_by_time.unwrap_or_default() {
                let start = result
                    .time_period
                    .as_ref()
                    .map_or("", |period| period.start());
                let day: Date = start
                    .get(..10)
                    .and_then(|text| text.parse().ok())
                    .ok_or_else(|| AwsError::BadAnswer(format!("\"{start}\" is not a day")))?;
                for group in result.groups.unwrap_or_default() {
                    let metrics = group.metrics.unwrap_or_default();
                    let (billed, currency) = amount(metrics.get(METRICS[0]))?;
                    let (effective, _) = amount(metrics.get(METRICS[1]))?;
                    let mut keys = group.keys.unwrap_or_default().into_iter();
                    let keys = [
                        keys.next().unwrap_or_default(),
                        keys.next().unwrap_or_default(),
                    ];
                    let estimated = result.estimated;
                    cells.push(Cell {
                        day,
                        estimated,
                        keys,
                        currency,
                        billed,
                        effective,
                    });
                }
            }
            token = answer.next_page_token;
            if token.is_none() {
                return Ok(cells);
            }
        }
    }
}

fn amount(value: Option<&MetricValue>) -> Result<(Exact, Currency), AwsError> {
    let missing = || AwsError::BadAnswer("a group without an amount".into());
    let value = value.ok_or_else(missing)?;
    let text = value.amount().ok_or_else(missing)?;
    let exact = Exact::parse(text.as_bytes())
        .map_err(|error| AwsError::BadAnswer(format!("\"{text}\": {error}")))?;
    Ok((exact, value.unit().unwrap_or("USD").parse()?))
}

/// Groups by a dimension such as `SERVICE`.
pub(super) fn by_dimension(key: &str) -> GroupDefinition {
    GroupDefinition::builder()
        .r#type(GroupDefinitionType::Dimension)
        .key(key)
        .build()
}

/// Groups by the values of a tag.
pub(super) fn by_tag(key: &str) -> GroupDefinition {
    GroupDefinition::builder()
        .r#type(GroupDefinitionType::Tag)
        .key(key)
        .build()
}

/// Keeps one of `values` of a dimension.
pub(super) fn only(dimension: Dimension, values: &[String]) -> Expression {
    let values = DimensionValues::builder()
        .key(dimension)
        .set_values(Some(values.to_vec()))
        .build();
    Expression::builder().dimensions(values).build()
}

/// Keeps what both keep.
pub(super) fn both(one: Expression, other: Expression) -> Expression {
    Expression::builder().and(one).and(other).build()
}

/// What `filter` keeps and none of `values` of the tag `key` marks. Cost Explorer takes at most a
/// hundred values a filter.
pub(super) fn without(filter: Expression, key: &str, values: &[String]) -> Expression {
    values.chunks(100).fold(filter, |filter, values| {
        let values = TagValues::builder()
            .key(key)
            .set_values(Some(values.to_vec()))
            .build();
        let marked = Expression::builder().tags(values).build();
        both(filter, Expression::builder().not(marked).build())
    })
}
