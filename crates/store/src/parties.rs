//! The columns of a party, which sellers and buyers share: everything but its name.

use rusqlite::Row;
use rusqlite::types::Value;
use tallyport_ledger::{BankAccount, Endpoint, Name, Party};

use crate::StoreError;

/// The columns of a buyer, in the order that [`party_at`] reads and [`party_values`] writes.
pub(crate) const BUYER_COLUMNS: &str = "address, tax_id, email, post_code, city, region, country, legal_id, \
     phone, iban, bic, bank, endpoint_scheme, endpoint";

/// The same of the seller, among the settings.
pub(crate) const SELLER_COLUMNS: &str = "seller_address, seller_tax_id, seller_email, seller_post_code, \
     seller_city, seller_region, seller_country, seller_legal_id, seller_phone, seller_iban, seller_bic, \
     seller_bank, seller_endpoint_scheme, seller_endpoint";

/// How many columns there are.
pub(crate) const PARTY_COLUMNS: usize = 14;

/// The party whose columns begin at `at`.
pub(crate) fn party_at(row: &Row<'_>, at: usize, name: Name) -> Result<Party, StoreError> {
    let unreadable = || StoreError::unreadable("a party of invoices");
    let text = |offset: usize| row.get::<_, Option<String>>(at + offset);
    let address: String = row.get(at)?;
    let bank = match text(9)? {
        None => None,
        Some(iban) => Some(BankAccount {
            iban: iban.parse().map_err(|_| unreadable())?,
            bic: text(10)?,
            bank: text(11)?,
        }),
    };
    let endpoint = text(12)?.zip(text(13)?);
    let country = text(6)?.map(|code| code.parse());
    Ok(Party {
        name,
        address: address.lines().map(str::to_owned).collect(),
        tax_id: text(1)?,
        email: text(2)?,
        post_code: text(3)?,
        city: text(4)?,
        region: text(5)?,
        country: country.transpose().map_err(|_| unreadable())?,
        legal_id: text(7)?,
        phone: text(8)?,
        bank,
        endpoint: endpoint
            .map(|(scheme, id)| Endpoint::new(&scheme, &id))
            .transpose()
            .map_err(|_| unreadable())?,
    })
}

/// What goes into the columns.
pub(crate) fn party_values(party: &Party) -> [Value; PARTY_COLUMNS] {
    let Party {
        name: _,
        address,
        tax_id,
        email,
        post_code,
        city,
        region,
        country,
        legal_id,
        phone,
        bank,
        endpoint,
    } = party.clone();
    let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
    let (iban, bic, bank) = match bank {
        None => (None, None, None),
        Some(account) => (
            Some(account.iban.as_str().to_owned()),
            account.bic,
            account.bank,
        ),
    };
    let scheme = endpoint.as_ref().map(|one| one.scheme().to_owned());
    let address = Value::Text(address.join("\n"));
    let country = text(country.map(|country| country.to_string()));
    let endpoint = text(endpoint.map(|one| one.id().to_owned()));
    [
        address,
        text(tax_id),
        text(email),
        text(post_code),
        text(city),
        text(region),
        country,
        text(legal_id),
        text(phone),
        text(iban),
        text(bic),
        text(bank),
        text(scheme),
        endpoint,
    ]
}
