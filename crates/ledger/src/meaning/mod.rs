//! What the columns of a cost export mean, said once.
//!
//! Each format is one constant [`Meaning`]: which columns give which field of [`crate::Line`], which
//! category a line has, and what it costs when fees are spread over a commitment. The pass over
//! files reads it, and so does the SQL that runs the same roll-up where the export lies. Neither
//! knows a rule of its own.
//!
//! Texts are trimmed, and `NULL` is an empty one, before anything here looks at them.
//! Conditions look at texts of few different values only, so that a reader of columns decides them
//! once for each value rather than for each line.

mod column;
mod cur;
mod focus;
mod focus_columns;
mod rule;

use crate::ChargeCategory;

pub use column::{Column, KeyRule, Mapping, TagColumns, TagMap, Tags, Text};
pub use cur::{CUR, DISCOUNT_TYPES, SPLIT_OPERATIONS};
pub use focus::FOCUS;
pub use focus_columns::{FOCUS_1_0, FOCUS_1_1, FOCUS_1_2, FOCUS_1_3};
pub use rule::{Amount, Condition, Empty, Formula, Lacking, Rule, Sign, Term};

/// What one format's columns mean. Its fields are those of [`crate::Line`].
#[derive(Debug)]
pub struct Meaning {
    /// What people call the format.
    pub name: &'static str,
    /// A moment in the month that the provider bills the line in.
    pub period: Column,
    /// The payer.
    pub billing_account: Column,
    /// The payer's name.
    pub billing_account_name: Column,
    /// The account that used it.
    pub sub_account: Column,
    /// Its name.
    pub sub_account_name: Column,
    /// Who provides it: the first of these that is filled.
    pub provider: &'static [Text],
    /// The service's name: the first of these that is filled.
    pub service: &'static [Text],
    /// FOCUS ServiceCategory: the first of these that is filled.
    pub service_category: &'static [Text],
    /// The region's id: the first of these that is filled.
    pub region: &'static [Text],
    /// SKU or usage type: the first of these that is filled.
    pub sku: &'static [Text],
    /// What the line says in words. Line breaks in it are spaces, and it ends after 2,048 bytes.
    pub description: Column,
    /// The resource.
    pub resource: Column,
    /// Its name.
    pub resource_name: Column,
    /// Its tags.
    pub tags: Tags,
    /// What it is for.
    pub category: Category,
    /// The column that tells corrections from regular charges, where the format has one.
    pub class: Option<Column>,
    /// The moment it starts: its UTC day is the line's day.
    pub from: Column,
    /// The moment before which it ends: the day of the second before is the last day, if later.
    pub to: Column,
    /// The currency of its amounts.
    pub currency: Column,
    /// FOCUS BilledCost.
    pub billed: Amount,
    /// FOCUS EffectiveCost.
    pub effective: Amount,
    /// FOCUS ListCost.
    pub list: Amount,
    /// FOCUS ContractedCost.
    pub contracted: Amount,
    /// Quantities with their units: the first pair whose quantity is filled.
    pub quantity: &'static [(Column, Column)],
    /// The invoice's id: where it is filled, the invoice is out and the line is no estimate.
    pub invoice: Column,
    /// Lines that repeat what another line costs meet all of these; empty where there are none. Their
    /// effective cost is nothing, and billed cost of theirs is told.
    pub repeats: &'static [Condition],
    /// Columns that no figure comes from, but that show whether the provider keeps to the format;
    /// none for a format whose effective cost is worked out here.
    pub checks: Option<Checks>,
}

/// What a provider's own effective cost is checked by.
#[derive(Debug)]
pub struct Checks {
    /// The commitment that a line buys or uses.
    pub commitment: Column,
    /// The moment before which the billing period ends.
    pub period_end: Column,
    /// The currency that prices are in, where it is not the billing currency.
    pub pricing_currency: Column,
}

/// What tells a line's category.
#[derive(Debug)]
pub enum Category {
    /// A column that says it in FOCUS's words.
    Word(Column),
    /// A column whose values are told apart by a table.
    ByValue {
        /// The column; it must be filled.
        column: Column,
        /// The category of each known value.
        table: &'static [(&'static str, ChargeCategory)],
        /// The category of all others, which is noted.
        otherwise: ChargeCategory,
    },
}

impl Meaning {
    /// The columns without which no charge can be told.
    #[must_use]
    pub fn required(&self) -> Vec<Column> {
        self.columns()
            .into_iter()
            .filter(|column| column.required)
            .collect()
    }

    /// Every column that is read by its name, each once; those of [`Tags::columns`] are not among
    /// them, since their names hold a part that only the file knows.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        let mut all = vec![
            self.billed_column(),
            self.billing_account,
            self.currency,
            self.period,
            self.category.column(),
            self.from,
            self.to,
            self.billing_account_name,
            self.sub_account,
            self.sub_account_name,
            self.description,
            self.resource,
            self.resource_name,
            self.invoice,
        ];
        all.extend(self.class);
        all.extend(self.repeats.iter().filter_map(Condition::column));
        for texts in [
            self.provider,
            self.service,
            self.service_category,
            self.region,
            self.sku,
        ] {
            all.extend(texts.iter().filter_map(Text::column));
        }
        for (quantity, unit) in self.quantity {
            all.extend([*quantity, *unit]);
        }
        all.extend(self.tags.maps.iter().map(|map| map.column));
        if let Some(checks) = &self.checks {
            all.extend([
                checks.commitment,
                checks.period_end,
                checks.pricing_currency,
            ]);
        }
        all.extend(self.tags.single.iter().map(|(column, _)| *column));
        for amount in [&self.billed, &self.effective, &self.list, &self.contracted] {
            all.extend(amount.rules.iter().flat_map(Rule::columns));
        }
        let mut seen: Vec<Column> = Vec::new();
        all.retain(|column| {
            let new = !column.names.is_empty() && !seen.contains(column);
            if new {
                seen.push(*column);
            }
            new
        });
        all
    }

    /// The column that an export is known by: what it cost.
    fn billed_column(&self) -> Column {
        self.billed
            .rules
            .iter()
            .flat_map(Rule::columns)
            .find(|column| column.required)
            .unwrap_or(Column::NONE)
    }
}

impl Category {
    /// The column that is looked at.
    #[must_use]
    pub const fn column(&self) -> Column {
        match self {
            Self::Word(column) | Self::ByValue { column, .. } => *column,
        }
    }

    /// The category of a value by its table; `None` for one that is not in it.
    #[must_use]
    pub fn of(&self, value: &str) -> Option<ChargeCategory> {
        match self {
            Self::Word(_) => value.parse().ok(),
            Self::ByValue { table, .. } => table
                .iter()
                .find(|(known, _)| *known == value)
                .map(|(_, category)| *category),
        }
    }
}
