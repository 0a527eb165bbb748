use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use tallyport_ledger::{Currency, Electronic, Name, OwnerId, Party, TaxCategory, TaxOverride};

use crate::number::currency_of;
use crate::parties::{BUYER_COLUMNS, PARTY_COLUMNS, party_at, party_values};
use crate::{Reads, StoreError, Writes};

/// How somebody who owns costs is billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// Whose record it is.
    pub owner: OwnerId,
    /// The name on paper where it is not the owner's own.
    pub billed_as: Option<Name>,
    /// Who it is, as printed.
    pub party: Party,
    /// Whom invoices are sent to; nobody is the party's own address.
    pub invoice_emails: Vec<String>,
    /// The purchase order that invoices refer to unless they name another.
    pub purchase_order: Option<String>,
    /// Days until an invoice is due; none is the workspace's.
    pub payment_days: Option<u16>,
    /// The language of its paper, two letters.
    pub language: Option<String>,
    /// What its invoices are in; none is the costs' own currency.
    pub currency: Option<Currency>,
    /// How it is taxed where that does not follow from the countries.
    pub tax: Option<TaxOverride>,
    /// What is sent for its own program besides the paper.
    pub electronic: Option<Electronic>,
}

/// Columns before and after those of the party.
const REST: &str = "invoice_emails, purchase_order, payment_days, language, currency, tax_category, tax_reason, \
     electronic";

impl Reads<'_> {
    /// All records of buyers, by name.
    ///
    /// # Errors
    /// The file's.
    pub fn buyers(&self) -> Result<Vec<Buyer>, StoreError> {
        let mut found = self.buyers_of(None)?;
        found.sort_by_key(|buyer| buyer.party.name.as_str().to_lowercase());
        Ok(found)
    }

    /// How `owner` is billed, if anybody said so.
    ///
    /// # Errors
    /// The file's.
    pub fn buyer(&self, owner: OwnerId) -> Result<Option<Buyer>, StoreError> {
        Ok(self.buyers_of(Some(owner))?.pop())
    }

    fn buyers_of(&self, owner: Option<OwnerId>) -> Result<Vec<Buyer>, StoreError> {
        let columns = [BUYER_COLUMNS, REST].join(", ").replace(", ", ", b.");
        let sql = [
            "SELECT b.owner_id, b.name, coalesce(b.name, p.name, t.name, c.name), b.",
            &columns,
            " FROM buyer b
             JOIN owner o ON o.id = b.owner_id
             LEFT JOIN person p ON p.id = o.person_id
             LEFT JOIN team t ON t.id = o.team_id
             LEFT JOIN client c ON c.id = o.client_id
             WHERE ?1 IS NULL OR b.owner_id = ?1",
        ]
        .concat();
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_and_then([owner.map(|owner| owner.0)], buyer_at)?;
        rows.collect()
    }
}

impl Writes<'_> {
    /// Keeps how somebody is billed, in place of what was there.
    ///
    /// # Errors
    /// The disk's.
    pub fn put_buyer(&mut self, buyer: &Buyer) -> Result<(), StoreError> {
        let Buyer {
            owner,
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
        let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
        let emails = serde_json::Value::from(invoice_emails.clone()).to_string();
        let mut values = vec![
            Value::Integer(owner.0),
            text(billed_as.as_ref().map(ToString::to_string)),
        ];
        values.extend(party_values(party));
        values.extend([
            Value::Text(emails),
            text(purchase_order.clone()),
            payment_days.map_or(Value::Null, |days| Value::Integer(days.into())),
            text(language.clone()),
            text(currency.map(|currency| currency.to_string())),
            text(tax.as_ref().map(|tax| tax.category.word().to_owned())),
            text(tax.as_ref().and_then(|tax| tax.reason.clone())),
            text(electronic.map(|kind| kind.word().to_owned())),
        ]);
        let marks = vec!["?"; values.len()].join(", ");
        let sql = [
            "INSERT OR REPLACE INTO buyer (owner_id, name, ",
            BUYER_COLUMNS,
            ", ",
            REST,
            ") VALUES (",
            &marks,
            ")",
        ]
        .concat();
        self.connection
            .prepare_cached(&sql)?
            .execute(params_from_iter(values))?;
        Ok(())
    }

    /// Forgets how `owner` is billed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_buyer(&mut self, owner: OwnerId) -> Result<(), StoreError> {
        let gone = self
            .connection
            .execute("DELETE FROM buyer WHERE owner_id = ?1", [owner.0])?;
        if gone == 0 {
            return Err(StoreError::NotFound {
                what: "record of a buyer for owner",
                name: owner.0.to_string(),
            });
        }
        Ok(())
    }
}

fn buyer_at(row: &Row<'_>) -> Result<Buyer, StoreError> {
    let unreadable = || StoreError::unreadable("the record of a buyer");
    let name = |text: String| Name::parse(&text).map_err(|_| unreadable());
    let rest = 3 + PARTY_COLUMNS;
    let emails: String = row.get(rest)?;
    let category: Option<String> = row.get(rest + 5)?;
    let tax = match category {
        None => None,
        Some(word) => Some(TaxOverride {
            category: TaxCategory::from_word(&word).ok_or_else(unreadable)?,
            reason: row.get(rest + 6)?,
        }),
    };
    let currency: Option<String> = row.get(rest + 4)?;
    let electronic: Option<String> = row.get(rest + 7)?;
    Ok(Buyer {
        owner: OwnerId(row.get(0)?),
        billed_as: row.get::<_, Option<String>>(1)?.map(name).transpose()?,
        party: party_at(row, 3, name(row.get(2)?)?)?,
        invoice_emails: serde_json::from_str(&emails).map_err(|_| unreadable())?,
        purchase_order: row.get(rest + 1)?,
        payment_days: row.get(rest + 2)?,
        language: row.get(rest + 3)?,
        currency: currency.as_deref().map(currency_of).transpose()?,
        tax,
        electronic: electronic
            .map(|word| word.parse())
            .transpose()
            .map_err(|_| unreadable())?,
    })
}
