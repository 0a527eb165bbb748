//! The charges behind a figure, and why each is there.

use std::collections::BTreeMap;

use axum::extract::State;
use tallyport_ledger::{Money, ViewCosts};
use tallyport_workspace::{
    ChargeId, ChargeOrder, ChargeRow, ChargeTotals, Context, NamedOwner, Page, charges,
};
use utoipa_axum::router::OpenApiRouter;

use crate::costs::{days, metric};
use crate::guard::{Caller, guarded_routes};
use crate::input::Filtered;
use crate::problem::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::wire::{Amount, Day, Moment, Month, shown};

/// A question about charges: a month, or days from the first to the last.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChargesQuestion {
    /// The month.
    pub month: Option<Month>,
    /// The first day, instead of a month.
    pub from: Option<Day>,
    /// The last day, included.
    pub to: Option<Day>,
    /// billed or effective: which amount sorts and is summed.
    pub metric: Option<String>,
    /// How many rows to leave out.
    pub offset: Option<u64>,
    /// How many rows at most, up to 1000.
    pub limit: Option<u64>,
    /// amount (the largest first) or day (the first first).
    pub sort: Option<String>,
}

/// A page of charges.
#[derive(Debug, Serialize, ToSchema)]
pub struct Charges {
    /// How many there are on all pages.
    pub total_rows: u64,
    /// What all pages add up to, one a currency.
    pub totals: Vec<CurrencyAmount>,
    /// This page.
    pub rows: Vec<Charge>,
    /// The day as known on which they are, if one was asked about.
    #[schema(required)]
    pub as_of: Option<Day>,
}

/// An amount and its currency.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CurrencyAmount {
    /// The currency's code.
    pub currency: String,
    /// The amount.
    pub amount: Amount,
}

/// A key for programs and a label for people.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Labelled {
    /// What identifies it.
    pub key: String,
    /// What people call it.
    pub label: String,
}

/// A sub account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Account {
    /// Its id as the bill writes it.
    pub id: String,
    /// Its name, if the bill has one.
    #[schema(required)]
    pub name: Option<String>,
}

/// One billed fact.
#[derive(Debug, Serialize, ToSchema)]
pub struct Charge {
    /// Its number in this workspace.
    pub id: i64,
    /// The day it counts on.
    pub day: Day,
    /// The day it starts on, where that lies outside its billing period.
    #[schema(required)]
    pub first_day: Option<Day>,
    /// Its last day, if it is longer than a day.
    #[schema(required)]
    pub last_day: Option<Day>,
    /// The billing period.
    pub period: Month,
    /// The client's name.
    pub client: String,
    /// The billing account.
    pub billing_account: String,
    /// The account that used it.
    #[schema(required)]
    pub account: Option<Account>,
    /// Who provides the service.
    pub provider: String,
    /// The service.
    pub service: String,
    /// The region's id.
    #[schema(required)]
    pub region: Option<String>,
    /// The SKU or usage type; may be empty.
    pub sku: String,
    /// What the bill says it is; may be empty.
    pub description: String,
    /// The resource's id.
    #[schema(required)]
    pub resource: Option<String>,
    /// The resource's name.
    #[schema(required)]
    pub resource_name: Option<String>,
    /// The tags.
    pub tags: BTreeMap<String, String>,
    /// Usage, Purchase, Tax, Credit or Adjustment.
    pub category: String,
    /// Regular or Correction.
    pub class: String,
    /// How much was used, as exact decimal text; may be empty.
    pub quantity: String,
    /// Of what unit; may be empty.
    pub unit: String,
    /// How many lines of the source it sums up.
    pub lines: u32,
    /// The basis of the provider's invoice.
    pub billed: Amount,
    /// Amortised.
    pub effective: Amount,
    /// At public prices.
    pub list: Amount,
    /// At negotiated prices.
    pub contracted: Amount,
    /// The currency's code.
    pub currency: String,
    /// Who owns it; `null` is nobody.
    #[schema(required)]
    pub owner: Option<Labelled>,
    /// The rule that says so.
    #[schema(required)]
    pub rule: Option<RuleBrief>,
    /// The provider's invoice that it stands on; null until there is one, and where the source names none.
    #[schema(required)]
    pub provider_invoice: Option<String>,
    /// Where it comes from.
    pub source: ChargeSource,
}

/// A rule in a few words.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleBrief {
    /// Its number.
    pub id: i64,
    /// What it matches.
    pub text: String,
}

/// Where a charge comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChargeSource {
    /// FOCUS, CUR or Cost Explorer.
    pub kind: String,
    /// The file.
    #[schema(required)]
    pub file: Option<String>,
    /// The first of its lines.
    pub first_line: u64,
    /// The last of its lines.
    pub last_line: u64,
    /// Its number among the versions of this account and month, from 1.
    pub version: u32,
    /// When it was loaded.
    pub loaded_at: Moment,
    /// estimated, pending invoice, final or corrected.
    pub status: String,
}

impl From<Money> for CurrencyAmount {
    fn from(amount: Money) -> Self {
        Self {
            currency: amount.currency().to_string(),
            amount: amount.into(),
        }
    }
}

impl Labelled {
    /// An owner as rows of costs have it; nobody is `unowned`.
    pub(crate) fn owner(owner: Option<NamedOwner>) -> Self {
        match owner {
            Some(NamedOwner { id: _, key, name }) => Self {
                key: key.to_string(),
                label: name,
            },
            None => Self {
                key: "unowned".to_owned(),
                label: "Unowned".to_owned(),
            },
        }
    }
}

impl From<(String, Option<String>)> for Account {
    fn from((id, name): (String, Option<String>)) -> Self {
        Self { id, name }
    }
}

impl From<charges::Charge> for Charge {
    fn from(charge: charges::Charge) -> Self {
        let charges::Charge { row, rule, source } = charge;
        let ChargeRow {
            id: ChargeId(id),
            day,
            first_day,
            last_day,
            period,
            version: _,
            client,
            billing_account,
            account,
            provider,
            service,
            region,
            sku,
            description,
            resource,
            tags,
            category,
            class,
            quantity,
            unit,
            line_range: (first_line, last_line),
            lines,
            billed,
            effective,
            list,
            contracted,
            owner,
            rule: _,
            invoice,
        } = row;
        let (resource, resource_name) = resource.unzip();
        Self {
            id,
            day: Day(day),
            first_day: first_day.map(Day),
            last_day: last_day.map(Day),
            period: Month(period),
            client,
            billing_account,
            account: account.map(Account::from),
            provider,
            service,
            region,
            sku,
            description,
            resource,
            resource_name: resource_name.flatten(),
            tags,
            category: category.word().to_owned(),
            class: class.word().to_owned(),
            quantity,
            unit,
            lines,
            currency: billed.currency().to_string(),
            billed: billed.into(),
            effective: effective.into(),
            list: list.into(),
            contracted: contracted.into(),
            owner: owner.map(|owner| Labelled::owner(Some(owner))),
            rule: rule.map(|(id, text)| RuleBrief { id: id.0, text }),
            provider_invoice: invoice,
            source: ChargeSource {
                kind: source.source.word().to_owned(),
                file: source.file_name,
                first_line,
                last_line,
                version: source.number,
                loaded_at: Moment(source.loaded_at),
                status: source.status.word().to_owned(),
            },
        }
    }
}

/// Which part of a long list; the first hundred rows unless said otherwise.
pub(crate) fn page(offset: Option<u64>, limit: Option<u64>) -> Page {
    Page {
        offset: offset.unwrap_or(0),
        limit: limit.unwrap_or(100),
    }
}

fn order(word: Option<&str>) -> Result<ChargeOrder, Problem> {
    match word {
        None | Some("amount") => Ok(ChargeOrder::Amount),
        Some("day") => Ok(ChargeOrder::Day),
        Some(word) => Err(Problem::invalid(format!(
            "Charges cannot be sorted by \"{}\": amount or day.",
            shown(word)
        ))),
    }
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(guarded_routes!(charges))
}

/// The charges behind a figure.
#[utoipa::path(
    get, path = "/charges", tag = "charges",
    params(ChargesQuestion, crate::costs::Filters),
    responses((status = 200, body = Charges), Problem)
)]
async fn charges(
    by: Caller<ViewCosts>,
    State(context): State<Context>,
    Filtered(ask, filters): Filtered<ChargesQuestion>,
) -> Answer<Charges> {
    let ChargesQuestion {
        month,
        from,
        to,
        metric: amounts,
        offset,
        limit,
        sort,
    } = ask;
    let as_of = filters.as_of;
    let ask = charges::ChargesAsk {
        days: days(month, from, to)?,
        metric: metric(amounts.as_deref())?,
        filter: filters.into(),
        order: order(sort.as_deref())?,
        page: page(offset, limit),
    };
    let charges::Charges {
        totals: ChargeTotals {
            rows: total_rows,
            amounts,
        },
        rows,
    } = charges::charges(&context, &by.grant, ask).await?;
    Ok(axum::Json(Charges {
        total_rows,
        totals: amounts.into_iter().map(CurrencyAmount::from).collect(),
        rows: rows.into_iter().map(Charge::from).collect(),
        as_of,
    }))
}
