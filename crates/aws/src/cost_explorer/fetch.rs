use std::collections::BTreeSet;
use std::ops::ControlFlow;

use aws_config::SdkConfig;
use aws_sdk_costexplorer::types::Dimension;
use tallyport_ledger::{DayRange, Load, Money, TagSetId};

use super::ask::{Cell, Conversation, both, by_dimension, by_tag, only, without};
use super::cost::{Totals, Writer};
use super::plan::price;
use super::record_type::{CONSUMPTION, classify};
use super::values::{FilterBy, checked};
use crate::AwsError;

/// What to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The days; a period is replaced whole, so they begin with a month.
    pub days: DayRange,
    /// The payer, as [`crate::identity`] names it.
    pub billing_account: String,
    /// The tags whose values say who pays, the most telling first; without any, cost comes by
    /// account and service.
    pub allocation_tags: Vec<String>,
    /// How many requests the plan announced, for the progress.
    pub announced: u32,
}

/// How far a fetch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Paid requests so far.
    pub requests: u32,
    /// How many it will be, as far as is known.
    pub expected: u32,
    /// What is being read.
    pub message: String,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The bill, by billing period.
    pub load: Load,
    /// How many linked accounts it has.
    pub accounts: u32,
    /// Paid requests, every page counted.
    pub requests: u32,
    /// Their price.
    pub price: Money,
    /// What a person should know about it.
    pub notes: Vec<String>,
}

/// Fetches the bill of a payer. Whole or not at all: the parts must add up to the control call.
///
/// # Errors
/// [`AwsError`], naming the permission where one is missing; [`AwsError::Cancelled`] when `on_step`
/// breaks off.
pub async fn fetch(
    config: &SdkConfig,
    ask: &Ask,
    on_step: &mut (dyn FnMut(Step) -> ControlFlow<()> + Send),
) -> Result<Fetched, AwsError> {
    let mut conversation = Conversation::new(
        config,
        &ask.billing_account,
        ask.days,
        ask.announced,
        on_step,
    );
    let mut notes = vec!["Cost Explorer has no list prices, quantities or resources.".to_owned()];
    let tags = tags_in_use(&mut conversation, &ask.allocation_tags, &mut notes).await?;
    let groupings = [by_dimension("LINKED_ACCOUNT"), by_dimension("RECORD_TYPE")];
    let control = conversation
        .cost("Reading the control total", None, groupings)
        .await?;
    let mut control_total = Totals::default();
    for cell in &control {
        control_total.add(cell)?;
    }
    let accounts: BTreeSet<String> = control.iter().map(|cell| cell.keys[0].clone()).collect();
    let names = std::mem::take(&mut conversation.names);
    let mut writer = Writer::new(&ask.billing_account, &names);
    if tags.is_empty() {
        by_account_and_service(&mut conversation, &mut writer, &control).await?;
    } else {
        for account in &accounts {
            consumption_by_tag(&mut conversation, &mut writer, &control, account, &tags).await?;
            beside_consumption(&mut conversation, &mut writer, &control, account).await?;
        }
    }
    writer.parts.agree(&control_total)?;
    let load = writer.roll_up.finish()?;
    let requests = conversation.requests;
    if let Some(skew) = conversation.skew() {
        notes.push(format!(
            "This computer's clock is {}; the requests were signed with AWS's time.",
            crate::skew::off(Some(skew))
        ));
    }
    let count = u32::try_from(accounts.len()).unwrap_or(u32::MAX);
    Ok(Fetched {
        load,
        accounts: count,
        requests,
        price: price(requests),
        notes,
    })
}

/// Those of the wanted tags that the bill carries. A wrong key is no error to Cost Explorer: it
/// would answer that nothing is tagged, so it is named here.
async fn tags_in_use(
    conversation: &mut Conversation<'_>,
    wanted: &[String],
    notes: &mut Vec<String>,
) -> Result<Vec<String>, AwsError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let keys = conversation.tag_keys().await?;
    let (used, unused): (Vec<String>, Vec<String>) =
        wanted.iter().cloned().partition(|tag| keys.contains(tag));
    if !unused.is_empty() {
        notes.push(format!(
            "No cost carries the tag {}. Tags in use: {}. A tag must be activated for cost \
             allocation in the payer's billing console.",
            unused.join(", "),
            if keys.is_empty() {
                "none".to_owned()
            } else {
                keys.join(", ")
            }
        ));
    }
    Ok(used)
}

/// The record types of `account` (of all accounts without one) that are consumption, or are not.
fn record_types(control: &[Cell], account: Option<&str>, consumption: bool) -> Vec<String> {
    let names: BTreeSet<&String> = control
        .iter()
        .filter(|cell| account.is_none_or(|account| cell.keys[0] == account))
        .map(|cell| &cell.keys[1])
        .filter(|name| classify(name).consumption == consumption)
        .collect();
    names.into_iter().cloned().collect()
}

/// Without a tag: consumption by account and service, the rest as the control call has it.
async fn by_account_and_service(
    conversation: &mut Conversation<'_>,
    writer: &mut Writer<'_>,
    control: &[Cell],
) -> Result<(), AwsError> {
    let consumption = record_types(control, None, true);
    if !consumption.is_empty() {
        let filter = only(Dimension::RecordType, &consumption);
        let groupings = [by_dimension("LINKED_ACCOUNT"), by_dimension("SERVICE")];
        let message = "Reading consumption by account and service";
        let cells = conversation.cost(message, Some(filter), groupings).await?;
        not_by_mistake(conversation, &cells, &consumption).await?;
        for cell in cells {
            let texts = (cell.keys[0].as_str(), cell.keys[1].as_str(), "");
            writer.write(&cell, texts, &CONSUMPTION, TagSetId::default())?;
        }
    }
    for cell in control {
        let record_type = classify(&cell.keys[1]);
        if !record_type.consumption {
            let texts = (
                cell.keys[0].as_str(),
                cell.keys[1].as_str(),
                cell.keys[1].as_str(),
            );
            writer.write(cell, texts, &record_type, TagSetId::default())?;
        }
    }
    Ok(())
}

/// Nothing, where the control call has something, comes of a value that Cost Explorer does not
/// know by the name it gives itself: it is named.
async fn not_by_mistake(
    conversation: &mut Conversation<'_>,
    cells: &[Cell],
    record_types: &[String],
) -> Result<(), AwsError> {
    if cells.is_empty() {
        checked(conversation, FilterBy::RecordType, record_types).await?;
    }
    Ok(())
}

/// Consumption of one account by service and tag value. With several tags, what carries no value
/// of the first is asked for by the second, and so on, so that nothing comes twice.
async fn consumption_by_tag(
    conversation: &mut Conversation<'_>,
    writer: &mut Writer<'_>,
    control: &[Cell],
    account: &str,
    tags: &[String],
) -> Result<(), AwsError> {
    let consumption = record_types(control, Some(account), true);
    if consumption.is_empty() {
        return Ok(());
    }
    let mut filter = both(
        only(Dimension::LinkedAccount, &[account.to_owned()]),
        only(Dimension::RecordType, &consumption),
    );
    for (at, tag) in tags.iter().enumerate() {
        let message = format!("Reading consumption of account {account} by the tag {tag}");
        let groupings = [by_dimension("SERVICE"), by_tag(tag)];
        let cells = conversation
            .cost(&message, Some(filter.clone()), groupings)
            .await?;
        if at == 0 {
            not_by_mistake(conversation, &cells, &consumption).await?;
        }
        let last = at + 1 == tags.len();
        let mut taken = BTreeSet::new();
        let mut left = false;
        for cell in cells {
            let value = cell.keys[1].split_once('$').map_or("", |(_, value)| value);
            if !last && value.is_empty() {
                left = true;
                continue;
            }
            taken.insert(value.to_owned());
            let set = writer.tags(&cell.keys[1])?;
            writer.write(&cell, (account, &cell.keys[0], ""), &CONSUMPTION, set)?;
        }
        if !left {
            break;
        }
        filter = without(filter, tag, &taken.into_iter().collect::<Vec<_>>());
    }
    Ok(())
}

/// Tax, credits and fees of one account, by service.
async fn beside_consumption(
    conversation: &mut Conversation<'_>,
    writer: &mut Writer<'_>,
    control: &[Cell],
    account: &str,
) -> Result<(), AwsError> {
    let beside = record_types(control, Some(account), false);
    if beside.is_empty() {
        return Ok(());
    }
    let filter = both(
        only(Dimension::LinkedAccount, &[account.to_owned()]),
        only(Dimension::RecordType, &beside),
    );
    let groupings = [by_dimension("SERVICE"), by_dimension("RECORD_TYPE")];
    let message = format!("Reading tax, credits and fees of account {account}");
    let cells = conversation.cost(&message, Some(filter), groupings).await?;
    not_by_mistake(conversation, &cells, &beside).await?;
    for cell in cells {
        let texts = (account, cell.keys[0].as_str(), cell.keys[1].as_str());
        writer.write(&cell, texts, &classify(&cell.keys[1]), TagSetId::default())?;
    }
    Ok(())
}
