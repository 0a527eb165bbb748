//! What every page carries: its marks, its running head, its foot.

use super::bill::Bill;
use crate::page::{Frame, Ink, Page, Style};
use crate::typeset::{Weight, wrap_within};
use crate::words::filled;

const MARK: Style = Style::new(Weight::SemiBold, 7.75, Ink::Mark);
const SMALL: Style = Style::new(Weight::Regular, 7.25, Ink::Soft);
const RUNNING: Style = Style::new(Weight::Medium, 8.25, Ink::Text);
const BUYER: Style = Style::new(Weight::Regular, 8.25, Ink::Soft);
const WATERMARK: Style = Style::new(Weight::SemiBold, 130.0, Ink::Watermark);

/// The marks at the head of any page, and the word across a draft.
pub(super) fn marks(bill: &Bill<'_>, frame: Frame, page: &mut Page) {
    if bill.paper.is_draft() {
        page.watermark(frame, bill.words.draft, WATERMARK);
    }
    let mut x = frame.left;
    for mark in &bill.marks {
        let shown = wrap_within(mark, MARK.font(), frame.right - x - 14.0, 1);
        for text in shown.iter().take(1) {
            let reach = MARK.width(text) + 14.0;
            page.fill((x, 22.0), (reach, 15.0), Ink::MarkWash);
            page.text(x + 7.0, 32.3, text, MARK);
            x += reach + 6.0;
        }
    }
}

/// The head of the pages after the first; says where it ends.
pub(super) fn open(bill: &Bill<'_>, frame: Frame, page: &mut Page) -> f32 {
    page.fill((0.0, 0.0), (frame.width, 5.0), Ink::Accent);
    marks(bill, frame, page);
    page.text(frame.left, 58.0, &bill.title, RUNNING);
    let limit = frame.text_width() - RUNNING.width(&bill.title) - 24.0;
    let buyer = wrap_within(&bill.buyer, BUYER.font(), limit, 1);
    if let Some(buyer) = buyer.first() {
        page.text_to(frame.right, 58.0, buyer, BUYER);
    }
    70.0
}

/// The foot, when it is known how many pages there are.
pub(super) fn close(bill: &Bill<'_>, frame: Frame, page: &mut Page, number: usize, of: usize) {
    let y = frame.height - 46.0;
    page.rule(frame.left, frame.right, y, 0.5, Ink::Line);
    let numbered = filled(bill.words.page, &[&number.to_string(), &of.to_string()]);
    page.text_to(frame.right, y + 14.0, &numbered, SMALL);
    let within = |text: &str, limit| wrap_within(text, SMALL.font(), limit, 1).into_iter().next();
    let seller = within(&bill.seller, 160.0);
    let marks = bill.marks.iter().filter_map(|mark| within(mark, 90.0));
    let parts = seller.into_iter().chain([bill.title.clone()]).chain(marks);
    let line = parts.collect::<Vec<_>>().join("  ·  ");
    page.text(frame.left, y + 14.0, &line, SMALL);
    if number == of {
        let lines = wrap_within(&bill.rounding, SMALL.font(), frame.text_width(), 2);
        let mut baseline = y + 24.5;
        for line in lines {
            page.text(frame.left, baseline, &line, SMALL);
            baseline += 9.5;
        }
    }
}
