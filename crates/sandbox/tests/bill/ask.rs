//! One way of asking Cost Explorer, so that the tests are data.

use std::collections::BTreeMap;

use aws_sdk_costexplorer::Client;
use aws_sdk_costexplorer::types::{
    DateInterval, Dimension, DimensionValues, Expression, Granularity, GroupDefinition,
    GroupDefinitionType, ResultByTime,
};
use tallyport_sandbox::Sandbox;

pub const FROM: &str = "2025-11-01";
pub const TO: &str = "2026-11-22";

pub fn client(sandbox: &Sandbox) -> Client {
    let config = sandbox.sdk_config();
    let quick = config
        .retry_config()
        .cloned()
        .unwrap()
        .with_initial_backoff(std::time::Duration::from_millis(2));
    Client::new(&config.to_builder().retry_config(quick).build())
}

pub fn period(from: &str, to: &str) -> DateInterval {
    DateInterval::builder().start(from).end(to).build().unwrap()
}

pub fn by(key: &str) -> GroupDefinition {
    GroupDefinition::builder()
        .r#type(GroupDefinitionType::Dimension)
        .key(key)
        .build()
}

pub fn by_tag(key: &str) -> GroupDefinition {
    GroupDefinition::builder()
        .r#type(GroupDefinitionType::Tag)
        .key(key)
        .build()
}

pub fn only(dimension: Dimension, values: &[&str]) -> Expression {
    let values = DimensionValues::builder()
        .key(dimension)
        .set_values(Some(values.iter().map(ToString::to_string).collect()));
    Expression::builder().dimensions(values.build()).build()
}

pub struct Ask {
    pub from: String,
    pub to: String,
    pub granularity: Granularity,
    pub groups: Vec<GroupDefinition>,
    pub filter: Option<Expression>,
}

impl Ask {
    pub fn year() -> Self {
        Self {
            from: FROM.into(),
            to: TO.into(),
            granularity: Granularity::Monthly,
            groups: vec![],
            filter: None,
        }
    }

    pub fn grouped(groups: Vec<GroupDefinition>) -> Self {
        Self {
            groups,
            ..Self::year()
        }
    }

    pub fn filtered(filter: Expression) -> Self {
        Self {
            filter: Some(filter),
            ..Self::year()
        }
    }

    /// Every page, as it came.
    pub async fn pages(&self, client: &Client) -> Vec<Vec<ResultByTime>> {
        let mut pages = vec![];
        let mut token = None;
        loop {
            let answer = client
                .get_cost_and_usage()
                .time_period(period(&self.from, &self.to))
                .granularity(self.granularity.clone())
                .metrics("UnblendedCost")
                .metrics("AmortizedCost")
                .metrics("NetUnblendedCost")
                .metrics("NetAmortizedCost")
                .metrics("UsageQuantity")
                .set_group_by(Some(self.groups.clone()))
                .set_filter(self.filter.clone())
                .set_next_page_token(token)
                .send()
                .await
                .unwrap();
            token = answer.next_page_token().map(ToOwned::to_owned);
            pages.push(answer.results_by_time.unwrap_or_default());
            if token.is_none() {
                return pages;
            }
        }
    }

    /// The sum of a metric over everything answered.
    pub async fn total(&self, client: &Client, metric: &str) -> i128 {
        self.pages(client)
            .await
            .iter()
            .flatten()
            .map(|result| sum(result, metric))
            .sum()
    }

    /// Sums by period and keys.
    pub async fn cells(
        &self,
        client: &Client,
        metric: &str,
    ) -> BTreeMap<(String, Vec<String>), i128> {
        let mut cells = BTreeMap::new();
        for result in self.pages(client).await.iter().flatten() {
            let start = result.time_period().unwrap().start().to_owned();
            for group in result.groups() {
                let value = nano(group.metrics().unwrap()[metric].amount().unwrap());
                let before = cells.insert((start.clone(), group.keys().to_vec()), value);
                assert!(before.is_none(), "a group came twice: {:?}", group.keys());
            }
        }
        cells
    }
}

pub fn sum(result: &ResultByTime, metric: &str) -> i128 {
    let of =
        |metrics: &std::collections::HashMap<String, aws_sdk_costexplorer::types::MetricValue>| {
            metrics
                .get(metric)
                .map_or(0, |value| nano(value.amount().unwrap()))
        };
    result.total().map_or(0, of)
        + result
            .groups()
            .iter()
            .map(|group| of(group.metrics().unwrap()))
            .sum::<i128>()
}

/// Nano-units of a decimal, exactly.
pub fn nano(text: &str) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(fraction.len() <= 9, "{text} has more than nine decimals");
    let fraction = format!("{fraction:0<9}");
    sign * (whole.parse::<i128>().unwrap() * 1_000_000_000 + fraction.parse::<i128>().unwrap())
}
