use super::{Block, Chart, Figure, Report, ReportTable};
use crate::page::{
    Align, Area, Bars, Cell, Column, Document, Flow, Frame, HEAD, Ink, Mark, Page, Palette, Row,
    Scale, Style, Table, bars,
};
use crate::typeset::{Weight, printable, wrap, wrap_within};
use crate::words::filled;
use crate::{DocumentError, Look};

const TITLE: Style = Style::new(Weight::SemiBold, 21.0, Ink::Text);
const SUBTITLE: Style = Style::new(Weight::Regular, 10.5, Ink::Soft);
const HEADING: Style = Style::new(Weight::SemiBold, 12.0, Ink::Heading);
const TEXT: Style = Style::new(Weight::Regular, 9.0, Ink::Text);
const CELL: Style = Style::new(Weight::Regular, 8.0, Ink::Text);
const STRONG: Style = Style::new(Weight::SemiBold, 8.0, Ink::Text);
const OVER: Style = Style::new(Weight::SemiBold, 8.0, Ink::Over);
const SMALL: Style = Style::new(Weight::Regular, 7.25, Ink::Soft);
const LABEL: Style = Style::new(Weight::Regular, 8.25, Ink::Soft);
const FIGURE: Style = Style::new(Weight::SemiBold, 15.0, Ink::Text);
const MARK: Style = Style::new(Weight::SemiBold, 7.75, Ink::Mark);
const RUNNING: Style = Style::new(Weight::Medium, 8.25, Ink::Text);
const GAP: f32 = 16.0;
const CHART: f32 = 150.0;
const FIGURES: f32 = 58.0;
/// A text is not broken for what rounding made of the width that it asked for.
const SLACK: f32 = 0.1;
/// A row's cell takes at most this many lines.
const CELL_LINES: usize = 3;
/// The most room that a logo takes.
const LOGO: (f32, f32) = (130.0, 34.0);

/// What stands on every page.
struct Running {
    title: String,
    owner: String,
    mark: Option<String>,
    sources: String,
}

pub(super) fn document(report: &Report, look: &Look) -> Result<Document, DocumentError> {
    let upright = Frame::of(look.paper);
    let frame = if report.landscape {
        upright.turned()
    } else {
        upright
    };
    let running = Running {
        title: printable(&format!("{} · {}", report.title, report.subtitle))?,
        owner: printable(&report.owner)?,
        mark: report.mark.as_deref().map(printable).transpose()?,
        sources: printable(&report.sources)?,
    };
    let mut page = Page::default();
    let y = running.first(report, look, frame, &mut page)?;
    let open = |page: &mut Page| running.open(frame, page);
    let mut flow = Flow::on(frame, page, y, &open);
    for (index, block) in report.blocks.iter().enumerate() {
        match block {
            Block::Heading(text) => {
                let next = report.blocks.get(index + 1);
                heading(&mut flow, &printable(text)?, next.map_or(0.0, least));
            }
            Block::Text(text) => {
                flow.paragraph(&printable(text)?, TEXT, 13.0);
                flow.y += 8.0;
            }
            Block::Figures(list) => figures(&mut flow, list)?,
            Block::Chart(of) => chart(&mut flow, of)?,
            Block::Table(of) => {
                let table = table(of, frame)?;
                flow.table(&table, 0.0);
                flow.y += GAP;
            }
        }
    }
    let (mut pages, bookmarks) = flow.finish();
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        running.close(look, frame, page, (index + 1, count));
    }
    Ok(Document {
        title: running.title,
        author: running.owner,
        subject: printable(&report.subtitle)?,
        keywords: running.mark.into_iter().collect(),
        language: look.language,
        day: report.day,
        frame,
        palette: Palette::of(look.brand),
        logo: look.logo.clone(),
        pages,
        bookmarks,
    })
}

impl Running {
    fn mark(&self, frame: Frame, page: &mut Page) {
        page.fill((0.0, 0.0), (frame.width, 5.0), Ink::Accent);
        if let Some(mark) = &self.mark {
            let reach = MARK.width(mark) + 14.0;
            page.fill((frame.left, 22.0), (reach, 15.0), Ink::MarkWash);
            page.text(frame.left + 7.0, 32.3, mark, MARK);
        }
    }

    /// The head of the first page; says where it ends.
    fn first(
        &self,
        report: &Report,
        look: &Look,
        frame: Frame,
        page: &mut Page,
    ) -> Result<f32, DocumentError> {
        self.mark(frame, page);
        let mut room = frame.text_width();
        if let Some(logo) = &look.logo {
            let (width, height) = logo.fitted(LOGO.0, LOGO.1);
            let at = Area {
                x: frame.right - width,
                y: 48.0,
                width,
                height,
            };
            page.marks.push(Mark::Logo { at });
            room -= LOGO.0 + GAP;
        }
        let mut y = 50.0;
        for line in wrap_within(&printable(&report.title)?, TITLE.font(), room, 3) {
            y += 23.0;
            page.text(frame.left, y, &line, TITLE);
        }
        for line in wrap_within(&printable(&report.subtitle)?, SUBTITLE.font(), room, 2) {
            y += 16.0;
            page.text(frame.left, y, &line, SUBTITLE);
        }
        Ok(y + 22.0)
    }

    fn open(&self, frame: Frame, page: &mut Page) -> f32 {
        self.mark(frame, page);
        for line in wrap_within(&self.title, RUNNING.font(), frame.text_width(), 1) {
            page.text(frame.left, 58.0, &line, RUNNING);
        }
        70.0
    }

    fn close(&self, look: &Look, frame: Frame, page: &mut Page, (number, of): (usize, usize)) {
        let y = frame.height - 46.0;
        page.rule(frame.left, frame.right, y, 0.5, Ink::Line);
        let words = look.language.words();
        let numbered = filled(words.page, &[&number.to_string(), &of.to_string()]);
        page.text_to(frame.right, y + 14.0, &numbered, SMALL);
        let limit = frame.text_width() - 90.0;
        for owner in wrap_within(&self.owner, SMALL.font(), limit, 1) {
            page.text(frame.left, y + 14.0, &owner, SMALL);
        }
        if number == of {
            let mut baseline = y + 24.5;
            for line in wrap_within(&self.sources, SMALL.font(), frame.text_width(), 2) {
                page.text(frame.left, baseline, &line, SMALL);
                baseline += 9.5;
            }
        }
    }
}

/// How much of a block shares a page with the heading above it.
const fn least(block: &Block) -> f32 {
    match block {
        Block::Heading(_) => 30.0,
        Block::Text(_) => 26.0,
        Block::Figures(_) => FIGURES,
        Block::Chart(_) => CHART + 30.0,
        Block::Table(_) => 90.0,
    }
}

fn heading(flow: &mut Flow<'_>, text: &str, with: f32) {
    flow.reserve(30.0 + with);
    flow.bookmark(text);
    flow.y += 20.0;
    for line in wrap_within(text, HEADING.font(), flow.frame.text_width(), 2) {
        flow.page.text(flow.frame.left, flow.y, &line, HEADING);
        flow.y += 15.0;
    }
    flow.y -= 5.0;
}

/// Figures side by side, three to a row.
fn figures(flow: &mut Flow<'_>, list: &[Figure]) -> Result<(), DocumentError> {
    const BESIDE: usize = 3;
    let width = (flow.frame.text_width() - GAP * 2.0) / 3.0;
    for row in list.chunks(BESIDE) {
        flow.reserve(FIGURES + GAP);
        let mut x = flow.frame.left;
        for figure in row {
            flow.page.fill((x, flow.y), (width, FIGURES), Ink::Wash);
            flow.page.fill((x, flow.y), (2.5, FIGURES), Ink::Accent);
            let lines = [
                (Some(&figure.label), LABEL, 17.0),
                (Some(&figure.figure), FIGURE, 36.0),
                (figure.remark.as_ref(), SMALL, 49.0),
            ];
            for (text, style, below) in lines {
                let Some(text) = text else { continue };
                let text = printable(text)?;
                let shown = wrap_within(&text, style.font(), width - 24.0, 1);
                if let Some(text) = shown.first() {
                    flow.page.figure(x + 12.0, flow.y + below, text, style);
                }
            }
            x += width + GAP;
        }
        flow.y += FIGURES + GAP;
    }
    Ok(())
}

fn chart(flow: &mut Flow<'_>, of: &Chart) -> Result<(), DocumentError> {
    flow.reserve(CHART + 34.0);
    let text = |(parts, label): &(u32, String)| Ok((*parts, printable(label)?));
    let bar = |(label, parts, beside): &(String, u32, Option<u32>)| {
        Ok((printable(label)?, *parts, *beside))
    };
    let drawn = Bars {
        scale: Scale {
            lines: of
                .lines
                .iter()
                .map(text)
                .collect::<Result<_, DocumentError>>()?,
        },
        bars: of
            .bars
            .iter()
            .map(bar)
            .collect::<Result<_, DocumentError>>()?,
    };
    let area = Area {
        x: flow.frame.left,
        y: flow.y + 8.0,
        width: flow.frame.text_width(),
        height: CHART,
    };
    bars(&mut flow.page, area, &drawn);
    flow.y += CHART + 10.0;
    for line in wrap(
        &printable(&of.caption)?,
        SMALL.font(),
        flow.frame.text_width(),
    ) {
        flow.y += 10.0;
        flow.page.text(flow.frame.left, flow.y, &line, SMALL);
    }
    flow.y += GAP;
    Ok(())
}

/// The rows as a table whose columns share the page by what they need.
fn table(of: &ReportTable, frame: Frame) -> Result<Table, DocumentError> {
    let mut cells = Vec::with_capacity(of.rows.len());
    for row in &of.rows {
        let texts = row.cells.iter().map(|text| printable(text));
        cells.push(texts.collect::<Result<Vec<_>, _>>()?);
    }
    let titles = of.columns.iter().map(|column| printable(&column.title));
    let titles = titles.collect::<Result<Vec<_>, _>>()?;
    let widths = widths(of, &titles, &cells, frame.text_width());
    let mut table = Table::default();
    let mut x = frame.left;
    for ((column, title), width) in of.columns.iter().zip(titles).zip(&widths) {
        let align = if column.figures {
            Align::EndsAt(x + width)
        } else {
            Align::StartsAt(x)
        };
        let title = wrap_within(&title, HEAD.font(), *width, 1)
            .into_iter()
            .next();
        table.columns.push(Column {
            title: title.unwrap_or_default(),
            align,
        });
        x += width + GAP;
    }
    for (index, (row, texts)) in of.rows.iter().zip(cells).enumerate() {
        let style = match (row.over, row.strong) {
            (true, _) => OVER,
            (false, true) => STRONG,
            (false, false) => CELL,
        };
        let cell = |(column, (text, width)): (usize, (String, &f32))| Cell {
            column,
            indent: 0.0,
            lines: wrap_within(&text, style.font(), *width + SLACK, CELL_LINES),
            style,
        };
        let cells = texts.into_iter().zip(&widths).enumerate().map(cell);
        let mut drawn = Row::of(cells.collect(), 10.5, 2.6);
        drawn.ruled = index > 0;
        table.rows.push(drawn);
    }
    Ok(table)
}

/// How wide the columns are: what they need, or, where that is too much, less for the widest texts.
fn widths(of: &ReportTable, titles: &[String], cells: &[Vec<String>], room: f32) -> Vec<f32> {
    let wide = |style: Style, column: usize| {
        let texts = cells.iter().filter_map(|row| row.get(column));
        texts
            .map(|text| style.figure_width(text))
            .fold(0.0_f32, f32::max)
    };
    let mut widths: Vec<f32> = titles
        .iter()
        .enumerate()
        .map(|(column, title)| HEAD.width(title).max(wide(STRONG, column)))
        .collect();
    let gaps: f32 = widths.iter().skip(1).map(|_| GAP).sum();
    let free = room - gaps;
    let taken: f32 = widths.iter().sum();
    if taken <= free {
        // What is left goes to the first column of text, so that figures stand at the right edge.
        let first = of.columns.iter().position(|column| !column.figures);
        if let Some(width) = first.and_then(|at| widths.get_mut(at)) {
            *width += free - taken;
        }
        return widths;
    }
    let Some(most) = widest_that_fits(&widths, free) else {
        return widths;
    };
    widths.iter().map(|width| width.min(most)).collect()
}

/// The bound at which the widths, cut to it, fill the room.
fn widest_that_fits(widths: &[f32], room: f32) -> Option<f32> {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f32::total_cmp);
    let mut left = room;
    for (index, width) in sorted.iter().enumerate() {
        let count = u16::try_from(sorted.len() - index).ok()?;
        let each = left / f32::from(count);
        if *width > each {
            return Some(each.max(8.0));
        }
        left -= width;
    }
    None
}
