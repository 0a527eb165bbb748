use jiff::civil::Date;
use tallyport_ledger::{BillingPeriod, ChargeCategory, ChargeClass, Money, TagSet};

/// A charge as it goes out, in the ledger's terms. Empty texts are unknown ones.
#[derive(Debug, Clone, Copy)]
pub struct FocusRow<'a> {
    /// The month it is billed in.
    pub period: BillingPeriod,
    /// The payer.
    pub billing_account: &'a str,
    /// The payer's name.
    pub billing_account_name: &'a str,
    /// The account that used it.
    pub sub_account: &'a str,
    /// Its name.
    pub sub_account_name: &'a str,
    /// Who provides it.
    pub provider: &'a str,
    /// The service.
    pub service: &'a str,
    /// Its FOCUS category.
    pub service_category: &'a str,
    /// The region's id.
    pub region: &'a str,
    /// SKU or usage type.
    pub sku: &'a str,
    /// What the source says in words.
    pub description: &'a str,
    /// The resource.
    pub resource: &'a str,
    /// Its name.
    pub resource_name: &'a str,
    /// Its tags.
    pub tags: &'a TagSet,
    /// What it is for.
    pub category: ChargeCategory,
    /// Whether it corrects an invoiced period.
    pub class: ChargeClass,
    /// The day it starts on.
    pub first_day: Date,
    /// The last day it covers; the first one for a charge of a day.
    pub last_day: Date,
    /// The exact quantity, as a decimal text.
    pub quantity: &'a str,
    /// Its unit.
    pub unit: &'a str,
    /// The provider's invoice that it stands on.
    pub invoice: &'a str,
    /// FOCUS BilledCost.
    pub billed: Money,
    /// FOCUS EffectiveCost.
    pub effective: Money,
    /// FOCUS ListCost.
    pub list: Money,
    /// FOCUS ContractedCost.
    pub contracted: Money,
    /// Who owns it, and why.
    pub owner: Option<FocusOwner<'a>>,
    /// The client on whose bill it is.
    pub client: &'a str,
    /// FOCUS, CUR or Cost Explorer.
    pub source: &'static str,
    /// estimated, pending invoice, final or corrected.
    pub status: &'static str,
    /// The number of its version among those of its account and month.
    pub version: u32,
    /// How many lines of the source it sums up.
    pub lines: u32,
}

/// An owner of a charge.
#[derive(Debug, Clone, Copy)]
pub struct FocusOwner<'a> {
    /// Stable, such as `person:3`.
    pub key: &'a str,
    /// person, team or client.
    pub kind: &'static str,
    /// The name.
    pub name: &'a str,
    /// The number of the rule that says so.
    pub rule: Option<i64>,
    /// The rule in words.
    pub rule_text: &'a str,
}
