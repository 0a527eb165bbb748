//! Checks of who bills and who is billed, before it is kept.

use serde_json::{Value, json};
use tallyport_ledger::{Party, TaxId};

use crate::WorkspaceError;

/// The longest line of a letterhead, in bytes.
const LONGEST: usize = 200;

/// `party` with its tax id as its country writes it.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field.
pub(crate) fn checked(party: Party) -> Result<Party, WorkspaceError> {
    if party.address.len() > 8 {
        return Err(WorkspaceError::invalid(
            "address",
            "an address has at most eight lines",
        ));
    }
    let bank = party.bank.iter();
    let texts = [
        ("post_code", &party.post_code),
        ("city", &party.city),
        ("region", &party.region),
        ("tax_id", &party.tax_id),
        ("legal_id", &party.legal_id),
        ("email", &party.email),
        ("phone", &party.phone),
    ];
    let lines = party.address.iter().map(|line| ("address", line));
    let texts = texts
        .into_iter()
        .filter_map(|(field, text)| Some((field, text.as_ref()?)));
    let banks = bank.flat_map(|account| {
        let bic = account.bic.iter().map(|text| ("bic", text));
        bic.chain(account.bank.iter().map(|text| ("bank", text)))
    });
    for (field, text) in lines.chain(texts).chain(banks) {
        line(field, text)?;
    }
    let tax_id = match (&party.tax_id, party.country) {
        (Some(text), Some(country)) => Some(
            TaxId::parse(text, country)
                .map_err(|error| WorkspaceError::invalid("tax_id", error))?
                .to_string(),
        ),
        (text, _) => text.clone(),
    };
    Ok(Party { tax_id, ..party })
}

/// A line that fits a document.
///
/// # Errors
/// [`WorkspaceError::Invalid`] names the field.
pub(crate) fn line(field: &'static str, text: &str) -> Result<(), WorkspaceError> {
    if text.chars().any(char::is_control) || text.len() > LONGEST {
        return Err(WorkspaceError::invalid(
            field,
            format!("a line of a letterhead has at most {LONGEST} bytes and no control characters"),
        ));
    }
    Ok(())
}

/// A party as the audit trail tells it.
pub(crate) fn told(party: &Party) -> Value {
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
    } = party;
    json!({
        "name": name.as_str(),
        "address": address,
        "post_code": post_code,
        "city": city,
        "region": region,
        "country": country.map(|country| country.to_string()),
        "tax_id": tax_id,
        "legal_id": legal_id,
        "email": email,
        "phone": phone,
        "iban": bank.as_ref().map(|account| account.iban.as_str()),
        "bic": bank.as_ref().and_then(|account| account.bic.as_ref()),
        "bank": bank.as_ref().and_then(|account| account.bank.as_ref()),
        "endpoint": endpoint.as_ref().map(|at| format!("{}:{}", at.scheme(), at.id())),
    })
}
