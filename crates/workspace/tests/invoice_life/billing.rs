//! Sellers and buyers of several countries, for whom October is drafted.

use tallyport_ledger::{BankAccount, IssueInvoices, Name, Party, TaxCategory, TaxOverride};
use tallyport_workspace::buyers::{self, BuyerAsk};
use tallyport_workspace::{WorkspaceError, invoices};

use crate::desk::Desk;

/// Nobody in particular, at home.
pub fn terms() -> BuyerAsk {
    BuyerAsk {
        billed_as: None,
        party: Party::new(Name::parse("-").unwrap()),
        invoice_emails: Vec::new(),
        purchase_order: None,
        payment_days: None,
        language: None,
        currency: None,
        tax: None,
        electronic: None,
    }
}

/// Somebody of a country, with or without a tax id.
pub fn of(country: &str, tax_id: Option<&str>) -> BuyerAsk {
    let mut ask = terms();
    ask.party.country = Some(country.parse().unwrap());
    ask.party.tax_id = tax_id.map(str::to_owned);
    ask
}

/// Taxed as a person says.
pub fn taxed(category: TaxCategory, reason: Option<&str>) -> BuyerAsk {
    let mut ask = of("DE", None);
    ask.tax = Some(TaxOverride {
        category,
        reason: reason.map(str::to_owned),
    });
    ask
}

impl Desk {
    /// The seller is a German company with an account.
    pub async fn in_germany(&self) {
        self.set(|set| {
            set.seller = Party {
                address: vec!["Hafenstraße 12".to_owned()],
                post_code: Some("20457".to_owned()),
                city: Some("Hamburg".to_owned()),
                country: Some("DE".parse().unwrap()),
                tax_id: Some("DE 136 695 976".to_owned()),
                bank: Some(BankAccount {
                    iban: "DE89370400440532013000".parse().unwrap(),
                    bic: None,
                    bank: None,
                }),
                ..Party::new(Name::parse("Nord GmbH").unwrap())
            };
        })
        .await;
    }

    pub async fn buyer(&self, whom: &str, ask: BuyerAsk) -> Result<(), WorkspaceError> {
        let by = self.scene.may::<IssueInvoices>();
        let put = buyers::put(&self.scene.cx, &by, whom.to_owned(), ask).await;
        put.map(drop)
    }

    /// Why October cannot be drafted for ada alone, if so: sentence and hint.
    pub async fn refused(&self) -> (String, String) {
        let ada = buyers::get(&self.scene.cx, &self.scene.may(), "person:ada".to_owned())
            .await
            .unwrap();
        let month = "2026-10".parse().unwrap();
        let by = self.scene.may::<IssueInvoices>();
        let error = invoices::draft(&self.scene.cx, &by, month, Some(ada.recipient.key))
            .await
            .unwrap_err();
        assert_eq!(error.code(), "invoice.terms", "{error}");
        (error.to_string(), error.hint().unwrap_or_default())
    }
}
