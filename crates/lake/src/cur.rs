//! Rows of an AWS Cost and Usage Report become ledger lines in FOCUS's words.
//!
//! Billed cost is unblended cost, discount lines included, as the invoice adds it up. Effective
//! cost is amortised by the rules of AWS's documentation and the Cloud Intelligence Dashboards
//! (see `line_item`); over a commitment's term it adds up to billed cost.

use tallyport_ledger::{ChargeCategory, ChargeClass, Exact, Line, RollUp, TagSet, TagSetId};

use crate::aws_services;
use crate::fields::{RowError, shown, tags};
use crate::focus::first_of;
use crate::header::Header;
use crate::line_item::{Refunded, Reservation, SavingsPlan, amortised, category};
use crate::records::Record;
use crate::{Dialect, Note};

/// Operations that repeat an instance's cost by pod or task when split cost data is on.
const SPLIT_OPERATIONS: [&str; 2] = ["EKSPod-EC2", "ECSTask-EC2"];

/// Reads rows of a Cost and Usage Report.
pub(crate) struct Cur {
    unblended: usize,
    net_unblended: Option<usize>,
    on_demand: Option<usize>,
    billing_account: usize,
    billing_account_name: Option<usize>,
    currency: usize,
    period: usize,
    line_item_type: usize,
    from: usize,
    to: Option<usize>,
    product: usize,
    product_name: Option<usize>,
    usage_type: Option<usize>,
    operation: Option<usize>,
    description: Option<usize>,
    quantity: Option<usize>,
    unit: Option<usize>,
    region: Option<usize>,
    region_code: Option<usize>,
    resource: Option<usize>,
    sub_account: Option<usize>,
    sub_account_name: Option<usize>,
    invoice: Option<usize>,
    reservation: Option<Reservation>,
    reservation_arn: Option<usize>,
    savings_plan: Option<SavingsPlan>,
    split: bool,
    tag_columns: Vec<(usize, String)>,
    tag_map: Option<usize>,
    no_on_demand: u64,
    not_amortised: u64,
    unknown_types: Vec<String>,
    tag_text: String,
    words: String,
}

impl Cur {
    /// The reader for a file with these columns, or the required ones that it lacks.
    pub(crate) fn new(header: &mut Header, dialect: Dialect) -> Result<Self, Vec<String>> {
        let mut lacking = Vec::new();
        let mut need = |header: &mut Header, slash: &str, underscore: &str| {
            header.take(&[slash, underscore]).unwrap_or_else(|| {
                let name = if dialect == Dialect::Slash {
                    slash
                } else {
                    underscore
                };
                lacking.push(name.to_owned());
                0
            })
        };
        let unblended = need(header, "lineItem/UnblendedCost", "line_item_unblended_cost");
        let billing_account = need(header, "bill/PayerAccountId", "bill_payer_account_id");
        let currency = need(header, "lineItem/CurrencyCode", "line_item_currency_code");
        let period = need(
            header,
            "bill/BillingPeriodStartDate",
            "bill_billing_period_start_date",
        );
        let line_item_type = need(header, "lineItem/LineItemType", "line_item_line_item_type");
        let from = need(
            header,
            "lineItem/UsageStartDate",
            "line_item_usage_start_date",
        );
        let product = need(header, "lineItem/ProductCode", "line_item_product_code");
        if !lacking.is_empty() {
            return Err(lacking);
        }
        let split = header.names().iter().any(|name| {
            let name = name.to_ascii_lowercase();
            name.starts_with("splitlineitem/") || name.starts_with("split_line_item_")
        });
        Ok(Self {
            unblended,
            net_unblended: header
                .take(&["lineItem/NetUnblendedCost", "line_item_net_unblended_cost"]),
            on_demand: header.take(&[
                "pricing/publicOnDemandCost",
                "pricing_public_on_demand_cost",
            ]),
            billing_account,
            billing_account_name: header
                .take(&["bill/PayerAccountName", "bill_payer_account_name"]),
            currency,
            period,
            line_item_type,
            from,
            to: header.take(&["lineItem/UsageEndDate", "line_item_usage_end_date"]),
            product,
            product_name: header.take(&["product/ProductName", "product_product_name"]),
            usage_type: header.take(&["lineItem/UsageType", "line_item_usage_type"]),
            operation: header.take(&["lineItem/Operation", "line_item_operation"]),
            description: header.take(&[
                "lineItem/LineItemDescription",
                "line_item_line_item_description",
            ]),
            quantity: header.take(&["lineItem/UsageAmount", "line_item_usage_amount"]),
            unit: header.take(&["pricing/unit", "pricing_unit"]),
            region: header.take(&["product/region", "product_region"]),
            region_code: header.take(&["product/regionCode", "product_region_code"]),
            resource: header.take(&["lineItem/ResourceId", "line_item_resource_id"]),
            sub_account: header.take(&["lineItem/UsageAccountId", "line_item_usage_account_id"]),
            sub_account_name: header
                .take(&["lineItem/UsageAccountName", "line_item_usage_account_name"]),
            invoice: header.take(&["bill/InvoiceId", "bill_invoice_id"]),
            reservation: Reservation::find(header),
            reservation_arn: header.take(&[
                "reservation/ReservationARN",
                "reservation_reservation_arn",
                "reservation_reservation_a_r_n",
            ]),
            savings_plan: SavingsPlan::find(header),
            split,
            tag_columns: tag_columns(header),
            tag_map: header.take(&["resource_tags"]),
            no_on_demand: 0,
            not_amortised: 0,
            unknown_types: Vec::new(),
            tag_text: String::new(),
            words: String::new(),
        })
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: &Record<'_>, to: &mut RollUp) -> Result<(), RowError> {
        let period = row.period(self.period)?;
        let kind = row.required_text(self.line_item_type)?;
        let is_split = self.split && SPLIT_OPERATIONS.contains(&row.text_of(self.operation)?);
        let billed = match row.amount(self.unblended)? {
            None if is_split => Exact::ZERO,
            _ => row.required_amount(self.unblended)?,
        };
        let code = row.text(self.product)?;
        let description = row.words(self.description, &mut self.words)?;
        let amortised = if is_split {
            Some(Exact::ZERO)
        } else {
            amortised(
                row,
                kind,
                billed,
                self.reservation,
                self.savings_plan,
                Refunded {
                    upfront_fee: kind == "Fee" && !row.text_of(self.reservation_arn)?.is_empty(),
                    savings_plan: kind == "Refund"
                        && code == "ComputeSavingsPlans"
                        && description.starts_with("Refund for one-time fee for Savings Plan"),
                },
            )?
        };
        let list = match self.on_demand {
            Some(at) => row.amount(at)?,
            None => Some(billed),
        };
        let contracted = match self.net_unblended {
            Some(at) => row.amount(at)?.unwrap_or(billed),
            None => billed,
        };
        let (day, last_day) = row.days(self.from, self.to)?;
        let category = category(kind);
        let tag_set = tag_set(
            row,
            (&self.tag_columns, self.tag_map),
            &mut self.tag_text,
            to,
        )?;
        let invoiced = !row.text_of(self.invoice)?.is_empty();
        to.add(&Line {
            period,
            billing_account: row.required_text(self.billing_account)?,
            billing_account_name: row.text_of(self.billing_account_name)?,
            sub_account: row.text_of(self.sub_account)?,
            sub_account_name: row.text_of(self.sub_account_name)?,
            provider: "AWS",
            service: first_of([
                row.text_of(self.product_name)?,
                aws_services::name(code),
                "No service named",
            ]),
            service_category: aws_services::category(code),
            region: first_of([row.text_of(self.region)?, row.text_of(self.region_code)?]),
            sku: row.text_of(self.usage_type)?,
            description,
            resource: row.text_of(self.resource)?,
            resource_name: "",
            tags: tag_set,
            category: category.unwrap_or(ChargeCategory::Adjustment),
            class: ChargeClass::Regular,
            day,
            last_day,
            currency: row.currency(self.currency)?,
            billed,
            effective: amortised.unwrap_or(billed),
            list: list.unwrap_or_default(),
            contracted,
            quantity: row.quantity(self.quantity)?.unwrap_or_default(),
            unit: row.text_of(self.unit)?,
            number: row.line,
            invoiced,
            estimated: !invoiced,
        })?;
        self.no_on_demand += u64::from(list.is_none());
        self.not_amortised += u64::from(amortised.is_none());
        if category.is_none() && self.unknown_types.len() < 20 {
            let name = shown(kind);
            if !self.unknown_types.contains(&name) {
                self.unknown_types.push(name);
            }
        }
        Ok(())
    }

    /// What was noticed on the way.
    pub(crate) fn notes(self) -> Vec<Note> {
        let mut notes = Vec::new();
        match self.on_demand {
            None => notes.push(Note::Missing {
                column: "pricing/publicOnDemandCost",
                instead: "list cost is unblended cost",
            }),
            Some(_) if self.no_on_demand > 0 => notes.push(Note::TakenAsZero {
                column: "pricing/publicOnDemandCost".to_owned(),
                rows: self.no_on_demand,
            }),
            Some(_) => {}
        }
        if self.not_amortised > 0 {
            notes.push(Note::NotAmortised {
                rows: self.not_amortised,
            });
        }
        notes.extend(
            self.unknown_types
                .into_iter()
                .map(Note::UnknownLineItemType),
        );
        notes
    }
}

/// The columns that hold a tag or a cost category, with its key.
fn tag_columns(header: &mut Header) -> Vec<(usize, String)> {
    let found: Vec<(usize, String)> = header
        .names()
        .iter()
        .enumerate()
        .filter_map(|(at, name)| Some((at, tag_key(name)?)))
        .collect();
    for (at, _) in &found {
        header.mark(*at);
    }
    found
}

/// The key that a column's name holds: users' keys bare, those of AWS as `aws:…`, cost
/// categories as `costCategory/…`, since they are not tags.
fn tag_key(column: &str) -> Option<String> {
    let key = if let Some(key) = column.strip_prefix("resourceTags/") {
        key.strip_prefix("user:").unwrap_or(key).to_owned()
    } else if let Some(key) = column.strip_prefix("resource_tags_user_") {
        key.to_owned()
    } else if let Some(key) = column.strip_prefix("resource_tags_aws_") {
        format!("aws:{key}")
    } else if let Some(key) = column.strip_prefix("costCategory/") {
        format!("costCategory/{key}")
    } else {
        format!("costCategory/{}", column.strip_prefix("cost_category_")?)
    };
    (!key.is_empty() && !key.chars().any(char::is_control)).then_some(key)
}

/// Numbers a row's tags by a text made of the columns that are filled.
fn tag_set(
    row: &Record<'_>,
    (columns, map): (&[(usize, String)], Option<usize>),
    scratch: &mut String,
    to: &mut RollUp,
) -> Result<TagSetId, RowError> {
    if let Some(at) = map {
        return to.tags(row.any_text(at), |json| {
            Ok::<_, RowError>(tags(at, json)?.into_iter().map(bare).collect())
        });
    }
    scratch.clear();
    for (number, (at, _)) in columns.iter().enumerate() {
        let value = row.text(*at)?;
        if !value.is_empty() {
            use std::fmt::Write as _;
            // Writing to a string cannot fail, and no field holds the two separators.
            let _ = write!(scratch, "{number}\u{1f}{value}\u{1e}");
        }
    }
    to.tags(scratch, |text| {
        Ok(text
            .split_terminator('\u{1e}')
            .filter_map(|pair| {
                let (number, value) = pair.split_once('\u{1f}')?;
                let (_, key) = columns.get(number.parse::<usize>().ok()?)?;
                Some((key.clone(), value.to_owned()))
            })
            .collect::<TagSet>())
    })
}

/// A tag of CUR 2.0's map, whose keys start with `user_` or `aws_`.
fn bare((key, value): (String, String)) -> (String, String) {
    let key = match (key.strip_prefix("user_"), key.strip_prefix("aws_")) {
        (Some(key), _) => key.to_owned(),
        (None, Some(key)) => format!("aws:{key}"),
        (None, None) => key,
    };
    (key, value)
}
