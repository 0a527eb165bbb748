//! UBL 2.1 by the binding of CEN/TS 16931-3-2. Elements stand in the order of the schema.

use tallyport_ledger::{Money, Party, TaxTreatment};

use super::NORM;
use super::model::{
    ElectronicInvoice, ElectronicLine, ElectronicTax, amount, has_vat_id, percent, reason,
    three_lines,
};
use super::xml::Element;

const COMPONENTS: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const BASICS: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

pub(super) fn document(invoice: &ElectronicInvoice) -> Element {
    let credit = invoice.is_credit_note;
    let (name, schema) = if credit {
        (
            "CreditNote",
            "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
        )
    } else {
        (
            "Invoice",
            "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
        )
    };
    let mut children = vec![
        Element::text("cbc:CustomizationID", NORM),
        Element::text("cbc:ID", &invoice.number),
        Element::text("cbc:IssueDate", invoice.issued_on.to_string()),
    ];
    if credit {
        children.push(Element::text("cbc:CreditNoteTypeCode", invoice.type_code()));
    } else {
        children.push(Element::text("cbc:DueDate", invoice.due_on.to_string()));
        children.push(Element::text("cbc:InvoiceTypeCode", invoice.type_code()));
    }
    children.extend(Element::maybe("cbc:Note", invoice.note.as_ref()));
    children.push(Element::text(
        "cbc:DocumentCurrencyCode",
        invoice.currency.code(),
    ));
    children.push(Element::of(
        "cac:InvoicePeriod",
        [
            Element::text("cbc:StartDate", invoice.period.0.to_string()),
            Element::text("cbc:EndDate", invoice.period.1.to_string()),
        ],
    ));
    children.extend(
        Element::maybe("cbc:ID", invoice.purchase_order.as_ref())
            .map(|id| Element::of("cac:OrderReference", [id])),
    );
    children.extend(preceding(invoice));
    let without_vat = invoice.is_out_of_scope();
    children.push(Element::of(
        "cac:AccountingSupplierParty",
        [party(&invoice.seller, without_vat, true)],
    ));
    children.push(Element::of(
        "cac:AccountingCustomerParty",
        [party(&invoice.buyer, without_vat, false)],
    ));
    children.push(delivery(invoice));
    children.extend(payment_means(invoice));
    children.push(Element::of(
        "cac:PaymentTerms",
        [Element::text(
            "cbc:Note",
            format!("Due on {}", invoice.due_on),
        )],
    ));
    children.push(tax_total(invoice));
    children.push(totals(invoice));
    let line = |(at, line)| self::line(at, line, credit);
    children.extend(invoice.lines.iter().enumerate().map(line));
    Element::of(name, children)
        .with("xmlns", schema)
        .with("xmlns:cac", COMPONENTS)
        .with("xmlns:cbc", BASICS)
}

fn preceding(invoice: &ElectronicInvoice) -> Option<Element> {
    invoice.preceding.as_ref().map(|before| {
        let day = before.issued_on.map(|day| day.to_string());
        let reference = Element::of(
            "cac:InvoiceDocumentReference",
            [Element::text("cbc:ID", &before.number)]
                .into_iter()
                .chain(Element::maybe("cbc:IssueDate", day.as_ref())),
        );
        Element::of("cac:BillingReference", [reference])
    })
}

fn party(party: &Party, without_vat: bool, sells: bool) -> Element {
    let mut children = Vec::new();
    if let Some(endpoint) = &party.endpoint {
        children.push(
            Element::text("cbc:EndpointID", endpoint.id()).with("schemeID", endpoint.scheme()),
        );
    }
    // A seller whose only id is a tax id is known by it where no VAT id may stand (BR-CO-26, BR-O-02).
    if let (true, true, None, Some(id)) = (without_vat, sells, &party.legal_id, &party.tax_id) {
        children.push(Element::of(
            "cac:PartyIdentification",
            [Element::text("cbc:ID", id)],
        ));
    }
    children.push(address(party));
    if let Some(id) = &party.tax_id {
        let scheme = if has_vat_id(party) { "VAT" } else { "TAX" };
        // A buyer has no other tax id than that for value added tax.
        if !(without_vat || (scheme == "TAX" && !sells)) {
            children.push(Element::of(
                "cac:PartyTaxScheme",
                [
                    Element::text("cbc:CompanyID", id),
                    Element::of("cac:TaxScheme", [Element::text("cbc:ID", scheme)]),
                ],
            ));
        }
    }
    children.push(Element::of(
        "cac:PartyLegalEntity",
        [Element::text("cbc:RegistrationName", party.name.as_str())]
            .into_iter()
            .chain(Element::maybe("cbc:CompanyID", party.legal_id.as_ref())),
    ));
    let contact: Vec<Element> = Element::maybe("cbc:Telephone", party.phone.as_ref())
        .into_iter()
        .chain(Element::maybe("cbc:ElectronicMail", party.email.as_ref()))
        .collect();
    if !contact.is_empty() {
        children.push(Element::of("cac:Contact", contact));
    }
    Element::of("cac:Party", children)
}

fn address(party: &Party) -> Element {
    let [first, second, third] = three_lines(party);
    let country = party.country.map(|country| country.to_string());
    let third = Element::maybe("cbc:Line", third.as_ref());
    let country = Element::maybe("cbc:IdentificationCode", country.as_ref());
    Element::of(
        "cac:PostalAddress",
        [
            Element::maybe("cbc:StreetName", first.as_ref()),
            Element::maybe("cbc:AdditionalStreetName", second.as_ref()),
            Element::maybe("cbc:CityName", party.city.as_ref()),
            Element::maybe("cbc:PostalZone", party.post_code.as_ref()),
            Element::maybe("cbc:CountrySubentity", party.region.as_ref()),
            third.map(|line| Element::of("cac:AddressLine", [line])),
            country.map(|code| Element::of("cac:Country", [code])),
        ]
        .into_iter()
        .flatten(),
    )
}

/// When the service was rendered in full, and where to: the norm asks for the place within the European Union
/// (BR-IC-12).
fn delivery(invoice: &ElectronicInvoice) -> Element {
    let place = invoice.shown_place().map(|country| {
        let code = Element::text("cbc:IdentificationCode", country.code());
        let address = Element::of("cac:Address", [Element::of("cac:Country", [code])]);
        Element::of("cac:DeliveryLocation", [address])
    });
    let day = Element::text("cbc:ActualDeliveryDate", invoice.period.1.to_string());
    Element::of("cac:Delivery", [day].into_iter().chain(place))
}

fn payment_means(invoice: &ElectronicInvoice) -> Option<Element> {
    let account = invoice.seller.bank.as_ref()?;
    let branch = Element::maybe("cbc:ID", account.bic.as_ref())
        .map(|id| Element::of("cac:FinancialInstitutionBranch", [id]));
    let payee = [Element::text("cbc:ID", account.iban.as_str())]
        .into_iter()
        .chain(branch);
    Some(Element::of(
        "cac:PaymentMeans",
        [
            Element::text("cbc:PaymentMeansCode", invoice.means_code()),
            Element::text("cbc:PaymentID", &invoice.number),
            Element::of("cac:PayeeFinancialAccount", payee),
        ],
    ))
}

fn money(name: &'static str, money: Money) -> Element {
    Element::text(name, amount(money)).with("currencyID", money.currency().code())
}

fn category(name: &'static str, treatment: &TaxTreatment, with_reason: bool) -> Element {
    let category = treatment.category();
    let mut children = vec![Element::text("cbc:ID", category.code())];
    children.extend(Element::maybe("cbc:Percent", percent(treatment).as_ref()));
    if with_reason {
        let code = category.reason_code();
        children.extend(code.map(|code| Element::text("cbc:TaxExemptionReasonCode", code)));
        let reason = reason(treatment);
        children.extend(reason.map(|text| Element::text("cbc:TaxExemptionReason", text)));
    }
    children.push(Element::of(
        "cac:TaxScheme",
        [Element::text("cbc:ID", "VAT")],
    ));
    Element::of(name, children)
}

fn tax_total(invoice: &ElectronicInvoice) -> Element {
    let subtotal = |tax: &ElectronicTax| {
        Element::of(
            "cac:TaxSubtotal",
            [
                money("cbc:TaxableAmount", tax.base),
                money("cbc:TaxAmount", tax.tax),
                category("cac:TaxCategory", &tax.treatment, true),
            ],
        )
    };
    Element::of(
        "cac:TaxTotal",
        [money("cbc:TaxAmount", invoice.tax)]
            .into_iter()
            .chain(invoice.taxes.iter().map(subtotal)),
    )
}

fn totals(invoice: &ElectronicInvoice) -> Element {
    Element::of(
        "cac:LegalMonetaryTotal",
        [
            money("cbc:LineExtensionAmount", invoice.subtotal),
            money("cbc:TaxExclusiveAmount", invoice.subtotal),
            money("cbc:TaxInclusiveAmount", invoice.total),
            money("cbc:PayableAmount", invoice.total),
        ],
    )
}

fn line(at: usize, line: &ElectronicLine, credit: bool) -> Element {
    let (name, quantity) = if credit {
        ("cac:CreditNoteLine", "cbc:CreditedQuantity")
    } else {
        ("cac:InvoiceLine", "cbc:InvoicedQuantity")
    };
    let item = Element::maybe("cbc:Description", line.description.as_ref())
        .into_iter()
        .chain([
            Element::text("cbc:Name", &line.name),
            category("cac:ClassifiedTaxCategory", &line.treatment, false),
        ]);
    Element::of(
        name,
        [
            Element::text("cbc:ID", (at + 1).to_string()),
            Element::text(quantity, &line.quantity).with("unitCode", line.unit),
            money("cbc:LineExtensionAmount", line.amount),
            Element::of("cac:Item", item),
            Element::of("cac:Price", [money("cbc:PriceAmount", line.price)]),
        ],
    )
}
