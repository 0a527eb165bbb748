use std::ops::ControlFlow;

use aws_config::SdkConfig;
use aws_sdk_costexplorer::types::Dimension;
use tallyport_ledger::DayRange;

use super::ask::Conversation;
use super::fetch::Step;
use crate::AwsError;

/// What costs can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterBy {
    /// The service, by Cost Explorer's own name for it.
    Service,
    /// The record type: usage, tax, credit, …
    RecordType,
    /// The linked account's number.
    LinkedAccount,
}

impl FilterBy {
    pub(super) fn dimension(self) -> Dimension {
        match self {
            Self::Service => Dimension::Service,
            Self::RecordType => Dimension::RecordType,
            Self::LinkedAccount => Dimension::LinkedAccount,
        }
    }
}

/// Whether Cost Explorer knows all of `values`: with one that it does not know it would answer
/// that nothing was spent. One paid request for each page of values.
///
/// # Errors
/// [`AwsError::UnknownValue`] names the first wrong one and the one that was probably meant.
pub async fn check_values(
    config: &SdkConfig,
    billing_account: &str,
    days: DayRange,
    by: FilterBy,
    values: &[String],
) -> Result<u32, AwsError> {
    let mut go_on = |_: Step| ControlFlow::Continue(());
    let mut conversation = Conversation::new(config, billing_account, days, 1, &mut go_on);
    checked(&mut conversation, by, values).await?;
    Ok(conversation.requests)
}

pub(super) async fn checked(
    conversation: &mut Conversation<'_>,
    by: FilterBy,
    values: &[String],
) -> Result<(), AwsError> {
    let dimension = by.dimension();
    let known = conversation.values(dimension.clone()).await?;
    match values.iter().find(|value| !known.contains(value)) {
        None => Ok(()),
        Some(wrong) => Err(AwsError::UnknownValue {
            dimension: dimension.as_str().to_owned(),
            value: wrong.clone(),
            nearest: nearest(wrong, &known),
        }),
    }
}

/// What people call services, and a part of Cost Explorer's name.
const CALLED: &[(&str, &str)] = &[
    ("ec2", "elastic compute cloud"),
    ("s3", "simple storage service"),
    ("rds", "relational database service"),
    ("ebs", "ec2 - other"),
    ("vpc", "virtual private cloud"),
    ("eks", "kubernetes"),
    ("ecs", "elastic container service"),
    ("ecr", "container registry"),
    ("elb", "load balancing"),
    ("kms", "key management"),
    ("sqs", "simple queue"),
    ("sns", "simple notification"),
    ("ses", "simple email"),
    ("efs", "elastic file system"),
];

/// The known value that `wrong` probably means: the one that takes a few changes of
/// letters, else by what people call it.
fn nearest(wrong: &str, known: &[String]) -> Option<String> {
    let folded = wrong.to_lowercase();
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let by_word = |known: &&String| {
        let name = known.to_lowercase();
        CALLED
            .iter()
            .any(|(called, part)| words.contains(called) && name.contains(part))
    };
    let closest = known
        .iter()
        .min_by_key(|known| changes(&folded, &known.to_lowercase()))?;
    // Three letters wrong are a slip; more are another name.
    if changes(&folded, &closest.to_lowercase()) <= 3 {
        return Some(closest.clone());
    }
    Some(known.iter().find(by_word).unwrap_or(closest).clone())
}

/// The letters to insert, delete or replace (Levenshtein).
fn changes(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, with) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *with);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_that_was_meant_is_found() {
        let services = [
            "Amazon EC2 Container Registry (ECR)",
            "Amazon Elastic Compute Cloud - Compute",
            "Amazon Simple Storage Service",
            "EC2 - Other",
        ]
        .map(str::to_owned);
        let meant = |wrong| nearest(wrong, &services).unwrap();
        assert_eq!(meant("Amazon EC2"), services[1]);
        assert_eq!(meant("AmazonS3 S3"), services[2]);
        assert_eq!(meant("EC2 Other"), services[3], "letters before nicknames");
        let types = ["Usage", "Tax", "DiscountedUsage", "SavingsPlanCoveredUsage"];
        let types = types.map(str::to_owned);
        assert_eq!(
            nearest("Discounted usage", &types).unwrap(),
            "DiscountedUsage"
        );
        assert_eq!(nearest("TAXES", &types).unwrap(), "Tax");
        assert_eq!(nearest("anything", &[]), None);
    }
}
