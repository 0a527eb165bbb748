//! UN/CEFACT Cross Industry Invoice D16B by the binding of CEN/TS 16931-3-3, which is Factur-X's and
//! ZUGFeRD's profile EN 16931. Elements stand in the order of the schema.

use jiff::civil::Date;
use tallyport_ledger::{Money, Party};

use super::NORM;
use super::model::{
    ElectronicInvoice, ElectronicLine, ElectronicTax, amount, has_vat_id, percent, reason,
    three_lines,
};
use super::xml::Element;

pub(super) fn document(invoice: &ElectronicInvoice) -> Element {
    let guideline = Element::of(
        "ram:GuidelineSpecifiedDocumentContextParameter",
        [Element::text("ram:ID", NORM)],
    );
    let note = Element::maybe("ram:Content", invoice.note.as_ref())
        .map(|content| Element::of("ram:IncludedNote", [content]));
    let document = [
        Element::text("ram:ID", &invoice.number),
        Element::text("ram:TypeCode", invoice.type_code()),
        moment("ram:IssueDateTime", invoice.issued_on),
    ];
    let lines = invoice
        .lines
        .iter()
        .enumerate()
        .map(|(at, one)| line(at, one));
    let transaction = lines.chain([agreement(invoice), delivery(invoice), settlement(invoice)]);
    Element::of(
        "rsm:CrossIndustryInvoice",
        [
            Element::of("rsm:ExchangedDocumentContext", [guideline]),
            Element::of("rsm:ExchangedDocument", document.into_iter().chain(note)),
            Element::of("rsm:SupplyChainTradeTransaction", transaction),
        ],
    )
    .with(
        "xmlns:rsm",
        "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    )
    .with(
        "xmlns:ram",
        "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    )
    .with(
        "xmlns:qdt",
        "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
    )
    .with(
        "xmlns:udt",
        "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    )
}

fn moment(name: &'static str, day: Date) -> Element {
    Element::of(name, [digits("udt:DateTimeString", day)])
}

/// A day as CCYYMMDD, which is format 102.
fn digits(name: &'static str, day: Date) -> Element {
    Element::text(name, day.to_string().replace('-', "")).with("format", "102")
}

fn line(at: usize, line: &ElectronicLine) -> Element {
    let product = [Element::text("ram:Name", &line.name)]
        .into_iter()
        .chain(Element::maybe("ram:Description", line.description.as_ref()));
    let price = Element::of(
        "ram:NetPriceProductTradePrice",
        [Element::text("ram:ChargeAmount", amount(line.price))],
    );
    let rate = percent(&line.treatment);
    let tax = [
        Element::text("ram:TypeCode", "VAT"),
        Element::text("ram:CategoryCode", line.treatment.category().code()),
    ]
    .into_iter()
    .chain(Element::maybe("ram:RateApplicablePercent", rate.as_ref()));
    let sum = [Element::text("ram:LineTotalAmount", amount(line.amount))];
    Element::of(
        "ram:IncludedSupplyChainTradeLineItem",
        [
            Element::of(
                "ram:AssociatedDocumentLineDocument",
                [Element::text("ram:LineID", (at + 1).to_string())],
            ),
            Element::of("ram:SpecifiedTradeProduct", product),
            Element::of("ram:SpecifiedLineTradeAgreement", [price]),
            Element::of(
                "ram:SpecifiedLineTradeDelivery",
                [Element::text("ram:BilledQuantity", &line.quantity).with("unitCode", line.unit)],
            ),
            Element::of(
                "ram:SpecifiedLineTradeSettlement",
                [
                    Element::of("ram:ApplicableTradeTax", tax),
                    Element::of("ram:SpecifiedTradeSettlementLineMonetarySummation", sum),
                ],
            ),
        ],
    )
}

fn agreement(invoice: &ElectronicInvoice) -> Element {
    let without_vat = invoice.is_out_of_scope();
    let order = Element::maybe("ram:IssuerAssignedID", invoice.purchase_order.as_ref())
        .map(|id| Element::of("ram:BuyerOrderReferencedDocument", [id]));
    Element::of(
        "ram:ApplicableHeaderTradeAgreement",
        [
            party("ram:SellerTradeParty", &invoice.seller, without_vat, true),
            party("ram:BuyerTradeParty", &invoice.buyer, without_vat, false),
        ]
        .into_iter()
        .chain(order),
    )
}

fn party(name: &'static str, party: &Party, without_vat: bool, sells: bool) -> Element {
    let mut children = Vec::new();
    // A seller whose only id is a tax id is known by it where no VAT id may stand (BR-CO-26, BR-O-02).
    if let (true, true, None, Some(id)) = (without_vat, sells, &party.legal_id, &party.tax_id) {
        children.push(Element::text("ram:ID", id));
    }
    children.push(Element::text("ram:Name", party.name.as_str()));
    children.extend(
        Element::maybe("ram:ID", party.legal_id.as_ref())
            .map(|id| Element::of("ram:SpecifiedLegalOrganization", [id])),
    );
    let phone = Element::maybe("ram:CompleteNumber", party.phone.as_ref())
        .map(|number| Element::of("ram:TelephoneUniversalCommunication", [number]));
    let email = Element::maybe("ram:URIID", party.email.as_ref())
        .map(|address| Element::of("ram:EmailURIUniversalCommunication", [address]));
    let contact: Vec<Element> = phone.into_iter().chain(email).collect();
    if !contact.is_empty() {
        children.push(Element::of("ram:DefinedTradeContact", contact));
    }
    children.push(address(party));
    if let Some(endpoint) = &party.endpoint {
        children.push(Element::of(
            "ram:URIUniversalCommunication",
            [Element::text("ram:URIID", endpoint.id()).with("schemeID", endpoint.scheme())],
        ));
    }
    if let Some(id) = &party.tax_id {
        let scheme = if has_vat_id(party) { "VA" } else { "FC" };
        // A buyer has no other tax id than that for value added tax.
        if !(without_vat || (scheme == "FC" && !sells)) {
            children.push(Element::of(
                "ram:SpecifiedTaxRegistration",
                [Element::text("ram:ID", id).with("schemeID", scheme)],
            ));
        }
    }
    Element::of(name, children)
}

fn address(party: &Party) -> Element {
    let [first, second, third] = three_lines(party);
    let country = party.country.map(|country| country.to_string());
    Element::of(
        "ram:PostalTradeAddress",
        [
            Element::maybe("ram:PostcodeCode", party.post_code.as_ref()),
            Element::maybe("ram:LineOne", first.as_ref()),
            Element::maybe("ram:LineTwo", second.as_ref()),
            Element::maybe("ram:LineThree", third.as_ref()),
            Element::maybe("ram:CityName", party.city.as_ref()),
            Element::maybe("ram:CountryID", country.as_ref()),
            Element::maybe("ram:CountrySubDivisionName", party.region.as_ref()),
        ]
        .into_iter()
        .flatten(),
    )
}

/// When the service was rendered in full, and where to: the norm asks for the place within the European Union
/// (BR-IC-12).
fn delivery(invoice: &ElectronicInvoice) -> Element {
    let place = invoice.shown_place().map(|country| {
        let country = Element::text("ram:CountryID", country.code());
        let address = Element::of("ram:PostalTradeAddress", [country]);
        Element::of("ram:ShipToTradeParty", [address])
    });
    let day = Element::of(
        "ram:ActualDeliverySupplyChainEvent",
        [moment("ram:OccurrenceDateTime", invoice.period.1)],
    );
    Element::of(
        "ram:ApplicableHeaderTradeDelivery",
        place.into_iter().chain([day]),
    )
}

fn settlement(invoice: &ElectronicInvoice) -> Element {
    let mut children = vec![
        Element::text("ram:PaymentReference", &invoice.number),
        Element::text("ram:InvoiceCurrencyCode", invoice.currency.code()),
    ];
    children.extend(payment_means(invoice));
    children.extend(invoice.taxes.iter().map(tax));
    children.push(Element::of(
        "ram:BillingSpecifiedPeriod",
        [
            moment("ram:StartDateTime", invoice.period.0),
            moment("ram:EndDateTime", invoice.period.1),
        ],
    ));
    children.push(Element::of(
        "ram:SpecifiedTradePaymentTerms",
        [moment("ram:DueDateDateTime", invoice.due_on)],
    ));
    children.push(totals(invoice));
    if let Some(before) = &invoice.preceding {
        let day = before.issued_on.map(|day| {
            Element::of(
                "ram:FormattedIssueDateTime",
                [digits("qdt:DateTimeString", day)],
            )
        });
        children.push(Element::of(
            "ram:InvoiceReferencedDocument",
            [Element::text("ram:IssuerAssignedID", &before.number)]
                .into_iter()
                .chain(day),
        ));
    }
    Element::of("ram:ApplicableHeaderTradeSettlement", children)
}

fn payment_means(invoice: &ElectronicInvoice) -> Option<Element> {
    let account = invoice.seller.bank.as_ref()?;
    let bank = Element::maybe("ram:BICID", account.bic.as_ref())
        .map(|id| Element::of("ram:PayeeSpecifiedCreditorFinancialInstitution", [id]));
    let means = [
        Element::text("ram:TypeCode", invoice.means_code()),
        Element::of(
            "ram:PayeePartyCreditorFinancialAccount",
            [Element::text("ram:IBANID", account.iban.as_str())],
        ),
    ];
    Some(Element::of(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        means.into_iter().chain(bank),
    ))
}

fn tax(tax: &ElectronicTax) -> Element {
    let treatment = &tax.treatment;
    let text = |name, text: Option<&str>| text.map(|text| Element::text(name, text));
    let rate = percent(treatment);
    Element::of(
        "ram:ApplicableTradeTax",
        [
            Some(Element::text("ram:CalculatedAmount", amount(tax.tax))),
            Some(Element::text("ram:TypeCode", "VAT")),
            text("ram:ExemptionReason", reason(treatment)),
            Some(Element::text("ram:BasisAmount", amount(tax.base))),
            Some(Element::text("ram:CategoryCode", tax.code())),
            text(
                "ram:ExemptionReasonCode",
                treatment.category().reason_code(),
            ),
            Element::maybe("ram:RateApplicablePercent", rate.as_ref()),
        ]
        .into_iter()
        .flatten(),
    )
}

fn totals(invoice: &ElectronicInvoice) -> Element {
    let sum = |name, money: Money| Element::text(name, amount(money));
    Element::of(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        [
            sum("ram:LineTotalAmount", invoice.subtotal),
            sum("ram:TaxBasisTotalAmount", invoice.subtotal),
            sum("ram:TaxTotalAmount", invoice.tax).with("currencyID", invoice.currency.code()),
            sum("ram:GrandTotalAmount", invoice.total),
            sum("ram:DuePayableAmount", invoice.total),
        ],
    )
}
