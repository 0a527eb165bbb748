//! Who bills and who is billed, as both are written.

use serde::{Deserialize, Serialize};
use tallyport_ledger as ledger;
use tallyport_ledger::{BankAccount, Name};
use utoipa::ToSchema;

use crate::problem::Problem;

/// Who bills, or who is billed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The name.
    pub name: String,
    /// The street address, line by line.
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
    #[schema(required, example = "DE")]
    pub country: Option<String>,
    /// VAT, GST or other tax id; where a country is given, of that country's form.
    #[schema(required)]
    pub tax_id: Option<String>,
    /// The number in the register of companies.
    #[schema(required)]
    pub legal_id: Option<String>,
    /// The address for mail.
    #[schema(required)]
    pub email: Option<String>,
    /// The telephone number.
    #[schema(required)]
    pub phone: Option<String>,
    /// The account that is paid to.
    #[schema(required)]
    pub iban: Option<String>,
    /// The bank's code.
    #[schema(required)]
    pub bic: Option<String>,
    /// The bank's name.
    #[schema(required)]
    pub bank: Option<String>,
    /// Where electronic invoices reach it.
    #[schema(required)]
    pub endpoint: Option<Endpoint>,
}

/// An address for electronic invoices.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// The scheme's code of the list EAS, such as 0088 or 9930.
    pub scheme: String,
    /// The address.
    pub id: String,
}

impl From<ledger::Party> for Party {
    fn from(party: ledger::Party) -> Self {
        let ledger::Party {
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
            bank: account,
            endpoint,
        } = party;
        let (iban, bic, bank) = match account {
            None => (None, None, None),
            Some(BankAccount { iban, bic, bank }) => (Some(iban.to_string()), bic, bank),
        };
        Self {
            name: name.to_string(),
            address,
            post_code,
            city,
            region,
            country: country.map(|country| country.to_string()),
            tax_id,
            legal_id,
            email,
            phone,
            iban,
            bic,
            bank,
            endpoint: endpoint.map(|endpoint| Endpoint {
                scheme: endpoint.scheme().to_owned(),
                id: endpoint.id().to_owned(),
            }),
        }
    }
}

impl TryFrom<Party> for ledger::Party {
    type Error = Problem;

    fn try_from(party: Party) -> Result<Self, Problem> {
        let Party {
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
            iban,
            bic,
            bank,
            endpoint,
        } = party;
        let (bic, bank) = (given(bic), given(bank));
        let bank = match given(iban) {
            Some(iban) => Some(BankAccount {
                iban: read("iban", &iban)?,
                bic,
                bank,
            }),
            None if bic.is_some() || bank.is_some() => {
                return Err(wrong("iban", "a bank has an account: its IBAN is missing"));
            }
            None => None,
        };
        let endpoint = endpoint
            .map(|Endpoint { scheme, id }| ledger::Endpoint::new(&scheme, &id))
            .transpose()
            .map_err(|error| wrong("endpoint", &error.to_string()))?;
        Ok(Self {
            name: Name::parse(&name).map_err(|error| wrong("name", &error.to_string()))?,
            address,
            post_code: given(post_code),
            city: given(city),
            region: given(region),
            country: given(country)
                .map(|code| read("country", &code))
                .transpose()?,
            tax_id: given(tax_id),
            legal_id: given(legal_id),
            email: given(email),
            phone: given(phone),
            bank,
            endpoint,
        })
    }
}

/// A text that somebody wrote something into.
pub(crate) fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// Reads a field.
pub(crate) fn read<T>(field: &str, text: &str) -> Result<T, Problem>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    text.parse()
        .map_err(|error: T::Err| wrong(field, &error.to_string()))
}

/// A field that cannot be.
pub(crate) fn wrong(field: &str, sentence: &str) -> Problem {
    Problem::invalid(crate::problem::sentence(sentence))
        .details(serde_json::json!({ "field": field }))
}
