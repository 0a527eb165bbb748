//! Charts, drawn as the boxes and lines of the page.

use super::{Area, Ink, Page, Style};
use crate::typeset::{Weight, wrap_within};

const LABEL: Style = Style::new(Weight::Regular, 7.0, Ink::Soft);
/// The room that the labels of the axis take.
const AXIS: f32 = 14.0;

/// What a chart's height stands for: lines across, by parts of ten thousand of the height.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Scale {
    pub(crate) lines: Vec<(u32, String)>,
}

/// Upright bars, by parts of ten thousand of the height.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Bars {
    pub(crate) scale: Scale,
    /// A label, how high its bar is, and how high the one that stands behind it.
    pub(crate) bars: Vec<(String, u32, Option<u32>)>,
}

/// Draws the bars into `area`.
pub(crate) fn bars(page: &mut Page, area: Area, chart: &Bars) {
    let widest = chart
        .scale
        .lines
        .iter()
        .map(|(_, label)| LABEL.figure_width(label))
        .fold(0.0, f32::max);
    let left = area.x + widest + 8.0;
    let (right, floor) = (area.x + area.width, area.y + area.height - AXIS);
    let height = floor - area.y;
    let up = |parts: u32| floor - height * of_ten_thousand(parts);
    for (parts, label) in &chart.scale.lines {
        let y = up(*parts);
        page.rule(left, right, y, 0.5, Ink::Line);
        page.figure_to(left - 8.0, y + 2.5, label, LABEL);
    }
    let Some(each) = each(right - left, chart.bars.len()) else {
        return;
    };
    let thick = (each * 0.62).min(26.0);
    let mut middle = left + each / 2.0;
    let mut free_from = f32::MIN;
    for (label, parts, beside) in &chart.bars {
        if let Some(behind) = beside {
            let wide = thick + 4.0;
            let top = up(*behind);
            page.fill((middle - wide / 2.0, top), (wide, floor - top), Ink::Beside);
        }
        let top = up(*parts);
        page.fill(
            (middle - thick / 2.0, top),
            (thick, floor - top),
            Ink::Accent,
        );
        let shown = wrap_within(label, LABEL.font(), (each * 1.6).max(34.0), 1);
        if let Some(label) = shown.first() {
            let wide = LABEL.width(label);
            // A label that would run into the one before is left out: the bar says where it is.
            if middle - wide / 2.0 > free_from {
                page.text(middle - wide / 2.0, floor + 10.0, label, LABEL);
                free_from = middle + wide / 2.0 + 3.0;
            }
        }
        middle += each;
    }
    page.line(vec![(left, floor), (right, floor)], 0.9, Ink::Soft);
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a part of ten thousand is far below 2^24"
)]
fn of_ten_thousand(parts: u32) -> f32 {
    parts.min(10_000) as f32 / 10_000.0
}

/// The width of one of `count` bars.
fn each(width: f32, count: usize) -> Option<f32> {
    let count = u16::try_from(count).ok().filter(|&count| count > 0)?;
    Some(width / f32::from(count))
}
