//! Who bills whom.

use tallyport_ledger::Party;

use super::bill::Bill;
use crate::DocumentError;
use crate::page::{Area, Frame, Ink, Mark, Page, Style};
use crate::typeset::{Weight, printable, wrap_within};
use crate::words::filled;

const SELLER: Style = Style::new(Weight::SemiBold, 12.5, Ink::Heading);
const BUYER: Style = Style::new(Weight::SemiBold, 9.5, Ink::Text);
const LABEL: Style = Style::new(Weight::Regular, 8.25, Ink::Soft);
const ADDRESS: Style = Style::new(Weight::Regular, 8.25, Ink::Soft);
const PITCH: f32 = 11.75;
/// How wide the parties' column is.
const WIDTH: f32 = 249.0;
/// The most room that a logo takes.
const LOGO: (f32, f32) = (170.0, 48.0);

/// The seller below its logo, and the buyer; says the last baseline.
pub(super) fn parties(
    bill: &Bill<'_>,
    frame: Frame,
    page: &mut Page,
) -> Result<f32, DocumentError> {
    let (seller, buyer) = (&bill.content.seller, &bill.content.buyer);
    let mut y = 71.0;
    if let Some(logo) = &bill.look.logo {
        let (width, height) = logo.fitted(LOGO.0, LOGO.1);
        let at = Area {
            x: frame.left,
            y: 50.0,
            width,
            height,
        };
        page.marks.push(Mark::Logo { at });
        y = at.y + height + 22.0;
    }
    let abroad = seller.country.is_some() && seller.country != buyer.country;
    let y = party(bill, seller, abroad, SELLER, (frame.left, y), page)?;
    let label = y + 25.0;
    page.text(frame.left, label, bill.words.bill_to, LABEL);
    party(bill, buyer, abroad, BUYER, (frame.left, label + 14.5), page)
}

/// A name and what is known about it, from the baseline down; says the last baseline.
fn party(
    bill: &Bill<'_>,
    party: &Party,
    abroad: bool,
    name: Style,
    (left, mut y): (f32, f32),
    page: &mut Page,
) -> Result<f32, DocumentError> {
    let printed = printable(party.name.as_str())?;
    let mut below = 0.0;
    for line in wrap_within(&printed, name.font(), WIDTH, 4) {
        y += below;
        page.text(left, y, &line, name);
        below = name.size * 1.25;
    }
    let mut pitch = 14.0;
    for detail in details(bill, party, abroad) {
        let detail = printable(&detail)?;
        if detail.is_empty() {
            continue;
        }
        for line in wrap_within(&detail, ADDRESS.font(), WIDTH, 2) {
            y += pitch;
            pitch = PITCH;
            page.text(left, y, &line, ADDRESS);
        }
    }
    Ok(y)
}

/// The address and what else identifies the party, a line each.
fn details(bill: &Bill<'_>, party: &Party, abroad: bool) -> Vec<String> {
    let mut lines = party.address.clone();
    lines.push(town(party, abroad));
    let labelled = |label: &str, value: &Option<String>| {
        let value = value.as_ref()?;
        Some(filled(label, &[value]))
    };
    lines.extend(labelled(bill.words.tax_id, &party.tax_id));
    lines.extend(labelled(bill.words.company_number, &party.legal_id));
    lines.extend(party.email.clone());
    lines.extend(party.phone.clone());
    lines
}

/// Post code and city in the order of the country, with its code where the other is elsewhere.
fn town(party: &Party, abroad: bool) -> String {
    let country = party.country.as_ref().map_or("", |country| country.code());
    let code_last = ["GB", "IE", "US", "CA", "AU", "NZ", "IN"].contains(&country);
    let parts = if code_last {
        [&party.city, &party.region, &party.post_code]
    } else {
        [&party.post_code, &party.city, &party.region]
    };
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let town = parts.join(" ");
    match (town.is_empty(), abroad && !country.is_empty()) {
        (false, true) => format!("{town}, {country}"),
        (true, true) => country.to_owned(),
        (_, false) => town,
    }
}
