//! What every source is read into: lines, and the daily charges they become.

use jiff::civil::Date;

use crate::{
    Amounts, ApportionError, BillingAccountId, BillingPeriod, ChargeCategory, ChargeClass,
    Currency, Exact, ExactError, Name, PeriodStatus, ResourceId, SubAccountId, TagSet,
};

/// One line of a source, borrowed from the reader. Texts are trimmed by the reader and empty where
/// the source has none.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The month the provider bills it in.
    pub period: BillingPeriod,
    /// The payer.
    pub billing_account: &'a str,
    /// The payer's name.
    pub billing_account_name: &'a str,
    /// The account that used it.
    pub sub_account: &'a str,
    /// Its name.
    pub sub_account_name: &'a str,
    /// Who provides it: AWS, Microsoft, Oracle, …
    pub provider: &'a str,
    /// The service's name as people know it.
    pub service: &'a str,
    /// FOCUS ServiceCategory.
    pub service_category: &'a str,
    /// The region's id.
    pub region: &'a str,
    /// SKU or usage type.
    pub sku: &'a str,
    /// What the line says in words.
    pub description: &'a str,
    /// The resource.
    pub resource: &'a str,
    /// Its name.
    pub resource_name: &'a str,
    /// The tags, as the source writes them in one text: equal texts are equal tags. The reader
    /// gives their parsed form to [`crate::RollUp::tags`].
    pub tags: TagSetId,
    /// What it is for.
    pub category: ChargeCategory,
    /// Whether it corrects an invoiced period.
    pub class: ChargeClass,
    /// The UTC day it starts on.
    pub day: Date,
    /// The last UTC day it covers, where that is a later one.
    pub last_day: Option<Date>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// FOCUS BilledCost.
    pub billed: Exact,
    /// FOCUS EffectiveCost.
    pub effective: Exact,
    /// FOCUS ListCost.
    pub list: Exact,
    /// FOCUS ContractedCost.
    pub contracted: Exact,
    /// The quantity consumed or bought.
    pub quantity: Exact,
    /// Its unit.
    pub unit: &'a str,
    /// Where it stands in the source, counted from one.
    pub number: u64,
    /// The number of the provider's invoice that it stands on.
    pub invoice: &'a str,
    /// Whether the provider's invoice for it is out: an invoice id is filled, or the source says so.
    pub invoiced: bool,
    /// Whether the provider says that it may still change.
    pub estimated: bool,
}

/// What a line adds to its charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// FOCUS BilledCost.
    pub billed: Exact,
    /// FOCUS EffectiveCost.
    pub effective: Exact,
    /// FOCUS ListCost.
    pub list: Exact,
    /// FOCUS ContractedCost.
    pub contracted: Exact,
    /// The quantity.
    pub quantity: Exact,
}

impl Figures {
    /// The sums of two.
    ///
    /// # Errors
    /// Too large to hold.
    #[inline]
    pub fn plus(&self, other: &Self) -> Result<Self, ExactError> {
        Ok(Self {
            billed: self.billed.plus(other.billed)?,
            effective: self.effective.plus(other.effective)?,
            list: self.list.plus(other.list)?,
            contracted: self.contracted.plus(other.contracted)?,
            quantity: self.quantity.plus(other.quantity)?,
        })
    }
}

impl Line<'_> {
    /// Its figures.
    #[must_use]
    pub const fn figures(&self) -> Figures {
        Figures {
            billed: self.billed,
            effective: self.effective,
            list: self.list,
            contracted: self.contracted,
            quantity: self.quantity,
        }
    }
}

/// A set of tags in a [`crate::RollUp`]; the default one is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TagSetId(pub(crate) u32);

/// A daily charge. Dimension fields index into [`Dimensions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// The UTC day it counts on.
    pub day: Date,
    /// The last UTC day it covers, where that is a later one.
    pub last_day: Option<Date>,
    /// Index into [`Dimensions::sub_accounts`].
    pub sub_account: Option<u32>,
    /// Index into [`Dimensions::services`].
    pub service: u32,
    /// Index into [`Dimensions::regions`].
    pub region: Option<u32>,
    /// Index into [`Dimensions::skus`].
    pub sku: u32,
    /// Index into [`Dimensions::resources`].
    pub resource: Option<u32>,
    /// Index into [`Dimensions::tag_sets`].
    pub tags: u32,
    /// What it is for.
    pub category: ChargeCategory,
    /// Whether it corrects an invoiced period.
    pub class: ChargeClass,
    /// The currency of its amounts.
    pub currency: Currency,
    /// Its amounts in nano-units.
    pub amounts: Amounts,
    /// The quantity.
    pub quantity: Exact,
    /// Index into [`Dimensions::units`].
    pub unit: u32,
    /// Index into [`Dimensions::invoices`].
    pub invoice: Option<u32>,
    /// A number that charges of a load share only if they agree in all but days, figures and lines.
    pub kind: u32,
    /// The first line it is made of.
    pub first_line: u64,
    /// The last line it is made of.
    pub last_line: u64,
    /// How many lines it is made of.
    pub lines: u32,
}

/// A service: who provides it, its name, its FOCUS category.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Service {
    /// Who provides it.
    pub provider: String,
    /// Its name.
    pub name: String,
    /// FOCUS ServiceCategory, may be empty.
    pub category: String,
}

/// What was priced: SKU or usage type, and the line's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sku {
    /// SKU or usage type, may be empty.
    pub id: String,
    /// What the line says in words, may be empty.
    pub description: String,
}

/// The texts that charges refer to by number.
#[derive(Debug, Clone, Default)]
pub struct Dimensions {
    /// Accounts with their names.
    pub sub_accounts: Vec<(SubAccountId, Option<String>)>,
    /// Services.
    pub services: Vec<Service>,
    /// Region ids.
    pub regions: Vec<String>,
    /// SKUs.
    pub skus: Vec<Sku>,
    /// Resources with their names.
    pub resources: Vec<(ResourceId, Option<String>)>,
    /// Tag sets; the first is empty.
    pub tag_sets: Vec<TagSet>,
    /// Units; may hold an empty one.
    pub units: Vec<String>,
    /// The provider's invoices.
    pub invoices: Vec<String>,
}

/// One billing period of one billing account, as a source has it.
#[derive(Debug, Clone)]
pub struct PeriodLoad {
    /// The payer.
    pub billing_account: BillingAccountId,
    /// The payer's name.
    pub billing_account_name: Option<Name>,
    /// The month.
    pub period: BillingPeriod,
    /// How settled it is, as its lines say.
    pub status: PeriodStatus,
    /// Its daily charges.
    pub charges: Vec<Charge>,
    /// How many lines they are made of.
    pub lines: u64,
}

/// What a source holds: periods and the texts they share.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// The texts.
    pub dimensions: Dimensions,
    /// The periods, by billing account and month.
    pub periods: Vec<PeriodLoad>,
}

/// Why a line cannot be rolled up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// No billing account, or a text that cannot be an identifier.
    #[error(transparent)]
    Id(#[from] crate::IdError),
    /// Amounts that add up to more than can be held.
    #[error(transparent)]
    TooLarge(#[from] ExactError),
    /// A period that adds up to more than can be held.
    #[error(transparent)]
    Period(#[from] ApportionError),
    /// A single charge beyond nine thousand million units.
    #[error("a charge of more than 9,223,372,036 units cannot be held")]
    Charge,
    /// More different texts than 32 bits can number.
    #[error("the source has more different values than can be numbered")]
    TooMany,
}
