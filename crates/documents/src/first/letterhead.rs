//! What stands above an invoice's lines: who bills whom, for when, how much; and what every
//! page carries: its marks, its running head, its foot.

use tallyport_ledger::{Currency, InvoiceTotals, Metric, Party};

use super::page::{HEIGHT, Ink, LEFT, Page, RIGHT, WIDTH};
use super::text::{Style, printable, width, wrap_within};
use crate::DocumentError;
use crate::face::{Faces, Weight};
use crate::figures::{day, figure_with_currency, month, smallest_unit};
use crate::paper::InvoicePaper;

const TITLE: Style = Style::new(Weight::SemiBold, 21.0, Ink::Text);
const SELLER: Style = Style::new(Weight::SemiBold, 12.5, Ink::Text);
const BUYER: Style = Style::new(Weight::SemiBold, 9.5, Ink::Text);
const LABEL: Style = Style::new(Weight::Regular, 8.25, Ink::Soft);
const VALUE: Style = Style::new(Weight::Medium, 8.25, Ink::Text);
const ADDRESS: Style = Style::new(Weight::Regular, 8.25, Ink::Soft);
const DUE: Style = Style::new(Weight::SemiBold, 17.0, Ink::Text);
const MARK: Style = Style::new(Weight::SemiBold, 7.75, Ink::Mark);
const SMALL: Style = Style::new(Weight::Regular, 7.25, Ink::Soft);
const RUNNING: Style = Style::new(Weight::Medium, 8.25, Ink::Text);
const WATERMARK: Style = Style::new(Weight::SemiBold, 150.0, Ink::Watermark);

/// Where the parties' column ends and the facts' begins.
const PARTIES_END: f32 = 300.0;
const FACTS_START: f32 = 336.0;

/// What is the same on all pages, made printable once.
pub(crate) struct Running {
    pub(crate) title: String,
    seller: String,
    buyer: String,
    marks: Vec<String>,
    rounding: String,
    draft: bool,
}

impl Running {
    pub(crate) fn new(faces: &Faces, paper: &InvoicePaper<'_>) -> Result<Self, DocumentError> {
        let content = paper.content();
        let marks = paper.marks().into_iter();
        Ok(Self {
            title: printable(faces, &paper.title())?,
            seller: printable(faces, content.seller().name.as_str())?,
            buyer: printable(faces, content.buyer().name.as_str())?,
            marks: marks
                .map(|mark| printable(faces, mark))
                .collect::<Result<_, _>>()?,
            rounding: rounding(content.currency()),
            draft: paper.is_draft(),
        })
    }

    /// The marks at the head of any page, and the word across a draft.
    fn mark(&self, faces: &Faces, page: &mut Page) {
        if self.draft {
            page.watermark("DRAFT", WATERMARK);
        }
        let mut x = LEFT;
        for mark in &self.marks {
            let shown = wrap_within(faces, mark, MARK, RIGHT - x - 14.0, 1);
            for text in shown.iter().take(1) {
                let reach = width(faces, text, MARK) + 14.0;
                page.fill((x, 22.0), (reach, 15.0), Ink::MarkWash);
                page.text(x + 7.0, 32.3, text, MARK);
                x += reach + 6.0;
            }
        }
    }

    /// The head of the pages after the first; says where it ends.
    pub(crate) fn open(&self, faces: &Faces, page: &mut Page) -> f32 {
        self.mark(faces, page);
        page.text(LEFT, 58.0, &self.title, RUNNING);
        let limit = RIGHT - LEFT - width(faces, &self.title, RUNNING) - 24.0;
        for buyer in wrap_within(faces, &self.buyer, ADDRESS, limit, 1)
            .iter()
            .take(1)
        {
            page.text_to(RIGHT, 58.0, buyer, ADDRESS);
        }
        70.0
    }

    /// The foot, when it is known how many pages there are.
    pub(crate) fn close(&self, faces: &Faces, page: &mut Page, number: usize, of: usize) {
        let y = HEIGHT - 46.0;
        page.rule(LEFT, RIGHT, y, 0.5, Ink::Line);
        let numbered = format!("Page {number} of {of}");
        page.text_to(RIGHT, y + 14.0, &numbered, SMALL);
        let within =
            |text: &str, limit| wrap_within(faces, text, SMALL, limit, 1).into_iter().next();
        let seller = within(&self.seller, 160.0);
        let marks = self.marks.iter().filter_map(|mark| within(mark, 80.0));
        let parts = seller.into_iter().chain([self.title.clone()]).chain(marks);
        let line = parts.collect::<Vec<_>>().join("  ·  ");
        page.text(LEFT, y + 14.0, &line, SMALL);
        if number == of {
            page.text(LEFT, y + 25.0, &self.rounding, SMALL);
        }
    }
}

/// The ledger's policy (`DraftInvoice::amounts` and `totals`) in a reader's words.
fn rounding(currency: Currency) -> String {
    format!(
        "The sum is rounded once, half away from zero, to {} {}; the lines are rounded to add up to \
         it. Tax is computed once, on the subtotal.",
        currency.code(),
        smallest_unit(currency),
    )
}

/// The letterhead of the first page; says where it ends.
pub(crate) fn letterhead(
    faces: &Faces,
    paper: &InvoicePaper<'_>,
    running: &Running,
    totals: InvoiceTotals,
    page: &mut Page,
) -> Result<f32, DocumentError> {
    let content = paper.content();
    page.fill((0.0, 0.0), (WIDTH, 5.0), Ink::Accent);
    running.mark(faces, page);
    let parties_end = parties(faces, content.seller(), content.buyer(), page)?;
    let facts_end = facts(paper, page);
    Ok(amount_due(
        faces,
        paper,
        totals,
        page,
        parties_end.max(facts_end) + 16.0,
    ))
}

fn parties(
    faces: &Faces,
    seller: &Party,
    buyer: &Party,
    page: &mut Page,
) -> Result<f32, DocumentError> {
    let seller_end = party(faces, seller, SELLER, 71.0, page)?;
    let label = seller_end + 25.0;
    page.text(LEFT, label, "Bill to", LABEL);
    party(faces, buyer, BUYER, label + 14.5, page)
}

/// A name and what is known about it, from the baseline `y` down; says the last baseline.
fn party(
    faces: &Faces,
    party: &Party,
    name: Style,
    mut y: f32,
    page: &mut Page,
) -> Result<f32, DocumentError> {
    let limit = PARTIES_END - LEFT;
    let printed = printable(faces, party.name.as_str())?;
    let mut below = 0.0;
    for line in wrap_within(faces, &printed, name, limit, 4) {
        y += below;
        page.text(LEFT, y, &line, name);
        below = name.size * 1.25;
    }
    let tax_id = party.tax_id.as_ref().map(|id| format!("Tax ID {id}"));
    let details = party.address.iter().chain(&tax_id).chain(&party.email);
    let mut pitch = 14.0;
    for detail in details {
        let detail = printable(faces, detail)?;
        if detail.is_empty() {
            continue;
        }
        for line in wrap_within(faces, &detail, ADDRESS, limit, 2) {
            y += pitch;
            pitch = 11.75;
            page.text(LEFT, y, &line, ADDRESS);
        }
    }
    Ok(y)
}

/// The title, and number, days, month and basis below it; says the last baseline.
fn facts(paper: &InvoicePaper<'_>, page: &mut Page) -> f32 {
    let title = if paper.is_draft() {
        "Draft invoice"
    } else {
        "Invoice"
    };
    page.text_to(RIGHT, 73.0, title, TITLE);
    let mut rows = Vec::new();
    if let Some((number, issued_on, due_on)) = paper.issue() {
        rows.push(("Invoice number", number));
        rows.push(("Date of issue", day(issued_on)));
        rows.push(("Date due", day(due_on)));
    }
    rows.push(("Billing period", month(paper.content().period())));
    let basis = match paper.content().metric() {
        Metric::Billed => "Billed cost",
        Metric::Effective => "Effective cost",
    };
    rows.push(("Basis", basis.to_owned()));
    let mut y = 81.0;
    for (label, value) in rows {
        y += 16.0;
        page.text(FACTS_START, y, label, LABEL);
        page.text_to(RIGHT, y, &value, VALUE);
        page.rule(FACTS_START, RIGHT, y + 5.5, 0.5, Ink::Line);
    }
    y + 5.5
}

/// The amount on its panel; says where it ends.
fn amount_due(
    faces: &Faces,
    paper: &InvoicePaper<'_>,
    totals: InvoiceTotals,
    page: &mut Page,
    y: f32,
) -> f32 {
    let height = 52.0;
    page.fill((LEFT, y), (RIGHT - LEFT, height), Ink::Wash);
    page.fill((LEFT, y), (2.5, height), Ink::Accent);
    let amount = figure_with_currency(totals.total);
    let (label, when) = match paper.issue() {
        None => ("Draft total", None),
        Some(_) if totals.total.nanos() < 0 => ("Credited to you", None),
        Some(_) if totals.total.is_zero() => ("Nothing to pay", None),
        Some((.., due_on)) => ("Amount due", Some(day(due_on))),
    };
    let unit = totals.total.currency();
    page.text(LEFT + 16.0, y + 18.0, &format!("{label} ({unit})"), LABEL);
    page.figure(LEFT + 16.0, y + 39.0, &amount, DUE);
    let room = RIGHT - LEFT - 48.0 - width(faces, &amount, DUE);
    if let Some(when) = when.filter(|when| width(faces, when, VALUE) < room) {
        page.text_to(RIGHT - 16.0, y + 18.0, "Due by", LABEL);
        page.text_to(
            RIGHT - 16.0,
            y + 37.0,
            &when,
            Style {
                size: 10.0,
                ..VALUE
            },
        );
    }
    y + height + 14.0
}
