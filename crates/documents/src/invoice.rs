use crate::DocumentError;
use crate::face::faces;
use crate::letterhead::{Running, letterhead};
use crate::lines;
use crate::page::{Document, Page};
use crate::paper::InvoicePaper;
use crate::table::Flow;
use crate::text::printable;
use crate::{pdf, totals};

/// The invoice as a PDF of A4 pages. The same paper gives the same bytes.
///
/// # Errors
/// [`DocumentError::MissingGlyph`] names a word that cannot be printed; the others do not come
/// from what is asked.
pub fn render_invoice(paper: &InvoicePaper<'_>) -> Result<Vec<u8>, DocumentError> {
    let faces = faces()?;
    let content = paper.content();
    let running = Running::new(faces, paper)?;
    let figures = paper.totals()?;
    let table = lines::table(faces, paper)?;

    let mut page = Page::new(faces);
    let y = letterhead(faces, paper, &running, figures, &mut page)?;
    let open = |page: &mut Page| running.open(faces, page);
    let mut flow = Flow::on(faces, page, y, &open);
    flow.table(&table, totals::HEIGHT);
    totals::totals(&mut flow, paper, figures)?;

    let mut pages = flow.finish();
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        running.close(faces, page, index + 1, count);
    }
    let buyer = printable(faces, content.buyer().name.as_str())?;
    pdf::write(
        faces,
        &Document {
            author: printable(faces, content.seller().name.as_str())?,
            subject: format!("{buyer}, {}", crate::figures::month(content.period())),
            keywords: paper.marks().into_iter().map(str::to_owned).collect(),
            day: paper.day(),
            title: running.title,
            pages,
        },
    )
}
