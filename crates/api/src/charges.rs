//! The charges behind a figure, and why each is there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::wire::{Amount, Day, Moment, Month, Quantity};

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
    /// The SKU or usage type.
    #[schema(required)]
    pub sku: Option<String>,
    /// What the bill says it is.
    #[schema(required)]
    pub description: Option<String>,
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
    /// How much was used.
    #[schema(required)]
    pub quantity: Option<Quantity>,
    /// Of what unit.
    #[schema(required)]
    pub unit: Option<String>,
    /// How many lines of the source it sums up.
    pub lines: u64,
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
    /// Which load it was.
    pub version: i64,
    /// When it was loaded.
    pub loaded_at: Moment,
    /// estimated, pending invoice, final or corrected.
    pub status: String,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
