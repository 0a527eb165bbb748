//! Settings of the workspace.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Settings of the workspace.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The workspace's name.
    pub name: String,
    /// The zone of screens and invoice dates, such as Europe/Vienna.
    pub zone: String,
    /// Who sends the invoices.
    pub seller: Seller,
    /// The tax rate in percent, as decimal text.
    #[schema(example = "20")]
    pub tax_rate: String,
    /// How many days an invoice may take to be paid.
    pub payment_days: u16,
    /// What invoice numbers begin with.
    pub invoice_series: String,
    /// billed or effective: what invoices are made of.
    pub invoice_metric: String,
}

/// Who sends the invoices.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Seller {
    /// The name.
    pub name: String,
    /// The address, line by line.
    pub address: Vec<String>,
    /// The tax number.
    #[schema(required)]
    pub tax_id: Option<String>,
    /// The address for mail.
    #[schema(required)]
    pub email: Option<String>,
}

pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<tallyport_workspace::Context> {
    utoipa_axum::router::OpenApiRouter::new()
}
