//! Why is this number what it is: which versions of which sources it rests on, which rules gave it to
//! whom, what kinds of charges are in it, and how it stands to the provider's own totals. Each list adds up to
//! the number, to the nano.

use std::collections::{BTreeMap, HashMap};

use tallyport_ledger::{
    BillingPeriod, ChargeCategory, Currency, DayRange, Metric, Money, RuleId, ViewCosts,
};
use tallyport_store::{
    By, NamedOwner, PeriodVersion, Reads, StoreError, VersionId, VersionQuery, WhyPart,
};

use crate::filters::FilterAsk;
use crate::reconcile::{ReconciledState, states};
use crate::rules::in_words;
use crate::{Context, Grant, WorkspaceError};

/// A question about a number: that of a report, or of one of its rows.
#[derive(Debug, Clone)]
pub struct WhyAsk {
    /// The days.
    pub days: DayRange,
    /// Which amounts.
    pub metric: Metric,
    /// The row of a report: what its rows are, and the row's key.
    pub row: Option<(By, String)>,
    /// Which charges.
    pub filter: FilterAsk,
}

/// Why a number is what it is.
#[derive(Debug, Clone)]
pub struct Why {
    /// The question, with the row as a filter: the charges behind the number.
    pub filter: FilterAsk,
    /// One a currency.
    pub results: Vec<WhyResult>,
    /// What is to be known of the sources.
    pub notes: Vec<(String, String)>,
    /// How the months stand to the provider's own totals: client, month, state.
    pub reconciliation: Vec<(String, BillingPeriod, ReconciledState)>,
}

/// A number in one currency, and what it is made of.
#[derive(Debug, Clone)]
pub struct WhyResult {
    /// The currency.
    pub currency: Currency,
    /// The number.
    pub amount: Money,
    /// By version of a billing period, the largest first.
    pub sources: Vec<WhySource>,
    /// By rule and owner, the largest first.
    pub rules: Vec<WhyRule>,
    /// By category.
    pub categories: Vec<(ChargeCategory, Money)>,
}

/// What of a number comes from one version.
#[derive(Debug, Clone)]
pub struct WhySource {
    /// The version.
    pub version: PeriodVersion,
    /// How many lines of it.
    pub lines: u64,
    /// How many charges.
    pub charges: u64,
    /// How much.
    pub amount: Money,
}

/// What of a number one rule gave to one owner.
#[derive(Debug, Clone)]
pub struct WhyRule {
    /// The rule, in words; none where no rule matches.
    pub rule: Option<(RuleId, String)>,
    /// The owner; none where nobody owns it.
    pub owner: Option<NamedOwner>,
    /// How many charges.
    pub charges: u64,
    /// How much.
    pub amount: Money,
}

/// Months whose reconciliation is looked at, at most: the latest.
const MONTHS: usize = 13;

/// Says why a number is what it is.
///
/// # Errors
/// An unknown name in the filter, or a row that a report cannot have.
pub async fn why(cx: &Context, _by: &Grant<ViewCosts>, ask: WhyAsk) -> Result<Why, WorkspaceError> {
    cx.store
        .read(move |r| {
            let mut narrowed = ask.filter;
            if let Some((by, key)) = ask.row {
                narrow(&mut narrowed, by, key);
            }
            let filter = narrowed.resolve(r)?;
            let parts = r.why(ask.days, ask.metric, &filter)?;
            let versions: HashMap<VersionId, PeriodVersion> =
                versions(r, ask.days, filter.versions.as_deref())?
                    .into_iter()
                    .map(|version| (version.id, version))
                    .collect();
            let rules: HashMap<RuleId, String> = r
                .rules()?
                .into_iter()
                .map(|stored| (stored.rule.id, in_words(stored.rule.matchers())))
                .collect();
            let mut currencies: BTreeMap<Currency, Vec<WhyPart>> = BTreeMap::new();
            let mut notes: BTreeMap<(String, String), ()> = BTreeMap::new();
            let mut months = BTreeMap::new();
            for part in parts {
                if let Some(version) = versions.get(&part.version) {
                    months.insert(version.period, ());
                    for note in &version.notes {
                        notes.insert((note.code.clone(), note.text.clone()), ());
                    }
                }
                currencies
                    .entry(part.amount.currency())
                    .or_default()
                    .push(part);
            }
            let months: Vec<BillingPeriod> = months.into_keys().rev().take(MONTHS).collect();
            let results = currencies
                .into_iter()
                .map(|(currency, parts)| result(currency, &parts, &versions, &rules))
                .collect::<Result<_, _>>()?;
            Ok(Why {
                results,
                notes: notes.into_keys().collect(),
                reconciliation: states(r, &months)?
                    .into_iter()
                    .map(|one| (one.client, one.month, one.state))
                    .collect(),
                filter: narrowed,
            })
        })
        .await
}

fn versions(
    r: &Reads<'_>,
    days: DayRange,
    known: Option<&[VersionId]>,
) -> Result<Vec<PeriodVersion>, StoreError> {
    match known {
        Some(versions) => r.versions_of(versions, Some(days)),
        None => r.versions(VersionQuery {
            client: None,
            days: Some(days),
            counting_only: true,
        }),
    }
}

/// The filter of a report's row: a row's key is what a filter takes.
fn narrow(filter: &mut FilterAsk, by: By, key: String) {
    let field = match by {
        By::Person => &mut filter.person,
        By::Team => &mut filter.team,
        By::Client => &mut filter.client,
        By::Provider => &mut filter.provider,
        By::Service => &mut filter.service,
        By::Category => &mut filter.category,
        By::Account => &mut filter.account,
        By::Region => &mut filter.region,
        By::Resource => &mut filter.resource,
        By::Tag(name) => {
            filter.tag.push(format!("{name}={key}"));
            return;
        }
    };
    // A row narrows what was asked: with a filter of its own kind, only the row is left.
    *field = vec![key];
}

fn result(
    currency: Currency,
    parts: &[WhyPart],
    versions: &HashMap<VersionId, PeriodVersion>,
    rules: &HashMap<RuleId, String>,
) -> Result<WhyResult, WorkspaceError> {
    let amounts: Vec<Money> = parts.iter().map(|part| part.amount).collect();
    let amount = Money::sum(&amounts, currency)?;
    let mut sources: BTreeMap<VersionId, (u64, u64, Money)> = BTreeMap::new();
    let mut given: HashMap<_, (u64, Money)> = HashMap::new();
    let mut categories: BTreeMap<ChargeCategory, Money> = BTreeMap::new();
    let nothing = Money::zero(currency);
    for part in parts {
        let source = sources.entry(part.version).or_insert((0, 0, nothing));
        source.0 += part.lines;
        source.1 += part.charges;
        source.2 = source.2.plus(part.amount)?;
        let owner = part.owner.clone();
        let rule = given
            .entry((part.rule, owner.as_ref().map(|owner| owner.key)))
            .or_insert((0, nothing));
        rule.0 += part.charges;
        rule.1 = rule.1.plus(part.amount)?;
        let category = categories.entry(part.category).or_insert(nothing);
        *category = category.plus(part.amount)?;
    }
    let owner_of = |key| {
        let mut owners = parts.iter().filter_map(|part| part.owner.as_ref());
        owners.find(|owner| Some(owner.key) == key).cloned()
    };
    let mut given: Vec<WhyRule> = given
        .into_iter()
        .map(|((rule, owner), (charges, amount))| WhyRule {
            rule: rule.map(|id| (id, rules.get(&id).cloned().unwrap_or_default())),
            owner: owner_of(owner),
            charges,
            amount,
        })
        .collect();
    given.sort_by_key(|given| {
        let rule = given.rule.as_ref().map(|(id, _)| *id);
        (std::cmp::Reverse(given.amount.nanos()), rule)
    });
    let mut sources = sources
        .into_iter()
        .map(|(id, (lines, charges, amount))| {
            let version = versions.get(&id).cloned();
            Ok(WhySource {
                version: version.ok_or_else(|| {
                    WorkspaceError::Fault("a charge without its version".to_owned())
                })?,
                lines,
                charges,
                amount,
            })
        })
        .collect::<Result<Vec<_>, WorkspaceError>>()?;
    sources.sort_by_key(|source| std::cmp::Reverse(source.amount.nanos()));
    Ok(WhyResult {
        currency,
        amount,
        sources,
        rules: given,
        categories: categories.into_iter().collect(),
    })
}
