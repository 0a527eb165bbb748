//! How people, teams and clients are billed.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tallyport_ledger::{self as ledger, IssueInvoices, Name, ReadInvoices, TaxCategory};
use tallyport_workspace::{Context, buyers};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{Caller, guarded_routes};
use crate::input::{Json, Path};
use crate::invoices::Recipient;
use crate::parties::{Endpoint, Party, given, read, wrong};
use crate::problem::{Answer, Problem};
use crate::wire::shown;

/// Who is billed, and how.
#[derive(Debug, Serialize, ToSchema)]
pub struct Buyers {
    /// By name. Who is not among them is billed by name alone, within the seller's country.
    pub buyers: Vec<Buyer>,
}

/// How somebody is billed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Buyer {
    /// Its address here, such as `person:7`.
    pub id: String,
    /// Whose record it is.
    pub of: Recipient,
    /// As on paper.
    #[serde(flatten)]
    pub terms: BuyerTerms,
}

/// How somebody is to be billed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BuyerTerms {
    /// The name on paper; their own if absent.
    #[schema(required)]
    pub name: Option<String>,
    /// The street address, line by line.
    #[serde(default)]
    pub address: Vec<String>,
    /// The post code.
    #[schema(required)]
    pub post_code: Option<String>,
    /// The city.
    #[schema(required)]
    pub city: Option<String>,
    /// State, province or canton.
    #[schema(required)]
    pub region: Option<String>,
    /// The country: two letters of ISO 3166-1. Taxes go by it.
    #[schema(required, example = "FR")]
    pub country: Option<String>,
    /// VAT, GST or other tax id; where a country is given, of that country's form.
    #[schema(required)]
    pub tax_id: Option<String>,
    /// The number in the register of companies.
    #[schema(required)]
    pub legal_id: Option<String>,
    /// The address for mail, as on paper.
    #[schema(required)]
    pub email: Option<String>,
    /// The telephone number.
    #[schema(required)]
    pub phone: Option<String>,
    /// Where electronic invoices reach it.
    #[schema(required)]
    pub endpoint: Option<Endpoint>,
    /// Whom invoices are sent to.
    #[serde(default)]
    pub invoice_emails: Vec<String>,
    /// The purchase order that invoices refer to.
    #[schema(required)]
    pub purchase_order: Option<String>,
    /// Days until an invoice is due; the workspace's if absent.
    #[schema(required)]
    pub payment_days: Option<u16>,
    /// The language of its paper, such as de.
    #[schema(required)]
    pub language: Option<String>,
    /// What its invoices are in, such as EUR; the costs' own currency if absent.
    #[schema(required)]
    pub currency: Option<String>,
    /// How it is taxed where that does not follow from the countries.
    #[schema(required)]
    pub tax: Option<TaxOverride>,
    /// What is sent for its own program besides the paper: ubl or cii, or `factur_x` in place of the plain paper.
    #[schema(required)]
    pub electronic: Option<String>,
}

/// How somebody is taxed, said by a person.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxOverride {
    /// standard, reduced, zero, exempt, `reverse_charge`, `intra_community`, export or `out_of_scope`.
    pub category: String,
    /// Why nothing is charged, as the document states it.
    #[schema(required)]
    pub reason: Option<String>,
}

impl From<buyers::BuyerView> for Buyer {
    fn from(view: buyers::BuyerView) -> Self {
        let buyers::BuyerView { recipient, buyer } = view;
        let tallyport_workspace::Buyer {
            owner: _,
            billed_as,
            party,
            invoice_emails,
            purchase_order,
            payment_days,
            language,
            currency,
            tax,
            electronic,
        } = buyer;
        let Party {
            name: _,
            address,
            post_code,
            city,
            region,
            country,
            tax_id,
            legal_id,
            email,
            phone,
            // A buyer pays; where it has its own accounts is nobody's business.
            iban: _,
            bic: _,
            bank: _,
            endpoint,
        } = party.into();
        Self {
            id: recipient.key.to_string(),
            of: Recipient::of(recipient.key, recipient.name),
            terms: BuyerTerms {
                name: billed_as.map(|name| name.to_string()),
                address,
                post_code,
                city,
                region,
                country,
                tax_id,
                legal_id,
                email,
                phone,
                endpoint,
                invoice_emails,
                purchase_order,
                payment_days,
                language,
                currency: currency.map(|currency| currency.to_string()),
                tax: tax.map(|tax| TaxOverride {
                    category: tax.category.word().to_owned(),
                    reason: tax.reason,
                }),
                electronic: electronic.map(|kind| kind.word().to_owned()),
            },
        }
    }
}

impl TryFrom<BuyerTerms> for buyers::BuyerAsk {
    type Error = Problem;

    fn try_from(terms: BuyerTerms) -> Result<Self, Problem> {
        let BuyerTerms {
            name,
            address,
            post_code,
            city,
            region,
            country,
            tax_id,
            legal_id,
            email,
            phone,
            endpoint,
            invoice_emails,
            purchase_order,
            payment_days,
            language,
            currency,
            tax,
            electronic,
        } = terms;
        let billed_as = given(name)
            .map(|name| Name::parse(&name).map_err(|error| wrong("name", &error.to_string())))
            .transpose()?;
        let party = Party {
            // The record has the name apart: this one is not kept.
            name: billed_as.as_ref().map_or("-", Name::as_str).to_owned(),
            address,
            post_code,
            city,
            region,
            country,
            tax_id,
            legal_id,
            email,
            phone,
            iban: None,
            bic: None,
            bank: None,
            endpoint,
        };
        Ok(Self {
            billed_as,
            party: party.try_into()?,
            invoice_emails,
            purchase_order: given(purchase_order),
            payment_days,
            language: given(language),
            currency: given(currency)
                .map(|code| read("currency", &code))
                .transpose()?,
            tax: tax.map(override_of).transpose()?,
            electronic: given(electronic)
                .map(|word| read("electronic", &word))
                .transpose()?,
        })
    }
}

fn override_of(tax: TaxOverride) -> Result<ledger::TaxOverride, Problem> {
    Ok(ledger::TaxOverride {
        category: category(&tax.category)?,
        reason: given(tax.reason),
    })
}

/// Reads the word of a category.
pub(crate) fn category(word: &str) -> Result<TaxCategory, Problem> {
    TaxCategory::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = TaxCategory::ALL.map(TaxCategory::word).to_vec();
        let sentence = format!(
            "\"{}\" is no category of tax: {} are",
            shown(word),
            known.join(", ")
        );
        wrong("category", &sentence)
    })
}

pub(crate) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(guarded_routes!(buyers))
        .routes(guarded_routes!(buyer))
        .routes(guarded_routes!(put_buyer))
        .routes(guarded_routes!(delete_buyer))
}

/// Who is billed, and how.
#[utoipa::path(
    get, path = "/buyers", tag = "invoices",
    responses((status = 200, body = Buyers), Problem)
)]
async fn buyers(by: Caller<ReadInvoices>, State(context): State<Context>) -> Answer<Buyers> {
    let buyers = buyers::list(&context, &by.grant).await?;
    Ok(axum::Json(Buyers {
        buyers: buyers.into_iter().map(Buyer::from).collect(),
    }))
}

/// How one is billed: `person:NAME`, `team:NAME` or `client:NAME`, or its id.
#[utoipa::path(
    get, path = "/buyers/{id}", tag = "invoices",
    params(("id" = String, Path)),
    responses((status = 200, body = Buyer), Problem)
)]
async fn buyer(
    by: Caller<ReadInvoices>,
    State(context): State<Context>,
    Path(id): Path<String>,
) -> Answer<Buyer> {
    let buyer = buyers::get(&context, &by.grant, id).await?;
    Ok(axum::Json(buyer.into()))
}

/// Says how one is billed from the next draft on.
#[utoipa::path(
    put, path = "/buyers/{id}", tag = "invoices",
    params(("id" = String, Path)),
    responses((status = 200, body = Buyer), Problem)
)]
async fn put_buyer(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<String>,
    Json(terms): Json<BuyerTerms>,
) -> Answer<Buyer> {
    let buyer = buyers::put(&context, &by.grant, id, terms.try_into()?).await?;
    Ok(axum::Json(buyer.into()))
}

/// Forgets how one is billed: by name alone from the next draft on.
#[utoipa::path(
    delete, path = "/buyers/{id}", tag = "invoices",
    params(("id" = String, Path)),
    responses((status = 204), Problem)
)]
async fn delete_buyer(
    by: Caller<IssueInvoices>,
    State(context): State<Context>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    buyers::delete(&context, &by.grant, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
