//! The second layout of invoices, and the choice between it and the first.

mod bill;
mod foot;
mod letterhead;
mod lines;
mod parties;
mod totals;

use crate::attached::Attached;
use crate::page::{Document, Flow, Frame, Mark, Page, Palette};
use crate::paper::InvoicePaper;
use crate::typeset::printable;
use crate::{DocumentError, Look, first, pdf};
use bill::Bill;

/// The invoice as a PDF. The same paper gives the same bytes.
///
/// # Errors
/// [`DocumentError::MissingGlyph`] names a word that cannot be printed; the others do not come
/// from what is asked.
pub fn render_invoice(paper: &InvoicePaper<'_>) -> Result<Vec<u8>, DocumentError> {
    match paper.look() {
        Some(look) => pdf::write(&document(paper, look)?, None),
        None => first::render(paper),
    }
}

/// The invoice with its data for programs inside (Factur-X, ZUGFeRD), in the second layout.
///
/// # Errors
/// As [`render_invoice`].
pub fn render_hybrid(
    paper: &InvoicePaper<'_>,
    attached: &Attached<'_>,
) -> Result<Vec<u8>, DocumentError> {
    let plain = Look::default();
    let look = paper.look().unwrap_or(&plain);
    pdf::write(&document(paper, look)?, Some(attached))
}

fn document(paper: &InvoicePaper<'_>, look: &Look) -> Result<Document, DocumentError> {
    let bill = Bill::of(paper, look)?;
    let frame = Frame::of(look.paper);
    let table = lines::table(&bill, frame)?;

    let mut page = Page::default();
    let y = letterhead::letterhead(&bill, frame, &mut page)?;
    let open = |page: &mut Page| foot::open(&bill, frame, page);
    let mut flow = Flow::on(frame, page, y, &open);
    flow.table(&table, totals::height(&bill));
    totals::totals(&mut flow, &bill)?;

    let (mut pages, bookmarks) = flow.finish();
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        foot::close(&bill, frame, page, index + 1, count);
    }
    let drawn = |page: &Page| {
        page.marks
            .iter()
            .any(|mark| matches!(mark, Mark::Logo { .. }))
    };
    let has_logo = pages.iter().any(drawn);
    Ok(Document {
        title: bill.title.clone(),
        author: bill.seller.clone(),
        subject: format!(
            "{}, {}",
            bill.buyer,
            look.language.month(paper.content().period())
        ),
        keywords: bill.marks.clone(),
        language: look.language,
        day: paper.day(),
        frame,
        palette: Palette::of(look.brand),
        logo: look.logo.clone().filter(|_| has_logo),
        pages,
        bookmarks,
    })
}

/// The texts, made printable.
fn all_printable<'a>(
    texts: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<String>, DocumentError> {
    texts.into_iter().map(printable).collect()
}
