use std::collections::BTreeSet;
use std::ops::ControlFlow;

use aws_config::SdkConfig;
use aws_sdk_costexplorer::types::Dimension;
use tallyport_ledger::{DayRange, Load, Money, TagSetId};

use super::ask::{Conversation, both, by_dimension, by_tag, only};
use super::cost::{Totals, Writer};
use super::plan::price;
use super::record_type::classify;
use crate::AwsError;

/// What to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The days; a period is replaced whole, so they begin with a month.
    pub days: DayRange,
    /// The payer, as [`crate::identity`] names it.
    pub billing_account: String,
    /// The tag whose values say who pays; without it, cost comes by account and service.
    pub allocation_tag: Option<String>,
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
    let mut conversation = Conversation::new(config, ask.days, ask.announced, on_step);
    let mut notes = vec!["Cost Explorer has no list prices, quantities or resources.".to_owned()];
    let accounts = conversation.accounts().await?;
    let tag = match &ask.allocation_tag {
        None => None,
        Some(tag) => {
            let keys = conversation.tag_keys().await?;
            // A wrong key is no error to Cost Explorer: it would answer that nothing is tagged.
            if !keys.contains(tag) {
                notes.push(format!(
                    "No cost carries the tag \"{tag}\". Tags in use: {}. A tag must be activated for cost \
                     allocation in the payer's billing console.",
                    if keys.is_empty() { "none".to_owned() } else { keys.join(", ") }
                ));
            }
            keys.contains(tag).then_some(tag.as_str())
        }
    };
    let groupings = [by_dimension("LINKED_ACCOUNT"), by_dimension("RECORD_TYPE")];
    let control = conversation
        .cost("Reading the control total", None, groupings)
        .await?;
    let mut control_total = Totals::default();
    let mut consumption = BTreeSet::new();
    let mut beside = BTreeSet::new();
    for cell in &control {
        control_total.add(cell)?;
        let set = if classify(&cell.keys[1]).consumption {
            &mut consumption
        } else {
            &mut beside
        };
        set.insert(cell.keys[1].clone());
    }
    let consumption: Vec<String> = consumption.into_iter().collect();
    let beside: Vec<String> = beside.into_iter().collect();
    let billed_accounts: BTreeSet<&str> = control.iter().map(|c| c.keys[0].as_str()).collect();
    let mut writer = Writer::new(&ask.billing_account, &accounts);
    match tag {
        None => {
            if !consumption.is_empty() {
                let filter = only(Dimension::RecordType, &consumption);
                let groupings = [by_dimension("LINKED_ACCOUNT"), by_dimension("SERVICE")];
                let message = "Reading consumption by account and service";
                for cell in conversation.cost(message, Some(filter), groupings).await? {
                    let texts = (cell.keys[0].as_str(), cell.keys[1].as_str(), "");
                    writer.write(&cell, texts, &classify("Usage"), TagSetId::default())?;
                }
            }
            for cell in &control {
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
        }
        Some(tag) => {
            for account in billed_accounts {
                let this = only(Dimension::LinkedAccount, &[account.to_owned()]);
                if !consumption.is_empty() {
                    let filter = both(this.clone(), only(Dimension::RecordType, &consumption));
                    let groupings = [by_dimension("SERVICE"), by_tag(tag)];
                    let message = format!("Reading consumption of account {account}");
                    for cell in conversation.cost(&message, Some(filter), groupings).await? {
                        let tags = writer.tags(&cell.keys[1])?;
                        writer.write(
                            &cell,
                            (account, &cell.keys[0], ""),
                            &classify("Usage"),
                            tags,
                        )?;
                    }
                }
                let has_beside = control
                    .iter()
                    .any(|c| c.keys[0] == account && beside.contains(&c.keys[1]));
                if has_beside {
                    let filter = both(this, only(Dimension::RecordType, &beside));
                    let groupings = [by_dimension("SERVICE"), by_dimension("RECORD_TYPE")];
                    let message = format!("Reading tax, credits and fees of account {account}");
                    for cell in conversation.cost(&message, Some(filter), groupings).await? {
                        let texts = (account, cell.keys[0].as_str(), cell.keys[1].as_str());
                        let record_type = classify(&cell.keys[1]);
                        writer.write(&cell, texts, &record_type, TagSetId::default())?;
                    }
                }
            }
        }
    }
    writer.parts.agree(&control_total)?;
    let load = writer.roll_up.finish()?;
    let requests = conversation.requests;
    let count = u32::try_from(accounts.len()).unwrap_or(u32::MAX);
    Ok(Fetched {
        load,
        accounts: count,
        requests,
        price: price(requests),
        notes,
    })
}
