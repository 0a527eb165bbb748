//! Who bills whom, how it is taxed and by which rate it was converted, as kept with an invoice. What was
//! kept before a field existed lacks it, and reads as it did.

use serde::{Deserialize, Serialize};
use tallyport_ledger::{
    BankAccount, Endpoint, ExchangeRate, Name, Party, TaxCategory, TaxRate, TaxTreatment,
};

use super::frozen::unreadable;
use crate::WorkspaceError;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenParty {
    pub name: String,
    pub address: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    pub tax_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_id: Option<String>,
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<FrozenBank>,
    /// Scheme and address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenBank {
    pub iban: String,
    pub bic: Option<String>,
    pub bank: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenTreatment {
    pub category: String,
    pub rate_ppm: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrozenExchange {
    pub from: String,
    pub to: String,
    /// What amounts were multiplied by.
    pub times: String,
    /// What they were divided by.
    pub over: String,
    pub day: String,
    pub source: String,
}

impl FrozenParty {
    pub fn of(party: &Party) -> Self {
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
            bank,
            endpoint,
        } = party.clone();
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
            bank: bank.map(|account| FrozenBank {
                iban: account.iban.as_str().to_owned(),
                bic: account.bic,
                bank: account.bank,
            }),
            endpoint: endpoint.map(|at| (at.scheme().to_owned(), at.id().to_owned())),
        }
    }

    pub fn party(&self) -> Result<Party, WorkspaceError> {
        let bank = |kept: &FrozenBank| {
            Ok::<_, WorkspaceError>(BankAccount {
                iban: kept.iban.parse().map_err(|_| unreadable())?,
                bic: kept.bic.clone(),
                bank: kept.bank.clone(),
            })
        };
        let endpoint = |(scheme, id): &(String, String)| Endpoint::new(scheme, id);
        let country = self.country.as_deref().map(str::parse).transpose();
        Ok(Party {
            name: Name::parse(&self.name)?,
            address: self.address.clone(),
            post_code: self.post_code.clone(),
            city: self.city.clone(),
            region: self.region.clone(),
            country: country.map_err(|_| unreadable())?,
            tax_id: self.tax_id.clone(),
            legal_id: self.legal_id.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            bank: self.bank.as_ref().map(bank).transpose()?,
            endpoint: self
                .endpoint
                .as_ref()
                .map(endpoint)
                .transpose()
                .map_err(|_| unreadable())?,
        })
    }
}

impl FrozenTreatment {
    pub fn of(treatment: &TaxTreatment) -> Self {
        Self {
            category: treatment.category().word().to_owned(),
            rate_ppm: treatment.rate().parts_per_million(),
            reason: treatment.reason().map(str::to_owned),
        }
    }

    pub fn treatment(&self) -> Result<TaxTreatment, WorkspaceError> {
        let category = TaxCategory::from_word(&self.category).ok_or_else(unreadable)?;
        let rate = TaxRate::from_parts_per_million(self.rate_ppm)?;
        TaxTreatment::new(category, rate, self.reason.clone()).map_err(|_| unreadable())
    }
}

impl FrozenExchange {
    pub fn of(rate: &ExchangeRate) -> Self {
        let (times, over) = rate.parts();
        Self {
            from: rate.from().to_string(),
            to: rate.to().to_string(),
            times,
            over,
            day: rate.day().to_string(),
            source: rate.source().to_owned(),
        }
    }

    pub fn rate(&self) -> Result<ExchangeRate, WorkspaceError> {
        let pair = (self.from.parse()?, self.to.parse()?);
        let day = self.day.parse().map_err(|_| unreadable())?;
        ExchangeRate::from_parts(pair, (&self.times, &self.over), day, &self.source)
            .map_err(|_| unreadable())
    }
}
