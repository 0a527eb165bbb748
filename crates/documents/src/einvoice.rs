//! Electronic invoices: EN 16931 as UBL 2.1 and as UN/CEFACT CII D16B.
//!
//! [`ElectronicInvoice`] is the norm's model of an issued document, [`ElectronicInvoice::lacks`] tells by its
//! business rules what is missing, and [`ubl`] and [`cii`] write it. The same document gives the same bytes.
//! What other rules a network or a state adds (Peppol, XRechnung, Chorus) is not claimed.

mod cii;
mod model;
mod of_invoice;
mod rules;
mod ubl;
mod xml;

use crate::DocumentError;

pub use model::{ElectronicInvoice, ElectronicLine, ElectronicTax, Preceding};
pub use rules::Lack;

/// What a document says it follows (BT-24).
const NORM: &str = "urn:cen.eu:en16931:2017";

/// Why there is no electronic form of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this cannot be an electronic invoice: {}", told(.0))]
pub struct NotElectronic(pub Vec<Lack>);

fn told(lacks: &[Lack]) -> String {
    let sentences: Vec<String> = lacks.iter().map(ToString::to_string).collect();
    sentences.join("; ")
}

/// The document as UBL 2.1, an Invoice or a `CreditNote`.
///
/// # Errors
/// [`DocumentError::NotElectronic`] names every field that is missing.
pub fn ubl(invoice: &ElectronicInvoice) -> Result<String, DocumentError> {
    sound(invoice)?;
    xml::written(&ubl::document(invoice))
}

/// The document as CII D16B, which Factur-X and ZUGFeRD embed as `factur-x.xml` (profile EN 16931).
///
/// # Errors
/// [`DocumentError::NotElectronic`] names every field that is missing.
pub fn cii(invoice: &ElectronicInvoice) -> Result<String, DocumentError> {
    sound(invoice)?;
    xml::written(&cii::document(invoice))
}

fn sound(invoice: &ElectronicInvoice) -> Result<(), DocumentError> {
    let lacks = invoice.lacks();
    if lacks.is_empty() {
        Ok(())
    } else {
        Err(DocumentError::NotElectronic(NotElectronic(lacks)))
    }
}
