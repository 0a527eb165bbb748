use super::letterhead::{Running, letterhead};
use super::lines;
use super::page::{Document, Page};
use super::table::Flow;
use super::text::printable;
use super::{pdf, totals};
use crate::DocumentError;
use crate::face::faces;
use crate::paper::InvoicePaper;

/// The invoice as a PDF of A4 pages.
pub(crate) fn render(paper: &InvoicePaper<'_>) -> Result<Vec<u8>, DocumentError> {
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
